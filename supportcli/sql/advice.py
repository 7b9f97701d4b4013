"""The fees and the advice as SQL text, stage by stage: what `advise` says, for every row.

With `costs` and `choice` the only place that writes the rules of plans as SQL.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from supportcli.record import NamedTuple
from supportcli.sql.choice import PlanChoice, fits
from supportcli.sql.costs import CostStages, PlanCosts
from supportcli.sql.dialects.base import Dialect
from supportcli.sql.doubts import PlanDoubts
from supportcli.sql.terms import Offer, StageColumns, Terms


class ResultColumn(NamedTuple):
    """A column of the stages that comes out, and what it holds."""

    kind: Literal["id", "amount", "yes_no"]
    words: str


class AdviceStages:
    """The advice of an offer for rows that say their terms, as stages of columns.

    Column names begin with the prefix.
    """

    def __init__(self, offer: Offer, terms: Terms, prefix: str, dialect: Dialect) -> None:
        self.offer = offer
        self.terms = terms
        self.dialect = dialect
        self.plans = offer.plans
        self.columns = StageColumns(offer.catalogue, prefix)

    def stages(self, readings: Sequence[str] = (), *, doubts: bool = True) -> list[dict[str, str]]:
        """The columns stage by stage; also the year's cost under further readings.

        With `doubts` also what the answer rests on.
        """
        costs = PlanCosts(self.offer, self.terms, self.columns, self.dialect)
        choice = PlanChoice(self.offer, self.terms, self.columns, self.dialect)
        made = CostStages.empty()
        likely = self.offer.catalogue.likeliest_reading if doubts else ""
        others = [*readings, likely] if likely and self.terms.readings != (likely,) else readings
        known = {plan.id: costs.known_months(plan) for plan in self.plans}
        for plan in self.plans:
            for reading in dict.fromkeys(("", *others)):
                costs.add(plan, reading, made)
            fitting = fits(self.offer, self.terms, plan, known[plan.id])
            made.sums[self.columns.of("fits", plan)] = fitting
        stages = [*made, *choice.stages(readings, likely)]
        if doubts:
            resting = PlanDoubts(self.offer, self.terms, self.columns, self.dialect, known)
            stages += resting.stages()
        return [stage for stage in stages if stage]

    # What comes out, by the names of the results

    def chosen(self) -> dict[str, ResultColumn]:
        """The plan that is advised, what it costs, and the one that follows."""
        column = self.columns.of
        found = {
            "plan": ResultColumn("id", column("plan")),
            "monthly_fee": ResultColumn("amount", column("monthly")),
            "prepaid": ResultColumn("amount", column("prepaid")),
            "postpaid": ResultColumn("amount", f"{column('monthly')} - {column('prepaid')}"),
            "annual_cost": ResultColumn("amount", column("annual")),
            "next_plan": ResultColumn("id", column("next")),
            "next_monthly_fee": ResultColumn("amount", column("next_monthly")),
        }
        return {self._name(name, each.kind): each for name, each in found.items()}

    def listed(self) -> dict[str, ResultColumn]:
        """The year's list price beside what is to be paid, where a discount or tax was agreed."""
        if self.terms.agreed is None:
            return {}
        column = ResultColumn("amount", self.columns.of("list"))
        return {self._name("annual_list", column.kind): column}

    def resting(self) -> dict[str, ResultColumn]:
        """What the year is under the likeliest reading, and what the answer rests on."""
        column = self.columns.of
        found = {
            "likely_annual_cost": ResultColumn("amount", column("likely")),
            "doubts": ResultColumn("id", column("doubts")),
            "ask_first": ResultColumn("id", column("ask")),
        }
        return {self._name(name, each.kind): each for name, each in found.items()}

    def of_every_plan(self, taken: Collection[str]) -> dict[str, ResultColumn]:
        """Whether each plan fits and what it costs; a plan may be called `next` or `current`."""
        column = self.columns.of
        found: dict[str, ResultColumn] = {}
        for plan in self.plans:
            for what, each in (
                ("fits", ResultColumn("yes_no", column("fits", plan))),
                ("monthly_fee", ResultColumn("amount", column("first", plan))),
                ("annual_cost", ResultColumn("amount", column("annual", plan))),
            ):
                usual = self._name(f"{plan.id}_{what}", each.kind)
                found[f"plan_{usual}" if usual in taken else usual] = each
        return found

    def _name(self, usual: str, kind: str) -> str:
        return self.dialect.amount_name(usual) if kind == "amount" else usual
