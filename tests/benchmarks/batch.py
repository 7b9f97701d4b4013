"""What `batch` costs against DuckDB's own pass-through and a plain Python loop: CPU, in one run.

python tests/benchmarks/batch.py [ROWS] [THREADS...]   (default: 1000000 rows, threads 1 and 2)
python tests/benchmarks/batch.py scale [MOST]          (10000 to MOST rows; 5, 20 and 50 plans)
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


def known_columns(path: Path) -> bytes:
    """A file of results without its last three columns, which the plain loop does not work out."""
    with path.open("rb") as file:
        return b"".join(line.rsplit(b",", 3)[0] + b"\n" for line in file)


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


def many_plans(path: Path, count: int) -> None:
    """A catalogue of so many plans, each dearer than the one below and with a rate of its own."""
    plans = "".join(
        f"  - id: plan-{index}\n    name: {{en: Plan {index}}}\n    tier: {index + 1}\n"
        f"    fee:\n      sum: [{{flat: {index * 500}}}, {{percent: {10 - index * 0.1:.1f}%}}]\n"
        f"    limits:\n      - {{id: tickets, per_month: {index * 10}, text: {{en: few}}}}\n"
        for index in range(count)
    )
    path.write_text(
        "id: many\nname: {en: Many plans}\ncurrency: CNY\n"
        "severities: [{id: down, name: {en: down}}]\n"
        "channels: [{id: ticket, name: {en: ticket}, targets: true}]\n"
        f"plans:\n{plans}",
        encoding="utf-8",
    )


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


class Bench:
    """Commands on the same list, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.source, self.out, self.passed = (folder / n for n in ("in.csv", "out.csv", "pass.csv"))
        self.environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

    def through(self, threads: str) -> float:
        """DuckDB's own copy of the list."""
        command = [sys.executable, "-c", PASS, str(self.source), str(self.passed), threads]
        return best_of(3, lambda: cost([*command, " ".join(TERMS)], self.environment))[0]

    def batch(self, *flags: str) -> tuple[float, int]:
        """The quotes of the list."""
        command = [sys.executable, "-m", "supportcli", "batch", str(self.source)]
        command += ["--out", str(self.out), "--force", "--quiet", "--include-doubtful", *flags]
        return best_of(3, lambda: cost(command, self.environment))


def compare(bench: Bench, rows: int, threads: list[str]) -> None:
    """Against the pass-through and the plain loop."""
    customers(bench.source, rows)
    for number in threads:
        through = bench.through(number)
        batch, peak = bench.batch("--threads", number)
        print(
            f"{rows:,} rows, {number} threads: pass-through {through:.2f} s, "
            f"batch {batch:.2f} s = {batch / through:.2f} times, peak {peak} MiB"
        )
    loop = bench.source.with_name("loop.csv")
    start = resource.getrusage(resource.RUSAGE_SELF)
    plain_loop(bench.source, loop)
    end = resource.getrusage(resource.RUSAGE_SELF)
    python = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
    same = "byte-identical" if known_columns(bench.out) == loop.read_bytes() else "DIFFERENT"
    print(f"plain Python loop {python:.2f} s = {python / batch:.1f} times batch, {same}")


def scale(bench: Bench, most: int) -> None:
    """What more rows and more plans cost."""
    rows = 10_000
    while rows <= most:
        customers(bench.source, rows)
        through = bench.through("1")
        batch, peak = bench.batch()
        print(f"{rows:>10,} rows: {batch:.2f} s = {batch / through:.2f} times, peak {peak} MiB")
        rows *= 10
    customers(bench.source, 1_000_000)
    through = bench.through("1")
    plans = bench.source.with_name("many.yaml")
    for count in (5, 20, 50):
        many_plans(plans, count)
        batch, peak = bench.batch("--plans", str(plans))
        print(f"{count} plans: {batch:.2f} s = {batch / through:.2f} times, peak {peak} MiB")


def main() -> None:
    """Print the ratios."""
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        match sys.argv[1:]:
            case ["scale", *most]:
                scale(bench, int(most[0]) if most else 1_000_000)
            case [rows, *threads]:
                compare(bench, int(rows), threads or ["1", "2"])
            case _:
                compare(bench, 1_000_000, ["1", "2"])


if __name__ == "__main__":
    main()
