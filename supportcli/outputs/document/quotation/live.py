"""What of a quote's months a spreadsheet can compute anew, and what it holds as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from supportcli.advice.billing import Bill
from supportcli.advice.deal import Deal
from supportcli.advice.lookup import LookupRow, lookup_rows
from supportcli.advice.portfolio import Member
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.purchases import Share
from supportcli.advice.quotation import Quotation, UnderReading
from supportcli.advice.quote import Charge, Quote, begins_year, is_pooled, price, rules_by_month
from supportcli.advice.rules import LONGEST_TERM
from supportcli.advice.usage import Growth, MonthSpend, Spends, Usage
from supportcli.core.money import round_half_up
from supportcli.core.period import Month
from supportcli.core.plan import Fee
from supportcli.record import NamedTuple

_FEW = 10  # accounts of which a sheet has every month of the longest term


class LiveMonth(NamedTuple):
    """A month of an account.

    `follows` where its spend is that of the account, grown by then, with what is `ordered`;
    `looked_up` where its fee is that of the table, with what is charged yearly on top.
    """

    bill: Bill
    charge: Charge
    spend: Fraction
    ordered: Fraction
    follows: bool
    looked_up: bool
    yearly: Fraction
    yearly_prepaid: Fraction


class LiveAccount(NamedTuple):
    """An account, or so many alike: its spend (None: each month has its own), its months.

    `beyond` are those after the term, which a longer term would have. `prepaid` is the table of
    what of the fee is prepaid; None where that is not known.
    """

    name: object
    plan: object
    alike: int
    spend: Fraction | None
    totals: tuple[LookupRow, ...]
    prepaid: tuple[LookupRow, ...] | None
    months: tuple[LiveMonth, ...]
    beyond: tuple[LiveMonth, ...]

    @property
    def live(self) -> bool:
        """Whether every month is computed, of the account's spend or of one of its own."""
        typed = self.spend is None
        every = (*self.months, *self.beyond)
        return all((month.follows or typed) and month.looked_up for month in every)


def live_accounts(found: Quotation, side: UnderReading) -> Iterator[LiveAccount]:
    """Each account under a reading."""
    growth = growth_of(found.advice.usage)
    members = found.found.members
    longer = found.answer.deal if len(members) <= _FEW else None
    for member, share in zip(members, side.shares, strict=True):
        pooled = is_pooled(share.quote.plan) and len(members) * share.quote.invoices > 1
        yield _account(member, share, (longer, growth, pooled))


def _account(member: Member, share: Share, by: tuple[Deal | None, Growth, bool]) -> LiveAccount:
    deal, growth, pooled = by
    usage, quote = member.advice.usage, share.quote
    plan, fee = quote.plan, (quote.plan.fees or {})[quote.reading]
    prepaid = None if fee.prepaid is None else lookup_rows(fee.prepaid, plan.currency)
    months = tuple(_months(usage, quote, (fee, growth, pooled), share.settlement.bills))
    later = None if deal is None or pooled else _going_on(member, quote, deal)
    beyond = () if later is None else tuple(_months(*later, (fee, growth, pooled)))
    level = None if usage.origin and usage.origin.spends.series else usage.monthly_spend
    return LiveAccount(
        *(member.account.name, plan.name, quote.invoices, level),
        *(lookup_rows(fee.total, plan.currency), prepaid, months, beyond[len(months) :]),
    )


def _going_on(member: Member, quote: Quote, deal: Deal) -> tuple[Usage, Quote] | None:
    """The account's longest term; None where a month is in part, or has no known amount."""
    taken = member.advice.taken
    if taken is None or deal.term.start.day != 1:
        return None
    term = deal.term._replace(months=LONGEST_TERM)
    usage = deal._replace(term=term).usage(member.account, member.advice.catalogue)
    found = price(taken.plan, usage, quote.reading)
    return None if found is None else (usage, found)


def _months(
    usage: Usage, quote: Quote, by: tuple[Fee, Growth, bool], bills: Sequence[Bill] = ()
) -> Iterator[LiveMonth]:
    fee, growth, pooled = by
    rules = rules_by_month(quote.plan, usage)
    found = zip(quote.months, usage.months, rules, strict=False)
    for index, (month, spent, rule) in enumerate(found):
        same = (rule.fees or {}).get(quote.reading) == fee
        first = begins_year(index, spent)
        yearly = fee.yearly if first else Fraction(0)
        yearly_prepaid = fee.yearly_prepaid if first else Fraction(0)
        spend = month.spend or Fraction(0)
        total = round_half_up(fee.total(spend) + yearly, quote.plan.currency) * quote.invoices
        looked_up = same and spent.share == 1 and not pooled and total == month.charge.total
        follows = _follows(usage, spent, _grown(usage, growth, index, quote.plan.currency), spend)
        bill = bills[index] if bills else _no_bill(month.month)
        yield LiveMonth(
            *(bill, month.charge, spend, spent.ordered, follows, looked_up),
            *(yearly, yearly_prepaid),
        )


def _no_bill(month: Month) -> Bill:
    return Bill(month, NOTHING, NOTHING, NOTHING, NOTHING, None, NOTHING)


def growth_of(usage: Usage) -> Growth:
    """How the spend grows; not at all, and then month by month where somebody says so."""
    growth = usage.origin.spends.growth if usage.origin else None
    return growth or Growth(Fraction(0), 1)


def _grown(usage: Usage, growth: Growth, index: int, currency: str) -> Fraction | None:
    """The level as it has grown by the growth that all accounts share on the sheet."""
    level = usage.monthly_spend
    if level is None or not growth.rate:
        return level
    return Spends(level, growth).of_month(index, currency)


def _follows(usage: Usage, spent: MonthSpend, grown: Fraction | None, spend: Fraction) -> bool:
    """Whether the level, grown and with the orders, is the month's spend."""
    if grown is None or (usage.origin and usage.origin.spends.series):
        return False
    return grown + spent.ordered == spend
