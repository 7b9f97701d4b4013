"""What every reader of a value shares: texts in one form, words for "not known", refusals."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from supportcli.errors import Message, SupportCliError, quoted
from supportcli.patterns import regex

Refusal = TypeVar("Refusal", bound=SupportCliError)

_TO_FULL_WIDTH = 0xFEE0
_HALF_WIDTH = {code: code - _TO_FULL_WIDTH for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xFFE5: "¥",
}
_HALF_WIDTH |= {
    ord(old): new for old, new in zip("萬億單幣貨圓佰仟拾", "万亿单币货元百千十", strict=True)
}
_BETWEEN_WORDS = regex(r"[\s_\-–—/\\()\[\]{}<>【】〔〕「」《》,、:;|·\"'’]+")
_UNKNOWN = frozenset(
    " ".join(word.split())
    for word in """unknown; not known; not sure; don't know; dont know; no idea; tbd; ?; 不清楚;
        不知道; 不确定; 未知; 不详; 待定; 暂不清楚; 还不清楚; 说不准;
        not sure: show the price; 不确定:先看价格""".split(";")
)
_DIGITS: Mapping[str, int] = MappingProxyType(
    {"两": 2} | dict(zip("一二三四五六七八九", range(1, 10), strict=True))
)
_NUMERAL = regex("(?P<tens>[一二两三四五六七八九]?十)?(?P<ones>[一二两三四五六七八九])?")


def half_width(text: str) -> str:
    """The text with half-width forms for full-width ones, and units in simplified ones."""
    return text.translate(_HALF_WIDTH)


def folded(text: str) -> str:
    """The text without blanks around it, in small letters and with half-width forms."""
    return half_width(text).strip().casefold()


def words(text: str) -> list[str]:
    """The words of a name in one form: half-width, small letters, no marks between them."""
    return words_as_written(folded(text))


def words_as_written(text: str) -> list[str]:
    """The words of a text with half-width forms, their letters as they are."""
    return [word for word in _BETWEEN_WORDS.split(half_width(text)) if word]


def normal(text: str) -> str:
    """The one form in which names are compared: Monthly-Spend and monthly_spend are equal."""
    return "".join(words(text))


def parted(text: str, between: str) -> list[str]:
    """The parts of a text that stand between any of some characters; the text where there is one.

    Characters within brackets part nothing.
    """
    parts, depth = [""], 0
    for character in text:
        depth += (character in "(（[【") - (character in ")）]】")
        if depth <= 0 and character in between:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()] or [text]


def blank(text: str) -> bool:
    """Whether a text holds nothing, or blanks of any kind only."""
    return not text.strip()


def is_unknown(text: str) -> bool:
    """Whether the text says that nobody knows: unknown, 不清楚."""
    return " ".join(folded(text).replace("’", "'").split()) in _UNKNOWN


def chinese_number(text: str) -> int | None:
    """The number that Chinese numerals from 一 to 九十九 stand for; None if they are none."""
    match = _NUMERAL.fullmatch(text)
    if match is None or not text:
        return None
    tens, ones = match["tens"], match["ones"]
    ten = 0 if tens is None else 10 * _DIGITS.get(tens[0], 1)
    return ten + (_DIGITS[ones] if ones else 0)


def requoted(error: Refusal, text: str) -> Refusal:
    """The refusal with the text as it was given, where a rewritten one was refused."""
    problems = [
        problem._replace(
            message=Message(
                problem.message.text, **{**problem.message.values, "text": quoted(text)}
            )
        )
        for problem in error.problems
    ]
    return type(error)(problems, error.heading)
