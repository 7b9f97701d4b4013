"""From which spend which plan is the cheapest: by hand, and by trying every spend that matters."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.breakeven import (
    SpendRange,
    cheapest_ranges,
    fee_of_month,
    ranges_of,
)
from supportcli.advice.price_terms import AS_PUBLISHED, Discount, PriceTerms
from supportcli.core.piecewise import PiecewiseLinear, Segment
from supportcli.core.plan import Fee, Plan, Tam, TamFact
from supportcli.core.schedule import (
    Bracket,
    Graduated,
    GreaterOf,
    Line,
    Schedule,
    Sum,
    Volume,
    normalise,
)
from supportcli.core.source import Cite
from supportcli.core.text import Text
from tests.builders import every_month, pooled, schedules
from tests.pairwise import line_at, points_of, ranges_by_pairs

quick = settings(deadline=None, max_examples=100)

CENT = Fraction(1, 100)
ZERO = Fraction(0)


def plan(plan_id: str, tier: int, schedule: Schedule | None) -> Plan:
    """A plan of which only the price matters."""
    total = None if schedule is None else normalise(schedule)
    return Plan(
        id=plan_id,
        name=Text({"en": plan_id}),
        tier=tier,
        currency="USD",
        published=None,
        fees=None if total is None else {"only": Fee(total, normalise(Line()))},
        fee_text=None,
        cite=Cite("page", ""),
        channels={},
        levels=(),
        tam=TamFact(Tam.UNKNOWN, None, None),
        limits=(),
        availability=None,
        like=None,
    )


def told(ranges: Sequence[SpendRange]) -> list[tuple[Fraction, tuple[str, ...]]]:
    """Where each range starts and the ids of its plans, after checking that the ranges join."""
    if ranges:
        assert ranges[0].start == 0
        assert ranges[-1].end is None
    for lower, upper in pairwise(ranges):
        assert lower.end == upper.start
        assert lower.plans != upper.plans
    return [(each.start, tuple(plan.id for plan in each.plans)) for each in ranges]


def flat(amount: int) -> Line:
    return Line(Fraction(amount))


def share(rate: str) -> Line:
    return Line(rate=Fraction(rate))


def test_flat_against_a_share() -> None:
    """29 = 0.03 x at 2900/3; from there on the flat plan costs less."""
    plans = [plan("share", 1, share("0.03")), plan("flat", 2, flat(29))]
    assert told(cheapest_ranges(plans, "only")) == [
        (ZERO, ("share",)),
        (Fraction(2900, 3), ("flat",)),
    ]


def test_minimum_plans_meet_where_one_leaves_its_minimum_and_tie_above() -> None:
    """max(5,000, 10 %) is 25,000 at 250,000, where max(25,000, 10 %) leaves its minimum too."""
    plans = [
        plan("trial", 3, GreaterOf(flat(5000), share("0.1"))),
        plan("enterprise", 4, GreaterOf(flat(25000), share("0.1"))),
        plan("premier", 5, GreaterOf(flat(50000), share("0.1"))),
    ]
    assert told(cheapest_ranges(plans, "only")) == [
        (ZERO, ("trial",)),
        (Fraction(250000), ("enterprise", "trial")),
        (Fraction(500000), ("premier", "enterprise", "trial")),
    ]


def test_added_share_never_changes_the_order() -> None:
    plans = [plan(str(base), base, Sum(flat(base), share("0.1"))) for base in (5000, 25000, 50000)]
    assert told(cheapest_ranges(plans, "only")) == [(ZERO, ("5000",))]


def test_developer_and_business_never_cost_the_same() -> None:
    """max(29, 3 %) is below max(100, 10 %...) everywhere, and at 3 % above 250,000 by 6,900."""
    graduated = Graduated(
        (
            Bracket(Fraction(10000), Fraction("0.1")),
            Bracket(Fraction(80000), Fraction("0.07")),
            Bracket(Fraction(250000), Fraction("0.05")),
            Bracket(None, Fraction("0.03")),
        )
    )
    plans = [
        plan("developer", 1, GreaterOf(flat(29), share("0.03"))),
        plan("business", 2, GreaterOf(flat(100), graduated)),
    ]
    assert told(cheapest_ranges(plans, "only")) == [(ZERO, ("developer",))]


def test_on_ramp_against_the_old_enterprise_plan() -> None:
    """max(5,500, 10 %) against max(15,000, 10 % to 150k, 7 % above).

    At 150,000 both cost 15,000; above it 7 % grows slower than 10 %.
    """
    graduated = Graduated(
        (Bracket(Fraction(150000), Fraction("0.1")), Bracket(None, Fraction("0.07")))
    )
    plans = [
        plan("on-ramp", 1, GreaterOf(flat(5500), share("0.1"))),
        plan("enterprise", 2, GreaterOf(flat(15000), graduated)),
    ]
    assert told(cheapest_ranges(plans, "only")) == [
        (ZERO, ("on-ramp",)),
        (Fraction(150000), ("enterprise",)),
    ]


def test_whole_amount_brackets_can_win_twice() -> None:
    """60 flat against 10 % of all to 1,000 and 5 % of all above.

    10 % reaches 60 at 600; from 1,000 the fee falls to 50 and reaches 60 again at 1,200.
    """
    volume = Volume((Bracket(Fraction(1000), Fraction("0.1")), Bracket(None, Fraction("0.05"))))
    plans = [plan("volume", 1, volume), plan("flat", 2, flat(60))]
    assert told(cheapest_ranges(plans, "only")) == [
        (ZERO, ("volume",)),
        (Fraction(600), ("flat",)),
        (Fraction(1000), ("volume",)),
        (Fraction(1200), ("flat",)),
    ]


def test_a_meeting_of_dearer_plans_is_no_threshold() -> None:
    plans = [
        plan("free", 1, flat(0)),
        plan("share", 2, share("0.03")),
        plan("flat", 3, flat(29)),
    ]
    assert told(cheapest_ranges(plans, "only")) == [(ZERO, ("free",))]


def test_equal_plans_stand_with_the_higher_tier_first() -> None:
    plans = [plan("low", 1, flat(5)), plan("high", 3, flat(5)), plan("middle", 2, flat(5))]
    assert told(cheapest_ranges(plans, "only")) == [(ZERO, ("high", "middle", "low"))]


def test_plans_that_meet_at_zero_only() -> None:
    """5 % and 3 % both cost nothing at 0; the range that begins there belongs to 3 %."""
    plans = [plan("five", 2, share("0.05")), plan("three", 1, share("0.03"))]
    assert told(cheapest_ranges(plans, "only")) == [(ZERO, ("three",))]


def test_plans_without_a_price_are_left_out() -> None:
    unknown, known = plan("unknown", 1, None), plan("known", 2, flat(5))
    assert told(cheapest_ranges([unknown, known], "only")) == [(ZERO, ("known",))]
    assert cheapest_ranges([unknown], "only") == ()
    assert cheapest_ranges([], "only") == ()


def test_reading_chooses_the_fee() -> None:
    both = plan("both", 1, flat(5))
    assert both.fees is not None
    with pytest.raises(KeyError):
        cheapest_ranges([both], "another")


def yearly(plan_id: str, tier: int, schedule: Schedule, a_year: int) -> Plan:
    fee = Fee(normalise(schedule), None, Fraction(a_year))
    return plan(plan_id, tier, schedule)._replace(fees={"only": fee})


@pytest.mark.parametrize(
    ("a_year", "threshold"),
    [
        (0, Fraction(500)),  # 50 = 10 % of 500
        (600, Fraction(1000)),  # 50 + 600 / 12 = 100 = 10 % of 1,000
        (2500, Fraction(7750, 3)),  # 50 + 2,500 / 12 = 258.33...
    ],
)
def test_a_yearly_charge_counts_by_its_twelfth(a_year: int, threshold: Fraction) -> None:
    plans = [plan("share", 1, share("0.1")), yearly("visit", 2, flat(50), a_year)]
    assert told(cheapest_ranges(plans, "only")) == [(ZERO, ("share",)), (threshold, ("visit",))]


def test_once_a_year_or_a_twelfth_a_month_is_the_same() -> None:
    plans = [plan("monthly", 1, flat(100)), yearly("visit", 2, flat(50), 600)]
    assert told(cheapest_ranges(plans, "only")) == [(ZERO, ("visit", "monthly"))]


# The parts that the thresholds are made of


def by_id(**fees: Schedule) -> dict[str, PiecewiseLinear]:
    return {plan_id: normalise(schedule) for plan_id, schedule in fees.items()}


def test_only_the_plans_that_are_asked_about_divide_the_spend() -> None:
    """50 = 10 % of 500; that 20 would win from 200 on does not matter to the two others."""
    plans = [plan("share", 1, None), plan("flat", 2, None)]
    fees = by_id(share=share("0.1"), flat=flat(50), cheaper=flat(20))
    assert told(ranges_of(plans, fees)) == [(ZERO, ("share",)), (Fraction(500), ("flat",))]
    assert ranges_of([], fees) == ()


@pytest.mark.parametrize(
    ("fees", "points"),
    [
        pytest.param([], ["0"], id="no fee"),
        pytest.param([flat(5)], ["0"], id="a constant"),
        pytest.param([flat(5), share("0.1"), share("0.01")], ["0", "50", "500"], id="meetings"),
        pytest.param([share("0.1"), share("0.1")], ["0"], id="the same line never meets"),
        pytest.param([flat(0), share("0.1")], ["0"], id="meeting at 0"),
        pytest.param(
            [Volume((Bracket(Fraction(10), Fraction("0.1")), Bracket(None, Fraction("0.2"))))],
            ["0", "10"],
            id="a jump",
        ),
        pytest.param(
            [GreaterOf(flat(29), share("0.03")), flat(35)],
            ["0", "2900/3", "3500/3"],
            id="a minimum left, then met",
        ),
    ],
)
def test_the_order_changes_only_where_a_line_begins_or_two_meet(
    fees: list[Schedule], points: list[str]
) -> None:
    assert points_of(list(map(normalise, fees))) == list(map(Fraction, points))


@pytest.mark.parametrize(
    ("spend", "line"),
    [("0", ("5", "0")), ("49", ("5", "0")), ("50", ("5", "1/10")), ("60", ("6", "1/10"))],
)
def test_a_line_is_its_value_and_its_slope(spend: str, line: tuple[str, str]) -> None:
    """The greater of 5 and 10 %: 10 % of 50 is 5, of 60 it is 6."""
    fee = normalise(GreaterOf(flat(5), share("0.1")))
    assert line_at(fee, Fraction(spend)) == tuple(map(Fraction, line))


HALF_OFF = PriceTerms(Discount(Fraction(1, 2)))
HALF_OFF_THE_REST = PriceTerms(Discount(Fraction(1, 2), prepaid=False))


@pytest.mark.parametrize(
    ("agreed", "stated", "at_100", "at_1000"),
    [
        (AS_PUBLISHED, True, "60", "110"),  # 50 or 100, and 120 / 12 = 10
        (AS_PUBLISHED, False, "60", "110"),
        (HALF_OFF, True, "30", "55"),
        (HALF_OFF_THE_REST, True, "57.5", "82.5"),  # prepaid 50 + 60 / 12 = 55; half of 5, of 55
        (HALF_OFF_THE_REST, False, "30", "55"),  # of the whole where nobody says what is prepaid
    ],
)
def test_fee_of_a_month(agreed: PriceTerms, stated: bool, at_100: str, at_1000: str) -> None:
    """The greater of 50 (prepaid) and 10 %, and 120 a year, of which 60 are prepaid."""
    total, first = normalise(GreaterOf(flat(50), share("0.1"))), normalise(flat(50))
    fee = Fee(total, first if stated else None, Fraction(120), Fraction(60 if stated else 0))
    rule = plan("any", 1, flat(1))._replace(fees={"only": fee})
    month = fee_of_month(rule, "only", every_month(None), agreed)
    assert [month(Fraction(100)), month(Fraction(1000))] == [Fraction(at_100), Fraction(at_1000)]


def test_fee_of_a_month_of_several_accounts() -> None:
    """Three accounts, each the greater of 50 and 10 %; or one fee on what all three spend.

    Each leaves the minimum at 500; together 3 x = 500 at x = 500/3, and 10 % of 3 x is 30 % of x.
    """
    rule = plan("any", 1, GreaterOf(flat(50), share("0.1")))
    usage = every_month(None)._replace(accounts=3)
    assert fee_of_month(rule, "only", usage).segments == (
        Segment(ZERO, Fraction(150), ZERO),
        Segment(Fraction(500), ZERO, Fraction("0.3")),
    )
    assert fee_of_month(pooled(rule), "only", usage).segments == (
        Segment(ZERO, Fraction(50), ZERO),
        Segment(Fraction(500, 3), ZERO, Fraction("0.3")),
    )


@st.composite
def priced_plans(draw: st.DrawFn) -> list[Plan]:
    found = draw(st.lists(schedules, min_size=1, max_size=4))
    tiers = draw(st.permutations(range(len(found))))
    return [
        plan(f"plan-{tier}", tier, schedule) for tier, schedule in zip(tiers, found, strict=True)
    ]


def total(of: Plan, spend: Fraction) -> Fraction:
    assert of.fees is not None
    return of.fees["only"].total(spend)


def cheapest(plans: list[Plan], spend: Fraction) -> tuple[Plan, ...]:
    """By asking every plan for its fee."""
    least = min(total(each, spend) for each in plans)
    found = [each for each in plans if total(each, spend) == least]
    return tuple(sorted(found, key=lambda each: each.tier, reverse=True))


def possible_thresholds(plans: list[Plan]) -> set[Fraction]:
    """Where any line of any plan begins or would meet any line of another, in force or not."""
    lines = [segment for each in plans if each.fees for segment in each.fees["only"].total.segments]
    meetings = {
        (b.intercept - a.intercept) / (a.rate - b.rate)
        for a, b in combinations(lines, 2)
        if a.rate != b.rate
    }
    return {spend for spend in meetings if spend >= 0} | {line.start for line in lines}


@pytest.mark.slow
@quick
@given(st.lists(schedules, max_size=9), st.data())
def test_ranges_are_those_of_all_pairs(some: list[Schedule], data: st.DataObject) -> None:
    """With some plans whose fees are the same, in any order of their tiers."""
    tiers = data.draw(st.permutations(range(len(some))))
    plans = [plan(f"plan-{tier}", tier, each) for tier, each in zip(tiers, some, strict=True)]
    twice = [each._replace(id=f"{each.id}-too", tier=each.tier + 100) for each in plans[::2]]
    every = [*plans, *twice]
    fees = {each.id: each.fees["only"].total for each in every if each.fees}
    assert ranges_of(every, fees) == ranges_by_pairs(every, fees)


@pytest.mark.slow
@quick
@given(priced_plans(), st.lists(st.fractions(0, 100), max_size=5))
def test_ranges_name_the_cheapest_plans_at_every_spend(
    plans: list[Plan], some: list[Fraction]
) -> None:
    """On every possible threshold and a billionth either side, where no other threshold can be.

    Intercepts are thousandths, rates hundredths up to 40 % in a sum: a threshold is k / 10 d with
    d <= 40, and two such fractions differ by 1/16,000 at least.
    """
    ranges = cheapest_ranges(plans, "only")
    told(ranges)

    def named(spend: Fraction) -> tuple[Plan, ...]:
        return next(r.plans for r in ranges if r.end is None or spend < r.end)

    thresholds = possible_thresholds(plans)
    assert {each.start for each in ranges} <= thresholds | {ZERO}
    near = Fraction(1, 10**9)
    for spend in thresholds:
        for beside in (spend - near, spend + near):
            if beside >= 0:
                assert named(beside) == cheapest(plans, beside)
    for spend in {*some, *thresholds, *(t + CENT for t in thresholds)}:
        assert set(map(id, named(spend))) <= set(map(id, cheapest(plans, spend)))
