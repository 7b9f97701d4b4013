"""Sheets without a table that were not read: which they are, and what they say of money."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from supportcli.errors import Message, quoted
from supportcli.inputs.workbook.cells import text_of
from supportcli.inputs.workbook.sheet import SheetRow

_MOST_ROWS = 200
_PAIR = 2
_LONGEST_KEY = 20


def texts_in(rows: Iterable[SheetRow]) -> tuple[str, ...]:
    """The texts of the first rows of a sheet; two alone in a row are a key and what it says."""
    return tuple(text for row in islice(rows, _MOST_ROWS) for text in _texts_of(row))


def _texts_of(row: SheetRow) -> Sequence[str]:
    texts = [text for text in map(text_of, row.cells.values()) if text]
    if len(texts) == _PAIR and len(texts[0]) <= _LONGEST_KEY:
        return [f"{texts[0].rstrip(' :：=')}：{texts[1]}"]
    return texts


def unreadable_sheets(names: Iterable[str], chosen: bool) -> Iterator[Message]:
    """That sheets may hold customers and nobody knows, unless the user named the one to read."""
    unread = tuple(map(quoted, dict.fromkeys(names)))
    if unread and not chosen:
        yield Message(
            "sheets that are damaged or not in the file and were not read: {names}", names=unread
        )


def other_sheets(
    texts: Mapping[str, tuple[str, ...]], says_money: Callable[[str], bool], chosen: bool
) -> Iterator[Message]:
    """What is told of sheets without a table.

    Args:
        texts: of each such sheet; those without any are nothing to tell of.
        says_money: whether a text says what amounts are in.
        chosen: whether the user named the sheet to read, so knows that there are others.
    """
    filled = {name: found for name, found in texts.items() if found}
    if filled and not chosen:
        yield Message(
            "sheets without a list of customers that were not read: {names}",
            names=tuple(map(quoted, filled)),
        )
    for name, found in filled.items():
        said = next(filter(says_money, found), None)
        if said is not None:
            yield Message(
                "the sheet {name}, which was not read, says {text}; if that is about the amounts "
                "that were read, write it above their header",
                name=quoted(name),
                text=quoted(said),
            )
