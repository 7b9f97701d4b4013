"""What a statement is asked for, as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from supportcli.advice.rules import BOUNDS, MONTHLY, SERIES, RowDefaults
from supportcli.needs.registry import KINDS, ROW_COLUMNS
from supportcli.record import NamedTuple

Form = Literal["select", "view", "function"]

NEEDS = {column.name: column for column in ROW_COLUMNS}
TOGETHER: Mapping[str, tuple[str, ...]] = {
    column.name: tuple(one.name for one in kind.row if not one.belongs)
    for kind in KINDS
    for column in kind.row
    if not column.belongs
}
"""The columns of one need, by each of their names: what a row says in one of them, it says in all.
"""
TYPES: Mapping[str, str] = {
    **{name: column.type for name, column in NEEDS.items()},
    "accounts": "INTEGER",
    "months": "INTEGER",
    "plan": "TEXT",
    "reading": "TEXT",
    "current_plan": "TEXT",
}
"""The type of a column by what it holds; of a spend's each dialect has its own."""
MEANINGS = (MONTHLY, *SERIES, *TYPES)
"""What a column can be said to hold."""


class Wanted(NamedTuple):
    """What the statement is to do: for which rows, from which columns of which table.

    `same` is what holds for a row that does not say otherwise; `columns` leads from our names to
    the table's. `decimals` are those that a spend may have.
    """

    same: RowDefaults
    columns: Mapping[str, str]
    keys: tuple[str, ...]
    table: tuple[str, ...]
    form: Form
    called: tuple[str, ...]
    decimals: int

    @property
    def spends(self) -> list[str]:
        """The spends that the table has, month by month; the last holds for all further months."""
        return [meaning for meaning in (MONTHLY, *SERIES) if meaning in self.columns]

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The columns that are carried; a function is given none."""
        return () if self.form == "function" else self.keys

    @property
    def longest_term(self) -> int:
        """The longest term of a row, in months."""
        return BOUNDS["months"][1] if "months" in self.columns else self.same.months

    @property
    def most_accounts(self) -> int:
        """The most accounts of a row."""
        return BOUNDS["accounts"][1] if "accounts" in self.columns else self.same.accounts
