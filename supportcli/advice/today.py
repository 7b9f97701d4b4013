"""A deal against the plans of today, each of both counted as it is bought: one fee or several."""

from __future__ import annotations

from collections.abc import Iterable

from supportcli.advice.portfolio import Member, Portfolio
from supportcli.advice.price_terms import PriceTerms
from supportcli.advice.purchases import Candidate, purchases, shares
from supportcli.advice.recommendation import PlanAdvice
from supportcli.advice.to_pay import ToPay, together
from supportcli.record import NamedTuple


class AgainstToday(NamedTuple):
    """What is to be paid more than today, by account and together; below zero where less.

    None where an account has no plan today, one that ends within the term, or none is recommended,
    or a price is not known. `before` is what each account pays today. The accounts' differences are
    those of their parts of each fee, so that they add up to the sum.
    """

    accounts: tuple[ToPay | None, ...]
    total: ToPay | None
    before: tuple[ToPay | None, ...]


def against_today(
    found: Portfolio, agreed: PriceTerms | None = None, reading: str | None = None
) -> AgainstToday:
    """The plans that are recommended against those of today, under what was agreed.

    Under the reading in use, or another.
    """
    agreed, reading = agreed or found.agreed, reading or found.members[0].advice.reading
    then = _parts(found, (member.advice.taken for member in found.members), agreed, reading)
    today = _parts(found, map(_current, found.members), agreed, reading)
    accounts = tuple(
        None if new is None or old is None else new.less(old)
        for new, old in zip(then, today, strict=True)
    )
    known = [more for more in accounts if more is not None]
    return AgainstToday(
        accounts, together(known) if len(known) == len(accounts) else None, tuple(today)
    )


def _current(member: Member) -> PlanAdvice | None:
    current = member.advice.needs.current_plan
    found = next((entry for entry in member.advice.plans if entry.plan.id == current), None)
    return None if found is None or found.last_day else found


def _parts(
    found: Portfolio, plans: Iterable[PlanAdvice | None], agreed: PriceTerms, reading: str
) -> list[ToPay | None]:
    """What each account pays for its plan."""
    asked = [
        None if entry is None else Candidate(member.account, member.advice, entry)
        for member, entry in zip(found.members, plans, strict=True)
    ]
    mine = shares(purchases(asked, agreed, reading))
    return [share.to_pay if (share := mine.get(place)) else None for place in range(len(asked))]
