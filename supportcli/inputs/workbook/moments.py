"""Days and times: the numbers that a sheet keeps for them, and texts in the form of ISO 8601."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from supportcli.inputs.workbook.number_format import Moment

_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - no zone
_SIXTIETH = 60  # of the calendar of 1900, which has a 29 February too many


def moment_text(value: float, moment: Moment, since_1904: bool) -> str:
    """A day, a month, a time or a length of time, to the thousandth of a second.

    Raises:
        OverflowError, ValueError: beyond the calendar.
    """
    span = timedelta(days=int(value // 1), milliseconds=round(value % 1 * 86_400_000))
    if moment == "span":
        return str(span)
    if 0 <= value < 1 and not span.days:
        return (_EPOCHS[False] + span).time().isoformat()
    if 0 < value < _SIXTIETH and not since_1904:
        span += timedelta(days=1)
    return _text(_EPOCHS[since_1904] + span, moment)


def iso_text(raw: str) -> str:
    """What a file tells in the form of ISO 8601, in the form of ours; else as it is."""
    for kind in (datetime, time):
        try:
            found = kind.fromisoformat(raw.strip().removesuffix("Z"))
        except ValueError:
            continue
        return _text(found, "day") if isinstance(found, datetime) else found.isoformat()
    return raw.strip()


def _text(found: datetime, moment: Moment) -> str:
    """A day without a time as a day, its month alone where that is what is shown."""
    if found.time() != time():
        return found.isoformat()
    day: date = found.date()
    return f"{day:%Y-%m}" if moment == "month" and day.day == 1 else day.isoformat()
