"""The topic of what-ifs: today's plan, the other plans, other needs, other spends."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.renewal import renewal
from supportcli.advice.sensitivity import scenarios
from supportcli.outputs.document.billing import content_table, renewal_blocks
from supportcli.outputs.document.inquiries import inquiry_blocks
from supportcli.outputs.document.model import Block
from supportcli.outputs.document.telling import told_readings
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.whatif import (
    changes,
    other_plans,
    other_plans_in_short,
    scenario_blocks,
    turning,
)


def whatif_blocks(subject: Subject) -> Iterator[Block]:
    """What would change the advice, and by how much."""
    advice, language = subject.advice, subject.language
    if subject.in_full or advice.recommended is None:
        yield from inquiry_blocks(advice, language)
    *_, likely = told_readings(advice, one=subject.view.named)
    found, then = renewal(advice), renewal(advice._replace(reading=likely))
    if found is not None and then is not None:
        yield from renewal_blocks(found, then, language)
        if found.change.content and subject.in_full:
            yield content_table(found, language)
    if subject.in_full:
        yield from other_plans(advice, language)
    else:
        yield from other_plans_in_short(advice, subject.plans, language)
    yield from changes(advice, language)
    told = subject.view.scenarios or scenarios(advice)
    yield from scenario_blocks(advice, told if subject.in_full else turning(advice, told), language)
