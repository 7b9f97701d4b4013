"""A chart in characters: axes, ticks, marks and names; the curves in letters or in dots.

Letters need no colour and no line drawing; dots are for a terminal with both. No library: those at
hand count in floats and take a Chinese character for one column. What the chart shows stands beside
it as text too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from string import ascii_uppercase

from supportcli.outputs.document.model import Chart
from supportcli.record import NamedTuple
from supportcli.text_width import cell_width, wrapped

ROWS = 9
WIDEST = 100
COLOURS = 5  # curves that dots can tell apart
LETTERS = len(ascii_uppercase)
SEVERAL = "*"
OTHER = "+"
HERE = "^"
_GAP = "   "
_NARROWEST = 20  # columns of the plot
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # of a braille cell, by column
_BRAILLE = 0x2800
_UPRIGHT = chr(_BRAILLE + _DOTS[0][0] + _DOTS[0][2])  # of a line at a threshold


class ChartSpan(NamedTuple):
    """A text, and the number of the curve that it belongs to (None: of none)."""

    text: str
    curve: int | None = None


ChartLine = tuple[ChartSpan, ...]


class _Plot(NamedTuple):
    """A chart and the cells for it: columns before the axis and behind it."""

    chart: Chart
    room: int
    across: int
    dots: bool

    @property
    def drawn(self) -> range:
        """The curves that have a letter."""
        return range(min(len(self.chart.curves), LETTERS))

    def column(self, spend: Fraction) -> int:
        """Where a spend is along the axis."""
        return min(round(spend / self.chart.top * (self.across - 1)), self.across - 1)

    def level(self, fee: Fraction, levels: int) -> int:
        """Where a fee is of so many levels, 0 at the bottom."""
        return min(round(fee / (self.chart.highest or Fraction(1)) * (levels - 1)), levels - 1)


def chart_lines(chart: Chart, width: int, *, dots: bool = False) -> list[ChartLine]:
    """The chart in lines of at most that width; in words where there is no room to draw."""
    columns = min(width, WIDEST)
    room = max(cell_width(text) for text in (*(tick.text for tick in chart.fees), chart.cheapest))
    across = columns - room - 2
    ends = (chart.spends[0].text, chart.spends[-1].text)
    if across < max(_NARROWEST, sum(cell_width(text) + 1 for text in ends)):
        return [*_words(chart.told, columns)]
    plot = _Plot(chart, room, across, dots and len(chart.curves) <= COLOURS)
    drawn = _dots(plot) if plot.dots else _letters(plot)
    legend = _placed(_legend(plot), columns)
    return [*_named(plot, drawn), *_below(plot), *legend, *_words(chart.more, columns)]


def _words(texts: Iterable[str], width: int) -> Iterator[ChartLine]:
    for text in texts:
        yield from ((ChartSpan(line),) for line in wrapped(text, width))


# The curves


def _letters(plot: _Plot) -> Iterator[ChartLine]:
    """A letter where a curve is, a star where several are."""
    grid = [[" "] * plot.across for _ in range(ROWS)]
    for index in plot.drawn:
        for column in range(plot.across):
            fee = plot.chart.curves[index].fee(_spend(plot, column, 1))
            cell = grid[ROWS - 1 - plot.level(fee, ROWS)]
            cell[column] = ascii_uppercase[index] if cell[column] == " " else SEVERAL
    yield from ((ChartSpan("".join(cells)),) for cells in grid)


def _dots(plot: _Plot) -> Iterator[ChartLine]:
    """Curves of dots, two and four of them in a cell; of several in one cell the last one's colour.

    From a column to the next the dots between are set too, so that a curve has no gaps. Its letter
    stands at its end, beside those of the curves that end there too, for who sees no colours.
    """
    bits = [[0] * plot.across for _ in range(ROWS)]
    owners: list[list[int | None]] = [[None] * plot.across for _ in range(ROWS)]
    for index, curve in enumerate(plot.chart.curves):
        before: int | None = None
        for place in range(2 * plot.across):
            level = plot.level(curve.fee(_spend(plot, place, 2)), 4 * ROWS)
            for each in _between(before, level):
                row, dot = divmod(4 * ROWS - 1 - each, 4)
                bits[row][place // 2] |= _DOTS[place % 2][dot]
                owners[row][place // 2] = index
            before = level
    uprights = {plot.column(mark.amount) for mark in plot.chart.thresholds}
    for row, (set_dots, owned) in enumerate(zip(bits, owners, strict=True)):
        cells = [
            chr(_BRAILLE + each) if each else _UPRIGHT if column in uprights else " "
            for column, each in enumerate(set_dots)
        ]
        ending = [index for index in plot.drawn if _ends_at(plot, index) == row]
        letters = [ascii_uppercase[index] for index in ending]
        room = plot.across - len(ending)
        yield _spans(zip([*cells[:room], *letters], [*owned[:room], *ending], strict=True))


def _ends_at(plot: _Plot, index: int) -> int:
    """The row in which a curve ends."""
    fee = plot.chart.curves[index].fee(plot.chart.top)
    return ROWS - 1 - plot.level(fee, 4 * ROWS) // 4


def _between(before: int | None, level: int) -> Iterable[int]:
    if before is None or before == level:
        return (level,)
    return range(before + 1, level + 1) if before < level else range(level, before)


def _spans(cells: Iterable[tuple[str, int | None]]) -> ChartLine:
    """Neighbours of one curve as one text."""
    runs = groupby(cells, key=lambda cell: cell[1])
    return tuple(ChartSpan("".join(text for text, _ in run), curve) for curve, run in runs)


def _named(plot: _Plot, rows: Iterable[ChartLine]) -> Iterator[ChartLine]:
    """The rows behind an axis with its ticks."""
    names = {ROWS - 1 - plot.level(tick.amount, ROWS): tick.text for tick in plot.chart.fees}
    for index, spans in enumerate(rows):
        yield ChartSpan(f"{_right(names.get(index, ''), plot.room)} |"), *spans


# The axis and what stands below it


def _below(plot: _Plot) -> Iterator[ChartLine]:
    """The axis with the thresholds' numbers, its ticks, the cheapest plans, where one stands."""
    axis = ["-"] * plot.across
    for number, mark in enumerate(plot.chart.thresholds, start=1):
        axis[plot.column(mark.amount)] = str(number % 10)
    yield (ChartSpan(f"{' ' * plot.room} +{''.join(axis)}"),)
    yield (ChartSpan(" " * (plot.room + 2) + _ticks(plot)),)
    if plot.chart.cheapest:
        strip = [_cheapest(plot, column) for column in range(plot.across)]
        signs = ((_sign(index), index if index in plot.drawn else None) for index in strip)
        yield ChartSpan(f"{_right(plot.chart.cheapest, plot.room)}  "), *_spans(signs)
    if plot.chart.here is not None:
        blanks = " " * (plot.room + 2 + plot.column(plot.chart.here.amount))
        yield (ChartSpan(blanks + HERE),)


def _ticks(plot: _Plot) -> str:
    """The spends below the axis: both ends, between them those for which there is room."""
    first, *between, last = plot.chart.spends
    end = plot.across - cell_width(last.text)
    text = first.text
    for tick in between:
        start = plot.column(tick.amount) - cell_width(tick.text) // 2
        if start > cell_width(text) and start + cell_width(tick.text) < end:
            text += " " * (start - cell_width(text)) + tick.text
    return text + " " * (end - cell_width(text)) + last.text


def _legend(plot: _Plot) -> Iterator[ChartSpan]:
    """What the letters, the numbers and the signs are."""
    curves, here = plot.chart.curves, plot.chart.here
    yield from (ChartSpan(f"{_sign(index)} {curves[index].name}", index) for index in plot.drawn)
    if len(curves) > 1 and not plot.dots:
        yield ChartSpan(f"{SEVERAL} {plot.chart.several}")
    if len(curves) > LETTERS:
        yield ChartSpan(f"{OTHER} {plot.chart.others}")
    for number, mark in enumerate(plot.chart.thresholds, start=1):
        yield ChartSpan(f"{number % 10} {mark.text}")
    if here is not None:
        yield ChartSpan(f"{HERE} {here.text}")


def _placed(items: Iterable[ChartSpan], width: int) -> Iterator[ChartLine]:
    """Items side by side, in as many lines as they take; one that is too long is broken."""
    line: list[ChartSpan] = []
    taken = 0
    for item in items:
        for text in wrapped(item.text, width):
            if line and taken + len(_GAP) + cell_width(text) > width:
                yield tuple(line)
                line, taken = [], 0
            before = _GAP if line else ""
            line += [ChartSpan(before), item._replace(text=text)]
            taken += cell_width(before + text)
    if line:
        yield tuple(line)


def _cheapest(plot: _Plot, column: int) -> int:
    """The cheapest plan there; of several that cost the same the last, higher one."""
    spend = _spend(plot, column, 1)
    fees = [curve.fee(spend) for curve in plot.chart.curves]
    least = min(fees)
    return max(i for i, fee in enumerate(fees) if fee == least)


def _sign(index: int) -> str:
    return ascii_uppercase[index] if index < LETTERS else OTHER


def _spend(plot: _Plot, place: int, to_a_column: int) -> Fraction:
    """The spend at one of the places along the axis, of which a column has so many."""
    return plot.chart.top * place / (plot.across * to_a_column - 1)


def _right(text: str, room: int) -> str:
    return " " * (room - cell_width(text)) + text
