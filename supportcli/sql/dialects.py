"""What one engine's SQL has that another's has not: quotes, exact amounts, the least of values.

Amounts are decimals, or where an engine has none, whole numbers of the minor unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from supportcli.core.currencies import minor_digits
from supportcli.core.money import finite, up
from supportcli.core.piecewise import PiecewiseLinear, Segment

_WORD = 18  # digits of a decimal in a machine word
_SPEND = 12  # digits of a spend before the point; a fee then has one more at most
_STEEPEST = 8  # rate
_INTEGER = 2**63 - 1
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


class Dialect:
    """DuckDB's SQL; each other engine says what differs."""

    id = "duckdb"
    called = "DuckDB"
    quote = '"'
    before_stage = "NOT MATERIALIZED "
    after_stage = ""
    longest_name = 255
    forms: tuple[str, ...] = ("select", "view", "function")
    text_type = "TEXT"
    number_type = "NUMERIC"
    replace = "CREATE OR REPLACE"
    spare = 1  # digits of a spend's type: DuckDB 1.4 refuses what might be rounded up to its limit
    whole = False  # amounts are whole numbers of the minor unit
    unusable: str | None = None  # what no name may hold

    def spend_type(self, scale: int) -> str:
        """The type of a spend with so many decimals."""
        return f"DECIMAL({_SPEND + self.spare + scale}, {scale})"

    def inexact(self, cell: str, scale: int) -> str:
        """Whether an amount is not exactly its value in decimals, or may have been another.

        A float is compared as a double too: in single precision a wrong value can compare equal.
        """
        value = f"CAST({cell} AS {self.spend_type(scale)})"
        return (
            f"{value} <> {cell} OR CAST({value} AS DOUBLE) <> CAST({cell} AS DOUBLE) "
            f"OR {self._blurred(cell, scale)}"
        )

    def _blurred(self, cell: str, scale: int) -> str:
        """Whether it is a float of single precision so large that two amounts become one float."""
        first = number(Fraction(2**_SINGLE, 10**scale))
        return f"({cell} >= {first} AND {self._single(cell)})"

    def _single(self, cell: str) -> str:
        return f"typeof({cell}) = 'FLOAT'"

    def same_text(self, cell: str) -> str:
        """A text that compares by its letters, whatever its column says."""
        return cell

    def limit(self, digits: int, accounts: int, months: int) -> int:
        """The first spend that is too large, of so many accounts over so many months.

        In the currency's unit, or in the minor unit of so many digits where amounts are `whole`; of
        the fees that were written so far. 0 where every spend is too large.
        """
        return int(10**_SPEND)

    def name(self, value: str) -> str:
        """A quoted identifier."""
        return self.quote + value.replace(self.quote, self.quote * 2) + self.quote

    def function(
        self, called: str, taken: Iterable[str], given: Iterable[str], query: Iterable[str]
    ) -> list[str]:
        """The lines of a function of columns, each with its type, that gives a row of others."""
        names = (one.rpartition(" ")[0] for one in taken)
        *lines, last = query
        return [
            f"CREATE OR REPLACE MACRO {called}({', '.join(names)}) AS TABLE",
            *lines,
            f"{last};",
        ]

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
        return f"CAST(NULL AS DECIMAL({_WORD}, {digits}))"

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
            return f"CAST({intercept} AS DECIMAL({_WORD}, {digits}))"
        exact = scale + _decimals(factor)
        decimals = max(exact, _decimals(intercept), digits)
        if (
            decimals > _WORD - _SPEND - 1
            or segment.rate > _STEEPEST
            or abs(segment.intercept) > 10**_SPEND
        ):
            spend = self.wide(spend, scale)
        product = f"{factor} * {spend}"
        if segment.intercept:
            product += f" {'-' if segment.intercept < 0 else '+'} {intercept}"
        rounded = f"ROUND({product}, {digits})"
        return rounded if exact >= digits else f"CAST({rounded} AS DECIMAL(38, {digits}))"


def _decimals(literal: str) -> int:
    return len(literal.partition(".")[2])


class Postgres(Dialect):
    """PostgreSQL. Its planner would write each stage into the next, again and again: OFFSET 0."""

    id = "postgres"
    called = "PostgreSQL"
    before_stage = ""
    after_stage = " OFFSET 0"
    spare = 0
    longest_name = 63  # bytes; it cuts off what is longer

    def inexact(self, cell: str, scale: int) -> str:
        """Whether an amount is not exactly its value in decimals, or may have been another."""
        differs = f"CAST({cell} AS {self.spend_type(scale)}) <> {cell}"
        return f"{differs} OR {self._blurred(cell, scale)}"

    def _single(self, cell: str) -> str:
        return f"pg_typeof({cell}) = CAST('real' AS regtype)"

    def function(
        self, called: str, taken: Iterable[str], given: Iterable[str], query: Iterable[str]
    ) -> list[str]:
        """The lines of a function; the mark around its text is one that the text does not have."""
        lines = list(query)
        mark = "$supportcli$"
        while any(mark in line for line in lines):
            mark = f"$x{mark[1:]}"
        return [
            f"CREATE OR REPLACE FUNCTION {called}({', '.join(taken)})",
            f"RETURNS TABLE ({', '.join(given)})",
            f"LANGUAGE sql IMMUTABLE AS {mark}",
            *lines,
            f"{mark};",
        ]


class Spark(Dialect):
    """Spark SQL. A product whose type would have more than 38 digits loses decimals beyond 6."""

    id = "spark"
    called = "Spark"
    quote = "`"
    before_stage = ""
    spare = 0
    text_type = "STRING"
    number_type = "DECIMAL(38, 18)"
    unusable = "${"  # it puts variables there, within names too

    def _single(self, cell: str) -> str:
        return f"typeof({cell}) = 'float'"

    def function(
        self, called: str, taken: Iterable[str], given: Iterable[str], query: Iterable[str]
    ) -> list[str]:
        """The lines of a function; Spark has had them since 4.0."""
        *lines, last = query
        return [
            f"CREATE OR REPLACE FUNCTION {called}({', '.join(taken)})",
            f"RETURNS TABLE ({', '.join(given)})",
            "RETURN",
            *lines,
            f"{last};",
        ]

    def wide(self, amount: str, scale: int) -> str:
        """The amount with the digits that a spend of many accounts has, and room for a rate."""
        return f"CAST({amount} AS DECIMAL({_SPEND + 5 + scale}, {scale}))"

    def times(self, amount: str, scale: int, count: str) -> str:
        """So many times an amount, again in so many digits as a product leaves room for."""
        return self.wide(f"{self.wide(amount, scale)} * {count}", scale)


class Sqlite(Dialect):
    """SQLite, which has no decimals: whole numbers of the minor unit, in 64 bits.

    A whole number that leaves them becomes a float: `limit` is the spend up to which none does.
    """

    id = "sqlite"
    called = "SQLite"
    before_stage = "MATERIALIZED "
    replace = "CREATE"
    forms = ("select", "view")
    whole = True

    def __init__(self) -> None:
        self._lines: list[tuple[int, int, int]] = []  # slope, constant, divisor

    def least(self, values: Iterable[str]) -> str:
        """MIN of several is NULL where one is: NULLs stand for the largest number instead."""
        several = list(values)
        if len(several) == 1:
            return several[0]
        known = ", ".join(f"COALESCE({value}, {_INTEGER})" for value in several)
        return f"NULLIF(MIN({known}), {_INTEGER})"

    def same_text(self, cell: str) -> str:
        """A text that compares by its letters, whatever its column says."""
        return f"{cell} COLLATE BINARY"

    def smaller(self, left: str, right: str) -> str:
        """The smaller of two values, none of them NULL."""
        return f"MIN({left}, {right})"

    def larger(self, left: str, right: str) -> str:
        """The larger of two values, none of them NULL."""
        return f"MAX({left}, {right})"

    def unknown(self, digits: int) -> str:
        """An amount that is not known."""
        return "NULL"

    def wide(self, amount: str, scale: int) -> str:
        """Every whole number has the same room."""
        return f"({amount})"

    def limit(self, digits: int, accounts: int, months: int) -> int:
        """The first spend that is too large, of so many accounts over so many months."""
        for more in range(_SPEND + digits, 0, -1):
            if self._fits(10**more, accounts, months):
                return int(10**more)
        return 0

    def _fits(self, most: int, accounts: int, months: int) -> bool:
        tops = ((s * most + c, d) for s, c, d in self._lines)
        return all(
            2 * top * accounts + d <= _INTEGER and (top // d + 1) * accounts * months <= _INTEGER
            for top, d in tops
        )

    def _start(self, segment: Segment, scale: int, currency: str) -> str:
        return str(-((-segment.start * 10 ** minor_digits(currency)) // 1))

    def _line(self, segment: Segment, spend: str, scale: int, currency: str) -> str:
        """With the fee a s + c over q: twice that plus q, over 2 q, what is left dropped."""
        base = segment.intercept * 10 ** minor_digits(currency)
        under = lcm(base.denominator, segment.rate.denominator)
        slope, constant = int(segment.rate * under), int(base * under)
        self._lines.append((slope, abs(constant), under))
        if not slope:
            return str((2 * constant + under) // (2 * under))
        product = f"{slope} * {spend}" if slope != 1 else spend
        if constant:
            product += f" {'-' if constant < 0 else '+'} {abs(constant)}"
        return f"({product})" if under == 1 else f"(2 * ({product}) + {under}) / {2 * under}"


DIALECTS = {dialect.id: dialect for dialect in (Dialect, Postgres, Spark, Sqlite)}
DUCKDB = Dialect()
