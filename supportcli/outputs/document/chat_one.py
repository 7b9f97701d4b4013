"""The answer for one account, or for accounts alike, as lines for a chat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.reasons import proposed, proposed_words
from supportcli.advice.recommendation import Advice, ReasonCode
from supportcli.errors import Message
from supportcli.outputs.document.asked import against_recommended
from supportcli.outputs.document.chat_lines import (
    ChatLine,
    amounts_line,
    closing_line,
    headed,
    labelled,
    notes_line,
    question_lines,
    voucher_line,
    way_line,
)
from supportcli.outputs.document.content_change import content_lines
from supportcli.outputs.document.first_amounts import (
    amounts,
    closest_words,
    range_words,
    today,
    told_cost,
    told_figures,
)
from supportcli.outputs.document.first_answer import none_words
from supportcli.outputs.document.first_basis import asked_words, spend_words
from supportcli.outputs.document.first_terms import terms, ways
from supportcli.outputs.document.fit_words import assumed_apart
from supportcli.outputs.document.if_sold import if_sold, sale_lines
from supportcli.outputs.document.plan_words import gets_words
from supportcli.outputs.document.telling import Telling
from supportcli.outputs.document.vendor_questions import questions


def chat_of_one(telling: Telling, notes: Sequence[Message]) -> Iterator[ChatLine]:
    """Which plan, how much, for what, what one gets, what else, what to ask, what is left out."""
    say, advice = telling.say, telling.advice
    yield ChatLine(say(headed(telling, _which(advice))))
    yield from _answer(telling)
    asked = asked_words(telling)
    words = Message("Based on {words}", words=spend_words(telling))
    if asked is not None:
        words = Message("{first}; {second}", first=words, second=asked)
    yield ChatLine(say(words))
    yield from notes_line(telling, notes)
    if advice.taken is not None:
        gets = Message("You get: {text}", text=gets_words(advice.catalogue, advice.taken.plan))
        for assumed in assumed_apart(advice, advice.taken):
            gets = Message("{first}; {second}", first=gets, second=assumed.why)
        yield ChatLine(say(gets))
    yield from _alternatives(telling)
    yield from question_lines(telling, questions(telling))
    yield closing_line(telling)


def _which(advice: Advice) -> Message:
    if advice.asked is not None:
        return Message("{plan}, as asked for", plan=advice.asked.plan.name)
    if advice.recommended is not None:
        name = Message("{name}", name=advice.recommended.plan.name)
        return Message("we recommend {plan}", plan=if_sold(advice, name))
    return none_words(advice)


def _answer(telling: Telling) -> Iterator[ChatLine]:
    """The amounts of the plan, or why there is none."""
    advice, entry = telling.advice, telling.entry
    if advice.taken is not None:
        quotes = telling.quotes(advice.taken)
        found = told_figures(telling, advice.taken)
        yield from voucher_line(telling, found, advice.agreed.voucher)
        yield ChatLine(amounts_line(telling, [*amounts(telling, advice.taken)], advice.agreed))
        for text in labelled(telling, terms(telling, found, quotes)):
            yield ChatLine(text, follows=True)
        yield from way_line(telling, ways(telling, quotes))
        for place, text in enumerate(
            labelled(
                telling,
                (
                    *sale_lines(telling),
                    *today(telling),
                    *content_lines(telling),
                    *against_recommended(telling),
                ),
            )
        ):
            yield ChatLine(text, follows=place > 0)
    elif advice.reason is ReasonCode.DEPENDS_ON_SPEND:
        yield ChatLine(telling.semicolon.join(range_words(telling)))
    elif entry is not None:
        words = telling.semicolon.join(closest_words(telling, entry))
        yield ChatLine(telling.say(Message("Closest: {text}", text=words)))
        yield from (ChatLine(text, follows=True) for text in labelled(telling, today(telling)))


def _alternatives(telling: Telling) -> Iterator[ChatLine]:
    """The plan if there were a need that nobody spoke of, and what it costs."""
    advice = telling.advice
    for need, other in proposed(advice) if advice.asked is None else ():
        paid = telling.figure(other, advice.reading)
        if paid is None:
            continue
        cost = told_cost(telling, telling.short(telling.cost(paid)))
        if len(telling.readings) > 1:
            cost = Message("at most {words}", words=cost)
        words = Message(
            "With {need}: {plan}, {cost}",
            need=proposed_words(advice, need, other),
            plan=other.plan.name,
            cost=cost,
        )
        yield ChatLine(telling.say(words), follows=True)
