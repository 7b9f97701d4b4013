"""The catalogue as a value: plans, what they cost under each reading, what they promise."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple, TypeVar

from supportcli.core.duration import Duration
from supportcli.core.piecewise import PiecewiseLinear, minus
from supportcli.core.schedule import Schedule
from supportcli.core.text import Text


class Source(NamedTuple):
    """Where facts come from; the level says how sure we are of it."""

    id: str
    title: Text
    level: str
    date: datetime.date | None
    note: Text | None


class Cite(NamedTuple):
    """A place in a source: its id and the lines or the section."""

    source: str
    where: str

    def __str__(self) -> str:
        return f"{self.source}:{self.where}" if self.where else self.source


class Severity(NamedTuple):
    """How grave a case is, in the vendor's own words; the catalogue lists the gravest first."""

    id: str
    name: Text


class Channel(NamedTuple):
    """A way to reach the vendor; `has_targets` where first-response targets are published."""

    id: str
    name: Text
    has_targets: bool
    note: Text | None


class Reading(NamedTuple):
    """One way of understanding the published fee rule, with what speaks for it."""

    id: str
    name: Text
    role: Text | None
    support: Text
    cite: Cite | None


class Fee(NamedTuple):
    """What a plan costs in a month under one reading, and how much of it is charged first."""

    total: PiecewiseLinear
    prepaid: PiecewiseLinear

    @property
    def postpaid(self) -> PiecewiseLinear:
        """The part charged after the month: the total less the prepaid part."""
        return minus(self.total, self.prepaid)


class ServiceLevel(NamedTuple):
    """A first-response target: by a channel, for one severity or (None) for all of them.

    `limit` is the id of the plan's limit that it holds within; `assumed` where it was taken over
    from a plan that this one is assumed to be like.
    """

    channel: str
    severity: str | None
    target: Duration
    hours: Text | None
    engineers: Text | None
    limit: str | None
    note: Text | None
    cite: Cite
    assumed: bool = False


class Limit(NamedTuple):
    """What a plan allows in a month; `per_month` is None where the number depends on the order."""

    id: str
    per_month: int | None
    text: Text
    cite: Cite


class Tam(Enum):
    """What a plan has by way of a technical account manager."""

    DEDICATED = "dedicated"
    POOL = "pool"
    NONE = "none"
    UNKNOWN = "unknown"


class TamFact(NamedTuple):
    """Whether the plan has a TAM, and who says so; `contested` where the source says both."""

    kind: Tam
    note: Text | None
    cite: Cite | None
    assumed: bool = False
    contested: bool = False


class Availability(NamedTuple):
    """Doubt about whether the plan can still be bought."""

    text: Text
    since: datetime.date
    cite: Cite


class Resemblance(NamedTuple):
    """A plan whose service is not described is taken to be like another; an assumption, by id."""

    plan: str
    assumption: str


class Plan(NamedTuple):
    """A support plan: its price under each reading (None: not in our source), its service."""

    id: str
    name: Text
    tier: int
    currency: str
    published: Mapping[str, Schedule] | None
    fees: Mapping[str, Fee] | None
    fee_text: Text | None
    cite: Cite
    channels: Mapping[str, bool]
    levels: tuple[ServiceLevel, ...]
    tam: TamFact
    limits: tuple[Limit, ...]
    availability: Availability | None
    like: Resemblance | None

    def limit(self, limit_id: str) -> Limit | None:
        """The plan's limit of that kind, if it has one."""
        return next((limit for limit in self.limits if limit.id == limit_id), None)


class ContentItem(NamedTuple):
    """A row of the service table: what each plan contains; an absent plan is not described."""

    id: str
    name: Text
    by_plan: Mapping[str, Text]
    cite: Cite


class FactGroup(NamedTuple):
    """Sentences that belong together: scope, duties, how the fee is charged."""

    id: str
    title: Text
    items: tuple[Text, ...]
    shown: tuple[Text, ...]
    cite: Cite


class PointKind(Enum):
    """Why a point is open."""

    ASSUMPTION = "assumption"
    CONTRADICTION = "contradiction"
    NOT_STATED = "not_stated"


class OpenPoint(NamedTuple):
    """What the source contradicts or leaves open, what we do about it, and what to ask the vendor.

    An empty `plans` means that it concerns all of them; the first screen has `headline` points, in
    their `brief` words where they have them.
    """

    id: str
    kind: PointKind
    text: Text
    brief: Text | None
    confirm: Text | None
    plans: tuple[str, ...]
    headline: bool
    cite: Cite

    def concerns(self, plan: Plan) -> bool:
        """Whether the point matters for that plan."""
        return not self.plans or plan.id in self.plans


_Identified = TypeVar("_Identified", Plan, Reading, Severity, Channel, Source, OpenPoint)


class Catalogue(NamedTuple):
    """Everything known about one vendor's plans; plans stand in the order of their tiers."""

    id: str
    name: Text
    currency: str
    about: Text
    spend: Text
    review_after: datetime.date | None
    file: bytes
    sources: tuple[Source, ...]
    severities: tuple[Severity, ...]
    channels: tuple[Channel, ...]
    readings: tuple[Reading, ...]
    default_reading: str
    likeliest_reading: str
    plans: tuple[Plan, ...]
    content: tuple[ContentItem, ...]
    facts: tuple[FactGroup, ...]
    open_points: tuple[OpenPoint, ...]

    @property
    def sha256(self) -> str:
        """The fingerprint of the file that the catalogue was read from."""
        from hashlib import sha256  # its library costs a run more than most of ours

        return sha256(self.file).hexdigest()

    def plan(self, plan_id: str) -> Plan:
        """The plan of that id; KeyError where there is none."""
        return _by_id(self.plans, plan_id)

    def reading(self, reading_id: str) -> Reading:
        """The reading of that id; KeyError where there is none."""
        return _by_id(self.readings, reading_id)

    def severity(self, severity_id: str) -> Severity:
        """The severity of that id; KeyError where there is none."""
        return _by_id(self.severities, severity_id)

    def channel(self, channel_id: str) -> Channel:
        """The channel of that id; KeyError where there is none."""
        return _by_id(self.channels, channel_id)

    def source(self, source_id: str) -> Source:
        """The source of that id; KeyError where there is none."""
        return _by_id(self.sources, source_id)

    def open_point(self, point_id: str) -> OpenPoint:
        """The open point of that id; KeyError where there is none."""
        return _by_id(self.open_points, point_id)

    def headline_readings(self, used: str) -> tuple[Reading, ...]:
        """The readings whose amounts stand first: the one in use, the default, the likeliest."""
        ids = dict.fromkeys((used, self.default_reading, self.likeliest_reading))
        return tuple(map(self.reading, ids))


def _by_id(items: tuple[_Identified, ...], wanted: str) -> _Identified:
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)
