"""Blocks as plain text: no lines, no columns, so that it reads well in a chat or aloud.

A chart is drawn with letters, and told in words below for who hears it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce

from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    ScreenTable,
    TextLine,
)
from supportcli.outputs.document.model import (
    Block,
    Chart,
    Figure,
    Figures,
    Heading,
    Pairs,
    Points,
    Row,
    Sentence,
    Table,
    TableColumn,
)
from supportcli.outputs.formats.chart import chart_lines

_CHART_WIDTH = 80  # cells; a text has no width of its own


def as_text(blocks: Iterable[Block], language: Language) -> str:
    """The blocks as lines of text; a table becomes a line for each row."""
    lines = (line for block in blocks for line in _lines(block, language))
    return "\n".join(lines).strip("\n") + "\n"


def _lines(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Sentence(text):
            yield text
        case Heading(text, apart):
            yield from ("", text) if apart else (text,)
        case Points(items):
            yield from (f"- {item}" for item in items)
        case Pairs(items):
            yield from (told_of(item.label, item.text, language) for item in items)
        case Figures(items):
            yield from (told_of(item.label, figure_of(item, language), language) for item in items)
        case Chart():
            for spans in chart_lines(block, _CHART_WIDTH):
                yield "".join(span.text for span in spans).rstrip()
            yield from (f"- {line}" for line in block.told)
        case Table():
            yield from (*_table(block, language), *([""] if block.apart else ()))
        case FirstScreen():
            yield from _first_screen(block, language)


def _first_screen(screen: FirstScreen, language: Language) -> Iterator[str]:
    """All of it, a line for each thing that is said and for each row."""
    yield screen.headline
    yield screen.vendor
    for line in (*screen.answer, *screen.basis):
        for text in _said(line, language):
            yield told_of(line.label, text, language)
    yield from ("", *_table(plain_table(screen.table), language), *screen.table.below, "")
    yield screen.small_print.whole


def _said(line: AmountLine | TextLine | Questions | Clauses, language: Language) -> Iterator[str]:
    match line:
        case AmountLine():
            yield amounts_of(line, language)
        case TextLine(_, sentences):
            yield from sentences
        case Questions():
            yield from line.whole
        case Clauses():
            yield line.few


def amounts_of(line: AmountLine, language: Language) -> str:
    """The month, the year and the reason in a row, without the blanks that align them."""
    told = (" ".join(text.split()) for text in line[1:] if text)
    pair = Message("{first}, {second}", first="", second="")
    return language.say(pair).join(told)


def told_of(label: str, text: str, language: Language) -> str:
    """A label and what is told of it."""
    return language.say(Message("{name}: {text}", name=label, text=text))


def figure_of(figure: Figure, language: Language) -> str:
    """An amount and what makes it so."""
    text = figure.amount
    if figure.note:
        text = language.say(Message("{first}, {second}", first=text, second=figure.note))
    if figure.way:
        text = language.say(Message("{first}; {second}", first=text, second=figure.way))
    return text


def plain_table(table: ScreenTable) -> Table:
    """The table of a first screen with all of its columns and rows."""
    columns = tuple(TableColumn(column.title, column.figures) for column in table.columns)
    rows = (Row(tuple(cell.text for cell in row.cells), row.marked) for row in table.rows)
    return Table(columns, tuple(rows), titled=not columns[0].figures)


def _table(table: Table, language: Language) -> Iterator[str]:
    """Rows, where it is titled below what they and their amounts are of."""
    if table.rows and table.titled:
        yield table.columns[0].title
    yield from _rows(table, language)


def _rows(table: Table, language: Language) -> Iterator[str]:
    def both(first: str, second: str) -> str:
        return language.say(Message("{first}; {second}", first=first, second=second))

    subject, *titles = table.columns
    for row in table.rows:
        mark = "* " if row.marked else ""
        name = f"{subject.title} {row.cells[0]}" if subject.figures else row.cells[0]
        pairs = zip(titles, row.cells[1:], strict=True)
        told = [f"{column.title} {cell}" for column, cell in pairs if cell]
        cells = reduce(both, told) if told else ""
        yield mark + language.say(Message("{name}: {text}", name=name, text=cells))
