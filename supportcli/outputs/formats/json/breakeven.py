"""The thresholds as JSON: from which spend on which plan is the cheapest, proven on both sides."""

from __future__ import annotations

import datetime

from supportcli.advice.breakeven import SpendRange
from supportcli.advice.recommendation import Advice
from supportcli.advice.thresholds import BreakEven, Pair, break_even, sides, spend_of
from supportcli.core.money import signed_rate
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.formats.json.inputs import assumptions_json, inputs_json
from supportcli.outputs.formats.json.inquiries import inquiries_json
from supportcli.outputs.formats.json.values import (
    Json,
    amount,
    confirmed,
    document,
    exact,
    nearest,
    reached,
    rules_json,
    said,
)
from supportcli.outputs.formats.json.whatif import savings_json


def break_even_json(
    advice: Advice, language: Language, as_of: datetime.date, warnings: tuple[Message, ...]
) -> Json:
    """The ranges of spend under the reading in use, and under each reading by its id."""
    result = {
        "reason_code": advice.reason.value,
        **inquiries_json(advice, language, at_any_spend=True),
        "savings": savings_json(advice, language),
        **thresholds_json(advice, proven=True),
        "by_reading": {
            reading.id: _ranges(advice, break_even(advice, reading.id), proven=True)
            for reading in advice.catalogue.readings
        },
    }
    return document(
        "breakeven",
        result,
        catalogue=confirmed(rules_json(advice.catalogue, as_of, advice.reading), None),
        inputs=inputs_json(advice, language),
        assumptions=assumptions_json(advice, language),
        warnings=said(warnings, language),
    )


def thresholds_json(advice: Advice, *, proven: bool) -> Json:
    """The ranges, and where among them the customer stands."""
    found = break_even(advice)
    spend = spend_of(advice)
    part = None if spend is None else found.position(spend)
    currency = advice.catalogue.currency
    return {
        **_ranges(advice, found, proven=proven),
        "position": None
        if part is None or spend is None
        else {
            "spend": exact(spend, currency),
            "plans": [plan.id for plan in part.plans],
            "to_next": None if part.end is None else reached(part.end - spend, currency),
            "to_previous": reached(spend - part.start, currency) if part.start else None,
        },
    }


def _ranges(advice: Advice, found: BreakEven, *, proven: bool) -> Json:
    """The ranges; where they are to be proven with both sides of each threshold and the pairs."""
    currency = advice.catalogue.currency
    return {
        "ranges": [_range(found, part, currency, proven) for part in found.ranges],
        "paid_ranges": [_range(found, part, currency, proven) for part in found.paid],
        "dominated": [
            {
                "plan": each.plan.id,
                "by": each.by.id,
                "from": reached(each.start, currency),
                "to": reached(each.end, currency),
                "assumed": each.assumed,
            }
            for each in found.dominated
        ],
        **({"pairs": [_pair(pair, currency) for pair in found.pairs]} if proven else {}),
    }


def _range(found: BreakEven, part: SpendRange, currency: str, proven: bool) -> Json:
    """A range; if wanted with what the plans cost, unrounded, on both sides of where it begins."""
    told = {
        "from": reached(part.start, currency),
        "to": reached(part.end, currency),
        "plans": [plan.id for plan in part.plans],
    }
    if not proven:
        return told
    both = sides(found, part.start, currency) if part.start else ()
    return {
        **told,
        "proof": [
            {
                "spend": amount(side.spend),
                "fees": {plan: nearest(fee, currency) for plan, fee in side.fees.items()},
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
                "from": reached(segment.start, currency),
                "difference": nearest(segment.at(segment.start), currency),
                "rate": signed_rate(segment.rate),
            }
            for segment in pair.gap.segments
        ],
    }
