"""What a quote changes against the plans that the customer has today, in money and in content."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.from_today import FromToday, all_from_today
from supportcli.advice.reasons import within_words
from supportcli.errors import Message
from supportcli.outputs.document.model import Block, Heading, Sentence
from supportcli.outputs.document.quotation.next_plans import content_points, cost_words
from supportcli.outputs.document.quotation.paper import QuotePaper


def change_blocks(paper: QuotePaper) -> Iterator[Block]:
    """Each change with its cost, what is gained and lost; the sum where several have one."""
    say, quoted = paper.language.say, paper.quotation
    if quoted.changes:
        yield Heading(say(Message("What changes against today's plan")))
    for change in quoted.changes:
        yield Sentence(say(_change_words(paper, change)))
        if not change.stays:
            yield from content_points(paper, change.renewal.change)
    total = all_from_today(quoted.found, quoted.changes)
    if len(quoted.changes) > 1 and total:
        words = Message(
            "All accounts compared with today: {change}", change=cost_words(paper, total)
        )
        yield Sentence(say(words))


def _change_words(paper: QuotePaper, change: FromToday) -> Message:
    words = Message("{other} instead of {plan}: {cost}")
    if change.stays:
        words = Message("{plan} stays: {cost}")
    plan, other = change.renewal.current.plan.name, change.taken.plan.name
    words = Message(words.text, other=other, plan=plan, cost=_cost(paper, change))
    named = paper.quotation.answer.deal.named
    return Message("{account}: {why}", account=change.accounts, why=words) if named else words


def _cost(paper: QuotePaper, change: FromToday) -> Message:
    """What it costs more or less, else why nobody can say."""
    if change.more:
        return cost_words(paper, change.more)
    for entry in (change.renewal.current, change.taken):
        if entry.last_day is not None:
            return within_words(change.member.advice, entry)
    return Message("the price of {plan} is not known to us", plan=change.renewal.current.plan.name)
