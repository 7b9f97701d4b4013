"""What was asked for, understood: rules, answers, contract, reading; every mistake at once."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from supportcli.advice.recommendation import Advice, recommend
from supportcli.cli.settings import Settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem, SupportCliError, UsageError
from supportcli.inputs.answers.contract import (
    Contract,
    ContractReader,
    contract_rules,
    contract_usage,
)
from supportcli.inputs.answers.sources import AnswerReader, Answers, Layers
from supportcli.inputs.values.amount import read_amount
from supportcli.inputs.values.names import names_of, read_name


def rules(catalogue: Catalogue, settings: Settings) -> Catalogue:
    """The plans in force on the day that is asked for; a past day's hold for the whole term."""
    rules = catalogue.in_force(settings.as_of)
    return rules.lasting() if settings.as_of < settings.today else rules


def advice_for(settings: Settings, catalogue: Catalogue, checked: CheckedAnswers) -> Advice:
    """The advice for what was understood."""
    contract, answers = checked.contract, checked.answers
    usage = contract_usage(contract, catalogue)._replace(quantities=answers.quantities)
    rules = contract_rules(contract, catalogue)
    return recommend(
        rules,
        answers.needs,
        usage,
        checked.reading,
        settings.as_of,
        contract.agreed,
        settings.include_doubtful,
    )


class CheckedAnswers(NamedTuple):
    """Everything that was said, understood."""

    answers: Answers
    contract: Contract
    reading: str
    limit: Fraction | None
    cautions: tuple[Message, ...]


def check(settings: Settings, catalogue: Catalogue, given: Layers) -> CheckedAnswers:
    """The answers, the contract, the reading and the limit, or every mistake in them all."""
    problems = list(settings.problems)
    reader = AnswerReader(catalogue)
    answers = reader.read(given)
    asked = settings.as_of if "as_of" in settings.given else settings.today
    contracts = ContractReader(catalogue, asked)
    contract = contracts.read(given, answers.spend)
    contract = contract._replace(estimated=contract.estimated or answers.estimated)
    problems += (*reader.problems, *contracts.problems)
    reading = _reading(settings, catalogue, problems)
    limit = _limit(settings, catalogue, problems)
    if problems:
        raise UsageError(problems)
    return CheckedAnswers(
        answers, contract, reading, limit, (*answers.cautions, *contracts.cautions)
    )


def _reading(settings: Settings, catalogue: Catalogue, problems: list[Problem]) -> str:
    given = settings.given.get("reading")
    if given is None:
        if "confirmed_by" in settings.given:
            message = Message("says who confirmed a reading; name it with --reading")
            problems.append(Problem(settings.given["confirmed_by"].origin, message))
        return catalogue.default_reading
    try:
        return read_name(given.texts[0], names_of(catalogue.readings))
    except UsageError as error:
        problems += [Problem(given.origin, problem.message) for problem in error.problems]
        return catalogue.default_reading


def _limit(settings: Settings, catalogue: Catalogue, problems: list[Problem]) -> Fraction | None:
    given = settings.given.get("fail_if_over")
    if given is None:
        return None
    try:
        return read_amount(given.texts[0], catalogue.currency, "year").value
    except SupportCliError as error:
        problems += [Problem(given.origin, problem.message) for problem in error.problems]
        return None


def overdue(settings: Settings, catalogue: Catalogue) -> tuple[Message, ...]:
    """A warning where the catalogue is older than it says it should get."""
    if catalogue.review_after is None or settings.today <= catalogue.review_after:
        return ()
    return (
        Message(
            "the catalogue was due for review after {date}; prices may have changed",
            date=catalogue.review_after,
        ),
    )


def noted(cautions: Iterable[Message]) -> tuple[Message, ...]:
    """What money hangs on in how the answers were understood, as sentences of the answer."""
    return tuple(Message("Note: {words}.", words=words) for words in cautions)


def hindsight(settings: Settings) -> tuple[Message, ...]:
    """What looking back at the rules of a past day assumes."""
    if settings.as_of >= settings.today:
        return ()
    words = Message(
        "The rules of {date} are taken to hold for the whole term; since when they have been in "
        "force is known only where a day is given.",
        date=settings.as_of,
    )
    return (words,)
