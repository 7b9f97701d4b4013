"""What every reader of cells shares: names in one form, and refusals with codes."""

from __future__ import annotations

import re

from supportcli.advice.refusals import CellCode
from supportcli.errors import ExitCode, Message, SupportCliError


class CellError(SupportCliError):
    """A cell that is refused: why as a code, and in words with the way to mend it."""

    exit_code = ExitCode.ROWS_REFUSED

    def __init__(self, code: CellCode, message: Message) -> None:
        self.code: CellCode = code
        self.message = message
        super().__init__(message)


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥"}
_BETWEEN_WORDS = re.compile(r"[\s_\-–—/\\()\[\]{}<>【】〔〕「」《》,、:;|·\"'’]+")


def folded(text: str) -> str:
    """The text without blanks around it, in small letters and with half-width forms."""
    return text.translate(_HALF_WIDTH).strip().casefold()


def words(text: str) -> list[str]:
    """The words of a name in one form: half-width, small letters, no marks between them."""
    return words_as_written(folded(text))


def words_as_written(text: str) -> list[str]:
    """The words of a text with half-width forms, their letters as they are."""
    return [word for word in _BETWEEN_WORDS.split(text.translate(_HALF_WIDTH)) if word]


def normal(text: str) -> str:
    """The one form in which names are compared: Monthly-Spend and monthly_spend are equal."""
    return "".join(words(text))


def blank(text: str) -> bool:
    """Whether a cell holds nothing, or blanks of any kind only."""
    return not text.strip()
