"""Text from outside made harmless: nothing in it can move, colour or reorder the screen."""

from __future__ import annotations

import unicodedata

_MOST_COMBINING = 2
_KEPT_FORMATS = "\u200d\ufe0e\ufe0f"


def safe(text: str) -> str:
    """The text with every control and direction character shown as a mark; safe to repeat.

    Printable text comes back as it is. A line break becomes ↵, others \\x1b or <U+202E>; combining
    marks after the second on one letter are dropped. Emoji joiners and variation selectors stay.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = []
    combining = 0
    for character in text:
        category = unicodedata.category(character)
        combining = combining + 1 if category in ("Mn", "Me") else 0
        if combining > _MOST_COMBINING and character not in _KEPT_FORMATS:
            continue
        shown.append(_shown(character, category))
    return "".join(shown)


def _shown(character: str, category: str) -> str:
    if character == "\n":
        return "↵"
    if category == "Cc":
        return f"\\x{ord(character):02x}"
    if category == "Cs":
        return f"\\u{ord(character):04x}"
    if category in ("Zl", "Zp") or (category == "Cf" and character not in _KEPT_FORMATS):
        return f"<U+{ord(character):04X}>"
    return character
