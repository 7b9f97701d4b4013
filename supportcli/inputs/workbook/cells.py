"""One cell of a sheet: its text as the rest of the program reads it, and what stands beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from supportcli.inputs.workbook.moments import moment_text
from supportcli.inputs.workbook.number_format import GENERAL, Moment, NumberFormat, Section
from supportcli.patterns import regex
from supportcli.record import NamedTuple

DIGITS = 15
"""As many digits as a spreadsheet shows of a number; the rest is noise or lost."""
_LARGEST = 10**DIGITS
_SMALLEST = 10**-DIGITS
PLAIN_NUMBER = regex(
    r"-?(?:[1-9][0-9]*(?:\.(?:[0-9]?|[0-9]{3,5})[1-9])?|[1-9][0-9]{3,}\.[0-9]{2}[1-9]|0\.[0-9]{0,5}[1-9])|0"
)
"""With so few decimals that an amount may have them, and no text that could be 12.345 thousand."""
_NUMBER = regex(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NO_NUMBERS = frozenset("nan -nan inf -inf infinity -infinity".split())

CellFault = Literal[
    "number_too_long",
    "error_cell",
    "formula_without_value",
    "control_character",
    "field_too_long",
    "merged_amount",
]


class Formula(NamedTuple):
    """A formula, and the row and column of the cell that it was written in, both from 1.

    Cells that share a formula with another one have its own, as it reads there.
    """

    text: str
    row: int
    column: int


class SheetCell(NamedTuple):
    """A cell with more to it than its text.

    `text` is what the cell holds, a number with up to fifteen digits, a day in the form of
    ISO 8601; where there is a fault, it is what is to be shown of it. `raw` is what the file
    holds. `value` is that of a number, which `exact` says the text gives wholly; `format` says
    how it is shown.
    """

    text: str
    raw: str
    fault: CellFault | None = None
    value: float | None = None
    exact: bool = True
    format: NumberFormat = GENERAL
    formula: Formula | None = None

    @property
    def section(self) -> Section:
        """How its number is shown."""
        return self.format.section(self.value or 0.0)


CellValue = str | SheetCell


def text_of(value: CellValue) -> str:
    """The text of a cell, a faulty one as the file holds it."""
    return value if isinstance(value, str) else value.text


def number_cell(raw: str, shown: NumberFormat, since_1904: bool) -> CellValue:
    """A number, or the day or time that it is shown as; a text where nothing more is to be said.

    Raises:
        ValueError: it is no number.
    """
    if not shown.dated and len(raw) <= DIGITS and PLAIN_NUMBER.fullmatch(raw):
        return raw if shown.plain else SheetCell(raw, raw, value=float(raw), format=shown)
    if raw.lower() in _NO_NUMBERS:
        return SheetCell(raw, raw, "error_cell")
    if not _NUMBER.fullmatch(raw):
        raise ValueError("not a number")
    value = float(raw)
    moment = shown.section(value).moment
    if moment:
        return _moment(value, raw, moment, since_1904)
    if value and not _SMALLEST <= abs(value) < _LARGEST:
        return SheetCell(raw, raw, "number_too_long", value, format=shown)
    short = f"{value:.{DIGITS}g}"
    exact = float(short) == value
    text = digits_of(short)
    if exact and shown.plain and PLAIN_NUMBER.fullmatch(text):
        return text
    return SheetCell(text, raw, None, value, exact, shown)


def _moment(value: float, raw: str, moment: Moment, since_1904: bool) -> CellValue:
    try:
        return moment_text(value, moment, since_1904)
    except (OverflowError, ValueError):
        return SheetCell(raw, raw, "error_cell")


def digits_of(number: str) -> str:
    """A number in any form as digits with a point, without zeros that say nothing."""
    text = f"{Decimal(number):f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if plain in ("-0", "") else plain
