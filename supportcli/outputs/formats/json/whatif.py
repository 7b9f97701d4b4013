"""What would change the advice, as JSON: needs, steps, savings, demands, scenarios."""

from __future__ import annotations

from collections.abc import Sequence

from supportcli.advice.amounts import annual_cost, annual_difference
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.sensitivity import Scenario, turns
from supportcli.advice.to_pay import to_pay, to_pay_more
from supportcli.advice.whatif import (
    Step,
    demands,
    need_costs,
    savings,
    staircase,
)
from supportcli.core.money import Money, signed_rate
from supportcli.language import Language
from supportcli.needs.response import asked_severities
from supportcli.outputs.formats.json.billing import at_list, contrast_json, to_pay_json
from supportcli.outputs.formats.json.values import Json, amount, exact, hours, said, time


def needs_json(advice: Advice, language: Language) -> Json:
    """What each need costs, what giving way saves, and what would need another plan."""
    return {
        "needs": [
            {
                "need": cost.need,
                "text": language.say(cost.words),
                "annual_cost": amount(_list_difference(advice, advice.recommended, cost.without)),
                "to_pay": to_pay_json(to_pay_more(advice, advice.recommended, cost.without)),
                "without": _id(cost.without),
            }
            for cost in need_costs(advice)
        ],
        "staircase": [
            _step(advice, severity, step)
            for severity in asked_severities(advice.catalogue, advice.needs)
            for step in staircase(advice, severity)
        ],
        "savings": savings_json(advice, language),
        "demands": [
            {
                "text": language.say(demand.words),
                "plan": _id(demand.entry),
                "annual_difference": amount(
                    _list_difference(advice, demand.entry, advice.recommended)
                ),
                "to_pay": to_pay_json(to_pay_more(advice, demand.entry, advice.recommended)),
            }
            for demand in demands(advice)
        ],
    }


def sensitivity_json(advice: Advice, found: Sequence[Scenario]) -> Json:
    """The advice at other spends, and the months in which another plan becomes the cheapest."""
    return {
        "scenarios": [_scenario(advice, scenario) for scenario in found],
        "turns": [
            {"number": turn.number, "month": str(turn.month), "plan": turn.entry.plan.id}
            for turn in turns(advice)
        ],
    }


def versus_json(advice: Advice, entry: PlanAdvice, language: Language) -> Json | None:
    """What taking the plan instead of the recommended one changes; null for that one itself."""
    chosen = advice.recommended
    if chosen is None or chosen is entry:
        return None
    return contrast_json(advice, entry, chosen, language)


def savings_json(advice: Advice, language: Language) -> list[Json]:
    """The plans that would do if something were given up, and what that saves."""
    return [
        {
            "plan": saving.entry.plan.id,
            "give_up": said(saving.giving_up, language),
            "annual_saving": amount(_list_difference(advice, advice.recommended, saving.entry)),
            "to_pay": to_pay_json(to_pay_more(advice, advice.recommended, saving.entry)),
        }
        for saving in savings(advice)
    ]


def _step(advice: Advice, severity: str, step: Step) -> Json:
    return {
        "severity": severity,
        "within": time(step.within),
        "hours": hours(step.within),
        "plan": _id(step.entry),
        "annual": amount(annual_cost(at_list(advice), step.entry) if step.entry else None),
        "to_pay": to_pay_json(to_pay(advice, step.entry)),
    }


def _scenario(advice: Advice, scenario: Scenario) -> Json:
    quote = scenario.entry.quotes[advice.reading]
    return {
        "change": signed_rate(scenario.change),
        "monthly_spend": exact(scenario.spend, advice.catalogue.currency),
        "monthly_spend_counted": None
        if scenario.spend is None
        else exact(scenario.spend + advice.usage.ordered, advice.catalogue.currency),
        "recommended": scenario.entry.plan.id,
        "annual": amount(quote and quote.annual.total),
        "to_pay": to_pay_json(to_pay(advice, scenario.entry)),
    }


def _list_difference(
    advice: Advice, one: PlanAdvice | None, other: PlanAdvice | None
) -> Money | None:
    return annual_difference(at_list(advice), one, other) if one and other else None


def _id(entry: PlanAdvice | None) -> str | None:
    return entry.plan.id if entry else None
