"""The tables around the plans: sources, severities, channels, quantities, content, doubts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from supportcli.core.catalogue import (
    Channel,
    Classed,
    ContentItem,
    FactGroup,
    HowToBuy,
    Offered,
    OpenPoint,
    PointKind,
    Service,
    ServiceFact,
    Severity,
    SeverityClass,
)
from supportcli.core.quantity import Quantity, QuantityUnit
from supportcli.core.source import Source
from supportcli.errors import Message, quoted
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.strict_yaml.tree import Fields, Items, Node
from supportcli.patterns import regex

_URL = regex(r"https?://[!-~]+")
OWN_LEVELS = ("derived", "assumed")
LEVELS = ("vendor", "reseller", "secondary", *OWN_LEVELS)


class PartReader:
    """Reads one entry of each table."""

    def __init__(self, entries: EntryReader) -> None:
        self.reader = entries.reader
        self.entries = entries

    def source(self, item: Node) -> Source:
        """A source; one that nobody can date should say so in a note."""
        known = ("id", "title", "level", "date", "note", "url", "read", "several")
        fields = self.reader.fields(item, known, ("id", "title", "level"))
        level = self.reader.choice(fields.get("level"), LEVELS) or ""
        if level not in OWN_LEVELS and not {"date", "note"} & set(fields):
            message = Message("no date and no note; say when it was written or read")
            self.reader.find(item, message)
        return Source(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("title")),
            level,
            self.reader.date(fields.get("date")),
            self.entries.optional_text(fields.get("note")),
            self._url(fields.get("url")),
            self.reader.date(fields.get("read")),
            self.reader.truth(fields.get("several")) or False,
        )

    def how_to_buy(self, node: Node | None) -> HowToBuy | None:
        """Where a plan is ordered."""
        if node is None:
            return None
        fields = self.reader.fields(node, ("text", "source"), ("text",))
        cite = self.entries.cite(fields.get("source"), node)
        return HowToBuy(self.entries.text(fields.get("text")), cite)

    def _url(self, node: Node | None) -> str | None:
        text = self.reader.string(node)
        if node is not None and text and not _URL.fullmatch(text):
            message = Message(
                "{text} is not a link; write it like {example}",
                text=quoted(text),
                example="https://example.com/support",
            )
            self.reader.note(node, message)
        return text or None

    def severity(self, item: Node) -> Severity:
        """How grave a case is."""
        known = ("id", "name", "aliases", "severity_class")
        fields = self.reader.fields(item, known, ("id", "name"))
        return Severity(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("name")),
            self.entries.aliases(fields.get("aliases")),
            self._classed(fields.get("severity_class")),
        )

    def _classed(self, node: Node | None) -> Classed | None:
        """Which severities of other vendors one is compared with, by a source or by assumption."""
        if node is None:
            return None
        fields = self.reader.fields(node, ("is", "source", "assumed"), ("is",))
        found = self._classes(fields.get("is"))
        assumed = self.reader.truth(fields.get("assumed")) or False
        if assumed == ("source" in fields):
            message = Message("a severity_class has a source, or else assumed: true")
            self.reader.note(node, message)
        cite = self.entries.cite(fields.get("source"))
        return Classed(found, cite, assumed) if found else None

    def _classes(self, node: Node | None) -> tuple[SeverityClass, ...]:
        """One class, or a list of them."""
        classes = {one.value: one for one in SeverityClass}
        nodes = self.reader.items(node) if isinstance(node, Items) else [node]
        if node is not None and not nodes:
            self.reader.note(node, Message("a value is missing"))
        names = (self.reader.choice(each, classes) for each in nodes)
        return tuple(classes[name] for name in names if name in classes)

    def channel(self, item: Node) -> Channel:
        """A way to reach the vendor."""
        fields = self.reader.fields(
            item, ("id", "name", "targets", "note", "aliases", "source"), ("id", "name", "targets")
        )
        return Channel(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("name")),
            self.reader.truth(fields.get("targets")) or False,
            self.entries.optional_text(fields.get("note")),
            self.entries.aliases(fields.get("aliases")),
            self.entries.cite(fields["source"]) if "source" in fields else None,
        )

    def quantity(self, item: Node) -> Quantity:
        """A named input beside the spend; counted in pieces unless told otherwise."""
        units = {unit.value: unit for unit in QuantityUnit}
        fields = self.reader.fields(item, ("id", "name", "unit", "aliases"), ("id", "name"))
        unit = self.reader.choice(fields.get("unit"), units)
        return Quantity(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("name")),
            units.get(unit or "", QuantityUnit.COUNT),
            self.entries.aliases(fields.get("aliases")),
        )

    def open_point(self, item: Node) -> OpenPoint:
        """What the source contradicts or leaves open."""
        kinds = {kind.value: kind for kind in PointKind}
        fields = self.reader.fields(
            item,
            ("id", "kind", "text", "brief", "contract", "confirm", "plans", "headline", "source"),
            ("id", "kind", "text"),
        )
        kind = self.reader.choice(fields.get("kind"), kinds)
        return OpenPoint(
            self.entries.identifier(fields.get("id")),
            kinds.get(kind or "", PointKind.ASSUMPTION),
            self.entries.text(fields.get("text")),
            self.entries.optional_text(fields.get("brief")),
            self.entries.optional_text(fields.get("contract")),
            self.entries.optional_text(fields.get("confirm")),
            self._plans(fields.get("plans")),
            self.reader.truth(fields.get("headline")) or False,
            self.entries.cite(fields.get("source"), item),
        )

    def content(self, item: Node) -> ContentItem:
        """A row of the service table."""
        required = ("id", "name", "plans")
        fields = self.reader.fields(item, (*required, "source"), required)
        by_plan = {}
        for key, value in self.reader.named(fields.get("plans")).values():
            by_plan[self.entries.reference(key, self.entries.plans, "plans")] = self.entries.text(
                value
            )
        return ContentItem(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("name")),
            MappingProxyType(by_plan),
            self.entries.cite(fields.get("source"), item),
        )

    def service(self, item: Node) -> Service:
        """A service that can be asked for, and which plans have it."""
        required = ("id", "name", "plans")
        fields = self.reader.fields(item, (*required, "source", "aliases"), required)
        by_plan = {}
        for key, value in self.reader.named(fields.get("plans")).values():
            plan = self.entries.reference(key, self.entries.plans, "plans")
            by_plan[plan] = self._service_fact(value)
        return Service(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("name")),
            MappingProxyType(by_plan),
            self.entries.cite(fields.get("source"), item),
            self.entries.aliases(fields.get("aliases")),
        )

    def _service_fact(self, node: Node) -> ServiceFact:
        """A word, or fields with what else is to be said: {is: limited, note: twice a year}."""
        kinds = {kind.value: kind for kind in Offered}
        said: Node | None = node
        fields: Mapping[str, Node] = {}
        if isinstance(node, Fields):
            fields = self.reader.fields(node, ("is", "note", "assumed"), ("is",))
            said = fields.get("is")
        kind = self.reader.choice(said, kinds)
        return ServiceFact(
            kinds.get(kind or "", Offered.UNKNOWN),
            self.entries.optional_text(fields.get("note")),
            self.reader.truth(fields.get("assumed")) or False,
        )

    def facts(self, item: Node) -> FactGroup:
        """Sentences that belong together."""
        fields = self.reader.fields(
            item, ("id", "title", "plans", "source", "items", "shown"), ("id", "title")
        )
        return FactGroup(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("title")),
            tuple(map(self.entries.text, self.reader.items(fields.get("items")))),
            tuple(map(self.entries.text, self.reader.items(fields.get("shown")))),
            self.entries.cite(fields.get("source"), item),
            self._plans(fields.get("plans")),
        )

    def _plans(self, node: Node | None) -> tuple[str, ...]:
        """The plans that something concerns, by their ids."""
        known = self.entries.plans
        return tuple(
            self.entries.reference(each, known, "plans") for each in self.reader.items(node)
        )
