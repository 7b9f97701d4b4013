"""The queries of a batch: the rows that are not refused, their advice, what is made of it."""

from __future__ import annotations

from collections.abc import Container, Mapping

from supportcli.advice.rules import BOUNDS, SPENDS, Rules
from supportcli.batch.labels import Labels
from supportcli.batch.names_above import filled
from supportcli.batch.request import Ask
from supportcli.batch.rows import Meaning
from supportcli.batch.spreadsheet import guarded_cell, guarded_number
from supportcli.batch.values import Word
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.unit_titles import out_title
from supportcli.outputs.document.pages import PageKind
from supportcli.outputs.formats.spreadsheet import guarded
from supportcli.record import NamedTuple
from supportcli.sql.advice import AdviceStages
from supportcli.sql.choice import lasts
from supportcli.sql.dialects.base import text
from supportcli.sql.dialects.duckdb import DUCKDB
from supportcli.sql.terms import UNKNOWN, Offer, Terms

_LINE = "supportcli line"


class Rows(NamedTuple):
    """Where the rows are: a relation whose spends have so many decimals.

    `plain` where none is refused and they are in the order of the file already; else each has a
    `line` and, where it is refused, a `code`.
    """

    relation: str
    plain: bool
    scale: int
    words: Mapping[str, list[Word]]


class OutColumn(NamedTuple):
    """A column of OUT: its title and its SQL.

    `result` is the name of a column of results; `kind` says how one of the input is shown.
    """

    title: str
    sql: str
    result: str | None = None
    kind: PageKind = "kept"


class Selection:
    """Queries over the rows with the advice for each."""

    def __init__(
        self, ask: Ask, meaning: Meaning, rows: Rows, labels: Labels | None = None
    ) -> None:
        self.ask = ask
        self.labels = labels
        self.meaning = meaning
        self.rows, self.plain, self.scale, self.words = rows

    def group(self) -> str:
        """The column whose values the sums are for; NULL where there is none and in blank cells."""
        column = next((c for c in self.meaning.source.columns if c.name == self.ask.group_by), None)
        if column is None:
            return "NULL"
        cell = f"c{column.index}"
        return f"CASE WHEN {filled(cell)} THEN {cell} END"

    def listed(self) -> str:
        """The year's list price; NULL where no discount or tax was agreed."""
        return "a_list" if self._terms().agreed else "NULL"

    def given(self) -> str:
        """Whether a row names its plan."""
        return "FALSE" if self._terms().plan == UNKNOWN else "a_reason LIKE 'given%'"

    def own_reading(self) -> str:
        """Whether a row names another reading than that of all."""
        if "reading" not in self.meaning.typed:
            return "FALSE"
        return f"{self._terms().reading} <> {text(self.ask.same.rules.reading)}"

    def steps(self) -> tuple[str, ...]:
        """What lies between the list price and what is to be paid: discount, tax."""
        agreed = self._terms().agreed
        return agreed.steps if agreed else ()

    def before(self) -> str:
        """What a year cost by the older rules, else with today's plan; NULL where nobody says."""
        if self.ask.against is not None:
            return "b_annual"
        return self._current() or "NULL"

    def today(self) -> str:
        """What a year costs with today's plan where `before` is of older rules; NULL elsewhere."""
        return "NULL" if self.ask.against is None else self._current() or "NULL"

    def gap(self) -> str:
        """What a year costs more than before."""
        before = self.before()
        return "NULL" if before == "NULL" else f"a_annual - {before}"

    def likely(self) -> str:
        """The year under the likeliest reading; NULL where a reading was named."""
        return "NULL" if self.ask.one_reading else "a_likely"

    def likely_before(self) -> str:
        """What a year costs with today's plan under that reading; NULL where nobody says."""
        if self.ask.against is not None or self.ask.one_reading:
            return "NULL"
        likely = self.ask.same.rules.catalogue.likeliest_reading
        return self._current("" if self._terms().readings == (likely,) else likely) or "NULL"

    def _current(self, reading: str = "") -> str | None:
        """What the plan that a customer has costs a year, where it can be had for the term.

        Under the reading of the row, or another.
        """
        advice, terms = self._advice(), self._terms()
        if terms.current_plan == "NULL" or not advice.plans:
            return None
        cases = " ".join(
            f"WHEN {' AND '.join([had, *lasts(advice.offer, terms, plan)])} "
            f"THEN {advice.columns.of('annual', plan, reading)}"
            for plan in advice.plans
            for had in [f"{terms.current_plan} = {text(plan.id)}"]
        )
        return f"(CASE {cases} END)"

    def current(self) -> str:
        """The plan that a customer has today; NULL where nobody says."""
        return self._terms().current_plan

    def ends(self) -> str:
        """Whether a row names a plan with a price that ends within its term."""
        offer, terms = self._advice().offer, self._terms()
        short = [
            f"(a_plan = {text(plan.id)} AND NOT ({' AND '.join(whole)}))"
            for plan in offer.plans
            if (whole := lasts(offer, terms, plan))
        ]
        return f"a_reason = 'given' AND ({' OR '.join(short)})" if short else "FALSE"

    def _terms(self) -> Terms:
        return self.meaning.terms(self.scale, self.words)

    def _stages(self, rules: Rules, terms: Terms, prefix: str) -> AdviceStages:
        said = (w.values[0] for w in self.words.get("months", ()) if w.code is None)
        longest = max([self.ask.same.months, *(int(str(months)) for months in said)])
        return AdviceStages(Offer.of(rules, self.ask.same, longest), terms, prefix, DUCKDB)

    def _advice(self) -> AdviceStages:
        return self._stages(self.ask.same.rules, self._terms(), "a")

    def _against(self) -> AdviceStages | None:
        if self.ask.against is None:
            return None
        rules = self.ask.against
        terms = self._terms()
        known = {reading.id for reading in rules.catalogue.readings}
        if rules.reading != self.ask.same.rules.reading:
            terms = terms._replace(reading=text(rules.reading), readings=(rules.reading,))
        elif not known.issuperset(terms.readings):
            readings = tuple(reading for reading in terms.readings if reading in known)
            known_ones = ", ".join(map(text, readings))
            reading = (
                f"CASE WHEN {terms.reading} IN ({known_ones}) "
                f"THEN {terms.reading} ELSE {text(rules.reading)} END"
            )
            terms = terms._replace(reading=reading, readings=readings)
        return self._stages(rules, terms, "b")

    def select(self, outputs: Mapping[str, str]) -> str:
        """The rows that are not refused, stage by stage, down to the columns that are wanted."""
        readings = self._other_readings()
        query = f"SELECT * FROM {self.rows}"
        if not self.plain:
            query += " WHERE code IS NULL"
        against = self._against()
        stages = self._advice().stages(readings)
        if against is not None:
            stages += against.stages(doubts=False)
        for stage in stages:
            added = ", ".join(f"{words} AS {column}" for column, words in stage.items())
            query = f"SELECT *, {added} FROM ({query})"
        wanted = ", ".join(f"{words} AS {DUCKDB.name(column)}" for column, words in outputs.items())
        return f"SELECT {wanted} FROM ({query})"

    def ordered(self, outputs: Mapping[str, str]) -> str:
        """The same in the order of the file; rows that need no interpreting are in it already."""
        if self.plain:
            return self.select(outputs)
        lined, line = self.select({**outputs, _LINE: "line"}), DUCKDB.name(_LINE)
        return f"SELECT * EXCLUDE ({line}) FROM ({lined}) ORDER BY {line}"

    def _other_readings(self) -> tuple[str, ...]:
        every = tuple(reading.id for reading in self.ask.same.rules.catalogue.readings)
        return every if self.ask.all_readings else ()

    def outputs(self, form: str) -> dict[str, str]:
        """The titles of the columns of OUT and their SQL."""
        texts = form == "ndjson"
        return {
            column.title: f"CAST({column.sql} AS VARCHAR)"
            if texts and column.result
            else column.sql
            for column in self.columns(form)
        }

    def columns(self, form: str) -> list[OutColumn]:
        """The input's own columns, then the results."""
        results: dict[str, OutColumn] = {}
        for result, words in self._results().items():
            column = self._labelled(result, words)
            while column.title in results:
                column = column._replace(title=f"{column.title} ({result})")
            results[column.title] = column
        excel = self.ask.excel and form != "xlsx"  # whose texts are never formulas
        titles = self._own_titles(results, excel)
        shown = self._shown if form == "xlsx" else self._own
        own = [shown(titles[each.index], each) for each in self.meaning.source.columns]
        return [*own, *results.values()]

    def _own_titles(self, results: Container[str], excel: bool) -> dict[int, str]:
        """The title of each of the input's columns; first choice has one that means something."""
        titles: dict[str, int] = {}
        for each in sorted(self.meaning.source.columns, key=lambda column: column.meaning is None):
            title = out_title(each, self.ask.same.rules.catalogue.currency)
            title = guarded(title) if excel else title
            while title in results or title in titles:
                title = f"input_{title}"
            titles[title] = each.index
        return {index: title for title, index in titles.items()}

    def _own(self, title: str, column: Column) -> OutColumn:
        """A column of the input, its texts as they are; OUT does not say a decimal comma."""
        cell = f"c{column.index}"
        if self.ask.decimal == "comma" and column in self.meaning.spends:
            cell = self._digits(column)
        if not self.ask.excel:
            return OutColumn(title, cell)
        number = column.meaning in (*SPENDS, *BOUNDS)
        return OutColumn(title, guarded_number(cell) if number else guarded_cell(cell))

    def _shown(self, title: str, column: Column) -> OutColumn:
        """The same for a sheet: amounts as they were understood, in units of their column."""
        if column in self.meaning.spends:
            if column.factor == 1 and not self.meaning.source.units:
                return OutColumn(title, f"a{self.meaning.spends.index(column)}", kind="money")
            return OutColumn(title, self._digits(column), kind="number")
        kind: PageKind = "count" if column.meaning in BOUNDS else "kept"
        return OutColumn(title, f"c{column.index}", kind=kind)

    def _digits(self, column: Column) -> str:
        amount = f"a{self.meaning.spends.index(column)}"
        return self.meaning.digits(column, amount, self.scale)

    def _labelled(self, result: str, words: str) -> OutColumn:
        """A column of results, with names for ids where they are wanted."""
        if self.labels is None:
            return OutColumn(result, words, result=result)
        named = self.labels.named(result, words)
        return OutColumn(self.labels.title(result), named, result=result)

    def _results(self) -> dict[str, str]:
        advice = self._advice()
        found = {name: each.words for name, each in advice.chosen().items()}
        found |= {"reason_code": "a_reason", "reading": self._terms().reading}
        found |= {name: each.words for name, each in advice.listed().items()}
        for reading in self._other_readings():
            found[f"annual_cost_{reading}"] = advice.columns.of("annual", None, reading)
        current = self._current()
        if current is not None:
            found["current_annual_cost"] = current
            found["current_difference"] = f"a_annual - {current}"
        if self.ask.against is not None:
            found |= {
                "old_plan": "b_plan",
                "old_monthly_fee": "b_monthly",
                "old_annual_cost": "b_annual",
                "annual_difference": "a_annual - b_annual",
            }
        if self.ask.all_plans:
            every = advice.of_every_plan({**found, **advice.resting()})
            found |= {name: each.words for name, each in every.items()}
        return found | {name: each.words for name, each in advice.resting().items()}
