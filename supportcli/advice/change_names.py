"""What a change between two catalogues is about, in their own words: names, never ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from supportcli.core.catalogue import Catalogue, Identified
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.record import NamedTuple

Words = tuple[Message | Text, ...]

FIELD_WORDS: Mapping[str, Message] = {
    "name": Message("name"),
    "vendor": Message("vendor"),
    "vendor_short": Message("vendor in a sentence"),
    "currency": Message("currency"),
    "about": Message("what it rests on"),
    "spend": Message("spend that counts"),
    "checked": Message("last checked"),
    "review_after": Message("review day"),
    "how_to_buy": Message("how to buy"),
    "default_reading": Message("reading in use"),
    "likeliest_reading": Message("likeliest reading"),
    "tier": Message("tier"),
    "short": Message("short name"),
    "part_source": Message("of a part of the fee"),
    "validity_source": Message("of when it is in force"),
    "gets": Message("what one gets"),
    "apart": Message("kind of plan"),
    "fee_text": Message("fee in words"),
    "availability": Message("doubt about its sale"),
    "like": Message("taken to be like"),
    "assumption": Message("assumption"),
    "hours": Message("hours"),
    "engineers": Message("who answers"),
    "note": Message("remark"),
    "valid_from": Message("first day"),
    "closed_to_new": Message("closed to new customers from"),
    "valid_to": Message("last day"),
    "successor": Message("successor"),
    "scope": Message("fee for"),
    "basis": Message("before or after discounts"),
    "excludes": Message("does not count as spend"),
    "counts": Message("counts as spend"),
    "minimum_term": Message("minimum term"),
    "proration": Message("part months"),
    "spreading": Message("prepaid orders"),
    "refund": Message("refund"),
    "bought_for": Message("can be bought at once for"),
    "tax": Message("tax"),
    "shares": Message("divided among accounts"),
    "readings": Message("reading"),
    "severities": Message("severity"),
    "channels": Message("channel"),
    "quantities": Message("quantity"),
    "open_points text": Message("open point"),
    "open_points brief": Message("open point, in brief"),
    "open_points confirm": Message("to confirm"),
    "open_points contract": Message("what a quote says of it"),
    "open_points kind": Message("open point, kind"),
    "open_points headline": Message("open point, on the first screen"),
    "open_points plans": Message("open point, only for"),
    "content": Message("row of the service table"),
    "services": Message("service"),
    "facts": Message("heading"),
    "examples": Message("example"),
}
"""What each field and list of a catalogue is called."""

_Entry = TypeVar("_Entry", bound=Identified)


class NamedId(NamedTuple):
    """Something that a catalogue names by its id, with its name."""

    id: str
    name: Text | str


class NamedIds(NamedTuple):
    """Several of them."""

    entries: tuple[NamedId, ...]


class Place(NamedTuple):
    """A place in a source, with the source's title."""

    cite: Cite
    title: Text | str


def by_id(entries: tuple[_Entry, ...]) -> dict[str, _Entry]:
    """The entries by their ids, in order."""
    return {entry.id: entry for entry in entries}


class Names:
    """The names in two catalogues, the newer one's first; what neither defines keeps its id."""

    def __init__(self, old: Catalogue, new: Catalogue) -> None:
        self._both = new, old

    def of(self, entries: str, entry_id: str) -> Text | str:
        """What an entry of one of the lists is called."""
        for catalogue in self._both:
            entry = by_id(getattr(catalogue, entries)).get(entry_id)
            if entry is not None:
                return self.name(entry) or entry_id
        return entry_id

    def name(self, entry: Identified) -> Text | None:
        """What an entry is called, else its own words, in brief where it has them so."""
        names = (getattr(entry, each, None) for each in ("name", "title", "brief", "text"))
        return next((name for name in names if isinstance(name, Text)), None)

    def words(self, entries: str, entry_id: str) -> Message:
        """The same as words."""
        return Message("{name}", name=self.of(entries, entry_id))

    def target(self, severity: str | None, channel: str, limit: str | None) -> Words:
        """Which first-response target."""
        words = (
            self.words("severities", severity) if severity else Message("any request"),
            self.words("channels", channel),
        )
        return words if limit is None else (*words, Message("within a limit"))

    def named(self, entries: str, entry_id: str | None) -> NamedId | None:
        """An id with its name, where there is one."""
        return None if entry_id is None else NamedId(entry_id, self.of(entries, entry_id))

    def place(self, cite: Cite | None) -> Place | None:
        """A place in a source, where one is named."""
        return Place(cite, self.of("sources", cite.source)) if cite and cite.source else None
