"""What the columns of a list gave its rows, in place of advice or of what a flag says."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.batch_summary import Outcome
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.record import NamedTuple


class GivenBy(NamedTuple):
    """The columns that name plans and readings of rows, and the `reading` of all other rows."""

    plans: Message
    readings: Message
    reading: Text


def given_words(outcome: Outcome, by: GivenBy) -> Iterator[Message]:
    """How many rows have the plan or the reading that the table gives them."""
    if outcome.given:
        yield _of_plans(outcome.given, by)
    if outcome.own_reading:
        yield _of_readings(outcome.own_reading, by)


def _of_plans(count: int, by: GivenBy) -> Message:
    if count == 1:
        return Message(
            "1 row was priced at the plan that {column} names, not at the one advised; "
            "--ignore-plan-column advises it too.",
            column=by.plans,
        )
    return Message(
        "{count} rows were priced at the plan that {column} names, not at the one advised; "
        "--ignore-plan-column advises them too.",
        count=f"{count:,}",
        column=by.plans,
    )


def _of_readings(count: int, by: GivenBy) -> Message:
    words = Message(
        "{count} rows were priced at the reading that {column} names, not at {reading}; "
        "--ignore-plan-column ignores that column too."
    )
    if count == 1:
        words = Message(
            "1 row was priced at the reading that {column} names, not at {reading}; "
            "--ignore-plan-column ignores that column too."
        )
    return Message(words.text, count=f"{count:,}", column=by.readings, reading=by.reading)
