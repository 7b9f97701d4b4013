"""The parts of a workbook beside its rows: its sheets, its texts, which styles show a date.

A few bytes can unpack to millions of elements, so all that is read of a file is counted.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import IO, Literal, NamedTuple, NoReturn
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from supportcli.errors import Message, quoted
from supportcli.inputs.tables.files import TableFile
from supportcli.inputs.tables.rows import refuse

MOST_ELEMENTS = 500_000
ELEMENTS_A_BYTE = 4
LONGEST_SILENCE = 1024**2
LONGEST_FORMAT = 255
_MOST_NAMED = 20
_MOST_TRIED = 50

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_TO_PART = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ITEM, _RUN, _TEXT = (f"{MAIN}{name}" for name in ("si", "r", "t"))
_BOOK = "xl/workbook.xml"

Lack = Literal["", "elsewhere", "missing", "chart"]


class WorkbookSheet(NamedTuple):
    """A sheet by its name: the part that it is in, or why it has no rows to give."""

    name: str
    visible: bool
    part: str
    lack: Lack


class Formats(NamedTuple):
    """The numbers of the cell styles that show a date, and among them a span of time."""

    dates: frozenset[int]
    spans: frozenset[int]


class _Link(NamedTuple):
    kind: str
    part: str
    outside: bool


class _Watched(io.BufferedIOBase):
    """A part as it is read; one that goes on and on without an element's end is no sheet."""

    def __init__(self, part: IO[bytes]) -> None:
        self.part = part
        self.silent = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes.

        Raises:
            ValueError: a single text, attribute or nesting is longer than any that is meant.
        """
        found = self.part.read(-1 if size is None else size)
        self.silent += len(found)
        if self.silent > LONGEST_SILENCE:
            raise ValueError("an element without an end")
        return found


class WorkbookParts:
    """A workbook whose parts are read one by one.

    Raises:
        TableError: more elements than a file of that size needs.
    """

    def __init__(self, archive: zipfile.ZipFile, source: TableFile) -> None:
        self.shown = source.shown
        self.sheets: tuple[WorkbookSheet, ...] = ()
        self.from_1904 = False
        self._archive = archive
        self._left = MOST_ELEMENTS + ELEMENTS_A_BYTE * source.path.stat().st_size
        self._names = {name.lower(): name for name in archive.namelist()}
        if len(self._names) < len(archive.namelist()):
            raise ValueError("a part is there twice")
        self._links = self._read_links()
        self._read_book()

    def elements(self, part: str) -> Iterator[Element]:
        """The elements of a part, each as it ends; what is done with is to be cleared."""
        with self._archive.open(self._names[part.lower()]) as content:
            watched = _Watched(content)
            for _, element in iterparse(watched, forbid_dtd=True):
                watched.silent = 0
                self._left -= 1
                if self._left < 0:
                    message = Message("holds far more than a sheet of its size; save it as CSV")
                    refuse(self.shown, message)
                yield element

    def wanted(self, name: str | None) -> Iterator[WorkbookSheet]:
        """The sheet of that name, or those that are shown and can have a table.

        Raises:
            TableError: there is none, or it is not in the file.
        """
        if not self.sheets:
            refuse(self.shown, Message("has no sheets; open it and save it again as .xlsx"))
        if name is None:
            found = [sheet for sheet in self.sheets if sheet.visible and sheet.lack != "chart"]
        else:
            found = [sheet for sheet in self.sheets if sheet.name == name]
        if not found:
            self._refuse_none(name)
        for sheet in found[:_MOST_TRIED]:
            if sheet.lack:
                refuse(self.shown, _lack_message(sheet))
            yield sheet

    def _refuse_none(self, name: str | None) -> NoReturn:
        if name is None:
            refuse(self.shown, Message("shows no sheet with cells; name a hidden one with --sheet"))
        sheets = tuple(quoted(sheet.name) for sheet in self.sheets[:_MOST_NAMED])
        known = {"name": quoted(name), "sheets": sheets}
        left = len(self.sheets) - len(sheets)
        refuse(
            self.shown,
            Message("has no sheet {name}; it has {sheets} and {count} more", **known, count=left)
            if left
            else Message("has no sheet {name}; it has {sheets}", **known),
        )

    @cached_property
    def texts(self) -> list[str]:
        """The texts that cells share, by their numbers."""
        found = []
        part = self._part("sharedStrings", "xl/sharedStrings.xml")
        for element in self.elements(part) if part else ():
            if element.tag == _ITEM:
                found.append(words_of(element).replace("x005F_", ""))
                element.clear()
        return found

    @cached_property
    def formats(self) -> Formats:
        """Which cell styles show a number as a date."""
        part = self._part("styles", "xl/styles.xml")
        codes = dict(BUILTIN_FORMATS)
        used: list[int] = []
        for element in self.elements(part) if part else ():
            match element.tag.removeprefix(MAIN):
                case "numFmt":
                    codes[int(element.get("numFmtId", ""))] = element.get("formatCode", "")
                case "xf":
                    used.append(int(element.get("numFmtId", "0")))
                case "cellStyleXfs":  # those of named styles
                    used.clear()
                case "cellXfs":
                    break
            element.clear()
        short = {n: codes[n] for n in set(used) & codes.keys() if len(codes[n]) <= LONGEST_FORMAT}
        dates = {number for number, code in short.items() if is_date_format(code)}
        spans = {number for number, code in short.items() if is_timedelta_format(code)}
        return Formats(
            frozenset(at for at, number in enumerate(used) if number in dates),
            frozenset(at for at, number in enumerate(used) if number in spans),
        )

    def _part(self, kind: str, usual: str) -> str | None:
        named = (link.part for link in self._links.values() if link.kind == kind)
        return next((part for part in (*named, usual) if part.lower() in self._names), None)

    def _read_links(self) -> dict[str, _Link]:
        """The parts that the workbook names, by the words that it has for them."""
        links = {}
        for element in self.elements("xl/_rels/workbook.xml.rels"):
            target, kind = element.get("Target", ""), element.get("Type", "")
            links[element.get("Id", "")] = _Link(
                kind.rpartition("/")[2],
                posixpath.normpath(posixpath.join("/xl", target)).lstrip("/"),
                element.get("TargetMode") == "External",
            )
        return links

    def _read_book(self) -> None:
        sheets = []
        for element in self.elements(_BOOK):
            if element.tag.startswith(_STRICT):
                message = Message("is a Strict Open XML workbook; save it as a usual .xlsx")
                refuse(self.shown, message)
            if element.tag == f"{MAIN}sheet":
                sheets.append(self._sheet(element))
            elif element.tag == f"{MAIN}workbookPr":
                self.from_1904 = element.get("date1904") in ("1", "true")
            element.clear()
        self.sheets = tuple(sheets)
        parts = [sheet.part for sheet in sheets if not sheet.lack]
        if len(set(parts)) < len(parts):
            raise ValueError("two sheets in one part")

    def _sheet(self, element: Element) -> WorkbookSheet:
        link = self._links.get(element.get(_TO_PART, ""))
        lack: Lack = ""
        if link is None or (link.part.lower() not in self._names and not link.outside):
            lack = "missing"
        elif link.outside:
            lack = "elsewhere"
        elif link.kind != "worksheet":
            lack = "chart"
        visible = element.get("state", "visible") == "visible"
        return WorkbookSheet(element.get("name", ""), visible, link.part if link else "", lack)


def words_of(element: Element) -> str:
    """The text of a cell or of an item of the shared texts, without its marks of pronunciation."""
    parts = []
    for child in element:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _RUN:
            parts.append(child.findtext(_TEXT) or "")
    return "".join(parts)


def _lack_message(sheet: WorkbookSheet) -> Message:
    """Why a sheet has no rows to give, and what to do."""
    name = quoted(sheet.name)
    match sheet.lack:
        case "elsewhere":
            return Message("the sheet {name} is in another file; copy it into this one", name=name)
        case "chart":
            return Message("the sheet {name} is no table; name another with --sheet", name=name)
        case _:
            return Message(
                "the sheet {name} is missing in the file; open it and save it again as .xlsx",
                name=name,
            )
