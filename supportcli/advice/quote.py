"""What a plan costs, month by month. The only place where a fee is rounded."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from supportcli.advice.usage import Usage
from supportcli.core.money import minor_digits, round_half_up
from supportcli.core.period import Month
from supportcli.core.piecewise import ZERO, Slice
from supportcli.core.plan import Fee, Plan

YEAR = 12


class Charge(NamedTuple):
    """A rounded amount and the two parts that it is charged in; they add up to it."""

    total: Decimal
    prepaid: Decimal

    @property
    def postpaid(self) -> Decimal:
        """What is charged after the month: the difference, so that the parts add up."""
        return self.total - self.prepaid


class QuoteMonth(NamedTuple):
    """What one month costs, and the spend that it is computed from."""

    month: Month
    spend: Fraction | None
    charge: Charge


class QuoteSlice(NamedTuple):
    """A slice of the first month's fee, its amount rounded so that the slices add up to the fee."""

    slice: Slice
    amount: Decimal


class Quote(NamedTuple):
    """What a plan costs under one reading: a month, a year, and how they come about."""

    plan: Plan
    reading: str
    monthly: Charge
    annual: Charge
    months: tuple[QuoteMonth, ...]
    slices: tuple[QuoteSlice, ...]


def price(plan: Plan, usage: Usage, reading: str) -> Quote | None:
    """What the plan costs over the usage's months; None where that cannot be said.

    It cannot where our source has no price, or where the fee hangs on a spend that is not known.
    Each month's total is rounded half up to the currency's minor unit, and so is its prepaid part;
    a year is the sum of its first twelve rounded months, as invoices are.
    """
    if plan.fees is None:
        return None
    fee = plan.fees[reading]
    fixed = fee.total.is_constant() and fee.prepaid.is_constant()
    if not fixed and any(month.spend is None for month in usage.months):
        return None
    charge_of = cache(lambda spend: _charge(fee, spend or ZERO, plan.currency))
    months = tuple(QuoteMonth(m.month, m.spend, charge_of(m.spend)) for m in usage.months)
    return Quote(
        plan,
        reading,
        months[0].charge,
        _sum(month.charge for month in months[:YEAR]),
        months,
        _slices(fee, months[0], plan.currency),
    )


def _charge(fee: Fee, spend: Fraction, currency: str) -> Charge:
    return Charge(
        round_half_up(fee.total(spend), currency), round_half_up(fee.prepaid(spend), currency)
    )


def _sum(charges: Iterable[Charge]) -> Charge:
    every = tuple(charges)
    return Charge(
        sum((charge.total for charge in every), Decimal(0)),
        sum((charge.prepaid for charge in every), Decimal(0)),
    )


def _slices(fee: Fee, month: QuoteMonth, currency: str) -> tuple[QuoteSlice, ...]:
    parts = fee.total.slices(month.spend or ZERO)
    amounts = apportion([part.amount for part in parts], month.charge.total, currency)
    return tuple(QuoteSlice(*pair) for pair in zip(parts, amounts, strict=True))


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
