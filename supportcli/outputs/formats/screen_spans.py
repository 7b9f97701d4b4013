"""What a line of a first screen is made of: texts with their roles."""

from __future__ import annotations

from enum import Enum

from supportcli.record import NamedTuple
from supportcli.text_width import cell_width

MARGIN = 2  # cells before a table and what stands below it


class Role(Enum):
    """What a text on the screen is; how that looks is for the surface to say."""

    PLAIN = "plain"
    HEAD = "head"
    YEAR = "year"
    LABEL = "label"
    ASK = "ask"
    FAILING = "failing"
    QUIET = "quiet"


class ScreenSpan(NamedTuple):
    """A text with its role."""

    text: str
    role: Role = Role.PLAIN


ScreenLine = tuple[ScreenSpan, ...]


def padded(text: str, width: int, right: bool = False) -> str:
    """The text with blanks behind it, or before it, to so many cells."""
    blanks = " " * (width - cell_width(text))
    return blanks + text if right else text + blanks
