"""The rows where some need interpreting: each text out of the ordinary is read once.

Such texts stand in small tables with their values, or with the code of why they are refused.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from supportcli.batch.groups import refuse_groups
from supportcli.batch.odd_texts import OddTexts
from supportcli.batch.rows import PLAIN_SCALE, Meaning
from supportcli.batch.sums_above import refuse_sums
from supportcli.batch.survey import Survey
from supportcli.batch.together import RowsTogether
from supportcli.batch.values import Word
from supportcli.errors import Message
from supportcli.inputs.customers.doubts import heed_aside
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.values.texts import blank
from supportcli.sql.dialects.base import literal, text

FINE_SCALE = 6
_CHUNK = 500
_ROWS = 10_000


class Interpreted:
    """The table `said` of rows with their values and codes, and `rows` with repeated accounts too.

    `line` tells the order. The spends have `scale` decimals: as few as the rows allow, because
    the engine is several times as slow with more. `cautions` are to be told.
    """

    def __init__(self, db: duckdb.DuckDBPyConnection, meaning: Meaning, survey: Survey) -> None:
        self.db = db
        self.meaning = meaning
        self.ask = meaning.ask
        self._joins: list[str] = []
        self._values: list[str] = []
        self._codes: list[tuple[Column, str]] = []
        self._odd: list[Word] = []
        self._texts = OddTexts(db, meaning)
        spends = [self._texts.spends(column) for column in meaning.spends]
        self.scale = PLAIN_SCALE if all(map(_is_plain, spends)) else FINE_SCALE
        self._add_whole_rows()
        self._add_account()
        for index, words in enumerate(spends):
            self._add_spend(index, words)
        for kind, words in survey.words.items():
            self._add_typed(kind, words)
        self._say()
        heeded = self._heed_notes()
        refuse_groups(db, meaning)
        doubts = refuse_sums(db, meaning)
        if meaning.together is None:
            self._count_twice(survey)
        else:
            self._put_together(meaning.together)
        self.cautions = [*doubts, *self._texts.cautions, *heeded]

    # The tables of texts

    def _add_whole_rows(self) -> None:
        """What refuses a row whatever its values are."""
        for column, code, test in self.meaning.faults():
            self._codes.append((column, f"CASE WHEN {test} THEN {text(code)} END"))
        for column, sums in self.meaning.sums():
            self._codes.append((column, f"CASE WHEN {sums} THEN 'total_row' END"))

    def _add_account(self) -> None:
        column = self.meaning.account
        if column is None:
            self._values.append("CAST(NULL AS VARCHAR) AS account")
            return
        cell = f"src.c{column.index}"
        self._odd = self._texts.accounts(column)
        self._fill("d_account", ("VARCHAR",), self._odd)
        self._joins.append(f"LEFT JOIN d_account ON {cell} = d_account.t")
        self._values.append(f"coalesce(d_account.v0, {cell}) AS account")
        self._codes.append((column, "d_account.code"))

    def _add_spend(self, index: int, words: Sequence[Word]) -> None:
        column, table = self.meaning.spends[index], f"d_x{index}"
        self._fill(table, (f"DECIMAL({12 + self.scale}, {self.scale})",), words)
        self._joins.append(f"LEFT JOIN {table} ON {self._texts.key(column)} = {table}.t")
        amount = self.meaning.amount(column, self.scale)
        value = f"CASE WHEN {table}.t IS NULL THEN {amount} ELSE {table}.v0 END"
        self._values.append(f"{value} AS a{index}")
        self._codes.append((column, f"{table}.code"))

    def _add_typed(self, meaning: str, words: Sequence[Word]) -> None:
        kind, table = self.meaning.kinds[meaning], f"d_{meaning}"
        column = self.meaning.typed[meaning]
        self._fill(table, kind.types, words)
        self._joins.append(f"LEFT JOIN {table} ON src.c{column.index} = {table}.t")
        for index, default in enumerate(kind.default):
            value = f"CASE WHEN {table}.t IS NULL THEN {literal(default)} ELSE {table}.v{index} END"
            self._values.append(f"{value} AS v_{meaning}_{index}")
        code = f"{table}.code"
        if kind.missing is not None:
            code = f"CASE WHEN {table}.t IS NULL THEN {text(kind.missing)} ELSE {code} END"
        self._codes.append((column, code))

    def _fill(self, table: str, types: Sequence[str], words: Sequence[Word]) -> None:
        """A table of the texts, their values, and the codes of those that are refused."""
        columns = ", ".join(f"v{index} {sql_type}" for index, sql_type in enumerate(types))
        self.db.execute(f"CREATE TEMP TABLE {table} (t VARCHAR, {columns}, code VARCHAR)")
        for start in range(0, len(words), _CHUNK):
            rows = (
                f"({text(w.text)}, {', '.join(map(literal, w.values))}, {literal(w.code)})"
                for w in words[start : start + _CHUNK]
            )
            self.db.execute(f"INSERT INTO {table} VALUES {', '.join(rows)}")

    # The rows

    def _say(self) -> None:
        """Each row with its values and, where it is refused, the first code and its column."""
        faults = [(column.index, code) for column, code in self._codes]
        codes = " ".join(f"WHEN {code} IS NOT NULL THEN {code}" for _, code in faults)
        places = " ".join(f"WHEN {code} IS NOT NULL THEN {place}" for place, code in faults)
        values = [*self._values, f"CASE {codes} END AS code", f"CASE {places} END AS place"]
        self.db.execute(
            f"CREATE TEMP TABLE said AS SELECT src.*, {', '.join(values)} "
            f"FROM {self.meaning.relation(counted=True)} src {' '.join(self._joins)}"
        )

    def _heed_notes(self) -> list[Message]:
        """A note below the table, in a row that has no spend, may say the unit."""
        known = self.meaning.known
        alone, beside = self._notes()
        return [
            *heed_aside(alone, known),
            *heed_aside(beside, known, named=True),
        ]

    def _notes(self) -> tuple[list[str], list[str]]:
        """What stands alone in rows without a spend; accounts there and what one is alone with."""
        account = self.meaning.account
        others = [c for c in self.meaning.source.columns if c is not account]
        cells = [f"CAST(c{column.index} AS VARCHAR)" for column in others]
        named = "NULL" if account is None else f"CAST(c{account.index} AS VARCHAR)"
        cursor = self.db.execute(
            f"SELECT DISTINCT {', '.join([named, *cells])} FROM said WHERE code = 'spend_missing'"
        )
        alone, beside = list[str](), list[str]()
        while rows := cursor.fetchmany(_ROWS):
            for name, *more in rows:
                filled = [(c, each) for c, each in zip(others, more, strict=True) if _says(each)]
                free = [each for column, each in filled if column.free]
                found = [*([name] if name else []), *(free if len(free) == 1 else [])]
                (alone if len(filled) + bool(name) == 1 else beside).extend(found)
        return alone, beside

    def _put_together(self, account: Column) -> None:
        query = RowsTogether(self.meaning, self.scale, account).query()
        self.db.execute(f"CREATE TEMP TABLE customers AS {query}")
        self.db.execute(
            "CREATE TEMP VIEW rows AS SELECT *, "
            f"{', '.join(self.meaning.before_discounts(self.scale))} FROM customers"
        )

    def _count_twice(self, survey: Survey) -> None:
        """The lines of the accounts that come more than once, beside each of their rows.

        First which they are, then their lines: the engine keeps all lists of lines in memory.
        """
        counted = "account IS NOT NULL AND code IS DISTINCT FROM 'total_row'"
        if self.ask.keep_duplicates or not (survey.repeated or self._odd):
            counted = "FALSE"
        several = f"SELECT account FROM said WHERE {counted} GROUP BY account HAVING count(*) > 1"
        self.db.execute(
            "CREATE TEMP TABLE twice AS SELECT account, list(line ORDER BY line) AS lines "
            f"FROM said WHERE {counted} AND account IN ({several}) GROUP BY account"
        )
        account = self.meaning.account
        place = "NULL" if account is None else str(account.index)
        self.db.execute(
            "CREATE TEMP VIEW rows AS SELECT said.* EXCLUDE (code, place), lines, "
            "coalesce(code, CASE WHEN lines IS NOT NULL THEN 'account_twice' END) AS code, "
            f"coalesce(place, CASE WHEN lines IS NOT NULL THEN {place} END) AS place, "
            f"{', '.join(self.meaning.before_discounts(self.scale))} "
            "FROM said LEFT JOIN twice ON said.account = twice.account"
        )


def _says(text: str | None) -> bool:
    return bool(text) and not blank(text or "")


def _is_plain(words: Sequence[Word]) -> bool:
    """Whether no amount has more decimals than plain ones may have."""
    amounts = (str(word.values[0]) for word in words if word.code is None)
    return all(len(amount.partition(".")[2]) <= PLAIN_SCALE for amount in amounts)
