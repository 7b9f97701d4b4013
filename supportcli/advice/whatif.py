"""What other answers would change: what each need costs, what to give up to pay less."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.amounts import annual_cost, annual_difference
from supportcli.advice.reasons import giving_way
from supportcli.advice.recommendation import (
    Advice,
    PlanAdvice,
    ReasonCode,
    choice,
    has_choice,
    meets,
)
from supportcli.core.duration import Duration
from supportcli.core.money import Money
from supportcli.errors import Message
from supportcli.needs.need import Need, Status
from supportcli.needs.registry import KINDS, Needs
from supportcli.needs.response import ResponseNeed, times_that_matter
from supportcli.record import NamedTuple


class NeedCost(NamedTuple):
    """What one need costs a year, given the others, and the plan without it.

    `annual` is None where that cannot be said; `without` where there is no single plan.
    """

    need: str
    words: Message
    annual: Money | None
    without: PlanAdvice | None


class Step(NamedTuple):
    """The plan and its year's cost where a first response is needed within a time.

    `within` is None where none is needed; `entry` where no plan with a known price is left, or,
    with `depends`, where the plan to take depends on the spend.
    """

    within: Duration | None
    entry: PlanAdvice | None
    annual: Money | None
    depends: bool = False


class Saving(NamedTuple):
    """A plan that costs less, what one would have to give up for it, and what is saved a year.

    `certain` is false where it is not known whether the plan meets one of the needs.
    """

    entry: PlanAdvice
    giving_up: tuple[Message, ...]
    saved: Money | None
    certain: bool = True


class Demand(NamedTuple):
    """The smallest further demand of its kind that leads to another plan.

    `entry` is None where no plan with a known price would be left, or, with `depends`, where the
    plan to take would depend on the spend.
    """

    words: Message
    entry: PlanAdvice | None
    extra: Money | None
    depends: bool = False


def need_costs(advice: Advice) -> tuple[NeedCost, ...]:
    """The year's difference that each need makes alone, given the others."""
    return tuple(_need_cost(advice, need) for need in advice.needs.needs if need.asks)


def _need_cost(advice: Advice, need: Need) -> NeedCost:
    other = choice(advice, advice.needs.without(need, need.dropped()))
    cost = None
    if other is not None and advice.recommended is not None:
        cost = annual_difference(advice, advice.recommended, other)
    return NeedCost(need.key, need.words(advice.catalogue), cost, other)


def staircase(advice: Advice, severity: str) -> tuple[Step, ...]:
    """The plan and its price by the response time that is needed for a severity.

    From the shortest target of any plan to no requirement; times with the same plan are one step,
    from the shortest of them on.
    """
    found: list[Step] = []
    for step in _steps(advice, severity):
        if not found or _outcome(found[-1]) != _outcome(step):
            found.append(step)
    return tuple(found)


def _outcome(step: Step) -> tuple[str | None, bool]:
    return _plan_id(step.entry), step.depends


def _steps(advice: Advice, severity: str) -> Iterator[Step]:
    plans = [entry.plan for entry in advice.plans]
    for within in (*times_that_matter(plans, severity), None):
        needs = _needed_within(advice.needs, severity, within)
        entry = choice(advice, needs)
        annual = annual_cost(advice, entry) if entry else None
        yield Step(within, entry, annual, entry is None and has_choice(advice, needs))


def _needed_within(needs: Needs, severity: str, within: Duration | None) -> Needs:
    """The same needs with another response time for a severity, or with none for it."""
    others = [n for n in needs.needs if not isinstance(n, ResponseNeed) or n.severity != severity]
    return needs.having([*others, *([] if within is None else [ResponseNeed(severity, within)])])


def savings(advice: Advice) -> tuple[Saving, ...]:
    """The plans that giving up some needs leads to, the fewest needs first, then what is saved.

    Each is the advice for the needs as they would then be. Where no plan meets the needs, they are
    the plans that fewer needs would lead to.
    """
    if advice.reason is ReasonCode.DEPENDS_ON_SPEND:
        return ()
    found: dict[str, Saving] = {}
    by_id = {entry.plan.id: entry for entry in advice.plans}
    for entry in advice.plans:
        if not entry.unmet or entry.bar is not None or not entry.plan.priced:
            continue
        other = choice(advice, _relaxed(advice.needs, entry))
        if other is None or other.plan.id in found or not by_id[other.plan.id].unmet:
            continue
        saved = None
        if advice.recommended is not None:
            saved = annual_difference(advice, advice.recommended, other)
            if saved is None or saved.amount <= 0:
                continue
        unmet = by_id[other.plan.id].unmet
        certain = all(result.status is not Status.UNKNOWN for result in unmet)
        given_up = giving_way(advice, by_id[other.plan.id])
        found[other.plan.id] = Saving(other, given_up, saved, certain)
    return tuple(sorted(found.values(), key=_smallest))


def _smallest(saving: Saving) -> tuple[int, object]:
    saved = saving.saved
    return len(saving.giving_up), -saved.amount if saved else saving.entry.plan.tier


def _relaxed(needs: Needs, entry: PlanAdvice) -> Needs:
    """The needs with those that the plan does not meet eased as far as it meets them."""
    for result in entry.unmet:
        needs = needs.without(result.wanted, result.wanted.eased(entry.plan, result))
    return needs


def demands(advice: Advice) -> tuple[Demand, ...]:
    """For each kind of need the smallest further demand that would change the recommendation."""
    entry = advice.recommended
    if entry is None:
        return ()
    plans = [each.plan for each in advice.plans]
    series = (
        needs
        for kind in KINDS
        for needs in kind.further(advice.catalogue, plans, advice.needs, entry.needs)
    )
    found = (_first_change(advice, entry, needs) for needs in series)
    return tuple(demand for demand in found if demand is not None)


def _first_change(advice: Advice, chosen: PlanAdvice, needs: Iterator[Need]) -> Demand | None:
    """The first of ever further demands that leads to another plan than the one chosen."""
    for need in needs:
        wanted = advice.needs.with_need(need)
        if meets(advice, chosen, wanted):  # then the plans that cost more are no better
            continue
        other = choice(advice, wanted)
        extra = annual_difference(advice, other, chosen) if other else None
        depends = other is None and has_choice(advice, wanted)
        return Demand(need.words(advice.catalogue), other, extra, depends)
    return None


def _plan_id(entry: PlanAdvice | None) -> str | None:
    return entry.plan.id if entry else None
