"""Whether a plan meets a need, and by which fact of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from supportcli.advice.needs import Needs, ResponseNeed
from supportcli.advice.targets import marked
from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan, ServiceLevel, Tam
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.errors import Message

TICKETS = "tickets"


class Status(Enum):
    """How a plan stands to a need."""

    MET = "met"
    NOT_MET = "not_met"
    MET_WITHIN_LIMIT = "met_within_limit"
    UNKNOWN = "unknown"
    ASSUMED = "assumed"

    @property
    def counts_as_met(self) -> bool:
        """Whether a plan of this status may be recommended; a caution goes with the weaker ones."""
        return self in (Status.MET, Status.MET_WITHIN_LIMIT, Status.ASSUMED)


class NeedResult(NamedTuple):
    """How a plan stands to one need: the status, the catalogue's fact in words, its source."""

    need: str
    status: Status
    why: Message
    cite: Cite | None
    level: ServiceLevel | None = None
    wanted: ResponseNeed | None = None


def fit(catalogue: Catalogue, plan: Plan, needs: Needs) -> tuple[NeedResult, ...]:
    """How the plan stands to every need, in the order response times, TAM, tickets."""
    return tuple(_results(catalogue, plan, needs))


def fastest_level(plan: Plan, severity: str, needs: Needs) -> ServiceLevel | None:
    """The shortest target for a severity by a usable channel, those without a quota first."""
    return min(_usable(plan, severity, needs), key=_speed, default=None)


def without_target(catalogue: Catalogue, plan: Plan, severity: str, needs: Needs) -> Status:
    """What the lack of a target means: not met, or unknown where the source does not tell."""
    return _response_status(catalogue, plan, severity, needs.without_channels, [])


def _results(catalogue: Catalogue, plan: Plan, needs: Needs) -> Iterator[NeedResult]:
    for wanted in needs.response:
        yield _response(catalogue, plan, wanted, needs)
    if needs.tam:
        yield _tam(plan)
    if needs.tickets is not None:
        yield _tickets(plan, needs.tickets)


def _usable(plan: Plan, severity: str, needs: Needs) -> list[ServiceLevel]:
    return [
        level
        for level in plan.levels
        if level.severity in (None, severity) and level.channel not in needs.without_channels
    ]


def _speed(level: ServiceLevel) -> tuple[bool, bool, int]:
    return level.limit is not None, level.target.business, level.target.minutes


def _response(catalogue: Catalogue, plan: Plan, wanted: ResponseNeed, needs: Needs) -> NeedResult:
    usable = _usable(plan, wanted.severity, needs)
    meeting = [level for level in usable if level.target.within(wanted.within)]
    level = min(meeting or usable, key=_speed, default=None)
    status = _response_status(catalogue, plan, wanted.severity, needs.without_channels, meeting)
    return NeedResult(
        f"response:{wanted.severity}",
        status,
        _response_words(catalogue, plan, wanted, needs, level, status),
        level.cite if level else _unstated_cite(plan, wanted) if status is Status.UNKNOWN else None,
        level,
        wanted,
    )


def _unstated_cite(plan: Plan, wanted: ResponseNeed) -> Cite:
    """The source that leaves the target open, else that of the plan."""
    cites = (u.cite for u in plan.unstated if u.severity in (None, wanted.severity))
    return next(cites, plan.cite)


def _firm(level: ServiceLevel) -> bool:
    return level.limit is None and not level.assumed


def _response_status(
    catalogue: Catalogue,
    plan: Plan,
    severity: str,
    unusable: frozenset[str],
    meeting: list[ServiceLevel],
) -> Status:
    if any(level.limit is None for level in meeting):
        return Status.MET if any(_firm(level) for level in meeting) else Status.ASSUMED
    if meeting:
        return Status.MET_WITHIN_LIMIT
    if any(
        open_target.severity in (None, severity) and open_target.channel not in unusable
        for open_target in plan.unstated
    ):
        return Status.UNKNOWN
    undescribed = [
        channel
        for channel in catalogue.channels
        if channel.has_targets and channel.id not in unusable and channel.id not in plan.channels
    ]
    return Status.UNKNOWN if undescribed else Status.NOT_MET


def _response_words(
    catalogue: Catalogue,
    plan: Plan,
    wanted: ResponseNeed,
    needs: Needs,
    level: ServiceLevel | None,
    status: Status,
) -> Message:
    subject = _subject(catalogue, wanted, needs)
    if level is None and status is Status.UNKNOWN:
        return Message(
            "{subject} needed within {within}; whether any channel has a target is not stated",
            subject=subject,
            within=wanted.within,
        )
    if level is None and not needs.without_channels:
        return Message(
            "{subject} needed within {within}; the plan has no target for it",
            subject=subject,
            within=wanted.within,
        )
    if level is None:
        return Message(
            "{subject} needed within {within}; none of the channels that you can use has a target",
            subject=subject,
            within=wanted.within,
        )
    target = Message(
        "{subject} < {target} by {channel}",
        subject=subject,
        target=level.target,
        channel=catalogue.channel(level.channel).name,
    )
    target = marked(target, assumed=level.assumed)
    match status:
        case Status.MET_WITHIN_LIMIT:
            return Message("{target}, within {limit}", target=target, limit=limit_text(plan, level))
        case Status.NOT_MET:
            return Message("{target}, needed {within}", target=target, within=wanted.within)
        case Status.UNKNOWN:
            return Message(
                "{target}, needed {within}; whether another channel is faster is not stated",
                target=target,
                within=wanted.within,
            )
        case _:
            return target


def _subject(catalogue: Catalogue, wanted: ResponseNeed, needs: Needs) -> Message:
    """What a sentence on a response time is about; the severity where it is not the gravest one."""
    if len(needs.response) == 1 and wanted.severity == catalogue.severities[0].id:
        return Message("first response (target)")
    name = catalogue.severity(wanted.severity).name
    return Message('first response (target) when "{severity}"', severity=name)


def limit_text(plan: Plan, level: ServiceLevel) -> Text | None:
    """The words of the quota that a target holds within, if it has one."""
    limit = plan.limit(level.limit) if level.limit else None
    return limit.text if limit else None


def _tam(plan: Plan) -> NeedResult:
    fact = plan.tam
    match fact.kind:
        case Tam.DEDICATED:
            status = Status.ASSUMED if fact.assumed else Status.MET
            why = Message("dedicated TAM: included")
        case Tam.POOL:
            status, why = Status.NOT_MET, Message("dedicated TAM: no, a pool of TAMs")
        case Tam.ADD_ON:
            status, why = Status.NOT_MET, Message("dedicated TAM: no, a paid extra")
        case Tam.NONE:
            status, why = Status.NOT_MET, Message("dedicated TAM: no")
        case _:
            status, why = Status.UNKNOWN, Message("dedicated TAM: not stated in our source")
    if fact.contested:
        why = Message("{words} (the source contradicts itself)", words=why)
    if fact.assumed:
        why = Message("{words} (assumed)", words=why)
    return NeedResult("tam", status, why, fact.cite)


def _tickets(plan: Plan, wanted: int) -> NeedResult:
    limit = plan.limit(TICKETS)
    if limit is None:
        why = Message("{count} tickets in the busiest month: no limit stated", count=wanted)
        return NeedResult(TICKETS, Status.MET, why, None)
    why = Message(
        "{count} tickets in the busiest month: {limit}",
        count=wanted,
        limit=limit.text,
    )
    if limit.per_month is None:
        return NeedResult(TICKETS, Status.MET_WITHIN_LIMIT, why, limit.cite)
    status = Status.MET if wanted <= limit.per_month else Status.NOT_MET
    return NeedResult(TICKETS, status, why, limit.cite)
