"""A line on standard error while something takes its time, where that is a terminal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from supportcli import interruption
from supportcli.cli.settings import Settings
from supportcli.errors import Message
from supportcli.outputs.console import StatusLine

EVERY = 0.5  # seconds
PATIENCE = 1.0  # seconds before there is a word about accounts
MANY = 20  # accounts; fewer take no second


@contextmanager
def status(
    settings: Settings, words: Callable[[], Message], first: float | None = None
) -> Iterator[None]:
    """Say what is being done, anew every half second, at first after that or so many seconds."""
    if settings.quiet or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    line = StatusLine()

    def watch() -> None:
        wait = EVERY if first is None else first
        while not done.wait(wait):
            line.show(f"supportcli: {settings.words.say(words())}")
            wait = EVERY

    interruption.unfinished(line.wipe)
    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        line.wipe()


@contextmanager
def working(settings: Settings, accounts: int) -> Iterator[None]:
    """That an answer for many accounts is being worked out, and for how long already."""
    if accounts < MANY:
        yield
        return
    begun = time.monotonic()

    def words() -> Message:
        past = int(time.monotonic() - begun)
        return Message("{count} accounts: {seconds} s ...", count=accounts, seconds=past)

    with status(settings, words, PATIENCE):
        yield
