"""What is said of columns that were understood in another way than their names alone say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.aliases import stem_of
from supportcli.inputs.customers.suggestions import all_quoted
from supportcli.inputs.values.spend_names import says_other_span, says_paid
from supportcli.inputs.values.texts import normal


def spends_taken(names: Sequence[str], paid: bool) -> Iterator[Message]:
    """That columns are taken as spend whose names do not say so; nothing where there are none."""
    if names and paid:
        yield Message("taken as what is paid: {columns}", columns=all_quoted(names))
    elif names:
        yield Message("taken as spend before discount: {columns}", columns=all_quoted(names))


def other_taken(name: str, meaning: str | None, is_customer: bool) -> Iterator[Message]:
    """What another column is taken as, where it is called otherwise.

    The unit of each row is told once its cells are known; a discount could be on what is paid.
    """
    if is_customer:
        yield Message("column {name} is taken as the name of the customer", name=quoted(name))
    elif meaning == "discount" and normal(meaning) != stem_of(name):
        yield Message(
            "column {name} is taken as the discount off the support plan's fee", name=quoted(name)
        )
    elif meaning not in (None, "unit") and normal(meaning) != stem_of(name):
        yield Message("column {name} is taken as {meaning}", name=quoted(name), meaning=meaning)


def paid_by_name(names: Sequence[str]) -> Iterator[Message]:
    """That columns are taken as spend before discount whose names say that they are after it."""
    named = [name for name in names if says_paid(name)]
    if named:
        yield Message(
            "{columns}: after discount by its name, and taken as spend before discount; if it is "
            "after discount, fees come out too low: give --basis paid with --paid-discount",
            columns=all_quoted(named),
        )


def other_spans(names: Sequence[str]) -> Iterator[Message]:
    """A refusal for each column that was named for a month's spend and says another span."""
    for name in filter(says_other_span, names):
        yield Message(
            "column {name} says by its name that it is no month's spend; give the spend of a "
            "month (a year's divided by twelve, a quarter's by three), or rename the column if "
            "it is that",
            name=quoted(name),
        )
