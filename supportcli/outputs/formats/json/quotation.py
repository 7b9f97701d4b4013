"""A quote as JSON: its figures, and all that it takes to compute them again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from supportcli.advice.from_today import FromToday
from supportcli.advice.portfolio import Member
from supportcli.advice.purchases import Share
from supportcli.advice.quotation import NextPlan, Quotation, UnderReading, quote_notices
from supportcli.advice.quote import QuoteMonth
from supportcli.core.plan import Plan
from supportcli.language import Language
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.formats.json.accounts import sums_json
from supportcli.outputs.formats.json.advice import sources_json
from supportcli.outputs.formats.json.billing import content_json, settlement_json, to_pay_json
from supportcli.outputs.formats.json.inputs import (
    assumptions_json,
    deal_inputs_json,
    inputs_json,
)
from supportcli.outputs.formats.json.values import (
    Json,
    charge_json,
    confirmed,
    day,
    document,
    exact,
    rules_json,
    said,
)

_DIGITS = 8  # of the offer's SHA-256, at the end of a number that nobody chose
_OF_OFFER = ("catalogue", "inputs", "rules")
_OF_RESULT = ("accounts", "costs", "next_plans")
_OF_LETTER = ("date", "valid_until", "customer", "prepared_by", "company", "note", "because")
"""What makes an offer, in whatever language, edition and form it is told."""


def quote_json(paper: QuotePaper) -> Json:
    """The quote whole: what it says, what it rests on, and the rule that its figures follow."""
    advice, language = paper.quotation.advice, paper.language
    rules = confirmed(rules_json(advice.catalogue, paper.as_of, advice.reading), paper.confirmed_by)
    found = document(
        "quote",
        figures_json(paper.quotation, language),
        catalogue=rules,
        inputs=deal_inputs_json(paper.quotation.answer),
        assumptions=assumptions_json(advice, language, _told_of(paper)),
        sources=sources_json(advice, language),
        warnings=said(
            (*paper.notes, *quote_notices(paper.quotation, paper.confirmed_by is not None)),
            language,
        ),
    )
    number = paper.letter.number
    told = {**found, "quote": {"number": number, **_letter(paper)}, "rules": paper.rules}
    sealed = fingerprint_of(told)
    letter = {"number": number or number_of(told), "sha256": sealed}
    return {**told, "quote": {**letter, **_letter(paper)}}


def _told_of(paper: QuotePaper) -> list[Plan] | None:
    """The plans whose assumptions are told: for a customer those that are quoted, else all."""
    return None if paper.letter.internal else [entry.plan for entry in paper.quotation.taken]


def number_of(told: Mapping[str, object]) -> str:
    """A number that nobody chose: the day, and the beginning of the SHA-256 of what is offered.

    One offer has one number, also in another language, edition or form.
    """
    letter, result = (_part(told, name) for name in ("quote", "result"))
    offer = {
        **{name: told.get(name) for name in _OF_OFFER},
        **{name: result.get(name) for name in _OF_RESULT},
        **{name: letter.get(name) for name in _OF_LETTER},
    }
    day = str(letter.get("date")).replace("-", "")
    return f"Q-{day}-{_sha256(offer)[:_DIGITS].upper()}"


def _part(told: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = told.get(name)
    return part if isinstance(part, Mapping) else {}


def is_sealed(told: Mapping[str, object]) -> bool:
    """Whether the SHA-256 in a quote is that of all else in it, its number among that."""
    letter = told.get("quote")
    if not isinstance(letter, Mapping):
        return False
    sealed, number = letter.get("sha256"), letter.get("number")
    unchosen = {**told, "quote": {**letter, "number": None}}
    if sealed == fingerprint_of(unchosen):
        return number == number_of(told)
    return sealed == fingerprint_of(told)


def fingerprint_of(told: Mapping[str, object]) -> str:
    """The SHA-256 of all that a quote says beside itself, a chosen number too: of JSON with sorted
    keys.
    """
    letter = told.get("quote")
    bare = dict(letter) if isinstance(letter, Mapping) else {}
    bare.pop("sha256", None)
    return _sha256({**told, "quote": bare})


def _sha256(content: Mapping[str, object]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "backslashreplace")).hexdigest()


def number_in(content: Json) -> str:
    """The number of a quote as it is written."""
    letter = content["quote"]
    return str(letter["number"]) if isinstance(letter, Mapping) else ""


def _letter(paper: QuotePaper) -> Json:
    letter = paper.letter
    return {
        "date": day(paper.date),
        "valid_until": day(letter.valid_until),
        "customer": letter.customer,
        "prepared_by": letter.prepared_by,
        "company": letter.company,
        "note": letter.note,
        "because": letter.because,
        "footer": letter.footer,
        "for_whom": letter.edition.value,
        "language": paper.language.code,
    }


def figures_json(found: Quotation, language: Language) -> Json:
    """All amounts of the quote: of each account, of all together, of the plans next to them."""
    return {
        "accounts": [_account(found, member, language) for member in found.found.members],
        "costs": [_side(found, side, language) for side in found.sides],
        "next_plans": [_step(step, language) for step in found.steps],
        "renewals": [_renewal(change, language) for change in found.changes],
    }


def _account(found: Quotation, member: Member, language: Language) -> Json:
    """An account, its plan, and all that was said of it."""
    advice, taken = member.advice, member.advice.taken
    alone = found.answer.deal._replace(accounts=(member.account,))
    return {
        "account": language.text(member.account.name),
        "plan": taken and taken.plan.id,
        "recommended": advice.recommended and advice.recommended.plan.id,
        "inputs": inputs_json(advice, language, alone),
    }


def _side(found: Quotation, side: UnderReading, language: Language) -> Json:
    members = zip(found.found.members, side.shares, strict=True)
    return {
        "reading": side.reading,
        "role": side.role.value,
        **sums_json(side.sums),
        **settlement_json(side.sums.settlement),
        "accounts": [_share(member, share, language) for member, share in members],
    }


def _share(member: Member, share: Share, language: Language) -> Json:
    currency = member.advice.catalogue.currency
    return {
        "account": language.text(member.account.name),
        "plan": share.quote.plan.id,
        "to_pay": to_pay_json(share.to_pay),
        "months": [_month(month, currency) for month in share.quote.months],
    }


def _month(month: QuoteMonth, currency: str) -> Json:
    return {
        "month": str(month.month),
        "spend": exact(month.spend, currency),
        **charge_json(month.charge),
    }


def _step(step: NextPlan, language: Language) -> Json:
    return {
        "accounts": [language.text(name) for name in step.accounts],
        "plan": step.taken.plan.id,
        "next": step.other.plan.id,
        "direction": "up" if step.up else "down",
        "eligible": step.other.eligible,
        "difference": [to_pay_json(more) for more in step.more],
    }


def _renewal(change: FromToday, language: Language) -> Json:
    found = change.renewal
    return {
        "accounts": [language.text(name) for name in change.accounts],
        "plan": change.taken.plan.id,
        "current": found.current.plan.id,
        "ends": day(found.ends),
        "difference": [to_pay_json(more) for more in change.more],
        "gains": said(found.change.gains, language),
        "losses": said(found.change.worse, language),
        "not_recorded": said(found.change.unrecorded, language),
        "content": content_json(found.change, language),
    }


def carried(found: Json) -> str:
    """The JSON inside of another form: the same, on one line, which any encoding can hold."""
    return json.dumps(found, separators=(",", ":"), allow_nan=False)
