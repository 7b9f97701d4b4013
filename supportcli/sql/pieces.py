"""The months of a horizon as runs of one spend under one rule, and how often each counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from supportcli.core.piecewise import PiecewiseLinear, plus
from supportcli.core.plan import MONTHS
from supportcli.record import NamedTuple


class Counts(NamedTuple):
    """How often a column counts in a year, in as much of it as can be bought, and in the term."""

    year: str
    held: str
    term: str


class CostSums:
    """So many times each column, over each of these spans."""

    def __init__(self) -> None:
        self.year: list[tuple[str, str]] = []
        self.held: list[tuple[str, str]] = []
        self.term: list[tuple[str, str]] = []

    def add(self, column: str, counts: Counts) -> None:
        """A column and how often it counts."""
        self.year.append((column, counts.year))
        self.held.append((column, counts.held))
        self.term.append((column, counts.term))


class Piece(NamedTuple):
    """Months, from one index up to another, of one spend under one rule."""

    spend: str
    total: Mapping[str, PiecewiseLinear]
    prepaid: Mapping[str, PiecewiseLinear]
    yearly: Fraction
    yearly_prepaid: Fraction
    start: int
    end: int

    def months_up_to(self, index: int) -> str:
        """How many of the months come before that of an index."""
        return str(min(self.end, index) - min(self.start, index))

    @property
    def begins_year(self) -> bool:
        """Whether a year's charge is due in one of the months."""
        return bool(self.yearly) and -(-self.start // MONTHS) * MONTHS < self.end


def raised(fees: Mapping[str, PiecewiseLinear], amount: Fraction) -> Mapping[str, PiecewiseLinear]:
    """The fees with a constant on top."""
    return {one: plus(each, PiecewiseLinear.line(amount)) for one, each in fees.items()}


def sum_of(parts: Iterable[tuple[str, str]]) -> str:
    """So many times each column."""
    terms = [
        column if count == "1" else f"{column} * {count}" for column, count in parts if count != "0"
    ]
    return " + ".join(terms)
