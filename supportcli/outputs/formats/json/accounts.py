"""Several accounts as JSON: the answer for each as one account has it, and the sums."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from supportcli.advice.asked import asked_of
from supportcli.advice.cautions import cautions
from supportcli.advice.deal import ENDS
from supportcli.advice.instead import Instead, instead
from supportcli.advice.portfolio import DealAnswer, Member, Portfolio, Together
from supportcli.advice.reasons import why
from supportcli.advice.recommendation import Advice
from supportcli.advice.sensitivity import scenarios, scenarios_at
from supportcli.advice.sums import Sums
from supportcli.advice.to_pay import ToPay, to_pay_for
from supportcli.advice.today import against_today
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.deal_sums import divided_otherwise, pooling_caution
from supportcli.outputs.formats.json.advice import result_json, sources_json
from supportcli.outputs.formats.json.billing import by_reading, settlement_json, to_pay_json
from supportcli.outputs.formats.json.inputs import (
    assumptions_json,
    deal_inputs_json,
    inputs_json,
)
from supportcli.outputs.formats.json.inquiries import inquiries_json
from supportcli.outputs.formats.json.of_range import of_range
from supportcli.outputs.formats.json.values import (
    Json,
    amount,
    charge_json,
    confirmed,
    document,
    exact,
    rules_json,
    said,
)


def accounts_json(
    answer: DealAnswer,
    as_of: datetime.date,
    language: Language,
    warnings: Iterable[Message] = (),
    confirmed_by: str | None = None,
) -> Json:
    """What is recommended for each account, what that costs together, and one plan for all."""
    found = answer.portfolio
    advice = found.members[0].advice
    told = [*pooling_caution(found), *divided_otherwise(found)]
    told += [
        Message("{account}: {why}", account=member.account.name, why=words)
        for member in found.members
        for words in cautions(member.advice)
    ]
    return document(
        "advise accounts",
        _result(answer, language, confirmed_by is not None),
        catalogue=confirmed(rules_json(advice.catalogue, as_of, advice.reading), confirmed_by),
        inputs=deal_inputs_json(answer),
        assumptions=assumptions_json(advice, language),
        sources=sources_json(advice, language),
        warnings=said((*warnings, *told), language),
    )


def _result(answer: DealAnswer, language: Language, confirmed: bool) -> Json:
    found = answer.portfolio
    advice = found.members[0].advice
    today, renewal = _against_today(found)
    accounts = [
        _account(answer, member, language, confirmed, than_today)
        for member, than_today in zip(found.members, today, strict=True)
    ]
    told = {
        "asked": _asked(found),
        "beside": None,
        "annual": amount(found.annual),
        "together": None if found.together is None else _together(found, found.together),
        "saved": amount(found.saved),
        "to_pay_saved": to_pay_json(found.to_pay_saved),
        "saved_by_reading": by_reading(advice, found.to_pay_saved_under),
        "renewal": renewal,
        "highest_plan": found.highest.id if found.highest else None,
        "known": to_pay_json(found.known),
        "total": None if found.total is None else _total(found, found.total, language),
        "ends": _ends(answer, language),
    }
    return {"accounts": accounts, **(of_range(told) if answer.ends else told)}


def _asked(found: Portfolio) -> Json | None:
    """The plan that was asked for, for all accounts, against the recommended ones."""
    asked = asked_of(found)
    if asked is None:
        return None
    return {
        "id": asked.plan.id,
        "eligible": asked.eligible,
        "to_pay": to_pay_json(asked.to_pay),
        "difference": to_pay_json(asked.more),
    }


def _against_today(found: Portfolio) -> tuple[list[Json], Json | None]:
    """What the plans cost more than those of today, as they are bought: of each account, of all."""
    advice = found.members[0].advice
    listed = against_today(found, found.agreed.listed)
    told = {
        reading.id: against_today(found, reading=reading.id) for reading in advice.headline_readings
    }
    accounts = [
        _than_today(advice, at_list, {name: each.accounts[place] for name, each in told.items()})
        for place, at_list in enumerate(listed.accounts)
    ]
    totals = {name: each.total for name, each in told.items()}
    known = totals[advice.reading] is not None
    return accounts, _than_today(advice, listed.total, totals) if known else None


def _than_today(advice: Advice, at_list: ToPay | None, more: Mapping[str, ToPay | None]) -> Json:
    return {
        "annual_difference": amount(at_list.annual if at_list else None),
        "to_pay": to_pay_json(more[advice.reading]),
        "by_reading": by_reading(advice, more.__getitem__),
    }


def _account(
    answer: DealAnswer, member: Member, language: Language, confirmed: bool, than_today: Json
) -> Json:
    """Today's keys, and the same answer as for one account."""
    advice, share, span = member.advice, member.share, member.account.span
    entry = advice.taken or advice.closest
    told = scenarios_at(advice, span) or scenarios(advice)
    settled = share.settlement if share else None
    quote = share.quote if share else None
    told_alone = result_json(advice, language, confirmed, told, settled, quote, span)
    renewal = told_alone["renewal"]
    own = {
        **_short(member, language),
        "reason_code": advice.reason.value,
        "why": language.say(why(advice, entry)) if entry else None,
        **told_alone,
        "renewal": {**renewal, **than_today} if isinstance(renewal, dict) else None,
        "one_fee_with": [language.text(name) for name in answer.portfolio.sharing(member)],
        "alone": _alone(advice),
        "inputs": inputs_json(advice, language, answer.deal._replace(accounts=(member.account,))),
        "warnings": said(cautions(advice), language),
    }
    others = {"instead": _instead(instead(answer.portfolio, member))}
    return {
        **(of_range(own) if span else own),
        **(of_range(others) if answer.ends else others),
    }


def _alone(advice: Advice) -> Json | None:
    """The plan's price for the account alone, from which the differences to others are told."""
    entry = advice.taken
    quote = entry.quotes[advice.reading] if entry else None
    if quote is None:
        return None
    paid = to_pay_for(quote, advice.agreed.without_voucher, advice.usage.accounts)
    return {
        "monthly": amount(quote.monthly.total),
        "annual": amount(quote.annual.total),
        "to_pay": to_pay_json(paid),
    }


def _instead(found: Iterable[Instead] | None) -> list[Json] | None:
    """What all accounts pay together where this one takes another plan."""
    if found is None:
        return None
    return [
        {
            "plan": one.entry.plan.id,
            "eligible": one.entry.eligible,
            "to_pay": to_pay_json(one.whole),
            "difference": to_pay_json(one.more),
        }
        for one in found
    ]


def _short(member: Member, language: Language) -> Json:
    """An account with what its plan costs: its part where one fee is for several."""
    advice, share = member.advice, member.share
    return {
        "account": language.text(member.account.name),
        "monthly_spend": exact(advice.usage.monthly_spend, advice.catalogue.currency),
        "monthly_spend_counted": exact(advice.usage.spend_counted, advice.catalogue.currency),
        "recommended": advice.recommended.plan.id if advice.recommended else None,
        "monthly": amount(share.quote.monthly.total if share else None),
        "annual": amount(share.quote.annual.total if share else None),
        "to_pay": to_pay_json(share.to_pay if share else None),
    }


def _together(found: Portfolio, one: Together) -> Json:
    return {
        "plan": one.plan.id,
        "annual": amount(one.annual),
        "to_pay": to_pay_json(one.to_pay),
        "by_reading": by_reading(
            found.members[0].advice,
            lambda reading: sums.to_pay if (sums := found.together_under(reading)) else None,
        ),
    }


def _total(found: Portfolio, total: Sums, language: Language) -> Json:
    """What is bought for all accounts: by plan, by month, by day, under the headline readings."""
    readings = found.members[0].advice.headline_readings
    return {
        **sums_json(total),
        "by_plan": [
            {"plan": plan.id, "accounts": list(map(language.text, names)), **sums_json(sums)}
            for plan, names, sums in found.by_plan()
        ],
        "by_reading": {
            reading.id: None if (sums := found.under(reading.id)) is None else sums_json(sums)
            for reading in readings
        },
        **settlement_json(total.settlement),
    }


def sums_json(sums: Sums) -> Json:
    """The fees as published, and what is to be paid of them."""
    return {
        "monthly": charge_json(sums.monthly),
        "annual": charge_json(sums.annual),
        "term": charge_json(sums.term),
        "to_pay": to_pay_json(sums.to_pay),
    }


def with_ends(document: Json, answer: DealAnswer, language: Language) -> Json:
    """The document of an advice for one account with the answers at the ends of a range, if any."""
    result = document["result"]
    if not answer.ends or not isinstance(result, dict):
        return document
    return {**document, "result": {**result, **of_range({"ends": _ends(answer, language)})}}


def _ends(answer: DealAnswer, language: Language) -> list[Json]:
    return [_end(name, end, language) for name, end in zip(ENDS, answer.ends, strict=False)]


def _end(name: str, end: Portfolio, language: Language) -> Json:
    return {
        "end": name,
        "accounts": [
            {
                **_short(member, language),
                "asked": member.advice.asked.plan.id if member.advice.asked else None,
                **inquiries_json(member.advice, language),
            }
            for member in end.members
        ],
        "annual": amount(end.annual),
        "to_pay": to_pay_json(end.total.to_pay if end.total else None),
        "by_reading": by_reading(
            end.members[0].advice,
            lambda reading: sums.to_pay if (sums := end.under(reading)) else None,
        ),
    }
