"""Whether a formula sums up the column that it stands in: its row is then no row of the table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from supportcli.inputs.workbook.cells import Formula
from supportcli.inputs.workbook.places import COLUMN_NUMBERS
from supportcli.patterns import regex
from supportcli.record import NamedTuple

LONGEST_FORMULA = 10_000
_SUMS = regex(
    r"\b(?:SUM(?:IFS?|PRODUCT)?|SUBTOTAL|AGGREGATE|AVERAGE(?:IFS?)?|MEDIAN|MAX|MIN|COUNTA?)\(",
    re.IGNORECASE,
)
_WORDS = regex(r'"[^"]*"')
_ONE = r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})"
_ONE_CELL = regex(_ONE, re.IGNORECASE)
# Not of another sheet (Name!B2), not the end of a longer name.
_RANGE = regex(rf"(?<![\w!$'.]){_ONE}:{_ONE}(?![\w(])", re.IGNORECASE)
_ADDED = regex(
    rf"\+?(?:SUM\()?{_ONE}(?:[+,]{_ONE})+\)?"
    rf"|(?:SUM|SUBTOTAL|AGGREGATE)\((?:[0-9]+,)*{_ONE}\)",  # of one row: B2 alone is a copy
    re.IGNORECASE,
)
_OF_TABLE = regex(
    r"(?<![\w!$'.\]])([^\W\d][\w.]*)?\[(?:\[#(?:Data|All)\],\[)?([^\[\]@#]+)\]{1,2}(?![\w'])",
    re.IGNORECASE,
)


class Area(NamedTuple):
    """A rectangle of cells: the columns and the rows at its ends."""

    left: int
    top: int
    right: int
    bottom: int


class SheetNames(NamedTuple):
    """What formulas of a sheet may call it and the tables in it, these in small letters.

    Within a table it may go without its name.
    """

    sheet: str = ""
    tables: Collection[str] = ()


_NO_NAMES = SheetNames()


def sums_its_column(formula: Formula, name: str = "", names: SheetNames = _NO_NAMES) -> bool:
    """Whether a formula adds up, averages or counts other cells of its own column.

    =SUM(B2:B13) in B14 does, =SUM(C2:N2) and =SUM(Detail!B2:B13) do not.

    Args:
        formula: as it was written, and where.
        name: of the column, as a formula calls it that is written for a table.
        names: what it may call cells of its own sheet.
    """
    text = _plain(formula.text[:LONGEST_FORMULA], names)
    if _ADDED.fullmatch(text):
        return all(_is_other(formula, area) for area in _cells(text))
    if not _SUMS.search(text):
        return False
    named = ((table.lower(), column) for table, column in _OF_TABLE.findall(text))
    return any(_is_other(formula, area) for area in _ranges(text)) or any(
        (table in names.tables or (names.tables and not table)) and column == name.replace(" ", "")
        for table, column in named
    )


def _plain(text: str, names: SheetNames) -> str:
    """A formula without texts and blanks, and without the name of its own sheet."""
    text = _WORDS.sub("", text).replace(" ", "")
    own = names.sheet.replace(" ", "")
    ways = "|".join(map(re.escape, (own, "'" + own.replace("'", "''") + "'")))
    return re.sub(f"(?<![\\w.'\\]])(?:{ways})!", "", text, flags=re.IGNORECASE) if own else text


def _cells(text: str) -> Iterator[Area]:
    for letters, row in _ONE_CELL.findall(text):
        column = _column(letters)
        yield Area(column, int(row), column, int(row))


def _ranges(text: str) -> Iterator[Area]:
    for first, top, last, bottom in _RANGE.findall(text):
        yield Area(_column(first), int(top), _column(last), int(bottom))


def _is_other(formula: Formula, area: Area) -> bool:
    """Whether an area has cells of the formula's column and none of its row."""
    within = area.left <= formula.column <= area.right
    return within and not area.top <= formula.row <= area.bottom


def _column(letters: str) -> int:
    """The number of a column, 0 where there is none of that name."""
    try:
        return COLUMN_NUMBERS[letters]
    except ValueError:
        return 0
