"""Rows whose names leave open whether they sum up others: they do where their amounts say so.

Total East is a sum where it comes to the rows above it, and a customer where it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

import duckdb

from supportcli.batch.names_above import filled
from supportcli.batch.rows import Meaning
from supportcli.batch.running_sums import LEAST_ROWS, RowAmounts, SumsAbove
from supportcli.batch.unnumbered import some_may_sum_up, unnumbered
from supportcli.errors import Message, quoted
from supportcli.record import NamedTuple

_LEAST_NAMES = 3  # of a list without numbers, two may come to a third by chance
_MOST_NAMED = 5
_CHUNK = 10_000
_PARTS = (
    "(SELECT * FROM (SELECT *, count(*) FILTER (WHERE code = 'total_row') OVER (ORDER BY line) "
    "AS part FROM said) WHERE code IS NULL)"
)


def refuse_sums(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> list[Message]:
    """Mark such rows in `said` as sums where they are; what is to be told of the others."""
    beside = meaning.sums_beside()
    doubtful = [*meaning.may_sum_up(), *beside]
    places = " ".join(f"WHEN {test} THEN {column.index}" for column, test in doubtful)
    called = " ".join(f"WHEN {test} THEN c{column.index}" for column, test in doubtful)
    bare, unnamed = _bare(meaning), unnumbered(meaning)
    candidate = " OR ".join((*(test for _, test in doubtful), bare))
    [(some,)] = db.execute(
        f"SELECT count(*) FROM said WHERE code IS NULL AND ({candidate})"
    ).fetchall()
    amounts = [f"a{at}" for at in range(len(meaning.spends))]
    if not some and not db.execute(some_may_sum_up(_PARTS, unnamed, amounts)).fetchall()[0][0]:
        return []
    shown, name = (f"CASE {cases} END" if cases else "NULL" for cases in (places, called))
    by_word = " OR ".join(test for _, test in beside) or "FALSE"
    watched = (
        "SELECT account FROM said WHERE code IS NULL GROUP BY account "
        f"HAVING bool_or({bare} OR {by_word}) AND count(*) FILTER (WHERE NOT ({bare})) > 1"
    )
    query = (
        f"SELECT line, code, {shown}, {name}, CASE WHEN account IN ({watched}) THEN account END, "
        f"{bare}, {by_word}, CASE WHEN {unnamed} THEN account END, {', '.join(amounts)} "
        "FROM said "
        "WHERE code IS NULL OR code = 'total_row' ORDER BY line"
    )
    others = _others(db, by_word, amounts) if beside else {}
    least = _least(db, unnamed)
    found = _told_apart(_fetched(db.execute(query)), SumsAbove(len(amounts), others), least)
    whole = 0 if meaning.account is None else meaning.account.index
    db.execute(
        "UPDATE said SET code = 'total_row', place = sums.place "
        "FROM (SELECT unnest($lines) AS line, unnest($places) AS place) sums "
        "WHERE said.line = sums.line",
        {
            "lines": [line for line, _ in found.sums],
            "places": [whole if place is None else place for _, place in found.sums],
        },
    )
    return [*_told(found.customers, meaning.together is not None), *_by_chance(found.like_sums)]


def _least(db: duckdb.DuckDBPyConnection, unnamed: str) -> int:
    """How many rows a name must sum up to be no customer: fewer where others have numbers."""
    query = (
        f"SELECT count(*) FROM said WHERE code IS NULL AND account IS NOT NULL AND NOT {unnamed}"
    )
    [(numbers,)] = db.execute(query).fetchall()
    return LEAST_ROWS if numbers else _LEAST_NAMES


def _others(
    db: duckdb.DuckDBPyConnection, by_word: str, amounts: Sequence[str]
) -> dict[object, RowAmounts]:
    """What the other rows of each account come to that has one called a sum."""
    query = (
        f"SELECT account, {', '.join(f'sum({each})' for each in amounts)} FROM said "
        f"WHERE code IS NULL AND NOT ({by_word}) AND account IN "
        f"(SELECT account FROM said WHERE code IS NULL AND ({by_word})) GROUP BY account"
    )
    return {account: exact(sums) for account, *sums in _fetched(db.execute(query))}


def _bare(meaning: Meaning) -> str:
    """Whether a row, put together with others, says only amounts: no product, nothing carried."""
    carried = [column for column in meaning.source.columns if column.carried]
    if meaning.together is None or meaning.ask.keep_totals or not carried:
        return "FALSE"
    return f"NOT ({' OR '.join(filled(f'c{column.index}') for column in carried)})"


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while rows := cursor.fetchmany(_CHUNK):
        yield from rows


class _SumsFound(NamedTuple):
    """The lines of sums, each with its column, and the names of customers that may be sums.

    Those `like_sums` are by their amounts alone.
    """

    sums: list[tuple[object, object]]
    customers: list[str]
    like_sums: list[str]


def _told_apart(rows: Iterator[tuple[object, ...]], above: SumsAbove, least: int) -> _SumsFound:
    """Which rows are sums; one that only has a name, if they are of `least` rows."""
    found = _SumsFound([], [], [])
    for line, code, place, name, account, bare, by_word, unnamed, *spends in rows:
        if code is not None:
            above.end_block()
            continue
        amounts = exact(spends)
        if (
            (place is not None and above.is_sum(amounts))
            or (bare and above.is_sum_of_account(account, amounts))
            or (by_word and above.is_all_of_account(account, amounts))
            or (unnamed and above.is_sum_of_unlike(amounts, least))
        ):
            found.sums.append((line, place))
            above.end_block(account)
            continue
        if place is not None:
            found.customers.append(str(name))
        elif unnamed and above.is_sum_of_unlike(amounts, LEAST_ROWS):
            found.like_sums.append(str(unnamed))
        above.add(account, amounts, bool(bare))
    return found


def _told(names: Sequence[str], together: bool) -> Iterator[Message]:
    if not names:
        return
    shown = _shown(names)
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


def _by_chance(names: Sequence[str]) -> Iterator[Message]:
    if names:
        yield Message(
            "rows taken as customers whose amounts are the sum of the rows above: {count} "
            "({names}); leave them out if they sum up others",
            count=len(names),
            names=_shown(names),
        )


def _shown(names: Sequence[str]) -> tuple[str, ...]:
    different = tuple(map(quoted, islice(dict.fromkeys(names), _MOST_NAMED)))
    return different if len(set(names)) <= _MOST_NAMED else (*different, "...")


def exact(spends: Iterable[object]) -> RowAmounts:
    """What the engine gave as amounts."""
    return tuple(Decimal(str(spend)) for spend in spends)
