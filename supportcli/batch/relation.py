"""The rows of a table as an SQL relation: every column as text, c0, c1, ..., and their lines."""

from __future__ import annotations

from supportcli.batch.parquet import parquet_cell
from supportcli.batch.request import TableSource
from supportcli.sql.dialects.base import text


def relation(source: TableSource, limit: int | None, counted: bool = False) -> str:
    """At most so many rows; a column `line` is there where it is told, or is to be counted."""
    rows = (_of_parquet if source.kind == "parquet" else _of_text)(source, counted)
    return f"({rows}{'' if limit is None else f' LIMIT {limit}'})"


def _of_parquet(source: TableSource, counted: bool) -> str:
    """A row's line is its number, as there is no header line."""
    stored = ", ".join(f"c{column.index}" for column in source.columns)
    cells = ", ".join(
        f"{parquet_cell(column, kind)} AS c{column.index}"
        for column, kind in zip(source.columns, source.types, strict=True)
    )
    line = "row_number() OVER () AS line, " if counted else ""
    return f"SELECT {line}{cells} FROM read_parquet({text(str(source.path))}) AS t({stored})"


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
