"""Where the advice turns: by hand, and held against every fee at every spend that matters."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.breakeven import SpendRange
from supportcli.advice.price_terms import AS_PUBLISHED, Discount, PriceTerms
from supportcli.advice.recommendation import Advice, recommend
from supportcli.advice.thresholds import BreakEven, break_even, sides, spend_of
from supportcli.advice.usage import Billing, Order, Spends, Usage, usage_of
from supportcli.core.conditions import Spreading, Validity
from supportcli.core.money import round_up
from supportcli.core.period import Term
from supportcli.core.piecewise import PiecewiseLinear, Segment
from supportcli.core.plan import Plan, Tam
from supportcli.core.quantity import Quantity, QuantityUnit
from supportcli.core.schedule import GreaterOf, Schedule
from supportcli.core.text import Text
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.registry import Needs
from tests.builders import (
    ONLY,
    apiece,
    catalogue,
    day,
    every_month,
    extra,
    flat,
    numbers,
    past,
    plan,
    pooled,
    schedules,
    share,
    shipped,
    with_past,
    within,
)
from tests.test_breakeven import cheapest, possible_thresholds, told, total

quick = settings(deadline=None, max_examples=100)

CENT = Fraction(1, 100)
ZERO = Fraction(0)
UNKNOWN = every_month(None)
NO_NEEDS = Needs()

Told = list[tuple[Fraction, tuple[str, ...]]]


def at_least(minimum: str, percent: str) -> Schedule:
    return GreaterOf(flat(minimum), share(percent))


def advised(
    *plans: Plan, usage: Usage = UNKNOWN, needs: Needs = NO_NEEDS, agreed: PriceTerms = AS_PUBLISHED
) -> Advice:
    return recommend(catalogue(*plans), needs, usage, agreed=agreed)


def ranges(advice: Advice, reading: str | None = None) -> Told:
    return told(break_even(advice, reading).ranges)


# Alibaba Cloud, worked by hand


def alibaba(reading: str, needs: Needs) -> Advice:
    """With the trial edition among the plans, which may no longer be on sale."""
    return recommend(shipped(), needs, UNKNOWN, reading, include_doubtful=True)


IN_10_MINUTES = Needs(response=(within("10m", "unavailable"),))


def test_alibaba_floor_reading_has_two_thresholds() -> None:
    """The greater of 5,000, 25,000 or 50,000 and 10 % of spend.

    10 % leaves Enterprise's minimum at 25,000 / 10 % = 250,000 and Premier's at 500,000; the trial
    edition costs 10 % from 50,000 on, so from there on they cost the same.
    """
    expected = [
        (ZERO, ("enterprise-trial",)),
        (Fraction(250_000), ("enterprise", "enterprise-trial")),
        (Fraction(500_000), ("premier", "enterprise", "enterprise-trial")),
    ]
    assert ranges(alibaba("floor", IN_10_MINUTES)) == expected
    assert ranges(alibaba("additive", IN_10_MINUTES), "floor") == expected


def test_alibaba_additive_reading_has_no_threshold() -> None:
    """5,000, 25,000 or 50,000, each plus the same 10 %: the order is the same at every spend."""
    found = break_even(alibaba("additive", IN_10_MINUTES))
    assert told(found.ranges) == [(ZERO, ("enterprise-trial",))]
    assert found.paid == ()
    assert found.reading == "additive"
    assert [each.id for each in found.eligible] == ["enterprise-trial", "enterprise", "premier"]


def test_alibaba_gaps_are_the_same_at_every_spend() -> None:
    """25,000 - 5,000 and 50,000 - 25,000; between Basic, which is free, and the trial its fee."""
    pairs = break_even(alibaba("additive", IN_10_MINUTES)).pairs
    assert [(pair.lower.id, pair.higher.id) for pair in pairs] == [
        ("basic", "enterprise-trial"),  # Business, between them, has no price
        ("enterprise-trial", "enterprise"),
        ("enterprise", "premier"),
    ]
    assert [pair.gap for pair in pairs] == [
        PiecewiseLinear.line(Fraction(5_000), Fraction(1, 10)),
        PiecewiseLinear.line(Fraction(20_000)),
        PiecewiseLinear.line(Fraction(25_000)),
    ]


@pytest.mark.parametrize("reading", ["additive", "floor"])
def test_alibaba_without_needs_is_free_and_the_paid_plans_are_told_beside_it(reading: str) -> None:
    found = break_even(alibaba(reading, NO_NEEDS))
    assert told(found.ranges) == [(ZERO, ("basic",))]
    assert told(found.paid) == ranges(alibaba(reading, IN_10_MINUTES))


# AWS, worked by hand


@cache
def aws(date: str) -> Advice:
    """The plans in force on a day, as if they went on for ever."""
    whole = load_catalogue("aws").in_force(day(date)).lasting()
    return recommend(whole, NO_NEEDS, UNKNOWN, as_of=day(date))


def gap(found: BreakEven, lower: str, higher: str) -> tuple[Segment, ...]:
    (pair,) = (p for p in found.pairs if (p.lower.id, p.higher.id) == (lower, higher))
    return pair.gap.segments


def test_aws_developer_passes_its_minimum_between_two_cents() -> None:
    """29 = 3 % of 2900/3 = 966.666..., so 966.67 is the first amount at which it costs more."""
    found = break_even(aws("2025-06-01"))
    threshold = Fraction(2900, 3)
    assert gap(found, "aws-basic", "aws-developer") == (
        Segment(ZERO, Fraction(29), ZERO),
        Segment(threshold, ZERO, Fraction(3, 100)),
    )
    assert str(round_up(threshold, "USD")) == "966.67"


def test_both_sides_of_a_threshold_between_two_cents() -> None:
    """3 % of 966.66 is 28.9998, below 29; of 966.67 it is 29.0001. 10 % of either is below 100."""
    below, above = sides(break_even(aws("2025-06-01")), Fraction(2900, 3), "USD")
    assert (str(below.spend), str(above.spend)) == ("966.66", "966.67")
    others = {
        "aws-basic": ZERO,
        "aws-business": Fraction(100),
        "aws-enterprise-onramp": Fraction(5500),
        "aws-enterprise": Fraction(15000),
    }
    assert below.fees == {**others, "aws-developer": Fraction(29)}
    assert above.fees == {**others, "aws-developer": Fraction("29.0001")}


def test_aws_onramp_is_dominated_from_where_it_costs_what_enterprise_costs() -> None:
    """10 % of 150,000 is Enterprise's minimum of 15,000; above it 7 % and less against 10 %.

    Enterprise answers sooner (15 minutes, not 30) and has a TAM of one's own, which is assumed: AWS
    calls it "designated". Every other plan costs less than those above it at every spend.
    """
    found = break_even(aws("2025-06-01"))
    assert [(d.plan.id, d.by.id, d.start, d.end, d.assumed) for d in found.dominated] == [
        ("aws-enterprise-onramp", "aws-enterprise", Fraction(150_000), None, True)
    ]
    at = Fraction(150_000)
    assert found.fees["aws-enterprise-onramp"](at) == found.fees["aws-enterprise"](at) == 15_000


def test_aws_business_plus_costs_100_less_from_10000_on() -> None:
    """10 % of the first 10,000 is 1,000, 9 % is 900; above it both have 7, 5 and 3 %.

    Below: 29 is 9 % of 2900/9, and 100 is 10 % of 1,000.
    """
    found = gap(break_even(aws("2026-02-01")), "aws-business", "aws-business-plus")
    assert found == (
        Segment(ZERO, Fraction(-71), ZERO),
        Segment(Fraction(2900, 9), Fraction(-100), Fraction(9, 100)),
        Segment(Fraction(1000), ZERO, Fraction(-1, 100)),
        Segment(Fraction(10_000), Fraction(-100), ZERO),
    )


# Small plans, worked by hand

SHARE, FLAT = plan("share", 1, share("3")), plan("flat", 2, flat("29"))


@pytest.mark.parametrize(
    ("spend", "start"),
    [
        ("0", "0"),
        ("966.66", "0"),
        ("2900/3", "2900/3"),
        ("966.67", "2900/3"),
        ("1000000", "2900/3"),
    ],
)
def test_position_is_the_range_that_the_spend_lies_in(spend: str, start: str) -> None:
    """3 % of 2900/3 is 29; the start of a range belongs to it."""
    found = break_even(advised(SHARE, FLAT)).position(Fraction(spend))
    assert found is not None
    assert found.start == Fraction(start)


def test_there_is_no_position_where_no_plan_meets_the_needs() -> None:
    found = break_even(advised(SHARE, FLAT, needs=Needs(tam=True)))
    assert (found.eligible, found.ranges, found.paid) == ((), (), ())
    assert found.position(Fraction(1000)) is None
    assert len(found.pairs) == 1  # which is about every plan with a price


@pytest.mark.parametrize(
    ("threshold", "currency", "spends"),
    [
        ("250000", "CNY", ("249999.99", "250000.00")),
        ("2900/3", "JPY", ("966", "967")),
        ("967", "JPY", ("966", "967")),
        ("2900/3", "KWD", ("966.666", "966.667")),
        ("1/1000", "CNY", ("0.00", "0.01")),
    ],
)
def test_sides_are_a_unit_of_the_currency_apart(
    threshold: str, currency: str, spends: tuple[str, str]
) -> None:
    found = sides(break_even(advised(SHARE)), Fraction(threshold), currency)
    assert tuple(str(side.spend) for side in found) == spends
    for side, spend in zip(found, spends, strict=True):
        assert side.fees == {"share": Fraction(spend) * 3 / 100}


def test_sides_tell_the_plans_that_meet_the_needs() -> None:
    with_tam = plan("tam", 3, flat("99"), tam=Tam.DEDICATED)
    found = break_even(advised(SHARE, with_tam, needs=Needs(tam=True)))
    below, above = sides(found, Fraction(10), "CNY")
    assert below.fees == above.fees == {"tam": Fraction(99)}


BILLING = Billing(Spreading.BY_MONTH, listed=True, currency="CNY")
TERM = Term(day("2026-01-01"), 12)
ORDER = Order(Fraction(1200), None, TERM)  # 100 a month


@pytest.mark.parametrize(
    ("usage", "spend"),
    [
        pytest.param(usage_of(TERM, Spends(Fraction(100)), (), BILLING), 100, id="level"),
        pytest.param(usage_of(TERM, Spends(ZERO), (ORDER,), BILLING), 100, id="orders only"),
        pytest.param(usage_of(TERM, Spends(Fraction(100)), (ORDER,), BILLING), 200, id="orders"),
        pytest.param(
            usage_of(TERM, Spends(series=(Fraction(7), Fraction(8))), (), BILLING), 7, id="series"
        ),
        pytest.param(usage_of(TERM, Spends(), (), BILLING), None, id="unknown"),
        pytest.param(every_month("5"), 5, id="months only"),
        pytest.param(every_month(None), None, id="months only, unknown"),
    ],
)
def test_where_the_customer_stands(usage: Usage, spend: int | None) -> None:
    assert spend_of(advised(SHARE, usage=usage)) == spend


@pytest.mark.parametrize(
    ("agreed", "threshold"),
    [
        (AS_PUBLISHED, 500),  # 100 = 20 % of 500
        (PriceTerms(Discount(Fraction(1, 2))), 500),  # 50 = 10 % of 500
        (PriceTerms(Discount(Fraction(1, 2), prepaid=False)), 1000),  # 100 = 10 % of 1,000
    ],
)
def test_a_discount_counts(agreed: PriceTerms, threshold: int) -> None:
    prepaid = plan("prepaid", 2, flat("100"), prepaid=flat("100"))
    advice = advised(plan("share", 1, share("20")), prepaid, agreed=agreed)
    assert ranges(advice) == [(ZERO, ("share",)), (Fraction(threshold), ("prepaid",))]


def test_what_is_given_away_costs_nothing() -> None:
    found = break_even(advised(SHARE, FLAT, agreed=PriceTerms(Discount(Fraction(1)))))
    assert told(found.ranges) == [(ZERO, ("flat", "share"))]
    assert found.paid == ()


@pytest.mark.parametrize(("seats", "threshold"), [("0", 500), ("5", 1000)])
def test_quantities_count(seats: str, threshold: int) -> None:
    """50 and 10 a seat: 50 or 100, which is 10 % of 500 or of 1,000."""
    seat = extra("seat", apiece("10"), "seats")
    plans = catalogue(plan("share", 1, share("10")), plan("seats", 2, flat("50"), extras=[seat]))
    counted = Quantity("seats", Text({"en": "seats"}), QuantityUnit.COUNT)
    usage = UNKNOWN._replace(quantities=numbers(seats=seats))
    advice = recommend(plans._replace(quantities=(counted,)), NO_NEEDS, usage)
    assert ranges(advice) == [(ZERO, ("share",)), (Fraction(threshold), ("seats",))]


def test_a_plan_without_a_price_has_no_part_in_it() -> None:
    """One whose source has none, one that lacks a number of seats."""
    seat = extra("seat", apiece("10"), "seats")
    unpriced = plan("unpriced", 2), plan("seats", 3, flat("1"), extras=[seat])
    found = break_even(advised(SHARE, *unpriced, FLAT._replace(tier=4)))
    assert set(found.fees) == {"share", "flat"}
    assert [(pair.lower.id, pair.higher.id) for pair in found.pairs] == [("share", "flat")]
    assert told(found.ranges) == [(ZERO, ("share",)), (Fraction(2900, 3), ("flat",))]


@pytest.mark.parametrize(
    ("fee", "months", "threshold"),
    [
        pytest.param(with_past(plan("it", 2, flat("15")), past("9", "2026-06-30")), 12, 1200),
        pytest.param(with_past(plan("it", 2, flat("15")), past("9", "2026-06-30")), 6, 900),
        pytest.param(with_past(plan("it", 2, flat("15")), past("9", "2026-06-30")), 9, 1100),
        pytest.param(
            plan("it", 2, flat("5"), extras=[extra("visit", flat("60"), yearly=True)]), 12, 1000
        ),
        pytest.param(
            plan("it", 2, flat("5"), extras=[extra("visit", flat("60"), yearly=True)]), 6, 1500
        ),
    ],
)
def test_the_fee_is_a_month_s_on_average_over_the_term(
    fee: Plan, months: int, threshold: int
) -> None:
    """Against 1 %. Nine a month until June, then 15: 12 on average of 12 months, 9 of 6, 11 of 9.

    Or 5 a month and 60 once: 5 + 60 / 12 = 10 on average of 12 months, 5 + 60 / 6 = 15 of 6.
    """
    advice = advised(plan("share", 1, share("1")), fee, usage=every_month(None, months))
    assert ranges(advice) == [(ZERO, ("share",)), (Fraction(threshold), ("it",))]
    assert break_even(advice).fees["it"] == PiecewiseLinear.line(Fraction(threshold, 100))


def test_accounts_pay_each_for_itself_or_pooled() -> None:
    """Three accounts: 3 x the greater of 50 and 10 %, or the greater of 120 and 10 % of all.

    Each leaves 50 at 500 (150 together); pooled, 10 % of 3 x is 120 at x = 400. At 450 that is 135
    against 150, and from 500 on both are 30 % of x.
    """
    advice = advised(
        plan("each", 1, at_least("50", "10")),
        pooled(plan("pooled", 2, at_least("120", "10"))),
        usage=UNKNOWN._replace(accounts=3),
    )
    found = break_even(advice)
    assert told(found.ranges) == [(ZERO, ("pooled",)), (Fraction(500), ("pooled", "each"))]
    spends = Fraction(400), Fraction(450), Fraction(500), Fraction(600)
    assert [found.fees["pooled"](spend) for spend in spends] == [120, 135, 150, 180]
    assert [found.fees["each"](spend) for spend in spends] == [150, 150, 150, 180]


def test_a_plan_closed_to_new_customers_is_no_better_choice() -> None:
    """It still stands beside the others, and those who have it keep it; 5 against 10 a month."""
    closed = plan("closed", 2, flat("5"), validity=Validity(closed_to_new=day("2025-01-01")))
    dear = plan("dear", 1, flat("10"))
    found = break_even(advised(dear, closed))
    assert told(found.ranges) == [(ZERO, ("dear",))]
    assert found.dominated == ()
    assert [(pair.lower.id, pair.higher.id) for pair in found.pairs] == [("dear", "closed")]
    found = break_even(advised(dear, closed, needs=Needs(current_plan="closed")))
    assert told(found.ranges) == [(ZERO, ("closed",))]
    assert [(each.plan.id, each.by.id) for each in found.dominated] == [("dear", "closed")]


# Every spend that matters


@st.composite
def advices(draw: st.DrawFn) -> Advice:
    """Plans at random, some of them free, of which only those with a TAM are needed, or all."""
    found = draw(st.lists(schedules | st.just(flat("0")), min_size=1, max_size=4))
    tiers = draw(st.permutations(range(len(found))))
    kinds = draw(st.lists(st.sampled_from(Tam), min_size=len(found), max_size=len(found)))
    plans = [
        plan(f"plan-{tier}", tier, schedule, tam=kind)
        for tier, schedule, kind in zip(tiers, found, kinds, strict=True)
    ]
    return advised(*plans, needs=Needs(tam=draw(st.booleans())))


def naively_eligible(advice: Advice) -> list[Plan]:
    plans = advice.catalogue.plans
    return [p for p in plans if not advice.needs.tam or p.tam.kind is Tam.DEDICATED]


def stretches(plans: list[Plan]) -> list[tuple[Fraction, Fraction]]:
    """Between which spends no line begins or meets another, each with a spend amid them.

    There two fees keep their order: what holds amid holds throughout.
    """
    starts = sorted({ZERO, *possible_thresholds(plans)})
    return [(a, (a + b) / 2) for a, b in pairwise([*starts, starts[-1] + 1])]


def range_of(found: Sequence[SpendRange], spend: Fraction) -> SpendRange:
    (only,) = (r for r in found if r.start <= spend and (r.end is None or spend < r.end))
    return only


def check_ranges(found: Sequence[SpendRange], plans: list[Plan]) -> None:
    """Whether exactly the cheapest are named: amid every stretch, and some of them where it begins.

    Then by the cent: the first amount from each threshold on, and the one before.
    """
    told(found)
    assert bool(found) == bool(plans)
    if not plans:
        return
    for start, amid in stretches(plans):
        assert range_of(found, amid).plans == cheapest(plans, amid)
        assert set(ids(range_of(found, start).plans)) <= set(ids(cheapest(plans, start)))
    for each in found:
        above = Fraction(round_up(each.start, "CNY"))
        for spend in (above, max(above - CENT, ZERO)):
            assert set(ids(range_of(found, spend).plans)) <= set(ids(cheapest(plans, spend)))
        amid = (each.start + (each.end or each.start + 1000)) / 2
        assert set(ids(each.plans)) <= set(ids(cheapest(plans, amid)))


def ids(plans: Sequence[Plan]) -> list[str]:
    return [each.id for each in plans]


@pytest.mark.slow
@quick
@given(advices())
def test_ranges_name_exactly_the_cheapest_plans(advice: Advice) -> None:
    found = break_even(advice)
    eligible = naively_eligible(advice)
    assert ids(found.eligible) == ids(eligible)
    check_ranges(found.ranges, eligible)


@pytest.mark.slow
@quick
@given(advices())
def test_paid_ranges_are_those_of_the_plans_that_cost_something(advice: Advice) -> None:
    """Nothing amid every stretch and where it begins is nothing at every spend."""
    eligible = naively_eligible(advice)
    spends = [spend for stretch in stretches(eligible) for spend in stretch] if eligible else []
    paid = [p for p in eligible if any(total(p, spend) for spend in spends)]
    found = break_even(advice)
    if len(paid) == len(eligible):
        assert found.paid == ()
    else:
        check_ranges(found.paid, paid)


@pytest.mark.slow
@quick
@given(advices(), st.fractions(0, 100))
def test_fees_sides_gaps_and_position_agree_with_the_plans(advice: Advice, spend: Fraction) -> None:
    found = break_even(advice)
    plans = advice.catalogue.plans
    assert {name: fee(spend) for name, fee in found.fees.items()} == {
        p.id: total(p, spend) for p in plans
    }
    for pair, (lower, higher) in zip(found.pairs, pairwise(plans), strict=True):
        assert (pair.lower.id, pair.higher.id) == (lower.id, higher.id)
        assert pair.gap(spend) == total(higher, spend) - total(lower, spend)
    if found.eligible:
        assert found.position(spend) == range_of(found.ranges, spend)
    below, above = sides(found, spend + CENT, "CNY")
    assert Fraction(below.spend) < spend + CENT <= Fraction(above.spend)
    assert above.spend - below.spend == Decimal("0.01")
    for side in (below, above):
        at = Fraction(side.spend)
        assert side.fees == {p.id: total(p, at) for p in naively_eligible(advice)}
        assert advice.reading == found.reading == ONLY
