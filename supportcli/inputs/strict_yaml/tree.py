"""YAML files to a tree of text with places, from events: nothing is guessed, nothing is built.

Every scalar stays the text that was written. Anchors, aliases, merge keys and tags are refused, so
a small file cannot become a large value; depth, size and length are bounded while reading.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import Any, NoReturn

import yaml

from supportcli.errors import CatalogueError, Message, Problem, fault, quoted
from supportcli.inputs.strict_yaml.disguise import disguised, first_disguise, lookalike
from supportcli.inputs.unchanged import CHANGED, same_file
from supportcli.patterns import regex

LARGEST_FILE = 1024 * 1024
DEEPEST = 20
LONGEST_SCALAR = 1000

_HARMFUL = regex(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\ud800-\udfff]"
)
_BREAK = regex(r"\r\n|\r|\n")
# Latin-1 text often passes as GB18030 (ü and the letter after it as one character), not as GB2312.
_GUESSES = {"gb2312": "GBK", "gb18030": "GBK or Latin-1"}


_UNCLOSED = ("while scanning a quoted scalar", "while scanning a simple key")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Node:
    """A piece of the file and where it begins, both counted from 1."""

    __slots__ = ("column", "line")

    def __init__(self, mark: yaml.Mark | None) -> None:
        self.line: int = mark.line + 1 if mark else 1
        self.column: int = mark.column + 1 if mark else 1


class Scalar(Node):
    """A text as it was written; `plain` where it stood without quotes."""

    __slots__ = ("plain", "text")

    def __init__(self, mark: yaml.Mark | None, text: str, plain: bool) -> None:
        super().__init__(mark)
        self.text = text
        self.plain = plain

    @property
    def empty(self) -> bool:
        """Whether there is nothing here, or one of YAML's words for it."""
        return not self.text.strip() or (self.plain and self.text in ("~", "null", "Null", "NULL"))


class Items(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, mark: yaml.Mark | None) -> None:
        super().__init__(mark)
        self.items: list[Node] = []


class Fields(Node):
    """A mapping, its keys in the order of the file, repeated ones kept."""

    __slots__ = ("entries",)

    def __init__(self, mark: yaml.Mark | None) -> None:
        super().__init__(mark)
        self.entries: list[tuple[Scalar, Node]] = []


def read_bytes(path: Path, shown: str) -> bytes:
    """The content of a regular file of at most 1 MiB.

    Raises:
        CatalogueError: missing, unreadable, a folder, a pipe or a device, or larger.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            _refuse(shown, Message("is not a file; give the path of a YAML file"))
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            content = file.read(LARGEST_FILE + 1)
            if not same_file(before, os.fstat(file.fileno())):
                _refuse(shown, CHANGED)
    except FileNotFoundError:
        _refuse(shown, Message("there is no such file; check the path"))
    except (OSError, ValueError) as error:
        _refuse(shown, Message("cannot be read ({reason})", reason=fault(error)))
    if len(content) > LARGEST_FILE:
        _refuse(shown, Message("is larger than 1 MiB, the most that is read; make it smaller"))
    return content


def parse(content: bytes, shown: str) -> Node | None:
    """The tree of one YAML document; None where nothing is in it.

    Raises:
        CatalogueError: not UTF-8, not one YAML document, or more than plain data in it.
    """
    text = _decoded(content, shown)
    _refuse_controls(text, shown)
    try:
        root = _built(text, shown)
    except yaml.YAMLError as error:
        _refuse_syntax(error, text, shown)
    except (OverflowError, ValueError):  # the pure-Python parser on "\\U99999999"
        _refuse(shown, Message("holds an escape (\\x, \\u, \\U) that is no character; remove it"))
    if isinstance(root, Scalar) and root.plain:
        _refuse_disguise(text, root, shown)
    return root


def _refuse_disguise(text: str, root: Scalar, shown: str) -> None:
    """Where the whole file is one text, a field's colon may only look like one."""
    found = first_disguise(text.split("\n"), root.line - 1)
    if found is not None:
        _refuse(f"{shown}:{found.line}:{found.column}", lookalike(found.character))


def _built(text: str, shown: str) -> Node | None:
    try:
        return _Builder(shown).build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        # From 0.2.6 on, libyaml gives up 1000 levels deep, and it scans up to 1024 characters ahead
        # of its events; cut where it gave up, the text brings the event that is too deep for us.
        if error.problem_mark is None or "nesting depth" not in (error.problem or ""):
            raise
        return _Builder(shown).build(yaml.parse(text[: error.problem_mark.index], Loader=_LOADER))


def _refuse(where: str, message: Message) -> NoReturn:
    raise CatalogueError([Problem(where, message)])


def _decoded(content: bytes, shown: str) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _refuse(shown, Message("is not UTF-8 (it looks like UTF-16); save it as UTF-8"))
    if b"\x00" in content:
        _refuse(shown, Message("is not a text file; give the path of a YAML file"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{shown}:{content.count(10, 0, error.start) + 1}"
        guess = next(
            (name for encoding, name in _GUESSES.items() if _decodes(content, encoding)),
            "Latin-1",
        )
        _refuse(
            where,
            Message(
                "byte {byte} is not UTF-8 (it looks like {guess}); save the file as UTF-8",
                byte=error.start,
                guess=guess,
            ),
        )


def _refuse_controls(text: str, shown: str) -> None:
    """Told from the text itself: the parser has no place for some, takes others for line breaks."""
    for harmful in _HARMFUL.finditer(text):
        if harmful[0] in "\t\r":
            continue
        lines = _BREAK.split(text[: harmful.start()])
        _refuse(f"{shown}:{len(lines)}:{len(lines[-1]) + 1}", _control(harmful[0]))


def _control(character: str) -> Message:
    return Message("holds the control character U+{code}; remove it", code=f"{ord(character):04X}")


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_syntax(error: yaml.YAMLError, text: str, shown: str) -> NoReturn:
    """Pass the parser's finding on in our own words; its own speak of tokens."""
    mark = _mark_of(error)
    if mark is None:
        _refuse(shown, Message("holds a character that YAML does not allow; remove it"))
    where = f"{shown}:{mark.line + 1}:{mark.column + 1}"
    if "escape" in (getattr(error, "problem", None) or ""):
        _refuse(where, Message("holds an escape (\\x, \\u, \\U) that is no character; remove it"))
    lines = text.split("\n")
    found = disguised(lines, mark.line, _breaks)
    if found is not None:
        _refuse(f"{shown}:{found.line}:{found.column}", lookalike(found.character))
    if mark.line < len(lines) and "\t" in lines[mark.line][: mark.column + 1]:
        _refuse(where, Message("a tab stands in the indentation; use spaces"))
    _refuse(
        where,
        Message(
            "is not YAML; check the indentation, the quotes and the colons here and just above"
        ),
    )


def _mark_of(error: yaml.YAMLError) -> yaml.Mark | None:
    """Where a mistake stands: of what is not closed, where it begins."""
    mark: yaml.Mark | None = getattr(error, "problem_mark", None)
    if getattr(error, "context", None) in _UNCLOSED:
        mark = getattr(error, "context_mark", None) or mark
    return mark


def _breaks(text: str) -> float:
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except yaml.YAMLError as error:
        mark = _mark_of(error)
        return mark.line if mark else 0
    return inf


class _Builder:
    """Turns events into the tree, refusing what is more than plain data as it comes by.

    The events come from libyaml's or from Python's parser, whose types have nothing in common.
    """

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.root: Node | None = None
        self.open: list[Items | Fields] = []
        self.key: list[Scalar | None] = []
        self.documents = 0

    def build(self, events: Iterator[Any]) -> Node | None:
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._check(event)
                self._place(self._scalar(event))
            elif kind is yaml.MappingStartEvent:
                self._enter(event, Fields(event.start_mark))
            elif kind is yaml.SequenceStartEvent:
                self._enter(event, Items(event.start_mark))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.open.pop()
                self.key.pop()
            elif kind is yaml.AliasEvent:
                self._refuse(event, Message("an alias (*) is not read; write the value out"))
            elif kind is yaml.DocumentStartEvent:
                self.documents += 1
                if self.documents > 1:
                    self._refuse(event, Message("a second document begins; keep one in a file"))
        return None if isinstance(self.root, Scalar) and self.root.empty else self.root

    def _refuse(self, event: Any, message: Message) -> NoReturn:
        mark = event.start_mark
        _refuse(f"{self.shown}:{mark.line + 1}:{mark.column + 1}", message)

    def _check(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, Message("an anchor (&) is not read; write the value out"))
        if event.tag is not None:
            self._refuse(
                event,
                Message(
                    "a tag ({tag}) is not read; write the plain value",
                    tag=quoted(event.tag.replace("tag:yaml.org,2002:", "!!")),
                ),
            )

    def _enter(self, event: Any, node: Items | Fields) -> None:
        self._check(event)
        self._place(node)
        if len(self.open) == DEEPEST:
            self._refuse(
                event, Message("nested deeper than {most} levels; make it flatter", most=DEEPEST)
            )
        self.open.append(node)
        self.key.append(None)

    def _scalar(self, event: Any) -> Scalar:
        text: str = event.value
        if len(text) > LONGEST_SCALAR:
            self._refuse(
                event, Message("longer than {most} characters; shorten it", most=LONGEST_SCALAR)
            )
        harmful = _HARMFUL.search(text) if event.style == '"' else None  # escapes; the rest is seen
        if harmful:
            self._refuse(event, _control(harmful[0]))
        return Scalar(event.start_mark, text, not event.style)  # None or, from libyaml, ''

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
            return
        key = self.key[-1]
        if key is None:
            self.key[-1] = self._as_key(node)
        else:
            parent.entries.append((key, node))
            self.key[-1] = None

    def _as_key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar) and node.text != "<<":
            return node
        where = f"{self.shown}:{node.line}:{node.column}"
        if isinstance(node, Scalar):
            _refuse(where, Message("a merge key (<<) is not read; write the fields out"))
        _refuse(where, Message("a list or a mapping cannot name a field; write a plain name"))
