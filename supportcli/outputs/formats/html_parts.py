"""The parts of a page of HTML: which macro of the template draws what of the blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    TextLine,
)
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
from supportcli.outputs.formats.svg import BROAD, NARROW, Picture, picture
from supportcli.outputs.formats.text import plain_table
from supportcli.patterns import regex
from supportcli.record import NamedTuple
from supportcli.text_width import cell_width

_AMOUNT = regex(r"(-?(?:[A-Z]{2,3} ?)?[$\u00a2-\u00a5\u20a0-\u20c0]?\d[\d,]*(?:\.\d+)?)")
_FEW = 16  # cells of the words beside a figure that is shown large
_SINGLE = 3  # parts of a text with one amount: before it, it, behind it


class Part(NamedTuple):
    """What is drawn, and the macro that draws it."""

    macro: str
    value: Any


class PageSection(NamedTuple):
    """A heading and what stands below it."""

    title: str
    parts: tuple[Part, ...]


class ToldBeside(NamedTuple):
    """A label and the lines beside it."""

    label: str
    lines: tuple[str, ...]


class LargeAmount(NamedTuple):
    """An amount to be seen, and the lines below it."""

    label: str
    amount: str
    lines: tuple[str, ...]

    @property
    def in_words(self) -> bool:
        """Whether it is a sentence, of which no figure is to stand out."""
        parts = _AMOUNT.split(self.amount)
        return len(parts) != _SINGLE or cell_width(parts[0] + parts[-1]) > _FEW

    @property
    def pieces(self) -> list[tuple[bool, str]]:
        """The parts of the amount, and whether each is its figure."""
        parts = enumerate([self.amount] if self.in_words else _AMOUNT.split(self.amount))
        return [(at == 1, part) for at, part in parts if part]


class ChartView(NamedTuple):
    """A chart in two widths, of which a screen shows one."""

    chart: Chart
    pictures: tuple[Picture, ...]


def headed(blocks: list[Block], otherwise: str) -> tuple[str, list[Block]]:
    """The heading of the page, and the blocks below it."""
    headings = sum(isinstance(block, Heading) for block in blocks)
    match blocks:
        case [FirstScreen(headline), *_]:
            return headline, blocks
        case [Sentence(text, Weight.STRONG), *rest]:
            return text, rest
        case [Heading(text), *rest] if headings == 1:
            return text, rest
    return otherwise, blocks


def sections(blocks: Iterable[Block]) -> Iterator[PageSection]:
    """The blocks below their headings; what stands before the first one has none."""
    title, parts = "", list[Part]()
    for block in blocks:
        if isinstance(block, Heading):
            if title or parts:
                yield PageSection(title, tuple(parts))
            title, parts = block.text, []
        else:
            parts += _parts(block)
    yield PageSection(title, tuple(parts))


def _parts(block: Block) -> Iterator[Part]:
    match block:
        case FirstScreen():
            yield from _first_screen(block)
        case Chart():
            yield Part("chart", ChartView(block, (picture(block, BROAD), picture(block, NARROW))))
        case Figures(items):
            yield Part("figures", tuple(_large(*item) for item in items))
        case Pairs(items):
            yield Part("pairs", tuple(ToldBeside(item.label, (item.text,)) for item in items))
        case Table():
            yield from [Part("table", block)] if block.rows else []
        case Points():
            yield Part("points", block)
        case Sentence() | Heading():
            yield Part("sentence", block)


def _large(label: str, amount: str, *lines: str) -> LargeAmount:
    return LargeAmount(label, amount, tuple(filter(None, lines)))


def _first_screen(screen: FirstScreen) -> Iterator[Part]:
    """All of it but the headline, which is the page's, and what would be typed next."""
    yield Part("vendor", screen.vendor)
    for macro, lines in groupby(screen.answer, _macro):
        yield Part(macro, tuple(map(_view, lines)))
    yield Part("pairs", tuple(map(_view, screen.basis)))
    yield from _parts(plain_table(screen.table))
    if screen.table.below:
        yield Part("points", Points(screen.table.below, Weight.QUIET))
    yield Part("sentence", Sentence(screen.small_print.whole, Weight.QUIET))


def _macro(line: AmountLine | TextLine | Clauses | Questions) -> str:
    match line:
        case AmountLine():
            return "figures"
        case Questions():
            return "questions"
        case TextLine() | Clauses():
            return "pairs"


def _view(
    line: AmountLine | TextLine | Clauses | Questions,
) -> LargeAmount | ToldBeside | Questions:
    match line:
        case AmountLine(label, month, year, reason):
            return _large(label, year, month, reason)
        case TextLine(label, sentences):
            return ToldBeside(label, sentences)
        case Clauses(label):
            return ToldBeside(label, (line.few,))
        case Questions():
            return line
