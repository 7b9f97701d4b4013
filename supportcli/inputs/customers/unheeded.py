"""Columns that say what the amounts beside them are in, under a name that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.context import AmountsSaid, said_alone
from supportcli.inputs.values.spend import is_missing

_SPEAKS = re.compile("curr?(?![a-z])|currenc|币|幣|货币|貨幣|währung|devise|moneda", re.IGNORECASE)


def may_say(name: str, texts: Collection[str], currency: str) -> bool:
    """Whether some texts of a column are all units or currencies, or any is and its name says it.

    Args:
        name: of the column.
        texts: some that stand in it.
        currency: of the plans.
    """
    said = [said_alone(text, currency) for text in texts if not is_missing(text)]
    return any(said) if _SPEAKS.search(name) else bool(said) and all(said)


def unheeded(
    name: str,
    texts: Collection[str],
    currency: str,
    factors: Collection[int],
    meant: Collection[str | None],
) -> Message | None:
    """A refusal of such a column where what it says changes an amount; else None.

    Args:
        name: of the column.
        texts: all that stand in it.
        currency: of the plans.
        factors: of the columns of spend, how many of the currency an amount is.
        meant: what the other columns mean.
    """
    said = [(text, said_alone(text, currency)) for text in texts if not is_missing(text)]
    scaled = [text for text, each in said if each and _scales(each, factors)]
    other = [text for text, each in said if each is None or each.currency not in (None, currency)]
    for meaning, found in (("unit", scaled), ("currency", other)):
        if found and meaning not in meant:
            return _message(name, found, meaning)
    return None


def _scales(said: AmountsSaid, factors: Collection[int]) -> bool:
    return said.factor is not None and {said.factor} != set(factors)


def _message(name: str, found: Sequence[str], meaning: str) -> Message:
    return Message(
        "column {name} seems to say what the amounts beside it are in ({text}) and is not "
        "understood; give --map {meaning}={name}, or --ignore-column {name} if it says something "
        "else",
        name=quoted(name),
        text=quoted(min(found)),
        meaning=meaning,
    )
