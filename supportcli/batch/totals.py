"""What the rows of a batch come to: by group and plan, and against what they cost before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

import duckdb

from supportcli.advice.batch_summary import Gap, Group, Outcome, Shift
from supportcli.batch.results import Selection
from supportcli.batch.survey import Survey

_MOST_GAPS = 10
_CODES = "SELECT code, count(*) FROM rows WHERE code IS NOT NULL GROUP BY code ORDER BY code"


class Totals:
    """Adds up the rows that were selected, and counts those that were not."""

    def __init__(self, db: duckdb.DuckDBPyConnection, selection: Selection, survey: Survey) -> None:
        self.db = db
        self.selection = selection
        self.survey = survey

    def outcome(self, written: int, refused: Mapping[str, int], blank: int) -> Outcome:
        """The summary, and the proof that every row that was read is in one of the counts."""
        found = self._by_group()
        groups = tuple(
            Group(g, plan, n, monthly, annual, listed)
            for g, plan, n, monthly, annual, listed, *_ in found
        )
        gaps = [row[7:9] for row in found if row[7] is not None]
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
            sum((gap for gap, _ in gaps), Decimal(0)) if gaps else None,
            sum((before for _, before in gaps), Decimal(0)) if gaps else None,
            tuple(self._top()) if gaps else (),
            sum(row[6] for row in found),
            tuple(_shifts(found)),
        )

    def _by_group(self) -> list[tuple[Any, ...]]:
        query = self.selection.select(
            {
                "g": self.selection.group(),
                "plan": "a_plan",
                "monthly": "a_monthly",
                "annual": "a_annual",
                "listed": self.selection.listed(),
                "given": "a_reason LIKE 'given%'",
                "gap": self.selection.gap(),
                "before": f"CASE WHEN a_annual IS NOT NULL THEN {self.selection.before()} END",
            }
        )
        return self.db.execute(
            "SELECT g, plan, count(*), sum(monthly), sum(annual), sum(listed), "
            "count(*) FILTER (WHERE given), sum(gap), "
            "sum(CASE WHEN gap IS NOT NULL THEN before END), count(gap), "
            "count(*) FILTER (WHERE gap > 0), count(*) FILTER (WHERE gap < 0) "
            f"FROM ({query}) GROUP BY g, plan ORDER BY g, plan NULLS LAST"
        ).fetchall()

    def _codes(self) -> dict[str, int]:
        """How many rows were refused for which reason."""
        return {} if self.survey.plain else dict(self.db.execute(_CODES).fetchall())

    def _top(self) -> Iterator[Gap]:
        """The customers whose cost differs most."""
        account = self.selection.meaning.account
        query = self.selection.select(
            {
                "account": "NULL" if account is None else f"c{account.index}",
                "old": self.selection.before(),
                "new": "a_annual",
            }
        )
        found = self.db.execute(
            f"SELECT account, old, new FROM ({query}) WHERE old <> new "
            f"ORDER BY abs(new - old) DESC, account LIMIT {_MOST_GAPS}"
        )
        yield from (Gap(*row) for row in found.fetchall())


def _shifts(found: list[tuple[Any, ...]]) -> Iterator[Shift]:
    """What the change does to all, to each group and to each plan; rows are by both."""
    changed = [(row[0], row[1], *row[7:]) for row in found if row[7] is not None]
    if not changed:
        return
    yield _shift("all", None, changed)
    for group in dict.fromkeys(row[0] for row in changed if row[0] is not None):
        yield _shift("group", group, [row for row in changed if row[0] == group])
    for plan in dict.fromkeys(row[1] for row in changed):
        yield _shift("plan", plan, [row for row in changed if row[1] == plan])


def _shift(
    by: Literal["plan", "group", "all"], name: str | None, rows: list[tuple[Any, ...]]
) -> Shift:
    gap, before, customers, more, less = (sum(row[n] for row in rows) for n in range(2, 7))
    return Shift(by, name, customers, before, before + gap, more, less)
