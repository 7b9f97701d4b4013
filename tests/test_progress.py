"""How far a long run is, in words, and where they stand."""

from __future__ import annotations

import io
import sys
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from supportcli.cli.run import status
from supportcli.cli.run.progress import Pace
from supportcli.errors import Message
from supportcli.language import Language

FIRST, SECOND = Message("looking"), Message("quoting")


def test_rows_rate_and_time_left() -> None:
    """A quarter of 1,000,000 in 2 s: 125,000 a second, 6 s for the rest."""
    pace = Pace(1_000_000)
    assert str(pace.words(FIRST, -1, 10.0)) == "looking ..."
    assert str(pace.words(FIRST, 25, 12.0)) == (
        "looking: 250,000 of 1,000,000 rows, 125,000 a second, 6 s left"
    )
    assert str(pace.words(FIRST, 100, 18.0)) == (
        "looking: 1,000,000 of 1,000,000 rows, 125,000 a second, 0 s left"
    )


def test_each_stage_begins_afresh() -> None:
    pace = Pace(100)
    pace.words(FIRST, 50, 10.0)
    assert str(pace.words(SECOND, 0, 20.0)) == "quoting ..."
    assert str(pace.words(SECOND, 50, 21.0)) == "quoting: 50 of 100 rows, 50 a second, 1 s left"


class Terminal(io.StringIO):
    """A stream that tells when something is written."""

    def __init__(self, *, terminal: bool = True) -> None:
        super().__init__()
        self.terminal = terminal
        self.written = threading.Event()

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> int:
        count = super().write(text)
        self.written.set()
        return count


def seen(
    monkeypatch: pytest.MonkeyPatch, stream: Terminal, accounts: int, *, quiet: bool = False
) -> str:
    """What stands there while accounts are worked on until something does, if anything is to."""
    settings: Any = SimpleNamespace(quiet=quiet, words=Language("en"))
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(status, "PATIENCE", 0.0)
    monkeypatch.setattr(status, "EVERY", 3600.0)
    with status.working(settings, accounts):
        if stream.terminal and not quiet and accounts >= status.MANY:
            assert stream.written.wait(60)
        return stream.getvalue()


def test_many_accounts_are_told_of_on_a_terminal_and_the_line_is_wiped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = Terminal()
    shown = seen(monkeypatch, stream, 500)
    assert shown == "\rsupportcli: 500 accounts: 0 s ..."
    assert stream.getvalue().endswith("\r" + " " * (len(shown) - 1) + "\r")


def test_few_accounts_no_terminal_and_quiet_are_not_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert seen(monkeypatch, Terminal(), status.MANY - 1) == ""
    assert seen(monkeypatch, Terminal(terminal=False), 500) == ""
    assert seen(monkeypatch, Terminal(), 500, quiet=True) == ""
