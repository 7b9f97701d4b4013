"""Calendar months, computed from the start and never step by step."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import NamedTuple

from supportcli.errors import Message, UsageError, quoted

FEBRUARY = 2
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Month(NamedTuple):
    """A calendar month."""

    year: int
    number: int

    def plus(self, months: int) -> Month:
        """The month that many months later."""
        years, index = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, index + 1)

    @classmethod
    def after(cls, day: datetime.date) -> Month:
        """The first whole month after a day, which is when a term starts unless told otherwise."""
        return cls(day.year, day.month).plus(1)

    @property
    def first_day(self) -> datetime.date:
        """The month's first day."""
        return datetime.date(self.year, self.number, 1)

    @property
    def last_day(self) -> datetime.date:
        """The month's last day."""
        leap = self.year % 4 == 0 and (self.year % 100 != 0 or self.year % 400 == 0)
        days = _LONGEST[self.number - 1] - (self.number == FEBRUARY and not leap)
        return datetime.date(self.year, self.number, days)

    @property
    def days(self) -> int:
        """How many days the month has."""
        return self.last_day.day

    def share(self, first: datetime.date, last: datetime.date) -> Fraction:
        """The part of the month's days that lie from one day to another, both included."""
        begin, end = max(first, self.first_day), min(last, self.last_day)
        return Fraction(max((end - begin).days + 1, 0), self.days)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def parse_date(text: str) -> datetime.date:
    """Read a date as YYYY-MM-DD and in no other form.

    Raises:
        UsageError: another form, or a day that does not exist.
    """
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            pass
    raise UsageError(Message("{text} is not a date; write it like 2026-12-31", text=quoted(text)))
