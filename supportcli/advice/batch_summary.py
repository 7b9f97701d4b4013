"""What came of a batch, as values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple


class Group(NamedTuple):
    """The customers of a plan (None: no plan fits) in a group, and what they cost together."""

    group: str | None
    plan: str | None
    customers: int
    monthly: Decimal | None
    annual: Decimal | None


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
    def reasons(self) -> list[tuple[str, int]]:
        """The codes of refusal and how often each was met, the most frequent first."""
        return sorted(self.codes.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def adds_up(self) -> bool:
        """Whether no row is lost and none is counted twice."""
        return self.read == self.quoted + self.no_plan + self.rejected + self.blank
