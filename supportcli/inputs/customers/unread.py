"""Columns that are not understood: those that look like a need stop a run, others are told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.aliases import NAMES, stem_of
from supportcli.inputs.customers.suggestions import NEEDED, nearest
from supportcli.inputs.values.texts import folded, normal
from supportcli.needs.registry import KINDS

_MOST_LOOKED_AT = 100
_LONG = 6


def _words(texts: str) -> re.Pattern[str]:
    """Any of the texts: as a word of its own where it ends in a letter of the alphabet."""
    found = (f"(?<![a-z]){one.strip()}(?![a-z])" for one in texts.split(";"))
    return re.compile("|".join(found))


_SPOKEN = {kind.column: _words(kind.spoken) for kind in KINDS if kind.column}


def like_needs(names: Sequence[str], meant: Collection[str]) -> Iterator[Message]:
    """A refusal for each column that looks like a need which nothing else in the table says.

    Args:
        names: of the columns that have no meaning.
        meant: what the other columns mean.
    """
    for name in names:
        need = _need_like(name)
        if need and need not in meant:
            yield Message(
                "column {name} looks like a need of the customer and is not understood; give "
                "--map {need}={name}, or --ignore-column {name} to do without it",
                name=quoted(name),
                need=need,
            )


def nearly_known(names: Sequence[str], meant: Collection[str]) -> Iterator[Message]:
    """What is said of columns whose names are nearly those of something else that we know."""
    for name in islice(names, _MOST_LOOKED_AT):
        meaning = _meaning_of(name)
        if meaning and meaning not in meant:
            yield Message(
                "column {name} is carried through unread; "
                "if it is {meaning}, give --map {meaning}={name}",
                name=quoted(name),
                meaning=meaning,
            )


def _need_like(name: str) -> str | None:
    """The need that a column may be; a short name that is nearly one (team) may be a word."""
    short = len(normal(name)) < _LONG
    need = NAMES.get(stem_of(name)) or _need_in(name) if short else _meaning_of(name)
    return need if need in NEEDED else None


def _meaning_of(name: str) -> str | None:
    """What a column may be: by its name without brackets, a slip of the pen, or its words."""
    return NAMES.get(stem_of(name)) or nearest(normal(name), NAMES) or _need_in(name)


def _need_in(name: str) -> str | None:
    """The column of a need of which a name speaks in one of its words: TAM degree, 响应要求."""
    text = folded(name).replace("_", " ")
    return next((column for column, words in _SPOKEN.items() if words.search(text)), None)
