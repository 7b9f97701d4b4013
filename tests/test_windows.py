"""The program where it was not made: without the names that only POSIX has, and as on Windows.

Windows itself could not be run here. What can be: every command with those names removed, every
branch for Windows, and the type checker's view of Windows.
"""

from __future__ import annotations

import ast
import errno
import importlib.util
import io
import json
import locale
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supportcli import system
from supportcli.cli.run.asking import can_ask
from supportcli.errors import OutputError, fault
from supportcli.inputs.answers.sources import config_path
from supportcli.language import preferred_language
from supportcli.outputs.console import PipeClosedError, StatusLine, write_out
from supportcli.outputs.files import write_file
from tests.runner import run_cli

ROOT = Path(__file__).parent.parent
WITHOUT = (
    "fcntl",
    "termios",
    "resource",
    "pwd",
    "grp",
    "tty",
    "pty",
    "readline",
    "syslog",
    "crypt",
)
RUNS = [
    (0, "--version"),
    (0, "--help"),
    (0, "plans --help"),
    (0, "batch --help --lang zh"),
    (0, "advise --spend 120000 --response 10m"),
    (0, "advise --spend 12万 --tam -o text --lang zh"),
    (0, "advise --spend 120000 -o json"),
    (0, "advise --spend 120000 --tam -o csv"),
    (0, "advise --spend 120000 --out advice.json --save-answers answers.yaml --force"),
    (0, "advise --answers answers.yaml"),
    (0, "advise --account a=5 --account b=300000,response=10m"),
    (2, "advise --spend 1e9"),
    (3, "advise --spend 1 --plans nowhere.yaml"),
    (7, "advise"),
    (0, "breakeven --response 10m"),
    (6, "batch in.csv --out out.csv --force"),
    (6, "batch in.csv --out out.xlsx --force"),
    (6, "batch in.csv --out out.parquet --force"),
    (0, "batch out.parquet --out out.ndjson --force"),
    (0, "batch out.xlsx --out again.csv --force"),
    (6, "batch in.csv --out - --rejects rejects.csv --force"),
    (0, "batch in.csv --dry-run"),
    (1, "batch no.csv --out out.csv --force"),
    (1, "batch in.csv --out out.csv"),
    (0, "sql --dialect sqlite --table t"),
    (0, "sql --dialect duckdb --table t --out statement.sql --force"),
    (0, "plans list"),
    (0, "plans show premier"),
    (0, "plans check --strict aws"),
    (0, "plans test aws"),
    (0, "plans diff aws azure --spend 5000"),
    (0, "plans schema --kind output"),
]
PROGRAM = """
import io, json, os, select, shlex, signal, sys, time
import subprocess  # it looks for names of this system when it is loaded, as on Windows for those
wanted = json.loads(sys.argv[1])
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in wanted["modules"]:
            raise ModuleNotFoundError(name)
def refused(*given, **named):
    raise OSError(1314, "A required privilege is not held by the client")
if wanted["removed"]:
    sys.meta_path.insert(0, Missing())
    for name in wanted["modules"]:
        sys.modules.pop(name, None)
    for module, names in wanted["removed"].items():
        for name in names:
            vars(sys.modules[module]).pop(name, None)
    os.symlink = refused
if wanted["windows"]:
    import supportcli.system
    supportcli.system.WINDOWS = True
from supportcli.__main__ import main
told = []
for line in wanted["runs"]:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in "oe")
    sys.argv, sys.stdout, sys.stderr = ["supportcli", *shlex.split(line)], out, err
    code = 0
    try:
        main()
    except SystemExit as left:
        code = left.code
    except BaseException:
        import traceback
        traceback.print_exc(file=sys.__stderr__)
        raise
    out.flush(), err.flush()
    told.append([int(code or 0), out.buffer.getvalue().decode(), err.buffer.getvalue().decode()])
print(json.dumps(told), file=sys.__stdout__)
"""


def posix_only(module: str) -> list[str]:
    """The names of a module that Windows has not, as the type checker's own stubs tell them."""
    found = importlib.util.find_spec("mypy")
    assert found is not None
    assert found.submodule_search_locations is not None
    stubs = Path(found.submodule_search_locations[0]) / "typeshed" / "stdlib"
    path = stubs / module / "__init__.pyi"
    path = path if path.exists() else stubs / f"{module}.pyi"
    elsewhere: set[str] = set()
    here: set[str] = set()
    for statement, windows in branches(ast.parse(path.read_text(encoding="utf-8")).body, True):
        (here if windows else elsewhere).update(names_in(statement))
    return sorted(elsewhere - here)


def branches(body: list[ast.stmt], windows: bool) -> Iterator[tuple[ast.stmt, bool]]:
    """Every statement at the top, and whether it holds on Windows."""
    for statement in body:
        if not isinstance(statement, ast.If):
            yield statement, windows
            continue
        test = ast.unparse(statement.test)
        yield from branches(statement.body, windows and not re.search(_ELSEWHERE, test))
        yield from branches(statement.orelse, windows and "== 'win32'" not in test)


_ELSEWHERE = "!= 'win32'|== 'linux'|== 'darwin'"


def names_in(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            yield from (each.id for each in targets if isinstance(each, ast.Name))
        case ast.ImportFrom(names=names):
            yield from (each.asname or each.name for each in names)


def told(folder: Path, removed: bool, windows: bool) -> Any:
    """What every run wrote, in a process with no home and no language."""
    folder.mkdir()
    (folder / "in.csv").write_text("account,spend\na,5\nb,x\n\nc,300000\n", encoding="utf-8")
    names = {module: posix_only(module) for module in ("os", "signal", "time", "select")}
    wanted = {
        "runs": [f"{line} --date 2026-11-23" if takes_a_date(line) else line for _, line in RUNS],
        "modules": WITHOUT,
        "removed": names if removed else {},
        "windows": windows,
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(wanted)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def takes_a_date(line: str) -> bool:
    return (
        line.split(maxsplit=1)[0] in ("advise", "breakeven", "batch", "sql")
        and "--help" not in line
    )


def test_the_names_that_are_removed_are_the_posix_ones() -> None:
    assert {"fork", "getuid", "geteuid", "sched_yield", "mkfifo", "uname"} <= set(posix_only("os"))
    assert {"SIGHUP", "SIGPIPE", "SIGKILL", "alarm"} <= set(posix_only("signal"))
    assert not {"kill", "getpid", "symlink", "SIGINT", "SIGTERM"} & {
        *posix_only("os"),
        *posix_only("signal"),
    }


@pytest.mark.slow
def test_every_command_runs_without_posix_names_and_as_on_windows(tmp_path: Path) -> None:
    usual = told(tmp_path / "usual", removed=False, windows=False)
    for (code, line), (found, out, err) in zip(RUNS, usual, strict=True):
        assert (found, "Traceback" in err) == (code, False), f"{line}: {err}"
        assert "\r" not in out + err  # a text stream of Windows makes \r\n of \n by itself
    for windows in (False, True):
        there = told(tmp_path / f"removed-{windows}", removed=True, windows=windows)
        for (_, line), expected, found in zip(RUNS, usual, there, strict=True):
            assert found == expected, line


@pytest.mark.slow
def test_the_type_checker_finds_every_name_on_windows(request: pytest.FixtureRequest) -> None:
    kept = request.config.cache
    assert kept is not None
    cache = ["--cache-dir", str(kept.mkdir("mypy-windows"))]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--platform", "win32", *cache, "supportcli"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.startswith("Success: "), done.stdout


def test_what_is_not_everywhere_stands_in_one_place() -> None:
    """Sending a signal asks on POSIX and interrupts on Windows; links need rights there."""
    careful = {"kill", "symlink", "symlink_to", "link", "hardlink_to", "fork", "readlink"}
    for path in (ROOT / "supportcli").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert path.name == "system.py" or not named & careful, path


# The branches for Windows, as far as they can be run elsewhere


@pytest.fixture
def _windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "WINDOWS", True)


@pytest.mark.usefixtures("_windows")
def test_the_configuration_is_under_appdata(tmp_path: Path) -> None:
    ours = Path("supportcli", "config.yaml")
    assert config_path({"APPDATA": "/roaming", "HOME": "/home/x"}) == Path("/roaming") / ours
    roaming = Path("/users/x/AppData/Roaming")
    assert config_path({"USERPROFILE": "/users/x", "XDG_CONFIG_HOME": "/xdg"}) == roaming / ours
    assert config_path({}) == Path("/AppData/Roaming") / ours
    (tmp_path / "supportcli").mkdir()
    (tmp_path / ours).write_text("lang: zh\n", encoding="utf-8")
    done = run_cli("advise", "--spend", "1", environment={"APPDATA": str(tmp_path)})
    assert done.out.startswith("推荐方案")


def test_elsewhere_the_configuration_is_where_xdg_says() -> None:
    ours = Path("supportcli", "config.yaml")
    assert config_path({"APPDATA": "/roaming", "HOME": "/home/x"}) == Path("/home/x/.config") / ours
    assert config_path({"XDG_CONFIG_HOME": "/xdg", "HOME": "/home/x"}) == Path("/xdg") / ours


@pytest.mark.parametrize(
    ("name", "environment", "code"),
    [
        ("Chinese (Simplified)_China", {}, "zh"),
        ("Chinese (Traditional)_Taiwan", {}, "zh"),
        ("zh_CN", {}, "zh"),
        ("zh-Hans-CN", {}, "zh"),
        ("English_United States", {}, "en"),
        ("German_Germany", {}, "en"),
        (None, {}, "en"),
        ("zh_CN", {"LANG": "en_US.UTF-8"}, "en"),
        ("English_United States", {"LC_ALL": "zh_CN"}, "zh"),
    ],
)
def test_the_language_of_windows_counts_where_no_variable_names_one(
    name: str | None, environment: dict[str, str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (name, "cp936"))
    assert preferred_language(environment) == ("zh" if environment.get("LC_ALL") else "en")
    monkeypatch.setattr(system, "WINDOWS", True)
    assert preferred_language(environment) == code


@pytest.mark.usefixtures("_windows")
def test_a_locale_that_python_cannot_name_is_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> None:
        raise ValueError("unknown locale: xx")

    monkeypatch.setattr(locale, "getlocale", unknown)
    assert preferred_language({}) == "en"


@pytest.mark.usefixtures("_windows")
def test_no_signal_is_sent_to_learn_whether_a_run_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left files are swept by their age: a day."""

    def kill(*_: int) -> None:
        raise AssertionError("this is Ctrl-C on Windows")

    monkeypatch.setattr(os, "kill", kill)
    old, new = tmp_path / ".supportcli-999999-old", tmp_path / ".supportcli-999999-new"
    for left in (old, new):
        left.write_text("", encoding="utf-8")
    os.utime(old, (0, 0))
    write_file(tmp_path / "a.txt", "text", force=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, "a.txt"]


NO_NAMES = ["CON", "con.csv", "Nul.txt", "com1", "LPT9.json", "aux.", "COM¹", "a.csv:b", "a.", "a "]


@pytest.mark.parametrize("name", NO_NAMES)
def test_names_of_devices_and_streams_are_refused_on_windows_alone(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(tmp_path / name, "text", force=False)
    monkeypatch.setattr(system, "WINDOWS", True)
    with pytest.raises(OutputError, match="is no name for a file on Windows; name another"):
        write_file(tmp_path / name, "text", force=True)


@pytest.mark.usefixtures("_windows")
@pytest.mark.parametrize("name", ["console.csv", "nullable", "com10.txt", "报价.csv", ".con", "-"])
def test_other_names_are_not(name: str) -> None:
    assert not system.is_no_file_name(name)


def test_where_no_link_may_be_made_there_is_another_or_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(1314, "A required privilege is not held by the client")

    path = tmp_path / "a[1].csv"
    path.write_text("x", encoding="utf-8")
    system.stand_in(path, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    monkeypatch.setattr(os, "symlink", refused)
    system.stand_in(path, tmp_path / "hard")
    assert (tmp_path / "hard").samefile(path)
    monkeypatch.setattr(os, "link", refused)
    system.stand_in(path, tmp_path / "copy")
    assert not (tmp_path / "copy").samefile(path)
    assert (tmp_path / "copy").read_text(encoding="utf-8") == "x"


def test_a_file_that_is_open_in_another_program_is_told() -> None:
    for number in (5, 32, 33):
        error = PermissionError(errno.EACCES, "Access is denied")
        error.winerror = number  # type: ignore[attr-defined]
        assert str(fault(error)) == "permission denied, or it is open in another program"
    assert str(fault(PermissionError(errno.EACCES, ""))) == "permission denied"


def test_a_reader_that_left_is_told_by_another_number(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.EINVAL, "Invalid argument")

        def fileno(self) -> int:
            return os.open(os.devnull, os.O_WRONLY)

    monkeypatch.setattr(sys, "stdout", Pipe())
    with pytest.raises(OutputError):
        write_out("text")
    monkeypatch.setattr(system, "WINDOWS", True)
    with pytest.raises(PipeClosedError):
        write_out("text")


def test_questions_need_the_one_console(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for name in ("stdin", "stderr"):
        monkeypatch.setattr(sys, name, Terminal())
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert can_ask()
    monkeypatch.setattr(system, "WINDOWS", True)
    assert not can_ask()
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert can_ask()


def test_the_command_that_repeats_an_advice_is_quoted_as_the_shell_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ("--order", "5 from 2026-01", "--plans", r"C:\my plans\a.yaml", r"C:\a.yaml", "7折")
    assert system.command_line(words) == (
        r"--order '5 from 2026-01' --plans 'C:\my plans\a.yaml' 'C:\a.yaml' '7折'"
    )
    monkeypatch.setattr(system, "WINDOWS", True)
    assert system.command_line(words) == (
        r'--order "5 from 2026-01" --plans "C:\my plans\a.yaml" C:\a.yaml 7折'
    )


def test_progress_needs_no_escape_code(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    line = StatusLine()
    line.show("测算")  # four columns
    line.show("ab")
    line.wipe()
    assert written.getvalue() == "\r测算\rab  \r  \r"


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system how the file is open")
def test_what_is_flushed_to_the_disk_is_open_for_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows flushes no file that is open for reading only."""
    from fcntl import F_GETFL, fcntl

    modes = []
    monkeypatch.setattr(os, "fsync", lambda file: modes.append(fcntl(file, F_GETFL)))
    write_file(tmp_path / "a.txt", "text", force=False)
    assert [mode & os.O_ACCMODE for mode in modes] == [os.O_RDWR]
