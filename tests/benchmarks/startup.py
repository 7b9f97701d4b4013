"""How long a run takes to begin: CPU time of whole processes, as ratios taken in one run.

Usage: python tests/benchmarks/startup.py BIN [ROUNDS]; BIN is the bin folder of an environment
into which the wheel was installed (with its .pyc files). Every round runs every command once; the
ratio is that of the medians, to `python -c pass`, and for --version to an empty console script.
"""

from __future__ import annotations

import platform
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ADVICE = ["advise", "--spend", "120000", "--response", "10m"]
EMPTY = "def main(): pass\n"


def seconds(command: list[str]) -> float:
    """CPU seconds of one run, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def empty_script(folder: Path) -> Path:
    """A console script as pip made ours, but for a module that does nothing."""
    text = (folder / "supportcli").read_text(encoding="utf-8")
    script = folder / "supportcli-empty"
    script.write_text(text.replace("supportcli.__main__", "supportcli_empty"), encoding="utf-8")
    script.chmod(0o755)
    site = subprocess.run(
        [folder / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (Path(site) / "supportcli_empty.py").write_text(EMPTY, encoding="utf-8")
    return script


def main() -> None:
    """Measure and print."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20
    program = str(folder / "supportcli")
    commands = {
        "python -c pass": [str(folder / "python"), "-c", "pass"],
        "empty console script": [str(empty_script(folder))],
        "--version": [program, "--version"],
        "--help": [program, "--help"],
        "advise -o json": [program, *ADVICE, "-o", "json"],
        "advise -o text": [program, *ADVICE, "-o", "text"],
        "advise (table)": [program, *ADVICE],
        "a refusal": [program, "advise", "--spend", "1e9"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            taken[name].append(seconds(command))
    medians = {name: statistics.median(times[1:]) for name, times in taken.items()}
    print(f"{platform.platform()}, Python {platform.python_version()}, {rounds} rounds")
    for name, median in medians.items():
        ratio = median / medians["python -c pass"]
        print(f"{name:22} {median * 1000:7.1f} ms  {ratio:6.2f}")
    extra = (medians["--version"] - medians["empty console script"]) / medians["python -c pass"]
    print(f"--version above an empty console script: {extra:.2f}")


if __name__ == "__main__":
    main()
