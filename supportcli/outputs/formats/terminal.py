"""Blocks drawn on a terminal with Rich: a table as it is, else turned, else a list, as it fits."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from supportcli.outputs.console import Surface
from supportcli.outputs.document.first_screen import FirstScreen
from supportcli.outputs.document.model import (
    Block,
    Chart,
    Figures,
    Heading,
    Pairs,
    Points,
    Sentence,
    Table,
    Weight,
)
from supportcli.outputs.formats.chart import ChartSpan, chart_lines
from supportcli.outputs.formats.first_screen import screen_lines
from supportcli.outputs.formats.labels import GAP, beside, figure_lines, pair_lines, room_for
from supportcli.outputs.formats.screen_spans import Role
from supportcli.text_width import cell_width, widest_piece, wrapped

ACCENT = "bold cyan"
UNLIMITED = 100_000
MARK = "> "
LABEL = 16  # columns that the names at the left get first
READABLE = (14, 8)  # columns that a cell in words gets, if it needs them: better, at the least
BULLET = " • "
_STYLES = {
    Weight.STRONG: ACCENT,
    Weight.NORMAL: "",
    Weight.CAUTION: "yellow",
    Weight.QUIET: "dim",
}
_ROLES = {
    Role.PLAIN: "",
    Role.HEAD: "bold green",
    Role.YEAR: "bold",
    Role.LABEL: "dim",
    Role.ASK: "yellow",
    Role.FAILING: "red",
    Role.QUIET: "dim",
}
_CURVES = ("green", "blue", "magenta", "cyan", "red", "yellow")  # the colours of a chart's curves
USUAL, WIDEST = 80, 100  # a first screen where there is no terminal, and on a wide one


def draw(blocks: Iterable[Block], surface: Surface) -> str:
    """The blocks as text for a surface: as wide as it is, with the styles that it can show."""
    page = io.StringIO()
    console = Console(
        file=page,
        width=surface.width or UNLIMITED,
        force_terminal=surface.styled,
        color_system="standard" if surface.styled else None,
        no_color=not surface.coloured,
        legacy_windows=False,
        emoji=False,
        markup=False,
        highlight=False,
    )
    apart = headed = False
    for block in blocks:
        around = isinstance(block, Table) and block.apart
        if apart or (around and not headed) or (isinstance(block, Heading) and block.apart):
            console.print()
        apart, headed = around, isinstance(block, Heading)
        _draw(console, block, surface)
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().strip("\n").split("\n"))


def _draw(console: Console, block: Block, surface: Surface) -> None:
    match block:
        case Sentence(text, weight):
            _print(console, Text(_fitted(text, console.width), style=_STYLES[weight]))
        case Heading(text):
            _print(console, Text(_fitted(text, console.width), style="bold"))
        case Points(items, weight):
            for item in items:
                _print_point(console, item, _STYLES[weight])
        case Pairs(pairs):
            _print(console, Text("\n".join(pair_lines(pairs, console.width))))
        case Figures(figures):
            _print(console, Text("\n".join(figure_lines(figures, console.width))))
        case Table():
            rule = "-" if surface.ascii_only else "─"
            _print_table(console, block, rule if block.apart else "")
        case Chart() | FirstScreen():
            _print_picture(console, block, surface)


def _print_picture(console: Console, block: Chart | FirstScreen, surface: Surface) -> None:
    """What has a layout of its own."""
    if isinstance(block, Chart):
        dots = surface.coloured and not surface.ascii_only
        for drawn in chart_lines(block, console.width, dots=dots):
            _print(console, Text.assemble(*((span.text, _colour(span)) for span in drawn)))
        return
    for line in screen_lines(block, min(surface.width or USUAL, WIDEST)):
        _print(console, Text.assemble(*((span.text, _ROLES[span.role]) for span in line)))


def _colour(span: ChartSpan) -> str:
    """That of a curve of few; with letters beside them more need none."""
    known = span.curve is not None and span.curve < len(_CURVES)
    return _CURVES[span.curve or 0] if known else ""


def _print(console: Console, text: Text) -> None:
    """Lines that are as wide as they are: Rich counts some letters otherwise than terminals do."""
    console.print(text, soft_wrap=True)


def _fitted(text: str, width: int) -> str:
    return "\n".join(wrapped(text, width))


def _print_point(console: Console, text: str, style: str) -> None:
    first, *others = wrapped(text, console.width - len(BULLET))
    lines = [BULLET + first, *(" " * len(BULLET) + line for line in others)]
    _print(console, Text("\n".join(lines), style=style))


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


def _print_table(console: Console, table: Table, rule: str) -> None:
    """As it is or turned, whichever fits and is shorter; as a list where neither fits."""
    matrix = _matrix(table)
    best: tuple[int, _Matrix, list[int]] | None = None
    for shape, wish in product((matrix, _turned(matrix)), READABLE):
        widths = _widths(shape, console.width, wish)
        if widths is None:
            continue
        height = _height(shape, widths)
        if best is None or height < best[0]:
            best = height, shape, widths
        if height == len(matrix):  # every row of the table as it is in one line
            break
    if best is None:
        _print_list(console, matrix)
        return
    for line in _grid(*best[1:], rule):
        _print(console, line)


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
    gap = Text(" " * GAP)
    for index, row in enumerate(matrix):
        columns = [cell.drawn(width) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, columns))
        for lines, width in zip(columns, widths, strict=True):
            blank = [Text(" " * width)] * (height - len(lines))
            lines[:] = [*lines, *blank] if index else [*blank, *lines]  # headings stand on the rule
        yield from map(gap.join, zip(*columns, strict=True))
        if rule and not index:
            yield Text(rule * (sum(widths) + GAP * (len(widths) - 1)))


def _print_list(console: Console, matrix: _Matrix) -> None:
    """A heading for each row and a line for each cell, for terminals too narrow for a table."""
    names = [cell.text for cell in matrix[0][1:]]
    room = room_for(names, console.width)
    for index, row in enumerate(matrix[1:]):
        if index:
            console.print()
        style = ACCENT if row[0].marked else "bold"
        _print(console, Text(_fitted(row[0].text, console.width), style=style))
        for name, cell in zip(names, row[1:], strict=True):
            _print(console, Text(beside(name, cell.text, room, console.width)))
