"""One look at all rows: how many, which texts, and whether any needs interpreting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import duckdb

from supportcli.batch.ordinary import odd_account
from supportcli.batch.request import RaggedError
from supportcli.batch.rows import Meaning
from supportcli.batch.values import Word, words_of
from supportcli.inputs.values.texts import blank

FEW = 256  # distinct texts of a column that are told apart row by row, without a join


class Survey(NamedTuple):
    """What one look at all rows tells: how many, which texts, what is out of the ordinary."""

    rows: int
    odd_spends: int
    odd_rows: int
    repeated: bool
    lacking: bool
    words: Mapping[str, list[Word]]

    @property
    def plain(self) -> bool:
        """Whether every row can be quoted as it stands."""
        refused = any(word.code for words in self.words.values() for word in words)
        many = any(len(words) > FEW for words in self.words.values())
        odd = self.odd_spends or self.odd_rows or self.repeated or self.lacking
        return not (odd or refused or many)


def asked(db: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """What a first look at the rows gives.

    Raises:
        RaggedError: the engine cannot split the file into its columns.
    """
    try:
        return db.execute(query).fetchall()
    except duckdb.InvalidInputException as error:
        if "CSV Error" not in str(error):
            raise
        raise RaggedError from error


def look(db: duckdb.DuckDBPyConnection, meaning: Meaning) -> Survey:
    """One pass over the rows.

    Raises:
        RaggedError: the engine cannot split the file into its columns.
    """
    typed = meaning.typed.values()
    wanted = [
        "count(*)",
        " + ".join(f"count(*) FILTER (WHERE NOT {meaning.is_plain(c)})" for c in meaning.spends),
        f"count(*) FILTER (WHERE {' OR '.join(_odd_rows(meaning)) or 'FALSE'})",
        *_accounts(meaning),
        *(f"list(DISTINCT c{column.index})" for column in typed),
    ]
    [found] = asked(db, f"SELECT {', '.join(wanted)} FROM {meaning.relation()}")
    rows, odd_spends, odd, some, distinct, *lists = found
    texts = {name: several or () for name, several in zip(meaning.typed, lists, strict=True)}
    words = {name: words_of(meaning.kinds[name], several) for name, several in texts.items()}
    lacking = any(
        meaning.kinds[name].missing and any(t is None or blank(t) for t in several or (None,))
        for name, several in texts.items()
    )
    return Survey(rows, odd_spends, odd, some != distinct, lacking, words)


def _odd_rows(meaning: Meaning) -> list[str]:
    """What makes a row odd by itself, its spends aside."""
    account = [] if meaning.account is None else [odd_account(meaning.account)]
    faults = (test for *_, test in meaning.faults())
    return [*account, *(test for _, test in meaning.sums()), *faults]


def _accounts(meaning: Meaning) -> list[str]:
    """How many accounts there are, and how many different ones; 0 and 0 where nobody asks."""
    if meaning.account is None or meaning.ask.keep_duplicates:
        return ["0", "0"]
    cell = f"c{meaning.account.index}"
    return [f"count({cell})", f"count(DISTINCT hash({cell}))"]
