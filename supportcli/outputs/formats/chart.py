"""A chart in characters: a letter for each plan, so that it needs no colour and no line drawing.

No library: those at hand draw with dots or colours only, and count a Chinese character as one
column. What the chart shows stands beside it as text too.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from string import ascii_uppercase

from supportcli.outputs.document.model import Chart, ChartMark
from supportcli.text_width import cell_width, wrapped

ROWS = 10
WIDEST = 100
_NARROWEST = 20  # columns of the plot
SEVERAL = "*"
HERE = "^"


def chart_lines(chart: Chart, width: int) -> list[str]:
    """The chart in lines of at most that width; in words where there is no room to draw."""
    columns = min(width, WIDEST)
    room = max(cell_width(text) for text in (*chart.ends[:2], chart.cheapest))
    across = columns - room - 2
    if across < max(_NARROWEST, sum(cell_width(text) + 1 for text in chart.ends[2:])):
        return [line for text in chart.told for line in wrapped(text, columns)]
    lines = [*_plot(chart, room, across), *_below(chart, room, across)]
    return [*lines, *(line for text in _legend(chart) for line in wrapped(text, columns))]


def _plot(chart: Chart, room: int, across: int) -> Iterator[str]:
    """The curves above the axis; the highest and the lowest row are named."""
    grid = [[" "] * across for _ in range(ROWS)]
    highest = chart.highest or Fraction(1)
    for letter, curve in zip(ascii_uppercase, chart.curves, strict=False):
        for column in range(across):
            fee = curve.fee(_spend(chart, column, across))
            row = min(round(fee / highest * (ROWS - 1)), ROWS - 1)
            cell = grid[ROWS - 1 - row]
            cell[column] = letter if cell[column] == " " else SEVERAL
    for index, cells in enumerate(grid):
        name = {0: chart.ends[0], ROWS - 1: chart.ends[1]}.get(index, "")
        yield f"{_right(name, room)} |{''.join(cells)}".rstrip()


def _below(chart: Chart, room: int, across: int) -> Iterator[str]:
    """The axis with the thresholds' numbers, its ends, the cheapest plans, where one stands."""
    axis = ["-"] * across
    for number, mark in enumerate(chart.thresholds, start=1):
        axis[_column(chart, mark, across)] = str(number % 10)
    yield f"{' ' * room} +{''.join(axis)}"
    start, end = chart.ends[2:]
    gap = across - cell_width(start) - cell_width(end)
    yield f"{' ' * (room + 2)}{start}{' ' * max(gap, 1)}{end}"
    if chart.cheapest:
        strip = "".join(_cheapest(chart, column, across) for column in range(across))
        yield f"{_right(chart.cheapest, room)}  {strip}"
    if chart.here is not None:
        yield " " * (room + 2 + _column(chart, chart.here, across)) + HERE


def _legend(chart: Chart) -> Iterator[str]:
    names = [
        f"{letter} {curve.name}"
        for letter, curve in zip(ascii_uppercase, chart.curves, strict=False)
    ]
    several = [f"{SEVERAL} {chart.several}"] if len(names) > 1 else []
    yield "   ".join([*names, *several])
    marks = [f"{i % 10} {mark.text}" for i, mark in enumerate(chart.thresholds, start=1)]
    if chart.here is not None:
        marks.append(f"{HERE} {chart.here.text}")
    if marks:
        yield "   ".join(marks)


def _cheapest(chart: Chart, column: int, across: int) -> str:
    """The letter of the cheapest plan there; of several that cost the same the last, higher one."""
    spend = _spend(chart, column, across)
    fees = [curve.fee(spend) for curve in chart.curves]
    last = max(i for i, fee in enumerate(fees) if fee == min(fees))
    return ascii_uppercase[last]


def _spend(chart: Chart, column: int, across: int) -> Fraction:
    return chart.top * column / (across - 1)


def _column(chart: Chart, mark: ChartMark, across: int) -> int:
    return min(round(mark.spend / chart.top * (across - 1)), across - 1)


def _right(text: str, room: int) -> str:
    return " " * (room - cell_width(text)) + text
