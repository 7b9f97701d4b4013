"""The comments on the cells of a sheet: notes, and threads of which a note is only a copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from xml.parsers.expat import XMLParserType

from supportcli.inputs.workbook.package import ElementEnd, Package, local
from supportcli.inputs.workbook.places import COLUMN_NUMBERS
from supportcli.inputs.workbook.texts import unescaped
from supportcli.patterns import regex
from supportcli.record import NamedTuple

MOST_COMMENTS = 10_000
_LONGEST = 4000
_PLACE = regex(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_THREAD = "threadedComment"
_KINDS = ("comment", _THREAD)


class Comment(NamedTuple):
    """What is said of a cell, by its row and column from 1, without the name of who says it."""

    row: int
    column: int
    lines: tuple[str, ...]


def comments_in(package: Package, notes: Iterable[str], threads: Iterable[str]) -> list[Comment]:
    """The comments of a sheet, as many as are read.

    Args:
        package: the file.
        notes: the parts with notes.
        threads: those with threads, which go before the notes on their cells.

    Raises:
        BrokenError: a part is damaged.
    """
    threaded = [each for part in threads for each in _read(package, part)]
    places = {(each.row, each.column) for each in threaded}
    plain = (each for part in notes for each in _read(package, part))
    return [*threaded, *(each for each in plain if (each.row, each.column) not in places)]


def _read(package: Package, part: str) -> Iterator[Comment]:
    reading = _Comments()
    for _ in package.pieces(part, reading.prepare):
        if len(reading.found) > MOST_COMMENTS:
            break
    authors = {author.strip() for author in reading.authors}
    for place, text in reading.found[:MOST_COMMENTS]:
        found = _PLACE.fullmatch(place)
        lines = [line.strip() for line in unescaped(text).splitlines() if line.strip()]
        if lines and lines[0].rstrip(":： ") in authors:
            del lines[0]
        if found and lines:
            with suppress(ValueError):
                yield Comment(int(found[2]), COLUMN_NUMBERS[found[1]], tuple(lines))


class _Comments:
    """Gathers the texts of a part's comments with their places, and the names of their authors."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.authors: list[str] = []
        self._place = ""
        self._open: list[str] = []
        self._text = ""

    def prepare(self, parser: XMLParserType, ended: ElementEnd) -> None:
        """Set the parser's handlers."""

        def start(name: str, given: dict[str, str]) -> None:
            self._open.append(local(name))
            if self._open[-1] in (*_KINDS, "author"):
                self._place, self._text = given.get("ref", ""), ""

        def end(name: str) -> None:
            ended(name)
            closed = self._open.pop()
            if closed in _KINDS:
                self.found.append((self._place, self._text))
            elif closed == "author":
                self.authors.append(self._text)

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = self._data

    def _data(self, text: str) -> None:
        said = self._open[-1] in ("t", "author") or self._open[-2:] == [_THREAD, "text"]
        if said and "rPh" not in self._open and len(self._text) < _LONGEST:
            self._text += text
