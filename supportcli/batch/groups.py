"""Rows that sum up those below them: groups of a pivot table, a company above its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from supportcli.batch.rows import Meaning
from supportcli.batch.running_sums import LEAST_ROWS, RowAmounts
from supportcli.batch.sums_above import exact
from supportcli.batch.unnumbered import is_part, is_pivot
from supportcli.record import NamedTuple

_MOST_BELOW = 10_000


class _Unit(NamedTuple):
    """A row, or a group of them, and whether its name is set in."""

    amounts: RowAmounts
    part: bool


def refuse_groups(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> None:
    """Mark the rows of groups in `said` as sums, where their amounts are."""
    pivot = is_pivot(meaning) and not meaning.ask.keep_totals
    part = is_part(meaning)
    [(some,)] = db.execute(f"SELECT count(*) FROM said WHERE {part}").fetchall()
    if meaning.account is None or not (pivot or some):
        return
    amounts = ", ".join(f"a{at}" for at in range(len(meaning.spends)))
    rows = db.execute(
        f"SELECT line, {part}, {amounts} FROM said WHERE code IS NULL ORDER BY line DESC"
    ).fetchall()
    db.execute(
        "UPDATE said SET code = 'total_row', place = $place WHERE line IN (SELECT unnest($lines))",
        {"lines": list(_groups(rows, pivot)), "place": meaning.account.index},
    )


def _groups(rows: Sequence[tuple[int, bool, object]], pivot: bool) -> Iterator[int]:
    """The lines of groups, from the last row to the first one."""
    below: list[_Unit] = []
    for line, part, *spends in rows:
        amounts = exact(spends)
        count = _parts(amounts, below, all_rows=pivot, part=part)
        if count:
            yield line
            del below[-count:]
        below.append(_Unit(amounts, part))


def _parts(amounts: RowAmounts, below: Sequence[_Unit], all_rows: bool, part: bool) -> int:
    """How many units below a row come to its amounts; 0 where no two or more of them do."""
    sums = [0 * each for each in amounts]
    for count, unit in enumerate(reversed(below[-_MOST_BELOW:]), 1):
        if not (all_rows or (unit.part and not part)):
            break
        sums = [a + b for a, b in zip(sums, unit.amounts, strict=True)]
        if count >= LEAST_ROWS and tuple(sums) == amounts and any(amounts):
            return count
        if any(a > b for a, b in zip(sums, amounts, strict=True)):
            break
    return 0
