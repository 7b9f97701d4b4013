"""plans.yaml to a Catalogue, every mistake told with its line and its remedy, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from supportcli.core.money import is_currency
from supportcli.core.plan import (
    Catalogue,
    Channel,
    ContentItem,
    FactGroup,
    OpenPoint,
    PointKind,
    Reading,
    Severity,
    Source,
)
from supportcli.core.text import Text
from supportcli.errors import CatalogueError, Message, Problem, quoted
from supportcli.inputs.entries import EntryReader, is_id
from supportcli.inputs.fees import FeeReader
from supportcli.inputs.plans import WHOLE_FEE, PlanReader, Rule
from supportcli.inputs.reader import Reader
from supportcli.inputs.yaml_tree import Node, Scalar, parse, read_bytes

SHIPPED = {"alibaba-cloud-cn": "plans.yaml"}
DEFAULT = "alibaba-cloud-cn"
LEVELS = ("vendor", "reseller", "secondary", "derived", "assumed")

_PACKAGE = Path(__file__).resolve().parent.parent


def load_catalogue(name: str | Path | None = None) -> Catalogue:
    """Load a catalogue: a shipped one by its name, or a YAML file by its path.

    Raises:
        CatalogueError: missing, unreadable or wrong; every mistake that was found, with its place.
    """
    path, shown = find_catalogue(name)
    content = read_bytes(path, shown)
    reader = Reader(shown)
    root = parse(content, shown)
    if root is None:
        raise CatalogueError([Problem(shown, Message("is empty; give a catalogue as YAML"))])
    catalogue = _CatalogueReader(reader).read(root, content)
    reader.refuse_if_any(Message("the catalogue has mistakes:"), CatalogueError)
    return catalogue


def find_catalogue(wanted: str | Path | None) -> tuple[Path, str]:
    """Where the file is, and how to name it in messages."""
    name = DEFAULT if wanted is None else str(wanted)
    if name in SHIPPED:
        file = SHIPPED[name]
        packaged = _PACKAGE / file
        return (packaged if packaged.exists() else _PACKAGE.parent / file), file
    if is_id(name) and not Path(name).exists():
        message = Message(
            "there is no catalogue {name}; the shipped ones are: {known}; "
            "or give the path of a YAML file",
            name=quoted(name),
            known=tuple(SHIPPED),
        )
        raise CatalogueError([Problem("", message)])
    return Path(name), name


class _CatalogueReader:
    """One pass over the tree: the parts in order, each checked against those before it."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.entries = EntryReader(reader)
        self.fees = FeeReader(reader, "")

    def read(self, root: Node, content: bytes) -> Catalogue:
        required = ("id", "name", "currency", "about", "spend", "sources", "severities", "channels")
        fields = self.reader.fields(
            root,
            (
                *required,
                "review_after",
                "readings",
                "default_reading",
                "likeliest_reading",
                "plans",
                "content",
                "facts",
                "open_points",
            ),
            (*required, "plans"),
        )
        catalogue_id = self.entries.identifier(fields.get("id"))
        currency = self._currency(fields.get("currency"))
        sources = self._sources(fields.get("sources"))
        severities = self.entries.table(fields.get("severities"), self._severity)
        channels = self.entries.table(fields.get("channels"), self._channel)
        self.entries.plans = self.entries.ids(fields.get("plans"))
        points = self.entries.table(fields.get("open_points"), self._open_point)
        readings, rules = self._readings(fields.get("readings"))
        plan_reader = PlanReader(self.entries, self.fees, channels, severities, points, rules)
        default = self.entries.reference(fields.get("default_reading"), readings)
        likeliest = self.entries.reference(fields.get("likeliest_reading"), readings)
        first = next(iter(readings), "")
        return Catalogue(
            id=catalogue_id,
            name=self.entries.text(fields.get("name")),
            currency=currency,
            about=self.entries.text(fields.get("about")),
            spend=self.entries.text(fields.get("spend")),
            review_after=self.reader.date(fields.get("review_after")),
            file=content,
            sources=tuple(sources.values()),
            severities=tuple(severities.values()),
            channels=tuple(channels.values()),
            readings=tuple(readings.values()),
            default_reading=default or first,
            likeliest_reading=likeliest or default or first,
            plans=plan_reader.read(self.entries.filled(fields.get("plans"))),
            content=tuple(self.entries.table(fields.get("content"), self._content).values()),
            facts=tuple(self.entries.table(fields.get("facts"), self._facts).values()),
            open_points=tuple(points.values()),
        )

    def _currency(self, node: Node | None) -> str:
        text = self.reader.string(node) or ""
        if node is not None and text and not is_currency(text):
            self.reader.note(
                node,
                Message(
                    "{text} is not a currency; write its ISO 4217 code, like CNY",
                    text=quoted(text),
                ),
            )
        elif text:
            self.fees.currency = text
        return text

    def _sources(self, node: Node | None) -> Mapping[str, Source]:
        sources = self.entries.table(self.entries.filled(node), self._source)
        self.entries.sources = tuple(sources)
        return sources

    def _readings(self, node: Node | None) -> tuple[Mapping[str, Reading], Mapping[str, Rule]]:
        """The readings and their rules; a catalogue without any has one: the fee as published."""
        if node is None:
            name = Text({"en": "as published", "zh": "按公布价"})
            whole = Scalar(None, WHOLE_FEE, plain=True)
            only = Reading("published", name, None, name, None)
            return {only.id: only}, {only.id: Rule(whole, None)}
        rules: dict[str, Rule] = {}

        def read_one(item: Node) -> Reading:
            required = ("id", "name", "total", "support", "source")
            fields = self.reader.fields(item, (*required, "role", "prepaid"), required)
            reading_id = self.entries.identifier(fields.get("id"))
            if "total" in fields:
                rules[reading_id] = Rule(fields["total"], fields.get("prepaid"))
            return Reading(
                reading_id,
                self.entries.text(fields.get("name")),
                self.entries.optional_text(fields.get("role")),
                self.entries.text(fields.get("support")),
                self.entries.cite(fields.get("source")),
            )

        return self.entries.table(self.entries.filled(node), read_one), rules

    def _source(self, item: Node) -> Source:
        fields = self.reader.fields(
            item, ("id", "title", "level", "date", "note"), ("id", "title", "level")
        )
        date = self.reader.date(fields.get("date"))
        return Source(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("title")),
            self.reader.choice(fields.get("level"), LEVELS) or "",
            date,
            self.entries.optional_text(fields.get("note")),
        )

    def _severity(self, item: Node) -> Severity:
        fields = self.reader.fields(item, ("id", "name"), ("id", "name"))
        return Severity(
            self.entries.identifier(fields.get("id")), self.entries.text(fields.get("name"))
        )

    def _channel(self, item: Node) -> Channel:
        fields = self.reader.fields(
            item, ("id", "name", "targets", "note"), ("id", "name", "targets")
        )
        return Channel(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("name")),
            self.reader.truth(fields.get("targets")) or False,
            self.entries.optional_text(fields.get("note")),
        )

    def _open_point(self, item: Node) -> OpenPoint:
        kinds = {kind.value: kind for kind in PointKind}
        fields = self.reader.fields(
            item,
            ("id", "kind", "text", "brief", "confirm", "plans", "headline", "source"),
            ("id", "kind", "text", "source"),
        )
        kind = self.reader.choice(fields.get("kind"), kinds)
        return OpenPoint(
            self.entries.identifier(fields.get("id")),
            kinds.get(kind or "", PointKind.ASSUMPTION),
            self.entries.text(fields.get("text")),
            self.entries.optional_text(fields.get("brief")),
            self.entries.optional_text(fields.get("confirm")),
            tuple(
                self.entries.reference(plan, self.entries.plans)
                for plan in self.reader.items(fields.get("plans"))
            ),
            self.reader.truth(fields.get("headline")) or False,
            self.entries.cite(fields.get("source")),
        )

    def _content(self, item: Node) -> ContentItem:
        fields = self.reader.fields(
            item, ("id", "name", "source", "plans"), ("id", "name", "source", "plans")
        )
        by_plan = {}
        for key, value in self.reader.named(fields.get("plans")).values():
            by_plan[self.entries.reference(key, self.entries.plans)] = self.entries.text(value)
        return ContentItem(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("name")),
            MappingProxyType(by_plan),
            self.entries.cite(fields.get("source")),
        )

    def _facts(self, item: Node) -> FactGroup:
        fields = self.reader.fields(
            item, ("id", "title", "source", "items", "shown"), ("id", "title", "source")
        )
        return FactGroup(
            self.entries.identifier(fields.get("id")),
            self.entries.text(fields.get("title")),
            tuple(map(self.entries.text, self.reader.items(fields.get("items")))),
            tuple(map(self.entries.text, self.reader.items(fields.get("shown")))),
            self.entries.cite(fields.get("source")),
        )
