"""A workbook's file: its sheets by name, and what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from supportcli.inputs.workbook.cells import CellValue, SheetCell
from supportcli.inputs.workbook.comments import Comment, comments_in
from supportcli.inputs.workbook.merged import MergedArea, merged_areas
from supportcli.inputs.workbook.package import BrokenError, Package, Relation, local
from supportcli.inputs.workbook.page_texts import PageTexts
from supportcli.inputs.workbook.sheet import Shared, WorkbookSheet
from supportcli.inputs.workbook.styles import Styles
from supportcli.inputs.workbook.texts import Texts
from supportcli.record import NamedTuple

_USUAL = {
    "officeDocument": "xl/workbook.xml",
    "styles": "xl/styles.xml",
    "sharedStrings": "xl/sharedStrings.xml",
}


SheetLack = Literal["", "missing", "elsewhere", "chart"]


class SheetName(NamedTuple):
    """A sheet: its name, its part, whether it is shown, and why it has no rows to give if so."""

    name: str
    part: str
    visible: bool
    lack: SheetLack


class BesideRows(NamedTuple):
    """What a sheet has beside its rows.

    The merged areas that are more than a row high, by their first rows; the lines that it is
    printed with above and below; and the comments on its cells.
    """

    merged: Mapping[int, list[MergedArea]]
    printed: tuple[str, ...]
    comments: tuple[Comment, ...]


class Workbook:
    """An open workbook, in either of the two standards' namespaces.

    Args:
        path: of a file that may be hostile; what is unpacked from it has a bound.
        read: makes of a text the value of a cell, or a cell with a fault.
        typed: whether every number is to come as a cell, so that it can be told from a text.

    Raises:
        BrokenError: a part that is needed is missing or damaged.
        TooLargeError: it unpacks to far more than its size explains.
    """

    def __init__(self, path: Path, read: Callable[[str], CellValue], typed: bool = False) -> None:
        self._package = Package(path)
        try:
            self._open(read, typed)
        except BaseException:
            self._package.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._package.close()

    def _open(self, read: Callable[[str], CellValue], typed: bool) -> None:
        main = self._part(self._package.relations(""), "officeDocument")
        if not main:
            raise BrokenError(_USUAL["officeDocument"])
        related = self._package.relations(main)
        self.sheets, since_1904, calculated = self._listed(main, related)
        styles = Styles()
        if part := self._part(related, "styles"):
            styles.load(self._package, part)
        part = self._part(related, "sharedStrings")
        texts = Texts[SheetCell](read, part or _USUAL["sharedStrings"])
        if part:
            texts.load(self._package)
        self._shared = Shared(self._package, texts, styles, since_1904, read, typed, calculated)

    def sheet(self, name: SheetName) -> WorkbookSheet:
        """A sheet, none of it read yet."""
        return WorkbookSheet(self._shared, name.part)

    def beside_rows(self, name: SheetName) -> BesideRows:
        """What a sheet has beside its rows.

        Raises:
            BrokenError: its part is damaged, or one with its comments.
        """
        pages = PageTexts()
        merged = merged_areas(pages.watch(self._package.unpacked(name.part)))
        related = self._package.relations(name.part)
        notes, threads = (
            tuple(dict.fromkeys(self._parts(related, kind)))
            for kind in ("comments", "threadedComment")
        )
        comments = comments_in(self._package, notes, threads)
        return BesideRows(merged, tuple(pages.lines), tuple(comments))

    def tables(self, name: SheetName) -> frozenset[str]:
        """What formulas call the tables in a sheet, in small letters.

        Raises:
            BrokenError: a part that tells is damaged.
        """
        found = set()

        def start(name: str, given: dict[str, str]) -> None:
            if local(name) == "table":
                found.add(given.get("displayName", "").lower())

        for part in set(self._parts(self._package.relations(name.part), "table")):
            self._package.parse(part, start)
        return frozenset(found)

    def _parts(self, related: dict[str, Relation], kind: str) -> Iterator[str]:
        """The parts of a kind that the file really has."""
        for relation in related.values():
            if relation.kind == kind and relation.target in self._package:
                yield relation.target

    def _part(self, related: dict[str, Relation], kind: str) -> str:
        """The one part of a kind; "" where the file has none, which other programs open too."""
        usual = _USUAL[kind]
        return next(self._parts(related, kind), usual if usual in self._package else "")

    def _listed(
        self, main: str, related: dict[str, Relation]
    ) -> tuple[tuple[SheetName, ...], bool, bool]:
        """The sheets in their order, whether days are from 1904 on, and formulas calculated."""
        found: list[SheetName] = []
        since_1904, calculated = False, True

        def start(element: str, given: dict[str, str]) -> None:
            nonlocal since_1904, calculated
            match local(element):
                case "calcPr":
                    calculated = given.get("fullCalcOnLoad") not in ("1", "true")
                case "workbookPr":
                    since_1904 = given.get("date1904") in ("1", "true")
                case "sheet":
                    key = next((given[key] for key in given if key.endswith(" id")), "")
                    relation = related.get(key, Relation("worksheet", ""))
                    visible = given.get("state", "visible") == "visible"
                    name, lack = given.get("name", ""), self._lack(relation)
                    found.append(SheetName(name, relation.target, visible, lack))

        self._package.parse(main, start)
        parts = [each.part for each in found if not each.lack]
        if len(set(parts)) < len(parts):
            raise BrokenError(main)
        return tuple(found), since_1904, calculated

    def _lack(self, relation: Relation) -> SheetLack:
        if relation.outside:
            return "elsewhere"
        if relation.target not in self._package:
            return "missing"
        return "" if relation.kind == "worksheet" else "chart"
