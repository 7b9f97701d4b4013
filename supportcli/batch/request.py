"""What a batch was asked for, and what came of it, as values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal, NamedTuple

from supportcli.advice.needs import Needs
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Month
from supportcli.errors import ExitCode, SupportCliError
from supportcli.inputs.customers.schema import Column

Decimals = Literal["point", "comma"]


class Rules(NamedTuple):
    """A catalogue as it is on the day that counts, and the reading in use."""

    catalogue: Catalogue
    reading: str
    closed: frozenset[str]


class Ask(NamedTuple):
    """What holds for every row that does not say otherwise, and what OUT is to hold.

    `paid` where a column of spend holds what is paid; `off` is then the share that the discount
    takes off (None: a column says). `against` are the older rules to compare with.
    """

    rules: Rules
    needs: Needs
    start: Month
    months: int = 12
    accounts: int = 1
    paid: bool = False
    off: Fraction | None = None
    decimal: Decimals | None = None
    all_plans: bool = False
    all_readings: bool = False
    against: Rules | None = None
    keep_duplicates: bool = False
    keep_totals: bool = False
    limit: int | None = None
    excel: bool = False
    group_by: str | None = None
    threads: int = 1


class Source(NamedTuple):
    """Clean text columns: a file that the engine reads, and what each column means.

    `lined` where each record begins with its physical line; `kind` is csv or parquet.
    """

    path: Path
    columns: tuple[Column, ...]
    lined: bool
    kind: Literal["csv", "parquet"] = "csv"
    delimiter: str = ","
    compression: str = "none"


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
    def adds_up(self) -> bool:
        """Whether no row is lost and none is counted twice."""
        return self.read == self.quoted + self.no_plan + self.rejected + self.blank


class RaggedError(Exception):
    """The engine could not split a file that was thought clean; it is to be normalised."""


class StrictError(SupportCliError):
    """A row was refused and the user wanted none to be."""

    exit_code = ExitCode.FAILED
