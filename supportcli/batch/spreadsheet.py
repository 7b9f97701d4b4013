"""Texts for a spreadsheet, as SQL: what it would take for a formula stays the text it is."""

from __future__ import annotations

from supportcli.outputs.formats.spreadsheet import FORMULA, LOST, NUMBER
from supportcli.sql.dialects.base import text


def guarded_cell(cell: str) -> str:
    """A column whose cells are as a spreadsheet may have them."""
    lost = f"regexp_full_match({cell}, {text(LOST)})"
    return f"CASE WHEN {lost} THEN '=\"' || {cell} || '\"' ELSE {guarded_number(cell)} END"


def guarded_number(cell: str) -> str:
    """As SQL of a column of numbers, which are to stay such."""
    formula = f"regexp_matches({cell}, {text(FORMULA)})"
    plain = f"regexp_full_match({cell}, {text(NUMBER)})"
    return f"CASE WHEN {formula} AND NOT {plain} THEN '''' || {cell} ELSE {cell} END"
