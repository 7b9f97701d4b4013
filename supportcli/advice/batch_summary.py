"""What came of a batch, as values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple


class Group(NamedTuple):
    """The customers of a plan (None: no plan fits) in a group, and what they cost together.

    `listed` is the year's list price where a discount or tax was agreed; the others are then what
    is to be paid.
    """

    group: str | None
    plan: str | None
    customers: int
    monthly: Decimal | None
    annual: Decimal | None
    listed: Decimal | None = None


class Gap(NamedTuple):
    """A customer whose cost differs most, after and before."""

    account: str | None
    before: Decimal
    after: Decimal


class Outcome(NamedTuple):
    """What was done with the rows: every one that was read is in one of the counts.

    `before` is what the older rules, else the plans of today, cost a year, of the customers whose
    cost is known both ways; `difference` what the advice costs more.
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
        return self.read == self.quoted + self.no_plan + self.rejected + self.blank
