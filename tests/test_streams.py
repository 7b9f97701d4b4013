"""The real program and its streams: closed, full, narrow in encoding, read by nobody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "supportcli"]
ADVICE = [*COMMAND, "advise", "--spend", "120000", "--response", "10m", "--date", "2026-11-23"]
PLAIN = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}


def shell(line: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["sh", "-c", line, *ADVICE], capture_output=True, env=PLAIN, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "text", "json"])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp936", "utf-8"])
def test_every_encoding_gets_whole_amounts(encoding: str, form: str) -> None:
    done = subprocess.run(
        [*ADVICE, "-o", form],
        capture_output=True,
        env={**PLAIN, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.decode(encoding)
    assert "37000" in out.replace(",", "")
    assert "444000" in out.replace(",", "")
    if form != "json" and encoding in ("ascii", "cp936"):
        assert "CNY 444,000 a year" in out
        usual = subprocess.run([*ADVICE, "-o", form], capture_output=True, env=PLAIN, check=True)
        assert out.count("?") == usual.stdout.decode().count("?")


def test_a_pipe_gets_no_colour_and_the_table_whole() -> None:
    out = subprocess.run(ADVICE, capture_output=True, env=PLAIN, check=True).stdout.decode()
    assert "\x1b" not in out
    assert "│" not in out
    assert "…" not in out
    rows = [line for line in out.splitlines() if line.startswith("> Enterprise ")]
    assert len(rows) == 1
    assert rows[0].split()[2:4] == ["444,000", "300,000"]


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["0", "5", "19", "80"])
def test_a_width_that_nobody_can_read_counts_as_80(columns: str) -> None:
    def drawn(value: str) -> bytes:
        surroundings = {**PLAIN, "COLUMNS": value}
        return subprocess.run(ADVICE, capture_output=True, env=surroundings, check=True).stdout

    assert drawn(columns) == drawn("80")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    done = shell('"$0" "$@" | head -n 1')
    assert done.stdout.startswith(b"Recommended: Enterprise   ")
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_a_full_disk_is_one_line_and_a_failure() -> None:
    done = shell('"$0" "$@" > /dev/full')
    assert done.returncode == 1
    assert done.stderr == b"supportcli: cannot write: no space left on the device\n"


def test_a_closed_output_is_a_failure() -> None:
    done = shell('"$0" "$@" >&-')
    assert done.returncode == 1
    assert done.stderr == b"supportcli: cannot write: standard output is closed\n"


@pytest.mark.slow
def test_closed_error_and_input_streams_are_no_harm() -> None:
    assert shell('"$0" "$@" 2>&-').returncode == 0
    assert shell('"$0" "$@" <&-').returncode == 0
    missing = [*COMMAND, "advise"]
    for line in ('"$0" "$@" <&-', '"$0" "$@" </dev/null', 'echo 5 | "$0" "$@"'):
        done = subprocess.run(
            ["sh", "-c", line, *missing], capture_output=True, env=PLAIN, check=False
        )
        assert done.returncode == 7
        assert b"--spend AMOUNT" in done.stderr
        assert done.stdout == b""


def test_an_argument_that_is_no_text_is_shown_harmlessly() -> None:
    arguments = [*(word.encode() for word in COMMAND), b"advise", b"--spend", b"1\xff\x1b[31m"]
    done = subprocess.run(arguments, capture_output=True, env=PLAIN, check=False)
    assert done.returncode == 2
    assert b"\x1b" not in done.stderr
    assert b"\\udcff" in done.stderr


def test_an_internal_error_is_no_traceback(tmp_path: object) -> None:
    code = (
        "import supportcli.cli.run.advise as verb\n"
        "def broken(*given): raise ZeroDivisionError('secret')\n"
        "verb.answer = broken\n"
        "from supportcli.cli.app import run\n"
        "raise SystemExit(run(['advise', '--spend', '1']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=PLAIN, check=False)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"internal error (ZeroDivisionError)" in done.stderr
    assert b"secret" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("word", ["--version", "--help", "advise --help"])
def test_help_and_version_meet_a_full_disk_and_a_closed_output(word: str) -> None:
    program = [*COMMAND, *word.split()]
    for line, words in (
        ('"$0" "$@" > /dev/full', b"no space left on the device"),
        ('"$0" "$@" >&-', b"standard output is closed"),
    ):
        done = subprocess.run(
            ["sh", "-c", line, *program], capture_output=True, env=PLAIN, check=False
        )
        assert done.returncode == 1
        assert words in done.stderr
        assert b"Traceback" not in done.stderr


EVERY_VERB = {
    "advise": "advise --spend 120000",
    "breakeven": "breakeven",
    "batch": "batch in.csv --out out.csv --force",
    "batch to stdout": "batch in.csv --out - --rejects no.csv",
    "batch --dry-run": "batch in.csv --dry-run",
    "sql": "sql --dialect duckdb --table t",
    "compare": "compare --spend 50000",
    "plans list": "plans list",
    "plans show": "plans show premier",
    "plans check": "plans check aws",
    "plans test": "plans test aws",
    "plans diff": "plans diff aws azure",
    "plans schema": "plans schema",
    "config show": "config show",
    "--help": "--help",
    "plans --help": "plans --help",
    "--version": "--version",
}


def ended(arguments: str, streams: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """A run with its streams as the shell opens or closes them; what is not named is a pipe."""
    (folder / "in.csv").write_text("account,spend\na,5\n", encoding="utf-8")
    line = f'"$0" -m supportcli {arguments} {streams}'
    return subprocess.run(
        ["sh", "-c", line, sys.executable],
        capture_output=True,
        env={**PLAIN, "PYTHONPATH": str(Path(__file__).parent.parent)},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("verb", EVERY_VERB)
def test_closed_streams_in_every_verb(verb: str, tmp_path: Path) -> None:
    arguments = EVERY_VERB[verb]
    done = ended(arguments, "<&- 2>&-", tmp_path)
    assert done.returncode == 0
    assert done.stdout
    done = ended(arguments, ">&-", tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == b"supportcli: cannot write: standard output is closed"
    done = ended(arguments, "<&- >&- 2>&-", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_an_output_that_is_open_for_reading_only_is_a_failure(tmp_path: Path) -> None:
    done = ended(EVERY_VERB["plans list"], "1</dev/null", tmp_path)
    assert done.returncode == 1
    assert done.stderr == b"supportcli: cannot write: it is closed\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("streams", "words"),
    [
        ("<&-", b"there is nothing to read on standard input; give a file, or pipe one"),
        ("0>written", b"cannot be read (it is closed)"),
        ("</dev/null", b"is empty; give a table with a header line"),
    ],
)
def test_a_table_from_standard_input_that_has_none(
    streams: str, words: bytes, tmp_path: Path
) -> None:
    for more in ("--out out.csv", "--out - --rejects no.csv", "--dry-run"):
        done = ended(f"batch - {more}", streams, tmp_path)
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr == b"supportcli: -: " + words + b"\n"
    assert not (tmp_path / "out.csv").exists()


def test_a_table_from_standard_input_needs_no_other_stream(tmp_path: Path) -> None:
    done = ended("batch - --out out.csv", "<in.csv >&- 2>&-", tmp_path)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("account,spend,plan")
    assert done.returncode == 1  # the summary went nowhere
