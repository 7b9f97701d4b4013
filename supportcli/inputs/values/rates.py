"""Currencies and exchange rates as people write them: CNY, 人民币, USD=7.1, 美元=7.1@2026-11-28."""

from __future__ import annotations

from fractions import Fraction

from supportcli.core.currencies import CURRENCIES, SIGNS
from supportcli.core.exchange import Rate
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.values.dates import read_date
from supportcli.inputs.values.texts import half_width
from supportcli.patterns import regex

_RATE = regex(r"(?P<currency>[^=@]+)=(?P<worth>[^=@]+)(?:@(?P<date>[^=@]+))?")
_PLAIN = regex(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")


def read_currency(text: str) -> str:
    """A currency by its code, in any case, or by a sign or a word that stands for it alone.

    Raises:
        UsageError: it is none that we know.
    """
    plain = half_width(text).strip().upper()
    if plain in CURRENCIES:
        return plain
    meant = {one for sign in SIGNS if sign.sign.upper() == plain for one in sign.meant}
    if len(meant) == 1:
        return meant.pop()
    raise UsageError(
        Message("{text} is no currency that we know; write its code: CNY", text=quoted(text))
    )


def read_rate(text: str) -> Rate:
    """What one unit of a currency is worth, above 0, and the day of that where one is said.

    Raises:
        UsageError: it has another form, or a part of it is not understood.
    """
    match = _RATE.fullmatch(half_width(text).strip())
    if match is None:
        raise UsageError(
            Message(
                "{text} is no rate; write it like USD=7.1 or USD=7.1@2026-11-28",
                text=quoted(text),
            )
        )
    currency, date = read_currency(match["currency"]), match["date"]
    return Rate(currency, _worth(match["worth"], text), read_date(date) if date else None)


def _worth(number: str, text: str) -> Fraction:
    """A plain number above 0."""
    plain = number.strip()
    worth = Fraction(plain) if _PLAIN.fullmatch(plain) else Fraction(0)
    if not worth:
        raise UsageError(
            Message("{text} has no rate above 0; write it like USD=7.1", text=quoted(text))
        )
    return worth
