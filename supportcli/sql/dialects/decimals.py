"""What the engines share that have exact decimals of up to 38 digits."""

from __future__ import annotations

from abc import abstractmethod
from fractions import Fraction

from supportcli.core.currencies import minor_digits
from supportcli.core.money import up
from supportcli.core.piecewise import Segment
from supportcli.sql.dialects.base import SPEND, Dialect, Fault, number

_WORD = 18  # digits of a decimal in a machine word
_STEEPEST = 8  # rate
_PADDED = (0, 2, 3, 4)  # decimals that starts have written out, zeros and all
_SINGLE = 24  # bits of a float of single precision


class DecimalDialect(Dialect):
    """Amounts as decimals of the currency's unit; `spare` are further digits of a spend's type."""

    spare = 0

    # Cells

    def spend(self, cell: str, scale: int) -> str:
        """The value of a cell in which nothing is wrong, with so many decimals."""
        return f"CAST({cell} AS DECIMAL({SPEND + self.spare + scale}, {scale}))"

    def wrong_spend(self, cell: str, scale: int, limit: int) -> list[Fault]:
        """What can be wrong with a spend that is there; `limit` is the first that is too large."""
        value = self.spend(cell, scale)
        return [
            (f"{cell} < 0", "spend_negative"),
            (f"{cell} > {number(limit - Fraction(1, 10**scale))}", "too_many_digits"),
            (f"{value} IS NULL", "spend_not_understood"),
            (f"{self._differs(value, cell)} OR {self._blurred(cell, scale)}", "too_many_digits"),
        ]

    def _differs(self, value: str, cell: str) -> str:
        """Whether a cell is not exactly its value."""
        return f"{value} <> {cell}"

    def _blurred(self, cell: str, scale: int) -> str:
        """Whether it is a float of single precision so large that two amounts become one float."""
        first = number(Fraction(2**_SINGLE, 10**scale))
        return f"({cell} >= {first} AND {self._single(cell)})"

    @abstractmethod
    def _single(self, cell: str) -> str:
        """Whether a value is a float of single precision."""

    def wrong_count(self, cell: str, least: int, most: int, code: str) -> list[Fault]:
        """What can be wrong with a number of things."""
        value = f"CAST({cell} AS INTEGER)"
        return [
            (f"{cell} < {least} OR {cell} > {most}", code),
            (f"{value} <> {cell}", code),
            (f"{cell} IS NOT NULL AND {value} IS NULL", code),
        ]

    # Amounts

    def amount(self, value: str, digits: int) -> tuple[str, str]:
        """An amount as it comes out, with so many decimals, and its type."""
        kind = f"DECIMAL(24, {digits})"
        return f"CAST({value} AS {kind})", kind

    def limit(self, digits: int, accounts: int, months: int) -> int:
        """The same for all fees: their decimals have room."""
        return int(10**SPEND)

    def unknown(self, digits: int) -> str:
        """An amount that is not known."""
        return f"CAST(NULL AS DECIMAL({_WORD}, {digits}))"

    def wide(self, amount: str, scale: int) -> str:
        """The amount with room for any product; slower than the 18 digits of a machine word."""
        return f"CAST({amount} AS DECIMAL(38, {scale}))"

    def _start(self, segment: Segment, scale: int, currency: str) -> str:
        start = up(segment.start, scale)
        return f"{start:f}" if scale in _PADDED else number(Fraction(start))

    def _line(self, segment: Segment, spend: str, scale: int, currency: str) -> str:
        """Of what is not below 0, rounding away from 0 is rounding half up.

        The engine gives a product of two short decimals 18 digits, and fails where it has more.
        """
        digits = minor_digits(currency)
        intercept, factor = number(abs(segment.intercept)), number(segment.rate)
        if not segment.rate:
            return f"CAST({intercept} AS DECIMAL({_WORD}, {digits}))"
        exact = scale + _decimals(factor)
        decimals = max(exact, _decimals(intercept), digits)
        if (
            decimals > _WORD - SPEND - 1
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
