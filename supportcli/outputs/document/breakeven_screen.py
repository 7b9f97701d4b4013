"""The answer of `breakeven`: its first screen, or the topics that are to be explained."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.cautions import contested_fees, shared_fees
from supportcli.advice.headline import figures
from supportcli.advice.recommendation import Advice
from supportcli.advice.thresholds import break_even
from supportcli.language import Language
from supportcli.outputs.document.first_thresholds import first_thresholds
from supportcli.outputs.document.model import Block
from supportcli.outputs.document.topic_names import OF_BREAKEVEN
from supportcli.outputs.document.view import View


def break_even_screen(advice: Advice, language: Language, view: View) -> Iterator[Block]:
    """From which spend which plan is the cheapest, and what proves it."""
    shown = {figure.reading for figure in figures(advice)}
    found = {reading: break_even(advice, reading) for reading in shown}
    cheapest = [plan for each in found.values() for plan in each.cheapest]
    shared = shared_fees(cheapest, advice.usage.accounts)
    doubts = () if view.confirmed_by else contested_fees(advice.catalogue, cheapest)
    first = first_thresholds(advice, found, language, (*view.notes, *shared, *doubts))
    if not view.topics:
        yield first
        return
    # With most of what there is to say; a first screen needs none of it.
    from supportcli.outputs.document.explained import above, left_out, topic_list, topics_of_one
    from supportcli.outputs.document.topic_subject import Subject

    subject = Subject(advice, language, view)
    yield above(first, subject)
    yield from topic_list(subject, OF_BREAKEVEN)
    yield from topics_of_one(subject)
    yield from left_out([subject])
