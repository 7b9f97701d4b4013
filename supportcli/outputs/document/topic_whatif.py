"""The topic of what-ifs: today's plan, the other plans, other needs, other spends."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.recommendation import ReasonCode
from supportcli.advice.renewal import renewal
from supportcli.advice.sensitivity import scenarios
from supportcli.errors import Message
from supportcli.outputs.document.billing import content_table, renewal_blocks
from supportcli.outputs.document.inquiries import inquiry_blocks
from supportcli.outputs.document.model import Block, Sentence, Weight
from supportcli.outputs.document.spend_ranges import ranges_table, tie_caution
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.whatif import changes, other_plans, scenario_blocks


def whatif_blocks(subject: Subject) -> Iterator[Block]:
    """What would change the advice, and by how much."""
    advice, language = subject.advice, subject.language
    yield from inquiry_blocks(advice, language)
    found = renewal(advice)
    if found is not None:
        yield from renewal_blocks(found, language)
        if found.change.content:
            yield content_table(found, language)
    if advice.reason is ReasonCode.DEPENDS_ON_SPEND:
        yield ranges_table(advice.ranges, advice.catalogue.currency, language)
        yield from tie_caution(advice.ranges, language)
    yield from other_plans(advice, language)
    yield from changes(advice, language)
    yield from scenario_blocks(advice, subject.view.scenarios or scenarios(advice), language)
    words = Message("From which spend on which plan is the cheapest, with a chart: {command}")
    told = Message(words.text, command="supportcli breakeven")
    yield Sentence(language.say(told), Weight.QUIET)
