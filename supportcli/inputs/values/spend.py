"""A month's spend as it is said: before discount, a range, or what is paid: 实付8.4万 7折."""

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


def read_spend_said(text: str, currency: str) -> SaidSpend:
    """A month's spend, or what it was before the discount on what is paid.

    Raises:
        AmountError, UsageError: it is none, or a range that does not rise.
    """
    if is_missing(text):
        raise AmountError(MISSING)
    paid = what_is_paid(text)
    if paid is None:
        return read_spend(text, currency)
    amount = read_amount(paid.amount, currency, "month")
    left = 1 - read_paid_discount(paid.discount)
    spend = Fraction(round_half_up(amount.value / left, currency))
    return SaidSpend((spend,), (), cautions_of(paid.amount, amount, currency))
