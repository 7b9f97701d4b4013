"""What every reader of cells shares: names in one form, and refusals with codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from supportcli.errors import ExitCode, Message, SupportCliError

Code = Literal[
    "spend_missing",
    "spend_negative",
    "other_currency",
    "spend_not_understood",
    "too_many_digits",
    "ambiguous_number",
    "account_exponent",
    "tam_not_understood",
    "response_without_unit",
    "response_not_understood",
    "tickets_not_understood",
    "accounts_not_understood",
    "months_not_understood",
    "plan_unknown",
    "reading_unknown",
    "discount_not_understood",
    "discount_missing",
]
MEANINGS: Mapping[Code, Message] = MappingProxyType(
    {
        "spend_missing": Message("the spend is missing"),
        "spend_negative": Message("the spend is below zero"),
        "other_currency": Message("the spend is in another currency than the plans"),
        "spend_not_understood": Message("the spend is not an amount"),
        "too_many_digits": Message("the spend has too many digits"),
        "ambiguous_number": Message("the spend could be two different numbers"),
        "account_exponent": Message("a spreadsheet has rounded the account's number"),
        "tam_not_understood": Message("the need of a TAM is not yes or no"),
        "response_without_unit": Message("the response time has no unit"),
        "response_not_understood": Message("the response time is not a time"),
        "tickets_not_understood": Message("the tickets are not a whole number in range"),
        "accounts_not_understood": Message("the accounts are not a whole number in range"),
        "months_not_understood": Message("the months are not a whole number in range"),
        "plan_unknown": Message("the catalogue has no such plan"),
        "reading_unknown": Message("the catalogue has no such reading"),
        "discount_not_understood": Message("the discount could be paid or taken off"),
        "discount_missing": Message("the discount on what is paid is missing"),
    }
)
"""What each code stands for, in few words, for a summary; the list is closed."""
CODES = tuple(MEANINGS)


class CellError(SupportCliError):
    """A cell that is refused: why as a code, and in words with the way to mend it."""

    exit_code = ExitCode.ROWS_REFUSED

    def __init__(self, code: Code, message: Message) -> None:
        self.code: Code = code
        self.message = message
        super().__init__(message)


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥"}
_BETWEEN_WORDS = re.compile(r"[\s_\-–—/\\()\[\]{}<>【】〔〕「」《》,、:;|·\"'’]+")


def folded(text: str) -> str:
    """The text without blanks around it, in small letters and with half-width forms."""
    return text.translate(_HALF_WIDTH).strip().casefold()


def words(text: str) -> list[str]:
    """The words of a name in one form: half-width, small letters, no marks between them."""
    return [word for word in _BETWEEN_WORDS.split(folded(text)) if word]


def normal(text: str) -> str:
    """The one form in which names are compared: Monthly-Spend and monthly_spend are equal."""
    return "".join(words(text))


def blank(text: str) -> bool:
    """Whether a cell holds nothing, or blanks of any kind only."""
    return not text.strip()
