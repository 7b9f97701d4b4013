"""From which spend is which plan the cheapest: exact, on the unrounded fees."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from supportcli.advice.envelope import envelope
from supportcli.advice.part_month import part_fee
from supportcli.advice.price_terms import AS_PUBLISHED, PriceTerms
from supportcli.advice.quote import begins_year, is_pooled, rules_by_month
from supportcli.advice.usage import Usage
from supportcli.core.piecewise import (
    PiecewiseLinear,
    Segment,
    minus,
    plus,
    scale,
)
from supportcli.core.plan import MONTHS, Fee, Plan
from supportcli.record import NamedTuple


class SpendRange(NamedTuple):
    """A range of monthly spend (start included, end excluded) and the plans that cost least in it.

    Of several that cost the same the higher tier comes first.
    """

    start: Fraction
    end: Fraction | None
    plans: tuple[Plan, ...]


def cheapest_ranges(
    plans: Sequence[Plan],
    reading: str,
    usage: Usage | None = None,
    agreed: PriceTerms = AS_PUBLISHED,
) -> tuple[SpendRange, ...]:
    """The whole range of spend from 0 up, divided by which of the plans costs least there.

    With a usage the fees of its whole term count, each month's by the rule in force; without one,
    those of a month of the plans as they are, with a twelfth of what is charged yearly.
    """
    fees = {
        plan.id: plan.fees[reading].per_month
        if usage is None
        else term_fee(plan, reading, usage, agreed)
        for plan in plans
        if plan.fees is not None
    }
    return ranges_of([plan for plan in plans if plan.id in fees], fees)


def ranges_of(plans: Sequence[Plan], fees: Mapping[str, PiecewiseLinear]) -> tuple[SpendRange, ...]:
    """The same of plans whose fees are known by their ids."""
    changes = [
        (next(run).line.start, _higher_first(cheapest))
        for cheapest, run in groupby(envelope(plans, fees), key=lambda each: each.plans)
    ]
    ends = [*(start for start, _ in changes), None][1:]
    return tuple(
        SpendRange(start, end, cheapest)
        for (start, cheapest), end in zip(changes, ends, strict=True)
    )


def _higher_first(plans: Sequence[Plan]) -> tuple[Plan, ...]:
    return tuple(sorted(plans, key=lambda plan: -plan.tier))


def range_of(ranges: Sequence[SpendRange], spend: Fraction) -> SpendRange:
    """The one of the ranges that a spend lies in; there is one at least."""
    return ranges[bisect_right(ranges, spend, key=lambda part: part.start) - 1]


def fee_of_month(
    rule: Plan, reading: str, usage: Usage, agreed: PriceTerms = AS_PUBLISHED
) -> PiecewiseLinear:
    """What a rule of a priced plan charges for a whole month, discount and tax counted in.

    A function of one account's spend, with a twelfth of what is charged yearly.
    """
    fee = (rule.fees or {})[reading]
    first = PiecewiseLinear.line(fee.yearly_prepaid / MONTHS)
    monthly = Fee(fee.per_month, None if fee.prepaid is None else plus(fee.prepaid, first))
    return of_accounts(_paid(monthly, agreed), usage.accounts, is_pooled(rule))


def term_fee(
    plan: Plan, reading: str, usage: Usage, agreed: PriceTerms = AS_PUBLISHED
) -> PiecewiseLinear:
    """What a priced plan costs over the term, by a spend that is every month's.

    Discount and tax are counted in.
    """
    rules, opened = rules_by_month(plan, usage), usage.months[0].share
    alike = {(id(r), m.share, m.closing): r for r, m in zip(rules, usage.months, strict=True)}
    counts = Counter((id(r), m.share, m.closing) for r, m in zip(rules, usage.months, strict=True))
    parts: Counter[Fee] = Counter()
    for key, rule in alike.items():
        part = part_fee(rule, reading, key[1], opened if key[2] else None)
        parts[part] += counts[key]
    total = PiecewiseLinear.line()
    for part, count in parts.items():
        total = plus(total, scale(_paid(part, agreed), Fraction(count)))
    for index, (rule, month) in enumerate(zip(rules, usage.months, strict=True)):
        fee = (rule.fees or {})[reading]
        if fee.yearly and begins_year(index, month):
            once = Fee(
                PiecewiseLinear.line(fee.yearly),
                None if fee.prepaid is None else PiecewiseLinear.line(fee.yearly_prepaid),
            )
            total = plus(total, _paid(once, agreed))
    return of_accounts(total, usage.accounts, is_pooled(plan))


def _paid(fee: Fee, agreed: PriceTerms) -> PiecewiseLinear:
    """The fee after a discount and with an added tax.

    Where nobody says what is prepaid, the discount is taken of the whole.
    """
    net = fee.total
    if agreed.discount is not None:
        base = fee.total
        if not agreed.discount.prepaid and fee.prepaid is not None:
            base = minus(fee.total, fee.prepaid)
        net = minus(fee.total, scale(base, agreed.discount.rate))
    if agreed.tax is None or agreed.tax.included:
        return net
    return scale(net, 1 + agreed.tax.rate)


def of_accounts(fee: PiecewiseLinear, accounts: int, pooled: bool) -> PiecewiseLinear:
    """The fee of several accounts as a function of the spend of one."""
    if not pooled:
        return scale(fee, Fraction(accounts))
    segments = (Segment(s.start / accounts, s.intercept, s.rate * accounts) for s in fee.segments)
    return PiecewiseLinear(tuple(segments))
