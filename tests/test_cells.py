"""What cells mean: every accepted way of writing, every refusal with its code and its words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.refusals import CellCode
from supportcli.core.amount_text import parse_amount
from supportcli.core.catalogue import Severity
from supportcli.core.duration import Duration
from supportcli.core.plan import Tam
from supportcli.core.text import Text
from supportcli.errors import AmountError, ExitCode, UsageError
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.customers.cells import (
    is_total,
    read_account,
    read_count,
    read_paid_discount,
    read_plan,
    read_reading,
    read_response,
)
from supportcli.inputs.customers.spend import DecimalMark, read_spend
from supportcli.inputs.customers.text import CellError
from supportcli.inputs.values.amount import read_amount
from supportcli.inputs.values.count import Count
from supportcli.inputs.values.names import names_of
from supportcli.inputs.values.texts import blank, folded, normal
from supportcli.needs.tam import degree_of
from tests.test_amount_text import REFUSED, UNDERSTOOD, near_numbers

MARKS: list[DecimalMark | None] = [None, "point", "comma"]

quick = settings(deadline=None, max_examples=300)


def refused(read: Callable[..., Any], *arguments: Any) -> CellError:
    with pytest.raises(CellError) as caught:
        read(*arguments)
    return caught.value


def outcome(read: Callable[..., Any], *arguments: Any) -> Any:
    """What is read, or the code of the refusal."""
    try:
        return read(*arguments)
    except CellError as error:
        return error.code


def test_a_refusal_is_a_mistake_that_a_row_pays_for() -> None:
    error = refused(read_response, "maybe")
    assert (error.code, str(error)) == ("response_not_understood", str(error.message))
    assert error.exit_code is ExitCode.ROWS_REFUSED


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000", "\u00a0\u202f"])
def test_blank_cells(text: str) -> None:
    assert blank(text)
    assert refused(read_spend, text, "CNY").code == "spend_missing"


@pytest.mark.parametrize("text", ["0", "-", ".", "\u3000x"])
def test_cells_that_hold_something(text: str) -> None:
    assert not blank(text)


def test_names_are_compared_in_one_form() -> None:
    assert folded("　ＡｂＣ（￥） ") == "abc(¥)"
    assert (
        normal("Monthly-Spend") == normal(" monthly_ spend") == normal("ＭｏｎｔｈｌｙＳｐｅｎｄ")
    )
    assert normal("账号（UID）") == normal("账号 uid") == "账号uid"


# Spend


@pytest.mark.parametrize(
    "text",
    [
        *(
            "-",
            "--",
            "—",
            "——",
            "–",
            "−",
            "－",
            "/",
            "无",
            "暂无",
            "待定",
            "未知",
            "n/a",
            "N/A",
            "Ｎ/Ａ",
        ),
        *("NA", "NULL", "null", "none", "None", "nil", "tbd", "TBD", " tbd ", "unknown"),
    ],
)
@pytest.mark.parametrize("decimal", MARKS)
def test_spend_that_is_missing(text: str, decimal: DecimalMark | None) -> None:
    error = refused(read_spend, text, "CNY", decimal)
    assert error.code == "spend_missing"
    assert str(error) == "the spend is missing; write it like 12500"


@pytest.mark.parametrize(("text", "currency", "value", "_"), UNDERSTOOD)
@pytest.mark.parametrize("decimal", [None, "point"])
def test_spend_is_read_as_advise_reads_it(
    text: str, currency: str, value: str, _: bool, decimal: DecimalMark | None
) -> None:
    assert read_spend(text, currency, decimal) == (Fraction(value), None)


COMMA = {
    "12500": "12500",
    "1.234,56": "1234.56",
    "1 234,56": "1234.56",
    "1\u00a0234,56": "1234.56",
    "1\u202f234,56": "1234.56",
    "1'234,56": "1234.56",
    "1’234’567,8": "1234567.8",
    "1.234.567": "1234567",
    "1.234.567,89": "1234567.89",
    "1.234": "1234",
    "1,234": "1.234",
    "1,5": "1.5",
    "0,123": "0.123",
    ",5": "0.5",
    "1234,567": "1234.567",
    "¥ 1.234,56": "1234.56",
    "1.234,56元": "1234.56",
    "1,5万": "15000",
    "１．２３４，５": "1234.5",
    "+1,5": "1.5",
    "-0,00": "0",
    "999.999.999.999,999999": "999999999999.999999",
}


@pytest.mark.parametrize(("text", "value"), COMMA.items())
def test_spend_with_a_decimal_comma_that_was_said(text: str, value: str) -> None:
    assert read_spend(text, "CNY", "comma") == (Fraction(value), None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1'234.56", "1234.56"), ("1 234 567.5", "1234567.5"), ("1\u202f234", "1234")],
)
def test_spend_in_other_groups_with_a_decimal_point_that_was_said(text: str, value: str) -> None:
    assert read_spend(text, "CNY", "point") == (Fraction(value), None)


def test_three_decimals_are_cautioned_unless_the_mark_was_said() -> None:
    value, caution = read_spend("1.234", "CNY")
    assert value == Fraction("1.234")
    assert str(caution) == "'1.234' was read with three decimals; for thousands write 1234"
    assert read_spend("1.234", "CNY", "point") == (Fraction("1.234"), None)
    assert read_spend("1,234", "CNY") == (Fraction(1234), None)


# text, what was said of the mark, the words after the text
AMBIGUOUS = [
    ("1.234,56", None, "comma"),
    ("1 234,56", None, "comma"),
    ("1\u00a0234,56", None, "comma"),
    ("1,5", None, "comma"),
    ("12,5万", None, "comma"),
    ("0,123", None, "comma"),
    ("1234,567", None, "comma"),
    ("1.234.567", None, "comma"),
    (",100", None, "comma"),
    ("1'234.56", None, "point"),
    ("1 234", None, "point"),
]


@pytest.mark.parametrize(("text", "_", "mark"), AMBIGUOUS)
def test_spend_that_is_understood_once_the_mark_is_said(
    text: str, _: None, mark: DecimalMark
) -> None:
    error = refused(read_spend, text, "CNY")
    assert error.code == "ambiguous_number"
    assert str(error) == (
        f"{text!r} is understood only where the decimal mark is said; give --decimal {mark}, or "
        "write it like 12500 or 12,500.00"
    )
    read_spend(text, "CNY", mark)


@pytest.mark.parametrize(
    ("text", "said", "example"),
    [
        ("1.234,56", "point", "12500.00"),
        ("1,5", "point", "12500.00"),
        ("120000.50", "comma", "12500,00"),
        ("1,234.56", "comma", "12500,00"),
        ("1'234.56", "comma", "12500,00"),
        (".5", "comma", "12500,00"),
        ("1.5万", "comma", "12500,00"),
    ],
)
def test_spend_with_the_other_mark_than_was_said(
    text: str, said: DecimalMark, example: str
) -> None:
    error = refused(read_spend, text, "CNY", said)
    assert error.code == "ambiguous_number"
    assert str(error) == f"{text!r} does not fit --decimal {said}; write it like {example}"


def test_a_spend_that_is_said_to_be_rough_is_read() -> None:
    assert read_spend(ROUGHLY, "CNY")[0] == 12500


# of the rows that advise refuses, those that are a number with another decimal mark
OTHER_MARK = [
    *("1.234,56", "1 234,56", "1\u00a0234,56", "1\u202f234,56", "1'234.56", "1 234", "1.234.567"),
    *("1234,567", "1,2345", ",100", "0,123"),
]


# a cell of a list takes what the question about the spend takes
ROUGHLY = "12,500 or so"


@pytest.mark.parametrize(("text", "currency", "words"), [c for c in REFUSED if c[0] != ROUGHLY])
def test_spend_is_refused_where_advise_refuses_it(text: str, currency: str, words: str) -> None:
    error = refused(read_spend, text, currency)
    if text in OTHER_MARK:
        assert error.code == "ambiguous_number"
    else:
        assert str(error) == repr(text) + words
        expected = {"plans are": "other_currency", "below zero": "spend_negative"}
        expected |= {"too many": "too_many_digits", "than 6 decimals": "too_many_digits"}
        codes = [code for part, code in expected.items() if part in words]
        assert [error.code] == (codes or ["spend_not_understood"])


@pytest.mark.parametrize(
    ("text", "said", "code"),
    [
        ("-1.234,56", None, "spend_negative"),
        ("(1.234,56)", "comma", "spend_negative"),
        ("$1.234,56", None, "other_currency"),
        ("1,2345678", None, "too_many_digits"),
        ("1.000.000.000.000", "comma", "too_many_digits"),
        ("9" * 65, None, "too_many_digits"),
        ("1" + "\u200b" + "00", None, "spend_not_understood"),
        ("TRUE", None, "spend_not_understood"),
        ("#N/A", None, "spend_not_understood"),
        ("=1+1", None, "spend_not_understood"),
        ("1.234,567.8", "comma", "spend_not_understood"),
        ("1 234.567", "comma", "ambiguous_number"),
        ("1.23.456", "comma", "spend_not_understood"),
    ],
)
def test_spend_is_refused_with_its_own_code(text: str, said: DecimalMark | None, code: str) -> None:
    assert refused(read_spend, text, "CNY", said).code == code


@pytest.mark.parametrize(
    ("text", "said", "words"),
    [
        ("abc", None, "'abc' is not an amount; write it like 12500 or 12,500.00"),
        ("abc", "comma", "'abc' is not an amount; write it like 12500 or 12.500,00"),
        ("1,2,3", "comma", "'1,2,3' is not an amount; write it like 12500 or 12.500,00"),
        ("1e5", "comma", "'1e5' uses an exponent; write all its digits, like 1000"),
        ("1,5 USD", "comma", "'1,5 USD' is in USD, the plans are in CNY; give the amount in CNY"),
    ],
)
def test_refusals_quote_the_cell_and_speak_of_its_mark(
    text: str, said: DecimalMark | None, words: str
) -> None:
    assert str(refused(read_spend, text, "CNY", said)) == words


@pytest.mark.parametrize(
    ("text", "factor", "value"),
    [
        ("12", 10_000, "120000"),
        ("1.2345", 10_000, "12345"),
        ("1.234", 10_000, "12340"),  # no caution, as for 1.234万
        ("¥12", 1000, "12000"),
        ("0.000001", 1_000_000, "1"),
        ("99999999.9999", 10_000, "999999999999"),
    ],
)
def test_spend_in_a_column_with_a_unit(text: str, factor: int, value: str) -> None:
    assert read_spend(text, "CNY", None, factor) == (Fraction(value), None)


@pytest.mark.parametrize("text", ["12万", "12元", "1.2亿", "12 万元"])
def test_a_unit_in_the_cell_and_in_the_header_contradict_each_other(text: str) -> None:
    error = refused(read_spend, text, "CNY", None, 10_000)
    assert error.code == "ambiguous_number"
    assert str(error) == (
        f"{text!r} names a unit, and its column is in units of 10000; write the number alone"
    )
    read_spend(text, "CNY")


def test_spend_is_too_large_after_scaling() -> None:
    error = refused(read_spend, "100000000", "CNY", None, 10_000)
    assert error.code == "too_many_digits"
    assert str(error) == (
        "'100000000' times 10000 has more than 12 digits before the point; "
        "check the unit in the column's name"
    )


@quick
@given(st.text() | near_numbers, st.sampled_from(["CNY", "JPY"]), st.sampled_from([1, 1000, 10**6]))
def test_spend_and_advise_read_the_same_texts_to_the_same_values(
    text: str, currency: str, factor: int
) -> None:
    found = outcome(read_spend, text, currency, None, factor)
    try:
        parsed = parse_amount(text, currency)
    except AmountError:
        try:
            said = read_amount(text, currency)
        except AmountError:
            assert found in get_args(CellCode)
        else:  # as people write it: 十万
            assert factor > 1 or found in get_args(CellCode) or found == (said.value, said.caution)
        return
    if factor == 1:
        assert found == (parsed.value, parsed.caution)
    elif set(text) & set("万亿元円"):
        assert found == "ambiguous_number"
    elif parsed.value * factor >= 10**12:
        assert found == "too_many_digits"
    else:
        assert found == (parsed.value * factor, None)


@quick
@given(st.text() | near_numbers | st.text("0123456789.,' \u202f元", max_size=12))
def test_a_decimal_mark_never_changes_what_is_read_without_a_caution(text: str) -> None:
    """Except the comma, which turns the marks round: 1,234 and 1.234."""
    plain, point, comma = (outcome(read_spend, text, "CNY", mark) for mark in MARKS)
    if isinstance(plain, tuple):
        assert point == (plain[0], None)
    if not set(text) & set(".,．，"):
        assert point == comma


amounts = st.integers(0, 10**14 - 1).map(lambda cents: Fraction(cents, 100))


@quick
@given(amounts, st.sampled_from(". '’\u00a0\u202f"))
def test_every_amount_with_a_decimal_comma_is_read_as_written(amount: Fraction, group: str) -> None:
    written = f"{int(amount):,}".replace(",", group) + f",{int(amount * 100) % 100:02}"
    assert read_spend(written, "CNY", "comma") == (amount, None)


# Accounts


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("prod", "prod"),
        ("007", "007"),
        ("00123456789012345678", "00123456789012345678"),
        ('="0012"', "0012"),
        (' ="0012" ', "0012"),
        ('="a""b"', 'a"b'),
        ("'0012", "0012"),
        ("\t1234567890123456\t", "1234567890123456"),
        ("\u3000客户 甲 ", "客户 甲"),
        ("NA", "NA"),
        ("null", "null"),
        ("5E10", "5E10"),
        ("12e5", "12e5"),
        ("1.5", "1.5"),
        ("O'Neill", "O'Neill"),
        ("", ""),
        (" ", ""),
        ('=""', ""),
        ("=1+1", "=1+1"),
    ],
)
def test_account_is_kept_as_text(text: str, account: str) -> None:
    assert read_account(text) == account


@pytest.mark.parametrize(
    "text",
    ["1.23E+15", "1.23457E+15", "1,23E+15", "1.23e+15", "1E+15", "1.2E15", '="1E+15"', "１.2E＋15"],
)
def test_account_that_a_spreadsheet_has_rounded(text: str) -> None:
    error = refused(read_account, text)
    assert error.code == "account_exponent"
    assert str(error) == (
        f"{text!r} has lost digits in a spreadsheet; format the column as text and enter it again"
    )


@pytest.mark.parametrize(
    "text",
    [
        *(
            "合计",
            "小计",
            "总计",
            "总额",
            "总和",
            "共计",
            "合 计",
            "合计：",
            "合计:",
            " 总计 ",
            '="合计"',
        ),
        *("Total", "TOTAL:", "totals", "Subtotal", "Sub-total", "sub total", "Sum", "Grand total"),
        *("grand total:", "(Total)", "'Total", "ＴＯＴＡＬ"),
        *(
            "合  计",
            "合　计",
            "小　计",
            "总 计（万元）",
            "合計",
            "累计",
            "本年累计",
            "平均值",
            "华东 汇总",
        ),
        *("汇总", "合计金额", "合计：元", "Overall", "Total CNY", "Total (USD)", "Grand Total RMB"),
        *("East Total", "Average", "行标签", "求和项:折前消费", "Row Labels", "Sum of spend"),
        *("【合计】", "*合计*", "— 合计 —", "Subtotal East", "Grand total: all", "All customers"),
        *("全部客户", "所有账号", "合计（含税）", "其中：教育网", "of which: East"),
    ],
)
def test_total_rows(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "合计公司", "Total Energies", "Summit", "统计", "prod", "1", "汇总科技有限公司"),
        *("Overall Inc", "TotalSAP", "Average Joe", "合 计划", "总平均科技", "Total Sports"),
        *("Total East", "All Nippon", "其中科技", "全部科技", "Subtotalis", "小计科技"),
    ],
)
def test_rows_of_customers(text: str) -> None:
    assert not is_total(text)


# Needs


@pytest.mark.parametrize(
    "text",
    "是 有 要 需要 √ ✓ ✔ Y y Ｙ yes YES true TRUE 1 １".split(),
)
def test_yes(text: str) -> None:
    assert degree_of(f" {text}\u3000") is Tam.DEDICATED


@pytest.mark.parametrize(
    "text", "否 无 不要 不需要 × ✗ ✘ n no No false FALSE 0 - none 不清楚 unknown".split()
)
def test_no(text: str) -> None:
    assert degree_of(text) is None


@pytest.mark.parametrize("text", ["", "x", "X", "maybe", "2", "是否", "yes no"])
def test_neither_yes_nor_no(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        degree_of(text)
    assert str(caught.value) == f"{text!r} is not yes, no or named; write one of them"


RESPONSES = {
    "10分钟": "10m",
    "10 分钟": "10m",
    "10分": "10m",
    "10分钟内": "10m",
    "10分钟以内": "10m",
    "10分钟之内": "10m",
    "不超过10分钟": "10m",
    "１０分钟": "10m",
    "≤10min": "10m",
    "≤ 10 min": "10m",
    "≦10m": "10m",
    "<= 10 min": "10m",
    "< 10m": "10m",
    "＜10m": "10m",
    "10 minutes": "10m",
    "10 mins": "10m",
    "1 minute": "1m",
    "10M": "10m",
    "within 10 minutes": "10m",
    "半小时": "30m",
    "半个小时": "30m",
    "半小时内": "30m",
    "≤半小时": "30m",
    "half an hour": "30m",
    "1小时": "1h",
    "2个小时": "2h",
    "2 h": "2h",
    "2hrs": "2h",
    "1 hour": "1h",
    "16h": "16h",
    "0.5h": "30m",
    "1h30m": "90m",
    "1小时30分钟": "90m",
    "一个半小时": "90m",
    "十分钟": "10m",
    "二十五分钟内": "25m",
    "an hour": "1h",
    "1.5小时": "90m",
    "0.25 hours": "15m",
    "1.0h": "60m",
    "1d": "24h",
    "1天": "24h",
    "0.5天": "12h",
    "2 days": "48h",
    "24bh": "24bh",
    "24 BH": "24bh",
    "24 business hours": "24bh",
    "1 business hour": "1bh",
    "24个工作小时": "24bh",
    "15bm": "15bm",
    "15 business minutes": "15bm",
    "1.5 business hours": "90bm",
    "0.5bh": "30bm",
    "1 business hour 30 business minutes": "90bm",
    "工作时间 15 分钟": "15bm",
    "工作时间内15分钟内": "15bm",
    "在工作时间内 2 小时": "2bh",
    "15个工作分钟": "15bm",
    "30 min (business hours)": "30bm",
    "2小时（工作时间）": "2bh",
    "within 1 hour in business hours": "1bh",
    "in 2 business hours": "2bh",
    "24工作小时": "24bh",
    "1bd": "8bh",
    "1个工作日": "8bh",
    "2 business days": "16bh",
    "half a business day": "4bh",
    "1 business day 4 business hours": "12bh",
    " 10m ": "10m",
}


@pytest.mark.parametrize("text", ["半天", "半天内", "half a day", "within half a day"])
def test_half_a_day_is_not_said_clearly(text: str) -> None:
    with pytest.raises(CellError, match="may be 12 hours or half a working day; write it like"):
        read_response(text)


@pytest.mark.parametrize(("text", "time"), RESPONSES.items())
def test_response_is_understood(text: str, time: str) -> None:
    business = "b" in time
    number = int(time.rstrip("mbh"))
    minutes = number if time.endswith("m") else number * 60
    assert read_response(text) == Duration(minutes, business)


@pytest.mark.parametrize(
    "text",
    [
        "无",
        "-",
        "--",
        "—",
        "–",
        "none",
        "NONE",
        "n/a",
        "不要求",
        "无要求",
        "不限",
        "No requirement",
    ],
)
def test_no_response_is_required(text: str) -> None:
    assert read_response(text) is None


@pytest.mark.parametrize("text", ["10", " 10 ", "１０", "≤10", "10.5", "0", "10以内", "9" * 20])
def test_response_without_a_unit(text: str) -> None:
    error = refused(read_response, text)
    assert error.code == "response_without_unit"
    assert str(error) == (f"{text!r} has no unit; write it like 10m, 2h or 24bh (business hours)")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "soon",
            "尽快",
            ">10m",
            ">= 10m",
            "10-20m",
            "10s",
        ),
        *(
            "-10m",
            "10 m m",
            "0.001h",
            "0.001bh",
            "工作时间",
            "2 days in business hours",
            "工作时间 2 天",
            "123456m",
            "٣m",
            "10²m",
            "10 min.",
        ),
        *("h", "半", "1/2h", "1e3m", "x" * 200, "9" * 21),
    ],
)
def test_response_that_is_no_time(text: str) -> None:
    error = refused(read_response, text)
    assert error.code == "response_not_understood"
    assert " is not a time; write it like 10m, 2h or 24bh (business hours)" in str(error)


@pytest.mark.parametrize("text", ["0m", "0小时", "0.0h"])
def test_no_time_at_all(text: str) -> None:
    error = refused(read_response, text)
    assert error.code == "response_not_understood"
    assert str(error) == f"{text!r} is no time at all; write at least 1m"


# Counts


@pytest.mark.parametrize(
    ("text", "what", "number"),
    [
        ("0", "tickets", 0),
        ("40", "tickets", 40),
        (" 40 ", "tickets", 40),
        ("４０", "tickets", 40),
        ("007", "tickets", 7),
        ("1,234", "tickets", 1234),
        ("１，２３４", "tickets", 1234),
        ("999,999", "tickets", 999_999),
        ("999999", "tickets", 999_999),
        ("1", "accounts", 1),
        ("9,999", "accounts", 9999),
        ("12个", "tickets", 12),
        ("每月 30 个工单", "tickets", 30),
        ("30 tickets a month", "tickets", 30),
        ("3 个账号", "accounts", 3),
        ("12个月", "months", 12),
        ("12 months", "months", 12),
        ("1年", "months", 12),
        ("2 years", "months", 24),
        ("1", "months", 1),
        ("60", "months", 60),
    ],
)
def test_count_is_understood(text: str, what: Count, number: int) -> None:
    assert read_count(text, what) == number


COUNTS: dict[Count, tuple[CellCode, str]] = {
    "tickets": ("tickets_not_understood", "from 0 to 999999"),
    "accounts": ("accounts_not_understood", "from 1 to 9999"),
    "months": ("months_not_understood", "from 1 to 60"),
}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        *[(text, what) for what in COUNTS for text in ("", "-1", "40.0", "1.5", "1,23", "x")],
        *[(text, "tickets") for text in ("1000000", "1,000,000", "٤٠", "4 0", "1e3", "9" * 5000)],
        *[(text, "accounts") for text in ("0", "10000", "10,000")],
        *[(text, "months") for text in ("0", "61", "6年", "1.5年")],
    ],
)
def test_count_is_refused(text: str, what: Count) -> None:
    error = refused(read_count, text, what)
    code, bounds = COUNTS[what]
    assert error.code == code
    assert str(error).endswith(f" is not a whole number {bounds}; write it like 12")


# Names


def test_names_of_the_catalogue_are_known_in_every_language() -> None:
    shipped = load_catalogue()
    for text in ("premier", "Premier", "PREMIER", " 顶级 "):
        assert read_plan(text, shipped) == "premier"
    for text in ("enterprise-trial", "enterprise_trial", "企业级-体验版", "企业级体验版"):
        assert read_plan(text, shipped) == "enterprise-trial"
    for text in ("floor", "Floor reading", "保底口径"):
        assert read_reading(text, shipped.readings) == "floor"


def test_a_name_that_stands_for_two_ids_is_not_known() -> None:
    first = Severity("a", Text({"en": "Same"}), ("alias", "乙"))
    known = names_of([first, Severity("b", Text({"en": "same", "zh": "乙"}), ("alias",))])
    assert {name: known[name] for name in ("a", "b", "乙")} == {"a": "a", "b": "b", "乙": "b"}
    assert not {"same", "alias"} & {*known}
    assert names_of([first._replace(name=Text({"en": "b"})), Severity("b", first.name)])["b"] == "b"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("premeir", "'premeir' is not in the catalogue; did you mean Premier?"),
        ("Gold", "'Gold' is not in the catalogue, which has: Premier, Basic"),
        ("", "'' is not in the catalogue, which has: Premier, Basic"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(text: str, words: str) -> None:
    known = (
        Severity("premier", Text({"en": "Premier", "zh": "顶级"}), ()),
        Severity("basic", Text({"en": "Basic"}), ()),
    )
    error = refused(read_reading, text, known)
    assert (error.code, str(error)) == ("reading_unknown", words)


def test_a_plan_that_ended_is_refused_with_its_last_day_and_what_follows() -> None:
    later = load_catalogue("aws").in_force(datetime.date(2027, 1, 1))
    error = refused(read_plan, "aws-business", later)
    words = "Business is in force until 2026-12-31 only; its successor is Business Support+"
    mend = "; name one that is in force, or none"
    assert (error.code, str(error)) == ("plan_unknown", words + mend)


# Discounts


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("7折", "3/10"),
        ("７折", "3/10"),
        ("7 折", "3/10"),
        ("七折", "3/10"),
        ("7.5折", "1/4"),
        ("85折", "3/20"),
        ("八五折", "3/20"),
        ("30% off", "3/10"),
        ("30%", "3/10"),
        ("50%", "1/2"),
        ("30%OFF", "3/10"),
        ("２.5％ off", "1/40"),
        ("0% off", "0"),
        ("无", "0"),
    ],
)
def test_discount_is_understood(text: str, off: str) -> None:
    assert read_paid_discount(text) == Fraction(off)


@pytest.mark.parametrize(
    ("text", "paid", "off"),
    [
        ("7", "7折", "7% off"),
        ("0.7", "7折", "70% off"),
        (".7", "7折", "70% off"),
        ("70%", "7折", "70% off"),
        ("51%", "5.1折", "51% off"),
        ("30", "3折", "30% off"),
    ],
)
def test_discount_that_could_be_paid_or_taken_off(text: str, paid: str, off: str) -> None:
    error = refused(read_paid_discount, text)
    assert error.code == "discount_not_understood"
    assert str(error) == (
        f"{text!r} could be what is paid or what is taken off; write it like {paid} or {off}"
    )


@pytest.mark.parametrize("text", ["10折", "0折", "折", "off", "-5% off", "101% off", "", "x"])
def test_what_is_no_discount_is_refused_as_that(text: str) -> None:
    error = refused(read_paid_discount, text)
    assert error.code == "discount_not_understood"
    assert repr(text) in str(error)
    assert "could be" not in str(error)


def test_a_discount_of_everything_tells_nothing_of_what_was_paid() -> None:
    error = refused(read_paid_discount, "100% off")
    assert error.code == "discount_not_understood"
    assert str(error) == "'100% off' takes everything off; nothing can be told from what is paid"


READERS: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
    (read_account, ()),
    (is_total, ()),
    (read_response, ()),
    *((read_count, (what,)) for what in COUNTS),
    (read_plan, (load_catalogue(),)),
    (read_paid_discount, ()),
]


@quick
@given(st.text() | near_numbers | st.text("0123456789.½²１mhd分钟小时半bh≤<% off折七'=\" \x00"))
def test_every_cell_is_understood_or_refused_with_a_code(text: str) -> None:
    for read, more in READERS:
        outcome(read, text, *more)
