"""What the README says is true: its commands run and print what it shows."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

import supportcli
from supportcli import translations
from supportcli.cli.app import VERBS, build
from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.customers.aliases import COLUMNS
from supportcli.inputs.tables.header import MOST_COLUMNS
from supportcli.sql.request import MEANINGS
from supportcli.translations import read_po
from tests.runner import TODAY, run_cli

PATH = Path(__file__).parent.parent / "README.md"
README = PATH.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"`{3}console\n\$ supportcli ([^\n]*)\n(.*?)`{3}", README, re.DOTALL)
SET_UP = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)


@pytest.mark.parametrize(("line", "expected"), EXAMPLES, ids=[line for line, _ in EXAMPLES])
def test_example_is_true(line: str, expected: str, request: pytest.FixtureRequest) -> None:
    out = run_cli(*shlex.split(line)).out
    if request.config.getoption("--update-golden"):
        shown = f"$ supportcli {line}\n"
        text = PATH.read_text(encoding="utf-8")
        PATH.write_text(text.replace(f"{shown}{expected}```", f"{shown}{out}```"), encoding="utf-8")
        return
    assert out == expected


def test_the_python_examples_print_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    example = r"```python\n((?:(?!```).)*)```\n\nprints\n\n```text\n(.*?)```"
    examples = re.findall(example, README, re.DOTALL)
    assert len(examples) == 3  # of one account, of a deal, of a quote
    for code, printed in examples:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, "README.md", "exec"), {})
        assert out.getvalue() == printed


def test_the_list_of_customers_gives_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [table] = re.findall(r"```csv\n(.*?)```", README, re.DOTALL)
    [(line, said)] = re.findall(r"```text\n\$ supportcli ([^\n]*)\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("customers.csv").write_text(table, encoding="utf-8")
    done = run_cli(*shlex.split(line), *TODAY)
    assert (done.code, done.out) == (ExitCode.ROWS_REFUSED, said)
    assert Path("quotes.csv").exists()
    assert Path("quotes.rejects.csv").exists()


def test_it_opens_with_two_lines_that_set_up() -> None:
    job, tests = SET_UP
    assert job.endswith("advise --spend 120000 --response 10m")
    assert tests.endswith("-m pytest")
    installed = re.findall(r"pip install[^&]*", tests)
    assert len(installed) == 2
    assert all("-c tests/constraints.txt" in command for command in installed)
    blocks = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
    assert [kind for kind, _ in blocks[:2]] == ["sh", "sh"]
    assert [text.strip() for _, text in blocks[:2]] == [job, tests]


def test_the_lines_for_powershell_do_what_the_others_do() -> None:
    [block] = re.findall(r"```powershell\n(.*?)```", README, re.DOTALL)
    for posix, line in zip(SET_UP, block.splitlines(), strict=True):
        assert not re.search(r"&&|/bin/|'", line)
        there = posix.replace("python3 -m venv", "py -m venv").replace("/bin/", "\\Scripts\\")
        assert line == there.replace(" && ", "; ")
    assert "Windows itself could not be run" in README


def subcommands(command: Any) -> dict[str, Any]:
    """The commands of a group; none of a single command."""
    return getattr(command, "commands", {})


def test_every_command_and_every_exit_code_appears() -> None:
    for verb, command in build(VERBS).commands.items():
        assert f"supportcli {verb}" in README
        for name in subcommands(command):
            assert f"supportcli {verb} {name}" in README
    for code in (ExitCode.DONE, 1, 2, 3, 4, 5, 6, 7):
        assert re.search(rf"^\| {int(code)} \|", README, re.MULTILINE)
    assert f"{int(ExitCode.INTERRUPTED)}, {int(ExitCode.TERMINATED)}" in README


def limits_in_sqlite(plans: str, *mapped: str) -> str:
    """From which spend on a statement refuses, as its comments say it."""
    flags = [word for name in mapped for word in ("--map", f"{name}=c_{name}")]
    out = run_cli(
        "sql", "--dialect", "sqlite", "--table", "t", "--plans", plans, *flags, *TODAY
    ).out
    [limit] = re.findall(r"one of ([0-9,]+) or more is refused", " ".join(out.split("\n-- ")))
    return str(limit)


def test_the_limits_of_a_spend_in_sql_are_the_statements_own() -> None:
    [(general, least, mapped, fewer, more)] = re.findall(
        r"A spend of ([0-9,]+) or more is refused.*? one of ([0-9,]+) minor units or more, and "
        r"with `--map accounts=COLUMN` one of ([0-9,]+) or more under the catalogues (.*?), with "
        r"`--map months=COLUMN` too also under (.*?)\.",
        " ".join(README.split()),
    )
    out = run_cli("sql", "--dialect", "postgres", "--table", "t", *TODAY).out
    assert f"A spend of {general} or more" in out
    low, lower = (set(re.findall("`(.*?)`", names)) for names in (fewer, more))
    for plans in SHIPPED:
        assert limits_in_sqlite(plans) == limits_in_sqlite(plans, "months") == least
        accounts = limits_in_sqlite(plans, "accounts")
        assert accounts == (mapped if plans in low else least)
        both = limits_in_sqlite(plans, "accounts", "months")
        assert both == (mapped if plans in low | lower else least)


def test_the_limit_of_a_spend_in_sqlite_is_where_it_is_refused() -> None:
    limit = int(limits_in_sqlite("alibaba-cloud-cn").replace(",", ""))
    statement = run_cli("sql", "--dialect", "sqlite", "--table", "t", *TODAY).out
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.row_factory = sqlite3.Row
        db.execute("CREATE TABLE t (account TEXT, monthly_spend_minor INTEGER)")
        db.execute("INSERT INTO t VALUES ('below', ?), ('at', ?)", (limit - 1, limit))
        found = {row["account"]: row["reason_code"] for row in db.execute(statement.rstrip(";\n"))}
    assert found["at"] == "too_many_digits"
    assert found["below"] == "cheapest"


def test_the_number_of_columns_is_the_code_s_own() -> None:
    assert re.findall(r"of at most ([0-9]+)\scolumns", README) == [str(MOST_COLUMNS)]


def test_the_catalogue_of_your_own_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [block] = re.findall(r"   ```yaml\n(.*?)   ```", README, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("acme.yaml").write_text(textwrap.dedent(block), encoding="utf-8")
    for line in re.findall(r"`supportcli ([^`>]*acme\.yaml[^`]*)`", README):
        done = run_cli(*shlex.split(line))
        assert (done.code, done.err) == (ExitCode.DONE, ""), line
    assert "0 mistakes" in run_cli("plans", "check", "acme.yaml").out
    out = run_cli("advise", "--plans", "acme.yaml", "--spend", "3000", "--response", "1h").out
    assert "Recommended: Gold" in out
    assert "$150 a month" in out


def changed(text: str, edits: str) -> str:
    """A text after the edits of a diff; what a removed line leaves out, its new one does too."""
    lines, at = text.splitlines(), 0
    for kept, gone, come in re.findall(r"( [^\n]*\n)?((?:-[^\n]*\n)*)((?:\+[^\n]*\n)*)", edits):
        if kept:
            at = lines.index(kept[1:-1], at) + 1
        old, new = (re.findall(r"^.(.*)$", part, re.MULTILINE) for part in (gone, come))
        if old:
            at = next(n for n in range(at, len(lines)) if lines[n].startswith(old[0]))
        taken = zip(lines[at : at + len(old)], old, strict=True)
        ends = iter([line.removeprefix(begun) for line, begun in taken if line != begun])
        lines[at : at + len(old)] = [one + (next(ends) if one.endswith(",") else "") for one in new]
        assert not list(ends)
    return "\n".join(lines) + "\n"


def test_a_vendor_s_change_is_taken_over_step_by_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    page = README.split("## How to take over a vendor's change\n")[1].split("\n## ")[0]
    [edits] = re.findall(r"```diff\n(.*?)```", page, re.DOTALL)
    [customers] = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    [(line, said)] = re.findall(
        r"```shell-session\n\$ supportcli ([^\n]*)\n(.*?)```", page, re.DOTALL
    )
    export, *checks = re.findall(r"^supportcli (.*)$", page, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    assert run_cli(*shlex.split(export)).code == ExitCode.DONE
    text = changed(Path("new.yaml").read_text(encoding="utf-8"), edits)
    Path("new.yaml").write_text(text, encoding="utf-8")
    Path("customers.csv").write_text(customers, encoding="utf-8")
    for check in checks:
        done = run_cli(*shlex.split(check))
        assert (done.code, done.err) == (ExitCode.DONE, ""), done
    done = run_cli(*shlex.split(line))
    assert done.code == ExitCode.DONE
    if request.config.getoption("--update-golden"):
        shown = f"$ supportcli {line}\n"
        whole = PATH.read_text(encoding="utf-8")
        PATH.write_text(
            whole.replace(f"{shown}{said}```", f"{shown}{done.out}```"), encoding="utf-8"
        )
        return
    assert done.out == said


def test_every_shape_in_the_table_is_one(tmp_path: Path) -> None:
    table = README.split("What a fee can say:")[1].split("\n\n")[1]
    shapes = [text for text in re.findall(r"`(\{\w+: [^`]*\})`", table) if "..." not in text]
    assert len(shapes) >= 8
    for shape in shapes:
        if shape.startswith("{id:"):
            continue
        plan = f"{{id: p, name: P, tier: 1, fee: {shape}}}"
        text = f"id: a\nname: A\ncurrency: USD\nplans: [{plan}]\n"
        path = tmp_path / "plans.yaml"
        path.write_text(text, encoding="utf-8")
        assert load_catalogue(path).plans[0].fees is not None, shape


@pytest.mark.slow
def test_a_language_is_added_and_kept_as_it_says(tmp_path: Path) -> None:
    """In a copy of the package: German begun by its two commands, Chinese left as it was."""
    shutil.copytree(Path(supportcli.__file__).parent, tmp_path / "supportcli")
    lines = re.findall(r"pybabel (\w+ [^`\n]*)", README.split("## How to add a language")[1])
    assert [line.split()[0] for line in lines] == ["extract", "init", "update"]
    for line in lines:
        babel = [sys.executable, "-m", "babel.messages.frontend", *shlex.split(line)]
        subprocess.run(babel, cwd=tmp_path, check=True, capture_output=True)
    locales = tmp_path / "supportcli" / "locales"
    shipped = (translations.LOCALES / "zh.po").read_bytes()
    kept = (locales / "zh.po").read_bytes()
    assert read_po(kept) == read_po(shipped)
    assert kept.count(b"\nmsgid ") == shipped.count(b"\nmsgid ")
    assert not any(
        line.startswith((b"#~", b"#:")) or b"fuzzy" in line for line in kept.split(b"\n")
    )
    german = (locales / "de.po").read_text(encoding="utf-8")
    untold = '"Recommended: {plan}"\nmsgstr '
    begun = german.replace(f'{untold}""', f'{untold}"Rat: {{plan}}"')
    assert begun != german
    (locales / "de.po").write_text(begun, encoding="utf-8")
    advise = ["-m", "supportcli", "advise", "--spend", "1", "-o", "text", "--lang", "de"]
    plans = ["--plans", str(PATH.parent / "plans.yaml")]
    done = subprocess.run(
        [sys.executable, *advise, *plans], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout.startswith("Rat: Basic\n")


def test_nothing_cites_what_is_not_in_the_repository() -> None:
    """Documents that lie beside a checkout, where it was written, are not there for its reader."""
    elsewhere = re.compile(rb"\b[s]hared/")
    files = [*PATH.parent.glob("[!.]*.*"), *(PATH.parent / ".ci").iterdir()]
    for folder in ("supportcli", "tests"):
        files += (PATH.parent / folder).rglob("*.*")
    assert len(files) > 200
    cited = [path for path in files if path.is_file() and elsewhere.search(path.read_bytes())]
    assert [path for path in cited if path.suffix != ".pyc"] == []


def test_every_flag_that_it_names_exists() -> None:
    tree = build(VERBS).commands.values()
    known = {
        name
        for command in (*tree, *(one for group in tree for one in subcommands(group).values()))
        for option in command.params
        for name in (*option.opts, *option.secondary_opts)
    }
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert named - known <= {
        "--quiet",
        "--editable",
        "--no-build-isolation",
        "--no-location",
        "--sort-output",
    }


def test_every_column_of_a_list_and_of_a_statement_is_told() -> None:
    """The names that --map takes, in the table of the verb that takes them."""
    lists, statements = (
        README[README.index(begin) : README.index(end)]
        for begin, end in (
            ("## Many customers", "## In a warehouse"),
            ("## In a warehouse", "## Real contracts"),
        )
    )
    for text, names in ((lists, COLUMNS), (statements, MEANINGS)):
        rows = re.findall(r"^\| (`[^|]*)\|", text, re.MULTILINE)
        told = {name for row in rows for name in re.findall("`([a-z_0-9]+)`", row)}
        spends = {name for name in names if name.startswith("spend_")}
        assert set(names) - spends <= told
