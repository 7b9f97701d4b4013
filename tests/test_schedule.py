"""Published schedules: the vendors' own examples, and each kind against a naive reading of it."""

import operator
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import assert_never

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.money import exact_decimal
from supportcli.core.piecewise import PiecewiseLinear, Segment, Slice, minus, plus
from supportcli.core.plan import Fee
from supportcli.core.schedule import (
    Bracket,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    Sum,
    Volume,
    normalise,
)
from supportcli.errors import CatalogueError, Message
from supportcli.inputs.fees import FeeReader, no_reference
from supportcli.inputs.reader import Reader
from supportcli.inputs.yaml_tree import Scalar, parse

quick = settings(deadline=None, max_examples=120)

CASES = Path(__file__).parent / "cases" / "fees.yaml"
FIELDS = ("name", "source", "currency", "fee", "expect")
CENT = Fraction(1, 100)
ZERO = Fraction(0)

Case = tuple[str, Schedule, dict[Fraction, Fraction]]


def read_cases() -> list[Case]:
    """The cases, through the same doors as a catalogue's fees and amounts."""
    reader = Reader(CASES.name)
    cases: list[Case] = []
    for item in reader.items(parse(CASES.read_bytes(), CASES.name)):
        fields = reader.fields(item, FIELDS, FIELDS)
        name = reader.string(fields.get("name"))
        fees = FeeReader(reader, reader.string(fields.get("currency")) or "")
        schedule = fees.schedule(fields.get("fee", item), no_reference(reader))
        expected = {}
        for spend_node, fee_node in reader.named(fields.get("expect")).values():
            spend, fee = fees.amount(spend_node), fees.amount(fee_node)
            assert isinstance(fee_node, Scalar)
            if spend is not None and fee is not None:
                expected[spend] = fee
        if name and schedule:
            cases.append((name, schedule, expected))
    reader.refuse_if_any(Message("the fee cases have mistakes:"), CatalogueError)
    return cases


PUBLISHED = read_cases()


@pytest.mark.parametrize(
    ("schedule", "spend", "fee"),
    [
        pytest.param(schedule, spend, fee, id=f"{name} @ {exact_decimal(spend, 'JPY')}")
        for name, schedule, expected in PUBLISHED
        for spend, fee in expected.items()
    ],
)
def test_fee_is_the_published_one(schedule: Schedule, spend: Fraction, fee: Fraction) -> None:
    assert normalise(schedule)(spend) == fee


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [pytest.param(schedule, expected, id=name) for name, schedule, expected in PUBLISHED],
)
def test_every_breakpoint_has_rows_on_it_and_on_either_side(
    schedule: Schedule, expected: dict[Fraction, Fraction]
) -> None:
    for segment in normalise(schedule).segments[1:]:
        cents = segment.start / CENT
        beside = {ceil(cents) - 1, floor(cents) + 1}
        wanted = beside | ({int(cents)} if cents.denominator == 1 else set())
        assert {cent * CENT for cent in wanted} <= expected.keys()


def brackets(*parts: tuple[str | None, str]) -> tuple[Bracket, ...]:
    return tuple(
        Bracket(None if up_to is None else Fraction(up_to), Fraction(rate)) for up_to, rate in parts
    )


JOINED: dict[type[Schedule], Callable[[Fraction, Fraction], Fraction]] = {
    Sum: operator.add,
    GreaterOf: max,
    LesserOf: min,
}


def naive(schedule: Schedule, spend: Fraction) -> Fraction:
    """The fee by reading the rule aloud; nothing of the normal form is used."""
    match schedule:
        case Line(base, rate):
            return base + rate * spend
        case Excess(threshold, rate):
            return rate * (spend - threshold) if spend > threshold else ZERO
        case Graduated(several):
            lower, total = ZERO, ZERO
            for bracket in several:
                upper = spend if bracket.up_to is None else min(spend, bracket.up_to)
                total += bracket.rate * max(ZERO, upper - lower)
                lower = bracket.up_to or ZERO
            return total
        case Volume(several):
            return spend * next(b.rate for b in several if b.up_to is None or spend < b.up_to)
        case Sum(left, right) | GreaterOf(left, right) | LesserOf(left, right):
            return JOINED[type(schedule)](naive(left, spend), naive(right, spend))
        case _:
            assert_never(schedule)


def edges(schedule: Schedule) -> set[Fraction]:
    """The edges that the rule itself names."""
    match schedule:
        case Excess(threshold, _):
            return {threshold}
        case Graduated(several) | Volume(several):
            return {bracket.up_to for bracket in several if bracket.up_to is not None}
        case Sum(left, right) | GreaterOf(left, right) | LesserOf(left, right):
            return edges(left) | edges(right)
        case _:
            return set()


money = st.integers(0, 100_000).map(lambda cents: cents * CENT)
rates = st.integers(0, 200).map(lambda thousandths: Fraction(thousandths, 1000))
spends = st.integers(0, 150_000).map(lambda cents: cents * CENT) | st.fractions(0, 1500)


@st.composite
def bracket_lists(draw: st.DrawFn) -> tuple[Bracket, ...]:
    ends = sorted(draw(st.sets(money.filter(bool), max_size=4)))
    return tuple(Bracket(end, draw(rates)) for end in [*ends, None])


continuous_kinds = (
    st.builds(Line, money, rates)
    | st.builds(Excess, money, rates)
    | st.builds(Graduated, bracket_lists())
)


def nested(leaves: st.SearchStrategy[Schedule]) -> st.SearchStrategy[Schedule]:
    def join(inner: st.SearchStrategy[Schedule]) -> st.SearchStrategy[Schedule]:
        return (
            st.builds(Sum, inner, inner)
            | st.builds(GreaterOf, inner, inner)
            | st.builds(LesserOf, inner, inner)
        )

    return st.recursive(leaves, join, max_leaves=5)


schedules = nested(continuous_kinds | st.builds(Volume, bracket_lists()))
continuous = nested(continuous_kinds)


@quick
@given(schedules, st.lists(spends, max_size=6))
def test_normal_form_says_what_the_rule_says(schedule: Schedule, some: list[Fraction]) -> None:
    fee = normalise(schedule)
    near = {*edges(schedule), *(segment.start for segment in fee.segments)}
    points = {*some, *(x for start in near for x in (start - CENT, start, start + CENT))}
    for spend in points:
        if spend >= 0:
            assert fee(spend) == naive(schedule, spend), spend


@quick
@given(continuous)
def test_fee_never_falls_nor_jumps_without_whole_amount_brackets(schedule: Schedule) -> None:
    fee = normalise(schedule)
    assert all(segment.rate >= 0 for segment in fee.segments)
    for before, after in zip(fee.segments, fee.segments[1:], strict=False):
        assert before.at(after.start) == after.at(after.start)


@quick
@given(schedules)
def test_intercepts_and_rates_stay_finite_decimals(schedule: Schedule) -> None:
    """Cents times thousandths: five decimals hold every intercept, three every rate."""
    for segment in normalise(schedule).segments:
        assert (segment.intercept * 10**5).denominator == 1
        assert (segment.rate * 10**3).denominator == 1


@quick
@given(schedules, money)
def test_greater_of_a_minimum_is_never_below_it(schedule: Schedule, minimum: Fraction) -> None:
    fee = normalise(GreaterOf(Line(minimum), schedule))
    for segment in fee.segments:
        assert fee(segment.start) >= minimum


@quick
@given(money, rates, schedules)
def test_prepaid_and_postpaid_parts_add_up_to_the_fee(
    base: Fraction, rate: Fraction, other: Schedule
) -> None:
    """Equality of the normal form: for every spend, not for a sample of them."""
    prepaid = normalise(Line(base))
    for total in (
        normalise(GreaterOf(Line(base), Line(rate=rate))),
        normalise(Line(base, rate)),
        normalise(GreaterOf(Line(base), other)),
    ):
        assert plus(prepaid, Fee(total, prepaid).postpaid) == total


def test_postpaid_of_a_minimum_is_the_excess() -> None:
    """max(25,000, 10 %) less 25,000: nothing to 250,000, 10 % of what is above it."""
    base = normalise(Line(Fraction(25000)))
    total = normalise(GreaterOf(Line(Fraction(25000)), Line(rate=Fraction(1, 10))))
    assert Fee(total, base).postpaid == normalise(Excess(Fraction(250000), Fraction(1, 10)))
    assert minus(total, base) == Fee(total, base).postpaid


def test_one_rule_said_in_three_ways_is_one_function() -> None:
    """5 % above 1,000: an excess, two brackets, or what a flat 50 leaves of 5 %."""
    rate = Fraction(1, 20)
    excess = normalise(Excess(Fraction(1000), rate))
    assert excess == normalise(Graduated(brackets(("1000", "0"), (None, "0.05"))))
    lesser = normalise(LesserOf(Line(rate=rate), Line(Fraction(50))))
    assert minus(normalise(Line(rate=rate)), lesser) == excess


def test_whole_amount_brackets_jump_at_the_edge() -> None:
    """1,000 at 10 % would be 100; the edge belongs above: 1,000 x 5 % = 50, 5,000 x 1 % = 50."""
    fee = normalise(Volume(brackets(("1000", "0.1"), ("5000", "0.05"), (None, "0.01"))))
    assert fee(Fraction("999.99")) == Fraction("99.999")
    assert fee(Fraction(1000)) == 50
    assert fee(Fraction("4999.99")) == Fraction("249.9995")
    assert fee(Fraction(5000)) == 50
    assert fee.slices(Fraction(2000)) == (
        Slice(ZERO, Fraction(5000), ZERO, Fraction(1, 20), Fraction(100)),
    )


def test_floor_and_cap() -> None:
    """At least 100, at most 1,000, between them 10 %: from 1,000 and to 10,000."""
    between = GreaterOf(Line(Fraction(100)), Line(rate=Fraction(1, 10)))
    assert normalise(LesserOf(between, Line(Fraction(1000)))) == PiecewiseLinear(
        (
            Segment(ZERO, Fraction(100), ZERO),
            Segment(Fraction(1000), ZERO, Fraction(1, 10)),
            Segment(Fraction(10000), Fraction(1000), ZERO),
        )
    )


def test_brackets_at_one_rate_are_one_line() -> None:
    parts = brackets(("1000", "0.07"), (None, "0.07"))
    one = PiecewiseLinear.line(rate=Fraction("0.07"))
    assert normalise(Graduated(parts)) == normalise(Volume(parts)) == one


def test_excess_over_nothing_is_a_share_of_all() -> None:
    tenth = Fraction(1, 10)
    assert normalise(Excess(ZERO, tenth)) == normalise(Line(rate=tenth))


@pytest.mark.parametrize("kind", [Graduated, Volume])
@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((), "the last bracket must be open"),
        ((("100", "0.1"),), "the last bracket must be open"),
        (((None, "0.1"), (None, "0.1")), "only the last bracket may be open"),
        ((("100", "0.1"), (None, "0"), (None, "0")), "only the last bracket may be open"),
        ((("0", "0.1"), (None, "0")), "bracket ends must ascend from above 0"),
        ((("-1", "0.1"), (None, "0")), "bracket ends must ascend from above 0"),
        ((("9", "0.1"), ("9", "0.1"), (None, "0")), "bracket ends must ascend from above 0"),
        ((("9", "0.1"), ("8", "0.1"), (None, "0")), "bracket ends must ascend from above 0"),
    ],
)
def test_impossible_brackets_cannot_be_made(
    kind: type[Graduated] | type[Volume], parts: tuple[tuple[str | None, str], ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        kind(brackets(*parts))
