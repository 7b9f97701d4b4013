"""Columns of spend that are called by their months: told, in order, fewer than twelve too."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from supportcli.advice.rules import SERIES
from supportcli.errors import ExitCode, UsageError
from supportcli.inputs.customers.months import month_in
from supportcli.inputs.customers.schema import understand
from tests.runner import TODAY, Done, run_cli


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def meanings(*header: str) -> list[str | None]:
    return [column.meaning for column in understand(header, {}, "list", "CNY").columns]


def book(text: str, *arguments: str, basis: str = "list") -> Done:
    Path("in.csv").write_text(text, encoding="utf-8")
    flags = ("--basis", basis, "--response", "10m", "--out", "out.csv", "--force")
    return run_cli("batch", "in.csv", *flags, *TODAY, *arguments)


def costs() -> list[str]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return [row["annual_cost"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("name", "year", "month", "says"),
    [
        *(("1月", None, 1, "open"), ("12 月份", None, 12, "open"), ("十一月", None, 11, "open")),
        *(("2026年1月", 2026, 1, "open"), ("2026 年 01 月", 2026, 1, "open")),
        *(("2026-01", 2026, 1, "open"), ("2026/1", 2026, 1, "open"), ("202612", 2026, 12, "open")),
        *(("2026-03-01 00:00:00", 2026, 3, "open"), ("2026.10", 2026, 10, "open")),
        *(("Jan 2026", 2026, 1, "open"), ("Sept-26", 2026, 9, "open"), ("may", None, 5, "open")),
        *(("2026 December", 2026, 12, "open"), ("AUG", None, 8, "open")),
        *(("1月折前消费", None, 1, "list"), ("2026年1月原价（万元）", 2026, 1, "list")),
        *(("ListCost 2026-01", 2026, 1, "list"), ("2026-01（元）", 2026, 1, "open")),
        ("Spend Jan 2026 (USD k)", 2026, 1, "own"),
    ],
)
def test_names_of_months(name: str, year: int | None, month: int, says: str) -> None:
    assert month_in(name, "CNY") == (year, month, says)


@pytest.mark.parametrize(
    "name",
    [
        *("13月", "0月", "2026-13", "20260115", "3月均消费", "近3月消费", "1月工单", "maybe"),
        *("decimal", "1-3月", "2026", "1", "marketing", "2026-01 tickets", "2026-01-15"),
    ],
)
def test_no_names_of_months(name: str) -> None:
    assert month_in(name, "CNY") is None


@pytest.mark.parametrize(
    "name",
    [
        *("折前消费（万元）{}月", "{}月万元", "万元{}月", "(万元){}月", "消费（万元）{}月"),
        *("折前消费（万元）2026年{}月", "2026-0{} 万元", "2026-0{}万元"),
    ],
)
def test_a_unit_before_a_month_or_glued_to_it_scales_the_amounts(name: str) -> None:
    columns = understand([name.format(month) for month in (1, 2, 3)], {}, "list", "CNY").columns
    assert [column.factor for column in columns] == [10_000] * 3


@pytest.mark.parametrize(
    "name",
    [
        *("spend (USD) 2026-0{}", "{}月USD", "USD {}月", "{}月$", "2026-0{}USD", "US$ 2026-0{}"),
        *("list cost USD 2026-0{}", "{}月（美元）"),
    ],
)
def test_a_currency_before_a_month_or_glued_to_it_is_told(name: str) -> None:
    with pytest.raises(UsageError, match="is in USD, the plans are in CNY"):
        understand([name.format(month) for month in (1, 2, 3)], {}, "list", "CNY")


@pytest.mark.parametrize("names", [("k Jan", "k Feb", "k Mar"), ("1月k", "2月k", "3月k")])
def test_a_letter_beside_a_month_is_a_unit(names: tuple[str, ...]) -> None:
    assert [c.factor for c in understand(names, {}, "list", "CNY").columns] == [1000] * 3


def test_a_series_is_in_the_order_of_the_calendar() -> None:
    assert meanings("Mar 2026", "2026年1月", "2026-02") == ["spend_03", "spend_01", "spend_02"]
    assert meanings("2025-11", "2025-12", "2026-01") == ["spend_01", "spend_02", "spend_03"]
    assert meanings(*(f"{month}月" for month in range(1, 13))) == [*SERIES]
    assert meanings("10月", "11月", "12月", "1月") == [*SERIES[:4]]
    assert meanings("3月", "2月", "1月") == [*SERIES[2::-1]]


def test_what_is_no_series_is_carried() -> None:
    assert meanings("spend", "2026-01", "2026-02") == ["monthly_spend", None, None]
    with pytest.raises(UsageError, match="no column holds the monthly spend"):
        meanings("2026-01", "2026-02", "3月")
    with pytest.raises(UsageError, match="a month of spend is left out; add spend_03"):
        meanings("2026-01", "2026-02", "2026-04")
    with pytest.raises(UsageError, match="cover more than twelve months; keep twelve"):
        meanings(*(f"{year}-{month}" for year in (2025, 2026) for month in range(1, 13)))


def test_the_last_month_holds_for_those_that_are_missing() -> None:
    """25,000 + 10 %: 26,000, 27,000, 28,000.10, and nine more like the last one."""
    done = book("客户,2026-01,2026-02,2026-03\na,10000,20000,30001\n")
    assert (done.code, costs()) == (ExitCode.DONE, ["333001.00"])
    words = "3 months are given, '2026-01' to '2026-03': the further ones are taken as '2026-03'"
    assert words in done.err


def test_the_mean_holds_for_those_that_are_missing() -> None:
    """60,001 / 3 is 20,000.33; 25,000 + 2,000.03 nine times, beside 81,000.10."""
    text = "客户,2026-01,2026-02,2026-03\na,10000,20000,30001\nb,1万,2万,3.0001万\n"
    done = book(text, "--missing-months", "mean")
    assert (done.code, costs()) == (ExitCode.DONE, ["324000.37"] * 2)
    assert "the further ones are taken as their mean" in done.err


def test_the_mean_of_what_is_before_discount() -> None:
    """Paid 7,000 is 10,000 before 30 % off: the mean of 10,000, 20,000 and 30,000."""
    text = "客户,1月,2月,3月\na,7000,14000,21000\n"
    book(text, "--paid-discount", "7折", "--missing-months", "mean", basis="paid")
    assert costs() == ["324000.00"]


def test_no_month_is_missing() -> None:
    whole = ",".join(f"{month}月" for month in range(1, 13))
    done = book(f"客户,{whole}\na{',5000' * 12}\n", "--missing-months", "mean")
    assert "--missing-months: no month is missing" in done.err
    assert "--missing-months: no month" in book("客户,消费\na,5\n", "--missing-months=last").err
    done = book("客户,消费\na,5\n", "--missing-months", "zero")
    assert (done.code, "is not one of: last, mean" in done.err) == (ExitCode.USAGE, True)


# Where the months lie

LATER = "客户,2027-03,2027-04,2027-05\na,10000,20000,30000\n"


def test_months_after_the_start_are_not_shifted_into_it() -> None:
    done = book(LATER, "--start", "2026-12")
    assert done.code == ExitCode.USAGE
    assert "'2027-03' to '2027-05' begin after the term, which begins in 2026-12" in done.err
    assert "give --start 2027-03 if" in done.err
    done = book(LATER, "--start", "2027-03")
    assert done.code == ExitCode.DONE
    assert "are taken as months" not in done.err


def test_months_that_begin_before_the_term_and_go_on_in_it_are_asked_about() -> None:
    done = book(LATER, "--start", "2027-04")
    assert done.code == ExitCode.USAGE
    assert "'2027-03' to '2027-05' begin before the term, which begins in 2027-04" in done.err
    more = LATER.replace("05\n", "05,2027-06\n").replace("30000", "30000,40000")
    done = book(more, "--start", "2027-04", "--ignore-column", "2027-03")
    assert done.code == ExitCode.DONE
    own = "客户,spend_01,spend_02,spend_03\na,10000,20000,30000\n"
    assert book(own, "--start", "2027-04").code == ExitCode.DONE


@pytest.mark.parametrize(
    ("first", "count"),
    [("2026-08,2026-09,2026-10", 3), ("8月,9月,10月", 3), ("1月,2月,3月,4月", 4)],
)
def test_months_before_the_term_are_its_pattern_and_that_is_said(first: str, count: int) -> None:
    done = book(f"客户,{first}\na{',10000' * count}\n", "--start", "2026-12")
    assert done.code == ExitCode.DONE
    words = f"are taken as months 1 to {count} of the term, which begins in 2026-12"
    assert words in done.err


def test_months_that_are_mapped_are_where_the_user_said() -> None:
    mapped = [("--map", f"spend_0{at}=2027-0{at + 2}") for at in (1, 2, 3)]
    done = book(LATER, "--start", "2026-12", *(text for each in mapped for text in each))
    assert done.code == ExitCode.DONE
