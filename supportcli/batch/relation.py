"""The rows of a table as an SQL relation: every column as text, c0, c1, ..., and their lines."""

from __future__ import annotations

from supportcli.batch.request import TableSource
from supportcli.sql.dialects.base import text
from supportcli.sql.dialects.duckdb import DUCKDB


def relation(source: TableSource, limit: int | None, counted: bool = False) -> str:
    """At most so many rows; a column `line` is there where it is told, or is to be counted."""
    rows = _of_parquet(source) if source.kind == "parquet" else _of_text(source, counted)
    return f"({rows}{'' if limit is None else f' LIMIT {limit}'})"


def _of_parquet(source: TableSource) -> str:
    cells = (f"CAST({DUCKDB.name(c.name)} AS VARCHAR) AS c{c.index}" for c in source.columns)
    return (
        f"SELECT file_row_number + 1 AS line, {', '.join(cells)} "
        f"FROM read_parquet({text(str(source.path))}, file_row_number=true)"
    )


def _of_text(source: TableSource, counted: bool) -> str:
    """What is read as it is has a record on every line and its header on the first.

    The engine counts rows in the order of the file, with several threads too.
    """
    lined = source.lined
    types = {f"c{column.index}": "VARCHAR" for column in source.columns}
    if lined:
        types = {"line": "BIGINT", **types}
    columns = ", ".join(f"{text(column)}: {text(kind)}" for column, kind in types.items())
    # Without new_line: with it, strict mode finds no row in a file of CRLF lines.
    # Of our own copies it is known; they may hold other line breaks within quotes.
    header, mark, known = ("false", "'\"'", ", new_line='\\n'") if lined else ("true", "''", "")
    line = "" if lined or not counted else "row_number() OVER () + 1 AS line, "
    return (
        f"SELECT {line}* FROM read_csv({text(str(source.path))}, columns={{{columns}}}, "
        f"auto_detect=false, header={header}, delim={text(source.delimiter)}, "
        f"quote={mark}, escape={mark}, compression={text(source.compression)}{known})"
    )
