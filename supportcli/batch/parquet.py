"""A Parquet file as a table of texts: what its columns hold, and what no cell of a table may hold.

The rules are those of CSV and XLSX: a number is exact or it is refused, and what is carried through
can be written and read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from supportcli.advice.refusals import RowCode
from supportcli.advice.rules import SPENDS
from supportcli.batch.request import TableSource
from supportcli.errors import Message, Problem, quoted
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.tables.header import break_notes, check_names, check_width, header_name
from supportcli.inputs.tables.layout import with_made_names
from supportcli.inputs.tables.rows import (
    LONGEST_FIELD,
    TableError,
    control_in,
    control_message,
    refuse,
)
from supportcli.patterns import regex
from supportcli.record import NamedTuple
from supportcli.sql.dialects.base import text

DAMAGED = Message("is a damaged Parquet file; write it again")
_ENCRYPTED = b"PARE"
_MOST_DIGITS = 38  # of the engine's decimals; of wider ones it reads the nearest float
_SPEND_DECIMALS = 6
_CENTS = 2
_DOUBLE_DIGITS = 15  # that a float surely keeps, as in a workbook
_DOUBLE_WHOLE = 2**53  # up to which it keeps every whole number
_CONTROL = r"[\x{0}-\x{8}\x{b}\x{c}\x{e}-\x{1f}\x{7f}]"
_NUMBER = r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(\d+,(?P<decimals>\d+)\)|DOUBLE"
_TIME = r"DATE|INTERVAL|TIME.*"
_READ = regex(rf"{_NUMBER}|{_TIME}|BOOLEAN|UUID|VARCHAR|JSON|ENUM\(.*\)|\"NULL\"", re.DOTALL)
_NO_TEXT = regex(rf"{_NUMBER}|{_TIME}|BOOLEAN|UUID|FLOAT|BLOB|BIT")


class ParquetTable(NamedTuple):
    """The names of the columns, the engine's types of them, how many rows there are."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    rows: int
    notes: tuple[Message, ...]


class _Field(NamedTuple):
    """A column as it is stored: `digits` are the most that a decimal in it has."""

    name: str
    digits: int


# The file


def look_into(path: Path, shown: str) -> ParquetTable:
    """What a file says that it holds.

    Raises:
        TableError: it cannot be read, has no row, or its columns cannot be told apart or read.
    """
    fields, types, rows = _told(path, shown)
    check_width(len(fields), shown)
    names = tuple(header_name(field.name) for field in fields)
    if any(map(control_in, names)):
        refuse(shown, Message("a control character stands in the header; remove it"))
    names, notes = with_made_names(names, [at for at, name in enumerate(names) if not name])
    check_names(names, shown)
    if not rows:
        refuse(shown, Message("has a header and no rows; add a row"))
    _refuse_wide(names, fields, shown)
    notes += break_notes([field.name for field in fields])
    return ParquetTable(names, types, rows, tuple(notes))


def _told(path: Path, shown: str) -> tuple[list[_Field], tuple[str, ...], int]:
    with path.open("rb") as file:
        if file.read(len(_ENCRYPTED)) == _ENCRYPTED:
            refuse(shown, Message("is an encrypted Parquet file; write it without encryption"))
    source = text(str(path))
    try:
        with duckdb.connect() as db:
            described = db.execute(f"DESCRIBE SELECT * FROM read_parquet({source})").fetchall()
            schema = db.execute(
                f"SELECT name, coalesce(num_children, 0), coalesce(precision, 0) "
                f"FROM parquet_schema({source})"
            ).fetchall()
            [(rows,)] = db.execute(f"SELECT count(*) FROM read_parquet({source})").fetchall()
    except duckdb.Error:
        refuse(shown, DAMAGED)
    return _fields(schema), tuple(str(row[1]) for row in described), int(rows)


def _fields(schema: Sequence[tuple[str, int, int]]) -> list[_Field]:
    """The columns, each with what is nested in it; the first entry stands for the whole file."""
    found: list[_Field] = []
    open_ = 0  # entries of a column that are still to come
    for name, children, digits in schema[1:]:
        if open_:
            open_ += children - 1
            found[-1] = _Field(found[-1].name, max(found[-1].digits, digits))
        else:
            open_ = children
            found.append(_Field(name, digits))
    return found


def _refuse_wide(names: Sequence[str], fields: Sequence[_Field], shown: str) -> None:
    problems = [
        Problem(
            shown,
            Message(
                "column {name} has decimals of more than {most} digits; write it as "
                "DECIMAL({most}, 6) or less",
                name=quoted(name),
                most=_MOST_DIGITS,
            ),
        )
        for name, field in zip(names, fields, strict=True)
        if field.digits > _MOST_DIGITS
    ]
    if problems:
        raise TableError(problems)


def check_types(columns: Sequence[Column], types: Sequence[str], shown: str) -> None:
    """What is read of a row must be exact numbers or texts.

    In single precision 9,999,999.99 is stored as 10,000,000.

    Raises:
        TableError: with every column that is not.
    """
    problems = [
        Problem(shown, _unread(column, kind))
        for column, kind in zip(columns, types, strict=True)
        if column.meaning and not _READ.fullmatch(kind)
    ]
    if problems:
        raise TableError(problems)


def _unread(column: Column, kind: str) -> Message:
    if kind == "FLOAT" and column.meaning in SPENDS:
        return Message(
            "column {name} is of single precision, which does not hold every cent; "
            "write it as DECIMAL or DOUBLE from where the amounts are exact",
            name=quoted(column.name),
        )
    return Message(
        "column {name} holds {type}; write it as text or as exact numbers",
        name=quoted(column.name),
        type=kind,
    )


# Its cells


def parquet_cell(column: Column, kind: str) -> str:
    """The text of a cell as SQL.

    What is read is written as a workbook's numbers are: 5 and not 5.0, and without an exponent.
    """
    cell = f"c{column.index}"
    words = f"CAST({cell} AS VARCHAR)"
    if column.meaning == "account" and kind == "DOUBLE":
        return (
            f"CASE WHEN trunc({cell}) = {cell} AND abs({cell}) < {_DOUBLE_WHOLE} "
            f"THEN CAST(CAST({cell} AS BIGINT) AS VARCHAR) WHEN abs({cell}) BETWEEN 1e-15 AND 1e-4 "
            f"THEN rtrim(printf('%.18f', {cell}), '0') ELSE {words} END"
        )
    if column.meaning and kind == "DOUBLE":
        return f"CASE WHEN {_is_short(cell)} THEN {_short(cell)} ELSE {words} END"
    read = _READ.fullmatch(kind)
    decimals = int(read["decimals"] or 0) if read and column.meaning in SPENDS else 0
    if decimals > _SPEND_DECIMALS:  # as many as the type has, most of them zeros
        return f"regexp_replace({words}, '0{{1,{decimals - _CENTS}}}$', '')"
    return words


def _is_short(cell: str) -> str:
    """Whether fifteen digits and as many decimals hold what there is of a float."""
    return f"{cell} = 0 OR abs({cell}) BETWEEN 1e-15 AND 1e15"


def _short(cell: str) -> str:
    """A float with fifteen digits, as a spreadsheet shows it; the rest is noise of a sum."""
    exact = f"CAST(printf('%.{_DOUBLE_DIGITS - 1}e', {cell}) AS DECIMAL(38, {_DOUBLE_DIGITS}))"
    return f"rtrim(rtrim(CAST({exact} AS VARCHAR), '0'), '.')"


def faults(source: TableSource) -> Iterator[tuple[Column, RowCode, str]]:
    """What refuses a row whatever the other cells say: its column, the code, the test as SQL."""
    for column, kind in zip(source.columns, source.types, strict=True):
        cell = f"c{column.index}"
        if column.meaning and kind == "DOUBLE":
            rounded = _rounded(cell) if column.meaning == "account" else f"contains({cell}, 'e')"
            yield column, "number_too_long", f"coalesce({rounded}, false)"
        if not _NO_TEXT.fullmatch(kind):
            long = f"length({cell}) > {LONGEST_FIELD}"
            yield column, "field_too_long", f"coalesce({long}, false)"
            control = f"regexp_matches({cell}, {text(_CONTROL)})"
            yield column, "control_character", f"coalesce({control}, false)"


def _rounded(cell: str) -> str:
    """Whether the text of a float may stand for another number than the one that was stored.

    Of a whole number that may not there is neither a point nor an exponent.
    """
    digits = f"length(ltrim(regexp_replace({cell}, '[-.]', '', 'g'), '0'))"
    long = f"length({cell}) > {_DOUBLE_DIGITS + 1} AND contains({cell}, '.')"
    return f"CASE WHEN {long} THEN {digits} > {_DOUBLE_DIGITS} ELSE contains({cell}, 'e') END"


def why_unreadable(code: str, found: str) -> Message | None:
    """What to write instead of a cell with such a fault; None for any other code."""
    match code:
        case "number_too_long":
            return Message(
                "a number of more than 15 digits is not kept exactly; store it as text, or round it"
            )
        case "field_too_long":
            return Message(
                "a cell is longer than {most} characters; shorten it", most=LONGEST_FIELD
            )
        case "control_character":
            return control_message(control_in(found) or "\0")
        case _:
            return None
