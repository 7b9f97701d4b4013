"""The plan of today and the recommended one side by side."""

from collections.abc import Iterable
from fractions import Fraction

import pytest

from supportcli.advice.amounts import annual_difference
from supportcli.advice.recommendation import Advice, recommend
from supportcli.advice.renewal import Renewal, renewal
from supportcli.advice.usage import Billing, Spends, Usage, usage_of
from supportcli.core.conditions import Spreading
from supportcli.core.period import Term
from supportcli.core.plan import Plan, Tam
from supportcli.needs.registry import Needs
from tests.builders import (
    catalogue,
    day,
    every_month,
    flat,
    level,
    limit,
    past,
    plan,
    share,
    with_past,
    within,
)
from tests.runner import TODAY, run_cli

TICKETS = limit("tickets", 30, "30 tickets a month")
FULL = plan(
    "full",
    2,
    share("10", "50"),
    levels=[level("10m", severity="down"), level("2h")],
    tam=Tam.DEDICATED,
)
LEAN = plan("lean", 1, flat("40"), levels=[level("1h")], limits=[TICKETS])


def advised(
    *plans: Plan, today: str | None, usage: Usage | None = None, needs: Needs | None = None
) -> Advice:
    wanted = needs or Needs()
    named = Needs(wanted.response, wanted.tam, wanted.tickets, current_plan=today)
    return recommend(catalogue(*plans), named, usage or every_month("100"))


def compared(advice: Advice) -> Renewal:
    found = renewal(advice)
    assert found is not None
    return found


def words(messages: Iterable[object]) -> list[str]:
    return list(map(str, messages))


def test_a_change_gains_and_loses() -> None:
    """Full is 50 + 10% of 100 = 60 a month, lean 40: 240 less a year."""
    found = compared(advised(FULL, LEAN, today="full"))
    assert found.current.plan.id == "full"
    assert str(found.change.extra) == "CNY -240.00"
    assert words(found.change.gains) == [
        'first response to "question" within 1h instead of 2h (targets)'
    ]
    assert words(found.change.losses) == [
        'first response to "down" within 1h instead of 10m (targets)',
        "a dedicated TAM",
    ]
    assert words(found.change.limits) == ["a new limit: 30 tickets a month"]


def test_a_dearer_plan_that_is_needed_costs_more() -> None:
    needs = Needs(response=(within("10m"),))
    found = compared(advised(FULL, LEAN, today="lean", needs=needs))
    assert str(found.change.extra) == "CNY 240.00"
    assert len(found.change.gains) == 3
    assert len(found.change.losses) == 1


def test_the_plan_of_today_stays() -> None:
    found = compared(advised(FULL, LEAN, today="lean"))
    assert (
        str(found.change.extra),
        found.change.gains,
        found.change.losses,
        found.change.content,
    ) == ("CNY 0.00", (), (), ())


@pytest.mark.parametrize(
    ("today", "needs"),
    [(None, Needs()), ("lean", Needs(response=(within("1m"),)))],
    ids=["no plan of today", "no plan fits"],
)
def test_there_may_be_nothing_to_compare(today: str | None, needs: Needs) -> None:
    assert renewal(advised(FULL, LEAN, today=today, needs=needs)) is None


def test_a_plan_of_today_without_a_price_has_no_difference() -> None:
    found = compared(advised(plan("unpriced", 1), LEAN._replace(tier=2), today="unpriced"))
    assert found.change.extra is None
    assert words(found.change.gains) == [
        'first response to "down" within 1h (target)',
        'first response to "question" within 1h (target)',
    ]
    assert words(found.change.worse) == ["a new limit: 30 tickets a month"]


# Where the spend is not known

BILLING = Billing(Spreading.BY_MONTH, listed=True, currency="CNY")
CHEAP, DEAR = plan("cheap", 1, share("10", "1")), plan("dear", 2, share("10", "5"))


def difference(advice: Advice, either_way: bool = True) -> str:
    cheap, dear = advice.plans
    return str(annual_difference(advice, cheap, dear, either_way))


def unknown(start: str = "2026-03-01", months: int = 12, accounts: int = 1) -> Usage:
    usage = usage_of(Term(day(start), months), Spends(), (), BILLING)
    return usage._replace(accounts=accounts)


@pytest.mark.parametrize(("either_way", "said"), [(True, "CNY -48.00"), (False, "None")])
def test_a_difference_below_zero_is_told_where_it_is_asked_for(either_way: bool, said: str) -> None:
    """(1 - 5) x 12, whatever the spend."""
    advice = advised(CHEAP, DEAR, today="dear", usage=unknown())
    assert difference(advice, either_way) == said
    assert str(compared(advice).change.extra) == "CNY -48.00"


@pytest.mark.parametrize("months", [1, 12, 24])
def test_a_difference_is_that_of_a_year_whatever_the_term(months: int) -> None:
    assert (
        difference(advised(CHEAP, DEAR, today=None, usage=unknown(months=months))) == "CNY -48.00"
    )


def test_a_difference_is_that_of_twelve_months_from_any_day_on() -> None:
    usage = unknown("2026-03-15", 24)
    assert difference(advised(CHEAP, DEAR, today=None, usage=usage)) == "CNY -48.00"


def test_a_difference_is_that_of_all_accounts() -> None:
    """With a spend it is: 3 x 48."""
    known = every_month("7")._replace(accounts=3)
    assert difference(advised(CHEAP, DEAR, today=None, usage=known)) == "CNY -144.00"
    usage = unknown(accounts=3)
    assert difference(advised(CHEAP, DEAR, today=None, usage=usage)) == "CNY -144.00"


def test_a_difference_with_a_spend_is_that_of_the_year() -> None:
    usage = usage_of(Term(day("2026-03-01"), 3), Spends(Fraction(100)), (), BILLING)
    assert difference(advised(CHEAP, DEAR, today=None, usage=usage)) == "CNY -48.00"


def test_a_fee_that_changes_in_the_term_leaves_the_difference_open_without_a_spend() -> None:
    changing = with_past(DEAR, past("9", "2026-06-30"))
    assert difference(advised(CHEAP, changing, today=None, usage=unknown())) == "None"
    assert difference(advised(CHEAP, changing, today=None, usage=unknown("2026-07-01"))) != "None"


def test_of_a_deal_each_account_is_told_what_it_loses_as_one_alone_is() -> None:
    """Premier has a TAM, and 8 services that Enterprise lacks; Basic answers in 2 h instead."""
    lost = {
        "a": ("response=10m,current=premier", "no TAM, 8 services less"),
        "b": ("current=enterprise", "first response 2 h, 4 services less"),
        "c": ("current=enterprise", "first response 2 h, 4 services less"),
        "d": ("tam,current=premier", ""),
    }
    flags = [flag for name, (more, _) in lost.items() for flag in ("--account", f"{name}=9,{more}")]
    content = f"a: {lost['a'][1]}; b, c: {lost['b'][1]}"
    assert f"Content: {content}\n" in run_cli("advise", *TODAY, *flags, "-o", "chat").out
    assert f"content   {content}\n" in run_cli("advise", *TODAY, *flags, "--width", "120").out
    small = run_cli("advise", *TODAY, *flags, "--width", "60").out
    assert "content   3 accounts get less: --explain whatif\n" in small
    alone = run_cli("advise", *TODAY, "--spend", "9", "--current-plan", "enterprise").out
    assert f"content   no needs named: {lost['b'][1].replace(', ', '; ')}\n" in alone
