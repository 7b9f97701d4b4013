"""The lowest of many fees at every spend, exact, and which plans have it.

Two halves are found each by itself and laid over each other, so that a thousand plans take ten
rounds over their lines and not half a million pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from supportcli.core.piecewise import PiecewiseLinear, Segment
from supportcli.core.plan import Plan
from supportcli.record import NamedTuple


class Lowest(NamedTuple):
    """From the line's start up to the next one's the lowest fee, and the plans that have it.

    Beside them stand no plans that cost the same there and more right above; they are in the order
    in which they were given.
    """

    line: Segment
    plans: tuple[Plan, ...]


Envelope = tuple[Lowest, ...]


def envelope(plans: Sequence[Plan], fees: Mapping[str, PiecewiseLinear]) -> Envelope:
    """The lowest of the fees, which are known by the plans' ids; empty of no plans."""
    half = len(plans) // 2
    if not half:
        return tuple(Lowest(line, (plan,)) for plan in plans for line in fees[plan.id].segments)
    return lowest(envelope(plans[:half], fees), envelope(plans[half:], fees))


def lowest(left: Envelope, right: Envelope) -> Envelope:
    """Of two the lower; where both are the same line, the plans of both."""
    if not left or not right:
        return left or right
    found: list[Lowest] = []
    for start, end, mine, its in overlaps(left, right):
        for each in _lower(start, end, mine, its):
            if not found or (each.line[1:], each.plans) != (found[-1].line[1:], found[-1].plans):
                found.append(each)
    return tuple(found)


def overlaps(
    left: Envelope, right: Envelope
) -> Iterator[tuple[Fraction, Fraction | None, Lowest, Lowest]]:
    """Where each of the lines of two meets which of the other: start, end (None: open), both."""
    i, j, start = 0, 0, left[0].line.start
    while True:
        ends = [
            each[at + 1].line.start for each, at in ((left, i), (right, j)) if at + 1 < len(each)
        ]
        end = min(ends, default=None)
        yield start, end, left[i], right[j]
        if end is None:
            return
        start = end
        i += i + 1 < len(left) and left[i + 1].line.start == end
        j += j + 1 < len(right) and right[j + 1].line.start == end


def order(line: Segment, start: Fraction) -> tuple[Fraction, Fraction]:
    """What orders lines from a spend on until two of them meet: the fee there, then the slope."""
    return line.at(start), line.rate


def meeting(lower: Segment, other: Segment) -> Fraction | None:
    """Where the lower line reaches another that rises less; None where it never does."""
    if other.rate >= lower.rate:
        return None
    return (other.intercept - lower.intercept) / (lower.rate - other.rate)


def _lower(start: Fraction, end: Fraction | None, mine: Lowest, its: Lowest) -> Iterator[Lowest]:
    if mine.line[1:] == its.line[1:]:
        yield Lowest(mine.line._replace(start=start), mine.plans + its.plans)
        return
    first, second = mine, its
    if order(its.line, start) < order(mine.line, start):
        first, second = its, mine
    yield first._replace(line=first.line._replace(start=start))
    met = meeting(first.line, second.line)
    if met is not None and (end is None or met < end):
        yield second._replace(line=second.line._replace(start=met))
