"""Statements where needs have columns: SQLite takes them as views, and a cell replaces a flag."""

import csv
import io
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import duckdb
import pytest

from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from tests.engines.rows import COLUMNS
from tests.runner import TODAY, run_cli

MANY = 120  # services; fifteen were too many


def printed(*flags: str) -> str:
    done = run_cli("sql", *flags, *TODAY)
    assert (done.code, done.err) == (ExitCode.DONE, ""), done.err
    return done.out


# In SQLite


def everything(plans: str) -> tuple[str, ...]:
    mapped = [f"--map={name}={name}" for name in COLUMNS if name != "account"]
    return "--dialect=sqlite", "--table=c", f"--plans={plans}", *mapped


def with_services(folder: Path) -> str:
    services = [
        f"  - {{id: s-{n}, name: S {n}, plans: {{p: {'included' if n % 2 else 'not_included'}}}}}\n"
        for n in range(MANY)
    ]
    path = folder / "plans.yaml"
    path.write_text(
        "id: a\nname: A\ncurrency: USD\nservices:\n" + "".join(services) + "plans:\n"
        "  - {id: p, name: P, tier: 1, fee: {flat: 5}}\n",
        encoding="utf-8",
    )
    return str(path)


def asked_three_ways(
    flags: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> Iterator[object]:
    """By itself, within other queries, and as a view."""
    query = printed(*flags).rstrip().removesuffix(";")
    view = printed(*flags, "--as=view")
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE TABLE c ({', '.join(COLUMNS)})")
    db.executemany(f"INSERT INTO c VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    db.execute(view)
    for asked in (query, f"SELECT * FROM (SELECT * FROM (\n{query}\n)) AS a"):
        yield db.execute(asked).fetchall()
    yield db.execute("SELECT * FROM (SELECT * FROM support_advice) AS a").fetchall()
    db.close()


@pytest.mark.parametrize("plans", [*SHIPPED, "many services"])
def test_sqlite_takes_every_column_by_itself_in_a_query_and_as_a_view(
    plans: str, tmp_path: Path
) -> None:
    plans = with_services(tmp_path) if plans == "many services" else plans
    rows = [
        (str(n), 12_000_000, None, None, tam, None, None, None, hours, *[None] * 6)
        for n, (tam, hours) in enumerate(product([None, 0, 1], repeat=2))
    ]
    alone, within, view = asked_three_ways(everything(plans), rows)
    assert alone == within == view
    assert len(list(alone)) == len(rows)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("services", "code"),
    [
        ("s-1", "only_fit"),
        ("s-1,s-1; s-11", "only_fit"),
        ("、s-1，， s-3；", "only_fit"),
        ("", "only_fit"),
        ("s-2", "no_plan_fits"),
        ("s-1,s-20", "no_plan_fits"),
        ("s-1,s", "service_unknown"),
        ("s", "service_unknown"),
        ("s-1s-3", "service_unknown"),
        ("s-1 s-3", "service_unknown"),
    ],
)
def test_a_list_of_services_is_read_id_by_id(services: str, code: str, tmp_path: Path) -> None:
    flags = ("--table=c", f"--plans={with_services(tmp_path)}", "--map=services=s")
    made = f"CREATE TABLE c AS SELECT '1' AS account, 100 AS monthly_spend{{}}, '{services}' AS s"
    lite = sqlite3.connect(":memory:")
    lite.execute(made.format("_minor"))
    cursor = lite.execute(printed("--dialect=sqlite", *flags))
    row = dict(zip((c[0] for c in cursor.description), cursor.fetchone(), strict=True))
    lite.close()
    with duckdb.connect() as duck:
        duck.execute(made.format(""))
        found = duck.execute(printed("--dialect=duckdb", *flags))
        names = [c[0] for c in found.description or ()]
        other = dict(zip(names, found.fetchone() or (), strict=True))
    assert row["reason_code"] == other["reason_code"] == code


# A flag and a column

# What a row says in the columns of SQL (None: NULL), and in a cell of batch.
TAM = {
    ("tam",): {(None,): "", (True,): "yes", (False,): "no"},
    ("named_tam",): {(None,): "", (True,): "named", (False,): "no"},
    ("tam", "named_tam"): {
        (None, None): "",
        (True, None): "yes",
        (True, False): "yes",
        (False, None): "no",
        (None, False): "no",
        (False, False): "no",
        (False, True): "named",
        (None, True): "named",
    },
}
HOURS = {
    ("hours_24x7",): {(None,): "", (True,): "24x7", (False,): "none"},
    ("hours_business",): {(None,): "", (True,): "business", (False,): "none"},
    ("hours_24x7", "hours_business"): {
        (None, None): "",
        (True, None): "24x7",
        (None, True): "business",
        (False, True): "business",
        (False, None): "none",
        (False, False): "none",
    },
}
MINUTES = {("response_minutes",): {(None,): "", (20,): "20m", (300,): "5h", (10,): "10m"}}
TICKETS = {("tickets",): {(None,): "", (0,): "0", (5,): "5", (100,): "100"}}
SERVICES = {
    ("services",): {
        (None,): "",
        ("",): "none",
        ("expert-consultation",): "expert-consultation",
        ("hotline,chat",): "hotline、chat",
    }
}
Cells = dict[tuple[str, ...], dict[tuple[object, ...], str]]
MEET = [
    ("google-cloud", "tam", TAM, ("--tam", "--named-tam", "--no-tam", "")),
    ("alibaba-cloud-cn", "tam", TAM, ("--tam", "--named-tam", "--no-tam", "")),
    ("google-cloud", "hours", HOURS, ("--hours=24x7", "--hours=business", "")),
    ("azure", "hours", HOURS, ("--hours=24x7", "--hours=business", "")),
    ("google-cloud", "response", MINUTES, ("--response=1h", "--response=15m", "")),
    ("azure", "response", MINUTES, ("--response=1h", "--response=8bh", "")),
    ("alibaba-cloud-cn", "tickets", TICKETS, ("--tickets=0", "--tickets=1000", "")),
    ("alibaba-cloud-cn", "services", SERVICES, ("--service=key-moment-assurance", "")),
]


def as_sql(value: object) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(value).upper()


def by_sql(engine: str, flags: tuple[str, ...], names: tuple[str, ...], cells: Cells) -> list[str]:
    """The plan of each row, or why there is none; rows come in their order."""
    spend = "monthly_spend_minor" if engine == "sqlite" else "monthly_spend"
    maps = [f"--map={name}={name}" for name in names]
    query = printed(f"--dialect={engine}", "--table=c", "--key=account", *maps, *flags)
    columns = ", ".join(f"{n} {COLUMNS[n]}" for n in names)
    unit = 100 if engine == "sqlite" else 1
    rows = [
        f"({n}, {2000 * unit}, {', '.join(map(as_sql, values))})"
        for n, values in enumerate(cells[names])
    ]
    made = [
        f"CREATE TABLE c (account INTEGER, {spend} INTEGER, {columns})",
        f"INSERT INTO c VALUES {', '.join(rows)}",
    ]
    if engine == "sqlite":
        db = sqlite3.connect(":memory:")
        for one in made:
            db.execute(one)
        cursor = db.execute(query)
        shown, found = [c[0] for c in cursor.description], cursor.fetchall()
        db.close()
    else:
        with duckdb.connect() as duck:
            for one in made:
                duck.execute(one)
            done = duck.execute(query)
            shown, found = [c[0] for c in done.description or ()], done.fetchall()
    at = [shown.index(name) for name in ("account", "plan", "reason_code")]
    return [f"{row[at[1]]} {row[at[2]]}" for row in sorted(found, key=lambda row: int(row[at[0]]))]


@pytest.mark.parametrize(
    ("plans", "column", "cells", "flag"),
    [(plans, column, cells, flag) for plans, column, cells, flags in MEET for flag in flags],
)
def test_a_cell_of_any_column_of_a_need_replaces_its_flag(
    plans: str, column: str, cells: Cells, flag: str, tmp_path: Path
) -> None:
    """As in batch, where a need has one column."""
    flags = (*([flag] if flag else []), f"--plans={plans}")
    for names in cells:
        path = tmp_path / f"{'-'.join(names)}.csv"
        page = io.StringIO()
        writer = csv.writer(page)
        writer.writerow(["account", "monthly_spend", column])
        writer.writerows([n, 2000, cell] for n, cell in enumerate(cells[names].values()))
        path.write_text(page.getvalue(), encoding="utf-8")
        out = tmp_path / f"out-{path.name}"
        done = run_cli("batch", str(path), f"--out={out}", "-q", *flags, *TODAY)
        assert done.code == ExitCode.DONE, done.err
        wanted = [
            f"{row['plan'] or None} {row['reason_code']}"
            for row in csv.DictReader(io.StringIO(out.read_text("utf-8")))
        ]
        assert by_sql("duckdb", flags, names, cells) == wanted
        assert by_sql("sqlite", flags, names, cells) == wanted


def test_hours_of_a_time_need_the_time() -> None:
    done = run_cli("sql", "--dialect=duckdb", "--table=c", "--map=response_business=b", *TODAY)
    assert done.code == ExitCode.USAGE
    assert "--map: response_business needs response_minutes beside it" in done.err
