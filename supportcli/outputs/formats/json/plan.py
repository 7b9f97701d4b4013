"""Everything about one plan as JSON."""

from __future__ import annotations

from supportcli.core.catalogue import Catalogue, Example, Severity
from supportcli.core.money import format_rate
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import FeeRule, Plan
from supportcli.core.quantity import Extra
from supportcli.language import Language
from supportcli.needs.registry import IN_QUESTIONS
from supportcli.outputs.document.catalogues import fee_rule
from supportcli.outputs.document.plan import sources_of
from supportcli.outputs.document.plan_words import gets_words
from supportcli.outputs.document.wording import clause_words
from supportcli.outputs.formats.json.values import (
    Json,
    catalogue_json,
    cited,
    day,
    document,
    exact,
    how_to_buy_json,
    number,
    rounded,
    source_json,
    told,
    validity_json,
)


def sheet_json(catalogue: Catalogue, plan: Plan, language: Language) -> Json:
    """Everything about one plan."""
    result = {
        "id": plan.id,
        "name": language.text(plan.name),
        "short": language.text(plan.short_name),
        "gets": language.say(gets_words(catalogue, plan)),
        "apart": plan.apart.value if plan.apart else None,
        "tier": plan.tier,
        "currency": plan.currency,
        **_price(catalogue, plan, language),
        **validity_json(plan.validity),
        "validity_source": plan.validity.cite and cited(plan.validity.cite),
        "terms": {
            name: {"text": language.say(clause_words(clause)), "source": cited(clause.cite)}
            for name, clause in plan.terms.stated()
        },
        "severities": [_severity(severity, language) for severity in catalogue.severities],
        **{
            name: told(value, language)
            for kind in IN_QUESTIONS
            for name, value in kind.sheet(catalogue, plan).items()
        },
        **_texts(catalogue, plan, language),
        "sources": [source_json(each, language) for each in sources_of(catalogue, plan)],
        "examples": [_example(example, plan) for example in _examples(catalogue, plan)],
    }
    return document("plans show", result, catalogue=catalogue_json(catalogue))


def _severity(severity: Severity, language: Language) -> Json:
    """A severity and as what it is compared; null where nobody says."""
    classed = severity.classed
    said = classed and {
        "is": [value.value for value in classed.values],
        "source": cited(classed.cite),
        "assumed": classed.assumed,
    }
    return {"id": severity.id, "name": language.text(severity.name), "severity_class": said}


def _price(catalogue: Catalogue, plan: Plan, language: Language) -> Json:
    fees = plan.fees or {}
    return {
        "published": plan.fees is not None,
        "fee": fee_rule(catalogue, plan, language),
        "source": cited(plan.cite),
        "segments": {name: _segments(fee.total, plan.currency) for name, fee in fees.items()},
        "prepaid": {
            name: None if fee.prepaid is None else _segments(fee.prepaid, plan.currency)
            for name, fee in fees.items()
        },
        "extras": [_extra(extra, plan, language) for extra in plan.extras],
        "included": {each.quantity: number(each.number) for each in plan.included},
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
        "source": cited(extra.cite),
    }


def _past(rule: FeeRule, plan: Plan) -> Json:
    fees = rule.fees or {}
    return {
        "until": day(rule.until),
        "segments": {name: _segments(fee.total, plan.currency) for name, fee in fees.items()},
        "source": cited(rule.cite),
    }


def _texts(catalogue: Catalogue, plan: Plan, language: Language) -> Json:
    points = (point for point in catalogue.open_points if point.concerns(plan))
    return {
        "content": {item.id: language.text(text) for item, text, _ in catalogue.contents(plan)},
        "content_assumed": any(assumed for _, _, assumed in catalogue.contents(plan)),
        "how_to_buy": how_to_buy_json(catalogue, language),
        "facts": {
            group.id: [language.text(text) for text in (*group.items, *group.shown)]
            for group in catalogue.facts
            if group.concerns(plan)
        },
        "open_points": [
            {
                "id": point.id,
                "kind": point.kind.value,
                "text": language.text(point.text),
                "source": cited(point.cite),
            }
            for point in points
        ],
    }


def _examples(catalogue: Catalogue, plan: Plan) -> list[Example]:
    return [example for example in catalogue.examples if example.plan == plan.id]


def _example(example: Example, plan: Plan) -> Json:
    return {
        "spend": exact(example.spend, plan.currency),
        "quantities": numbers_json(example),
        "reading": example.reading,
        "as_of": day(example.as_of),
        "fee": exact(example.fee, plan.currency),
        "source": cited(example.cite),
    }


def numbers_json(example: Example) -> Json:
    """The quantities of an example."""
    return {name: number(count) for name, count in example.quantities.items()}


def _segments(fee: PiecewiseLinear, currency: str, whole_rate: bool = False) -> list[Json]:
    """The normal form; a start that is no finite decimal is rounded, `from_exact` has it exactly.

    A price of pieces has an amount for a rate.
    """
    return [
        {
            "from": rounded(segment.start, currency),
            "from_exact": str(segment.start),
            "base": exact(segment.intercept, currency),
            "rate": exact(segment.rate, currency) if whole_rate else format_rate(segment.rate),
        }
        for segment in fee.segments
    ]
