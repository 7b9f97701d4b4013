"""Texts out of the ordinary: each is read once, as `advise` reads it, in whatever rows it is."""

from __future__ import annotations

import duckdb

from supportcli.batch.ordinary import odd_account, plain_spend
from supportcli.batch.rows import Meaning
from supportcli.batch.values import Word
from supportcli.core.money import exact_decimal
from supportcli.errors import Message
from supportcli.inputs.customers.cells import is_total, read_account
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.spend import read_spend
from supportcli.inputs.customers.text import CellError


class OddTexts:
    """Reads the texts of a column that do not stand for themselves; `cautions` are to be told."""

    def __init__(self, db: duckdb.DuckDBPyConnection, meaning: Meaning) -> None:
        self.db = db
        self.meaning = meaning
        self.ask = meaning.ask
        self.currency = meaning.ask.same.rules.catalogue.currency
        self.cautions: list[Message] = []

    def _distinct(self, cell: str, test: str) -> list[str]:
        query = f"SELECT DISTINCT {cell} FROM {self.meaning.relation()} WHERE {test}"
        return [found for (found,) in self.db.execute(query).fetchall()]

    def spends(self, column: Column) -> list[Word]:
        """Those of a column of spend, an empty cell among them."""
        cell, plain = f"coalesce(c{column.index}, '')", plain_spend(column, self.ask.decimal)
        words = [self._spend(column, text) for text in self._distinct(cell, f"NOT {plain}")]
        if any(word.code == "ambiguous_number" for word in words):
            words = [self._doubted(word, column) for word in words]
        return words

    def _spend(self, column: Column, text: str) -> Word:
        try:
            value, caution = read_spend(text, self.currency, self.ask.decimal, column.factor)
        except CellError as error:
            return Word(text, (None,), error.code)
        if caution is not None:
            self.cautions.append(caution)
        return Word(text, (f"{exact_decimal(value, self.currency):f}",), None)

    def _doubted(self, word: Word, column: Column) -> Word:
        """A word that is refused too where others of its column show another decimal mark."""
        try:
            _, caution = read_spend(word.text, self.currency, None, column.factor)
        except CellError:
            return word
        return word if caution is None else Word(word.text, (None,), "ambiguous_number")

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
