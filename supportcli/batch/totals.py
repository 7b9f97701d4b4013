"""What the rows of a batch come to: by group and plan, and against what they cost before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

import duckdb

from supportcli.advice.batch_summary import Doubted, Ending, Gap, Group, Move, Outcome, Shift
from supportcli.batch.results import Selection
from supportcli.batch.survey import Survey
from supportcli.inputs.customers.schema import Column

_MOST_GAPS = 10
_SUMS = ("likely_difference", "likely_before", "today", "instead_of_today")
_NOTHING = frozenset({"NULL", "FALSE"})
_ADDED = (
    ("count(*)", ()),
    ("sum(monthly)", ()),
    ("sum(annual)", ()),
    ("sum(listed)", ("listed",)),
    ("count(*) FILTER (WHERE given)", ("given",)),
    ("count(*) FILTER (WHERE own)", ("own",)),
    ("sum(gap)", ("gap",)),
    ("sum(CASE WHEN gap IS NOT NULL THEN before END)", ("gap",)),
    ("count(gap)", ("gap",)),
    ("count(*) FILTER (WHERE gap > 0)", ("gap",)),
    ("count(*) FILTER (WHERE gap < 0)", ("gap",)),
    ("sum(CASE WHEN annual IS NOT NULL THEN today END)", ("today",)),
    ("sum(CASE WHEN today IS NOT NULL THEN annual END)", ("today",)),
    ("sum(likely)", ("likely",)),
    ("sum(likely - likely_before)", ("likely", "likely_before")),
    ("sum(CASE WHEN likely IS NOT NULL THEN likely_before END)", ("likely", "likely_before")),
    ("count(*) FILTER (WHERE ends)", ("ends",)),
)
"""What is added up, and of which columns; of one that says nothing there is nothing to add."""
_CODES = "SELECT code, count(*) FROM rows WHERE code IS NOT NULL GROUP BY code ORDER BY code"


class Totals:
    """Adds up the rows that were selected, and counts those that were not."""

    def __init__(self, db: duckdb.DuckDBPyConnection, selection: Selection, survey: Survey) -> None:
        self.db = db
        self.selection = selection
        self.survey = survey

    def outcome(self, written: int, refused: Mapping[str, int], blank: int) -> Outcome:
        """The summary, and the proof that every row that was read is in one of the counts."""
        rows = self._by_group()
        found = [(row[:-4], row[-4:]) for row, of_doubts, _ in rows if not of_doubts]
        groups = tuple(
            Group(g, plan, n, monthly, annual, listed, likely[0])
            for (g, plan, n, monthly, annual, listed, *_), likely in found
        )
        gaps = [row[8:10] for row, _ in found if row[8] is not None]
        likely = [likely[1:3] for _, likely in found if likely[1] is not None]
        today = [row[13:15] for row, _ in found if None not in row[13:15]]
        counted = sum(group.customers for group in groups)
        if counted != written:
            raise AssertionError(f"{written} rows written, {counted} counted")
        no_plan = sum(group.customers for group in groups if group.plan is None)
        codes = dict(Counter(self._codes()) + Counter(refused))
        return Outcome(
            self.survey.rows + sum(refused.values()) + blank,
            written - no_plan,
            no_plan,
            sum(codes.values()),
            blank,
            codes,
            groups,
            *_summed(gaps),
            tuple(self._top()) if gaps else (),
            sum(row[6] for row, _ in found),
            tuple(_shifts([row for row, _ in found], self.selection.ask.group_by is not None)),
            steps=self.selection.steps(),
            doubts=_doubts((row, told) for row, of_doubts, told in rows if of_doubts),
            added=self._added(),
            moves=tuple(self._moves()),
            own_reading=sum(row[7] for row, _ in found),
            ending=self._ending(row for row, of_doubts, _ in rows if not of_doubts),
            current_ending=tuple(self._current_ending()),
            **dict(zip(_SUMS, (*_summed(likely), *_summed(today)), strict=True)),
        )

    def _by_group(self) -> list[tuple[tuple[Any, ...], bool, str | None]]:
        """The sums by group and plan, the counts by plan and what is doubted, in one pass."""
        columns = {
            "g": self.selection.group(),
            "plan": "a_plan",
            "monthly": "a_monthly",
            "annual": "a_annual",
            "listed": self.selection.listed(),
            "given": self.selection.given(),
            "own": self.selection.own_reading(),
            "gap": self.selection.gap(),
            "before": f"CASE WHEN a_annual IS NOT NULL THEN {self.selection.before()} END",
            "today": self.selection.today(),
            "likely": self.selection.likely(),
            "likely_before": self.selection.likely_before(),
            "ends": self.selection.ends(),
            "doubts": "a_doubts",
        }
        made = [
            (f"{words} AS n{at}", f"sum(n{at})")
            if _NOTHING.isdisjoint(map(columns.get, of))
            else ("", "0" if words.startswith("count") else "NULL")
            for at, (words, of) in enumerate(_ADDED)
        ]
        each = ", ".join(inner for inner, _ in made if inner)
        whole = ", ".join(outer for _, outer in made)
        # Added up by all three first: rows are put into groups once, groups are few.
        found = self.db.execute(
            f"SELECT g, plan, {whole}, grouping(g) = 1, doubts FROM ("
            f"SELECT g, plan, doubts, {each} FROM ({self.selection.select(columns)}) "
            "GROUP BY g, plan, doubts) "
            "GROUP BY GROUPING SETS ((g, plan), (plan, doubts)) ORDER BY g, plan NULLS LAST"
        ).fetchall()
        return [(row[:-2], row[-2], row[-1]) for row in found]

    def _ending(self, rows: Iterable[tuple[Any, ...]]) -> tuple[Ending, ...]:
        """How many have which plan that ends within their term."""
        counted: Counter[str] = Counter()
        for _, plan, *_, ends in rows:
            counted.update({plan: ends} if ends else {})
        catalogue = self.selection.ask.same.rules.catalogue
        days = {plan.id: plan.validity.valid_to for plan in catalogue.plans}
        return tuple(
            Ending(plan, day, count) for plan, count in counted.items() if (day := days[plan])
        )

    def _current_ending(self) -> Iterator[Ending]:
        """How many have which plan today whose last day is known."""
        catalogue, current = self.selection.ask.same.rules.catalogue, self.selection.current()
        days = {plan.id: day for plan in catalogue.plans if (day := plan.validity.valid_to)}
        if not days or current == "NULL":
            return
        query = self.selection.select({"plan": current})
        found = self.db.execute(
            f"SELECT plan, count(*) FROM ({query}) WHERE plan IS NOT NULL GROUP BY plan"
        )
        counted = dict(found.fetchall())
        yield from (Ending(plan, days[plan], counted[plan]) for plan in days if plan in counted)

    def _added(self) -> int:
        """How many rows were put together with another."""
        if self.selection.meaning.together is None:
            return 0
        [(more,)] = self.db.execute("SELECT sum(len(lines) - 1) FROM customers").fetchall()
        return int(more)

    def _moves(self) -> Iterator[Move]:
        """The plans that customers leave and take by other rules; most customers first."""
        if self.selection.ask.against is None:
            return
        query = self.selection.select(
            {"old": "b_plan", "new": "a_plan", "gap": "a_annual - b_annual", "before": "b_annual"}
        )
        found = self.db.execute(
            "SELECT old, new, count(*) AS customers, "
            "sum(CASE WHEN gap IS NOT NULL THEN before END), sum(before + gap) "
            f"FROM ({query}) WHERE old IS DISTINCT FROM new "
            "GROUP BY old, new ORDER BY customers DESC, old, new"
        )
        yield from (Move(*row) for row in found.fetchall())

    def _codes(self) -> dict[str, int]:
        """How many rows were refused for which reason."""
        return {} if self.survey.plain else dict(self.db.execute(_CODES).fetchall())

    def _top(self) -> Iterator[Gap]:
        """The customers whose cost differs most."""
        meaning = self.selection.meaning
        query = self.selection.select(
            {
                "account": _text_of(meaning.account),
                "customer": _text_of(meaning.customer),
                "old": self.selection.before(),
                "new": "a_annual",
            }
        )
        found = self.db.execute(
            f"SELECT account, old, new, customer FROM ({query}) WHERE old <> new "
            f"ORDER BY abs(new - old) DESC, account LIMIT {_MOST_GAPS}"
        )
        yield from (Gap(*row) for row in found.fetchall())


def _summed(pairs: list[tuple[Decimal, Decimal]]) -> tuple[Decimal | None, Decimal | None]:
    """The sums of the first and of the second ones; None where there are none."""
    if not pairs:
        return None, None
    first, second = zip(*pairs, strict=True)
    return sum(first, Decimal(0)), sum(second, Decimal(0))


def _text_of(column: Column | None) -> str:
    return "NULL" if column is None else f"c{column.index}"


def _shifts(found: list[tuple[Any, ...]], grouped: bool) -> Iterator[Shift]:
    """What the change does to all, to each group (None: no group), each plan; rows are by both."""
    changed = [(row[0], row[1], *row[8:]) for row in found if row[8] is not None]
    if not changed:
        return
    yield _shift("all", None, changed)
    for group in dict.fromkeys(row[0] for row in changed if grouped):
        yield _shift("group", group, [row for row in changed if row[0] == group])
    for plan in dict.fromkeys(row[1] for row in changed):
        yield _shift("plan", plan, [row for row in changed if row[1] == plan])


def _shift(
    by: Literal["plan", "group", "all"], name: str | None, rows: list[tuple[Any, ...]]
) -> Shift:
    gap, before, customers, more, less = (sum(row[n] for row in rows) for n in range(2, 7))
    return Shift(by, name, customers, before, before + gap, more, less)


def _doubts(rows: Iterable[tuple[tuple[Any, ...], str | None]]) -> tuple[Doubted, ...]:
    """How many customers of each plan have each doubt; the most frequent of a plan first."""
    counts: Counter[tuple[str | None, str]] = Counter()
    for (_, plan, customers, *_), told in rows:
        for code in (told or "").split():
            counts[plan, code] += customers
    found = [Doubted(plan, code, number) for (plan, code), number in counts.items()]
    return tuple(
        sorted(found, key=lambda one: (one.plan is None, one.plan or "", -one.customers, one.code))
    )
