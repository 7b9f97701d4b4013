"""Changes between two catalogues as values, and how two mappings differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from fractions import Fraction

from supportcli.advice.change_names import FIELD_WORDS, Words
from supportcli.errors import Message
from supportcli.record import NamedTuple


class ChangeKind(Enum):
    """What sort of thing changed."""

    PLAN = "plan"
    FEE = "fee"
    PREPAID = "prepaid"
    EXTRA = "extra"
    INCLUDED = "included"
    LIMIT = "limit"
    RESPONSE = "response"
    CHANNEL = "channel"
    TAM = "tam"
    TERMS = "terms"
    VALIDITY = "validity"
    TEXT = "text"
    SOURCE = "source"


class Change(NamedTuple):
    """One difference: of a plan (None: of the catalogue), old and new value.

    `field` says which where a kind has several: a reading, a severity and channel, an id; `about`
    says the same in words.

    A value is None where the thing is not there. `since` is the lowest spend at which two fees
    differ (unrounded; the fees may meet again above it).
    """

    plan: str | None
    kind: ChangeKind
    field: str
    old: object
    new: object
    since: Fraction | None = None
    about: Words = ()


def field_words(name: str) -> Words:
    """What a field is called."""
    return (FIELD_WORDS[name],)


def always(*words: Message) -> Callable[[str], Words]:
    """The same words for every name."""
    return lambda _: words


def in_mappings(
    plan: str | None,
    kind: ChangeKind,
    field: str,
    old: Mapping[str, object],
    new: Mapping[str, object],
    about: Callable[[str], Words],
) -> Iterator[Change]:
    """What differs between two mappings, name by name."""
    for name in dict.fromkeys((*old, *new)):
        path = f"{field} {name}".strip()
        yield from changed(plan, kind, path, old.get(name), new.get(name), about(name))


def in_both(
    plan: str | None,
    kind: ChangeKind,
    field: str,
    old: Mapping[str, object],
    new: Mapping[str, object],
    about: Callable[[str], Words],
) -> Iterator[Change]:
    """The same of the names that both have: what comes or goes whole is told elsewhere."""
    for name in new:
        if name in old:
            yield from changed(
                plan, kind, f"{field} {name}".strip(), old[name], new[name], about(name)
            )


def changed_field(plan: str | None, field: str, old: object, new: object) -> Iterator[Change]:
    """A change of a field that has a name of its own, if there is one."""
    yield from changed(plan, ChangeKind.TEXT, field, old, new, field_words(field))


def changed(
    plan: str | None, kind: ChangeKind, field: str, old: object, new: object, about: Words = ()
) -> Iterator[Change]:
    """A change, if there is one."""
    if old != new:
        yield Change(plan, kind, field, old, new, about=about)
