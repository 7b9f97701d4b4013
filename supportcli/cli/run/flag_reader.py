"""A verb's own flags as texts, every mistake in them noted."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.cli.settings import Settings
from supportcli.errors import Message, Problem, quoted
from supportcli.inputs.values.texts import normal


class FlagReader:
    """Reads flag by flag; what is wrong is in `problems`, to be told at once."""

    def __init__(self, flags: Mapping[str, object], settings: Settings) -> None:
        self.flags = flags
        self.settings = settings
        self.problems: list[Problem] = []

    def note(self, origin: str, message: Message) -> None:
        """A mistake, and the flag that it is in."""
        self.problems.append(Problem(origin, message))

    def text(self, name: str) -> str | None:
        """What was given, if anything was."""
        value = self.flags[name]
        return None if value is None else str(value)

    def several(self, name: str) -> list[str]:
        """What was given, of a flag that may be repeated."""
        given = self.flags[name] or ()
        return [str(one) for one in given] if isinstance(given, (list, tuple)) else []

    def mapping(self) -> dict[str, str]:
        """Our names to columns, from --map NAME=COLUMN; a name that is mapped twice is noted."""
        found: dict[str, str] = {}
        for text in self.several("map_"):
            known, equals, column = (part.strip() for part in text.partition("="))
            if not (known and equals and column):
                message = Message(
                    "{text} names no column; write it like monthly_spend=消费", text=quoted(text)
                )
                self.note("--map", message)
            elif normal(known) in map(normal, found):
                self.note("--map", Message("{name} is mapped twice; keep one", name=quoted(known)))
            else:
                found[known] = column
        return found

    def choice(self, name: str, known: tuple[str, ...]) -> str | None:
        """One of the known texts; None where there is none, or another, which is noted."""
        text = self.text(name)
        if text is not None and text not in known:
            message = Message("{text} is not one of: {known}", text=quoted(text), known=known)
            self.note(f"--{name.rstrip('_')}", message)
            return None
        return text
