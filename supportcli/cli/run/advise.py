"""From the flags of `advise` to its answer: ask, decide, deliver, and say how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.advice.beside import FEWEST, beside_ids
from supportcli.advice.billing import Payment
from supportcli.advice.deal import Deal
from supportcli.advice.portfolio import DealAnswer, Member, answered
from supportcli.advice.sensitivity import Scenario, scenarios, scenarios_at
from supportcli.cli.run.asking import asks, questions
from supportcli.cli.run.render import drawn
from supportcli.cli.run.understand import (
    Understanding,
    catalogue_of,
    hindsight,
    noted,
    overdue,
    topics_of,
    understand,
    unexplained,
)
from supportcli.cli.settings import Settings, origins, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import Money, exact_money
from supportcli.errors import ExitCode, Message, Problem, UsageError
from supportcli.inputs.answers.accounts import account_text, read_accounts
from supportcli.inputs.answers.modes import BLIND, BLIND_ACCOUNTS
from supportcli.inputs.answers.sources import CONTRACT, OF_THE_ANSWER, Layers, flag_name
from supportcli.language import Language
from supportcli.outputs.document.topic_names import OF_DEAL, OF_ONE

if TYPE_CHECKING:
    from supportcli.outputs.formats.answers_file import Replay


def answer(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Ask where it is wanted, decide, deliver the answer, say what else there is to say."""
    settings = read_settings(flags, language, "advise")
    catalogue = catalogue_of(settings)
    asking = asks(settings, flags)
    understood = understand(settings, catalogue, settings.given)
    settings.look()
    given = settings.given
    if asking:
        questionnaire = questions(settings, catalogue)
        questionnaire.ask()
        given = questionnaire.said
        understood = understand(settings, catalogue, given)
    deal, reading = understood.deal, understood.asked_reading
    topics_of(settings, _topics(deal))
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
    for words in (*said.understood, *told, *unexplained(settings), *overdue(settings, catalogue)):
        settings.tell(words)
    if settings.verbose:
        for words in origins(given, understood.reading, catalogue.id):
            settings.tell(words)


def _tell_unfit(found: DealAnswer, settings: Settings) -> None:
    """Where rows of amounts leave it out: that there is no plan for an account."""
    if settings.form != "csv":
        return
    for member in found.portfolio.members:
        if member.advice.fits_none:
            from supportcli.outputs.document.inquiries import fits_none_words

            words, name = fits_none_words(member.advice), member.account.name
            settings.tell(Message("{account}: {why}", account=name, why=words) if name else words)


def _topics(deal: Deal) -> tuple[str, ...]:
    """What can be explained of it."""
    return OF_DEAL if deal.named else OF_ONE


def _refuse_blind(found: DealAnswer, limit: Fraction | None, settings: Settings) -> None:
    """What hangs on amounts that cannot be told; where no plan fits that is said instead."""
    problems = [*_refuse_beside(found, settings)]
    if not (found.portfolio.fits or found.portfolio.asked):
        if problems:
            raise UsageError(problems)
        return
    if found.most is None:
        if limit is not None:
            problems.append(Problem("--fail-if-over", _blind(found, "fail_if_over")))
        if settings.form == "csv":
            problems.append(Problem("-o csv", _blind(found, "csv")))
    elif settings.form == "csv" and not _payments(found):
        words = Message("when the fee is charged is not stated; choose table, text, md or json")
        problems.append(Problem("-o csv", words))
    if problems:
        raise UsageError(problems)


def _refuse_beside(found: DealAnswer, settings: Settings) -> Iterator[Problem]:
    """Plans side by side where there is only one, or in a form that has no room for them."""
    if not found.deal.beside:
        return
    if len(beside_ids(found)) < FEWEST:
        yield Problem("--beside", Message("needs another plan beside this one; name two"))
    if settings.form == "csv":
        yield Problem("-o csv", Message("has the payments of one plan; leave out --beside"))


def _blind(found: DealAnswer, name: str) -> Message:
    """Whose spend is missing, or which price."""
    asked = found.portfolio.asked
    if asked is not None and not asked.priced:
        return Message("cannot be told: the price of {plan} is not known to us", plan=asked.name)
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

    flags = (*("plans", "as_of", "reading"), *OF_THE_ANSWER, "output", "date")
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
    from supportcli.outputs.document.advice import advice_screen
    from supportcli.outputs.document.view import View

    member = found.portfolio.members[0]
    past = (*overdue(settings, member.advice.catalogue), *hindsight(settings))
    view = View(
        topics_of(settings, _topics(found.deal)),
        settings.text("confirmed_by"),
        (*noted(understood.said.cautions), *past),
        _scenarios(member),
        "reading" in settings.given,
        member.account.span,
        settings.form == "md",
    )
    if found.deal.beside:
        from supportcli.outputs.document.beside import beside_screen

        return drawn(beside_screen(found, settings.language, view), settings)
    if found.deal.named:
        from supportcli.outputs.document.accounts import accounts_screen

        return drawn(accounts_screen(found, settings.language, view), settings)
    return drawn(advice_screen(member.advice, settings.language, view), settings)


def _as_json(found: DealAnswer, understood: Understanding, settings: Settings) -> str:
    from supportcli.outputs.formats.json.beside import with_beside
    from supportcli.outputs.formats.json.values import written

    member = found.portfolio.members[0]
    past = (*overdue(settings, member.advice.catalogue), *hindsight(settings))
    warnings = (*understood.said.cautions, *past)
    day, language, by = settings.as_of, settings.language, settings.text("confirmed_by")
    named = "reading" in settings.given
    if found.deal.named:
        from supportcli.outputs.formats.json.accounts import accounts_json

        told = accounts_json(found, day, language, warnings, by)
        return written(with_beside(told, found, language, named))
    from supportcli.outputs.formats.json.advice import advice_json

    spends = _scenarios(member) or scenarios(member.advice)
    told = advice_json(member.advice, language, day, warnings, by, spends, found.deal)
    return written(with_beside(told, found, language, named))


def _scenarios(member: Member) -> tuple[Scenario, ...]:
    """The advice at the lowest, the middle and the highest spend, where a range was given."""
    return scenarios_at(member.advice, member.account.span)


def _exit_code(found: DealAnswer, limit: Fraction | None, settings: Settings) -> ExitCode:
    """What is to be paid is held against the limit: of all accounts, at the end of a range."""
    fits = found.portfolio.fits
    # Where no plan fits an account the others may be over the limit without it.
    most = found.most if fits or found.portfolio.asked else found.portfolio.known
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
