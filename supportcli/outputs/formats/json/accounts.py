"""Several accounts as JSON: a plan for each, one for all, and the difference."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from supportcli.advice.portfolio import Member, Portfolio
from supportcli.advice.reasons import why
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.formats.json.values import Json, amount, document, exact, rules_json


def accounts_json(
    found: Portfolio, as_of: datetime.date, language: Language, warnings: Iterable[Message] = ()
) -> Json:
    """What is recommended for each account, and what that costs together."""
    advice = found.members[0].advice
    result: Json = {
        "accounts": [_account(member, language) for member in found.members],
        "annual": amount(found.annual),
        "together": None
        if found.together is None
        else {"plan": found.together.plan.id, "annual": amount(found.together.annual)},
        "saved": amount(found.saved),
    }
    return document(
        "advise accounts",
        result,
        catalogue=rules_json(advice.catalogue, as_of, advice.reading),
        warnings=[language.say(words) for words in warnings],
    )


def _account(member: Member, language: Language) -> Json:
    advice, quote = member.advice, member.quote
    chosen = advice.recommended
    entry = chosen or advice.closest
    return {
        "account": language.text(member.name),
        "monthly_spend": exact(advice.usage.monthly_spend, advice.catalogue.currency),
        "recommended": chosen.plan.id if chosen else None,
        "reason_code": advice.reason.value,
        "why": language.say(why(advice, entry)) if entry else None,
        "monthly": amount(quote.monthly.total if quote else None),
        "annual": amount(quote.annual.total if quote else None),
    }
