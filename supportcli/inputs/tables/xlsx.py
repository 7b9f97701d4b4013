"""XLSX in: the rows of one sheet as text, each cell as its user sees it, or a reason why not.

The package openpyxl opens the workbook and knows its texts and date formats; the sheet itself is
walked here, because what matters is lost later: whether a formula has a stored result, how many
digits a number has, which rows are hidden.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.cell.text import Text
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.exceptions import InvalidFileException

from supportcli.errors import Message, quoted
from supportcli.inputs.tables.files import TableFile
from supportcli.inputs.tables.header import gap_notes
from supportcli.inputs.tables.rows import Prepared, Sink, TableError, TableOptions, clean, refuse
from supportcli.inputs.tables.xlsx_rows import (
    CellFault,
    SheetHeader,
    SheetReader,
    SheetRow,
    find_sheet_header,
    number_text,
)

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 200
LARGEST_WORKBOOK = 400 * 1024 * 1024
LARGEST_WORKBOOK_RATIO = 100
_SMALL = 20 * 1024 * 1024

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL, _VALUE, _FORMULA, _INLINE = (f"{_MAIN}{name}" for name in ("c", "v", "f", "is"))
_ROW, _MERGED = f"{_MAIN}row", f"{_MAIN}mergeCell"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    AttributeError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


def prepare_workbook(source: TableFile, folder: Path, options: TableOptions) -> Prepared:
    """The rows of the sheet asked for, or of the first visible one with a known column.

    Raises:
        TableError: damaged, too large, no such sheet, no known column, no rows.
    """
    try:
        _refuse_bomb(source)
        with source.path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _prepared(source, file, folder, options)
    except TableError:
        raise
    except _BROKEN:
        _refuse_damaged(source)
    except OSError as error:
        if error.errno is None:  # the package's own, for a workbook without its main part
            _refuse_damaged(source)
        raise


def _refuse_damaged(source: TableFile) -> NoReturn:
    refuse(source.shown, Message("is a damaged workbook; open it and save it again as .xlsx"))


def _refuse_bomb(source: TableFile) -> None:
    with zipfile.ZipFile(source.path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    most = max(_SMALL, LARGEST_WORKBOOK_RATIO * source.path.stat().st_size)
    if unpacked > min(LARGEST_WORKBOOK, most):
        refuse(
            source.shown,
            Message(
                "unpacks to {size} MiB, more than is read; save the sheet as CSV",
                size=unpacked // 1024**2,
            ),
        )


def _prepared(source: TableFile, file: IO[bytes], folder: Path, options: TableOptions) -> Prepared:
    book = load_workbook(file, read_only=True, keep_links=False)
    sheet, header = _chosen(book, source.shown, options)
    with Sink(folder) as sink:
        reader = SheetReader(source.shown, header, sink)
        for row in sheet.rows:
            reader.take(row)
        if not sink.rows + sink.rejected:
            refuse(source.shown, Message("has a header and no rows; add a row"))
    notes = []
    if len(book.sheetnames) > 1:
        notes.append(Message("read the sheet {name}", name=quoted(sheet.title)))
    if header.line > 1:
        text = Message("the header is on line {line}; what is above was skipped", line=header.line)
        notes.append(text)
    notes += [*header.notes, *gap_notes(header.names), *reader.notes(), *sheet.notes()]
    return sink.prepared(tuple(filter(None, header.names)), notes)


def _refuse_none(shown: str, filled: bool) -> NoReturn:
    if filled:
        refuse(shown, Message("has no known column in the first rows; check the header"))
    refuse(shown, Message("is empty; give a table with a header line"))


def _refuse_sheet(book: Any, shown: str, name: str | None) -> NoReturn:
    refuse(
        shown,
        Message(
            "has no sheet {name}; it has {sheets}",
            name=quoted(name or ""),
            sheets=tuple(map(quoted, book.sheetnames)),
        ),
    )


def _chosen(book: Any, shown: str, options: TableOptions) -> tuple[_SheetReader, SheetHeader]:
    """The sheet to read, its rows below the header still to come."""
    sheets = [each for each in book.worksheets if options.sheet in (None, each.title)]
    if not sheets:
        _refuse_sheet(book, shown, options.sheet)
    filled = False
    for each in sheets:
        if options.sheet or each.sheet_state == "visible":
            sheet = _SheetReader(book, each, shown)
            header = find_sheet_header(sheet.rows, options, shown)
            if header:
                return sheet, header
            filled = filled or sheet.filled
    _refuse_none(shown, filled)


class _SheetReader:
    """One sheet, walked once."""

    def __init__(self, book: Any, sheet: Any, shown: str) -> None:
        self.title: str = sheet.title
        self.filled = False
        self.merged = 0
        self._book = book
        self._texts = sheet._shared_strings  # noqa: SLF001
        self._path = sheet._worksheet_path  # noqa: SLF001
        self._shown = shown
        self.rows = self._walk()

    def notes(self) -> Iterator[Message]:
        """What to say once the whole sheet was read."""
        if self.merged:
            yield Message(
                "{count} merged areas: only the first cell of each has its value", count=self.merged
            )

    def _walk(self) -> Iterator[SheetRow]:
        number = 0
        with self._book._archive.open(self._path) as xml:  # noqa: SLF001
            for _, element in iterparse(xml, forbid_dtd=True):
                if element.tag == _MERGED:
                    self.merged += 1
                elif element.tag == _ROW:
                    number = self._number(element, number)
                    row = self._row(element, number)
                    element.clear()
                    yield row

    def _number(self, element: Element, before: int) -> int:
        number = int(element.get("r") or before + 1)
        if number <= before:
            raise ValueError("rows out of order")
        if number > _MOST_ROWS:
            refuse(self._shown, Message("has more than {most} rows; split it", most=_MOST_ROWS))
        return number

    def _row(self, element: Element, number: int) -> SheetRow:
        cells: dict[int, str | CellFault] = {}
        at = 0
        for cell in element.iter(_CELL):
            before = at
            at = self._column(cell, at)
            if at <= before:
                raise ValueError("cells out of order")
            value = self._value(cell)
            if value != "":
                cells[at] = value
        if cells and max(cells) > _MOST_COLUMNS:
            refuse(
                f"{self._shown}:{number}",
                Message("has more than {most} columns; remove some", most=_MOST_COLUMNS),
            )
        self.filled = self.filled or bool(cells)
        return SheetRow(number, cells, element.get("hidden") in ("1", "true"))

    def _column(self, cell: Element, before: int) -> int:
        place = cell.get("r")
        if place is None:
            return before + 1
        found = _PLACE.fullmatch(place)
        if not found:
            raise ValueError("a cell in no place")
        return column_index_from_string(found[1])

    def _value(self, cell: Element) -> str | CellFault:
        kind = cell.get("t", "n")
        raw = cell.findtext(_VALUE) or ""
        formula = cell.find(_FORMULA)
        if formula is not None and not raw and kind != "str":
            return CellFault("formula_without_value", f"={formula.text or ''}")
        if kind == "inlineStr":
            return _inline(cell)
        return self._converted(kind, raw, int(cell.get("s", 0))) if raw else ""

    def _converted(self, kind: str, raw: str, style: int) -> str | CellFault:
        match kind:
            case "s":
                return clean(str(self._texts[int(raw)]))
            case "str":
                return clean(raw)
            case "b":
                return "true" if int(raw) else "false"
            case "d":
                return _date(from_ISO8601(raw))  # type: ignore[no-untyped-call]
            case "n":
                return self._number_or_date(raw, style)
            case _:
                return CellFault("error_cell", raw)

    def _number_or_date(self, raw: str, style: int) -> str | CellFault:
        value = float(raw)
        if style not in self._book._date_formats:  # noqa: SLF001
            return number_text(value, raw)
        spans = self._book._timedelta_formats  # noqa: SLF001
        try:
            return _date(from_excel(value, self._book.epoch, timedelta=style in spans))
        except (OverflowError, ValueError):
            return CellFault("error_cell", raw)


def _inline(cell: Element) -> str:
    inline = cell.find(_INLINE)
    text: Any = None if inline is None else Text.from_tree(inline)  # type: ignore[arg-type]
    return clean(str(text.content)) if text else ""


def _date(value: object) -> str:
    """A day without a time as a day, anything else in the form of ISO 8601."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
