"""Fees as vendors publish them, each normalised to one function of monthly spend."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import assert_never

from supportcli.core.piecewise import ZERO, PiecewiseLinear, Segment, greater, lesser, plus, scale
from supportcli.record import NamedTuple, dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A constant plus a share of the whole spend; either may be zero."""

    base: Fraction = ZERO
    rate: Fraction = ZERO


@dataclass(frozen=True, slots=True)
class Excess:
    """A share of the spend above a threshold; nothing below it."""

    threshold: Fraction
    rate: Fraction


class Bracket(NamedTuple):
    """The rate from the previous bracket's end up to `up_to` (excluded); None is open.

    `base` is the constant of a tier, 0 elsewhere.
    """

    up_to: Fraction | None
    rate: Fraction
    base: Fraction = ZERO


def _check_brackets(brackets: tuple[Bracket, ...]) -> None:
    if not brackets or brackets[-1].up_to is not None:
        raise ValueError("the last bracket must be open")
    ends = [ZERO, *(bracket.up_to for bracket in brackets[:-1])]
    if any(end is None for end in ends):
        raise ValueError("only the last bracket may be open")
    if any(left >= right for left, right in pairwise(end for end in ends if end is not None)):
        raise ValueError("bracket ends must ascend from above 0")


@dataclass(frozen=True, slots=True)
class _Bracketed:
    brackets: tuple[Bracket, ...]

    def __post_init__(self) -> None:
        _check_brackets(self.brackets)


class Graduated(_Bracketed):
    """Each slice of spend at its own bracket's rate."""

    __slots__ = ()


class Volume(_Bracketed):
    """The whole spend at the rate of the bracket that it falls into."""

    __slots__ = ()


class Tiered(_Bracketed):
    """In each bracket its own constant plus a rate on the spend above the bracket's start."""

    __slots__ = ()


class Discounted(NamedTuple):
    """A fee with a share of it taken off."""

    fee: Schedule
    off: Fraction


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two fees; pairs of different kinds are never equal."""

    left: Schedule
    right: Schedule


class Sum(_Pair):
    """One fee and another on top."""

    __slots__ = ()


class GreaterOf(_Pair):
    """Whichever of two fees is the greater."""

    __slots__ = ()


class LesserOf(_Pair):
    """Whichever of two fees is the lesser."""

    __slots__ = ()


Schedule = Line | Excess | Graduated | Volume | Tiered | Discounted | Sum | GreaterOf | LesserOf


def normalise(schedule: Schedule) -> PiecewiseLinear:
    """The schedule as a function of monthly spend; callers need not know how it was published."""
    match schedule:
        case Line() | Excess() | Graduated() | Volume() | Tiered():
            return _of_spend(schedule)
        case Discounted(fee, off):
            return scale(normalise(fee), 1 - off)
        case Sum(left, right):
            return plus(normalise(left), normalise(right))
        case GreaterOf(left, right):
            return greater(normalise(left), normalise(right))
        case LesserOf(left, right):
            return lesser(normalise(left), normalise(right))
        case _:
            assert_never(schedule)


def scaled(schedule: Schedule, factor: Fraction) -> Schedule:
    """The schedule with every amount and rate of it times a factor, 0 or more."""
    match schedule:
        case Line(base, rate):
            return Line(base * factor, rate * factor)
        case Excess(threshold, rate):
            return Excess(threshold, rate * factor)
        case Graduated() | Volume() | Tiered():
            return type(schedule)(
                tuple(
                    Bracket(end, rate * factor, base * factor)
                    for end, rate, base in schedule.brackets
                )
            )
        case Discounted(fee, off):
            return Discounted(scaled(fee, factor), off)
        case Sum() | GreaterOf() | LesserOf():
            return type(schedule)(scaled(schedule.left, factor), scaled(schedule.right, factor))
        case _:
            assert_never(schedule)


def _of_spend(schedule: Line | Excess | Graduated | Volume | Tiered) -> PiecewiseLinear:
    match schedule:
        case Line(base, rate):
            return PiecewiseLinear.line(base, rate)
        case Excess(threshold, rate):
            above = PiecewiseLinear.line(-threshold * rate, rate)
            return greater(PiecewiseLinear.line(), above)
        case Graduated(brackets):
            return _graduated(brackets)
        case Volume(brackets):
            return _volume(brackets)
        case Tiered(brackets):
            return _tiered(brackets)
        case _:
            assert_never(schedule)


def _starts(brackets: tuple[Bracket, ...]) -> list[Fraction]:
    return [ZERO, *(bracket.up_to for bracket in brackets if bracket.up_to is not None)]


def _graduated(brackets: tuple[Bracket, ...]) -> PiecewiseLinear:
    def add(segments: tuple[Segment, ...], part: tuple[Fraction, Fraction]) -> tuple[Segment, ...]:
        start, rate = part
        reached = segments[-1].at(start) if segments else ZERO
        return (*segments, Segment(start, reached - rate * start, rate))

    parts = zip(_starts(brackets), (bracket.rate for bracket in brackets), strict=True)
    empty: tuple[Segment, ...] = ()
    return PiecewiseLinear(reduce(add, parts, empty))


def _volume(brackets: tuple[Bracket, ...]) -> PiecewiseLinear:
    parts = zip(_starts(brackets), brackets, strict=True)
    return PiecewiseLinear(tuple(Segment(start, ZERO, part.rate) for start, part in parts))


def _tiered(brackets: tuple[Bracket, ...]) -> PiecewiseLinear:
    parts = zip(_starts(brackets), brackets, strict=True)
    return PiecewiseLinear(
        tuple(Segment(start, part.base - part.rate * start, part.rate) for start, part in parts)
    )
