"""Rows of one account for several months are not one month's spend."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from supportcli.inputs.customers.periods import is_period, period_of
from tests.runner import TODAY, Done, run_cli


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def batch(text: str, *flags: str) -> Done:
    Path("in.csv").write_text(text, encoding="utf-8")
    return run_cli("batch", "in.csv", "--out", "out.csv", "--force", *TODAY, *flags)


def spends() -> dict[str, str]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["spend"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    "name",
    [
        *("月份", "账单月份", "账期", "BillingPeriodStart", "Month", "billing_period", "日期"),
        *("month (yyyy-mm)", "账单信息/账单月份", "bill/BillingPeriodStartDate", "统计月份"),
    ],
)
def test_names_of_columns_of_months(name: str) -> None:
    assert is_period(name)


@pytest.mark.parametrize(
    "name", ["months", "服务期月数", "月消费", "签约日期", "计费周期", "2026-01"]
)
def test_names_of_other_columns(name: str) -> None:
    assert not is_period(name)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-01", "202601", "2026/1", "2026年1月", "Jan 2026", "2026-01-01", "2026-01-31"),
        *("20260115", "2026-01-01 00:00:00", "2026-01-01T00:00:00Z", " ２０２６-01 "),
    ],
)
def test_spellings_of_one_month(text: str) -> None:
    assert period_of(text) == "2026-01"


def test_what_is_no_month_is_itself() -> None:
    assert (period_of("Q1"), period_of("1月"), period_of("12月")) == ("q1", "-01", "-12")


MONTHS = "id,month,spend\nA,2026-01,1000\nA,2026-02,1100\nB,2026-02,500\n"


@pytest.mark.parametrize("flags", [("--sum-by", "account"), ("--duplicates", "keep")])
@pytest.mark.parametrize("more", [(), ("--limit", "1"), ("--dry-run",)])
def test_months_are_neither_added_up_nor_customers(
    flags: tuple[str, ...], more: tuple[str, ...]
) -> None:
    done = batch(MONTHS, *flags, *more)
    assert done.code == 2
    assert f"{flags[0]}: column 'month' gives several months of one account" in done.err
    assert "('2026-01' and '2026-02' of 'A')" in done.err
    assert not Path("out.csv").exists()


def test_without_a_flag_they_are_refused_as_twice_and_the_reason_is_told() -> None:
    done = batch(MONTHS)
    assert done.code == 6
    assert "column 'month' gives several months of one account" in done.err
    assert spends() == {"B": "500"}
    hints = Path("out.rejects.csv").read_text(encoding="utf-8")
    assert "; keep the row of one month, or give each month a column" in hints
    assert "--duplicates" not in hints  # which is refused where rows are of several months


def test_a_name_below_which_are_months_of_the_same() -> None:
    done = batch("id,月份,spend\nA,1月,1000\n,2月,1100\n", "--sum-by", "account")
    assert done.code == 2
    assert "('1月' and '2月' of 'A')" in done.err


@pytest.mark.parametrize(
    "text",
    [
        "id,month,product,spend\nA,2026-01,ECS,1000\nA,2026-01,RDS,1100\nB,2026-02,ECS,500\n",
        "id,date,product,spend\nA,2026-01-03,ECS,1000\nA,2026-01-09,RDS,1100\nB,,ECS,500\n",
        "id,month,spend\nA,2026-01,1000\nA,2026年1月,1100\nB,2026-03,500\n",
        "id,month,spend\nA,2026-01,1000\nA,,1100\nB,2026-03,500\n",
    ],
)
def test_parts_of_one_month_are_added_up(text: str) -> None:
    assert batch(text, "--sum-by", "account").code == 0
    assert spends() == {"A": "2100", "B": "500"}


def test_a_column_that_says_something_else_is_left_out_when_told() -> None:
    done = batch(MONTHS, "--sum-by", "account", "--ignore-column", "month")
    assert done.code == 0
    assert spends() == {"A": "2100", "B": "500"}


SUMS = [
    "id,month,spend\nA,2026-01,60\nA,2026-01,40\nA,合计,100\nB,2026-02,5\n",
    "id,month,spend\nA,2026-01,100\nB,2026-02,5\n合计,2026-01,100\n合计,2026-02,5\n",
]


@pytest.mark.parametrize("text", SUMS)
def test_rows_that_sum_up_others_are_of_no_month(text: str) -> None:
    assert batch(text, "--sum-by", "account").code == 6
    assert spends() == {"A": "100", "B": "5"}
    assert batch(text, "--sum-by", "account", "--keep-totals").code == 2


def test_only_accounts_with_several_months_are_told_to_keep_one() -> None:
    batch("id,month,spend\nA,2026-01,1\nA,2026-02,2\nB,2026-01,3\nB,2026-01,4\n")
    with Path("out.rejects.csv").open(encoding="utf-8", newline="") as file:
        told = [row["message"] for row in csv.DictReader(file)]
    assert ["keep the row of one month" in message for message in told] == [
        True,
        True,
        False,
        False,
    ]
    assert "line 5; keep one of them" in told[2]
