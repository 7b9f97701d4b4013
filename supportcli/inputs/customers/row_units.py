"""Cells that say the currency or the unit of the amounts in their row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.context import AmountsSaid, said_of_amounts
from supportcli.inputs.customers.text import CellError
from supportcli.inputs.values.spend import is_missing


def read_currency(text: str, currency: str) -> str:
    """The currency that a cell beside an amount names: the plans', or the row is refused.

    Raises:
        CellError: another currency, none that is known, or a unit beside it.
    """
    if is_missing(text):
        return currency
    said = said_of_amounts(text, currency)
    if said is None or said.currency is None:
        message = Message(
            "{text} is no currency that is known; write its code, like {currency}",
            text=quoted(text),
            currency=currency,
        )
        raise CellError("other_currency", message)
    _check_currency(said, currency)
    if (said.factor or 1) > 1:
        message = Message(
            "{text} names a unit beside the currency; write it into the name of the amounts' "
            "column, or into a column unit",
            text=quoted(text),
        )
        raise CellError("ambiguous_number", message)
    return currency


def read_unit(text: str, currency: str, stated: Collection[int] = ()) -> int | None:
    """How many of the currency the amount beside a cell is; None where it says nothing of that.

    `stated` are the units that the names of the amounts' columns say.

    Raises:
        CellError: another currency, no unit of money, or one that contradicts what is stated.
    """
    if is_missing(text):
        return None
    said = said_of_amounts(text, currency)
    if said is None:
        message = Message(
            "{text} is no unit of money; write it like {one} or {other}, or give --ignore-column "
            "if the column says something else",
            text=quoted(text),
            one="元",
            other="万元",
        )
        raise CellError("ambiguous_number", message)
    _check_currency(said, currency)
    if said.factor is not None and any(factor != said.factor for factor in stated):
        message = Message(
            "{text} contradicts the unit that the name of the amounts' column says, or what stands "
            "above the header",
            text=quoted(text),
        )
        raise CellError("ambiguous_number", message)
    return said.factor


def units_in(texts: Iterable[str], currency: str) -> Mapping[str, int] | None:
    """The units in a column of the unit of each row, of the plans' currency; None if it has none.

    A column called 单位 may hold companies, and one called unit things that are counted.
    """
    said = [each for each in (said_of_amounts(text, currency) for text in texts) if each]
    ours = [each for each in said if each.currency in (None, currency)]
    return {each.text: each.factor for each in ours if each.factor is not None} if said else None


def unit_note(name: str, units: Mapping[str, int] | None) -> Message:
    """What is told of a column that names the unit of each row, or seemed to."""
    if units is None:
        return Message(
            "column {name} holds no unit of money and is carried through unread", name=quoted(name)
        )
    scaled = tuple(quoted(text) for text, factor in units.items() if factor > 1)
    if not scaled:
        return Message(
            "column {name} is taken as unit: every amount is a whole one", name=quoted(name)
        )
    return Message(
        "amounts are read in the units that column {name} names: {units}",
        name=quoted(name),
        units=scaled,
    )


def _check_currency(said: AmountsSaid, currency: str) -> None:
    if said.currency not in (None, currency):
        message = Message(
            "the amount is in {given}, the plans are in {currency}; give the amount in {currency}",
            given=str(said.currency),
            currency=currency,
        )
        raise CellError("other_currency", message)
