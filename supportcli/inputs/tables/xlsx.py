"""XLSX in: the rows of one sheet as text, each cell as its user sees it, or a reason why not.

The sheet is walked here and not by the package openpyxl, which knows what dates are: what matters
is lost later there, whether a formula has a stored result, how many digits a number has, which rows
are hidden.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError

from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from supportcli.errors import Message, quoted
from supportcli.inputs.tables.files import TableFile
from supportcli.inputs.tables.header import check_width, gap_notes
from supportcli.inputs.tables.rows import Prepared, Sink, TableError, TableOptions, clean, refuse
from supportcli.inputs.tables.xlsx_book import MAIN, WorkbookParts, WorkbookSheet, words_of
from supportcli.inputs.tables.xlsx_rows import (
    CellFault,
    SheetHeader,
    SheetReader,
    SheetRow,
    find_sheet_header,
    number_text,
)

MOST_ROWS = 1_048_576
LARGEST_WORKBOOK = 400 * 1024 * 1024
LARGEST_WORKBOOK_RATIO = 100
_SMALL = 20 * 1024 * 1024

_CELL, _VALUE, _FORMULA, _INLINE = (f"{MAIN}{name}" for name in ("c", "v", "f", "is"))
_ROW, _MERGED = f"{MAIN}row", f"{MAIN}mergeCell"
_IN_A_ROW = {_CELL, _VALUE, _FORMULA, _INLINE, f"{MAIN}r", f"{MAIN}t"}
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_WHOLE = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
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
        with source.path.open("rb") as file, zipfile.ZipFile(file) as archive:
            return _prepared(source, WorkbookParts(archive, source), folder, options)
    except TableError:
        raise
    except _BROKEN:
        _refuse_damaged(source)


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


def _prepared(
    source: TableFile, book: WorkbookParts, folder: Path, options: TableOptions
) -> Prepared:
    sheet, header = _chosen(book, options)
    with Sink(folder) as sink:
        reader = SheetReader(source.shown, header, sink)
        for row in sheet.rows:
            reader.take(row)
        if not sink.rows + sink.rejected:
            refuse(source.shown, Message("has a header and no rows; add a row"))
    notes = []
    if len(book.sheets) > 1:
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


def _chosen(book: WorkbookParts, options: TableOptions) -> tuple[_SheetReader, SheetHeader]:
    """The sheet to read, its rows below the header still to come."""
    filled = False
    for each in book.wanted(options.sheet):
        sheet = _SheetReader(book, each)
        header = find_sheet_header(sheet.rows, options, book.shown)
        if header:
            return sheet, header
        filled = filled or sheet.filled
    _refuse_none(book.shown, filled)


class _SheetReader:
    """One sheet, walked once."""

    def __init__(self, book: WorkbookParts, sheet: WorkbookSheet) -> None:
        self.title = sheet.name
        self.filled = False
        self.merged = 0
        self._book = book
        self._part = sheet.part
        self._shown = book.shown
        self.rows = self._walk()

    def notes(self) -> Iterator[Message]:
        """What to say once the whole sheet was read."""
        if self.merged:
            yield Message(
                "{count} merged areas: only the first cell of each has its value", count=self.merged
            )

    def _walk(self) -> Iterator[SheetRow]:
        number = 0
        for element in self._book.elements(self._part):
            if element.tag == _ROW:
                number = self._number(element, number)
                row = self._row(element, number)
                element.clear()
                yield row
            elif element.tag not in _IN_A_ROW:
                self.merged += element.tag == _MERGED
                element.clear()

    def _number(self, element: Element, before: int) -> int:
        number = _whole(element.get("r") or str(before + 1))
        if number <= before:
            refuse(
                f"{self._shown}:{number}",
                Message("the row comes twice or out of order; open it and save it again as .xlsx"),
            )
        if number > MOST_ROWS:
            refuse(self._shown, Message("has more than {most} rows; split it", most=MOST_ROWS))
        return number

    def _row(self, element: Element, number: int) -> SheetRow:
        cells: dict[int, str | CellFault] = {}
        at = 0
        for cell in element.iter(_CELL):
            before = at
            at = self._column(cell, number, at)
            if at <= before:
                refuse(
                    f"{self._shown}:{number}",
                    Message(
                        "a cell comes twice or out of order; open it and save it again as .xlsx"
                    ),
                )
            value = self._value(cell)
            if value != "":
                cells[at] = value
        check_width(max(cells, default=0), f"{self._shown}:{number}")
        self.filled = self.filled or bool(cells)
        return SheetRow(number, cells, element.get("hidden") in ("1", "true"))

    def _column(self, cell: Element, row: int, before: int) -> int:
        place = cell.get("r")
        if place is None:
            return before + 1
        found = _PLACE.fullmatch(place)
        if not found or int(found[2]) != row:
            raise ValueError("a cell in no place")
        return column_index_from_string(found[1])

    def _value(self, cell: Element) -> str | CellFault:
        kind = cell.get("t", "n")
        raw = cell.findtext(_VALUE) or ""
        formula = cell.find(_FORMULA)
        if formula is not None and not raw and kind != "str":
            return CellFault("formula_without_value", f"={formula.text or ''}")
        if kind == "inlineStr":
            inline = cell.find(_INLINE)
            return "" if inline is None else clean(words_of(inline))
        return self._converted(kind, raw, _whole(cell.get("s", "0"))) if raw else ""

    def _converted(self, kind: str, raw: str, style: int) -> str | CellFault:
        match kind:
            case "s":
                return clean(self._book.texts[_whole(raw)])
            case "str":
                return clean(raw)
            case "b":
                return "true" if _whole(raw) else "false"
            case "d":
                return _date(from_ISO8601(raw))  # type: ignore[no-untyped-call]
            case "n":
                return self._number_or_date(raw, style)
            case _:
                return CellFault("error_cell", raw)

    def _number_or_date(self, raw: str, style: int) -> str | CellFault:
        if raw.lower().lstrip("+-") in ("nan", "inf", "infinity"):
            return CellFault("error_cell", raw)
        if not _NUMBER.fullmatch(raw):
            raise ValueError("no number")
        value = float(raw)
        if style not in self._book.formats.dates:
            return number_text(value, raw)
        epoch = MAC_EPOCH if self._book.from_1904 else WINDOWS_EPOCH
        try:
            return _date(from_excel(value, epoch, timedelta=style in self._book.formats.spans))
        except (OverflowError, ValueError):
            return CellFault("error_cell", raw)


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError("no whole number")
    return int(text)


def _date(value: object) -> str:
    """A day without a time as a day, anything else in the form of ISO 8601."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
