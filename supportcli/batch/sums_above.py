"""Rows whose names leave open whether they sum up others: they do where their amounts say so.

Total East is a sum where it comes to the rows above it, and a customer where it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

import duckdb

from supportcli.batch.rows import Meaning
from supportcli.errors import Message, quoted

_LEAST_ROWS = 2  # one amount that is like the one above it says nothing
_MOST_NAMED = 5
_CHUNK = 10_000
_Amounts = tuple[Decimal, ...]


class _Above:
    """What the customers above a row come to: all of them, and those below the last sum."""

    def __init__(self, columns: int) -> None:
        self._whole = self._block = (Decimal(0),) * columns
        self._rows = self._since = 0

    def is_sum(self, amounts: _Amounts) -> bool:
        """Whether amounts, not all zero, are the sum of at least two rows above."""
        of_block = self._since >= _LEAST_ROWS and amounts == self._block
        of_whole = self._rows >= _LEAST_ROWS and amounts == self._whole
        return any(amounts) and (of_block or of_whole)

    def add(self, amounts: _Amounts) -> None:
        """One more customer."""
        self._whole, self._block = _plus(self._whole, amounts), _plus(self._block, amounts)
        self._rows, self._since = self._rows + 1, self._since + 1

    def end_block(self) -> None:
        """What follows is another group."""
        self._block, self._since = (Decimal(0),) * len(self._block), 0


def refuse_sums(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> list[Message]:
    """Mark such rows in `said` as sums where they are; what is to be told of the others."""
    doubtful = meaning.may_sum_up()
    places = " ".join(f"WHEN {test} THEN {column.index}" for column, test in doubtful)
    called = " ".join(f"WHEN {test} THEN c{column.index}" for column, test in doubtful)
    candidate = " OR ".join(test for _, test in doubtful) or "FALSE"
    [(some,)] = db.execute(
        f"SELECT count(*) FROM said WHERE code IS NULL AND ({candidate})"
    ).fetchall()
    if not some:
        return []
    amounts = ", ".join(f"a{at}" for at in range(len(meaning.spends)))
    query = (
        f"SELECT line, code, CASE {places} END, CASE {called} END, {amounts} FROM said "
        "WHERE code IS NULL OR code = 'total_row' ORDER BY line"
    )
    sums, customers = _told_apart(_fetched(db.execute(query)))
    for line, place in sums:
        db.execute(
            "UPDATE said SET code = 'total_row', place = $place WHERE line = $line",
            {"line": line, "place": place},
        )
    return list(_told(customers))


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while rows := cursor.fetchmany(_CHUNK):
        yield from rows


def _told_apart(
    rows: Iterator[tuple[object, ...]],
) -> tuple[list[tuple[object, object]], list[str]]:
    """The lines of sums, each with its column, and the names of those that are customers."""
    sums, customers, above = list[tuple[object, object]](), list[str](), None
    for line, code, place, name, *spends in rows:
        above = above or _Above(len(spends))
        if code is not None:
            above.end_block()
            continue
        amounts = tuple(Decimal(str(spend)) for spend in spends)
        if place is not None and above.is_sum(amounts):
            sums.append((line, place))
            above.end_block()
        else:
            above.add(amounts)
            if place is not None:
                customers.append(str(name))
    return sums, customers


def _told(names: Sequence[str]) -> Iterator[Message]:
    if names:
        shown = tuple(map(quoted, islice(dict.fromkeys(names), _MOST_NAMED)))
        yield Message(
            "rows taken as customers whose names may say that they sum up others, which their "
            "amounts do not: {count} ({names}); leave them out if they do",
            count=len(names),
            names=shown if len(set(names)) <= _MOST_NAMED else (*shown, "..."),
        )


def _plus(one: _Amounts, other: _Amounts) -> _Amounts:
    return tuple(a + b for a, b in zip(one, other, strict=True))
