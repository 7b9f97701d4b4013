"""What amounts of a quote are called, and how they stand in its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from supportcli.advice.price_terms import NOTHING
from supportcli.advice.quotation import Certainty, UnderReading
from supportcli.advice.to_pay import ToPay
from supportcli.advice.usage import YEAR
from supportcli.core.money import Money, Off, format_rate
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Sentence, TableColumn, Weight
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.telling import in_a_row, sentence_case

_OF_MONTH = {
    Certainty.ONLY: Message("A month"),
    Certainty.AT_MOST: Message("A month, at most"),
    Certainty.PROBABLY: Message("A month, probably"),
}
_OF_YEAR = {
    Certainty.ONLY: Message("A year"),
    Certainty.AT_MOST: Message("A year, at most"),
    Certainty.PROBABLY: Message("A year, probably"),
}
_OF_TERM = {
    Certainty.ONLY: Message("The term"),
    Certainty.AT_MOST: Message("The term, at most"),
    Certainty.PROBABLY: Message("The term, probably"),
}
_DUE = {
    Certainty.ONLY: Message("Due"),
    Certainty.AT_MOST: Message("Due, at most"),
    Certainty.PROBABLY: Message("Due, probably"),
}
_PAID = {
    Certainty.ONLY: Message("To pay"),
    Certainty.AT_MOST: Message("To pay, at most"),
    Certainty.PROBABLY: Message("To pay, probably"),
}


def money(paper: QuotePaper, amount: Decimal) -> str:
    """An amount with its currency and all its decimals, as invoices have them."""
    return paper.language.text(Money(amount, paper.quotation.advice.catalogue.currency))


def month_title(side: UnderReading, language: Language) -> str:
    """Over amounts of a month."""
    return language.say(_OF_MONTH[side.role])


def of_a_year(paper: QuotePaper) -> bool:
    """Whether the amounts that are told first are of a year; else they are of the whole term."""
    return paper.quotation.answer.deal.term.months == YEAR


def main_title(paper: QuotePaper, side: UnderReading) -> str:
    """Over the amounts that are told first."""
    return paper.language.say((_OF_YEAR if of_a_year(paper) else _OF_TERM)[side.role])


def main_amount(paper: QuotePaper, paid: ToPay) -> Decimal:
    """What is to be paid in that time."""
    return paid.annual if of_a_year(paper) else paid.term


def headline_title(paper: QuotePaper, side: UnderReading) -> str:
    """Over the amount that stands first: what is to be paid in that time, after a voucher."""
    title = main_title(paper, side)
    if not side.sums.settlement.voucher_used:
        return title
    return paper.language.say(Message("{text}, after the voucher", text=title))


def headline_amount(paper: QuotePaper, side: UnderReading) -> Decimal:
    """What is left to pay in that time after the voucher."""
    amount = main_amount(paper, side.sums.to_pay)
    return amount - min(amount, side.sums.settlement.voucher)


def way_words(paper: QuotePaper, side: UnderReading) -> Message | None:
    """From the list price to the amount that stands first; None where nothing changes it."""
    agreed, settled = paper.quotation.found.agreed, side.sums.settlement
    listed = sum((bill.fee for bill in settled.bills), NOTHING)
    if not listed or not (agreed.change_amounts or settled.voucher_used):
        return None
    parts = [Message("list price {amount}", amount=money(paper, listed))]
    if agreed.discount is not None:
        words = Message("{off} -{amount}")
        if not agreed.discount.prepaid:
            words = Message("{off} postpaid -{amount}")
        less = money(paper, sum((bill.discount for bill in settled.bills), NOTHING))
        parts.append(Message(words.text, off=Off(agreed.discount.rate), amount=less))
    if agreed.tax is not None:
        words = Message("{rate} tax +{amount}")
        if agreed.tax.included:
            words = Message("{rate} tax of {amount} included")
        tax = money(paper, sum((bill.tax for bill in settled.bills), NOTHING))
        parts.append(Message(words.text, rate=format_rate(agreed.tax.rate), amount=tax))
    if settled.voucher_used:
        parts.append(Message("voucher -{amount}", amount=money(paper, settled.voucher_used)))
    return in_a_row(parts)


def term_title(side: UnderReading, language: Language) -> str:
    """Over amounts of all months."""
    return language.say(_OF_TERM[side.role])


def after_words(paper: QuotePaper) -> Iterator[Sentence]:
    """What the amounts of a table or a picture are after, where anything was agreed."""
    agreed, parts = paper.quotation.found.agreed, []
    if agreed.discount is not None:
        parts.append(Message("after the discount"))
    if agreed.tax is not None:
        parts.append(Message("with the tax"))
    if agreed.voucher and parts:
        parts.append(Message("before the voucher"))
    if parts:
        text = paper.language.say(Message("{words}.", words=in_a_row(parts)))
        yield Sentence(sentence_case(text), Weight.QUIET)


def figure_columns(titles: Sequence[str]) -> tuple[TableColumn, ...]:
    """Headings of columns of amounts."""
    return tuple(TableColumn(title, figures=True) for title in titles)


def due_title(side: UnderReading, language: Language) -> str:
    """Over what falls due, of which a voucher pays a part."""
    return language.say(_DUE[side.role])


def paid_title(side: UnderReading, language: Language) -> str:
    """Over what is to be paid."""
    return language.say(_PAID[side.role])
