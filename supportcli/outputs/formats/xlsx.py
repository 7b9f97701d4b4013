"""Workbooks: pages that open as they are to be read, numbers as numbers, texts never formulas."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Self

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from supportcli.core.currencies import minor_digits
from supportcli.errors import Message, OutputError
from supportcli.outputs.document.model import Heading, Points, Sentence, Table
from supportcli.outputs.document.pages import (
    LongTable,
    Page,
    PageColumn,
    PageKind,
    PageTable,
)
from supportcli.text_width import cell_width

MOST_SHEET_ROWS = 1_048_576
LONGEST_CELL_TEXT = 32_767
_LARGEST = Decimal(10**13)  # more have not all of their digits in a sheet, which keeps fifteen
_DIGITS = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]{1,6})?")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_NARROW, _WIDE = 8, 48
_MEASURED = 500
_A4 = 9
_LINE = 15  # points, the usual height of a row
# Signs that a program shows the same in every country, with the language that tells whose they are.
_SIGNS = {
    "CNY": "[$¥-804]",
    "USD": "[$$-409]",
    "JPY": "[$¥-411]",
    "EUR": "[$€-2]",
    "GBP": "[$£-809]",
}


def money_format(currency: str) -> str:
    """The number format of amounts in a currency, with its sign or its code."""
    digits = minor_digits(currency)
    return (
        _SIGNS.get(currency, f"[${currency}] ") + "#,##0" + ("." + "0" * digits if digits else "")
    )


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
        self._styles = _Styles(self._book, currency)

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
        _PageWriter(sheet, self._styles, page.texts).write(page)

    def stream(self, sheet: Worksheet, table: LongTable) -> None:
        """Write a page that is one long table."""
        _TableWriter(sheet, self._styles, table).write()


class _Styles:
    """The formats of a workbook's cells, each made once."""

    def __init__(self, book: Workbook, currency: str) -> None:
        money = money_format(currency)
        self._codes: dict[PageKind, str] = {
            "text": "General",
            "kept": "@",
            "count": "#,##0_ ",
            "number": "#,##0.00####_ ",
            "money": f"{money}_ ",
            "difference": f"+{money}_ ;[Red]-{money}_ ;{money}_ ",
        }
        self._book = book
        self._made: dict[tuple[PageKind, bool], Format] = {}
        edge = {"bold": True, "bg_color": "#F2F2F2", "bottom": 1, "valign": "vcenter"}
        self.header = book.add_format({**edge, "text_wrap": True})
        self.figures = book.add_format({**edge, "text_wrap": True, "align": "right"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format({"bold": True})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, kind: PageKind, total: bool = False) -> Format:
        """How the values of a column are shown."""
        found = self._made.get((kind, total))
        if found is None:
            edge = {"bold": True, "top": 1} if total else {}
            found = self._book.add_format({"num_format": self._codes[kind], **edge})
            self._made[kind, total] = found
        return found


class _CellWriter:
    """Writes values into a sheet: numbers of digits as numbers, everything else as text."""

    def __init__(self, sheet: Worksheet, styles: _Styles) -> None:
        self.sheet = sheet
        self.styles = styles

    def of(self, kind: PageKind) -> _Write:
        """A function that writes a value of that kind to a row and a column, if it is one."""
        style = self.styles.of(kind)
        if kind in _TEXTS:
            shown = None if kind == "text" else style
            return lambda row, column, value: self.text(row, column, value, shown)
        number, text = self.sheet.write_number, self.text

        def write(row: int, column: int, value: object) -> None:
            found = value if value.__class__ is Decimal else _number(value)
            if found is None or not -_LARGEST < found < _LARGEST:
                text(row, column, value, style)
            else:
                # A decimal is written with its own digits, no float is made of it.
                number(row, column, found, style)  # type: ignore[call-overload]

        return write

    def text(self, row: int, column: int, value: object, style: Format | None) -> None:
        """A text as it is, whatever it looks like; nothing where there is none.

        Raises:
            OutputError: it is longer than a cell can hold.
        """
        if value is None or value == "":
            return
        if self.sheet.write_string(row, column, str(value), style):
            raise OutputError(
                Message(
                    "a sheet holds {count} characters in a cell at most; write CSV",
                    count=LONGEST_CELL_TEXT,
                )
            )

    def titles(self, row: int, columns: Sequence[PageColumn]) -> None:
        """The header of a table."""
        for at, column in enumerate(columns):
            style = self.styles.header if column.kind in _TEXTS else self.styles.figures
            self.text(row, at, column.title, style)

    def totals(
        self, row: int, columns: Sequence[PageColumn], total: str, formula: Callable[[int], str]
    ) -> None:
        """The sums of columns as formulas with their values, behind a word for them."""
        for at, column in enumerate(columns):
            style = self.styles.of(column.kind, total=True)
            if column.sum is not None:
                self.sheet.write_formula(row, at, formula(at), style, column.sum)
            elif at == 0:
                self.text(row, at, total, style)
            else:  # the line above the sums has no gap
                self.sheet.write_blank(row, at, None, style)


_TEXTS = ("text", "kept")
_Write = Callable[[int, int, object], None]


def _number(value: object) -> Decimal | None:
    """A value as a number: a whole one, or a text that is digits alone."""
    if isinstance(value, int | Decimal):
        return Decimal(value)
    return Decimal(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else None


class _PageWriter:
    """Writes a page from top to bottom."""

    def __init__(self, sheet: Worksheet, styles: _Styles, texts: int) -> None:
        self._cells = _CellWriter(sheet, styles)
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
        self._make_room({self._texts: text})
        self._cells.text(self._row, self._texts, text, self._styles.text)
        self._row += 1

    def _make_room(self, texts: Mapping[int, object]) -> None:
        """As many lines as the longest of a row's texts takes: not every program sees to it."""
        lines = max(
            (
                ceil(cell_width(str(text or "")) / self._widths[at])
                for at, text in texts.items()
                if at < len(self._widths)
            ),
            default=1,
        )
        if lines > 1:
            self._sheet.set_row(self._row, _LINE * lines)

    def _table(self, table: PageTable) -> None:
        if any(column.title for column in table.columns):
            self._cells.titles(self._row, table.columns)
            self._row += 1
        first = self._row
        texts = [at for at, column in enumerate(table.columns) if column.kind == "text"]
        for values in table.rows:
            self._make_room({at: values[at] for at in texts})
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


class _TableWriter:
    """Writes a table of any length, row by row."""

    def __init__(self, sheet: Worksheet, styles: _Styles, table: LongTable) -> None:
        self._cells = _CellWriter(sheet, styles)
        self._sheet = sheet
        self._table = table
        self._styles = styles
        self._summed = any(column.sum is not None for column in table.columns)
        self._first = 1 + self._summed
        self._widths = [cell_width(column.title) for column in table.columns]
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
        for at, width in enumerate(self._widths):
            sum_ = columns[at].sum
            wide = max(width, 0 if sum_ is None else len(f"{sum_:,}  "))
            sheet.set_column(at, at, min(max(wide + 2, _NARROW), _WIDE))
        sheet.freeze_panes(self._first, 1)
        sheet.autofilter(self._first - 1, 0, max(last, self._first), len(columns) - 1)
        everywhere = f"A1:{xl_col_to_name(len(columns) - 1)}{MOST_SHEET_ROWS}"
        sheet.ignore_errors({"number_stored_as_text": everywhere})
        sheet.repeat_rows(self._first - 1)
        _set_up(sheet)


def _set_up(sheet: Worksheet) -> None:
    """As it is to be printed: on its side, as wide as the paper."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
