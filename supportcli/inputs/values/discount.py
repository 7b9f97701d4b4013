"""Shares as people write them: what a discount takes off, what is paid, growth, tax rates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from supportcli.core.amount_text import parse_discount, parse_rate
from supportcli.core.money import format_rate
from supportcli.errors import AmountError, Message, quoted
from supportcli.inputs.values.names import is_none
from supportcli.inputs.values.texts import folded, requoted
from supportcli.patterns import regex

_BARE = regex(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")
HALF = Fraction(1, 2)
_OFF = regex(r"\s*(?:优惠|off|discount|折扣)$")
_OFF_FIRST = regex(r"(?:减|立减|优惠|便宜|off|less|minus)\s*(?=[0-9.]+%$)")
_TWO_MEANINGS = regex(r"(?P<number>0?\.[0-9]{1,4}|[1-9][0-9]?(?:\.[0-9]{1,2})?)(?P<share>%?)")
_ALL = 10
_NUMBER = regex(r"[0-9]*[.,]?[0-9]+")
_NO_DISCOUNT = frozenset(("不打折", "无折扣", "没有折扣", "no discount"))
_AT = regex(r"打\s*(?=.+折$)")


def read_discount(text: str) -> Fraction:
    """The share that a discount takes off: 7折 is 3/10, 30% and 30% off too.

    Raises:
        AmountError: a bare 7 could be what is paid or what is taken off.
    """
    plain = _AT.sub("", folded(text), count=1)
    shares = _OFF_FIRST.sub("", plain) + " off" if _OFF_FIRST.match(plain) else plain
    shares = _OFF.sub(" off", shares)
    try:
        return parse_discount(shares)
    except AmountError as error:
        raise requoted(error, text) from None


def read_told_discount(text: str) -> Fraction:
    """The share that a discount takes off where nothing beside it says how it is written.

    7折 is 3/10, 30% and 30% off too. A bare 70% may be a discount of three tenths, written as what
    is left to pay. 无 takes nothing off.

    Raises:
        AmountError: no discount, or one that could mean paid or taken off.
    """
    plain = folded(text)
    if is_none(text) or plain in _NO_DISCOUNT:
        return Fraction(0)
    off = None if _NUMBER.fullmatch(plain) else read_discount(text)
    if off is None or (plain.endswith("%") and off > HALF):
        paid, taken = _either(plain)
        raise AmountError(
            Message(
                "{text} could be what is paid or what is taken off; write it like {paid} or {off}",
                text=quoted(text),
                paid=paid,
                off=taken,
            )
        )
    return off


def _either(plain: str) -> tuple[str, str]:
    """What to write for a number, as what is paid and as what is taken off: 9.5折, 9.5% off.

    95% and 0.95 are of a whole, and 9.5 of ten where it is paid. An example where they are none.
    """
    number = _TWO_MEANINGS.fullmatch(plain)
    if number is None:
        return "7折", "30% off"
    value = Decimal(number["number"])
    hundredths = value * 100 if value < 1 else value
    tenths = hundredths if 1 <= value < _ALL and not number["share"] else hundredths / 10
    return f"{tenths.normalize():f}折", f"{hundredths.normalize():f}% off"


def read_paid_discount(text: str) -> Fraction:
    """The share that the discount on what is paid takes off.

    Raises:
        AmountError: anything that could mean paid or taken off, and a discount of everything.
    """
    off = read_told_discount(text)
    if off == 1:
        raise AmountError(
            Message(
                "{text} takes everything off; nothing can be told from what is paid",
                text=quoted(text),
            )
        )
    return off


def read_tax_rate(text: str) -> Fraction:
    """A tax rate: 6 and 6% are six per cent.

    Raises:
        AmountError: 0.06, which could be six per cent or six hundredths of one; anything else.
    """
    plain = folded(text)
    if not _BARE.fullmatch(plain):
        try:
            return parse_rate(plain)
        except AmountError as error:
            raise requoted(error, text) from None
    if 0 < Fraction(plain) < 1:
        raise AmountError(
            Message(
                "{text} could be {small} or {large}; write the one that is meant",
                text=quoted(text),
                small=format_rate(Fraction(plain) / 100),
                large=format_rate(Fraction(plain)),
            )
        )
    try:
        return parse_rate(f"{plain}%")
    except AmountError as error:
        raise requoted(error, text) from None
