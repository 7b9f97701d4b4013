"""What stands around the figures of a quote that was written, and what was needed."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.advice.letter import Edition, Letter
from supportcli.core.duration import Duration
from supportcli.inputs.quotes.part import QuotePart
from supportcli.inputs.values.dates import read_date
from supportcli.needs.registry import Needs
from supportcli.needs.response import ResponseNeed
from supportcli.patterns import regex

_TIME = regex(r"PT(?:([0-9]{1,5})H)?(?:([0-9]{1,5})M)?")


def quoted_letter(told: Mapping[str, object]) -> Letter:
    """Whom a quote is for and what else it says, but for how it looks.

    Raises:
        UsageError: it is not what `quote` writes there.
    """
    said = QuotePart(told, "").part("quote")
    return Letter(
        said.maybe("customer", str),
        said.maybe("number", str),
        said.maybe("valid_until", read_date),
        said.maybe("prepared_by", str),
        said.maybe("company", str),
        said.maybe("note", str),
        said.maybe("because", str),
        said.maybe("footer", str),
        said.read("for_whom", Edition),
    )


def quoted_needs(told: Mapping[str, object]) -> tuple[Needs, ...]:
    """What each account of a quote needs.

    Raises:
        UsageError: it is not what `quote` writes there.
    """
    accounts = QuotePart(told, "").part("result").parts("accounts")
    return tuple(_needs(account.part("inputs")) for account in accounts)


def _needs(said: QuotePart) -> Needs:
    within, hours = said.part("response"), said.part("response_hours")
    times = [
        ResponseNeed(name, within.read(name, lambda text, name=name: _time(text, hours.text(name))))  # type: ignore[misc]
        for name in within.told
    ]
    none = not said.missing("tam") and not said.switch("tam")
    return Needs(
        times,
        False if none else said.maybe("tam_degree", str),
        None if said.missing("tickets") else str(said.told["tickets"]),
        said.texts("without_channels"),
        said.maybe("current_plan", str),
        said.texts("services"),
        said.maybe("hours", str),
    )


def _time(text: str, hours: str) -> Duration:
    """A time as JSON has it.

    Raises:
        ValueError: anything else.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Duration(int(found[1] or 0) * 60 + int(found[2] or 0), hours == "business")
