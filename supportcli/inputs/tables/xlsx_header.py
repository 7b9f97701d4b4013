"""The header of a sheet's table: the names by column, and the rows above them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from supportcli.errors import Message
from supportcli.inputs.tables.column_use import RowsAbove
from supportcli.inputs.tables.header import (
    MOST_ABOVE,
    MOST_COLUMNS,
    break_notes,
    check_names,
    check_width,
    header_name,
    is_title,
)
from supportcli.inputs.tables.rows import TableOptions, control_in, refuse
from supportcli.inputs.workbook.cells import text_of
from supportcli.inputs.workbook.sheet import SheetRow
from supportcli.record import NamedTuple


class SheetHeader(NamedTuple):
    """The names by column, "" where there is none, the row that they stand in, those above it."""

    names: tuple[str, ...]
    line: int
    notes: tuple[Message, ...]
    above: RowsAbove

    @property
    def known(self) -> tuple[str, ...]:
        """The names that there are."""
        return tuple(filter(None, self.names))


class NoHeader(NamedTuple):
    """What stands in the first filled row, by column, and in some below; none of it is known."""

    names: tuple[str, ...]
    below: tuple[tuple[str, ...], ...]


class RowsAhead(Iterator[SheetRow]):
    """The rows of a sheet, of which the next filled one can be looked at before it comes."""

    def __init__(self, rows: Iterator[SheetRow]) -> None:
        self._rows = rows
        self._ahead: deque[SheetRow] = deque()

    def __next__(self) -> SheetRow:
        return self._ahead.popleft() if self._ahead else next(self._rows)

    def next_filled(self) -> SheetRow | None:
        """The next row with cells, None where there is none."""
        found = next((row for row in self._ahead if row.cells), None)
        while found is None and (row := next(self._rows, None)) is not None:
            self._ahead.append(row)
            found = row if row.cells else None
        return found


def find_sheet_header(rows: RowsAhead, options: TableOptions, shown: str) -> SheetHeader | NoHeader:
    """Read up to the first of eleven filled rows that holds a known name.

    Raises:
        TableError: names repeated, or too many.
    """
    above: list[tuple[str, ...]] = []
    for row in rows:
        if not row.cells:
            continue
        fields = _fields(row)
        names = tuple(map(header_name, fields))
        known = any(name and options.wanted(name) for name in names)
        if known and not is_title(names, _names(rows.next_filled()), options):
            _check(names, f"{shown}:{row.number}")
            return SheetHeader(names, row.number, break_notes(fields), tuple(above))
        above.append(names)
        if len(above) > MOST_ABOVE:
            break
    return NoHeader(above[0], tuple(above[1:])) if above else NoHeader((), ())


def _fields(row: SheetRow) -> list[str]:
    last = min(max(row.cells), MOST_COLUMNS + 1)
    return [text_of(row.cells.get(at, "")) for at in range(1, last + 1)]


def _names(row: SheetRow | None) -> tuple[str, ...]:
    return tuple(map(header_name, _fields(row))) if row else ()


def _check(names: tuple[str, ...], where: str) -> None:
    check_width(len(names), where)
    if any(map(control_in, names)):
        refuse(where, Message("a control character stands in the header; remove it"))
    check_names(names, where)
