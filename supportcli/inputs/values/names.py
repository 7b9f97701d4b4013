"""Names of a catalogue's plans, readings, channels, severities: by id, name or alias, any case."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from supportcli.core.catalogue import Catalogue, Reading
from supportcli.core.plan import Apart, Plan
from supportcli.core.successor import and_successor
from supportcli.core.text import NamedThing
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.values.texts import folded, is_unknown, normal

_MOST_COMPARED = 64
_NONE = frozenset("无 没有 暂无 none n/a na - -- — – /".split())
_NOT_ASKED = frozenset(
    """不要求 无要求 没有要求 不限 无所谓 不需要 不用 no_requirement no_need not_needed""".split()
)
_NOT_BOUGHT = frozenset(
    """未购买 未买 未开通 未订购 没买 没有购买 尚未购买 没购买 not_bought not_purchased no_plan
    no_support not_subscribed""".split()
)

_APART = {
    Apart.PARTNER: Message("{plan} is for the vendor's partners; name another plan"),
    Apart.ADD_ON: Message("{plan} is an addition to another plan; name another"),
    Apart.OLDER: Message("{plan} may be no longer sold: when it ended is not known; name another"),
}

_AT_MOST = frozenset((normal("at most"), normal("最多")))
_PROBABLY = frozenset((normal("probably"), normal("大概率")))

Meant = TypeVar("Meant")


class KnownNames(Mapping[str, str]):
    """Names in their normal form, each with the id that it alone stands for.

    `shared` are those that stand for several, with their ids.
    """

    def __init__(self, alone: Mapping[str, str], shared: Mapping[str, tuple[str, ...]]) -> None:
        self._alone = alone
        self.shared = shared

    def __getitem__(self, name: str) -> str:
        return self._alone[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._alone)

    def __len__(self) -> int:
        return len(self._alone)

    def has(self, text: str) -> bool:
        """Whether anything goes by that name, be it one thing or several."""
        return bool(self.all_called(text))

    def all_called(self, text: str) -> tuple[str, ...]:
        """The ids of all that go by that name."""
        name = normal(text)
        return (self._alone[name],) if name in self._alone else self.shared.get(name, ())


def names_of(things: Iterable[NamedThing]) -> KnownNames:
    """The known names: an id outweighs a name, a name an alias.

    What is printed in brackets after a name belongs to it: Premier (premier).
    """
    listed = tuple(things)
    owners: dict[str, tuple[str, ...]] = {}
    for names in (
        [(name, one.id) for one in listed for name in _with_brackets(one)],
        [(alias, one.id) for one in listed for alias in one.aliases],
        [(name, one.id) for one in listed for name in one.name.by_language.values()],
        [(one.id, one.id) for one in listed],
    ):
        found: dict[str, dict[str, None]] = {}
        for name, owner in names:
            found.setdefault(normal(name), {})[owner] = None
        owners |= {name: tuple(ids) for name, ids in found.items()}
    return KnownNames(
        MappingProxyType({name: ids[0] for name, ids in owners.items() if len(ids) == 1}),
        MappingProxyType({name: ids for name, ids in owners.items() if len(ids) > 1}),
    )


def collisions(things: Iterable[NamedThing]) -> Iterator[tuple[str, str, str]]:
    """Names of two things, be they ids, names or aliases: the name, the earlier id, the later."""
    owners: dict[str, str] = {}
    for one in things:
        for name in dict.fromkeys((one.id, *one.name.by_language.values(), *one.aliases)):
            owner = owners.setdefault(normal(name), one.id)
            if owner != one.id:
                yield name, owner, one.id


def _with_brackets(one: NamedThing) -> Iterator[str]:
    """A name with its id, that of a reading with what it is good for, as printed; a short name."""
    if isinstance(one, Plan):
        yield from one.short_name.by_language.values()
    for language, name in one.name.by_language.items():
        yield f"{name} {one.id}"
        if isinstance(one, Reading) and one.role is not None:
            yield f"{name} {one.role.in_language(language)}"


def read_reading(text: str, catalogue: Catalogue) -> str:
    """The id of a reading, by its names or by what screens call the amounts that it leads to.

    Raises:
        UsageError: there is none of that name.
    """
    name = normal(text)
    if catalogue.default_reading != catalogue.likeliest_reading:
        if name in _AT_MOST:
            return catalogue.default_reading
        if name in _PROBABLY:
            return catalogue.likeliest_reading
    return read_name(text, catalogue.readings)


def read_name(text: str, things: Iterable[NamedThing]) -> str:
    """The id of the one of the things that the text stands for.

    Raises:
        UsageError: there is none of that name, or several; which was probably meant, or all.
    """
    listed = tuple(things)
    names, known = {one.id: one.name for one in listed}, names_of(listed)
    found = known.get(normal(text))
    if found is not None:
        return found
    shared = known.shared.get(normal(text))
    if shared is not None:
        message = Message(
            "{text} is a name of several: {known}; write the id", text=quoted(text), known=shared
        )
        raise UsageError(message)
    near = nearest(text, known)
    raise UsageError(
        Message(
            "{text} is not in the catalogue; did you mean {near}?",
            text=quoted(text),
            near=names[near],
        )
        if near
        else Message(
            "{text} is not in the catalogue, which has: {known}",
            text=quoted(text),
            known=tuple(names.values()),
        )
        if names
        else Message("{text} is not in the catalogue, which has none", text=quoted(text))
    )


def read_plan(text: str, catalogue: Catalogue) -> str:
    """The id of the plan in force that the text stands for.

    Raises:
        UsageError: there is none of that name, or several, or it is not in force or no choice.
    """
    plan = plan_left_out(text, catalogue)
    if plan is None:
        return read_name(text, catalogue.plans)
    words = and_successor(_left_out_words(plan), catalogue, plan)
    if plan.apart is not None:
        raise UsageError(words)
    raise UsageError(Message("{words}; name one that is in force, or none", words=words))


def plan_left_out(text: str, catalogue: Catalogue) -> Plan | None:
    """The plan that the text stands for, where it is not in force or no choice."""
    found = names_of(catalogue.left_out).get(normal(text))
    if found is None or names_of(catalogue.plans).has(text):
        return None
    return next(plan for plan in catalogue.left_out if plan.id == found)


def ended_words(text: str, catalogue: Catalogue, today: datetime.date | None) -> Message | None:
    """That a plan in force today ends before the rules that are asked for, and what follows it."""
    plan = plan_left_out(text, catalogue)
    if plan is None or plan.apart or today is None or not plan.validity.holds_on(today):
        return None
    words = Message("{plan} ends on {date}", plan=plan.name, date=plan.validity.valid_to)
    return and_successor(words, catalogue, plan)


def _left_out_words(plan: Plan) -> Message:
    """Why a plan of the catalogue cannot be named beside the others."""
    first, last = plan.validity.valid_from, plan.validity.valid_to
    if plan.apart is not None:
        return Message(_APART[plan.apart].text, plan=plan.name)
    if first is None:
        return Message("{plan} is in force until {date} only", plan=plan.name, date=last)
    if last is None:
        return Message("{plan} is in force from {date} on only", plan=plan.name, date=first)
    return Message(
        "{plan} is in force from {first} to {last} only", plan=plan.name, first=first, last=last
    )


def id_of(text: str, things: Iterable[NamedThing]) -> str:
    """The id that the text stands for; the text itself where it stands for none."""
    listed = tuple(things)
    if any(one.id == text for one in listed):
        return text
    return names_of(listed).get(normal(text), text)


def nearest(text: str, known: Mapping[str, str]) -> str | None:
    """The id whose name is most like the text, if one is like it at all."""
    from difflib import get_close_matches

    near = get_close_matches(normal(text)[:_MOST_COMPARED], known, n=1)
    return known[near[0]] if near else None


def is_none(text: str) -> bool:
    """Whether the text says that there is none, as of a plan of today: 无, none."""
    return folded(text) in _NONE


def no_plan(text: str) -> bool:
    """Whether the text names no plan of today: there is none, or nobody knows which."""
    return is_none(text) or is_unknown(text) or folded(text).replace(" ", "_") in _NOT_BOUGHT


def asks_nothing(text: str) -> bool:
    """Whether the text says that nothing of the kind is required: 不要求, none."""
    return is_none(text) or folded(text).replace(" ", "_") in _NOT_ASKED


def leaves_open(text: str) -> bool:
    """Whether the text asks for nothing, or says that it is not known what is asked for."""
    return asks_nothing(text) or is_unknown(text)


def wanted(texts: Sequence[str]) -> list[str]:
    """The texts that ask for something.

    Raises:
        UsageError: some ask for something, and others for nothing.
    """
    found = [text for text in texts if not leaves_open(text)]
    if found and len(found) < len(texts):
        nothing = next(filter(leaves_open, texts))
        raise UsageError(
            Message("{text} contradicts what stands beside it; leave it out", text=quoted(nothing))
        )
    return found


def read_choice(
    text: str, known: Mapping[str, Meant], words: Mapping[str, Meant] = MappingProxyType({})
) -> Meant:
    """What one of the known words stands for, or one of the `words` that mean the same.

    Raises:
        UsageError: another word.
    """
    spellings = {normal(word): meant for word, meant in (*words.items(), *known.items())}
    if normal(text) in spellings:
        return spellings[normal(text)]
    raise UsageError(
        Message("{text} is not one of: {known}", text=quoted(text), known=tuple(known))
    )
