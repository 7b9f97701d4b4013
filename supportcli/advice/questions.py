"""Which questions are worth asking: only those whose answer could change the advice."""

from __future__ import annotations

from typing import NamedTuple

from supportcli.advice.fit import TICKETS, fit
from supportcli.advice.needs import Needs
from supportcli.core.duration import Duration
from supportcli.core.piecewise import lesser
from supportcli.core.plan import Catalogue, Channel, Plan


class ResponseChoice(NamedTuple):
    """A first-response time that some plan offers for the gravest severity, with its channels."""

    within: Duration
    channels: tuple[Channel, ...]


def response_choices(catalogue: Catalogue) -> tuple[ResponseChoice, ...]:
    """Every distinct target for the gravest severity, the fastest first."""
    gravest = catalogue.severities[0].id
    channels: dict[Duration, list[str]] = {}
    for plan in catalogue.plans:
        for level in plan.levels:
            if level.severity in (None, gravest):
                channels.setdefault(level.target, []).append(level.channel)
    ordered = sorted(channels, key=lambda target: (target.business, target.minutes))
    return tuple(
        ResponseChoice(target, tuple(c for c in catalogue.channels if c.id in channels[target]))
        for target in ordered
    )


def deciding_channels(catalogue: Catalogue, needs: Needs) -> tuple[Channel, ...]:
    """The channels without which fewer priced plans would meet the response times."""
    with_all = _eligible(catalogue, needs)
    return tuple(
        channel
        for channel in catalogue.channels
        if _eligible(catalogue, needs.without_channel(channel.id)) != with_all
    )


def tickets_matter(catalogue: Catalogue, needs: Needs) -> bool:
    """Whether a plan with a ticket limit could be the cheapest that meets the other needs.

    It could not where another plan that fits, of a higher tier or without a limit, costs no more
    at any spend under any reading.
    """
    eligible = _eligible(catalogue, needs)
    limited = [plan for plan in eligible if plan.limit(TICKETS) is not None]
    return any(not _beaten(plan, eligible) for plan in limited)


def _eligible(catalogue: Catalogue, needs: Needs) -> tuple[Plan, ...]:
    return tuple(
        plan
        for plan in catalogue.plans
        if plan.fees is not None
        and all(result.status.counts_as_met for result in fit(catalogue, plan, needs))
    )


def _beaten(plan: Plan, rivals: tuple[Plan, ...]) -> bool:
    return any(
        rival.limit(TICKETS) is None and _never_dearer(rival, plan)
        for rival in rivals
        if rival is not plan
    )


def _never_dearer(rival: Plan, plan: Plan) -> bool:
    if rival.fees is None or plan.fees is None:
        return False
    return all(
        lesser(rival.fees[reading].total, fee.total) == rival.fees[reading].total
        for reading, fee in plan.fees.items()
    )
