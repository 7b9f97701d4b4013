"""What every engine's SQL has, and what each must say for itself; the engines are modules beside.

Amounts are decimals, or where an engine has none, whole numbers of the minor unit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from supportcli.core.money import finite
from supportcli.core.piecewise import PiecewiseLinear, Segment

SPEND = 12  # digits of a spend before the point; a fee then has one more at most

Fault = tuple[str, str]
"""A test of a cell and why a row that passes it is refused."""


def text(value: str) -> str:
    """A text literal."""
    return "'" + value.replace("'", "''") + "'"


def literal(value: object) -> str:
    """A value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, int) else text(str(value))


def number(value: Fraction) -> str:
    """A decimal literal without an exponent, with no more decimals than it needs."""
    return f"{finite(value):f}"


class Dialect(ABC):
    """SQL as the engines share it; each engine says what differs.

    `before_stage` and `after_stage` keep the stages as the engine plans them best; `whole` where
    amounts are whole numbers of the minor unit; `unusable` is what no name may hold.
    """

    id: str
    called: str
    quote = '"'
    before_stage = ""
    after_stage = ""
    longest_name = 255
    forms: tuple[str, ...] = ("select", "view", "function")
    text_type = "TEXT"
    number_type = "NUMERIC"
    replace = "CREATE OR REPLACE"
    whole = False
    unusable: str | None = None

    @property
    def no_text(self) -> str:
        """A text that is not known."""
        return f"CAST(NULL AS {self.text_type})"

    def name(self, value: str) -> str:
        """A quoted identifier."""
        return self.quote + value.replace(self.quote, self.quote * 2) + self.quote

    def type_of(self, kind: str) -> str:
        """The engine's own name for a type."""
        return {"TEXT": self.text_type, "NUMERIC": self.number_type}.get(kind, kind)

    def amount_name(self, column: str) -> str:
        """The name of a column of amounts, which says so where they count minor units."""
        return column

    @abstractmethod
    def function(
        self, called: str, taken: Iterable[str], given: Iterable[str], query: Iterable[str]
    ) -> list[str]:
        """The lines of a function of columns, each with its type, that gives a row of others."""

    # Cells

    @abstractmethod
    def spend(self, cell: str, scale: int) -> str:
        """The value of a cell in which nothing is wrong, with so many decimals."""

    @abstractmethod
    def wrong_spend(self, cell: str, scale: int, limit: int) -> list[Fault]:
        """What can be wrong with a spend that is there; `limit` is the first that is too large."""

    @abstractmethod
    def wrong_count(self, cell: str, least: int, most: int, code: str) -> list[Fault]:
        """What can be wrong with a number of things."""

    def wrong_flag(self, cell: str, code: str) -> list[Fault]:
        """What can be wrong with a yes or no, where the column's type does not tell."""
        return []

    def same_text(self, cell: str) -> str:
        """A text that compares by its letters, whatever its column says."""
        return cell

    # Values

    def least(self, values: Iterable[str]) -> str:
        """The least of several values, NULLs left out; NULL where there is no other."""
        several = list(values)
        return several[0] if len(several) == 1 else f"LEAST({', '.join(several)})"

    def smaller(self, left: str, right: str) -> str:
        """The smaller of two values, none of them NULL."""
        return f"LEAST({left}, {right})"

    def larger(self, left: str, right: str) -> str:
        """The larger of two values, none of them NULL."""
        return f"GREATEST({left}, {right})"

    # Amounts

    @abstractmethod
    def amount(self, value: str, digits: int) -> tuple[str, str]:
        """An amount as it comes out, with so many decimals, and its type."""

    @abstractmethod
    def limit(self, digits: int, accounts: int, months: int) -> int:
        """The first spend that is too large, of so many accounts over so many months.

        In the currency's unit, or in the minor unit of so many digits where amounts are `whole`; of
        the fees that were written so far. 0 where every spend is too large.
        """

    @abstractmethod
    def unknown(self, digits: int) -> str:
        """An amount that is not known."""

    @abstractmethod
    def wide(self, amount: str, scale: int) -> str:
        """The amount with room for any product."""

    def times(self, amount: str, scale: int, count: str) -> str:
        """So many times an amount, with room for any product of it."""
        return f"{self.wide(amount, scale)} * {count}"

    def fee(self, function: PiecewiseLinear, spend: str, scale: int, currency: str) -> str:
        """The fee at a spend with `scale` decimals, rounded half up.

        A start such as 2900/3 has no exact decimal; the spends lie on a grid, and segments begin at
        their own start, so the next grid point loses nothing. Each segment is rounded by itself:
        where a CASE has no room for the decimals of all its branches, the engine drops some.
        """
        lines = [self._line(segment, spend, scale, currency) for segment in function.segments]
        if len(lines) == 1:
            return lines[0]
        starts = (self._start(segment, scale, currency) for segment in function.segments[1:])
        cases = " ".join(
            f"WHEN {spend} < {s} THEN {line}" for s, line in zip(starts, lines, strict=False)
        )
        return f"CASE {cases} ELSE {lines[-1]} END"

    @abstractmethod
    def _start(self, segment: Segment, scale: int, currency: str) -> str:
        """The first spend on the grid that belongs to a segment."""

    @abstractmethod
    def _line(self, segment: Segment, spend: str, scale: int, currency: str) -> str:
        """A segment's fee, rounded half up. No fee is below 0."""
