"""The engines there are, by the names that `--dialect` knows."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.sql.dialects.base import Dialect
from supportcli.sql.dialects.duckdb import DuckDb
from supportcli.sql.dialects.postgres import Postgres
from supportcli.sql.dialects.spark import Spark
from supportcli.sql.dialects.sqlite import Sqlite

DIALECTS: Mapping[str, type[Dialect]] = {
    dialect.id: dialect for dialect in (DuckDb, Postgres, Spark, Sqlite)
}
