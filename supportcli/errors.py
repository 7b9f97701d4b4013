"""What went wrong, as values: a message to translate, a problem in a place, an exit code."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from enum import IntEnum

from supportcli.record import NamedTuple

LONGEST_QUOTE = 40


class ExitCode(IntEnum):
    """How a run ended; scripts may rely on each number."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    CATALOGUE = 3
    NO_PLAN = 4
    OVER_LIMIT = 5
    ROWS_REFUSED = 6
    ANSWER_MISSING = 7
    INTERRUPTED = 130
    TERMINATED = 143


class Message:
    """A sentence with named blanks, still in its source language.

    The English text is the key of the message catalogue; the values are filled in, each in its
    own form, when a language says it. `str()` gives plain English for logs and for the library.
    """

    __slots__ = ("text", "values")

    def __init__(self, text: str, /, **values: object) -> None:
        self.text = text
        self.values = values

    def __str__(self) -> str:
        return self.text.format_map({name: _plain(value) for name, value in self.values.items()})

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return self.text == other.text and self.values == other.values

    def __hash__(self) -> int:
        return hash(self.text)


def contradicts(other: str) -> Message:
    """Said where one stands that excludes another, by the other's name."""
    return Message("contradicts {other}; give one of them", other=other)


def translatable(text: str) -> str:
    """The text itself, marked for the message catalogues where no Message can stand."""
    return text


def _plain(value: object) -> str:
    if type(value) is tuple:
        return ", ".join(map(str, value))
    return str(value)


def quoted(text: str) -> str:
    """The text as it was given, in quotes, shortened, with nothing invisible left in it."""
    shown = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 3] + "..."
    return repr(shown)


_FAULTS = {
    errno.EACCES: Message("permission denied"),
    errno.EPERM: Message("permission denied"),
    errno.ENOENT: Message("no such file or folder"),
    errno.ENOTDIR: Message("no such file or folder"),
    errno.EISDIR: Message("it is a folder"),
    errno.ELOOP: Message("its links lead in a circle"),
    errno.ENAMETOOLONG: Message("the name is too long"),
    errno.ENOSPC: Message("no space left on the device"),
    errno.EROFS: Message("the file system is read-only"),
    errno.EBADF: Message("it is closed"),
    errno.EINVAL: Message("the name cannot be used"),
}
# Of Windows: access denied, sharing violation, lock violation.
_IN_USE = (5, 32, 33)


def fault(error: BaseException) -> Message:
    """Why the system could not do something with a file, in words of ours."""
    if getattr(error, "winerror", None) in _IN_USE:
        return Message("permission denied, or it is open in another program")
    number = getattr(error, "errno", None)
    if number is None:
        return Message("the name cannot be used")
    return _FAULTS.get(number) or Message("system error {number}", number=number)


class Problem(NamedTuple):
    """One mistake in one place; the message says what is wrong, then how to mend it."""

    where: str
    message: Message

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else str(self.message)


class SupportCliError(Exception):
    """A mistake that the user can mend: every problem that was found, and the exit code.

    Not a ValueError: the command-line library takes those for mistakes of its own.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, problems: Message | Sequence[Problem], heading: Message | None = None):
        self.problems = (
            (Problem("", problems),) if isinstance(problems, Message) else tuple(problems)
        )
        self.heading = heading
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        if self.heading is None:
            return "\n".join(lines)
        return "\n".join([str(self.heading), *(f"  {line}" for line in lines)])


class AmountError(SupportCliError):
    """A text that is not an amount, a rate or a duration."""

    exit_code = ExitCode.USAGE


class UsageError(SupportCliError):
    """A flag, a variable or an answers file holds something wrong."""

    exit_code = ExitCode.USAGE


class CatalogueError(SupportCliError):
    """The catalogue is missing, unreadable or wrong."""

    exit_code = ExitCode.CATALOGUE


class AnswerMissingError(SupportCliError):
    """An answer is needed and no question can be asked."""

    exit_code = ExitCode.ANSWER_MISSING


class OutputError(SupportCliError):
    """The result could not be written."""
