"""Workbooks: pages that open as they are to be read, numbers as numbers, texts never formulas."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from supportcli.outputs.document.pages import LongTable, Page
from supportcli.outputs.formats.xlsx_cells import CellStyles
from supportcli.outputs.formats.xlsx_pages import PageWriter, TableWriter
from supportcli.patterns import regex

_FORBIDDEN = regex(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


class WorkbookFile:
    """A workbook that is written page by page, little of it kept in memory.

    Args:
        path: where it goes when it is saved.
        folder: for temporary files.
        currency: of all amounts.
        made: the day that it says it was made on.

    Raises:
        OutputError: a page has more rows than a sheet, or longer texts than a cell.
    """

    def __init__(self, path: Path, folder: Path, currency: str, made: datetime.date) -> None:
        options = {"constant_memory": True, "tmpdir": str(folder), "use_zip64": True}
        self._book = Workbook(str(path), options)
        self._book.set_properties({"created": datetime.datetime.combine(made, datetime.time())})
        self._styles = CellStyles(self._book, currency)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the temporary files back; what was not saved is not there."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Write the whole file.

        Raises:
            OSError: it cannot be written.
        """
        try:
            self._book.close()
        except FileCreateError as error:
            [cause] = error.args
            raise cause from error

    def sheet(self, name: str) -> Worksheet:
        """The next sheet, still empty; others may be filled first."""
        return self._book.add_worksheet(_FORBIDDEN.sub(" ", name)[:_LONGEST_NAME])

    def fill(self, sheet: Worksheet, page: Page) -> None:
        """Write a page of blocks and small tables."""
        PageWriter(sheet, self._styles, page.texts).write(page)

    def stream(self, sheet: Worksheet, table: LongTable) -> None:
        """Write a page that is one long table."""
        TableWriter(sheet, self._styles, table).write()
