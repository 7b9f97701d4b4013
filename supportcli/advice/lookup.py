"""A fee as a table that a spreadsheet looks up, and the one formula that does it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from supportcli.core.money import finite, round_up
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.record import NamedTuple

LOOKUP_COLUMNS = ("starts", "bases", "rates")
"""The columns of the table, as they and the cells below them are called."""


class LookupRow(NamedTuple):
    """From a spend on, the fee is the base and the rate times the whole spend."""

    start: Decimal
    base: Fraction
    rate: Fraction

    @property
    def cells(self) -> tuple[str, str, str]:
        """As one types them, without separators: what has no finite decimals as a quotient."""
        return typed(Fraction(self.start)), typed(self.base), typed(self.rate)


class LookupCells(NamedTuple):
    """Where the spend and the columns of the table stand, by name or by place."""

    spend: str
    starts: str
    bases: str
    rates: str


def lookup_rows(fee: PiecewiseLinear, currency: str) -> tuple[LookupRow, ...]:
    """The segments of a fee; a start is rounded up to the currency's minor unit.

    A spend in whole minor units is at or above a start just where it is at or above the rounded
    one. Of two that become the same the latter counts.
    """
    rows = {}
    for segment in fee.segments:
        start = round_up(segment.start, currency)
        rows[start] = LookupRow(start, segment.intercept, segment.rate)
    return tuple(rows.values())


def lookup_formula(cells: LookupCells, digits: int) -> str:
    """The fee at the spend, rounded half up to so many decimals."""
    spend, starts, bases, rates = cells
    base, rate = (f"LOOKUP({spend},{starts},{column})" for column in (bases, rates))
    return f"=ROUND({base}+{rate}*{spend},{digits})"


def typed(number: Fraction) -> str:
    """A number as one types it into a cell."""
    try:
        return f"{finite(number).normalize():f}"
    except ValueError:
        return f"={number.numerator}/{number.denominator}"
