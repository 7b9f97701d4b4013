"""Whole numbers and names that a program hands in, held to what the command line takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from supportcli.errors import Message, UsageError, quoted


def whole(value: object, least: int, most: int) -> int:
    """A whole number within its bounds.

    Raises:
        UsageError: anything else; True and 12.0 too.
    """
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    raise UsageError(
        Message(
            "{text} is not a whole number from {least} to {most}; write it like 12",
            text=quoted(str(value)),
            least=least,
            most=most,
        )
    )


def one_of(value: str, known: Iterable[str]) -> str:
    """One of the texts that there are.

    Raises:
        UsageError: another one.
    """
    names = tuple(known)
    if value in names:
        return value
    raise UsageError(Message("{text} is not one of: {known}", text=quoted(str(value)), known=names))


def several(names: str | Sequence[str]) -> tuple[str, ...]:
    """A text alone is one name, not its letters."""
    return (names,) if isinstance(names, str) else tuple(names)
