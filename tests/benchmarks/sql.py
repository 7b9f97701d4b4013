"""What the printed statement costs on each engine: a million rows from one table into another.

python -m tests.benchmarks.sql [ROWS]    (engines as for tests.engines.verify)
"""

from __future__ import annotations

import json
import os
import platform
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from supportcli.inputs.catalogue.bundled import SHIPPED
from tests.engines.engines import postgres, postgres_programs, spark_python
from tests.runner import run_cli

FLAGS = ("--table=customers", "--response=10m", "--map=tam=tam", "--map=tickets=tickets")
COLUMNS = "account TEXT, monthly_spend DECIMAL(14, 2), tam BOOLEAN, tickets INTEGER"
SPARK = """
import json, sys, time
from pyspark.sql import SparkSession
path, statement, out, rows = json.loads(sys.argv[1])
spark = SparkSession.builder.master(sys.argv[2]).config("spark.ui.enabled", "false").config(
    "spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
schema = "account STRING, monthly_spend DECIMAL(14, 2), tam BOOLEAN, tickets INTEGER"
table = spark.read.csv(path, schema=schema).repartition(8).cache()
table.createOrReplaceTempView("customers")
assert table.count() == rows
best = 1e9
for _ in range(3):
    start = time.perf_counter()
    spark.sql(statement).write.mode("overwrite").parquet(out)
    best = min(best, time.perf_counter() - start)
print(best)
"""


def statement(dialect: str, catalogue: str) -> str:
    """What the program prints for a catalogue."""
    return run_cli("sql", f"--dialect={dialect}", f"--plans={catalogue}", *FLAGS).out


def customers(path: Path, rows: int) -> None:
    """A table as CSV without a header."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for index in range(rows):
            spend = chance.randint(0, 60_000_000)
            tam, tickets = chance.choice(("", "true", "false")), chance.choice(("", "5", "40"))
            file.write(f"c{index},{spend // 100}.{spend % 100:02},{tam},{tickets}\n")


def in_duckdb(path: Path, catalogue: str) -> float:
    """Seconds, with one thread."""
    with duckdb.connect(config={"threads": 1}) as db:
        db.execute(f"CREATE TABLE customers ({COLUMNS})")
        db.execute(f"COPY customers FROM '{path}' (NULLSTR '')")
        start = time.perf_counter()
        db.execute(f"CREATE TABLE found AS {statement('duckdb', catalogue)}")
        return time.perf_counter() - start


def in_sqlite(path: Path, catalogue: str) -> float:
    """Seconds."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE customers (account TEXT, monthly_spend_minor INTEGER, tam, tickets)")
    bits = {"": None, "true": 1, "false": 0}
    with path.open(encoding="utf-8") as file:
        cells = (line.rstrip("\n").split(",") for line in file)
        rows = (
            (a, int(s.replace(".", "")), bits[t], int(n) if n else None) for a, s, t, n in cells
        )
        db.executemany("INSERT INTO customers VALUES (?, ?, ?, ?)", rows)
    start = time.perf_counter()
    db.execute(f"CREATE TABLE found AS {statement('sqlite', catalogue)}")
    return time.perf_counter() - start


def in_postgres(path: Path, catalogue: str) -> float:
    """Seconds, in one process of the server."""
    with postgres() as server:
        server.psql("SET max_parallel_workers_per_gather = 0;")
        text = path.read_text(encoding="utf-8")
        server.psql(
            f"CREATE UNLOGGED TABLE customers ({COLUMNS});\n"
            f"COPY customers FROM STDIN WITH (FORMAT csv);\n{text}\\.\nVACUUM ANALYZE customers;\n"
        )
        start = time.perf_counter()
        server.psql(f"CREATE UNLOGGED TABLE found AS {statement('postgres', catalogue)}")
        return time.perf_counter() - start


def in_spark(path: Path, catalogue: str, rows: int, cores: int) -> float:
    """Seconds of the third run, when the code is compiled."""
    python = spark_python()
    assert python is not None
    given = [str(path), statement("spark", catalogue), str(path.with_name("out")), rows]
    command = [python, "-c", SPARK, json.dumps(given), f"local[{cores}]"]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Seconds for the rows, by engine."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(f"{platform.platform()}, {os.cpu_count()} cores, {rows:,} rows")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "customers.csv"
        Path(name).chmod(0o755)
        customers(path, rows)
        for catalogue in list(SHIPPED)[:2]:
            print(f"{catalogue}: duckdb, 1 thread {in_duckdb(path, catalogue):.1f} s")
            print(f"{catalogue}: sqlite {in_sqlite(path, catalogue):.1f} s")
            if postgres_programs():
                print(f"{catalogue}: postgres, 1 process {in_postgres(path, catalogue):.1f} s")
            if spark_python():
                for cores in (1, 2):
                    seconds = in_spark(path, catalogue, rows, cores)
                    print(f"{catalogue}: spark, {cores} cores {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    main()
