"""The cells of a workbook as lines of text, and what a sheet that nobody sees carries."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as Tree

from supportcli.patterns import regex
from supportcli.record import NamedTuple

CARRIER = "supportcli"
"""The name of the sheet that nobody sees."""
_LARGEST = 64 * 1024 * 1024
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BREAKS = regex(r"[\r\n]+")
_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")


class SheetTexts(NamedTuple):
    """What is seen, a line for each cell (where, value, formula), and what is carried."""

    seen: str
    carried: str


def sheet_texts(content: bytes) -> SheetTexts:
    """The cells of a workbook.

    Raises:
        ValueError: it is no workbook, or a larger one than is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if sum(each.file_size for each in book.infolist()) > _LARGEST:
                raise ValueError("larger than is read")
            return _texts(book)
    except (zipfile.BadZipFile, KeyError, Tree.ParseError, RuntimeError, IndexError) as error:
        raise ValueError("no workbook") from error


def _texts(book: zipfile.ZipFile) -> SheetTexts:
    shared, seen, carried = _shared(book), [], ""
    for name, path in _sheets(book):
        cells = list(_cells(_tree(book, path), shared))
        if name == CARRIER:
            carried = _joined(value for _, value, _ in cells)
        else:
            seen += [" ".join(f"{name}!{at} {v} {f}".split()) for at, v, f in cells]
    return SheetTexts("\n".join(seen), carried)


def _joined(pieces: Iterable[str]) -> str:
    """What is carried; other programs break a long text of a cell where they like."""
    return _BREAKS.sub("", "".join(pieces)).replace("{", "\n{", 1).replace("-->", "\n-->")


def _tree(book: zipfile.ZipFile, path: str) -> Tree.Element:
    content = book.read(path)
    if b"<!DOCTYPE" in content:
        raise ValueError("declares entities")
    return Tree.fromstring(content)  # noqa: S314 - without declarations nothing can expand


def _sheets(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and where it is kept."""
    links = _tree(book, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in _tree(book, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_ID)].removeprefix("/xl/")
        yield sheet.get("name", ""), f"xl/{target}"


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [_text(each) for each in _tree(book, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(of: Tree.Element) -> str:
    whole = "".join(part.text or "" for part in of.iter(f"{_MAIN}t"))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), whole)


def _cells(sheet: Tree.Element, shared: list[str]) -> Iterator[tuple[str, str, str]]:
    """Where each cell that is not empty stands, its value and its formula."""
    for cell in sheet.iter(f"{_MAIN}c"):
        value, formula = _value(cell, shared), cell.findtext(f"{_MAIN}f") or ""
        if value or formula:
            yield cell.get("r", ""), value, formula and f"={formula}"


def _value(cell: Tree.Element, shared: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v")
    if kind == "inlineStr":
        return _text(cell)
    if kind == "s":
        return shared[int(value or 0)]
    return f"{float(value):.15g}" if kind == "n" and value else value or ""
