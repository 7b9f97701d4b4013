"""The one form of every fee: an exact piecewise-linear function of one month's spend."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from supportcli.record import NamedTuple, dataclass

ZERO = Fraction(0)


class Segment(NamedTuple):
    """The line `intercept + rate * spend`, in force from `start` on."""

    start: Fraction
    intercept: Fraction
    rate: Fraction

    def at(self, spend: Fraction) -> Fraction:
        """The line's value at a spend, whether or not the segment is in force there."""
        return self.intercept + self.rate * spend


class Slice(NamedTuple):
    """A part of the fee at one spend: `base` plus `rate` on the spend from `start` to `end`.

    `end` is None where nothing higher is published; the amounts of a fee's slices add up to it.
    """

    start: Fraction
    end: Fraction | None
    base: Fraction
    rate: Fraction
    amount: Fraction


@dataclass(frozen=True, slots=True)
class PiecewiseLinear:
    """A fee as a function of monthly spend, defined for every spend >= 0.

    Each segment holds from its own start (included) to the next start (excluded).
    Neighbours on the same line are merged, so equal functions are equal objects.
    """

    segments: tuple[Segment, ...]

    def __post_init__(self) -> None:
        if not self.segments or self.segments[0].start != 0:
            raise ValueError("a fee function starts at spend 0")
        if any(left.start >= right.start for left, right in pairwise(self.segments)):
            raise ValueError("segment starts must ascend")
        object.__setattr__(self, "segments", tuple(_merged(self.segments)))

    @classmethod
    def line(cls, base: Fraction = ZERO, rate: Fraction = ZERO) -> PiecewiseLinear:
        """`base + rate * spend` for every spend."""
        return cls((Segment(ZERO, base, rate),))

    def __call__(self, spend: Fraction) -> Fraction:
        """The fee at a spend >= 0, unrounded."""
        return self.segment_at(spend).at(spend)

    def segment_at(self, spend: Fraction) -> Segment:
        """The segment in force at a spend >= 0."""
        if spend < 0:
            raise ValueError("a fee is not defined for a spend below 0")
        return self.segments[bisect_right(self.segments, spend, key=_start) - 1]

    def is_constant(self) -> bool:
        """Whether the fee is the same at every spend."""
        return len(self.segments) == 1 and self.segments[0].rate == 0

    def slices(self, spend: Fraction) -> tuple[Slice, ...]:
        """The parts that the fee at this spend is made of; they add up to it exactly.

        The account begins at 0, or afresh where the whole amount comes under one rate and where a
        minimum has stopped to matter; at a jump to a constant, it begins there with that constant.
        """
        reached = [segment for segment in self.segments if segment.start <= spend]
        first = max(i for i in range(len(reached)) if i == 0 or self._begins_afresh(i))
        ends = [*(segment.start for segment in self.segments[1:]), None]
        parts = []
        for index in range(first, len(reached)):
            segment, end = reached[index], ends[index]
            start = ZERO if index == first and not segment.intercept else segment.start
            base = segment.at(start) if index == first else ZERO
            top = spend if end is None else min(spend, end)
            amount = base + segment.rate * (top - start)
            parts.append(Slice(start, end, base, segment.rate, amount))
        return tuple(parts)

    def _begins_afresh(self, index: int) -> bool:
        before, segment = self.segments[index - 1], self.segments[index]
        jumps = before.at(segment.start) != segment.at(segment.start)
        return jumps or segment.intercept == 0


def plus(left: PiecewiseLinear, right: PiecewiseLinear) -> PiecewiseLinear:
    """The two fees together."""
    return _combined(left, right, lambda a, b: (a.intercept + b.intercept, a.rate + b.rate))


def minus(left: PiecewiseLinear, right: PiecewiseLinear) -> PiecewiseLinear:
    """What is left of one fee when the other is taken off; may be below zero."""
    return _combined(left, right, lambda a, b: (a.intercept - b.intercept, a.rate - b.rate))


def scale(fee: PiecewiseLinear, factor: Fraction) -> PiecewiseLinear:
    """The fee times a constant factor."""
    return PiecewiseLinear(
        tuple(Segment(s.start, s.intercept * factor, s.rate * factor) for s in fee.segments)
    )


def greater(left: PiecewiseLinear, right: PiecewiseLinear) -> PiecewiseLinear:
    """At every spend the greater of the two fees."""
    return _chosen(left, right, max)


def lesser(left: PiecewiseLinear, right: PiecewiseLinear) -> PiecewiseLinear:
    """At every spend the lesser of the two fees."""
    return _chosen(left, right, min)


def crossings(left: PiecewiseLinear, right: PiecewiseLinear) -> tuple[Fraction, ...]:
    """The spends > 0, ascending, where the two lines in force meet without being the same line."""
    found = set()
    for start, end in _intervals(_common_starts(left, right)):
        meeting = _meeting(left.segment_at(start), right.segment_at(start))
        if meeting is not None and meeting > 0 and start <= meeting and _before(meeting, end):
            found.add(meeting)
    return tuple(sorted(found))


def _start(segment: Segment) -> Fraction:
    return segment.start


def _merged(segments: Iterable[Segment]) -> Iterator[Segment]:
    last: Segment | None = None
    for segment in segments:
        if last is None or (segment.intercept, segment.rate) != (last.intercept, last.rate):
            last = segment
            yield segment


def _common_starts(left: PiecewiseLinear, right: PiecewiseLinear) -> list[Fraction]:
    return sorted({segment.start for fee in (left, right) for segment in fee.segments})


def _intervals(starts: list[Fraction]) -> Iterator[tuple[Fraction, Fraction | None]]:
    return zip(starts, [*starts[1:], None], strict=True)


def _before(spend: Fraction, end: Fraction | None) -> bool:
    return end is None or spend < end


def _meeting(left: Segment, right: Segment) -> Fraction | None:
    if left.rate == right.rate:
        return None
    return (right.intercept - left.intercept) / (left.rate - right.rate)


def _combined(
    left: PiecewiseLinear,
    right: PiecewiseLinear,
    line: Callable[[Segment, Segment], tuple[Fraction, Fraction]],
) -> PiecewiseLinear:
    return PiecewiseLinear(
        tuple(
            Segment(start, *line(left.segment_at(start), right.segment_at(start)))
            for start in _common_starts(left, right)
        )
    )


def _chosen(
    left: PiecewiseLinear,
    right: PiecewiseLinear,
    choose: Callable[
        [tuple[Fraction, Fraction], tuple[Fraction, Fraction]], tuple[Fraction, Fraction]
    ],
) -> PiecewiseLinear:
    """Between neighbouring points the order of the two lines is fixed: value, then slope, tells."""
    points = sorted({*_common_starts(left, right), *crossings(left, right)})
    segments = []
    for point in points:
        a, b = left.segment_at(point), right.segment_at(point)
        value, rate = choose((a.at(point), a.rate), (b.at(point), b.rate))
        segments.append(Segment(point, value - rate * point, rate))
    return PiecewiseLinear(tuple(segments))
