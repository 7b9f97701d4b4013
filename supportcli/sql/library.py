"""The statement by one call, for programs: what `supportcli sql` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from supportcli.advice.rules import MONTHLY, RowDefaults, Rules
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Month, parse_start
from supportcli.errors import Message, UsageError, quoted
from supportcli.needs.registry import Needs
from supportcli.sql.dialects.registry import DIALECTS
from supportcli.sql.notes import statement_notes
from supportcli.sql.statement import Form, Statement, Wanted


def sql_statement(
    catalogue: Catalogue,
    dialect: str,
    start: Month | str,
    *,
    table: Sequence[str] = ("customers",),
    columns: Mapping[str, str] | None = None,
    keys: Sequence[str] = ("account",),
    needs: Needs | None = None,
    months: int = 12,
    accounts: int = 1,
    reading: str | None = None,
    quantities: Mapping[str, Fraction] | None = None,
    form: Form = "select",
    name: Sequence[str] = ("support_advice",),
    decimals: int = 2,
) -> str:
    """The fees and the advice for each row of a table as one statement, its comments in English.

    `columns` leads from our names to the table's (default: monthly_spend; monthly_spend_minor in
    whole minor units where the engine has no decimals); what has no column is as `needs`, `months`,
    `accounts` and `reading` say. `table` and `name` are the parts of a qualified name.

    Raises:
        UsageError: no such engine, or one that cannot do it exactly or cannot hold a name.
    """
    if dialect not in DIALECTS:
        raise UsageError(
            Message("{text} is not one of: {known}", text=quoted(dialect), known=tuple(DIALECTS))
        )
    engine = DIALECTS[dialect]()
    if isinstance(start, str):
        day = parse_start(start)
        start = Month(day.year, day.month)
    rules = Rules.on(catalogue, start.first_day, reading)
    rules = rules._replace(catalogue=rules.catalogue.with_quantities(quantities or {}))
    asked = (needs or Needs()).of(catalogue)
    same = RowDefaults(rules, asked, start, months, accounts, quantities or {})
    usual = {MONTHLY: f"{MONTHLY}_minor" if engine.whole else MONTHLY}
    statement = Statement(
        Wanted(
            same=same,
            columns=usual if columns is None else columns,
            keys=tuple(keys),
            table=tuple(table),
            form=form,
            called=tuple(name),
            decimals=decimals,
        ),
        engine,
    )
    return statement.words([str(note) for note in statement_notes(statement, start.first_day)])
