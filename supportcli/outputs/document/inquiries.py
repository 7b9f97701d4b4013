"""What to ask the vendor first as blocks, and that no plan fits."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.ask_first import Inquiry, ask_first, question_words
from supportcli.advice.recommendation import Advice, ReasonCode
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.need import Status
from supportcli.outputs.document.model import Block, Heading, Points, Weight

MOST_INQUIRIES = 3


def shown_inquiries(advice: Advice, at_any_spend: bool = False) -> tuple[Inquiry, ...]:
    """As many as one asks in one breath."""
    return ask_first(advice, at_any_spend)[:MOST_INQUIRIES]


def inquiry_blocks(
    advice: Advice, language: Language, at_any_spend: bool = False
) -> Iterator[Block]:
    """The plans to ask about before one buys another, those that save most first."""
    found = shown_inquiries(advice, at_any_spend)
    if found:
        yield Heading(language.say(Message("Ask first")), apart=False)
        questions = tuple(language.say(question_words(each, advice)) for each in found)
        yield Points(questions, Weight.CAUTION)


def fits_none_words(advice: Advice) -> Message:
    """That nothing can be recommended, and what it lacks."""
    if advice.reason is ReasonCode.ONLY_DOUBTFUL_FITS:
        return Message("No plan surely on sale, with a known price, meets the needs")
    if merely_unstated(advice):
        return Message("No plan is known to fit")
    return Message("No plan with a known price meets the needs")


def merely_unstated(advice: Advice) -> bool:
    """Whether of a plan that can be had nothing is known to be missing."""
    return any(
        entry.bar is None
        and (entry.plan.priced or (entry.unmet and not advice.unpriced_fits))
        and not entry.doubtful
        and all(result.status is Status.UNKNOWN for result in entry.unmet)
        for entry in advice.plans
    )
