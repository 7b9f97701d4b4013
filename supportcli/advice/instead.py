"""What all accounts pay together where one of them takes another plan and the others stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.portfolio import Member, Portfolio
from supportcli.advice.purchases import Candidate, Purchase, purchases
from supportcli.advice.quote import is_pooled
from supportcli.advice.recommendation import PlanAdvice
from supportcli.advice.to_pay import ToPay, together
from supportcli.record import NamedTuple

_MOST_TOLD = 10
"""Up to so many accounts, every other plan of each is counted."""


class Instead(NamedTuple):
    """Another plan for one account: what all pay then, and what that is more; below zero: less."""

    entry: PlanAdvice
    whole: ToPay
    more: ToPay


def beside_others(found: Portfolio, member: Member) -> bool:
    """Whether what a plan costs the account hangs on the others: they pay one fee, or could."""
    if found.sharing(member):
        return True
    bought = {purchase.plan.id for purchase in found.purchases if is_pooled(purchase.plan)}
    return any(entry.plan.id in bought and entry.bar is None for entry in member.advice.plans)


def instead(found: Portfolio, member: Member) -> tuple[Instead, ...] | None:
    """Every other plan with a price that the account can take, whether or not it fits.

    None where that is not counted: the sum is not known, or there are too many accounts.
    """
    if found.total is None or len(found.members) > _MOST_TOLD:
        return None
    total, place = found.total.to_pay, found.members.index(member)
    told = []
    for entry in member.advice.plans:
        if entry is not member.advice.taken and entry.bar is None:
            bought = _bought(found, place, entry)
            if bought is not None:
                whole = together([purchase.whole.to_pay for purchase in bought])
                told.append(Instead(entry, whole, whole.less(total)))
    return tuple(told)


def _bought(found: Portfolio, place: int, entry: PlanAdvice) -> list[Purchase] | None:
    """The fees that there are then; only those that change are counted again."""
    changed = [one for one in found.purchases if place in one.places or _joined(one, entry)]
    places = {each for one in changed for each in one.places}
    kept = [one for one in found.purchases if not any(one is other for other in changed)]
    asked = list(_asked(found.members, places, place, entry))
    again = purchases(asked, found.agreed, found.members[0].advice.reading)
    if sum(len(one.places) for one in again) < len(places):
        return None
    return [*kept, *again]


def _joined(purchase: Purchase, entry: PlanAdvice) -> bool:
    return purchase.plan.id == entry.plan.id and is_pooled(entry.plan)


def _asked(
    members: Sequence[Member], places: set[int], place: int, entry: PlanAdvice
) -> Iterator[Candidate | None]:
    for other, member in enumerate(members):
        taken = entry if other == place else member.advice.taken
        if taken is None or other not in places:
            yield None
        else:
            yield Candidate(member.account, member.advice, taken)
