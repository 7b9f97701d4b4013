"""A file that we write is the old one or the new one, never half, and never by surprise."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from supportcli.cli.run import asking
from supportcli.errors import ExitCode, OutputError
from supportcli.outputs.files import check_targets, write_file
from tests.runner import TODAY, run_cli


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_text_and_the_usual_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    before = os.umask(0o027)
    try:
        write_file(target, "¥1\n", force=False)
    finally:
        os.umask(before)
    assert target.read_bytes() == "¥1\n".encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert names_in(tmp_path) == ["a.txt"]


def test_an_existing_file_is_replaced_only_with_force_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    with pytest.raises(OutputError, match="exists already; give --force"):
        write_file(target, "new", force=False)
    assert target.read_text(encoding="utf-8") == "old"
    write_file(target, "new", force=True)
    assert target.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "a.txt", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_file(link, "new", force=True)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("name", ["missing/a.txt", ".", "x" * 300, "a\0b"])
def test_what_cannot_be_written_is_said_in_a_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        write_file(tmp_path / name, "text", force=True)
    assert "\n" not in str(caught.value)
    assert names_in(tmp_path) == []


def test_a_device_is_not_replaced() -> None:
    with pytest.raises(OutputError, match="is a device, which cannot be replaced; name a file"):
        write_file(Path("/dev/full"), "text", force=True)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="no space left on the device"):
        write_file(target, "new", force=True)
    assert target.read_text(encoding="utf-8") == "old"
    assert names_in(tmp_path) == ["a.txt"]


# Looked at before there is an answer

PLANS = ("--plans", "plans.yaml")
SHIPPED = Path(__file__).parent.parent / "plans.yaml"
ADVISE = ("advise", "--spend", "5000", *PLANS, *TODAY)
BATCH = ("batch", "in.csv", *PLANS, *TODAY)
WRITERS = {
    "advise --out": (*ADVISE, "--out"),
    "advise --save-answers": (*ADVISE, "--save-answers"),
    "advise --account --out": ("advise", "--account", "a=5000", *PLANS, *TODAY, "-otext", "--out"),
    "breakeven --out": ("breakeven", *PLANS, *TODAY, "-otext", "--out"),
    "batch --out": (*BATCH, "--out"),
    "batch --rejects": (*BATCH, "--out", "fine.csv", "--rejects"),
    "batch --out - --rejects": (*BATCH, "--out", "-", "--rejects"),
    "sql --out": ("sql", "--dialect", "duckdb", "--table", "t", *PLANS, *TODAY, "--out"),
    "plans list --out": ("plans", "list", *PLANS, "-otext", "--out"),
    "plans show --out": ("plans", "show", "premier", *PLANS, "-otext", "--out"),
    "plans check --out": ("plans", "check", "plans.yaml", "-otext", "--out"),
    "plans test --out": ("plans", "test", "plans.yaml", "-otext", "--out"),
    "plans diff --out": ("plans", "diff", "plans.yaml", "plans.yaml", "-otext", "--out"),
}
IN_THE_WAY = {
    "folder.csv": "folder.csv: is a folder; name a file in it",
    "to-folder.csv": "to-folder.csv: is a folder; name a file in it",
    "pipe.csv": "pipe.csv: is a pipe, which cannot be replaced; name a file",
    "to-pipe.csv": "to-pipe.csv: is a pipe, which cannot be replaced; name a file",
    "socket.csv": "socket.csv: is a socket, which cannot be replaced; name a file",
    "device.csv": "device.csv: is a device, which cannot be replaced; name a file",
    "circle.csv": "circle.csv: cannot be written (its links lead in a circle); name another",
    "gone/new.csv": "gone: there is no such folder; make it, or name another",
    "gone/far/new.csv": "gone/far: there is no such folder; make it, or name another",
    "old.csv/new.csv": "old.csv: is a file and no folder; name another",
    "to-gone.csv": "{here}/gone: there is no such folder; make it, or name another",
    f"{'n' * 300}.csv": f"{'n' * 300}.csv: cannot be written (the name is too long); name another",
    "plans.yaml": "plans.yaml: is read in the same run and would be lost; name another",
}
NO_NAMES = {
    "": "is empty; give it a value",
    " ": "is empty; give it a value",
    "new/": "'new/' is the name of a folder; add that of a file",
}


@pytest.fixture
def things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A folder with one of everything that can be where a file is to be written."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(SHIPPED, "plans.yaml")
    Path("in.csv").write_text("account,monthly_spend\na,5000\nb,x\n", encoding="utf-8")
    with contextlib.ExitStack() as stack:
        for ending in (".csv", ".txt"):
            Path(f"old{ending}").write_text("old", encoding="utf-8")
            Path(f"folder{ending}").mkdir()
            os.mkfifo(f"pipe{ending}")
            made = stack.enter_context(socket.socket(socket.AF_UNIX))
            made.bind(f"socket{ending}")
            Path(f"device{ending}").symlink_to("/dev/null")
            Path(f"circle{ending}").symlink_to(f"circle{ending}")
            Path(f"to-folder{ending}").symlink_to(f"folder{ending}")
            Path(f"to-pipe{ending}").symlink_to(f"pipe{ending}")
            Path(f"to-gone{ending}").symlink_to(f"gone/new{ending}")
            Path(f"to-new{ending}").symlink_to(f"new{ending}")
        yield names_in(tmp_path)


def suited(text: str, writer: str) -> str:
    """The name of a file that has a form which the writer has."""
    return text if writer.startswith("batch") else text.replace(".csv", ".txt")


@pytest.mark.slow
@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "force"])
@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_in_the_way_is_said_before_there_is_an_answer(
    writer: str, force: tuple[str, ...], things: list[str]
) -> None:
    for name, words in IN_THE_WAY.items():
        if name == "plans.yaml" and writer != "advise --save-answers":
            continue  # the ending is told first
        done = run_cli(*WRITERS[writer], suited(name, writer), *force)
        assert (done.code, done.out) == (ExitCode.FAILED, ""), name
        told, *more = done.err.splitlines()
        assert told == "supportcli: " + suited(words, writer).replace(
            "{here}", os.path.realpath(".")
        )
        assert not more or (writer == "batch --out" and "rejects" in more[0])
        assert names_in(Path()) == things


@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_no_name_of_a_file_is_refused(writer: str, things: list[str]) -> None:
    flag = writer.rsplit(maxsplit=1)[-1]
    words = dict(NO_NAMES)
    if flag != "--out":
        words["-"] = "- is standard output, which has the answer; name a file"
    for name, wrong in words.items():
        done = run_cli(*WRITERS[writer], name)
        assert (done.code, done.out) == (ExitCode.USAGE, "")
        assert done.err == f"supportcli: {flag}: {wrong}\n"
    assert names_in(Path()) == things


@pytest.mark.slow
def test_an_old_file_and_a_link_to_a_new_one_are_written_with_force(things: list[str]) -> None:
    for name, writer in WRITERS.items():
        done = run_cli(*writer, suited("old.csv", name))
        assert done.err.endswith(
            f"{suited('old.csv', name)}: exists already; give --force to replace it\n"
        )
        done = run_cli(*writer, suited("to-new.csv", name))
        assert done.err.endswith("is not there; give --force to make that file\n")
        assert names_in(Path()) == things
        assert run_cli(*writer, suited("to-new.csv", name), "--force").code in (
            ExitCode.DONE,
            ExitCode.ROWS_REFUSED,
        )
        assert Path(suited("new.csv", name)).read_text(encoding="utf-8") != ""
        for new in set(names_in(Path())) - set(things):
            Path(new).unlink()


@pytest.mark.parametrize("name", [".", "..", "/", "folder.csv/.."])
def test_a_batch_into_a_folder_is_met_with_the_word_for_it(name: str, things: list[str]) -> None:
    done = run_cli(*BATCH, "--out", name)
    assert done.code == ExitCode.USAGE
    assert "folder; " in done.err


def test_both_files_of_a_batch_are_looked_at_before_a_row_is_read(things: list[str]) -> None:
    Path("in.csv").write_text("nothing that is known\n", encoding="utf-8")
    done = run_cli(*BATCH, "--out", "folder.csv", "--rejects", "gone/r.csv")
    assert done.err.splitlines() == [
        "supportcli: folder.csv: is a folder; name a file in it",
        "supportcli: gone: there is no such folder; make it, or name another",
    ]


def test_no_question_is_put_where_the_answers_could_not_be_kept(
    things: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    done = run_cli("advise", "--save-answers", "gone/a.yaml", *PLANS, *TODAY)
    assert done.err == "supportcli: gone: there is no such folder; make it, or name another\n"


@pytest.mark.usefixtures("things")
def test_answers_of_several_accounts_are_kept() -> None:
    asked = ("advise", "--account", "a=1", "--account", "b=2,tam", *PLANS, *TODAY)
    first = run_cli(*asked, "--save-answers", "a.yaml")
    again = run_cli("advise", "--answers", "a.yaml", *TODAY)
    assert (again.code, again.out) == (first.code, first.out)
    assert 'account:\n  - "a=1"\n  - "b=2,tam"\n' in Path("a.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "words"),
    [(13, "permission denied"), (30, "the file system is read-only"), (28, "no space left")],
)
def test_a_folder_that_takes_no_file_is_said(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> tuple[int, str]:
        raise OSError(number, "refused")

    monkeypatch.setattr("supportcli.outputs.files.tempfile.mkstemp", refused)
    with pytest.raises(OutputError, match="no file can be made there") as caught:
        check_targets([tmp_path / "a.txt"], force=True)
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path}: ")
