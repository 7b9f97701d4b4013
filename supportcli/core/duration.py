"""Response times: whole minutes, with those of business hours kept apart from the calendar's."""

from __future__ import annotations

import re

from supportcli.errors import AmountError, Message, quoted
from supportcli.patterns import regex
from supportcli.record import dataclass, field

LONGEST_DURATION = 20

_WRITTEN = regex(r"([0-9]{1,5})\s*(m|min|h|bm|bh|bd|d)")
BUSINESS_DAY = 480
"""Minutes of a business day: eight business hours, an assumption where nobody says how many."""
_MINUTES = {"m": 1, "min": 1, "h": 60, "bm": 1, "bh": 60, "bd": BUSINESS_DAY, "d": 1440}


@dataclass(frozen=True, slots=True)
class Duration:
    """A time until the first response, in minutes of calendar or of business hours.

    `days` where it was said in business days; it is the same time as so many business hours.
    """

    minutes: int
    business: bool = False
    days: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError("a duration is at least a minute")
        if self.days and (not self.business or self.minutes % BUSINESS_DAY):
            raise ValueError("business days are whole days of business hours")

    def within(self, wanted: Duration) -> bool:
        """Whether a target of this length meets the wanted one.

        Business hours are slower than calendar hours by an amount nobody states, so they meet
        only a wish in business hours; calendar hours meet either.
        """
        return self.minutes <= wanted.minutes and (wanted.business or not self.business)

    @property
    def hours(self) -> str:
        """Of which kind its hours are: calendar or business."""
        return "business" if self.business else "calendar"

    def iso(self) -> str:
        """ISO 8601: PT10M, PT16H, PT1H30M. Business hours read the same: say so beside it."""
        hours, minutes = divmod(self.minutes, 60)
        return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")

    def __str__(self) -> str:
        if self.minutes % 60:
            return f"{self.minutes}{'bm' if self.business else 'm'}"
        if self.days:
            return f"{self.minutes // BUSINESS_DAY}bd"
        return f"{self.minutes // 60}{'bh' if self.business else 'h'}"


def parse_duration(text: str) -> Duration:
    """Read 10m, 16h, 1d, or in business hours 15bm, 24bh and 2bd (days of eight of them).

    Raises:
        AmountError: anything else; a bare 10 has no unit.
    """
    match = _WRITTEN.fullmatch(text.strip().lower()) if len(text) <= LONGEST_DURATION else None
    if match is None and re.fullmatch(r"[0-9]{1,20}", text.strip()):
        raise AmountError(
            Message(
                "{text} has no unit; write it like 10m, 2h or 24bh (business hours)",
                text=quoted(text),
            )
        )
    if match is None:
        raise AmountError(
            Message(
                "{text} is not a time; write it like 10m, 2h or 24bh (business hours)",
                text=quoted(text),
            )
        )
    minutes = int(match[1]) * _MINUTES[match[2]]
    if not minutes:
        raise AmountError(Message("{text} is no time at all; write at least 1m", text=quoted(text)))
    return Duration(minutes, match[2].startswith("b"), match[2] == "bd")
