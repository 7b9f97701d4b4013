"""What every entry of a catalogue is made of: ids, references, words, citations, tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import TypeVar

from supportcli.core.catalogue import Identified
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.errors import Message, quoted
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Fields, Items, Node, Scalar
from supportcli.language import LANGUAGES
from supportcli.patterns import regex

_ID = regex(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = regex(r"[a-z]{2}")
_NO_SOURCE = Message("no source; name where this comes from, as source: ID")
_WORDS = Message("words are missing; write them like {{en: …, zh: …}}")


Entry = TypeVar("Entry", bound=Identified)


def is_id(text: str) -> bool:
    """Whether the text has the form of an id: lower-case letters, digits, hyphens between them."""
    return _ID.fullmatch(text) is not None


class EntryReader:
    """Reads the small parts; `sources` and `plans` are the ids that may be named.

    `sources` is None where that block could not be read: its own mistake is told, none that follow.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.sources: Collection[str] | None = ()
        self.plans: Collection[str] = ()

    def identifier(self, node: Node | None) -> str:
        """An id of the catalogue's own."""
        text = self.reader.string(node) or ""
        if node is not None and text and not _ID.fullmatch(text):
            self.reader.note(
                node,
                Message(
                    "{text} is not an id; use lower-case letters, digits and hyphens",
                    text=quoted(text),
                ),
            )
        return text

    def reference(self, node: Node | None, known: Collection[str], block: str) -> str:
        """An id that must be defined elsewhere in the catalogue, under the block that is named."""
        text = self.reader.string(node) or ""
        if node is not None and text:
            self._check_defined(node, text, known, block)
        return text

    def _check_defined(self, node: Node, text: str, known: Collection[str], block: str) -> None:
        if text in known:
            return
        ids = tuple(filter(is_id, known))
        self.reader.note(
            node,
            Message("{text} is not defined here; known: {known}", text=quoted(text), known=ids)
            if ids
            else Message(
                "{text} is not defined here; define it under {block}, or leave it out",
                text=quoted(text),
                block=quoted(block),
            ),
        )

    def text(self, node: Node | None) -> Text:
        """Words in one or more languages; a bare value stands for all of them."""
        if node is None:
            return Text({"en": ""})
        if isinstance(node, Scalar):
            return Text({"en": self.reader.string(node) or ""})
        if not isinstance(node, Fields):
            self.reader.note(node, _WORDS)
            return Text({"en": ""})
        words = {}
        for key, value in self.reader.named(node).values():
            if not _LANGUAGE.fullmatch(key.text):
                self.reader.note(
                    key,
                    Message(
                        "{text} is not a language; write two letters like en or zh",
                        text=quoted(key.text),
                    ),
                )
            words[key.text] = self.reader.string(value) or ""
        if not words:
            self.reader.note(node, _WORDS)
        for code in LANGUAGES:
            if words and code not in words:
                self.reader.find(node, Message("the words are missing in {code}", code=code))
        return Text(MappingProxyType(words or {"en": ""}))

    def optional_text(self, node: Node | None) -> Text | None:
        """Words that may be left out."""
        return None if node is None else self.text(node)

    def aliases(self, node: Node | None) -> tuple[str, ...]:
        """Other names that something goes by, in any language: they are understood, never shown."""
        return tuple(text for one in self.reader.items(node) if (text := self.reader.string(one)))

    def cite(self, node: Node | None, owner: Node | None = None) -> Cite:
        """A source's id and, after a colon, the place in it; an owner without one is a finding."""
        if node is None and owner is not None:
            self.reader.find(owner, _NO_SOURCE)
        text = self.reader.string(node) or ""
        source, _, where = text.partition(":")
        if node is not None and text and self.sources is not None:
            self._check_defined(node, source, self.sources, "sources")
        return Cite(source, where.strip())

    def ids(self, node: Node | None) -> tuple[str, ...]:
        """The ids in a list, before anything else of it is read; no mistake is noted twice."""
        quiet = Reader(self.reader.shown)
        found = []
        for item in quiet.items(node):
            for key, value in quiet.entries(item):
                if key.text == "id" and isinstance(value, Scalar):
                    found.append(value.text)
        return tuple(found)

    def places(
        self, fields: Mapping[str, Node], blocks: Collection[str]
    ) -> dict[tuple[str, ...], Node]:
        """Where the entries of some lists stand: by nothing, the list and their id."""
        quiet = Reader(self.reader.shown)
        return {
            ("", block, value.text): item
            for block in blocks
            for item in quiet.items(fields.get(block))
            for key, value in quiet.entries(item)
            if key.text == "id" and isinstance(value, Scalar)
        }

    def filled(self, node: Node | None) -> Node | None:
        """The node; a list with nothing in it is noted."""
        if isinstance(node, Items) and not node.items:
            self.reader.note(node, Message("the list is empty; give at least one entry"))
        return node

    def table(self, node: Node | None, read_one: Callable[[Node], Entry]) -> dict[str, Entry]:
        """The entries of a list by their id, in order; an id that comes twice is noted."""
        found: dict[str, Entry] = {}
        lines: dict[str, int] = {}
        for item in self.reader.items(node):
            value = read_one(item)
            if value.id and value.id in lines:
                self.reader.note(
                    item,
                    Message(
                        "id {id} is given twice, first in line {line}; ids must differ",
                        id=quoted(value.id),
                        line=lines[value.id],
                    ),
                )
            lines.setdefault(value.id, item.line)
            found[value.id] = value
        return found
