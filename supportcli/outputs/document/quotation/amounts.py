"""What amounts of a quote are called, and how they stand in its tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from supportcli.advice.quotation import Role, Side
from supportcli.core.money import Money
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import TableColumn
from supportcli.outputs.document.quotation.paper import QuotePaper

_OF_MONTH = {
    Role.ONLY: Message("a month"),
    Role.AT_MOST: Message("a month, at most"),
    Role.PROBABLY: Message("a month, probably"),
}
_OF_YEAR = {
    Role.ONLY: Message("a year"),
    Role.AT_MOST: Message("a year, at most"),
    Role.PROBABLY: Message("a year, probably"),
}
_OF_TERM = {
    Role.ONLY: Message("the term"),
    Role.AT_MOST: Message("the term, at most"),
    Role.PROBABLY: Message("the term, probably"),
}
_PAID = {
    Role.ONLY: Message("to pay"),
    Role.AT_MOST: Message("to pay at most"),
    Role.PROBABLY: Message("to pay, probably"),
}


def money(paper: QuotePaper, amount: Decimal) -> str:
    """An amount with its currency and all its decimals, as invoices have them."""
    return paper.language.text(Money(amount, paper.quotation.advice.catalogue.currency))


def month_title(side: Side, language: Language) -> str:
    """Over amounts of a month."""
    return language.say(_OF_MONTH[side.role])


def year_title(side: Side, language: Language) -> str:
    """Over amounts of twelve months."""
    return language.say(_OF_YEAR[side.role])


def term_title(side: Side, language: Language) -> str:
    """Over amounts of all months."""
    return language.say(_OF_TERM[side.role])


def figure_columns(titles: Sequence[str]) -> tuple[TableColumn, ...]:
    """Headings of columns of amounts."""
    return tuple(TableColumn(title, figures=True) for title in titles)


def paid_title(side: Side, language: Language) -> str:
    """Over what is to be paid."""
    return language.say(_PAID[side.role])
