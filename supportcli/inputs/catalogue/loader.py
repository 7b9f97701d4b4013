"""plans.yaml to a Catalogue, every mistake told with its line and its remedy, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from supportcli.core.catalogue import Catalogue, Channel, Reading, Severity
from supportcli.core.currencies import is_currency
from supportcli.core.text import Text
from supportcli.errors import AmountError, CatalogueError, Message, Problem, UsageError, quoted
from supportcli.inputs.catalogue.bundled import find_catalogue
from supportcli.inputs.catalogue.conditions import ConditionsReader
from supportcli.inputs.catalogue.examples import ExampleReader
from supportcli.inputs.catalogue.extras import ExtraReader
from supportcli.inputs.catalogue.fees import PlanFeeReader
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.catalogue.lint_names import NAMED_BLOCKS
from supportcli.inputs.catalogue.plans import PlanReader, Where
from supportcli.inputs.catalogue.reading_rules import WHOLE_FEE, ReadingRules, Rule
from supportcli.inputs.catalogue.sections import PartReader
from supportcli.inputs.catalogue.service import ServiceReader
from supportcli.inputs.catalogue.shapes import FeeReader, keys_of
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Items, Node, Scalar, parse, read_bytes
from supportcli.record import NamedTuple

_REQUIRED = ("id", "name", "currency", "plans")
_FIELDS = (
    *_REQUIRED,
    "aliases",
    "vendor",
    "vendor_short",
    "about",
    "spend",
    "checked",
    "review_after",
    "how_to_buy",
    "sources",
    "severities",
    "channels",
    "terms",
    "readings",
    "default_reading",
    "likeliest_reading",
    "quantities",
    "content",
    "services",
    "facts",
    "open_points",
    "examples",
)
_OF_READING = (
    *("id", "name", "aliases", "role", "total", "prepaid", "support", "source"),
    *("brief", "question"),
)
# What a catalogue has that says nothing about these.
_PUBLISHED = Text({"en": "as published", "zh": "按公布价"})
_REQUEST = Severity("request", Text({"en": "any request", "zh": "任何请求"}))
_CASE = Channel("case", Text({"en": "support case", "zh": "工单"}), True, None)
_ANY_SPEND = Text({"en": "Cloud spend of a month that counts", "zh": "一个月的云产品消费"})


class CheckedCatalogue(NamedTuple):
    """What came of reading a file: the catalogue unless there are mistakes, and the findings."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    findings: tuple[Problem, ...]


def load_catalogue(name: str | Path | None = None, what_if: Iterable[str] = ()) -> Catalogue:
    """Load a catalogue: a shipped one by its name, or a YAML file by its path.

    It holds the plans of every day; `Catalogue.in_force` picks those of one day. `what_if` is what
    is supposed of its fees, like `fees +5%` or `enterprise.monthly=26250`; the file stays as it is.

    Raises:
        CatalogueError: missing, unreadable or wrong; every mistake that was found, with its place.
        UsageError: what is supposed is not understood, or makes no fee.
    """
    path, shown = find_catalogue(name)
    catalogue = _loaded(read_bytes(path, shown), shown)
    supposed = tuple(text.strip() for text in what_if)
    return _supposing(name, catalogue, supposed) if supposed else catalogue


def catalogue_of(content: bytes, shown: str) -> Catalogue:
    """The catalogue that a text holds; messages call it `shown`.

    Raises:
        CatalogueError: wrong; every mistake that was found, with its place.
    """
    return _loaded(content, shown)


@lru_cache(maxsize=32)
def _loaded(content: bytes, shown: str) -> Catalogue:
    """What a file of this content says; who asks for it again need not wait again."""
    reading = _reading(content, shown)
    catalogue = reading.catalogue()
    reading.reader.refuse_if_any(Message("the catalogue has mistakes:"), CatalogueError)
    return catalogue


def _supposing(name: str | Path | None, catalogue: Catalogue, texts: tuple[str, ...]) -> Catalogue:
    """The catalogue with other fees; one that is wrong with them only is told without a place."""
    from supportcli.inputs.catalogue.what_if import read_what_if, suppose, with_factor

    reading = _read(name)
    try:
        what_if = read_what_if(texts)
        suppose(reading.root, catalogue, what_if.settings)
    except AmountError as error:
        raise UsageError(error.problems) from error
    if what_if.factor is not None:
        catalogue = with_factor(catalogue, what_if.factor)
    if what_if.settings:
        catalogue = reading.catalogue()
        if reading.reader.noted:
            raise UsageError([Problem("", problem.message) for problem in reading.reader.problems])
    return catalogue._replace(what_if=texts)


def check_catalogue(name: str | Path | None = None) -> CheckedCatalogue:
    """Read a catalogue for its mistakes and for what could be better.

    Raises:
        CatalogueError: missing, unreadable, or not YAML at all.
    """
    reading = _read(name)
    catalogue, reader = reading.catalogue(), reading.reader
    if reader.noted:
        return CheckedCatalogue(None, tuple(reader.problems), tuple(reader.findings))
    from supportcli.inputs.catalogue.lint import look_closer  # not needed to give advice

    look_closer(catalogue, reader, reading.root, reading.places)
    return CheckedCatalogue(catalogue, (), tuple(reader.findings))


def _read(name: str | Path | None) -> _CatalogueReader:
    path, shown = find_catalogue(name)
    return _reading(read_bytes(path, shown), shown)


def _reading(content: bytes, shown: str) -> _CatalogueReader:
    root = parse(content, shown)
    if root is None:
        raise CatalogueError([Problem(shown, Message("is empty; give a catalogue as YAML"))])
    return _CatalogueReader(Reader(shown), root, content)


class _CatalogueReader:
    """One pass over the tree: the parts in order, each checked against those before it."""

    def __init__(self, reader: Reader, root: Node, content: bytes) -> None:
        self.reader = reader
        self.root = root
        self.content = content
        self.entries = EntryReader(reader)
        self.fees = FeeReader(reader, "")
        self.places: Mapping[Where, Node] = {}

    def catalogue(self) -> Catalogue:
        """What the tree says; where something was noted it is not to be used."""
        entries, parts = self.entries, PartReader(self.entries)
        fields = self.reader.fields(self.root, _FIELDS, _REQUIRED)
        catalogue_id = entries.identifier(fields.get("id"))
        currency = self._currency(fields.get("currency"))
        sources = entries.table(entries.filled(fields.get("sources")), parts.source)
        entries.sources = tuple(sources) if sources or "sources" not in fields else None
        terms = ConditionsReader(entries)
        general = terms.terms(fields.get("terms"))
        severities = entries.table(entries.filled(fields.get("severities")), parts.severity)
        severities = severities or {_REQUEST.id: _REQUEST}
        channels = entries.table(entries.filled(fields.get("channels")), parts.channel)
        channels = channels or {_CASE.id: _CASE}
        entries.plans = entries.ids(fields.get("plans"))
        points = entries.table(fields.get("open_points"), parts.open_point)
        readings, rules = self._readings(fields.get("readings"))
        quantities = entries.table(entries.filled(fields.get("quantities")), parts.quantity)
        plans = PlanReader(
            entries,
            PlanFeeReader(entries, self.fees, ReadingRules(self.fees, rules)),
            ExtraReader(entries, self.fees, quantities),
            ServiceReader(entries, channels, severities, points, quantities),
            terms,
            general,
        )
        self.places = plans.places
        examples = ExampleReader(entries, self.fees, readings, quantities)
        written = self.reader.items(fields.get("examples"))
        plans.places.update({("examples", str(n)): item for n, item in enumerate(written)})
        plans.places.update(entries.places(fields, NAMED_BLOCKS))
        if "review_after" in fields:
            plans.places["review_after",] = fields["review_after"]
        default = entries.reference(fields.get("default_reading"), readings, "readings")
        likeliest = entries.reference(fields.get("likeliest_reading"), readings, "readings")
        first = next(iter(readings), "")
        return Catalogue(
            id=catalogue_id,
            name=entries.text(fields.get("name")),
            currency=currency,
            about=entries.optional_text(fields.get("about")),
            spend=entries.optional_text(fields.get("spend")) or _ANY_SPEND,
            checked=self.reader.date(fields.get("checked")),
            review_after=self.reader.date(fields.get("review_after")),
            file=self.content,
            sources=tuple(sources.values()),
            severities=tuple(severities.values()),
            channels=tuple(channels.values()),
            readings=tuple(readings.values()),
            default_reading=default or first,
            likeliest_reading=likeliest or default or first,
            plans=plans.read(entries.filled(fields.get("plans"))),
            content=tuple(entries.table(fields.get("content"), parts.content).values()),
            services=tuple(entries.table(fields.get("services"), parts.service).values()),
            facts=tuple(entries.table(fields.get("facts"), parts.facts).values()),
            open_points=tuple(points.values()),
            terms=general,
            quantities=tuple(quantities.values()),
            aliases=entries.aliases(fields.get("aliases")),
            vendor=entries.optional_text(fields.get("vendor")),
            examples=tuple(map(examples.read, written)),
            how_to_buy=parts.how_to_buy(fields.get("how_to_buy")),
            vendor_short=entries.optional_text(fields.get("vendor_short")),
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

    def _readings(self, node: Node | None) -> tuple[Mapping[str, Reading], Mapping[str, Rule]]:
        """The readings and their rules; a catalogue without any has one: the fee as published."""
        whole = Scalar(None, WHOLE_FEE, plain=True)
        if node is None:
            only = Reading("published", _PUBLISHED, None, _PUBLISHED, None)
            return {only.id: only}, {only.id: Rule(whole, None)}
        rules: dict[str, Rule] = {}
        items = node.items if isinstance(node, Items) else []
        joining = any(key.text == "total" for item in items for key in keys_of(item))

        def read_one(item: Node) -> Reading:
            fields = self.reader.fields(item, _OF_READING, ("id", "name", "support"))
            if joining and "total" not in fields:
                message = Message("field {name} is missing; add it", name="'total'")
                self.reader.note(item, message)
            reading_id = self.entries.identifier(fields.get("id"))
            rules[reading_id] = Rule(fields.get("total", whole), fields.get("prepaid"))
            return Reading(
                reading_id,
                self.entries.text(fields.get("name")),
                self.entries.optional_text(fields.get("role")),
                self.entries.text(fields.get("support")),
                self.entries.cite(fields.get("source"), item),
                self.entries.aliases(fields.get("aliases")),
                self.entries.optional_text(fields.get("brief")),
                self.entries.optional_text(fields.get("question")),
            )

        return self.entries.table(self.entries.filled(node), read_one), rules
