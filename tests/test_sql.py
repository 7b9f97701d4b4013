"""`supportcli sql`: the advice as a statement, run on real engines and held against the library."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given

from supportcli.errors import ExitCode, UsageError
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.sql.dialects.duckdb import DuckDb
from supportcli.sql.dialects.sqlite import Sqlite
from supportcli.sql.request import Wanted
from supportcli.sql.statement import Statement
from tests.engines.engines import (
    Postgres,
    Work,
    in_duckdb,
    in_sqlite,
    postgres,
    postgres_programs,
)
from tests.engines.rows import (
    COLUMNS,
    Sample,
    differences,
    from_limit,
    in_minor_units,
    sample,
    sample_of,
)
from tests.parity import Case, crowd
from tests.runner import TODAY, run_cli
from tests.test_parity import by_the_catalogue, cases, seeds

ROWS = 500
ENGINES = ("duckdb", "postgres", "spark", "sqlite")
HOSTILE = [
    "given",
    "advice_0",
    'a"b',
    "a`b",
    "a'b",
    "two words",
    "客户 表",
    "x; DROP TABLE keep; --",
    '"; DROP TABLE keep; --',
    "/* x */",
    "a\\b",
    "$supportcli$",
    "SELECT",
    "%s {0}",
]

needs_postgres = pytest.mark.skipif(
    postgres_programs() is None, reason="PostgreSQL's server is not installed here"
)


def statement(dialect: str, *flags: str) -> str:
    done = run_cli("sql", f"--dialect={dialect}", *TODAY, *flags)
    assert (done.code, done.err) == (ExitCode.DONE, ""), done.err
    return done.out


def quoted(name: str, mark: str = '"') -> str:
    return mark + name.replace(mark, mark * 2) + mark


@pytest.fixture(scope="module", params=SHIPPED)
def customers(request: pytest.FixtureRequest) -> Sample:
    return sample(request.param, ROWS)


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres() as found:
        yield found


# The same as the library


def printed(dialect: str, one: Sample) -> str:
    done = run_cli("sql", f"--dialect={dialect}", *one.flags)
    assert (done.code, done.err) == (ExitCode.DONE, "")
    return done.out


def test_duckdb_says_what_the_library_says(customers: Sample) -> None:
    found = in_duckdb(Work(customers.rows, printed("duckdb", customers)))
    assert differences(customers, found)[:3] == []


def test_sqlite_says_what_the_library_says(customers: Sample) -> None:
    """In whole numbers; from a limit on, which the statement tells, a row is refused."""
    minor = in_minor_units(customers)
    query = printed("sqlite", minor)
    [limit] = re.findall(r"g_monthly_spend >= (\d+)", query)
    assert f"{int(limit):,} or more is refused" in query
    found = in_sqlite(Work(minor.rows, query))
    assert differences(from_limit(minor, int(limit)), found)[:3] == []


@pytest.mark.slow
@needs_postgres
def test_postgres_says_what_the_library_says(customers: Sample, server: Postgres) -> None:
    found = server.run(Work(customers.rows, printed("postgres", customers)))
    assert differences(customers, found)[:3] == []


def test_a_row_by_hand() -> None:
    """5,000 + 10 % of 120,000.05 is 17,000.005, half up 17,000.01; Enterprise 20,000 more."""
    query = statement("duckdb", "--table=c", "--response=10m", "--key=id", "--include-doubtful")
    with duckdb.connect() as db:
        db.execute("CREATE TABLE c AS SELECT 7 AS id, 120000.05::DECIMAL(9, 2) AS monthly_spend")
        cursor = db.execute(query)
        [found] = cursor.fetchall()
        row = dict(zip((c[0] for c in cursor.description or ()), found, strict=True))
    assert row["id"] == 7
    assert (row["plan"], row["monthly_fee"]) == ("enterprise-trial", Decimal("17000.01"))
    assert (row["prepaid"], row["postpaid"]) == (Decimal("5000.00"), Decimal("12000.01"))
    assert row["annual_cost"] == Decimal("204000.12")
    assert (row["next_plan"], row["next_monthly_fee"]) == ("enterprise", Decimal("37000.01"))
    assert (row["reason_code"], row["reading"]) == ("cheapest", "additive")
    assert (row["basic_fits"], row["premier_fits"]) == (False, True)
    assert row["premier_annual_cost"] == Decimal("744000.12")


# Rows that cannot be quoted come back with the reason

BAD = [
    ("monthly_spend", "DECIMAL(20, 6)", "NULL", "spend_missing"),
    ("monthly_spend", "DECIMAL(20, 6)", "-0.01", "spend_negative"),
    ("monthly_spend", "DECIMAL(20, 6)", "1000000000000", "too_many_digits"),
    ("monthly_spend", "DECIMAL(20, 6)", "1.001", "too_many_digits"),
    ("monthly_spend", "DOUBLE PRECISION", "0.1", "cheapest"),
    ("monthly_spend", "DOUBLE PRECISION", "0.30000000000000004", "too_many_digits"),
    ("monthly_spend", "DOUBLE PRECISION", "CAST('NaN' AS DOUBLE PRECISION)", "too_many_digits"),
    ("monthly_spend", "DOUBLE PRECISION", "1e300", "too_many_digits"),
    ("monthly_spend", "DECIMAL(20, 6)", "999999999999.99", "cheapest"),
    ("monthly_spend", "DECIMAL(20, 6)", "999999999999.999", "too_many_digits"),
    ("monthly_spend", "DOUBLE PRECISION", "999999999999.996", "too_many_digits"),
    ("monthly_spend", "REAL", "0.5", "cheapest"),
    ("monthly_spend", "REAL", "8388609.3", "too_many_digits"),
    ("monthly_spend", "REAL", "9999999.99", "too_many_digits"),  # is 10,000,000.0 there
    ("monthly_spend", "REAL", "167772.00", "cheapest"),  # 2^24 cents are 167,772.16
    ("monthly_spend", "REAL", "167773.00", "too_many_digits"),
    ("tickets", "INTEGER", "-1", "tickets_not_understood"),
    ("tickets", "DECIMAL(6, 1)", "4.5", "tickets_not_understood"),
    ("tickets", "BIGINT", "99999999999", "tickets_not_understood"),
    ("accounts", "INTEGER", "0", "accounts_not_understood"),
    ("accounts", "INTEGER", "10000", "accounts_not_understood"),
    ("months", "INTEGER", "61", "months_not_understood"),
    ("response_minutes", "INTEGER", "0", "response_not_understood"),
    ("plan", "TEXT", "'gold'", "plan_unknown"),
    ("plan", "TEXT", "'business'", "given_price_unknown"),
    ("plan", "TEXT", "'premier'", "given"),
    ("current_plan", "TEXT", "''", "plan_unknown"),
    ("reading", "TEXT", "'x'' OR 1=1'", "reading_unknown"),
    ("reading", "TEXT", "NULL", "cheapest"),
]


def bad_row(column: str, kind: str, value: str) -> tuple[str, list[str]]:
    """A SELECT that makes the row, and the flags that read it."""
    spend = "" if column == "monthly_spend" else ", CAST(1000 AS DECIMAL(9, 2)) AS monthly_spend"
    flags = ["--table=c"] + ([] if column == "monthly_spend" else [f"--map={column}={column}"])
    return f"SELECT 1 AS account, CAST({value} AS {kind}) AS {column}{spend}", flags


def duckdb_row(made: str, query: str) -> dict[str, object]:
    """The one row of results for a table `c` of one row."""
    with duckdb.connect() as db:
        db.execute(f"CREATE TABLE c AS {made}")
        cursor = db.execute(query)
        [row] = cursor.fetchall()
        return dict(zip((c[0] for c in cursor.description or ()), row, strict=True))


@pytest.mark.parametrize(("column", "kind", "value", "code"), BAD)
def test_what_is_wrong_with_a_row_in_duckdb(column: str, kind: str, value: str, code: str) -> None:
    made, flags = bad_row(column, kind, value)
    found = duckdb_row(made, statement("duckdb", *flags))
    assert found["reason_code"] == code
    if code not in ("cheapest", "given", "given_price_unknown"):
        assert {v for n, v in found.items() if n not in ("account", "reason_code")} == {None}


@pytest.mark.slow
@needs_postgres
def test_what_is_wrong_with_a_row_in_postgres(server: Postgres) -> None:
    for column, kind, value, code in BAD:
        made, flags = bad_row(column, kind, value)
        server.psql(f"DROP TABLE IF EXISTS c CASCADE; CREATE TABLE c AS {made};")
        [row] = server.rows(statement("postgres", *flags))
        assert row["reason_code"] == code, (column, value)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("monthly_spend_minor", "'abc'", "spend_not_understood"),
        ("monthly_spend_minor", "1.5", "spend_not_understood"),
        ("monthly_spend_minor", "NULL", "spend_missing"),
        ("monthly_spend_minor", "-1", "spend_negative"),
        ("monthly_spend_minor", "9000000000000000000", "too_many_digits"),
        ("tam", "'no'", "tam_not_understood"),
        ("tam", "2", "tam_not_understood"),
        ("tickets", "'5'", "tickets_not_understood"),
        ("tickets", "NULL", "cheapest"),
    ],
)
def test_what_is_wrong_with_a_row_in_sqlite(column: str, value: str, code: str) -> None:
    spend = "" if column == "monthly_spend_minor" else ", 100000 AS monthly_spend_minor"
    flags = [] if column == "monthly_spend_minor" else [f"--map={column}={column}"]
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE TABLE c AS SELECT 1 AS account, {value} AS {column}{spend}")
    cursor = db.execute(statement("sqlite", "--table=c", *flags))
    row = dict(zip((c[0] for c in cursor.description), cursor.fetchone(), strict=True))
    db.close()
    assert row["reason_code"] == code


def test_twelve_spends_and_more_decimals() -> None:
    """Of January's 100,000.000001 at 10 % the fee is 15,000.00; the other months cost 5,000."""
    maps = [f"--map=spend_{month:02}=m{month}" for month in range(1, 13)]
    query = statement(
        "duckdb", "--table=c", "--decimals=6", "--response=10m", "--include-doubtful", *maps
    )
    others = ", ".join(f"0 AS m{month}" for month in range(2, 13))
    found = duckdb_row(f"SELECT 1 AS account, 100000.000001 AS m1, {others}", query)
    assert (found["plan"], found["monthly_fee"]) == ("enterprise-trial", Decimal("15000.00"))
    assert found["annual_cost"] == Decimal("70000.00")


@pytest.mark.slow
@by_the_catalogue
@given(cases(), seeds)
def test_random_catalogues_say_what_the_library_says(case: Case, seed: int) -> None:
    """In DuckDB's decimals and, where its numbers hold the fees, in SQLite's whole numbers."""
    case = case._replace(ask=case.ask._replace(all_plans=True))
    found = crowd(case, seed, lined=False)
    found = [c._replace(response=c.response.strip("-")) for c in found]
    made = sample_of(case, found)
    duck = Statement(wanted_of(case, "monthly_spend"), DuckDb())
    assert differences(made, in_duckdb(Work(made.rows, duck.words([]))))[:3] == []
    try:
        lite = Statement(wanted_of(case, "monthly_spend_minor"), Sqlite())
    except UsageError:
        return
    unit = 10**made.digits
    whole = sample_of(case, [c for c in found if (c.spends[0] * unit).denominator == 1])
    minor = from_limit(in_minor_units(whole), lite.limit)
    assert differences(minor, in_sqlite(Work(minor.rows, lite.words([]))))[:3] == []


def wanted_of(case: Case, spend: str) -> Wanted:
    columns = {name: name for name in COLUMNS if name not in ("account", "monthly_spend")}
    ask = case.ask
    return Wanted(
        same=ask.same,
        columns={"monthly_spend": spend, **columns},
        keys=("account",),
        table=("customers",),
        form="select",
        called=("support_advice",),
        decimals=2,
    )


def test_a_whole_slope_keeps_its_parentheses(tmp_path: Path) -> None:
    """10 and all of 500.00 are 510.00 an account: 1,530.00 a month of three, 18,360.00 a year."""
    path = tmp_path / "plans.yaml"
    fee = "{sum: [{flat: 10}, {percent: 100%}]}"
    path.write_text(
        f"id: a\nname: A\ncurrency: USD\nplans: [{{id: p, name: P, tier: 1, fee: {fee}}}]\n",
        encoding="utf-8",
    )
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE c AS SELECT 1 AS account, 50000 AS monthly_spend_minor")
    query = statement("sqlite", "--table=c", "--accounts=3", f"--plans={path}")
    cursor = db.execute(query)
    row = dict(zip((c[0] for c in cursor.description), cursor.fetchone(), strict=True))
    db.close()
    assert (row["monthly_fee_minor"], row["annual_cost_minor"]) == (153000, 1836000)


def test_a_plan_called_next_has_columns_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "plans.yaml"
    path.write_text(
        "id: a\nname: A\ncurrency: USD\nplans:\n"
        "  - {id: next, name: N, tier: 1, fee: {flat: 5}}\n"
        "  - {id: top, name: T, tier: 2, fee: {flat: 9}}\n",
        encoding="utf-8",
    )
    query = statement("duckdb", "--table=c", f"--plans={path}")
    row = duckdb_row("SELECT 1 AS account, 100 AS monthly_spend", query)
    assert (row["next_monthly_fee"], row["plan_next_monthly_fee"]) == (Decimal(9), Decimal(5))


def test_the_hours_of_a_flag_are_not_those_of_a_row() -> None:
    """The flag asks for 16 business hours; a row's own minutes are of the calendar."""
    flags = ("--table=c", "--response=16bh", "--map=response_minutes=m")
    query = statement("duckdb", *flags)
    assert "CASE WHEN g_response_minutes IS NULL THEN TRUE ELSE FALSE END" in query
    query = statement("duckdb", *flags, "--map=response_business=b")
    assert "THEN TRUE ELSE COALESCE(g_response_business, FALSE) END" in query


def test_a_collation_makes_no_other_plan_of_a_text() -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE c (account, monthly_spend_minor, p TEXT COLLATE NOCASE)")
    db.execute("INSERT INTO c VALUES (1, 100, 'Premier')")
    cursor = db.execute(statement("sqlite", "--table=c", "--map=plan=p"))
    row = dict(zip((c[0] for c in cursor.description), cursor.fetchone(), strict=True))
    db.close()
    assert row["reason_code"] == "plan_unknown"


# Names are harmless


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    def part(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    flags = [f"--table={part(name)}", f"--map=monthly_spend={name}", f"--key=k{name}"]
    flags.append(f"--name={part('v' + name)}")
    view = [*flags, "--as=view"]
    columns = f"{quoted(name)} INTEGER, {quoted('k' + name)} INTEGER"
    with duckdb.connect() as db:
        db.execute("CREATE TABLE keep (x INTEGER)")
        db.execute(f"CREATE TABLE {quoted(name)} ({columns})")
        db.execute(f"INSERT INTO {quoted(name)} VALUES (120000, 1)")
        assert len(db.execute(statement("duckdb", *flags)).fetchall()) == 1
        db.execute(statement("duckdb", *view))
        cursor = db.execute(f"SELECT * FROM {quoted('v' + name)}")
        assert [column[0] for column in cursor.description or ()][:2] == [f"k{name}", "plan"]
        assert len(cursor.fetchall()) == 1
        called = quoted("f" + name)
        given = [f"--map=monthly_spend=p{name}", "--as=function", f"--name={part('f' + name)}"]
        db.execute(statement("duckdb", *given))
        found = db.execute(
            f"SELECT f.plan FROM {quoted(name)} t, LATERAL {called}(t.{quoted(name)}) f"
        )
        assert found.fetchall() == [("basic",)]
        assert db.execute("SELECT count(*) FROM keep").fetchone() == (0,)
    small = sqlite3.connect(":memory:")
    small.execute("CREATE TABLE keep (x INTEGER)")
    small.execute(f"CREATE TABLE {quoted(name)} ({columns})")
    small.execute(f"INSERT INTO {quoted(name)} VALUES (12000000, 1)")
    assert len(small.execute(statement("sqlite", *flags)).fetchall()) == 1
    small.execute(statement("sqlite", *view))
    assert len(small.execute(f"SELECT * FROM {quoted('v' + name)}").fetchall()) == 1
    small.close()


@pytest.mark.slow
@needs_postgres
def test_hostile_names_and_a_function_in_postgres(server: Postgres) -> None:
    server.psql("DROP TABLE IF EXISTS keep; CREATE TABLE keep (x integer);")
    for name in HOSTILE:
        table, key, view = (quoted(prefix + name) for prefix in ("", "k", "v"))
        server.psql(f"CREATE TABLE {table} ({table} numeric, {key} integer);")
        server.psql(f"INSERT INTO {table} VALUES (120000, 1);")
        flags = [f"--table={table}", f"--map=monthly_spend={name}", f"--key=k{name}"]
        assert len(server.rows(statement("postgres", *flags))) == 1
        server.psql(statement("postgres", *flags, "--as=view", f"--name={view}"))
        assert server.rows(f"SELECT * FROM {view}")[0]["plan"] == "basic"
        called = quoted("f" + name)
        given = [f"--map=monthly_spend={name}", "--as=function", f"--name={called}"]
        server.psql(statement("postgres", *given))
        found = server.rows(f"SELECT f.* FROM {table} t, LATERAL {called}(t.{table}) f")
        assert found[0]["plan"] == "basic"
    assert server.rows("SELECT count(*) AS n FROM keep") == [{"n": "0"}]


def test_spark_quotes_with_backticks() -> None:
    query = statement("spark", "--table=a.b`c", "--map=monthly_spend=x`y")
    assert "FROM `a`.`b``c` AS t" in query
    assert "t.`x``y` AS g_monthly_spend" in query


def test_a_missing_column_is_no_text_in_sqlite() -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE c (account TEXT)")
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        db.execute(statement("sqlite", "--table=c"))
    db.close()


def test_nothing_of_the_flags_is_in_the_comments() -> None:
    query = statement(
        "duckdb", "--table=TBL", "--map=tam=COL", "--key=KEY", "--response=2h", "--as=view"
    )
    comments = [line for line in query.splitlines() if line.startswith("--")]
    assert not any(name in line for line in comments for name in ("TBL", "COL", "KEY"))
    assert any("alibaba-cloud-cn, rules of 2026-12-01, SHA-256 " in line for line in comments)
    assert any("response_minutes 120, response_business FALSE" in line for line in comments)
    assert any(
        "Without a known price, so never chosen: business, zhuoyue." in line for line in comments
    )


# What is wrong with the flags


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ((), "--dialect: is missing; choose one of: duckdb, postgres, spark, sqlite"),
        (("--dialect=oracle",), "'oracle' is not one of"),
        (("--dialect=duckdb",), "--table: is missing"),
        (("--dialect=duckdb", "--table="), "--table: "),
        (("--dialect=duckdb", "--table=a..b"), "is not a name; write it like sales.customers"),
        (("--dialect=duckdb", "--table=a."), "is not a name"),
        (("--dialect=duckdb", '--table="a'), "is not a name"),
        (("--dialect=duckdb", '--table="a"b'), "is not a name"),
        (("--dialect=duckdb", "--table=a\nb"), "holds a character that cannot be seen"),
        (("--dialect=duckdb", "--table=a\u202eb"), "holds a character that cannot be seen"),
        (
            ("--dialect=duckdb", "--table=c", "--map=x=y"),
            "--map knows no 'x'; the names are: mon",
        ),
        (("--dialect=duckdb", "--table=c", "--map=tam"), "names no column"),
        (("--dialect=duckdb", "--table=c", "--map=tam=a", "--map=tam=b"), "is mapped twice"),
        (("--dialect=duckdb", "--table=c", "--map=spend_01=a"), "give three to twelve months"),
        (("--dialect=duckdb", "--table=c", "--map=spend_03=a"), "add spend_01, spend_02"),
        (
            ("--dialect=duckdb", "--table=c", "--map=spend_01=a", "--map=monthly_spend=b"),
            "contradict each other",
        ),
        (("--dialect=duckdb", "--table=c", "--key=Plan"), "'Plan' is also a column of the results"),
        (
            ("--dialect=duckdb", "--table=c", "--key=a", "--key=A"),
            "is also a column of the results",
        ),
        (
            ("--dialect=duckdb", "--as=function", "--map=monthly_spend=Refused"),
            "'Refused' is a name that the function uses",
        ),
        (("--dialect=duckdb", "--table=c", "--as=view", "--name=C"), "is the table's own name"),
        (("--dialect=duckdb", "--table=s.c", "--as=view", "--name=c"), "is the table's own name"),
        (
            ("--dialect=duckdb", "--as=function", "--map=tickets=n", "--map=accounts=N"),
            "'n' is mapped twice",
        ),
        (("--dialect=spark", "--table=c", "--key=a${x}"), "which Spark does not leave as it is"),
        (("--dialect=sqlite", "--table=c", "--decimals=4"), "SQLite has whole numbers only"),
        (("--dialect=duckdb", "--table=c", "--map=tam= "), "names no column"),
        (("--dialect=duckdb", "--table=a. "), "is not a name"),
        (("--dialect=duckdb", "--table=c", "--decimals=7"), "'7' is not a number from 0 to 6"),
        (("--dialect=duckdb", "--table=c", "--as=table"), "'table' is not one of"),
        (("--dialect=sqlite", "--table=c", "--as=function"), "SQLite has no such thing"),
        (("--dialect=postgres", "--table=c", "--as=function"), "a function has no table"),
        (("--dialect=postgres", f"--table={'客' * 22}"), "has more than 63 bytes"),
        (("--dialect=duckdb", "--table=c", "--start=2026-12-15"), "begins within a month"),
        (("--dialect=duckdb", "--table=c", "--tickets=x"), "--tickets: "),
    ],
)
def test_a_wrong_flag_is_told(flags: tuple[str, ...], words: str) -> None:
    done = run_cli("sql", *flags, *TODAY)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert words in done.err


@pytest.mark.parametrize(
    ("flag", "value"),
    [("--discount", "7折"), ("--discount-on", "all"), ("--tax", "added"), ("--tax-rate", "6%")],
)
def test_what_was_agreed_on_price_is_refused(flag: str, value: str) -> None:
    done = run_cli("sql", "--dialect", "duckdb", "--table", "t", *TODAY, flag, value)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert f"{flag}: the statement gives list prices; `supportcli batch`" in done.err


def test_every_mistake_is_told_at_once() -> None:
    flags = ("--dialect=x", "--as=y", "--decimals=z", "--map=q=r", "--months=0", "--response=5x")
    done = run_cli("sql", *flags, *TODAY)
    assert [line.split(":")[1].strip() for line in done.err.splitlines()] == [
        "--dialect",
        "--response",
        "--months",
        "--as",
        "--table",
        "--map knows no 'q'; the names are",
        "--decimals",
    ]


def test_it_goes_to_a_file_and_to_no_stream_that_cannot_hold_it(tmp_path: Path) -> None:
    path = tmp_path / "advice.sql"
    flags = ("--dialect=duckdb", "--table=客户", *TODAY)
    done = run_cli("sql", *flags, "--out", str(path), encoding="ascii")
    assert (done.code, done.out) == (ExitCode.DONE, "")
    assert 'FROM "客户" AS t' in path.read_text(encoding="utf-8")
    done = run_cli("sql", *flags, encoding="ascii")
    assert (done.code, done.out) == (ExitCode.FAILED, "")
    assert "cannot hold these letters; give --out FILE" in done.err
    assert run_cli("sql", *flags, "--out", str(path)).code != ExitCode.DONE


def test_it_speaks_chinese() -> None:
    query = statement("postgres", "--table=客户", "--lang=zh")
    assert "-- 价目库 alibaba-cloud-cn" in query
    assert "Catalogue" not in query


@pytest.mark.parametrize("dialect", ENGINES)
def test_statements_are_as_they_were(dialect: str, golden: object) -> None:
    flags = ("--table=sales.customers", "--map=tam=needs_tam", "--map=tickets=tickets")
    golden(f"sql-{dialect}.sql", statement(dialect, *flags, "--response=10m", "--as=view"))  # type: ignore[operator]


@pytest.mark.parametrize("name", ["Monthly_Spend", "MONTHLY-SPEND", "spend", "月"])
def test_a_name_is_mapped_as_batch_maps_it(name: str, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("account,s\na,5\n", encoding="utf-8")
    sql = run_cli("sql", "--dialect=duckdb", "--table=t", f"--map={name}=s", *TODAY)
    out = str(tmp_path / "out.csv")
    batch = run_cli("batch", str(table), "--out", out, f"--map={name}=s", *TODAY)
    assert sql.code == batch.code == (ExitCode.USAGE if name == "月" else ExitCode.DONE)
    if sql.code:
        assert sql.err.startswith("supportcli: --map knows no '月'; the names are: ")
        assert batch.err.startswith("supportcli: --map knows no '月'; the names are: ")


def test_a_column_is_mapped_once_as_in_batch() -> None:
    twice = ("--map=monthly_spend=s", "--map=tickets=s")
    done = run_cli("sql", "--dialect=duckdb", "--table=t", *twice, *TODAY)
    assert (done.code, done.err) == (
        ExitCode.USAGE,
        "supportcli: --map: column 's' is mapped twice; keep one\n",
    )
