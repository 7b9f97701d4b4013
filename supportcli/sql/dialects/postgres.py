"""PostgreSQL's SQL."""

from __future__ import annotations

from collections.abc import Iterable

from supportcli.sql.dialects.decimals import DecimalDialect


class Postgres(DecimalDialect):
    """PostgreSQL. Its planner would write each stage into the next, again and again: OFFSET 0."""

    id = "postgres"
    called = "PostgreSQL"
    after_stage = " OFFSET 0"
    longest_name = 63  # bytes; it cuts off what is longer

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
