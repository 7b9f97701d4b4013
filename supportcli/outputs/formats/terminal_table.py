"""A table in lines of a terminal: as it is, turned, cut where it is too wide, at last a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, product

from rich.text import Text

from supportcli.outputs.document.model import Table
from supportcli.outputs.formats.labels import GAP, beside, room_for
from supportcli.record import NamedTuple
from supportcli.text_width import cell_width, widest_piece, wrapped

ACCENT = "bold cyan"
MARK = "> "
LABEL = 16  # columns that the names at the left get first
READABLE = (14, 8)  # columns that a cell in words gets, if it needs them: better, at the least


class _Cell(NamedTuple):
    """A text in a table; figures stay in one piece and stand at the right."""

    text: str
    figures: bool
    marked: bool
    heading: bool

    def least(self, readable: int) -> int:
        """The narrowest that it can be with nothing broken, and words not narrower than that."""
        if self.figures:
            return cell_width(self.text)
        kept = cell_width(MARK) if self.text.startswith(MARK) else 0
        words = self.text.removeprefix(MARK)
        return kept + max(widest_piece(words), min(cell_width(words), readable))

    def lines(self, width: int) -> int:
        """How many lines it takes at that width."""
        return len(wrapped(self.text, width))

    def drawn(self, width: int) -> list[Text]:
        """Its lines, each as wide as the column."""
        style = ACCENT if self.marked else "bold" if self.heading else ""
        lines = []
        for words in wrapped(self.text, width):
            blanks = " " * (width - cell_width(words))
            line = Text(words, style=style)
            lines.append(Text(blanks).append(line) if self.figures else line.append(blanks, ""))
        return lines


_Matrix = list[list[_Cell]]


def table_lines(table: Table, width: int, rule: str) -> Iterator[Text]:
    """As it is or turned, whichever fits and is shorter; else cut, and as a list where it must."""
    matrix = _matrix(table)
    whole = _whole(matrix, width)
    if whole is not None:
        yield from _grid(*whole, rule)
        return
    shared = len({row[0].text for row in matrix}) < len(matrix)
    cut = [] if shared else [*_bands(matrix, width, rule)]
    if cut:
        yield from cut
        return
    if table.titled:
        yield from _named(matrix[0][0], width)
    grouped = [*_grouped(matrix, width, rule)] if shared else []
    yield from grouped or _listed(matrix, width)


def _matrix(table: Table) -> _Matrix:
    """Headings and rows as cells; the marked row's name carries the mark."""
    headings = [_Cell(column.title, column.figures, False, True) for column in table.columns]
    matrix = [headings]
    for row in table.rows:
        cells = [
            _Cell(text, column.figures, row.marked, False)
            for text, column in zip(row.cells, table.columns, strict=True)
        ]
        if row.marked:
            cells[0] = _Cell(MARK + row.cells[0], False, True, False)
        matrix.append(cells)
    return matrix


def _turned(matrix: _Matrix) -> _Matrix:
    """The matrix with a column for each row; what was a heading now names a row."""
    headings = [cell._replace(figures=False) for cell in matrix[0]]
    turned = [list(cells) for cells in zip(headings, *matrix[1:], strict=True)]
    turned[0] = [cell._replace(heading=True) for cell in turned[0]]
    return turned


def _whole(matrix: _Matrix, available: int) -> tuple[_Matrix, list[int]] | None:
    """As it is or turned, with the widths of the columns."""
    best: tuple[int, _Matrix, list[int]] | None = None
    for shape, wish in product((matrix, _turned(matrix)), READABLE):
        widths = _widths(shape, available, wish)
        if widths is None:
            continue
        height = _height(shape, widths)
        if best is None or height < best[0]:
            best = height, shape, widths
        if height == len(matrix):  # every row of the table as it is in one line
            break
    return best and best[1:]


def _grouped(matrix: _Matrix, available: int, rule: str) -> Iterator[Text]:
    """Rows that share a name below it; nothing where there is no room for that either."""
    rest = [row[1:] for row in matrix]
    widths = next(filter(None, (_widths(rest, available, wish) for wish in READABLE)), None)
    if widths is None:
        return
    yield from _grid(rest[:1], widths, rule)
    for index, (name, rows) in enumerate(groupby(matrix[1:], key=lambda row: row[0])):
        yield from [Text()] if index else []
        yield from _named(name, available)
        for row in rows:
            yield from _row(row[1:], widths)


def _named(name: _Cell, width: int) -> Iterator[Text]:
    """The name of what stands below it."""
    style = ACCENT if name.marked else "bold"
    yield from (Text(line, style=style) for line in wrapped(name.text, width))


def _bands(matrix: _Matrix, available: int, rule: str) -> Iterator[Text]:
    """The columns in as few tables as there is room for, each with the names at the left."""
    count = len(matrix[0]) - 1
    for tables in range(2, count + 1):
        size = -(-count // tables)
        starts = range(1, count + 1, size)
        bands = [[[row[0], *row[start : start + size]] for row in matrix] for start in starts]
        widths = [_widths(band, available, READABLE[0]) for band in bands]
        if all(widths):
            break
    else:
        return
    for index, (band, each) in enumerate(zip(bands, widths, strict=True)):
        yield from [Text()] if index else []
        yield from _grid(band, each or [], rule)


def _height(matrix: _Matrix, widths: list[int]) -> int:
    return sum(
        max(cell.lines(width) for cell, width in zip(row, widths, strict=True)) for row in matrix
    )


def _widths(matrix: _Matrix, available: int, readable: int) -> list[int] | None:
    """A width for each column in which nothing is broken; None where there is no room for that.

    What is left over goes, a column at a time, to the cells that would otherwise take most lines.
    """
    columns = list(zip(*matrix, strict=True))
    widths = [max(cell.least(readable) for cell in column) for column in columns]
    wanted = [max(cell_width(cell.text) for cell in column) for column in columns]
    spare = available - sum(widths) - GAP * (len(widths) - 1)
    if spare < 0:
        return None
    named = min(spare, max(min(wanted[0], LABEL) - widths[0], 0))
    widths[0] += named
    spare -= named
    while spare and widths != wanted:
        crowded = max(
            range(len(widths)), key=lambda i: (wanted[i] > widths[i], wanted[i] / widths[i])
        )
        widths[crowded] += 1
        spare -= 1
    return widths


def _grid(matrix: _Matrix, widths: list[int], rule: str) -> Iterator[Text]:
    """The lines of a table, with a rule of that character below the headings."""
    headings, *rows = matrix
    yield from _row(headings, widths, on_rule=True)
    if rule:
        yield Text(rule * (sum(widths) + GAP * (len(widths) - 1)))
    for row in rows:
        yield from _row(row, widths)


def _row(row: Sequence[_Cell], widths: list[int], on_rule: bool = False) -> Iterator[Text]:
    """The lines of a row; headings that have fewer than others stand on the rule below."""
    columns = [cell.drawn(width) for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, columns))
    for lines, width in zip(columns, widths, strict=True):
        blank = [Text(" " * width)] * (height - len(lines))
        lines[:] = [*blank, *lines] if on_rule else [*lines, *blank]
    yield from map(Text(" " * GAP).join, zip(*columns, strict=True))


def _listed(matrix: _Matrix, available: int) -> Iterator[Text]:
    """A heading for each row and a line for each cell, for terminals too narrow for a table."""
    names = [cell.text for cell in matrix[0][1:]]
    room = room_for(names, available)
    for index, row in enumerate(matrix[1:]):
        yield from [Text()] if index else []
        yield from _named(row[0], available)
        for name, cell in zip(names, row[1:], strict=True):
            yield from map(Text, beside(name, cell.text, room, available).split("\n"))
