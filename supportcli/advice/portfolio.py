"""The answer of a deal: a plan for each account, what they cost together, one plan for all."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from supportcli.advice.billing import Payment
from supportcli.advice.deal import Account, Deal
from supportcli.advice.of_range import never_dearer
from supportcli.advice.price_terms import PriceTerms
from supportcli.advice.purchases import Candidate, Purchase, Share, purchases, shares
from supportcli.advice.quote import takes_highest
from supportcli.advice.recommendation import Advice, PlanAdvice, recommend
from supportcli.advice.sharing import sharing
from supportcli.advice.sums import Sums, sums_of, total_of
from supportcli.advice.to_pay import ToPay, together
from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan
from supportcli.record import NamedTuple

_SHOWN = 3  # accounts in the short form of an answer


class Member(NamedTuple):
    """An account of the deal with the advice for it alone, and its part of what is bought.

    The part is the whole fee unless it is of a plan that pools spend; None where no plan with a
    known price is recommended or asked for.
    """

    account: Account
    advice: Advice
    share: Share | None = None


class Together(NamedTuple):
    """One plan for all accounts, and what it costs them a year as published."""

    plan: Plan
    annual: Decimal
    to_pay: ToPay


class Portfolio(NamedTuple):
    """All accounts of a deal under one reading, and what the plans for each of them come to.

    They are the recommended ones unless one was asked for. `total` is None where an account has no
    plan with a known price, or no spend; `together` where no plan fits every account. `all_tried`
    where no other plans for each would cost less together.
    """

    members: tuple[Member, ...]
    agreed: PriceTerms
    purchases: tuple[Purchase, ...]
    total: Sums | None
    together: Together | None
    all_tried: bool = True

    @property
    def annual(self) -> Decimal | None:
        """What the plans for each cost together a year, as published."""
        return self.total.annual.total if self.total else None

    @property
    def saved(self) -> Decimal | None:
        """What a plan for each saves a year against one for all; below zero where it costs more."""
        if self.annual is None or self.together is None:
            return None
        return self.together.annual - self.annual

    @property
    def to_pay_saved(self) -> ToPay | None:
        """The same of what is to be paid."""
        return self.to_pay_saved_under(self.members[0].advice.reading)

    @property
    def fits(self) -> bool:
        """Whether some plan with a known price meets the needs of each account."""
        return not any(member.advice.fits_none for member in self.members)

    @property
    def blind(self) -> tuple[str, ...]:
        """The accounts whose plan has a fee that hangs on a spend that is not known."""
        return tuple(
            member.account.name
            for member in self.members
            if member.share is None
            and not member.advice.usage.spend_known
            and (member.advice.taken or not member.advice.fits_none)
        )

    @property
    def asked(self) -> Plan | None:
        """The plan that the answer is to be about, the same for all accounts."""
        asked = self.members[0].advice.asked
        return asked and asked.plan

    @property
    def last_day(self) -> datetime.date | None:
        """That of the plan asked for, where it is within the term."""
        asked = self.members[0].advice.asked
        return asked and asked.last_day

    @property
    def known(self) -> ToPay | None:
        """What the accounts whose fee can be told cost together; None where none can."""
        paid = [purchase.whole.to_pay for purchase in self.purchases]
        return together(paid) if paid else None

    @property
    def payments(self) -> tuple[Payment, ...]:
        """What is charged when, for the accounts whose fee can be told."""
        if not self.purchases:
            return ()
        return (self.total or sums_of(self.purchases, self.agreed)).settlement.payments

    @property
    def highest(self) -> Plan | None:
        """The plan that all accounts have in one enterprise, where their own are several."""
        chosen = [m.advice.taken.plan for m in self.members if m.advice.taken]
        bound = {plan.tier: plan for plan in chosen if takes_highest(plan)}
        return bound[max(bound)] if len(bound) > 1 else None

    @property
    def one_fits(self) -> bool:
        """Whether some plan with a known price meets the needs of all, whatever it costs."""
        plans = zip(*(member.advice.plans for member in self.members), strict=True)
        return any(all(entry.recommendable for entry in entries) for entries in plans)

    @property
    def pooled(self) -> tuple[tuple[Member, ...], ...]:
        """The accounts of each fee that is one for several of them."""
        return tuple(
            tuple(self.members[place] for place in purchase.places)
            for purchase in self.purchases
            if len(purchase.places) > 1
        )

    def sharing(self, member: Member) -> tuple[str, ...]:
        """The other accounts that one fee is for together with it."""
        place = self.members.index(member)
        return tuple(
            self.members[other].account.name
            for purchase in self.purchases
            if place in purchase.places
            for other in purchase.places
            if other != place
        )

    def by_plan(self) -> Iterator[tuple[Plan, tuple[str, ...], Sums]]:
        """Each plan that is bought, the accounts that it is for, and what it costs them."""
        for plan_id in dict.fromkeys(purchase.plan.id for purchase in self.purchases):
            mine = [one for one in self.purchases if one.plan.id == plan_id]
            places = sorted(place for one in mine for place in one.places)
            names = tuple(self.members[place].account.name for place in places)
            yield mine[0].plan, names, sums_of(mine, self.agreed.without_voucher)

    def shares_under(self, reading: str) -> tuple[Share | None, ...]:
        """Each account's part of what is bought, under another reading."""
        found = shares(purchases(_chosen(self.members), self.agreed, reading))
        return tuple(found.get(place) for place in range(len(self.members)))

    def under(self, reading: str) -> Sums | None:
        """What the same plans come to under another reading."""
        found = purchases(_chosen(self.members), self.agreed, reading)
        return total_of(len(self.members), found, self.agreed)

    def together_under(self, reading: str) -> Sums | None:
        """What the one plan for all comes to under another reading; None where there is none."""
        if self.together is None:
            return None
        plan = self.together.plan
        entries = [each for m in self.members for each in m.advice.plans if each.plan == plan]
        return bought(self.members, entries, self.agreed, reading)

    def to_pay_saved_under(self, reading: str) -> ToPay | None:
        """What of what is to be paid a plan for each saves under another reading."""
        one, each = self.together_under(reading), self.under(reading)
        return None if one is None or each is None else one.to_pay.less(each.to_pay)


class DealAnswer(NamedTuple):
    """A deal with its answer; `ends` are the answers at the ends of a range of spend."""

    deal: Deal
    portfolio: Portfolio
    ends: tuple[Portfolio, ...] = ()

    def __repr__(self) -> str:
        """How many accounts it is for, and the plan of the first ones."""
        found = [
            f"{m.account.name} {m.advice.taken.plan.id if m.advice.taken else 'none'}".strip()
            for m in self.portfolio.members
        ]
        more = ", ..." if len(found) > _SHOWN else ""
        return f"<DealAnswer for {len(found)} accounts: {', '.join(found[:_SHOWN])}{more}>"

    @property
    def shown(self) -> Portfolio:
        """What is told of each account: the upper end of a range, else the whole answer."""
        return self.ends[-1] if self.ends else self.portfolio

    @property
    def most(self) -> ToPay | None:
        """The most that is to be paid a year: at the upper end of a range; None if unknown."""
        totals = [each.total for each in (*self.ends, self.portfolio)]
        known = [total.to_pay for total in totals if total is not None]
        return max(known, key=lambda one: one.annual) if len(known) == len(totals) else None


def answered(
    catalogue: Catalogue,
    deal: Deal,
    reading: str | None,
    day: datetime.date,
    include_doubtful: bool = False,
) -> DealAnswer:
    """The answer of a deal by the rules of a day, and at both ends of a range of spend.

    By the catalogue's own reading where none is asked for.
    """
    deals = (deal, *deal.ends)
    told = [_advices(catalogue, each, reading, day, include_doubtful) for each in deals]
    if deal.ends:
        told = [
            [never_dearer(one, ends) for one, *ends in zip(each, *told, strict=True)]
            for each in told
        ]
    middle, *ends = map(_portfolio, deals, told)
    return DealAnswer(deal, middle, tuple(ends))


def _advices(
    catalogue: Catalogue,
    deal: Deal,
    reading: str | None,
    day: datetime.date,
    include_doubtful: bool,
) -> list[Advice]:
    """The advice for each account alone."""
    rules, agreed = deal.rules(catalogue), _agreed_with_each(deal)
    return [
        recommend(
            rules,
            account.needs,
            deal.usage(account, catalogue),
            reading,
            day,
            agreed,
            include_doubtful,
        ).about(deal.plan)
        for account in deal.accounts
    ]


def _agreed_with_each(deal: Deal) -> PriceTerms:
    """A voucher is the deal's: it stands with an account only where that is the whole deal."""
    return deal.agreed.without_voucher if deal.named else deal.agreed


def _portfolio(deal: Deal, advices: Sequence[Advice]) -> Portfolio:
    found = sharing(deal.accounts, advices, _agreed_with_each(deal))
    members = tuple(map(Member, deal.accounts, found.advices))
    return portfolio(members, deal.agreed)._replace(all_tried=found.all_tried)


def portfolio(members: tuple[Member, ...], agreed: PriceTerms | None = None) -> Portfolio:
    """The accounts held together; every member's advice is of one catalogue and reading."""
    agreed = agreed or members[0].advice.agreed
    found = purchases(_chosen(members), agreed, members[0].advice.reading)
    mine = shares(found)
    return Portfolio(
        tuple(m._replace(share=mine.get(place)) for place, m in enumerate(members)),
        agreed,
        found,
        total_of(len(members), found, agreed),
        _one_for_all(members, agreed),
    )


def _chosen(members: Sequence[Member]) -> list[Candidate | None]:
    return [
        Candidate(m.account, m.advice, entry) if (entry := m.advice.taken) else None
        for m in members
    ]


def _one_for_all(members: Sequence[Member], agreed: PriceTerms) -> Together | None:
    """The cheapest plan that meets the needs of each account, the higher tier of equal ones."""
    found = sorted(_for_all(members, agreed), key=lambda one: (one.to_pay.annual, -one.plan.tier))
    return found[0] if found else None


def _for_all(members: Sequence[Member], agreed: PriceTerms) -> Iterator[Together]:
    """Every plan that meets the needs of each account, with the price for all of them."""
    for entries in zip(*(member.advice.plans for member in members), strict=True):
        if all(entry.recommendable for entry in entries):
            total = bought(members, entries, agreed)
            if total is not None:
                yield Together(entries[0].plan, total.annual.total, total.to_pay)


def bought(
    members: Sequence[Member],
    entries: Sequence[PlanAdvice],
    agreed: PriceTerms,
    reading: str | None = None,
) -> Sums | None:
    """What a plan for each account comes to; None where that of one cannot be told.

    Under the reading in use, or another.
    """
    return total_of(len(members), fees_of(members, entries, agreed, reading), agreed)


def fees_of(
    members: Sequence[Member],
    entries: Sequence[PlanAdvice],
    agreed: PriceTerms,
    reading: str | None = None,
) -> tuple[Purchase, ...]:
    """The fees of a plan for each account; those that cannot be told are left out.

    Under the reading in use, or another.
    """
    asked = [
        Candidate(member.account, member.advice, entry)
        for member, entry in zip(members, entries, strict=True)
    ]
    return purchases(asked, agreed, reading or members[0].advice.reading)
