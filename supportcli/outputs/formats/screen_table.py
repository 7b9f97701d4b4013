"""The table of a first screen in lines: which columns there is room for, which rows are folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.outputs.document.first_screen import (
    ScreenCell,
    ScreenColumn,
    ScreenRow,
    ScreenTable,
)
from supportcli.outputs.document.telling import sentence_case
from supportcli.outputs.formats.screen_spans import MARGIN, Role, ScreenLine, ScreenSpan, padded
from supportcli.record import NamedTuple
from supportcli.text_width import cell_width, wrapped

_MARK = "> "


class _Shape(NamedTuple):
    """A table as it is drawn: which columns, whether in brief, how many blanks between them.

    What stands over the columns is in brief (1) or in the fewest words (2) only where brief cells
    make too little room; cells are `least` last of all. Cells of the last column that `room` holds
    are not in brief.
    """

    columns: tuple[int, ...]
    brief: bool = False
    titles: int = 0
    gap: int = 2
    room: int = 0
    least: bool = False


def table_lines(
    table: ScreenTable, width: int, questions: int, folded: int
) -> Iterator[ScreenLine]:
    """The table in lines of that many cells at most, its first foldable rows in one line.

    `questions` is how many of those that rows name are shown.
    """
    foldable = [row for row in table.rows if row.folded][:folded]
    kept = (row for row in table.rows if not any(row is other for other in foldable))
    rows = [_told(row, questions) for row in kept]
    shape = _shape(table, rows, width)
    if table.rows:
        yield from _drawn(table, rows, shape, width)
    if foldable:
        yield from _below(_folded(table, foldable), width)
    for text in (table.below_brief if shape.brief else ()) or table.below:
        yield from _below(text, width)


def _folded(table: ScreenTable, rows: Sequence[ScreenRow]) -> str:
    """Rows in words, those of one reason together."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row.folding, []).append(row.folded)
    told = [words + table.between.join(names) for words, names in groups.items()]
    return sentence_case(table.apart.join(told))


def _drawn(
    table: ScreenTable, rows: Sequence[ScreenRow], shape: _Shape, width: int
) -> Iterator[ScreenLine]:
    columns = [table.columns[index] for index in shape.columns]
    cells = _all_cells(table, rows, shape)
    widths = _widths(cells)
    if _taken(widths, shape) > width:
        yield from _listed(table, rows, width)
    else:
        yield _row(ScreenRow(()), cells[0], columns, widths, shape.gap, True)
        for row, line in zip(rows, cells[1:], strict=True):
            yield _row(row, line, columns, widths, shape.gap, False)


def _told(row: ScreenRow, questions: int) -> ScreenRow:
    """The row, without the number of a question that is not shown."""
    if row.question <= questions:
        return row
    return row._replace(cells=(*row.cells[:-1], row.alone))


def _below(text: str, width: int) -> Iterator[ScreenLine]:
    for line in wrapped(text, width - MARGIN):
        yield ScreenSpan(" " * MARGIN), ScreenSpan(line, Role.QUIET)


def _shape(table: ScreenTable, rows: Sequence[ScreenRow], width: int) -> _Shape:
    """The first shape that is narrow enough; else the narrowest.

    Only what is too long for the last column is in brief there, unless words below are of all.
    """
    shapes = list(_shapes(table))
    for shape in shapes:
        widths = _widths(_all_cells(table, rows, shape))
        if _taken(widths, shape) <= width:
            room = width - _taken([*widths[:-1], 0], shape)
            return shape if table.below_brief else shape._replace(room=room)
    return shapes[-1]


def _widths(cells: Sequence[Sequence[ScreenCell]]) -> list[int]:
    return [max(cell_width(cell.text) for cell in column) for column in zip(*cells, strict=True)]


def _taken(widths: Sequence[int], shape: _Shape) -> int:
    return MARGIN + sum(widths) + shape.gap * (len(widths) - 1)


def _listed(table: ScreenTable, rows: Sequence[ScreenRow], width: int) -> Iterator[ScreenLine]:
    """For what is narrower than any table: a name, and a line for each of its cells."""
    for row in rows:
        name, *cells = row.cells
        role = Role.HEAD if row.marked else Role.PLAIN
        for line in wrapped(f"{_MARK if row.marked else ''}{name.text}", width):
            yield (ScreenSpan(line, role),)
        for column, cell in zip(table.columns[1:], cells, strict=True):
            if cell.text:
                said = f"{column.brief or column.title} {cell.brief or cell.text}"
                yield from _below(said, width)


def _shapes(table: ScreenTable) -> Iterator[_Shape]:
    """Narrower and narrower: in brief, without what nobody asked for, closer, without the rest."""
    every = tuple(range(len(table.columns)))
    yield _Shape(every)
    yield _Shape(every, brief=True)
    yield _Shape(every, brief=True, titles=1)
    for index in _last_first(table.columns, asked=False):
        every = tuple(i for i in every if i != index)
        yield _Shape(every, brief=True, titles=1)
        yield _Shape(every, brief=True, titles=2)
    yield _Shape(every, brief=True, titles=1, gap=1)
    yield _Shape(every, brief=True, titles=2, gap=1)
    for index in _last_first(table.columns, asked=True):
        every = tuple(i for i in every if i != index)
        yield _Shape(every, brief=True, titles=2, gap=1)
        yield _Shape(every, brief=True, titles=2, gap=1, least=True)


def _last_first(columns: Sequence[ScreenColumn], *, asked: bool) -> list[int]:
    found = [i for i, column in enumerate(columns) if column.asked is asked]
    return sorted(found, key=lambda i: (columns[i].weight, -i))


def _all_cells(
    table: ScreenTable, rows: Sequence[ScreenRow], shape: _Shape
) -> list[list[ScreenCell]]:
    """What stands over the columns, and the cells of each row."""
    titles = ScreenRow(tuple(ScreenCell(_title(each, shape.titles)) for each in table.columns))
    over = _cells(titles, shape)
    return [over, *(_cells(row, shape) for row in rows)]


def _title(column: ScreenColumn, level: int) -> str:
    brief = column.brief or column.title
    return (column.title, brief, column.least or brief)[level]


def _cells(row: ScreenRow, shape: _Shape) -> list[ScreenCell]:
    return [_cell(row.cells[index], shape, index) for index in shape.columns]


def _cell(cell: ScreenCell, shape: _Shape, index: int) -> ScreenCell:
    alone = cell.alone if index - 1 not in shape.columns else ""
    whole = index == shape.columns[-1] and cell_width(cell.text) <= shape.room
    brief = cell.brief if shape.brief and not whole else ""
    brief = cell.least if shape.least and cell.least else brief
    return cell._replace(text=alone or brief or cell.text)


def _row(
    row: ScreenRow,
    cells: Sequence[ScreenCell],
    columns: Sequence[ScreenColumn],
    widths: Sequence[int],
    gap: int,
    title: bool,
) -> ScreenLine:
    usual = Role.LABEL if title else Role.HEAD if row.marked else Role.PLAIN
    spans = [ScreenSpan(_MARK if row.marked else " " * MARGIN, usual)]
    for place, (cell, column, width) in enumerate(zip(cells, columns, widths, strict=True)):
        text = padded(cell.text, width, column.figures)
        if place == len(cells) - 1 and not column.figures:
            text = cell.text
        spans.append(ScreenSpan(" " * gap if place else ""))
        asks = row.question and place == len(cells) - 1
        spans.append(
            ScreenSpan(text, Role.FAILING if cell.failing else Role.ASK if asks else usual)
        )
    return tuple(spans)
