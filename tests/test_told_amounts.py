"""Prices in words where a plan charges for more than the spend, or cannot be had for ever."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supportcli.advice.amounts import annual_difference, extra_words
from supportcli.advice.breakeven import term_fee
from supportcli.advice.price_terms import Discount, PriceTerms
from supportcli.advice.reasons import giving_way, reasons
from supportcli.advice.recommendation import recommend
from supportcli.core.conditions import Clause, Conditions, Scope, Validity
from supportcli.core.quantity import QuantityUnit
from supportcli.core.schedule import Excess, GreaterOf, Line, Schedule, Sum
from supportcli.core.source import NO_SOURCE
from supportcli.needs.registry import Needs
from tests.builders import (
    apiece,
    catalogue,
    day,
    every_month,
    extra,
    flat,
    level,
    past,
    plan,
    share,
    with_past,
    within,
)

COUNT, MONEY = QuantityUnit.COUNT, QuantityUnit.MONEY


@pytest.mark.parametrize(
    ("price", "unit", "told"),
    [
        (apiece("100"), COUNT, "CNY 100.00 for each"),
        (Sum(flat("5"), apiece("2.5")), COUNT, "CNY 5.00 + CNY 2.50 for each"),
        (
            Excess(Fraction(10), Fraction(250)),
            COUNT,
            "CNY 0.00; from 10 on CNY 250.00 for each above it",
        ),
        (
            GreaterOf(flat("7000"), share("2")),
            MONEY,
            "CNY 7,000.00; from CNY 350,000.00 on 2% of it",
        ),
        (
            Sum(flat("7"), Excess(Fraction(100), Fraction(1, 50))),
            MONEY,
            "CNY 7.00; from CNY 100.00 on CNY 7.00 + 2% of what is above it",
        ),
        (flat("40"), None, "CNY 40.00"),
    ],
)
def test_a_price_of_a_quantity_in_words(
    price: Schedule, unit: QuantityUnit | None, told: str
) -> None:
    assert str(extra_words(extra("x", price, "x"), unit, "CNY")) == told


def test_a_difference_that_a_change_of_the_fee_hides_is_not_told() -> None:
    """Without a spend: 3 a month against 5, but 7 until the end of June."""
    changing = with_past(plan("changing", 1, flat("3")), past("7", "2026-06-30"))
    whole = catalogue(changing, plan("other", 2, share("1", "5")), plan("third", 3, flat("9")))
    advice = recommend(whole, Needs(), every_month(None))
    changing_entry, other, _ = advice.plans
    assert annual_difference(advice, other, changing_entry) is None


CLOSED = Validity(closed_to_new=day("2025-01-01"))


def test_beside_a_closed_plan_the_reason_speaks_of_plans_still_on_offer() -> None:
    closed = plan("closed", 1, flat("1"), levels=[level("1h")])._replace(validity=CLOSED)
    dear = plan("dear", 2, flat("9"), levels=[level("1h")])
    advice = recommend(catalogue(closed, dear), Needs((within("1h"),)), every_month("0"))
    assert "the only plan still on offer" in " ".join(map(str, reasons(advice)))
    other = plan("other", 3, flat("99"))
    advice = recommend(catalogue(closed, dear, other), Needs(), every_month("0"))
    assert "no plan still on offer costs less" in " ".join(map(str, reasons(advice)))


def test_another_channel_is_named_only_where_one_was_ruled_out() -> None:
    mute = plan("mute", fee=Line(Fraction(1)), channels={"ticket": True, "group": True})
    for unusable, told in (
        (frozenset[str](), "do without a first-response target"),
        (frozenset({"group"}), "do without a first-response target, or use another channel"),
    ):
        needs = Needs((within("1h"),), without_channels=unusable)
        advice = recommend(catalogue(mute), needs, every_month("0"))
        assert advice.closest is not None
        assert [str(words) for words in giving_way(advice, advice.closest)] == [told]


def test_a_difference_between_a_pooled_fee_and_one_of_each_account_hangs_on_the_spend() -> None:
    pooled = plan("pooled", 2, flat("9"))._replace(
        terms=Conditions(scope=Clause(Scope.POOLED, None, NO_SOURCE))
    )
    usage = every_month(None)._replace(accounts=2)
    advice = recommend(catalogue(plan("each", 1, share("1", "5")), pooled), Needs(), usage)
    other = plan("other", 1, share("1", "9"))
    mixed = catalogue(other, pooled._replace(fees=other.fees))
    found = recommend(mixed, Needs(), usage)
    assert annual_difference(found, found.plans[1], found.plans[0]) is None
    assert annual_difference(advice, advice.plans[1], advice.plans[0]) is None


def test_a_discount_on_a_fee_whose_parts_nobody_states_is_taken_of_the_whole() -> None:
    """Without a spend: 10 a month with nothing known of its parts, 7 after 30%; against 8."""
    agreed = PriceTerms(Discount(Fraction(3, 10), prepaid=False))
    whole = catalogue(
        plan("unknown", 1, flat("10")), plan("known", 2, flat("8"), prepaid=flat("8"))
    )
    advice = recommend(whole, Needs(), every_month(None), agreed=agreed)
    assert advice.recommended is not None
    assert advice.recommended.plan.id == "unknown"


def test_a_discount_on_all_counts_without_a_spend() -> None:
    """30% off 10, all of it prepaid, is 7; off 9 it is 6.30."""
    agreed = PriceTerms(Discount(Fraction(3, 10)))
    whole = catalogue(plan("ten", 1, flat("10"), prepaid=flat("10")), plan("nine", 2, flat("9")))
    usage = every_month(None)
    advice = recommend(whole, Needs(), usage, agreed=agreed)
    assert advice.recommended is not None
    assert advice.recommended.plan.id == "nine"
    ten, nine = (term_fee(entry.plan, "only", usage, agreed) for entry in advice.plans)
    assert ten(Fraction(0)) == 84
    assert nine(Fraction(0)) == Fraction(378, 5)
