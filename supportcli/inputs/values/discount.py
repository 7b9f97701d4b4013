"""Shares as people write them: what a discount takes off, what is paid, growth, tax rates."""

from __future__ import annotations

import re
from fractions import Fraction

from supportcli.core.amount_text import parse_discount, parse_rate
from supportcli.core.money import format_rate
from supportcli.errors import AmountError, Message, quoted
from supportcli.inputs.values.names import is_none
from supportcli.inputs.values.texts import folded, requoted

_BARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")
HALF = Fraction(1, 2)
_OFF = re.compile(r"\s*(?:优惠|off|discount|折扣)$")
_OFF_FIRST = re.compile(r"(?:减|立减|优惠|便宜|off|less|minus)\s*(?=[0-9.]+%$)")
_NUMBER = re.compile(r"[0-9]*[.,]?[0-9]+")
_NO_DISCOUNT = frozenset(("不打折", "无折扣", "没有折扣", "no discount"))
_AT = re.compile(r"打\s*(?=.+折$)")


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
        raise AmountError(
            Message(
                "{text} could be what is paid or what is taken off; write it like {paid} or {off}",
                text=quoted(text),
                paid="7折",
                off="30% off",
            )
        )
    return off


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
