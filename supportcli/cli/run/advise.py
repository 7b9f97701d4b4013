"""From the flags of `advise` to its answer: ask, decide, deliver, and say how it ended."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli import system
from supportcli.advice.amounts import annual_cost
from supportcli.advice.recommendation import Advice, ReasonCode
from supportcli.advice.sensitivity import Scenario, scenarios, scenarios_at
from supportcli.cli.run.render import drawn
from supportcli.cli.run.understand import (
    CheckedAnswers,
    advice_for,
    check,
    hindsight,
    noted,
    overdue,
    rules,
)
from supportcli.cli.settings import Settings, origins, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import exact_money
from supportcli.errors import AnswerMissingError, ExitCode, Message, Problem, UsageError
from supportcli.inputs.answers.accounts import read_accounts
from supportcli.inputs.answers.sources import CONTRACT, AnswerReader, Answers, Layers, flag_name
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import Language
from supportcli.outputs.console import can_hold
from supportcli.outputs.formats.forms import ADVICE_FORMS

if TYPE_CHECKING:
    from supportcli.outputs.formats.answers_file import Replay


SPEND_GIVEN = {"spend", "spend_series", "paid", "order", "account"}


def answer(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Ask where it is wanted, decide, deliver the answer, say what else there is to say."""
    settings = read_settings(flags, language, ADVICE_FORMS)
    catalogue = rules(load_catalogue(settings.text("plans")), settings)
    if "account" in settings.given:
        return _answer_accounts(settings, catalogue)
    asking = _asks(settings, flags)
    check(settings, catalogue, settings.given)
    settings.look()
    given = _asked(settings, _on_offer(catalogue, settings)) if asking else settings.given
    checked = check(settings, catalogue, given)
    answers, reading = checked.answers, checked.reading
    advice = advice_for(settings, catalogue, checked)
    _refuse_blind_limit(advice, checked.limit)
    told = checked.cautions if settings.form == "csv" else ()  # rows of amounts hold no words
    for words in (*answers.understood, *told, *overdue(settings, catalogue)):
        settings.tell(words)
    if settings.verbose:
        for words in origins(given, reading, catalogue.id):
            settings.tell(words)
    settings.deliver(_in_form(advice, checked, settings))
    save_to = settings.text("save_answers")
    if save_to:
        settings.save(Path(save_to), _replay(settings, given, answers, catalogue).answers_file())
    if asking:
        again = _replay(settings, given, answers, catalogue).command_line()
        settings.tell(Message("the same again: {command}", command=again))
    return _exit_code(advice, checked.limit, settings)


def _answer_accounts(settings: Settings, catalogue: Catalogue) -> ExitCode:
    """A plan for each named account; what is not said of one is as the flags say."""
    from supportcli.advice.portfolio import Member, portfolio

    problems = [*_not_for_several(settings)]
    members, cautions = [], list[Message]()
    general = {name: given for name, given in settings.given.items() if name != "account"}
    for account in read_accounts(settings.given, problems):
        try:
            checked = check(settings, catalogue, {**general, **account.given})
        except UsageError as error:
            problems += [problem for problem in error.problems if problem not in problems]
            continue
        if checked.answers.span:
            message = Message("has one spend; a range is for one account")
            problems.append(Problem(f"--account {account.name}", message))
        cautions += (
            Message("{account}: {why}", account=account.name, why=words)
            for words in checked.cautions
        )
        members.append(Member(account.name, advice_for(settings, catalogue, checked)))
    if problems:
        raise UsageError(problems)
    found = portfolio(tuple(members))
    for words in overdue(settings, catalogue):
        settings.tell(words)
    if settings.form == "json":
        from supportcli.outputs.formats.json.accounts import accounts_json
        from supportcli.outputs.formats.json.values import written

        said = accounts_json(found, settings.as_of, settings.language, cautions)
        settings.deliver(written(said))
    else:
        from supportcli.outputs.document.accounts import accounts_screen

        settings.deliver(
            drawn(accounts_screen(found, settings.language, noted(cautions)), settings)
        )
    fits = not any(m.advice.fits_none for m in members)
    return ExitCode.DONE if fits else ExitCode.NO_PLAN


def _not_for_several(settings: Settings) -> Iterator[Problem]:
    """What was given and has no meaning where there are several accounts."""
    if settings.form == "csv":
        yield Problem("-o csv", Message("is for one account; choose table, text or json"))
    if "save_answers" in settings.given:
        message = Message("is for one account; leave it out")
        yield Problem(settings.given["save_answers"].origin, message)
    for name in ("spend", "spend_series", "paid", "accounts"):
        if name in settings.given:
            message = Message("and --account contradict each other; give one of them")
            yield Problem(settings.given[name].origin, message)


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


def _refuse_blind_limit(advice: Advice, limit: Fraction | None) -> None:
    entry = advice.recommended
    blind = advice.reason is ReasonCode.DEPENDS_ON_SPEND or (
        entry is not None and annual_cost(advice, entry) is None
    )
    if limit is not None and blind:
        raise UsageError(
            [Problem("--fail-if-over", Message("cannot be told without a spend; give --spend"))]
        )


def _texts(given: Layers, name: str) -> tuple[str, ...]:
    return given[name].texts if name in given else ()


def _replay(settings: Settings, given: Layers, answers: Answers, catalogue: Catalogue) -> Replay:
    from supportcli.outputs.formats.answers_file import Replay

    flags = ("plans", "as_of", "reading", "confirmed_by", "lang", "output", "date")
    named = (
        *((flag_name(name), settings.text(name)) for name in flags),
        *((flag_name(n), text) for n in ("accounts", *CONTRACT) for text in _texts(given, n)),
        *([("--include-doubtful", "")] if settings.include_doubtful else []),
    )
    return Replay(
        answers.needs,
        answers.span or (() if answers.spend is None else (answers.spend,)),
        settings.given["quantity"].texts if "quantity" in settings.given else (),
        catalogue.currency,
        tuple((flag, value) for flag, value in named if value is not None),
    )


def _in_form(advice: Advice, checked: CheckedAnswers, settings: Settings) -> str:
    """The advice in the form that was asked for; Rich is loaded only for the table."""
    confirmed_by = settings.text("confirmed_by")
    if settings.form == "json":
        from supportcli.outputs.formats.json.advice import advice_json
        from supportcli.outputs.formats.json.values import written

        past = (*overdue(settings, advice.catalogue), *hindsight(settings))
        warnings = (*checked.cautions, *past)
        found = _scenarios(advice, checked) or scenarios(advice)
        return written(
            advice_json(advice, settings.language, settings.as_of, warnings, confirmed_by, found)
        )
    if settings.form == "csv":
        from supportcli.outputs.formats.payments_csv import payments_csv

        return payments_csv(advice)
    from supportcli.outputs.document.advice import View, advice_screen

    found = _scenarios(advice, checked)
    view = View(
        settings.explain, confirmed_by, (*noted(checked.cautions), *hindsight(settings)), found
    )
    return drawn(advice_screen(advice, settings.language, view), settings)


def _scenarios(advice: Advice, checked: CheckedAnswers) -> tuple[Scenario, ...]:
    """The advice at the lowest, the middle and the highest spend, where a range was given."""
    return scenarios_at(advice, checked.answers.span)


def _exit_code(advice: Advice, limit: Fraction | None, settings: Settings) -> ExitCode:
    if advice.fits_none:
        return ExitCode.NO_PLAN
    cost = annual_cost(advice, advice.recommended) if advice.recommended else None
    if limit is None or cost is None or Fraction(cost.amount) <= limit:
        return ExitCode.DONE
    settings.tell(
        Message(
            "{cost} a year is over the limit of {limit}",
            cost=cost,
            limit=exact_money(limit, cost.currency),
        )
    )
    return ExitCode.OVER_LIMIT
