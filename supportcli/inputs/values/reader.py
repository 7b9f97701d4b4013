"""How a need's text is read wherever it is not a cell of a table."""

from __future__ import annotations

from collections.abc import Iterable

from supportcli.core.duration import Duration
from supportcli.core.text import NamedThing
from supportcli.inputs.values.count import TICKETS_A_MONTH, read_count
from supportcli.inputs.values.duration import asks_nothing, read_duration
from supportcli.inputs.values.names import names_of, read_name
from supportcli.inputs.values.texts import folded, is_unknown
from supportcli.inputs.values.yes_no import read_yes_no


class FlagTexts:
    """How the texts of flags, answers, questions and programs are read, by what they mean."""

    def duration(self, text: str) -> Duration | None:
        """A time; None where the text says that none is needed, or that it is not known."""
        return None if asks_nothing(text) or is_unknown(text) else read_duration(text)

    def yes_no(self, text: str) -> bool:
        """Yes or no."""
        return read_yes_no(text)

    def count(self, text: str) -> int | None:
        """A whole number in a month."""
        return read_count(text, "tickets", TICKETS_A_MONTH)

    def word(self, text: str) -> str:
        """A word as it is compared."""
        return folded(text)

    def name(self, text: str, things: Iterable[NamedThing]) -> str:
        """The id of one of the catalogue's things, by any of its names."""
        return read_name(text, names_of(things))
