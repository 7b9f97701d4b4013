"""Blocks drawn on a terminal with Rich."""

from __future__ import annotations

import io
from collections.abc import Iterable

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
from supportcli.outputs.formats.labels import figure_lines, pair_lines
from supportcli.outputs.formats.screen_spans import Role
from supportcli.outputs.formats.terminal_table import ACCENT, table_lines
from supportcli.text_width import wrapped

UNLIMITED = 100_000
BULLET = " • "
_TO_SEE = "magenta"  # yellow cannot be read on white
_STYLES = {
    Weight.STRONG: ACCENT,
    Weight.NORMAL: "",
    Weight.CAUTION: _TO_SEE,
    Weight.QUIET: "dim",
}
_ROLES = {
    Role.PLAIN: "",
    Role.HEAD: "bold green",
    Role.YEAR: "bold",
    Role.LABEL: "dim",
    Role.ASK: _TO_SEE,
    Role.FAILING: "red",
    Role.QUIET: "dim",
}
_CURVES = ("green", "magenta", "cyan", "red", "")  # of a chart: readable on black and on white
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
    return page.getvalue().strip("\n") + "\n"


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
            lines = table_lines(block, console.width, rule if block.apart else "")
            _print(console, Text("\n").join(lines))
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
    """Lines as wide as they are, for Rich counts some letters otherwise than terminals do.

    No blanks stand at their ends, below no style either.
    """
    for line in text.split(allow_blank=True):
        line.rstrip()
        console.print(line, soft_wrap=True)


def _fitted(text: str, width: int) -> str:
    return "\n".join(wrapped(text, width))


def _print_point(console: Console, text: str, style: str) -> None:
    first, *others = wrapped(text, console.width - len(BULLET))
    lines = [BULLET + first, *(" " * len(BULLET) + line for line in others)]
    _print(console, Text("\n".join(lines), style=style))
