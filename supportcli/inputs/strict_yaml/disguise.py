"""Characters that only look like those that YAML reads: where one broke a file, what to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from supportcli.errors import Message, quoted
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_LOOKALIKES = {
    "：": (Message("full-width colon"), ":"),
    "\u00a0": (Message("no-break space"), " "),
    "\u3000": (Message("full-width space"), " "),
}
_MEANT = str.maketrans({"：": ": ", "\u00a0": " ", "\u3000": " "})
_OUTSIDE_QUOTES = regex("[^\"'#：\u00a0\u3000]*[：\u00a0\u3000]")
_MOST_TRIED = 40  # lines: each is a reading of the whole file


Breaks = Callable[[str], float]
"""The line at which a text is no longer YAML, counted from 0; infinite where it is."""


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


def disguised(lines: Sequence[str], broken: int, breaks: Breaks) -> Disguise | None:
    """What broke a file at a line, counted from 0: with that one mended, it is read further on.

    Words hold such characters too, so they are tried: the nearest above first, then all of them
    from each one down that stand where the colon of a field would.
    """
    tried = [found for _, found in zip(range(_MOST_TRIED), _above(lines, broken), strict=False)]
    for found in tried:
        if breaks(_mended(lines, [found])) > broken:
            return found
    fields = [found for found in tried if ": " not in lines[found.line - 1][: found.column - 1]]
    for count in range(2, len(fields) + 1):
        if breaks(_mended(lines, fields[:count])) > broken:
            return fields[count - 1]
    return None


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
