"""A verb's own flags as texts, every mistake in them noted."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.cli.settings import Settings
from supportcli.errors import Message, Problem, quoted


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

    def choice(self, name: str, known: tuple[str, ...]) -> str | None:
        """One of the known texts; None where there is none, or another, which is noted."""
        text = self.text(name)
        if text is not None and text not in known:
            message = Message("{text} is not one of: {known}", text=quoted(text), known=known)
            self.note(f"--{name.rstrip('_')}", message)
            return None
        return text
