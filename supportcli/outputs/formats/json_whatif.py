"""What would change the advice, as JSON: needs, steps, savings, thresholds, scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from supportcli.advice.breakeven import SpendRange
from supportcli.advice.contrast import contrast
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.sensitivity import Scenario, turns
from supportcli.advice.thresholds import BreakEven, Pair, break_even, sides, spend_of
from supportcli.advice.whatif import (
    Step,
    asked_severities,
    demands,
    need_costs,
    savings,
    staircase,
)
from supportcli.core.money import Money, exact_decimal, nearest_money, round_up, signed_rate
from supportcli.language import Language

Json = Mapping[str, object]


def whatif_json(advice: Advice, found: Sequence[Scenario], language: Language) -> Json:
    """The keys that `advise` adds to its result."""
    return {
        "needs": [
            {
                "need": cost.need,
                "text": language.say(cost.words),
                "annual_cost": _amount(cost.annual),
                "without": _id(cost.without),
            }
            for cost in need_costs(advice)
        ],
        "staircase": [
            _step(severity, step)
            for severity in asked_severities(advice)
            for step in staircase(advice, severity)
        ],
        "savings": _savings(advice, language),
        "demands": [
            {
                "text": language.say(demand.words),
                "plan": _id(demand.entry),
                "annual_difference": _amount(demand.extra),
            }
            for demand in demands(advice)
        ],
        **_spend_json(advice, proven=False),
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
    found = contrast(advice, entry, chosen)
    return {
        "annual_difference": _amount(found.extra),
        "gains": [language.say(words) for words in found.gains],
        "losses": [language.say(words) for words in found.losses],
    }


def _savings(advice: Advice, language: Language) -> list[Json]:
    return [
        {
            "plan": saving.entry.plan.id,
            "give_up": [language.say(words) for words in saving.giving_up],
            "annual_saving": _amount(saving.saved),
        }
        for saving in savings(advice)
    ]


def break_even_json(advice: Advice, language: Language) -> Json:
    """The result of `breakeven`: under the reading in use, and each reading by its id."""
    return {
        "reason_code": advice.reason.value,
        "savings": _savings(advice, language),
        **_spend_json(advice, proven=True),
        "by_reading": {
            reading.id: _ranges_json(advice, break_even(advice, reading.id), proven=True)
            for reading in advice.catalogue.readings
        },
    }


def _spend_json(advice: Advice, *, proven: bool) -> Json:
    found = break_even(advice)
    spend = spend_of(advice)
    part = None if spend is None else found.position(spend)
    currency = advice.catalogue.currency
    return {
        **_ranges_json(advice, found, proven=proven),
        "position": None
        if part is None or spend is None
        else {
            "spend": f"{exact_decimal(spend, currency):f}",
            "plans": [plan.id for plan in part.plans],
            "to_next": None if part.end is None else _spend(part.end - spend, currency),
            "to_previous": _spend(spend - part.start, currency) if part.start else None,
        },
    }


def _ranges_json(advice: Advice, found: BreakEven, *, proven: bool) -> Json:
    """The ranges; where they are to be proven with both sides of each threshold and the pairs."""
    currency = advice.catalogue.currency
    return {
        "ranges": [_range(found, part, currency, proven) for part in found.ranges],
        "paid_ranges": [_range(found, part, currency, proven) for part in found.paid],
        "dominated": [
            {
                "plan": each.plan.id,
                "by": each.by.id,
                "from": _spend(each.start, currency),
                "to": None if each.end is None else _spend(each.end, currency),
                "assumed": each.assumed,
            }
            for each in found.dominated
        ],
        **({"pairs": [_pair(pair, currency) for pair in found.pairs]} if proven else {}),
    }


def _range(found: BreakEven, part: SpendRange, currency: str, proven: bool) -> Json:
    """A range; if wanted with what the plans cost, unrounded, on both sides of where it begins."""
    told = {
        "from": _spend(part.start, currency),
        "to": None if part.end is None else _spend(part.end, currency),
        "plans": [plan.id for plan in part.plans],
    }
    if not proven:
        return told
    both = sides(found, part.start, currency) if part.start else ()
    return {
        **told,
        "proof": [
            {
                "spend": f"{side.spend:f}",
                "fees": {plan: _fee(fee, currency) for plan, fee in side.fees.items()},
            }
            for side in both
        ],
    }


def _pair(pair: Pair, currency: str) -> Json:
    return {
        "plan": pair.higher.id,
        "other": pair.lower.id,
        "segments": [
            {
                "from": _spend(segment.start, currency),
                "difference": _fee(segment.at(segment.start), currency),
                "rate": signed_rate(segment.rate),
            }
            for segment in pair.gap.segments
        ],
    }


def _step(severity: str, step: Step) -> Json:
    within = step.within
    return {
        "severity": severity,
        "within": within.iso() if within else None,
        "hours": None if within is None else "business" if within.business else "calendar",
        "plan": _id(step.entry),
        "annual": _amount(step.annual),
    }


def _scenario(advice: Advice, scenario: Scenario) -> Json:
    spend = scenario.spend
    return {
        "change": signed_rate(scenario.change),
        "monthly_spend": None
        if spend is None
        else f"{exact_decimal(spend, advice.catalogue.currency):f}",
        "recommended": scenario.entry.plan.id,
        "annual": f"{scenario.annual:f}",
    }


def _amount(money: Money | None) -> str | None:
    return None if money is None else f"{money.amount:f}"


def _fee(amount: Fraction, currency: str) -> str:
    return f"{nearest_money(amount, currency).amount:f}"


def _spend(spend: Fraction, currency: str) -> str:
    return f"{round_up(spend, currency):f}"


def _id(entry: PlanAdvice | None) -> str | None:
    return entry.plan.id if entry else None
