"""Rows whose names leave open whether they sum up others: they do where their amounts say so.

Total East is a sum where it comes to the rows above it, and a customer where it does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class _Sums:
    """What rows come to: all of them, and those below the last sum; the bare ones do not count."""

    def __init__(self, columns: int) -> None:
        self._none = (Decimal(0),) * columns
        self._whole = self._block = self._none
        self._rows = self._since = 0

    def come_to(self, amounts: _Amounts, rows: int) -> bool:
        """Whether amounts, not all zero, are the sum of so many rows at least."""
        of_block = self._since >= rows and amounts == self._block
        of_whole = self._rows >= rows and amounts == self._whole
        return any(amounts) and (of_block or of_whole)

    def add(self, amounts: _Amounts, bare: bool = False) -> None:
        """One more row of a customer, which may say only amounts."""
        self._whole, self._block = _plus(self._whole, amounts), _plus(self._block, amounts)
        self._rows, self._since = self._rows + (not bare), self._since + (not bare)

    def end_block(self) -> None:
        """What follows is another group."""
        self._block, self._since = self._none, 0


class _Above:
    """What the rows above a row come to, and those of one account, of accounts that may have sums.

    `others` is what the rows of an account come to that no word calls a sum, wherever they stand.
    """

    def __init__(self, columns: int, others: Mapping[object, _Amounts]) -> None:
        self._every = _Sums(columns)
        self._of: dict[object, _Sums] = defaultdict(lambda: _Sums(columns))
        self._others = others

    def is_sum(self, amounts: _Amounts) -> bool:
        """Whether amounts are the sum of at least two rows above."""
        return self._every.come_to(amounts, _LEAST_ROWS)

    def is_sum_of_account(self, account: object, amounts: _Amounts) -> bool:
        """Whether amounts are the sum of the account's rows above, two of products."""
        return self._of[account].come_to(amounts, _LEAST_ROWS)

    def is_all_of_account(self, account: object, amounts: _Amounts) -> bool:
        """Whether a word is right that says so: one product is enough, below it too."""
        of_all = any(amounts) and amounts == self._others.get(account)
        return of_all or self._of[account].come_to(amounts, 1)

    def add(self, account: object, amounts: _Amounts, bare: bool) -> None:
        """One more row of a customer; the account None is none that may have sums."""
        self._every.add(amounts)
        if account is not None:
            self._of[account].add(amounts, bare)

    def end_block(self, account: object = None) -> None:
        """What follows is another group, also of the account whose sum this was."""
        self._every.end_block()
        if account is not None:
            self._of[account].end_block()


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
    amounts = [f"a{at}" for at in range(len(meaning.spends))]
    watched = (
        "SELECT account FROM said WHERE code IS NULL GROUP BY account "
        f"HAVING bool_or({bare} OR {by_word}) AND count(*) FILTER (WHERE NOT ({bare})) > 1"
    )
    query = (
        f"SELECT line, code, {shown}, {name}, CASE WHEN account IN ({watched}) THEN account END, "
        f"{bare}, {by_word}, {', '.join(amounts)} "
        "FROM said "
        "WHERE code IS NULL OR code = 'total_row' ORDER BY line"
    )
    others = _others(db, by_word, amounts) if beside else {}
    sums, customers = _told_apart(_fetched(db.execute(query)), _Above(len(amounts), others))
    whole = 0 if meaning.account is None else meaning.account.index
    db.execute(
        "UPDATE said SET code = 'total_row', place = sums.place "
        "FROM (SELECT unnest($lines) AS line, unnest($places) AS place) sums "
        "WHERE said.line = sums.line",
        {
            "lines": [line for line, _ in sums],
            "places": [whole if place is None else place for _, place in sums],
        },
    )
    return list(_told(customers, meaning.together is not None))


def _others(
    db: duckdb.DuckDBPyConnection, by_word: str, amounts: Sequence[str]
) -> dict[object, _Amounts]:
    """What the other rows of each account come to that has one called a sum."""
    query = (
        f"SELECT account, {', '.join(f'sum({each})' for each in amounts)} FROM said "
        f"WHERE code IS NULL AND NOT ({by_word}) AND account IN "
        f"(SELECT account FROM said WHERE code IS NULL AND ({by_word})) GROUP BY account"
    )
    return {account: _exact(sums) for account, *sums in _fetched(db.execute(query))}


def _bare(meaning: Meaning) -> str:
    """Whether a row, put together with others, says only amounts: no product, nothing carried."""
    carried = [column for column in meaning.source.columns if column.carried]
    if meaning.together is None or meaning.ask.keep_totals or not carried:
        return "FALSE"
    return f"NOT ({' OR '.join(filled(f'c{column.index}') for column in carried)})"


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while rows := cursor.fetchmany(_CHUNK):
        yield from rows


def _told_apart(
    rows: Iterator[tuple[object, ...]], above: _Above
) -> tuple[list[tuple[object, object]], list[str]]:
    """The lines of sums, each with its column, and the names of those that are customers."""
    sums, customers = list[tuple[object, object]](), list[str]()
    for line, code, place, name, account, bare, by_word, *spends in rows:
        if code is not None:
            above.end_block()
            continue
        amounts = _exact(spends)
        if (
            (place is not None and above.is_sum(amounts))
            or (bare and above.is_sum_of_account(account, amounts))
            or (by_word and above.is_all_of_account(account, amounts))
        ):
            sums.append((line, place))
            above.end_block(account)
        else:
            above.add(account, amounts, bool(bare))
            if place is not None:
                customers.append(str(name))
    return sums, customers


def _told(names: Sequence[str], together: bool) -> Iterator[Message]:
    if not names:
        return
    different = tuple(map(quoted, islice(dict.fromkeys(names), _MOST_NAMED)))
    shown = different if len(set(names)) <= _MOST_NAMED else (*different, "...")
    if together:
        yield Message(
            "rows added to their customer's that may say that they sum up others, which their "
            "amounts do not: {count} ({names}); leave them out if they do",
            count=len(names),
            names=shown,
        )
    else:
        yield Message(
            "rows taken as customers whose names may say that they sum up others, which their "
            "amounts do not: {count} ({names}); leave them out if they do",
            count=len(names),
            names=shown,
        )


def _exact(spends: Iterable[object]) -> _Amounts:
    return tuple(Decimal(str(spend)) for spend in spends)


def _plus(one: _Amounts, other: _Amounts) -> _Amounts:
    return tuple(a + b for a, b in zip(one, other, strict=True))
