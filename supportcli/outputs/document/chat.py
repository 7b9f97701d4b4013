"""An answer in at most eight short lines, to be pasted into a chat."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from supportcli.advice.cautions import contested_fees, what_becomes
from supportcli.advice.portfolio import DealAnswer
from supportcli.advice.sensitivity import turns
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.billing import basis_notes
from supportcli.outputs.document.chat_deal import chat_of_deal
from supportcli.outputs.document.chat_lines import fitting
from supportcli.outputs.document.chat_one import chat_of_one
from supportcli.outputs.document.deal_answer import answer_telling
from supportcli.outputs.document.elsewhere import elsewhere
from supportcli.outputs.document.model import Sentence
from supportcli.outputs.document.telling import reading_notes
from supportcli.outputs.document.view import View
from supportcli.outputs.document.whatif import turn_words


def chat_screen(answer: DealAnswer, language: Language, view: View) -> list[Sentence]:
    """The lines for one account, for those alike, or for those of a deal."""
    telling = answer_telling(answer, language, view.named)
    whose = reading_notes(telling.advice, view.named, view.confirmed_by)
    taken = (m.advice.taken.plan for m in answer.shown.members if m.advice.taken)
    doubts = () if view.confirmed_by else contested_fees(telling.advice.catalogue, taken)
    becomes = (what_becomes(member.advice) for member in answer.shown.members)
    notes = (*view.notes, *whose, *doubts, *dict.fromkeys(chain.from_iterable(becomes)))
    if answer.deal.named:
        lines = chat_of_deal(telling, answer, notes)
    else:
        basis = basis_notes(telling.advice, telling.ranged)
        lines = chat_of_one(telling, (*_other_plans(answer, view), *notes, *basis))
    return [Sentence(text) for text in fitting(telling, lines)]


def _other_plans(answer: DealAnswer, view: View) -> Iterator[Message]:
    """At which spends of the range, and from which month on, another plan is recommended."""
    advice = answer.portfolio.members[0].advice
    if advice.recommended is not None:
        yield from elsewhere(view, advice.recommended)
        yield from turn_words(turns(advice))
