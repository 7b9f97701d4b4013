"""Values that a program hands in, read one by one; every mistake is noted under its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from supportcli.errors import Message, Problem, SupportCliError, UsageError

Value = TypeVar("Value")
Parsed = TypeVar("Parsed")


class HandedIn:
    """Reads values; `refuse` tells all that was not understood at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(
        self, name: str, value: Value | None, read: Callable[[Value], Parsed]
    ) -> Parsed | None:
        """What a value stands for; None where there is none, or where it is a mistake."""
        if value is None:
            return None
        try:
            return read(value)
        except SupportCliError as error:
            self.problems += [Problem(name, problem.message) for problem in error.problems]
            return None

    def belong(self, name: str, value: object, needed: str, other: object) -> None:
        """A value that means something only with another one."""
        if value is not None and other is None:
            self.note(name, Message("means nothing without {flag}; give both", flag=needed))

    def note(self, name: str, message: Message) -> None:
        """A mistake in what was handed in under a name."""
        self.problems.append(Problem(name, message))

    def refuse(self) -> None:
        """Tell every mistake.

        Raises:
            UsageError: there is one.
        """
        if self.problems:
            raise UsageError(self.problems)
