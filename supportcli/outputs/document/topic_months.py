"""The topic of months: what they cost one by one, and what is charged on which day."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from supportcli.advice.billing import Bill, Settlement
from supportcli.advice.quote import Quote
from supportcli.advice.sensitivity import turns
from supportcli.core.money import exact_decimal
from supportcli.errors import Message
from supportcli.outputs.document.billing import (
    alike,
    basis_words,
    cash_blocks,
    settlement_of,
    span_words,
)
from supportcli.outputs.document.comparison import known_amount, part_titles
from supportcli.outputs.document.model import Block, Sentence, Table, paragraph
from supportcli.outputs.document.money_table import MoneyCell, MoneyRow
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.whatif import turn_words
from supportcli.outputs.document.wording import columns


def month_blocks(subject: Subject) -> Iterator[Block]:
    """What is to be paid month by month, and on which day."""
    advice, quote, language = subject.advice, subject.quote, subject.language
    yield paragraph(map(language.say, basis_words(advice)), language)
    if quote is None:
        words = Message("What each month costs cannot be told without a spend and a price.")
        yield Sentence(language.say(words))
        return
    settled = subject.share.settlement if subject.share else settlement_of(advice, quote)
    if not any(bill.gross for bill in settled.bills):
        words = Message("{plan} costs nothing in any month.", plan=quote.plan.name)
        yield Sentence(language.say(words))
        return
    yield subject.heading(Message("Month by month: {plan}", plan=quote.plan.name))
    yield _months(subject, quote, settled)
    found = turns(advice)
    if found:
        yield subject.points(turn_words(found))
    yield subject.heading(Message("What is charged when: {plan}", plan=quote.plan.name))
    yield from cash_blocks(settled, advice.agreed, quote.plan.currency, language)


def _months(subject: Subject, quote: Quote, settled: Settlement) -> Table:
    """A row for each month; months alike, one after the other, share one."""
    language, currency = subject.language, quote.plan.currency
    parts = part_titles(subject.advice)
    spend = Message("Spend of each") if subject.advice.usage.accounts > 1 else Message("Spend")
    figures = columns(language, spend, Message("Fee"), *parts, figures=True)

    def cells(*bills: Bill) -> tuple[MoneyCell, ...]:
        sums = _sums(*bills)[: len(parts) + 1]
        return tuple(known_amount(amount, language) for amount in sums)

    shown = (
        (
            language.date(month.month),
            (exact_decimal(month.spend, currency), *cells(bill)),
        )
        for month, bill in zip(quote.months, settled.bills, strict=True)
        if month.spend is not None
    )
    rows = [MoneyRow((span_words(names, language), *amounts)) for names, amounts in alike(shown)]
    term = MoneyRow((language.say(Message("Term")), "", *cells(*settled.bills)))
    return subject.table((*columns(language, Message("Month")), *figures), (*rows, term))


def _sums(*bills: Bill) -> tuple[Decimal | None, ...]:
    """The fee, what of it is charged first, and the rest; a part is known if each is."""
    firsts = [bill.first for bill in bills if bill.first is not None]
    known = len(firsts) == len(bills)
    gross = sum((bill.gross for bill in bills), Decimal(0))
    first = sum(firsts, Decimal(0)) if known else None
    rest = sum((bill.rest for bill in bills), Decimal(0)) if known else None
    return gross, first, rest
