"""How far a long run is, on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from supportcli import interruption
from supportcli.batch.job import Running
from supportcli.cli.settings import Settings
from supportcli.errors import Message
from supportcli.outputs.console import StatusLine

SECONDS = 0.5


class Pace:
    """From the shares that were told so far to rows, rows a second and seconds left."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.doing: Message | None = None
        self.since = 0.0

    def words(self, doing: Message, percent: float, now: float) -> Message:
        """What is to be shown at a moment; only what is done where no share is known yet."""
        if doing is not self.doing:
            self.doing, self.since = doing, now
        past = now - self.since
        share = min(max(percent, 0), 100) / 100
        if not share or not past:
            return Message("{doing} ...", doing=doing)
        done = int(self.rows * share)
        return Message(
            "{doing}: {done} of {rows} rows, {rate} a second, {left} s left",
            doing=doing,
            done=f"{done:,}",
            rows=f"{self.rows:,}",
            rate=f"{int(done / past):,}",
            left=int(past / share - past),
        )


@contextmanager
def progress(running: Running, rows: int, settings: Settings) -> Iterator[None]:
    """Show how many of the rows are done, how fast, and how long it will take, while it runs."""
    if settings.quiet or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    line = StatusLine()

    def watch() -> None:
        pace = Pace(rows)
        while not done.wait(SECONDS):
            words = pace.words(running.doing, running.percent(), time.monotonic())
            line.show(f"supportcli: {settings.words.say(words)}")

    interruption.unfinished(line.wipe)
    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        line.wipe()
        interruption.finished(line.wipe)
