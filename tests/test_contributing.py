"""What CONTRIBUTING and the change log say can be found and run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
CHANGES = (ROOT / ".github" / "CHANGELOG.md").read_text(encoding="utf-8")
GATE = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
BLOCKS: list[str] = re.findall(r"`{3}console\n(.*?)`{3}", GUIDE, re.DOTALL)
COMMANDS = [line[2:] for block in BLOCKS for line in block.splitlines()]
PATHS = sorted(
    set(re.findall(r"`((?:supportcli|tests|\.ci|plans)[A-Za-z_/.]*[a-z_/])`", GUIDE))
    | set(re.findall(r"\]\(([^)]+)\)", GUIDE))
)


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_is_named_exists(path: str) -> None:
    base = ROOT / ".github" if path.startswith("..") or "/" not in path else ROOT
    assert (base / path).exists() or (ROOT / path).exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_named_is_one_that_the_gate_runs(command: str) -> None:
    """It has a variable for the folder, and runs most of the fast set on other versions."""
    program, *words = shlex.split(command)
    assert Path(program).parent == Path(".venv-dev/bin")
    said = shlex.join(words).replace("'", '"')
    said = said.replace(
        '-m pytest -m "not slow"', '-m tests.versions oldest -m "not slow and not sweep"'
    )
    assert f'"$venv/{Path(program).name}" {said}'.rstrip() in GATE


def test_every_folder_of_the_house_is_on_the_map() -> None:
    folders = {p.name for p in (ROOT / "supportcli").iterdir() if (p / "__init__.py").exists()}
    assert {name for name in folders if f"`supportcli/{name}/`" not in GUIDE} == set()


def test_the_change_log_has_the_next_version_on_top() -> None:
    assert CHANGES.splitlines()[2] == "## Unreleased"
