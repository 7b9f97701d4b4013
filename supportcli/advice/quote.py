"""What a plan costs, month by month. The only place where a fee is rounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from supportcli.advice.usage import ONE, MonthSpend, Usage
from supportcli.core.money import minor_digits, round_half_up
from supportcli.core.period import Month
from supportcli.core.piecewise import ZERO, PiecewiseLinear, Slice, minus
from supportcli.core.plan import MONTHS, Fee, Plan
from supportcli.core.quantity import Counted, charged
from supportcli.core.schedule import GreaterOf, Line, normalise
from supportcli.core.terms import PartMonth


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
    """What a plan costs under one reading: a month, a year, and how they come about.

    `monthly` is the first whole month; slices and extras are its parts and add up to it.
    """

    plan: Plan
    reading: str
    monthly: Charge
    annual: Charge
    months: tuple[QuoteMonth, ...]
    slices: tuple[QuoteSlice, ...]
    extras: tuple[QuoteExtra, ...] = ()


def price(plan: Plan, usage: Usage, reading: str) -> Quote | None:
    """What the plan costs over the usage's months; None where that cannot be said.

    It cannot where our source has no price, or where the fee hangs on a spend or on a quantity
    that is not known.
    Each month's total is rounded half up to the currency's minor unit, and so is its prepaid part;
    a year is the sum of its first twelve rounded months, as invoices are.
    """
    rules = rules_by_month(plan, usage)
    if any(rule.fees is None or rule.lacking for rule in rules):
        return None
    fees = [rule.fees[reading] for rule in rules if rule.fees is not None]
    if not usage.spend_known and not all(map(_is_fixed, fees)):
        return None
    months = tuple(_months(usage, rules, reading))
    index = next((i for i, month in enumerate(usage.months) if month.share == 1), 0)
    rule, whole = rules[index], usage.months[index]._replace(share=ONE)
    monthly = _charge(rule, reading, whole, index == 0)
    slices, extras = _parts(rule, fees[index], whole, monthly, index == 0)
    annual = _sum(month.charge for month in months[:MONTHS])
    return Quote(rule, reading, monthly, annual, months, slices, extras)


def _months(usage: Usage, rules: list[Plan], reading: str) -> Iterator[QuoteMonth]:
    """Each month's charge; months of one spend under one rule are computed once."""
    known: dict[tuple[int, int, Fraction, bool], Charge] = {}
    for index, (month, rule) in enumerate(zip(usage.months, rules, strict=True)):
        first = index % MONTHS == 0
        key = id(rule), id(month.spend), month.share, first  # the same objects: nothing to compare
        if key not in known:
            known[key] = _charge(rule, reading, month, first)
        yield QuoteMonth(month.month, month.spend, known[key])


def rules_by_month(plan: Plan, usage: Usage) -> list[Plan]:
    """The plan as it is in each month, by the fee rule in force on the month's first day."""
    if not plan.history:
        return [plan.with_quantities(usage.quantities)] * len(usage.months)
    days = (month.month.first_day for month in usage.months)
    return [plan.on(day).with_quantities(usage.quantities) for day in days]


def _is_fixed(fee: Fee) -> bool:
    """Whether the fee hangs on no spend."""
    return fee.total.is_constant() and (fee.prepaid is None or fee.prepaid.is_constant())


def _charge(plan: Plan, reading: str, month: MonthSpend, first: bool) -> Charge:
    """One month's charge; the first month of a year holds what is charged once a year."""
    fee = (plan.fees or {})[reading]
    spend = month.spend or ZERO
    total, prepaid = fee.total(spend), None if fee.prepaid is None else fee.prepaid(spend)
    if month.share < 1:
        total, prepaid = part_month(plan, reading, spend, month.share)
    if first:
        total += fee.yearly
        prepaid = None if prepaid is None else prepaid + fee.yearly_prepaid
    currency = plan.currency
    if prepaid is None:
        return Charge(round_half_up(total, currency), None)
    return Charge(round_half_up(total, currency), round_half_up(prepaid, currency))


def part_month(
    plan: Plan, reading: str, spend: Fraction, share: Fraction
) -> tuple[Fraction, Fraction | None]:
    """What a part of a month costs, and what of it is charged first; unrounded.

    `spend` is that of the whole month. By the plan's rule the share is taken of the fee, of the
    spend that counts, or of the part charged first, what is above it being charged on the spend of
    those days. Where no rule is stated the share is taken of the fee: our assumption.
    """
    fee = (plan.fees or {})[reading]
    clause = plan.terms.proration
    match clause.value.part if clause else PartMonth.FEE:
        case PartMonth.NONE:
            return fee.total(spend), None if fee.prepaid is None else fee.prepaid(spend)
        case PartMonth.SPEND:
            part = spend * share
            return fee.total(part), None if fee.prepaid is None else fee.prepaid(part)
        case PartMonth.MINIMUM if fee.prepaid is not None:
            minimum = fee.prepaid(spend) * share
            return _above_minimum(plan, fee, spend, share), minimum
        case _:
            prepaid = None if fee.prepaid is None else fee.prepaid(spend) * share
            return fee.total(spend) * share, prepaid


def _above_minimum(plan: Plan, fee: Fee, spend: Fraction, share: Fraction) -> Fraction:
    """The share of the minimum, or what the spend of those days comes to where that is more.

    Extras go by the share. A fee that was not published as the greater of a minimum and another
    has no such other: what it charges above the part charged first is added to the share of that.
    """
    extras = charged(plan.counted, yearly=False)
    first = charged(plan.counted, yearly=False, prepaid=True)
    base = minus(fee.prepaid or PiecewiseLinear.line(), PiecewiseLinear.line(first))
    match (plan.published or {}).get("fee"):
        case GreaterOf(Line() as minimum, rest) if normalise(minimum) == base:
            return max(base(spend) * share, normalise(rest)(spend * share)) + extras * share
        case _:
            above = fee.total(spend * share) - (fee.prepaid or base)(spend * share) - extras + first
            return base(spend) * share + above + extras * share


def _sum(charges: Iterable[Charge]) -> Charge:
    every = tuple(charges)
    prepaid = [charge.prepaid for charge in every if charge.prepaid is not None]
    return Charge(
        sum((charge.total for charge in every), Decimal(0)),
        sum(prepaid, Decimal(0)) if len(prepaid) == len(every) else None,
    )


def _parts(
    plan: Plan, fee: Fee, month: MonthSpend, charge: Charge, first: bool
) -> tuple[tuple[QuoteSlice, ...], tuple[QuoteExtra, ...]]:
    """A month's slices of the spend and its extras, rounded to add up to the total."""
    due = tuple(counted for counted in plan.counted if first or not counted.extra.yearly)
    by_quantity = PiecewiseLinear.line(charged(plan.counted, yearly=False))
    slices = minus(fee.total, by_quantity).slices(month.spend or ZERO)
    exact = [*(part.amount for part in slices), *(part.amount for part in due)]
    amounts = iter(apportion(exact, charge.total, plan.currency))
    return (
        tuple(QuoteSlice(part, next(amounts)) for part in slices),
        tuple(QuoteExtra(part, next(amounts)) for part in due),
    )


def apportion(parts: list[Fraction], total: Decimal, currency: str) -> list[Decimal]:
    """Round the parts so that they add up to the rounded total: by largest remainder."""
    unit = Decimal(1).scaleb(-minor_digits(currency))
    scaled = [part / Fraction(unit) for part in parts]
    units = [int(part) for part in scaled]
    missing = int(total / unit) - sum(units)
    by_remainder = sorted(range(len(parts)), key=lambda i: units[i] - scaled[i])
    for index in by_remainder[:missing]:
        units[index] += 1
    return [count * unit for count in units]
