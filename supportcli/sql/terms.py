"""What the advice is for: the plans that all rows are offered, the terms that each row says."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.advice.quote import priced_throughout
from supportcli.advice.rules import RowDefaults, Rules
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Month
from supportcli.core.plan import MONTHS, Plan
from supportcli.needs.registry import Needs
from supportcli.record import NamedTuple

UNKNOWN = "NULL"


class Offer(NamedTuple):
    """What all rows share: the plans in force with their extras counted in, the start, the needs.

    `needs` hold what is the same for every row; those that rows may say themselves are not looked
    at. `closed` are the plans that only who has them may keep, `doubtful` those whose sale is in
    doubt, which are not chosen; `horizon` is the longest term of a row in months, at least 12.
    """

    catalogue: Catalogue
    start: Month
    needs: Needs
    closed: frozenset[str]
    horizon: int = MONTHS
    doubtful: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rules: Rules, same: RowDefaults, longest: int) -> Offer:
        """By these rules; with prices only where they are known for the whole year from the start.

        `longest` is the longest term of a row, in months.
        """
        usage = Usage.level(None, same.start)
        plans = tuple(priced_throughout(plan, usage) for plan in rules.catalogue.plans)
        catalogue = rules.catalogue._replace(plans=plans)
        doubted = () if same.include_doubtful else (p.id for p in plans if p.availability)
        horizon = max(MONTHS, longest)
        return cls(catalogue, same.start, same.needs, rules.closed, horizon, frozenset(doubted))

    @property
    def currency(self) -> str:
        """Of all amounts."""
        return self.catalogue.currency

    @property
    def plans(self) -> list[Plan]:
        """The plans that have a price, in the catalogue's order."""
        return [plan for plan in self.catalogue.plans if plan.priced]


NO_RATE = "0"


class Agreed(NamedTuple):
    """SQL expressions of what was agreed on price with a row.

    `discount` is the share taken off, `prepaid` whether what is prepaid is discounted too, `tax`
    the rate of a tax that is added; one that is included changes no amount.
    """

    discount: str
    prepaid: str
    tax: str

    @property
    def steps(self) -> tuple[str, ...]:
        """Which steps lie between the fee and what is to be paid, of some row at least."""
        rates = {"discount": self.discount, "tax": self.tax}
        return tuple(name for name, rate in rates.items() if rate != NO_RATE)


class Terms(NamedTuple):
    """SQL expressions of what a row says; a literal where all rows say the same.

    `spends` are those of the months of the term, the last one holding for all further months; they
    have `scale` decimals. `needs` are by the names of their row columns.
    """

    spends: tuple[str, ...]
    scale: int
    needs: Mapping[str, str]
    accounts: str
    months: str
    plan: str
    reading: str
    readings: tuple[str, ...]
    current_plan: str
    agreed: Agreed | None = None


class StageColumns(NamedTuple):
    """The names of the columns of the stages: what they hold, of which plan, in which reading."""

    catalogue: Catalogue
    prefix: str

    def of(self, what: str, plan: Plan | None = None, reading: str = "") -> str:
        """The name of a column; a plan stands in it by its number in the catalogue."""
        parts = [self.prefix, what]
        if plan is not None:
            parts.append(str(self.catalogue.plans.index(plan)))
        return "_".join([*parts, *([reading.replace("-", "_")] if reading else [])])
