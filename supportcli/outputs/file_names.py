"""Names for files that are made of what people are called, safe on every system."""

from __future__ import annotations

import re
import unicodedata

_KEPT = "LMN"
_MARKS = frozenset(" ()_")
_LONGEST = 100  # bytes; some systems take 143 for the whole name
_DIGITS = 4


def numbered_name(number: int, called: str, ending: str) -> str:
    """0012-Example Ltd.html: unique by its number, whatever it is called.

    The number goes first, so no name is a device of Windows, hidden, or one of two points. Letters,
    marks and digits of all languages stay; everything else becomes a hyphen: no path, no sign of
    direction, nothing but blanks that a link would need to escape.
    """
    signs = (sign if _is_kept(sign) else "-" for sign in unicodedata.normalize("NFC", called))
    plain = re.sub("-+", "-", "".join(signs)).strip(" -")
    kept = plain.encode()[:_LONGEST].decode(errors="ignore").strip(" -")
    return f"{number:0{_DIGITS}}{'-' if kept else ''}{kept}{ending}"


def _is_kept(sign: str) -> bool:
    return sign in _MARKS or unicodedata.category(sign)[0] in _KEPT
