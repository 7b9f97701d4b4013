"""From the flags of `advise` to its answer: ask, decide, deliver, and say how it ended."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli import system
from supportcli.advice.billing import Payment
from supportcli.advice.portfolio import DealAnswer, Member, answered
from supportcli.advice.sensitivity import Scenario, scenarios, scenarios_at
from supportcli.cli.run.render import drawn
from supportcli.cli.run.understand import (
    Understanding,
    catalogue_of,
    hindsight,
    noted,
    overdue,
    understand,
)
from supportcli.cli.settings import Settings, origins, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import Money, exact_money
from supportcli.errors import AnswerMissingError, ExitCode, Message, Problem, UsageError
from supportcli.inputs.answers.accounts import account_text, read_accounts
from supportcli.inputs.answers.modes import BLIND, BLIND_ACCOUNTS
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import CONTRACT, Layers, flag_name
from supportcli.language import Language
from supportcli.outputs.console import can_hold
from supportcli.outputs.formats.forms import ADVICE_FORMS

if TYPE_CHECKING:
    from supportcli.outputs.formats.answers_file import Replay


SPEND_GIVEN = {"spend", "spend_series", "paid", "order", "account"}


def answer(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Ask where it is wanted, decide, deliver the answer, say what else there is to say."""
    settings = read_settings(flags, language, ADVICE_FORMS)
    catalogue = catalogue_of(settings)
    asking = _asks(settings, flags)
    understood = understand(settings, catalogue, settings.given)
    settings.look()
    given = settings.given
    if asking:
        given = _asked(settings, _on_offer(catalogue, settings))
        understood = understand(settings, catalogue, given)
    deal, reading = understood.deal, understood.asked_reading
    found = answered(catalogue, deal, reading, settings.as_of, settings.include_doubtful)
    _refuse_blind(found, understood.limit, settings)
    _tell(settings, catalogue, given, understood)
    _tell_unfit(found, settings)
    settings.deliver(_in_form(found, understood, settings))
    again = _replay(settings, given, understood, catalogue)
    save_to = settings.text("save_answers")
    if save_to:
        settings.save(Path(save_to), again.answers_file())
    if asking:
        settings.tell(Message("the same again: {command}", command=again.command_line()))
    return _exit_code(found, understood.limit, settings)


def _tell(
    settings: Settings, catalogue: Catalogue, given: Layers, understood: Understanding
) -> None:
    """How the flags were understood, beside the answer."""
    said = understood.said
    told: tuple[Message, ...] = ()
    if settings.form == "csv":  # rows of amounts hold no words
        told = (*said.cautions, *hindsight(settings))
    if settings.form in ("json", "csv") and _of_flags(settings, "explain"):
        told = (*told, Message("--explain adds nothing to {form}", form=settings.form))
    for words in (*said.understood, *told, *overdue(settings, catalogue)):
        settings.tell(words)
    if settings.verbose:
        for words in origins(given, understood.reading, catalogue.id):
            settings.tell(words)


def _of_flags(settings: Settings, name: str) -> bool:
    """Whether something was said for this run, not for all."""
    return name in settings.given and settings.given[name].origin == flag_name(name)


def _tell_unfit(found: DealAnswer, settings: Settings) -> None:
    """Where rows of amounts leave it out: that there is no plan for an account."""
    if settings.form != "csv":
        return
    for member in found.portfolio.members:
        if member.advice.fits_none:
            from supportcli.outputs.document.inquiries import fits_none_words

            words, name = fits_none_words(member.advice), member.account.name
            settings.tell(Message("{account}: {why}", account=name, why=words) if name else words)


def _on_offer(catalogue: Catalogue, settings: Settings) -> Catalogue:
    """The plans that the questions are about: open to new customers, quantities counted in."""
    quantities = AnswerReader(catalogue).read(settings.given).quantities
    open_plans = (p for p in catalogue.plans if not p.validity.closed_on(settings.as_of))
    return catalogue._replace(plans=tuple(open_plans)).with_quantities(quantities)


def _asks(settings: Settings, flags: Mapping[str, object]) -> bool:
    """Whether questions are to be put; where one is needed and cannot be, that is an error."""
    wanted = bool(flags.get("ask")) or not settings.given.keys() & SPEND_GIVEN
    if not wanted:
        return False
    if not flags.get("no_input") and can_ask():
        return True
    if flags.get("ask") and flags.get("no_input"):
        raise UsageError(Message("--ask and --no-input contradict each other; give one of them"))
    raise AnswerMissingError(
        Message(
            "no question can be asked here; give --spend AMOUNT, --spend unknown or "
            "--answers FILE, and no --ask"
        )
        if flags.get("ask")
        else Message(
            "the spend is missing and no question can be asked here; give --spend AMOUNT, "
            "--spend unknown or --answers FILE"
        )
    )


def can_ask() -> bool:
    """Whether there is a person: questions are read from stdin and put on stderr."""
    # Windows has one console, which is drawn on by way of standard output.
    needed = (sys.stdin, sys.stderr, *([sys.stdout] if system.WINDOWS else []))
    return all(stream is not None and stream.isatty() for stream in needed)


def _asked(settings: Settings, catalogue: Catalogue) -> Layers:
    from supportcli.inputs.answers.questionnaire import POINTER, Questionnaire

    pointer = POINTER if can_hold(sys.stderr, POINTER) else ">"
    questions = Questionnaire(catalogue, settings.words, settings.colour, pointer)
    return questions.ask(settings.given)


def _refuse_blind(found: DealAnswer, limit: Fraction | None, settings: Settings) -> None:
    """What hangs on amounts that cannot be told; where no plan fits that is said instead."""
    if not found.portfolio.fits:
        return
    problems = []
    if found.most is None:
        if limit is not None:
            problems.append(Problem("--fail-if-over", _blind(found, "fail_if_over")))
        if settings.form == "csv":
            problems.append(Problem("-o csv", _blind(found, "csv")))
    elif settings.form == "csv" and not _payments(found):
        words = Message("when the fee is charged is not stated; choose table, text or json")
        problems.append(Problem("-o csv", words))
    if problems:
        raise UsageError(problems)


def _blind(found: DealAnswer, name: str) -> Message:
    """Whose spend is missing."""
    if not found.deal.named:
        return BLIND[name]
    return Message(BLIND_ACCOUNTS.text, accounts=found.portfolio.blind)


def _payments(found: DealAnswer) -> tuple[Payment, ...]:
    total = found.portfolio.total
    return total.settlement.payments if total else ()


def _texts(given: Layers, name: str) -> tuple[str, ...]:
    return given[name].texts if name in given else ()


def _replay(
    settings: Settings, given: Layers, understood: Understanding, catalogue: Catalogue
) -> Replay:
    from supportcli.outputs.formats.answers_file import Replay

    flags = ("plans", "as_of", "reading", "confirmed_by", "fail_if_over", "lang", "output", "date")
    accounts = read_accounts(given, [])
    texts = {n: _texts(given, n) for n in ("accounts", *CONTRACT)}
    texts["account"] = tuple(map(account_text, accounts))
    named = (
        *((flag_name(name), settings.text(name)) for name in flags),
        *((flag_name(name), text) for name, each in texts.items() for text in each),
        *([("--include-doubtful", "")] if settings.include_doubtful else []),
    )
    return Replay(
        understood.said.general,
        _spend(given, understood),
        settings.given["quantity"].texts if "quantity" in settings.given else (),
        catalogue.currency,
        tuple((flag, value) for flag, value in named if value is not None),
    )


def _spend(given: Layers, understood: Understanding) -> tuple[Fraction, ...] | str | None:
    """The spend that was given: amounts, or the text of what is paid; None where none was."""
    if "spend" not in given:
        return None
    [account] = understood.deal.accounts
    if account.estimated:
        return given["spend"].texts[0]
    level = account.spends.level
    return account.span or (() if level is None else (level,))


def _in_form(found: DealAnswer, understood: Understanding, settings: Settings) -> str:
    """The answer in the form that was asked for; Rich is loaded only for the table."""
    if settings.form == "json":
        return _as_json(found, understood, settings)
    if settings.form == "csv":
        from supportcli.outputs.formats.payments_csv import payments_csv

        return payments_csv(found)
    from supportcli.outputs.document.advice import View, advice_screen

    member = found.portfolio.members[0]
    past = (*overdue(settings, member.advice.catalogue), *hindsight(settings))
    view = View(
        settings.explain,
        settings.text("confirmed_by"),
        (*noted(understood.said.cautions), *past),
        _scenarios(member),
        "reading" in settings.given,
        member.account.span,
    )
    if found.deal.named:
        from supportcli.outputs.document.accounts import accounts_screen

        return drawn(accounts_screen(found, settings.language, view), settings)
    return drawn(advice_screen(member.advice, settings.language, view), settings)


def _as_json(found: DealAnswer, understood: Understanding, settings: Settings) -> str:
    from supportcli.outputs.formats.json.values import written

    member = found.portfolio.members[0]
    past = (*overdue(settings, member.advice.catalogue), *hindsight(settings))
    warnings = (*understood.said.cautions, *past)
    day, language, by = settings.as_of, settings.language, settings.text("confirmed_by")
    if found.deal.named:
        from supportcli.outputs.formats.json.accounts import accounts_json

        return written(accounts_json(found, day, language, warnings, by))
    from supportcli.outputs.formats.json.advice import advice_json

    told = _scenarios(member) or scenarios(member.advice)
    return written(advice_json(member.advice, language, day, warnings, by, told, found.deal))


def _scenarios(member: Member) -> tuple[Scenario, ...]:
    """The advice at the lowest, the middle and the highest spend, where a range was given."""
    return scenarios_at(member.advice, member.account.span)


def _exit_code(found: DealAnswer, limit: Fraction | None, settings: Settings) -> ExitCode:
    """What is to be paid is held against the limit: of all accounts, at the end of a range."""
    fits = found.portfolio.fits
    # Where no plan fits an account the others may be over the limit without it.
    most = found.most if fits else found.portfolio.known
    over = False
    if limit is not None and most is not None and Fraction(most.annual) > limit:
        over = True
        settings.tell(
            Message(
                "{cost} a year is over the limit of {limit}",
                cost=Money(most.annual, most.currency),
                limit=exact_money(limit, most.currency),
            )
        )
    if not fits:
        return ExitCode.NO_PLAN
    return ExitCode.OVER_LIMIT if over else ExitCode.DONE
