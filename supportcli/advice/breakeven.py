"""From which spend is which plan the cheapest: exact, on the unrounded fees."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from supportcli.core.piecewise import ZERO, PiecewiseLinear, crossings
from supportcli.core.plan import Plan


class SpendRange(NamedTuple):
    """A range of monthly spend (start included, end excluded) and the plans that cost least in it.

    Of several that cost the same the higher tier comes first.
    """

    start: Fraction
    end: Fraction | None
    plans: tuple[Plan, ...]


def cheapest_ranges(plans: Sequence[Plan], reading: str) -> tuple[SpendRange, ...]:
    """The whole range of spend from 0 up, divided by which of the plans costs least there."""
    fees = {plan.id: plan.fees[reading].per_month for plan in plans if plan.fees is not None}
    if not fees:
        return ()
    winners = [(start, _cheapest(plans, fees, start)) for start in _points(list(fees.values()))]
    changes = [w for i, w in enumerate(winners) if i == 0 or w[1] != winners[i - 1][1]]
    ends = [*(start for start, _ in changes[1:]), None]
    return tuple(
        SpendRange(start, end, cheapest)
        for (start, cheapest), end in zip(changes, ends, strict=True)
    )


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
