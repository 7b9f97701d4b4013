"""Spark's SQL."""

from __future__ import annotations

from collections.abc import Iterable

from supportcli.sql.dialects.base import SPEND
from supportcli.sql.dialects.decimals import DecimalDialect, differs_as_double


class Spark(DecimalDialect):
    """Spark SQL. A product whose type would have more than 38 digits loses decimals beyond 6."""

    id = "spark"
    called = "Spark"
    quote = "`"
    text_type = "STRING"
    number_type = "DECIMAL(38, 18)"
    unusable = "${"  # it puts variables there, within names too

    def _differs(self, value: str, cell: str) -> str:
        return differs_as_double(value, cell)

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
        return f"CAST({amount} AS DECIMAL({SPEND + 5 + scale}, {scale}))"

    def times(self, amount: str, scale: int, count: str) -> str:
        """So many times an amount, again in so many digits as a product leaves room for."""
        return self.wide(f"{self.wide(amount, scale)} * {count}", scale)
