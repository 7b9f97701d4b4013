"""What INT and TERM do at many moments of a run: how it ended, and what was said and left behind.

Usage: python tests/benchmarks/signals.py BIN [STEP [LAST]]; BIN is the bin folder of an
environment into which the program was installed. Each command is run once for each signal and each
moment (every STEP ms through the first LAST ms, 5 and 400 if not given).
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

COMMANDS = {
    "advise": ["advise", "--spend", "120000", "--response", "10m"],
    "batch": ["batch", "in.csv", "--out", "out.csv", "--force"],
    "batch to xlsx": ["batch", "in.csv", "--out", "out.xlsx", "--force"],
    "plans list": ["plans", "list"],
}
ROWS = 5_000


class Outcome(NamedTuple):
    """The exit code (below 0: killed by that signal), the lines on stderr, whether one is bad."""

    code: int
    lines: int
    trouble: str
    left: int


def trouble_in(err: str) -> str:
    """What must never be said, if it was; a traceback of the interpreter's own start apart."""
    for words in ("internal error", "Exception ignored", "Fatal Python error"):
        if words in err:
            return words
    if "Traceback" in err:
        ours = "supportcli" in err.replace("/bin/supportcli", "")
        return "traceback" if ours else "traceback before our first line"
    return ""


def outcome(command: list[str], number: int, after: float, folder: Path) -> Outcome:
    """Run the command, send the signal after some seconds, and look at what is left."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "TMPDIR": str(folder / "tmp")},
    )
    time.sleep(after)
    process.send_signal(number)
    _, err = process.communicate()
    hidden = [path for path in folder.iterdir() if path.name.startswith(".supportcli-")]
    left = len(hidden) + len(list((folder / "tmp").iterdir()))
    return Outcome(process.returncode, err.count("\n"), trouble_in(err), left)


def main() -> None:
    """Try them all and print how often each outcome came."""
    program = str(Path(sys.argv[1]).absolute() / "supportcli")
    step, last = (
        (int(sys.argv[2]) if len(sys.argv) > 2 else 5),
        (int(sys.argv[3]) if len(sys.argv) > 3 else 400),
    )
    for name, words in COMMANDS.items():
        for number in (signal.SIGINT, signal.SIGTERM):
            found: Counter[Outcome] = Counter()
            for moment in range(0, last, step):
                with tempfile.TemporaryDirectory() as folder:
                    (Path(folder) / "tmp").mkdir()
                    rows = "".join(f"a{i},{i}\n" for i in range(ROWS))
                    table = Path(folder) / "in.csv"
                    table.write_text(f"account,spend\n{rows}", encoding="utf-8")
                    found[outcome([program, *words], number, moment / 1000, Path(folder))] += 1
            print(f"{name}, {signal.Signals(number).name}")
            for each, times in sorted(found.items()):
                words_of = each.trouble or "-"
                print(
                    f"  {times:4} x exit {each.code:4}, {each.lines} lines, {words_of}, "
                    f"{each.left} files left"
                )


if __name__ == "__main__":
    main()
