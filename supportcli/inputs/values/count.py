"""Whole numbers of tickets, accounts and months: 1,000, 40 个, 12 months, 1年."""

from __future__ import annotations

import re
from typing import Literal

from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.values.texts import folded
from supportcli.patterns import regex

_WHOLE = regex("[0-9]{1,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2}")
Count = Literal["tickets", "accounts", "months"]

_AROUND: dict[Count, re.Pattern[str]] = {
    "tickets": regex(
        r"(?:每月)?\s*(?P<number>[0-9,]+)\s*(?:[个张次条件单]?(?:工单)?(?:/月)?|tickets?)"
        r"(?:\s*(?:a|per) month|/month)?"
    ),
    "accounts": regex(r"(?P<number>[0-9,]+)\s*(?:个?(?:主?账号|帐号)?|accounts?)"),
    "months": regex(r"(?P<number>[0-9,]+)\s*(?:个?月|months?|年|years?)?"),
}
TICKETS_A_MONTH = (0, 999_999)
_YEARS = ("年", "year", "years")


def read_count(text: str, what: Count, bounds: tuple[int, int]) -> int:
    """A whole number of tickets a month, of accounts or of months, its unit beside it or not.

    Raises:
        UsageError: anything else, 40.0 too, or a number out of range.
    """
    least, most = bounds
    plain = folded(text)
    match = _AROUND[what].fullmatch(plain)
    if match is not None and _WHOLE.fullmatch(match["number"]):
        times = 12 if what == "months" and plain.endswith(_YEARS) else 1
        number = int(match["number"].replace(",", "")) * times
        if least <= number <= most:
            return number
    raise UsageError(
        Message(
            "{text} is not a whole number from {least} to {most}; write it like 12",
            text=quoted(text),
            least=least,
            most=most,
        )
    )
