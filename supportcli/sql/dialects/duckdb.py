"""DuckDB's SQL."""

from __future__ import annotations

from collections.abc import Iterable

from supportcli.sql.dialects.decimals import DecimalDialect, differs_as_double


class DuckDb(DecimalDialect):
    """DuckDB. 1.4 refuses what might be rounded up to a type's limit: a spend has a digit more."""

    id = "duckdb"
    called = "DuckDB"
    before_stage = "NOT MATERIALIZED "
    spare = 1

    def _differs(self, value: str, cell: str) -> str:
        return differs_as_double(value, cell)

    def _single(self, cell: str) -> str:
        return f"typeof({cell}) = 'FLOAT'"

    def function(
        self, called: str, taken: Iterable[str], given: Iterable[str], query: Iterable[str]
    ) -> list[str]:
        """The lines of a macro, whose columns have no types."""
        names = (one.rpartition(" ")[0] for one in taken)
        *lines, last = query
        return [
            f"CREATE OR REPLACE MACRO {called}({', '.join(names)}) AS TABLE",
            *lines,
            f"{last};",
        ]


DUCKDB = DuckDb()
"""The one that `batch` uses."""
