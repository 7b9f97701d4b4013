"""What differs between the entries of two catalogues beside their plans: content, points, examples.

What an entry is called, what it says of each plan, and where that comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import attrgetter
from types import MappingProxyType

from supportcli.advice.change import Change, ChangeKind, always, changed, in_both, in_mappings
from supportcli.advice.change_names import FIELD_WORDS, NamedId, NamedIds, Names, Words
from supportcli.core.catalogue import Catalogue, Example, OpenPoint, ServiceFact
from supportcli.core.money import exact_decimal, exact_money
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.needs.services import service_words
from supportcli.record import NamedTuple


class CalledBy(NamedTuple):
    """What an entry is called, and its other names, which nobody is shown."""

    name: Text | None
    aliases: tuple[str, ...]


class EntryChanges:
    """Compares the lists of two catalogues entry by entry, with the names of both."""

    def __init__(self, old: Catalogue, new: Catalogue, names: Names) -> None:
        self.both = old, new
        self.names = names
        self.currency = new.currency

    def changes(self) -> Iterator[Change]:
        """Every change of an entry; one that comes or goes is told by what it says."""
        yield from self._contents()
        yield from self._services()
        yield from self._facts()
        yield from self._open_points()
        for entries in ("content", "services", "facts"):
            yield from self._called(entries)
        for entries in ("content", "services", "facts", "open_points"):
            yield from self._sources(entries)
        yield from self._examples()

    def _contents(self) -> Iterator[Change]:
        """The rows of the service table, plan by plan."""
        was, now = ({item.id: item.by_plan for item in each.content} for each in self.both)
        yield from self._by_plan("content", was, now)

    def _services(self) -> Iterator[Change]:
        """Which plans have which services."""
        was, now = (
            {
                one.id: {plan: _offered(fact) for plan, fact in one.by_plan.items()}
                for one in each.services
            }
            for each in self.both
        )
        yield from self._by_plan("services", was, now)

    def _by_plan(
        self,
        entries: str,
        old: Mapping[str, Mapping[str, object]],
        new: Mapping[str, Mapping[str, object]],
    ) -> Iterator[Change]:
        for entry in dict.fromkeys((*old, *new)):
            was, now = old.get(entry, {}), new.get(entry, {})
            field, about = f"{_ONE[entries]} {entry}", (self.names.words(entries, entry),)
            for plan in dict.fromkeys((*was, *now)):
                said = was.get(plan), now.get(plan)
                yield from changed(plan, ChangeKind.TEXT, field, *said, about)

    def _facts(self) -> Iterator[Change]:
        old, new = map(_sentences, self.both)
        yield from in_mappings(None, ChangeKind.TEXT, "facts", old, new, self._sentence)
        was, now = (
            {group.id: self._plans(group.plans) for group in each.facts if group.plans}
            for each in self.both
        )
        yield from in_mappings(None, ChangeKind.TEXT, "facts plans", was, now, self._for_whom)

    def _sentence(self, field: str) -> Words:
        group, _, number = field.rpartition(" ")
        title = self.names.of("facts", group)
        return (Message("{title}, sentence {number}", title=title, number=number),)

    def _for_whom(self, group: str) -> Words:
        return (Message("{title}, only for", title=self.names.of("facts", group)),)

    def _plans(self, plans: tuple[str, ...]) -> NamedIds | None:
        """The plans that an entry is for, where those are not all of them."""
        named = tuple(NamedId(plan, self.names.of("plans", plan)) for plan in plans)
        return NamedIds(named) if named else None

    def _open_points(self) -> Iterator[Change]:
        words = ("text", "brief", "contract", "confirm")
        for field in words:
            was, now = self._point_field(attrgetter(field))
            about = always(FIELD_WORDS[f"open_points {field}"])
            yield from in_mappings(None, ChangeKind.TEXT, f"open_points {field}", was, now, about)
        kinds: dict[str, Callable[[OpenPoint], object]] = {
            "kind": lambda point: point.kind,
            "headline": lambda point: point.headline,
            "plans": lambda point: self._plans(point.plans),
        }
        for field, value in kinds.items():
            name = f"open_points {field}"
            which = partial(self._words, "open_points", FIELD_WORDS[name])
            was, now = self._point_field(value)
            yield from in_both(None, ChangeKind.TEXT, name, was, now, which)

    def _point_field(self, value: Callable[[OpenPoint], object]) -> Iterator[Mapping[str, object]]:
        return ({point.id: value(point) for point in each.open_points} for each in self.both)

    def _words(self, entries: str, what: Message, entry: str) -> Words:
        return what, self.names.words(entries, entry)

    def _called(self, entries: str) -> Iterator[Change]:
        was, now = (
            {
                one.id: CalledBy(self.names.name(one), getattr(one, "aliases", ()))
                for one in getattr(each, entries)
            }
            for each in self.both
        )
        about = always(FIELD_WORDS[entries])
        yield from in_both(None, ChangeKind.TEXT, f"{entries} name", was, now, about)

    def _sources(self, entries: str) -> Iterator[Change]:
        was, now = (
            {one.id: self.names.place(one.cite) for one in getattr(each, entries)}
            for each in self.both
        )

        def about(entry: str) -> Words:
            return (self.names.words(entries, entry),)

        yield from in_both(None, ChangeKind.SOURCE, entries, was, now, about)

    def _examples(self) -> Iterator[Change]:
        """Each by what it is given; their order does not matter."""
        was, now = ({_given(one): one for one in each.examples} for each in self.both)
        for given in dict.fromkeys((*was, *now)):
            one = now.get(given) or was[given]
            field = f"example {exact_decimal(one.spend, self.currency)}"
            pair, about = (was.get(given), now.get(given)), tuple(self._given_words(one))
            yield from changed(one.plan, ChangeKind.TEXT, field, *pair, about)

    def _given_words(self, example: Example) -> Iterator[Message]:
        yield FIELD_WORDS["examples"]
        yield Message("{value}", value=exact_money(example.spend, self.currency))
        if example.reading is not None and len(self.both[-1].readings) > 1:
            yield self.names.words("readings", example.reading)
        for quantity, number in example.quantities.items():
            name = self.names.of("quantities", quantity)
            yield Message("{quantity}={number}", quantity=name, number=number)
        if example.as_of is not None:
            yield Message("as of {date}", date=example.as_of)


_ONE = MappingProxyType({"content": "content", "services": "service"})


def _given(example: Example) -> tuple[object, ...]:
    inputs = example.plan, example.spend, example.reading, example.as_of
    return (*inputs, *sorted(example.quantities.items()))


def _offered(fact: ServiceFact) -> Message:
    words = service_words(fact.offered)
    if fact.note is not None:
        words = Message("{name}: {text}", name=words, text=fact.note)
    return Message("{words} (assumed)", words=words) if fact.assumed else words


def _sentences(catalogue: Catalogue) -> Mapping[str, object]:
    return {
        f"{group.id} {number}": text
        for group in catalogue.facts
        for number, text in enumerate((*group.items, *group.shown), start=1)
    }
