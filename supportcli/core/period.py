"""Calendar months, computed from the start and never step by step."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

from supportcli.errors import Message, UsageError, quoted
from supportcli.record import NamedTuple

ONE = Fraction(1)
THIRTY = 30
FEBRUARY = 2
EARLIEST, LATEST = 1900, 2199  # years
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


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, computed from the day itself and never step by step.

    31 January plus one month is the last of February, plus two 31 March.
    """
    month = Month(day.year, day.month).plus(months)
    return min(month.first_day.replace(day=1) + datetime.timedelta(day.day - 1), month.last_day)


class Term(NamedTuple):
    """A service period: from a day on, so many months."""

    start: datetime.date
    months: int

    @property
    def end(self) -> datetime.date:
        """The last day."""
        return months_later(self.start, self.months) - datetime.timedelta(days=1)

    def parts(self, thirty: bool = False) -> tuple[tuple[Month, Fraction], ...]:
        """The calendar months that it touches, each with the share of the month that it covers.

        By calendar days, or with every month counted as thirty days: the first part then has the
        days that are left of thirty, the last one the rest.
        """
        first = Month(self.start.year, self.start.month)
        if self.start.day == 1:
            return tuple((first.plus(index), ONE) for index in range(self.months))
        last = first.plus(self.months)
        inner = ((first.plus(index), ONE) for index in range(1, self.months))
        if thirty:
            left = Fraction(THIRTY - min(self.start.day, THIRTY) + 1, THIRTY)
            return ((first, left), *inner, (last, 1 - left))
        return (
            (first, first.share(self.start, first.last_day)),
            *inner,
            (last, last.share(last.first_day, self.end)),
        )


def parse_start(text: str) -> datetime.date:
    """Read the first day of a term: YYYY-MM for the first of a month, or YYYY-MM-DD.

    Raises:
        UsageError: another form, or a day that does not exist.
    """
    try:
        return parse_date(f"{text}-01" if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text) else text)
    except UsageError:
        message = Message(
            "{text} is no start; write it like 2026-12 or 2026-12-15", text=quoted(text)
        )
        raise UsageError(message) from None


def parse_date(text: str) -> datetime.date:
    """Read a date as YYYY-MM-DD and in no other form.

    Raises:
        UsageError: another form, or a day that does not exist.
    """
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            day = datetime.date.min
        if EARLIEST <= day.year <= LATEST:
            return day
    raise UsageError(Message("{text} is not a date; write it like 2026-12-31", text=quoted(text)))
