"""Names for columns of OUT that say what the amounts below them are in, wherever that was said.

What stood above the header of a list, or was mapped to a name of ours, is not in OUT: without it
the same number would mean another amount when OUT is read again.
"""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.rules import SPENDS
from supportcli.inputs.customers.aliases import BESIDE_AMOUNTS, other_of
from supportcli.inputs.customers.months import unit_named
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.units import scale_word


def out_title(column: Column, currency: str) -> str:
    """The name of a column as it is, or with the unit and currency that it does not say itself.

    Args:
        column: as it was understood.
        currency: of the plans, which its amounts are in.
    """
    if column.meaning in BESIDE_AMOUNTS and other_of(column.name) != column.meaning:
        return column.meaning
    said = " ".join(_unsaid(column, currency)) if column.meaning in SPENDS else ""
    if not said:
        return column.name
    return f"{column.name} ({said})" if column.name.isascii() else f"{column.name}（{said}）"


def _unsaid(column: Column, currency: str) -> Iterator[str]:
    named = unit_named(column.name, currency)
    if column.currency and not named.currencies:
        yield column.currency
    if column.factor != named.factor:
        yield scale_word(column.factor)
