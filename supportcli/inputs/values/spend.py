"""A month's spend as it is said: an amount, a range, or what is paid: 实付8.4万 7折."""

from __future__ import annotations

from fractions import Fraction

from supportcli.core.money import round_half_up
from supportcli.errors import AmountError, Message
from supportcli.inputs.values.amount import (
    SaidSpend,
    cautions_of,
    read_amount,
    read_spend,
    what_is_paid,
)
from supportcli.inputs.values.discount import read_paid_discount
from supportcli.inputs.values.names import is_none
from supportcli.inputs.values.texts import folded

MISSING = Message("the spend is missing; write it like 12500")


_MISSING = frozenset("—— – − nil null".split())


def is_missing(text: str) -> bool:
    """Whether a text says that there is no amount: n/a, 无."""
    return is_none(text) or folded(text) in _MISSING


NOT_DIVIDED = Message(
    "what is paid is the spend that counts here; the discount that it is after changes nothing"
)


def before_discount(paid: Fraction, off: Fraction, currency: str) -> Fraction:
    """What it was before the share `off` was taken, rounded half up to the minor unit."""
    return Fraction(round_half_up(paid / (1 - off), currency))


def read_spend_said(text: str, currency: str, counts_paid: bool = False) -> SaidSpend:
    """A month's spend, or what it was before the discount on what is paid.

    Where the vendor `counts_paid`, what is paid is the spend, and its discount changes nothing.

    Raises:
        AmountError, UsageError: it is none, or a range that does not rise.
    """
    if is_missing(text):
        raise AmountError(MISSING)
    paid = what_is_paid(text)
    if paid is None:
        return read_spend(text, currency)
    amount = read_amount(paid.amount, currency, "month")
    off = read_paid_discount(paid.discount)
    cautions = cautions_of(paid.amount, amount, currency)
    if counts_paid:
        return SaidSpend((amount.value,), (), (*cautions, NOT_DIVIDED))
    return SaidSpend((before_discount(amount.value, off, currency),), (), cautions)
