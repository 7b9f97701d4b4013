"""A file that we write is the old one or the new one, never half, and never by surprise."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from supportcli.errors import OutputError
from supportcli.outputs.files import write_file


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
    with pytest.raises(OutputError, match="not a regular file"):
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
