"""Columns that say what the amounts beside them are in, or of, under a name that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.context import LONGEST, AmountsSaid, said_alone, said_in_words
from supportcli.inputs.customers.doubts import AmountsKnown, chooses
from supportcli.inputs.customers.periods import is_period
from supportcli.inputs.customers.spans import span_in_period
from supportcli.inputs.values.spend import is_missing
from supportcli.inputs.values.texts import folded, half_width
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_SPEAKS = regex("curr?(?![a-z])|currenc|币|幣|货币|貨幣|währung|devise|moneda", re.IGNORECASE)
_CODE = regex("[A-Z]{3,5}")
_MONTH = regex("月|month")
_OF_PERIODS = regex(
    "周期|账期|频率|统计|区间|范围|期间|起止|週期|頻率|統計|區間|範圍|期間|period|span|frequency|cycle|"
    r"^\W*per\W*$",
    re.IGNORECASE,
)
_OTHER_SPANS = regex(
    "付款|结算|付费|合同|服务|有效|保修|拜访|回访|巡检|续费|对账|payment|contract|billing|service|"
    "support|valid|warranty|review|visit|renew",
    re.IGNORECASE,
)
_OTHER_AMOUNTS = regex(
    "资本|合同|注册|营收|规模|量级|等级|级别|姓|上市|交易所|证券|股票|capital|contract|revenue|size|"
    "tier|grade|listing|listed|exchange|ticker",
    re.IGNORECASE,
)
"""Names of what is about another amount than the spend."""
_SPAN = regex(
    r"(?:按|每|元?/)?\s*(?:[一1]个?)?(?:年|季|半年|月|周|日|天|year|quarter|month|week|day)(?:度|结|ly)?"
    r"|yearly|annual(?:ly)?|half-?yearly|quarterly|monthly|weekly|daily|yr|qtr"
    r"|(?:per|a)\s+(?:year|annum|quarter|month|week|day)"
)


class Beside(NamedTuple):
    """What is known beside a column: of the amounts, and what the other columns say."""

    known: AmountsKnown
    meant: frozenset[str | None]
    names: frozenset[str]

    @property
    def monthly(self) -> bool:
        """Whether the amounts are of months, by their names or by a column beside them."""
        return self.known.monthly or any(
            is_period(name) and _MONTH.search(folded(name)) for name in self.names
        )


def may_say(name: str, texts: Collection[str], beside: Beside) -> bool:
    """Whether any of some texts of a column is a unit, a currency or a span that is no month.

    Args:
        name: of the column.
        texts: some that stand in it.
        beside: what is known beside it.
    """
    told = [text for text in texts if not is_missing(text)]
    about = not _OTHER_AMOUNTS.search(name) and any(_said(text, beside.known) for text in told)
    return about or bool(_other_spans(name, told, beside))


def unheeded(name: str, texts: Collection[str], beside: Beside) -> Message | None:
    """A refusal of such a column where what it says changes an amount; else None.

    Args:
        name: of the column.
        texts: all that stand in it.
        beside: what is known beside it.
    """
    told = [text for text in texts if not is_missing(text)]
    if spans := _other_spans(name, told, beside):
        return of_other_span(name, min(spans), beside.known)
    if _OTHER_AMOUNTS.search(name):
        return None
    known = beside.known
    said = [(text, _said(text, known)) for text in told]
    scaled = [text for text, each in said if each and _scales(each, known.factors)]
    foreign = [text for text, each in said if each and each.currency not in (None, known.currency)]
    other = foreign + [text for text, each in said if not each and _is_like_one(name, text)]
    for meaning, found in (("unit", scaled), ("currency", other)):
        if found and meaning not in beside.meant:
            return _message(name, found, meaning, known)
    return None


def of_other_span(name: str, text: str, known: AmountsKnown) -> Message:
    """The refusal of a column that says another span than a month."""
    return Message(
        "column {name} says that amounts beside it are of another span than a month ({text}); "
        "give each for a month; if they are of a month all the same, say so with --unit {one}, or "
        "with --ignore-column {name}",
        name=quoted(name),
        text=quoted(text),
        one=known.unit_word,
    )


def _said(text: str, known: AmountsKnown) -> AmountsSaid | None:
    """What a text says that is nothing but a unit or a currency, or that states one in words."""
    found = said_alone(text, known.currency)
    if found or chooses(text):
        return found
    worded = said_in_words(half_width(text)[:LONGEST], known.currency)
    return worded if isinstance(worded, AmountsSaid) else None


def _is_like_one(name: str, text: str) -> bool:
    """Whether a text that is not understood may be a currency, beside others that are one."""
    return bool(_SPEAKS.search(name) or _CODE.fullmatch(text.strip()))


def _other_spans(name: str, texts: Collection[str], beside: Beside) -> list[str]:
    """The texts of another span than a month, in a column of the rows' periods: 年, 2026Q3.

    Columns of spend that are of months go before them, unless the rows are of several spans.
    """
    plain = {text: folded(text) for text in texts}
    of_rows = _OF_PERIODS.search(name) and not _OTHER_SPANS.search(name)
    of_money = all("元" in each for each in plain.values())
    if (of_rows or of_money) and all(map(_SPAN.fullmatch, plain.values())):
        found = [text for text, each in plain.items() if not _MONTH.search(each)]
        return found if of_money or len(found) < len(plain) or not beside.monthly else []
    if beside.monthly or not (of_rows or is_period(name)):
        return []
    return [text for text in texts if span_in_period(text)]


def _scales(said: AmountsSaid, factors: Collection[int]) -> bool:
    return said.factor is not None and {said.factor} != set(factors)


def _message(name: str, found: Sequence[str], meaning: str, known: AmountsKnown) -> Message:
    return Message(
        "column {name} seems to say what the amounts beside it are in ({text}) and is not "
        "understood; give --map {meaning}={name} if each of its cells says that, or --unit {one} "
        "if all amounts are in one unit, or --ignore-column {name} if it says something else",
        name=quoted(name),
        text=quoted(min(found)),
        meaning=meaning,
        one=known.unit_word,
    )
