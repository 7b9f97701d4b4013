"""Texts for a spreadsheet: what it would take for a formula or a number stays the text it is."""

from __future__ import annotations

import re

_BLANKS = "\t\n\x0b\x0c\r \u00a0\u3000"
FORMULA = f"^[{_BLANKS}]*[=+@＝＋－＠-]"
NUMBER = "-?[0-9]+([.][0-9]+)?"
LOST = "0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+|[0-9]{1,2}[/-][0-9]{1,2}"
"""A number loses its first zeros, and its last digits where it is long or shown as 1.2E+11; 12E5
becomes one, 1-2 a day.
"""


def guarded(found: str) -> str:
    """A cell or a header as a spreadsheet may have it; ="0012" is read as the text 0012."""
    if re.fullmatch(LOST, found):
        return f'="{found}"'
    is_formula = re.match(FORMULA, found) and not re.fullmatch(NUMBER, found)
    return f"'{found}" if is_formula else found
