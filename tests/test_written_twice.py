"""Amounts in the words on a fee, and units in names of columns, in each form that they have."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from supportcli.core.text import Text
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.fee_numbers import numbers_in
from supportcli.inputs.customers.units import ColumnUnit, unit_of
from tests.runner import run_cli


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
        ("12k a month", ["12000"]),
        ("0.5M a year, 2 million, 3 thousand", ["500000", "2000000", "3000"]),
        ("5 percent, 6 per cent, ７％", ["1/20", "3/50", "7/100"]),
        ("每月两万元", ["20000"]),
        ("一百二十万元起", ["1200000"]),
        ("两万五千", ["25000"]),
        ("百分之十五", ["3/20"]),
        ("三成", ["3/10"]),
        ("五折", ["1/2"]),  # what a discount takes off
        ("七折, 85折, 8.5 折", ["3/10", "3/20", "3/20"]),
        # days, times and numbers of other things are no amounts
        ("3 months minimum, 12 个月, 1 个月起", []),
        ("since 2024-11-01, 2024/11/1, 2024-11, 自 2024 年 11 月 1 日起", []),
        ("in 2026, 2 contacts, 一个月, 10 次", []),
        ("10 (about 12)", ["10"]),
    ],
)
def test_an_amount_in_words_is_found_in_every_form(words: str, amounts: list[str]) -> None:
    found = [number.value for number in numbers_in(Text({"en": words}))]
    assert found == [Fraction(amount) for amount in amounts]


LESS = "{discount: {of: {percent: 5%}, by: 30%}}"
BOTH = "{sum: [{flat: 100}, {flat: 50}]}"


@pytest.mark.parametrize(
    ("fee", "words", "told"),
    [
        ("{flat: 10000}", "12k a month", "12k"),
        ("{flat: 10000}", "10k a month", ""),
        ("{flat: 10000}", "每月两万元", "两万"),
        ("{flat: 10000}", "每月一万元，三个月起", ""),
        (LESS, "5%, 五折", "五折"),
        (LESS, "5% of spend, 七折", ""),
        (LESS, "3.5% of spend", ""),  # 5 % less 30 % of it
        (LESS, "3.6% of spend", "3.6%"),
        ("{percent: 5%}", "5 percent of spend", ""),
        ("{percent: 5%}", "6 percent of spend", "6 percent"),
        ("{flat: 10}", "10, 3 months minimum, since 2024-11-01", ""),
        (BOTH, "150 a month", ""),  # 100 and 50
        (BOTH, "1,800 a year", ""),
        (BOTH, "160 a month", "160"),
    ],
)
def test_words_on_a_fee_are_held_to_it(fee: str, words: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "id: own\nname: Own\ncurrency: CNY\nplans:\n"
        f'  - {{id: p, name: P, tier: 1, fee: {fee}, fee_text: "{words}"}}\n',
        encoding="utf-8",
    )
    out = run_cli("plans", "check", str(path)).out
    assert ": 0 mistakes" in out
    assert ("which the fee does not have" in out) is bool(told)
    assert f"name {told!r}, which" in out or not told


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_words_are_true(name: str) -> None:
    assert "which the fee does not have" not in run_cli("plans", "check", name).out


@pytest.mark.parametrize("name", ["spend (US$)", "spend (us$)", "spend (USD)", "spend ($)"])
def test_a_currency_in_a_name_is_understood(name: str) -> None:
    assert unit_of(name, "USD") == ColumnUnit("spend", 1, ("USD",))
