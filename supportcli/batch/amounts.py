"""What the amounts of a table are in, once its cells are known too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from supportcli.advice.batch_summary import AmountColumn, Amounts
from supportcli.advice.rules import SPENDS
from supportcli.batch.engine import Batch
from supportcli.batch.request import Ask, TableSource
from supportcli.inputs.customers.row_units import unit_note, units_in
from supportcli.inputs.customers.schema import Column, Understood
from supportcli.record import replace


def with_units(
    ask: Ask, source: TableSource, understood: Understood, folder: Path
) -> tuple[TableSource, Understood]:
    """With the units that a column names, or without that column where it names none.

    Raises:
        RaggedError: the engine cannot split the file into its columns.
    """
    column = next((each for each in source.columns if each.meaning == "unit"), None)
    if column is None:
        return source, understood
    with Batch(ask, source, folder) as batch:
        texts = batch.texts(column)
    units = units_in(texts, ask.same.rules.catalogue.currency)
    columns = source.columns
    if units is None:
        columns = tuple(replace(c, meaning=None) if c is column else c for c in columns)
    note = unit_note(column.name, units)
    told = (*understood.units, *([note] if units else []))
    understood = understood._replace(columns=columns, notes=(*understood.notes, note), units=told)
    return source._replace(columns=columns, units=units), understood


def amounts_of(columns: Sequence[Column]) -> Amounts:
    """What the columns of spend are in, and which columns say more of each row."""
    named = {column.meaning: column.name for column in columns}
    spends = (column for column in columns if column.meaning in SPENDS)
    return Amounts(
        tuple(AmountColumn(each.name, each.factor, each.currency) for each in spends),
        named.get("unit"),
        named.get("currency"),
    )


def carried(columns: Sequence[Column], grouped: str | None) -> tuple[str, ...]:
    """The names of the columns that nothing is read from; by one of them rows may be grouped."""
    return tuple(c.name for c in columns if c.carried and c.name != grouped)
