"""What the columns of the rows mean: beside the texts their values, row by row, as SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from supportcli.advice.refusals import RowCode
from supportcli.advice.rules import MONTHLY, SERIES
from supportcli.batch.names_above import named_from_above, nameless
from supportcli.batch.ordinary import may_sum_up, plain_spend, sums, sums_beside
from supportcli.batch.parquet import faults
from supportcli.batch.relation import relation
from supportcli.batch.request import Ask, TableSource
from supportcli.batch.values import PRICE_COLUMNS, Word, kinds_of
from supportcli.core.currencies import minor_digits
from supportcli.inputs.customers.schema import Column, known_amounts
from supportcli.needs.registry import KINDS
from supportcli.record import replace
from supportcli.sql.dialects.base import literal, text
from supportcli.sql.dialects.duckdb import DUCKDB
from supportcli.sql.terms import NO_RATE, Agreed, Terms

PLAIN_SCALE = 2
_MOST_DECIMALS = 9


class Meaning:
    """Which column of the source has which meaning, and the SQL to read it."""

    def __init__(self, ask: Ask, source: TableSource) -> None:
        self.ask = ask
        self.source = source
        self.kinds = kinds_of(ask, source.columns)
        by_meaning = {c.meaning: c for c in source.columns if c.meaning is not None}
        self.spends = [by_meaning[m] for m in (MONTHLY, *SERIES) if m in by_meaning]
        self.known = known_amounts(self.spends, ask.same.rules.catalogue.currency, ask.unit)
        self.account = by_meaning.get("account")
        self.customer = next((c for c in source.columns if c.names), None)
        self.typed = {m: by_meaning[m] for m in self.kinds if m in by_meaning}

    def relation(self, counted: bool = False) -> str:
        """The rows as a relation, with their lines where these are told or to be counted."""
        if self.together is None:
            return relation(self.source, self.ask.limit, counted)
        lined = relation(self.source, None, counted=True)
        return named_from_above(lined, self.together, self._sum_tests(), self.ask.limit)

    @property
    def together(self) -> Column | None:
        """The column of accounts, where the rows of each are to be put together."""
        return self.account if self.ask.sum_by == "account" else None

    def nameless(self) -> str | None:
        """The query for rows that may belong to the customer above; None where nobody asks."""
        if self.account is None or self.ask.sum_by is not None:
            return None
        lined = relation(self.source, None, counted=True)
        return nameless(lined, self.account, self.customer, self._sum_tests(), self.spends)

    def _sum_tests(self) -> list[str]:
        return [test for _, test in self.sums()]

    def sums(self) -> list[tuple[Column, str]]:
        """Where a row may sum up others, unless such rows are to be kept.

        Where a row without an account is the account's above, one like Total East is nobody's.
        """
        if self.ask.keep_totals:
            return []
        doubtful = [] if self.together is None else self.may_sum_up()
        certain = sums(self.source.columns, self.account)
        return [*certain, *(each for each in doubtful if each[0] is not self.account)]

    def sums_beside(self) -> list[tuple[Column, str]]:
        """Where one with an account may do so by a word beside it, unless they are to be kept."""
        return [] if self.ask.keep_totals else sums_beside(self.source.columns, self.account)

    def may_sum_up(self) -> list[tuple[Column, str]]:
        """Where a row may do so by its name alone, unless such rows are to be kept."""
        return [] if self.ask.keep_totals else may_sum_up(self.source.columns, self.account)

    def faults(self) -> list[tuple[Column, RowCode, str]]:
        """What refuses a row by itself; only in Parquet, else nobody let it come here."""
        return list(faults(self.source)) if self.source.kind == "parquet" else []

    # What the cells say, row by row

    def terms(self, scale: int, words: Mapping[str, Sequence[Word]]) -> Terms:
        """The value columns of the rows, literals where there is no column for them."""
        readings = self._readings(words)
        return Terms(
            spends=tuple(f"x{i}" for i in range(len(self.spends) + self._has_mean())),
            scale=self._spend_scale(scale),
            needs={
                column.name: value
                for kind in KINDS
                if kind.column
                for column, value in zip(kind.row, self.values(kind.column), strict=True)
            },
            accounts=self.values("accounts")[0],
            months=self.values("months")[0],
            plan=self.values("plan")[0],
            reading=self.values("reading")[0],
            readings=readings,
            current_plan=self.values("current_plan")[0],
            agreed=self._agreed(),
        )

    def _agreed(self) -> Agreed | None:
        """What was agreed on price; None where nothing was, with any row."""
        if not (self.ask.price.said or set(PRICE_COLUMNS) & set(self.typed)):
            return None
        found = {meaning: self.values(meaning)[0] for meaning in PRICE_COLUMNS}
        rate, included = found["tax_rate"], found["tax_mode"]
        added = f"CASE WHEN {included} THEN {NO_RATE} ELSE {rate} END"
        if included in ("TRUE", "FALSE"):
            added = NO_RATE if included == "TRUE" else rate
        return Agreed(found["discount"], found["discount_on"], added)

    def _readings(self, words: Mapping[str, Sequence[Word]]) -> tuple[str, ...]:
        said = (word.values[0] for word in words.get("reading", ()) if word.code is None)
        return tuple(dict.fromkeys([self.ask.same.rules.reading, *map(str, said)]))

    def values(self, meaning: str) -> list[str]:
        """What a row says of a meaning, as SQL."""
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
        amount, factor = f"CAST(c{column.index} AS {kind})", self.factor(column)
        return amount if factor == "1" else f"CAST({amount} * {factor} AS {kind})"

    def factor(self, column: Column) -> str:
        """How many of the currency an amount of a column is, row by row."""
        units = self.source.units
        if not units:
            return str(column.factor)
        cell = f"c{self.typed['unit'].index}"
        cases = " ".join(f"WHEN {text(unit)} THEN {factor}" for unit, factor in units.items())
        return f"(CASE {cell} {cases} ELSE {column.factor} END)"

    def digits(self, column: Column, amount: str, scale: int) -> str:
        """An amount in the unit that its column's amounts are in, as digits without needless zeros.

        Divided by multiplying: the engine's division is not exact.
        """
        units = [column.factor, *(self.source.units or {}).values()]
        cases = " ".join(
            f"WHEN {self.factor(column)} = {unit} THEN {_share(unit)}"
            for unit in dict.fromkeys(units)
        )
        kind = f"DECIMAL({_MOST_DECIMALS + 1}, {_MOST_DECIMALS})"
        whole = f"CAST({amount} AS DECIMAL(28, {scale}))"
        words = f"CAST({whole} * CAST((CASE {cases} END) AS {kind}) AS VARCHAR)"
        return f"rtrim(rtrim({words}, '0'), '.')"

    def is_plain(self, column: Column) -> str:
        """Whether a spend needs no interpreting, whatever its row's unit."""
        largest = max((column.factor, *(self.source.units or {}).values()))
        return plain_spend(replace(column, factor=largest), self.ask.decimal)

    def before_discounts(self, scale: int) -> Iterator[str]:
        """The spends x0, x1, ... that fees depend on, from the amounts a0, a1, ... of the rows."""
        for index in range(len(self.spends)):
            amount = f"a{index}"
            if self.ask.paid:
                amount = self._before_discount(amount, scale)
            yield f"{amount} AS x{index}"
        if self._has_mean():
            yield f"{self._mean(scale)} AS x{len(self.spends)}"

    def _has_mean(self) -> bool:
        """Whether months that no column holds are the mean of those that have one."""
        return self.ask.missing_months == "mean" and 1 < len(self.spends) < len(SERIES)

    def _mean(self, scale: int) -> str:
        """The mean of all spends, rounded half up to the minor unit, in whole numbers."""
        digits, count = minor_digits(self.ask.same.rules.catalogue.currency), len(self.spends)
        scale = self._spend_scale(scale)
        wide = (DUCKDB.wide(f"x{index}", scale) for index in range(count))
        units = " + ".join(f"CAST({one} * {10**scale} AS HUGEINT)" for one in wide)
        parts = count * 10**scale
        whole = f"((2 * ({units}) * {10**digits} + {parts}) // (2 * {parts}))"
        return f"CAST(CAST({whole} AS DECIMAL(38, 0)) * {_unit(digits)} AS DECIMAL(38, {scale}))"

    def _before_discount(self, amount: str, scale: int) -> str:
        """What is paid, divided by the share that is paid and rounded half up to the minor unit.

        In whole numbers: 2 a q + n over 2 n, where n / q is that share.
        """
        share, of = self.values("paid_discount")
        digits = minor_digits(self.ask.same.rules.catalogue.currency)
        units = f"CAST({DUCKDB.wide(amount, scale)} * {10**scale} AS HUGEINT)"
        below = f"(CAST({share} AS HUGEINT) * {10**scale})"
        whole = f"((2 * {units} * {of} * {10**digits} + {below}) // (2 * {below}))"
        kind = f"DECIMAL(38, {self._spend_scale(scale)})"
        return f"CAST(CAST({whole} AS DECIMAL(38, 0)) * {_unit(digits)} AS {kind})"

    def _spend_scale(self, scale: int) -> int:
        """Of the spends; the minor unit that some are rounded to may have more digits."""
        rounded = self.ask.paid or self._has_mean()
        return (
            max(scale, minor_digits(self.ask.same.rules.catalogue.currency)) if rounded else scale
        )


def _share(unit: int) -> str:
    """One over a unit, which is a power of ten."""
    return f"0.{str(unit)[:0:-1]}"[:-1] + "1" if unit > 1 else "1"


def _unit(digits: int) -> str:
    return "1" if digits == 0 else f"0.{'0' * (digits - 1)}1"
