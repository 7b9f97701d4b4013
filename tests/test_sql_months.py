"""`sql` with some of the months of a term: the further ones are as the last, as in `batch`."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

import duckdb
import pytest

from tests.runner import TODAY, run_cli

MONTHS = ("--map=spend_01=a", "--map=spend_02=b", "--map=spend_03=c")


def statement(dialect: str, *more: str) -> str:
    flags = (f"--dialect={dialect}", "--table=t", "--response=10m", "--lang=en", *TODAY)
    done = run_cli("sql", *flags, *more)
    assert done.code == 0, done.err
    return done.out


def test_three_months_are_a_year_whose_further_months_are_as_the_last() -> None:
    """Enterprise is 25,000 and 10 % of spend: 35,000 + 27,000 + 10 times 28,000."""
    said = statement("duckdb", *MONTHS)
    assert "-- Months after spend_03 are taken as spend_03." in said
    with duckdb.connect() as db:
        db.execute("CREATE TABLE t AS SELECT 'x' AS account, 100000 AS a, 20000 AS b, 30000 AS c")
        found = db.execute(f"SELECT plan, annual_cost FROM ({said.rstrip().rstrip(';')}\n)")
        assert found.fetchall() == [("enterprise", Decimal("342000.00"))]


def test_three_months_in_minor_units() -> None:
    said = statement("sqlite", *MONTHS)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t AS SELECT 'x' AS account, 10000000 AS a, 2000000 AS b, 3000000 AS c")
    db.row_factory = sqlite3.Row
    [row] = db.execute(said).fetchall()
    assert (row["plan"], row["annual_cost_minor"]) == ("enterprise", 34200000)
    db.close()


@pytest.mark.parametrize("spends", [(), tuple(f"--map=spend_{n:02}=m{n}" for n in range(1, 13))])
def test_nothing_is_said_of_further_months_where_there_are_none(spends: tuple[str, ...]) -> None:
    assert "Months after" not in statement("duckdb", *spends)
