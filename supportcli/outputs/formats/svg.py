"""Where the parts of a chart stand in a picture, in points; what is drawn there is the page's.

Curves are told apart by letters and dashes, so that the picture needs no colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from string import ascii_uppercase

from supportcli.outputs.document.model import Chart, ChartMark, Curve
from supportcli.record import NamedTuple
from supportcli.text_width import cell_width

BROAD, NARROW = 720, 360
LINE_KINDS = 6  # of lines, by colour and by dashes
_RATIO = Fraction(5, 9)
_CELL = 7  # points of a character in a tick; of a wide one twice as many
_ABOVE, _RIGHT, _STRIP, _TICKS = 26, 22, 22, 36
_LINE = 13  # between the letters of two curves


class Curved(NamedTuple):
    """A curve: its letter, its kind of line, its points, and where it ends."""

    letter: str
    kind: int
    points: str
    end: str


class Tick(NamedTuple):
    """A place on an axis, what stands there, and which way the text goes from it."""

    at: str
    text: str
    anchor: str = "middle"


class Stretch(NamedTuple):
    """A part of the line of the cheapest plans: from where, how long, whose, its letter's place."""

    start: str
    length: str
    kind: int
    letter: str
    middle: str


class Picture(NamedTuple):
    """A chart with all its parts placed; `left`, `right`, `top` and `bottom` bound the curves."""

    width: int
    height: int
    left: str
    right: str
    top: str
    bottom: str
    strip: str
    ticks: str
    curves: tuple[Curved, ...]
    fees: tuple[Tick, ...]
    spends: tuple[Tick, ...]
    thresholds: tuple[Tick, ...]
    here: str
    cheapest: tuple[Stretch, ...]


class _Frame(NamedTuple):
    """The bounds of the curves, and the amounts at their ends."""

    left: int
    right: int
    top: int
    bottom: int
    spend: Fraction
    fee: Fraction

    def across(self, spend: Fraction) -> Fraction:
        """Where a spend is."""
        return self.left + (self.right - self.left) * spend / self.spend

    def up(self, fee: Fraction) -> Fraction:
        """Where a fee is."""
        return self.bottom - (self.bottom - self.top) * fee / self.fee


def picture(chart: Chart, width: int) -> Picture:
    """The chart, so many points wide."""
    height = int(width * _RATIO) if width > NARROW else width
    frame = _frame(chart, width, height)
    strip = frame.bottom + 10
    ticks = (strip + _STRIP if chart.cheapest else frame.bottom) + 16
    return Picture(
        width,
        height,
        str(frame.left),
        str(frame.right),
        str(frame.top),
        str(frame.bottom),
        str(strip),
        str(ticks),
        tuple(_curves(chart, frame)),
        tuple(Tick(_place(frame.up(mark.amount)), mark.text) for mark in chart.fees),
        tuple(_spends(chart.spends, frame)),
        tuple(_thresholds(chart.thresholds, frame)),
        "" if chart.here is None else _place(frame.across(chart.here.amount)),
        tuple(_cheapest(chart, frame)) if chart.cheapest else (),
    )


def letter(index: int) -> str:
    """What a curve is called in the picture: A, B … Z, A2 …"""
    times, place = divmod(index, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(times + 1) if times else "")


def _frame(chart: Chart, width: int, height: int) -> _Frame:
    names = [chart.cheapest, *(mark.text for mark in chart.fees)]
    room = max(map(cell_width, names)) * _CELL + 10
    below = _TICKS + (_STRIP if chart.cheapest else 0)
    highest = max([chart.highest, *(mark.amount for mark in chart.fees)])
    return _Frame(room, width - _RIGHT, _ABOVE, height - below, chart.top, highest or Fraction(1))


def _place(points: Fraction) -> str:
    """With one decimal: enough for every screen, and the same on every machine."""
    whole, tenth = divmod(round(points * 10), 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def _curves(chart: Chart, frame: _Frame) -> Iterator[Curved]:
    ends = _apart([frame.up(curve.fee(chart.top)) for curve in chart.curves])
    for index, (curve, end) in enumerate(zip(chart.curves, ends, strict=True)):
        corners = _corners(curve, chart.top)
        points = (f"{_place(frame.across(x))},{_place(frame.up(y))}" for x, y in corners)
        yield Curved(letter(index), index % LINE_KINDS, " ".join(points), _place(end))


def _corners(curve: Curve, top: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Both ends of every segment up to the top, so that a jump is upright."""
    segments = [segment for segment in curve.fee.segments if segment.start < top]
    for segment, end in zip(segments, [*(s.start for s in segments[1:]), top], strict=True):
        yield segment.start, segment.at(segment.start)
        yield end, segment.at(end)


def _apart(heights: Sequence[Fraction]) -> list[Fraction]:
    """The heights moved down as far as it takes to tell letters beside them apart."""
    placed = list(heights)
    free = min(heights)
    for index in sorted(range(len(heights)), key=heights.__getitem__):
        placed[index] = max(heights[index], free)
        free = placed[index] + _LINE
    return placed


def _spends(marks: Sequence[ChartMark], frame: _Frame) -> Iterator[Tick]:
    """Both ends, between them those for which there is room."""
    first, *between, last = marks
    yield Tick(str(frame.left), first.text, "start")
    taken, end = _half(first) * 2 + frame.left, frame.right - 2 * _half(last)
    for mark in between:
        at = frame.across(mark.amount)
        if taken + _CELL < at - _half(mark) and at + _half(mark) + _CELL < end:
            yield Tick(_place(at), mark.text)
            taken = at + _half(mark)
    yield Tick(_place(frame.across(last.amount)), last.text, "end")


def _half(mark: ChartMark) -> Fraction:
    return Fraction(cell_width(mark.text) * _CELL, 2)


def _thresholds(marks: Iterable[ChartMark], frame: _Frame) -> Iterator[Tick]:
    for number, mark in enumerate(marks, start=1):
        yield Tick(_place(frame.across(mark.amount)), str(number))


def _cheapest(chart: Chart, frame: _Frame) -> Iterator[Stretch]:
    """The cheapest plan all along; of several that cost the same the last, higher one."""
    places = range(frame.left, frame.right + 1)
    owners = [_owner(chart, Fraction(at - frame.left, frame.right - frame.left)) for at in places]
    changes = [i for i, (one, two) in enumerate(pairwise(owners), start=1) if one != two]
    for start, end in pairwise([0, *changes, len(owners) - 1]):
        owner, middle = owners[start], Fraction(start + end, 2) + frame.left
        name = letter(owner) if end - start > 2 * _CELL else ""
        at, length = str(frame.left + start), str(end - start)
        yield Stretch(at, length, owner % LINE_KINDS, name, _place(middle))


def _owner(chart: Chart, share: Fraction) -> int:
    fees = [curve.fee(chart.top * share) for curve in chart.curves]
    least = min(fees)
    return max(index for index, fee in enumerate(fees) if fee == least)
