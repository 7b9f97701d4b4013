"""A signal ends a run at any moment: its exit code, at most one line, nothing left behind.

Each signal is sent by the run to itself, at the place that is meant, so no test waits or hopes.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from supportcli import interruption
from supportcli.errors import ExitCode

ENDS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
ADVICE = ["advise", "--spend", "120000", "--response", "10m", "--date", "2026-11-23"]
BATCH = ["batch", "in.csv", "--out", "out.csv", "--date", "2026-11-23"]
BEFORE = "supportcli: cancelled, nothing was written\n"
AFTER = "supportcli: cancelled\n"
TABLE = "account,spend\n" + "".join(f"a{number},{number}\n" for number in range(500)) + "b,x\n"

START = """
import os, signal, sys
def strike():
    os.kill(os.getpid(), SIGNAL)
def at(owner, name):
    was = getattr(owner, name)
    def struck(*given, **named):
        setattr(owner, name, was)
        strike()
        return was(*given, **named)
    setattr(owner, name, struck)
class Importing:
    def __init__(self, module, do=strike):
        self.module, self.do = module, do
        sys.meta_path.insert(0, self)
    def find_spec(self, name, path=None, target=None):
        if name == self.module:
            sys.meta_path.remove(self)
            self.do()
"""
END = """
from supportcli.__main__ import main
sys.argv = ["supportcli", *ARGUMENTS]
main()
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    Path("in.csv").write_text(TABLE, encoding="utf-8")


def names_in(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def struck(
    number: int, arguments: list[str], code: str, **surroundings: str
) -> subprocess.CompletedProcess[str]:
    """A run in which some code stands before the program's own; nothing of it is left behind."""
    names = f"SIGNAL, ARGUMENTS = {int(number)}, {arguments!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", names + START + code + END],
        capture_output=True,
        encoding="utf-8",
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": "/nonexistent",
            "TMPDIR": str(Path("../temporary").absolute()),
            "PYTHONPATH": str(Path(__file__).parent.parent),
            **surroundings,
        },
        check=False,
    )
    assert names_in("../temporary") == []
    assert [name for name in names_in(".") if name.startswith(".")] == []
    return done


def test_the_codes_are_those_of_the_manual() -> None:
    known = dict(interruption._CODES)
    assert known.pop("SIGINT") == ExitCode.INTERRUPTED
    assert set(known.values()) == {ExitCode.TERMINATED}


class Left(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The exit codes with which the handler, called as the system would, has left."""
    codes: list[int] = []

    def leave(code: int) -> None:
        codes.append(code)
        raise Left

    monkeypatch.setattr(interruption, "_run", interruption._Run())
    monkeypatch.setattr("os._exit", leave)
    return codes


def test_what_is_held_is_finished_before_the_run_ends(
    ends: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    outer = interruption.Held()
    outer.__enter__()
    with interruption.Held():
        interruption._told(signal.SIGTERM, None)
    interruption._told(signal.SIGINT, None)
    assert ends == []
    with pytest.raises(Left):
        outer.__exit__()
    assert ends == [130]
    assert capsys.readouterr().err == BEFORE


def test_what_is_unfinished_is_removed_the_last_first(
    ends: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    removed: list[str] = []

    def gone() -> None:
        raise FileNotFoundError

    finished = partial(removed.append, "finished")
    for undo in (partial(removed.append, "first"), finished, gone, partial(removed.append, "last")):
        interruption.unfinished(undo)
    interruption.finished(finished)
    interruption.say("nichts", "etwas")
    interruption.wrote()
    with pytest.raises(Left):
        interruption._told(signal.SIGTERM, None)
    assert (removed, ends) == (["last", "first"], [143])
    assert capsys.readouterr().err == "supportcli: etwas\n"


def test_who_asks_ends_by_itself_if_it_can(ends: list[int]) -> None:
    with interruption.Asking(lambda: True):
        interruption._told(signal.SIGTERM, None)
    assert (interruption.code(), ends) == (143, [])
    with pytest.raises(Left), interruption.Asking(lambda: False):
        interruption._told(signal.SIGINT, None)
    assert ends == [130]


@pytest.mark.parametrize(("number", "code"), ENDS)
@pytest.mark.parametrize("module", ["gc", "typer", "yaml", "rich.console"])
def test_while_something_is_imported(module: str, number: int, code: int) -> None:
    arm = f"sys.modules.pop({module!r}, None)\nImporting({module!r})\n"
    done = struck(number, ADVICE, arm)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", BEFORE)


@pytest.mark.parametrize(("number", "code"), ENDS)
@pytest.mark.parametrize("module", ["_duckdb", "xlsxwriter"])
def test_while_an_engine_is_imported(module: str, number: int, code: int) -> None:
    arguments = [*BATCH[:3], "out.xlsx"]
    done = struck(number, arguments, f"Importing({module!r})\n")
    assert (done.returncode, done.stdout, done.stderr) == (code, "", BEFORE)
    assert names_in(".") == ["in.csv"]


LOST = {
    "a destructor": "class Last:\n    def __del__(self): strike()\n"
    "Importing('supportcli.cli.run.advise', lambda: Last() and None)\n",
    "a bare except": "def careless():\n    try: strike()\n    except BaseException: pass\n"
    "Importing('supportcli.cli.run.advise', careless)\n",
    "the making of a class": "class Named:\n    def __set_name__(self, owner, name): strike()\n"
    "Importing('supportcli.cli.run.advise', lambda: type('T', (), {'x': Named()}) and None)\n",
    "a callback of a weak reference": "import weakref\nclass It: pass\n"
    "def gone(): it = It(); it.ref = weakref.ref(it, print); weakref.finalize(it, strike); del it\n"
    "Importing('supportcli.cli.run.advise', gone)\n",
}


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), ENDS)
@pytest.mark.parametrize("place", LOST)
def test_where_an_exception_would_be_lost_or_become_another(
    place: str, number: int, code: int
) -> None:
    done = struck(number, ADVICE, LOST[place])
    assert (done.returncode, done.stdout, done.stderr) == (code, "", BEFORE)


@pytest.mark.parametrize(("number", "code"), ENDS)
def test_while_a_sheet_is_written(number: int, code: int) -> None:
    """In the middle of a row, when the library has files of its own open."""
    arm = (
        "import supportcli.outputs.formats.xlsx_cells as sheets\n"
        "was, left = sheets.CellWriter.text, [300]\n"
        "def cell(*given):\n"
        "    left[0] -= 1\n"
        "    if not left[0]: strike()\n"
        "    return was(*given)\n"
        "sheets.CellWriter.text = cell\n"
    )
    done = struck(number, [*BATCH[:3], "out.xlsx"], arm)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", BEFORE)
    assert names_in(".") == ["in.csv"]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), ENDS)
@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (BATCH, "tempfile, 'mkdtemp'"),
        (BATCH, "tempfile, 'mkstemp'"),
        ([*ADVICE, "--out", "a.txt"], "os, 'fsync'"),
    ],
)
def test_before_a_file_takes_its_place_there_is_none(
    arguments: list[str], place: str, number: int, code: int
) -> None:
    done = struck(number, arguments, f"import tempfile\nat({place})\n")
    assert (done.returncode, done.stdout, done.stderr) == (code, "", BEFORE)
    assert names_in(".") == ["in.csv"]


@pytest.mark.parametrize(("number", "code"), ENDS)
def test_results_and_refused_rows_take_their_places_together(number: int, code: int) -> None:
    done = struck(number, BATCH, "from pathlib import Path\nat(Path, 'replace')\n")
    assert (done.returncode, done.stdout, done.stderr) == (code, "", AFTER)
    assert names_in(".") == ["in.csv", "out.csv", "out.rejects.csv"]


@pytest.mark.parametrize(("number", "code"), ENDS)
def test_an_answer_that_has_begun_is_not_called_unwritten(number: int, code: int) -> None:
    done = struck(number, ADVICE, "import supportcli.outputs.console as c\nat(c, '_fitting')\n")
    assert (done.returncode, done.stderr) == (code, AFTER)


def test_a_line_that_hangs_up_ends_a_run_too() -> None:
    done = struck(signal.SIGHUP, ADVICE, "Importing('supportcli.cli.run.advise')\n")
    assert (done.returncode, done.stdout, done.stderr) == (143, "", BEFORE)


def test_the_words_are_in_the_language_of_the_run() -> None:
    arm = "Importing('supportcli.cli.run.advise')\n"
    chinese = [*ADVICE, "--lang", "zh"]
    assert struck(signal.SIGINT, chinese, arm).stderr == "supportcli: 已取消，未写入任何内容\n"
    narrow = struck(signal.SIGINT, chinese, arm, PYTHONIOENCODING="ascii")
    assert narrow.stderr == BEFORE


def test_without_standard_error_there_are_no_words() -> None:
    arm = "os.close(2)\nsys.stderr = None\nImporting('supportcli.cli.run.advise')\n"
    done = struck(signal.SIGTERM, ADVICE, arm)
    assert (done.returncode, done.stdout, done.stderr) == (143, "", "")


def test_within_a_write_to_standard_error_the_words_are_written_all_the_same() -> None:
    """Python refuses a write within a write to the same stream."""
    arm = (
        "import io\n"
        "class Slow(io.RawIOBase):\n"
        "    def writable(self): return True\n"
        "    def write(self, data): strike(); return len(data)\n"
        "sys.stderr = io.TextIOWrapper(io.BufferedWriter(Slow()), encoding='utf-8')\n"
    )
    done = struck(signal.SIGINT, ["advise", "--spend", "1e9"], arm)
    assert (done.returncode, done.stderr) == (130, BEFORE)


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    """As `nohup` has it, and a shell for what runs in the background."""
    for number in (signal.SIGHUP, signal.SIGINT):
        ignored = "signal.signal(SIGNAL, signal.SIG_IGN)\nImporting('supportcli.cli.run.advise')\n"
        done = struck(number, ADVICE, ignored)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Recommended: ")


def test_a_second_signal_does_not_disturb_the_leaving() -> None:
    arm = (
        "from supportcli import interruption\n"
        "interruption.unfinished(lambda: os.kill(os.getpid(), signal.SIGTERM))\n"
        "Importing('supportcli.cli.run.advise')\n"
    )
    done = struck(signal.SIGINT, ADVICE, arm)
    assert (done.returncode, done.stderr) == (130, BEFORE)


def test_when_the_work_is_done_there_is_nothing_to_cancel() -> None:
    done = struck(signal.SIGINT, ADVICE, "import atexit\natexit.register(strike)\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Recommended: ")


def test_progress_is_wiped_before_the_words() -> None:
    arm = (
        "from supportcli.outputs.console import StatusLine\n"
        "from supportcli import interruption\n"
        "line = StatusLine()\n"
        "line.show('half done')\n"
        "interruption.unfinished(line.wipe)\n"
        "Importing('supportcli.cli.run.advise')\n"
    )
    done = struck(signal.SIGINT, ADVICE, arm)
    assert done.stderr == f"\nhalf done\n{' ' * 9}\n{BEFORE}"  # \r is read as a line break
