"""A table of amounts: the currency once in a heading, cells without its sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from supportcli.core.currencies import minor_digits
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.figures import column_of
from supportcli.outputs.document.model import Row, Table, TableColumn
from supportcli.outputs.document.telling import currency_name
from supportcli.record import NamedTuple


class Worded(NamedTuple):
    """An amount within words, which name it `amount`."""

    amount: Decimal
    words: Message

    def said(self, amount: str, language: Language) -> str:
        """The words with the amount as its column shows it."""
        return language.say(Message(self.words.text, **{**self.words.values, "amount": amount}))


MoneyCell = str | Decimal | Worded


class MoneyRow(NamedTuple):
    """A row's cells: texts, amounts, amounts in words; `marked` is the one to look at."""

    cells: tuple[MoneyCell, ...]
    marked: bool = False


def money_table(
    columns: Sequence[TableColumn],
    rows: Iterable[MoneyRow],
    currency: str,
    language: Language,
    at: int = 0,
    apart: bool = True,
) -> Table:
    """A table whose column `at` names the currency, if there are amounts.

    Cents stand in a column where one of its amounts has some.
    """
    found = list(rows)
    cells = zip(*(row.cells for row in found), strict=True)
    shown = zip(*(_column(each, currency, language) for each in cells), strict=True)
    told = [Row(texts, row.marked) for row, texts in zip(found, shown, strict=True)]
    titles = list(columns)
    paid = any(not isinstance(cell, str) for row in found for cell in row.cells)
    if paid:
        words = Message("{title}, {currency}")
        name = currency_name(currency)
        title = language.say(Message(words.text, title=titles[at].title, currency=name))
        titles[at] = titles[at]._replace(title=title)
    return Table(tuple(titles), tuple(told), apart, paid and not at and not titles[0].figures)


def _column(cells: Sequence[MoneyCell], currency: str, language: Language) -> list[str]:
    amounts = [None if isinstance(cell, str) else _amount(cell, currency) for cell in cells]
    numbers = column_of(amounts, "", language)
    return [_said(*pair, language) for pair in zip(cells, numbers, strict=True)]


def _amount(cell: Decimal | Worded, currency: str) -> Decimal:
    """The amount with at least its currency's decimals, so that a column has as many all along."""
    amount = cell.amount if isinstance(cell, Worded) else cell
    return amount + Decimal(0).scaleb(-minor_digits(currency))


def _said(cell: MoneyCell, number: str, language: Language) -> str:
    match cell:
        case str():
            return cell
        case Worded():
            return cell.said(number, language)
        case _:
            return number
