"""What stands around a table and says what amounts are in is understood, asked for, or no such."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from supportcli.errors import ExitCode
from supportcli.inputs.customers.context import read_above
from supportcli.inputs.customers.doubts import AmountsKnown, doubts_above
from supportcli.inputs.customers.statements import statements
from tests.runner import TODAY, Done, run_cli


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def batch(path: str, *flags: str) -> Done:
    """With a response of ten minutes the postpaid part is a tenth of the spend."""
    needs = ("--response", "10m", "--out", "out.csv", "--force", *TODAY)
    return run_cli("batch", path, *needs, *flags)


def book(text: str, *flags: str) -> Done:
    Path("in.csv").write_text(text, encoding="utf-8")
    return batch("in.csv", *flags)


def postpaid() -> list[str]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return [row["postpaid"] for row in csv.DictReader(file)]


UNDERSTOOD = [
    *("单位万元", "金额单位万元", "…明细表 单位万元", "单 位：万元", "單位：萬元", "以上单位万元"),
    *("2026年客户消费表（万元）", "金额以万计", "本表金额单位：万元"),
]
STOPS = [
    *("2026年客户消费表 万元", "客户消费明细-万元", "Amounts in CNY (000s)", "Unit (CNY 1000)"),
    *(
        "figures in '000s",
        "All numbers are in ten thousand yuan",
        "Unit: wan",
        "单位：分",
        "Scale: thousands",
    ),
    *("x1000", "表中数字扩大一万倍", "Amounts are thousands of yuan", "spend in 1000s"),
    *("Currency USD", "Amounts: USD", "USD amounts", "Monthly spend report - USD", "US$ amounts"),
    *("Region: US, currency USD", "Invoiced in dollars", "金额：美元", "计价：美元", "港币结算"),
    *("汇率：1 USD = 7.1 CNY", "汇率 USD/CNY 7.1", "USD desk"),
    *("以下为美元客户", "Note: USD", "Preise in EUR", "All amounts in CNY (converted from USD)"),
    *("单位：万元/年", "单位：元/年", "All amounts are annual", "Spend is reported quarterly"),
    *("2026年度（1-12月）累计消费，单位：元", "年度消费统计", "消费（每日元）", "YTD spend"),
]
SAYS_NOTHING = [
    *("万科集团客户清单", "千寻科技 2026年1月客户清单", "亿联网络客户", "百度百万级客户表"),
    *("2026年1月客户月度消费表", "2026年度客户清单", "Daily report 2026-01-01", "Kunde", "Milk"),
    *("Monthly spend by account", "Customer list Q1 2026", "Prepared by: Li Wan", "AMD spend"),
    *("更新币种说明", "创新元素", "消费超过12万元的客户", "合计：10万元", "消费金额 top 100"),
    *("统计周期：2026-01-01 至 2026-01-31", "客户消费（近三个月月均）"),
    *("Average monthly spend of FY26", "W Hotels", "单位名称：万达集团", "T&M customers"),
    *("Page 1 of 1000", "客户", "已按汇率 7.1 折为人民币", "converted at 1 USD = 7.1 CNY"),
]


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_unit_that_is_understood_is_no_doubt(text: str) -> None:
    assert read_above([[text]], "CNY").factor == 10_000
    assert not [*doubts_above([[text]], AmountsKnown("CNY"))]


@pytest.mark.parametrize("text", STOPS)
def test_what_is_not_understood_is_asked_for(text: str) -> None:
    assert len([*doubts_above([[text]], AmountsKnown("CNY"))]) == 1


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_other_texts_are_no_doubt(text: str) -> None:
    assert read_above([[text]], "CNY") == ((), ())
    assert not [*doubts_above([[text]], AmountsKnown("CNY"))]


def test_a_line_that_is_not_understood_stops_the_run_until_the_user_says_the_unit() -> None:
    text = "Amounts in CNY (000s)\naccount,monthly_spend\nA,120\n"
    done = book(text)
    assert done.code == ExitCode.USAGE
    [line] = done.err.splitlines()
    assert "'Amounts in CNY (000s)' may say what the amounts are in ('000s')" in line
    for unit, amount in (("thousand", "12000.00"), ("CNY", "12.00"), ("万元", "120000.00")):
        done = book(text, "--unit", unit)
        assert (done.code, postpaid()) == (ExitCode.DONE, [amount])
        assert "not used, because --unit says what the amounts are in: 'Amounts in CNY" in done.err


@pytest.mark.parametrize(
    ("unit", "words"),
    [("个", "'个' is no unit of money; write it like CNY or 万元"), ("USD", "amount is in USD")],
)
def test_a_unit_that_is_none_or_of_another_currency_is_refused(unit: str, words: str) -> None:
    done = book("account,monthly_spend\nA,1\n", "--unit", unit)
    assert done.code == ExitCode.USAGE
    assert words in done.err


def test_a_unit_that_contradicts_a_name_or_a_cell_is_refused() -> None:
    done = book("account,折前消费（万元）\nA,1\n", "--unit", "元")
    assert done.code == ExitCode.USAGE
    assert "column '折前消费（万元）' and --unit '元' do not say the same unit" in done.err
    assert book("account,折前消费（万元）\nA,12\nB,12元\n", "--unit", "万元").code == 6
    assert postpaid() == ["12000.00"]


# In the header


@pytest.mark.parametrize(
    "header",
    [
        *("账号,折前消费,单位：万元", "客户（单位：万元）,折前消费,", "单位：万元,账号,折前消费"),
        *("账号,折前消费,备注(金额单位万元)", "账号,折前消费,金额单位：万元"),
    ],
)
def test_a_name_beside_the_table_says_the_unit(header: str) -> None:
    cells = ("", "A", "12") if header.startswith("单位") else ("A", "12", "")
    assert book(f"{header}\n{','.join(cells)}\n").code == ExitCode.DONE
    assert postpaid() == ["12000.00"]


def test_a_name_beside_the_table_says_thousands() -> None:
    assert book("account,monthly_spend,(in thousands)\nA,12,\n").code == ExitCode.DONE
    assert postpaid() == ["1200.00"]


@pytest.mark.parametrize("name", ["币种：美元", "USD", "Amounts in USD", "account (USD)"])
def test_a_name_beside_the_table_says_another_currency(name: str) -> None:
    text = f"客户,折前消费,{name}\nA,12,\n"
    assert book(text).code == ExitCode.USAGE
    assert book(text, "--ignore-column", name).code == ExitCode.DONE
    assert book(text, "--unit", "元").code == ExitCode.DONE
    assert postpaid() == ["1.20"]


def test_other_columns_say_what_they_are_in_themselves() -> None:
    names = ["实付金额（单位：万元）", "注册资本（万元）", "ECS（万元）", "余额（美元）", "备注"]
    names += ["currency (CNY/USD)", "单位（元/万元）", "单位", "annual spend", "amount_usd"]
    assert not [*statements(names, (), "CNY")]


@pytest.mark.parametrize(
    ("name", "factor"),
    [
        *(("折前消费（万元）（含税）", 10_000), ("折前消费（万元人民币）", 10_000)),
        *(("消费(万元/月；折前)", 10_000), ("(万元)月消费", 10_000), ("spend (10K CNY)", 10_000)),
        *(("消费(10^4元)", 10_000), ("monthly_spend (000s)", 1000), ("Spend (ths. CNY)", 1000)),
    ],
)
def test_a_unit_anywhere_in_a_name_that_was_mapped_counts_or_stops(name: str, factor: int) -> None:
    text, mapped = f"account,{name}\nA,12\n", ("--map", f"monthly_spend={name}")
    done = book(text, *mapped)
    assert done.code == ExitCode.USAGE or postpaid() == [f"{12 * factor // 10}.00"]
    assert book(text, *mapped, "--unit", "元").code == ExitCode.USAGE
    unit = "万元" if factor == 10_000 else "thousand"
    assert book(text, *mapped, "--unit", unit).code == ExitCode.DONE
    assert postpaid() == [f"{12 * factor // 10}.00"]


@pytest.mark.parametrize("name", ["USD spend", "MonthlySpendUSD", "USD", "usd_spend (list)"])
def test_a_currency_anywhere_in_a_name_that_was_mapped_refuses(name: str) -> None:
    done = book(f"account,{name}\nA,12\n", "--map", f"monthly_spend={name}")
    assert done.code == ExitCode.USAGE
    assert f"column {name!r} is in USD, the plans are in CNY" in done.err


@pytest.mark.parametrize(
    "name",
    [
        *("spend per day", "近三个月消费", "Q1消费", "FY26 spend", "YTD spend", "元/年"),
        *("monthly_spend (annual)", "本年累计消费", "1-6月消费"),
    ],
)
def test_another_span_in_a_name_that_was_mapped_refuses(name: str) -> None:
    done = book(f"account,{name}\nA,12\n", "--map", f"monthly_spend={name}")
    assert done.code == ExitCode.USAGE
    assert "says by its name that it is no month's spend" in done.err


@pytest.mark.parametrize("name", ["近三个月月均消费", "spend last 30 days", "2026年度月消费"])
def test_a_mean_of_months_is_a_months_spend(name: str) -> None:
    done = book(f"account,{name}\nA,12\n", "--map", f"monthly_spend={name}")
    assert done.code == ExitCode.DONE


# Inside and below


@pytest.mark.parametrize(
    ("rows", "quote"),
    [
        ("海外客户（美元）,\nA,12000", "海外客户（美元）"),
        ("以下为美元客户\nA,12000", "以下为美元客户"),
        ("A,120000\naccount,monthly_spend（万元）\nB,12", "monthly_spend（万元）"),
        ("A,12\n以上单位万元,", "以上单位万元"),
        ("A,12\nNote: USD", "Note: USD"),
        ("A,12\n-,注：2026年金额单位：万元", "注：2026年金额单位：万元"),
    ],
)
def test_sections_second_headers_and_notes(rows: str, quote: str) -> None:
    text = f"account,monthly_spend\n{rows}\n"
    done = book(text)
    assert done.code == ExitCode.USAGE
    assert repr(quote) in done.err
    assert not Path("out.csv").exists()
    assert book(text, "--unit", "元").code == ExitCode.ROWS_REFUSED


@pytest.mark.parametrize("row", ["Euro Foods,,1h", "Euro Foods,12"])
def test_a_customer_may_have_a_currency_in_its_name(row: str) -> None:
    done = book(f"account,monthly_spend,response\nA,12,1h\n{row}\n")
    assert done.code == ExitCode.ROWS_REFUSED


def sheets(*tables: tuple[str, list[list[object]]]) -> str:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in tables:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save("in.xlsx")
    return "in.xlsx"


LIST: list[list[object]] = [["account", "monthly_spend"], ["A", 12]]


def test_the_name_of_the_sheet_says_the_unit() -> None:
    assert batch(sheets(("月消费（万元）", LIST))).code == ExitCode.DONE
    assert postpaid() == ["12000.00"]
    assert batch(sheets(("USD", LIST))).code == ExitCode.USAGE
    for name in ("Ron", "K", "2026年", "万科"):
        assert batch(sheets((name, LIST))).code == ExitCode.DONE
        assert postpaid() == ["1.20"]


def test_another_sheet_that_says_the_unit_stops_the_run() -> None:
    path = sheets(("清单", LIST), ("说明", [["本表金额单位：万元"]]))
    done = batch(path)
    assert done.code == ExitCode.USAGE
    assert "'本表金额单位：万元' (the sheet '说明') says" in done.err
    assert batch(path, "--unit", "万元").code == ExitCode.DONE
    assert postpaid() == ["12000.00"]
    agrees: list[list[object]] = [["account", "折前消费（万元）"], ["A", 12]]
    assert batch(sheets(("清单", agrees), ("说明", [["本表金额单位：万元"]]))).code == ExitCode.DONE


def test_traditional_characters_of_amounts() -> None:
    assert book("account,monthly_spend\nA,12萬\nB,0.1億\n").code == ExitCode.DONE
    assert postpaid() == ["12000.00", "1000000.00"]
