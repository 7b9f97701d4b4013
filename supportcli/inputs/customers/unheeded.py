"""Columns that say what the amounts beside them are in, under a name that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.context import LONGEST, AmountsSaid, said_alone, said_in_words
from supportcli.inputs.values.spend import is_missing
from supportcli.inputs.values.texts import folded, half_width

_SPEAKS = re.compile("curr?(?![a-z])|currenc|币|幣|货币|貨幣|währung|devise|moneda", re.IGNORECASE)
_CODE = re.compile("[A-Z]{3,5}")
_MONTH = re.compile("月|month")
_OF_PERIODS = re.compile(
    "周期|账期|频率|统计|区间|范围|期间|period|span|frequency|cycle", re.IGNORECASE
)
_OTHER_SPANS = re.compile(
    "付款|结算|付费|合同|拜访|回访|巡检|续费|对账|payment|contract|billing|review|visit|renew",
    re.IGNORECASE,
)
_OTHER_AMOUNTS = re.compile(
    "资本|合同|注册|营收|规模|量级|等级|级别|姓|capital|contract|revenue|size|tier|grade",
    re.IGNORECASE,
)
"""Names of what is about another amount than the spend."""
_SPAN = re.compile(
    r"(?:按|每|元?/)?\s*(?:[一1]个?)?(?:年|季|半年|月|周|日|天|year|quarter|month|week|day)(?:度|结|ly)?"
    r"|yearly|annual(?:ly)?|half-?yearly|quarterly|monthly|weekly|daily|yr|qtr"
    r"|(?:per|a)\s+(?:year|annum|quarter|month|week|day)"
)


def may_say(name: str, texts: Collection[str], currency: str) -> bool:
    """Whether any of some texts of a column is a unit or a currency, or all are spans of time.

    Args:
        name: of the column.
        texts: some that stand in it.
        currency: of the plans.
    """
    told = [text for text in texts if not is_missing(text)]
    about = not _OTHER_AMOUNTS.search(name) and any(_said(text, currency) for text in told)
    return about or bool(_other_spans(name, told))


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
    told = [text for text in texts if not is_missing(text)]
    if spans := _other_spans(name, told):
        return Message(
            "column {name} says that amounts beside it are of another span than a month ({text}); "
            "give each for a month, or --ignore-column {name} if it says something else",
            name=quoted(name),
            text=quoted(min(spans)),
        )
    if _OTHER_AMOUNTS.search(name):
        return None
    said = [(text, _said(text, currency)) for text in told]
    scaled = [text for text, each in said if each and _scales(each, factors)]
    foreign = [text for text, each in said if each and each.currency not in (None, currency)]
    other = foreign + [text for text, each in said if not each and _is_like_one(name, text)]
    for meaning, found in (("unit", scaled), ("currency", other)):
        if found and meaning not in meant:
            return _message(name, found, meaning)
    return None


def _said(text: str, currency: str) -> AmountsSaid | None:
    """What a text says that is nothing but a unit or a currency, or that states one in words."""
    found = said_alone(text, currency)
    worded = None if found else said_in_words(half_width(text)[:LONGEST], currency)
    return found or (worded if isinstance(worded, AmountsSaid) else None)


def _is_like_one(name: str, text: str) -> bool:
    """Whether a text that is not understood may be a currency, beside others that are one."""
    return bool(_SPEAKS.search(name) or _CODE.fullmatch(text.strip()))


def _other_spans(name: str, texts: Collection[str]) -> list[str]:
    """The texts of another span than a month, in a column of the rows' periods: 年, yearly."""
    plain = {text: folded(text) for text in texts}
    of_rows = _OF_PERIODS.search(name) and not _OTHER_SPANS.search(name)
    of_money = all("元" in each for each in plain.values())
    if not (of_rows or of_money) or not all(map(_SPAN.fullmatch, plain.values())):
        return []
    return [text for text, each in plain.items() if not _MONTH.search(each)]


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
