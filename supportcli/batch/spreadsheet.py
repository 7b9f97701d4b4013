"""Texts for a spreadsheet: what it would take for a formula or a number stays the text it is."""

from __future__ import annotations

import re

from supportcli.sql.dialects.base import text

_BLANKS = "\t\n\x0b\x0c\r \u00a0\u3000"
_FORMULA = f"^[{_BLANKS}]*[=+@＝＋－＠-]"
_NUMBER = "-?[0-9]+([.][0-9]+)?"
# A number loses its first zeros, and its last digits where it is long or shown as 1.2E+11; 12E5
# becomes one, 1-2 a day.
_LOST = "0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+|[0-9]{1,2}[/-][0-9]{1,2}"


def guarded(found: str) -> str:
    """A cell or a header as a spreadsheet may have it; ="0012" is read as the text 0012."""
    if re.fullmatch(_LOST, found):
        return f'="{found}"'
    is_formula = re.match(_FORMULA, found) and not re.fullmatch(_NUMBER, found)
    return f"'{found}" if is_formula else found


def guarded_cell(cell: str) -> str:
    """The same as SQL of a column."""
    lost = f"regexp_full_match({cell}, {text(_LOST)})"
    return f"CASE WHEN {lost} THEN '=\"' || {cell} || '\"' ELSE {guarded_number(cell)} END"


def guarded_number(cell: str) -> str:
    """As SQL of a column of numbers, which are to stay such."""
    formula = f"regexp_matches({cell}, {text(_FORMULA)})"
    plain = f"regexp_full_match({cell}, {text(_NUMBER)})"
    return f"CASE WHEN {formula} AND NOT {plain} THEN '''' || {cell} ELSE {cell} END"
