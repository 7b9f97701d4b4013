"""The conditions of a plan: for whom, on what spend, for how long, and what a part month costs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum
from typing import Any, Generic, TypeVar

from supportcli.core.source import NO_SOURCE, Cite
from supportcli.core.text import Text
from supportcli.record import NamedTuple

Value = TypeVar("Value")


class Clause(NamedTuple, Generic[Value]):
    """One condition: what holds, in the source's words where there are any, and who says so."""

    value: Value
    text: Text | None
    cite: Cite


class Scope(Enum):
    """Whose spend makes up the fee; with the highest plan each account's own, but one plan for all.

    Accounts of one enterprise then all have the highest plan that any of them has.
    """

    PER_ACCOUNT = "per_account"
    POOLED = "pooled"
    HIGHEST_PLAN = "highest_plan"


class Basis(Enum):
    """Which spend counts: before discounts (list) or after (net)."""

    LIST = "list"
    NET = "net"


class Spreading(Enum):
    """How a prepaid order of cloud products is spread over its months."""

    BY_MONTH = "by_month"
    BY_DAY = "by_day"


class Refund(Enum):
    """What happens to a prepaid part that is not used."""

    NONE = "none"
    BY_DAY = "by_day"


class TaxInAmounts(Enum):
    """Whether the source's amounts have tax in them."""

    EXCLUDED = "excluded"
    INCLUDED = "included"


class PartMonth(Enum):
    """What a part of a month costs: a share of the fee, of the part charged first (the rest after
    the month on what was spent), of the spend that counts (the part charged first in full), or all.
    """

    FEE = "fee"
    MINIMUM = "minimum"
    SPEND = "spend"
    NONE = "none"


class ProrationUnit(Enum):
    """What a part month is measured in."""

    DAY = "day"
    SECOND = "second"


class ChangeDay(Enum):
    """The plan that the day of a change belongs to."""

    OLD = "old"
    NEW = "new"


class Proration(NamedTuple):
    """The rule for a part of a month; `change_day` is None where nobody says."""

    part: PartMonth
    unit: ProrationUnit = ProrationUnit.DAY
    change_day: ChangeDay | None = None


def days_on_old_plan(change: datetime.date, rule: Proration) -> int:
    """How many days of the month a plan is still charged that is changed on a day.

    Where nobody says whose the day of the change is, it is taken to be the new plan's.
    """
    return change.day if rule.change_day is ChangeDay.OLD else change.day - 1


class Span(NamedTuple):
    """A length of time, in days or in months."""

    number: int
    months: bool


class Conditions(NamedTuple):
    """The conditions of a plan; None is not stated. `excludes` says what is no spend,
    `counts` what counts in place of cloud spend.

    `bought_for` is for how many months the part that is charged first can be paid at once, `shares`
    how the vendor divides one fee among accounts, where that is not by spend as here.
    """

    scope: Clause[Scope] | None = None
    basis: Clause[Basis] | None = None
    excludes: Clause[None] | None = None
    counts: Clause[None] | None = None
    minimum_term: Clause[Span] | None = None
    proration: Clause[Proration] | None = None
    spreading: Clause[Spreading] | None = None
    refund: Clause[Refund] | None = None
    bought_for: Clause[Span] | None = None
    tax: Clause[TaxInAmounts] | None = None
    shares: Clause[None] | None = None

    def prorated(self, part: PartMonth) -> Conditions:
        """These conditions with another rule for parts of a month, as the user wants it."""
        old = self.proration
        rule = old.value._replace(part=part) if old else Proration(part)
        return self._replace(proration=Clause(rule, None, old.cite if old else NO_SOURCE))

    def stated(self) -> Iterator[tuple[str, Clause[Any]]]:
        """The conditions that are stated, each by its name."""
        yield from ((n, c) for n, c in zip(self._fields, self, strict=True) if c is not None)

    def over(self, general: Conditions) -> Conditions:
        """These conditions, and the general ones where these say nothing."""
        own = self._asdict()
        return general._replace(**{name: own[name] for name in own if own[name] is not None})


class Validity(NamedTuple):
    """From when to when a plan is in force; both days belong to it, None is open or not stated.

    `closed_to_new` is the first day on which only those who have the plan may keep it. With a
    `cite` and no day the source says that the plan is in force throughout.
    """

    valid_from: datetime.date | None = None
    closed_to_new: datetime.date | None = None
    valid_to: datetime.date | None = None
    successor: str | None = None
    cite: Cite | None = None

    @property
    def throughout(self) -> bool:
        """Whether a source says that the plan is in force all the time that it speaks of."""
        return self.cite is not None and not any(self[:4])

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the plan is in force on that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: Validity) -> bool:
        """Whether both are in force on some day."""
        ends = [one.valid_to for one in (self, other) if one.valid_to is not None]
        begins = [one.valid_from for one in (self, other) if one.valid_from is not None]
        return not ends or not begins or max(begins) <= min(ends)

    def closed_on(self, day: datetime.date) -> bool:
        """Whether a new customer can no longer take the plan on that day."""
        return self.closed_to_new is not None and self.closed_to_new <= day

    def ends_before(self, day: datetime.date) -> bool:
        """Whether the plan is no longer in force on that day."""
        return self.valid_to is not None and self.valid_to < day
