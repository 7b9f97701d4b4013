"""The header of a sheet's table: the names by column, and the rows above them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from supportcli.errors import Message
from supportcli.inputs.tables.column_use import RowsAbove
from supportcli.inputs.tables.header import (
    MOST_ABOVE,
    MOST_COLUMNS,
    break_notes,
    check_names,
    check_width,
    header_name,
)
from supportcli.inputs.tables.rows import TableOptions, control_in, refuse
from supportcli.inputs.workbook.cells import text_of
from supportcli.inputs.workbook.sheet import SheetRow


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


def find_sheet_header(
    rows: Iterable[SheetRow], options: TableOptions, shown: str
) -> SheetHeader | NoHeader:
    """Read up to the first of eleven filled rows that holds a known name.

    Raises:
        TableError: names repeated, or too many.
    """
    above: list[tuple[str, ...]] = []
    for row in rows:
        if not row.cells:
            continue
        last = min(max(row.cells), MOST_COLUMNS + 1)
        fields = [text_of(row.cells.get(at, "")) for at in range(1, last + 1)]
        names = tuple(map(header_name, fields))
        if any(name and options.wanted(name) for name in names):
            _check(names, f"{shown}:{row.number}")
            return SheetHeader(names, row.number, break_notes(fields), tuple(above))
        above.append(names)
        if len(above) > MOST_ABOVE:
            break
    return NoHeader(above[0], tuple(above[1:])) if above else NoHeader((), ())


def _check(names: tuple[str, ...], where: str) -> None:
    check_width(len(names), where)
    if any(map(control_in, names)):
        refuse(where, Message("a control character stands in the header; remove it"))
    check_names(names, where)
