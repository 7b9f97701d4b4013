"""What a list's file name says of its amounts, and columns that say a span in other words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.runner import TODAY, Done, run_cli

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def book(name: str, *flags: str, spend: str = "spend") -> Done:
    Path(name).write_text(f"account,{spend}\nA1,12\n", encoding="utf-8")
    needs = ("--response", "10m", "--include-doubtful", "--force", "-q", *TODAY)
    return run_cli("batch", name, "--out", "out.csv", *needs, *flags)


def postpaid() -> str:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["postpaid"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("客户清单_万元.csv", "万元"),
        ("客户清单（单位：万元）.csv", "万元"),
        ("customers_kUSD_2026.csv", "kUSD"),
        ("customers USD.csv", "USD"),
        ("客户-美元.csv", "美元"),
        ("spend_in_thousands.csv", "spend in thousands"),
    ],
)
def test_a_unit_or_a_currency_in_a_files_name_stops_the_run(name: str, word: str) -> None:
    done = book(name)
    assert done.code == 2
    assert f"'{word}' (in the name of the file)" in done.err


@pytest.mark.parametrize("name", ["annual_spend_2026.csv", "2026年消费.csv"])
def test_another_span_in_a_files_name_stops_the_run(name: str) -> None:
    done = book(name)
    assert done.code == 2
    assert "says another span of time than a month" in done.err
    assert book(name, spend="monthly_spend").code == 0  # the column goes before it


@pytest.mark.parametrize(
    "name",
    [
        *("try again.csv", "all.csv", "AMD_customers.csv", "客户清单.csv", "FY2026 customers.csv"),
        "thousands-separator.csv",
        *("10000.csv", "list k.csv", "CNY customers.csv", "月消费.csv", "2026-01 spend.csv"),
    ],
)
def test_other_names_say_nothing(name: str) -> None:
    assert book(name).code == 0
    assert postpaid() == "1.20"  # a tenth of 12


def test_the_user_or_the_column_settles_it() -> None:
    done = book("客户_万元.csv", "--unit", "万元")
    assert (done.code, postpaid()) == (0, "12000.00")  # a tenth of 120,000
    done = book("客户_万元.csv", "--unit", "元")
    assert (done.code, postpaid()) == (0, "1.20")
    assert "not used, because --unit says what the amounts are in: '万元'" in done.err
    assert book("客户_万元.csv", spend="spend（万元）").code == 0
    assert postpaid() == "12000.00"


def test_a_parquet_file_has_a_name_too() -> None:
    import duckdb

    query = "SELECT 'A1' AS account, 12 AS spend"
    duckdb.execute(f"COPY ({query}) TO 'spend_万元.parquet'")
    done = run_cli("batch", "spend_万元.parquet", "--out", "out.csv", *TODAY)
    assert done.code == 2
    assert "'万元' (in the name of the file)" in done.err


@pytest.mark.parametrize(("name", "span"), [("期間", "全年"), ("per", "year"), ("頻率", "年")])
def test_a_column_of_the_rows_spans_in_other_words(name: str, span: str) -> None:
    Path("in.csv").write_text(f"account,spend,{name}\nA1,12,{span}\n", encoding="utf-8")
    done = run_cli("batch", "in.csv", "--out", "out.csv", *TODAY)
    assert done.code == 2
    assert f"column {name!r} says that amounts beside it are of another span" in done.err
