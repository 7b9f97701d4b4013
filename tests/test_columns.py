"""What a header means: every name and unit that is understood, and every refusal in its words."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.rules import SERIES
from supportcli.errors import ExitCode, UsageError
from supportcli.inputs.customers.aliases import ALIASES, COLUMNS, LIST, OPEN, OWN
from supportcli.inputs.customers.meanings import ColumnBasis
from supportcli.inputs.customers.schema import Column, Understood, understand
from supportcli.inputs.customers.told import other_taken
from supportcli.inputs.values.spend_names import says_paid
from supportcli.language import load_language
from tests.runner import TODAY, run_cli

quick = settings(deadline=None, max_examples=200)


def read(
    *header: str, basis: ColumnBasis | None = None, currency: str = "CNY", **mapping: str
) -> Understood:
    return understand(header, mapping, basis, currency)


def meanings(*header: str, basis: ColumnBasis | None = None, **mapping: str) -> list[str | None]:
    return [column.meaning for column in read(*header, basis=basis, **mapping).columns]


def notes(*header: str, basis: ColumnBasis | None = None, **mapping: str) -> list[str]:
    return [str(note) for note in read(*header, basis=basis, **mapping).notes]


def problems(
    header: Sequence[str],
    mapping: Mapping[str, str] | None = None,
    basis: ColumnBasis | None = None,
    currency: str = "CNY",
) -> list[str]:
    with pytest.raises(UsageError) as caught:
        understand(header, mapping or {}, basis, currency)
    assert caught.value.exit_code is ExitCode.USAGE
    return [str(problem) for problem in caught.value.problems]


def test_what_a_column_is_taken_as_is_told_in_words() -> None:
    zh = load_language("zh")
    for meaning in {*COLUMNS} - {"monthly_spend", "unit", "discount"}:
        [words] = other_taken("x", meaning, is_customer=False)
        assert meaning not in zh.say(words)
    [words] = other_taken("税率", "tax_rate", is_customer=False)
    assert zh.say(words) == "列 '税率' 按税率处理"
    assert load_language("en").say(words) == "column '税率' is taken as the tax rate"


def test_of_our_own_names_only_the_discount_is_told() -> None:
    header = [*reversed(COLUMNS), "备注"]
    found = understand(header, {}, None, "CNY")
    assert [column.meaning for column in found.columns] == [*reversed(COLUMNS), None]
    assert [column.index for column in found.columns] == list(range(len(header)))
    assert {(column.factor, column.currency) for column in found.columns} == {(1, None)}
    assert [note.text for note in found.notes] == [
        "column {name} is taken as the discount off the support plan's fee"
    ]


def test_columns_keep_their_names_as_the_file_has_them() -> None:
    assert read(" Monthly-Spend\t", "甲").columns == (
        Column(" Monthly-Spend\t", 0, "monthly_spend"),
        Column("甲", 1, None),
    )


NAMES = {
    "account": [
        *("account", "Account ID", "account_id", "AccountID", "account uid", "uid", "UID"),
        *("customer", "Customer name", "customer id", "账号", "账号ID", "账号UID", "账号（UID）"),
        *("主账号", "主账号UID", "主账号 UID", "客户", "客户名", "客户名称", "客户ID", "云账号"),
    ],
    "response": [
        *("response", "Response time", "first response", "First-Response Time", "响应", "响应时间"),
        *("首次响应", "首次响应时间", "响应时间（分钟）", "首次响应时间（目标值）"),
    ],
    "tam": [
        *("tam", "TAM", "need tam", "needs_tam", "需要TAM", "需要 TAM", "是否需要TAM", "ＴＡＭ"),
        *("专属TAM", "是否需要专属TAM", "专属技术服务经理（TAM）", "TAM（是/否）", "tam (y/n)"),
    ],
    "tickets": [
        *("tickets", "Tickets per month", "ticket count", "工单", "工单数", "工单数量", "月工单数"),
        *("每月工单数", "工单数（个/月）"),
    ],
    "accounts": [
        "accounts",
        "number of accounts",
        "账号数",
        "账号数量",
        "主账号数",
        "账号数（个）",
    ],
    "months": ["months", "term", "Term (months)", "月数", "服务期", "服务期（月）", "服务月数"],
    "plan": ["plan", "support plan", "方案", "支持计划", "plan (optional)"],
    "reading": ["reading", "计费口径", "口径"],
    "paid_discount": ["paid_discount", "paid discount", "cloud discount", "实付折扣", "消费折扣"],
    "discount": ["discount", "fee discount", "折扣", "折扣（折）", "服务费折扣", "支持计划折扣"],
    "discount_on": ["discount_on", "discount on", "折扣范围"],
    "tax_mode": ["tax_mode", "tax mode", "计税方式", "含税方式"],
    "tax_rate": ["tax_rate", "tax rate", "VAT rate", "税率", "增值税率"],
    "current_plan": ["current_plan", "current plan", "当前方案", "现有方案", "当前支持计划"],
}


@pytest.mark.parametrize(
    ("name", "meaning"), [(name, meaning) for meaning, names in NAMES.items() for name in names]
)
def test_names_that_are_known(name: str, meaning: str) -> None:
    assert meanings("spend", name) == ["monthly_spend", meaning]


@pytest.mark.parametrize("name", ["discount", "折扣", "折扣（折）"])
def test_a_discount_beside_what_is_paid_is_the_one_that_it_is_after(name: str) -> None:
    assert meanings("实付", name, basis="paid") == ["monthly_spend", "paid_discount"]
    assert meanings("原价", name) == ["monthly_spend", "discount"]
    assert meanings("实付", "服务费折扣", basis="paid") == ["monthly_spend", "discount"]
    assert notes("原价", "折扣")[1] == (
        "column '折扣' is taken as the discount off the support plan's fee"
    )


BEFORE_DISCOUNT = [
    *("List spend", "list price", "list cost", "ListCost", "spend (list)", "spend_before_discount"),
    *("Spend (before discounts)", "Monthly spend before discount", "PretaxGrossAmount"),
    *(
        "折前消费",
        "月折前消费",
        "月消费（折前）",
        "月消费(折前)",
        "月消费 折前",
        "每月消费（折前）",
    ),
    *(
        "云产品消费（折前）",
        "折前金额",
        "折前费用",
        "原价",
        "目录价",
        "目录总价",
        "费用信息/目录总价",
        "刊例价",
    ),
]


@pytest.mark.parametrize(
    "name",
    [
        *("monthly_spend", "monthly spend", "Monthly-Spend", " MONTHLY  SPEND ", "monthlySpend"),
        *("spend", "Spend", "ｓｐｅｎｄ", "spend per month"),
    ],
)
def test_spend_by_our_own_names_is_before_discount(name: str) -> None:
    assert meanings(name) == meanings(name, basis="list") == ["monthly_spend"]
    assert notes(name) == []


@pytest.mark.parametrize("name", BEFORE_DISCOUNT)
def test_spend_that_says_it_is_before_discount_is_taken_and_told(name: str) -> None:
    assert meanings(name) == meanings(name, basis="list") == ["monthly_spend"]
    assert notes(name) == [f"taken as spend before discount: {name!r}"]


OPEN_NAMES = [
    *(
        "月消费",
        "消费",
        "消费金额",
        "月均消费",
        "云产品消费",
        "应付",
        "应付金额",
        "实付",
        "实付金额",
        "现金支付",
    ),
    *(
        "折后消费",
        "月消费（折后）",
        "金额",
        "费用",
        "账单金额",
        "paid",
        "Amount",
        "cost",
        "net spend",
    ),
    *("spend (net)", "Spend after discount", "payable amount", "BilledCost", "cloud spend"),
]


@pytest.mark.parametrize("name", OPEN_NAMES)
def test_spend_that_does_not_say_what_it_is_needs_a_word(name: str) -> None:
    paid = says_paid(name)
    before = "COLUMN" if paid else repr(name)
    assert problems([name, "account"]) == [
        (
            f"{name!r}: before discount, or what is paid? say --basis list or --basis paid, or "
            f"name the spend before discount: --map monthly_spend={before}"
        )
    ]
    assert meanings(name, basis="list") == meanings(name, basis="paid") == ["monthly_spend"]
    assert meanings(name, monthly_spend=name) == ["monthly_spend"]
    taken = [f"taken as spend before discount: {name!r}"]
    if paid:
        taken.append(
            f"{name!r}: after discount by its name, and taken as spend before discount; if it is "
            "after discount, fees come out too low: give --basis paid with --paid-discount"
        )
    assert notes(name, basis="list") == notes(name, monthly_spend=name) == taken
    assert notes(name, basis="paid") == [f"taken as what is paid: {name!r}"]


def test_what_is_paid_is_carried_through_beside_a_spend_before_discount() -> None:
    assert meanings("应付金额", "原价") == [None, "monthly_spend"]
    assert meanings("应付金额", "原价", basis="list") == [None, "monthly_spend"]
    assert notes("应付金额", "spend") == []
    assert meanings("应付金额", "原价", basis="paid") == ["monthly_spend", None]


def test_a_spend_before_discount_is_not_what_is_paid() -> None:
    assert problems(["原价"], basis="paid") == [
        (
            "'原价': before discount by its name, and --basis paid says that it is paid; leave "
            "--basis out, or name what is paid: --map monthly_spend=COLUMN"
        )
    ]
    assert notes("spend", basis="paid") == ["taken as what is paid: 'spend'"]


def test_several_that_do_not_say_what_they_are() -> None:
    assert problems(["月消费", "应付金额"]) == [
        (
            "'月消费', '应付金额': before discount, or what is paid? say --basis list or --basis "
            "paid, or name the spend before discount: --map monthly_spend='月消费'"
        )
    ]
    assert problems(["月消费", "应付金额"], basis="paid") == [
        (
            "columns '月消费', '应付金额' all mean monthly_spend; say which one counts, like --map "
            "monthly_spend='月消费'"
        )
    ]


@pytest.mark.parametrize(
    "header",
    [["account", "备注"], ["折前消费（年）"], ["annual cost"], ["季度金额"]],
)
def test_no_spend_at_all(header: list[str]) -> None:
    assert problems(header) == [
        (
            "no column holds the monthly spend; name it with --map monthly_spend=COLUMN, the "
            f"columns are: {', '.join(map(repr, header))}"
        )
    ]


@pytest.mark.parametrize("name", ["spend (avg)", "spend_m", "消费（含税）"])
def test_a_name_like_that_of_a_spend_is_only_asked_about(name: str) -> None:
    assert problems(["account", name]) == [
        (
            f"no column is known to hold the monthly spend; if {name!r} does, give "
            f"--map monthly_spend={name!r}; the columns are: 'account', {name!r}"
        )
    ]


def test_many_columns_are_not_all_listed() -> None:
    (problem,) = problems([f"c{index}" for index in range(50)])
    assert problem.endswith(" 'c18', 'c19', ...")


# Units

UNITS: list[tuple[str, int, str | None]] = [
    ("spend (k)", 1000, None),
    ("spend(K)", 1000, None),
    ("spend_k", 1000, None),
    ("spend (thousand)", 1000, None),
    ("Spend in thousands", 1000, None),
    ("spend ('000)", 1000, None),
    ("spend (¥'000)", 1000, "CNY"),
    ("spend (CNY k)", 1000, "CNY"),
    ("spend (kCNY)", 1000, "CNY"),
    ("spend (RMB, k)", 1000, "CNY"),
    ("monthly spend (CNY)", 1, "CNY"),
    ("monthly_spend_cny", 1, "CNY"),
    ("spend (¥)", 1, "CNY"),
    ("spend (￥)", 1, "CNY"),
    ("list price (M)", 10**6, None),
    ("spend (million)", 10**6, None),
    ("spend (bn)", 10**9, None),
    ("spend (w)", 10**4, None),
    ("原价（元）", 1, "CNY"),
    ("原价(元/月)", 1, "CNY"),
    ("原价（人民币）", 1, "CNY"),
    ("spend (Renminbi)", 1, "CNY"),
    ("spend (CN¥)", 1, "CNY"),
    ("原价（千元）", 1000, "CNY"),
    ("原价（万）", 10**4, None),
    ("折前消费（万元）", 10**4, "CNY"),
    ("折前消费(万元)", 10**4, "CNY"),
    ("折前消费【万元】", 10**4, "CNY"),
    ("折前消费（单位：万元）", 10**4, "CNY"),
    ("月消费（折前，万元）", 10**4, "CNY"),
    ("月消费（折前）（万元）", 10**4, "CNY"),
    ("折前消费_万元", 10**4, "CNY"),
    ("原价/万元", 10**4, "CNY"),
    ("折前消费万元", 10**4, "CNY"),
    ("折前消费（人民币万元）", 10**4, "CNY"),
    ("原价（十万元）", 10**5, "CNY"),
    ("原价(百万)", 10**6, None),
    ("原价(百万元)", 10**6, "CNY"),
    ("原价（千万元）", 10**7, "CNY"),
    ("原价（亿元）", 10**8, "CNY"),
]


@pytest.mark.parametrize(("name", "factor", "currency"), UNITS)
def test_units_in_the_header(name: str, factor: int, currency: str | None) -> None:
    stated = factor > 1 or "元" in name
    assert read(name).columns == (Column(name, 0, "monthly_spend", factor, currency, stated),)
    scaled = [f"column {name!r} is in units of {factor}"] if factor > 1 else []
    assert [note for note in notes(name) if "units" in note] == scaled
    assert read(name, monthly_spend=name).columns == read(name).columns


def test_units_of_columns_that_need_a_word() -> None:
    scaled = (Column("消费（万元）", 0, "monthly_spend", 10_000, "CNY", stated=True),)
    assert read("消费（万元）", basis="list").columns == scaled
    assert read("消费（万元）", basis="paid").columns == scaled
    assert read("消费（万元）", monthly_spend="消费(万元)").columns == scaled
    assert read("某项目（万元）", monthly_spend="某项目（万元）").columns[0].factor == 10_000
    assert read("某项目总额万元", monthly_spend="某项目总额万元").columns[0].factor == 10_000


@pytest.mark.parametrize(
    ("name", "currency", "given"),
    [
        ("spend (USD)", "CNY", "USD"),
        ("spend (USD k)", "CNY", "USD"),
        ("spend ($)", "CNY", "USD"),
        ("spend ($m)", "CNY", "USD"),
        ("spend_usd", "CNY", "USD"),
        ("原价（美元）", "CNY", "USD"),
        ("原价（万美元）", "CNY", "USD"),
        ("原价（日元）", "CNY", "JPY"),
        ("原价日元", "CNY", "JPY"),
        ("原价（港币）", "CNY", "HKD"),
        ("原价（万元）", "USD", "CNY"),
        ("原价（元）", "JPY", "CNY"),
    ],
)
def test_another_currency_than_the_plans(name: str, currency: str, given: str) -> None:
    words = (
        f"column {name!r} is in {given}, the plans are in {currency}; "
        f"give the amounts in {currency}"
    )
    assert problems([name], currency=currency) == [words]
    assert problems([name], {"monthly_spend": name}, currency=currency) == [words]


def test_the_currency_of_the_plans_is_understood() -> None:
    assert read("spend (¥)", currency="JPY").columns[0].currency == "JPY"
    assert read("spend ($k)", currency="SGD").columns[0] == Column(
        "spend ($k)", 0, "monthly_spend", 1000, "SGD", stated=True
    )


def test_a_header_has_one_unit() -> None:
    assert "spend (k) (万元)" in problems(["spend (k) (万元)"])[0]
    assert read("x", "原价 (USD) (CNY)", monthly_spend="x").columns[1].currency is None
    assert "is in USD" in problems(["原价 (USD) (CNY)"])[0]
    long = "x" * 300_000 + "（万元）"
    assert read(long, monthly_spend=long).columns[0].factor == 10_000


def test_units_concern_spend_alone() -> None:
    assert read("spend", "合同额（万元）").columns[1] == Column("合同额（万元）", 1, None)
    assert read("spend", "x (USD)", account="x (USD)").columns[1].currency is None


# Twelve months

TWELVE = [f"spend_{month:02}" for month in range(1, 13)]


@pytest.mark.parametrize(
    "form",
    ["spend_{:02}", "spend_{}", "Spend {}", "spend{:02}", "SPEND-{:02}", "spend_{:02} (CNY)"],
)
def test_twelve_months_by_our_names(form: str) -> None:
    header = [form.format(month) for month in range(12, 0, -1)]
    assert meanings(*header) == [*reversed(SERIES)]
    assert notes(*header) == []


@pytest.mark.parametrize(
    "form", ["{}月消费（折前）", "{}月折前消费", "{:02}月原价", "{}月 消费（折前）"]
)
def test_twelve_months_before_discount(form: str) -> None:
    header = [form.format(month) for month in range(1, 13)]
    assert meanings(*header) == [*SERIES]
    assert notes(*header) == [f"taken as spend before discount: {', '.join(map(repr, header))}"]


def test_twelve_months_that_do_not_say_what_they_are() -> None:
    header = [f"{month}月消费" for month in range(1, 13)]
    listed = ", ".join(map(repr, header))
    assert problems(header) == [
        f"{listed}: before discount, or what is paid? say --basis list or --basis paid"
    ]
    assert meanings(*header, basis="list") == [*SERIES]
    assert notes(*header, basis="paid") == [f"taken as what is paid: {listed}"]


def test_months_have_units_of_their_own() -> None:
    header = ["1月折前消费（万元）", *(f"{month}月折前消费" for month in range(2, 13))]
    assert [column.factor for column in read(*header).columns] == [10_000, *[1] * 11]


def test_a_month_that_is_left_out() -> None:
    assert problems([*TWELVE[:4], *TWELVE[6:]]) == [
        "a month of spend is left out; add spend_05, spend_06"
    ]
    assert problems(TWELVE[:2]) == [
        "give three to twelve months of spend, from spend_01 on, or monthly_spend"
    ]
    assert meanings(*TWELVE[:3]) == [*SERIES[:3]]


def test_a_month_given_twice() -> None:
    assert problems([*TWELVE, "spend_1"]) == [
        (
            "columns 'spend_01', 'spend_1' all mean spend_01; say which one counts, like --map "
            "spend_01='spend_01'"
        )
    ]


def test_monthly_spend_and_twelve_months() -> None:
    words = ["monthly_spend and spend_01 contradict each other; keep one of them"]
    assert problems(["spend", *TWELVE]) == words
    assert problems(["spend", *TWELVE[:3]]) == words
    assert meanings("月消费", *TWELVE) == [None, *SERIES]
    assert meanings("spend", *TWELVE, monthly_spend="spend") == ["monthly_spend", *[None] * 12]
    assert meanings("spend", "Jan", *TWELVE[1:], spend_01="Jan") == [None, *SERIES]


@pytest.mark.parametrize("name", ["spend_00", "spend_13", "spend 2026-01", "13月消费", "0月原价"])
def test_no_month(name: str) -> None:
    assert meanings("spend", name) == ["monthly_spend", None]


# --map


@pytest.mark.parametrize("column", ["Kosten", "kosten", " KOSTEN ", "Ｋosten"])
def test_a_column_is_mapped_by_its_name_in_any_form(column: str) -> None:
    assert meanings("a", "Kosten", monthly_spend=column) == [None, "monthly_spend"]


@pytest.mark.parametrize(
    ("name", "meaning"),
    [("spend", "monthly_spend"), ("Monthly-Spend", "monthly_spend"), ("TAM", "tam")],
)
def test_our_names_are_known_in_any_form(name: str, meaning: str) -> None:
    header = ["x"] if meaning == "monthly_spend" else ["x", "spend"]
    assert understand(header, {name: "x"}, None, "CNY").columns[0].meaning == meaning


def test_a_mapping_goes_before_every_guess() -> None:
    assert meanings("账号", "客户", "spend", account="客户") == [None, "account", "monthly_spend"]
    assert meanings("原价", "月消费", monthly_spend="月消费") == [None, "monthly_spend"]
    assert meanings("spend", "plan", current_plan="plan") == ["monthly_spend", "current_plan"]
    assert notes("账号", "客户", "spend", account="客户") == [
        "column '客户' is taken as the account"
    ]


def test_an_exact_name_goes_before_other_forms_of_it() -> None:
    assert meanings("a b", "a_b", monthly_spend="a_b") == [None, "monthly_spend"]
    assert problems(["a b", "a_b"], {"monthly_spend": "a-b"}) == [
        "column 'a-b' could be any of 'a b', 'a_b'; rename the others"
    ]


def test_all_that_is_wrong_with_a_mapping_is_told_at_once() -> None:
    header = ["account", "Kosten", "spnd"]
    mapping = {"monthly_spnd": "Kosten", "foo": "xyz", "tam": "spend", "plan": "Kosten"}
    assert problems(header, mapping | {"account": "kosten"}) == [
        "--map knows no 'monthly_spnd'; did you mean monthly_spend?",
        (
            "--map knows no 'foo'; the names are: account, monthly_spend, response, hours, tam, "
            "tickets, services, accounts, months, plan, reading, paid_discount, current_plan, "
            "discount, discount_on, tax_mode, tax_rate, currency, unit, spend_01 ... spend_12"
        ),
        "there is no column 'xyz'; the columns are: 'account', 'Kosten', 'spnd'",
        "there is no column 'spend'; did you mean 'spnd'?",
        "column 'kosten' is mapped twice; keep one",
        (
            "no column holds the monthly spend; name it with --map monthly_spend=COLUMN, the "
            "columns are: 'account', 'Kosten', 'spnd'"
        ),
    ]


def test_a_spend_that_was_mapped_wrongly_is_one_problem() -> None:
    assert problems(["a", "b"], {"monthly_spend": "zz"}) == [
        "there is no column 'zz'; the columns are: 'a', 'b'"
    ]
    assert problems(["a", "spend"], {"monthly_spend": ""}) == [
        "there is no column ''; the columns are: 'a', 'spend'"
    ]


# Twice, nearly, and nothing


def test_a_meaning_found_twice_names_both() -> None:
    assert problems(["主账号", "spend", "账号UID"]) == [
        (
            "columns '主账号', '账号UID' all mean account; say which one counts, like --map "
            "account='主账号'"
        )
    ]
    assert problems(["monthly_spend", "原价"]) == [
        (
            "columns 'monthly_spend', '原价' all mean monthly_spend; say which one counts, like "
            "--map monthly_spend='monthly_spend'"
        )
    ]


@pytest.mark.parametrize("second", ["note", " Note ", "ＮＯＴＥ"])
def test_two_columns_of_one_name(second: str) -> None:  # C9
    words = "columns 2 and 3 are both called 'note'; rename one of them"
    assert problems(["spend", "note", second]) == [words]


def test_two_columns_of_spend_with_one_name_are_one_problem() -> None:
    words = "columns 1 and 2 are both called 'spend'; rename one of them"
    assert problems(["spend", " Spend "]) == [words]


def test_columns_without_a_name_are_carried_through() -> None:
    assert meanings("", "spend", " ", "") == [None, "monthly_spend", None, None]


def test_an_empty_header_has_no_spend() -> None:
    assert len(problems([])) == 1


def test_other_names_are_told() -> None:
    assert notes("客户", "Spend", "是否需要TAM", "tam_", account="客户", tam="tam_") == [
        "column '客户' is taken as the account"
    ]
    assert notes("uid", "spend (k)") == [
        "column 'uid' is taken as the account",
        "column 'spend (k)' is in units of 1000",
    ]


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("plan (current)", "plan"),
        ("方案（现有）", "plan"),
        ("curent plan", "current_plan"),
        ("customers", "account"),
    ],
)
def test_names_that_are_nearly_known_are_told(name: str, meaning: str) -> None:
    assert meanings("spend", name) == ["monthly_spend", None]
    assert notes("spend", name) == [
        (
            f"column {name!r} is carried through unread; "
            f"if it is {meaning}, give --map {meaning}={name!r}"
        )
    ]


def test_names_that_are_nearly_known_are_silent_where_the_meaning_is_found() -> None:
    assert notes("spend", "account", "accounts", "customers", "spends", "备注", "region") == []


def test_no_name_stands_for_two_meanings() -> None:
    assert "" not in {*ALIASES, *OWN, *LIST, *OPEN}
    assert len({*ALIASES, *OWN, *LIST, *OPEN}) == sum(map(len, (ALIASES, OWN, LIST, OPEN)))


names = st.text(max_size=12) | st.sampled_from([*ALIASES, *OWN, *LIST, *OPEN, *TWELVE])
units = st.sampled_from(["", "（万元）", "(k)", " USD", "（月）", "(%)", "((", "000", "【元", "万"])
columns = st.builds(str.__add__, names, units)


@pytest.mark.slow
@quick
@given(
    st.lists(columns, max_size=8),
    st.dictionaries(names, columns, max_size=3),
    st.sampled_from([None, "list", "paid"]),
)
def test_every_header_is_understood_or_refused(
    header: list[str], mapping: dict[str, str], basis: ColumnBasis | None
) -> None:
    try:
        found = understand(header, mapping, basis, "CNY")
    except UsageError:
        return
    assert [column.name for column in found.columns] == header
    meant = [column.meaning for column in found.columns if column.meaning]
    assert len(meant) == len(set(meant))
    assert ("monthly_spend" in meant) != (set(SERIES) <= set(meant))
    assert {column.currency for column in found.columns} <= {None, "CNY"}


OF_QUANTITIES = """\
id: own
name: Own
currency: CNY
quantities:
  - {id: incidents, name: {en: incidents, zh: 事件}}
  - {id: seats, name: seats, aliases: [users]}
plans:
  - id: p
    name: P
    tier: 1
    fee: {flat: 10}
    limits: [{id: y, counts: incidents, most: 12, per: year, text: 12 a year}]
"""


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("incidents", "a quantity is the same for every row: --quantity incidents=N"),
        ("Incidents (a month)", "a quantity is the same for every row: --quantity incidents=N"),
        ("事件", "a quantity is the same for every row: --quantity incidents=N"),
        ("Users", "a quantity is the same for every row: --quantity seats=N"),
        ("月增长率", "put the growth into the months of the row, spend_01 to spend_12"),
        ("Voucher", "take it off what is to be paid, or give --voucher to advise"),
        ("order id", ""),
        ("owner", ""),
    ],
)
def test_a_column_of_what_no_row_can_say_is_not_carried_in_silence(
    column: str, words: str, tmp_path: Path
) -> None:
    plans, table, out = tmp_path / "own.yaml", tmp_path / "c.csv", tmp_path / "out.csv"
    plans.write_text(OF_QUANTITIES, encoding="utf-8")
    table.write_text(f"account,monthly_spend,{column}\na,1,7\n", encoding="utf-8")
    done = run_cli("batch", str(table), f"--plans={plans}", f"--out={out}", *TODAY)
    assert done.code == 0, done.err
    told = [line for line in done.err.splitlines() if "carried through unread" in line]
    assert len(told) == bool(words)
    assert all(repr(column) in line and words in line for line in told)


@pytest.mark.parametrize(
    ("column", "cell", "named"),
    [
        ("order", "7", ""),
        ("Orders", "", ""),
        ("订单（元）", "7", ""),
        ("预付订单", "120万@2026-12-01/12", ""),
        ("备注", "120万@2026-12-01/12", "'120万@2026-12-01/12': "),
        ("note", "a: 1200000 from 2026-12 for 12 months", "'a: 1200000 from 2026-12 for 12 mo"),
        ("合同", "120万＠2026年12月1日／12", "'120万＠2026年12月1日／12': "),
        ("order id", "7@b.com/1, 2026-12-01", None),
        ("contact", "a1@x.com from 2026-12-01 for us", None),
    ],
)
def test_orders_are_never_carried_in_silence(
    column: str, cell: str, named: str | None, tmp_path: Path
) -> None:
    table, out = tmp_path / "c.csv", tmp_path / "out.csv"
    table.write_text(f'account,spend,{column}\na,1,\nb,1,"{cell}"\n', encoding="utf-8")
    flags = ("batch", str(table), f"--out={out}", *TODAY)
    done = run_cli(*flags)
    assert done.code == (0 if named is None else 2)
    assert out.exists() == (named is None)
    words = (
        f"column {column!r} holds orders; spread them into the months of each row, spend_01 to "
        f"spend_12, or give --ignore-column {column!r} to do without them"
    )
    told = [line for line in done.err.splitlines() if words in line]
    assert len(told) == (named is not None)
    assert not named or named in told[0]
    assert run_cli(*flags, "--ignore-column", column, "--force").code == 0


@pytest.mark.parametrize(
    ("column", "need"),
    [
        *(
            ("响应要求", "response"),
            ("响应时效", "response"),
        ),
        *(("服务级别", "response"), ("Service Level", "response"), ("客户响应时间", "response")),
        *(("TAM需求", "tam"), ("TAM degree", "tam"), ("技术客户经理", "tam")),
        *(("tickets_peak", "tickets"), ("tickets (k)", "tickets"), ("月均工单", "tickets")),
        *(("7x24支持", "hours"), ("护航需求", "services")),
    ],
)
def test_a_column_that_looks_like_a_need_stops_the_run(column: str, need: str) -> None:
    words = (
        f"column {column!r} looks like a need of the customer and is not understood; give "
        f"--map {need}={column!r}, or --ignore-column {column!r} to do without it"
    )
    assert problems(["account", "spend", column]) == [words]
    found = understand(["account", "spend", column], {}, None, "CNY", unread=[column])
    assert [each.meaning for each in found.columns] == ["account", "monthly_spend", None]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("column", "texts", "like"),
    [
        ("Tam Nguyen", "active;left", ""),
        ("contact (TAM)", "Lee;Wu", ""),
        ("response rate", "95%;0.8", ""),
        ("responsible", "Lee;n/a", ""),
        ("销售响应人", "王;不限", ""),
        ("SLA", "99.95%;≥99.9%", ""),
        ("SLA", "99.95%;gold", "response"),
        ("sla等级", ";A", "response"),
        ("SLA penalty", "5%;无", ""),
        ("SLA expiry", "2026-12-31;tbd", ""),
        ("SLA owner", "Lee;10 min", "response"),
        ("SLA agreed in 2025", ";gold", "response"),
        ("响应情况", ";半小时", "response"),
        ("SLA package", ";Enterprise", "response"),
        ("respones", "10m;", "response"),
        ("TAM visits", "是;", "tam"),
        ("护航项目", "无;是", "services"),
        ("open tickets", "12;", "tickets"),
    ],
)
def test_a_column_whose_name_says_more_than_a_need_stops_the_run_where_its_texts_do(
    tmp_path: Path, column: str, texts: str, like: str
) -> None:
    first, second = texts.split(";")
    table, out = tmp_path / "c.csv", tmp_path / "out.csv"
    table.write_text(f"account,spend,{column}\na,1,{first}\nb,1,{second}\n", encoding="utf-8")
    done = run_cli("batch", str(table), f"--out={out}", *TODAY)
    assert (done.code, out.exists()) == ((2, False) if like else (0, True))
    assert f"give --map {like}={column!r}, or --ignore-column" in done.err or not like
    assert f"carried and not read: {column!r}" in done.err or like


@pytest.mark.parametrize("column", ["客户经理", "行业", "team", "slack", "响", "stam", "经理电话"])
def test_a_column_that_only_sounds_like_a_need_is_carried(column: str) -> None:
    assert meanings("account", "spend", column)[2] is None


def test_a_need_that_another_column_says_is_enough() -> None:
    assert meanings("spend", "response", "SLA") == ["monthly_spend", "response", None]


def test_columns_that_are_to_be_ignored() -> None:
    header = ["客户", "折前消费", "原价", "TAM"]
    found = understand(header, {}, None, "CNY", unread=["原价", "tam"])
    assert [each.meaning for each in found.columns] == ["account", "monthly_spend", None, None]
    with pytest.raises(UsageError) as caught:
        understand(header, {"account": "TAM"}, None, "CNY", unread=["原价", "tam", "nobody"])
    assert [problem.message.text for problem in caught.value.problems] == [
        "column {name} is mapped and to be ignored; keep one",
        "there is no column {name}; the columns are: {columns}",
    ]


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("行标签,求和项:月消费", "--map monthly_spend='求和项:月消费'"),
        ("Row Labels,Sum of Spend", "--map monthly_spend='Sum of Spend'"),
        ("account,云产品消耗", "--map monthly_spend='云产品消耗'"),
        ("name of it,what it cost us", "--map monthly_spend='what it cost us'"),
        ("名字,合同金额", "--map monthly_spend='合同金额'"),
    ],
)
def test_the_column_that_looks_most_like_a_spend_stands_in_the_map_to_write(
    tmp_path: Path, header: str, named: str
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"{header}\nx,3\n", encoding="utf-8")
    done = run_cli("batch", str(table), "--out", str(tmp_path / "o.csv"), "--lang", "en")
    assert done.code in (1, 2)
    assert named in done.err
    mapped = named.removeprefix("--map ").replace("'", "")
    assert run_cli("batch", str(table), "--out", str(tmp_path / "o.csv"), "--map", mapped).code == 0


NO_HINT = "--map monthly_spend=COLUMN"


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("名称,值\n甲,3\n乙,\n丙,0", "值"),
        ('名称,值\n甲,"12,000.50"\n乙,¥ 7', "值"),
        ("名称;值\n甲;3,5\n乙;2.000", "值"),
        ("# 注\n序号,名称,值\n1,甲,3\n2,乙,5000", "值"),
        ("编码,值\n00012,3\n00013,5", "值"),
        ("编码,值\n12345678901,3\n12345678902,5", "值"),
        ("a,b\n1,2\n5,3", None),
        ("序号,名称\n1,甲\n2,乙", None),
        ("名称,值\n甲,3\n乙,多", None),
        ("名称,年\n甲,2026", None),
        ("名称,\n甲,7\n乙,9", None),
        ("名称,值", None),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_one_column_of_amounts_stands_in_the_map_to_write(
    tmp_path: Path, lines: str, named: str | None, ending: str
) -> None:
    table = tmp_path / f"t.{ending}"
    if ending == "csv":
        table.write_text(lines + "\n", encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in csv.reader(lines.splitlines(), delimiter=";" if ";" in lines else ","):
            if not row[0].startswith("#"):
                sheet.append(row)
        book.save(table)
    done = run_cli("batch", str(table), "--out", str(tmp_path / "o.csv"), "--lang", "en")
    assert "has no known column" in done.err
    assert (f"--map monthly_spend='{named}'" if named else NO_HINT) in done.err


@pytest.mark.parametrize(
    "name", ["customer", "Customer Name", "客户", "客户名称", "SubAccountName", "sub account name"]
)
def test_beside_an_account_a_customer_is_its_name_and_alone_the_account(name: str) -> None:
    assert meanings(name, "账号", "spend") == [None, "account", "monthly_spend"]
    assert meanings("账号", name, "spend") == ["account", None, "monthly_spend"]
    assert meanings(name, "spend") == ["account", "monthly_spend"]
    assert f"column {name!r} is taken as the name of the customer" in notes(name, "账号", "spend")


@pytest.mark.parametrize("name", [True, False])
def test_a_refused_row_names_the_customer_where_a_column_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    column, called, short = (",客户", ",蓝海", "c,x") if name else ("", "", ",")
    table = f"账号,折前消费{column}\n0012,abc{called}\nb,5{called}\nb,6{called}\n{short}\n"
    Path("t.csv").write_text(table, encoding="utf-8")
    run_cli("batch", "t.csv", "--out", "o.csv", "--excel", *TODAY)
    with Path("o.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["line", "column", "code", "text", "message"] + ["account", "customer"] * name
    # The last row has a cell too few, so that nobody knows which of them is the account.
    found = [["2", '="0012"', "蓝海"], ["3", "b", "蓝海"], ["4", "b", "蓝海"], ["5", "", ""]]
    expected = found if name else [row[:1] for row in found[:3]]
    assert [[row[0], *row[5:]] for row in rows] == expected
    run_cli("batch", "t.csv", "--out", "o.xlsx", "--force", "--lang", "zh", *TODAY)
    titles, first, *_ = openpyxl.load_workbook("o.xlsx")["未能测算"].values
    assert titles[:-5] == (("账号", "客户") if name else ())
    assert first[:-5] == (("0012", "蓝海") if name else ())


def test_the_largest_differences_name_the_customer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Premier at 10,000 a month costs 50,000 + 1,000, 612,000 a year; Basic nothing."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(
        "account,客户名称,monthly_spend,current_plan\n1,甲公司,10000,premier\n", encoding="utf-8"
    )
    given = ("batch", "in.csv", "--out", "out.csv", "--force", *TODAY)
    [found] = json.loads(run_cli(*given, "-o", "json").out)["result"]["top_differences"]
    assert (found["account"], found["customer"]) == ("1", "甲公司")
    assert "1 (甲公司): ¥612,000 a year before, ¥0 now" in run_cli(*given).out
