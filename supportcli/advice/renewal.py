"""Today's plan and the recommended one: what a change costs, gains and loses."""

from __future__ import annotations

import datetime

from supportcli.advice.contrast import Contrast, contrast
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.plan import Plan
from supportcli.core.successor import successor_of
from supportcli.record import NamedTuple


class Renewal(NamedTuple):
    """Today's plan, and what taking the recommended one instead changes.

    Where today's ends within the term there is no year of it to compare with, so no difference.
    """

    current: PlanAdvice
    change: Contrast
    successor: Plan | None

    @property
    def ends(self) -> datetime.date | None:
        """The last day of today's plan, where that is within the term."""
        return self.current.last_day


def renewal(advice: Advice) -> Renewal | None:
    """The comparison with today's plan; None where there is none, or no plan to compare."""
    current = next((e for e in advice.plans if e.plan.id == advice.needs.current_plan), None)
    chosen = advice.taken
    if current is None or chosen is None:
        return None
    change = contrast(advice, chosen, current)
    return Renewal(current, change, successor_of(advice.catalogue, current.plan))
