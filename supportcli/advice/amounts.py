"""Amounts of an advice to talk about: a year's cost, a difference, a fee as a rule in words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.breakeven import of_accounts
from supportcli.advice.quote import is_pooled
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import (
    Money,
    ShortMoney,
    exact_money,
    format_rate,
    nearest_money,
    round_half_up,
    round_up,
    whole,
)
from supportcli.core.piecewise import ZERO, PiecewiseLinear, Segment, minus
from supportcli.core.plan import MONTHS, Fee, Plan
from supportcli.core.quantity import Extra, Included, QuantityUnit
from supportcli.errors import Message


def annual_cost(advice: Advice, entry: PlanAdvice) -> Money | None:
    """What is to be paid a year under the reading in use: after a discount, with an added tax.

    None where it cannot be said.
    """
    quote = entry.quotes[advice.reading]
    return Money(advice.agreed.gross_year(quote), entry.plan.currency) if quote else None


def annual_difference(
    advice: Advice, dearer: PlanAdvice, cheaper: PlanAdvice, either_way: bool = False
) -> Money | None:
    """What is to be paid more for the one than for the other in a year, below zero where less.

    None where one of them ends within the term: there is no year of it.
    Where the spend is not known it can still be said if the fees differ by the same at every spend
    and neither discount nor tax changes them; `either_way` tells that too where it is below zero.
    """
    if dearer.last_day or cheaper.last_day:
        return None
    left, right = dearer.quotes[advice.reading], cheaper.quotes[advice.reading]
    currency = dearer.plan.currency
    if left is not None and right is not None:
        return Money(advice.agreed.gross_year(left) - advice.agreed.gross_year(right), currency)
    fees = _fee(advice, dearer), _fee(advice, cheaper)
    if advice.agreed.change_amounts:
        return None
    if fees[0] is None or fees[1] is None or fees[0].yearly != fees[1].yearly:
        return None
    if any(changing_days(advice, entry) for entry in (dearer, cheaper)):
        return None
    gap = minus(fees[0].total, fees[1].total)
    amount = gap.segments[0].intercept
    if not gap.is_constant() or (amount < 0 and not either_way):
        return None
    pooled = {is_pooled(entry.plan) for entry in (dearer, cheaper)}
    if advice.usage.accounts > 1 and len(pooled) > 1:
        return None
    times = 1 if pooled == {True} else advice.usage.accounts
    monthly: Decimal = round_half_up(abs(amount), currency)
    year = monthly * MONTHS * times
    return Money(-year if amount < 0 else year, currency)


def same_at_every_spend(advice: Advice, left: PlanAdvice, right: PlanAdvice) -> bool:
    """Whether two priced plans cost the same whatever the spend, under the reading in use."""
    fees = _fee(advice, left), _fee(advice, right)
    return fees[0] is not None and fees[1] is not None and fees[0].per_month == fees[1].per_month


def changing_days(advice: Advice, entry: PlanAdvice) -> list[datetime.date]:
    """The days within the term on which another fee rule begins."""
    ends = (rule.until for rule in entry.plan.history if rule.until is not None)
    begins = (end + datetime.timedelta(days=1) for end in ends)
    return [day for day in begins if advice.usage.first_day < day <= advice.usage.last_day]


def _fee(advice: Advice, entry: PlanAdvice) -> Fee | None:
    """The plan's fee under the reading in use; None where no price can be told."""
    fees = entry.plan.fees
    return None if fees is None or entry.plan.lacking else fees[advice.reading]


def rule_words(
    advice: Advice, plan: Plan, rule: PiecewiseLinear, in_short: bool = False
) -> Message:
    """A fee, or a part of it, of all accounts as a rule of the spend of one.

    `in_short` without decimals where they are all 0.
    """
    together = of_accounts(rule, advice.usage.accounts, is_pooled(plan))
    return fee_words(together, plan.currency, in_short)


def total_words(advice: Advice, plan: Plan, reading: str, in_short: bool = False) -> Message:
    """A plan's whole fee as a rule, in the source's words where a reader needs them."""
    if _is_told_by_source(advice, plan):
        return Message("{text}", text=plan.fee_text)
    return rule_words(advice, plan, (plan.fees or {})[reading].total, in_short)


def monthly_words(advice: Advice, plan: Plan, reading: str, in_short: bool = False) -> Message:
    """The same, as what a month costs."""
    rule = total_words(advice, plan, reading, in_short)
    if _is_told_by_source(advice, plan):
        return Message("each month {rule}", rule=rule)
    return Message("{rule} a month", rule=rule)


def _is_told_by_source(advice: Advice, plan: Plan) -> bool:
    """Whether the source's words say all of a fee that has brackets, which a formula hides.

    They know nothing of a reading, of extras that are counted in, nor of several accounts.
    """
    rules = {fee.total for fee in (plan.fees or {}).values()}
    return (
        plan.fee_text is not None
        and advice.usage.accounts == 1
        and not plan.counted
        and len(rules) == 1
        and len(rules.pop().segments) > 1
    )


def fee_words(fee: PiecewiseLinear, currency: str, in_short: bool = False) -> Message:
    """The fee as a rule: ¥50,000.00 + 10% of spend."""
    shown = whole if in_short else _in_full
    words = _line_words(fee.segments[0], currency, shown)
    for segment in fee.segments[1:]:
        words = Message(
            "{before}; from {start} on {line}",
            before=words,
            start=shown(Money(round_up(segment.start, currency), currency)),
            line=_line_words(segment, currency, shown),
        )
    return words


def _in_full(amount: Money) -> Money:
    return amount


def _line_words(
    segment: Segment, currency: str, shown: Callable[[Money], Money | ShortMoney]
) -> Message:
    base = shown(exact_money(abs(segment.intercept), currency))
    if not segment.rate:
        return Message("{base}", base=base)
    rate = format_rate(segment.rate)
    if not segment.intercept:
        return Message("{rate} of spend", rate=rate)
    if segment.intercept < 0:
        return Message("{rate} of spend - {base}", rate=rate, base=base)
    return Message("{base} + {rate} of spend", rate=rate, base=base)


def included_words(catalogue: Catalogue, included: Iterable[Included]) -> Message:
    """How many of each quantity a fee covers."""
    each = (
        Message("{name}: {count}", name=catalogue.quantity(one.quantity).name, count=one.number)
        for one in included
    )
    return Message("{text}", text=tuple(each))


def beyond_words(catalogue: Catalogue, plan: Plan) -> Message:
    """That more is wanted than a plan includes, so that it has no price."""
    return Message(
        "beyond what is included ({included}) its price is not in our source",
        included=included_words(catalogue, plan.beyond),
    )


def price_question(catalogue: Catalogue, plan: Plan, name: object) -> Message:
    """What to ask about a plan whose price is not in our source."""
    if not plan.beyond:
        return Message("What does {plan} cost?", plan=name)
    return Message(
        "What does {plan} cost beyond what is included ({included})?",
        plan=name,
        included=included_words(catalogue, plan.beyond),
    )


def extra_words(extra: Extra, unit: QuantityUnit | None, currency: str) -> Message:
    """A price beside the spend: so much for each piece, how many are included, how often."""
    words = _price_words(extra.price, unit, currency)
    if extra.pack is not None:
        words = Message("{words} pack of {count}", words=words, count=extra.pack)
    if extra.yearly:
        words = Message("{words}, once a year", words=words)
    return Message("{words}, optional", words=words) if extra.optional else words


def _price_words(price: PiecewiseLinear, unit: QuantityUnit | None, currency: str) -> Message:
    """The price as a function of its quantity; of money as a share, of pieces for each."""
    words = _piece_words(price.segments[0], unit, currency)
    for segment in price.segments[1:]:
        start: object = segment.start
        if unit is QuantityUnit.MONEY:
            start = nearest_money(segment.start, currency)
        words = Message(
            "{before}; from {start} on {line}",
            before=words,
            start=start,
            line=_piece_words(segment, unit, currency, segment.start),
        )
    return words


def _piece_words(
    segment: Segment, unit: QuantityUnit | None, currency: str, start: Fraction = ZERO
) -> Message:
    """A line of a price: of the whole quantity, or what is reached and so much for the rest."""
    above = bool(start and segment.intercept)
    reached = nearest_money(segment.at(start) if above else segment.intercept, currency)
    if not segment.rate:
        return Message("{base}", base=reached)
    if unit is QuantityUnit.MONEY:
        slope = Message("{rate} of what is above it") if above else Message("{rate} of it")
        slope = Message(slope.text, rate=format_rate(segment.rate))
    else:
        slope = Message("{price} for each above it") if above else Message("{price} for each")
        slope = Message(slope.text, price=nearest_money(segment.rate, currency))
    if not reached.amount:
        return slope
    return Message("{base} + {slope}", base=reached, slope=slope)
