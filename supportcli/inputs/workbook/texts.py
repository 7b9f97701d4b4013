"""The texts of a workbook that its cells refer to by number, kept in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Generic, TypeVar
from xml.parsers.expat import XMLParserType

from supportcli.inputs.workbook.package import BrokenError, ElementEnd, ElementStart, Package
from supportcli.patterns import regex
from supportcli.record import NamedTuple

MOST_TEXTS = 5_000_000
LONGEST_CELL = 1024 * 1024
_ESCAPED = regex("_x([0-9A-Fa-f]{4})_")

TextFault = TypeVar("TextFault")


def unescaped(text: str) -> str:
    """The text with _x000D_ and the like as the characters that they stand for."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    try:
        return found.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return text


class Texts(Generic[TextFault]):
    """The shared texts, each as `read` gives it: a text, or a fault that is kept beside them.

    `part` is where they stand, or where they are missed.
    """

    def __init__(self, read: Callable[[str], str | TextFault], part: str) -> None:
        self._read = read
        self._part = part
        self._bytes = bytearray()
        self._ends = array("L", [0])
        self._faults: dict[int, TextFault] = {}

    def reader(self) -> Callable[[int], str | TextFault]:
        """A function that gives the text of a number, once all are there.

        It raises BrokenError where there is none.
        """
        data, ends, faults, part = self._bytes, self._ends, self._faults, self._part
        count = len(ends) - 1

        def text(index: int) -> str | TextFault:
            if not 0 <= index < count:
                raise BrokenError(part)
            return data[ends[index] : ends[index + 1]].decode()

        def text_or_fault(index: int) -> str | TextFault:
            return faults[index] if index in faults else text(index)

        return text_or_fault if faults else text

    def add(self, text: str) -> None:
        """Another one."""
        found = self._read(unescaped(text))
        if isinstance(found, str):
            self._bytes += found.encode()
        else:
            self._faults[len(self._ends) - 1] = found
        self._ends.append(len(self._bytes))

    def load(self, package: Package) -> None:
        """All texts of the part.

        Raises:
            BrokenError: it is damaged, or holds more texts than a workbook may.
        """

        def prepare(parser: XMLParserType, ended: ElementEnd) -> None:
            def first(name: str, given: dict[str, str]) -> None:
                rich_text(name.removesuffix("sst"), "si", self.add, ended).set(parser)

            parser.StartElementHandler = first

        for _ in package.pieces(self._part, prepare):
            if len(self._ends) > MOST_TEXTS:
                raise BrokenError(self._part)


class Handlers(NamedTuple):
    """What a parser calls for the start and the end of an element, and for text between them."""

    start: ElementStart
    end: ElementEnd
    data: Callable[[str], None]

    def set(self, parser: XMLParserType) -> None:
        """Have a parser call them."""
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.data


def rich_text(space: str, whole: str, done: Callable[[str], None], ended: ElementEnd) -> Handlers:
    """Handlers that gather a text that may stand in runs, and hand it over where `whole` ends.

    What tells its pronunciation is left out, and of a text that is too long for a cell only as
    much is kept as shows that it is. `space` is what the names of elements begin with.
    """
    run, aloud, whole = f"{space}t", f"{space}rPh", f"{space}{whole}"
    pieces: list[str] = []
    length = 0
    inside = aside = False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal inside, aside
        if name == run:
            inside = not aside
        elif name == aloud:
            aside = True

    def end(name: str) -> None:
        nonlocal inside, aside, length
        ended(name)
        if name == run:
            inside = False
        elif name == whole:
            done("".join(pieces))
            pieces.clear()
            length = 0
        elif name == aloud:
            aside = False

    def data(text: str) -> None:
        nonlocal length
        if inside and length <= LONGEST_CELL:
            pieces.append(text)
            length += len(text)

    return Handlers(start, end, data)
