"""How the records of a table are built: its names, and the columns that have none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from supportcli.errors import Message, quoted
from supportcli.inputs.tables.rows import SPACES
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_LONGEST_COUNT = 7
_BEFORE_COMMA = regex(r"\D*[0-9]{1,3}")
_AFTER_COMMA = regex(r"[0-9]{3}(?:[.,]\d*)?\D*")


class Layout(NamedTuple):
    """How the records of a table are built; a header without a name is empty text."""

    shown: str
    names: tuple[str, ...]
    delimiter: str

    @property
    def width(self) -> int:
        """How many fields a record has, unnamed ones too."""
        return len(self.names)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that have a name."""
        return tuple(name for name in self.names if name)

    @property
    def named(self) -> int:
        """How many fields there are up to the last that has a name."""
        return max(at for at, name in enumerate(self.names, 1) if name)

    def is_hollow(self, fields: Sequence[str]) -> bool:
        """Whether only an empty field at the end is too much, and no comma parts a number."""
        parted = self.delimiter == "," and any(
            _BEFORE_COMMA.fullmatch(left) and _AFTER_COMMA.fullmatch(right)
            for left, right in pairwise(fields)
        )
        one_more = len(fields) == self.width + 1 and self.names[-1]
        return bool(one_more) and not fields[-1].strip(SPACES) and not parted


class TrailingError(Exception):
    """Every record has one more field than the header, and nothing in it."""


class UnnamedTextError(Exception):
    """Columns without a name between others hold text: `places` are some of them."""

    def __init__(self, places: frozenset[int]) -> None:
        self.places = places


def with_made_names(
    names: Sequence[str], places: Collection[int]
) -> tuple[tuple[str, ...], list[Message]]:
    """The names, with made ones where there are none, like column_7; what is to be told of them."""
    found, made = list(names), list[str]()
    for at in sorted(places):
        name = f"column_{at + 1}"
        while name in map(str.casefold, found):
            name += "_"
        found[at] = name
        made.append(quoted(name))
    notes = Message("columns without a name that hold text are called: {names}", names=tuple(made))
    return tuple(found), [notes] if made else []


class RowCount:
    """Whether a column only counts the rows, as that of a data frame does: 0, 1, 2, 5."""

    def __init__(self) -> None:
        self.last: int | None = None

    def goes_on(self, text: str) -> bool:
        """Whether the next text of the column does not contradict it."""
        if not (text.isascii() and text.isdigit() and len(text) < _LONGEST_COUNT):
            return False
        before, self.last = self.last, int(text)
        return self.last in (0, 1) if before is None else self.last > before


def gap_notes(names: Sequence[str], counted: bool) -> list[Message]:
    """What to say of columns without a name, whose first may have `counted` the rows."""
    trailing = len(names) - max((at for at, name in enumerate(names, 1) if name), default=0)
    notes = []
    if trailing:
        notes.append(Message("a separator at the end of every line was dropped"))
    if counted:
        notes.append(Message("a first column without a name, which counts the rows, was dropped"))
    if sum(not name for name in names) > trailing + counted:
        notes.append(Message("an empty column without a name was dropped"))
    return notes
