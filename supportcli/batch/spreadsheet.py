"""Texts for a spreadsheet: what it would take for a formula is marked as text, in one way."""

from __future__ import annotations

import re

from supportcli.sql.dialects.base import text

_BLANKS = "\t\n\x0b\x0c\r \u00a0\u3000"
_FORMULA = f"^[{_BLANKS}]*[=+@＝＋－＠-]"
_NUMBER = "-?[0-9]+([.][0-9]+)?"


def guarded(found: str) -> str:
    """A cell or a header as a spreadsheet may have it."""
    is_formula = re.match(_FORMULA, found) and not re.fullmatch(_NUMBER, found)
    return f"'{found}" if is_formula else found


def guarded_cell(cell: str) -> str:
    """The same as SQL of a column."""
    formula = f"regexp_matches({cell}, {text(_FORMULA)})"
    plain = f"regexp_full_match({cell}, {text(_NUMBER)})"
    return f"CASE WHEN {formula} AND NOT {plain} THEN '''' || {cell} ELSE {cell} END"
