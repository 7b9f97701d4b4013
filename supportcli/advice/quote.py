"""What a plan costs, month by month. The only place where a fee is rounded."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.bounds import one_of
from supportcli.advice.part_month import part_month
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.conditions import Scope
from supportcli.core.money import apportion, round_half_up
from supportcli.core.period import ONE, Month
from supportcli.core.piecewise import (
    ZERO,
    PiecewiseLinear,
    Slice,
    minus,
)
from supportcli.core.plan import MONTHS, Fee, Plan
from supportcli.core.quantity import Counted, charged
from supportcli.record import NamedTuple


class Charge(NamedTuple):
    """A rounded amount and the two parts that it is charged in; they add up to it.

    The parts are None where nobody says how the fee is charged.
    """

    total: Decimal
    prepaid: Decimal | None

    @property
    def postpaid(self) -> Decimal | None:
        """What is charged after the month: the difference, so that the parts add up."""
        return None if self.prepaid is None else self.total - self.prepaid

    def of_one(self, invoices: int) -> Charge:
        """What each of so many invoices that are alike has of it."""
        if invoices == 1:
            return self
        prepaid = None if self.prepaid is None else self.prepaid / invoices
        return Charge(self.total / invoices, prepaid)


class QuoteMonth(NamedTuple):
    """What one month costs, and the spend that it is computed from."""

    month: Month
    spend: Fraction | None
    charge: Charge


class QuoteSlice(NamedTuple):
    """A slice of the first whole month's fee, rounded so that the slices add up to the fee."""

    slice: Slice
    amount: Decimal


class QuoteExtra(NamedTuple):
    """An extra of that month, its amount rounded so that everything adds up to the total."""

    counted: Counted
    amount: Decimal


class Quote(NamedTuple):
    """What a plan costs under one reading: a month, a year, the term, and how they come about.

    `monthly` is the first whole month, `annual` the twelve months from the start (`year`), `term`
    all the `months`; they are for all accounts together, which get so many `invoices` alike; `each`
    is the month of one account, whose parts are the slices and extras. `ends` is the last day of a
    plan that ends within the year, of which there is only a part then.
    """

    plan: Plan
    reading: str
    monthly: Charge
    annual: Charge
    term: Charge
    each: Charge
    months: tuple[QuoteMonth, ...]
    slices: tuple[QuoteSlice, ...]
    extras: tuple[QuoteExtra, ...] = ()
    year: tuple[QuoteMonth, ...] = ()
    invoices: int = 1
    ends: datetime.date | None = None

    def __repr__(self) -> str:
        """The plan and what it costs a month and a year under its reading."""
        amounts = f"{self.monthly.total} a month, {self.annual.total} a year"
        return f"<Quote {self.plan.id}, {self.reading}: {self.plan.currency} {amounts}>"


def price(plan: Plan, usage: Usage, reading: str) -> Quote | None:
    """What the plan costs over the usage's months; None where that cannot be said.

    Of a plan that ends within the term it is what can be bought: nothing after the month of its
    last day, which counts whole (our assumption: at most that).
    It cannot where our source has no price, or where the fee hangs on a spend or on a quantity
    that is not known.
    Each month's total is rounded half up to the currency's minor unit, and so is its prepaid part;
    a year is the sum of its rounded months, as invoices are. Accounts whose spend is pooled get one
    invoice, others one each.

    Raises:
        UsageError: the plan has no fee under such a reading.
    """
    if not plan.fees:
        return None
    one_of(reading, plan.fees)
    whole_year, usage = usage.first_year, usage_held(plan, usage)
    months = _priced(plan, usage, usage.months, reading)
    year = months if usage.first_year == usage.months else None
    year = year or _priced(plan, usage, usage.first_year, reading)
    if not months or not year:
        return None
    index = next((i for i, month in enumerate(usage.months) if month.share == 1), 0)
    whole = usage.months[index]._replace(share=ONE)
    rule = rules_by_month(plan, usage, (whole,))[0]
    monthly = _charge(rule, reading, whole, index == 0, usage.accounts)
    pooled = usage.accounts if is_pooled(plan) else 1
    each = _charge(rule, reading, whole, index == 0, pooled)
    slices, extras = _parts(rule, reading, whole, each, index == 0, pooled)
    annual, term = (sum_of(month.charge for month in of) for of in (year, months))
    invoices = 1 if is_pooled(plan) else usage.accounts
    ends = None if usage.first_year == whole_year else plan.validity.valid_to
    return Quote(
        rule, reading, monthly, annual, term, each, months, slices, extras, year, invoices, ends
    )


def usage_held(plan: Plan, usage: Usage) -> Usage:
    """The usage as far as the plan goes: up to its last day, where that is within the term.

    Of a plan that ended before the term it is what its rule says of such months.
    """
    last = plan.validity.valid_to
    within = last is not None and usage.first_day <= last < usage.last_day
    return usage.until(last) if last is not None and within else usage


def _priced(
    plan: Plan, usage: Usage, months: tuple[MonthSpend, ...], reading: str
) -> tuple[QuoteMonth, ...]:
    """Every month with its charge; none where one cannot be told."""
    rules = rules_by_month(plan, usage, months)
    if any(rule.fees is None or rule.lacking for rule in rules):
        return ()
    known = all(month.spend is not None for month in months)
    fees = (rule.fees[reading] for rule in rules if rule.fees is not None)
    if not known and not all(map(_is_fixed, fees)):
        return ()
    return tuple(_months(months, rules, reading, usage.accounts))


def _months(
    months: tuple[MonthSpend, ...], rules: list[Plan], reading: str, accounts: int
) -> Iterator[QuoteMonth]:
    """Each month's charge; months of one spend under one rule are computed once."""
    known: dict[tuple[object, ...], Charge] = {}
    for index, (month, rule) in enumerate(zip(months, rules, strict=True)):
        first = begins_year(index, month)
        # The same objects: nothing to compare, and amounts are slow to hash.
        key = first, id(rule), *map(id, month[1:])
        if key not in known:
            known[key] = _charge(rule, reading, month, first, accounts)
        yield QuoteMonth(month.month, month.spend, known[key])


def begins_year(index: int, month: MonthSpend) -> bool:
    """Whether a year of the term begins in the month of that index."""
    return index % MONTHS == 0 and not month.closing


def is_pooled(plan: Plan) -> bool:
    """Whether the spend of all accounts makes up one fee; where nobody says, each has its own."""
    return plan.terms.scope is not None and plan.terms.scope.value is Scope.POOLED


def takes_highest(plan: Plan) -> bool:
    """Whether all accounts of one enterprise have the highest plan that any of them has."""
    return plan.terms.scope is not None and plan.terms.scope.value is Scope.HIGHEST_PLAN


def rules_by_month(
    plan: Plan, usage: Usage, months: tuple[MonthSpend, ...] | None = None
) -> list[Plan]:
    """The plan as it is in each month, by the fee rule in force on the month's first day."""
    wanted = usage.months if months is None else months
    if not plan.history:
        return [plan.with_quantities(usage.quantities)] * len(wanted)
    days = (max(month.month.first_day, usage.first_day) for month in wanted)
    return [plan.on(day).with_quantities(usage.quantities) for day in days]


def priced_throughout(plan: Plan, usage: Usage) -> Plan:
    """The plan; without a price where that of a later month of the term or year is unknown.

    Nor has a plan that ended before the term one of it.
    """
    months = dict.fromkeys((*usage.months, *usage.first_year))
    known = not plan.validity.ends_before(usage.first_day) and all(
        rule.fees is not None for rule in rules_by_month(plan, usage, tuple(months))
    )
    return plan if known else plan._replace(published=None, fees=None, counted=(), lacking=())


def _is_fixed(fee: Fee) -> bool:
    """Whether the fee hangs on no spend."""
    return fee.total.is_constant() and (fee.prepaid is None or fee.prepaid.is_constant())


def _charge(plan: Plan, reading: str, month: MonthSpend, first: bool, accounts: int) -> Charge:
    """One month's charge of all accounts; the first month of a year has what is charged yearly."""
    fee = (plan.fees or {})[reading]
    pooled = is_pooled(plan)
    together = accounts if pooled else 1
    spend = (month.spend or ZERO) * together
    total, prepaid = fee.total(spend), None if fee.prepaid is None else fee.prepaid(spend)
    if month.share < 1:
        held, opened = month.spend_held * together, month.opened
        opened = None if opened is None else opened * together
        total, prepaid = part_month(plan, reading, spend, month.share, held, opened)
    if first:
        total += fee.yearly
        prepaid = None if prepaid is None else prepaid + fee.yearly_prepaid
    times, currency = 1 if pooled else accounts, plan.currency
    if prepaid is None:
        return Charge(round_half_up(total, currency) * times, None)
    return Charge(round_half_up(total, currency) * times, round_half_up(prepaid, currency) * times)


def sum_of(charges: Iterable[Charge]) -> Charge:
    """Several charges as one; its parts are known where those of all are."""
    every = tuple(charges)
    prepaid = [charge.prepaid for charge in every if charge.prepaid is not None]
    return Charge(
        sum((charge.total for charge in every), Decimal(0)),
        sum(prepaid, Decimal(0)) if len(prepaid) == len(every) else None,
    )


def _parts(
    plan: Plan, reading: str, month: MonthSpend, charge: Charge, first: bool, pooled: int
) -> tuple[tuple[QuoteSlice, ...], tuple[QuoteExtra, ...]]:
    """A month's slices of the spend and its extras, rounded to add up to the total."""
    fee = (plan.fees or {})[reading]
    due = tuple(counted for counted in plan.counted if first or not counted.extra.yearly)
    by_quantity = PiecewiseLinear.line(charged(plan.counted, yearly=False))
    slices = minus(fee.total, by_quantity).slices((month.spend or ZERO) * pooled)
    exact = [*(part.amount for part in slices), *(part.amount for part in due)]
    amounts = iter(apportion(exact, charge.total, plan.currency))
    return (
        tuple(QuoteSlice(part, next(amounts)) for part in slices),
        tuple(QuoteExtra(part, next(amounts)) for part in due),
    )
