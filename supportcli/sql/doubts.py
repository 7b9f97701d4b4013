"""What an answer rests on as SQL: the doubts about the plan, and which plan to ask about first.

The codes of a need come from where `advise` has them: the plan is held against every need that it
stands to in a way of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from supportcli.advice.doubts import ASK_FIRST, ASK_RENEWAL, READING, codes_of, contested
from supportcli.core.plan import Plan
from supportcli.needs.registry import KINDS, fit
from supportcli.record import NamedTuple
from supportcli.sql.choice import fits, lasts
from supportcli.sql.dialects.base import Dialect, text
from supportcli.sql.terms import UNKNOWN, Offer, StageColumns, Terms

_NEVER, _ALWAYS = "FALSE", "TRUE"


class _Question(NamedTuple):
    """A plan to ask about, and when; with its cost over the term where that is known."""

    plan: Plan
    when: str
    cost: str | None


class PlanDoubts:
    """Columns about the chosen plan, whose columns `plan`, `cost`, `annual`, `likely` are made.

    `known` tells for how many months of the horizon the price of a plan is known.
    """

    def __init__(
        self,
        offer: Offer,
        terms: Terms,
        columns: StageColumns,
        dialect: Dialect,
        known: Mapping[str, int],
    ) -> None:
        self.offer = offer
        self.terms = terms
        self.columns = columns
        self.dialect = dialect
        self.known = known

    def stages(self) -> list[dict[str, str]]:
        """The columns `doubts` and `ask`, stage by stage."""
        column = self.columns.of
        worth, apart = list(self._worth_asking()), list(self._sold_apart())
        found = [*worth, *apart]
        first = {column(f"worth{n}"): each.when for n, each in enumerate(found)}
        found = [each._replace(when=column(f"worth{n}")) for n, each in enumerate(found)]
        worth, apart = found[: len(worth)], found[len(worth) :]
        asked = [*(each._replace(when=self._unless_mine(each)) for each in worth), *apart]
        costs = [f"CASE WHEN {each.when} THEN {each.cost} END" for each in asked if each.cost]
        least = {column("least"): self.dialect.least(costs)} if costs else {}
        last = {column("doubts"): self._doubts(asked, worth), column("ask"): self._first(asked)}
        return [stage for stage in (first, least, last) if stage]

    # Which plans to ask about

    def _worth_asking(self) -> Iterator[_Question]:
        for plan in self.offer.catalogue.plans:
            known = self.known.get(plan.id, 0)
            if plan.lacking:
                continue
            if known and plan.id in self.offer.doubtful:
                cost = self.columns.of("term", plan)
                less = self._less(cost)
                yield _Question(plan, self._when([self.columns.of("fits", plan)], less), cost)
            if known < self.offer.horizon:
                tests = [fits(self.offer, self.terms, plan, self.offer.horizon)]
                yield _Question(plan, self._unpriced(plan, known, tests), None)

    def _sold_apart(self) -> Iterator[_Question]:
        """Those that would do with what is sold beside them, at a price that is not known."""
        for plan in self.offer.catalogue.plans:
            whole, known = plan.with_sold_apart(), self.known.get(plan.id, 0)
            if plan.lacking or whole == plan:
                continue
            offered = self.offer, self.terms
            tests = [
                f"NOT ({fits(*offered, plan, self.offer.horizon)})",
                fits(*offered, whole, self.offer.horizon),
            ]
            its = f"{self.columns.of('plan')} = {text(plan.id)}"
            if known:
                less = self._less(self.columns.of("term", plan))
                lasting = f"{self.terms.months} <= {known}"
                yield _Question(plan, self._when([*tests, lasting], f"{its} OR {less}"), None)
            if known < self.offer.horizon:
                yield _Question(plan, self._unpriced(plan, known, tests, its), None)

    def _unpriced(self, plan: Plan, known: int, tests: Sequence[str], its: str = _NEVER) -> str:
        """Where no price is known for a row's term: of a lower tier than one that costs money.

        With `its` also where that is so.
        """
        if known:
            tests = [*tests, f"{self.terms.months} > {known}"]
        higher = [text(other.id) for other in self.offer.plans if other.tier > plan.tier]
        if not higher:
            return self._when(tests, its)
        among = f"{self.columns.of('plan')} IN ({', '.join(higher)})"
        return self._when(tests, f"{its} OR {among} AND {self.columns.of('cost')} <> 0")

    def _less(self, cost: str) -> str:
        """Whether it is less over the term than the chosen plan, which does not end within it."""
        chosen = self.columns.of("plan")
        ending = (
            f" AND NOT ({chosen} = {text(plan.id)} AND NOT ({' AND '.join(lasting)}))"
            for plan in self.offer.plans
            if (lasting := lasts(self.offer, self.terms, plan))
        )
        return f"{cost} < {self.columns.of('cost')}{''.join(ending)}"

    def _when(self, tests: Sequence[str], better: str) -> str:
        """The tests, and what is better than the chosen plan, if one is."""
        found = (*tests, f"{self.columns.of('plan')} IS NULL OR ({better})")
        return f"COALESCE({' AND '.join(f'({each})' for each in found)}, FALSE)"

    def _mine(self, plan: Plan) -> str:
        """Whether it is the plan that the customer has."""
        current = self.terms.current_plan
        return _NEVER if current == UNKNOWN else f"COALESCE({current}, '') = {text(plan.id)}"

    def _unless_mine(self, question: _Question) -> str:
        mine = self._mine(question.plan)
        return question.when if mine == _NEVER else f"{question.when} AND NOT {mine}"

    def _first(self, asked: Sequence[_Question]) -> str:
        """The cheapest of those with a price, else the first of those without one."""
        least = self.columns.of("least")
        priced = [
            (f"{each.when} AND {each.cost} = {least}", each.plan) for each in asked if each.cost
        ]
        cases = [*priced, *((each.when, each.plan) for each in asked if not each.cost)]
        words = " ".join(f"WHEN {when} THEN {text(plan.id)}" for when, plan in cases)
        return f"CASE {words} END" if words else self.dialect.no_text

    # The codes

    def _doubts(self, asked: Sequence[_Question], worth: Sequence[_Question]) -> str:
        """Every code that holds, in the order of the list, blanks between them."""
        column, chosen = self.columns.of, self.columns.of("plan")
        resting = [
            f"WHEN {text(plan.id)} THEN {_joined(codes)}"
            for plan in self.offer.catalogue.plans
            if (codes := self._resting(plan))
        ]
        parts = [f"CASE {chosen} {' '.join(resting)} ELSE '' END"] if resting else []
        found: dict[str, list[str]] = {}
        for kind, questions in ((ASK_FIRST, asked), (ASK_RENEWAL, self._renewals(worth))):
            for plan in self.offer.catalogue.plans:
                found[f"{kind}:{plan.id}"] = [q.when for q in questions if q.plan is plan]
        for plan in self.offer.catalogue.plans:
            if plan.availability is not None:
                mine, own = self._mine(plan), f"{chosen} = {text(plan.id)}"
                found[f"{ASK_FIRST}:{plan.id}"].append(f"{own} AND NOT {mine}")
                if mine != _NEVER:
                    found[f"{ASK_RENEWAL}:{plan.id}"].append(f"{own} AND {mine}")
        found[READING] = [f"{column('annual')} <> {column('likely')}"]
        parts += [_joined({code: whens}) for code, whens in found.items() if whens]
        return f"NULLIF(TRIM({' || '.join(parts)}), '')"

    def _renewals(self, worth: Sequence[_Question]) -> list[_Question]:
        """The plan that a customer has, where its sale is in doubt."""
        return [
            each._replace(when=f"{each.when} AND {mine}")
            for each in worth
            if each.plan.id in self.offer.doubtful and (mine := self._mine(each.plan)) != _NEVER
        ]

    def _resting(self, plan: Plan) -> dict[str, list[str]]:
        """The codes of what meeting a row's needs rests on for a plan, each with its tests."""
        catalogue, needs = self.offer.catalogue, self.offer.needs
        constant = needs.having(need for need in needs.needs if not need.in_rows(catalogue))
        codes = (*codes_of(plan, fit(catalogue, plan, constant)), *contested(catalogue, plan))
        found = {code: [_ALWAYS] for code in codes}
        for kind in KINDS:
            cell = self.terms.needs.__getitem__
            for case in kind.row_cases(catalogue, plan, constant, cell):
                result = case.held_against(catalogue, plan, constant)
                if case.when == _NEVER or result is None:
                    continue
                for code in codes_of(plan, [result]):
                    found.setdefault(code, []).append(case.when)
        return dict(sorted(found.items()))  # assumptions, contradictions, limits


def _joined(codes: Mapping[str, Iterable[str]]) -> str:
    """The codes of which one of the tests holds, each with a blank before it."""
    parts = (
        f"CASE WHEN {' OR '.join(f'({when})' for when in whens)} THEN {text(f' {code}')} "
        "ELSE '' END"
        for code, whens in codes.items()
    )
    return " || ".join(parts)
