"""What to ask the vendor first as JSON."""

from __future__ import annotations

from supportcli.advice.ask_first import Inquiry, ask_first, ask_renewal, question_words
from supportcli.advice.recommendation import Advice
from supportcli.language import Language
from supportcli.outputs.formats.json.values import Json, amount, charge_json


def inquiries_json(advice: Advice, language: Language, at_any_spend: bool = False) -> Json:
    """The plans to ask about before another is bought, and whether today's can be renewed."""
    renewal, found = ask_renewal(advice), ask_first(advice, at_any_spend)
    return {
        "ask_first": [_inquiry(each, advice, language) for each in found],
        "ask_renewal": None if renewal is None else _inquiry(renewal, advice, language),
    }


def _inquiry(inquiry: Inquiry, advice: Advice, language: Language) -> Json:
    quote = inquiry.entry.quotes[advice.reading]
    return {
        "id": inquiry.entry.plan.id,
        "why": language.say(question_words(inquiry, advice)),
        "annual": None if quote is None else charge_json(quote.annual),
        "saves": amount(inquiry.saves),
    }
