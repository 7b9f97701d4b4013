"""Needs under names of no need, plans that nobody bought, costs by resource: lists as kept."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from supportcli.errors import ExitCode
from tests.runner import TODAY, Done, run_cli


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def book(text: str, *flags: str) -> Done:
    Path("in.csv").write_text(text, encoding="utf-8")
    return run_cli("batch", "in.csv", "--out", "out.csv", "--force", *TODAY, *flags, "--lang", "en")


def annual() -> list[str]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return [row["annual_cost"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("name", "text", "need"),
    [
        ("首响", "10分钟", "response"),
        ("reaction time", "10 min", "response"),
        ("业务要求", "10分钟响应", "response"),
        ("Requirements", "15 min for outages", "response"),
        ("需求", "需要TAM", "tam"),
    ],
)
def test_a_need_stops_the_run_under_whatever_name(name: str, text: str, need: str) -> None:
    table = f"客户,折前月消费,{name}\n甲,120000,{text}\n"
    done = book(table)
    assert done.code == ExitCode.USAGE
    assert f"--map {need}='{name}', or --ignore-column '{name}'" in done.err
    assert book(table, "--ignore-column", name).code == ExitCode.DONE


@pytest.mark.parametrize("name", ["support-hours", "Support hours", "support_hours", "hours"])
@pytest.mark.parametrize("number", ["10", "7.5", "12 h", "8小时"])
def test_a_column_that_counts_hours_of_work_says_nothing_of_service(name: str, number: str) -> None:
    table = f"客户,折前月消费,{name}\n甲,120000,{number}\n乙,5000,\n"
    done = book(table)
    assert done.code == ExitCode.USAGE
    assert f"column '{name}' counts hours, as '{number}': " in done.err
    assert f"--ignore-column '{name}'" in done.err or f"--ignore-column {name}" in done.err
    assert book(table, "--ignore-column", name).code == ExitCode.DONE
    for hours in ("24x7", "business", "工作时间"):
        done = book(table.replace(number, hours))
        assert done.code == ExitCode.DONE
        assert name == "hours" or "taken as the hours of service that are needed" in done.err


def test_hours_of_work_under_a_name_of_theirs_are_carried() -> None:
    done = book("客户,折前月消费,支持工时\n甲,120000,10\n")
    assert done.code == ExitCode.DONE
    assert "columns that are carried and not read: '支持工时'" in done.err


def test_a_number_among_hours_of_service_refuses_its_row_alone() -> None:
    done = book("客户,折前月消费,support hours\n甲,120000,24x7\n乙,120000,10\n")
    assert "2 rows read = 1 quoted" in done.out + done.err


def test_a_wish_of_something_else_stops_nothing() -> None:
    assert book("客户,折前月消费,需求\n甲,120000,上云迁移\n").code == ExitCode.DONE


@pytest.mark.parametrize("text", ["未购买", "尚未购买", "无", "-", "not purchased"])
def test_a_plan_that_nobody_bought_is_none(text: str) -> None:
    table = f"客户,折前月消费,当前支持计划\n甲,120000,{text}\n"
    assert book(table, "--response", "10m").code == ExitCode.DONE
    assert annual() == ["444000.00"]  # 12 x (25,000 + 10 % of 120,000)


@pytest.mark.parametrize("header", ["Date,Resource ID,Cost", "Usage Date,Meter,Cost"])
def test_costs_by_resource_are_a_bill(header: str) -> None:
    done = book(f"{header}\n2026-01-01,x,12\n")
    assert done.code == ExitCode.USAGE
    assert "this is a bill (cost export), not a list of customers: sum 'Cost'" in done.err


def test_three_decimals_are_told_quietly_too() -> None:
    done = book("account,monthly spend\nA,12.500\n", "-q")
    assert "'12.500' was read with three decimals; for thousands write 12500" in done.err
