"""The advice at other spends, and the months of a term from which another plan is the cheapest."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.price_terms import AS_PUBLISHED, Discount, PriceTerms
from supportcli.advice.recommendation import Advice, PlanAdvice, recommend
from supportcli.advice.sensitivity import CHANGES, Scenario, scenarios, scenarios_at, turns
from supportcli.advice.usage import (
    Billing,
    Growth,
    MonthSpend,
    Order,
    Origin,
    Spends,
    Usage,
    usage_of,
)
from supportcli.core.conditions import Spreading
from supportcli.core.period import Term
from supportcli.core.plan import Plan
from supportcli.core.schedule import GreaterOf
from supportcli.needs.registry import Needs
from tests.builders import (
    ONLY,
    START,
    catalogue,
    day,
    every_month,
    extra,
    flat,
    numbers,
    past,
    plan,
    pooled,
    share,
    shipped,
    with_past,
    within,
)

TENTH, HALF = Fraction(1, 10), Fraction(1, 2)
BILLING = Billing(Spreading.BY_MONTH, listed=True, currency="CNY")
SHARE, FLAT = plan("share", 1, share("10")), plan("flat", 2, flat("100"))


def in_term(spends: Spends, months: int = 12, *orders: Order, start: str = "2026-01-01") -> Usage:
    return usage_of(Term(day(start), months), spends, orders, BILLING)


def series(*spends: str) -> Usage:
    return in_term(Spends(series=tuple(map(Fraction, spends))), len(spends))


def growing(spend: str, percent: str, months: int = 12, every: int = 1) -> Usage:
    return in_term(Spends(Fraction(spend), Growth(Fraction(percent) / 100, every)), months)


def advise(
    *plans: Plan, usage: Usage, needs: Needs | None = None, agreed: PriceTerms = AS_PUBLISHED
) -> Advice:
    return recommend(catalogue(*plans), needs or Needs(), usage, agreed=agreed)


# Every spend that was given multiplied


def amounts(months: tuple[MonthSpend, ...] | None) -> list[str]:
    return [str(month.spend) for month in months or ()]


@pytest.mark.parametrize(
    ("usage", "factor", "months"),
    [
        (every_month("100", 2), "3/2", ["150", "150"]),
        (every_month("100", 2), "1/3", ["100/3", "100/3"]),
        (every_month("100", 2), "0", ["0", "0"]),
        (every_month(None, 2), "2", ["None", "None"]),
        (in_term(Spends(Fraction(100)), 2), "3/2", ["150", "150"]),
        (in_term(Spends(), 2), "2", ["None", "None"]),
        (series("5", "0", "0.005"), "2", ["10", "0", "1/100"]),
        # 750, 825, 907.50, 998.25, 1,098.075 to the cent
        (growing("500", "10", 5), "3/2", ["750", "825", "1815/2", "3993/4", "27452/25"]),
    ],
)
def test_usage_times(usage: Usage, factor: str, months: list[str]) -> None:
    assert amounts(usage.times(Fraction(factor)).months) == months


def test_times_counts_the_months_of_the_first_year_too() -> None:
    for usage in (every_month("100", 2), in_term(Spends(Fraction(100)), 2)):
        assert amounts(usage.times(HALF).first_year) == ["50"] * 12
    alone = Usage((MonthSpend(START, Fraction(100)),))
    assert alone.times(HALF) == Usage((MonthSpend(START, Fraction(50)),))


def test_times_leaves_prepaid_orders_as_they_are() -> None:
    """5,000 as it goes and 10,000 of an order: half of the first is 2,500."""
    order = Order(Fraction(120000), None, Term(day("2026-01-01"), 12))
    usage = in_term(Spends(Fraction(5000)), 12, order).times(HALF)
    assert amounts(usage.months) == ["12500"] * 12
    assert {month.ordered for month in usage.months} == {Fraction(10000)}
    assert {month.counted for month in usage.months} == {Fraction(12500)}


def test_times_keeps_all_else() -> None:
    origin = Origin(Term(day("2026-03-15"), 3), Spends(Fraction(9)), (), BILLING, estimated=True)
    made = usage_of(origin.term, origin.spends, (), BILLING)
    seats = numbers(seats="7")
    usage = made._replace(quantities=seats, accounts=4, origin=origin)
    other = usage.times(Fraction(2))
    assert (other.quantities, other.accounts, other.spend_known) == (seats, 4, True)
    assert (other.first, other.last) == (day("2026-03-15"), day("2026-06-14"))
    assert other.origin == origin._replace(spends=Spends(Fraction(18)))
    held = MonthSpend(START, Fraction(9), HALF, Fraction(4), Fraction(5), Fraction(3))
    [month] = Usage((held,), seats, accounts=4).times(Fraction(2)).months
    assert month._replace(ordered=Fraction(0)) == MonthSpend(
        START, Fraction(18), HALF, Fraction(0), Fraction(10), Fraction(6)
    )


# Scenarios by hand: 10% of spend, or 100 a month; of the same cost the flat one, a higher tier


def said(found: Scenario) -> str:
    return f"{found.change}: {found.spend}, {found.entry.plan.id}, {found.annual}"


def test_other_spends_than_800() -> None:
    """10% of 400, 600, 720, 880 is less than 100; of 1,000 the same, of 1,200 more."""
    advice = advise(SHARE, FLAT, usage=every_month("800"))
    assert list(map(said, scenarios(advice))) == [
        "-1/2: 400, share, 480.00",
        "-1/4: 600, share, 720.00",
        "-1/10: 720, share, 864.00",
        "1/10: 880, share, 1056.00",
        "1/4: 1000, flat, 1200.00",
        "1/2: 1200, flat, 1200.00",
    ]


def test_other_spends_than_120000_of_the_shipped_catalogue() -> None:
    """Premier at 50,000 + 10% of 60,000 and 180,000: 56,000 and 68,000 a month."""
    usage = in_term(Spends(Fraction(120000)))
    advice = recommend(shipped(), Needs(tam=True), usage)
    assert list(map(said, scenarios(advice, (-HALF, HALF)))) == [
        "-1/2: 60000, premier, 672000.00",
        "1/2: 180000, premier, 816000.00",
    ]


def test_other_spends_after_a_discount() -> None:
    """30% off: 12 x 28 of 40; at 1,200 the flat plan, 12 x 70. Of what is prepaid none is off."""
    usage = every_month("800")
    advice = advise(SHARE, FLAT, usage=usage, agreed=PriceTerms(Discount(Fraction(3, 10))))
    assert list(map(said, scenarios(advice, (-HALF, HALF)))) == [
        "-1/2: 400, share, 336.00",
        "1/2: 1200, flat, 840.00",
    ]
    prepaid = plan("prepaid", 2, flat("100"), prepaid=flat("100"))
    agreed = PriceTerms(Discount(Fraction(3, 10), prepaid=False))
    # at 1,200 70% of 120 is 84, less than 100; at 1,600 it is 112
    advice = advise(SHARE, prepaid, usage=usage, agreed=agreed)
    assert list(map(said, scenarios(advice, (HALF, Fraction(1))))) == [
        "1/2: 1200, share, 1008.00",
        "1: 1600, prepaid, 1200.00",
    ]


def test_a_series_has_no_one_spend() -> None:
    """10% of (500 + 1,500) is 200, as dear as the flat plan; of half 100, of double 400."""
    advice = advise(SHARE, FLAT, usage=series("500", "1500"))
    assert list(map(said, scenarios(advice, (-HALF, Fraction(0), Fraction(1))))) == [
        # the year is the series and ten months more of its last spend: 25 + 11 x 75
        "-1/2: None, share, 850.00",
        "0: None, flat, 1200.00",
        "1: None, flat, 1200.00",
    ]


def test_all_the_spend_gone() -> None:
    advice = advise(SHARE, FLAT, usage=every_month("800"))
    assert list(map(said, scenarios(advice, (Fraction(-1),)))) == ["-1: 0, share, 0.00"]


def test_a_plan_that_does_not_fit_or_has_no_price_is_in_no_scenario() -> None:
    needs = Needs(response=(within("1h"),))
    none = advise(SHARE, FLAT, usage=every_month("800"), needs=needs)
    assert scenarios(none) == ()
    only = advise(FLAT, plan("unpriced", 3), usage=every_month("800"))
    assert {found.entry.plan.id for found in scenarios(only)} == {"flat"}


@pytest.mark.parametrize(
    "usage",
    [
        every_month(None),
        every_month("0"),
        in_term(Spends()),
        in_term(Spends(Fraction(0))),
        series("0", "0"),
        in_term(Spends(Fraction(0)), 12, Order(Fraction(9), None, Term(day("2026-01-01"), 1))),
        Usage((MonthSpend(START, Fraction(5)), MonthSpend(START.plus(1), None))),
    ],
)
def test_no_scenarios_where_no_spend_was_given_that_could_be_more(usage: Usage) -> None:
    advice = advise(FLAT, usage=usage)
    assert advice.recommended is not None
    assert scenarios(advice) == ()


def test_no_scenario_where_no_plan_can_be_chosen() -> None:
    """No advice is such: the plan that it recommends has a price at every spend."""
    advice = advise(FLAT, usage=every_month("800"))._replace(plans=())
    assert scenarios(advice) == ()


@pytest.mark.parametrize(
    "usage", [every_month("200"), in_term(Spends(Fraction(200))), growing("200", "0")]
)
def test_scenarios_at_spends_that_are_given(usage: Usage) -> None:
    """50, 200 and 1,300 are -75%, the same, and 5.5 times more than 200."""
    advice = advise(SHARE, FLAT, usage=usage)
    spends = [Fraction(50), Fraction(200), Fraction(1300)]
    assert list(map(said, scenarios_at(advice, spends))) == [
        "-3/4: 50, share, 60.00",
        "0: 200, share, 240.00",
        "11/2: 1300, flat, 1200.00",
    ]


def test_scenarios_at_a_spend_of_endless_decimals() -> None:
    """From 30, 10 is a third: back to 10 without a loss."""
    advice = advise(SHARE, FLAT, usage=every_month("30"))
    assert list(map(said, scenarios_at(advice, [Fraction(10)]))) == ["-2/3: 10, share, 12.00"]


@pytest.mark.parametrize("usage", [every_month("0"), every_month(None), series("5", "6")])
def test_no_scenarios_at_spends_without_a_level_above_0(usage: Usage) -> None:
    assert scenarios_at(advise(FLAT, usage=usage), [Fraction(5)]) == ()


# Scenarios against the advice asked afresh


@dataclass(frozen=True)
class Told:
    """A usage before it is made: what of it is multiplied, and what stays."""

    spends: tuple[Fraction, ...]
    growth: Growth | None
    orders: tuple[Order, ...]
    accounts: int
    start: str
    months: int
    by_hand: Callable[["Told", Fraction], Usage]

    def made(self, factor: Fraction) -> Usage:
        return self.by_hand(self, factor)._replace(accounts=self.accounts)


def of_level(told: Told, factor: Fraction) -> Usage:
    spends = Spends(told.spends[0] * factor, told.growth)
    return in_term(spends, told.months, *told.orders, start=told.start)


def of_series(told: Told, factor: Fraction) -> Usage:
    spends = Spends(series=tuple(spend * factor for spend in told.spends))
    return in_term(spends, told.months, *told.orders, start=told.start)


def of_whole_months(told: Told, factor: Fraction) -> Usage:
    return Usage.level(told.spends[0] * factor, START, told.months)


cents = st.integers(1, 500_000).map(lambda count: Fraction(count, 100))
usages = st.builds(
    Told,
    st.lists(cents, min_size=1, max_size=5).map(tuple),
    st.sampled_from([None, Growth(TENTH, 1), Growth(-TENTH, 1), Growth(HALF, 12)]),
    st.lists(
        st.builds(Order, cents, st.none(), st.builds(Term, st.just(day("2026-02-10")), st.just(9))),
        max_size=1,
    ).map(tuple),
    st.sampled_from([1, 1, 3]),
    st.sampled_from(["2026-01-01", "2026-03-15"]),
    st.sampled_from([1, 5, 12, 14]),
    st.sampled_from([of_level, of_series, of_whole_months]),
)
deals = st.sampled_from(
    [AS_PUBLISHED, PriceTerms(Discount(Fraction(3, 10))), PriceTerms(Discount(HALF, prepaid=False))]
)
PLANS = (
    SHARE,
    FLAT,
    plan("least", 3, GreaterOf(flat("30"), share("7")), prepaid=flat("30")),
    with_past(plan("later", 4, flat("90")), past("20", "2026-06-30")),
    pooled(plan("pooled", 5, GreaterOf(flat("60"), share("4")))),
    plan("yearly", 6, flat("45"), extras=[extra("visit", flat("240"), yearly=True)]),
    plan("unpriced", 7),
)
some_plans = st.sets(st.sampled_from(range(len(PLANS))), min_size=2).map(
    lambda chosen: [PLANS[index] for index in sorted(chosen)]
)
factors = st.fractions(-1, 2, max_denominator=100)


def cost(advice: Advice, entry: PlanAdvice) -> Decimal:
    """The year by hand: of every month's invoice the discount, to the cent, is taken off.

    Accounts whose spend is not pooled get an invoice each, and each has its own cent rounded.
    """
    quote = entry.quotes[advice.reading]
    assert quote is not None
    assert len(quote.year) >= 12
    times = 1 if entry.plan.id == "pooled" else advice.usage.accounts
    off = Decimal(0)
    for month in quote.year:
        if advice.agreed.discount is not None:
            base = Fraction(month.charge.total)
            if not advice.agreed.discount.prepaid:
                base -= Fraction(month.charge.prepaid or 0)
            each = Decimal(floor(base / times * advice.agreed.discount.rate * 100 + HALF)) / 100
            off += each * times
    return sum((month.charge.total for month in quote.year), Decimal(0)) - off


@pytest.mark.slow
@settings(deadline=None, max_examples=200)
@given(some_plans, usages, deals, st.lists(factors, min_size=1, max_size=3))
def test_each_scenario_is_the_advice_asked_afresh(
    plans: list[Plan], told: Told, agreed: PriceTerms, changes: list[Fraction]
) -> None:
    advice = advise(*plans, usage=told.made(Fraction(1)), agreed=agreed)
    found = scenarios(advice, changes)
    if advice.recommended is None:
        assert found == ()
        return
    assert [each.change for each in found] == changes
    for each in found:
        afresh = advise(*plans, usage=told.made(1 + each.change), agreed=agreed)
        assert afresh.recommended is not None
        assert each.entry.plan == afresh.recommended.plan
        assert each.annual == cost(afresh, afresh.recommended)
        assert each.entry.quotes[ONLY] == afresh.recommended.quotes[ONLY]
        level = None if told.by_hand is of_series else told.spends[0] * (1 + each.change)
        assert each.spend == level


def test_each_change_is_tried_unless_told_otherwise() -> None:
    percent = [int(change * 100) for change in CHANGES]
    assert percent == [-50, -25, -10, 10, 25, 50]


# Turns


def turned(advice: Advice) -> list[str]:
    return [f"{turn.number} {turn.month} {turn.entry.plan.id}" for turn in turns(advice)]


def test_growth_carries_over_the_threshold_in_the_ninth_month() -> None:
    """10% of spend is 100 at a spend of 1,000.

    By 10% a month from 500: 550, 605, 665.50, 732.05, 805.255 (805.26), 885.7805 (885.78),
    974.35855 (974.36), and in month 9 1,071.794405 (1,071.79), of which 10% is more than 100.
    """
    advice = advise(SHARE, FLAT, usage=growing("500", "10"))
    assert [str(month.spend) for month in advice.usage.months[7:9]] == ["24359/25", "107179/100"]
    assert turned(advice) == ["1 2026-01 share", "9 2026-09 flat"]


def test_growth_that_ends_before_the_threshold_is_no_turn() -> None:
    assert turned(advise(SHARE, FLAT, usage=growing("500", "10", 8))) == []


def test_growth_by_the_year_turns_with_a_year() -> None:
    """900, and 20% more, 1,080, from the thirteenth month on."""
    advice = advise(SHARE, FLAT, usage=growing("900", "20", 24, every=12))
    assert turned(advice) == ["1 2026-01 share", "13 2027-01 flat"]


def test_shipped_plans_turn_under_the_floor_reading_with_those_that_do_not_fit_left_out() -> None:
    """Premier and Enterprise cost the same from 500,000 on; below it Enterprise costs less.

    250,000 and then 500,000 and 600,000: 25,000, 50,000, 60,000 in Enterprise, and 50,000, 50,000,
    60,000 in Premier, so Enterprise is never dearer and nothing turns.
    """
    needs = Needs((within("10m", "unavailable"),), tickets=40)
    usage = series("250000", "500000", "600000")
    assert turned(recommend(shipped(), needs, usage, "floor")) == []


@pytest.mark.parametrize(
    ("spends", "expected"),
    [
        (("999.90", "1000.10"), ["1 2026-01 share", "2 2026-02 flat"]),
        (("1000", "1000"), []),
        (("500", "999", "0"), []),
        (("2000", "1001"), []),
        # at 1,000 both cost the same: no turn until one costs less
        (("500", "1000", "1000", "2000"), ["1 2026-01 share", "4 2026-04 flat"]),
        (("500", "1000", "500"), []),
        # there and back
        (
            ("500", "2000", "500"),
            ["1 2026-01 share", "2 2026-02 flat", "3 2026-03 share"],
        ),
        # the recommended one of equals: 300 against 200, so flat
        (("1000", "2000"), []),
        # 150 against 200, so share
        (("1000", "500"), []),
        # 100 + 150 + 10 against 300: share is recommended, though flat costs less in between
        (
            ("1000", "1500", "100"),
            ["1 2026-01 share", "2 2026-02 flat", "3 2026-03 share"],
        ),
    ],
)
def test_turns_of_a_series(spends: tuple[str, ...], expected: list[str]) -> None:
    assert turned(advise(SHARE, FLAT, usage=series(*spends))) == expected


def test_a_fee_that_changes_within_the_term_is_a_turn() -> None:
    """3 to the end of June and then 9, against 5 in every month."""
    later = with_past(plan("later", 1, flat("9")), past("3", "2026-06-30"))
    advice = advise(later, plan("steady", 2, flat("5")), usage=every_month("1"))
    assert turned(advice) == ["1 2026-01 later", "7 2026-07 steady"]


def test_of_equal_plans_that_are_not_recommended_the_higher_tier_is_told() -> None:
    """In January 5, 5 and 9; from February on the third is free: 9 against 60 a year."""
    free = with_past(plan("free", 3, flat("0")), past("9", "2026-01-31"))
    equals = plan("low", 1, flat("5")), plan("mid", 2, flat("5"))
    advice = advise(*equals, free, usage=every_month("1"))
    assert turned(advice) == ["1 2026-01 mid", "2 2026-02 free"]


def test_a_yearly_charge_counts_by_its_twelfth() -> None:
    """10 + 120 / 12 = 20 is 10% of 200."""
    visit = plan("visit", 2, flat("10"), extras=[extra("visit", flat("120"), yearly=True)])
    advice = advise(SHARE, visit, usage=series("199", "201"))
    assert turned(advice) == ["1 2026-01 share", "2 2026-02 visit"]


def test_a_discount_of_what_is_not_prepaid_moves_the_threshold() -> None:
    """Half off 10% is 5%, which is 100 at 2,000; of the other plan all is prepaid."""
    prepaid = plan("prepaid", 2, flat("100"), prepaid=flat("100"))
    usage = series("1001", "1999", "2001")
    agreed = PriceTerms(Discount(HALF, prepaid=False))
    assert turned(advise(SHARE, prepaid, usage=usage)) == []
    expected = ["1 2026-01 share", "3 2026-03 prepaid"]
    assert turned(advise(SHARE, prepaid, usage=usage, agreed=agreed)) == expected


def test_the_spend_of_pooled_accounts_counts_together() -> None:
    """Ten accounts of 99, then of 101: 10% of 990 and 1,010 against one fee of 100.

    Where each account pays its own, 9.90 and 10.10 are both less than 100.
    """
    usage = series("99", "101")._replace(accounts=10)
    together = pooled(SHARE), pooled(FLAT)
    assert turned(advise(*together, usage=usage)) == ["1 2026-01 share", "2 2026-02 flat"]
    assert turned(advise(SHARE, FLAT, usage=usage)) == []


def test_an_order_carries_over_the_threshold_while_it_lasts() -> None:
    """500 as it goes and 600 a month of an order from March to April: 1,100, of which 10% is 110.

    The term begins on 15 January: its months are counted from there.
    """
    order = Order(Fraction(1200), None, Term(day("2026-03-01"), 2))
    usage = in_term(Spends(Fraction(500)), 6, order, start="2026-01-15")
    expected = ["1 2026-01 share", "3 2026-03 flat", "5 2026-05 share"]
    assert turned(advise(SHARE, FLAT, usage=usage)) == expected


def test_a_plan_that_cannot_be_recommended_takes_no_turn() -> None:
    cheap = plan("cheap", 3, share("1"))
    needs = Needs(tam=True)
    assert turned(advise(SHARE, FLAT, cheap, usage=growing("500", "10"), needs=needs)) == []
    unpriced = advise(SHARE, FLAT, plan("unpriced", 3), usage=growing("500", "10"))
    assert turned(unpriced) == ["1 2026-01 share", "9 2026-09 flat"]


def test_an_unknown_spend_takes_no_turn() -> None:
    usage = Usage((MonthSpend(START, Fraction(1)), MonthSpend(START.plus(1), None)))
    assert turned(advise(SHARE, FLAT, usage=usage)) == []
    assert turned(advise(SHARE, FLAT, usage=every_month(None))) == []


@pytest.mark.parametrize("spend", ["500", None])
def test_a_fee_that_becomes_unknown_within_the_term_is_compared_with_none(
    spend: str | None,
) -> None:
    """5 to the end of June, then unknown: the year's price is unknown, so the other is advised."""
    ends = with_past(plan("ends", 1), past("5", "2026-06-30"))
    advice = advise(ends, plan("other", 2, flat("9")), usage=every_month(spend))
    assert advice.recommended is not None
    assert advice.recommended.plan.id == "other"
    assert turned(advice) == []


spends_by_month = st.lists(
    st.sampled_from(["0", "300", "999.99", "1000", "1000.01", "5000"]), min_size=1, max_size=8
)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(spends_by_month, st.sampled_from(["5", "10", "20"]), st.sampled_from(["0", "50", "100"]))
def test_the_plan_of_a_turn_is_the_cheapest_until_the_next(
    spends: list[str], percent: str, base: str
) -> None:
    """Against each month's advice asked alone."""
    plans = (plan("a", 1, share(percent)), plan("b", 2, share("1", base)), FLAT._replace(tier=3))
    found = turns(advise(*plans, usage=series(*spends)))
    starts = [turn.number for turn in found]
    assert starts == sorted(set(starts))
    assert starts == [] or starts[0] == 1 < len(starts)
    for turn, end in zip(found, [*starts, len(spends) + 1][1:], strict=True):
        for spend in spends[turn.number - 1 : end - 1]:
            alone = advise(*plans, usage=every_month(spend, 1))
            equal = [entry for entry in (alone.recommended, *alone.tied) if entry]
            assert turn.entry.plan in [entry.plan for entry in equal]
    for before, after in pairwise(found):
        assert before.entry.plan != after.entry.plan
