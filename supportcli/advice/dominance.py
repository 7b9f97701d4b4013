"""Plans that another one beats: it costs no more and gives no less, over a range of spend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise

from supportcli.advice.envelope import Envelope, envelope, lowest, meeting, order, overlaps
from supportcli.core.catalogue import Catalogue
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Plan
from supportcli.needs.registry import KINDS
from supportcli.needs.services import fact_of
from supportcli.record import NamedTuple


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
    services = _Services(catalogue, plans, rivals, fees)
    return tuple(found for plan in plans for found in _ranges(plan, services, fees))


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


class _Services:
    """Plans by what they give: those that give the same have the same rivals.

    A set of rivals is a number with a bit for each service that they give. Its lowest fee is that
    of the largest known subset and of the others.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        plans: Sequence[Plan],
        rivals: Sequence[Plan],
        fees: Mapping[str, PiecewiseLinear],
    ) -> None:
        self.catalogue = catalogue
        self.of = {plan.id: _service(catalogue, plan) for plan in (*plans, *rivals)}
        self.doubtful = {plan.id: _rests_on_doubt(catalogue, plan) for plan in (*plans, *rivals)}
        self.compared: dict[tuple[str, str], bool] = {}
        alike: dict[str, list[Plan]] = {}
        for plan in rivals:
            alike.setdefault(self.of[plan.id], []).append(plan)
        groups = list(alike.values())
        self.better = {
            self.of[plan.id]: sum(
                1 << place for place, group in enumerate(groups) if self.no_more(plan, group[0])
            )
            for plan in {self.of[plan.id]: plan for plan in plans}.values()
        }
        self.lowest: dict[int, Envelope] = {0: ()}
        for wanted in sorted(set(self.better.values()), key=int.bit_count):
            base = max((each for each in self.lowest if not each & ~wanted), key=int.bit_count)
            added = [
                plan
                for place, group in enumerate(groups)
                if (wanted & ~base) >> place & 1
                for plan in group
            ]
            self.lowest[wanted] = lowest(self.lowest[base], envelope(added, fees))

    def no_less(self, plan: Plan) -> Envelope:
        """The lowest fee of all rivals that give no less than a plan; it may be one of them."""
        return self.lowest[self.better[self.of[plan.id]]]

    def no_more(self, plan: Plan, other: Plan) -> bool:
        """Whether the one gives no more than the other; asked once of any two that are alike."""
        pair = self.of[plan.id], self.of[other.id]
        if pair not in self.compared:
            self.compared[pair] = gives_no_more(self.catalogue, plan, other)
        return self.compared[pair]


def _service(catalogue: Catalogue, plan: Plan) -> str:
    """All that is held against each other of two plans, as a text: alike where that is the same."""
    described = tuple(item.by_plan.get(plan.id) for item in catalogue.content)
    held = (
        plan.channels,
        tuple((*level[:4], level.limit) for level in plan.levels),
        tuple(
            limit
            if limit.allowed is None
            else (limit.id, limit.allowed, limit.counts, limit.yearly)
            for limit in plan.limits
        ),
        plan.tam.kind,
        bool(plan.unstated),
        tuple(fact_of(service, plan).offered for service in catalogue.services),
        described,
        plan.tier if any(described) else None,
    )
    return repr(held)


def _ranges(
    plan: Plan, services: _Services, fees: Mapping[str, PiecewiseLinear]
) -> Iterator[Dominated]:
    mine = envelope([plan], fees)
    its = services.no_less(plan)
    winners = _winners(plan, mine, its, services) if its else iter(())
    runs = [(next(run)[0], winner) for winner, run in groupby(winners, key=lambda each: each[1])]
    for (start, winner), (end, _) in pairwise([*runs, (None, None)]):
        if winner is not None and start is not None:
            assumed = services.doubtful[plan.id] or services.doubtful[winner.id]
            yield Dominated(plan, winner, start, end, assumed)


def _winners(
    plan: Plan, mine: Envelope, its: Envelope, services: _Services
) -> Iterator[tuple[Fraction, Plan | None]]:
    """From where on which rival costs no more than the plan; None where none does."""
    for start, end, (line, _), (other, rivals) in overlaps(mine, its):
        if other[1:] == line[1:]:
            # One that gives no more either must cost less.
            better = [r for r in rivals if r is not plan and not services.no_more(r, plan)]
            yield start, max(better, key=_tier, default=None)
            continue
        beaten = order(other, start) < order(line, start)
        winner = max(rivals, key=_tier)
        yield start, winner if beaten else None
        met = meeting(other, line) if beaten else meeting(line, other)
        if met is not None and (end is None or met < end):
            yield met, None if beaten else winner


def _tier(plan: Plan) -> int:
    return plan.tier


def _rests_on_doubt(catalogue: Catalogue, plan: Plan) -> bool:
    return any(kind.in_doubt(catalogue, plan) for kind in KINDS)
