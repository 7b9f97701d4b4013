"""The one figure or the two that stand first: at most, and probably."""

from __future__ import annotations

from enum import Enum

from supportcli.advice.recommendation import Advice
from supportcli.record import NamedTuple


class Label(Enum):
    """What a figure is called: at most, probably, or after the reading that was asked for."""

    AT_MOST = "at_most"
    PROBABLY = "probably"
    READING = "reading"


class ToldReading(NamedTuple):
    """A reading whose amounts stand first; `label` is None where there is nothing to tell apart."""

    label: Label | None
    reading: str


def figures(advice: Advice) -> tuple[ToldReading, ...]:
    """The reading in use as what is paid at most, and the likeliest; one where they are one."""
    likely = advice.catalogue.likeliest_reading
    if advice.reading_given and len(advice.catalogue.readings) > 1:
        return (ToldReading(Label.READING, advice.reading),)
    if likely == advice.reading:
        return (ToldReading(None, advice.reading),)
    return ToldReading(Label.AT_MOST, advice.reading), ToldReading(Label.PROBABLY, likely)
