"""What was said, decided on: the answer, or why there is none in that form."""

from __future__ import annotations

from fractions import Fraction

from supportcli.advice.beside import FEWEST, beside_ids
from supportcli.advice.deal import Deal
from supportcli.advice.portfolio import DealAnswer, answered
from supportcli.cli.run.status import working
from supportcli.cli.run.understand import Understanding, topics_of, understand
from supportcli.cli.settings import Settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem, UsageError
from supportcli.inputs.answers.sources import Layers
from supportcli.outputs.document.topic_names import OF_DEAL, OF_ONE
from supportcli.record import NamedTuple

NO_PAYMENTS = Message(
    "when the fee is charged is not recorded here; choose table, text, md, html or json"
)


class Decided(NamedTuple):
    """What was said, how it was understood, and the answer to it."""

    given: Layers
    understood: Understanding
    found: DealAnswer


def decided_on(
    settings: Settings, catalogue: Catalogue, given: Layers, read: Understanding | None = None
) -> Decided:
    """The answer to what was given; `read` is how that was understood already.

    Raises:
        UsageError: what was given is wrong, or has no answer in the form that was asked for.
    """
    understood = read or understand(settings, catalogue, given)
    deal, reading = understood.deal, understood.asked_reading
    topics_for(settings, deal)
    with working(settings, len(deal.accounts)):
        found = answered(catalogue, deal, reading, settings.as_of, settings.include_doubtful)
    _refuse_blind(found, understood.limit, settings)
    return Decided(given, understood, found)


def topics_for(settings: Settings, deal: Deal) -> tuple[str, ...]:
    """What is to be explained of one account, or of a deal.

    Raises:
        UsageError: it has no such topic.
    """
    return topics_of(settings, OF_DEAL if deal.named else OF_ONE)


def _refuse_blind(found: DealAnswer, limit: Fraction | None, settings: Settings) -> None:
    """What hangs on amounts that cannot be told; where no plan fits that is said instead."""
    problems = []
    if found.deal.beside and len(beside_ids(found)) < FEWEST:
        words = Message("needs another plan beside this one; name two")
        problems.append(Problem("--beside", words))
    if not (found.portfolio.fits or found.portfolio.asked):
        if problems:
            raise UsageError(problems)
        return
    asked = found.portfolio.asked
    if found.most is None and asked is not None:
        words = Message("cannot be told: the price of {plan} is not known to us", plan=asked.name)
        if limit is not None:
            problems.append(Problem("--fail-if-over", words))
        if settings.form == "csv":
            problems.append(Problem("-o csv", words))
    elif settings.form == "csv" and not found.portfolio.payments:
        problems.append(Problem("-o csv", NO_PAYMENTS))
    if problems:
        raise UsageError(problems)
