"""Where another spend of a range leads to another plan."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.recommendation import PlanAdvice
from supportcli.core.money import exact_money, whole
from supportcli.errors import Message
from supportcli.outputs.document.view import View


def elsewhere(view: View, entry: PlanAdvice) -> Iterator[Message]:
    """At which spends of the range another plan is recommended."""
    for scenario in view.scenarios:
        if scenario.entry.plan != entry.plan and scenario.spend is not None:
            spend = whole(exact_money(scenario.spend, entry.plan.currency))
            name = scenario.entry.plan.name
            yield Message("At {spend} {plan} is recommended.", spend=spend, plan=name)
