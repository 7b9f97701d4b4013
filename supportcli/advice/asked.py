"""The plan that was asked for, for all accounts, against the plans that are recommended."""

from __future__ import annotations

from supportcli.advice.portfolio import Member, Portfolio, bought
from supportcli.advice.recommendation import PlanAdvice
from supportcli.advice.to_pay import ToPay
from supportcli.core.plan import Plan
from supportcli.record import NamedTuple


class AskedPlan(NamedTuple):
    """A plan that was asked for; `unfit` are the accounts that it does not do for.

    `more` is what is to be paid more than for the recommended plans, below zero where less; None
    where one of the two cannot be told, or the plan ends within the term: there is no year of it.
    """

    plan: Plan
    unfit: tuple[tuple[Member, PlanAdvice], ...]
    to_pay: ToPay | None
    more: ToPay | None

    @property
    def eligible(self) -> bool:
        """Whether it does for all accounts, and has a known price."""
        return not self.unfit and self.plan.priced


def asked_of(found: Portfolio) -> AskedPlan | None:
    """What was asked for, if a plan was."""
    if found.asked is None:
        return None
    pairs = [(member, entry) for member in found.members if (entry := member.advice.asked)]
    unfit = tuple((m, entry) for m, entry in pairs if not entry.fits or entry.bar is not None)
    to_pay, best = found.total and found.total.to_pay, _recommended_to_pay(found)
    more = None if found.last_day or to_pay is None or best is None else to_pay.less(best)
    return AskedPlan(pairs[0][1].plan, unfit, to_pay, more)


def _recommended_to_pay(found: Portfolio) -> ToPay | None:
    """What is to be paid for the plan that is recommended for each account."""
    entries = [entry for m in found.members if (entry := m.advice.recommended)]
    if len(entries) < len(found.members):
        return None
    total = bought(found.members, entries, found.agreed)
    return total and total.to_pay
