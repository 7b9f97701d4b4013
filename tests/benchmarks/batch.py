"""What `batch` costs against DuckDB's own pass-through and a plain Python loop: CPU, in one run.

python tests/benchmarks/batch.py [ROWS] [THREADS...]   (default: 1000000 rows, threads 1 and 2)
"""

from __future__ import annotations

import csv
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

RESPONSES = {"": None, "10m": 10, "2h": 120, "40m": 40}
TERMS = ("account", "monthly_spend", "response", "tam", "tickets")
PASS = """
import duckdb, sys
types = ", ".join(f"'{c}': 'VARCHAR'" for c in sys.argv[4].split())
db = duckdb.connect(config={"threads": int(sys.argv[3])})
db.execute(f"COPY (SELECT * FROM read_csv('{sys.argv[1]}', columns={{{types}}}, auto_detect=false, "
           f"header=true, delim=',')) TO '{sys.argv[2]}' (HEADER)")
"""
PLANS = {  # the default catalogue's paid plans under its default reading
    "basic": (Decimal(0), Decimal(0)),
    "enterprise-trial": (Decimal(5000), Decimal("0.1")),
    "enterprise": (Decimal(25000), Decimal("0.1")),
    "premier": (Decimal(50000), Decimal("0.1")),
}
CENT = Decimal("0.01")


def customers(path: Path, rows: int) -> None:
    """A list of accounts with a spend and some needs."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(TERMS) + "\n")
        for index in range(rows):
            spend = chance.randint(0, 60_000_000)
            words = chance.choice(list(RESPONSES)), chance.choice(("", "yes", "no"))
            tickets = chance.choice(("", "5", "40"))
            account = 10**15 + index * 7
            file.write(
                f"{account},{spend // 100}.{spend % 100:02},{words[0]},{words[1]},{tickets}\n"
            )


def plain_loop(source: Path, target: Path) -> None:
    """The same answers by csv and Decimal, a row at a time."""
    ranked = sorted(PLANS, key=list(PLANS).index, reverse=True)
    with (
        source.open(newline="", encoding="utf-8") as file,
        target.open("w", newline="", encoding="utf-8") as out,
    ):
        writer = csv.writer(out, lineterminator="\n")
        results = "plan monthly_fee prepaid postpaid annual_cost next_plan next_monthly_fee"
        writer.writerow([*TERMS, *results.split(), "reason_code", "reading"])
        reader = csv.reader(file)
        next(reader)
        for row in reader:
            spend, wanted = Decimal(row[1]), RESPONSES[row[2]]
            tam, tickets = row[3] == "yes", int(row[4] or 0)
            fees = {}
            for plan, (base, rate) in PLANS.items():
                total = base + (spend * rate).quantize(CENT, ROUND_HALF_UP)
                fees[plan] = total, base.quantize(CENT), (total - base).quantize(CENT), 12 * total
            fits = {
                "basic": (wanted is None or wanted >= 120) and not tam,
                "enterprise-trial": not tam and tickets <= 30,
                "enterprise": not tam,
                "premier": True,
            }
            order = sorted((p for p in ranked if fits[p]), key=lambda p: fees[p][3])
            best = order[0]
            tied = sum(fees[p][3] == fees[best][3] for p in order) > 1
            reason = "tie_higher_tier" if tied else "cheapest" if len(order) > 1 else "only_fit"
            following = (order[1], f"{fees[order[1]][0]:.2f}") if len(order) > 1 else ("", "")
            figures = (f"{amount:.2f}" for amount in fees[best])
            writer.writerow([*row, best, *figures, *following, reason, "additive"])


def cost(command: list[str], environment: dict[str, str]) -> tuple[float, int]:
    """CPU seconds of a process, and its peak memory in MiB."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def best_of(count: int, run: Callable[[], tuple[float, int]]) -> tuple[float, int]:
    """The run that cost least."""
    return min(run() for _ in range(count))


def main() -> None:
    """Print the ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    threads = sys.argv[2:] or ["1", "2"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, out, loop = (folder / one for one in ("in.csv", "out.csv", "loop.csv"))
        customers(source, rows)
        for number in threads:
            passing = [sys.executable, "-c", PASS, str(source), str(folder / "pass.csv"), number]
            passing.append(" ".join(TERMS))
            ours = [sys.executable, "-m", "supportcli", "batch", str(source), "--out", str(out)]
            ours += ["--force", "--quiet", "--threads", number]
            through, _ = best_of(3, lambda passing=passing: cost(passing, environment))  # type: ignore[misc]
            batch, peak = best_of(3, lambda ours=ours: cost(ours, environment))  # type: ignore[misc]
            print(
                f"{rows:,} rows, {number} threads: pass-through {through:.2f} s, "
                f"batch {batch:.2f} s = {batch / through:.2f} times, peak {peak} MiB"
            )
        start = resource.getrusage(resource.RUSAGE_SELF)
        plain_loop(source, loop)
        end = resource.getrusage(resource.RUSAGE_SELF)
        python = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
        same = "byte-identical" if out.read_bytes() == loop.read_bytes() else "DIFFERENT"
        print(f"plain Python loop {python:.2f} s = {python / batch:.1f} times batch, {same}")


if __name__ == "__main__":
    main()
