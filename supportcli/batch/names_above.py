"""Rows without a name below one that has it, as in a table of products by customer, as SQL."""

from __future__ import annotations

from collections.abc import Sequence

from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.totals import TOTAL
from supportcli.sql.dialects.base import text

_BLANKS = r"[\s\x{a0}\x{3000}]*"
_AMOUNT = "^[^0-9０-９]{0,4}[0-9０-９]"
_DATE = r"[0-9]{4}\s*[-/年]"


def filled(cell: str) -> str:
    """Whether a cell has a text."""
    return f"coalesce(NOT regexp_full_match({cell}, {text(_BLANKS)}), false)"


def named_from_above(
    lined: str, account: Column, sums: Sequence[str], limit: int | None = None
) -> str:
    """Rows that have a `line`, those without a name with the name above them.

    A row that sums up others has no customer, and none has its name from one that does. The limit
    is that of customers, not of rows.
    """
    cell = f"c{account.index}"
    name = f"CASE WHEN {filled(cell)} THEN {cell} ELSE {_inherited(sums)} END"
    rows = f"(SELECT * EXCLUDE (above) REPLACE ({name} AS {cell}) FROM {_with_above(lined, cell)})"
    if limit is None:
        return rows
    key = f"coalesce({cell}, '')"
    first = f"SELECT {key} FROM {rows} GROUP BY 1 ORDER BY min(line) LIMIT {limit}"
    return f"(SELECT * FROM {rows} WHERE {key} IN ({first}))"


def nameless(
    lined: str,
    account: Column,
    customer: Column | None,
    sums: Sequence[str],
    spends: Sequence[Column],
) -> str:
    """The query for how many rows with a spend would have a name from above, and the first.

    A row with another customer's name than the row with the account above it is that customer's.
    """
    cell = f"c{account.index}"
    spent = " OR ".join(_like_an_amount(f"c{column.index}") for column in spends)
    return (
        f"SELECT count(*), arg_min(name, line), min(line) FROM (SELECT line, "
        f"{_inherited(sums)} AS name FROM {_with_above(lined, cell, customer)} "
        f"WHERE NOT {filled(cell)} AND ({spent}){_same(customer)}) WHERE name IS NOT NULL"
    )


def _like_an_amount(cell: str) -> str:
    """Not a word, nor a date, as below a list: they are nobody's spend."""
    return (
        f"(regexp_matches({cell}, {text(_AMOUNT)}) AND NOT regexp_matches({cell}, {text(_DATE)}))"
    )


def _same(customer: Column | None) -> str:
    """Whether a row may be the customer's above it, as a condition beside others."""
    if customer is None:
        return ""
    cell = f"c{customer.index}"
    return f" AND (NOT {filled(cell)} OR {cell} IS NOT DISTINCT FROM above_called)"


def _with_above(lined: str, cell: str, customer: Column | None = None) -> str:
    """The rows with the last account there is at or above each, and its customer's name."""
    own = f"CASE WHEN {filled(cell)} THEN {cell} END"
    over = "IGNORE NULLS) OVER (ORDER BY line ROWS UNBOUNDED PRECEDING)"
    above = f"last_value({own} {over} AS above"
    if customer is not None:
        called = f"CASE WHEN {filled(cell)} THEN c{customer.index} END"
        above += f", last_value({called} {over} AS above_called"
    return f"(SELECT *, {above} FROM {lined})"


def _inherited(sums: Sequence[str]) -> str:
    total = f"regexp_full_match(above, {text(TOTAL)})"
    return f"CASE WHEN {' OR '.join([total, *sums])} THEN NULL ELSE above END"
