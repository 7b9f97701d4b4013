"""The thresholds as JSON: from which spend on which plan is the cheapest, proven on both sides."""

from __future__ import annotations

import datetime

from supportcli.advice.breakeven import SpendRange
from supportcli.advice.cautions import contested_fees, shared_fees
from supportcli.advice.headline import figures
from supportcli.advice.recommendation import Advice
from supportcli.advice.thresholds import BreakEven, PlanPair, break_even, sides, spend_of
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
    advice: Advice,
    language: Language,
    as_of: datetime.date,
    warnings: tuple[Message, ...],
    confirmed_by: str | None,
) -> Json:
    """The ranges of spend under the reading in use, and under each reading by its id."""
    found = {reading.id: break_even(advice, reading.id) for reading in advice.catalogue.readings}
    ranges = {reading: _proven(advice, each) for reading, each in found.items()}
    result = {
        "reason_code": advice.reason.value,
        **inquiries_json(advice, language, at_any_spend=True),
        "savings": savings_json(advice, language),
        **ranges[advice.reading],
        "position": _position(advice, found[advice.reading]),
        "figures": [
            {
                "label": figure.label and figure.label.value,
                "reading": figure.reading,
                "position": _position(advice, found[figure.reading]),
            }
            for figure in figures(advice)
        ],
        "by_reading": ranges,
    }
    cheapest = [plan for each in found.values() for plan in each.cheapest]
    shared = shared_fees(cheapest, advice.usage.accounts)
    doubts = contested_fees(advice.catalogue, cheapest)
    return document(
        "breakeven",
        result,
        catalogue=confirmed(rules_json(advice.catalogue, as_of, advice.reading), confirmed_by),
        inputs=inputs_json(advice, language),
        assumptions=assumptions_json(advice, language),
        warnings=said((*warnings, *shared, *(() if confirmed_by else doubts)), language),
    )


def thresholds_json(advice: Advice) -> Json:
    """The ranges, and where among them the customer stands."""
    found = break_even(advice)
    return {**_ranges(advice, found), "position": _position(advice, found)}


def _position(advice: Advice, found: BreakEven) -> Json | None:
    spend, currency = spend_of(advice), advice.catalogue.currency
    part = None if spend is None else found.position(spend)
    if part is None or spend is None:
        return None
    return {
        "spend": exact(spend, currency),
        "plans": [plan.id for plan in part.plans],
        "to_next": None if part.end is None else reached(part.end - spend, currency),
        "to_previous": reached(spend - part.start, currency) if part.start else None,
    }


def _ranges(advice: Advice, found: BreakEven) -> Json:
    currency = advice.catalogue.currency
    return {
        "ranges": [_range(part, currency) for part in found.ranges],
        "paid_ranges": [_range(part, currency) for part in found.paid],
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
        "if_sold": found.if_sold
        and {
            "plans": [plan.id for plan in found.if_sold.plans],
            "ranges": [_range(part, currency) for part in found.if_sold.ranges],
            "paid_ranges": [_range(part, currency) for part in found.if_sold.paid],
        },
    }


def _proven(advice: Advice, found: BreakEven) -> Json:
    """The ranges, with both sides of each threshold and the difference of each plan to the next."""
    currency = advice.catalogue.currency
    return {
        **_ranges(advice, found),
        "ranges": [_proven_range(found, part, currency) for part in found.ranges],
        "paid_ranges": [_proven_range(found, part, currency) for part in found.paid],
        "pairs": [_pair(pair, currency) for pair in found.pairs],
    }


def _range(part: SpendRange, currency: str) -> Json:
    return {
        "from": reached(part.start, currency),
        "to": reached(part.end, currency),
        "plans": [plan.id for plan in part.plans],
    }


def _proven_range(found: BreakEven, part: SpendRange, currency: str) -> Json:
    """A range with what the plans cost, unrounded, on both sides of where it begins."""
    both = sides(found, part.start, currency) if part.start else ()
    return {
        **_range(part, currency),
        "proof": [
            {
                "spend": amount(side.spend),
                "fees": {plan: nearest(fee, currency) for plan, fee in side.fees.items()},
            }
            for side in both
        ],
    }


def _pair(pair: PlanPair, currency: str) -> Json:
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
