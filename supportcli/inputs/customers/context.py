"""What stands beside the amounts of a list: lines above its header say their unit and currency.

A line says it in one of a few ways: 单位：万元, all amounts in USD, a title with (万元). What is no
such way says nothing, and what says two things, or one that is not understood, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.money_words import NO_CODES
from supportcli.inputs.customers.units import unit_around
from supportcli.inputs.values.texts import folded, half_width
from supportcli.patterns import regex
from supportcli.record import NamedTuple

Above = Sequence[Sequence[str]]
"""The texts of each row above a header."""

LONGEST = 1000
_MOST_CURRENCY = 20
_END = r"(?P<said>(?:[^,，;；。|)）】\]]|,(?=[0-9]{3}))+)"
_ANNOUNCED = (
    r"(?P<key>(?:金额|货币|计量|计价|数据)?单\s*位|(?:结算|计价|账单)?(?:币\s*种|币别|货币)|"
    r"(?<![a-z])(?:currency|units?))\s*(?:[:=]|为|是|均为|(?<=[a-z])\s+(?:is|are)\s|"
    r"(?=(?:人民币)?[十百千]?[千万亿]元?(?:\W|$)))\s*"
)
_KEY = regex(_ANNOUNCED + _END, re.IGNORECASE)
_KEY_BEGINS = regex(_ANNOUNCED, re.IGNORECASE)
_KEY_ALONE = regex(
    r"(?:(?:金额|货币|计量|计价|数据)?单位|币种|币别|货币|currency|units?)\s*[:=]?", re.IGNORECASE
)
_SUBJECTS = (
    "amounts?|figures?|values?|spend|numbers?|prices?|costs?|charges?|expressed|shown|stated"
)
_SENTENCES = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![a-z])(?:{_SUBJECTS})(?![a-z])[^,;.。，；]*?\sin\s+{_END}",
        rf"^\W*in\s+{_END}",
        rf"(?:金额|数据|消费|费用|价格)[^,，;；。]{{0,8}}?(?:均为|皆为|都是|全为|为|是)\s*{_END}",
        r"(?:以|按)\s*(?P<said>[^,，;；。以按]{1,12}?)\s*(?:为单位|计价|计算|计|列示|结算)",
    )
)
_BRACKETS = regex(r"[(（【\[](?P<said>[^()（）【】\[\]]+)[)）】\]]")
_NUMBER = regex(r"\W*[1-9][0-9,. ]*")
_AN_AMOUNT = regex(r"\(?[0-9][0-9,.']*[a-z']*", re.IGNORECASE)
_LETTER_OR_NAME = regex(r"[A-Za-z十百拾佰]|[A-Z][a-z]{2}|AMD|[\W\d]*[0-9][\W\d]*")
_BETWEEN = regex("[，、;；]|,(?<![0-9],)|,(?![0-9]{3})")
_US_DOLLARS = regex(r"(?<![a-z])u\.?\s?s\.?\s+dollars?(?![a-z])", re.IGNORECASE)
_TEN_THOUSAND = regex(
    r"(?<![0-9])(?:10\s?k|10,?000|10\s?thousands?|[’']0000)(?![0-9a-z])", re.IGNORECASE
)
_FILLERS = regex(r"(?<![a-z])(?:of|the|only)(?![a-z])|[.。]+$|(?<=[a-z])\.(?=\s)", re.IGNORECASE)
# Words and single letters that are codes or scales too; only behind a key are they meant so.
_NO_CODES = NO_CODES | {"m", "mm"}


class AmountsSaid(NamedTuple):
    """What a text says of amounts: how many of the currency one of them is, and which currency.

    `factor` is None where it says nothing of it; `text` is where it stands.
    """

    text: str
    factor: int | None
    currency: str | None


class Context(NamedTuple):
    """What stands above a table's header, and what is wrong with it."""

    said: tuple[AmountsSaid, ...] = ()
    problems: tuple[Message, ...] = ()

    @property
    def factor(self) -> int | None:
        """How many of the currency an amount is; None where nothing says it."""
        return next((each.factor for each in self.said if each.factor is not None), None)

    @property
    def currency(self) -> str | None:
        """The currency that it names; None where it names none."""
        return next((each.currency for each in self.said if each.currency), None)


def said_of_amounts(text: str, currency: str) -> AmountsSaid | None:
    """What a text that is nothing but a unit or a currency says: 万元, USD k, 人民币; else None.

    Args:
        text: such a text, or any other.
        currency: of the plans, which a sign like $ stands for where it can.
    """
    plain = _US_DOLLARS.sub("USD", half_width(text[:LONGEST]))
    plain = _TEN_THOUSAND.sub(" 万 ", plain)
    found = unit_around(_FILLERS.sub(" ", plain).strip(), currency)
    if found is None or len(set(found.currencies)) > 1:
        return None
    if not (found.stated or found.currencies):
        return None
    given = found.currencies[0] if found.currencies else None
    return AmountsSaid(text, found.factor if found.stated else None, given)


def said_alone(text: str, currency: str) -> AmountsSaid | None:
    """What a text says that nothing announces; letters alone, 000 and names like Bob say nothing.

    Args:
        text: a whole cell.
        currency: of the plans, which a sign like $ stands for where it can.
    """
    doubtful = _LETTER_OR_NAME.fullmatch(text.strip()) or not _is_meant(text)
    return None if doubtful else said_of_amounts(text, currency)


def changes_amounts(text: str, currency: str) -> bool:
    """Whether a text is a unit that scales the amounts around it, or another currency than theirs.

    A letter alone is none.
    """
    said = said_of_amounts(text, currency) if len(text) > 1 and _is_meant(text) else None
    return said is not None and ((said.factor or 1) > 1 or said.currency not in (None, currency))


def says_other(text: str, currency: str) -> bool:
    """Whether a text says in words that amounts are in a unit, or in another currency."""
    said = said_in_words(half_width(text)[:LONGEST], currency)
    if not isinstance(said, AmountsSaid):
        return False
    return (said.factor or 1) > 1 or said.currency not in (None, currency)


def read_above(above: Above, currency: str) -> Context:
    """What the rows above a header say of the amounts below it."""
    found = list(dict.fromkeys(each for row in above for each in _said_in_row(row, currency)))
    said = tuple(each for each in found if isinstance(each, AmountsSaid))
    unclear = [each for each in found if isinstance(each, Message)]
    return Context(said, (*unclear, *_contradictions(said)))


def _contradictions(said: Sequence[AmountsSaid]) -> Iterator[Message]:
    units = {each.factor: each.text for each in said if each.factor is not None}
    currencies = {each.currency: each.text for each in said if each.currency is not None}
    for different in (units, currencies):
        if len(different) > 1:
            yield Message(
                "what stands above the header contradicts itself: {texts}; write the unit and the "
                "currency into the names of the columns, and leave these lines out",
                texts=tuple(map(quoted, dict.fromkeys(different.values()))),
            )


def texts_in_row(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The filled cells, each with its text, which begins with the key that may stand before it."""
    cells = [cell.strip() for cell in row if cell.strip()]
    for at, cell in enumerate(cells):
        text = half_width(cell)[:LONGEST]
        if at and _KEY_ALONE.fullmatch(half_width(cells[at - 1])):
            text = f"{half_width(cells[at - 1]).rstrip(' :=')}:{text}"
        yield cell, text


def _said_in_row(row: Sequence[str], currency: str) -> Iterator[AmountsSaid | Message]:
    for cell, text in texts_in_row(row):
        for found in said_in_parts(text, currency):
            yield found._replace(text=cell) if isinstance(found, AmountsSaid) else found


def said_in_parts(text: str, currency: str) -> list[AmountsSaid | Message]:
    """What a text says of amounts that stands for itself, and what is not clear in it."""
    found = (_said_in(part, currency) for part in _parts(text))
    return [each for each in found if each is not None]


def _parts(text: str) -> Iterator[str]:
    """A text that announces a unit and a currency in two parts: 单位：万元 币种：美元."""
    begins = [key.start() for key in _KEY_BEGINS.finditer(text)]
    for begin, end in pairwise((0, *begins[1:], len(text))):
        yield text[begin:end].rstrip(" ,，、;；|")


def _said_in(text: str, currency: str) -> AmountsSaid | Message | None:
    said = said_in_words(text, currency)
    if said is not None:
        return said
    wholes = [*(match["said"] for match in _BRACKETS.finditer(text)), text]
    parts = (part for whole in wholes for part in _BETWEEN.split(whole))
    return _first(filter(_is_meant, (*wholes, *parts)), currency)


def said_in_words(text: str, currency: str) -> AmountsSaid | Message | None:
    """What is said behind a word for it, or in a sentence."""
    key = None
    for key in _KEY.finditer(text):
        said = _first(_beginnings(key["said"]), currency)
        if said is not None:
            return said if _is_of_units(key) or said.factor != 1 else said._replace(factor=None)
    if key is not None:
        return _unclear(key, text)
    for sentence in _SENTENCES:
        for match in sentence.finditer(text):
            said = _first(filter(_is_meant, _beginnings(match["said"])), currency)
            if said is not None:
                return said
    return None


def _beginnings(text: str) -> Iterator[str]:
    """A text and, where more follows that is no number, its first words: 万元 制表人 王."""
    words = text.replace("(", " (").split()
    for end in range(len(words), 0, -1):
        if not any(map(_AN_AMOUNT.fullmatch, words[end : end + 1])):
            yield " ".join(words[:end])


def _first(texts: Iterable[str], currency: str) -> AmountsSaid | None:
    found = (said_of_amounts(text, currency) for text in texts)
    return next((each for each in found if each is not None), None)


def _is_meant(text: str) -> bool:
    """Whether a text that nothing announces may be a unit: 10000 alone may be a sum."""
    return folded(text) not in _NO_CODES and not _NUMBER.fullmatch(text)


def _is_of_units(key: re.Match[str]) -> bool:
    return "位" in key["key"] or "unit" in key["key"].lower()


def _unclear(key: re.Match[str], text: str) -> Message | None:
    """What is said where a currency is announced and cannot be told; 单位 may be a company."""
    told = key["said"].strip()
    if _is_of_units(key) or len(told) > _MOST_CURRENCY:
        return None
    return Message(
        "{text} above the header names no currency that is known; write its code there, like CNY, "
        "or leave the line out",
        text=quoted(text),
    )
