"""The rows of one customer put together into one, as SQL: amounts added up, the rest the same."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.batch.names_above import filled
from supportcli.batch.rows import Meaning
from supportcli.inputs.customers.schema import Column
from supportcli.sql.dialects.base import text

_WHOLE_DIGITS = 12


class RowsTogether:
    """The query over `said`, the rows with their values and codes.

    A customer is refused where one of the rows is, for its reason and at its line; rows that sum
    up others stay alone, as do those without a name. Of columns that are only carried a text is
    kept that all rows agree on.
    """

    def __init__(self, meaning: Meaning, scale: int, account: Column) -> None:
        self.meaning = meaning
        self.scale = scale
        self.account = account
        self.columns = meaning.source.columns
        self._first = "ORDER BY code IS NULL, line"

    def query(self) -> str:
        """One row for each customer; `lines` are all of its rows'."""
        kept = ", ".join(f"{self._text(column)} AS c{column.index}" for column in self.columns)
        values = ", ".join(["line", kept, "account", *self._amounts(), *self._value_names()])
        return f"SELECT {values}, code, place, lines FROM ({self._judged()})"

    # One row of all

    def _grouped(self) -> str:
        """The texts and values of each customer's rows, side by side."""
        alone = "CASE WHEN code = 'total_row' OR account IS NULL THEN line END"
        wanted = [
            f"first(line {self._first}) AS line",
            "any_value(account) AS account",
            f"first(code {self._first}) AS code",
            f"first(place {self._first}) AS place",
            "list(line ORDER BY line) AS lines",
            *(f"first(c{c.index} {self._first}) AS t{c.index}" for c in self.columns),
            *(f"{self._agreed(c)} AS c{c.index}" for c in self.columns),
            *(f"sum(a{at}) AS s{at}" for at in range(len(self.meaning.spends))),
            *self._values(),
            *(f"{test} AS differs_{column.index}" for column, test in self._differences()),
        ]
        return f"SELECT {', '.join(wanted)} FROM said GROUP BY account, {alone}"

    def _agreed(self, column: Column) -> str:
        """The text that all rows have which have any; else none."""
        cell = f"c{column.index}"
        texts = f"FILTER (WHERE {filled(cell)})"
        return f"CASE WHEN count(DISTINCT {cell}) {texts} = 1 THEN any_value({cell}) {texts} END"

    def _values(self) -> Iterator[str]:
        for meaning, column in self.meaning.typed.items():
            order = f"ORDER BY NOT {filled(f'c{column.index}')}, line"
            for index in range(len(self.meaning.kinds[meaning].types)):
                value = f"v_{meaning}_{index}"
                yield f"first({value} {order}) AS {value}"

    def _value_names(self) -> Iterator[str]:
        for meaning in self.meaning.typed:
            yield from (f"v_{meaning}_{i}" for i in range(len(self.meaning.kinds[meaning].types)))

    # What contradicts

    def _differences(self) -> Iterator[tuple[Column, str]]:
        """Where the rows of a customer must not differ.

        A blank cell says what the others say; beside a unit it could be either of two.
        """
        for meaning, column in self.meaning.typed.items():
            count = len(self.meaning.kinds[meaning].types)
            values = ", ".join(f"v_{meaning}_{index}" for index in range(count))
            told = "" if meaning == "unit" else f" FILTER (WHERE {filled(f'c{column.index}')})"
            yield column, f"count(DISTINCT row({values})){told} > 1"
        for column in self.columns:
            grouped = column.name == self.meaning.ask.group_by and column.meaning is None
            if grouped or column.names:
                cell = f"c{column.index}"
                yield column, f"count(DISTINCT {cell}) FILTER (WHERE {filled(cell)}) > 1"

    def _judged(self) -> str:
        """With the code of a customer that cannot be quoted, and its column."""
        faults = [
            (self.account.index, "account IS NULL", "account_missing"),
            *((c.index, f"differs_{c.index}", "rows_differ") for c, _ in self._differences()),
            *(
                (c.index, f"abs(s{at}) >= {10**_WHOLE_DIGITS}", "too_many_digits")
                for at, c in enumerate(self.meaning.spends)
            ),
        ]
        codes = " ".join(f"WHEN {test} THEN {text(code)}" for _, test, code in faults)
        places = " ".join(f"WHEN {test} THEN {place}" for place, test, _ in faults)
        return (
            f"SELECT * REPLACE (coalesce(code, CASE {codes} END) AS code, "
            f"coalesce(place, CASE {places} END) AS place), code AS own_code "
            f"FROM ({self._grouped()})"
        )

    # What is shown

    def _amounts(self) -> Iterator[str]:
        kind = f"DECIMAL({_WHOLE_DIGITS + self.scale}, {self.scale})"
        yield from (f"try_cast(s{at} AS {kind}) AS a{at}" for at in range(len(self.meaning.spends)))

    def _text(self, column: Column) -> str:
        """That of a row alone or refused as it is; else the sum, or what all rows agree on."""
        cell = f"c{column.index}"
        if column in self.meaning.spends:
            cell = self._sum(column)
        alone = "len(lines) = 1 OR own_code IS NOT NULL OR code = 'rows_differ'"
        return f"CASE WHEN {alone} THEN t{column.index} ELSE {cell} END"

    def _sum(self, column: Column) -> str:
        """A sum in the unit that its column's amounts are in, without needless zeros."""
        return self.meaning.digits(column, f"s{self.meaning.spends.index(column)}", self.scale)
