"""What is asked of a file for the first time, when it may turn out not to be one of columns."""

from __future__ import annotations

from typing import Any

import duckdb

from supportcli.batch.request import RaggedError


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
