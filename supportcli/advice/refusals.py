"""Why a row of customers can be refused: every code there is, and what it stands for.

The list is closed: readers of cells and of tables, the engine, `sql`, the summary and the schema
of JSON have these codes and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from supportcli.errors import Message

CellCode = Literal[
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
    "hours_not_understood",
    "service_unknown",
    "accounts_not_understood",
    "months_not_understood",
    "plan_unknown",
    "reading_unknown",
    "discount_not_understood",
    "discount_missing",
    "discount_on_not_understood",
    "tax_not_understood",
    "tax_missing",
    "tax_rate_not_understood",
    "tax_rate_missing",
]
"""A cell that cannot be understood."""

RowCode = Literal[
    "too_few_fields",
    "too_many_fields",
    "unterminated_quote",
    "after_open_quote",
    "stray_quote",
    "cut_row",
    "control_character",
    "field_too_long",
    "number_too_long",
    "error_cell",
    "formula_without_value",
    "merged_amount",
]
"""A row that cannot be read as one."""

OthersCode = Literal["total_row", "account_twice", "account_missing", "rows_differ"]
"""A row that is well by itself, but not beside the others."""

REFUSALS: Mapping[str, Message] = MappingProxyType(
    {
        "spend_missing": Message("the spend is missing"),
        "spend_negative": Message("the spend is below zero"),
        "other_currency": Message("the spend is in another currency than the plans"),
        "spend_not_understood": Message("the spend is not an amount"),
        "too_many_digits": Message("the spend has too many digits"),
        "ambiguous_number": Message("the spend could be two different numbers"),
        "account_exponent": Message("a spreadsheet has rounded the account's number"),
        "tam_not_understood": Message("the need of a TAM is not yes, no or named"),
        "response_without_unit": Message("the response time has no unit"),
        "response_not_understood": Message("the response time is not a time"),
        "hours_not_understood": Message("the hours are neither 24x7 nor business hours"),
        "service_unknown": Message("the catalogue has no such service"),
        "tickets_not_understood": Message("the tickets are not a whole number in range"),
        "accounts_not_understood": Message("the accounts are not a whole number in range"),
        "months_not_understood": Message("the months are not a whole number in range"),
        "plan_unknown": Message("the catalogue has no such plan in force"),
        "reading_unknown": Message("the catalogue has no such reading"),
        "discount_not_understood": Message("the discount could be paid or taken off"),
        "discount_missing": Message("the discount on what is paid is missing"),
        "discount_on_not_understood": Message("what is discounted is neither all nor postpaid"),
        "tax_not_understood": Message("the tax is neither included nor added"),
        "tax_missing": Message("it is not said whether the tax is included or added"),
        "tax_rate_not_understood": Message("the tax rate is not a rate"),
        "tax_rate_missing": Message("the tax rate is missing"),
        "total_row": Message("a row that sums up others"),
        "account_twice": Message("an account that comes twice"),
        "account_missing": Message("a row without a customer"),
        "rows_differ": Message("rows of one customer that contradict each other"),
        "too_few_fields": Message("too few cells"),
        "too_many_fields": Message("too many cells"),
        "unterminated_quote": Message("a quote that is not closed"),
        "after_open_quote": Message("a row after a quote that is not closed"),
        "stray_quote": Message("a quote within a cell"),
        "cut_row": Message("a row that is broken by a line break"),
        "control_character": Message("a control character"),
        "field_too_long": Message("a cell that is too long"),
        "number_too_long": Message("a number whose digits are lost; it must be text"),
        "error_cell": Message("an error value of the spreadsheet"),
        "formula_without_value": Message("a formula without a stored result"),
        "merged_amount": Message("an amount in a merged cell of several rows or columns"),
    }
)
"""Each code in few words, for a summary."""
