"""Lines of a width: broken between words, in Chinese between characters, never inside an amount."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_WIDE = "\u2e80-\u2fdf\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_OPENING, _CLOSING = "（「『《〈【“", "，。：；、！？）」』》〉】”…"
# What stays together: a wide character or a run of others, with the punctuation around it.
_PIECE = re.compile(
    f"[{_OPENING}]*"
    f"(?:[(\\[]*[{_WIDE}][,.;:!?%)\\]]*|[^\\s{_WIDE}{_OPENING}{_CLOSING}]+[万亿元折]?)?"
    f"[{_CLOSING}]*[ \\n]*"
)


@cache
def cell_width(text: str) -> int:
    """How many columns the text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@cache
def pieces(text: str) -> tuple[str, ...]:
    """The parts between which the text may be broken, each with the blanks after it."""
    return tuple(piece for piece in _PIECE.findall(text) if piece)


def widest_piece(text: str) -> int:
    """The narrowest that the text can be drawn without a piece being broken."""
    return max((cell_width(piece.rstrip()) for piece in pieces(text)), default=0)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most that width; only a piece wider than that is broken itself."""
    if cell_width(text) <= width and "\n" not in text:
        return [text.rstrip()]
    lines = [""]
    for piece in pieces(text):
        if lines[-1] and cell_width(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        *full, rest = _broken(piece, width) if cell_width(piece.rstrip()) > width else [piece]
        lines[-1] += full[0] if full else rest
        lines += [*full[1:], rest] if full else []
    return [line.rstrip() for line in lines]


def _broken(piece: str, width: int) -> list[str]:
    parts = [""]
    for character in piece:
        if parts[-1] and not character.isspace() and cell_width(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
