"""The answer of `advise` as blocks: which plan, how much, why, and what to confirm.

Every form (terminal, plain text) draws the same blocks, so no two of them can disagree.
"""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.cautions import notices
from supportcli.advice.portfolio import DealAnswer
from supportcli.advice.recommendation import Advice
from supportcli.advice.sensitivity import scenarios_at, turns
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.billing import basis_notes
from supportcli.outputs.document.elsewhere import elsewhere
from supportcli.outputs.document.first_answer import first_answer
from supportcli.outputs.document.model import Block
from supportcli.outputs.document.telling import reading_notes
from supportcli.outputs.document.topic_names import OF_ONE
from supportcli.outputs.document.view import View
from supportcli.outputs.document.whatif import turn_words
from supportcli.outputs.document.wording import how_to_buy_line


def advice_screen(answer: DealAnswer, language: Language, view: View) -> list[Block]:
    """The first screen, or the topics that are to be explained: at the upper end of a range."""
    advice, told = (each.members[0].advice for each in (answer.portfolio, answer.shown))
    notes = tuple(_notes(advice, view))
    whose, left_open = view.customer, view.left_open
    confirmed = view.confirmed_by is not None
    first = first_answer(
        advice, language, view.span, view.named, notes, whose, left_open, confirmed
    )
    if not view.topics:
        bought = how_to_buy_line([advice], language) if view.whole else ()
        return [first.without_commands() if view.keys else first, *bought]
    # With most of what there is to say; a first screen needs none of it.
    from supportcli.outputs.document.explained import above, left_out, topic_list, topics_of_one
    from supportcli.outputs.document.topic_subject import Subject

    subject = Subject(told, language, view._replace(scenarios=scenarios_at(told, view.span)))
    blocks = topic_list(subject, OF_ONE)
    return [above(first, subject), *blocks, *topics_of_one(subject), *left_out([subject])]


def _notes(advice: Advice, view: View) -> Iterator[Message]:
    """What money hangs on that neither amounts nor needs tell."""
    yield from view.notes
    yield from basis_notes(advice, bool(view.span))
    yield from reading_notes(advice, view.named, view.confirmed_by)
    if advice.recommended is not None:
        yield from elsewhere(view, advice.recommended)
        confirmed = view.confirmed_by is not None
        yield from notices(advice, advice.taken or advice.recommended, confirmed)
        yield from turn_words(turns(advice))
