"""Amounts and rates in words on a fee, in the forms that price lists write them, and in the fee."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import assert_never

from supportcli.core.amount_text import FULL_WIDTH, parse_discount
from supportcli.core.plan import MONTHS, FeeRule
from supportcli.core.quantity import Extra
from supportcli.core.schedule import (
    Discounted,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    Sum,
    Tiered,
    Volume,
)
from supportcli.core.text import Text
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_REMARK = regex(r"[(（][^)）]*[)）]")
_DATE = regex(
    r"[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?(?![0-9])"
    r"|[0-9]{4}\s*年(?:\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?)?"
)
_TIME = (
    r"(?!\s*-?\s*(?:(?:month|year|day|hour|week|quarter|minute|time|contact|user)s?\b"
    r"|个月|个季度|年|天|日|周|小时|分钟|次|名|位|人|x|×))"
)
_ZHE = regex(r"[0-9一二三四五六七八九]+(?:\.[0-9]+)?\s*折")
_NUMERAL = "[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*"
_CHINESE = regex(
    rf"(?P<percent>百分之(?:{_NUMERAL}))|(?P<tenths>[一二三四五六七八九])成(?!本)"
    rf"|(?P<amount>{_NUMERAL}(?=\s*(?:元|块|美元|欧元|人民币))|(?=[^\s]*[百千万亿]){_NUMERAL}){_TIME}"
)
_NUMBER = regex(
    r"(?<![0-9A-Za-z.,])(?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)\s*"
    r"(?P<scale>%|per ?cent\b|pct\b|百万|千万|[万亿千]|thousand\b|million\b|[kKM](?![A-Za-z]))?"
    rf"{_TIME}(?![0-9.]*[0-9]|(?!(?:CNY|RMB|USD|EUR|GBP|JPY)(?![A-Za-z]))[A-Za-z])"
)
_SCALES = {
    **dict.fromkeys(("%", "percent", "per cent", "pct"), Fraction(1, 100)),
    **dict.fromkeys(("千", "k", "K", "thousand"), Fraction(1000)),
    **dict.fromkeys(("百万", "M", "million"), Fraction(10**6)),
    "万": Fraction(10**4),
    "千万": Fraction(10**7),
    "亿": Fraction(10**8),
}
_DIGITS = {one: number for number, one in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_YEARS = range(1990, 2100)


class WrittenNumber(NamedTuple):
    """A number as it is written, and what it says; of a discount what it takes off."""

    text: str
    value: Fraction


def numbers_in(words: Text) -> Iterator[WrittenNumber]:
    """Every amount and rate in words of any language; not those in brackets, nor days and times."""
    for text in words.by_language.values():
        left = _DATE.sub(" ", _REMARK.sub("", text.translate(FULL_WIDTH)))
        for match in _ZHE.finditer(left):
            yield WrittenNumber(match[0], parse_discount(match[0].replace(" ", "")))
        left = _ZHE.sub(" ", left)
        for match in _CHINESE.finditer(left):
            yield WrittenNumber(match[0], _chinese(match))
        for match in _NUMBER.finditer(_CHINESE.sub(" ", left)):
            if not (match["number"].isdecimal() and not match["scale"] and _is_year(match[0])):
                yield WrittenNumber(match[0].strip(), _arabic(match))


def _is_year(text: str) -> bool:
    return int(text) in _YEARS


def _arabic(match: re.Match[str]) -> Fraction:
    scale = _SCALES[match["scale"]] if match["scale"] else Fraction(1)
    return Fraction(match["number"].replace(",", "")) * scale


def _chinese(match: re.Match[str]) -> Fraction:
    if match["percent"]:
        return Fraction(_numeral(match["percent"].removeprefix("百分之")), 100)
    if match["tenths"]:
        return Fraction(_DIGITS[match["tenths"]], 10)
    return Fraction(_numeral(match["amount"]))


def _numeral(text: str) -> int:
    """两万五千, 一百二十万; each part is a digit with its unit, a myriad closes what is before."""
    whole = part = digit = 0
    for one in text:
        if one in _DIGITS:
            digit = _DIGITS[one]
        elif one in _UNITS:
            part += (digit or 1) * _UNITS[one]
            digit = 0
        else:
            whole += (part + digit or 1) * _MYRIADS[one]
            part = digit = 0
    return whole + part + digit


def numbers_of(rule: FeeRule, extras: Iterable[Extra]) -> frozenset[Fraction]:
    """What words may name of a fee: its amounts and rates, of a year too, and sums of its parts."""
    parts = [set(_of(schedule)) for schedule in (rule.published or {}).values()]
    parts += [set(_of_extra(extra)) for extra in extras]
    sums = {a + b for one, other in combinations(parts, 2) for a in one for b in other}
    found = sums.union(*parts)
    return frozenset(n * times for n in found for times in (1, MONTHS, Fraction(1, MONTHS)))


def _of_extra(extra: Extra) -> Iterator[Fraction]:
    yield from [Fraction(extra.pack)] if extra.pack else []
    for segment in extra.price.segments:
        yield from (segment.start, segment.intercept, segment.rate)


def _of(schedule: Schedule) -> Iterator[Fraction]:
    """Every amount and every rate of a fee as it was published, and as a discount leaves it."""
    match schedule:
        case Line(base, rate):
            yield from (base, rate)
        case Excess(threshold, rate):
            yield from (threshold, rate)
        case Graduated(brackets) | Volume(brackets) | Tiered(brackets):
            for bracket in brackets:
                yield from (bracket.rate, bracket.base)
                yield from [] if bracket.up_to is None else [bracket.up_to]
        case Discounted(fee, off):
            yield from (off, 1 - off)
            for number in _of(fee):
                yield from (number, number * (1 - off))
        case Sum(left, right):
            mine, others = list(_of(left)), list(_of(right))
            yield from (*mine, *others, *(a + b for a in mine for b in others))
        case GreaterOf(left, right) | LesserOf(left, right):
            yield from _of(left)
            yield from _of(right)
        case _:
            assert_never(schedule)
