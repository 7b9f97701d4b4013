"""The floors: what may import what, read from the source without running it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import supportcli

PACKAGE = Path(supportcli.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

LOW = {"core", "inputs.values", "needs", "advice", "errors"}
WORDS = {"language", "safe", "seal", "sheet_cells", "text_width"}
SURROUNDINGS = {"interruption", "system"}
LIGHT = {"patterns", "record"}  # the standard library's own, made when first used: for every floor
MAY_IMPORT = {
    "core": {"core", "errors"},
    "inputs.values": {"core", "errors", "inputs.values"},
    "needs": {"core", "inputs.values", "needs", "errors"},
    "advice": LOW,
    "sql": {*LOW, "sql"},
    "inputs": {*LOW, *WORDS, *SURROUNDINGS, "inputs"},
    "outputs": {*LOW, *WORDS, *SURROUNDINGS, "outputs"},
    "batch": {*LOW, *WORDS, *SURROUNDINGS, "sql", "inputs", "outputs", "batch"},
    "quotes": {*LOW, *WORDS, "inputs", "outputs", "quotes"},
    "cli": {*LOW, *WORDS, *SURROUNDINGS, "sql", "inputs", "outputs", "batch", "quotes", "cli"},
    "errors": set(),
    "patterns": set(),
    "record": set(),
    "safe": set(),
    "seal": set(),
    "sheet_cells": set(),
    "text_width": set(),
    "system": set(),
    "interruption": set(),
    "translations": set(),
    "made": set(),
    "language": {"core", "errors", "safe", "system", "translations"},
    "__main__": {"cli", "interruption"},
    "__init__": {*LOW, "sql", "inputs", "outputs", "batch", "quotes"},
}
GUESTS = {
    "inputs/strict_yaml/tree.py": {"yaml"},
    "inputs/tables/files.py": {"zstandard"},
    "inputs/answers/key_prompt.py": {"prompt_toolkit"},
    "inputs/answers/list_prompt.py": {"prompt_toolkit"},
    "inputs/answers/prompt.py": {"prompt_toolkit", "questionary"},
    "inputs/answers/text_prompt.py": {"prompt_toolkit"},
    "outputs/formats/html.py": {"jinja2"},
    "outputs/formats/pdf.py": {"pypdf"},
    "outputs/formats/xlsx.py": {"xlsxwriter"},
    "outputs/formats/xlsx_cells.py": {"xlsxwriter"},
    "outputs/formats/xlsx_pages.py": {"xlsxwriter"},
    "outputs/formats/xlsx_quote.py": {"xlsxwriter"},
    "outputs/formats/xlsx_quote_live.py": {"xlsxwriter"},
    "outputs/formats/xlsx_quote_page.py": {"xlsxwriter"},
    "outputs/formats/terminal.py": {"rich"},
    "outputs/formats/terminal_table.py": {"rich"},
    "text_width.py": {"wcwidth"},
    "cli/app.py": {"typer"},
    "cli/help.py": {"typer"},
    "cli/misses.py": {"typer"},
    "cli/commands/advise.py": {"typer"},
    "batch/asked.py": {"duckdb"},
    "batch/engine.py": {"duckdb"},
    "batch/sums_above.py": {"duckdb"},
    "batch/groups.py": {"duckdb"},
    "batch/months_apart.py": {"duckdb"},
    "batch/odd_rows.py": {"duckdb"},
    "batch/parquet.py": {"duckdb"},
    "batch/odd_texts.py": {"duckdb"},
    "batch/survey.py": {"duckdb"},
    "batch/totals.py": {"duckdb"},
    "batch/unheeded.py": {"duckdb"},
    "cli/commands/batch.py": {"typer"},
    "cli/commands/breakeven.py": {"typer"},
    "cli/commands/compare.py": {"typer"},
    "cli/commands/quote.py": {"typer"},
    "cli/commands/verify.py": {"typer"},
    "cli/commands/formula.py": {"typer"},
    "cli/flags/needs.py": {"typer"},
    "cli/flags/common.py": {"typer"},
    "cli/flags/contract.py": {"typer"},
    "cli/flags/table.py": {"typer"},
    "cli/commands/plans.py": {"typer"},
    "cli/commands/config.py": {"typer"},
    "cli/commands/sql.py": {"typer"},
}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "supportcli":
                yield from (f"supportcli.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def floor_of(path: Path) -> str:
    inside = path.relative_to(PACKAGE)
    return room_of(".".join(inside.parts)) if len(inside.parts) > 1 else inside.stem


def room_of(name: str) -> str:
    """The floor of a module by its name; what reads a text is below all that takes one."""
    return "inputs.values" if name.startswith("inputs.values.") else name.split(".", maxsplit=1)[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_own_floor_or_below(path: Path) -> None:
    for name in imports_of(path):
        top, _, rest = name.partition(".")
        if top == "supportcli":
            assert room_of(rest) in {*MAY_IMPORT[floor_of(path)], *LIGHT, "__version__"}
        elif top not in sys.stdlib_module_names and top != "__future__":
            assert top in GUESTS.get(path.relative_to(PACKAGE).as_posix(), set())


def test_records_and_expressions_are_those_made_when_first_used() -> None:
    for path in MODULES:
        if path.stem not in LIGHT:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"from typing import .*NamedTuple|from dataclasses", text), path
            assert "re.compile(" not in text, path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_opens_with_a_sentence_and_inner_init_files_are_empty(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name == "__init__.py" and path.parent != PACKAGE:
        assert text == ""
    else:
        opening = ast.get_docstring(ast.parse(text))
        assert opening is not None
        assert opening.split("\n")[0].endswith(".")


def names() -> dict[Path, str]:
    return {
        path: "supportcli." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for path in MODULES
        if path.name != "__init__.py"
    }


def imports() -> dict[str, set[str]]:
    """Every module of ours and those of ours that it imports."""
    known = names()
    return {
        name: {found for found in imports_of(path) if found in known.values()}
        for path, name in known.items()
    }


def in_circles(graph: Mapping[str, set[str]]) -> list[str]:
    """The names that cannot be put in an order in which each comes after all that it needs."""
    done: set[str] = set()
    while free := {name for name in graph if name not in done and graph[name] <= done}:
        done |= free
    return sorted(set(graph) - done)


def folder_of(name: str) -> str:
    """The folder that a module stands in; one that stands at the top is a room of its own."""
    parent = name.rpartition(".")[0]
    return name if parent == "supportcli" else parent


def folders(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The same arrows, among folders."""
    found: dict[str, set[str]] = {}
    for name, needed in graph.items():
        found.setdefault(folder_of(name), set()).update(map(folder_of, needed))
    return {here: needed - {here} for here, needed in found.items()}


def test_no_module_imports_itself_by_a_way_round() -> None:
    assert in_circles(imports()) == []


def test_no_folder_imports_itself_by_a_way_round() -> None:
    assert in_circles(folders(imports())) == []


def test_a_circle_of_folders_is_found() -> None:
    modules = {"p.a.x": {"p.b.y"}, "p.b.y": set[str](), "p.b.z": {"p.a.w"}, "p.a.w": set[str]()}
    assert in_circles(modules) == []
    assert in_circles(folders(modules)) == ["p.a", "p.b"]


ASKED_FOR_BY_NAME = {"HELP", "COMMANDS", "TYPE_CHECKING"}  # of verbs' modules; by type checkers


def names_of(path: Path) -> Iterator[str]:
    """The classes of a module, also private ones, its other types, and its public constants.

    A type variable is no type of its own; `_` before a constant says that it is the module's own.
    """
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            made_by = ast.unparse(node.value) if node.value else ""
            for target in targets:
                if isinstance(target, ast.Name) and not made_by.startswith("TypeVar("):
                    yield target.id


def test_a_name_of_a_class_or_a_constant_stands_in_one_module() -> None:
    found = Counter(
        name
        for path in MODULES
        for name in names_of(path)
        if not re.match("__|_[A-Z0-9_]+$", name) and name not in ASKED_FOR_BY_NAME
    )
    assert {name for name, count in found.items() if count > 1} == set()


def test_there_is_no_float_below_the_inputs() -> None:
    for path in MODULES:
        if floor_of(path) in ("core", "needs", "advice"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
                assert not (isinstance(node, ast.Name) and node.id == "float")


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that a run of the program has imported when it ends."""
    code = (
        "import sys, io\n"
        "from supportcli.__main__ import main\n"
        f"sys.argv = ['supportcli', *{arguments!r}]\n"
        "out, sys.stdout = sys.stdout, io.StringIO()\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted(sys.modules), file=out)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


HEAVY = {"pydantic", "questionary", "prompt_toolkit", "duckdb", "jinja2", "importlib.metadata"}
HEAVY |= {
    "openpyxl",
    "defusedxml",
    "zstandard",
    "xlsxwriter",
    "fastexcel",
    "babel",
    "wcwidth",
    "pypdf",
}


def test_the_version_is_answered_before_anything_is_imported() -> None:
    loaded = loaded_by("--version")
    assert "supportcli.cli.app" not in loaded
    assert not {"typer", "yaml", "rich"} & loaded


def test_json_and_text_load_no_heavy_guest_and_no_rich() -> None:
    for form in ("json", "text"):
        loaded = loaded_by("advise", "--spend", "120000", "--response", "10m", "-o", form)
        assert "supportcli.cli.commands.advise" in loaded
        assert not (HEAVY | {"rich"}) & loaded


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_table_loads_rich_and_no_other_heavy_guest(code: str) -> None:
    loaded = loaded_by("advise", "--spend", "120000", "--response", "10m", "--lang", code)
    assert "rich" in loaded
    assert not HEAVY & loaded


def test_a_refusal_is_made_before_rich_is_loaded() -> None:
    assert "rich" not in loaded_by("advise", "--spend", "1e9")
