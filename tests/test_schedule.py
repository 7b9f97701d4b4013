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
    Discounted,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    Sum,
    Tiered,
    Volume,
    normalise,
    scaled,
)
from supportcli.errors import CatalogueError, Message
from supportcli.inputs.catalogue.shapes import FeeReader, no_reference
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Scalar, parse

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
        case Tiered(tiers):
            starts = [ZERO, *(tier.up_to for tier in tiers if tier.up_to is not None)]
            reached = [start for start in starts if start <= spend]
            tier = tiers[len(reached) - 1]
            return tier.base + tier.rate * (spend - reached[-1])
        case Discounted(fee, off):
            return naive(fee, spend) - off * naive(fee, spend)
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
        case Tiered(tiers):
            return {tier.up_to for tier in tiers if tier.up_to is not None}
        case Discounted(fee, _):
            return edges(fee)
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


@st.composite
def tier_lists(draw: st.DrawFn) -> tuple[Bracket, ...]:
    ends = sorted(draw(st.sets(money.filter(bool), max_size=4)))
    return tuple(Bracket(end, draw(rates), draw(money)) for end in [*ends, None])


continuous_kinds = (
    st.builds(Line, money, rates)
    | st.builds(Excess, money, rates)
    | st.builds(Graduated, bracket_lists())
)


def discounted(fees: st.SearchStrategy[Schedule]) -> st.SearchStrategy[Schedule]:
    return st.builds(Discounted, fees, st.integers(0, 100).map(lambda part: Fraction(part, 100)))


def nested(leaves: st.SearchStrategy[Schedule]) -> st.SearchStrategy[Schedule]:
    def join(inner: st.SearchStrategy[Schedule]) -> st.SearchStrategy[Schedule]:
        return (
            st.builds(Sum, inner, inner)
            | st.builds(GreaterOf, inner, inner)
            | st.builds(LesserOf, inner, inner)
        )

    return st.recursive(leaves, join, max_leaves=5)


every_kind = continuous_kinds | st.builds(Volume, bracket_lists()) | st.builds(Tiered, tier_lists())
full_price = nested(every_kind)
schedules = nested(every_kind | discounted(every_kind)) | discounted(full_price)
continuous = nested(continuous_kinds | discounted(continuous_kinds))


@pytest.mark.slow
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


@pytest.mark.slow
@quick
@given(full_price)
def test_intercepts_and_rates_stay_finite_decimals(schedule: Schedule) -> None:
    """Cents times thousandths: five decimals hold every intercept, three every rate."""
    for segment in normalise(schedule).segments:
        assert (segment.intercept * 10**5).denominator == 1
        assert (segment.rate * 10**3).denominator == 1


@pytest.mark.slow
@quick
@given(discounted(full_price))
def test_a_discount_in_whole_percent_adds_two_decimals(schedule: Schedule) -> None:
    for segment in normalise(schedule).segments:
        assert (segment.intercept * 10**7).denominator == 1
        assert (segment.rate * 10**5).denominator == 1


@pytest.mark.slow
@quick
@given(schedules, money)
def test_greater_of_a_minimum_is_never_below_it(schedule: Schedule, minimum: Fraction) -> None:
    fee = normalise(GreaterOf(Line(minimum), schedule))
    for segment in fee.segments:
        assert fee(segment.start) >= minimum


@pytest.mark.slow
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
        postpaid = Fee(total, prepaid).postpaid
        assert postpaid is not None
        assert plus(prepaid, postpaid) == total


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


IMPOSSIBLE = pytest.mark.parametrize(
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


@IMPOSSIBLE
@pytest.mark.parametrize("kind", [Graduated, Volume])
def test_impossible_brackets_cannot_be_made(
    kind: type[Graduated] | type[Volume], parts: tuple[tuple[str | None, str], ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        kind(brackets(*parts))


@IMPOSSIBLE
def test_impossible_tiers_cannot_be_made(
    parts: tuple[tuple[str | None, str], ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        tiered(*((up_to, "0", rate) for up_to, rate in parts))


# Tiers with a constant of their own


def tiered(*parts: tuple[str | None, str, str]) -> Tiered:
    return Tiered(
        tuple(
            Bracket(None if up_to is None else Fraction(up_to), Fraction(rate), Fraction(base))
            for up_to, base, rate in parts
        )
    )


# A minimum of 76.92; 7% of what is above 769.23; 76.92 + 125.64 = 202.56 plus 5% above 2,564.10.
PRECOMPUTED = tiered(
    ("769.23", "76.92", "0"), ("2564.10", "76.92", "0.07"), (None, "202.56", "0.05")
)


@pytest.mark.parametrize(
    ("spend", "fee"),
    [
        ("0", "76.92"),
        ("769.22", "76.92"),
        ("769.23", "76.92"),
        ("769.24", "76.9207"),
        ("2000", "163.0739"),  # 76.92 + 1,230.77 x 7% = 76.92 + 86.1539
        # 1,794.86 x 7% = 125.6402; on the edge the printed 125.64, not 1,794.87 x 7% = 125.6409
        ("2564.09", "202.5602"),
        ("2564.10", "202.56"),
        ("2564.11", "202.5605"),
        ("3205.13", "234.6115"),  # 202.56 + 641.03 x 5% = 202.56 + 32.0515
    ],
)
def test_a_printed_constant_is_taken_as_it_is(spend: str, fee: str) -> None:
    assert normalise(PRECOMPUTED)(Fraction(spend)) == Fraction(fee)


def test_slices_of_tiers_add_up_whether_or_not_the_constants_meet() -> None:
    """At 2,000 two slices; above 2,564.10 the printed constant does not meet the tier below."""
    fee = normalise(PRECOMPUTED)
    below, above = fee.slices(Fraction(2000)), fee.slices(Fraction("3205.13"))
    assert [part.amount for part in below] == [Fraction("76.92"), Fraction("86.1539")]
    assert [part.amount for part in above] == [Fraction("234.6115")]


@quick
@given(money, bracket_lists())
def test_exact_constants_say_what_brackets_say(
    base: Fraction, several: tuple[Bracket, ...]
) -> None:
    """The constant of a tier is what the brackets below come to: then both are one function."""
    rule = Sum(Line(base), Graduated(several))
    starts = [ZERO, *(bracket.up_to for bracket in several if bracket.up_to is not None)]
    tiers = tuple(
        Bracket(bracket.up_to, bracket.rate, naive(rule, start))
        for start, bracket in zip(starts, several, strict=True)
    )
    assert normalise(Tiered(tiers)) == normalise(rule)


# Discounts

MINIMUM, TENTH, FIFTH = Line(Fraction(100)), Line(rate=Fraction(1, 10)), Fraction(1, 5)


@pytest.mark.parametrize(
    ("spend", "with_minimum", "without_minimum"),
    [
        # 20% off max(100, 10%), which leaves its minimum at 1,000; or max(100, 20% off 10%), which
        # is max(100, 8%) and leaves it at 1,250
        ("0", "80", "100"),
        ("999.99", "80", "100"),
        ("1000", "80", "100"),
        ("1000.01", "80.0008", "100"),
        ("1249.99", "99.9992", "100"),
        ("1250", "100", "100"),
        ("1250.01", "100.0008", "100.0008"),
        ("5000", "400", "400"),
    ],
)
def test_a_discount_on_the_fee_with_its_minimum_and_without(
    spend: str, with_minimum: str, without_minimum: str
) -> None:
    discounted_too = normalise(Discounted(GreaterOf(MINIMUM, TENTH), FIFTH))
    kept = normalise(GreaterOf(MINIMUM, Discounted(TENTH, FIFTH)))
    assert discounted_too(Fraction(spend)) == Fraction(with_minimum)
    assert kept(Fraction(spend)) == Fraction(without_minimum)


@pytest.mark.slow
@quick
@given(schedules)
def test_no_discount_changes_nothing_and_a_whole_one_leaves_nothing(schedule: Schedule) -> None:
    assert normalise(Discounted(schedule, ZERO)) == normalise(schedule)
    assert normalise(Discounted(schedule, Fraction(1))) == PiecewiseLinear.line()


@pytest.mark.slow
@quick
@given(schedules, schedules, rates)
def test_a_discount_on_a_sum_or_on_each_part_is_the_same(
    left: Schedule, right: Schedule, off: Fraction
) -> None:
    for pair in (Sum, GreaterOf, LesserOf):
        parts = pair(Discounted(left, off), Discounted(right, off))
        assert normalise(Discounted(pair(left, right), off)) == normalise(parts)


def test_kinds_of_the_same_parts_are_not_equal() -> None:
    several = brackets(("1000", "0.1"), (None, "0.05"))
    assert len({kind(several) for kind in (Graduated, Volume)}) == 2
    assert len({kind(MINIMUM, TENTH) for kind in (Sum, GreaterOf, LesserOf)}) == 3


def test_a_discounted_fee_is_scaled_within() -> None:
    """The share that is taken off stays: twice (100 + 10%) less 30% is 140 + 14%."""
    fee = Discounted(Line(Fraction(100), Fraction(1, 10)), Fraction(3, 10))
    twice = scaled(fee, Fraction(2))
    assert twice == Discounted(Line(Fraction(200), Fraction(1, 5)), Fraction(3, 10))
    assert normalise(twice) == normalise(Line(Fraction(140), Fraction(14, 100)))
