"""Plans that another one beats: it costs no more and gives no less, over a range of spend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

from supportcli.advice.breakeven import line_at, points_of
from supportcli.core.catalogue import Catalogue
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Plan
from supportcli.needs.registry import KINDS


class Dominated(NamedTuple):
    """A plan that costs no less and gives no more than another, from a spend up to another.

    The start is included, the end excluded. `assumed` where that rests on an assumed fact or on one
    that its source contradicts.
    """

    plan: Plan
    by: Plan
    start: Fraction
    end: Fraction | None
    assumed: bool


def dominated(
    catalogue: Catalogue,
    plans: Sequence[Plan],
    rivals: Sequence[Plan],
    fees: Mapping[str, PiecewiseLinear],
) -> tuple[Dominated, ...]:
    """Which of the plans are beaten by which of the rivals, where; a range has one winner.

    The winner is the cheapest that gives no less; of several that cost the same the highest tier.
    """
    return tuple(
        found
        for plan in plans
        for found in _ranges(
            plan,
            [r for r in rivals if r is not plan and gives_no_more(catalogue, plan, r)],
            catalogue,
            fees,
        )
    )


def gives_no_more(catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
    """Whether everything stated of the plan is had with the other one too, as good or better.

    Held against each other are the targets of each channel, the channels, the TAM and the limits.
    Described service that cannot be ranked counts as no more where the other plan is of a higher
    tier or has the same words. What is not stated of either is never taken for less.
    """
    kinds = all(kind.gives_no_more(catalogue, plan, other) for kind in KINDS)
    return kinds and _content_is_met(catalogue, plan, other)


def _content_is_met(catalogue: Catalogue, plan: Plan, other: Plan) -> bool:
    for item in catalogue.content:
        mine, its = item.by_plan.get(plan.id), item.by_plan.get(other.id)
        if mine is not None and (its is None or (other.tier <= plan.tier and mine != its)):
            return False
    return True


def _ranges(
    plan: Plan, rivals: Sequence[Plan], catalogue: Catalogue, fees: Mapping[str, PiecewiseLinear]
) -> Iterator[Dominated]:
    twins = {rival.id for rival in rivals if gives_no_more(catalogue, rival, plan)}
    starts = points_of([fees[each.id] for each in (plan, *rivals)])
    winners = [(start, _winner(plan, rivals, fees, start, twins)) for start in starts]
    runs = [(next(run)[0], winner) for winner, run in groupby(winners, key=lambda each: each[1])]
    for (start, winner), (end, _) in pairwise([*runs, (None, None)]):
        if winner is not None and start is not None:
            assumed = _rests_on_doubt(catalogue, plan) or _rests_on_doubt(catalogue, winner)
            yield Dominated(plan, winner, start, end, assumed)


def _winner(
    plan: Plan,
    rivals: Sequence[Plan],
    fees: Mapping[str, PiecewiseLinear],
    start: Fraction,
    twins: set[str],
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


def _rests_on_doubt(catalogue: Catalogue, plan: Plan) -> bool:
    return any(kind.in_doubt(catalogue, plan) for kind in KINDS)
