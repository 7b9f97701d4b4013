"""The rows as an SQL relation: the file's own columns as text, and beside them what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb

from supportcli.advice.rules import MONTHLY, SERIES
from supportcli.batch.request import Ask, RaggedError, TableSource
from supportcli.batch.values import Word, kinds_of, words_of
from supportcli.core.currencies import minor_digits
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.values.texts import blank
from supportcli.needs.registry import KINDS
from supportcli.sql.advice import Terms
from supportcli.sql.dialects.base import literal, name, text
from supportcli.sql.dialects.duckdb import DUCKDB

FEW = 256  # distinct texts of a column that are told apart row by row, without a join
PLAIN_SCALE = 2
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

    def __init__(self, ask: Ask, source: TableSource) -> None:
        self.ask = ask
        self.source = source
        self.kinds = kinds_of(ask)
        by_meaning = {c.meaning: c for c in source.columns if c.meaning is not None}
        self.spends = [by_meaning[m] for m in (MONTHLY, *SERIES) if m in by_meaning]
        self.account = by_meaning.get("account")
        self.typed = {m: by_meaning[m] for m in self.kinds if m in by_meaning}

    def relation(self, counted: bool = False) -> str:
        """The file as a relation of texts c0, c1, ... and their line, counted where it is not told.

        What is read as it is has a record on every line and its header on the first; the engine
        counts rows in the order of the file, with several threads too.
        """
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
        lined = self.source.lined
        header, mark, known = ("false", "'\"'", ", new_line='\\n'") if lined else ("true", "''", "")
        line = "" if lined or not counted else "row_number() OVER () + 1 AS line, "
        return (
            f"(SELECT {line}* FROM read_csv({path}, columns={{{columns}}}, auto_detect=false, "
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
        readings = self._readings(words)
        return Terms(
            spends=tuple(f"x{i}" for i in range(len(self.spends))),
            scale=self._scale_before_discount(scale) if self.ask.paid else scale,
            needs={
                column.name: value
                for kind in KINDS
                if kind.column
                for column, value in zip(kind.row, self._values(kind.column), strict=True)
            },
            accounts=self._values("accounts")[0],
            months=self._values("months")[0],
            plan=self._values("plan")[0],
            reading=self._values("reading")[0],
            readings=readings,
            current_plan=self._values("current_plan")[0],
        )

    def _readings(self, words: Mapping[str, Sequence[Word]]) -> tuple[str, ...]:
        said = (word.values[0] for word in words.get("reading", ()) if word.code is None)
        return tuple(dict.fromkeys([self.ask.same.rules.reading, *map(str, said)]))

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
        found += [f"{self.amount(c, PLAIN_SCALE)} AS a{i}" for i, c in enumerate(self.spends)]
        valued = f"(SELECT *, {', '.join(found)} FROM {self.relation()})"
        return f"(SELECT *, {', '.join(self.before_discounts(PLAIN_SCALE))} FROM {valued})"

    def _by_case(self, meaning: str, index: int, words: Sequence[Word]) -> str:
        default = literal(self.kinds[meaning].default[index])
        cases = " ".join(f"WHEN {text(w.text)} THEN {literal(w.values[index])}" for w in words)
        if not cases:
            return default
        return f"CASE c{self.typed[meaning].index} {cases} ELSE {default} END"

    def amount(self, column: Column, scale: int) -> str:
        """A plain spend's value, in the currency's own unit."""
        kind = f"DECIMAL({12 + scale}, {scale})"
        amount = f"CAST(c{column.index} AS {kind})"
        return amount if column.factor == 1 else f"CAST({amount} * {column.factor} AS {kind})"

    def before_discounts(self, scale: int) -> Iterator[str]:
        """The spends x0, x1, ... that fees depend on, from the amounts a0, a1, ... of the rows."""
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
        digits = minor_digits(self.ask.same.rules.catalogue.currency)
        units = f"CAST({DUCKDB.wide(amount, scale)} * {10**scale} AS HUGEINT)"
        below = f"(CAST({share} AS HUGEINT) * {10**scale})"
        whole = f"((2 * {units} * {of} * {10**digits} + {below}) // (2 * {below}))"
        kind = f"DECIMAL(38, {self._scale_before_discount(scale)})"
        return f"CAST(CAST({whole} AS DECIMAL(38, 0)) * {_unit(digits)} AS {kind})"

    def _scale_before_discount(self, scale: int) -> int:
        """Of what is rounded to the minor unit; its digits may be more than those that are paid."""
        return max(scale, minor_digits(self.ask.same.rules.catalogue.currency))


def _unit(digits: int) -> str:
    return "1" if digits == 0 else f"0.{'0' * (digits - 1)}1"
