"""SQLite's SQL."""

from __future__ import annotations

from collections.abc import Iterable
from math import lcm

from supportcli.core.currencies import minor_digits
from supportcli.core.piecewise import Segment
from supportcli.sql.dialects.base import SPEND, Dialect, Fault

_INTEGER = 2**63 - 1


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

    def amount_name(self, column: str) -> str:
        """The name of a column of amounts, which counts minor units and says so."""
        return f"{column}_minor"

    def function(
        self, called: str, taken: Iterable[str], given: Iterable[str], query: Iterable[str]
    ) -> list[str]:
        """It has no functions, and does not offer the form."""
        raise ValueError("SQLite has no functions")

    # Cells

    def spend(self, cell: str, scale: int) -> str:
        """The value of a cell in which nothing is wrong: itself."""
        return cell

    def wrong_spend(self, cell: str, scale: int, limit: int) -> list[Fault]:
        """What can be wrong with a spend that is there; `limit` is the first that is too large."""
        return [
            (f"typeof({cell}) <> 'integer'", "spend_not_understood"),
            (f"{cell} < 0", "spend_negative"),
            (f"{cell} >= {limit}", "too_many_digits"),
        ]

    def wrong_count(self, cell: str, least: int, most: int, code: str) -> list[Fault]:
        """What can be wrong with a number of things; a column's type says little."""
        kind = f"typeof({cell}) NOT IN ('integer', 'null')"
        return [(f"{kind} OR {cell} < {least} OR {cell} > {most}", code)]

    def wrong_flag(self, cell: str, code: str) -> list[Fault]:
        """What can be wrong with a yes or no, which is a number."""
        return [(f"{cell} NOT IN (0, 1)", code)]

    def same_text(self, cell: str) -> str:
        """A text that compares by its letters, whatever its column says."""
        return f"{cell} COLLATE BINARY"

    # Values

    def least(self, values: Iterable[str]) -> str:
        """MIN of several is NULL where one is: NULLs stand for the largest number instead."""
        several = list(values)
        if len(several) == 1:
            return several[0]
        known = ", ".join(f"COALESCE({value}, {_INTEGER})" for value in several)
        return f"NULLIF(MIN({known}), {_INTEGER})"

    def smaller(self, left: str, right: str) -> str:
        """The smaller of two values, none of them NULL."""
        return f"MIN({left}, {right})"

    def larger(self, left: str, right: str) -> str:
        """The larger of two values, none of them NULL."""
        return f"MAX({left}, {right})"

    # Amounts

    def amount(self, value: str, digits: int) -> tuple[str, str]:
        """A whole number already."""
        return value, "INTEGER"

    def unknown(self, digits: int) -> str:
        """An amount that is not known."""
        return "NULL"

    def wide(self, amount: str, scale: int) -> str:
        """Every whole number has the same room."""
        return f"({amount})"

    def limit(self, digits: int, accounts: int, months: int) -> int:
        """The first spend that is too large, of so many accounts over so many months."""
        for more in range(SPEND + digits, 0, -1):
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
