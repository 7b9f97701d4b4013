"""What other answers would change: what each need costs, what to give up to pay less."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from supportcli.advice.amounts import annual_cost, annual_difference
from supportcli.advice.matching import TICKETS, NeedResult, Status
from supportcli.advice.needs import Needs
from supportcli.advice.reasons import giving_way
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode, choice, has_choice
from supportcli.core.duration import Duration
from supportcli.core.money import Money
from supportcli.errors import Message

_HOUR = 60


class NeedCost(NamedTuple):
    """What one need costs a year, given the others, and the plan without it.

    `annual` is None where that cannot be said; `without` where there is no single plan.
    """

    need: str
    words: Message
    annual: Money | None
    without: PlanAdvice | None


class Step(NamedTuple):
    """The plan and its year's cost where a first response is needed within a time.

    `within` is None where none is needed; `entry` where no plan with a known price is left, or,
    with `depends`, where the plan to take depends on the spend.
    """

    within: Duration | None
    entry: PlanAdvice | None
    annual: Money | None
    depends: bool = False


class Saving(NamedTuple):
    """A plan that costs less, what one would have to give up for it, and what is saved a year.

    `certain` is false where it is not known whether the plan meets one of the needs.
    """

    entry: PlanAdvice
    giving_up: tuple[Message, ...]
    saved: Money | None
    certain: bool = True


class Demand(NamedTuple):
    """The smallest further demand of its kind that leads to another plan.

    `entry` is None where no plan with a known price would be left, or, with `depends`, where the
    plan to take would depend on the spend.
    """

    words: Message
    entry: PlanAdvice | None
    extra: Money | None
    depends: bool = False


def need_costs(advice: Advice) -> tuple[NeedCost, ...]:
    """The year's difference that each need makes alone, given the others."""
    return tuple(
        _need_cost(advice, need, words, without) for need, words, without in _each_need(advice)
    )


def _each_need(advice: Advice) -> Iterator[tuple[str, Message, Needs]]:
    """Every need by its name and in words, and the needs without it."""
    needs, catalogue = advice.needs, advice.catalogue
    for wanted in needs.response:
        words = _response_words(advice, wanted.severity, wanted.within)
        without = needs.with_response(wanted.severity, None)
        yield f"response:{wanted.severity}", words, without
    if needs.tam:
        yield "tam", Message("a dedicated TAM"), needs.without_tam()
    if needs.tickets is not None:
        words = Message("{count} tickets in the busiest month", count=needs.tickets)
        yield TICKETS, words, needs.with_tickets(None)
    for channel in sorted(needs.without_channels):
        words = Message("no use of {channel}", channel=catalogue.channel(channel).name)
        yield f"without_channel:{channel}", words, needs.with_channel(channel)


def _response_words(advice: Advice, severity: str, within: Duration) -> Message:
    """A response time, with the severity that it is for where the catalogue has several."""
    words = Message("first response within {within}", within=within)
    if len(advice.catalogue.severities) == 1:
        return words
    name = advice.catalogue.severity(severity).name
    return Message('{words} when "{severity}"', words=words, severity=name)


def _need_cost(advice: Advice, need: str, words: Message, without: Needs) -> NeedCost:
    other = choice(advice, without)
    cost = None
    if other is not None and advice.recommended is not None:
        cost = annual_difference(advice, advice.recommended, other)
    return NeedCost(need, words, cost, other)


def staircase(advice: Advice, severity: str) -> tuple[Step, ...]:
    """The plan and its price by the response time that is needed for a severity.

    From the shortest target of any plan to no requirement; times with the same plan are one step,
    from the shortest of them on.
    """
    found: list[Step] = []
    for step in _steps(advice, severity):
        if not found or _outcome(found[-1]) != _outcome(step):
            found.append(step)
    return tuple(found)


def _outcome(step: Step) -> tuple[str | None, bool]:
    return _plan_id(step.entry), step.depends


def _steps(advice: Advice, severity: str) -> Iterator[Step]:
    for within in (*_times(advice, severity), None):
        needs = advice.needs.with_response(severity, within)
        entry = choice(advice, needs)
        annual = annual_cost(advice, entry) if entry else None
        yield Step(within, entry, annual, entry is None and has_choice(advice, needs))


def _times(advice: Advice, severity: str) -> list[Duration]:
    """The times at which the plans that meet them can change, calendar hours first.

    In business hours, where any target is in them, a calendar target of as many hours counts too.
    """
    targets = {
        level.target
        for entry in advice.plans
        for level in entry.plan.levels
        if level.severity in (None, severity)
    }
    calendar = {target for target in targets if not target.business}
    business = {
        Duration(ceil(Fraction(target.minutes, _HOUR)) * _HOUR, business=True)
        for target in targets
        if len(calendar) < len(targets)
    }
    return sorted(calendar | business, key=_pace)


def asked_severities(advice: Advice) -> tuple[str, ...]:
    """The severities with a need; the gravest where there is none."""
    asked = tuple(need.severity for need in advice.needs.response)
    return asked or (advice.catalogue.severities[0].id,)


def savings(advice: Advice) -> tuple[Saving, ...]:
    """The plans that giving up some needs leads to, the fewest needs first, then what is saved.

    Each is the advice for the needs as they would then be. Where no plan meets the needs, they are
    the plans that fewer needs would lead to.
    """
    if advice.reason is ReasonCode.DEPENDS_ON_SPEND:
        return ()
    found: dict[str, Saving] = {}
    by_id = {entry.plan.id: entry for entry in advice.plans}
    for entry in advice.plans:
        if not entry.unmet or entry.bar is not None or not entry.plan.priced:
            continue
        other = choice(advice, _relaxed(advice.needs, entry))
        if other is None or other.plan.id in found or not by_id[other.plan.id].unmet:
            continue
        saved = None
        if advice.recommended is not None:
            saved = annual_difference(advice, advice.recommended, other)
            if saved is None or saved.amount <= 0:
                continue
        unmet = by_id[other.plan.id].unmet
        certain = all(result.status is not Status.UNKNOWN for result in unmet)
        given_up = giving_way(advice, by_id[other.plan.id])
        found[other.plan.id] = Saving(other, given_up, saved, certain)
    return tuple(sorted(found.values(), key=_smallest))


def _smallest(saving: Saving) -> tuple[int, object]:
    saved = saving.saved
    return len(saving.giving_up), -saved.amount if saved else saving.entry.plan.tier


def _relaxed(needs: Needs, entry: PlanAdvice) -> Needs:
    """The needs with those that the plan does not meet eased as far as it meets them."""
    for result in entry.unmet:
        needs = _eased(needs, entry, result)
    return needs


def _eased(needs: Needs, entry: PlanAdvice, result: NeedResult) -> Needs:
    if result.wanted is not None:
        within = result.level.target if result.level else None
        return needs.with_response(result.wanted.severity, within)
    if result.need == TICKETS:
        limit = entry.plan.limit(TICKETS)
        return needs.with_tickets(limit.per_month if limit else None)
    return needs.without_tam()


def demands(advice: Advice) -> tuple[Demand, ...]:
    """For each kind of need the smallest further demand that would change the recommendation."""
    entry = advice.recommended
    if entry is None:
        return ()
    kinds = (
        *(_faster(advice, severity) for severity in asked_severities(advice)),
        _with_tam(advice),
        _more_tickets(advice),
        *(_without_channel(advice, channel) for channel in _channels_of(entry)),
    )
    found = (next((d for d in kind if _plan_id(d.entry) != entry.plan.id), None) for kind in kinds)
    return tuple(demand for demand in found if demand is not None)


def _demand(advice: Advice, words: Message, needs: Needs) -> Demand:
    other = choice(advice, needs)
    chosen = advice.recommended
    extra = annual_difference(advice, other, chosen) if other and chosen else None
    return Demand(words, other, extra, other is None and has_choice(advice, needs))


def _faster(advice: Advice, severity: str) -> Iterator[Demand]:
    """Shorter and shorter times, among the targets that there are."""
    wanted = next((n.within for n in advice.needs.response if n.severity == severity), None)
    targets = {
        level.target
        for entry in advice.plans
        for level in entry.plan.levels
        if level.severity in (None, severity)
        if wanted is None or (level.target.within(wanted) and level.target != wanted)
    }
    for within in sorted(targets, key=_pace, reverse=True):
        words = _response_words(advice, severity, within)
        yield _demand(advice, words, advice.needs.with_response(severity, within))


def _with_tam(advice: Advice) -> Iterator[Demand]:
    if not advice.needs.tam:
        yield _demand(advice, Message("a dedicated TAM"), advice.needs.with_tam())


def _more_tickets(advice: Advice) -> Iterator[Demand]:
    """One ticket more than each limit allows."""
    limits = {
        limit.per_month + 1
        for entry in advice.plans
        if (limit := entry.plan.limit(TICKETS)) is not None and limit.per_month is not None
        if limit.per_month >= (advice.needs.tickets or 0)
    }
    for count in sorted(limits):
        words = Message("{count} tickets in the busiest month", count=count)
        yield _demand(advice, words, advice.needs.with_tickets(count))


def _without_channel(advice: Advice, channel: str) -> Iterator[Demand]:
    words = Message("no use of {channel}", channel=advice.catalogue.channel(channel).name)
    yield _demand(advice, words, advice.needs.without_channel(channel))


def _channels_of(entry: PlanAdvice) -> tuple[str, ...]:
    """The channels by which the plan meets its response times."""
    return tuple(dict.fromkeys(result.level.channel for result in entry.needs if result.level))


def _plan_id(entry: PlanAdvice | None) -> str | None:
    return entry.plan.id if entry else None


def _pace(target: Duration) -> tuple[bool, int]:
    return target.business, target.minutes
