"""The algebra of fees: every operation is checked against the same operation on plain numbers."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.core.piecewise import (
    PiecewiseLinear,
    Segment,
    Slice,
    crossings,
    greater,
    lesser,
    minus,
    plus,
    scale,
)

quick = settings(deadline=None, max_examples=120)

CENT = Fraction(1, 100)
ZERO = Fraction(0)

money = st.integers(-50_000, 50_000).map(lambda cents: cents * CENT)
rates = st.integers(-100, 100).map(lambda thousandths: Fraction(thousandths, 1000))
spends = st.integers(0, 60_000).map(lambda cents: cents * CENT) | st.fractions(0, 700)
starts = st.sets(spends.filter(bool), max_size=5).map(lambda found: [ZERO, *sorted(found)])


def fee(*segments: tuple[str, str, str]) -> PiecewiseLinear:
    """A fee from (start, intercept, rate) as text."""
    return PiecewiseLinear(tuple(Segment(*map(Fraction, segment)) for segment in segments))


@st.composite
def fees(draw: st.DrawFn) -> PiecewiseLinear:
    """Any function of that form: with and without jumps, rising and falling."""
    found = draw(starts)
    lines = [(draw(money), draw(rates)) for _ in found]
    return PiecewiseLinear(
        tuple(Segment(start, *line) for start, line in zip(found, lines, strict=True))
    )


@st.composite
def continuous_fees(draw: st.DrawFn) -> PiecewiseLinear:
    """Functions without a jump, as all fees but the whole-amount ones are."""
    found = draw(starts)
    value = draw(money)
    segments = []
    for start, end in pairwise([*found, found[-1] + 1]):
        rate = draw(rates)
        segments.append(Segment(start, value - rate * start, rate))
        value += rate * (end - start)
    return PiecewiseLinear(tuple(segments))


def around_starts(*several: PiecewiseLinear) -> set[Fraction]:
    """Every segment's start and one tick either side, the spends >= 0 among them."""
    found = {segment.start for each in several for segment in each.segments}
    return {x for start in found for x in (start - CENT, start, start + CENT) if x >= 0}


def naive(of: PiecewiseLinear, spend: Fraction) -> Fraction:
    """The value by looking through all segments from the top."""
    for segment in reversed(of.segments):
        if segment.start <= spend:
            return segment.intercept + segment.rate * spend
    raise AssertionError(spend)


def agrees(
    result: PiecewiseLinear,
    expected: Callable[[Fraction], Fraction],
    points: Iterable[Fraction],
) -> None:
    for x in {*points, *around_starts(result)}:
        assert result(x) == expected(x), x


@pytest.mark.slow
@quick
@given(fees(), fees(), st.lists(spends, max_size=5))
def test_operations_are_those_on_the_values(
    left: PiecewiseLinear, right: PiecewiseLinear, some: list[Fraction]
) -> None:
    points = {*some, *around_starts(left, right)}
    agrees(plus(left, right), lambda x: naive(left, x) + naive(right, x), points)
    agrees(minus(left, right), lambda x: naive(left, x) - naive(right, x), points)
    agrees(greater(left, right), lambda x: max(naive(left, x), naive(right, x)), points)
    agrees(lesser(left, right), lambda x: min(naive(left, x), naive(right, x)), points)


@pytest.mark.slow
@quick
@given(fees(), rates, st.lists(spends, max_size=5))
def test_scale_multiplies_every_value(
    base: PiecewiseLinear, factor: Fraction, some: list[Fraction]
) -> None:
    points = {*some, *around_starts(base)}
    agrees(scale(base, factor), lambda x: naive(base, x) * factor, points)


@quick
@given(fees(), st.sets(spends.filter(bool), max_size=4))
def test_normal_form_does_not_tell_how_the_function_was_split(
    base: PiecewiseLinear, cuts: set[Fraction]
) -> None:
    at = sorted({*cuts, *(segment.start for segment in base.segments)})
    lines = [[s for s in base.segments if s.start <= x][-1] for x in at]
    split = PiecewiseLinear(
        tuple(Segment(x, s.intercept, s.rate) for x, s in zip(at, lines, strict=True))
    )
    assert split == base
    assert hash(split) == hash(base)


@pytest.mark.slow
@quick
@given(fees(), fees())
def test_equal_functions_are_equal_values(left: PiecewiseLinear, right: PiecewiseLinear) -> None:
    assert plus(left, right) == plus(right, left)
    assert greater(left, right) == greater(right, left)
    assert lesser(left, right) == lesser(right, left)
    assert plus(minus(left, right), right) == left
    assert plus(greater(left, right), lesser(left, right)) == plus(left, right)
    assert greater(left, lesser(left, right)) == left
    assert scale(plus(left, left), Fraction(1, 2)) == left
    assert scale(left, ZERO) == PiecewiseLinear.line()


@pytest.mark.slow
@quick
@given(fees())
def test_neighbours_are_never_on_one_line(base: PiecewiseLinear) -> None:
    for result in (base, greater(base, PiecewiseLinear.line()), minus(base, base)):
        assert all(
            (a.intercept, a.rate) != (b.intercept, b.rate) for a, b in pairwise(result.segments)
        )


@pytest.mark.slow
@quick
@given(fees(), fees())
def test_crossings_are_all_the_meetings(left: PiecewiseLinear, right: PiecewiseLinear) -> None:
    found = crossings(left, right)
    assert list(found) == sorted(set(found))
    for spend in found:
        assert spend > 0
        assert naive(left, spend) == naive(right, spend)
        assert left.segment_at(spend).rate != right.segment_at(spend).rate
    points = sorted({s.start for f in (left, right) for s in f.segments} | set(found))
    for start, end in pairwise([*points, points[-1] + 1000]):
        signs = set()
        for part in range(1, 8):
            x = start + (end - start) * Fraction(part, 8)
            difference = naive(left, x) - naive(right, x)
            signs.add((difference > 0) - (difference < 0))
        assert len(signs) == 1, "the order changes between two crossings"


@pytest.mark.slow
@quick
@given(fees() | continuous_fees(), st.lists(spends, max_size=5))
def test_slices_add_up_to_the_fee(base: PiecewiseLinear, some: list[Fraction]) -> None:
    for spend in {*some, *around_starts(base)}:
        slices = base.slices(spend)
        assert sum(part.amount for part in slices) == naive(base, spend)
        assert slices[0].start == 0 or slices[0].base == base(slices[0].start)
        assert slices[-1].start <= spend
        assert slices[-1].end is None or spend < slices[-1].end
        for lower, upper in pairwise(slices):
            assert lower.end == upper.start
            assert upper.base == 0
        for part in slices:
            top = spend if part.end is None else min(part.end, spend)
            assert part.amount == part.base + part.rate * (top - part.start)


@pytest.mark.slow
@quick
@given(fees(), st.lists(spends, max_size=5))
def test_segment_in_force_is_the_last_that_has_begun(
    base: PiecewiseLinear, some: list[Fraction]
) -> None:
    for spend in {*some, *around_starts(base)}:
        expected = [segment for segment in base.segments if segment.start <= spend][-1]
        assert base.segment_at(spend) == expected
        assert base(spend) == expected.intercept + expected.rate * spend


def test_an_edge_belongs_to_the_upper_segment() -> None:
    step = fee(("0", "10", "0"), ("100", "20", "0"))
    assert step(100 - CENT) == 10
    assert step(Fraction(100)) == 20
    assert step.segment_at(Fraction(100)).start == 100
    assert step.segment_at(100 - Fraction(1, 10**30)).start == 0


@pytest.mark.parametrize("segments", [(), (("1", "0", "0"),), (("-1", "0", "0"),)])
def test_a_fee_function_starts_at_zero(segments: tuple[tuple[str, str, str], ...]) -> None:
    with pytest.raises(ValueError, match="a fee function starts at spend 0"):
        fee(*segments)


@pytest.mark.parametrize("second", ["0", "100", "50"])
def test_starts_must_ascend(second: str) -> None:
    with pytest.raises(ValueError, match="segment starts must ascend"):
        fee(("0", "1", "0"), ("100", "2", "0"), (second, "3", "0"))


def test_starts_must_ascend_even_where_the_lines_would_be_merged() -> None:
    with pytest.raises(ValueError, match="segment starts must ascend"):
        fee(("0", "1", "0"), ("0", "1", "0"))


def test_no_fee_below_zero() -> None:
    with pytest.raises(ValueError, match="not defined for a spend below 0"):
        PiecewiseLinear.line()(Fraction(-1, 100))


def test_line_is_one_segment() -> None:
    assert PiecewiseLinear.line(Fraction(29), Fraction(3, 100)) == fee(("0", "29", "0.03"))
    assert PiecewiseLinear.line() == fee(("0", "0", "0"))


@pytest.mark.parametrize(
    ("of", "constant"),
    [
        (fee(("0", "0", "0")), True),
        (fee(("0", "100", "0")), True),
        (fee(("0", "100", "0"), ("50", "100", "0")), True),  # merged
        (fee(("0", "100", "0.1")), False),
        (fee(("0", "100", "0"), ("50", "200", "0")), False),
    ],
)
def test_constant(of: PiecewiseLinear, constant: bool) -> None:
    assert of.is_constant() is constant


def test_29_against_3_percent_meet_at_2900_thirds() -> None:
    """29 = 0.03 x gives x = 29 / 0.03 = 2900 / 3, which is no decimal."""
    flat, share = fee(("0", "29", "0")), fee(("0", "0", "0.03"))
    assert crossings(flat, share) == (Fraction(2900, 3),)
    assert greater(flat, share) == fee(("0", "29", "0"), ("2900/3", "0", "0.03"))
    assert lesser(flat, share) == fee(("0", "0", "0.03"), ("2900/3", "29", "0"))


def test_no_crossing_at_zero_nor_of_one_line_with_itself() -> None:
    one, two = fee(("0", "5", "0.1")), fee(("0", "5", "0.2"))
    assert crossings(one, two) == ()  # they meet at 0 only
    assert crossings(one, one) == ()
    assert crossings(one, fee(("0", "6", "0.1"))) == ()  # parallel
    assert greater(one, two) == two


def test_a_meeting_at_an_edge_is_found_once() -> None:
    """100 flat against 10 % up to 1,000 and 5 % above: 0.1 x 1,000 = 100, at the edge itself."""
    graduated = fee(("0", "0", "0.1"), ("1000", "50", "0.05"))
    assert crossings(fee(("0", "100", "0")), graduated) == (Fraction(1000),)


def test_a_jump_over_is_no_meeting() -> None:
    """1 % of the whole amount to 1,000, then 5 %: from 10 it jumps to 50 and never equals 30."""
    assert crossings(fee(("0", "30", "0")), fee(("0", "0", "0.01"), ("1000", "0", "0.05"))) == ()


def test_a_jump_away_from_the_meeting_is_no_meeting() -> None:
    """10 % would reach 100 at 1,000, but from there on it is 5 % of the whole: 50."""
    volume = fee(("0", "0", "0.1"), ("1000", "0", "0.05"))
    assert crossings(fee(("0", "100", "0")), volume) == (Fraction(2000),)


def aws_business() -> PiecewiseLinear:
    """max(100, graduated): 10 % to 10k, 7 % to 80k, 5 % to 250k, 3 % above.

    Reached at the edges: 1,000; 1,000 + 4,900 = 5,900; 5,900 + 8,500 = 14,400. Intercepts:
    1,000 - 0.07 x 10,000 = 300; 5,900 - 0.05 x 80,000 = 1,900; 14,400 - 0.03 x 250,000 = 6,900.
    """
    graduated = fee(
        ("0", "0", "0.1"),
        ("10000", "300", "0.07"),
        ("80000", "1900", "0.05"),
        ("250000", "6900", "0.03"),
    )
    return greater(PiecewiseLinear.line(Fraction(100)), graduated)


def test_minimum_holds_to_where_the_share_reaches_it() -> None:
    """100 = 0.1 x gives x = 1,000."""
    assert aws_business() == fee(
        ("0", "100", "0"),
        ("1000", "0", "0.1"),
        ("10000", "300", "0.07"),
        ("80000", "1900", "0.05"),
        ("250000", "6900", "0.03"),
    )


def parts(of: PiecewiseLinear, spend: str) -> list[Slice]:
    return list(of.slices(Fraction(spend)))


def part(start: str, end: str | None, base: str, rate: str, amount: str) -> Slice:
    upper = None if end is None else Fraction(end)
    return Slice(Fraction(start), upper, Fraction(base), Fraction(rate), Fraction(amount))


def test_slices_read_as_the_vendor_publishes_them() -> None:
    """85,000: 10 % of 10,000 = 1,000; 7 % of 70,000 = 4,900; 5 % of 5,000 = 250; together 6,150."""
    assert parts(aws_business(), "85000") == [
        part("0", "10000", "0", "0.1", "1000"),
        part("10000", "80000", "0", "0.07", "4900"),
        part("80000", "250000", "0", "0.05", "250"),
    ]
    assert aws_business()(Fraction(85000)) == 6150


def test_slices_above_the_last_edge_are_open() -> None:
    """300,000: 1,000 + 4,900 + 5 % of 170,000 = 8,500 + 3 % of 50,000 = 1,500."""
    assert parts(aws_business(), "300000") == [
        part("0", "10000", "0", "0.1", "1000"),
        part("10000", "80000", "0", "0.07", "4900"),
        part("80000", "250000", "0", "0.05", "8500"),
        part("250000", None, "0", "0.03", "1500"),
    ]


def test_slice_of_a_minimum() -> None:
    assert parts(aws_business(), "999.99") == [part("0", "1000", "100", "0", "100")]
    assert parts(aws_business(), "1000") == [part("0", "10000", "0", "0.1", "100")]


def test_slice_that_has_just_begun_is_empty() -> None:
    assert parts(aws_business(), "10000") == [
        part("0", "10000", "0", "0.1", "1000"),
        part("10000", "80000", "0", "0.07", "0"),
    ]


def test_slices_of_a_base_and_a_share() -> None:
    """25,000 + 10 % of 100,000 = 35,000, in one line."""
    assert parts(fee(("0", "25000", "0.1")), "100000") == [part("0", None, "25000", "0.1", "35000")]


def test_slices_of_a_base_and_an_excess() -> None:
    """11.54 + 12 % of what is above 769.23; at 897.44 that is 128.21 x 0.12 = 15.3852."""
    yandex = plus(fee(("0", "11.54", "0")), fee(("0", "0", "0"), ("769.23", "-92.3076", "0.12")))
    assert parts(yandex, "897.44") == [
        part("0", "769.23", "11.54", "0", "11.54"),
        part("769.23", None, "0", "0.12", "15.3852"),
    ]


def test_whole_amount_comes_under_one_rate_after_a_jump() -> None:
    """10 % of the whole to 1,000, 5 % of the whole above: at 2,000 one slice of 100."""
    volume = fee(("0", "0", "0.1"), ("1000", "0", "0.05"))
    assert parts(volume, "999.99") == [part("0", "1000", "0", "0.1", "99.999")]
    assert parts(volume, "1000") == [part("0", None, "0", "0.05", "50")]
    assert parts(volume, "2000") == [part("0", None, "0", "0.05", "100")]
