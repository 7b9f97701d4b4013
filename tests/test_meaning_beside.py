"""Titles that are names of spend, and units, currencies and sums where nobody looked for them."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import openpyxl
import pytest

from supportcli.errors import ExitCode
from tests.test_context import batch, book, postpaid, rows, sheets

LIST = ("--basis", "list")
MONTHS: list[list[object]] = [
    ["客户", "1月", "2月", "3月"],
    ["100001", 12, 13, 14],
    ["100002", 1, 2, 3],
]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def refused() -> list[tuple[str, str]]:
    with Path("out.rejects.csv").open(encoding="utf-8", newline="") as file:
        return [(row["line"], row["code"]) for row in csv.DictReader(file)]


# A title above the header


@pytest.mark.parametrize(
    ("title", "first"),
    [
        # A tenth of the first month: 12 万 are 120,000, so 12,000; of 12 it is 1.20.
        ("月消费（万元）", "12000.00"),
        ("Monthly spend", "1.20"),
        ("2026年客户消费明细（单位：万元）", "12000.00"),
    ],
)
@pytest.mark.parametrize("merged", [False, True])
def test_one_text_above_a_header_is_its_title(title: str, first: str, merged: bool) -> None:
    sheets([[title], *MONTHS])
    if merged:
        made = openpyxl.load_workbook("in.xlsx")
        made.worksheets[0].merge_cells("A1:D1")
        made.save("in.xlsx")
    assert batch("in.xlsx", *LIST).code == 0
    assert (rows()[0]["客户"], postpaid()[0]) == ("100001", first)


@pytest.mark.parametrize("title", ["消费（万元）,,,", "消费（万元）\n", "消费（万元）\n\n"])
def test_a_title_above_a_header_of_text(title: str) -> None:
    table = "\n".join(",".join(map(str, row)) for row in MONTHS)
    assert book(f"{title}\n{table}\n", *LIST).code == 0
    assert postpaid() == ["12000.00", "1000.00"]


def test_a_column_alone_is_no_title_of_what_stands_below_it() -> None:
    sheets([["spend"], [1000, "note"], [2000]])
    assert batch("in.xlsx").code == 0
    assert postpaid() == ["100.00", "200.00"]


# Units and currencies beside the table, in notes and in lines with more in them


@pytest.mark.parametrize("cells", [("万元", "美元"), ("", "USD"), ("万元", "")])
@pytest.mark.parametrize("gap", [[], [None]])
def test_units_in_a_column_without_a_name_stop_the_run(
    cells: tuple[str, str], gap: list[object]
) -> None:
    made: list[list[object]] = [["甲", 12, *gap, cells[0]], ["丙", 800, *gap, cells[1]]]
    done = batch(sheets([["客户", "折前月消费"], *made]))
    assert done.code == ExitCode.USAGE
    assert f"{next(filter(None, cells))!r} beside or below the table says" in done.err


@pytest.mark.parametrize(("unit", "stops"), [("万元", False), ("元", True), ("千元", True)])
def test_units_beside_the_table_are_held_against_the_name_of_the_amounts(
    unit: str, stops: bool
) -> None:
    done = batch(sheets([["客户", "折前月消费（万元）"], ["甲", 12, unit]]))
    assert done.code == (ExitCode.USAGE if stops else ExitCode.DONE)


@pytest.mark.parametrize("apart", [[], [[]]])
def test_a_note_of_two_cells_below_the_table_stops_the_run(apart: list[list[object]]) -> None:
    note = ["备注：", "以上金额单位为千美元"]
    done = batch(sheets([["客户", "折前月消费"], ["甲", 12], *apart, note]))
    assert done.code == ExitCode.USAGE
    assert "'以上金额单位为千美元' beside or below the table says" in done.err
    assert book(f"客户,折前月消费\n甲,12\n{','.join(note)}\n").code == ExitCode.USAGE


@pytest.mark.parametrize(
    "more",
    ["  汇率：1美元=7.1元", "（汇率7.1）", " 2026年11月", " 日期：2026-11-28", " 第1页 共2页"],
)
def test_a_unit_line_with_figures_in_it_still_says_the_unit(more: str) -> None:
    assert book(f"单位：万元{more}\n客户,折前月消费\n甲,12\n").code == ExitCode.DONE
    assert postpaid() == ["12000.00"]


def test_two_currencies_above_the_header_are_told_once() -> None:
    done = book("币种：人民币、美元\n客户,折前月消费\n甲,12\n")
    assert (done.code, done.err.count("names no currency")) == (ExitCode.USAGE, 1)


# Rows that sum up others


def test_sums_of_an_account_are_not_added_to_it() -> None:
    text = "客户,产品,折前月消费\n甲,ECS,100\n甲,OSS,200\n甲,小计,300\n乙,ECS,5\n乙,小　计：,5\n"
    assert book(text, "--sum-by", "account").code == ExitCode.ROWS_REFUSED
    assert postpaid() == ["30.00", "0.50"]  # a tenth of 100 + 200 and of 5
    assert refused() == [("4", "total_row"), ("6", "total_row")]
    assert book(text, "--sum-by", "account", "--keep-totals").code == ExitCode.DONE
    assert postpaid() == ["60.00", "1.00"]


def test_a_row_of_an_account_that_names_no_product_and_comes_to_those_above_is_their_sum() -> None:
    table = "客户,产品,折前月消费\n甲,ECS,100\n,OSS,200\n,,300\n乙,ECS,5\n乙,OSS,6\n乙,,{}\n"
    assert book(table.format(11), "--sum-by", "account").code == ExitCode.ROWS_REFUSED
    assert (postpaid(), refused()) == (["30.00", "1.10"], [("4", "total_row"), ("7", "total_row")])
    assert book(table.format(12), "--sum-by", "account").code == ExitCode.ROWS_REFUSED
    assert postpaid() == ["30.00", "2.30"]
    bare = "客户,产品,折前月消费\n甲,,1\n甲,,2\n甲,,3\n"
    for plain in ("客户,折前月消费\n甲,100\n甲,200\n甲,300\n", bare):
        assert book(plain, "--sum-by", "account").code == ExitCode.DONE
    assert postpaid() == ["0.60"]


def test_a_total_with_an_account_is_refused_where_other_rows_are_none() -> None:
    assert book("部门,客户,折前月消费\nx,A,10\ny,B,20\n合计,,30\n合计,D,30\n").code == 6
    assert (postpaid(), refused()) == (["1.00", "2.00"], [("4", "total_row"), ("5", "total_row")])
    assert book("产品,客户,折前月消费\n合计,A,10\n合计,B,20\n").code == ExitCode.DONE
    remarks = "账号,折前月消费,备注\nA1,120000,重要客户合计\nA2,50000,小计\nA3,30000,合计\n"
    done = book(remarks)
    assert (done.code, "rows taken as customers" in done.err) == (ExitCode.DONE, True)


@pytest.mark.parametrize(
    "word", ["总 金 额", "共2家", "共 12 个客户", "Σ", "Mean", "Durchschnitt", "Summe", "All"]
)
def test_more_words_for_sums(word: str) -> None:
    assert book(f"客户,折前月消费\nA,10\nB,20\n{word},30\n").code == ExitCode.ROWS_REFUSED
    assert refused() == [("4", "total_row")]


def test_all_may_be_a_name() -> None:
    assert book("客户,折前月消费\nA,10\nB,20\nAll,31\n").code == ExitCode.DONE


# Columns of units and currencies under other names


@pytest.mark.parametrize(
    "name",
    ["结算货币", "Curr.", "货币类型", "幣別", "BillingCurrencyCode", "Pricing Currency", "Währung"],
)
def test_a_column_of_currencies_under_another_name_stops_the_run(name: str) -> None:
    table = f"客户,折前月消费,{name}\n甲,12,CNY\n乙,800,{{}}\n"
    done = book(table.format("USD"))
    assert done.code == ExitCode.USAGE
    assert f"--map currency='{name}' if each of its cells says that" in done.err
    assert f"--ignore-column '{name}' if it says something else" in done.err
    assert book(table.format("人民币")).code == ExitCode.DONE
    assert book(table.format("USD"), "--map", f"currency={name}").code == ExitCode.ROWS_REFUSED
    assert (postpaid(), refused()) == (["1.20"], [("3", "other_currency")])
    assert book(table.format("USD"), "--ignore-column", name).code == ExitCode.DONE


@pytest.mark.parametrize("name", ["计量单位", "单位（金额）", "Unit of measure", "amount in", "x"])
def test_a_column_of_units_under_another_name_stops_the_run(name: str) -> None:
    table = f"客户,{{}},{name}\n甲,12,万元\n乙,800,{{}}\n"
    done = book(table.format("折前月消费", "元"))
    assert done.code == ExitCode.USAGE
    assert f"--map unit='{name}'" in done.err
    assert book(table.format("折前月消费（万元）", "万元")).code == ExitCode.DONE
    assert book(table.format("折前月消费", "元"), "--map", f"unit={name}").code == ExitCode.DONE
    assert postpaid() == ["12000.00", "80.00"]  # a tenth of 120,000 and of 800


@pytest.mark.parametrize("texts", [("Bob", "Bob"), ("K", "M"), ("000", "000"), ("TOP", "VIP")])
def test_other_columns_are_carried_as_they_were(texts: tuple[str, str]) -> None:
    table = f"客户,折前月消费,x\n甲,12,{texts[0]}\n乙,800,{texts[1]}\n"
    assert book(table).code == ExitCode.DONE
    assert [row["x"] for row in rows()] == list(texts)


def test_a_stray_text_far_below_does_not_hide_a_column_of_currencies() -> None:
    table = "客户,折前月消费,x\n" + "".join(f"A{at},12,CNY\n" for at in range(300))
    assert book(f"{table}B,12,USDD\n").code == ExitCode.USAGE
    assert book(table).code == ExitCode.DONE


# Lines with more cells than the header


@pytest.mark.parametrize("end", ["A2,12,单位：千元", ",,单位：千元", ",,千元", "A2,1,200,千元"])
@pytest.mark.parametrize("header", ["account,spend", "account,spend,"])
def test_a_unit_in_a_cell_beyond_the_header_stops_the_run(header: str, end: str) -> None:
    table = f"{header}\nA1,12{',' * (header.count(',') - 1)}\n{end}\n"
    done = book(table)
    assert done.code == ExitCode.USAGE
    assert f"{end.rpartition(',')[2]!r} beside or below the table says" in done.err
    done = book(table, "--unit", "千元")
    assert done.code != ExitCode.USAGE
    assert postpaid() == ["1200.00"]  # 12 千 are 12,000, and a tenth of it
    assert "not used, because --unit says" in book(table, "--unit", "CNY").err


@pytest.mark.parametrize("end", ["Dollar, Inc,12", "A2,1,200 USD", "A2,1,200.00", "A2,12,Mr. Won"])
def test_other_cells_beyond_the_header_only_refuse_their_row(end: str) -> None:
    assert book(f"account,spend\nA1,12\n{end}\n").code != ExitCode.USAGE
    assert refused() == [("3", "too_many_fields")]


# Sheets without a table


@pytest.mark.parametrize("flags", [(), ("--sheet", "S1"), ("-q",)])
@pytest.mark.parametrize("text", ["All amounts in USD thousands", "币种：美元"])
def test_a_sheet_without_a_table_that_says_what_amounts_are_in_stops_or_is_told_of(
    text: str, flags: tuple[str, ...]
) -> None:
    path = sheets([["account", "spend"], ["A1", 12]], [[text]], [])
    done = batch(path, *flags)
    assert done.code == ExitCode.USAGE
    assert f"{text!r} (the sheet 'S2') says" in done.err
    done = batch(path, "--unit", "CNY", *flags)
    assert done.code == ExitCode.DONE
    named = "sheets without a list of customers that were not read: 'S2'\n" in done.err
    assert named == ("--sheet" not in flags)
    assert f"the sheet 'S2', which was not read, says {text!r}" in done.err
    done = batch(sheets([["account", "spend"], ["A1", 12]], [["Made by Li"]]), *flags)
    assert done.code == ExitCode.DONE
    assert "says" not in done.err


def test_a_column_that_rows_are_grouped_by_is_used() -> None:
    done = book("客户,折前月消费,region,x\n甲,12,a,b\n", "--group-by", "region")
    assert "columns that are carried and not read: 'x'\n" in done.err


@pytest.mark.parametrize("sign", ["HK$", "NT$", "S$", "A$", "C$"])
def test_a_sheet_that_shows_another_dollar_is_in_another_currency(sign: str) -> None:
    sheets([["account", "spend"], ["A1", 12], ["A2", 12]])
    made = openpyxl.load_workbook("in.xlsx")
    made.worksheets[0]["B2"].number_format = f"[${sign}-C04]#,##0.00"
    made.save("in.xlsx")
    assert batch("in.xlsx").code == ExitCode.ROWS_REFUSED
    assert (postpaid(), refused()) == (["1.20"], [("2", "other_currency")])


@pytest.mark.parametrize("text", ["USD thousand", "千美元"])
def test_a_currency_with_a_unit_stops_a_run_where_another_column_says_the_unit(text: str) -> None:
    done = book(f"id,spend,unit,说明\nA,5,元,{text}\nB,7,元,{text}\n", *LIST)
    assert done.code == ExitCode.USAGE
    assert f"({text!r})" in done.err
    assert "--map currency='说明'" in done.err


@pytest.mark.parametrize("blank", ["", "-"])
def test_a_column_of_currencies_that_begins_far_below_stops_the_run(blank: str) -> None:
    above = "".join(f"A{at},12,{blank}\n" for at in range(300))
    table = f"客户,折前月消费,币别说明\n{above}B,12,USD\n"
    assert book(table).code == ExitCode.USAGE
    assert book(table.replace("USD", "CNY")).code == ExitCode.DONE


@pytest.mark.parametrize("flags", [(), ("--sum-by", "account")])
@pytest.mark.parametrize("row", [",,以上金额单位为千美元", "备注,,以上金额单位为千美元"])
def test_a_note_that_says_the_unit_in_any_column_stops_the_run(
    row: str, flags: tuple[str, ...]
) -> None:
    table = f"客户,折前月消费,产品,地区\n甲,12,ECS,华东\n{row},\n"
    done = book(table, *flags)
    assert done.code == ExitCode.USAGE
    assert "'以上金额单位为千美元' beside or below the table says" in done.err
    assert book(table, *flags, "--ignore-column", "产品").code == ExitCode.ROWS_REFUSED


def test_notes_are_looked_for_beside_numbers_and_dates_of_parquet() -> None:
    rows = "('A', 12.5, 7, DATE '2026-01-31'), ('B', NULL, 8, NULL)"
    duckdb.sql(f"COPY (FROM (VALUES {rows}) t(id, spend, n, day)) TO 'in.parquet'")
    assert batch("in.parquet", *LIST).code == ExitCode.ROWS_REFUSED
    assert refused() == [("2", "spend_missing")]
