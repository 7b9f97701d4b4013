"""Amounts in the words on a fee, and units in names of columns, in each form that they have."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supportcli.core.text import Text
from supportcli.inputs.catalogue.lint_words import _numbers, _value
from supportcli.inputs.customers.units import ColumnUnit, unit_of


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("2k a month", ["2000"]),
        ("29USD plus 3%", ["29", "3/100"]),
        ("5千元", ["5000"]),
        ("1.2万元", ["12000"]),
        ("CNY 5,000", ["5000"]),
        ("¥3000/月", ["3000"]),
        ("24x7 within 5km", []),
    ],
)
def test_an_amount_in_words_is_found_in_every_form(words: str, amounts: list[str]) -> None:
    found = [_value(number) for number in _numbers(Text({"en": words}))]
    assert found == [Fraction(amount) for amount in amounts]


@pytest.mark.parametrize("name", ["spend (US$)", "spend (us$)", "spend (USD)", "spend ($)"])
def test_a_currency_in_a_name_is_understood(name: str) -> None:
    assert unit_of(name, "USD") == ColumnUnit("spend", 1, ("USD",))
