"""The advice as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from supportcli.advice.billing import Settlement
from supportcli.advice.cautions import cautions, to_confirm
from supportcli.advice.deal import Account, Deal
from supportcli.advice.portfolio import Member, portfolio
from supportcli.advice.quote import Quote, usage_held
from supportcli.advice.reasons import reasons, why
from supportcli.advice.recommendation import Advice
from supportcli.advice.sensitivity import Scenario, by_reading_at
from supportcli.advice.to_pay import to_pay, to_pay_more
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.registry import KINDS, Needs
from supportcli.outputs.formats.json.billing import renewal_json, settlement_json, to_pay_json
from supportcli.outputs.formats.json.breakeven import thresholds_json
from supportcli.outputs.formats.json.inputs import assumptions_json, inputs_json
from supportcli.outputs.formats.json.inquiries import inquiries_json
from supportcli.outputs.formats.json.of_range import of_range
from supportcli.outputs.formats.json.plan_costs import plan_json, told_spends
from supportcli.outputs.formats.json.values import (
    Json,
    charge_json,
    confirmed,
    day,
    document,
    exact,
    how_to_buy_json,
    rules_json,
    said,
    source_json,
)
from supportcli.outputs.formats.json.whatif import needs_json, sensitivity_json


def advice_json(
    advice: Advice,
    language: Language,
    as_of: datetime.date,
    warnings: tuple[Message, ...] = (),
    confirmed_by: str | None = None,
    found: Sequence[Scenario] = (),
    deal: Deal | None = None,
) -> Json:
    """The whole advice with the scenarios found, its sentences in the given language."""
    total = portfolio((Member(Account(), advice),)).total
    settled = total.settlement if total else None
    return document(
        "advise",
        result_json(
            advice,
            language,
            confirmed_by is not None,
            found,
            settled,
            span=deal.accounts[0].span if deal else (),
        ),
        catalogue=confirmed(rules_json(advice.catalogue, as_of, advice.reading), confirmed_by),
        inputs=inputs_json(advice, language, deal),
        assumptions=assumptions_json(advice, language),
        sources=sources_json(advice, language),
        warnings=said((*warnings, *cautions(advice)), language),
    )


def sources_json(advice: Advice, language: Language) -> list[Json]:
    """Where the catalogue's facts come from."""
    return [source_json(source, language) for source in advice.catalogue.sources]


def result_json(
    advice: Advice,
    language: Language,
    confirmed: bool,
    found: Sequence[Scenario],
    settled: Settlement | None,
    share: Quote | None = None,
    span: Sequence[Fraction] = (),
) -> Json:
    """The answer for one account, or for accounts alike, with its bills and payments.

    `share` is its part of a fee that is one with that of other accounts, `span` the spends of a
    range.
    """
    shown, spends = advice.taken, told_spends(advice, span)
    quote = share or (shown.quotes[advice.reading] if shown else None)
    told = {
        "recommended": advice.recommended.plan.id if advice.recommended else None,
        "asked": _asked(advice, language),
        "beside": None,
        "how_to_buy": how_to_buy_json(advice.catalogue, language),
        "reason_code": advice.reason.value,
        **inquiries_json(advice, language),
        "reasons": said(reasons(advice), language),
        **_by_reading(advice, span),
        "tied": [entry.plan.id for entry in advice.tied],
        "fallback": advice.fallback.plan.id if advice.fallback else None,
        "closest": advice.closest.plan.id if advice.closest else None,
        "beginning": _beginning(advice, language),
        **_proposed(advice),
        "plans": [plan_json(advice, entry, language, spends) for entry in advice.plans],
        "months": _months(advice, quote),
        **needs_json(advice, language),
        **thresholds_json(advice),
        **sensitivity_json(advice, found),
        **settlement_json(settled),
        **renewal_json(advice, language),
        "confirm": [
            language.text(point.confirm) for point in to_confirm(advice, confirmed) if point.confirm
        ],
    }
    return of_range(told) if span else told


def _by_reading(advice: Advice, span: Sequence[Fraction]) -> Json:
    """The plan of each reading; whether they agree, of a range at its ends too."""
    found = [advice.by_reading, *(by_reading_at(advice, spend) for spend in span)]
    plans = [{one: entry.plan.id if entry else None for one, entry in e.items()} for e in found]
    return {
        "holds_under_all_readings": all(len(set(each.values())) == 1 for each in plans),
        "by_reading": plans[0],
    }


def _asked(advice: Advice, language: Language) -> Json | None:
    """The plan that was asked for, and what is to be paid more than for the recommended one."""
    asked = advice.asked
    if asked is None:
        return None
    return {
        "id": asked.plan.id,
        "eligible": asked.eligible,
        "doubtful": asked.doubtful,
        "why": language.say(why(advice, asked)),
        "to_pay": to_pay_json(to_pay(advice, asked)),
        "difference": to_pay_json(to_pay_more(advice, asked, advice.recommended)),
    }


def _beginning(advice: Advice, language: Language) -> list[Json]:
    """The plans that cannot be had yet but begin within the term."""
    return [
        {"id": plan.id, "name": language.text(plan.name), "valid_from": day(begins)}
        for begins, plans in advice.beginning.items()
        for plan in plans
    ]


def _proposed(advice: Advice) -> Json:
    """The plan if there were a need that nobody spoke of, for each kind whose price is told."""
    fields = (kind.field for kind in KINDS if kind.proposed(Needs()) is not None)
    plans = ((field, advice.proposed.get(field)) for field in fields)
    return {f"with_{field}": entry.plan.id if entry else None for field, entry in plans}


def _months(advice: Advice, quote: Quote | None) -> list[Json]:
    if quote is None:
        return []
    held = usage_held(quote.plan, advice.usage).months
    return [
        {
            "month": str(month.month),
            "spend": exact(month.spend, advice.catalogue.currency),
            "ordered": exact(used.ordered, advice.catalogue.currency),
            **charge_json(month.charge),
        }
        for month, used in zip(quote.months, held, strict=True)
    ]
