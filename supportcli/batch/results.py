"""The queries of a batch: the rows that are not refused, their advice, what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from supportcli.advice.rules import Rules
from supportcli.batch.request import Ask
from supportcli.batch.rows import Meaning
from supportcli.batch.spreadsheet import guarded, guarded_cell
from supportcli.batch.values import Word
from supportcli.sql.advice import AdviceStages
from supportcli.sql.dialects.base import text
from supportcli.sql.dialects.duckdb import DUCKDB
from supportcli.sql.terms import Offer, Terms

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


class Selection:
    """Queries over the rows with the advice for each."""

    def __init__(self, ask: Ask, meaning: Meaning, rows: Rows) -> None:
        self.ask = ask
        self.meaning = meaning
        self.rows, self.plain, self.scale, self.words = rows

    def group(self) -> str:
        """The column whose values the sums are for; NULL where there is none."""
        column = next((c for c in self.meaning.source.columns if c.name == self.ask.group_by), None)
        return "NULL" if column is None else f"c{column.index}"

    def listed(self) -> str:
        """The year's list price; NULL where no discount or tax was agreed."""
        return "a_list" if self._terms().agreed else "NULL"

    def before(self) -> str:
        """What a year cost by the older rules, else with today's plan; NULL where nobody says."""
        if self.ask.against is not None:
            return "b_annual"
        return self._current() or "NULL"

    def gap(self) -> str:
        """What a year costs more than before."""
        before = self.before()
        return "NULL" if before == "NULL" else f"a_annual - {before}"

    def _current(self) -> str | None:
        """What the plan that a customer has costs a year."""
        advice, current = self._advice(), self._terms().current_plan
        if current == "NULL" or not advice.plans:
            return None
        cases = " ".join(
            f"WHEN {text(plan.id)} THEN {advice.columns.of('annual', plan)}"
            for plan in advice.plans
        )
        return f"(CASE {current} {cases} END)"

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
        for advice, more in ((self._advice(), readings), (against, ())):
            for stage in advice.stages(more) if advice else ():
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
        """The input's own columns, then the results."""
        results = self._results()
        if form == "ndjson":
            results = {one: f"CAST({words} AS VARCHAR)" for one, words in results.items()}
        own = {}
        for column in self.meaning.source.columns:
            shown = guarded(column.name) if self.ask.excel else column.name
            while shown in results or shown in own:
                shown = f"input_{shown}"
            cell = f"c{column.index}"
            own[shown] = guarded_cell(cell) if self.ask.excel else cell
        return {**own, **results}

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
            every = advice.of_every_plan(found)
            found |= {name: each.words for name, each in every.items()}
        return found
