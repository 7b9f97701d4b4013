"""The sheet of the rows that could not be quoted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from supportcli.advice.refusals import REFUSALS
from supportcli.batch.engine import Batch
from supportcli.batch.rejects import (
    CALLED_TITLES,
    REJECT_TITLES,
    SHEET_TITLE,
    names_customers,
    refused_rows,
)
from supportcli.inputs.tables.open import Prepared
from supportcli.language import Language
from supportcli.outputs.document.pages import LongTable, PageColumn
from supportcli.outputs.formats.xlsx_pages import MOST_SHEET_ROWS

_MOST_REFUSED = MOST_SHEET_ROWS - 1


def refused_table(batch: Batch, prepared: Prepared, count: int, language: Language) -> LongTable:
    """Each such row with what to write instead, as many as a sheet holds."""
    titles = [
        *([SHEET_TITLE] if prepared.sheets else []),
        *(CALLED_TITLES.values() if names_customers(batch) else ()),
        *REJECT_TITLES.values(),
    ]
    columns = tuple(PageColumn(language.say(title)) for title in titles)
    rows = islice(_rows(batch, prepared, language), _MOST_REFUSED)
    return LongTable(columns, rows, min(count, _MOST_REFUSED))


def _rows(batch: Batch, prepared: Prepared, language: Language) -> Iterator[tuple[object, ...]]:
    has_names = names_customers(batch)
    for each in refused_rows(batch, prepared):
        sheet, line = prepared.place(each.line)
        reason = language.say(REFUSALS[each.code])
        row = (line, each.column, reason, each.text, language.say(each.message))
        called = each.customer if has_names else ()
        yield (sheet, *called, *row) if prepared.sheets else (*called, *row)
