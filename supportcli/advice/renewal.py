"""Today's plan and the recommended one: what a change costs, gains and loses."""

from __future__ import annotations

from typing import NamedTuple

from supportcli.advice.contrast import Contrast, contrast
from supportcli.advice.recommendation import Advice, PlanAdvice


class Renewal(NamedTuple):
    """Today's plan, and what taking the recommended one instead changes."""

    current: PlanAdvice
    change: Contrast


def renewal(advice: Advice) -> Renewal | None:
    """The comparison with today's plan; None where there is none, or no plan to compare."""
    current = next((e for e in advice.plans if e.plan.id == advice.needs.current_plan), None)
    chosen = advice.taken
    if current is None or chosen is None:
        return None
    return Renewal(current, contrast(advice, chosen, current))
