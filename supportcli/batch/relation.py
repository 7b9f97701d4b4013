"""The rows as an SQL relation: the file's own columns as text, and beside them what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb

from supportcli.batch.request import Ask, RaggedError, Source
from supportcli.batch.sql import Terms, name, text, wide
from supportcli.batch.values import Word, kinds_of, words_of
from supportcli.core.money import exact_decimal, minor_digits
from supportcli.errors import Message
from supportcli.inputs.cell_text import CellError, blank
from supportcli.inputs.cells import is_total, read_account
from supportcli.inputs.column_names import MONTHLY, SERIES
from supportcli.inputs.columns import Column
from supportcli.inputs.spend_cell import read_spend

FEW = 32  # distinct texts of a column that are told apart row by row, without a join
PLAIN_SCALE, FINE_SCALE = 2, 6
_PLAIN_ACCOUNT = "[0-9A-Za-z_-]*[0-9][0-9A-Za-z_-]*"
_TOTALS = "合计|小计|总计|总额|(?i:total|sum)"
_SUM = r"^\s*(合计|小计|总计|总额|总和|共计|(?i:(sub|grand )?totals?|sum))\s*[:：]?\s*$"
_ODD_ACCOUNT = r"^['=\s\x{3000}]|[\s\x{3000}]$|^[0-9][0-9.,]*[eE]\+?[0-9]+$|" + _TOTALS


class Survey(NamedTuple):
    """What one look at all rows tells: how many, which texts, what is out of the ordinary."""

    rows: int
    odd_spends: int
    odd_rows: int
    repeated: bool
    lacking: bool
    words: Mapping[str, list[Word]]

    @property
    def plain(self) -> bool:
        """Whether every row can be quoted as it stands."""
        refused = any(word.code for words in self.words.values() for word in words)
        many = any(len(words) > FEW for words in self.words.values())
        odd = self.odd_spends or self.odd_rows or self.repeated or self.lacking
        return not (odd or refused or many)


class Meaning:
    """Which column of the source has which meaning, and the SQL to read it."""

    def __init__(self, ask: Ask, source: Source) -> None:
        self.ask = ask
        self.source = source
        self.kinds = kinds_of(ask)
        self.cautions: list[Message] = []
        by_meaning = {c.meaning: c for c in source.columns if c.meaning is not None}
        self.spends = [by_meaning[m] for m in (MONTHLY, *SERIES) if m in by_meaning]
        self.account = by_meaning.get("account")
        self.typed = {m: by_meaning[m] for m in self.kinds if m in by_meaning}

    def relation(self) -> str:
        """The file as a relation of texts c0, c1, ... and, where it is lined, its line."""
        count = len(self.source.columns)
        limit = "" if self.ask.limit is None else f" LIMIT {self.ask.limit}"
        path = text(str(self.source.path))
        if self.source.kind == "parquet":
            cells = (
                f"CAST({name(c.name)} AS VARCHAR) AS c{i}"
                for i, c in enumerate(self.source.columns)
            )
            line = "file_row_number + 1 AS line"
            return (
                f"(SELECT {line}, {', '.join(cells)} "
                f"FROM read_parquet({path}, file_row_number=true){limit})"
            )
        types = {f"c{i}": "VARCHAR" for i in range(count)}
        if self.source.lined:
            types = {"line": "BIGINT", **types}
        columns = ", ".join(f"{text(column)}: {text(kind)}" for column, kind in types.items())
        # Without new_line: with it, strict mode finds no row in a file of CRLF lines.
        # Of our own copies it is known; they may hold other line breaks within quotes.
        header, mark = ("false", "'\"'") if self.source.lined else ("true", "''")
        known = ", new_line='\\n'" if self.source.lined else ""
        return (
            f"(SELECT * FROM read_csv({path}, columns={{{columns}}}, auto_detect=false, "
            f"header={header}, delim={text(self.source.delimiter)}, quote={mark}, escape={mark}, "
            f"compression={text(self.source.compression)}"
            f"{known}){limit})"
        )

    def plain_spend(self, column: Column) -> str:
        """Whether a spend needs no interpreting: few enough digits, at most two decimals."""
        digits = 13 - len(str(column.factor))
        decimals = "" if self.ask.decimal == "comma" else r"(\.[0-9]{1,2})?"
        return f"regexp_full_match(c{column.index}, '[0-9]{{1,{digits}}}{decimals}')"

    def odd_account(self) -> str:
        """Whether an account's text may not stand for itself: a total, a wrapper, an exponent."""
        cell = f"c{self.account.index}" if self.account else "NULL"
        plain = f"coalesce(regexp_full_match({cell}, {text(_PLAIN_ACCOUNT)}), true)"
        # Not with AND: the engine would try the slower expression on every row.
        odd = f"regexp_matches({cell}, {text(_ODD_ACCOUNT)})"
        return f"(CASE WHEN {plain} THEN FALSE ELSE {odd} END)"

    def sums(self) -> list[tuple[Column, str]]:
        """Where a row without an account may sum up others: a column that is carried through."""
        if self.ask.keep_totals:
            return []
        nobody = "TRUE" if self.account is None else f"c{self.account.index} IS NULL"
        return [
            (c, f"({nobody} AND coalesce(regexp_matches(c{c.index}, {text(_SUM)}), false))")
            for c in self.source.columns
            if c.meaning is None
        ]

    def survey(self, db: duckdb.DuckDBPyConnection) -> Survey:
        """One pass over the rows.

        Raises:
            RaggedError: the engine cannot split the file into its columns.
        """
        wanted = ["count(*)"]
        odd = " + ".join(
            f"count(*) FILTER (WHERE NOT coalesce({self.plain_spend(c)}, false))"
            for c in self.spends
        )
        wanted.append(odd)
        odd_rows = [*([self.odd_account()] if self.account else []), *(s for _, s in self.sums())]
        wanted.append(f"count(*) FILTER (WHERE {' OR '.join(odd_rows) or 'FALSE'})")
        if self.account is None:
            wanted += ["0", "0"]
        else:
            cell = f"c{self.account.index}"
            wanted += (
                ["0", "0"]
                if self.ask.keep_duplicates
                else [f"count({cell})", f"count(DISTINCT hash({cell}))"]
            )
        wanted += [f"list(DISTINCT c{column.index})" for column in self.typed.values()]
        query = f"SELECT {', '.join(wanted)} FROM {self.relation()}"
        try:
            [found] = db.execute(query).fetchall()
        except duckdb.InvalidInputException as error:
            if "CSV Error" not in str(error):
                raise
            raise RaggedError from error
        rows, odd_spends, odd, some, distinct, *lists = found
        words = {
            meaning: words_of(self.kinds[meaning], texts or ())
            for meaning, texts in zip(self.typed, lists, strict=True)
        }
        lacking = any(
            self.kinds[meaning].missing and any(t is None or blank(t) for t in texts or (None,))
            for meaning, texts in zip(self.typed, lists, strict=True)
        )
        return Survey(rows, odd_spends, odd, some != distinct, lacking, words)

    # What the cells say, row by row

    def terms(self, scale: int, words: Mapping[str, Sequence[Word]]) -> Terms:
        """The value columns of the rows, literals where there is no column for them."""
        response = self._values("response")
        readings = self._readings(words)
        return Terms(
            spends=tuple(f"x{i}" for i in range(len(self.spends))),
            scale=self._scale_before_discount(scale) if self.ask.paid else scale,
            minutes=response[0],
            business=response[1],
            tam=self._values("tam")[0],
            tickets=self._values("tickets")[0],
            accounts=self._values("accounts")[0],
            months=self._values("months")[0],
            plan=self._values("plan")[0],
            reading=self._values("reading")[0],
            readings=readings,
            current_plan=self._values("current_plan")[0],
        )

    def _readings(self, words: Mapping[str, Sequence[Word]]) -> tuple[str, ...]:
        said = (word.values[0] for word in words.get("reading", ()) if word.code is None)
        return tuple(dict.fromkeys([self.ask.rules.reading, *map(str, said)]))

    def _values(self, meaning: str) -> list[str]:
        kind = self.kinds[meaning]
        if meaning in self.typed:
            return [f"v_{meaning}_{i}" for i in range(len(kind.types))]
        return [literal(value) for value in kind.default]

    def plain_rows(self, words: Mapping[str, Sequence[Word]]) -> str:
        """The rows with their values, where no row needs interpreting."""
        found = [
            f"CAST({self._by_case(meaning, index, words[meaning])} AS {sql_type}) "
            f"AS v_{meaning}_{index}"
            for meaning in self.typed
            for index, sql_type in enumerate(self.kinds[meaning].types)
        ]
        found += [f"{self._amount(c, PLAIN_SCALE)} AS a{i}" for i, c in enumerate(self.spends)]
        valued = f"(SELECT *, {', '.join(found)} FROM {self.relation()})"
        return f"(SELECT *, {', '.join(self._spends(PLAIN_SCALE))} FROM {valued})"

    def _by_case(self, meaning: str, index: int, words: Sequence[Word]) -> str:
        default = literal(self.kinds[meaning].default[index])
        cases = " ".join(f"WHEN {text(w.text)} THEN {literal(w.values[index])}" for w in words)
        if not cases:
            return default
        return f"CASE c{self.typed[meaning].index} {cases} ELSE {default} END"

    def _amount(self, column: Column, scale: int) -> str:
        kind = f"DECIMAL({12 + scale}, {scale})"
        amount = f"CAST(c{column.index} AS {kind})"
        return amount if column.factor == 1 else f"CAST({amount} * {column.factor} AS {kind})"

    def _spends(self, scale: int) -> Iterator[str]:
        for index in range(len(self.spends)):
            amount = f"a{index}"
            if self.ask.paid:
                amount = self._before_discount(amount, scale)
            yield f"{amount} AS x{index}"

    def _before_discount(self, amount: str, scale: int) -> str:
        """What is paid, divided by the share that is paid and rounded half up to the minor unit.

        In whole numbers: 2 a q + n over 2 n, where n / q is that share.
        """
        share, of = self._values("paid_discount")
        digits = minor_digits(self.ask.rules.catalogue.currency)
        units = f"CAST({wide(amount, scale)} * {10**scale} AS HUGEINT)"
        below = f"(CAST({share} AS HUGEINT) * {10**scale})"
        whole = f"((2 * {units} * {of} * {10**digits} + {below}) // (2 * {below}))"
        kind = f"DECIMAL(38, {self._scale_before_discount(scale)})"
        return f"CAST(CAST({whole} AS DECIMAL(38, 0)) * {_unit(digits)} AS {kind})"

    def _scale_before_discount(self, scale: int) -> int:
        """Of what is rounded to the minor unit; its digits may be more than those that are paid."""
        return max(scale, minor_digits(self.ask.rules.catalogue.currency))

    # Where some rows need interpreting

    def interpreted_rows(self, db: duckdb.DuckDBPyConnection, survey: Survey) -> str:
        """The rows in a table, with their values and, where one is refused, a code and its column.

        Each text out of the ordinary is read once; `line` tells the order.
        """
        joins, values, codes = [], [], []
        for meaning, column in self.typed.items():
            kind, table = self.kinds[meaning], f"d_{meaning}"
            _fill(db, table, kind.types, survey.words[meaning])
            joins.append(f"LEFT JOIN {table} ON src.c{column.index} = {table}.t")
            for index, default in enumerate(kind.default):
                value = (
                    f"CASE WHEN {table}.t IS NULL THEN {literal(default)} ELSE {table}.v{index} END"
                )
                values.append(f"{value} AS v_{meaning}_{index}")
            code = f"{table}.code"
            if kind.missing is not None:
                code = f"CASE WHEN {table}.t IS NULL THEN {text(kind.missing)} ELSE {code} END"
            codes.append((column, code))
        for index, column in enumerate(self.spends):
            table = f"d_x{index}"
            cell = f"coalesce(src.c{column.index}, '')"
            _fill(db, table, (_FINE,), self._odd_spends(db, column))
            joins.append(f"LEFT JOIN {table} ON {cell} = {table}.t")
            amount = self._amount(column, FINE_SCALE)
            value = f"CASE WHEN {table}.t IS NULL THEN {amount} ELSE {table}.v0 END"
            values.append(f"{value} AS a{index}")
            codes.insert(index, (column, f"{table}.code"))
        if self.account is not None:
            _fill(db, "d_account", ("VARCHAR",), self._odd_accounts(db))
            cell = f"src.c{self.account.index}"
            joins.append(f"LEFT JOIN d_account ON {cell} = d_account.t")
            values.append(f"coalesce(d_account.v0, {cell}) AS account")
            codes.insert(0, (self.account, "d_account.code"))
        else:
            values.append("CAST(NULL AS VARCHAR) AS account")
        for column, sums in reversed(self.sums()):
            codes.insert(0, (column, f"CASE WHEN {sums} THEN 'total_row' END"))
        faults = [f"WHEN {code} IS NOT NULL THEN {{}}" for _, code in codes]
        code = " ".join(f.format(c) for f, (_, c) in zip(faults, codes, strict=True))
        place = " ".join(f.format(c.index) for f, (c, _) in zip(faults, codes, strict=True))
        values += [f"CASE {code} END AS code", f"CASE {place} END AS place"]
        db.execute(
            f"CREATE TEMP TABLE said AS SELECT src.*, {', '.join(values)} "
            f"FROM {self.relation()} src {' '.join(joins)}"
        )
        db.execute(
            "CREATE TEMP TABLE twice AS SELECT account, list(line ORDER BY line) AS lines "
            "FROM said WHERE account IS NOT NULL AND code IS DISTINCT FROM 'total_row' "
            f"AND {'FALSE' if self.ask.keep_duplicates else 'TRUE'} "
            "GROUP BY account HAVING count(*) > 1"
        )
        place = "NULL" if self.account is None else str(self.account.index)
        db.execute(
            f"CREATE TEMP TABLE rows AS SELECT said.* EXCLUDE (code, place), lines, "
            "coalesce(code, CASE WHEN lines IS NOT NULL THEN 'account_twice' END) AS code, "
            f"coalesce(place, CASE WHEN lines IS NOT NULL THEN {place} END) AS place, "
            f"{', '.join(self._spends(FINE_SCALE))} "
            "FROM said LEFT JOIN twice ON said.account = twice.account"
        )
        return "rows"

    def _odd_spends(self, db: duckdb.DuckDBPyConnection, column: Column) -> list[Word]:
        cell = f"c{column.index}"
        texts = db.execute(
            f"SELECT DISTINCT coalesce({cell}, '') FROM {self.relation()} "
            f"WHERE NOT coalesce({self.plain_spend(column)}, false)"
        ).fetchall()
        words = [self.spend_word(column, found) for (found,) in texts]
        if any(word.code == "ambiguous_number" for word in words):
            words = [self._doubted(word, column) for word in words]
        return words

    def _doubted(self, word: Word, column: Column) -> Word:
        """A word that is refused too where others of its column show another decimal mark."""
        try:
            _, caution = read_spend(
                word.text, self.ask.rules.catalogue.currency, None, column.factor
            )
        except CellError:
            return word
        return word if caution is None else Word(word.text, (None,), "ambiguous_number")

    def spend_word(self, column: Column, found: str) -> Word:
        """A spend as `advise` understands it; what is to be told of it is in `cautions`."""
        currency = self.ask.rules.catalogue.currency
        try:
            value, caution = read_spend(found, currency, self.ask.decimal, column.factor)
        except CellError as error:
            return Word(found, (None,), error.code)
        if caution is not None:
            self.cautions.append(caution)
        return Word(found, (f"{exact_decimal(value, currency):f}",), None)

    def _odd_accounts(self, db: duckdb.DuckDBPyConnection) -> list[Word]:
        cell = f"c{self.account.index}" if self.account else "NULL"
        query = f"SELECT DISTINCT {cell} FROM {self.relation()} WHERE {self.odd_account()}"
        return [self._account_word(found) for (found,) in db.execute(query).fetchall()]

    def _account_word(self, found: str) -> Word:
        if not self.ask.keep_totals and is_total(found):
            return Word(found, (None,), "total_row")
        try:
            return Word(found, (read_account(found),), None)
        except CellError as error:
            return Word(found, (None,), error.code)


_FINE = f"DECIMAL({12 + FINE_SCALE}, {FINE_SCALE})"
_CHUNK = 500


def _fill(
    db: duckdb.DuckDBPyConnection, table: str, types: Sequence[str], words: Sequence[Word]
) -> None:
    """A table of the texts, their values, and the codes of those that are refused."""
    columns = ", ".join(f"v{index} {sql_type}" for index, sql_type in enumerate(types))
    db.execute(f"CREATE TEMP TABLE {table} (t VARCHAR, {columns}, code VARCHAR)")
    for start in range(0, len(words), _CHUNK):
        rows = (
            f"({text(w.text)}, {', '.join(map(literal, w.values))}, {literal(w.code)})"
            for w in words[start : start + _CHUNK]
        )
        db.execute(f"INSERT INTO {table} VALUES {', '.join(rows)}")


def _unit(digits: int) -> str:
    return "1" if digits == 0 else f"0.{'0' * (digits - 1)}1"


def literal(value: object) -> str:
    """A value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int) else text(str(value))
