"""The statement by one call, for programs: what `supportcli sql` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from supportcli.advice.bounds import one_of, several, whole
from supportcli.advice.rules import MONTHLY, RowDefaults
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Month
from supportcli.errors import UsageError
from supportcli.needs.registry import Needs
from supportcli.sql.dialects.registry import DIALECTS
from supportcli.sql.notes import statement_notes
from supportcli.sql.request import MEANINGS, Form, Wanted
from supportcli.sql.statement import Statement

_ARGUMENTS = {
    "--table": "table",
    "--key": "keys",
    "--map": "columns",
    "--name": "name",
    "--plans": "catalogue",
    "--dialect": "dialect",
}
"""What a program calls that which a flag of the command line says."""


def sql_statement(
    catalogue: Catalogue,
    dialect: str,
    start: Month | str,
    *,
    table: str | Sequence[str] = ("customers",),
    columns: Mapping[str, str] | None = None,
    keys: str | Sequence[str] = ("account",),
    needs: Needs | None = None,
    months: int = 12,
    accounts: int = 1,
    reading: str | None = None,
    quantities: Mapping[str, Fraction] | None = None,
    form: Form = "select",
    name: str | Sequence[str] = ("support_advice",),
    decimals: int = 2,
    include_doubtful: bool = False,
) -> str:
    """The fees and the advice for each row of a table as one statement, its comments in English.

    `columns` leads from our names to the table's (default: monthly_spend; monthly_spend_minor in
    whole minor units where the engine has no decimals); what has no column is as `needs`, `months`,
    `accounts` and `reading` say. `table` and `name` are the parts of a qualified name.

    Raises:
        UsageError: no such engine, name or number; an engine that cannot do it exactly, or cannot
            hold a name.
    """
    one_of(dialect, DIALECTS)
    engine = DIALECTS[dialect]()
    same = RowDefaults.of(
        catalogue, start, needs, months, accounts, reading, quantities, include_doubtful
    )
    usual = {MONTHLY: f"{MONTHLY}_minor" if engine.whole else MONTHLY}
    for meaning in columns or {}:
        one_of(meaning, MEANINGS)
    one_of(form, engine.forms)
    wanted = Wanted(
        same=same,
        columns=usual if columns is None else columns,
        keys=several(keys),
        table=several(table) if form != "function" else (),
        form=form,
        called=several(name),
        decimals=whole(decimals, 0, 6),
    )
    try:
        statement = Statement(wanted, engine)
    except UsageError as error:
        raise UsageError(
            [one._replace(where=_ARGUMENTS.get(one.where, one.where)) for one in error.problems]
        ) from None
    return statement.words([str(note) for note in statement_notes(statement, same.start.first_day)])
