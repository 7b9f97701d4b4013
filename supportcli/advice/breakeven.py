"""From which spend is which plan the cheapest: exact, on the unrounded fees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from supportcli.advice.quote import rules_by_month
from supportcli.advice.usage import Usage
from supportcli.core.piecewise import ZERO, PiecewiseLinear, crossings, plus, scale
from supportcli.core.plan import MONTHS, Plan


class SpendRange(NamedTuple):
    """A range of monthly spend (start included, end excluded) and the plans that cost least in it.

    Of several that cost the same the higher tier comes first.
    """

    start: Fraction
    end: Fraction | None
    plans: tuple[Plan, ...]


def cheapest_ranges(
    plans: Sequence[Plan], reading: str, usage: Usage | None = None
) -> tuple[SpendRange, ...]:
    """The whole range of spend from 0 up, divided by which of the plans costs least there.

    With a usage the fees of its whole term count, each month's by the rule in force; without one,
    those of a month of the plans as they are, with a twelfth of what is charged yearly.
    """
    fees = {
        plan.id: plan.fees[reading].per_month if usage is None else term_fee(plan, reading, usage)
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


def term_fee(plan: Plan, reading: str, usage: Usage) -> PiecewiseLinear:
    """What a priced plan costs over the term, as a function of a spend that is every month's."""
    fees = [(rule.fees or {})[reading] for rule in rules_by_month(plan, usage)]
    yearly = sum((fee.yearly for fee in fees[::MONTHS]), ZERO)
    monthly = PiecewiseLinear.line(yearly)
    for fee, count in Counter(fee.total for fee in fees).items():
        monthly = plus(monthly, scale(fee, Fraction(count)))
    return monthly


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
