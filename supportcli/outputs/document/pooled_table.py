"""A table of several accounts, made of the tables that each of them has."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Row, Table, TableColumn
from supportcli.outputs.document.telling import currency_name
from supportcli.patterns import regex

_FIGURE = regex(r"[\d,]+(\.\d+)?")
_NAMED = 3  # accounts that are named again where they have been before
_MOST_COLUMNS = 6  # of figures in a row for each account
_Key = TypeVar("_Key", bound=Hashable)


class AccountNames:
    """Names of accounts as they are said; of many that were said before only the first ones."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.known: dict[str, tuple[str, ...]] = {}
        self.unsaid: dict[str, tuple[str, ...]] = {}

    def __call__(self, names: tuple[str, ...]) -> str:
        """The names; of many that were said before the first ones, and how many more."""
        known = names in self.known.values()
        short = self.brief(names)
        if known:
            return short
        self.unsaid.pop(short, None)
        return self.language.text(names)

    def brief(self, names: tuple[str, ...]) -> str:
        """Where there is little room, of many the first ones; all of them are then to be said."""
        words = Message("{names} and {count} more", names=names[:2], count=len(names) - 2)
        short = self.language.say(words)
        if len(names) <= _NAMED or self.known.get(short, names) != names:
            return self.language.text(names)
        if short not in self.known:
            self.known[short] = self.unsaid[short] = names
        return short

    def said_now(self) -> Iterator[str]:
        """Who those are that were meant where there was little room."""
        for short, names in self.unsaid.items():
            yield self.language.say(Message("{name}: {text}", name=short, text=names))
        self.unsaid.clear()


class PooledTable:
    """Tables with the same columns, one of each account."""

    def __init__(
        self, tables: Mapping[str, Table], currency: str, names: AccountNames, language: Language
    ) -> None:
        self.tables = tables
        self.first = next(iter(tables.values()))
        self.names = names
        self.say = language.say
        words = Message("{title}, {currency}", title="", currency=currency_name(currency))
        self.of_money = language.say(words)

    def table(self) -> Table:
        """A row for each account, or where that gets too wide the rows of each of them."""
        found = {name: _figures(table) for name, table in self.tables.items()}
        keys = in_order(found.values())
        return self._across(found, keys) if 0 < len(keys) <= _MOST_COLUMNS else self._below()

    def _below(self) -> Table:
        """The rows of each account, those that are the same once."""
        named = _alike((row, name) for name, each in self.tables.items() for row in each.rows)
        marked = not all(row.marked for row in named)
        cells = [(self.names.brief(names), *row.cells) for row, names in named.items()]
        told = (
            Row(own, row.marked and marked) for own, row in zip(_even(cells), named, strict=True)
        )
        titles, account = list(self.first.columns), self.say(Message("Account"))
        if self.first.titled:
            titles[0] = titles[0]._replace(title=titles[0].title.removesuffix(self.of_money))
            account += self.of_money
        columns = TableColumn(account), *titles
        return Table(columns, tuple(told), titled=self.first.titled)

    def _across(self, found: Mapping[str, Mapping[_Figure, str]], keys: Sequence[_Figure]) -> Table:
        """A column for each figure."""
        named = _alike((tuple(own.get(key, "") for key in keys), n) for n, own in found.items())
        cells = [(self.names.brief(names), *own) for own, names in named.items()]
        account, titles = self.say(Message("Account")), {title for _, title in keys}
        told = self.first.titled or len(titles) > 1
        if self.first.titled:
            account += self.of_money
        elif not told:
            words = Message("{first}, {second}", first=account, second=keys[0][1])
            account = self.say(words)
        heads = (self._headed((*row, title) if told else row) for row, title in keys)
        columns = (TableColumn(account), *(TableColumn(head, figures=True) for head in heads))
        return Table(columns, tuple(map(Row, _even(cells))), titled=True)

    def _headed(self, words: Sequence[str]) -> str:
        """A heading over figures: what the row was of, and what they are."""
        first, *others = words
        if not others:
            return first
        return self.say(Message("{name}: {text}", name=first, text=tuple(others)))


_Figure = tuple[tuple[str, ...], str]
"""The words of a figure's row, and what stands above it."""


def _figures(table: Table) -> dict[_Figure, str]:
    found: dict[_Figure, str] = {}
    for row in table.rows:
        cells = tuple(zip(table.columns, row.cells, strict=True))
        words = tuple(text for column, text in cells if not column.figures)
        found |= {(words, c.title): text for c, text in cells if c.figures and text}
    return found


def _alike(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, tuple[str, ...]]:
    """The accounts that have each of the things."""
    found: dict[_Key, tuple[str, ...]] = {}
    for key, name in pairs:
        found[key] = (*found.get(key, ()), name)
    return found


def in_order(lists: Iterable[Iterable[_Key]]) -> list[_Key]:
    """The keys of several lists, a new one before the next that was met before, or at the end."""
    order: list[_Key] = []
    for keys in map(tuple, lists):
        place = len(order)
        for key in reversed(keys):
            if key in order:
                place = order.index(key)
            else:
                order.insert(place, key)
    return order


def _even(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows whose figures have as many decimals as the one of their column that has the most."""
    return list(zip(*map(_as_long, zip(*rows, strict=True)), strict=True))


def _as_long(cells: Sequence[str]) -> list[str]:
    found = {cell: cell.partition(".")[2] for cell in cells if _FIGURE.fullmatch(cell)}
    most = max(map(len, found.values()), default=0)
    more = {cell: "0" * (most - len(decimals)) for cell, decimals in found.items()}
    dots = {cell: "." if most and "." not in cell else "" for cell in found}
    return [cell + dots.get(cell, "") + more.get(cell, "") for cell in cells]
