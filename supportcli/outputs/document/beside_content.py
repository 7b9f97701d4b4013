"""What the catalogue says of plans side by side: a row for each thing, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from supportcli.core.plan import Plan
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.needs.channels import ChannelNeed
from supportcli.needs.listed import ListedNeed
from supportcli.needs.response import target_cell
from supportcli.needs.services import ServiceNeed
from supportcli.needs.tam import TamNeed, tam_words
from supportcli.needs.targets import marked
from supportcli.outputs.document.telling import Telling
from supportcli.record import NamedTuple

_UNKNOWN = Message("not recorded"), Message("not described")
_ASSUMED = marked(_UNKNOWN[0], assumed=True).text
_KINDS: tuple[type[ListedNeed], ...] = (ChannelNeed, ServiceNeed)


class Fact(NamedTuple):
    """What is said of a plan, whether it is assumed, and whether anything is recorded at all."""

    text: str
    assumed: bool
    known: bool


class FactRow(NamedTuple):
    """What is said of each plan; rows that share one of their `keys` are about the same thing."""

    keys: frozenset[str]
    about: Message
    facts: tuple[Fact, ...]

    @property
    def differs(self) -> bool:
        """Whether the plans differ in it."""
        return len(set(self.facts)) > 1

    @property
    def alike(self) -> bool:
        """Whether they differ in nothing but that it is assumed of some."""
        return len({fact.text for fact in self.facts}) == 1


def fact_rows(telling: Telling, plans: Sequence[Plan]) -> list[FactRow]:
    """All in which the plans differ, each thing in the row that tells most of it."""
    groups: list[list[FactRow]] = []
    for row in _Content(telling, plans).rows():
        same = [group for group in groups if any(row.keys & other.keys for other in group)]
        if same:
            same[0].append(row)
        else:
            groups.append([row])
    found = (max(reversed(group), key=_worth) for group in groups)
    return [row for row in found if row.differs]


def _worth(row: FactRow) -> tuple[bool, int]:
    return row.differs, sum(fact.known for fact in row.facts)


class _Content:
    def __init__(self, telling: Telling, plans: Sequence[Plan]) -> None:
        self.telling = telling
        self.catalogue = telling.advice.catalogue
        self.plans = plans

    def rows(self) -> Iterator[FactRow]:
        yield from self._responses()
        tams = tuple(self._fact(tam_words(plan.tam)) for plan in self.plans)
        yield FactRow(frozenset({TamNeed.field}), Message("TAM"), tams)
        yield from self._listed()
        yield from self._table()

    def _responses(self) -> Iterator[FactRow]:
        """The first response to each severity, by the channels that can be used."""
        for severity in self.catalogue.severities:
            about = Message("First response: {severity}", severity=severity.name)
            needs = self.telling.advice.needs
            cells = (target_cell(self.catalogue, p, severity.id, needs) for p in self.plans)
            yield FactRow(frozenset(), about, tuple(map(self._fact, cells)))

    def _listed(self) -> Iterator[FactRow]:
        """A row for each channel and each service."""
        for kind in _KINDS:
            told = zip(*(kind.facts(self.catalogue, plan) for plan in self.plans), strict=True)
            for thing, row in zip(kind.listed(self.catalogue), told, strict=True):
                facts = tuple(self._fact(words.values["text"]) for words, _ in row)
                yield FactRow(self._keys(thing.id, thing.name), _named(thing.name), facts)

    def _table(self) -> Iterator[FactRow]:
        """The catalogue's own table of services; of a TAM its row has been told."""
        for item in (each for each in self.catalogue.content if each.id != TamNeed.field):
            facts = tuple(self._described(item.by_plan, plan) for plan in self.plans)
            yield FactRow(self._keys(item.id, item.name), _named(item.name), facts)

    def _described(self, by_plan: Mapping[str, Text], plan: Plan) -> Fact:
        """What stands there of the plan, else of the one that it is assumed to be like."""
        if plan.id in by_plan:
            return self._fact(by_plan[plan.id])
        if plan.like is not None and plan.like.plan in by_plan:
            return self._fact(by_plan[plan.like.plan])._replace(assumed=True)
        return self._fact(Message("not described"))

    def _keys(self, name: str, title: Text) -> frozenset[str]:
        return frozenset({name, self.telling.language.text(title)})

    def _fact(self, words: object) -> Fact:
        """What is said, apart from that it is assumed."""
        assumed = isinstance(words, Message) and words.text == _ASSUMED
        bare = words.values["words"] if isinstance(words, Message) and assumed else words
        return Fact(self.telling.language.text(bare), assumed, bare not in _UNKNOWN)


def _named(title: Text) -> Message:
    return Message("{name}", name=title)
