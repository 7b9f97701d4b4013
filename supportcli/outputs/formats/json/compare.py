"""Vendors side by side as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from supportcli.advice.comparison import AskedOfAll, Compared
from supportcli.core.exchange import Rate
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.formats.json.values import (
    Json,
    amount,
    confirmed,
    day,
    document,
    exact,
    nearest,
    number,
    rules_json,
    said,
)
from supportcli.safe import safe


def compare_json(
    rows: Sequence[Compared],
    asked: AskedOfAll,
    needs: tuple[str, ...],
    as_of: datetime.date,
    warnings: tuple[Message, ...],
    language: Language,
) -> Json:
    """A row for each catalogue, with amounts in its currency and, at a rate, in the user's."""
    inputs = {
        "spend": exact(asked.spend, asked.currency),
        "currency": asked.currency,
        "rates": [_rate(rate) for rate in asked.rates],
        "start": str(asked.start),
        "needs": [safe(text) for text in needs],
    }
    result = {"currency": asked.currency, "rows": [_row(row, as_of, language) for row in rows]}
    return document(
        "compare", result, as_of=day(as_of), inputs=inputs, warnings=said(warnings, language)
    )


def _rate(rate: Rate) -> Json:
    return {"currency": rate.currency, "worth": number(rate.worth), "date": day(rate.date)}


def _row(row: Compared, as_of: datetime.date, language: Language) -> Json:
    advice, catalogue = row.advice, row.advice.catalogue
    plan = row.entry and row.entry.plan
    terms = catalogue.terms if plan is None else plan.terms
    return {
        "catalogue": confirmed(rules_json(catalogue, as_of, advice.reading), None),
        "vendor": language.text(catalogue.whom_to_ask),
        "currency": catalogue.currency,
        "spend": None if row.spend is None else nearest(row.spend, catalogue.currency),
        "rate": None if row.rate is None else _rate(row.rate),
        "reason_code": row.reason.value,
        "recommended": _plan(plan, language),
        "assumed": [
            {"need": each.need, "text": language.say(each.wanted.words(catalogue))}
            for each in row.marks.assumed
        ],
        "contested": [
            {"id": point.id, "text": language.text(point.text)} for point in row.marks.contested
        ],
        "ask_first": [_plan(each.entry.plan, language) for each in row.ask_first],
        "may_cost_less": row.may_cost_less,
        "monthly": amount(row.monthly),
        "annual": amount(row.annual),
        "likely_annual": amount(row.likely_annual),
        "converted": _converted(row),
        "basis": terms.basis and terms.basis.value.value,
        "scope": terms.scope and terms.scope.value.value,
        "tax": terms.tax and terms.tax.value.value,
        "response": [
            {
                "severity": need.severity,
                "within": str(need.within),
                "severity_class": _class(row, need.severity),
            }
            for need in advice.needs.response
        ],
        "classes": [
            {
                "class": each.asked.value,
                "severities": [severity.id for severity in each.severities],
                "held_against": each.held.id,
                "not_known_to_hold_for": [severity.id for severity in row.slower(each)],
                "assumed": each.assumed,
            }
            for each in row.known.matched
        ],
        "not_known": [safe(text) for text in (*row.known.unheld, *row.known.untold)],
    }


def _plan(plan: Plan | None, language: Language) -> Json | None:
    return None if plan is None else {"id": plan.id, "name": language.text(plan.name)}


def _class(row: Compared, severity: str) -> Json | None:
    """The class of a severity and who says so; null where nobody does."""
    classed = row.advice.catalogue.severity(severity).classed
    if classed is None:
        return None
    asked = (each.asked for each in row.known.matched if each.held.id == severity)
    one = next(asked, classed.values[0])
    cite = None if classed.assumed else str(classed.cite)
    return {"is": one.value, "source": cite, "assumed": classed.assumed}


def _converted(row: Compared) -> Json | None:
    """The amounts in the user's currency; null without a rate."""
    if row.rate is None:
        return None
    return {
        "currency": row.currency,
        "is_converted": row.is_converted,
        "monthly": amount(row.converted(row.monthly)),
        "annual": amount(row.converted(row.annual)),
        "likely_annual": amount(row.converted(row.likely_annual)),
    }
