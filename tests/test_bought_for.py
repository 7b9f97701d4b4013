"""`--bought-for`: the prepaid part of several months paid at once, as Huawei Cloud published it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from supportcli.errors import ExitCode
from tests.runner import run_cli

ENTERPRISE = ("--plans", "huawei-cloud-intl", "--spend", "200000", "--tam", "--date", "2019-01-10")


def payments(*arguments: str) -> list[tuple[str, str, str]]:
    done = run_cli("advise", *ENTERPRISE, *arguments, "-o", "csv")
    assert done.code == ExitCode.DONE, done.err
    rows = csv.DictReader(io.StringIO(done.out))
    return [(row["day"], row["prepaid"], row["postpaid"]) for row in rows]


def test_a_year_that_is_bought_on_a_day_as_published() -> None:
    """Huawei Cloud's own case: one year of Enterprise bought on 2019-01-15, then renewed.

    Twelve basic prices of 13,500 on that day: 162,000. 200,000 cost 18,050 a month, so 4,550 more,
    due on the first of the next month; of January 2019, 17 of 31 days: 2,495.16. From month 13 on
    the basic price by the month: on 2020-01-15 the 17 days that are left of January, 13,500 less
    14 of 31 days (6,096.77), then 13,500 beside the 4,550 of the month before, and 14 of the 30
    days of April.
    """
    found = payments("--start", "2019-01-15", "--months", "15", "--bought-for", "12")
    excess = [(f"2019-{month:02}-01", "0.00", "4550.00") for month in range(3, 13)]
    assert found == [
        ("2019-01-15", "162000.00", "0.00"),
        ("2019-02-01", "0.00", "2495.16"),
        *excess,
        ("2020-01-01", "0.00", "4550.00"),
        ("2020-01-15", "7403.23", "0.00"),
        ("2020-02-01", "13500.00", "4550.00"),
        ("2020-03-01", "13500.00", "4550.00"),
        ("2020-04-01", "6300.00", "4550.00"),
        ("2020-05-01", "0.00", "2123.33"),
    ]


@pytest.mark.parametrize("start", ["2019-01-01", "2019-01-15", "2019-01-31", "2019-02-28"])
@pytest.mark.parametrize("months", ["12", "13", "24", "60"])
@pytest.mark.parametrize(
    "more", [(), ("--discount", "7折", "--tax", "added", "--tax-rate", "6.7%")]
)
def test_the_same_is_paid_in_the_end(start: str, months: str, more: tuple[str, ...]) -> None:
    term = ("--start", start, "--months", months, *more)
    at_once, monthly = payments(*term, "--bought-for", "12"), payments(*term)
    for part in (1, 2):
        sums = [sum(Decimal(str(row[part])) for row in rows) for rows in (at_once, monthly)]
        assert sums[0] == sums[1]
    assert at_once[0][0] == start
    assert [row[0] for row in at_once] == sorted({row[0] for row in at_once})
    assert payments(*term, "--bought-for", "1") == monthly


def test_a_year_from_the_first_of_a_month_after_discount_and_tax() -> None:
    """13,500 less 30 % is 9,450, with 6 % 10,017: twelve are 120,204; 4,550 come to 3,376.10."""
    price = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%")
    found = payments("--start", "2019-02", "--months", "13", "--bought-for", "12", *price)
    assert found[0] == ("2019-02-01", "120204.00", "0.00")
    assert found[1] == ("2019-03-01", "0.00", "3376.10")
    assert found[-2:] == [("2020-02-01", "10017.00", "3376.10"), ("2020-03-01", "0.00", "3376.10")]


def test_what_is_due_on_the_first_day_is_seen_at_once() -> None:
    """Twelve basic prices of 13,500; after 30 % off and with 6 % tax, 120,204."""
    asked = (*ENTERPRISE, "--start", "2019-02", "--plan", "enterprise")
    price = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%")
    for form in ("table", "text", "md", "chat"):
        done = run_cli("advise", *asked, "--bought-for", "12", "-o", form)
        assert "$162,000 due on the first day" in done.out
        again = run_cli("advise", *asked, *price, "--bought-for", "12", "-o", form)
        assert "$120,204 due on the first day" in again.out
        assert "first day" not in run_cli("advise", *asked, "-o", form).out
    long = run_cli("advise", *asked, "--months", "14", "--bought-for", "12", "-o", "text")
    assert "14 months, $162,000 due on the first day" in long.out
    fees = run_cli("advise", *asked, "--bought-for", "12", "--explain", "fees").out
    words = "$162,000 is due on the first day, 2019-02-01: what is prepaid of 12 months."
    assert words in " ".join(fees.split())


def test_it_is_said_and_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    term = ("--start", "2019-01-15", "--bought-for", "12")
    done = run_cli("advise", *ENTERPRISE, *term, "-o", "json", "--save-answers", "a.yaml")
    answer = json.loads(done.out)
    assert answer["inputs"]["bought_for"] == 12
    assert answer["result"]["payments"][0]["prepaid"] == "162000.00"
    again = run_cli("advise", "--answers", "a.yaml", "--date", "2019-01-10", "-o", "json")
    assert json.loads(again.out)["result"]["payments"] == answer["result"]["payments"]
    screen = " ".join(run_cli("advise", *ENTERPRISE, *term, "--explain", "all").out.split())
    assert "What is prepaid of the first 12 months is paid at once on the first day." in screen


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--plans", "huawei-cloud-intl", "--spend", "5", "--bought-for", "3"), "at once: 12"),
        (("--spend", "5", "--bought-for", "12"), "no plan of the catalogue says that months"),
        (
            ("--plans", "huawei-cloud-intl", "--spend", "5", "--bought-for", "12", "--months", "6"),
            "is longer than the term; give --months too",
        ),
        (
            ("--plans", "huawei-cloud-intl", "--account", "a=5", "--bought-for", "12"),
            "is for one purchase; leave out --account",
        ),
        (
            ("--plans", "huawei-cloud-intl", "--spend", "unknown", "--bought-for", "12"),
            "means nothing without a spend",
        ),
    ],
)
def test_what_cannot_be_bought_at_once_is_refused(arguments: tuple[str, ...], words: str) -> None:
    done = run_cli("advise", *arguments)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith("supportcli: --bought-for: ")
    assert words in done.err
