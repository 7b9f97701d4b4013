"""Which plan as SQL: those that fit, the cheapest of them, the one that follows, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from supportcli.core.currencies import minor_digits
from supportcli.core.plan import Plan
from supportcli.needs.registry import KINDS, fit
from supportcli.sql.dialects.base import Dialect, text
from supportcli.sql.terms import UNKNOWN, Offer, StageColumns, Terms


def fits(offer: Offer, terms: Terms, plan: Plan, known_months: int) -> str:
    """Whether a row's needs are met and the plan can be taken for the row's whole term."""
    catalogue, needs = offer.catalogue, offer.needs
    constant = needs.having(need for need in needs.needs if not need.in_rows(catalogue))
    if not all(result.status.counts_as_met for result in fit(catalogue, plan, constant)):
        return "FALSE"
    found = [
        *([f"{terms.months} <= {known_months}"] if known_months < offer.horizon else []),
        *lasts(offer, terms, plan),
        *(
            test
            for kind in KINDS
            for test in kind.row_tests(catalogue, plan, constant, terms.needs.__getitem__)
        ),
    ]
    if plan.id in offer.closed:
        found.append(f"COALESCE({terms.current_plan}, '') = {text(plan.id)}")
    return " AND ".join(f"({each})" for each in found) or "TRUE"


def lasts(offer: Offer, terms: Terms, plan: Plan) -> list[str]:
    """A plan that ends within the term cannot be taken."""
    end = plan.validity.valid_to
    if end is None:
        return []
    whole = [index for index in range(offer.horizon) if offer.start.plus(index).last_day <= end]
    return [f"{terms.months} <= {len(whole)}"]


class PlanChoice:
    """The choice among plans whose columns `fits`, `term`, `first`, `pre` and `annual` are made."""

    def __init__(self, offer: Offer, terms: Terms, columns: StageColumns, dialect: Dialect) -> None:
        self.offer = offer
        self.terms = terms
        self.columns = columns
        self.dialect = dialect
        self.plans = offer.plans
        self.sure = [plan for plan in self.plans if plan.id not in offer.doubtful]
        self.by_rank = sorted(self.sure, key=lambda plan: -plan.tier)

    def stages(self, readings: Sequence[str], likely: str = "") -> list[dict[str, str]]:
        """The columns stage by stage; also the year's cost under further readings.

        With a `likely` reading also that under it, and the cost over the term.
        """
        if not self.plans:
            return [self._unpriced(readings, likely)]
        column = self.columns.of
        best, chosen, second, following = map(column, ("best", "plan", "second", "next"))
        return [
            {best: self._least_term()},
            {chosen: self._given_or(self._first_with(best))},
            {second: self._least_term(other=True)},
            {
                following: self._first_with(second, other=True),
                column("reason"): self._reason(best),
                column("monthly"): self._of("first"),
                column("prepaid"): self._of("pre"),
                column("annual"): self._of("annual"),
                **({column("list"): self._of("list")} if self.terms.agreed else {}),
                **{column("annual", None, one): self._of("annual", one) for one in readings},
                **self._more(likely),
            },
            {column("next_monthly"): self._of("first", "", following)},
        ]

    def _more(self, likely: str) -> dict[str, str]:
        """What the doubts are told by; under the likeliest reading, unless rows have no other."""
        if not likely:
            return {}
        other = "" if self.terms.readings == (likely,) else likely
        cost = self._of("term")
        if self.terms.plan != UNKNOWN:  # its price may not be known for the whole term
            cost = f"CASE WHEN {self._of('first')} IS NOT NULL THEN {cost} END"
        column = self.columns.of
        return {column("likely"): self._of("annual", other), column("cost"): cost}

    def _least_term(self, other: bool = False) -> str:
        """What the cheapest plan that fits, or the cheapest other one, costs over the term."""
        if not self.sure:
            return self.dialect.unknown(minor_digits(self.offer.currency))
        return self.dialect.least(
            f"CASE WHEN {self._fits(plan, other)} THEN {self.columns.of('term', plan)} END"
            for plan in self.sure
        )

    def _first_with(self, cost: str, other: bool = False) -> str:
        """The plan that fits at that cost; of several the one of the highest tier."""
        cases = " ".join(
            f"WHEN {self._fits(plan, other)} AND {self.columns.of('term', plan)} = {cost} "
            f"THEN {text(plan.id)}"
            for plan in self.by_rank
        )
        return f"CASE {cases} END" if cases else self.dialect.no_text

    def _fits(self, plan: Plan, other: bool = False) -> str:
        """Whether a plan fits and, where another is wanted, is not the one that was chosen."""
        fitting = self.columns.of("fits", plan)
        return f"{fitting} AND {self.columns.of('plan')} <> {text(plan.id)}" if other else fitting

    def _given_or(self, winner: str) -> str:
        given = self.terms.plan
        return winner if given == UNKNOWN else f"COALESCE({given}, {winner})"

    def _of(self, what: str, reading: str = "", chosen: str = "") -> str:
        """A figure of the plan that is chosen."""
        cases = " ".join(
            f"WHEN {text(plan.id)} THEN {self.columns.of(what, plan, reading)}"
            for plan in self.plans
        )
        return f"CASE {chosen or self.columns.of('plan')} {cases} END"

    def _reason(self, best: str) -> str:
        fitting = map(self._fits, self.sure)
        cheapest = (
            f"{self._fits(plan)} AND {self.columns.of('term', plan)} = {best}" for plan in self.sure
        )
        doubtful = " OR ".join(self._fits(p) for p in self.plans if p.id in self.offer.doubtful)
        only = (
            f"WHEN {best} IS NULL AND ({doubtful}) THEN 'only_doubtful_fits' " if doubtful else ""
        )
        given = ""
        if self.terms.plan != UNKNOWN:
            known = f"{self._of('first')} IS NOT NULL"
            given = (
                f"WHEN {self.terms.plan} IS NOT NULL AND {known} THEN 'given' "
                f"WHEN {self.terms.plan} IS NOT NULL THEN 'given_price_unknown' "
            )
        return (
            f"CASE {given}{only}WHEN {best} IS NULL THEN 'no_plan_fits' "
            f"WHEN {_count(cheapest)} > 1 THEN 'tie_higher_tier' "
            f"WHEN {_count(fitting)} > 1 THEN 'cheapest' ELSE 'only_fit' END"
        )

    def _unpriced(self, readings: Iterable[str], likely: str) -> dict[str, str]:
        """The results where no plan has a price."""
        column = self.columns.of
        unknown = self.dialect.unknown(minor_digits(self.offer.currency))
        given = self.terms.plan
        return {
            **{column(what): unknown for what in _AMOUNTS},
            **({column("list"): unknown} if self.terms.agreed else {}),
            **{column("annual", None, reading): unknown for reading in readings},
            **dict.fromkeys((column("likely"), column("cost")) if likely else (), unknown),
            column("next"): UNKNOWN,
            column("plan"): given,
            column("reason"): f"CASE WHEN {given} IS NOT NULL THEN 'given_price_unknown' "
            "ELSE 'no_plan_fits' END",
        }


_AMOUNTS = ("monthly", "prepaid", "annual", "next_monthly")


def _count(tests: Iterable[str]) -> str:
    """How many of them hold."""
    return " + ".join(f"CASE WHEN {test} THEN 1 ELSE 0 END" for test in tests) or "0"
