"""Amounts to talk about: a year's cost, what one plan costs more than another, money in words."""

from fractions import Fraction

import pytest

from supportcli.advice.amounts import annual_cost, annual_difference, same_at_every_spend
from supportcli.advice.recommendation import Advice, PlanAdvice, recommend
from supportcli.core.money import nearest_money
from supportcli.core.plan import Plan
from supportcli.needs.registry import Needs
from tests.builders import apiece, catalogue, every_month, extra, flat, numbers, plan, share

SEATS = extra("seats", apiece("4"), "seats")


def yearly(amount: str) -> Plan:
    """10% of the spend + 5 a month, and an amount once a year."""
    visit = extra("visit", flat(amount), yearly=True)
    return plan("visit", 2, share("10", "5"), extras=[visit])


def held_against(left: Plan, right: Plan, spend: str | None, seats: str | None = None) -> Advice:
    usage = every_month(spend)._replace(quantities=numbers(seats=seats) if seats else {})
    return recommend(catalogue(left, right), Needs(), usage)


def of(advice: Advice, plan_id: str) -> PlanAdvice:
    return next(entry for entry in advice.plans if entry.plan.id == plan_id)


PLAIN = plan("plain", 1, share("10", "1"))
SAME = plan("same", 3, share("10", "5"))
SEATED = plan("seated", 2, share("10", "1"), extras=[SEATS])


@pytest.mark.parametrize(
    ("dearer", "cheaper", "spend", "seats", "difference"),
    [
        # (5 - 1) x 12, whatever the spend
        pytest.param(SAME, PLAIN, "100", None, "CNY 48.00", id="by month"),
        pytest.param(SAME, PLAIN, None, None, "CNY 48.00", id="by month, spend not known"),
        # below zero only where both amounts are known
        pytest.param(PLAIN, SAME, "100", None, "CNY -48.00", id="cheaper"),
        pytest.param(PLAIN, SAME, None, None, "None", id="cheaper, spend not known"),
        pytest.param(SAME, plan("other", fee=share("9")), None, None, "None", id="by the spend"),
        # 12 x (5 - 1) + 600
        pytest.param(yearly("600"), PLAIN, "100", None, "CNY 648.00", id="by year"),
        pytest.param(yearly("600"), PLAIN, None, None, "None", id="by year, spend not known"),
        # three seats are 12 a month: 12 x (1 + 12 - 5)
        pytest.param(SEATED, SAME, "100", "3", "CNY 96.00", id="by seats"),
        pytest.param(SEATED, SAME, None, "3", "CNY 96.00", id="by seats, spend not known"),
        pytest.param(SEATED, SAME, "100", None, "None", id="seats not known"),
        pytest.param(SAME, SEATED, None, None, "None", id="seats and spend not known"),
        pytest.param(plan("unpriced"), SAME, "100", None, "None", id="no price"),
    ],
)
def test_annual_difference(
    dearer: Plan, cheaper: Plan, spend: str | None, seats: str | None, difference: str
) -> None:
    advice = held_against(dearer, cheaper, spend, seats)
    found = annual_difference(advice, of(advice, dearer.id), of(advice, cheaper.id))
    assert str(found) == difference


def test_the_same_yearly_charge_makes_no_difference() -> None:
    twin = yearly("600")._replace(id="twin", tier=3)
    advice = held_against(yearly("600"), twin, None)
    found = annual_difference(advice, of(advice, "visit"), of(advice, "twin"))
    assert str(found) == "CNY 0.00"


@pytest.mark.parametrize(
    ("left", "right", "seats", "same"),
    [
        pytest.param(yearly("0"), SAME, None, True, id="nothing once a year"),
        pytest.param(yearly("600"), SAME, None, False, id="600 once a year"),
        # 5 + 600 / 12 = 55
        pytest.param(
            yearly("600"), plan("plain", 1, share("10", "55")), None, True, id="50 a month is 600"
        ),
        pytest.param(SEATED, SAME, "1", True, id="1 + 4 for a seat is 5"),
        pytest.param(SEATED, SAME, "2", False, id="two seats"),
        pytest.param(SEATED, SAME, None, False, id="seats not known"),
        pytest.param(SEATED, PLAIN, None, False, id="alike but for seats that are not known"),
        pytest.param(plan("unpriced"), SAME, None, False, id="no price"),
    ],
)
def test_same_at_every_spend(left: Plan, right: Plan, seats: str | None, same: bool) -> None:
    advice = held_against(left, right, "100", seats)
    entries = of(advice, left.id), of(advice, right.id)
    assert same_at_every_spend(advice, *entries) is same
    assert same_at_every_spend(advice, *reversed(entries)) is same


def test_annual_cost_has_the_extras() -> None:
    """10% of 100 + 5 = 15 a month and 600 a year; 10 + 1 + 25 x 4 = 111 a month."""
    advice = held_against(yearly("600"), SEATED._replace(tier=1), "100", "25")
    assert str(annual_cost(advice, of(advice, "visit"))) == "CNY 780.00"
    assert str(annual_cost(advice, of(advice, "seated"))) == "CNY 1,332.00"


def test_annual_cost_is_not_known_where_seats_are_not() -> None:
    advice = held_against(SEATED, PLAIN, "100")
    assert annual_cost(advice, of(advice, "seated")) is None


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("0.5", "JPY", "JPY 0.5"),
        ("0.005", "CNY", "CNY 0.005"),
        ("1000", "KWD", "KWD 1,000.000"),
        ("1/3", "CNY", "CNY 0.33"),
        ("2/3", "CNY", "CNY 0.67"),
        ("2/3", "JPY", "JPY 1"),
        ("7750/3", "USD", "USD 2,583.33"),
    ],
)
def test_nearest_money_rounds_only_what_has_no_finite_decimals(
    amount: str, currency: str, words: str
) -> None:
    assert str(nearest_money(Fraction(amount), currency)) == words
