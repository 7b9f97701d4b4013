"""Text to exact amounts, rates and discounts: the only doors through which a number enters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction

from supportcli.core.currencies import SIGNS, currencies_meant
from supportcli.errors import AmountError, Message, quoted
from supportcli.patterns import regex
from supportcli.record import NamedTuple

LONGEST_NUMBER = 64
INTEGER_DIGITS = 12
DECIMALS = 6
LARGEST = 10**INTEGER_DIGITS

_CHINESE_UNITS = {"万": 10_000, "亿": 100_000_000}
FULL_WIDTH = str.maketrans("０１２３４５６７８９，．％＋－￥萬億圓", "0123456789,.%+-¥万亿元")
_MINUSES = "-−–—"

_NUMBER = regex(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)?(?:\.[0-9]+)?")
_EXPONENT = regex(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")
_PARENTHESES = regex(r"\(.*\)")
_THREE_DECIMALS = regex(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_CHINESE_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_ZHE = regex(
    r"([1-9](?:\.[0-9]{1,7})?|0\.(?=0*[1-9])[0-9]{1,7}|[1-9]{2}(?:\.[0-9]{1,6})?"
    r"|[一二三四五六七八九]{1,2})\s*折"
)


def _either(signs: Iterable[str]) -> str:
    return "|".join(map(re.escape, signs))


_MARKED = regex(
    r"(?P<sign>[+\-−–—])?\s*"
    rf"(?P<before>[A-Za-z]{{3}}|{_either(each.sign for each in SIGNS if each.before)})?\s*"
    r"(?P<inner>[+\-−–—])?\s*"
    r"(?P<number>[0-9.,]+)\s*"
    r"(?P<unit>[万亿])?\s*"
    rf"(?P<after>[A-Za-z]{{3}}|{_either(each.sign for each in SIGNS if each.after)})?"
)


class ParsedAmount(NamedTuple):
    """An amount as understood; `as_written` is false where the text needed interpreting."""

    value: Fraction
    as_written: bool
    caution: Message | None = None


def parse_amount(text: str, currency: str) -> ParsedAmount:
    """Read an amount >= 0 in the currency, as people write it; no float is made on the way.

    Understood: 12500, 12,500.00, 1.2万, 3亿, ¥12,500, 12500元, CNY 12500, full-width digits.

    Raises:
        AmountError: anything else, with the way to write it.
    """
    trimmed = _bounded(text).strip().translate(FULL_WIDTH)
    _refuse_special_forms(trimmed, text)
    match = _MARKED.fullmatch(trimmed)
    if match is None or not _is_number(match["number"]) or (match["sign"] and match["inner"]):
        raise AmountError(_how_to_write(trimmed, text))
    for mark in (match["before"], match["after"]):
        _check_mark(mark, currency, text)
    value = Fraction(match["number"].replace(",", "")) * _CHINESE_UNITS.get(match["unit"], 1)
    _check_size(value, match["number"], text)
    if value and (match["sign"] or match["inner"] or "+") in _MINUSES:
        raise AmountError(_negative(text))
    caution = None if match["unit"] else _caution(match["number"])
    return ParsedAmount(value, match["number"] == text.strip(), caution)


_RATE_EXAMPLES = {"one": "7%", "other": "2.5%"}


def parse_rate(text: str) -> Fraction:
    """Read a share of spend: 10% or 2.5%, or a decimal fraction such as 0.07, at most 100%.

    Raises:
        AmountError: anything else; a bare 7 could be 7% or 700%.
    """
    trimmed = _bounded(text).strip().translate(FULL_WIDTH)
    number = trimmed.removesuffix("%").rstrip()
    negative = number[:1] in tuple(_MINUSES)
    if not _is_number(number) or "," in number or (number == trimmed and "." not in number != "0"):
        if negative:
            raise AmountError(
                Message(
                    "{text} is below zero; a rate is {least} or more", text=quoted(text), least="0%"
                )
            )
        raise AmountError(
            Message(
                "{text} is not a rate; write it like {one} or {other}",
                text=quoted(text),
                **_RATE_EXAMPLES,
            )
        )
    _check_size(Fraction(number), number, text)
    rate = Fraction(number) / (100 if trimmed.endswith("%") else 1)
    if rate > 1:
        raise AmountError(
            Message(
                "{text} is more than {most}; write it like {one} or {other}",
                text=quoted(text),
                most="100%",
                **_RATE_EXAMPLES,
            )
        )
    return rate


def parse_discount(text: str) -> Fraction:
    """Read the share that a discount takes off: 7折 (pay 70%), 85折, 八五折, 8.25折, 30%, 30% off.

    Raises:
        AmountError: anything else; a bare 7 could be what is paid or what is taken off.
    """
    trimmed = _bounded(text).strip().translate(FULL_WIDTH)
    match = _ZHE.fullmatch(trimmed)
    if match is not None:
        digits = "".join(str(_CHINESE_DIGITS.get(one, one)) for one in match[1])
        paid = Fraction(digits)
        tenths = paid if paid < 10 else paid / 10  # noqa: PLR2004 - 85折 is 8.5折
        return 1 - tenths / 10
    if trimmed.removesuffix("off").rstrip().endswith("%"):
        return parse_rate(trimmed.removesuffix("off").rstrip())
    raise AmountError(
        Message(
            "{text} is not a discount; write it like {paid} or {off}",
            text=quoted(text),
            paid="7折",
            off="30% off",
        )
    )


def _bounded(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise AmountError(
            Message(
                "{text} is too long for a number ({count} characters); "
                "write at most {digits} digits before the point and 6 after it",
                text=quoted(text),
                count=len(text),
                digits=INTEGER_DIGITS,
            )
        )
    for character in text.strip():
        if unicodedata.category(character) in ("Cf", "Cc", "Cs", "Co", "Cn"):
            raise AmountError(
                Message(
                    "{text} holds an invisible character (U+{code}); type the number again",
                    text=quoted(text),
                    code=f"{ord(character):04X}",
                )
            )
    return text


def _is_number(text: str) -> bool:
    return bool(text) and _NUMBER.fullmatch(text) is not None


def _refuse_special_forms(trimmed: str, text: str) -> None:
    if _EXPONENT.fullmatch(trimmed):
        raise AmountError(
            Message("{text} uses an exponent; write all its digits, like 1000", text=quoted(text))
        )
    if trimmed.endswith("%"):
        raise AmountError(
            Message("{text} is a percentage, not an amount; write 12500", text=quoted(text))
        )
    if _PARENTHESES.fullmatch(trimmed) and _is_number(trimmed[1:-1].strip()):
        raise AmountError(_negative(text))


def _how_to_write(trimmed: str, text: str) -> Message:
    if not trimmed:
        return Message("an amount is missing; write it like 12500 or 12,500.00")
    if re.fullmatch(r"[0-9.,' \u00a0\u202f]+", trimmed):
        return Message(
            "{text} is not an amount: commas stand between groups of three digits and the point "
            "before the decimals; write it like 12500 or 12,500.00",
            text=quoted(text),
        )
    return Message("{text} is not an amount; write it like 12500 or 12,500.00", text=quoted(text))


def _negative(text: str) -> Message:
    return Message("{text} is below zero; write an amount of 0 or more", text=quoted(text))


def _check_mark(mark: str | None, currency: str, text: str) -> None:
    if mark is None:
        return
    meant = currencies_meant(mark)
    if currency in meant:
        return
    if not meant:
        raise AmountError(_how_to_write("?", text))
    raise AmountError(
        Message(
            "{text} is in {given}, the plans are in {currency}; give the amount in {currency}",
            text=quoted(text),
            given=meant[0],
            currency=currency,
        )
    )


def _check_size(value: Fraction, number: str, text: str) -> None:
    decimals = number.partition(".")[2].rstrip("0")
    shown = quoted(text)
    if value >= LARGEST:
        message = Message(
            "{text} has too many digits; "
            "write at most {digits} digits before the point and 6 after it",
            text=shown,
            digits=INTEGER_DIGITS,
        )
        raise AmountError(message)
    if len(decimals) > DECIMALS:
        message = Message(
            "{text} has more than {digits} decimals; write at most {digits}, in a spreadsheet with "
            "ROUND(…, {digits})",
            text=shown,
            digits=DECIMALS,
        )
        raise AmountError(message)


def _caution(number: str) -> Message | None:
    if _THREE_DECIMALS.fullmatch(number):
        return Message(
            "{text} was read with three decimals; for thousands write {thousands}",
            text=quoted(number),
            thousands=number.replace(".", ""),
        )
    return None
