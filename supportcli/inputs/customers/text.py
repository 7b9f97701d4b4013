"""Refusals of cells, each with a code from one closed list."""

from __future__ import annotations

from supportcli.advice.refusals import CellCode
from supportcli.errors import ExitCode, Message, SupportCliError


class CellError(SupportCliError):
    """A cell that is refused: why as a code, and in words with the way to mend it."""

    exit_code = ExitCode.ROWS_REFUSED

    def __init__(self, code: CellCode, message: Message) -> None:
        self.code: CellCode = code
        self.message = message
        super().__init__(message)
