"""What the text of a spend means, with the decimal mark that was said and its column's unit."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

from supportcli.advice.refusals import CellCode
from supportcli.core.amount_text import (
    FULL_WIDTH,
    INTEGER_DIGITS,
    LARGEST,
    LONGEST_NUMBER,
    ParsedAmount,
)
from supportcli.errors import AmountError, Message, quoted
from supportcli.inputs.customers.text import CellError
from supportcli.inputs.values.amount import names_unit, read_amount
from supportcli.inputs.values.spend import MISSING, is_missing
from supportcli.inputs.values.texts import blank, is_unknown
from supportcli.patterns import regex

DecimalMark = Literal["point", "comma"]

_RUN = regex("[0-9.,](?:[0-9., '’\u00a0\u202f]*[0-9.,])?")
_DECIMAL_MARKS: dict[DecimalMark, str] = {"point": ".", "comma": ","}
_LONE_POINT = regex(r"(?<![0-9.,])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9.,])")
_BLANKS = " '’\u00a0\u202f"


def _grouped(thousands: str, decimal: str) -> re.Pattern[str]:
    """Numbers with this decimal mark, whose groups of three have one and the same mark between."""
    return regex(
        rf"(?:[0-9]+|[1-9][0-9]{{0,2}}(?P<mark>[{thousands}{_BLANKS}])[0-9]{{3}}"
        rf"(?:(?P=mark)[0-9]{{3}})*)?(?:{re.escape(decimal)}[0-9]+)?"
    )


_GROUPED: dict[DecimalMark, re.Pattern[str]] = {
    "point": _grouped(",", "."),
    "comma": _grouped(".", ","),
}


def read_spend(
    text: str, currency: str, decimal: DecimalMark | None = None, factor: int = 1
) -> tuple[Fraction, Message | None]:
    """An amount as `advise` understands it, times the unit of its column; a caution beside it.

    Where the decimal mark was said, thousands may stand in groups with blanks or apostrophes too.

    Raises:
        CellError: no amount, or one that could mean two.
    """
    if blank(text) or is_missing(text) or is_unknown(text):
        raise CellError("spend_missing", MISSING)
    parsed = _parsed(text, currency, decimal)
    if factor == 1:
        return parsed.value, None if decimal else parsed.caution
    if names_unit(text):
        message = Message(
            "{text} names a unit, and its column is in units of {factor}; write the number alone",
            text=quoted(text),
            factor=factor,
        )
        raise CellError("ambiguous_number", message)
    if parsed.value * factor >= LARGEST:
        message = Message(
            "{text} times {factor} has more than {digits} digits before the point; "
            "check the unit in the column's name",
            text=quoted(text),
            factor=factor,
            digits=INTEGER_DIGITS,
        )
        raise CellError("too_many_digits", message)
    return parsed.value * factor, None  # as 1.234万: three decimals of a unit are no thousands


def has_lone_point(text: str, currency: str) -> bool:
    """Whether an amount has one point, before three digits: 12.500 may be 12,500 elsewhere."""
    if not _LONE_POINT.search(text.translate(FULL_WIDTH)):
        return False
    try:
        _, caution = read_spend(text, currency)
    except CellError:
        return False
    return caution is not None


def could_be_thousands(text: str) -> Message:
    """That nothing tells what such a point is."""
    return Message(
        "{text} could be 1000 times as much; say --decimal comma or point", text=quoted(text)
    )


def _parsed(text: str, currency: str, decimal: DecimalMark | None) -> ParsedAmount:
    """The amount with the decimal mark that was said; one that fits only another mark is told."""
    try:
        return _with_mark(text, currency, decimal)
    except CellError as refusal:
        if refusal.code != "spend_not_understood":
            raise
        for mark in _DECIMAL_MARKS:
            if mark == decimal or not _is_read(text, currency, mark):
                continue
            raise CellError("ambiguous_number", _misfit(text, decimal, mark)) from None
        raise


def _is_read(text: str, currency: str, mark: DecimalMark) -> bool:
    """Whether the mark makes an amount of the text, or a refusal that says more."""
    try:
        _with_mark(text, currency, mark)
    except CellError as refusal:
        if refusal.code == "spend_not_understood":
            return False
        raise
    return True


def _with_mark(text: str, currency: str, decimal: DecimalMark | None) -> ParsedAmount:
    pointed = text if decimal is None else _pointed(text, decimal)
    try:
        return read_amount(pointed, currency, "month")
    except AmountError as error:
        message = error.problems[0].message
        if "given" in message.values:
            code: CellCode = "other_currency"
        elif "digits" in message.values:
            code = "too_many_digits"
        else:
            code = "spend_negative" if "below zero" in message.text else "spend_not_understood"
        if decimal == "comma" and "12,500.00" in message.text:
            message = Message("{text} is not an amount; write it like 12500 or 12.500,00")
        values = message.values | {"text": quoted(text)}
        raise CellError(code, Message(message.text, **values)) from None


def _pointed(text: str, decimal: DecimalMark) -> str:
    """The text with its number rewritten as digits and a point, if its marks are in their places.

    A number that they do not fit is made unreadable: it must not be read in another way.
    """
    plain = text.translate(FULL_WIDTH)
    run = _RUN.search(plain) if len(text) <= LONGEST_NUMBER else None
    if run is None:
        return text
    fitting = _GROUPED[decimal].fullmatch(run[0])
    if fitting is None:
        return "?"
    whole, mark, rest = run[0].partition(_DECIMAL_MARKS[decimal])
    digits = re.sub("[^0-9]", "", whole) + ("." if mark else "") + rest
    return plain[: run.start()] + digits + plain[run.end() :]


def _misfit(text: str, decimal: DecimalMark | None, fitting: DecimalMark) -> Message:
    if decimal is None:
        return Message(
            "{text} is understood only where the decimal mark is said; give --decimal {mark}, or "
            "write it like 12500 or 12,500.00",
            text=quoted(text),
            mark=fitting,
        )
    return Message(
        "{text} does not fit --decimal {mark}; write it like {example}",
        text=quoted(text),
        mark=decimal,
        example="12500.00" if decimal == "point" else "12500,00",
    )
