"""The units that names of columns state: spend (USD k), 折前消费（万元）."""

from __future__ import annotations

import re
from typing import NamedTuple

from supportcli.core.currencies import currencies_meant
from supportcli.inputs.values.texts import folded, words, words_as_written

LONGEST_NAME = 100


class ColumnUnit(NamedTuple):
    """What a name says of the unit of its amounts, and the rest of the name in its normal form."""

    stem: str
    factor: int = 1
    currencies: tuple[str, ...] = ()


# Longest first: 千万 is not 千.
_SCALES: tuple[tuple[str, int], ...] = (
    *(("thousands", 1000), ("thousand", 1000), ("millions", 10**6), ("million", 10**6)),
    *(("000", 1000), ("mio", 10**6), ("mm", 10**6), ("mn", 10**6), ("bn", 10**9)),
    *(
        ("千万", 10**7),
        ("百万", 10**6),
        ("十万", 10**5),
        ("亿", 10**8),
        ("万", 10**4),
        ("千", 1000),
    ),
    *(("k", 1000), ("m", 10**6), ("w", 10**4)),
    ("", 1),
)
_AROUND_UNITS = frozenset("单位 每月 每 月 unit units in per month".split())
_IN_BRACKETS = re.compile(r"[(【\[]([^)】\]]*)")
_ONLY_IN_BRACKETS = frozenset("mw")  # spend_m may be a monthly spend


def unit_of(name: str, currency: str) -> ColumnUnit:
    """The unit at the end of a name: spend (USD k), 折前消费（万元）, 原价/千元, 消费万元."""
    end = name[-LONGEST_NAME:]
    left = words(end)
    inside = words(" ".join(_IN_BRACKETS.findall(folded(end))))
    factor, currencies = 1, list[str]()
    while len(left) > 1:
        word = left[-1]
        sure = word not in _ONLY_IN_BRACKETS or word in inside
        found = _read_unit(word, currency) if sure else None
        if (found and found[0] > 1 < factor) or not (found or word in _AROUND_UNITS):
            break
        left.pop()
        factor *= found[0] if found else 1
        currencies += found[1] if found else ()
    if left and factor == 1 and not currencies:
        head, glued = _glued(left[-1], currency)
        if glued:
            return ColumnUnit("".join([*left[:-1], head]), *glued)
    return ColumnUnit("".join(left), factor, tuple(currencies))


def unit_around(text: str, currency: str) -> ColumnUnit | None:
    """The unit that the words around a number say: US$ 万, 元/月; None if one is not understood."""
    factor, currencies = 1, list[str]()
    for word in words_as_written(text):
        found = _read_unit(word, currency) or _read_unit(word.casefold(), currency)
        if found is None and word.casefold() not in _AROUND_UNITS:
            return None
        factor *= found[0] if found else 1
        currencies += found[1] if found else ()
    return ColumnUnit("", factor, tuple(currencies))


def _glued(word: str, currency: str) -> tuple[str, tuple[int, tuple[str, ...]] | None]:
    """A Chinese unit at the end of a word, the longest that there is: 消费百万元."""
    for start in range(max(1, len(word) - 8), len(word)):
        tail = word[start:]
        found = (
            None if any(character.isascii() for character in tail) else _read_unit(tail, currency)
        )
        if found:
            return word[:start], found
    return word, None


def _read_unit(word: str, currency: str) -> tuple[int, tuple[str, ...]] | None:
    """A word as a factor and the currencies around it: 万元, k, usd, $m, 人民币千元."""
    for scale, factor in _SCALES:
        before, found, after = word.partition(scale) if scale else (word, "", "")
        meant = [_currency(part, currency) for part in (before, after) if part]
        if found == scale and None not in meant:
            return factor, tuple(one for one in meant if one)
    return None


def _currency(word: str, currency: str) -> str | None:
    """The currency that a word stands for, as for amounts: ¥ is JPY if the plans are."""
    meant = currencies_meant(word)
    return currency if currency in meant else next(iter(meant), None)
