"""Rows of a sheet to rows of a table: the header found, each cell as text or a reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple, NoReturn

from supportcli.advice.refusals import RowCode
from supportcli.errors import Message
from supportcli.inputs.tables.header import MOST_ABOVE, break_notes, check_names, header_name
from supportcli.inputs.tables.rows import (
    LONGEST_FIELD,
    Reject,
    Sink,
    TableOptions,
    control_in,
    control_message,
    refuse,
)

_DIGITS = 15


class CellFault(NamedTuple):
    """A cell that has no text to give."""

    code: RowCode
    text: str


class SheetRow(NamedTuple):
    """A row of a sheet: its number and what is in it, by column from 1; empty cells left out."""

    number: int
    cells: dict[int, str | CellFault]
    hidden: bool

    def text(self) -> str:
        """What is in the row, for a reject."""
        return "\t".join(map(cell_text, self.cells.values()))


class SheetHeader(NamedTuple):
    """The names by column, "" where there is none, and the row that they stand in."""

    names: tuple[str, ...]
    line: int
    notes: tuple[Message, ...]


def find_sheet_header(
    rows: Iterable[SheetRow], options: TableOptions, shown: str
) -> SheetHeader | None:
    """Read up to the first of eleven filled rows that holds a known name; None without one.

    Raises:
        TableError: names repeated.
    """
    tried = 0
    for row in rows:
        if not row.cells:
            continue
        fields = [cell_text(row.cells.get(at, "")) for at in range(1, max(row.cells) + 1)]
        names = tuple(map(header_name, fields))
        if any(name and options.wanted(name) for name in names):
            check_names(names, f"{shown}:{row.number}")
            return SheetHeader(names, row.number, break_notes(fields))
        tried += 1
        if tried > MOST_ABOVE:
            break
    return None


def number_text(value: float, raw: str) -> str | CellFault:
    """The number with all its digits; a spreadsheet keeps fifteen, the rest is noise or lost."""
    short = f"{value:.{_DIGITS}g}"
    if value == 0:
        return "0"
    if float(short) != value or not 10**-_DIGITS <= abs(value) < 10**_DIGITS:
        return CellFault("number_too_long", raw)
    return f"{Decimal(short):f}"


def cell_text(value: str | CellFault) -> str:
    """The cell as text, a faulty one as it was found."""
    return value.text if isinstance(value, CellFault) else value


class SheetReader:
    """Writes the rows below a header, or refuses them."""

    def __init__(self, shown: str, header: SheetHeader, sink: Sink) -> None:
        self.shown = shown
        self.names = header.names
        self.sink = sink
        self.hidden = 0
        self.kept = [at for at, name in enumerate(header.names, 1) if name]
        self.named = max(self.kept)

    def notes(self) -> Iterator[Message]:
        """What to say once all rows were taken."""
        if self.hidden:
            yield Message("rows that are hidden were read too: {count}", count=self.hidden)

    def take(self, row: SheetRow) -> None:
        """Write a row, refuse it, or count it as blank."""
        if not row.cells:
            self.sink.blank += 1
            return
        self.hidden += row.hidden
        reject = self._outside(row) or self._faulty(row)
        if reject:
            self.sink.reject(reject)
        else:
            self.sink.row(row.number, [cell_text(row.cells.get(at, "")) for at in self.kept])

    def _outside(self, row: SheetRow) -> Reject | None:
        """A refusal where text stands below no header, the end of it all where between two."""
        stray = next((at for at in row.cells if at not in self.kept), None)
        if stray is None:
            return None
        if stray < self.named:
            self._refuse_gap(row.number, stray)
        message = Message("has text beyond the last header; name that column or remove the text")
        return Reject(row.number, "", "too_many_fields", row.text(), message)

    def _refuse_gap(self, number: int, column: int) -> NoReturn:
        refuse(
            f"{self.shown}:{number}",
            Message(
                "column {number} has no name in the header, but text here; name the column",
                number=column,
            ),
        )

    def _faulty(self, row: SheetRow) -> Reject | None:
        for at, value in row.cells.items():
            name = self.names[at - 1]
            if isinstance(value, CellFault):
                return Reject(row.number, name, value.code, value.text, _REMEDIES[value.code])
            if len(value) > LONGEST_FIELD:
                message = Message(
                    "a cell is longer than {most} characters; shorten it", most=LONGEST_FIELD
                )
                return Reject(row.number, name, "field_too_long", value, message)
            if control := control_in(value):
                message = control_message(control)
                return Reject(row.number, name, "control_character", row.text(), message)
        return None


_REMEDIES: Mapping[RowCode, Message] = {
    "number_too_long": Message(
        "a number of more than 15 digits is not kept exactly; store it as text, or round it"
    ),
    "error_cell": Message("the cell shows an error or an impossible date; mend it"),
    "formula_without_value": Message(
        "the formula has no stored result; open the file in a spreadsheet and save it"
    ),
}
