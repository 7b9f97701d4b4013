"""Several accounts with needs of their own: a plan for each, and one plan for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from supportcli.advice.quote import Quote, is_pooled, price
from supportcli.advice.recommendation import Advice
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.piecewise import ZERO
from supportcli.core.plan import Plan


class Member(NamedTuple):
    """An account by its name, with the advice for it alone."""

    name: str
    advice: Advice

    @property
    def quote(self) -> Quote | None:
        """What the plan recommended for it costs; None where none is, or without a spend."""
        chosen = self.advice.recommended
        return chosen.quotes[self.advice.reading] if chosen else None


class Together(NamedTuple):
    """One plan for all accounts and what it costs them a year."""

    plan: Plan
    annual: Decimal


class Portfolio(NamedTuple):
    """All accounts: what the plans recommended for each cost together, and one plan for all.

    `annual` is None where an account has no recommended plan with a price; `together` where no
    plan fits every account.
    """

    members: tuple[Member, ...]
    annual: Decimal | None
    together: Together | None

    @property
    def saved(self) -> Decimal | None:
        """What a plan for each saves a year against one for all; below zero where it costs more."""
        if self.annual is None or self.together is None:
            return None
        return self.together.annual - self.annual


def portfolio(members: tuple[Member, ...]) -> Portfolio:
    """The accounts held together; every member's advice is of one catalogue and reading."""
    quotes = [member.quote for member in members]
    known = [quote.annual.total for quote in quotes if quote is not None]
    annual = sum(known, Decimal(0)) if len(known) == len(quotes) else None
    candidates = sorted(_for_all(members), key=lambda one: (one.annual, -one.plan.tier))
    return Portfolio(members, annual, candidates[0] if candidates else None)


def _for_all(members: tuple[Member, ...]) -> Iterator[Together]:
    """Every plan that meets the needs of each account, with the price for all of them."""
    for entries in zip(*(member.advice.plans for member in members), strict=True):
        if all(entry.recommendable for entry in entries):
            annual = _annual(members, entries[0].plan)
            if annual is not None:
                yield Together(entries[0].plan, annual)


def _annual(members: tuple[Member, ...], plan: Plan) -> Decimal | None:
    """What one plan costs all accounts a year: a fee on the sum of spends, or one for each."""
    reading = members[0].advice.reading
    if is_pooled(plan):
        quote = price(plan, _summed([member.advice.usage for member in members]), reading)
        return quote.annual.total if quote else None
    quotes = [price(plan, member.advice.usage, reading) for member in members]
    known = [quote.annual.total for quote in quotes if quote is not None]
    return sum(known, Decimal(0)) if len(known) == len(quotes) else None


def _summed(usages: list[Usage]) -> Usage:
    def months(rows: list[tuple[MonthSpend, ...]]) -> tuple[MonthSpend, ...]:
        return tuple(map(_together, zip(*rows, strict=True)))

    return usages[0]._replace(
        months=months([usage.months for usage in usages]),
        year=months([usage.first_year for usage in usages]),
    )


def _together(months: tuple[MonthSpend, ...]) -> MonthSpend:
    spends = [month.spend for month in months]
    held = [month.spend_held for month in months]
    known = None if None in spends else sum((s for s in spends if s is not None), ZERO)
    opened = [month.opened for month in months if month.opened is not None]
    return months[0]._replace(
        spend=known, counted=sum(held, ZERO), opened=sum(opened, ZERO) if opened else None
    )
