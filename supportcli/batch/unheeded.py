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
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.unheeded import may_say, unheeded
from supportcli.inputs.customers.unread import like_need, tells_need
from supportcli.inputs.values.names import leaves_open
from supportcli.inputs.values.spend import is_missing

_SOME = 200
_MOST_TEXTS = 1000


def refuse_unheeded(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> None:
    """Look at the first rows, and where those of a column say it, at all of its texts.

    Raises:
        RaggedError: the engine cannot split the file into its columns.
        UsageError: what a column says changes an amount, and it is not to be ignored.
    """
    currency = meaning.ask.same.rules.catalogue.currency
    factors = {column.factor for column in meaning.spends}
    meant = {column.meaning for column in meaning.source.columns}
    problems = []
    for column, texts in _suspected(db, meaning, currency):
        message = unheeded(column.name, texts, currency, factors, meant)
        if message is not None:
            problems.append(Problem("", message))
    problems += (Problem("", message) for message in _needs(db, meaning))
    if problems:
        raise UsageError(problems)


def _needs(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> Iterator[Message]:
    """A refusal for each column with a name like a need, and texts that may say it."""
    for column in meaning.source.columns:
        if column.like is None or column.name == meaning.ask.group_by:
            continue
        cell = f"c{column.index}"
        query = (
            f"SELECT {cell} FROM {relation(meaning.source, None)} WHERE {filled(cell)} "
            f"GROUP BY {cell} ORDER BY count(*) DESC, {cell} LIMIT {_MOST_TEXTS}"
        )
        texts = [text for (text,) in asked(db, query) if not leaves_open(text)]
        words = (words_of(meaning.kinds[kind], texts) for kind in (column.like, "plan"))
        read = any(word.code is None for each in words for word in each)
        if read or any(map(tells_need, texts)):
            yield like_need(column.name, column.like)


def _suspected(
    db: duckdb.DuckDBPyConnection, meaning: Meaning, currency: str
) -> Iterator[tuple[Column, list[str]]]:
    source = meaning.source
    free = [column for column in source.columns if column.carried and column.free]
    if not free:
        return
    cells = ", ".join(f"c{column.index}" for column in free)
    spent = " OR ".join(filled(f"c{column.index}") for column in meaning.spends)  # else a note
    rows = asked(db, f"SELECT {cells} FROM {relation(source, None)} WHERE {spent} LIMIT {_SOME}")
    samples = {column: _texts({row[at] for row in rows}) for at, column in enumerate(free)}
    late = [column for column, texts in samples.items() if all(map(is_missing, texts))]
    if late and len(rows) == _SOME:
        samples |= _further(db, meaning, late)
    for column, texts in samples.items():
        if may_say(column.name, texts, currency):
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
