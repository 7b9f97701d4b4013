"""Results as an XLSX sheet: amounts as numbers, everything else as text that is no formula."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from supportcli.errors import Message, OutputError

_MOST_ROWS = 1_048_576


def write_sheet(path: Path, rows: Iterator[tuple[object, ...]]) -> int:
    """Write the rows, the header first; how many there are without it.

    The folder of the file gets the library's own temporary file too.

    Raises:
        OutputError: more rows than a sheet holds.
    """
    with _temporary_files_in(path.parent):
        return _written(path, rows)


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    usual, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = usual


def _written(path: Path, rows: Iterator[tuple[object, ...]]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("supportcli")
    count = -1
    for row in rows:
        count += 1
        if count >= _MOST_ROWS:
            raise OutputError(
                Message("a sheet holds {count} rows at most; write CSV", count=_MOST_ROWS)
            )
        sheet.append([_cell(sheet, value) for value in row])
    book.save(path)
    return count


def _cell(sheet: Any, value: object) -> object:
    if value is None or isinstance(value, (bool, int, Decimal)):
        return value
    cell = WriteOnlyCell(sheet, value=str(value))
    cell.data_type = "s"
    return cell
