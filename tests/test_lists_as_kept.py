"""Lists as people keep them: the right figure comes out, or a sentence that says what to write.

Enterprise costs 25,000 and 10 % of the spend each month.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from tests.runner import TODAY, Done, run_cli


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def batch(file: str, *flags: str) -> Done:
    args = ("--out", "out.csv", "--response", "10m", "--force", *TODAY, *flags)
    return run_cli("batch", file, *args)


def listed(text: str, *flags: str) -> Done:
    Path("in.csv").write_text(text, encoding="utf-8")
    return batch("in.csv", *flags)


def saved(sheets: Mapping[str, Sequence[Sequence[object]]]) -> str:
    """A workbook as XlsxWriter leaves it: a formula's result is stored as 0."""
    with xlsxwriter.Workbook("in.xlsx") as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return "in.xlsx"


def fees() -> dict[str, str]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return {next(iter(row.values())): row["monthly_fee"] for row in csv.DictReader(file)}


def codes() -> list[tuple[str, str]]:
    with Path("out.rejects.csv").open(encoding="utf-8", newline="") as file:
        return [(row["line"], row["code"]) for row in csv.DictReader(file)]


# Formulas that no spreadsheet has calculated yet


def test_zero_as_the_result_of_a_formula_that_was_never_calculated_is_no_amount() -> None:
    """B has 25,000 + 10 % of 7."""
    rows = (("account", "spend"), ("A", "=SUM(D!A1:B1)"), ("B", 7), ("=D!A2", 8))
    done = batch(saved({"S": rows, "D": ((100, 200), ("C",))}))
    assert (done.code, fees()) == (6, {"B": "25000.70"})
    assert codes() == [("2", "formula_without_value"), ("4", "formula_without_value")]


# Rows that are no customers


def test_groups_of_a_pivot_table_are_no_customers() -> None:
    """华东 = 120,000 + 5; North = 1 + 2 within 华北 = 3 + 4."""
    done = listed(
        "Row Labels,monthly_spend\n华东,120005\nA,120000\nB,5\n华北,7\nNorth,3\nC,1\nD,2\nE,4\n"
        "Grand Total,120012\n"
    )
    assert (done.code, [line for line, _ in codes()]) == (6, ["2", "5", "6", "10"])
    assert fees() == {"A": "37000.00", "B": "25000.50", "C": "25000.10", "D": "25000.20"} | {
        "E": "25000.40"
    }


def test_a_company_above_its_parts_is_no_further_customer() -> None:
    assert listed("account,monthly_spend\n集团A,300\n- 子公司1,100\n- 子公司2,200\nB,9\n").code == 6
    assert codes() == [("2", "total_row")]
    assert listed("account,monthly_spend\n集团A,50\n- 子公司1,100\n- 子公司2,200\n").code == 0


@pytest.mark.parametrize(
    "word",
    "TTL Tot. TOT 总 合 計 総計 总消费 全公司 整体 Subtot Totale Insgesamt 合计值".split(),
)
def test_a_word_for_a_sum_beside_the_sum_of_the_rows_above(word: str) -> None:
    assert listed(f"account,monthly_spend\nA,100\nB,200\n{word},300\n").code == 6
    assert codes() == [("4", "total_row")]


def test_any_name_beside_numbers_of_accounts_where_its_amount_is_their_sum() -> None:
    header = "account,monthly_spend\n"
    assert listed(header + "1001,100\n1002,200\nJumla,300\n1003,7\nX,307\n").code == 6
    assert codes() == [("4", "total_row"), ("6", "total_row")]
    assert listed(header + "1001,100\n1002,200\n1003,300\n").code == 0
    assert listed(header + "1001,100\n1002,100\nJumla,200\n").code == 0


def test_among_names_alone_the_sum_of_three_is_one_and_that_of_two_is_told() -> None:
    header = "account,monthly_spend\n"
    assert listed(header + "Ann,100\nBob,200\nCy,50\nJumla,350\n").code == 6
    done = listed(header + "Ann,100\nBob,200\nCy,300\n")
    assert (done.code, "are the sum of the rows above: 1 ('Cy')" in done.err) == (0, True)


def test_a_line_for_all_products_of_an_account_is_not_added_to_them() -> None:
    """100 + 200: 25,000 + 30."""
    for word in ("全部", "合计", "All products", "所有产品"):
        listed(
            f"account,monthly_spend,product\nA,300,{word}\nA,100,ECS\nA,200,OSS\n",
            *("--sum-by", "account"),
        )
        assert fees() == {"A": "25030.00"}, word


# Months that are no parts of one


def test_sheets_of_several_months_are_not_added_up_nor_are_they_customers() -> None:
    rows = (("account", "monthly_spend"), ("A1", 100), ("B1", 7))
    saved(dict.fromkeys(("2026-01", "2026-02 final"), rows))
    for flags in (("--sum-by", "account"), ("--duplicates", "keep")):
        done = batch("in.xlsx", "--sheet", "all", *flags)
        assert (done.code, "--sheet '2026-02 final', or give each month" in done.err) == (2, True)
    saved(dict.fromkeys(("华东", "华北"), rows))
    assert batch("in.xlsx", "--sheet", "all", "--sum-by", "account").code == 0
    assert fees() == {"A1": "25020.00", "B1": "25001.40"}


@pytest.mark.parametrize("days", ["2026-01 2026-02", "2026年1月5日 2026/2/28", "Jan Feb"])
def test_a_column_of_months_is_one_whatever_its_name(days: str) -> None:
    january, february = days.split()
    table = f"account,monthly_spend,时间\nA1,100,{january}\nA1,200,{{}}\n"
    assert listed(table.format(february), "--sum-by", "account").code == 2
    for other in (january, "急"):
        assert listed(table.format(other), "--sum-by", "account").code == 0
        assert fees() == {"A1": "25030.00"}


# What columns that are only carried say of the amounts


@pytest.mark.parametrize("said", ["年 月", "yearly monthly", "元/年 元/月", "季度 月"])
def test_a_column_of_spans_stops_the_run_where_one_is_no_month(said: str) -> None:
    first, second = said.split()
    for name in ("周期", "频率", "period", *(["x"] if "元" in said else [])):
        done = listed(f"account,monthly_spend,{name}\nA1,1440000,{first}\nB1,120000,{second}\n")
        assert (done.code, "another span than a month" in done.err) == (2, True)
    assert listed(f"account,monthly_spend,x\nA1,100,{first}\nB1,7,老客户\n").code == 0
    assert listed("account,monthly_spend,周期\nA1,100,月\nB1,7,每月\n").code == 0
    assert listed("account,monthly_spend,周期\nA1,100,annual\n").code == 0
    assert listed("account,list spend,周期\nA1,100,annual\n").code == 2


@pytest.mark.parametrize(
    "column",
    [
        *(
            "付款周期 年 月",
            "结算周期 季度 月",
            "合同周期 年 年",
            "拜访频率 周 月",
            "备注 季度 季度",
        ),
        *(
            "billing_cycle annual monthly",
            "payment yearly yearly",
            "规模 百万 千万",
            "客户姓 万 钱",
        ),
        *("年营收 亿 千万", "注册资本单位 万元 万元", "合同币种 USD CNY"),
    ],
)
def test_a_column_about_something_else_is_carried(column: str) -> None:
    name, first, second = column.split()
    done = listed(f"account,monthly_spend,{name}\nA1,120000,{first}\nB1,7,{second}\n")
    assert (done.code, fees()) == (0, {"A1": "37000.00", "B1": "25000.70"})


@pytest.mark.parametrize(
    "remark",
    ["万元", "USD", "US$", "美元", "thousand CNY", "金额单位万元", "以美元结算", "amount in USD"],
)
def test_a_unit_among_remarks_stops_the_run(remark: str) -> None:
    table = f"account,monthly_spend,备注\nB1,120000,老客户\nA1,12,{remark}\n"
    done = listed(table)
    assert (done.code, "'备注'" in done.err) == (2, True)
    assert listed(table, "--ignore-column", "备注").code == 0
    assert fees() == {"A1": "25001.20", "B1": "37000.00"}


# Bills and counts


@pytest.mark.parametrize(
    "header",
    [
        "账期,账号,产品,计费方式,原价,应付金额",
        "BillingPeriodStart,SubAccountId,ServiceName,ListCost,BilledCost",
        "实例ID,实例名称,原价",
    ],
)
def test_a_bill_of_few_columns_is_one(header: str) -> None:
    assert "this is a bill" in listed(f"{header}\n{',' * header.count(',')}1\n").err
    done = listed("账期,账号,原价,应付金额\n2026-01,A1,100,70\n", "--map", "monthly_spend=原价")
    assert "this is a bill" not in done.err


@pytest.mark.parametrize("name", ["账户数", "账户数量", "no. of accounts", "account qty"])
def test_names_of_the_number_of_accounts(name: str) -> None:
    done = listed(f"account,monthly_spend,{name}\nA1,100,3\n")
    assert "is taken as the number of accounts" in done.err


def test_the_term_of_a_contract_is_read() -> None:
    done = listed("account,monthly_spend,合同期限\nA1,100,24个月\n")
    assert "is taken as the term in months" in done.err


# A discount that leads from one price to another


def test_the_clouds_own_discount_is_not_taken_off_the_fee() -> None:
    """A has 25,000 + 10 % of 120,000; 70 % of it, 25,900, where the discount is the fee's."""
    table = "account,list price,discount,net price\nA,120000,30%,84000\n"
    done = listed(table, "-q")
    assert (done.code, fees()) == (0, {"A": "37000.00"})
    for text in (done.out, done.err):
        assert "column 'discount' is the discount from 'list price' to 'net price'" in text
    done = listed(table, "-q", "--map", "discount=discount")
    assert (done.code, fees()) == (0, {"A": "25900.00"})
    told = "column 'discount' is taken as the discount off the support plan's fee"
    assert told in done.out
    assert told in done.err


def test_a_discount_beside_two_prices_that_is_not_theirs_is_asked_about() -> None:
    """From 120,000 to 84,000 it is 30 %; a column of payment methods is no price."""
    done = listed("账号,折前,折扣,折后\nA,120000,5%,84000\n")
    assert done.code == 2
    assert "--map discount='折扣' if it is off the fee" in done.err
    done = listed("账号,折前,折扣,付款方式\nA,120000,7折,月付\n")
    assert (done.code, fees()) == (0, {"A": "25900.00"})


# Small units, and days


@pytest.mark.parametrize("unit", ["百元", "佰元", "hundreds", "拾万元"])
def test_a_small_unit_in_a_name_scales(unit: str) -> None:
    """1,200 hundreds are 120,000, of which 10 % and 25,000 are 37,000; or 1.2 of 100,000."""
    amount = "1.2" if unit == "拾万元" else "1200"
    done = listed(f"account,list spend ({unit})\nA,{amount}\n", "-q")
    assert (done.code, fees()) == (0, {"A": "37000.00"})
    assert "is in units of 100" in done.err


@pytest.mark.parametrize(
    "name",
    [
        "list (tCNY)",
        "list x100",
        "spend [100 CNY]",
        "折前日消费",
        "旬消费",
        "双周消费",
        "spend (dozens)",
    ],
)
def test_a_name_that_says_another_unit_or_span_stops_though_it_was_mapped(name: str) -> None:
    table = f"account,{name}\nA,1200\n"
    assert listed(table, "--map", f"monthly_spend={name}", "--basis", "list").code == 2


def test_an_availability_is_no_response_time_and_that_is_said() -> None:
    done = listed("account,spend,SLA\nA,100,99.95%\nB,x,≥99.9%\n")
    assert (done.code, fees(), codes()) == (6, {"A": "25010.00"}, [("3", "spend_not_understood")])
    assert "column 'SLA' says an availability, which is no need that a support plan" in done.err


@pytest.mark.parametrize(
    ("cell", "paid", "off"),
    [
        ("9.5", "9.5折", "9.5% off"),
        ("95", "9.5折", "95% off"),
        ("95%", "9.5折", "95% off"),
        ("0.95", "9.5折", "95% off"),
        ("0.05", "0.5折", "5% off"),
        ("10", "1折", "10% off"),
        ("100%", "7折", "30% off"),
    ],
)
def test_what_to_write_for_a_discount_of_two_meanings_is_its_own_number(
    cell: str, paid: str, off: str
) -> None:
    """25,000 + 10 % of 100 is 25,010, of which the two that are told leave what they say."""
    assert listed(f"account,spend,discount\nA,100,{cell}\n").code == 6
    assert f"write it like {paid} or {off}" in Path("out.rejects.csv").read_text(encoding="utf-8")
    left = [Decimal(paid.rstrip("折")) / 10, 1 - Decimal(off.rstrip("% of")) / 100]
    listed(f"account,spend,discount\nA,100,{paid}\nB,100,{off}\n")
    assert list(map(Decimal, fees().values())) == [round(25010 * each, 2) for each in left]


@pytest.mark.parametrize("name", ["10月折前消费", "2026年10月折前消费", "Oct 2026 list spend"])
def test_a_single_column_of_a_months_spend_is_the_spend(name: str) -> None:
    done = listed(f"account,{name}\nA,100\n")
    assert (done.code, fees()) == (0, {"A": "25010.00"})
    assert f"taken as spend before discount: {name!r}" in done.err


@pytest.mark.parametrize("name", ["10月", "2026-10-01 spend", "1-10月折前消费", "10月累计折前消费"])
def test_a_single_column_that_may_be_of_another_span_is_asked_about(name: str) -> None:
    assert listed(f"account,{name}\nA,100\n").code == 2


def test_a_single_month_of_an_unknown_basis_is_asked_about_and_a_second_month_too() -> None:
    assert "before discount, or what is paid?" in listed("account,10月消费\nA,100\n").err
    assert listed("account,9月折前消费,10月折前消费\nA,90,100\n").code == 2
