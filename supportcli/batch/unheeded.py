"""Columns that are only carried and whose texts say what would change the answer stop a run.

They say what the amounts beside them are in, or what the customer needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import duckdb

from supportcli.batch.asked import asked
from supportcli.batch.names_above import filled
from supportcli.batch.relation import relation
from supportcli.batch.rows import Meaning
from supportcli.batch.values import words_of
from supportcli.errors import Message, Problem, UsageError
from supportcli.inputs.customers.date_ranges import range_said
from supportcli.inputs.customers.doubts import not_used
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.spans import begins_and_ends
from supportcli.inputs.customers.unheeded import Beside, may_say, of_other_span, unheeded
from supportcli.inputs.customers.unread import (
    are_available,
    available,
    like_need,
    says_agreement,
    says_wish,
    tells_need,
    wish_in,
)
from supportcli.inputs.values.names import leaves_open
from supportcli.inputs.values.spend import is_missing

_SOME = 200
_MOST_TEXTS = 1000


def refuse_unheeded(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> Iterator[Message]:
    """Look at the first rows, and where those of a column say it, at all of its texts.

    What they say of amounts goes behind what the user said, and that is told.

    Raises:
        RaggedError: the engine cannot split the file into its columns.
        UsageError: what a column says changes an amount, and it is not to be ignored.
    """
    said = dict(_of_amounts(db, meaning))
    needs = [Problem("", message) for message in _needs(db, meaning)]
    if meaning.known.unit is None:
        needs = [*(Problem("", message) for message in said.values()), *needs]
    if needs:
        raise UsageError(needs)
    if said:
        yield not_used(said)
    for column in _agreements(meaning):
        if are_available(_commonest(db, meaning, column)):
            yield available(column.name)


def _of_amounts(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> Iterator[tuple[str, Message]]:
    """The names of columns that say what changes an amount, and their refusals."""
    columns = meaning.source.columns
    meant = frozenset(column.meaning for column in columns)
    free = _free(meaning)
    beside = Beside(meaning.known, meant, frozenset(column.name for column in free))
    for column, texts in _suspected(db, meaning, beside):
        message = unheeded(column.name, texts, beside)
        if message is not None:
            yield column.name, message
    if not beside.monthly:
        yield from _ranges(db, meaning)


def _ranges(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> Iterator[tuple[str, Message]]:
    """Two columns that say where the time of each row begins and ends, and it is no month."""
    places = {column.name: f"CAST(c{column.index} AS VARCHAR)" for column in _free(meaning)}
    for first, last in begins_and_ends(places):
        cells = f"{places[first]}, {places[last]}"
        query = (
            f"SELECT DISTINCT {cells} FROM {relation(meaning.source, None)} "
            f"WHERE {places[first]} <> {places[last]} AND ({_spent(meaning)}) LIMIT {_MOST_TEXTS}"
        )
        found = (range_said(f"{begin} ~ {end}") for begin, end in asked(db, query))
        said = next(filter(None, found), None)
        if said is not None:
            yield last, of_other_span(last, said.text, meaning.known)


def _free(meaning: Meaning) -> list[Column]:
    return [column for column in meaning.source.columns if column.carried and column.free]


def _spent(meaning: Meaning) -> str:
    """Whether a row has a spend; else it may be a note."""
    return " OR ".join(filled(f"c{column.index}") for column in meaning.spends)


def _needs(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> Iterator[Message]:
    """A refusal for each column with a name like a need, and texts that may say it."""
    meant = frozenset(column.meaning or "" for column in meaning.source.columns)
    for column in meaning.source.columns:
        if column.name == meaning.ask.group_by:
            continue
        if column.like is None:
            wish = _wish(db, meaning, column, meant)
            if wish is not None:
                yield like_need(column.name, wish)
            continue
        texts = _commonest(db, meaning, column)
        if says_agreement(column.name):
            if texts and not are_available(texts):
                yield like_need(column.name, column.like)
            continue
        words = (words_of(meaning.kinds[kind], texts) for kind in (column.like, "plan"))
        read = any(word.code is None for each in words for word in each)
        if read or any(map(tells_need, texts)):
            yield like_need(column.name, column.like)


def _agreements(meaning: Meaning) -> list[Column]:
    """The columns that only an agreement is said to be in."""
    columns = meaning.source.columns
    return [column for column in columns if column.like and says_agreement(column.name)]


def _wish(
    db: duckdb.DuckDBPyConnection, meaning: Meaning, column: Column, meant: frozenset[str]
) -> str | None:
    """The need that a carried column says in its texts alone, none that another column means."""
    if not (column.carried and column.free and says_wish(column.name)):
        return None
    return wish_in(_commonest(db, meaning, column), meant)


def _commonest(db: duckdb.DuckDBPyConnection, meaning: Meaning, column: Column) -> list[str]:
    """The texts of a column that say something, the commonest first."""
    cell = f"c{column.index}"
    query = (
        f"SELECT {cell} FROM {relation(meaning.source, None)} WHERE {filled(cell)} "
        f"GROUP BY {cell} ORDER BY count(*) DESC, {cell} LIMIT {_MOST_TEXTS}"
    )
    return [text for (text,) in asked(db, query) if not leaves_open(text)]


def _suspected(
    db: duckdb.DuckDBPyConnection, meaning: Meaning, beside: Beside
) -> Iterator[tuple[Column, list[str]]]:
    source = meaning.source
    free = _free(meaning)
    if not free:
        return
    cells = ", ".join(f"c{column.index}" for column in free)
    spent = _spent(meaning)
    rows = asked(db, f"SELECT {cells} FROM {relation(source, None)} WHERE {spent} LIMIT {_SOME}")
    samples = {column: _texts({row[at] for row in rows}) for at, column in enumerate(free)}
    late = [column for column, texts in samples.items() if all(map(is_missing, texts))]
    if late and len(rows) == _SOME:
        samples |= _further(db, meaning, late)
    for column, texts in samples.items():
        if may_say(column.name, texts, beside):
            every = f"{relation(source, None)} WHERE {spent}"
            query = f"SELECT DISTINCT c{column.index} FROM {every}"
            yield column, _texts(text for (text,) in asked(db, query))


def _further(
    db: duckdb.DuckDBPyConnection, meaning: Meaning, columns: Sequence[Column]
) -> dict[Column, list[str]]:
    """The first and the last text, by their letters, of columns that begin with blank cells."""
    cells = [f"c{column.index}" for column in columns]
    ends = ", ".join(
        f"{end}({cell}) FILTER (WHERE {filled(cell)})" for cell in cells for end in ("min", "max")
    )
    [found] = asked(db, f"SELECT {ends} FROM {relation(meaning.source, None)}")
    return {column: _texts(found[2 * at : 2 * at + 2]) for at, column in enumerate(columns)}


def _texts(found: Iterable[str | None]) -> list[str]:
    return [text for text in found if text is not None]
