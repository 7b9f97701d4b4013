"""Rows of one account for several months, which are no parts of one month's spend."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb

from supportcli.batch.names_above import filled
from supportcli.batch.ordinary import says_sum
from supportcli.batch.relation import relation
from supportcli.batch.rows import Meaning
from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.customers.months import month_said
from supportcli.inputs.customers.periods import period_of, says_month
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.totals import says_total
from supportcli.inputs.tables.column_use import SHEET_COLUMN

_MOST_DAYS = 1000
_TELLS: dict[str, Callable[[str], object]] = {SHEET_COLUMN: month_said}  # which may say more
APART = "months_apart"
"""The table of the accounts that have rows for several months, by `name`."""


def check_months(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> tuple[Message, ...]:
    """What is to be told of accounts that have rows for several months.

    Raises:
        UsageError: such rows were to be added up, or to be a customer each.
    """
    told = tuple(_told(db, meaning))
    flag = "--sum-by" if meaning.together is not None else "--duplicates"
    if told and (meaning.together is not None or meaning.ask.keep_duplicates):
        raise UsageError([Problem(flag, message) for message in told])
    return told


def _told(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> Iterator[Message]:
    columns = "place INT, name VARCHAR, first VARCHAR, last VARCHAR"
    db.execute(f"CREATE OR REPLACE TEMP TABLE {APART} ({columns})")
    for column in meaning.source.columns:
        if meaning.account is not None and (column.period or _all_months(db, meaning, column)):
            found = _several(db, meaning, meaning.account, column)
            for account, first, last in found:
                yield (
                    _of_sheets(account, first, last)
                    if column.name == SHEET_COLUMN
                    else Message(
                        "column {name} gives several months of one account ({first} and {last} of "
                        "{account}): months are not added up to one, and none is a customer of its "
                        "own; keep the rows of one month, or give each month a column, spend_01 to "
                        "spend_12; if the column says something else: --ignore-column {name}",
                        name=quoted(column.name),
                        first=quoted(first),
                        last=quoted(last),
                        account=quoted(account),
                    )
                )


def _of_sheets(account: str, first: str, last: str) -> Message:
    return Message(
        "the sheets {first} and {last} are of several months and both have {account}: months are "
        "not added up to one, and none is a customer of its own; read one of them with --sheet "
        "{last}, or give each month a column, spend_01 to spend_12",
        first=quoted(first),
        last=quoted(last),
        account=quoted(account),
    )


def _all_months(db: duckdb.DuckDBPyConnection, meaning: Meaning, column: Column) -> bool:
    """Whether all cells of a column that nobody reads are months, or days, whatever its name."""
    if not column.free:
        return False
    cell = f"CAST(c{column.index} AS VARCHAR)"
    rows = relation(meaning.source, None)
    query = f"SELECT DISTINCT {cell} FROM {rows} WHERE {filled(cell)} LIMIT {_MOST_DAYS}"
    texts = [text for (text,) in db.execute(query).fetchall() if not says_total(text)]
    return bool(texts) and all(map(_TELLS.get(column.name, says_month), texts))


def _several(
    db: duckdb.DuckDBPyConnection, meaning: Meaning, account: Column, column: Column
) -> list[tuple[str, str, str]]:
    """The first account with several months, and two of them; none where each has one.

    Of the whole table, also where a limit takes only its first rows. Rows that sum up others are
    of no month, unless they are to be kept.
    """
    rows = Meaning(meaning.ask._replace(limit=None), meaning.source).relation()
    name, cell = f"c{account.index}", f"CAST(c{column.index} AS VARCHAR)"
    query = f"SELECT DISTINCT {cell} FROM {rows} WHERE {filled(cell)}"
    kept = meaning.ask.keep_totals
    texts = [t for (t,) in db.execute(query).fetchall() if kept or not says_total(t)]
    months = [period_of(text) for text in texts]
    if len(set(months)) <= 1:
        return []
    customer = filled(name) if kept else f"{filled(name)} AND NOT {says_sum(name)}"
    query = (
        f"INSERT INTO {APART} "
        f"SELECT {column.index}, {name}, arg_min(t, month), arg_max(t, month) FROM {rows} "
        f"JOIN (SELECT unnest($texts) AS t, unnest($months) AS month) ON {cell} = t "
        f"WHERE {customer} GROUP BY {name} HAVING count(DISTINCT month) > 1"
    )
    db.execute(query, {"texts": texts, "months": months})
    query = f"SELECT name, first, last FROM {APART} WHERE place = {column.index} ORDER BY 1 LIMIT 1"
    return db.execute(query).fetchall()
