"""Several accounts: a plan for each, one plan for all, and what lies between them."""

from decimal import Decimal

from supportcli.advice.deal import Account
from supportcli.advice.portfolio import Member, portfolio
from supportcli.advice.recommendation import recommend
from supportcli.core.conditions import Clause, Conditions, Scope
from supportcli.core.plan import Plan, Tam
from supportcli.needs.registry import Needs
from tests.builders import (
    CITE,
    apiece,
    catalogue,
    every_month,
    extra,
    flat,
    numbers,
    plan,
    share,
)

POOLED = Conditions(scope=Clause(Scope.POOLED, None, CITE))
LEAN = plan("lean", 1, flat("40"))
FULL = plan("full", 2, share("10", "100"), tam=Tam.DEDICATED)
WITH_TAM = Needs(tam=True)


def members(*accounts: tuple[str | None, Needs], plans: tuple[Plan, ...]) -> tuple[Member, ...]:
    whole = catalogue(*plans)
    return tuple(
        Member(Account(f"account-{index}"), recommend(whole, needs, every_month(spend)))
        for index, (spend, needs) in enumerate(accounts)
    )


def test_a_plan_for_each_saves_against_one_for_all() -> None:
    """Lean is 40; full, with a TAM, 100 + 10% of 500 = 150 and of 100 = 110 a month.

    12 x (40 + 150) = 2,280; one plan for both: 12 x (110 + 150) = 3,120.
    """
    found = portfolio(members(("100", Needs()), ("500", WITH_TAM), plans=(LEAN, FULL)))
    assert found.annual == 2280
    assert found.together is not None
    assert (found.together.plan.id, found.together.annual) == ("full", Decimal(3120))
    assert found.saved == 840


def test_a_pooled_plan_costs_all_accounts_one_fee() -> None:
    """100 + 10% of 600 = 160 a month, 1,920 a year: 360 less than a plan for each."""
    pooled = FULL._replace(terms=POOLED)
    found = portfolio(members(("100", Needs()), ("500", WITH_TAM), plans=(LEAN, pooled)))
    assert found.together is not None
    assert found.together.annual == 1920
    assert found.saved == -360


def test_no_plan_for_all_saves_nothing() -> None:
    """No plan has a TAM."""
    found = portfolio(members(("100", Needs()), ("500", WITH_TAM), plans=(LEAN,)))
    assert (found.annual, found.together, found.saved) == (None, None, None)
    assert found.together_under(found.members[0].advice.reading) is None


def test_one_plan_for_all_whose_spend_is_not_known() -> None:
    needs = (None, WITH_TAM), ("500", WITH_TAM)
    for full in (FULL, FULL._replace(terms=POOLED)):
        found = portfolio(members(*needs, plans=(LEAN, full)))
        assert (found.annual, found.together, found.saved) == (None, None, None)
    found = portfolio(members((None, Needs()), ("500", Needs()), plans=(LEAN,)))
    assert [found.annual, found.saved] == [960, 0]


def test_of_plans_that_cost_the_same_the_higher_tier_is_for_all() -> None:
    same = plan("same", 3, flat("40"))
    found = portfolio(members(("1", Needs()), ("2", Needs()), plans=(LEAN, same)))
    assert found.together is not None
    assert found.together.plan.id == "same"


def test_quantities_of_accounts_that_share_a_fee_are_added_up() -> None:
    """10% of 600 and 3 a seat a month: 20 + 5 seats of their own, 135 a month or 1,620 a year.

    7 seats given for the whole deal are there once: 60 + 21 = 81 a month or 972 a year.
    """
    seats = extra("seats", apiece("3"), "seats")
    pooled = plan("pooled", 1, share("10"), extras=(seats,))._replace(terms=POOLED)
    whole = catalogue(pooled)

    def year(own: tuple[str, ...], of_all: str = "") -> Decimal | None:
        found = []
        for name, spend, index in (("a", "100", 0), ("b", "500", 1)):
            own_seats = numbers(seats=own[index]) if own else numbers()
            account = Account(name, quantities=own_seats)
            said = own[index] if own else of_all
            usage = every_month(spend, seats=said)
            found.append(Member(account, recommend(whole, Needs(), usage)))
        return portfolio(tuple(found)).annual

    assert year(("20", "5")) == Decimal(1620)
    assert year((), "7") == Decimal(972)
