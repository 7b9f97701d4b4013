"""Names for files that are made of what people are called, safe on every system."""

from __future__ import annotations

import re
import unicodedata

_KEPT = "LMN"
_MARKS = frozenset(" ()_")
_LONGEST = 100  # bytes; some systems take 143 for the whole name
_DIGITS = 4


def numbered_name(number: int, called: str, ending: str, account: str = "") -> str:
    """0012-Example Ltd.html, or 0012-Example Ltd-1001.html: unique by its number.

    The number goes first, so no name is a device of Windows, hidden, or one of two points. Letters,
    marks and digits of all languages stay; everything else becomes a hyphen: no path, no sign of
    direction, nothing but blanks that a link would need to escape. A long name leaves room for the
    account.
    """
    whose = _kept(account, _LONGEST // 2)
    name = _kept(called, _LONGEST - len(whose.encode()))
    return f"{'-'.join(filter(None, (f'{number:0{_DIGITS}}', name, whose)))}{ending}"


def _kept(called: str, longest: int) -> str:
    """What a name may have of it, in so many bytes."""
    signs = (sign if _is_kept(sign) else "-" for sign in unicodedata.normalize("NFC", called))
    plain = re.sub("-+", "-", "".join(signs)).strip(" -")
    return plain.encode()[:longest].decode(errors="ignore").strip(" -")


def _is_kept(sign: str) -> bool:
    return sign in _MARKS or unicodedata.category(sign)[0] in _KEPT
