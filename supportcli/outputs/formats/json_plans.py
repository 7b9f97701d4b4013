"""The `plans` commands as JSON, in the same envelope as every verb's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from supportcli.advice.difference import Change, FeeChange
from supportcli.advice.examples import Outcome
from supportcli.core.catalogue import Catalogue, Example
from supportcli.core.money import exact_decimal, finite, format_rate, round_half_up
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import FeeRule, Plan
from supportcli.core.quantity import Extra
from supportcli.errors import Message, Problem
from supportcli.language import Language
from supportcli.outputs.document.catalogues import fee_rule
from supportcli.outputs.document.checks import value_words
from supportcli.outputs.document.wording import clause_words
from supportcli.outputs.formats.json_advice import Json, date_or_none, document


def _envelope(command: str, catalogue: Catalogue, result: Json) -> str:
    named = {"id": catalogue.id, "sha256": catalogue.sha256}
    return document(command, {"catalogue": named, "result": result})


def sheet_json(catalogue: Catalogue, plan: Plan, language: Language) -> str:
    """Everything about one plan."""
    validity = plan.validity
    result = {
        "id": plan.id,
        "name": language.text(plan.name),
        "tier": plan.tier,
        "currency": plan.currency,
        **_price(catalogue, plan, language),
        "valid_from": date_or_none(validity.valid_from),
        "closed_to_new": date_or_none(validity.closed_to_new),
        "valid_to": date_or_none(validity.valid_to),
        "successor": validity.successor,
        "terms": {
            name: {"text": language.say(clause_words(clause)), "source": str(clause.cite) or None}
            for name, clause in plan.terms.stated()
        },
        **_service(plan, language),
        **_texts(catalogue, plan, language),
        "examples": [_example(example, plan) for example in _examples(catalogue, plan)],
    }
    return _envelope("plans show", catalogue, result)


def _price(catalogue: Catalogue, plan: Plan, language: Language) -> Json:
    fees = plan.fees or {}
    return {
        "published": plan.fees is not None,
        "fee": fee_rule(catalogue, plan, language),
        "source": str(plan.cite) or None,
        "segments": {name: _segments(fee.total, plan.currency) for name, fee in fees.items()},
        "prepaid": {
            name: None if fee.prepaid is None else _segments(fee.prepaid, plan.currency)
            for name, fee in fees.items()
        },
        "extras": [_extra(extra, plan, language) for extra in plan.extras],
        "history": [_past(rule, plan) for rule in plan.history if rule.until is not None],
    }


def _extra(extra: Extra, plan: Plan, language: Language) -> Json:
    return {
        "id": extra.id,
        "name": language.text(extra.name),
        "quantity": extra.quantity,
        "segments": _segments(extra.price, plan.currency, whole_rate=True),
        "pack": extra.pack,
        "yearly": extra.yearly,
        "optional": extra.optional,
        "prepaid": extra.prepaid,
        "source": str(extra.cite) or None,
    }


def _past(rule: FeeRule, plan: Plan) -> Json:
    fees = rule.fees or {}
    return {
        "until": date_or_none(rule.until),
        "segments": {name: _segments(fee.total, plan.currency) for name, fee in fees.items()},
        "source": str(rule.cite) or None,
    }


def _texts(catalogue: Catalogue, plan: Plan, language: Language) -> Json:
    points = (point for point in catalogue.open_points if point.concerns(plan))
    return {
        "content": {
            item.id: language.text(item.by_plan[plan.id])
            for item in catalogue.content
            if plan.id in item.by_plan
        },
        "facts": {
            group.id: [language.text(text) for text in (*group.items, *group.shown)]
            for group in catalogue.facts
        },
        "open_points": [
            {
                "id": point.id,
                "kind": point.kind.value,
                "text": language.text(point.text),
                "source": str(point.cite) or None,
            }
            for point in points
        ],
    }


def _examples(catalogue: Catalogue, plan: Plan) -> list[Example]:
    return [example for example in catalogue.examples if example.plan == plan.id]


def _example(example: Example, plan: Plan) -> Json:
    return {
        "spend": f"{exact_decimal(example.spend, plan.currency):f}",
        "quantities": _numbers(example),
        "reading": example.reading,
        "as_of": date_or_none(example.as_of),
        "fee": f"{exact_decimal(example.fee, plan.currency):f}",
        "source": str(example.cite) or None,
    }


def _numbers(example: Example) -> Json:
    return {name: f"{finite(n):f}" for name, n in example.quantities.items()}


def _segments(fee: PiecewiseLinear, currency: str, whole_rate: bool = False) -> list[Json]:
    """The normal form; a start that is no finite decimal is rounded, `from_exact` has it exactly.

    A price of pieces has an amount for a rate.
    """
    return [
        {
            "from": f"{round_half_up(segment.start, currency):f}",
            "from_exact": str(segment.start),
            "base": f"{exact_decimal(segment.intercept, currency):f}",
            "rate": f"{exact_decimal(segment.rate, currency):f}"
            if whole_rate
            else format_rate(segment.rate),
        }
        for segment in fee.segments
    ]


def _service(plan: Plan, language: Language) -> Json:
    return {
        "channels": dict(plan.channels),
        "response": [
            {
                "severity": level.severity,
                "channel": level.channel,
                "target": level.target.iso(),
                "hours": "business" if level.target.business else "calendar",
                "limit": level.limit,
                "assumed": level.assumed,
                "source": str(level.cite) or None,
            }
            for level in plan.levels
        ]
        + [
            {
                "severity": level.severity,
                "channel": level.channel,
                "target": None,
                "hours": None,
                "limit": None,
                "assumed": False,
                "source": str(level.cite) or None,
            }
            for level in plan.unstated
        ],
        "tam": plan.tam.kind.value,
        "tam_assumed": plan.tam.assumed,
        "limits": {
            limit.id: {"per_month": limit.per_month, "text": language.text(limit.text)}
            for limit in plan.limits
        },
    }


def check_json(
    name: str, problems: Sequence[Problem], findings: Sequence[Problem], language: Language
) -> str:
    """Mistakes and findings of a catalogue file."""
    result = {
        "file": name,
        "mistakes": [_problem(problem, language) for problem in problems],
        "findings": [_problem(problem, language) for problem in findings],
    }
    return document("plans check", {"result": result})


def _problem(problem: Problem, language: Language) -> Json:
    return {"where": problem.where, "message": language.say(problem.message)}


def examples_json(catalogue: Catalogue, outcomes: Sequence[Outcome]) -> str:
    """Every example with what came out."""
    result = {
        "holds": all(outcome.holds for outcome in outcomes),
        "examples": [
            {
                "plan": outcome.example.plan,
                "spend": f"{exact_decimal(outcome.example.spend, catalogue.currency):f}",
                "reading": outcome.example.reading,
                "quantities": _numbers(outcome.example),
                "as_of": date_or_none(outcome.example.as_of),
                "expected": _amount(outcome.expected),
                "found": {name: _amount(fee) for name, fee in outcome.found.items()},
                "holds": outcome.holds,
                "source": str(outcome.example.cite) or None,
            }
            for outcome in outcomes
        ],
    }
    return _envelope("plans test", catalogue, result)


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def difference_json(
    old: Catalogue,
    new: Catalogue,
    changes: Sequence[Change],
    fees: Sequence[FeeChange],
    language: Language,
) -> str:
    """What differs, and what it does to the fees at one spend."""

    def words(value: object, catalogue: Catalogue) -> str | None:
        if value is None:
            return None
        return language.say(Message("{value}", value=value_words(value, catalogue)))

    result = {
        "changes": [
            {
                "plan": change.plan,
                "kind": change.kind.value,
                "field": change.field,
                "old": words(change.old, old),
                "new": words(change.new, new),
                "from_spend": None
                if change.since is None
                else f"{round_half_up(change.since, new.currency):f}",
            }
            for change in changes
        ],
        "fees": [
            {
                "plan": fee.plan,
                "reading": fee.reading,
                "old": _amount(fee.old),
                "new": _amount(fee.new),
            }
            for fee in fees
        ],
    }
    return _envelope("plans diff", new, result)
