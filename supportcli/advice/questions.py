"""Which questions are worth asking: only those whose answer could change the advice."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from supportcli.advice.matching import TICKETS, fit
from supportcli.advice.needs import Needs
from supportcli.core.catalogue import Catalogue, Channel
from supportcli.core.currencies import minor_digits
from supportcli.core.duration import Duration
from supportcli.core.piecewise import ZERO, PiecewiseLinear, lesser, plus
from supportcli.core.plan import Plan


class ResponseChoice(NamedTuple):
    """A first-response time that some plan offers for the gravest severity, with its channels."""

    within: Duration
    channels: tuple[Channel, ...]


def response_choices(catalogue: Catalogue) -> tuple[ResponseChoice, ...]:
    """Every distinct target for the gravest severity, the fastest first.

    Channels with a quota are named only where no other offers the time.
    """
    gravest = catalogue.severities[0].id
    free: dict[Duration, set[str]] = {}
    limited: dict[Duration, set[str]] = {}
    for plan in catalogue.plans:
        for level in plan.levels:
            if level.severity in (None, gravest):
                found = free if level.limit is None else limited
                found.setdefault(level.target, set()).add(level.channel)
    channels = {**limited, **free}
    ordered = sorted(channels, key=lambda target: (target.business, target.minutes))
    return tuple(
        ResponseChoice(target, tuple(c for c in catalogue.channels if c.id in channels[target]))
        for target in ordered
    )


def deciding_channels(catalogue: Catalogue, needs: Needs) -> tuple[Channel, ...]:
    """The channels without which fewer priced plans would meet the response times.

    None where there is but one channel with response times: nobody buys support without it.
    """
    if sum(channel.has_targets for channel in catalogue.channels) <= 1:
        return ()
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
        if plan.priced
        and all(result.status.counts_as_met for result in fit(catalogue, plan, needs))
    )


def _beaten(plan: Plan, rivals: tuple[Plan, ...]) -> bool:
    return any(
        rival.limit(TICKETS) is None and _always_wins(rival, plan)
        for rival in rivals
        if rival is not plan
    )


def _always_wins(rival: Plan, plan: Plan) -> bool:
    """Whether the rival wins at every spend under every reading; a tie needs the higher tier.

    A lower tier must stay cheaper by a minor unit, or rounding could make a tie of it.
    """
    handicap = PiecewiseLinear.line(
        ZERO if rival.tier > plan.tier else Fraction(1, 10 ** minor_digits(plan.currency))
    )
    fees, rival_fees = plan.fees or {}, rival.fees or {}
    pairs = ((rival_fees[name].per_month, fee.per_month) for name, fee in fees.items())
    return all(lesser(plus(own, handicap), other) == plus(own, handicap) for own, other in pairs)
