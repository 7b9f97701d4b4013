"""What one gets for a quote: the needs that were named, and what the plans have."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.portfolio import Member
from supportcli.errors import Message
from supportcli.needs.need import NeedResult
from supportcli.outputs.document.comparison import STATUS_WORDS
from supportcli.outputs.document.model import Block, Heading, Pair, Pairs, Row, Table
from supportcli.outputs.document.plan_words import gets_words
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.wording import columns, how_to_buy_line


def content_blocks(paper: QuotePaper) -> Iterator[Block]:
    """Each need with what the plan says to it, then each plan in a sentence, then how to buy."""
    say, quoted = paper.language.say, paper.quotation
    catalogue = quoted.advice.catalogue
    yield Heading(say(Message("What you get")))
    rows = tuple(_rows(paper))
    if rows:
        yield _needs_table(paper, rows)
    yield Pairs(
        tuple(
            Pair(paper.language.text(entry.plan.name), say(gets_words(catalogue, entry.plan)))
            for entry in quoted.taken
        )
    )
    yield from how_to_buy_line([m.advice for m in quoted.found.members], paper.language)


def _needs_table(paper: QuotePaper, rows: tuple[Row, ...]) -> Table:
    titles = [Message("What the plan says"), Message("Status")]
    if paper.quotation.answer.deal.named:
        titles = [Message("Account"), *titles]
    return Table(columns(paper.language, *titles), rows)


def _rows(paper: QuotePaper) -> Iterator[Row]:
    for member in paper.quotation.found.members:
        for result in member.advice.taken.needs if member.advice.taken else ():
            yield Row(tuple(_cells(paper, member, result)))


def _cells(paper: QuotePaper, member: Member, result: NeedResult) -> Iterator[str]:
    say = paper.language.say
    if paper.quotation.answer.deal.named:
        yield paper.language.text(member.account.name)
    yield say(result.why)
    yield say(STATUS_WORDS[result.status])
