"""Amounts of an advice to talk about: a year's cost, a difference, a fee as a rule in words."""

from __future__ import annotations

from decimal import Decimal

from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.money import Money, exact_money, format_rate, round_half_up
from supportcli.core.piecewise import PiecewiseLinear, Segment, minus
from supportcli.core.plan import Fee
from supportcli.errors import Message


def annual_cost(advice: Advice, entry: PlanAdvice) -> Money | None:
    """The plan's cost of the year under the reading in use; None where it cannot be said."""
    quote = entry.quotes[advice.reading]
    return Money(quote.annual.total, entry.plan.currency) if quote else None


def annual_difference(advice: Advice, dearer: PlanAdvice, cheaper: PlanAdvice) -> Money | None:
    """What the one costs more than the other in a year, below zero where it costs less.

    Where the spend is not known it can still be said if the fees differ by the same at every spend.
    """
    left, right = dearer.quotes[advice.reading], cheaper.quotes[advice.reading]
    currency = dearer.plan.currency
    if left is not None and right is not None:
        return Money(left.annual.total - right.annual.total, currency)
    fees = _fee(advice, dearer), _fee(advice, cheaper)
    if fees[0] is None or fees[1] is None or fees[0].yearly != fees[1].yearly:
        return None
    gap = minus(fees[0].total, fees[1].total)
    amount = gap.segments[0].intercept
    if not gap.is_constant() or amount < 0:
        return None
    monthly: Decimal = round_half_up(amount, currency)
    return Money(monthly * len(advice.usage.months), currency)


def same_at_every_spend(advice: Advice, left: PlanAdvice, right: PlanAdvice) -> bool:
    """Whether two priced plans cost the same whatever the spend, under the reading in use."""
    fees = _fee(advice, left), _fee(advice, right)
    return fees[0] is not None and fees[1] is not None and fees[0].per_month == fees[1].per_month


def _fee(advice: Advice, entry: PlanAdvice) -> Fee | None:
    """The plan's fee under the reading in use; None where no price can be told."""
    fees = entry.plan.fees
    return None if fees is None or entry.plan.lacking else fees[advice.reading]


def fee_words(fee: PiecewiseLinear, currency: str) -> Message:
    """The fee as a rule: ¥50,000.00 + 10% of spend."""
    words = _line_words(fee.segments[0], currency)
    for segment in fee.segments[1:]:
        words = Message(
            "{before}; from {start} on {line}",
            before=words,
            start=Money(round_half_up(segment.start, currency), currency),
            line=_line_words(segment, currency),
        )
    return words


def _line_words(segment: Segment, currency: str) -> Message:
    base = exact_money(abs(segment.intercept), currency)
    if not segment.rate:
        return Message("{base}", base=base)
    rate = format_rate(segment.rate)
    if not segment.intercept:
        return Message("{rate} of spend", rate=rate)
    if segment.intercept < 0:
        return Message("{rate} of spend - {base}", rate=rate, base=base)
    return Message("{base} + {rate} of spend", rate=rate, base=base)
