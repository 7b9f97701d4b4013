"""Prepaid orders and growth as said: 120000 from 2026-03-15 for 12 months, 3%/month."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from supportcli.core.amount_text import parse_rate
from supportcli.core.period import Term
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.values.count import read_count
from supportcli.inputs.values.dates import read_start
from supportcli.inputs.values.texts import half_width
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_ORDER = regex(
    r"(?P<amount>.+?)(?:\s+paid\s+(?P<paid>.+?))?\s+from\s+(?P<start>\S+)\s+for\s+(?P<months>\S+)"
    r"\s+months?"
)
_ORDER_AT = regex(r"(?P<amount>.+?)(?:\s+paid\s+(?P<paid>.+?))?@(?P<start>[^/]+)/(?P<months>.+)")
_GROWTH = regex(r"(?P<sign>-?)(?P<rate>[^/%]*%)\s*(?:/|a |per |每)\s*(?P<every>month|year|月|年)")
_GROWTH_EVERY = regex(r"每(?P<every>月|年)\s*(?:增长)?\s*(?P<sign>-?)(?P<rate>[^/%]*%)")
_EVERY = {"month": 1, "月": 1, "year": 12, "年": 12}


class SaidOrder(NamedTuple):
    """An order's price before discount, what was paid for it if that was said, its period."""

    listed: Fraction
    paid: Fraction | None
    term: Term


def read_order(text: str, amount: Callable[[str], Fraction], months: tuple[int, int]) -> SaidOrder:
    """An order, its amounts read by `amount`, of at least and at most so many months.

    Raises:
        AmountError, UsageError: another form, or a part of it that is not understood.
    """
    match = _ORDER.fullmatch(text.strip()) or _ORDER_AT.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            Message(
                "{text} is not an order; write it like 120000 from 2026-03-15 for 12 months",
                text=quoted(text),
            )
        )
    paid = None if match["paid"] is None else amount(match["paid"])
    term = Term(read_start(match["start"].strip()), read_count(match["months"], "months", months))
    return SaidOrder(amount(match["amount"]), paid, term)


def read_growth(text: str) -> tuple[Fraction, int]:
    """By how much spend grows (below zero: it falls), and after how many months each time.

    Raises:
        UsageError: another form.
    """
    plain = half_width(text).strip().casefold()
    match = _GROWTH.fullmatch(plain) or _GROWTH_EVERY.fullmatch(plain)
    if match is None:
        raise UsageError(
            Message("{text} is not a growth; write it like 3%/month or 3%/year", text=quoted(text))
        )
    rate = parse_rate(match["rate"])
    return -rate if match["sign"] else rate, _EVERY[match["every"]]
