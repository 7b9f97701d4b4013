"""Monthly spends: what the cloud charges of each month of the term come to."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from supportcli.core.period import Month

ONE = Fraction(1)


class MonthSpend(NamedTuple):
    """One account's spend of one month that counts toward the fee, unrounded; None is unknown.

    The spend is that of the whole month; `share` is the part of its days that the plan is held.
    """

    month: Month
    spend: Fraction | None
    share: Fraction = ONE


class Usage(NamedTuple):
    """The months of the term in order, each with its spend, and the quantities beside it."""

    months: tuple[MonthSpend, ...]
    quantities: Mapping[str, Fraction] = MappingProxyType({})

    @classmethod
    def level(
        cls,
        spend: Fraction | None,
        start: Month,
        months: int = 12,
        quantities: Mapping[str, Fraction] = MappingProxyType({}),
    ) -> Usage:
        """The same spend in every month from the start on."""
        spends = (MonthSpend(start.plus(index), spend) for index in range(months))
        return cls(tuple(spends), quantities)

    @property
    def spend_known(self) -> bool:
        """Whether the spend of every month is known."""
        return all(month.spend is not None for month in self.months)
