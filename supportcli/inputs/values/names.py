"""Names of a catalogue's plans, readings, channels, severities: by id, name or alias, any case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from supportcli.core.text import NamedThing
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.values.texts import folded, normal

_MOST_COMPARED = 64
_NONE = frozenset("无 没有 暂无 none n/a na - -- — – /".split())

Meant = TypeVar("Meant")


def names_of(things: Iterable[NamedThing]) -> Mapping[str, str]:
    """The known names in their normal form, each with the id that it alone stands for.

    An id outweighs a name, a name an alias; what stands for two of them stands for none.
    """
    listed = tuple(things)
    found: dict[str, str] = {}
    for names in (
        [(alias, one.id) for one in listed for alias in one.aliases],
        [(name, one.id) for one in listed for name in one.name.by_language.values()],
        [(one.id, one.id) for one in listed],
    ):
        owners: dict[str, set[str]] = {}
        for name, owner in names:
            owners.setdefault(normal(name), set()).add(owner)
        found |= {name: min(owner) for name, owner in owners.items() if len(owner) == 1}
    return MappingProxyType(found)


def read_name(text: str, known: Mapping[str, str]) -> str:
    """The id that the text stands for.

    Raises:
        UsageError: there is none of that name; the one that was probably meant, or all there are.
    """
    found = known.get(normal(text))
    if found is not None:
        return found
    near = nearest(text, known)
    raise UsageError(
        Message(
            "{text} is not in the catalogue; did you mean {near}?", text=quoted(text), near=near
        )
        if near
        else Message(
            "{text} is not in the catalogue, which has: {known}",
            text=quoted(text),
            known=tuple(dict.fromkeys(known.values())),
        )
        if known
        else Message("{text} is not in the catalogue, which has none", text=quoted(text))
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
