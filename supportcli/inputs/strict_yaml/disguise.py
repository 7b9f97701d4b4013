"""Characters that only look like those that YAML reads: where one broke a file, what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml

from supportcli.errors import Message, quoted

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LOOKALIKES = {
    "：": (Message("full-width colon"), ":"),
    "\u00a0": (Message("no-break space"), " "),
    "\u3000": (Message("full-width space"), " "),
}
_MEANT = str.maketrans({"：": ": ", "\u00a0": " ", "\u3000": " "})
_OUTSIDE_QUOTES = re.compile("[^\"'#：\u00a0\u3000]*[：\u00a0\u3000]")
_UNCLOSED = ("while scanning a quoted scalar", "while scanning a simple key")
_MOST_TRIED = 40  # lines: each is a reading of the whole file


class Disguise(NamedTuple):
    """Such a character and where it stands, counted from 1."""

    line: int
    column: int
    character: str


def in_disguise(name: str) -> str | None:
    """The first character of a field's name that only looks like one that YAML reads."""
    return next((character for character in name if character in _LOOKALIKES), None)


def lookalike(character: str) -> Message:
    """What a character is that only looks like one that YAML reads, and what to write."""
    what, instead = _LOOKALIKES[character]
    return Message(
        "{what} U+{code}; write {instead}",
        what=what,
        code=f"{ord(character):04X}",
        instead=quoted(instead),
    )


def disguised(lines: Sequence[str], broken: int) -> Disguise | None:
    """What broke a file at a line, counted from 0: with that one mended, it is read further on.

    Words hold such characters too, so they are tried: the nearest above first, then all of them
    from each one down that stand where the colon of a field would.
    """
    tried = [found for _, found in zip(range(_MOST_TRIED), _above(lines, broken), strict=False)]
    for found in tried:
        if _is_read_past(_mended(lines, [found]), broken):
            return found
    fields = [found for found in tried if ": " not in lines[found.line - 1][: found.column - 1]]
    for count in range(2, len(fields) + 1):
        if _is_read_past(_mended(lines, fields[:count]), broken):
            return fields[count - 1]
    return None


def mark_of(error: yaml.YAMLError) -> yaml.Mark | None:
    """Where a mistake stands: of what is not closed, where it begins."""
    mark: yaml.Mark | None = getattr(error, "problem_mark", None)
    if getattr(error, "context", None) in _UNCLOSED:
        mark = getattr(error, "context_mark", None) or mark
    return mark


def first_disguise(lines: Sequence[str], begin: int) -> Disguise | None:
    """The first one outside of quotes and comments from a line on, counted from 0."""
    found = (_in_line(lines, number) for number in range(begin, len(lines)))
    return next(filter(None, found), None)


def _above(lines: Sequence[str], broken: int) -> Iterator[Disguise]:
    for number in range(min(broken, len(lines) - 1), -1, -1):
        found = _in_line(lines, number)
        if found is not None:
            yield found


def _in_line(lines: Sequence[str], number: int) -> Disguise | None:
    match = _OUTSIDE_QUOTES.match(lines[number])
    return Disguise(number + 1, match.end(), match[0][-1]) if match else None


def _mended(lines: Sequence[str], disguises: Sequence[Disguise]) -> str:
    at = {found.line - 1 for found in disguises}
    return "\n".join(
        line.translate(_MEANT) if number in at else line for number, line in enumerate(lines)
    )


def _is_read_past(text: str, broken: int) -> bool:
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            pass
    except yaml.YAMLError as error:
        mark = mark_of(error)
        return mark is not None and mark.line > broken
    return True
