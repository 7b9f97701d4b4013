"""What amounts of a quote are called, and how they stand in its tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from supportcli.advice.quotation import Certainty, UnderReading
from supportcli.advice.to_pay import ToPay
from supportcli.advice.usage import YEAR
from supportcli.core.money import Money
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import TableColumn
from supportcli.outputs.document.quotation.paper import QuotePaper

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


def term_title(side: UnderReading, language: Language) -> str:
    """Over amounts of all months."""
    return language.say(_OF_TERM[side.role])


def figure_columns(titles: Sequence[str]) -> tuple[TableColumn, ...]:
    """Headings of columns of amounts."""
    return tuple(TableColumn(title, figures=True) for title in titles)


def paid_title(side: UnderReading, language: Language) -> str:
    """Over what is to be paid."""
    return language.say(_PAID[side.role])
