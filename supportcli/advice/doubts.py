"""What an answer for a plan rests on, as codes of a closed list.

`assumed:ID` an assumption, `contested:ID` what sources contradict about the fee, `limit:ID` a limit
that a need is met within, `ask_first:PLAN` a plan to ask about, `ask_renewal:PLAN` one that the
customer has, `reading` how the fee rule is understood.
"""

from __future__ import annotations

from collections.abc import Iterable

from supportcli.advice.ask_first import ask_first, ask_renewal
from supportcli.advice.cautions import contested_points
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan
from supportcli.needs.need import NeedResult, Status

READING = "reading"
ASSUMED = "assumed"
CONTESTED = "contested"
LIMIT = "limit"
ASK_FIRST = "ask_first"
ASK_RENEWAL = "ask_renewal"


def codes_of(plan: Plan, results: Iterable[NeedResult]) -> tuple[str, ...]:
    """What meeting the needs rests on: assumptions, then limits, each in the order of their ids."""
    met = [result for result in results if result.status.counts_as_met]
    assumed = {
        plan.like.assumption if plan.like else result.need
        for result in met
        if result.rests_on_assumption
    }
    limits = {
        name
        for result in met
        if result.status is Status.MET_WITHIN_LIMIT
        for name in _limits(result)
    }
    return (
        *(f"{ASSUMED}:{name}" for name in sorted(assumed)),
        *(f"{LIMIT}:{name}" for name in sorted(limits)),
    )


def contested(catalogue: Catalogue, plan: Plan) -> tuple[str, ...]:
    """What sources contradict about the plan's fee."""
    return tuple(f"{CONTESTED}:{point.id}" for point in contested_points(catalogue, plan))


def _limits(result: NeedResult) -> Iterable[str]:
    """The limits that a need is met within; of a service the service itself."""
    return [limit.id for limit in result.limits] or [result.need.rpartition(":")[2]]


def doubts(advice: Advice, chosen: PlanAdvice | None) -> tuple[str, ...]:
    """What the answer for a plan rests on (None: no plan fits)."""
    catalogue, current = advice.catalogue, advice.needs.current_plan
    own = codes_of(chosen.plan, chosen.needs) if chosen else ()
    found = sorted((*own, *(contested(catalogue, chosen.plan) if chosen else ())))
    renewal = ask_renewal(advice, chosen)
    asked = {inquiry.entry.plan.id for inquiry in ask_first(advice, chosen=chosen)}
    renewed = {renewal.entry.plan.id} if renewal else set()
    if chosen is not None and chosen.plan.availability is not None:
        (renewed if chosen.plan.id == current else asked).add(chosen.plan.id)
    ids = [plan.id for plan in catalogue.plans]
    found += (f"{ASK_FIRST}:{name}" for name in ids if name in asked)
    found += (f"{ASK_RENEWAL}:{name}" for name in ids if name in renewed)
    quotes = (
        (chosen.quotes[r] for r in (advice.reading, catalogue.likeliest_reading)) if chosen else ()
    )
    years = {advice.agreed.gross_year(quote) for quote in quotes if quote is not None}
    return (*found, READING) if len(years) > 1 else tuple(found)
