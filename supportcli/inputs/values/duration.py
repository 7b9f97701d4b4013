"""Response times as people write them: 半小时, 30 minutes, ≤2h, 十分钟内, 1.5 hours."""

from __future__ import annotations

import re
from fractions import Fraction

from supportcli.core.duration import BUSINESS_DAY, Duration, parse_duration
from supportcli.errors import AmountError, Message, quoted
from supportcli.inputs.values.texts import chinese_number, folded, requoted
from supportcli.patterns import regex

LONGEST_TEXT = 40
_UNITS = {
    **dict.fromkeys("m min mins minute minutes 分 分钟".split(), "m"),
    **dict.fromkeys("h hr hrs hour hours 小时 个小时 钟头 个钟头".split(), "h"),
    **dict.fromkeys("d day days 天 日".split(), "d"),
    **dict.fromkeys("bd businessday businessdays 工作日 个工作日".split(), "bd"),
    **dict.fromkeys("bm businessmin businessmins businessminute businessminutes".split(), "bm"),
    **dict.fromkeys("工作分钟 个工作分钟".split(), "bm"),
    **dict.fromkeys("bh businesshour businesshours 工作小时 个工作小时 营业小时".split(), "bh"),
}
_MINUTES = {"m": 1, "h": 60, "d": 1440, "bm": 1, "bh": 60, "bd": BUSINESS_DAY}
_BUSINESS = ("bm", "bh", "bd")
_IN_BUSINESS_HOURS = {"m": "bm", "h": "bh"}
_BY_DAY = regex(
    r"^(?:在)?(?:工作|营业|上班)时[间段](?:之?内)?\s*[,:]?"
    r"|\s*(?:(?:in|during|of) business hours"
    r"|\((?:(?:in|during) )?business hours\)|\(工作时间内?\))$"
)
"""What says beside a time that it runs in business hours."""
_WITHIN = regex(
    r"^(?:大约|大概|约|about |around |approximately |~|≈)?\s*"
    r"(?:≤|≦|<=|<|不超过|最多|最晚|最长|within|at most|no more than|up to|in)?\s*"
)
_INSIDE = regex(r"\s*(?:左右|上下|以内|之内|内|or less|at most|max\.?)$")
_PART = regex(
    r"(?P<number>[0-9]{1,20}(?:\.[0-9]{1,3})?|[一二两三四五六七八九十]{1,3}"
    r"|(?:half )?(?:an?|one)\s|半)"
    r"\s*(?P<more>个半)?\s*(?P<unit>(?:business )?[^\W\d_一二两三四五六七八九十]*)"
    r"\s*(?:and\s+|零)?"
)


def read_duration(text: str) -> Duration:
    """A response time; a fraction of hours or days must come to whole minutes.

    Raises:
        AmountError: no unit, or no time.
    """
    try:
        return parse_duration(text)
    except AmountError as refusal:
        written = _written(text)
        if written is None:
            raise requoted(refusal, text) from None
        try:
            return parse_duration(written)
        except AmountError as error:
            raise requoted(error, text) from None


def _written(text: str) -> str | None:
    """The time in the form of `parse_duration`; None where the text is no time."""
    if len(text) > LONGEST_TEXT:
        return None
    time, by_day = _BY_DAY.subn("", folded(text))
    plain = _INSIDE.sub("", _WITHIN.sub("", time, count=1))
    minutes, kinds, at = Fraction(0), set[str](), 0
    while at < len(plain):
        part = _PART.match(plain, at)
        unit = _UNITS.get(part["unit"].replace(" ", "")) if part else None
        if part is None or unit is None:
            _refuse_bare(plain, text)
            return None
        if by_day and unit == "d":
            return None
        unit = _IN_BUSINESS_HOURS.get(unit, unit) if by_day else unit
        if unit == "d" and part["number"].startswith(("半", "half")):
            raise AmountError(
                Message(
                    "{text} may be 12 hours or half a working day; write it like 12h or 4bh "
                    "(business hours)",
                    text=quoted(text),
                )
            )
        minutes += _number(part) * _MINUTES[unit]
        kinds.add(unit if unit in _BUSINESS else "calendar")
        at = part.end()
    if not kinds or minutes.denominator != 1 or ("calendar" in kinds and len(kinds) > 1):
        return None
    if kinds == {"bd"} and not minutes % BUSINESS_DAY:
        return f"{minutes / BUSINESS_DAY}bd"
    if "calendar" not in kinds:
        return f"{minutes}bm" if minutes % 60 else f"{minutes / 60}bh"
    return f"{minutes}m" if minutes % 60 else f"{minutes / 60}h"


def _refuse_bare(plain: str, text: str) -> None:
    if re.fullmatch(r"[0-9]{1,20}(?:\.[0-9]{1,3})?", plain):
        raise AmountError(
            Message(
                "{text} has no unit; write it like 10m, 2h or 24bh (business hours)",
                text=quoted(text),
            )
        )


def _number(part: re.Match[str]) -> Fraction:
    written = part["number"]
    half = Fraction(1, 2) if part["more"] else Fraction(0)
    if written == "半" or written.startswith("half"):
        return Fraction(1, 2)
    if written.strip() in ("a", "an", "one"):
        return Fraction(1)
    return Fraction(chinese_number(written) or written) + half
