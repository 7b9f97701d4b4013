"""How far a long run is, on standard error, where that is a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from supportcli.batch.surroundings import Running
from supportcli.cli.run.status import status
from supportcli.cli.settings import Settings
from supportcli.errors import Message


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
    pace = Pace(rows)

    def words() -> Message:
        return pace.words(running.doing, running.percent(), time.monotonic())

    with status(settings, words):
        yield
