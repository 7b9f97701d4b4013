"""How far a long run is, on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from supportcli.cli.settings import Settings
from supportcli.errors import Message

SECONDS = 0.5
_ERASE = "\r\x1b[K"


class Running(Protocol):
    """Something that can say how far it is."""

    def percent(self) -> float:
        """0 to 100, below 0 where it cannot say."""


@contextmanager
def progress(running: Running, settings: Settings) -> Iterator[None]:
    """Show the share that is done while the block runs."""
    if settings.quiet or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(SECONDS):
            share = running.percent()
            if share >= 0:
                words = settings.language.say(Message("{share} % done", share=int(share)))
                sys.stderr.write(f"{_ERASE}supportcli: {words}")
                sys.stderr.flush()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        sys.stderr.write(_ERASE)
        sys.stderr.flush()
