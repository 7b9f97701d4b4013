"""Where facts come from, and how sure that makes them."""

from __future__ import annotations

import datetime

from supportcli.core.text import Text
from supportcli.record import NamedTuple


class Source(NamedTuple):
    """Where facts come from; the level says how sure we are of it.

    `read` is the day on which it was read whole: only of such a source is it known what it does
    not say. It stands for `several` documents that say the same, or is one.
    """

    id: str
    title: Text
    level: str
    date: datetime.date | None
    note: Text | None
    url: str | None = None
    read: datetime.date | None = None
    several: bool = False


class Cite(NamedTuple):
    """A place in a source: its id and the lines or the section; both empty where none is named."""

    source: str
    where: str

    def __str__(self) -> str:
        return f"{self.source}:{self.where}" if self.where else self.source


NO_SOURCE = Cite("", "")
