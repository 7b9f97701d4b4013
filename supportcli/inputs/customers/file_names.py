"""What the name of a list's file says of its amounts: 客户清单_万元.csv, annual spend.xlsx."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from supportcli.errors import Message
from supportcli.inputs.customers.doubts import AmountsKnown, heed_aside
from supportcli.inputs.customers.spans import span_around
from supportcli.patterns import regex

_BETWEEN = regex(r"[\W_]+")
_SMALL = regex("[a-z]{1,3}|(?:hundred|thousand|million)s?")
_WHERE = Message("in the name of the file")


def heed_name(path: str, known: AmountsKnown) -> Iterator[Message]:
    """What is told of the name of a file that says what amounts are in, or of which span.

    Words of three small letters are no codes there, as in try again.csv, nor is a word like
    thousands alone a unit (thousands-separator.csv), but in a sentence: spend in thousands.csv.

    Args:
        path: of the file.
        known: of the amounts of its table.

    Raises:
        UsageError: it says that, and the user said nothing.
    """
    stem = PurePath(path).name.split(".")[0]
    parts = [part for part in _BETWEEN.split(stem) if not _SMALL.fullmatch(part)]
    words = stem.replace("_", " ")
    yield from heed_aside([*parts, words], known, named=True, where=_WHERE)
    if span_around(words, known.monthly, alone=False):
        yield from heed_aside([words], known, where=_WHERE)
