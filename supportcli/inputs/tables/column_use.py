"""How the cells of a sheet's column are read: decided by who knows what the column means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from supportcli.errors import Message
from supportcli.inputs.workbook.cells import CellValue, SheetCell
from supportcli.record import NamedTuple

SHEET_COLUMN = "sheet"
"""Where all sheets are read, the column of their names."""
TOO_LONG = Message(
    "a number of more than 15 digits is not kept exactly; store it as text, or round it"
)


class Refused(NamedTuple):
    """A cell for which its row is refused: the code, what was found, what to write instead."""

    code: str
    text: str
    message: Message


class ColumnUse(Protocol):
    """What a column is for.

    A fault in a column that is merely `carried` refuses no row. A row whose `amount` sums up the
    column above is no row of the table.
    """

    @property
    def carried(self) -> bool:
        """Whether nobody reads the column."""

    @property
    def amount(self) -> bool:
        """Whether the column holds amounts."""

    @property
    def account(self) -> bool:
        """Whether the column tells whose a row is."""

    def read(self, cell: SheetCell) -> str | Refused:
        """The text of a cell that is a number or a formula's result; it has no fault."""

    def spreads(self, cell: CellValue) -> bool:
        """Whether what a merged cell says it says of each of its rows."""

    def text(self, text: str) -> str | Refused:
        """The text of a cell that is a text; of amounts alone it is asked."""

    def notes(self) -> Iterable[Message]:
        """What is to be told of the cells that were read."""


class AsStored:
    """A column of which nothing is known: each cell as it is stored, exactly."""

    carried = False
    amount = False
    account = False

    def read(self, cell: SheetCell) -> str | Refused:
        """The text, or a refusal where digits would be lost."""
        return cell.text if cell.exact else Refused("number_too_long", cell.raw, TOO_LONG)

    def spreads(self, cell: CellValue) -> bool:
        """Never: it is not known what it says."""
        return False

    def text(self, text: str) -> str | Refused:
        """As it is."""
        return text

    def notes(self) -> Iterable[Message]:
        """None."""
        return ()


RowsAbove = tuple[tuple[str, ...], ...]
"""The texts of each row above a header."""


class FoundHeader(NamedTuple):
    """The names of a table's columns, and the rows above them, of each sheet that has a part."""

    names: tuple[str, ...]
    above: tuple[RowsAbove, ...] = ()


Uses = Callable[[FoundHeader], Sequence[ColumnUse]]


def as_stored(header: FoundHeader) -> Sequence[ColumnUse]:
    """Nothing is known of any column."""
    return [AsStored()] * len(header.names)
