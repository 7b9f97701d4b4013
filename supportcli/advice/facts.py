"""Every figure of a catalogue with its source: who says so, when, and how sure that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Clause, Span
from supportcli.core.plan import FeeRule, Limit, Plan, ServiceLevel
from supportcli.core.quantity import Extra, Included
from supportcli.core.source import NO_SOURCE, Cite, Source
from supportcli.core.text import Text
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_OURS = ("derived", "assumed")
_FIGURE = regex(r"\d")
_ENTRY = 2  # parts of a sentence's place: the list, and the entry of it
_LEFT_OUT = frozenset(
    (
        *("id", "name", "title", "short", "vendor", "vendor_short", "aliases", "sources"),
        *("gets", "fee_text", "hours", "brief", "question", "role", "about", "examples"),
    )
)
"""Names; what sums up or goes with a figure of its own; what says which sources there are."""


class FigureKind(Enum):
    """What a figure is of."""

    FEE = "fee"
    FEE_PART = "fee_part"
    OLDER_FEE = "older_fee"
    EXTRA = "extra"
    INCLUDED = "included"
    LIMIT = "limit"
    RESPONSE = "response"
    TERM = "term"


class Weakness(Enum):
    """Why a figure is less sure than one that the vendor states, with a day."""

    NO_SOURCE = "no_source"
    ONE_COPY = "one_secondary"
    ONE_RESELLER = "one_reseller"
    UNDATED = "undated"
    ASSUMED = "assumed"


_COPIES = {"reseller": Weakness.ONE_RESELLER, "secondary": Weakness.ONE_COPY}


class SourcedFigure(NamedTuple):
    """A figure of a plan, the entry that holds it, and where it comes from (None: nobody says)."""

    plan: Plan
    kind: FigureKind
    name: str
    entry: FeeRule | Extra | Included | Limit | ServiceLevel | Clause[Any]
    source: Source | None
    cite: Cite
    weak: tuple[Weakness, ...]


def figures(catalogue: Catalogue) -> tuple[SourcedFigure, ...]:
    """Plan by plan the fees, the older ones, the extras, limits, targets and terms in figures.

    Our own arithmetic needs no day. A source that stands for several is no single copy.
    """
    sources = {source.id: source for source in catalogue.sources}
    found = []
    for plan in catalogue.plans:
        for kind, name, entry in _entries(plan):
            source = sources.get(entry.cite.source)
            weak = tuple(_weaknesses(source, assumed=getattr(entry, "assumed", False)))
            found.append(SourcedFigure(plan, kind, name, entry, source, entry.cite, weak))
    return tuple(found)


class SourcedSentence(NamedTuple):
    """A sentence with figures, the entry that holds it, and where that comes from."""

    where: str
    text: Text
    source: Source | None
    cite: Cite
    weak: tuple[Weakness, ...]


class CatalogueFacts(NamedTuple):
    """A catalogue with its figures and its sentences with figures."""

    catalogue: Catalogue
    figures: tuple[SourcedFigure, ...]
    sentences: tuple[SourcedSentence, ...]

    @property
    def weak(self) -> bool:
        """Whether any of them is less sure."""
        return any(each.weak for kind in (self.figures, self.sentences) for each in kind)


def facts_of(catalogue: Catalogue) -> CatalogueFacts:
    """All figures of a catalogue, those in sentences apart."""
    return CatalogueFacts(catalogue, figures(catalogue), sentences(catalogue))


def sentences(catalogue: Catalogue) -> tuple[SourcedSentence, ...]:
    """Every sentence of the catalogue with a figure, each once for a place in a source.

    The source is the entry's own. What sums up figures that are listed already is left out.
    """
    sources = {source.id: source for source in catalogue.sources}
    found: dict[tuple[Cite, str], SourcedSentence] = {}
    for where, text, cite in _sentences(catalogue, (), NO_SOURCE):
        source = sources.get(cite.source)
        weak = tuple(_weaknesses(source, assumed=False))
        sentence = SourcedSentence(" ".join(where[:_ENTRY]), text, source, cite, weak)
        found.setdefault((cite, str(text)), sentence)
    return tuple(found.values())


def _sentences(
    value: object, where: tuple[str, ...], cite: Cite
) -> Iterator[tuple[tuple[str, ...], Text, Cite]]:
    """Whatever in a part of a catalogue is words with a figure, with the nearest entry's source."""
    if isinstance(value, Text):
        if any(map(_FIGURE.search, value.by_language.values())):
            yield where, value, cite
        return
    parts: Iterable[tuple[str, object]] = ()
    if isinstance(value, Mapping):
        parts = value.items()
    elif (fields := getattr(value, "_asdict", None)) is not None:
        parts = [each for each in fields().items() if each[0] not in _LEFT_OUT]
        cite = getattr(value, "cite", cite) or NO_SOURCE
    elif isinstance(value, tuple):
        parts = [(getattr(each, "id", ""), each) for each in value]
    for name, part in parts:
        yield from _sentences(part, (*where, *filter(None, [name])), cite)


def _entries(
    plan: Plan,
) -> Iterator[
    tuple[FigureKind, str, FeeRule | Extra | Included | Limit | ServiceLevel | Clause[Any]]
]:
    """The entries that hold a figure; a price that is not known is none."""
    if plan.fees is not None:
        rule = FeeRule(plan.published, plan.fees, plan.fee_text, plan.cite)
        yield FigureKind.FEE, "fee", rule
        if plan.part_cite is not None:
            yield FigureKind.FEE_PART, "part of the fee", rule._replace(cite=plan.part_cite)
    for rule in plan.history:
        if rule.until is not None and rule.fees is not None:
            yield FigureKind.OLDER_FEE, f"until {rule.until}", rule
    yield from ((FigureKind.EXTRA, extra.id, extra) for extra in plan.extras)
    yield from ((FigureKind.INCLUDED, each.quantity, each) for each in plan.included)
    for limit in plan.limits:
        if limit.allowed is not None:
            yield FigureKind.LIMIT, limit.id, limit
    for level in plan.levels:
        place = ", ".join(filter(None, (level.severity, level.channel, level.limit)))
        yield FigureKind.RESPONSE, place, level
    for name, clause in plan.terms.stated():
        if isinstance(clause.value, Span):
            yield FigureKind.TERM, name, clause


def _weaknesses(source: Source | None, *, assumed: bool) -> Iterator[Weakness]:
    if source is None:
        yield Weakness.NO_SOURCE
    elif source.level in _COPIES and not source.several:
        yield _COPIES[source.level]
    if source is not None and source.date is None and source.level not in _OURS:
        yield Weakness.UNDATED
    if assumed or (source is not None and source.level == "assumed"):
        yield Weakness.ASSUMED
