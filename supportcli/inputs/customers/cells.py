"""What one cell of a list of customers means: each text to a value, or to a refusal with a code.

The functions keep nothing: the same text means the same in every row, so each text is read once.
An amount of spend is read in `spend_cell`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from supportcli.advice.refusals import CellCode
from supportcli.advice.rules import BOUNDS
from supportcli.core.catalogue import Catalogue
from supportcli.core.duration import Duration
from supportcli.core.text import NamedThing
from supportcli.errors import AmountError, Message, SupportCliError, quoted
from supportcli.inputs.customers.text import CellError
from supportcli.inputs.customers.totals import says_total
from supportcli.inputs.values import count, discount, names, price_terms
from supportcli.inputs.values.count import Count
from supportcli.inputs.values.duration import read_duration
from supportcli.inputs.values.names import leaves_open
from supportcli.inputs.values.texts import folded, is_unknown
from supportcli.patterns import regex

Read = TypeVar("Read")

_WRAPPED = regex(r'="(.*)"', re.DOTALL)
_EXPONENT = regex(r"[+-]?[0-9]+(?:[.,][0-9]+[eE][+-]?[0-9]+|[eE][+-][0-9]+)")


def read_account(text: str) -> str:
    """The account's name or number as it was written, without what spreadsheets put around it.

    Blank is an account too. 12E5 without a sign may be somebody's id; 1.2E+15 is nobody's.

    Raises:
        CellError: a number that a spreadsheet has rounded.
    """
    account = _bare(text)
    if _EXPONENT.fullmatch(folded(account)):
        message = Message(
            "{text} has lost digits in a spreadsheet; format the column as text and enter it again",
            text=quoted(text),
        )
        raise CellError("account_exponent", message)
    return account


def is_total(text: str) -> bool:
    """Whether a cell says that its row sums up others, also within what spreadsheets put around."""
    return says_total(_bare(text))


def _bare(text: str) -> str:
    wrapped = _WRAPPED.fullmatch(text.strip())
    inner = wrapped[1].replace('""', '"') if wrapped else text
    return inner.strip().removeprefix("'").strip()


# Each value by the reader that flags and questions have too


def read_response(text: str) -> Duration | None:
    """The time until the first response that is needed; None where the cell says that none is.

    Raises:
        CellError: no unit, or no time.
    """
    if leaves_open(text):
        return None
    try:
        return read_duration(text)
    except AmountError as error:
        message = error.problems[0].message
        code: CellCode = "response_without_unit" if "no unit" in message.text else _NO_RESPONSE
        raise CellError(code, message) from None


_NO_RESPONSE: CellCode = "response_not_understood"
_CODES: dict[Count, CellCode] = {
    "tickets": "tickets_not_understood",
    "accounts": "accounts_not_understood",
    "months": "months_not_understood",
}


def read_count(text: str, what: Count) -> int | None:
    """A whole number of tickets a month, of accounts or of months; None for tickets not known.

    Raises:
        CellError: anything else, 40.0 too, or a number out of range.
    """
    if what == "tickets" and is_unknown(text):
        return None
    return _read(lambda one: count.read_count(one, what, BOUNDS[what]), text, _CODES[what])


def read_plan(text: str, catalogue: Catalogue) -> str | None:
    """The id of a plan, by any of its names; None where the cell says no plan.

    Raises:
        CellError: the catalogue has none of that name in force.
    """
    if names.no_plan(text):
        return None
    return _read(lambda one: names.read_plan(one, catalogue), text, "plan_unknown")


def read_reading(text: str, readings: Sequence[NamedThing]) -> str:
    """The id of a reading, by any of its names.

    Raises:
        CellError: the catalogue has none of that name.
    """
    return _read(lambda one: names.read_name(one, readings), text, "reading_unknown")


def read_paid_discount(text: str) -> Fraction:
    """The share that the discount on what is paid takes off: 7折 is 3/10, 30% and 30% off too.

    Raises:
        CellError: anything that could mean paid or taken off, and a discount of everything.
    """
    return _read(discount.read_paid_discount, text, "discount_not_understood")


def read_discount(text: str) -> Fraction:
    """The share that a discount takes off the fee of a support plan.

    Raises:
        CellError: anything that could mean paid or taken off.
    """
    return _read(discount.read_told_discount, text, "discount_not_understood")


def read_discount_on(text: str) -> bool:
    """Whether what is prepaid is discounted too.

    Raises:
        CellError: the cell says neither.
    """
    return _read(price_terms.read_discount_on, text, "discount_on_not_understood")


def read_tax(text: str) -> bool:
    """Whether the fee includes the tax.

    Raises:
        CellError: the cell says neither.
    """
    return _read(price_terms.read_tax, text, "tax_not_understood")


def read_tax_rate(text: str) -> Fraction:
    """A tax rate.

    Raises:
        CellError: no rate, or one that could be either of two.
    """
    return _read(discount.read_tax_rate, text, "tax_rate_not_understood")


def _read(read: Callable[[str], Read], text: str, code: CellCode) -> Read:
    try:
        return read(text)
    except SupportCliError as error:
        raise CellError(code, error.problems[0].message) from None
