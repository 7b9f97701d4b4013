"""From which spend is which plan the cheapest: exact, on the unrounded fees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from supportcli.advice.deal import NO_DEAL, Deal, Discount
from supportcli.advice.quote import begins_year, is_pooled, rules_by_month
from supportcli.advice.usage import Usage
from supportcli.core.piecewise import (
    ZERO,
    PiecewiseLinear,
    Segment,
    crossings,
    minus,
    plus,
    scale,
)
from supportcli.core.plan import Fee, Plan


class SpendRange(NamedTuple):
    """A range of monthly spend (start included, end excluded) and the plans that cost least in it.

    Of several that cost the same the higher tier comes first.
    """

    start: Fraction
    end: Fraction | None
    plans: tuple[Plan, ...]


def cheapest_ranges(
    plans: Sequence[Plan], reading: str, usage: Usage | None = None, deal: Deal = NO_DEAL
) -> tuple[SpendRange, ...]:
    """The whole range of spend from 0 up, divided by which of the plans costs least there.

    With a usage the fees of its whole term count, each month's by the rule in force; without one,
    those of a month of the plans as they are, with a twelfth of what is charged yearly.
    """
    fees = {
        plan.id: plan.fees[reading].per_month
        if usage is None
        else term_fee(plan, reading, usage, deal)
        for plan in plans
        if plan.fees is not None
    }
    if not fees:
        return ()
    winners = [(start, _cheapest(plans, fees, start)) for start in _points(list(fees.values()))]
    changes = [w for i, w in enumerate(winners) if i == 0 or w[1] != winners[i - 1][1]]
    ends = [*(start for start, _ in changes[1:]), None]
    return tuple(
        SpendRange(start, end, cheapest)
        for (start, cheapest), end in zip(changes, ends, strict=True)
    )


def term_fee(plan: Plan, reading: str, usage: Usage, deal: Deal = NO_DEAL) -> PiecewiseLinear:
    """What a priced plan costs over the term after a discount, by a spend that is every month's."""
    rules = rules_by_month(plan, usage)
    fees = [(rule.fees or {})[reading] for rule in rules]
    total = PiecewiseLinear.line()
    for monthly, count in Counter(_net(fee, deal.discount) for fee in fees).items():
        total = plus(total, scale(monthly, Fraction(count)))
    for index, (fee, month) in enumerate(zip(fees, usage.months, strict=True)):
        if fee.yearly and begins_year(index, month):
            once = Fee(
                PiecewiseLinear.line(fee.yearly),
                None if fee.prepaid is None else PiecewiseLinear.line(fee.yearly_prepaid),
            )
            total = plus(total, _net(once, deal.discount))
    return _of_accounts(total, usage.accounts, is_pooled(plan))


def _net(fee: Fee, discount: Discount | None) -> PiecewiseLinear:
    """The fee after a discount; where nobody says what is prepaid, it is taken of the whole."""
    if discount is None:
        return fee.total
    base = fee.total
    if not discount.prepaid and fee.prepaid is not None:
        base = minus(fee.total, fee.prepaid)
    return minus(fee.total, scale(base, discount.rate))


def _of_accounts(fee: PiecewiseLinear, accounts: int, pooled: bool) -> PiecewiseLinear:
    """The fee of several accounts as a function of the spend of one."""
    if not pooled:
        return scale(fee, Fraction(accounts))
    segments = (Segment(s.start / accounts, s.intercept, s.rate * accounts) for s in fee.segments)
    return PiecewiseLinear(tuple(segments))


def _points(fees: list[PiecewiseLinear]) -> list[Fraction]:
    starts = {segment.start for fee in fees for segment in fee.segments}
    met = {spend for pair in combinations(fees, 2) for spend in crossings(*pair)}
    return sorted({ZERO, *starts, *met})


def _cheapest(
    plans: Sequence[Plan], fees: dict[str, PiecewiseLinear], start: Fraction
) -> tuple[Plan, ...]:
    """From a point to the next the order is fixed: the value there, then the slope, tells."""

    def line(plan: Plan) -> tuple[Fraction, Fraction]:
        segment = fees[plan.id].segment_at(start)
        return segment.at(start), segment.rate

    priced = [plan for plan in plans if plan.id in fees]
    least = min(map(line, priced))
    return tuple(sorted((p for p in priced if line(p) == least), key=lambda p: -p.tier))
