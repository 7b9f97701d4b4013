"""What holds for many customers alike, and the names of what a row of theirs can say."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from supportcli.advice.bounds import whole
from supportcli.advice.known_names import check_names
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Month
from supportcli.inputs.values.dates import read_start
from supportcli.needs.registry import ROW_COLUMNS, Needs
from supportcli.record import NamedTuple

MONTHLY = "monthly_spend"
SERIES = tuple(f"spend_{month:02}" for month in range(1, 13))
SPENDS = (MONTHLY, *SERIES)

LONGEST_TERM = 60  # months
MOST_ACCOUNTS = 9999
BOUNDS: Mapping[str, tuple[int, int]] = {
    **{one.name: (one.least, one.most) for one in ROW_COLUMNS if one.type == "INTEGER"},
    "accounts": (1, MOST_ACCOUNTS),
    "months": (1, LONGEST_TERM),
}
"""The least and the most of each number that a row can say."""


class Rules(NamedTuple):
    """A catalogue as it is on the day that counts, and the reading in use.

    `closed` are the plans that only who has them may keep.
    """

    catalogue: Catalogue
    reading: str
    closed: frozenset[str]

    @classmethod
    def on(cls, catalogue: Catalogue, day: datetime.date, reading: str | None = None) -> Rules:
        """The plans in force on a day; the catalogue's own reading unless another is named."""
        closed = (plan.id for plan in catalogue.plans if plan.validity.closed_on(day))
        used = reading or catalogue.default_reading
        return cls(catalogue.in_force(day), used, frozenset(closed))


def month_of(start: Month | str) -> Month:
    """The month in which a term begins; a text as the command line takes it: 2026-12.

    Raises:
        UsageError: it is neither.
    """
    if isinstance(start, Month):
        return start
    day = read_start(str(start))
    return Month(day.year, day.month)


class RowDefaults(NamedTuple):
    """The rules, the needs and the term of a row that does not say otherwise."""

    rules: Rules
    needs: Needs
    start: Month
    months: int = 12
    accounts: int = 1
    quantities: Mapping[str, Fraction] = MappingProxyType({})
    include_doubtful: bool = False

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        start: Month | str,
        needs: Needs | None,
        months: int,
        accounts: int,
        reading: str | None,
        quantities: Mapping[str, Fraction] | None,
        include_doubtful: bool = False,
    ) -> RowDefaults:
        """What a program asks for, held to what the command line takes; rules of the first day.

        Raises:
            UsageError: a name that the catalogue does not have, or a number out of its bounds.
        """
        month = month_of(start)
        asked = (needs or Needs()).of(catalogue)
        rules = Rules.on(catalogue, month.first_day, reading)
        check_names(catalogue, asked, rules.reading)
        counted = rules.catalogue.with_quantities(quantities or {})
        return cls(
            rules._replace(catalogue=counted),
            asked,
            month,
            whole(months, *BOUNDS["months"]),
            whole(accounts, *BOUNDS["accounts"]),
            quantities or {},
            include_doubtful,
        )
