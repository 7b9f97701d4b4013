"""The pages of a workbook: blocks and small tables, or one long table, ready to be printed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import ceil

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from supportcli.errors import Message, OutputError
from supportcli.outputs.document.model import Heading, Points, Sentence, Table
from supportcli.outputs.document.pages import LongTable, Page, PageColumn, PageTable
from supportcli.outputs.formats.xlsx_cells import CellStyles, CellWriter
from supportcli.text_width import cell_width, wrapped

MOST_SHEET_ROWS = 1_048_576
_NARROW, _WIDE = 8, 48
_MEASURED = 500
_A4 = 9
_LINE = 18  # points, which the higher of the Chinese fonts need
_LONG_TITLE = 16
_TITLE_LINES = 2
_LEGIBLE = 220  # as many characters as can be read across a page on its side


class PageWriter:
    """Writes a page from top to bottom."""

    def __init__(self, sheet: Worksheet, styles: CellStyles, texts: int) -> None:
        self._cells = CellWriter(sheet, styles)
        self._sheet = sheet
        self._styles = styles
        self._texts = texts
        self._widths: tuple[int, ...] = ()
        self._row = 0

    def write(self, page: Page) -> None:
        """All that stands on the page."""
        self._widths = page.widths
        for at, width in enumerate(page.widths):
            self._sheet.set_column(at, at, width)
        for block in page.content:
            match block:
                case Heading(text):
                    self._heading(text)
                case Sentence(text):
                    self._line(text)
                case Points(items):
                    for item in items:
                        self._line(item)
                case PageTable():
                    self._table(block)
                case Table(columns, rows):
                    titles = tuple(PageColumn(column.title) for column in columns)
                    self._table(PageTable(titles, tuple(row.cells for row in rows)))
        _set_up(self._sheet)

    def _heading(self, text: str) -> None:
        self._row += bool(self._row)
        style = self._styles.heading if self._row else self._styles.title
        self._cells.text(self._row, 0, text, style)
        self._row += 1

    def _line(self, text: str) -> None:
        """A sentence over all columns from the one of texts on: a cell alone would be too narrow.

        Of merged cells no program finds the height by itself.
        """
        first, last = self._texts, len(self._widths) - 1
        if text and first < last:
            self._sheet.merge_range(self._row, first, self._row, last, "", self._styles.text)
        self._make_room((text, sum(self._widths[first:])))
        self._cells.text(self._row, first, text, self._styles.text)
        self._row += 1

    def _make_room(self, *texts: tuple[object, int]) -> None:
        """As many lines as the longest of a row's texts takes: not every program sees to it."""
        lines = max((len(wrapped(str(text or ""), width)) for text, width in texts), default=1)
        if lines > 1:
            self._sheet.set_row(self._row, _LINE * lines)

    def _table(self, table: PageTable) -> None:
        if any(column.title for column in table.columns):
            self._cells.titles(self._row, table.columns)
            self._row += 1
        first = self._row
        texts = [
            (at, width)
            for at, (column, width) in enumerate(zip(table.columns, self._widths, strict=False))
            if column.kind == "text"
        ]
        for values in table.rows:
            self._make_room(*((values[at], width) for at, width in texts))
            for at, (value, column) in enumerate(zip(values, table.columns, strict=True)):
                if column.kind == "text":
                    self._cells.text(self._row, at, value, self._styles.text)
                else:
                    self._cells.of(column.kind)(self._row, at, value)
            self._row += 1
        if table.total:

            def formula(at: int) -> str:
                letters = xl_col_to_name(at)
                return f"=SUM({letters}{first + 1}:{letters}{self._row})"

            self._cells.totals(self._row, table.columns, table.total, formula)
            self._row += 1


class TableWriter:
    """Writes a table of any length, row by row."""

    def __init__(self, sheet: Worksheet, styles: CellStyles, table: LongTable) -> None:
        self._cells = CellWriter(sheet, styles)
        self._sheet = sheet
        self._table = table
        self._styles = styles
        self._summed = any(column.sum is not None for column in table.columns)
        self._first = 1 + self._summed
        self._widths = [_title_width(column.title) for column in table.columns]
        if self._summed:
            self._widths[0] = max(self._widths[0], cell_width(table.total))

    def write(self) -> None:
        """Sums, header and rows; then what makes them easy to read.

        Raises:
            OutputError: more rows than a sheet holds.
        """
        columns = self._table.columns
        if self._table.length + self._first > MOST_SHEET_ROWS:
            most = MOST_SHEET_ROWS - self._first
            raise OutputError(Message("a sheet holds {count} rows at most; write CSV", count=most))
        if self._summed:
            self._cells.totals(0, columns, self._table.total, self._formula)
        if any(cell_width(column.title) > _LONG_TITLE for column in columns):
            self._sheet.set_row(self._first - 1, _TITLE_LINES * _LINE)
        self._cells.titles(self._first - 1, columns)
        last = self._rows()
        self._finish(last)

    def _formula(self, at: int) -> str:
        letters = xl_col_to_name(at)
        last = self._first + max(self._table.length, 1)
        return f"=SUBTOTAL(109,{letters}{self._first + 1}:{letters}{last})"

    def _rows(self) -> int:
        """Write them; the number of the last one from 0."""
        writers = [self._cells.of(column.kind) for column in self._table.columns]
        row = self._first - 1
        for row, values in enumerate(self._table.rows, self._first):
            for at, (write, value) in enumerate(zip(writers, values, strict=True)):
                write(row, at, value)
            if row < _MEASURED:
                self._measure(values)
        return row

    def _measure(self, values: Iterable[object]) -> None:
        for at, value in enumerate(values):
            shown = f"{value:,}  " if isinstance(value, Decimal) else str(value or "")
            self._widths[at] = max(self._widths[at], cell_width(shown))

    def _finish(self, last: int) -> None:
        sheet, columns = self._sheet, self._table.columns
        widths = [self._width(at) for at in range(len(columns))]
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(self._first, 1)
        sheet.autofilter(self._first - 1, 0, max(last, self._first), len(columns) - 1)
        everywhere = f"A1:{xl_col_to_name(len(columns) - 1)}{MOST_SHEET_ROWS}"
        sheet.ignore_errors({"number_stored_as_text": everywhere})
        sheet.repeat_rows(self._first - 1)
        sheet.repeat_columns(0, 0)
        _set_up(sheet, ceil(sum(widths) / _LEGIBLE))

    def _width(self, at: int) -> int:
        sum_ = self._table.columns[at].sum
        wide = max(self._widths[at], 0 if sum_ is None else len(f"{sum_:,}  "))
        return min(max(wide + 3, _NARROW), _WIDE)


def _title_width(title: str) -> int:
    """How wide a title is to be, a long one on two lines."""
    wide = cell_width(title)
    if wide <= _LONG_TITLE:
        return wide
    widths = range(_LONG_TITLE, wide)
    return next((each for each in widths if len(wrapped(title, each)) <= _TITLE_LINES), wide)


def _set_up(sheet: Worksheet, pages: int = 1) -> None:
    """As it is to be printed: on its side, on so many pages beside each other."""
    sheet.set_default_row(_LINE)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(pages, 0)
