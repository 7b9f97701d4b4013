"""The parts of an Open XML file: found by their relations, unpacked and parsed within bounds.

A part is unpacked piece by piece and never held as a whole. Definitions of a document type are
refused, so there are no entities but the five of XML; nothing outside the file is ever opened.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NoReturn
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from supportcli.record import NamedTuple

LARGEST_WORKBOOK = 400 * 1024 * 1024
LARGEST_WORKBOOK_RATIO = 100
_SMALL = 20 * 1024 * 1024
MOST_PARTS = 10_000
MOST_ELEMENTS = 500_000
ELEMENTS_A_BYTE = 4
_PIECE = 256 * 1024
_LONGEST_TAG = 1024 * 1024
_DEEPEST = 100_000
_ENCRYPTED = 1

ElementStart = Callable[[str, dict[str, str]], None]
ElementEnd = Callable[[str], None]
Prepare = Callable[[XMLParserType, ElementEnd], None]
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class BrokenError(Exception):
    """A part that cannot be read; empty where it is the file itself."""

    def __init__(self, part: str = "") -> None:
        super().__init__(part)
        self.part = part


class TooLargeError(Exception):
    """A file that holds far more than its size says; how many bytes, at least."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class TooManyElementsError(Exception):
    """A file whose parts have more elements than one of its size needs."""


class Relation(NamedTuple):
    """A part that another one refers to: what it is to it, its name, whether it is elsewhere."""

    kind: str
    target: str
    outside: bool = False


class Package:
    """An open file. Names of parts are compared as the programs do: case and \\ do not matter.

    Raises:
        BrokenError: it is no whole ZIP archive.
        TooLargeError: it unpacks to more than is read.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except _BROKEN:
            raise BrokenError from None
        self._streams: list[IO[bytes]] = []
        entries = self._archive.infolist()
        self._check(sum(entry.file_size for entry in entries), path.stat().st_size)
        self._parts = {_key(entry.filename): entry for entry in entries}
        if len(entries) > MOST_PARTS or len(self._parts) < len(entries):
            self.close()
            raise BrokenError
        self._elements = MOST_ELEMENTS + ELEMENTS_A_BYTE * path.stat().st_size

    def _check(self, unpacked: int, packed: int) -> None:
        if unpacked > min(LARGEST_WORKBOOK, max(_SMALL, LARGEST_WORKBOOK_RATIO * packed)):
            self.close()
            raise TooLargeError(unpacked)

    def close(self) -> None:
        """Give the file back, with the parts that were not read to their end."""
        for stream in self._streams:
            stream.close()
        self._archive.close()

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._parts

    def pieces(self, part: str, prepare: Prepare) -> Iterator[None]:
        """Parse a part, pausing after each piece.

        `prepare` sets the parser's handlers; it gets a function that is to be called for the end
        of every element. Names are those of their space and their own, with a blank between.

        Raises:
            BrokenError: it is missing, not well formed, or a handler found a wrong value.
            TooManyElementsError: more were read of the file than one of its size needs.
        """
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        ended: list[str] = []
        prepare(parser, ended.append)
        bounds = _Bounds(parser, ended)
        try:
            with self._opened(part) as stream:
                while piece := stream.read(_PIECE):
                    parser.Parse(piece, False)
                    bounds.check(piece)
                    self._count(len(ended))
                    ended.clear()
                    yield
                parser.Parse(b"", True)
        except _BROKEN:
            raise BrokenError(part) from None
        yield

    def unpacked(self, part: str) -> Iterator[bytes]:
        """A part as it is, piece by piece.

        Raises:
            BrokenError: it is missing or damaged.
        """
        try:
            with self._opened(part) as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except _BROKEN:
            raise BrokenError(part) from None

    def parse(self, part: str, start: ElementStart) -> None:
        """Parse a part as a whole, calling for every element.

        Raises:
            BrokenError: as for `pieces`.
        """

        def prepare(parser: XMLParserType, ended: ElementEnd) -> None:
            parser.StartElementHandler, parser.EndElementHandler = start, ended

        for _ in self.pieces(part, prepare):
            pass

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by the name that it uses for it; "" asks for the file's own."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Relation] = {}

        def start(name: str, given: dict[str, str]) -> None:
            if local(name) == "Relationship":
                outside = given.get("TargetMode") == "External"
                target = "" if outside else _resolved(folder, given.get("Target", ""))
                kind = given.get("Type", "").split("/")[-1]
                found[given.get("Id", "")] = Relation(kind, target, outside)

        if listed in self:
            self.parse(listed, start)
        return found

    def _count(self, elements: int) -> None:
        """A few bytes can unpack to millions of elements: what is read again is counted again."""
        self._elements -= elements
        if self._elements < 0:
            raise TooManyElementsError

    def _opened(self, part: str) -> IO[bytes]:
        entry = self._parts[_key(part)]
        # Other packings are not of the standard, and one of them takes memory as the file says.
        packed = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if entry.flag_bits & _ENCRYPTED or not packed:
            raise ValueError("packed in another way")
        stream = self._archive.open(entry)
        self._streams.append(stream)
        return stream


class _Bounds:
    """What a parser must not be led to: it keeps every open element, and all of an open tag."""

    def __init__(self, parser: XMLParserType, ended: list[str]) -> None:
        self._parser = parser
        self._ended = ended
        self._read = 0
        self._open = 0

    def check(self, piece: bytes) -> None:
        """Look at what a piece left open; counted with those that only look like a beginning.

        Raises:
            ValueError: too much.
        """
        ends = piece.count(b"</") + piece.count(b"<\0/")
        self._open += piece.count(b"<") - ends - len(self._ended)
        self._read += len(piece)
        unfinished = self._read - self._parser.CurrentByteIndex
        if self._open > _DEEPEST or unfinished > _LONGEST_TAG:
            raise ValueError("an element or a tag without an end")


def local(name: str) -> str:
    """A name without its space."""
    return name.rpartition(" ")[2]


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _resolved(folder: str, target: str) -> str:
    """The name of a part that is told relative to a folder; "" where it leads out of the file."""
    path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/")))
    return "" if target.startswith(("../../", "//")) else path.lstrip("/")


def _refuse(*_: object) -> NoReturn:
    raise ValueError("a definition of the document's type")
