"""The advice as JSON: a contract, to which keys are added and never renamed.

Money is a decimal string in the currency's minor unit, unknown is null, durations are ISO 8601,
ids are the catalogue's, keys are English in every language.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from supportcli.advice.matching import NeedResult
from supportcli.advice.needs import Needs
from supportcli.advice.quote import Charge, Quote
from supportcli.advice.reasons import cautions, reasons, to_confirm, why
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.sensitivity import Scenario
from supportcli.core.catalogue import PointKind
from supportcli.core.money import exact_decimal, finite, format_rate, round_half_up
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.formats.json_contract import level_of, settlement_json, term_inputs
from supportcli.outputs.formats.json_whatif import (
    break_even_json,
    versus_json,
    whatif_json,
)
from supportcli.safe import safe

SCHEMA_VERSION = 1

Json = Mapping[str, object]


def advice_json(
    advice: Advice,
    language: Language,
    as_of: datetime.date,
    warnings: tuple[Message, ...] = (),
    confirmed_by: str | None = None,
    found: Sequence[Scenario] = (),
) -> str:
    """The whole advice with the scenarios found, its sentences in the given language."""
    content = {
        "catalogue": catalogue_json(advice, as_of, confirmed_by),
        "inputs": inputs_json(advice),
        "assumptions": _points(advice, language),
        "sources": [
            {
                "id": source.id,
                "title": language.text(source.title),
                "level": source.level,
                "date": date_or_none(source.date),
            }
            for source in advice.catalogue.sources
        ],
        "warnings": [language.say(message) for message in (*warnings, *cautions(advice))],
        "result": _result(advice, language, confirmed_by is not None, found),
    }
    return document("advise", content)


def break_even_document(
    advice: Advice, language: Language, as_of: datetime.date, warnings: tuple[Message, ...]
) -> str:
    """The ranges of spend under every reading as one JSON document."""
    content = {
        "catalogue": catalogue_json(advice, as_of, None),
        "inputs": inputs_json(advice),
        "assumptions": _points(advice, language),
        "warnings": [language.say(message) for message in warnings],
        "result": break_even_json(advice, language),
    }
    return document("breakeven", content)


def catalogue_json(advice: Advice, as_of: datetime.date, confirmed_by: str | None) -> Json:
    """Which catalogue, of which day, under which reading."""
    return {
        "id": advice.catalogue.id,
        "as_of": as_of.isoformat(),
        "sha256": advice.catalogue.sha256,
        "reading": advice.reading,
        "confirmed_by": confirmed_by and safe(confirmed_by),
    }


def document(command: str, content: Json) -> str:
    """The envelope of every command's JSON, as text."""
    whole = {"schema_version": SCHEMA_VERSION, "command": command, **content}
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _text(amount: Decimal) -> str:
    return f"{amount:f}"


def _known(amount: Decimal | None) -> str | None:
    return None if amount is None else _text(amount)


def date_or_none(day: datetime.date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return day.isoformat() if day else None


def inputs_json(advice: Advice) -> Json:
    """What was asked for, as it was understood."""
    needs, currency = advice.needs, advice.catalogue.currency
    spend = level_of(advice)
    return {
        "monthly_spend": None if spend is None else _text(exact_decimal(spend, currency)),
        "currency": currency,
        "response": {need.severity: need.within.iso() for need in needs.response},
        "response_hours": _response_hours(needs),
        "tam": needs.tam,
        "tickets": needs.tickets,
        "without_channels": sorted(needs.without_channels),
        "quantities": {
            quantity: f"{finite(number):f}" for quantity, number in advice.usage.quantities.items()
        },
        "accounts": advice.usage.accounts,
        "current_plan": needs.current_plan,
        **term_inputs(advice),
    }


def _response_hours(needs: Needs) -> Json:
    return {n.severity: "business" if n.within.business else "calendar" for n in needs.response}


def _points(advice: Advice, language: Language) -> list[Json]:
    return [
        {
            "id": point.id,
            "kind": point.kind.value,
            "text": language.text(point.text),
            "source": str(point.cite),
        }
        for point in advice.catalogue.open_points
        if point.kind is PointKind.ASSUMPTION
    ]


def _result(advice: Advice, language: Language, confirmed: bool, found: Sequence[Scenario]) -> Json:
    shown = advice.recommended
    quote = shown.quotes[advice.reading] if shown else None
    return {
        "recommended": shown.plan.id if shown else None,
        "reason_code": advice.reason.value,
        "reasons": [language.say(message) for message in reasons(advice)],
        "holds_under_all_readings": advice.holds_under_all_readings,
        "by_reading": {
            reading: entry.plan.id if entry else None
            for reading, entry in advice.by_reading.items()
        },
        "tied": [entry.plan.id for entry in advice.tied],
        "fallback": advice.fallback.plan.id if advice.fallback else None,
        "closest": advice.closest.plan.id if advice.closest else None,
        "with_tam": advice.with_tam.plan.id if advice.with_tam else None,
        "plans": [_plan(advice, entry, language) for entry in advice.plans],
        "months": _months(advice, quote),
        **whatif_json(advice, found, language),
        **settlement_json(advice, quote, language),
        "confirm": [
            language.text(point.confirm) for point in to_confirm(advice, confirmed) if point.confirm
        ],
    }


def _plan(advice: Advice, entry: PlanAdvice, language: Language) -> Json:
    plan = entry.plan
    quote = entry.quotes[advice.reading]
    doubt = plan.availability
    return {
        "id": plan.id,
        "name": language.text(plan.name),
        "tier": plan.tier,
        "currency": plan.currency,
        "catalogue": advice.catalogue.id,
        "published": plan.fees is not None,
        "lacking": list(plan.lacking),
        "bar": entry.bar.value if entry.bar else None,
        "valid_from": date_or_none(plan.validity.valid_from),
        "closed_to_new": date_or_none(plan.validity.closed_to_new),
        "valid_to": date_or_none(plan.validity.valid_to),
        "successor": plan.validity.successor,
        "eligible": entry.eligible,
        "monthly": _charge(quote.monthly) if quote else None,
        "annual": _charge(quote.annual) if quote else None,
        "term": _charge(quote.term) if quote else None,
        "readings": {
            reading: _text(other.monthly.total) if other else None
            for reading, other in entry.quotes.items()
        },
        "slices": _slices(quote),
        "extras": _extras(quote),
        "needs": [_need(result, language) for result in entry.needs],
        "tam": plan.tam.kind.value,
        "limits": [
            {
                "id": limit.id,
                "per_month": limit.per_month,
                "text": language.text(limit.text),
                "source": str(limit.cite),
            }
            for limit in plan.limits
        ],
        "availability": None
        if doubt is None
        else {
            "text": language.text(doubt.text),
            "since": doubt.since.isoformat(),
            "source": str(doubt.cite),
        },
        "why": language.say(why(advice, entry)),
        "versus": versus_json(advice, entry, language),
        "source": str(plan.cite),
    }


def _charge(charge: Charge) -> Json:
    return {
        "total": _text(charge.total),
        "prepaid": _known(charge.prepaid),
        "postpaid": _known(charge.postpaid),
    }


def _slices(quote: Quote | None) -> list[Json]:
    if quote is None:
        return []
    currency = quote.plan.currency
    return [
        {
            "from": _text(round_half_up(part.slice.start, currency)),
            "to": None
            if part.slice.end is None
            else _text(round_half_up(part.slice.end, currency)),
            "base": _text(exact_decimal(part.slice.base, currency)),
            "rate": format_rate(part.slice.rate),
            "amount": _text(part.amount),
        }
        for part in quote.slices
    ]


def _extras(quote: Quote | None) -> list[Json]:
    return [
        {
            "id": part.counted.extra.id,
            "quantity": part.counted.extra.quantity,
            "number": f"{finite(part.counted.number):f}",
            "yearly": part.counted.extra.yearly,
            "amount": _text(part.amount),
        }
        for part in (quote.extras if quote else ())
    ]


def _need(result: NeedResult, language: Language) -> Json:
    level = result.level
    return {
        "need": result.need,
        "status": result.status.value,
        "why": language.say(result.why),
        "source": str(result.cite) if result.cite else None,
        "target": level.target.iso() if level else None,
        "hours": None if level is None else "business" if level.target.business else "calendar",
        "channel": level.channel if level else None,
    }


def _months(advice: Advice, quote: Quote | None) -> list[Json]:
    if quote is None:
        return []
    return [
        {
            "month": str(month.month),
            "spend": None
            if month.spend is None
            else _text(exact_decimal(month.spend, advice.catalogue.currency)),
            "ordered": _text(exact_decimal(used.ordered, advice.catalogue.currency)),
            **_charge(month.charge),
        }
        for month, used in zip(quote.months, advice.usage.months, strict=True)
    ]
