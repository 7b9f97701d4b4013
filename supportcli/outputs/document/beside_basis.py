"""What the amounts of plans side by side rest on: spend, term, needs, today's plan, notes."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.portfolio import DealAnswer
from supportcli.errors import Message
from supportcli.outputs.document.billing import basis_notes, paid_words
from supportcli.outputs.document.chat_lines import labelled
from supportcli.outputs.document.deal_basis import deal_today
from supportcli.outputs.document.deal_sums import said_once, some_names
from supportcli.outputs.document.first_amounts import today
from supportcli.outputs.document.first_basis import needs_words
from supportcli.outputs.document.first_screen import FirstScreen, TextLine
from supportcli.outputs.document.telling import Telling, reading_notes
from supportcli.outputs.document.view import View


def beside_basis(
    answer: DealAnswer, telling: Telling, first: FirstScreen, view: View
) -> Iterator[str]:
    """Its sentences; of a deal the needs too, the accounts of equal ones together."""
    yield from next(line for line in first.basis if isinstance(line, TextLine)).sentences
    if answer.deal.named:
        yield from _needs(answer, telling)
        yield from labelled(telling, deal_today(telling, answer))
    else:
        yield from labelled(telling, today(telling))
    yield from map(telling.say, _notes(answer, telling, view))


def _needs(answer: DealAnswer, telling: Telling) -> Iterator[str]:
    whose: dict[str, list[str]] = {}
    for member in answer.portfolio.members:
        words = telling.say(needs_words(telling._replace(advice=member.advice)))
        whose.setdefault(words, []).append(member.account.name)
    for words, names in whose.items():
        told = Message("{account}: {why}", account=some_names(tuple(names)), why=words)
        yield telling.say(told) if len(whose) > 1 else words


def _notes(answer: DealAnswer, telling: Telling, view: View) -> Iterator[Message]:
    yield from view.notes
    yield from paid_words(answer.deal.agreed)
    yield from said_once(answer.portfolio, lambda member: basis_notes(member.advice))
    yield from reading_notes(telling.advice, view.named, view.confirmed_by)
    if answer.deal.valid_until is not None:
        yield Message("Valid until {date}.", date=answer.deal.valid_until)
