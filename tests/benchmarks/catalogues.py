"""How long large catalogues and large deals take: CPU time of whole processes.

Usage: python -m tests.benchmarks.catalogues [PROGRAM]; from the root, PROGRAM is what is run
(default: this interpreter's supportcli). Plans of parallel fees, plans whose fees cross, and such
that cost the same from where each leaves its minimum; 60 months, several accounts.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.startup import seconds

FEES = {
    "parallel": "{{sum: [{{flat: {base}}}, {{percent: 10%}}]}}",
    "crossing": "{{greater_of: [{{flat: {base}}}, {{percent: {rate:.4f}%}}]}}",
    "minimum": "{{greater_of: [{{flat: {base}}}, {{percent: 10%}}]}}",
}
COUNTS = 50, 100, 250, 500
ACCOUNTS = 50, 100, 200, 500
TERM = ("--months", "60", "--accounts", "7")


def catalogue(kind: str, count: int) -> str:
    """So many plans; the dearer ones rise less where they cross."""
    rows = (
        f"  - {{id: p{i}, name: Plan {i}, tier: {i}, fee: "
        f"{FEES[kind].format(base=i * i * 10, rate=60 - 50 * i / count)}}}\n"
        for i in range(1, count + 1)
    )
    return "id: large\nname: large\ncurrency: USD\nplans:\n" + "".join(rows)


def runs(path: Path) -> Iterator[tuple[str, list[str]]]:
    """What is asked of a catalogue."""
    plans = ["--plans", str(path), *TERM]
    yield "breakeven", ["breakeven", *plans]
    yield "breakeven --spend", ["breakeven", *plans, "--spend", "120000"]
    yield "breakeven -o json", ["breakeven", *plans, "-o", "json"]
    yield "advise -o json", ["advise", *plans, "--spend", "120000", "-o", "json"]


def deal(count: int) -> list[str]:
    """An account for each thousand of spend."""
    accounts = (f"account-{i}={i * 1000},response=1h" for i in range(1, count + 1))
    return ["advise", *(text for account in accounts for text in ("--account", account))]


def main() -> None:
    """Measure and print; seconds are of the CPU."""
    beside = Path(sys.executable).with_name("supportcli")
    program = sys.argv[1] if len(sys.argv) > 1 else str(beside)
    subprocess.run([program, "--version"], check=True, capture_output=True)
    print(f"{platform.platform()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        for kind in FEES:
            for count in COUNTS:
                path = Path(folder, f"{kind}-{count}.yaml")
                path.write_text(catalogue(kind, count), encoding="utf-8")
                taken = [(name, seconds([program, *words])) for name, words in runs(path)]
                told = "   ".join(f"{name} {time:5.2f}" for name, time in taken)
                print(f"{count:4} plans, {kind:9} {told}")
    for count in ACCOUNTS:
        table, whole = (seconds([program, *deal(count), *form]) for form in ((), ("-o", "json")))
        print(f"{count:4} accounts        advise {table:5.2f}   advise -o json {whole:5.2f}")


if __name__ == "__main__":
    main()
