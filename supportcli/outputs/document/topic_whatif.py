"""The topic of what-ifs: today's plan, the other plans, other needs, other spends."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.renewal import renewal
from supportcli.advice.sensitivity import scenarios
from supportcli.outputs.document.billing import content_table, renewal_blocks
from supportcli.outputs.document.inquiries import inquiry_blocks
from supportcli.outputs.document.model import Block
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
    yield from other_plans(advice, language)
    yield from changes(advice, language)
    yield from scenario_blocks(advice, subject.view.scenarios or scenarios(advice), language)
