"""The suite on other versions than the lock's, and the lock itself. Run from the root:

python -m tests.versions newest -m "not slow and not sweep"   on the newest versions of the caps
python -m tests.versions oldest -m "not slow and not sweep"   on the oldest of the floors
python -m tests.versions lock                                 writes tests/constraints.txt anew

What follows the word goes to pytest, whose exit code this one is. Each environment is made anew
(.venv-newest, .venv-oldest); where it is the lock's to the last package, its tests are the suite's
and are not run again. The newest says what differs from the lock, which releases are beyond
a cap of pyproject.toml, and whether the newest typer still imports pydantic.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = "tests/constraints.txt"
RESOLUTIONS = {"newest": "highest", "oldest": "lowest-direct"}
ADVICE = """
import sys
from supportcli.cli.app import run
run(["advise", "--spend", "1", "-o", "json"])
sys.exit(3 if "pydantic" in sys.modules else 0)
"""


def uv(*arguments: str | Path) -> str:
    """What uv says; what it writes about it is shown."""
    command = [sys.executable, "-m", "uv", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def lock() -> int:
    """Pin what development needs, for every system and Python, at the newest of today."""
    ours = [
        "--custom-compile-command",
        "python -m tests.versions lock",
        "--no-annotate",
        "--extra",
        "dev",
    ]
    uv(
        "pip",
        "compile",
        "pyproject.toml",
        "--quiet",
        "--universal",
        "--upgrade",
        *ours,
        "--output-file",
        LOCK,
    )
    return 0


def environment(name: str) -> Path:
    """The Python of a new environment with the package and its development tools."""
    folder = ROOT / f".venv-{name}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    uv("venv", "--quiet", "--clear", "--python", sys.executable, folder)
    chosen = ["--resolution", RESOLUTIONS[name], "--editable", ".[dev]"]
    uv("pip", "install", "--quiet", "--python", python, *chosen)
    return python


def pinned(lines: str) -> dict[str, str]:
    """The version of each package in the form `name==version`."""
    return dict(re.findall(r"^([\w.-]+)==([\w.+]+)", lines, re.MULTILINE))


def what_differs(python: Path) -> list[str]:
    """The packages that are not of the lock's version, a line each."""
    locked = pinned((ROOT / LOCK).read_text(encoding="utf-8"))
    return [
        f"  {name} {version} (locked: {locked.get(name, 'not at all')})"
        for name, version in pinned(uv("pip", "freeze", "--python", python)).items()
        if version != locked.get(name)
    ]


def say_what_is_beyond(python: Path) -> None:
    """Which releases of what pyproject.toml names are beyond its caps."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    named = {re.split(r"[<>=!~ ]", line)[0].lower() for line in needed}
    for one in json.loads(uv("pip", "list", "--outdated", "--format", "json", "--python", python)):
        if one["name"].lower() in named:
            print(f"  {one['name']} {one['latest_version']} is beyond its cap")


def say_whether_typer_imports_pydantic(python: Path) -> None:
    """The reason of typer's cap: tried on the newest typer, whatever the cap says."""
    uv("pip", "install", "--quiet", "--python", python, "--upgrade", "typer")
    version = pinned(uv("pip", "freeze", "--python", python))["typer"]
    done = subprocess.run([python, "-c", ADVICE], check=False, capture_output=True)
    verdict = {
        0: "does not import pydantic: a cap below it has lost its reason",
        3: "still imports pydantic: the cap stays",
    }
    print(f"  typer {version} {verdict.get(done.returncode, 'does not run the program')}")


def tests(python: Path, differing: list[str], arguments: list[str]) -> int:
    """pytest's exit code; versions that are the lock's are what the suite runs on anyway."""
    if not differing:
        print("  are the lock's, to the last one: nothing to run that the suite does not")
        return 0
    print(*differing, sep="\n", flush=True)
    return subprocess.run([python, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode


def suite(name: str, arguments: list[str]) -> int:
    """Run the tests there; pytest's exit code."""
    python = environment(name)
    print(f"{name} versions that pyproject.toml allows:", flush=True)
    code = tests(python, what_differs(python), arguments)
    if name == "newest":
        say_what_is_beyond(python)
        say_whether_typer_imports_pydantic(python)
    print(f"{name} versions: {'the suite passes' if code == 0 else 'THE SUITE FAILS'}", flush=True)
    return code


def main() -> int:
    """Do what the first word says."""
    match sys.argv[1:]:
        case ["lock"]:
            return lock()
        case ["newest" | "oldest" as name, *arguments]:
            return suite(name, arguments)
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
