"""What a run of a batch speaks to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from supportcli.batch.row_answers import Documents
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.record import NamedTuple


class Running(Protocol):
    """Something that can say how far it is."""

    @property
    def doing(self) -> Message:
        """What it is at."""

    def percent(self) -> float:
        """0 to 100 of that, below 0 where it cannot say."""


class Surroundings(NamedTuple):
    """What a run speaks to: words about it, how far it is, and a place for results without a file.

    `emit` gets a file with the results and the bytes that come before it (None: they are only added
    up); `warn` words that money hangs on. `documents` are made of the rows, if any are to be.
    """

    language: Language
    tell: Callable[[Message], None]
    watch: Callable[[Running, int], AbstractContextManager[None]]
    emit: Callable[[Path, bytes], None] | None
    warn: Callable[[Message], None]
    documents: Documents | None = None


def quietly(language: Language) -> Surroundings:
    """A run that tells nobody; its results go to a file."""
    return Surroundings(
        language,
        tell=lambda words: None,
        watch=lambda running, rows: nullcontext(),
        emit=None,
        warn=lambda words: None,
    )
