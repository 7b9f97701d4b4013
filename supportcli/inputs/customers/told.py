"""What is said of columns that were understood in another way than their names alone say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.aliases import stem_of
from supportcli.inputs.customers.suggestions import all_quoted
from supportcli.inputs.values.spend_names import says_list, says_other_span, says_paid, times_said
from supportcli.inputs.values.texts import normal

_TAKEN_AS: Mapping[str, Message] = {
    "account": Message("the account"),
    "response": Message("the response time that is needed"),
    "hours": Message("the hours of service that are needed"),
    "tam": Message("whether a TAM is needed"),
    "tickets": Message("the tickets of a month"),
    "services": Message("the services that are needed"),
    "accounts": Message("the number of accounts"),
    "months": Message("the term in months"),
    "plan": Message("the support plan to be priced"),
    "reading": Message("the reading of the fee"),
    "paid_discount": Message("the discount that the amount paid is after"),
    "current_plan": Message("the support plan of today"),
    "discount_on": Message("what the discount is off"),
    "tax_mode": Message("whether the tax is included or added"),
    "tax_rate": Message("the tax rate"),
    "currency": Message("the currency"),
}


def spends_taken(names: Sequence[str], paid: bool) -> Iterator[Message]:
    """That columns are taken as spend whose names do not say so; nothing where there are none."""
    if names and paid:
        yield Message("taken as what is paid: {columns}", columns=all_quoted(names))
    elif names:
        yield Message("taken as spend before discount: {columns}", columns=all_quoted(names))


def other_taken(name: str, meaning: str | None, is_customer: bool) -> Iterator[Message]:
    """What another column is taken as, where it is called otherwise.

    The unit of each row is told once its cells are known; a discount with what amounts are in.
    """
    if is_customer:
        yield Message("column {name} is taken as the name of the customer", name=quoted(name))
    elif meaning is not None and meaning in _TAKEN_AS and normal(meaning) != stem_of(name):
        words = Message("column {name} is taken as {meaning}")
        yield Message(words.text, name=quoted(name), meaning=_TAKEN_AS[meaning])


def fee_discount(name: str) -> Message:
    """That a column is taken as the discount off the fee, which all amounts of its rows hang on."""
    return Message(
        "column {name} is taken as the discount off the support plan's fee", name=quoted(name)
    )


def cloud_discount(name: str, listed: str, paid: str) -> Message:
    """That a discount leads from one column of amounts to another, and so is none off the fee."""
    return Message(
        "column {name} is the discount from {listed} to {paid}, so it is the cloud spend's and is "
        "not taken off the support plan's fee; if it is off the fee too, give --map "
        "discount={name}",
        name=quoted(name),
        listed=quoted(listed),
        paid=quoted(paid),
    )


def unclear_discount(name: str, listed: str, paid: str) -> Message:
    """What is asked where a discount beside such columns is not the one between them."""
    return Message(
        "column {name} may be the discount from {listed} to {paid}, or one off the support plan's "
        "fee; give --map discount={name} if it is off the fee, else --ignore-column {name}",
        name=quoted(name),
        listed=quoted(listed),
        paid=quoted(paid),
    )


def paid_by_name(names: Sequence[str]) -> Iterator[Message]:
    """That columns are taken as spend before discount whose names say that they are after it."""
    named = [name for name in names if says_paid(name)]
    if named:
        yield Message(
            "{columns}: after discount by its name, and taken as spend before discount; if it is "
            "after discount, fees come out too low: give --basis paid with --paid-discount",
            columns=all_quoted(named),
        )


def list_where_paid_counts(names: Sequence[str], is_list: bool) -> Iterator[Message]:
    """That columns are of before discount, by their names or all, where the plans count after."""
    named = [name for name in names if says_list(name) or (is_list and not says_paid(name))]
    if named:
        yield Message(
            "{columns}: the fees of these plans count the spend after discount; if this is before "
            "discount, fees come out too high: take what is paid",
            columns=all_quoted(named),
        )


def other_spans(names: Sequence[str]) -> Iterator[Message]:
    """A refusal for each column that was named for a month's spend and says another span.

    What says how often a month was taken is asked about with the units.
    """
    for name in names:
        if not says_other_span(name) or times_said(name):
            continue
        yield Message(
            "column {name} says by its name that it is no month's spend; give the spend of a "
            "month (a year's divided by twelve, a quarter's by three), or rename the column if "
            "it is that",
            name=quoted(name),
        )
