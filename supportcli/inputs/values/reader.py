"""How a need's text is read wherever it is not a cell of a table."""

from __future__ import annotations

from collections.abc import Iterable

from supportcli.core.duration import Duration
from supportcli.core.text import NamedThing
from supportcli.inputs.values.count import TICKETS_A_MONTH, read_count
from supportcli.inputs.values.duration import read_duration
from supportcli.inputs.values.names import leaves_open, read_name


class FlagTexts:
    """How the texts of flags, answers, questions and programs are read, by what they mean."""

    def duration(self, text: str) -> Duration | None:
        """A time; None where the text says that none is needed, or that it is not known."""
        return None if leaves_open(text) else read_duration(text)

    def count(self, text: str) -> int | None:
        """A whole number in a month."""
        return read_count(text, "tickets", TICKETS_A_MONTH)

    def name(self, text: str, things: Iterable[NamedThing]) -> str:
        """The id of one of the catalogue's things, by any of its names."""
        return read_name(text, things)
