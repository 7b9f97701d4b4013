"""Words beside their labels, in lines of a width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from supportcli.outputs.document.model import Figure, Pair
from supportcli.text_width import cell_width, widest_piece, wrapped

GAP = 2
_INDENT = " " * GAP


def room_for(labels: Iterable[str], width: int) -> int:
    """The columns that labels get: what the widest takes, at most a third."""
    return min(max(map(cell_width, labels), default=0), width // 3)


def beside(label: str, text: str, room: int, width: int) -> str:
    """A label and beside it the text; below it where a piece of the text would be broken."""
    rest = width - room - 2 * GAP
    if widest_piece(text) > rest or widest_piece(label) > room:
        inner = 2 * _INDENT if widest_piece(text) <= width - 2 * GAP else ""
        lines = wrapped(text, width - len(inner))
        labels = wrapped(label, width - GAP)
        return "\n".join([*(_INDENT + line for line in labels), *(inner + line for line in lines)])
    pairs = zip_longest(wrapped(label, room), wrapped(text, rest), fillvalue="")
    return "\n".join(f"{_INDENT}{_padded(left, room)}{_INDENT}{right}" for left, right in pairs)


def pair_lines(pairs: Sequence[Pair], width: int) -> Iterator[str]:
    """Texts aligned beside their labels."""
    room = room_for((pair.label for pair in pairs), width)
    for label, text in pairs:
        yield beside(label, text, room, width)


def figure_lines(figures: Sequence[Figure], width: int) -> Iterator[str]:
    """Labels, amounts aligned at the right, notes; each below the other where there is no room."""
    room = room_for((item.label for item in figures), width)
    wide = max((cell_width(item.amount) for item in figures), default=0)
    rest = width - room - wide - 3 * GAP
    aligned = all(
        widest_piece(item.label) <= room
        and max(widest_piece(item.note), widest_piece(item.way)) <= rest
        for item in figures
    )
    for label, amount, note, way in figures:
        if not aligned:
            told = _INDENT.join(filter(None, (amount, note, way)))
            yield beside(label, told, room, width)
            continue
        figure = " " * (wide - cell_width(amount)) + amount
        notes = [line for text in (note, way) if text for line in wrapped(text, rest)]
        columns = wrapped(label, room), [figure], notes
        for left, middle, right in zip_longest(*columns, fillvalue=""):
            told = f"{_padded(left, room)}{_INDENT}{_padded(middle, wide)}{_INDENT}{right}"
            yield _INDENT + told.rstrip()


def _padded(text: str, room: int) -> str:
    return text + " " * (room - cell_width(text))
