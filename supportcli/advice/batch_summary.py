"""What came of a batch, as values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from supportcli.errors import Message
from supportcli.record import NamedTuple


class Group(NamedTuple):
    """The customers of a plan (None: no plan fits) in a group, and what they cost together.

    `listed` is the year's list price where a discount or tax was agreed; the others are then what
    is to be paid. `likely` is the year under the likeliest reading; None where a reading was named.
    """

    group: str | None
    plan: str | None
    customers: int
    monthly: Decimal | None
    annual: Decimal | None
    listed: Decimal | None = None
    likely: Decimal | None = None


class Shift(NamedTuple):
    """What a change does to customers, as far as their cost is known before and after.

    `by` says what they have in common: a plan (after it), a group, or nothing (all); `more` and
    `less` are those who pay more and less a year.
    """

    by: Literal["plan", "group", "all"]
    name: str | None
    customers: int
    before: Decimal
    after: Decimal
    more: int
    less: int

    @property
    def share(self) -> Fraction | None:
        """By what share of it the cost changes; None where it was nothing."""
        return Fraction(self.after - self.before) / Fraction(self.before) if self.before else None


class Move(NamedTuple):
    """Customers who would take another plan than before (None: no plan fits), and their cost.

    `before` and `after` are the year's sums of those whose cost is known both ways.
    """

    old: str | None
    new: str | None
    customers: int
    before: Decimal | None
    after: Decimal | None


class Gap(NamedTuple):
    """A customer whose cost differs most, after and before; with a name beside the account."""

    account: str | None
    before: Decimal
    after: Decimal
    customer: str | None = None

    @property
    def called(self) -> str | Message:
        """How people know the customer."""
        if not (self.account and self.customer):
            return self.account or self.customer or Message("none")
        return Message("{account} ({name})", account=self.account, name=self.customer)


class Doubted(NamedTuple):
    """How many customers of a plan (None: no plan fits) have a doubt, by its code."""

    plan: str | None
    code: str
    customers: int


class Ending(NamedTuple):
    """How many customers have a plan whose last day is known."""

    plan: str
    last_day: datetime.date
    customers: int


class AmountColumn(NamedTuple):
    """A column of spend: how many of the currency its amounts are, and the currency it states."""

    name: str
    unit: int
    currency: str | None


class Amounts(NamedTuple):
    """What the amounts of a table are in: each column's own, and the columns that say it by row."""

    columns: tuple[AmountColumn, ...] = ()
    unit_column: str | None = None
    currency_column: str | None = None


class Outcome(NamedTuple):
    """What was done with the rows: every one that was read is in one of the counts.

    `before` is what the older rules, else the plans of today, cost a year, of the customers whose
    cost is known both ways; `difference` what the advice costs more. Both are also told under the
    likeliest reading, against the plans of today, unless a reading was named.
    `given` are the customers who were quoted a plan that their row names, instead of advice,
    `ending` those of them whose plan ends within the term: their year costs what can be bought of
    it until its last day. `current_ending` are those whose plan of today has a known last day,
    `own_reading` those whose row names another reading than that of all.
    `steps` are those from the list price to what is to be paid: discount, tax. `added` are rows
    put together with another of the same account. `moves` are those to another plan than by the
    older rules. `today` is what the plans of today cost a year by the newer ones, where `before`
    is of the older ones, `instead_of_today` what the advice costs those customers.
    """

    read: int
    quoted: int
    no_plan: int
    rejected: int
    blank: int
    codes: Mapping[str, int]
    groups: tuple[Group, ...]
    difference: Decimal | None
    before: Decimal | None
    gaps: tuple[Gap, ...]
    given: int = 0
    shifts: tuple[Shift, ...] = ()
    doubts: tuple[Doubted, ...] = ()
    steps: tuple[str, ...] = ()
    added: int = 0
    likely_difference: Decimal | None = None
    likely_before: Decimal | None = None
    moves: tuple[Move, ...] = ()
    own_reading: int = 0
    ending: tuple[Ending, ...] = ()
    current_ending: tuple[Ending, ...] = ()
    today: Decimal | None = None
    instead_of_today: Decimal | None = None

    @property
    def not_compared(self) -> int:
        """How many customers' cost is not known both ways."""
        compared = sum(shift.customers for shift in self.shifts if shift.by == "all")
        return self.quoted + self.no_plan - compared

    @property
    def two_readings(self) -> bool:
        """Whether the sums differ under the likeliest reading."""
        return any(each.likely not in (None, each.annual) for each in self.groups)

    @property
    def likely_change(self) -> tuple[Decimal, Decimal] | None:
        """What was paid before and what is paid more under the likeliest reading, if it differs."""
        before, more = self.likely_before, self.likely_difference
        if before is None or more is None:
            return None
        differs = (before, more) != (self.before, self.difference)
        return (before, more) if differs else None

    @property
    def listed(self) -> Decimal | None:
        """The year's list price of all, where a discount or tax was agreed."""
        known = [group.listed for group in self.groups if group.listed is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """The codes of refusal and how often each was met, the most frequent first."""
        return sorted(self.codes.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def adds_up(self) -> bool:
        """Whether no row is lost and none is counted twice."""
        counted = self.quoted + self.no_plan + self.rejected + self.blank
        return self.read == counted + self.added
