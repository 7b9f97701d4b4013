"""Rows of a sheet to rows of a table: each cell as text, or a reason why its row is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from supportcli.errors import Message, quoted
from supportcli.inputs.tables.column_use import TOO_LONG, ColumnUse, Refused
from supportcli.inputs.tables.rows import (
    LONGEST_FIELD,
    SUMS_UP,
    Reject,
    Sink,
    clean,
    control_in,
    control_message,
)
from supportcli.inputs.tables.xlsx_merged import MergedCells, spread_note
from supportcli.inputs.workbook.cells import CellValue, SheetCell, text_of
from supportcli.inputs.workbook.formulas import SheetNames, sums_its_column
from supportcli.inputs.workbook.merged import MergedArea
from supportcli.inputs.workbook.places import column_letters
from supportcli.inputs.workbook.sheet import SheetRow
from supportcli.record import NamedTuple

_MOST_PLACES = 3
_MOST_HELD = 100
_MOST_TEXTS = 1000
_TOTAL = "total_row"


def read_text(text: str) -> CellValue:
    """The value of a text cell: without what only a spreadsheet needs, or a fault."""
    plain = clean(text)
    if len(plain) > LONGEST_FIELD:
        return SheetCell(plain, plain, "field_too_long")
    return SheetCell(plain, _as_in_file(plain), "control_character") if control_in(plain) else plain


def _as_in_file(text: str) -> str:
    """A text as a workbook's file holds it, a control character as _x0001_."""
    return "".join(f"_x{ord(one):04X}_" if control_in(one) else one for one in text)


class SheetLayout(NamedTuple):
    """Where a sheet's columns go among those of the table, and what else its rows need.

    `same` is what stands in every row of the sheet, `offset` is added to the numbers of its rows,
    `names` are those that its formulas call its cells by, `merged` its merged areas by their first
    rows.
    """

    places: Mapping[int, int]
    same: Mapping[int, str]
    offset: int
    names: SheetNames
    merged: Mapping[int, Sequence[MergedArea]]


class _Held(NamedTuple):
    """A row that may be a note below the table, and the column that it has a text in."""

    number: int
    column: int
    fields: list[str]


class SheetReader:
    """Writes the rows below a header, or refuses them.

    What stands beside the table or below it is counted, and the first of it kept in `texts`: no
    value can have slid out of its column.
    A row with one text alone, behind an empty one, is below the table unless others follow it.
    """

    def __init__(
        self, names: Sequence[str], uses: Sequence[ColumnUse], sink: Sink, keep_totals: bool
    ) -> None:
        self.names = names
        self.uses = uses
        self.sink = sink
        self.keep_totals = keep_totals
        self._amounts = frozenset(place for place, use in enumerate(uses) if use.amount)
        self.hidden = 0
        self.merged = 0
        self.aside = 0
        self.texts: dict[str, None] = {}
        self._places: list[str] = []
        self._spread: dict[str, int] = {}
        self._faults: dict[str, int] = {}
        self._held: list[_Held] = []

    def read(self, rows: Iterable[SheetRow], layout: SheetLayout) -> int:
        """Write the rows of a sheet, or refuse them; the number of the last one."""
        self._layout = layout
        self._merged = MergedCells(layout.merged, layout.places, self.uses)
        self._last = 0
        self._apart = False
        blank = [layout.same.get(place, "") for place in range(len(self.names))]
        for row in rows:
            self._apart = self._apart or 0 < self._last < row.number - 1
            self._last = row.number
            self._take(row, list(blank))
        for held in self._held:
            text = held.fields[self._layout.places[held.column]]
            self._leave(held.number, held.column, text)
        self._held.clear()
        self.merged += self._merged.settled
        for column, count in self._merged.spread.items():
            name = self.names[layout.places[column]]
            self._spread[name] = self._spread.get(name, 0) + count
        return self._last

    def not_used(self) -> Iterator[Message]:
        """What is not of the table or was hidden, once all rows were taken."""
        if self.hidden:
            yield Message("rows that are hidden were read too: {count}", count=self.hidden)
        if self.aside:
            more = ("...",) if self.aside > len(self._places) else ()
            yield Message(
                "cells beside or below the table that were not read: {count} ({places})",
                count=self.aside,
                places=(*self._places, *more),
            )

    def notes(self) -> Iterator[Message]:
        """What else to say then."""
        yield from spread_note(self._spread)
        if self._faults:
            yield Message(
                "cells with a fault in columns that are only carried were carried as they are "
                "stored: {count} ({columns})",
                count=sum(self._faults.values()),
                columns=tuple(map(quoted, self._faults)),
            )
        for use in self.uses:
            yield from use.notes()

    # One row

    def _take(self, row: SheetRow, fields: list[str]) -> None:
        """Write a row, refuse it, hold it back, or count it as blank."""
        filled, reject = self._fill(row, fields)
        if not filled:
            self.sink.blank += 1
            self._apart = True
            return
        self.hidden += row.hidden
        if reject is None and self._may_be_note(row, filled):
            self._held.append(_Held(row.number, filled[0], fields))
            if len(self._held) > _MOST_HELD:
                self._release()
            return
        self._release()
        self._apart = False
        if reject:
            self.sink.reject(reject)
        else:
            self.sink.row(row.number + self._layout.offset, fields)

    def _fill(self, row: SheetRow, fields: list[str]) -> tuple[list[int], Reject | None]:
        """Put the row's texts in their places: the columns that have any, and why it is refused."""
        places = self._layout.places
        from_above = self._merged.fill(row) if self._layout.merged else ()
        filled = []
        refused: tuple[int, Refused] | None = None
        read: str | Refused
        for column, value in row.cells.items():
            place = places.get(column)
            if place is None:
                self._leave(row.number, column, text_of(value))
                continue
            if column not in from_above:
                filled.append(column)
            if isinstance(value, str):
                read = self.uses[place].text(value) if place in self._amounts else value
            else:
                read = self._read(place, value)
            if isinstance(read, str):
                fields[place] = read
            elif refused is None or read.code == _TOTAL:
                refused = place, read
        if refused is None:
            return filled, None
        place, found = refused
        line = row.number + self._layout.offset
        return filled, Reject(line, self.names[place], *found)

    def _may_be_note(self, row: SheetRow, filled: Sequence[int]) -> bool:
        if not (self._apart or self._held) or len(filled) > 1 or len(self._layout.places) == 1:
            return False
        number = isinstance(row.cells[filled[0]], SheetCell)
        return not number and not self.uses[self._layout.places[filled[0]]].amount

    def _release(self) -> None:
        """The rows that were held back are rows of the table: it goes on."""
        for held in self._held:
            self.sink.row(held.number + self._layout.offset, held.fields)
        self._held.clear()

    def _leave(self, number: int, column: int, text: str) -> None:
        self.aside += 1
        if len(self.texts) < _MOST_TEXTS:
            self.texts[text] = None
        if len(self._places) < _MOST_PLACES:
            self._places.append(f"{column_letters(column)}{number}")

    # One cell

    def _read(self, place: int, cell: SheetCell) -> str | Refused:
        use, name = self.uses[place], self.names[place]
        if use.amount and not self.keep_totals and self._sums(cell, name):
            return Refused(_TOTAL, cell.text, SUMS_UP)
        if cell.fault is None:
            return use.read(cell)
        if use.carried and cell.fault != "field_too_long":
            self._faults[name] = self._faults.get(name, 0) + 1
            return cell.raw
        return Refused(cell.fault, cell.text, _remedy(cell))

    def _sums(self, cell: SheetCell, name: str) -> bool:
        formula = cell.formula
        return formula is not None and sums_its_column(formula, name, self._layout.names)


def _remedy(cell: SheetCell) -> Message:
    match cell.fault:
        case "control_character":
            return control_message(control_in(cell.text) or "")
        case "field_too_long":
            return Message(
                "a cell is longer than {most} characters; shorten it", most=LONGEST_FIELD
            )
        case "merged_amount":
            return Message(
                "the amount is in a merged cell of several rows or columns; write to each its own"
            )
        case "error_cell":
            return Message("the cell shows an error or an impossible date; mend it")
        case "formula_without_value":
            return Message(
                "the formula has no stored result; open the file in a spreadsheet and save it"
            )
        case _:
            return TOO_LONG
