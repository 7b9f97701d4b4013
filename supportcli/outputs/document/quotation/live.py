"""What of a quote's months a spreadsheet can compute anew, and what it holds as values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from supportcli.advice.billing import Bill
from supportcli.advice.lookup import LookupRow, lookup_rows
from supportcli.advice.portfolio import Member
from supportcli.advice.purchases import Share
from supportcli.advice.quotation import UnderReading
from supportcli.advice.quote import Charge, begins_year, is_pooled, rules_by_month
from supportcli.advice.usage import YEAR, MonthSpend, Usage
from supportcli.core.money import round_half_up
from supportcli.core.plan import Fee
from supportcli.outputs.document.quotation.paper import QuotePaper


class LiveMonth(NamedTuple):
    """A month of an account.

    `follows` where its spend is that of the account, grown `steps` times, with what is `ordered`;
    `looked_up` where its fee is that of the table, with what is charged yearly on top.
    """

    bill: Bill
    charge: Charge
    spend: Fraction
    ordered: Fraction
    steps: int
    follows: bool
    looked_up: bool
    yearly: Fraction
    yearly_prepaid: Fraction


class LiveAccount(NamedTuple):
    """An account, or so many alike: its spend, its tables (None: parts not known), its months."""

    name: object
    plan: object
    alike: int
    spend: Fraction | None
    totals: tuple[LookupRow, ...]
    prepaid: tuple[LookupRow, ...] | None
    months: tuple[LiveMonth, ...]

    @property
    def live(self) -> bool:
        """Whether every month is computed."""
        return all(month.follows and month.looked_up for month in self.months)


def live_accounts(paper: QuotePaper, side: UnderReading) -> Iterator[LiveAccount]:
    """Each account under a reading."""
    members = zip(paper.quotation.found.members, side.shares, strict=True)
    growth = growth_of(paper.quotation.advice.usage)
    for member, share in members:
        yield _account(member, share, side.reading, growth)


def _account(member: Member, share: Share, reading: str, growth: Fraction) -> LiveAccount:
    usage, plan = member.advice.usage, share.quote.plan
    fee = (plan.fees or {})[reading]
    prepaid = None if fee.prepaid is None else lookup_rows(fee.prepaid, plan.currency)
    rows = lookup_rows(fee.total, plan.currency)
    months = tuple(_months(usage, share, (fee, growth), is_pooled(plan)))
    level = None if usage.origin and usage.origin.spends.series else usage.monthly_spend
    return LiveAccount(
        member.account.name, plan.name, share.quote.invoices, level, rows, prepaid, months
    )


def _months(
    usage: Usage, share: Share, by: tuple[Fee, Fraction], pooled: bool
) -> Iterator[LiveMonth]:
    fee, growth = by
    quote, bills = share.quote, share.settlement.bills
    rules = rules_by_month(quote.plan, usage)
    every = _every(usage)
    found = zip(quote.months, bills, usage.months, rules, strict=False)
    for index, (month, bill, spent, rule) in enumerate(found):
        same = (rule.fees or {}).get(quote.reading) == fee
        first = begins_year(index, spent)
        yearly = fee.yearly if first else Fraction(0)
        yearly_prepaid = fee.yearly_prepaid if first else Fraction(0)
        spend = month.spend or Fraction(0)
        total = round_half_up(fee.total(spend) + yearly, quote.plan.currency) * quote.invoices
        looked_up = same and spent.share == 1 and not pooled and total == month.charge.total
        steps = index // every
        follows = _follows(usage, spent, _grown(usage, growth, steps, quote.plan.currency), spend)
        yield LiveMonth(
            *(bill, month.charge, spend, spent.ordered, steps, follows, looked_up),
            *(yearly, yearly_prepaid),
        )


def _every(usage: Usage) -> int:
    growth = usage.origin.spends.growth if usage.origin else None
    return growth.every if growth else YEAR


def growth_of(usage: Usage) -> Fraction:
    """By how much the spend grows each time."""
    growth = usage.origin.spends.growth if usage.origin else None
    return growth.rate if growth else Fraction(0)


def _grown(usage: Usage, growth: Fraction, steps: int, currency: str) -> Fraction | None:
    """The level as it has grown by the growth that all accounts share on the sheet."""
    level = usage.monthly_spend
    if level is None or not steps:
        return level
    return Fraction(round_half_up(level * (1 + growth) ** steps, currency))


def _follows(usage: Usage, spent: MonthSpend, grown: Fraction | None, spend: Fraction) -> bool:
    """Whether the level, grown and with the orders, is the month's spend."""
    if grown is None or (usage.origin and usage.origin.spends.series):
        return False
    return grown + spent.ordered == spend
