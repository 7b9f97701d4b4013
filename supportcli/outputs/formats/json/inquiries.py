"""What to ask the vendor first as JSON."""

from __future__ import annotations

from supportcli.advice.amounts import annual_difference
from supportcli.advice.ask_first import Inquiry, ask_first, ask_renewal, question_words
from supportcli.advice.recommendation import Advice
from supportcli.advice.to_pay import to_pay, to_pay_more
from supportcli.language import Language
from supportcli.outputs.formats.json.billing import at_list, to_pay_json
from supportcli.outputs.formats.json.values import Json, amount, charge_json


def inquiries_json(advice: Advice, language: Language, at_any_spend: bool = False) -> Json:
    """The plans to ask about before another is bought, and whether today's can be renewed.

    What a plan costs with what is sold beside it is not known.

    `annual` and `saves` are of list prices; `to_pay` is what the plan costs, to pay,
    `saves_to_pay` what is to be paid less.
    """
    renewal, found = ask_renewal(advice), ask_first(advice, at_any_spend)
    return {
        "ask_first": [_inquiry(each, advice, language) for each in found],
        "ask_renewal": None if renewal is None else _inquiry(renewal, advice, language),
    }


def _inquiry(inquiry: Inquiry, advice: Advice, language: Language) -> Json:
    entry, chosen = inquiry.entry, advice.taken
    quote = None if entry.sold_apart else entry.quotes[advice.reading]
    paid = to_pay_more(advice, chosen, entry) if inquiry.saves else None
    saves = annual_difference(at_list(advice), chosen, entry) if chosen and paid else None
    return {
        "id": entry.plan.id,
        "why": language.say(question_words(inquiry, advice)),
        "annual": None if quote is None else charge_json(quote.annual),
        "saves": amount(saves or inquiry.saves),
        "to_pay": to_pay_json(None if entry.sold_apart else to_pay(advice, entry)),
        "saves_to_pay": to_pay_json(paid),
    }
