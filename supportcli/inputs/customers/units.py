"""The units that names of columns state: spend (USD k), 折前消费（万元）."""

from __future__ import annotations

from supportcli.core.currencies import currencies_meant
from supportcli.inputs.values.texts import folded, words, words_as_written
from supportcli.patterns import regex
from supportcli.record import NamedTuple

LONGEST_NAME = 100


class ColumnUnit(NamedTuple):
    """What a name says of the unit of its amounts, and the rest of the name in its normal form.

    A unit is `stated` by 万元 and by 元, but not by CNY, which may be counted in thousands.
    """

    stem: str
    factor: int = 1
    currencies: tuple[str, ...] = ()
    stated: bool = False


class _Word(NamedTuple):
    factor: int
    currencies: tuple[str, ...]
    stated: bool


# Longest first: 千万 is not 千.
_SCALES: tuple[tuple[str, int], ...] = (
    *(("thousands", 1000), ("thousand", 1000), ("millions", 10**6), ("million", 10**6)),
    *(("hundreds", 100), ("hundred", 100)),
    *(("000", 1000), ("mio", 10**6), ("mm", 10**6), ("mn", 10**6), ("bn", 10**9)),
    *(
        ("千万", 10**7),
        ("百万", 10**6),
        ("十万", 10**5),
        ("亿", 10**8),
        ("万", 10**4),
        ("千", 1000),
        ("百", 100),
        ("十", 10),
    ),
    *(("k", 1000), ("m", 10**6), ("w", 10**4)),
    ("", 1),
)
_LARGEST = 10**9
SCALES = {
    10: "十",
    100: "百",
    10**3: "thousand",
    10**4: "万",
    10**5: "十万",
    10**6: "million",
} | {
    10**7: "千万",
    10**8: "亿",
    10**9: "bn",
}
_COUNTED = ("元", "円", "yuan", "dollar", "dollars", "euro", "euros", "pound", "pounds")
_AROUND_UNITS = frozenset("单位 每月 每 月 unit units in per month".split())
_IN_BRACKETS = regex(r"[(【\[]([^)】\]]*)")
_ONLY_IN_BRACKETS = frozenset("mw")  # spend_m may be a monthly spend


def unit_of(name: str, currency: str) -> ColumnUnit:
    """The unit at the end of a name: spend (USD k), 折前消费（万元）, 原价/千元, 消费万元."""
    end = name[-LONGEST_NAME:]
    left = words(end)
    inside = words(" ".join(_IN_BRACKETS.findall(folded(end))))
    factor, currencies, stated = 1, list[str](), False
    while len(left) > 1:
        word = left[-1]
        sure = word not in _ONLY_IN_BRACKETS or word in inside
        found = _read_unit(word, currency) if sure else None
        if (found and found.factor > 1 < factor) or not (found or word in _AROUND_UNITS):
            break
        left.pop()
        if found:
            factor *= found.factor
            currencies += found.currencies
            stated = stated or found.stated
    if left and factor == 1 and not currencies:
        head, glued = _glued(left[-1], currency)
        if glued:
            return ColumnUnit("".join([*left[:-1], head]), *glued)
    return ColumnUnit("".join(left), factor, tuple(currencies), stated)


def unit_around(text: str, currency: str) -> ColumnUnit | None:
    """The unit that the words around a number say: US$ 万, 元/月; None if one is not understood."""
    factor, currencies, stated = 1, list[str](), False
    for word in words_as_written(text):
        found = _read_unit(word, currency) or _read_unit(word.casefold(), currency)
        if found is None and word.casefold() not in _AROUND_UNITS:
            return None
        if found:
            factor *= found.factor
            currencies += found.currencies
            stated = stated or found.stated
    return ColumnUnit("", factor, tuple(currencies), stated) if factor <= _LARGEST else None


def scale_word(factor: int) -> str:
    """The usual word for a unit of so many, which `unit_of` understands at the end of a name."""
    return SCALES[factor]


def _glued(word: str, currency: str) -> tuple[str, _Word | None]:
    """A Chinese unit at the end of a word, the longest that there is: 消费百万元."""
    for start in range(max(1, len(word) - 8), len(word)):
        tail = word[start:]
        found = (
            None if any(character.isascii() for character in tail) else _read_unit(tail, currency)
        )
        if found:
            return word[:start], found
    return word, None


def _read_unit(word: str, currency: str) -> _Word | None:
    """A word as a factor and the currencies around it: 万元, k, usd, $m, 人民币千元."""
    for scale, factor in _SCALES:
        before, found, after = word.partition(scale) if scale else (word, "", "")
        meant = [_currency(part, currency) for part in (before, after) if part]
        if found == scale and None not in meant:
            stated = factor > 1 or word.endswith(_COUNTED)
            return _Word(factor, tuple(one for one in meant if one), stated)
    return None


def _currency(word: str, currency: str) -> str | None:
    """The currency that a word stands for, as for amounts: ¥ is JPY if the plans are."""
    meant = currencies_meant(word) or currencies_meant(word.removesuffix("元"))
    return currency if currency in meant else next(iter(meant), None)
