"""The answer for one account, or for accounts alike, as lines for a chat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.recommendation import Advice, ReasonCode
from supportcli.errors import Message
from supportcli.needs.registry import KINDS
from supportcli.outputs.document.asked import against_recommended
from supportcli.outputs.document.chat_lines import (
    ChatLine,
    Rank,
    amounts_line,
    closing_line,
    headed,
    labelled,
    notes_line,
    questions_line,
    voucher_line,
    way_line,
)
from supportcli.outputs.document.first_amounts import (
    amounts,
    closest_words,
    range_words,
    today,
    told_figures,
)
from supportcli.outputs.document.first_answer import none_words
from supportcli.outputs.document.first_basis import asked_words, spend_words
from supportcli.outputs.document.first_terms import terms, ways
from supportcli.outputs.document.plan_words import gets_words
from supportcli.outputs.document.telling import Telling
from supportcli.outputs.document.vendor_questions import questions


def chat_of_one(telling: Telling, notes: Sequence[Message]) -> Iterator[ChatLine]:
    """Which plan, how much, for what, what one gets, what else, what to ask, what is left out."""
    say, advice = telling.say, telling.advice
    yield ChatLine(Rank.KEPT, say(headed(telling, _which(advice))))
    yield from _answer(telling)
    asked = asked_words(telling)
    words = Message("Based on {words}", words=spend_words(telling))
    if asked is not None:
        words = Message("{first}; {second}", first=words, second=asked)
    yield ChatLine(Rank.KEPT, say(words))
    if advice.taken is not None:
        gets = Message("You get: {text}", text=gets_words(advice.catalogue, advice.taken.plan))
        yield ChatLine(Rank.GETS, say(gets))
    yield from _alternative(telling)
    yield from questions_line(telling, questions(telling))
    yield from notes_line(telling, notes)
    yield closing_line(telling)


def _which(advice: Advice) -> Message:
    if advice.asked is not None:
        return Message("{plan}, as asked for", plan=advice.asked.plan.name)
    if advice.recommended is not None:
        return Message("we recommend {plan}", plan=advice.recommended.plan.name)
    return none_words(advice)


def _answer(telling: Telling) -> Iterator[ChatLine]:
    """The amounts of the plan, or why there is none."""
    advice, entry = telling.advice, telling.entry
    if advice.taken is not None:
        quotes = telling.quotes(advice.taken)
        yield ChatLine(Rank.KEPT, amounts_line(telling, [*amounts(telling, advice.taken)]))
        yield from way_line(telling, ways(telling, quotes))
        found = told_figures(telling, advice.taken)
        fits = advice.taken.fits
        yield from voucher_line(telling, found, advice.agreed.voucher)
        for rank, lines in (
            (Rank.TERM, terms(telling, found, quotes)),
            (Rank.TODAY, today(telling)),
            (Rank.ASKED if fits else Rank.KEPT, against_recommended(telling)),
        ):
            yield from (ChatLine(rank, text) for text in labelled(telling, lines))
    elif advice.reason is ReasonCode.DEPENDS_ON_SPEND:
        yield ChatLine(Rank.KEPT, telling.semicolon.join(range_words(telling)))
    elif entry is not None:
        words = telling.semicolon.join(closest_words(telling, entry))
        yield ChatLine(Rank.KEPT, telling.say(Message("Closest: {text}", text=words)))


def _alternative(telling: Telling) -> Iterator[ChatLine]:
    """The plan if there were a need that nobody spoke of, and what it costs."""
    advice = telling.advice
    for kind in KINDS if advice.asked is None else ():
        need, other = kind.proposed(advice.needs), advice.proposed.get(kind.field)
        paid = telling.figure(other, advice.reading) if other else None
        if need is None or other is None or paid is None or other is advice.recommended:
            continue
        cost = Message("{amount} a year", amount=telling.short(paid.annual))
        if len(telling.readings) > 1:
            cost = Message("at most {words}", words=cost)
        words = Message(
            "With {need}: {plan}, {cost}",
            need=need.words(advice.catalogue),
            plan=other.plan.name,
            cost=cost,
        )
        yield ChatLine(Rank.ALTERNATIVE, telling.say(words))
