"""What a number format says of the number that it shows: a unit, a currency, a scale, a date.

A format is up to four sections: for numbers above zero, below it, zero, and text; or with
conditions of their own: [>=10000]0!.0,"万";0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from supportcli.patterns import regex
from supportcli.record import NamedTuple

LONGEST_CODE = 1000

Moment = Literal["", "day", "month", "time", "span"]


class Section(NamedTuple):
    """How a format shows the numbers that one of its sections is for.

    What is shown is the number divided by ten to the power of `shift`, between the texts `before`
    and `after`, with so many decimals (None: no certain number of them); or, where no digits are,
    the texts alone. `mask` has the place of each digit of a whole number and the marks between
    them: 000-0000. `moment` where it is no number but a day, a day whose month alone is shown, a
    time of day or a length of time.
    """

    before: str = ""
    after: str = ""
    shift: int = 0
    decimals: int | None = None
    mask: str = ""
    digits: bool = True
    moment: Moment = ""

    @property
    def words(self) -> tuple[str, str]:
        """The texts without the blanks that only align a number."""
        return self.before.strip(), self.after.strip()

    @property
    def padded(self) -> bool:
        """Whether digits have their places: zeros before the number, or marks between them."""
        return self.mask.count("0") > 1 or bool(self.mask.strip("0#"))

    @property
    def plain(self) -> bool:
        """Whether the number is shown as it is, without a word and without zeros before it."""
        return not (any(self.words) or self.moment or self.padded or self.shift)


class NumberFormat(NamedTuple):
    """The sections of a format, each with the numbers that it is for.

    It is `plain` where no section says anything beside the number, `dated` where one makes it a
    day or a time.
    """

    sections: tuple[tuple[Callable[[float], bool], Section], ...]
    plain: bool
    dated: bool

    def section(self, value: float) -> Section:
        """The section that shows a number."""
        found = (section for holds, section in self.sections if holds(value))
        return next(found, self.sections[-1][1])


_TOKEN = regex(
    r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | _(?P<space>.) | \*(?P<filled>.)
    | \[\$(?P<currency>[^\]]*)\] | \[(?P<elapsed>h+|m+|s+)\] | \[(?P<said>[^\]]*)\]
    | (?P<general>general|g/通用格式) | (?P<exponent>e[+\-][0\#?]+)
    | (?P<noon>am/pm|a/p|上午/下午) | (?P<moment>[ymdhseba]+)
    | (?P<digit>[0\#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@) | (?P<word>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = regex(r"(?P<sign><=|>=|<>|<|>|=)\s*(?P<number>-?[0-9]+(?:\.[0-9]+)?)")
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": float.__lt__,
    "<=": float.__le__,
    ">": float.__gt__,
    ">=": float.__ge__,
    "=": float.__eq__,
    "<>": float.__ne__,
}


class _Part(NamedTuple):
    """One token: what it is, and its text."""

    kind: str
    text: str


def read_format(code: str) -> NumberFormat:
    """What a format's code says; one that is too long to be one says nothing."""
    parts = [list(_parts(section)) for section in _sections(code[:LONGEST_CODE])]
    numbers = [each for each in parts if not any(part.kind == "text" for part in each)]
    defaults: tuple[str, ...] = ("",)
    if len(numbers) > 1:
        defaults = (">=0", "") if len(numbers) == 2 else (">0", "<0", "")  # noqa: PLR2004
    found = tuple(
        (_condition(each, default), _section(each, other=at > 0))
        for at, (each, default) in enumerate(zip(numbers, defaults, strict=False))
    )
    found = found or ((_always, Section()),)
    plain = all(section.plain for _, section in found)
    return NumberFormat(found, plain, any(section.moment for _, section in found))


def _sections(code: str) -> Iterator[str]:
    """The code divided at the semicolons that stand in no word."""
    start = 0
    for token in _TOKEN.finditer(code):
        if token["word"] == ";":
            yield code[start : token.start()]
            start = token.end()
    yield code[start:]


def _parts(code: str) -> Iterator[_Part]:
    for token in _TOKEN.finditer(code):
        kind = str(token.lastgroup)
        yield _Part(kind, token[kind])


def _always(value: float) -> bool:
    return True


def _condition(parts: list[_Part], default: str) -> Callable[[float], bool]:
    said = next((part.text for part in parts if part.kind == "said" and part.text[:1] in "<=>"), "")
    found = _CONDITION.fullmatch(said.strip()) or _CONDITION.fullmatch(default)
    if found is None:
        return _always
    holds, bound = _HOLDS[found["sign"]], float(found["number"])
    return lambda value: holds(float(value), bound)


def _section(parts: list[_Part], other: bool) -> Section:
    moment = _moment(parts)
    if moment:
        return Section(moment=moment)
    places = [i for i, part in enumerate(parts) if part.kind in ("digit", "general", "exponent")]
    if not places:
        return Section(before=_text(parts, other), digits=False)
    first, last = places[0], places[-1]
    shown, ending = parts[first : last + 1], parts[last + 1 :]
    shift = _shift(shown, ending)
    return Section(
        before=_text(parts[:first], other),
        after=_text(ending, other),
        shift=shift,
        decimals=_decimals(shown),
        mask="" if shift else _mask(shown),
    )


_WORDS = ("quoted", "escaped", "word")


def _text(parts: list[_Part], other: bool) -> str:
    """The text that is shown, without the marks that numbers not above zero have in sections."""
    found = "".join(
        _currency(part.text) if part.kind == "currency" else part.text
        for part in parts
        if part.kind in ("currency", "percent", "moment", *_WORDS)
    )
    return re.sub("[-+()]", "", found) if other else found


def _shift(shown: list[_Part], ending: list[_Part]) -> int:
    """A comma behind the last digit divides by a thousand, % multiplies by a hundred.

    A point that is a mere text, 0!.0, divides by ten for each place behind it.
    """
    whole = _first(shown, "point")
    commas = _commas(ending) + (_commas(shown[:whole][::-1]) if whole < len(shown) else 0)
    percents = sum(part.kind == "percent" for part in [*shown, *ending])
    points = (i for i, part in enumerate(shown) if part.kind in _WORDS and part.text == ".")
    moved = sum(part.kind == "digit" for part in shown[next(points, whole) : whole])
    return 3 * commas + moved - 2 * percents


def _first(parts: list[_Part], *kinds: str) -> int:
    """Where the first of a kind stands; the length where there is none."""
    return next((i for i, part in enumerate(parts) if part.kind in kinds), len(parts))


def _commas(parts: list[_Part]) -> int:
    """How many commas stand first."""
    return next((i for i, part in enumerate(parts) if part.kind != "comma"), len(parts))


def _decimals(shown: list[_Part]) -> int | None:
    if any(part.kind in ("general", "exponent") or part == _Part("word", "/") for part in shown):
        return None
    return sum(part.kind == "digit" for part in shown[_first(shown, "point") :])


def _mask(shown: list[_Part]) -> str:
    """The places of the digits, ? as #; "" where it is no whole number."""
    if (
        any(part.kind not in ("digit", "comma", *_WORDS) for part in shown)
        or _decimals(shown) is None
    ):
        return ""
    return "".join("#" if part.text == "?" else part.text for part in shown if part.kind != "comma")


def _moment(parts: list[_Part]) -> Moment:
    """What a format of dates and times shows; "" for one of numbers."""
    kinds = {part.kind for part in parts}
    letters = "".join(part.text.lower() for part in parts if part.kind == "moment")
    if "elapsed" in kinds:
        return "span"
    if not letters or "general" in kinds or _counts(parts):
        return ""
    if "noon" in kinds or set("hs") & set(letters):
        return "time" if not set("yd") & set(letters) else "day"
    return "month" if "d" not in letters and "a" not in letters and "y" in letters else "day"


def _counts(parts: list[_Part]) -> bool:
    """Whether there are places for digits other than for the parts of a second."""
    told = ""
    for part in parts:
        if part.kind == "digit" and not (part.text == "0" and re.search(r"s\.0*$", told)):
            return True
        told += part.text.lower() if part.kind in ("moment", "digit", "point") else ""
    return False


# Which currency a sign is of in which language, where the sign alone could be of several.
_REGIONS = {
    "0409": "US", "0c0c": "CA", "1009": "CA", "0c09": "AU", "1409": "NZ", "0c04": "HK",
    "1004": "SG", "4804": "SG", "4809": "SG", "0404": "TW", "080a": "MX", "0804": "CN",
    "0411": "JP", "0809": "GB",
}  # fmt: skip
_CURRENCIES = {
    "$": {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "SG": "SGD",
          "TW": "TWD", "MX": "MXN"},
    "¥": {"CN": "CNY", "JP": "JPY"},
    "￥": {"CN": "CNY", "JP": "JPY"},
}  # fmt: skip


def _currency(said: str) -> str:
    """The sign of [$¥-804], or the currency's code where its language tells which it is."""
    sign, _, language = said.partition("-")
    named = re.fullmatch(r"[a-zA-Z]{2,3}(?:-[a-zA-Z]{4})?-([a-zA-Z]{2})\b.*", language)
    region = named[1].upper() if named else _REGIONS.get(language[-4:].lower().zfill(4), "")
    return _CURRENCIES.get(sign.strip(), {}).get(region, sign)


# The formats that a file need not spell out; 5 to 8 and 37 to 44 show the sign of whoever opens it.
_KNOWN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    **dict.fromkeys((5, 6, 37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((7, 8, 39, 40, 43, 44), "#,##0.00"),
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月"),
    **dict.fromkeys((28, 29, 30, 31, 51, 53, 54, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss"),
}  # fmt: skip
GENERAL = read_format("General")


def known_format(number: int) -> NumberFormat:
    """A format that a file names by its number alone; those of East Asia are dates and times."""
    code = _KNOWN.get(number)
    return GENERAL if code is None else read_format(code)
