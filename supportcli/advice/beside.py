"""Which plans are put side by side, and what each would come to for all accounts."""

from __future__ import annotations

from collections.abc import Sequence

from supportcli.advice.portfolio import DealAnswer, Member, Portfolio, bought, fees_of
from supportcli.advice.quote import Quote
from supportcli.advice.recommendation import PlanAdvice
from supportcli.advice.to_pay import ToPay

FEWEST = 2


def beside_ids(answer: DealAnswer) -> tuple[str, ...]:
    """The plans to be put side by side; one alone beside the plan that the answer is about.

    Fewer than two where there is no such plan, or where it is the same.
    """
    asked = answer.portfolio.asked
    named = answer.deal.beside
    first = [asked.id] if asked else []
    if named and len(set(first + list(named))) < FEWEST:
        first = [m.advice.taken.plan.id for m in answer.portfolio.members if m.advice.taken]
    return tuple(dict.fromkeys((*first, *named)))


def entries_of(members: Sequence[Member], plan: str) -> tuple[PlanAdvice, ...]:
    """The plan as it stands to each account."""
    return _each_of(members, [plan] * len(members))


def _each_of(members: Sequence[Member], plans: Sequence[str]) -> tuple[PlanAdvice, ...]:
    return tuple(
        next(entry for entry in member.advice.plans if entry.plan.id == plan)
        for member, plan in zip(members, plans, strict=True)
    )


def cost_of(answer: DealAnswer, plan: str, reading: str) -> tuple[ToPay, ...]:
    """What is to be paid if all accounts take the plan; see `cost_of_each`."""
    return cost_of_each(answer, [plan] * len(answer.portfolio.members), reading)


def cost_of_each(answer: DealAnswer, plans: Sequence[str], reading: str) -> tuple[ToPay, ...]:
    """What is to be paid for a plan for each account: once, or at both ends of a range.

    Empty where it cannot be told.
    """
    found = [answer.ends[0], answer.ends[-1]] if answer.ends else [answer.portfolio]
    costs = [_cost(each, plans, reading) for each in found]
    known = tuple(cost for cost in costs if cost is not None)
    return known if len(known) == len(costs) else ()


def quotes_of(answer: DealAnswer, plan: str) -> list[Quote]:
    """The fees if all accounts take the plan, under the reading in use.

    At the upper end of a range; those that cannot be told are left out.
    """
    found = answer.shown
    fees = fees_of(found.members, entries_of(found.members, plan), found.agreed)
    return [fee.whole.quote for fee in fees]


def _cost(found: Portfolio, plans: Sequence[str], reading: str) -> ToPay | None:
    sums = bought(found.members, _each_of(found.members, plans), found.agreed, reading)
    return sums and sums.to_pay
