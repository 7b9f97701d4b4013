"""Rows whose names leave open whether they sum up others: they do where their amounts say so.

Total East is a sum where it comes to the rows above it, and a customer where it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

import duckdb

from supportcli.batch.names_above import filled
from supportcli.batch.rows import Meaning
from supportcli.errors import Message, quoted

_LEAST_ROWS = 2  # one amount that is like the one above it says nothing
_MOST_NAMED = 5
_CHUNK = 10_000
_Amounts = tuple[Decimal, ...]


class _Above:
    """What the rows above a row come to: all, those below the last sum, those of one account."""

    def __init__(self, columns: int) -> None:
        self._none = (Decimal(0),) * columns
        self._whole = self._block = self._own = self._none
        self._rows = self._since = self._of_account = 0
        self._account: object = None

    def turn_to(self, account: object) -> None:
        """The account of the row to come."""
        if account != self._account:
            self._account, self._own, self._of_account = account, self._none, 0

    def is_sum_of_account(self, amounts: _Amounts) -> bool:
        """Whether amounts, not all zero, are the sum of the account's rows, two of products."""
        return any(amounts) and self._of_account >= _LEAST_ROWS and amounts == self._own

    def is_all_of_account(self, amounts: _Amounts) -> bool:
        """The same where a word says so too: one product is enough."""
        return any(amounts) and self._of_account > 0 and amounts == self._own

    def is_sum(self, amounts: _Amounts) -> bool:
        """Whether amounts, not all zero, are the sum of at least two rows above."""
        of_block = self._since >= _LEAST_ROWS and amounts == self._block
        of_whole = self._rows >= _LEAST_ROWS and amounts == self._whole
        return any(amounts) and (of_block or of_whole)

    def add(self, amounts: _Amounts, bare: bool) -> None:
        """One more row of a customer, which may say only amounts."""
        self._whole, self._block = _plus(self._whole, amounts), _plus(self._block, amounts)
        self._own = _plus(self._own, amounts)
        self._rows, self._since = self._rows + 1, self._since + 1
        self._of_account += not bare

    def end_block(self) -> None:
        """What follows is another group."""
        self._block, self._since = self._none, 0


def refuse_sums(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> list[Message]:
    """Mark such rows in `said` as sums where they are; what is to be told of the others."""
    beside = meaning.sums_beside()
    doubtful = [*meaning.may_sum_up(), *beside]
    places = " ".join(f"WHEN {test} THEN {column.index}" for column, test in doubtful)
    called = " ".join(f"WHEN {test} THEN c{column.index}" for column, test in doubtful)
    bare = _bare(meaning)
    candidate = " OR ".join((*(test for _, test in doubtful), bare))
    [(some,)] = db.execute(
        f"SELECT count(*) FROM said WHERE code IS NULL AND ({candidate})"
    ).fetchall()
    if not some:
        return []
    shown, name = (f"CASE {cases} END" if cases else "NULL" for cases in (places, called))
    by_word = " OR ".join(test for _, test in beside) or "FALSE"
    amounts = ", ".join(f"a{at}" for at in range(len(meaning.spends)))
    query = (
        f"SELECT line, code, {shown}, {name}, account, {bare}, {by_word}, {amounts} "
        "FROM said "
        "WHERE code IS NULL OR code = 'total_row' ORDER BY line"
    )
    sums, customers = _told_apart(_fetched(db.execute(query)))
    whole = 0 if meaning.account is None else meaning.account.index
    for line, place in sums:
        db.execute(
            "UPDATE said SET code = 'total_row', place = $place WHERE line = $line",
            {"line": line, "place": whole if place is None else place},
        )
    return list(_told(customers))


def _bare(meaning: Meaning) -> str:
    """Whether a row, put together with others, says only amounts: no product, nothing carried."""
    carried = [c for c in meaning.source.columns if c.meaning is None and not c.names]
    if meaning.together is None or meaning.ask.keep_totals or not carried:
        return "FALSE"
    return f"NOT ({' OR '.join(filled(f'c{column.index}') for column in carried)})"


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while rows := cursor.fetchmany(_CHUNK):
        yield from rows


def _told_apart(
    rows: Iterator[tuple[object, ...]],
) -> tuple[list[tuple[object, object]], list[str]]:
    """The lines of sums, each with its column, and the names of those that are customers."""
    sums, customers, above = list[tuple[object, object]](), list[str](), None
    for line, code, place, name, account, bare, by_word, *spends in rows:
        above = above or _Above(len(spends))
        above.turn_to(account)
        if code is not None:
            above.end_block()
            continue
        amounts = tuple(Decimal(str(spend)) for spend in spends)
        if (
            (place is not None and above.is_sum(amounts))
            or (bare and above.is_sum_of_account(amounts))
            or (by_word and above.is_all_of_account(amounts))
        ):
            sums.append((line, place))
            above.end_block()
        else:
            above.add(amounts, bool(bare))
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
