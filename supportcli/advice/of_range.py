"""Which of several plans that cost the same is taken, where the spend is a range."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode, fallback_of


def never_dearer(advice: Advice, ends: Sequence[Advice]) -> Advice:
    """The advice at a spend of a range, given that at its ends: of plans that tie the safe one.

    It is the one that costs no more than the others at any end; of several such ones, and where
    there is none, the higher tier.
    """
    found = {reading: _safest(advice, ends, reading) for reading in advice.by_reading}
    chosen = found[advice.reading]
    if chosen is None or chosen is advice.recommended:
        return advice._replace(by_reading=found)
    tied = (advice.recommended, *advice.tied)
    return advice._replace(
        recommended=chosen,
        reason=ReasonCode.TIE_NEVER_DEARER,
        tied=tuple(entry for entry in tied if entry and entry is not chosen),
        fallback=fallback_of(advice.plans, chosen, advice.reading, advice.usage, advice.agreed),
        by_reading=found,
    )


def _safest(advice: Advice, ends: Sequence[Advice], reading: str) -> PlanAdvice | None:
    best = advice.by_reading[reading]
    rows = [
        (entry, costs)
        for place, entry in enumerate(advice.plans)
        if entry.recommendable and (costs := _costs(place, [advice, *ends], reading))
    ]
    here = min((costs[0] for _, costs in rows), default=None)
    tied = sorted((row for row in rows if row[1][0] == here), key=lambda row: -row[0].plan.tier)
    least = [min(column) for column in zip(*(costs for _, costs in tied), strict=True)]
    return next((entry for entry, costs in tied if costs == least), best)


def _costs(place: int, advices: Sequence[Advice], reading: str) -> list[Decimal]:
    """What a plan costs at each spend; nothing where that of one cannot be told."""
    quotes = [quote for each in advices if (quote := each.plans[place].quotes[reading])]
    costs = [advices[0].agreed.net_term(quote) for quote in quotes]
    return costs if len(costs) == len(advices) else []
