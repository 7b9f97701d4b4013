"""Days and months as people write them: 2026-12-15, 2026-12, 2026年12月, 2026 年 12 月 15 日."""

from __future__ import annotations

import datetime

from supportcli.core.period import parse_date, parse_start
from supportcli.errors import UsageError
from supportcli.inputs.values.texts import half_width, requoted
from supportcli.patterns import regex

_CHINESE = regex(
    r"(?P<year>[0-9]{4})\s*年\s*(?P<month>[0-9]{1,2})\s*月(?:\s*(?P<day>[0-9]{1,2})\s*[日号])?"
)


def read_date(text: str) -> datetime.date:
    """A day.

    Raises:
        UsageError: another form, or a day that does not exist.
    """
    try:
        return parse_date(_written(text))
    except UsageError as error:
        raise requoted(error, text) from None


def read_start(text: str) -> datetime.date:
    """The first day of a term: a day, or a month for its first.

    Raises:
        UsageError: another form, or a day that does not exist.
    """
    try:
        return parse_start(_written(text))
    except UsageError as error:
        raise requoted(error, text) from None


def _written(text: str) -> str:
    """The text with hyphens where it is written with 年, 月 and 日."""
    plain = half_width(text).strip()
    match = _CHINESE.fullmatch(plain)
    if match is None:
        return plain
    day = f"-{int(match['day']):02}" if match["day"] else ""
    return f"{match['year']}-{int(match['month']):02}{day}"
