"""Monthly spends: what the cloud charges of each month of the term come to."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from supportcli.core.period import Month


class MonthSpend(NamedTuple):
    """One account's spend of one month that counts toward the fee, unrounded; None is unknown."""

    month: Month
    spend: Fraction | None


class Usage(NamedTuple):
    """The months of the term in order, each with its spend."""

    months: tuple[MonthSpend, ...]

    @classmethod
    def level(cls, spend: Fraction | None, start: Month, months: int = 12) -> Usage:
        """The same spend in every month from the start on."""
        return cls(tuple(MonthSpend(start.plus(index), spend) for index in range(months)))
