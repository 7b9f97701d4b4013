"""Texts out of the ordinary: each is read once, as `advise` reads it, in whatever rows it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import get_args

import duckdb

from supportcli.batch.ordinary import odd_account
from supportcli.batch.request import Decimals
from supportcli.batch.rows import Meaning
from supportcli.batch.values import Word
from supportcli.core.money import exact_decimal
from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.customers.aliases import spend_of
from supportcli.inputs.customers.cells import is_total, read_account
from supportcli.inputs.customers.context import changes_amounts
from supportcli.inputs.customers.doubts import heed_aside
from supportcli.inputs.customers.months import month_in, unit_named
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.spend import has_lone_point, read_spend
from supportcli.inputs.customers.text import CellError
from supportcli.inputs.values.texts import normal
from supportcli.patterns import regex

_DIGIT = regex("[0-9]")
_COMMAS = (",", "，")
_WITH_POINT = r"[0-9]+\.[0-9]+"
_LONE_POINT = r"[1-9][0-9]{0,2}\.[0-9]{3}"


class OddTexts:
    """Reads the texts of a column that do not stand for themselves; `cautions` are to be told."""

    def __init__(self, db: duckdb.DuckDBPyConnection, meaning: Meaning) -> None:
        self.db = db
        self.meaning = meaning
        self.ask = meaning.ask
        self.currency = meaning.ask.same.rules.catalogue.currency
        self.cautions: list[Message] = []
        self._possible: dict[str, Message] = {}

    def _distinct(self, cell: str, test: str) -> list[str]:
        query = f"SELECT DISTINCT {cell} FROM {self.meaning.relation()} WHERE {test}"
        return [found for (found,) in self.db.execute(query).fetchall()]

    def key(self, column: Column) -> str:
        """What the texts of a column of spend are told apart by: with units of rows, these too."""
        cell = f"coalesce(src.c{column.index}, '')"
        return f"concat({self.meaning.factor(column)}, ' ', {cell})" if self._by_row else cell

    def spends(self, column: Column) -> list[Word]:
        """Those of a column of spend, an empty cell among them, each with its key as its text.

        Raises:
            UsageError: a unit stands in a cell for itself, as below a header of two lines, or in a
                note.
        """
        found = [(factor, self._in_unit(column, factor)) for factor in self._factors(column)]
        every = [word for _, words in found for word in words]
        self._refuse_unit_alone(column, every)
        is_doubtful = self._doubts(column, every)
        found = [
            (factor, [_refused(word) if is_doubtful(word.text) else word for word in words])
            for factor, words in found
        ]
        told = {word.text for _, words in found for word in words if word.code is None}
        self.cautions += (words for text, words in self._possible.items() if text in told)
        self._possible.clear()
        if not self._by_row:
            return found[0][1]
        return [
            word._replace(text=f"{factor} {word.text}") for factor, words in found for word in words
        ]

    def _refuse_unit_alone(self, column: Column, words: Sequence[Word]) -> None:
        refused = [word.text for word in words if word.code == "spend_not_understood"]
        unit = next((text for text in refused if changes_amounts(text, self.currency)), None)
        if unit is not None and self.ask.unit is None:
            message = Message(
                "column {name} has a cell with {unit} alone; if its amounts are in that, write it "
                "into the name of the column, else take it out",
                name=quoted(column.name),
                unit=quoted(unit),
            )
            raise UsageError([Problem("", message)])
        names = {text: self._is_name(text) for text in refused}
        others = (text for text in refused if not names[text])
        known = self.meaning.known._replace(factors=frozenset([column.factor]))
        self.cautions += heed_aside(filter(names.get, names), known)
        self.cautions += heed_aside(others, known, named=True)

    def _is_name(self, text: str) -> bool:
        """Whether a text that is no amount may be the name of a column, as in a second header."""
        named = unit_named(text, self.currency)
        of_spend = spend_of(normal(text)) or spend_of(named.stem) or month_in(text, self.currency)
        return bool(of_spend) or not _DIGIT.search(text)

    @property
    def _by_row(self) -> bool:
        return bool(self.meaning.source.units)

    def _factors(self, column: Column) -> list[int]:
        """The units that an amount of a column can be in."""
        return list(dict.fromkeys([column.factor, *(self.meaning.source.units or {}).values()]))

    def _in_unit(self, column: Column, factor: int) -> list[Word]:
        """The texts that stand beside one unit, read so."""
        odd = f"NOT {self.meaning.is_plain(column)}"
        if self._by_row:
            odd += f" AND {self.meaning.factor(column)} = {factor}"
        texts = self._distinct(f"coalesce(c{column.index}, '')", odd)
        return [self._spend(text, factor) for text in texts]

    def _spend(self, text: str, factor: int) -> Word:
        try:
            value, caution = read_spend(text, self.currency, self.ask.decimal, factor)
        except CellError as error:
            return Word(text, (None,), error.code)
        if caution is not None:
            self._possible[text] = caution
        return Word(text, (f"{exact_decimal(value, self.currency):f}",), None)

    # What a point or a comma is

    def _doubts(self, column: Column, words: Sequence[Word]) -> Callable[[str], bool]:
        """Which texts of a column are refused for what the others show, or do not."""
        if self.ask.decimal:
            return lambda text: False
        if any(word.code == "ambiguous_number" and self._has_comma(word.text) for word in words):
            return self._is_doubtful
        if self._marks_are_open(f"coalesce(c{column.index}, '')", words):
            return lambda text: has_lone_point(text, self.currency)
        return lambda text: False

    def _has_comma(self, text: str) -> bool:
        """Whether a decimal comma alone makes an amount of a text."""
        return self._value(text, "comma") is not None and self._value(text, "point") is None

    def _is_doubtful(self, text: str) -> bool:
        """Whether either decimal mark makes an amount of a text, and not the same."""
        if "," not in text:
            return has_lone_point(text, self.currency)
        point, comma = (self._value(text, mark) for mark in get_args(Decimals))
        return None not in (point, comma) and point != comma

    def _marks_are_open(self, cell: str, words: Sequence[Word]) -> bool:
        """Whether nothing tells what the point is: not the file's commas, nor another amount."""
        if self.meaning.source.separator in _COMMAS:
            return False
        if not any(has_lone_point(word.text, self.currency) for word in words):
            return False
        with_point = (word.text for word in words if word.code is None and "." in word.text)
        if any(self._value(text, "comma") is None for text in with_point):
            return False
        shown = f"regexp_full_match({cell}, '{_WITH_POINT}')"
        thousands = f"regexp_full_match({cell}, '{_LONE_POINT}')"
        return not self._distinct(cell, f"{shown} AND NOT {thousands} LIMIT 1")

    def _value(self, text: str, mark: Decimals) -> Fraction | None:
        try:
            return read_spend(text, self.currency, mark)[0]
        except CellError:
            return None

    def accounts(self, column: Column) -> list[Word]:
        """Those of the column of accounts."""
        return list(map(self._account, self._distinct(f"c{column.index}", odd_account(column))))

    def _account(self, text: str) -> Word:
        if not self.ask.keep_totals and is_total(text):
            return Word(text, (None,), "total_row")
        try:
            return Word(text, (read_account(text),), None)
        except CellError as error:
            return Word(text, (None,), error.code)


def _refused(word: Word) -> Word:
    return Word(word.text, (None,), word.code or "ambiguous_number")
