"""The catalogue as a value: one vendor's plans, and the words and doubts around them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Protocol, TypeVar

from supportcli.core.conditions import Basis, Conditions
from supportcli.core.plan import Plan
from supportcli.core.quantity import Quantity
from supportcli.core.source import Cite, Source
from supportcli.core.text import Text
from supportcli.record import NamedTuple


class SeverityClass(Enum):
    """How grave a case is in words that all vendors share, so that their severities compare."""

    OUTAGE = "outage"
    DEGRADED = "degraded"
    QUESTION = "question"


class Classed(NamedTuple):
    """The classes of a severity, and who says so; `assumed` where it is our own judgement.

    More than one where a vendor tells cases less apart than the classes do.
    """

    values: tuple[SeverityClass, ...]
    cite: Cite
    assumed: bool


class Severity(NamedTuple):
    """How grave a case is, in the vendor's own words; the catalogue lists the gravest first.

    `classed` is None where nobody says which class it belongs to.
    """

    id: str
    name: Text
    aliases: tuple[str, ...] = ()
    classed: Classed | None = None


class Channel(NamedTuple):
    """A way to reach the vendor; `has_targets` where first-response targets are published."""

    id: str
    name: Text
    has_targets: bool
    note: Text | None
    aliases: tuple[str, ...] = ()
    cite: Cite | None = None


class HowToBuy(NamedTuple):
    """Where a plan is ordered, and who says so."""

    text: Text
    cite: Cite


class Reading(NamedTuple):
    """One way of understanding the published fee rule, with what speaks for it.

    `brief` says in a few words what it makes of the rule; a vendor who answers yes to `question`
    charges by it.
    """

    id: str
    name: Text
    role: Text | None
    support: Text
    cite: Cite | None
    aliases: tuple[str, ...] = ()
    brief: Text | None = None
    question: Text | None = None

    @property
    def in_brief(self) -> Text:
        """What it makes of the rule in a few words, else its name."""
        return self.brief or self.name


class ContentItem(NamedTuple):
    """A row of the service table: what each plan contains; an absent plan is not described."""

    id: str
    name: Text
    by_plan: Mapping[str, Text]
    cite: Cite


class Offered(Enum):
    """Whether a plan has a service."""

    YES = "included"
    NO = "not_included"
    LIMITED = "limited"
    UNKNOWN = "unknown"


class ServiceFact(NamedTuple):
    """Whether a plan has a service, and what is to be said of it."""

    offered: Offered
    note: Text | None
    assumed: bool = False


class Service(NamedTuple):
    """Something that a customer can ask for; of an absent plan it is not stated."""

    id: str
    name: Text
    by_plan: Mapping[str, ServiceFact]
    cite: Cite
    aliases: tuple[str, ...] = ()


class FactGroup(NamedTuple):
    """Sentences that belong together: scope, duties, how the fee is charged.

    An empty `plans` means that they hold for all of them.
    """

    id: str
    title: Text
    items: tuple[Text, ...]
    shown: tuple[Text, ...]
    cite: Cite
    plans: tuple[str, ...] = ()

    def concerns(self, plan: Plan) -> bool:
        """Whether the sentences hold for that plan."""
        return not self.plans or plan.id in self.plans


class PointKind(Enum):
    """Why a point is open."""

    ASSUMPTION = "assumption"
    CONTRADICTION = "contradiction"
    NOT_STATED = "not_stated"


class OpenPoint(NamedTuple):
    """What the source contradicts or leaves open, what we do about it, and what to ask the vendor.

    An empty `plans` means that it concerns all of them; the first screen has `headline` points, in
    their `brief` words where they have them, a customer's quote has their `contract` words.
    """

    id: str
    kind: PointKind
    text: Text
    brief: Text | None
    contract: Text | None
    confirm: Text | None
    plans: tuple[str, ...]
    headline: bool
    cite: Cite

    def concerns(self, plan: Plan) -> bool:
        """Whether the point matters for that plan."""
        return not self.plans or plan.id in self.plans


class Example(NamedTuple):
    """A fee of one month that somebody published or worked out: what must come out, and why.

    `reading` is None where it holds under every reading, `as_of` where the rules of today do.
    """

    plan: str
    spend: Fraction
    quantities: Mapping[str, Fraction]
    fee: Fraction
    reading: str | None
    as_of: datetime.date | None
    worked: Text | None
    cite: Cite


class Identified(Protocol):
    """What a catalogue lists under an id."""

    @property
    def id(self) -> str:
        """Unlike any other's in its list."""


_Entry = TypeVar("_Entry", bound=Identified)


class Catalogue(NamedTuple):
    """Everything known about one vendor's plans; plans stand in the order of their tiers.

    `what_if` says what was supposed of the fees, which are then not those of the file; `left_out`
    are plans of the file that are not in force, or no choice, on the day that the others are of.
    `checked` is the day on which the sources were last read. `changed` is set where one looks back
    at a past day: the first day after it on which other plans or fees are known to hold.
    """

    id: str
    name: Text
    currency: str
    about: Text | None
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
    terms: Conditions = Conditions()
    quantities: tuple[Quantity, ...] = ()
    examples: tuple[Example, ...] = ()
    services: tuple[Service, ...] = ()
    aliases: tuple[str, ...] = ()
    vendor: Text | None = None
    what_if: tuple[str, ...] = ()
    how_to_buy: HowToBuy | None = None
    vendor_short: Text | None = None
    left_out: tuple[Plan, ...] = ()
    checked: datetime.date | None = None
    changed: datetime.date | None = None

    def __repr__(self) -> str:
        """Its id, currency and plans by id."""
        return f"<Catalogue {self.id}, {self.currency}: {', '.join(p.id for p in self.plans)}>"

    @property
    def sha256(self) -> str:
        """The fingerprint of the file that the catalogue was read from."""
        from hashlib import sha256  # its library costs a run more than most of ours

        return sha256(self.file).hexdigest()

    @property
    def vendor_name(self) -> Text:
        """What the vendor is called in a few words, else the catalogue's name."""
        return self.vendor or self.name

    @property
    def whom_to_ask(self) -> Text:
        """What the vendor is called in a sentence, without its site or product."""
        return self.vendor_short or self.vendor_name

    @property
    def counts_paid(self) -> bool:
        """Whether what is paid for the cloud is the spend that counts, after its discounts."""
        return self.terms.basis is not None and self.terms.basis.value is Basis.NET

    def on(self, day: datetime.date) -> Catalogue:
        """The catalogue with the plans that there are on a day, each with that day's fee."""
        plans = tuple(plan.on(day) for plan in self.plans if plan.validity.holds_on(day))
        return self._replace(plans=plans)

    def in_force(self, day: datetime.date) -> Catalogue:
        """The same without what a customer cannot choose from: plans for partners, add-ons."""
        plans = tuple(plan for plan in self.on(day).plans if plan.apart is None)
        kept = {plan.id for plan in plans}
        left_out = (plan for plan in (*self.plans, *self.left_out) if plan.id not in kept)
        return self._replace(plans=plans, left_out=tuple(left_out))

    def next_change(self, day: datetime.date) -> datetime.date | None:
        """The first later day on which other plans or fees are known to hold; None: none is."""
        choices = (plan for plan in (*self.plans, *self.left_out) if plan.apart is None)
        changes = (change for plan in choices for change in plan.changes() if change > day)
        return min(changes, default=None)

    def lasting(self) -> Catalogue:
        """The catalogue with plans and fees that never end: for looking back at a past day."""
        plans = (
            plan._replace(validity=plan.validity._replace(valid_to=None), history=())
            for plan in self.plans
        )
        return self._replace(plans=tuple(plans))

    def with_quantities(self, quantities: Mapping[str, Fraction]) -> Catalogue:
        """The catalogue with each plan's extras counted in."""
        plans = tuple(plan.with_quantities(quantities) for plan in self.plans)
        return self._replace(plans=plans)

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

    def quantity(self, quantity_id: str) -> Quantity:
        """The quantity of that id; KeyError where there is none."""
        return _by_id(self.quantities, quantity_id)

    def service(self, service_id: str) -> Service:
        """The service of that id; KeyError where there is none."""
        return _by_id(self.services, service_id)

    def year_named(self, plan: Plan) -> int | None:
        """The year of a plan's fee, where its name tells plans apart by that."""
        day = self.source(plan.cite.source).date if plan.cite.source else None
        named = day is not None and any(str(day.year) in x for x in plan.name.by_language.values())
        return day.year if day is not None and named else None

    def open_point(self, point_id: str) -> OpenPoint:
        """The open point of that id; KeyError where there is none."""
        return _by_id(self.open_points, point_id)

    def contents(self, plan: Plan) -> Iterator[tuple[ContentItem, Text, bool]]:
        """What a plan contains, else (True) what the one contains that it is assumed to be like."""
        own = any(plan.id in item.by_plan for item in self.content)
        described = plan.id if own or plan.like is None else plan.like.plan
        for item in self.content:
            if described in item.by_plan:
                yield item, item.by_plan[described], described != plan.id

    def headline_readings(self, used: str) -> tuple[Reading, ...]:
        """The readings whose amounts stand first: the one in use, the default, the likeliest."""
        ids = dict.fromkeys((used, self.default_reading, self.likeliest_reading))
        return tuple(map(self.reading, ids))


def _by_id(items: tuple[_Entry, ...], wanted: str) -> _Entry:
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)
