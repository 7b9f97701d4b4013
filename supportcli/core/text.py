"""Words in several languages, as the catalogue has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from supportcli.record import NamedTuple


class Text(NamedTuple):
    """The catalogue's own words, in each language that it has them in."""

    by_language: Mapping[str, str]

    def in_language(self, code: str) -> str:
        """The words in that language, else in English, else in whatever there is."""
        texts = self.by_language
        return texts.get(code) or texts.get("en") or next(iter(texts.values()))

    def __str__(self) -> str:
        return self.in_language("en")


class NamedThing(Protocol):
    """What a catalogue calls by names: an id, words in each language, other names."""

    @property
    def id(self) -> str:
        """What the catalogue calls it."""

    @property
    def name(self) -> Text:
        """What people call it, in each language."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """What people call it too."""
