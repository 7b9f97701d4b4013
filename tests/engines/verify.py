"""Hold what `supportcli sql` prints against the library, on real engines.

tests/engines/run [--rows N] [--without ENGINE] [--need ENGINE]   (100000 rows of each)

An engine that is not there is skipped, and that is said; one that is needed and missing fails.
Spark runs in a Python that has pyspark, named by SPARK_PYTHON.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from supportcli.inputs.catalogue.bundled import SHIPPED
from tests.engines.engines import (
    Work,
    in_duckdb,
    in_spark,
    in_sqlite,
    postgres,
    postgres_programs,
    spark_python,
)
from tests.engines.rows import Sample, differences, from_limit, in_minor_units, sample
from tests.parity import Row
from tests.runner import run_cli

ENGINES = ("duckdb", "sqlite", "postgres", "spark")
Run = Callable[[list[Work]], list[list[Row]]]


def statement(dialect: str, flags: tuple[str, ...]) -> str:
    """What the program prints."""
    done = run_cli("sql", f"--dialect={dialect}", *flags)
    assert done.code == 0, done.err
    return done.out


def runners(wanted: list[str], stack: ExitStack) -> Iterator[tuple[str, Run]]:
    """Each engine that is wanted and there; of the others that is said."""
    for engine in wanted:
        if engine == "duckdb":
            yield engine, lambda works: [in_duckdb(work) for work in works]
        elif engine == "sqlite":
            yield engine, lambda works: [in_sqlite(work) for work in works]
        elif engine == "postgres" and postgres_programs():
            server = stack.enter_context(postgres())
            yield engine, lambda works, server=server: [server.run(work) for work in works]  # type: ignore[misc]
        elif engine == "spark" and spark_python():
            yield engine, in_spark
        else:
            print(f"SKIPPED: {engine} is not here", flush=True)


def main() -> int:
    """How many rows, how many differences; 1 where there are any."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--without", action="append", default=[], choices=ENGINES)
    parser.add_argument("--need", action="append", default=[], choices=ENGINES)
    asked = parser.parse_args()
    start = time.perf_counter()
    samples = [sample(name, asked.rows, os.cpu_count() or 1) for name in SHIPPED]
    print(f"the library: {sum(len(s.rows) for s in samples):,} rows", flush=True)
    print(f"  in {time.perf_counter() - start:.0f} s", flush=True)
    wrong, seen = 0, set()
    with ExitStack() as stack:
        for engine, run in runners([e for e in ENGINES if e not in asked.without], stack):
            seen.add(engine)
            wrong += _verified(engine, run, samples)
    missing = [engine for engine in asked.need if engine not in seen]
    if missing:
        print(f"missing: {', '.join(missing)}")
    return 1 if wrong or missing else 0


def _verified(engine: str, run: Run, samples: list[Sample]) -> int:
    mine = [in_minor_units(s) for s in samples] if engine == "sqlite" else samples
    works = [Work(one.rows, statement(engine, one.flags)) for one in mine]
    if engine == "sqlite":
        limits = [re.findall(r"g_monthly_spend >= (\d+)", work.statement) for work in works]
        mine = [from_limit(one, int(found)) for one, [found] in zip(mine, limits, strict=True)]
    start = time.perf_counter()
    found = run(works)
    seconds = time.perf_counter() - start
    cells = sum(len(row) for one in mine for row in one.wanted)
    wrong = [
        (one.catalogue, *each)
        for one, rows in zip(mine, found, strict=True)
        for each in differences(one, rows)
    ]
    count = sum(len(one.rows) for one in mine)
    print(f"{engine}: {count:,} rows, {cells:,} results, {len(wrong)} differences, {seconds:.0f} s")
    for each in wrong[:5]:
        print(f"  {each}")
    sys.stdout.flush()
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
