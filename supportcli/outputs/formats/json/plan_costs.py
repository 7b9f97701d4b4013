"""A plan of an advice as JSON: what it costs, what it has, how it stands to the needs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from supportcli.advice.headline import ToldReading, figures
from supportcli.advice.quote import Quote
from supportcli.advice.reasons import why
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.to_pay import to_pay
from supportcli.core.money import format_rate
from supportcli.core.plan import Plan
from supportcli.language import Language
from supportcli.needs.need import NeedResult, Status
from supportcli.needs.registry import KINDS
from supportcli.needs.response import fastest_level, without_target
from supportcli.outputs.document.figures import to_pay_at
from supportcli.outputs.document.telling import PICKED_SPENDS
from supportcli.outputs.formats.json.billing import to_pay_json
from supportcli.outputs.formats.json.values import (
    Json,
    amount,
    charge_json,
    cited,
    day,
    exact,
    hours,
    number,
    rounded,
    time,
    told,
    validity_json,
)
from supportcli.outputs.formats.json.whatif import versus_json


def told_spends(advice: Advice, span: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The spends at which amounts are told beside the one that is known.

    The ends of a range; some where none is known.
    """
    if span:
        return span[0], span[-1]
    return () if advice.usage.spend_known else PICKED_SPENDS


def plan_json(
    advice: Advice, entry: PlanAdvice, language: Language, spends: Sequence[Fraction]
) -> Json:
    """A plan with what it costs, at some spends too, and how it stands to the needs."""
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
        "beyond": {each.quantity: number(each.number) for each in plan.beyond},
        "bar": entry.bar.value if entry.bar else None,
        **validity_json(plan.validity),
        "eligible": entry.eligible,
        "monthly": charge_json(quote.monthly) if quote else None,
        "annual": charge_json(quote.annual) if quote else None,
        "term": charge_json(quote.term) if quote else None,
        "to_pay": to_pay_json(to_pay(advice, entry)),
        "figures": [_figure(advice, entry, figure) for figure in figures(advice)],
        "at_spends": [_at(advice, entry, spend) for spend in spends],
        "readings": {
            reading: amount(other.monthly.total) if other else None
            for reading, other in entry.quotes.items()
        },
        "slices": _slices(quote),
        "extras": _extras(quote),
        "needs": [_need(result, language) for result in entry.needs],
        "response": [_response(advice, plan, each.id) for each in advice.catalogue.severities],
        **{
            name: told(value, language)
            for kind in KINDS
            for name, value in kind.of_plan(advice.catalogue, plan).items()
        },
        "availability": None
        if doubt is None
        else {
            "text": language.text(doubt.text),
            "since": day(doubt.since),
            "source": cited(doubt.cite),
        },
        "why": language.say(why(advice, entry)),
        "versus": versus_json(advice, entry, language),
        "source": cited(plan.cite),
    }


def _figure(advice: Advice, entry: PlanAdvice, figure: ToldReading) -> Json:
    """What a plan costs under a reading that stands first: list price, and what is to be paid."""
    quote = entry.quotes[figure.reading]
    return {
        "label": figure.label and figure.label.value,
        "reading": figure.reading,
        "monthly": None if quote is None else amount(quote.monthly.total),
        "annual": None if quote is None else amount(quote.annual.total),
        "to_pay": to_pay_json(to_pay(advice, entry, figure.reading)),
    }


def _at(advice: Advice, entry: PlanAdvice, spend: Fraction) -> Json:
    """What is to be paid at another spend, under the readings that stand first."""
    return {
        "monthly_spend": exact(spend, advice.catalogue.currency),
        "monthly_spend_counted": exact(spend + advice.usage.ordered, advice.catalogue.currency),
        "figures": [
            {
                "label": figure.label and figure.label.value,
                "reading": figure.reading,
                "to_pay": to_pay_json(to_pay_at(advice, entry, figure.reading, spend)),
            }
            for figure in figures(advice)
        ],
    }


def _response(advice: Advice, plan: Plan, severity: str) -> Json:
    """The fastest first response to a severity by the channels that can be used, asked or not."""
    level = fastest_level(plan, severity, advice.needs)
    status = without_target(advice.catalogue, plan, severity, advice.needs)
    return {
        "severity": severity,
        "target": time(level.target) if level else None,
        "hours": hours(level.target) if level else None,
        "channel": level.channel if level else None,
        "limit": level.limit if level else None,
        "assumed": bool(level and level.assumed),
        "stated": level is not None or status is Status.NOT_MET,
    }


def _slices(quote: Quote | None) -> list[Json]:
    if quote is None:
        return []
    currency = quote.plan.currency
    return [
        {
            "from": rounded(part.slice.start, currency),
            "to": rounded(part.slice.end, currency),
            "base": exact(part.slice.base, currency),
            "rate": format_rate(part.slice.rate),
            "amount": amount(part.amount),
        }
        for part in quote.slices
    ]


def _extras(quote: Quote | None) -> list[Json]:
    return [
        {
            "id": part.counted.extra.id,
            "quantity": part.counted.extra.quantity,
            "number": number(part.counted.number),
            "yearly": part.counted.extra.yearly,
            "amount": amount(part.amount),
        }
        for part in (quote.extras if quote else ())
    ]


def _need(result: NeedResult, language: Language) -> Json:
    level = result.level
    return {
        "need": result.need,
        "status": result.status.value,
        "why": language.say(result.why),
        "source": cited(result.cite) if result.cite else None,
        "target": time(level.target) if level else None,
        "hours": hours(level.target) if level else None,
        "channel": level.channel if level else None,
        "limit": level.limit if level else None,
    }
