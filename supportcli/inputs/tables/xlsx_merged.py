"""What a merged cell holds, for each of the rows that it covers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from supportcli.errors import Message, quoted
from supportcli.inputs.tables.column_use import ColumnUse
from supportcli.inputs.tables.rows import refuse
from supportcli.inputs.tables.xlsx_header import SheetHeader
from supportcli.inputs.workbook.cells import CellValue, SheetCell, text_of
from supportcli.inputs.workbook.merged import MergedArea
from supportcli.inputs.workbook.sheet import SheetRow

_OF_SEVERAL: Final = "merged_amount"


class MergedCells:
    """Gives the rows of a sheet, in their order, what stands in merged cells above them.

    What a column says of a row it says of all of them, but for a number that nobody reads: it may
    be an amount and stays in the first. An amount that is read is that of several rows together,
    each of which has a fault, but where their account is merged too: then it is the account's.
    `spread` counts the merged cells that hold for each of their rows, by column, `settled` those
    and the amounts.
    """

    def __init__(
        self,
        areas: Mapping[int, Sequence[MergedArea]],
        places: Mapping[int, int],
        uses: Sequence[ColumnUse],
    ) -> None:
        self._areas = areas
        self._uses = {column: uses[place] for column, place in places.items()}
        self._open: dict[int, tuple[int, CellValue]] = {}
        self._accounts = 0
        self.settled = 0
        self.spread: dict[int, int] = {}

    def fill(self, row: SheetRow) -> frozenset[int]:
        """Put them into a row; the columns where it has nothing of its own."""
        for column, (last, _) in list(self._open.items()):
            if last < row.number:
                del self._open[column]
        begun = self._areas.get(row.number, ())
        areas = [each for each in begun if each.last > row.number]
        for area in areas:
            if area.column in self._uses and self._uses[area.column].account:
                self._accounts = max(self._accounts, area.last)
        added = frozenset(self._open) - frozenset(row.cells)
        row.cells.update({column: self._open[column][1] for column in added})
        for area in areas:
            self._begin(area, row.cells)
        for area in begun:
            self._refuse_amounts(area, row.cells)
        return added

    def _begin(self, area: MergedArea, cells: dict[int, CellValue]) -> None:
        use, value = self._uses.get(area.column), cells.get(area.column)
        if use is None or value is None:
            return
        if use.amount and self._accounts < area.last:
            value = cells[area.column] = _of_several(value)
        elif not use.spreads(value):
            return
        else:
            self.spread[area.column] = self.spread.get(area.column, 0) + 1
        self.settled += 1
        self._open[area.column] = area.last, value

    def _refuse_amounts(self, area: MergedArea, cells: dict[int, CellValue]) -> None:
        """One amount over several columns of amounts, as of a quarter's months, is none of them."""
        value, columns = cells.get(area.column), range(area.column, area.column + area.width)
        amounts = [at for at in columns if at in self._uses and self._uses[at].amount]
        if value is None or len(amounts) <= 1 or amounts[0] != area.column:
            return
        if not isinstance(value, SheetCell) or value.fault != _OF_SEVERAL:
            cells[area.column] = _of_several(value)
            self.settled += 1


def _of_several(value: CellValue) -> SheetCell:
    """An amount that is of several rows or columns together, which is a fault."""
    text = text_of(value)
    return SheetCell(text, text, _OF_SEVERAL)


def refuse_wide(
    header: SheetHeader,
    areas: Mapping[int, Sequence[MergedArea]],
    amounts: Collection[str],
    where: str,
) -> None:
    """Of several columns with one name it is not known what each of them holds.

    Raises:
        TableError: the name of a column of `amounts` stands over several columns.
    """
    for area in areas.get(header.line, ()):
        name = header.names[area.column - 1] if area.column <= len(header.names) else ""
        if area.width > 1 and name in amounts:
            message = Message(
                "{name} stands in a merged cell over {count} columns; give each a name of its own",
                name=quoted(name),
                count=area.width,
            )
            refuse(f"{where}:{header.line}", message)


def spread_note(names: Mapping[str, int]) -> Iterator[Message]:
    """That merged cells count for each of their rows: how many, by the column's name."""
    if names:
        yield Message(
            "merged cells that were read for each of their rows: {count} ({columns})",
            count=sum(names.values()),
            columns=tuple(map(quoted, names)),
        )
