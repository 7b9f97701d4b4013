"""From the flags of `advise` to its answer: ask, decide, deliver, and say how it ended."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.advice.amounts import annual_cost
from supportcli.advice.recommendation import Advice, ReasonCode, recommend
from supportcli.advice.usage import Usage
from supportcli.cli.settings import Settings, origins, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import exact_money, parse_amount
from supportcli.core.period import Month
from supportcli.errors import (
    AnswerMissingError,
    ExitCode,
    Message,
    Problem,
    SupportCliError,
    UsageError,
    quoted,
)
from supportcli.inputs.answers import AnswerReader, Answers, Layers, flag_name
from supportcli.inputs.catalogue import load_catalogue
from supportcli.language import Language

if TYPE_CHECKING:
    from supportcli.outputs.replay import Replay


def answer(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Ask where it is wanted, decide, deliver the answer, say what else there is to say."""
    settings = read_settings(flags, language)
    catalogue = _rules(load_catalogue(settings.text("plans")), settings)
    asking = _asks(settings, flags)
    _check(settings, catalogue, settings.given)
    given = _asked(settings, _on_offer(catalogue, settings)) if asking else settings.given
    answers, reading, limit = _check(settings, catalogue, given)
    start = Month.after(settings.as_of)
    usage = Usage.level(answers.spend, start, quantities=answers.quantities)
    advice = recommend(catalogue, answers.needs, usage, reading, settings.as_of)
    _refuse_blind_limit(advice, limit)
    for words in (*answers.understood, *answers.cautions, *_warnings(settings, catalogue)):
        settings.tell(words)
    if settings.verbose:
        for words in origins(given, reading, catalogue.id):
            settings.tell(words)
    settings.deliver(_drawn(advice, settings))
    save_to = settings.text("save_answers")
    if save_to:
        settings.save(Path(save_to), _replay(settings, answers, catalogue).answers_file())
    if asking:
        again = _replay(settings, answers, catalogue).command_line()
        settings.tell(Message("the same again: {command}", command=again))
    return _exit_code(advice, limit, settings)


def _rules(catalogue: Catalogue, settings: Settings) -> Catalogue:
    """The plans in force on the day that is asked for; a past day's hold for the whole term."""
    rules = catalogue.in_force(settings.as_of)
    return rules.lasting() if settings.as_of < settings.today else rules


def _on_offer(catalogue: Catalogue, settings: Settings) -> Catalogue:
    """The plans that the questions are about: open to new customers, quantities counted in."""
    quantities = AnswerReader(catalogue).read(settings.given).quantities
    open_plans = (p for p in catalogue.plans if not p.validity.closed_on(settings.as_of))
    return catalogue._replace(plans=tuple(open_plans)).with_quantities(quantities)


def _asks(settings: Settings, flags: Mapping[str, object]) -> bool:
    """Whether questions are to be put; where one is needed and cannot be, that is an error."""
    wanted = bool(flags.get("ask")) or "spend" not in settings.given
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
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _asked(settings: Settings, catalogue: Catalogue) -> Layers:
    from supportcli.inputs.questionnaire import Questionnaire

    return Questionnaire(catalogue, settings.language, settings.colour).ask(settings.given)


def _check(
    settings: Settings, catalogue: Catalogue, given: Layers
) -> tuple[Answers, str, Fraction | None]:
    """The answers, the reading and the limit, or every mistake in them and in the settings."""
    problems = list(settings.problems)
    reader = AnswerReader(catalogue)
    answers = reader.read(given)
    problems += reader.problems
    reading = _reading(settings, catalogue, problems)
    limit = _limit(settings, catalogue, problems)
    if problems:
        raise UsageError(problems)
    return answers, reading, limit


def _reading(settings: Settings, catalogue: Catalogue, problems: list[Problem]) -> str:
    given = settings.given.get("reading")
    known = tuple(reading.id for reading in catalogue.readings)
    if given is None:
        if "confirmed_by" in settings.given:
            message = Message("says who confirmed a reading; name it with --reading")
            problems.append(Problem(settings.given["confirmed_by"].origin, message))
        return catalogue.default_reading
    if given.texts[0] not in known:
        message = Message(
            "{text} is not a reading; the catalogue has: {known}",
            text=quoted(given.texts[0]),
            known=known,
        )
        problems.append(Problem(given.origin, message))
    return given.texts[0]


def _limit(settings: Settings, catalogue: Catalogue, problems: list[Problem]) -> Fraction | None:
    given = settings.given.get("fail_if_over")
    if given is None:
        return None
    try:
        return parse_amount(given.texts[0], catalogue.currency).value
    except SupportCliError as error:
        problems += [Problem(given.origin, problem.message) for problem in error.problems]
        return None


def _refuse_blind_limit(advice: Advice, limit: Fraction | None) -> None:
    entry = advice.recommended
    blind = advice.reason is ReasonCode.DEPENDS_ON_SPEND or (
        entry is not None and annual_cost(advice, entry) is None
    )
    if limit is not None and blind:
        raise UsageError(
            [Problem("--fail-if-over", Message("cannot be told without a spend; give --spend"))]
        )


def _replay(settings: Settings, answers: Answers, catalogue: Catalogue) -> Replay:
    from supportcli.outputs.replay import Replay

    flags = ("plans", "as_of", "reading", "confirmed_by", "lang", "output", "date")
    named = ((flag_name(name), settings.text(name)) for name in flags)
    return Replay(
        answers.needs,
        answers.spend,
        settings.given["quantity"].texts if "quantity" in settings.given else (),
        catalogue.currency,
        tuple((flag, value) for flag, value in named if value is not None),
    )


def _warnings(settings: Settings, catalogue: Catalogue) -> tuple[Message, ...]:
    warnings = []
    if settings.as_of < settings.today:
        warnings.append(
            Message("the rules of {date} are taken to hold for the whole term", date=settings.as_of)
        )
    if catalogue.review_after is not None and settings.today > catalogue.review_after:
        warnings.append(
            Message(
                "the catalogue was due for review after {date}; prices may have changed",
                date=catalogue.review_after,
            )
        )
    return tuple(warnings)


def _drawn(advice: Advice, settings: Settings) -> str:
    """The advice in the form that was asked for; Rich is loaded only for the table."""
    confirmed_by = settings.text("confirmed_by")
    if settings.form == "json":
        from supportcli.outputs.structured import advice_json

        warnings = _warnings(settings, advice.catalogue)
        return advice_json(advice, settings.language, settings.as_of, warnings, confirmed_by)
    from supportcli.outputs.screen import View, advice_screen

    blocks = advice_screen(advice, settings.language, View(settings.explain, confirmed_by))
    if settings.form == "text":
        from supportcli.outputs.plain import as_text

        return as_text(blocks, settings.language)
    from supportcli.outputs.terminal import draw

    return draw(blocks, settings.surface)


def _exit_code(advice: Advice, limit: Fraction | None, settings: Settings) -> ExitCode:
    if advice.reason is ReasonCode.NO_PLAN_FITS:
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
