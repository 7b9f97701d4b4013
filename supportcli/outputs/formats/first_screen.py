"""A first screen as lines of a width and a number: what gives way is left out in a set order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    ScreenCell,
    ScreenColumn,
    ScreenRow,
    ScreenTable,
    TextLine,
    VendorQuestion,
)
from supportcli.text_width import cell_width, wrapped

_LABEL = 10  # cells of the labels at the left, in every language
_MARGIN = 2  # cells before a table, where the mark stands
_MARK = "> "
_GAP = 3  # blanks between the amounts of a line
_QUESTIONS = 3
_CLAUSES = 2
_AT_80, _AT_60 = 22, 23
_FULL = 80
_NARROW = 30  # cells below which labels have lines of their own


class Role(Enum):
    """What a text on the screen is; how that looks is for the surface to say."""

    PLAIN = "plain"
    HEAD = "head"
    YEAR = "year"
    LABEL = "label"
    ASK = "ask"
    FAILING = "failing"
    QUIET = "quiet"


class ScreenSpan(NamedTuple):
    """A text with its role."""

    text: str
    role: Role = Role.PLAIN


ScreenLine = tuple[ScreenSpan, ...]


class _Room(NamedTuple):
    """How much is shown: lines of what one gets, questions, rows that are folded, a blank line."""

    clauses: int = _CLAUSES
    questions: int = _QUESTIONS
    folded: int = 0
    apart: bool = True


_LEAST = _Room(clauses=0, questions=2, apart=False)


def most_lines(width: int) -> int:
    """How many lines a first screen may have at a width."""
    return _AT_80 if width >= _FULL else _AT_60


def screen_lines(screen: FirstScreen, width: int) -> list[ScreenLine]:
    """The screen in lines of less than the width, and of no more than there may be."""
    lines: list[ScreenLine] = []
    for room in _rooms(screen):
        lines = list(_lines(screen, screen.table, width - 1, room))
        if len(lines) <= most_lines(width):
            return lines
    for table in screen.smaller:
        lines = list(_lines(screen, table, width - 1, _LEAST))
        if len(lines) <= most_lines(width):
            return lines
    return lines


def _rooms(screen: FirstScreen) -> Iterator[_Room]:
    """Less and less room: what gives way first is first given up."""
    yield _Room()
    yield _Room(clauses=1)
    yield _Room(clauses=1, questions=2)
    yield _Room(clauses=1, questions=2, apart=False)
    yield _LEAST
    rows = screen.table.rows
    for folded in range(2, 1 + sum(bool(row.folded) for row in rows)):
        yield _LEAST._replace(folded=folded)


def _lines(
    screen: FirstScreen, table: ScreenTable, width: int, room: _Room
) -> Iterator[ScreenLine]:
    yield from _headline(screen, width)
    yield from _answer(screen, width, room)
    yield ()
    yield from _basis(screen, width, room)
    if table.rows or table.below:
        yield ()
        yield from _table(table, width, room)
    if room.apart:
        yield ()
    said = _clauses(screen.small_print, width, 1) or screen.small_print.parts[0]
    for line in wrapped(said, width):
        yield (ScreenSpan(line, Role.QUIET),)
    yield _label(screen.commands.label), ScreenSpan(_clauses(screen.commands, width - _LABEL, 1))


def _headline(screen: FirstScreen, width: int) -> Iterator[ScreenLine]:
    gap = width - cell_width(screen.headline) - cell_width(screen.vendor)
    if gap >= _MARGIN:
        yield (
            ScreenSpan(screen.headline, Role.HEAD),
            ScreenSpan(" " * gap),
            ScreenSpan(screen.vendor, Role.QUIET),
        )
        return
    for line in wrapped(screen.headline, width):
        yield (ScreenSpan(line, Role.HEAD),)


def _label(text: str) -> ScreenSpan:
    return ScreenSpan(_padded(text, max(_LABEL, cell_width(text) + 1)), Role.LABEL)


def _padded(text: str, width: int, right: bool = False) -> str:
    blanks = " " * (width - cell_width(text))
    return blanks + text if right else text + blanks


# The answer


def _answer(screen: FirstScreen, width: int, room: _Room) -> Iterator[ScreenLine]:
    amounts = [line for line in screen.answer if isinstance(line, AmountLine)]
    columns = _amount_columns(amounts, width)
    for line in screen.answer:
        match line:
            case AmountLine():
                yield from _amounts(line, columns, width)
            case TextLine(label, sentences, strong):
                role = Role.HEAD if strong else Role.PLAIN
                yield from _labelled(label, [(sentence, role) for sentence in sentences], width)
            case Questions():
                yield from _questions(line, room.questions, width)


def _amount_columns(amounts: Sequence[AmountLine], width: int) -> tuple[int, int]:
    """Cells of the amounts of a month and of a year; none for a month where both do not fit."""
    month = max((cell_width(line.month) for line in amounts), default=0)
    year = max((cell_width(line.year) for line in amounts), default=0)
    return (0 if _LABEL + month + _GAP + year > width else month), year


def _amounts(line: AmountLine, columns: tuple[int, int], width: int) -> Iterator[ScreenLine]:
    if width < _NARROW:
        yield from _labelled(line.label, [(line.year, Role.YEAR)], width)
        return
    month = f"{_padded(line.month, columns[0])}{' ' * _GAP}" if columns[0] else ""
    year = _padded(line.year, columns[1]) if line.reason else line.year
    taken = _LABEL + cell_width(month + year) + _GAP
    spans = [_label(line.label), ScreenSpan(month), ScreenSpan(year, Role.YEAR)]
    if line.reason and taken + cell_width(line.reason) <= width:
        spans.append(ScreenSpan(" " * _GAP + line.reason))
    yield tuple(spans)


def _labelled(
    label: str, sentences: Iterable[tuple[str, Role]], width: int, signs: Sequence[str] = ()
) -> Iterator[ScreenLine]:
    """Sentences beside a label, each from a line of its own on, the first signs before them."""
    beside = _label(label)
    if width < _NARROW:
        yield (beside,)
        beside = ScreenSpan(" " * _MARGIN)
    for place, (text, role) in enumerate(sentences):
        sign = signs[place] if signs else ""
        for line in wrapped(text, width - cell_width(beside.text + sign)):
            yield beside, ScreenSpan(sign + line, role)
            beside = ScreenSpan(" " * cell_width(beside.text))
            sign = " " * cell_width(sign)


def _questions(questions: Questions, most: int, width: int) -> Iterator[ScreenLine]:
    room = width - (_MARGIN if width < _NARROW else _LABEL) - _MARGIN
    lines, signs = [], []
    for number, item in enumerate(questions.items[:most], 1):
        parts = list(_question(item, questions.between, room))
        lines += [(part, Role.ASK) for part in parts]
        signs += [f"{number} ", *[" " * _MARGIN] * (len(parts) - 1)]
    yield from _labelled(questions.label, lines, width, signs)


def _question(item: VendorQuestion, between: str, width: int) -> Iterator[str]:
    """In a line, else what it is worth from a line of its own on."""
    whole = f"{item.asked}{between}{item.worth}".rstrip()
    if cell_width(whole) <= width or not item.worth:
        yield whole
        return
    yield item.asked
    yield item.worth


# What it rests on


def _basis(screen: FirstScreen, width: int, room: _Room) -> Iterator[ScreenLine]:
    for line in screen.basis:
        match line:
            case TextLine(label, sentences):
                yield from _labelled(label, [(text, Role.PLAIN) for text in sentences], width)
            case Clauses(label):
                text = _clauses(line, width - _LABEL, max(room.clauses, line.kept))
                if text:
                    yield from _labelled(label, [(text, Role.PLAIN)], width)


def _clauses(clauses: Clauses, width: int, lines: int) -> str:
    """As many of the first parts as there are lines for."""
    for count in range(len(clauses.parts), 0, -1):
        text = clauses.between.join(clauses.parts[:count])
        if len(wrapped(text, width)) <= lines:
            return text
    return ""


# The table


class _Shape(NamedTuple):
    """A table as it is drawn: which columns, whether in brief, how many blanks between them."""

    columns: tuple[int, ...]
    brief: bool = False
    gap: int = 2


def _table(table: ScreenTable, width: int, room: _Room) -> Iterator[ScreenLine]:
    foldable = [row for row in table.rows if row.folded][: room.folded]
    if table.rows:
        yield from _drawn(table, width, room, foldable)
    if foldable:
        folded = table.folding + table.between.join(row.folded for row in foldable)
        yield from _below(folded, width)
    for text in table.below:
        yield from _below(text, width)


def _drawn(
    table: ScreenTable, width: int, room: _Room, foldable: Sequence[ScreenRow]
) -> Iterator[ScreenLine]:
    kept = (row for row in table.rows if not any(row is other for other in foldable))
    rows = [_told(row, room.questions) for row in kept]
    shape = _shape(table, rows, width)
    columns = [table.columns[index] for index in shape.columns]
    titles = ScreenRow(tuple(ScreenCell(column.title, column.brief) for column in table.columns))
    cells = [_cells(row, shape) for row in (titles, *rows)]
    widths = _widths(cells)
    if _taken(widths, shape) > width:
        yield from _listed(table, rows, width)
    else:
        for row, line in zip((titles, *rows), cells, strict=True):
            yield _row(row, line, columns, widths, shape.gap, row is titles)


def _told(row: ScreenRow, questions: int) -> ScreenRow:
    """The row, without the number of a question that is not shown."""
    if row.question <= questions:
        return row
    return row._replace(cells=(*row.cells[:-1], row.cells[-1]._replace(text=row.alone, brief="")))


def _below(text: str, width: int) -> Iterator[ScreenLine]:
    for line in wrapped(text, width - _MARGIN):
        yield ScreenSpan(" " * _MARGIN), ScreenSpan(line, Role.QUIET)


def _shape(table: ScreenTable, rows: Sequence[ScreenRow], width: int) -> _Shape:
    """The first shape that is narrow enough; else the narrowest."""
    titles = ScreenRow(tuple(ScreenCell(column.title, column.brief) for column in table.columns))
    shapes = list(_shapes(table))
    for shape in shapes:
        if _taken(_widths([_cells(row, shape) for row in (titles, *rows)]), shape) <= width:
            return shape
    return shapes[-1]


def _widths(cells: Sequence[Sequence[ScreenCell]]) -> list[int]:
    return [max(cell_width(cell.text) for cell in column) for column in zip(*cells, strict=True)]


def _taken(widths: Sequence[int], shape: _Shape) -> int:
    return _MARGIN + sum(widths) + shape.gap * (len(widths) - 1)


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
    for index in _last_first(table.columns, asked=False):
        every = tuple(i for i in every if i != index)
        yield _Shape(every, brief=True)
    yield _Shape(every, brief=True, gap=1)
    for index in _last_first(table.columns, asked=True):
        every = tuple(i for i in every if i != index)
        yield _Shape(every, brief=True, gap=1)


def _last_first(columns: Sequence[ScreenColumn], *, asked: bool) -> list[int]:
    return [i for i, column in enumerate(columns) if column.asked is asked][::-1]


def _cells(row: ScreenRow, shape: _Shape) -> list[ScreenCell]:
    cells = (row.cells[index] for index in shape.columns)
    return [
        cell._replace(text=cell.brief) if shape.brief and cell.brief else cell for cell in cells
    ]


def _row(
    row: ScreenRow,
    cells: Sequence[ScreenCell],
    columns: Sequence[ScreenColumn],
    widths: Sequence[int],
    gap: int,
    title: bool,
) -> ScreenLine:
    usual = Role.LABEL if title else Role.HEAD if row.marked else Role.PLAIN
    spans = [ScreenSpan(_MARK if row.marked else " " * _MARGIN, usual)]
    for place, (cell, column, width) in enumerate(zip(cells, columns, widths, strict=True)):
        text = _padded(cell.text, width, column.figures)
        if place == len(cells) - 1 and not column.figures:
            text = cell.text
        spans.append(ScreenSpan(" " * gap if place else ""))
        spans.append(ScreenSpan(text, Role.FAILING if cell.failing else usual))
    return tuple(spans)
