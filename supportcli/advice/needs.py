"""What a customer needs: the answers, as a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from supportcli.core.catalogue import Catalogue
from supportcli.core.duration import Duration, parse_duration

GRAVEST = ""
"""The severity of a response time that names none: the gravest of whichever catalogue."""


class ResponseNeed(NamedTuple):
    """How soon a first response must come for a severity; a response, not a fix."""

    severity: str
    within: Duration

    @classmethod
    def of(cls, text: str) -> ResponseNeed:
        """10m, for the gravest severity, or with a severity's id before it: outage=10m.

        Raises:
            AmountError: it is no time.
        """
        severity, _, time = text.rpartition("=")
        return cls(severity.strip() or GRAVEST, parse_duration(time))


@dataclass(frozen=True, slots=True, init=False)
class Needs:
    """The requirements; what is left out excludes no plan.

    `tam` is None where nobody said: the advice then goes without and names the price of one.
    `tickets` are those of the busiest month. `without_channels` are the ids that cannot be used.
    `current_plan` is the plan that the customer has today, which stays open to it.
    """

    response: tuple[ResponseNeed, ...] = ()
    tam: bool | None = None
    tickets: int | None = None
    without_channels: frozenset[str] = frozenset()
    current_plan: str | None = None

    def __init__(
        self,
        response: str | Iterable[str | ResponseNeed] = (),
        tam: bool | None = None,
        tickets: int | None = None,
        without_channels: Iterable[str] = (),
        current_plan: str | None = None,
    ) -> None:
        """Texts are read as the command line reads them: Needs("10m", tam=True).

        Raises:
            AmountError: a text is no response time.
            ValueError: tickets below 0, or a severity with two times.
        """
        times = (response,) if isinstance(response, str) else response
        read = tuple(ResponseNeed.of(t) if isinstance(t, str) else t for t in times)
        object.__setattr__(self, "response", read)
        object.__setattr__(self, "tam", tam)
        object.__setattr__(self, "tickets", tickets)
        object.__setattr__(self, "without_channels", frozenset(without_channels))
        object.__setattr__(self, "current_plan", current_plan)
        self._check()

    def _check(self) -> None:
        if self.tickets is not None and self.tickets < 0:
            raise ValueError("tickets are 0 or more")
        if len({need.severity for need in self.response}) < len(self.response):
            raise ValueError("a severity has one response time")

    def of(self, catalogue: Catalogue) -> Needs:
        """The same needs with the catalogue's gravest severity where a time names none."""
        gravest = catalogue.severities[0].id
        times = (n._replace(severity=n.severity or gravest) for n in self.response)
        return replace(self, response=tuple(times))

    def with_tam(self) -> Needs:
        """The same needs and a dedicated TAM besides."""
        return replace(self, tam=True)

    def with_response(self, severity: str, within: Duration | None) -> Needs:
        """The same needs with another response time for a severity, or (None) with none for it."""
        others = tuple(need for need in self.response if need.severity != severity)
        added = () if within is None else (ResponseNeed(severity, within),)
        return replace(self, response=(*others, *added))

    def with_tickets(self, tickets: int | None) -> Needs:
        """The same needs with so many tickets in the busiest month."""
        return replace(self, tickets=tickets)

    def without_tam(self) -> Needs:
        """The same needs with no need of a TAM."""
        return replace(self, tam=False)

    def with_channel(self, channel: str) -> Needs:
        """The same needs where that channel can be used."""
        return replace(self, without_channels=self.without_channels - {channel})

    def without_channel(self, channel: str) -> Needs:
        """The same needs where that channel cannot be used."""
        return replace(self, without_channels=self.without_channels | {channel})
