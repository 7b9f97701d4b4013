"""Plans that another one beats: it costs no more and gives no less, over a range of spend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

from supportcli.advice.breakeven import line_at, points_of
from supportcli.core.catalogue import Catalogue
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Limit, Plan, ServiceLevel, Tam

_TAM_RANK = {Tam.NONE: 0, Tam.ADD_ON: 1, Tam.POOL: 2, Tam.DEDICATED: 3}


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
    return (
        not plan.unstated
        and not _undescribed(catalogue, plan)
        and all(
            _is_met(level, severity.id, other)
            for severity in catalogue.severities
            for level in plan.levels
            if level.severity in (None, severity.id)
        )
        and all(other.channels.get(name) for name, offered in plan.channels.items() if offered)
        and _tam_is_met(plan.tam.kind, other.tam.kind)
        and all(_is_as_tight(plan.limit(limit.id), limit) for limit in other.limits)
        and _content_is_met(catalogue, plan, other)
    )


def _undescribed(catalogue: Catalogue, plan: Plan) -> bool:
    """Whether a channel with targets is one that nothing is said about."""
    return any(c.has_targets and c.id not in plan.channels for c in catalogue.channels)


def _is_met(level: ServiceLevel, severity: str, other: Plan) -> bool:
    return any(
        its.channel == level.channel
        and its.severity in (None, severity)
        and its.target.within(level.target)
        and (its.limit is None or level.limit is not None)
        for its in other.levels
    )


def _tam_is_met(kind: Tam, other: Tam) -> bool:
    if kind is Tam.NONE or other is Tam.DEDICATED:
        return True
    return _TAM_RANK.get(kind, len(_TAM_RANK)) <= _TAM_RANK.get(other, -1)


def _is_as_tight(mine: Limit | None, its: Limit) -> bool:
    if mine is None:
        return False
    if mine.per_month is None or its.per_month is None:
        return mine == its
    return mine.per_month <= its.per_month


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
            assumed = _rests_on_doubt(plan) or _rests_on_doubt(winner)
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


def _rests_on_doubt(plan: Plan) -> bool:
    assumed = any(level.assumed for level in plan.levels)
    return assumed or plan.tam.assumed or plan.tam.contested
