"""What every engine's SQL has, and what each must say for itself; the engines are modules beside.

Amounts are decimals, or where an engine has none, whole numbers of the minor unit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from fractions import Fraction

from supportcli.core.currencies import minor_digits
from supportcli.core.money import finite, up
from supportcli.core.piecewise import PiecewiseLinear, Segment

WORD = 18  # digits of a decimal in a machine word
SPEND = 12  # digits of a spend before the point; a fee then has one more at most
_STEEPEST = 8  # rate
_PADDED = (0, 2, 3, 4)  # decimals that starts have written out, zeros and all
_SINGLE = 24  # bits of a float of single precision


def text(value: str) -> str:
    """A text literal."""
    return "'" + value.replace("'", "''") + "'"


def literal(value: object) -> str:
    """A value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int) else text(str(value))


def name(value: str) -> str:
    """A quoted identifier, as standard SQL has it."""
    return '"' + value.replace('"', '""') + '"'


def number(value: Fraction) -> str:
    """A decimal literal without an exponent, with no more decimals than it needs."""
    return f"{finite(value):f}"


class Dialect(ABC):
    """SQL as the engines share it; each engine says what differs.

    `before_stage` and `after_stage` keep the stages as the engine plans them best; `spare` are
    further digits of a spend's type; `whole` where amounts are whole numbers of the minor unit;
    `unusable` is what no name may hold.
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
    spare = 0
    whole = False
    unusable: str | None = None

    def spend_type(self, scale: int) -> str:
        """The type of a spend with so many decimals."""
        return f"DECIMAL({SPEND + self.spare + scale}, {scale})"

    def inexact(self, cell: str, scale: int) -> str:
        """Whether an amount is not exactly its value in decimals, or may have been another."""
        value = f"CAST({cell} AS {self.spend_type(scale)})"
        return f"{self._differs(value, cell)} OR {self._blurred(cell, scale)}"

    def _differs(self, value: str, cell: str) -> str:
        return f"{value} <> {cell}"

    def _blurred(self, cell: str, scale: int) -> str:
        """Whether it is a float of single precision so large that two amounts become one float."""
        first = number(Fraction(2**_SINGLE, 10**scale))
        return f"({cell} >= {first} AND {self._single(cell)})"

    @abstractmethod
    def _single(self, cell: str) -> str:
        """Whether a value is a float of single precision."""

    def same_text(self, cell: str) -> str:
        """A text that compares by its letters, whatever its column says."""
        return cell

    def limit(self, digits: int, accounts: int, months: int) -> int:
        """The first spend that is too large, of so many accounts over so many months.

        In the currency's unit, or in the minor unit of so many digits where amounts are `whole`; of
        the fees that were written so far. 0 where every spend is too large.
        """
        return int(10**SPEND)

    def name(self, value: str) -> str:
        """A quoted identifier."""
        return self.quote + value.replace(self.quote, self.quote * 2) + self.quote

    @abstractmethod
    def function(
        self, called: str, taken: Iterable[str], given: Iterable[str], query: Iterable[str]
    ) -> list[str]:
        """The lines of a function of columns, each with its type, that gives a row of others."""

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

    def unknown(self, digits: int) -> str:
        """An amount that is not known."""
        return f"CAST(NULL AS DECIMAL({WORD}, {digits}))"

    # Amounts

    def wide(self, amount: str, scale: int) -> str:
        """The amount with room for any product; slower than the 18 digits of a machine word."""
        return f"CAST({amount} AS DECIMAL(38, {scale}))"

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

    def _start(self, segment: Segment, scale: int, currency: str) -> str:
        start = up(segment.start, scale)
        return f"{start:f}" if scale in _PADDED else number(Fraction(start))

    def _line(self, segment: Segment, spend: str, scale: int, currency: str) -> str:
        """A segment's fee. No fee is below 0, so that rounding away from 0 is rounding half up.

        The engine gives a product of two short decimals 18 digits, and fails where it has more.
        """
        digits = minor_digits(currency)
        intercept, factor = number(abs(segment.intercept)), number(segment.rate)
        if not segment.rate:
            return f"CAST({intercept} AS DECIMAL({WORD}, {digits}))"
        exact = scale + _decimals(factor)
        decimals = max(exact, _decimals(intercept), digits)
        if (
            decimals > WORD - SPEND - 1
            or segment.rate > _STEEPEST
            or abs(segment.intercept) > 10**SPEND
        ):
            spend = self.wide(spend, scale)
        product = f"{factor} * {spend}"
        if segment.intercept:
            product += f" {'-' if segment.intercept < 0 else '+'} {intercept}"
        rounded = f"ROUND({product}, {digits})"
        return rounded if exact >= digits else f"CAST({rounded} AS DECIMAL(38, {digits}))"


def differs_as_double(value: str, cell: str) -> str:
    """Whether they differ, in an engine that compares in single precision too: compared twice."""
    return f"{value} <> {cell} OR CAST({value} AS DOUBLE) <> CAST({cell} AS DOUBLE)"


def _decimals(literal: str) -> int:
    return len(literal.partition(".")[2])
