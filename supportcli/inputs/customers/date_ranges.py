"""Ranges of dates in a text: 2026-01-01 至 2026-10-31, Jan - Oct 2026, 2026年1-10月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from supportcli.inputs.values.texts import folded
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_LONGEST = 1000
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_MONTH = "(?P<month>0?[1-9]|1[0-2])"
_DAY = "(?P<day>3[01]|[12][0-9]|0?[1-9])"
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAME = rf"(?<![a-z])(?P<name>{'|'.join(_NAMES)})[a-z]*\.?"
_POINTS = tuple(
    map(
        regex,
        (
            rf"{_YEAR}\s*年\s*{_MONTH}\s*月(?:份|\s*{_DAY}\s*[日号])?",
            rf"{_YEAR}(?P<mark>[-/.])\s*{_MONTH}(?![0-9])(?:(?P=mark)\s*{_DAY}(?![0-9]))?",
            rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>[0-3][0-9])?(?![0-9])",
            rf"{_MONTH}/{_DAY}/{_YEAR}(?![0-9])",
            rf"{_DAY}/{_MONTH}/{_YEAR}(?![0-9])",
            rf"(?:{_DAY}\s+)?{_NAME}[\s,'-]*{_YEAR}(?![0-9])",
            rf"{_NAME}(?:\s+{_DAY}(?![0-9]))?(?:\s*,\s*{_YEAR}(?![0-9]))?(?![a-z])",
            rf"(?P<han>{_MONTH}\s*月(?:份|\s*{_DAY}\s*[日号])?)",
            rf"{_YEAR}\s*年?(?![0-9])",
            rf"(?P<bare>{_MONTH})(?![0-9])",
        ),
    )
)
_JOINS = regex(
    r"[\s,;]*(?:[-~–—−→]+|至|到|(?<=\s)(?:to|until|through|thru)(?=\s)|\.\.+|"
    r"(?:结束|截止|截至|终止|end)\s*(?:日期|时间|月份?|date|month)?\s*[:,]?)\s*"
)
_TIME = regex(r"(?<=[0-9日号])[t\s]+[0-2]?[0-9](?::[0-5][0-9]){1,2}(?:\.0+)?z?")
_DAYS_OF_A_MONTH = range(28, 33)  # its end may be the first day of the next


class DateRange(NamedTuple):
    """A range of dates that is no month, as it stands, and whether it is longer than one."""

    text: str
    longer: bool


class _Point(NamedTuple):
    begin: int
    end: int
    form: str
    year: int | None
    month: int | None
    day: int | None


def range_said(text: str) -> DateRange | None:
    """The first range of dates in a text that is no month's; None if it has none."""
    plain = _TIME.sub("", folded(text[:_LONGEST]))
    for first, last in pairwise(_points(plain)):
        if _JOINS.fullmatch(plain, first.end, last.begin):
            longer = _is_longer(first, last)
            if longer is not None:
                return DateRange(plain[first.begin : last.end], longer)
    return None


def _points(plain: str) -> Iterator[_Point]:
    """Months, days and years in their order, and numbers that may be months beside them."""
    at = 0
    while at < len(plain):
        found = None
        if not (at and plain[at - 1].isdigit() and plain[at].isdigit()):
            found = next(filter(None, (form.match(plain, at) for form in _POINTS)), None)
        if found is not None:
            yield _point(found)
        at = found.end() if found else at + 1


def _point(found: re.Match[str]) -> _Point:
    said = found.groupdict()
    form = next((name for name in ("name", "han", "bare") if said.get(name)), "")
    numbers = (int(each) if (each := said.get(name)) else None for name in ("year", "month", "day"))
    year, month, day = numbers
    if said.get("name"):
        month = _NAMES.index(said["name"]) + 1
    return _Point(found.start(), found.end(), form, year, month, day)


def _is_longer(first: _Point, last: _Point) -> bool | None:
    """Whether a range is longer than a month; None where it is one, or no range."""
    if first.month is None or last.month is None:
        years = first.month is None and last.month is None
        return True if years and (first.year or 0) < (last.year or 0) else None
    bare = last.form != "han" if first.form == "bare" else last.form == "bare" and first.form
    if bare:
        return None
    if first.day and last.day:
        return _is_longer_by_days(first, last)
    return True if _months(first, last) > 0 else None


def _is_longer_by_days(first: _Point, last: _Point) -> bool | None:
    begins = first.year or last.year or 2000
    ends = begins + (_months(first, last) + (first.month or 0) - 1) // 12
    try:
        days = date(ends, last.month or 0, last.day or 0) - date(
            begins, first.month or 0, first.day or 0
        )
    except ValueError:
        return None
    return None if days.days + 1 in _DAYS_OF_A_MONTH else days.days >= _DAYS_OF_A_MONTH.stop - 1


def _months(first: _Point, last: _Point) -> int:
    """How many months the end is after the begin; without two years, less than twelve."""
    months = (last.month or 0) - (first.month or 0)
    if first.year and last.year:
        return months + 12 * (last.year - first.year)
    return months % 12
