"""Break-even by all pairs, a second way of computing: every fee asked wherever any two meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, groupby, pairwise

from supportcli.advice.breakeven import SpendRange
from supportcli.advice.dominance import Dominated, gives_no_more
from supportcli.core.catalogue import Catalogue
from supportcli.core.piecewise import PiecewiseLinear, crossings
from supportcli.core.plan import Plan
from supportcli.needs.registry import KINDS

ZERO = Fraction(0)
Fees = Mapping[str, PiecewiseLinear]


def points_of(fees: Sequence[PiecewiseLinear]) -> list[Fraction]:
    """The spends, ascending from 0, between which no two of the fees change their order."""
    starts = {segment.start for fee in fees for segment in fee.segments}
    met = {spend for pair in combinations(fees, 2) for spend in crossings(*pair)}
    return sorted({ZERO, *starts, *met})


def line_at(fee: PiecewiseLinear, start: Fraction) -> tuple[Fraction, Fraction]:
    """The fee there and its slope: what orders fees from such a point to the next one."""
    segment = fee.segment_at(start)
    return segment.at(start), segment.rate


def ranges_by_pairs(plans: Sequence[Plan], fees: Fees) -> tuple[SpendRange, ...]:
    if not plans:
        return ()
    starts = points_of([fees[plan.id] for plan in plans])
    winners = [(start, _cheapest(plans, fees, start)) for start in starts]
    changes = [w for i, w in enumerate(winners) if i == 0 or w[1] != winners[i - 1][1]]
    ends = [*(start for start, _ in changes[1:]), None]
    return tuple(
        SpendRange(start, end, cheapest)
        for (start, cheapest), end in zip(changes, ends, strict=True)
    )


def _cheapest(plans: Sequence[Plan], fees: Fees, start: Fraction) -> tuple[Plan, ...]:
    lines = {plan.id: line_at(fees[plan.id], start) for plan in plans}
    least = min(lines.values())
    return tuple(sorted((p for p in plans if lines[p.id] == least), key=lambda p: -p.tier))


def dominated_by_pairs(
    catalogue: Catalogue, plans: Sequence[Plan], rivals: Sequence[Plan], fees: Fees
) -> tuple[Dominated, ...]:
    def better(plan: Plan) -> list[Plan]:
        return [r for r in rivals if r is not plan and gives_no_more(catalogue, plan, r)]

    return tuple(each for plan in plans for each in _ranges(plan, better(plan), catalogue, fees))


def _ranges(
    plan: Plan, rivals: Sequence[Plan], catalogue: Catalogue, fees: Fees
) -> Iterator[Dominated]:
    twins = {rival.id for rival in rivals if gives_no_more(catalogue, rival, plan)}
    starts = points_of([fees[each.id] for each in (plan, *rivals)])
    winners = [(start, _winner(plan, rivals, fees, start, twins)) for start in starts]
    runs = [(next(run)[0], winner) for winner, run in groupby(winners, key=lambda each: each[1])]
    for (start, winner), (end, _) in pairwise([*runs, (None, None)]):
        if winner is not None and start is not None:
            both = (plan, winner)
            assumed = any(kind.in_doubt(catalogue, each) for kind in KINDS for each in both)
            yield Dominated(plan, winner, start, end, assumed)


def _winner(
    plan: Plan, rivals: Sequence[Plan], fees: Fees, start: Fraction, twins: set[str]
) -> Plan | None:
    """The cheapest rival that costs no more from here to the next point; a twin must cost less."""
    mine = line_at(fees[plan.id], start)
    cheaper = [
        (line, -rival.tier, rival)
        for rival in rivals
        if (line := line_at(fees[rival.id], start)) <= mine
        and not (line == mine and rival.id in twins)
    ]
    return min(cheaper, key=lambda each: each[:2])[2] if cheaper else None
