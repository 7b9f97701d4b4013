"""The plans next to the quoted ones: one up and one down, in money and in content; the chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.contrast import Contrast
from supportcli.advice.portfolio import Member
from supportcli.advice.quotation import NextPlan, Quotation, next_plan
from supportcli.advice.recommendation import Advice
from supportcli.advice.to_pay import ToPay
from supportcli.errors import Message
from supportcli.outputs.document.fee_chart import QuotedCurve, quoted_chart
from supportcli.outputs.document.model import Block, Heading, Points, Sentence
from supportcli.outputs.document.quotation.amounts import after_words, main_amount, money, of_a_year
from supportcli.outputs.document.quotation.contract_words import in_terms
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.telling import sentence_case


def next_plan_blocks(paper: QuotePaper) -> Iterator[Block]:
    """Each step with what it costs and changes, then fees against spend."""
    say, steps = paper.language.say, paper.quotation.steps
    if steps:
        yield Heading(say(Message("One plan up, one plan down")))
    for step in steps:
        yield Sentence(say(_step_words(paper, step)))
        for each in step.contents:
            if len(step.contents) > 1:
                yield Sentence(say(Message("For {accounts}:", accounts=each.accounts)))
            yield from content_points(paper, each.content)
    if steps:
        yield from after_words(paper)
    yield from _chart(paper)


def _step_words(paper: QuotePaper, step: NextPlan) -> Message:
    words = Message(
        "{other} instead of {plan}: {cost}",
        other=step.other.plan.name,
        plan=step.taken.plan.name,
        cost=cost_words(paper, step.more),
    )
    named = paper.quotation.answer.deal.named
    return Message("{account}: {why}", account=step.accounts, why=words) if named else words


def cost_words(paper: QuotePaper, more: Sequence[ToPay]) -> Message:
    """What is to be paid more or less: at most and probably, where they differ."""
    most, *others = (_more_words(paper, each) for each in more)
    for other in others:
        if other != most:
            return Message("{most} at most; probably {likely}", most=most, likely=other)
    return Message("{text}", text=most)


def _more_words(paper: QuotePaper, more: ToPay) -> Message:
    amount = main_amount(paper, more)
    gap = money(paper, abs(amount))
    if not amount:
        return Message("the same fee")
    if of_a_year(paper):
        words = Message("{gap} more a year") if amount > 0 else Message("{gap} less a year")
    else:
        words = (
            Message("{gap} more in the term") if amount > 0 else Message("{gap} less in the term")
        )
    return Message(words.text, gap=gap)


def content_points(paper: QuotePaper, found: Contrast) -> Iterator[Block]:
    """What taking the other plan gains and loses."""
    points = tuple(sentence_case(paper.language.say(words)) for words in _changes(paper, found))
    if points:
        yield Points(points)


def _changes(paper: QuotePaper, found: Contrast) -> Iterator[Message]:
    gains, losses = (
        [text if paper.letter.internal else in_terms(text) for text in texts]
        for texts in (found.gains, found.losses)
    )
    yield from (Message("You gain: {text}", text=text) for text in gains)
    yield from (Message("You lose: {text}", text=text) for text in losses)
    yield from (*found.limits, *found.open)
    if not (found.gains or found.worse or found.open):
        same = Message("The content does not differ.")
        if paper.letter.internal:
            same = Message("The content does not differ in our source.")
        yield same


def _chart(paper: QuotePaper) -> Iterator[Block]:
    """Fees against spend for one account, or for the one that costs most: its plan and the next.

    Only of months that are alike: else a fee of one spend is none of them.
    """
    member = _dearest(paper.quotation)
    advice, deal = member.advice, paper.quotation.answer.deal
    if not advice.usage.spend_known or len({month[1:] for month in advice.usage.months}) > 1:
        return
    whose = None
    if deal.named and len(deal.accounts) > 1:
        whose = Message("Account {account}, which costs most", account=member.account.name)
    elif deal.named:
        whose = Message("Account {account}", account=member.account.name)
    blocks = tuple(quoted_chart(advice, tuple(_curves(advice)), whose, paper.language))
    yield from (*blocks, *(after_words(paper) if blocks else ()))


def _curves(advice: Advice) -> Iterator[QuotedCurve]:
    """The plan that is taken, and the next one up and down that can be bought."""
    taken = advice.taken
    if taken is not None:
        yield QuotedCurve(taken.plan, True, taken.eligible)
        for other in (next_plan(advice, taken, up) for up in (True, False)):
            if other is not None:
                yield QuotedCurve(other.plan, False, other.eligible)


def _dearest(quoted: Quotation) -> Member:
    members = zip(quoted.found.members, quoted.sides[0].shares, strict=True)
    return max(members, key=lambda pair: pair[1].to_pay.term)[0]
