"""Four real engines: each takes a table and a statement and gives its rows as text."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.engines.rows import COLUMNS
from tests.parity import Row

JOB = Path(__file__).parent / "spark_job.py"


class Work(NamedTuple):
    """A table's rows and the statement that reads it."""

    rows: Sequence[tuple[str | None, ...]]
    statement: str


def in_duckdb(work: Work) -> list[Row]:
    """DuckDB, in this process."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    with duckdb.connect() as db, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        _write(path, work.rows)
        db.execute(f"CREATE TABLE customers ({columns})")
        db.execute(f"COPY customers FROM '{path}' (NULLSTR '')")
        cursor = db.execute(work.statement)
        names = [column[0] for column in cursor.description or ()]
        return [_shown(names, row) for row in cursor.fetchall()]


def in_sqlite(work: Work) -> list[Row]:
    """SQLite, in this process; the table holds whole numbers of the minor unit."""
    names = [f"{name}_minor" if name == "monthly_spend" else name for name in COLUMNS]
    kinds = ["TEXT" if kind == "TEXT" else "INTEGER" for kind in COLUMNS.values()]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, kinds, strict=True))
    db = sqlite3.connect(":memory:")
    try:
        db.execute(f"CREATE TABLE customers ({columns})")
        marks = ", ".join("?" * len(names))
        db.executemany(f"INSERT INTO customers VALUES ({marks})", work.rows)
        cursor = db.execute(work.statement)
        shown = [column[0] for column in cursor.description]
        found = cursor.fetchall()
        assert not any(isinstance(value, float) for row in found for value in row)
        return [_shown(shown, row) for row in found]
    finally:
        db.close()


def _shown(names: Sequence[str], row: Sequence[object]) -> Row:
    texts = {True: "true", False: "false"}
    return {
        name: "" if value is None else texts[value] if isinstance(value, bool) else str(value)
        for name, value in zip(names, row, strict=True)
    }


def _write(path: Path, rows: Sequence[tuple[str | None, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


# PostgreSQL


def postgres_programs() -> Path | None:
    """Where initdb and the server are; Debian keeps them off the path."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    places = [*([Path(on_path).parent] if on_path else []), *places]
    return next((place for place in places if (place / "initdb").exists()), None)


class Postgres:
    """A server of our own on loopback; psql talks to it."""

    def __init__(self, folder: Path, port: int, programs: Path) -> None:
        self.folder = folder
        self.port = port
        self.programs = programs

    def psql(self, script: str) -> str:
        """What a script prints."""
        command = [
            shutil.which("psql") or str(self.programs / "psql"),
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
        ]
        command += ["-h", "127.0.0.1", "-p", str(self.port), "-U", "tester", "postgres"]
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def load(self, rows: Sequence[tuple[str | None, ...]]) -> None:
        """The table of customers."""
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        page = io.StringIO()
        csv.writer(page, lineterminator="\n").writerows(rows)
        self.psql(
            f"DROP TABLE IF EXISTS customers CASCADE;\nCREATE TABLE customers ({columns});\n"
            f"COPY customers FROM STDIN WITH (FORMAT csv);\n{page.getvalue()}\\.\n"
        )

    def rows(self, statement: str) -> list[Row]:
        """What a statement gives."""
        query = statement.rstrip().removesuffix(";")
        out = self.psql(f"COPY (\n{query}\n) TO STDOUT WITH (FORMAT csv, HEADER);\n")
        texts = {"t": "true", "f": "false"}
        return [
            {name: texts.get(words, words) for name, words in row.items()}
            for row in csv.DictReader(io.StringIO(out))
        ]

    def run(self, work: Work) -> list[Row]:
        """The table and the statement."""
        self.load(work.rows)
        return self.rows(work.statement)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A new server, stopped and removed at the end. As root it runs as a user of lesser rights."""
    programs = postgres_programs()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="pg-") as name, socket.socket() as probe:
        folder = Path(name)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        as_user: list[str] = []
        if os.getuid() == 0:
            folder.chmod(0o777)
            as_user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

        def control(program: str, *arguments: str) -> None:
            command = [*as_user, str(programs / program), *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

        data = str(folder / "data")
        control("initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        flags = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
        control("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", flags, "start")
        try:
            yield Postgres(folder, port, programs)
        finally:
            control("pg_ctl", "-D", data, "-m", "immediate", "stop")


# Spark


def spark_python() -> str | None:
    """A Python that has pyspark: SPARK_PYTHON, or this one; None where Java is missing too."""
    python = os.environ.get("SPARK_PYTHON", sys.executable)
    if shutil.which("java") is None:
        return None
    asked = subprocess.run([python, "-c", "import pyspark"], capture_output=True, check=False)
    return python if asked.returncode == 0 else None


def in_spark(works: Sequence[Work]) -> list[list[Row]]:
    """Spark in local mode, one session for all."""
    python = spark_python()
    assert python is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for index, work in enumerate(works):
            _write(folder / f"{index}.csv", work.rows)
            (folder / f"{index}.sql").write_text(work.statement, encoding="utf-8")
        (folder / "columns.json").write_text(json.dumps(COLUMNS), encoding="utf-8")
        done = subprocess.run(
            [python, str(JOB), name, str(len(works))], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        found = []
        for index in range(len(works)):
            with (folder / f"{index}.out.csv").open(newline="", encoding="utf-8") as file:
                found.append(list(csv.DictReader(file)))
        return found
