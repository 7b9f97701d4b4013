"""A support plan as a value: what it costs under each reading, what it promises, on what terms."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction

from supportcli.core.conditions import Conditions, Validity
from supportcli.core.duration import Duration
from supportcli.core.piecewise import ZERO, PiecewiseLinear, minus, plus
from supportcli.core.quantity import Counted, Extra, Included, charged
from supportcli.core.schedule import Schedule
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.record import NamedTuple

MONTHS = 12  # of a year


class Fee(NamedTuple):
    """What a plan costs in a month under one reading, and how much of it is charged first.

    `prepaid` is None where nobody says how the fee is charged. `yearly` comes on top in the first
    month of each year; `yearly_prepaid` is the part of it that is charged first.
    """

    total: PiecewiseLinear
    prepaid: PiecewiseLinear | None
    yearly: Fraction = ZERO
    yearly_prepaid: Fraction = ZERO

    @property
    def postpaid(self) -> PiecewiseLinear | None:
        """The part charged after the month: the total less the prepaid part."""
        return None if self.prepaid is None else minus(self.total, self.prepaid)

    @property
    def per_month(self) -> PiecewiseLinear:
        """The total with a twelfth of what is charged yearly, to hold one plan against another."""
        return plus(self.total, PiecewiseLinear.line(self.yearly / MONTHS))


class FeeRule(NamedTuple):
    """A fee that was in force up to and including a day (None: it still is).

    `published` holds the parts as they were published; `fees` is None where the price is unknown.
    """

    published: Mapping[str, Schedule] | None
    fees: Mapping[str, Fee] | None
    text: Text | None
    cite: Cite
    until: datetime.date | None = None


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


TICKETS = "tickets"
"""What limits count unless they say otherwise by their id."""


class Limit(NamedTuple):
    """What a plan allows in a month or a year; `allowed` is None where that depends on the order.

    `counts` says what: tickets, or a quantity of the catalogue's (None: something else).
    """

    id: str
    allowed: int | None
    text: Text
    cite: Cite
    counts: str | None = None
    yearly: bool = False

    @property
    def per_month(self) -> int | None:
        """How many a month, of a limit that is a month's."""
        return None if self.yearly else self.allowed

    @property
    def a_month(self) -> int | None:
        """The most that can come every month; of a year's a twelfth, rounded down."""
        if self.allowed is None:
            return None
        return self.allowed // (MONTHS if self.yearly else 1)


class Tam(Enum):
    """What a plan has by way of a technical account manager.

    A dedicated one works for one customer, a named one is the same person for several; one of a
    pool is whoever is there.
    """

    DEDICATED = "dedicated"
    NAMED = "named"
    POOL = "pool"
    ADD_ON = "add_on"
    NONE = "none"
    UNKNOWN = "unknown"


class TamFact(NamedTuple):
    """Whether the plan has a TAM, and who says so; `contested` where the source says both.

    `dedicated_extra` says that a dedicated one is sold beside it, at a price that is not known.
    """

    kind: Tam
    note: Text | None
    cite: Cite | None
    assumed: bool = False
    contested: bool = False
    dedicated_extra: bool = False


class Availability(NamedTuple):
    """Doubt about whether the plan can still be bought; `since` is None where no day is known."""

    text: Text
    since: datetime.date | None
    cite: Cite


class Apart(Enum):
    """Why a plan is no choice of a customer's beside the others: it is shown, never compared."""

    PARTNER = "partner"
    ADD_ON = "add_on"
    OLDER = "older"


class Resemblance(NamedTuple):
    """A plan whose service is not described is taken to be like another; an assumption, by id."""

    plan: str
    assumption: str


class Unstated(NamedTuple):
    """A first-response target that the source leaves open, for one severity or (None) for all.

    Its hours may be told all the same. There is `none` where the source says so of cases that can
    be opened.
    """

    channel: str
    severity: str | None
    cite: Cite
    hours: Text | None = None
    none: bool = False


class Plan(NamedTuple):
    """A support plan: its price under each reading (None: not in our source), its service.

    `counted` and `lacking` are empty until quantities are held against the extras: then `fees`
    hold the counted ones too, and `lacking` names the quantities without which there is no price.
    `beyond` is empty until then too: of what is `included`, that of which more is wanted, so that
    there is no price.
    `history` is empty, or holds every fee rule that is known, the present one last.
    `short` is for where the name does not fit, `gets` what a customer gets, in two lines.
    `part_cite` is a further source, which only a part of the fee rests on.
    `channels_assumed` where no source states the channels, or they are those of a plan like it.
    """

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
    unstated: tuple[Unstated, ...] = ()
    extras: tuple[Extra, ...] = ()
    history: tuple[FeeRule, ...] = ()
    terms: Conditions = Conditions()
    validity: Validity = Validity()
    counted: tuple[Counted, ...] = ()
    lacking: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    short: Text | None = None
    gets: Text | None = None
    apart: Apart | None = None
    channels_assumed: bool = False
    part_cite: Cite | None = None
    included: tuple[Included, ...] = ()
    beyond: tuple[Included, ...] = ()

    @property
    def short_name(self) -> Text:
        """The name, or a shorter one where there is one."""
        return self.short or self.name

    def __repr__(self) -> str:
        """Its id, tier, currency and whether it has a price."""
        price = "priced" if self.priced else "no known price"
        return f"<Plan {self.id}: tier {self.tier}, {self.currency}, {price}>"

    @property
    def priced(self) -> bool:
        """Whether the price can be told: it is in our source, and no quantity is missing."""
        return self.fees is not None and not self.lacking

    @property
    def free(self) -> bool:
        """Whether it costs nothing, whatever the spend and the reading."""
        rules = {fee.per_month for fee in (self.fees or {}).values()}
        return rules == {PiecewiseLinear.line()} and not self.lacking

    def limit(self, limit_id: str) -> Limit | None:
        """The plan's limit of that kind, if it has one."""
        return next((limit for limit in self.limits if limit.id == limit_id), None)

    def counting(self, what: str) -> tuple[Limit, ...]:
        """The plan's limits that count something: tickets, or a quantity."""
        return tuple(limit for limit in self.limits if limit.counts == what)

    def with_sold_apart(self) -> Plan:
        """The plan as it is for who buys a dedicated TAM beside it, where one is sold."""
        if not self.tam.dedicated_extra:
            return self
        return self._replace(tam=self.tam._replace(kind=Tam.DEDICATED))

    def on(self, day: datetime.date) -> Plan:
        """The plan with the fee rule that was in force that day, and no doubt that came later."""
        doubt = self.availability
        if doubt is not None and doubt.since is not None and day < doubt.since:
            return self._replace(availability=None).on(day)
        in_force = [rule for rule in self.history if rule.until is None or day <= rule.until]
        if not in_force:
            return self
        rule = min(in_force, key=lambda each: each.until or datetime.date.max)
        return self._replace(
            published=rule.published,
            fees=rule.fees,
            fee_text=rule.text,
            cite=rule.cite,
            counted=(),
            lacking=(),
        )

    def changes(self) -> Iterator[datetime.date]:
        """The days on which it came into force, was first no longer, or its fee was another."""
        if self.validity.valid_from is not None:
            yield self.validity.valid_from
        for last in (self.validity.valid_to, *(rule.until for rule in self.history)):
            if last is not None and last < datetime.date.max:
                yield last + datetime.timedelta(days=1)

    def frozen_on(self, day: datetime.date | None) -> Plan:
        """The plan with the fee rule of a day (None: the present one) in force for ever."""
        return (self if day is None else self.on(day))._replace(history=())

    def recounted(self, quantities: Mapping[str, Fraction]) -> Plan:
        """The plan with its extras counted anew, whatever was counted in before."""
        if not self.counted or self.fees is None:
            return self.with_quantities(quantities)
        fees = {reading: _without_extras(fee, self.counted) for reading, fee in self.fees.items()}
        return self._replace(counted=(), fees=fees).with_quantities(quantities)

    def with_quantities(self, quantities: Mapping[str, Fraction]) -> Plan:
        """The plan with its extras counted in; once is enough, a second time changes nothing.

        It has no price, on no day, where more is wanted than is included.
        """
        if self.fees is None or self.counted or self.lacking:
            return self
        beyond = tuple(i for i in self.included if quantities.get(i.quantity, ZERO) > i.number)
        if beyond:
            return self._replace(published=None, fees=None, history=(), beyond=beyond)
        if not self.extras:
            return self
        due = [e for e in self.extras if not e.optional or quantities.get(e.quantity or "")]
        lacking = tuple(e.quantity for e in due if e.quantity and e.quantity not in quantities)
        if lacking:
            return self._replace(lacking=tuple(dict.fromkeys(lacking)))
        numbers = (quantities[e.quantity] if e.quantity else ZERO for e in due)
        counted = tuple(Counted(e, n, e.amount(n)) for e, n in zip(due, numbers, strict=True))
        fees = {reading: _with_extras(fee, counted) for reading, fee in self.fees.items()}
        return self._replace(counted=counted, fees=fees)


def _without_extras(fee: Fee, counted: tuple[Counted, ...]) -> Fee:
    monthly = PiecewiseLinear.line(charged(counted, yearly=False))
    first = PiecewiseLinear.line(charged(counted, yearly=False, prepaid=True))
    prepaid = None if fee.prepaid is None else minus(fee.prepaid, first)
    return fee._replace(total=minus(fee.total, monthly), prepaid=prepaid)


def _with_extras(fee: Fee, counted: tuple[Counted, ...]) -> Fee:
    monthly = PiecewiseLinear.line(charged(counted, yearly=False))
    first = PiecewiseLinear.line(charged(counted, yearly=False, prepaid=True))
    stated = all(each.extra.prepaid is not None for each in counted)
    prepaid = plus(fee.prepaid, first) if fee.prepaid is not None and stated else None
    return Fee(
        plus(fee.total, monthly),
        prepaid,
        charged(counted, yearly=True),
        charged(counted, yearly=True, prepaid=True),
    )
