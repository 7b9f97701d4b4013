"""Texts for a spreadsheet, as SQL: what it would take for a formula or a value stays a text."""

from __future__ import annotations

from supportcli.outputs.formats.spreadsheet import (
    FORMULA,
    LONGEST_QUOTED,
    LOST,
    NUMBER,
    STAYS,
    VALUED,
)
from supportcli.sql.dialects.base import text


def guarded_cell(cell: str) -> str:
    """A column whose cells are as a spreadsheet may have them."""
    stays, made = (f"regexp_full_match({cell}, {text(each)})" for each in (STAYS, LOST))
    lost = f"({made} AND regexp_matches({cell}, {text(VALUED)}))"
    return (
        f"CASE WHEN {stays} THEN {cell} "
        f"WHEN {lost} AND length({cell}) <= {LONGEST_QUOTED} THEN '=\"' || {cell} || '\"' "
        f"WHEN {lost} OR {_formula(cell)} THEN '''' || {cell} ELSE {cell} END"
    )


def guarded_number(cell: str) -> str:
    """As SQL of a column of numbers, which are to stay such."""
    plain = f"regexp_full_match({cell}, {text(NUMBER)})"
    return f"CASE WHEN {_formula(cell)} AND NOT {plain} THEN '''' || {cell} ELSE {cell} END"


def _formula(cell: str) -> str:
    return f"regexp_matches({cell}, {text(FORMULA)})"
