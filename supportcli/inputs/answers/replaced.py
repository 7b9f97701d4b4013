"""What flags put in the place of what an answers file says."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.errors import Message
from supportcli.inputs.answers.sources import CONTRACT, QUESTIONS, REPEATED, RULES, Layers

_TOLD = (*QUESTIONS, *CONTRACT, *RULES, "confirmed_by", "fail_if_over")
"""What the answer hangs on; how it is shown is for each run to say."""


def values_replaced(flags: Layers, file: Layers, name: str) -> Iterator[Message]:
    """The flags that each stand for the one value that the file has."""
    found = tuple(flags[field].origin for field in _other(flags, file) if field not in REPEATED)
    if found:
        yield Message("in place of what {file} says: {names}", file=name, names=found)


def lists_replaced(flags: Layers, file: Layers, name: str) -> Iterator[Message]:
    """The flags that may be repeated, and yet are not added to what the file has."""
    found = tuple(flags[field].origin for field in _other(flags, file) if field in REPEATED)
    if found:
        words = Message("in place of what {file} says, not added to it: {names}")
        yield Message(words.text, file=name, names=found)


def _other(flags: Layers, file: Layers) -> Iterator[str]:
    """What both say, and not in the same words."""
    for field in _TOLD:
        if field in flags and field in file and flags[field].texts != _texts(file, field):
            yield field


def _texts(file: Layers, field: str) -> tuple[str, ...] | None:
    """None where the accounts are written field by field, so that they have no text."""
    return None if file[field].groups else file[field].texts
