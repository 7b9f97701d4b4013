"""The fees and the advice as SQL text, made from the segments that `advise` evaluates.

The only place that writes SQL. Plain CASE, ROUND, LEAST and decimal literals; nothing is divided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from itertools import groupby, takewhile
from typing import NamedTuple

from supportcli.advice.quote import is_pooled, priced_throughout, rules_by_month
from supportcli.advice.rules import Rules
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.catalogue import Catalogue
from supportcli.core.currencies import minor_digits
from supportcli.core.period import Month
from supportcli.core.piecewise import PiecewiseLinear, plus
from supportcli.core.plan import MONTHS, Fee, Plan
from supportcli.needs.registry import KINDS, Needs, fit
from supportcli.sql.dialects.base import Dialect, text
from supportcli.sql.dialects.duckdb import DUCKDB

UNKNOWN = "NULL"


class Book(NamedTuple):
    """What all rows share: the plans in force with their extras counted in, the start, the needs.

    `needs` hold what is the same for every row; those that rows may say themselves are not looked
    at. `closed` are the plans that only who has them may keep;
    `horizon` is the longest term of a row in months, at least 12.
    """

    catalogue: Catalogue
    start: Month
    needs: Needs
    closed: frozenset[str]
    horizon: int = MONTHS

    @classmethod
    def of(cls, rules: Rules, start: Month, needs: Needs, horizon: int) -> Book:
        """With prices only where they are known for the whole year from the start."""
        usage = Usage.level(None, start)
        plans = tuple(priced_throughout(plan, usage) for plan in rules.catalogue.plans)
        return cls(rules.catalogue._replace(plans=plans), start, needs, rules.closed, horizon)

    @property
    def currency(self) -> str:
        """Of all amounts."""
        return self.catalogue.currency


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


def plan_column(plan: Plan, what: str, taken: Collection[str]) -> str:
    """The name of a plan's column of results; a plan may be called `next` or `current`."""
    usual = f"{plan.id}_{what}"
    return f"plan_{usual}" if usual in taken else usual


class AdviceStages:
    """The advice of a book for rows that say their terms, as stages of columns.

    Column names begin with the prefix; results are `plan`, `monthly`, `prepaid`, `annual`, `next`,
    `next_monthly`, `reason`, and by plan `annual_of`, `monthly_of`, `fits`.
    """

    def __init__(self, book: Book, terms: Terms, prefix: str, dialect: Dialect = DUCKDB) -> None:
        self.dialect = dialect
        self.book = book
        self.terms = terms
        self.prefix = prefix
        self.plans = [plan for plan in book.catalogue.plans if plan.priced]
        self.by_rank = sorted(self.plans, key=lambda plan: -plan.tier)
        self.digits = minor_digits(book.currency)

    def column(self, what: str, plan: Plan | None = None, reading: str = "") -> str:
        """The name of a column of the stages."""
        parts = [self.prefix, what]
        if plan is not None:
            parts.append(str(self.book.catalogue.plans.index(plan)))
        return "_".join([*parts, *([reading.replace("-", "_")] if reading else [])])

    def stages(self, readings: Iterable[str] = ()) -> list[dict[str, str]]:
        """The columns stage by stage; also the year's cost under further readings."""
        fees: dict[str, str] = {}
        sums: dict[str, str] = {}
        for plan in self.plans:
            self._priced(plan, "", fees, sums)
            for reading in readings:
                self._priced(plan, reading, fees, sums)
            sums[self.column("fits", plan)] = self._fits(plan)
        return [stage for stage in (fees, sums, *self._chosen(readings)) if stage]

    # What a plan costs

    def _priced(self, plan: Plan, reading: str, fees: dict[str, str], sums: dict[str, str]) -> None:
        """Each distinct month's rounded fee, then the sums over a year and over the term."""
        pieces = self._pieces(plan, reading)
        year, term = [], []
        for index, piece in enumerate(pieces):
            known = self.column(f"m{index}", plan, reading)
            fees[known] = self._month(plan, piece.total, piece.spend)
            year.append((known, str(min(piece.end, MONTHS) - min(piece.start, MONTHS))))
            term.append((known, self._months_within(piece)))
            if piece.begins_year:
                more = self.column(f"y{index}", plan, reading)
                whole = self._month(plan, _raised(piece.total, piece.yearly), piece.spend)
                fees[more] = f"{whole} - {fees[known]}"
                year.append((more, "1" if piece.start == 0 else "0"))
                term.append((more, self._years_within(piece)))
        first = pieces[0]
        month = self._month(plan, _raised(first.total, first.yearly), first.spend)
        fees[self.column("first", plan, reading)] = self._if_known(plan, month)
        fees[self.column("pre", plan, reading)] = self._if_known(plan, self._prepaid(plan, first))
        sums[self.column("annual", plan, reading)] = self._if_known(plan, _sum(year))
        if not reading:
            sums[self.column("term", plan)] = _sum(term)

    def _prepaid(self, plan: Plan, first: _Piece) -> str:
        """The part of the first month charged first; unknown where the reading does not say it."""
        if not first.prepaid:
            return self.dialect.unknown(self.digits)
        words = self._month(plan, _raised(first.prepaid, first.yearly_prepaid), first.spend)
        if len(first.prepaid) == len(first.total):
            return words
        stated = ", ".join(map(text, first.prepaid))
        return f"CASE WHEN {self.terms.reading} IN ({stated}) THEN {words} END"

    def _rules(self, plan: Plan) -> list[Mapping[str, Fee]]:
        """The fees of each month of the horizon, up to the first whose price is unknown."""
        months = tuple(
            MonthSpend(self.book.start.plus(index), None) for index in range(self.book.horizon)
        )
        numbers = {each.extra.quantity: each.number for each in plan.counted}
        usage = Usage(months, {name: number for name, number in numbers.items() if name})
        rules = rules_by_month(plan, usage)
        return [fees for fees in takewhile(bool, (rule.fees for rule in rules)) if fees]

    def _if_known(self, plan: Plan, words: str) -> str:
        """A figure, where the price of every month of a row's term is known."""
        known = len(self._rules(plan))
        if known == self.book.horizon:
            return words
        return f"CASE WHEN {self.terms.months} <= {known} THEN {words} END"

    def _pieces(self, plan: Plan, reading: str) -> list[_Piece]:
        """The runs of months of one spend under one rule."""
        rules, spends = self._rules(plan), self.terms.spends
        wanted = (reading,) if reading else self.terms.readings
        runs = groupby(range(len(rules)), key=lambda i: (min(i, len(spends) - 1), rules[i]))
        pieces = []
        for (spend, fees), run in runs:
            indexes = list(run)
            chosen = {one: fees[one] for one in wanted}
            stated = {one: part.prepaid for one, part in chosen.items()}
            some = next(iter(chosen.values()))
            pieces.append(
                _Piece(
                    spends[spend],
                    {one: part.total for one, part in chosen.items()},
                    {one: part for one, part in stated.items() if part is not None},
                    some.yearly,
                    some.yearly_prepaid,
                    indexes[0],
                    indexes[-1] + 1,
                )
            )
        return pieces

    def _month(self, plan: Plan, by_reading: Mapping[str, PiecewiseLinear], spend: str) -> str:
        """A month's fee of all accounts, rounded; by the row's reading if that matters."""
        accounts, pooled, scale = self.terms.accounts, is_pooled(plan), self.terms.scale
        several = self.dialect.times(spend, scale, accounts)
        at = f"({several})" if pooled and accounts != "1" else spend
        texts = {
            one: self.dialect.fee(each, at, scale, self.book.currency)
            for one, each in by_reading.items()
        }
        rounded = next(iter(texts.values()))
        if len(set(texts.values())) > 1:
            cases = " ".join(f"WHEN {text(one)} THEN {each}" for one, each in texts.items())
            rounded = f"CASE {self.terms.reading} {cases} END"
        if accounts == "1":
            return rounded
        if pooled:
            return self.dialect.wide(rounded, self.digits)
        return self.dialect.times(rounded, self.digits, accounts)

    def _months_within(self, piece: _Piece) -> str:
        """How many months of a run lie within a row's term."""
        months, start, end = self.terms.months, piece.start, piece.end
        if months.isdigit():
            return str(max(min(int(months), end) - start, 0))
        if start == 0 and end == self.book.horizon:
            return months
        return self.dialect.larger(f"{self.dialect.smaller(months, str(end))} - {start}", "0")

    def _years_within(self, piece: _Piece) -> str:
        """How many years of a row's term begin in a run."""
        begins = [i for i in range(0, self.book.horizon, MONTHS) if piece.start <= i < piece.end]
        months = self.terms.months
        if months.isdigit():
            return str(sum(int(months) > begin for begin in begins))
        counted = (f"CASE WHEN {months} > {begin} THEN 1 ELSE 0 END" for begin in begins)
        return f"({' + '.join(counted)})"

    # Which plan

    def _fits(self, plan: Plan) -> str:
        """Whether a row's needs are met and the plan can be taken."""
        catalogue, terms = self.book.catalogue, self.terms
        needs = self.book.needs
        constant = needs.having(need for need in needs.needs if not need.in_rows(catalogue))
        if not all(result.status.counts_as_met for result in fit(catalogue, plan, constant)):
            return "FALSE"
        known = len(self._rules(plan))
        found = [
            *([f"{terms.months} <= {known}"] if known < self.book.horizon else []),
            *self._lasts(plan),
            *(
                test
                for kind in KINDS
                for test in kind.row_tests(catalogue, plan, constant, terms.needs.__getitem__)
            ),
        ]
        if plan.id in self.book.closed:
            found.append(f"COALESCE({terms.current_plan}, '') = {text(plan.id)}")
        return " AND ".join(f"({each})" for each in found) or "TRUE"

    def _lasts(self, plan: Plan) -> list[str]:
        """A plan that ends within the term cannot be taken."""
        end = plan.validity.valid_to
        if end is None:
            return []
        months = [
            index
            for index in range(self.book.horizon)
            if self.book.start.plus(index).last_day <= end
        ]
        return [f"{self.terms.months} <= {len(months)}"]

    def _chosen(self, readings: Iterable[str]) -> list[dict[str, str]]:
        if not self.plans:
            return [self._unpriced(readings)]
        costs = {
            plan.id: f"CASE WHEN {self.column('fits', plan)} THEN {self.column('term', plan)} END"
            for plan in self.plans
        }
        best, chosen = self.column("best"), self.column("plan")
        fits = [self.column("fits", plan) for plan in self.plans]
        term = {plan.id: self.column("term", plan) for plan in self.plans}
        winner = " ".join(
            f"WHEN {self.column('fits', plan)} AND {term[plan.id]} = {best} THEN {text(plan.id)}"
            for plan in self.by_rank
        )
        given = self.terms.plan
        pick = f"CASE {winner} END" if given == UNKNOWN else f"COALESCE({given}, CASE {winner} END)"
        second = self.column("second")
        others = [
            f"CASE WHEN {self.column('fits', plan)} AND {chosen} <> {text(plan.id)} "
            f"THEN {term[plan.id]} END"
            for plan in self.plans
        ]
        following = " ".join(
            f"WHEN {self.column('fits', plan)} AND {chosen} <> {text(plan.id)} "
            f"AND {term[plan.id]} = {second} THEN {text(plan.id)}"
            for plan in self.by_rank
        )
        return [
            {best: self.dialect.least(costs.values())},
            {chosen: pick},
            {second: self.dialect.least(others)},
            {
                self.column("next"): f"CASE {following} END",
                self.column("reason"): self._reason(best, fits, term),
                self.column("monthly"): self._of("first"),
                self.column("prepaid"): self._of("pre"),
                self.column("annual"): self._of("annual"),
                **{
                    self.column("annual", None, reading): self._of("annual", reading)
                    for reading in readings
                },
            },
            {self.column("next_monthly"): self._of("first", "", self.column("next"))},
        ]

    def _unpriced(self, readings: Iterable[str]) -> dict[str, str]:
        """The results where no plan has a price."""
        given, unknown = self.terms.plan, self.dialect.unknown(self.digits)
        return {
            **{self.column(what): unknown for what in _AMOUNTS},
            **{self.column("annual", None, reading): unknown for reading in readings},
            self.column("next"): UNKNOWN,
            self.column("plan"): given,
            self.column("reason"): f"CASE WHEN {given} IS NOT NULL THEN 'given_price_unknown' "
            "ELSE 'no_plan_fits' END",
        }

    def _of(self, what: str, reading: str = "", chosen: str = "") -> str:
        """A figure of the plan that is chosen."""
        cases = " ".join(
            f"WHEN {text(plan.id)} THEN {self.column(what, plan, reading)}" for plan in self.plans
        )
        return f"CASE {chosen or self.column('plan')} {cases} END"

    def _reason(self, best: str, fits: list[str], term: Mapping[str, str]) -> str:
        count = " + ".join(f"CASE WHEN {one} THEN 1 ELSE 0 END" for one in fits)
        tied = " + ".join(
            f"CASE WHEN {self.column('fits', plan)} AND {term[plan.id]} = {best} THEN 1 ELSE 0 END"
            for plan in self.plans
        )
        given = ""
        if self.terms.plan != UNKNOWN:
            known = f"{self._of('first')} IS NOT NULL"
            given = (
                f"WHEN {self.terms.plan} IS NOT NULL AND {known} THEN 'given' "
                f"WHEN {self.terms.plan} IS NOT NULL THEN 'given_price_unknown' "
            )
        return (
            f"CASE {given}WHEN {best} IS NULL THEN 'no_plan_fits' "
            f"WHEN {tied} > 1 THEN 'tie_higher_tier' "
            f"WHEN {count} > 1 THEN 'cheapest' ELSE 'only_fit' END"
        )


_AMOUNTS = ("monthly", "prepaid", "annual", "next_monthly")


class _Piece(NamedTuple):
    """Months, from one index up to another, of one spend under one rule."""

    spend: str
    total: Mapping[str, PiecewiseLinear]
    prepaid: Mapping[str, PiecewiseLinear]
    yearly: Fraction
    yearly_prepaid: Fraction
    start: int
    end: int

    @property
    def begins_year(self) -> bool:
        """Whether a year's charge is due in one of the months."""
        return bool(self.yearly) and -(-self.start // MONTHS) * MONTHS < self.end


def _raised(fees: Mapping[str, PiecewiseLinear], amount: Fraction) -> Mapping[str, PiecewiseLinear]:
    """The fees with a constant on top."""
    return {one: plus(each, PiecewiseLinear.line(amount)) for one, each in fees.items()}


def _sum(parts: Iterable[tuple[str, str]]) -> str:
    """So many times each column."""
    terms = [
        column if count == "1" else f"{column} * {count}" for column, count in parts if count != "0"
    ]
    return " + ".join(terms)
