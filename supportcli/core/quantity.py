"""What is charged beside the spend: seats, incidents, packs, hours, a part of the spend."""

from __future__ import annotations

import re
from enum import Enum
from fractions import Fraction
from math import ceil

from supportcli.core.amount_text import FULL_WIDTH, parse_amount
from supportcli.core.piecewise import ZERO, PiecewiseLinear
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.errors import AmountError, Message, quoted
from supportcli.record import NamedTuple


class QuantityUnit(Enum):
    """What a quantity is counted in: whole pieces, hours (decimals allowed), or money."""

    COUNT = "count"
    HOURS = "hours"
    MONEY = "money"


class Quantity(NamedTuple):
    """A named input beside the spend, such as seats."""

    id: str
    name: Text
    unit: QuantityUnit
    aliases: tuple[str, ...] = ()


class Extra(NamedTuple):
    """A price beside the part that depends on spend: a function of one quantity, or a constant.

    `price` is the function of the quantity (None: charged as it is), counted in packs where `pack`
    says how many pieces one holds. It is charged every month, or once a year; an `optional` one
    only where its quantity is given; a `prepaid` one belongs to the part charged first (None: that
    is not stated).
    """

    id: str
    name: Text
    quantity: str | None
    price: PiecewiseLinear
    pack: int | None
    yearly: bool
    optional: bool
    prepaid: bool | None
    cite: Cite

    def amount(self, number: Fraction) -> Fraction:
        """What that many cost, unrounded; packs begun are paid whole."""
        return self.price(Fraction(ceil(number / self.pack)) if self.pack else number)


class Included(NamedTuple):
    """How many of a quantity a fee covers; what more of them costs nobody says."""

    quantity: str
    number: Fraction
    cite: Cite


class Counted(NamedTuple):
    """An extra with the number that was given for it and what that comes to, unrounded."""

    extra: Extra
    number: Fraction
    amount: Fraction


def charged(extras: tuple[Counted, ...], *, yearly: bool, prepaid: bool | None = None) -> Fraction:
    """The sum of the extras of a kind: monthly or yearly ones, all or only those charged first."""
    return sum(
        (
            counted.amount
            for counted in extras
            if counted.extra.yearly is yearly and prepaid in (None, bool(counted.extra.prepaid))
        ),
        ZERO,
    )


def parse_quantity(text: str, unit: QuantityUnit, currency: str) -> Fraction:
    """Read a number of that unit, 0 or more: 25 pieces, 12.5 hours, or an amount of money.

    Raises:
        AmountError: anything else; pieces are whole.
    """
    if unit is QuantityUnit.MONEY:
        return parse_amount(text, currency).value
    plain = text.strip().translate(FULL_WIDTH)
    whole = r"(?:[0-9]{1,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2})"
    form = whole if unit is QuantityUnit.COUNT else rf"{whole}(?:\.[0-9]{{1,6}})?"
    if not re.fullmatch(form, plain):
        raise AmountError(
            Message("{text} is not a whole number; write it like 30", text=quoted(text))
            if unit is QuantityUnit.COUNT
            else Message("{text} is not a number of hours; write it like 12.5", text=quoted(text))
        )
    return Fraction(plain.replace(",", ""))
