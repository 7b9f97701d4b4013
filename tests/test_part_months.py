"""What a part of a month costs, by the rule of each plan."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportcli.advice.part_month import part_fee
from supportcli.advice.quote import price
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.conditions import (
    ChangeDay,
    PartMonth,
    Proration,
    ProrationUnit,
    days_on_old_plan,
)
from supportcli.core.money import round_half_up
from supportcli.core.period import Month, parse_date
from supportcli.core.piecewise import ZERO
from supportcli.core.plan import Fee, Plan
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue

JUNE, FEBRUARY = Month(2026, 6), Month(2028, 2)
PLANS = {plan.id: plan for name in SHIPPED for plan in load_catalogue(name).plans}


def part(plan: Plan, spend: str, share: Fraction, reading: str) -> tuple[Decimal, Decimal | None]:
    usage = Usage((MonthSpend(JUNE, Fraction(spend), share),))
    quote = price(plan, usage, reading)
    assert quote is not None
    [month] = quote.months
    return month.charge.total, month.charge.prepaid


@pytest.mark.parametrize(
    ("plan", "reading", "spend", "days", "total", "prepaid"),
    [
        # Scaleway, the fee by days: 10% of 3,000 is 300; 19 of 30 days are 190.00
        ("scw-business", "table", "3000", 19, "190.00", None),
        # its minimum too: 250 x 19/30 = 158.333
        ("scw-business", "table", "100", 19, "158.33", None),
        # Alibaba, the spend by days, what is prepaid in full: 10% of 60,000 on top of 5,000
        ("enterprise-trial", "additive", "120000", 15, "11000.00", "5000.00"),
        # the greater of 5,000 and 10% of 60,000
        ("enterprise-trial", "floor", "120000", 15, "6000.00", "5000.00"),
        ("enterprise-trial", "floor", "60000", 15, "5000.00", "5000.00"),
        # AWS, the minimum by days, above it what was spent: 100 x 15/30 = 50; 10% of 250 is 25
        ("aws-business", "published", "500", 15, "50.00", "50.00"),
        # 10% of 10,000 + 7% of 2,000 on the 12,000 of half a month at 24,000
        ("aws-business", "published", "24000", 15, "1140.00", "50.00"),
        # 3% of 1,000 is 30, above 29 x 15/30
        ("aws-developer", "published", "2000", 15, "30.00", "14.50"),
        # Azure, in full
        ("azure-standard", "published", "0", 1, "100.00", None),
        # Google states no rule: the fee by days, which is assumed: 3% of 2,000 is 60
        ("gcp-standard", "published", "2000", 15, "30.00", None),
    ],
)
def test_part_of_a_month_of_30_days(
    plan: str, reading: str, spend: str, days: int, total: str, prepaid: str | None
) -> None:
    share = Fraction(days, 30)
    expected = Decimal(total), None if prepaid is None else Decimal(prepaid)
    assert part(PLANS[plan], spend, share, reading) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "plan", [pytest.param(plan, id=name) for name, plan in PLANS.items() if plan.fees]
)
@given(st.integers(0, 10**9), st.integers(1, 30))
def test_a_part_costs_no_more_than_the_month(plan: Plan, cents: int, days: int) -> None:
    spend = str(Fraction(cents, 100))
    plan = plan.with_quantities({extra.quantity or "": Fraction(3) for extra in plan.extras})
    for reading in plan.fees or {}:
        whole = part(plan, spend, Fraction(1), reading)
        some = part(plan, spend, Fraction(days, 30), reading)
        assert 0 <= some[0] <= whole[0]
        assert some[1] is None or 0 <= some[1] <= some[0]


@pytest.mark.slow
@pytest.mark.parametrize("rule", list(PartMonth))
@given(
    st.sampled_from([plan for plan in PLANS.values() if plan.fees]),
    st.integers(0, 10**9),
    st.integers(1, 29),
    st.none() | st.integers(1, 29),
    st.booleans(),
)
def test_a_part_as_a_function_of_spend_is_what_is_charged(
    rule: PartMonth, plan: Plan, cents: int, days: int, opening: int | None, reshaped: bool
) -> None:
    """Against the charge of that one spend, by every rule, of the plan as it is and with extras."""
    numbers = {extra.quantity or "": Fraction(3) for extra in plan.extras}
    plan = plan._replace(terms=plan.terms.prorated(rule)).with_quantities(numbers)
    plan = plan._replace(published={}) if reshaped else plan
    share, spend = Fraction(days, 30), Fraction(cents, 100)
    for reading in plan.fees or {}:
        whole = part_fee(plan, reading, Fraction(1))
        assert (whole.total, whole.prepaid) == (plan.fees or {})[reading][:2]
        opened = None if opening is None else Fraction(opening, 30)
        held = None if opened is None else opened * spend
        month = MonthSpend(JUNE, spend, share, opened=held)
        quote = price(plan._replace(fees=without_yearly(plan)), Usage((month,)), reading)
        assert quote is not None
        charge = quote.months[0].charge
        found = part_fee(plan, reading, share, opened)
        assert round_half_up(found.total(spend), plan.currency) == charge.total
        if found.prepaid is not None:
            assert round_half_up(found.prepaid(spend), plan.currency) == charge.prepaid


def test_one_minimum_covers_both_parts_of_the_month_that_a_term_begins_in() -> None:
    """The greater of 25,000 and 10 % of 1,200,000 x 17/31 is 65,806.45.

    With the other 14 days it is 10 % of 1,200,000: 120,000 in all, so 54,193.55 for the rest. At
    100,000 neither part reaches the minimum: 25,000.00, and nothing for the rest.
    """
    plan = PLANS["enterprise"]
    for spend, first, rest in (("1200000", "65806.45", "54193.55"), ("100000", "25000.00", "0.00")):
        spends = Fraction(spend)
        share = Fraction(17, 31)
        months = (
            MonthSpend(JUNE, spends, share),
            MonthSpend(JUNE.plus(12), spends, 1 - share, opened=spends * share),
        )
        quote = price(plan, Usage(months), "floor")
        assert quote is not None
        charges = [month.charge for month in quote.months]
        assert [str(charge.total) for charge in charges] == [first, rest]
        assert charges[1].prepaid == 0


def without_yearly(plan: Plan) -> dict[str, Fee]:
    """The fees without what is charged once a year, which no part of a month bears."""
    fees = plan.fees or {}
    return {name: fee._replace(yearly=ZERO, yearly_prepaid=ZERO) for name, fee in fees.items()}


def test_the_month_that_is_shown_is_the_first_whole_one() -> None:
    spends = [MonthSpend(JUNE.plus(index), Fraction(3000)) for index in range(3)]
    spends[0] = spends[0]._replace(share=Fraction(19, 30))
    quote = price(PLANS["scw-business"], Usage(tuple(spends)), "table")
    assert quote is not None
    assert [str(m.charge.total) for m in quote.months] == ["190.00", "300.00", "300.00"]
    assert quote.monthly.total == 300
    assert sum(part.amount for part in quote.slices) == 300
    alone = price(PLANS["scw-business"], Usage(tuple(spends[:1])), "table")
    assert alone is not None
    assert alone.monthly.total == 300
    assert alone.annual.total == 190


@pytest.mark.parametrize(
    ("month", "first", "last", "share"),
    [
        (JUNE, "2026-06-01", "2026-06-30", Fraction(1)),
        (JUNE, "2026-01-01", "2027-01-01", Fraction(1)),
        (JUNE, "2026-06-12", "2027-01-01", Fraction(19, 30)),
        (JUNE, "2026-01-01", "2026-06-01", Fraction(1, 30)),
        (JUNE, "2026-07-01", "2026-07-02", Fraction(0)),
        (FEBRUARY, "2028-02-29", "2028-03-31", Fraction(1, 29)),
        (Month(2027, 2), "2027-02-28", "2028-03-31", Fraction(1, 28)),
    ],
)
def test_share_of_a_month(month: Month, first: str, last: str, share: Fraction) -> None:
    assert month.share(parse_date(first), parse_date(last)) == share


def test_a_plan_changed_on_the_20th_is_charged_for_19_days() -> None:
    clause = PLANS["scw-business"].terms.proration
    assert clause is not None
    change = datetime.date(2026, 6, 20)
    assert days_on_old_plan(change, clause.value) == 19
    with_the_day = Proration(PartMonth.FEE, ProrationUnit.DAY, ChangeDay.OLD)
    assert days_on_old_plan(change, with_the_day) == 20
    assert days_on_old_plan(change, Proration(PartMonth.FEE)) == 19


def test_a_minimum_that_cannot_be_told_from_the_rest_is_charged_by_its_share() -> None:
    """Published in another shape: half of 100, and what the fee of those days is above 100."""
    plan = PLANS["aws-business"]._replace(published={})
    assert part(plan, "500", Fraction(1, 2), "published") == (Decimal(50), Decimal(50))
    # 10% of 10,000 + 7% of 2,000 is 1,140: 50 + 1,040
    assert part(plan, "24000", Fraction(1, 2), "published") == (Decimal(1090), Decimal(50))
