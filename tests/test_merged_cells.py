"""Merged cells of a sheet: what one says holds for each of its rows, or the rows are refused."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.runner import TODAY, Done, run_cli

Rows = Sequence[Sequence[object]]


def batch(folder: Path, rows: Rows, merged: Sequence[str], *more: str) -> Done:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    path = folder / "t.xlsx"
    book.save(path)
    out = str(folder / "out.csv")
    return run_cli("batch", str(path), "--out", out, "--lang", "en", *TODAY, *more)


def written(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def outcome(folder: Path, column: str) -> tuple[list[str], list[tuple[str, str]]]:
    rejects = written(folder, "out.rejects.csv")
    return (
        [row[column] for row in written(folder, "out.csv")],
        [(row["line"], row["code"]) for row in rejects],
    )


def fees(folder: Path) -> list[str]:
    """Of the next plan, Enterprise: 25,000 and 10 % of the spend."""
    return outcome(folder, "next_monthly_fee")[0]


@pytest.mark.parametrize("flag", [(), ("--paid-discount", "8折")])
def test_a_merged_discount_holds_for_each_row(flag: tuple[str, ...], tmp_path: Path) -> None:
    rows = [("账号", "月消费", "折扣"), ("1", 84000, "7折"), ("2", 42000), ("3", 42000, "5折")]
    done = batch(tmp_path, rows, ["C2:C3"], "--basis", "paid", *flag)
    # 84,000 / 0.7 = 120,000; 42,000 / 0.7 = 60,000; 42,000 / 0.5 = 84,000
    assert fees(tmp_path) == ["37000.00", "31000.00", "33400.00"]
    assert "merged cells that were read for each of their rows: 1 ('折扣')" in done.err
    assert "only the first" not in done.err


def test_a_merged_unit_response_and_plan_of_today_hold_for_each_row(tmp_path: Path) -> None:
    head = ("账号", "原价", "单位", "响应", "现有方案", "经理")
    rows = [head, ("1", 8, "万元", "2小时", "premier", "王"), ("2", 6), ("3", 50000, "元")]
    merged = ["C2:C3", "D2:D4", "E2:E4", "F2:F4"]
    done = batch(tmp_path, rows, merged, "--group-by", "经理")
    assert done.code == 0
    assert fees(tmp_path) == ["33000.00", "31000.00", "30000.00"]
    found = written(tmp_path, "out.csv")
    assert [row["现有方案"] for row in found] == ["premier"] * 3
    assert [row["响应"] for row in found] == ["2小时"] * 3
    assert [row["经理"] for row in found] == ["王"] * 3


def test_a_merged_currency_or_fault_refuses_each_row(tmp_path: Path) -> None:
    rows = [
        ("账号", "原价", "币种", "响应"),
        ("1", 8, "USD"),
        ("2", 6),
        ("3", 5, None, "#N/A"),
        ("4", 4),
    ]
    batch(tmp_path, rows, ["C2:C3", "D4:D5"])
    codes = [
        ("2", "other_currency"),
        ("3", "other_currency"),
        ("4", "error_cell"),
        ("5", "error_cell"),
    ]
    assert outcome(tmp_path, "plan") == ([], codes)


def test_one_amount_for_several_accounts_refuses_each_of_them(tmp_path: Path) -> None:
    rows = [("账号", "原价"), ("1", 90000), ("2",), ("3",), ("4", 10000)]
    done = batch(tmp_path, rows, ["B2:B4"])
    refused = [("2", "merged_amount"), ("3", "merged_amount"), ("4", "merged_amount")]
    assert outcome(tmp_path, "next_monthly_fee") == (["26000.00"], refused)
    assert "an amount in a merged cell of several rows or columns" in done.out


def test_one_amount_of_one_account_is_the_accounts(tmp_path: Path) -> None:
    rows = [("账号", "原价", "响应"), ("1", 90000, "2小时"), (), ("2", 10000)]
    done = batch(tmp_path, rows, ["A2:A3", "B2:B3", "C2:C20"])
    assert done.code == 0
    assert fees(tmp_path) == ["34000.00", "26000.00"]


def test_rows_of_a_merged_account_are_summed_only_when_asked(tmp_path: Path) -> None:
    rows = [("账号", "原价", "响应"), ("1", 90000, "2小时"), (None, 10000), ("2", 10000)]
    assert batch(tmp_path, rows, ["A2:A3", "C2:C3"]).code == 2
    assert batch(tmp_path, rows, ["A2:A3", "C2:C3"], "--sum-by", "account").code == 0
    assert fees(tmp_path) == ["35000.00", "26000.00"]


def test_an_area_across_columns_holds_for_its_first_and_that_is_said(tmp_path: Path) -> None:
    rows = [("一季度客户",), ("账号", "原价"), ("1", 90000)]
    done = batch(tmp_path, rows, ["A1:B1"])
    assert "1 merged areas: only the first cell of each has its value" in done.err


def test_a_name_over_several_columns_is_refused(tmp_path: Path) -> None:
    """Whose amounts of January to March stand below: the first of them alone was the spend."""
    rows = [("account", "list_spend", None, None), (None, "1月", "2月", "3月"), ("a", 1, 2, 3)]
    done = batch(tmp_path, rows, ["B1:D1", "A1:A2"])
    assert done.code == 1
    assert "t.xlsx:1: 'list_spend' stands in a merged cell over 3 columns; give each" in done.err


@pytest.mark.parametrize("group", [None, "回款"])
def test_a_number_that_nobody_reads_stays_in_its_first_row(
    group: str | None, tmp_path: Path
) -> None:
    """In each of its rows it would be summed as often; one that tells the group is no amount."""
    rows = [("账号", "原价", "回款", "经理"), ("1", 84000, 500, "王"), ("2", 42000), ("3", 1, 7)]
    more = ("--group-by", group) if group else ()
    done = batch(tmp_path, rows, ["C2:C3", "D2:D4"], *more)
    assert outcome(tmp_path, "经理")[0] == ["王"] * 3
    assert outcome(tmp_path, "回款")[0] == ["500", "500" if group else "", "7"]
    told = "1 merged areas: only the first cell of each has its value"
    assert (told in done.err) is (group is None)


def test_one_amount_over_several_months_is_refused(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [("账号", "1月原价", "2月原价", "3月原价", "备注")]
    rows += [("1", 90000, None, None), ("2", 1, 2, 3, "x"), ("3", 1, 2, 3)]
    done = batch(tmp_path, rows, ["B2:D2", "D4:E4"])
    assert outcome(tmp_path, "plan")[1] == [("2", "merged_amount")]
    assert "1 merged areas: only the first cell" in done.err  # D4:E4; the other is refused


def test_a_merged_number_of_a_month_holds_for_each_row(tmp_path: Path) -> None:
    head = ("账号", "账期", "月消费")
    rows = [head, ("1", 202601, 80000), ("2", None, 60000), ("1", 202602, 90000), ("2", None, 5)]
    done = batch(tmp_path, rows, ["B2:B3", "B4:B5"], "--basis", "list", "--sum-by", "account")
    assert done.code == 2
    assert "column '账期' gives several months of one account ('202601' and '202602'" in done.err
    # Left alone, one cell of them is a month and the other says nothing.
    left = ("--basis", "list", "--sum-by", "account", "--ignore-column", "账期")
    assert batch(tmp_path, rows, ["B2:B3", "B4:B5"], *left).code == 0
