"""Texts out of the ordinary: each is read once, as `advise` reads it, in whatever rows it is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import get_args

import duckdb

from supportcli.batch.ordinary import odd_account, plain_spend
from supportcli.batch.request import Decimals
from supportcli.batch.rows import Meaning
from supportcli.batch.values import Word
from supportcli.core.money import exact_decimal
from supportcli.errors import Message
from supportcli.inputs.customers.cells import is_total, read_account
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.spend import has_lone_point, read_spend
from supportcli.inputs.customers.text import CellError

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
        self._cautions: dict[str, Message] = {}

    def _distinct(self, cell: str, test: str) -> list[str]:
        query = f"SELECT DISTINCT {cell} FROM {self.meaning.relation()} WHERE {test}"
        return [found for (found,) in self.db.execute(query).fetchall()]

    def spends(self, column: Column) -> list[Word]:
        """Those of a column of spend, an empty cell among them."""
        cell, plain = f"coalesce(c{column.index}, '')", plain_spend(column, self.ask.decimal)
        words = [self._spend(column, text) for text in self._distinct(cell, f"NOT {plain}")]
        if any(word.code == "ambiguous_number" for word in words):
            words = [_refused(word) if self._is_doubtful(word.text) else word for word in words]
        elif self._marks_are_open(cell, words):
            words = [_refused(w) if has_lone_point(w.text, self.currency) else w for w in words]
        self.cautions += (
            self._cautions[w.text] for w in words if w.text in self._cautions and not w.code
        )
        return words

    def _spend(self, column: Column, text: str) -> Word:
        try:
            value, caution = read_spend(text, self.currency, self.ask.decimal, column.factor)
        except CellError as error:
            return Word(text, (None,), error.code)
        if caution is not None:
            self._cautions[text] = caution
        return Word(text, (f"{exact_decimal(value, self.currency):f}",), None)

    def _is_doubtful(self, text: str) -> bool:
        """Whether either decimal mark makes an amount of a text, and not the same."""
        if "," not in text:
            return has_lone_point(text, self.currency)
        point, comma = (self._value(text, mark) for mark in get_args(Decimals))
        return None not in (point, comma) and point != comma

    def _marks_are_open(self, cell: str, words: Sequence[Word]) -> bool:
        """Whether nothing tells what the point is: not the file's commas, nor another amount."""
        if self.ask.decimal or self.meaning.source.separator in _COMMAS:
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
