"""Tables where a customer is named once and has several rows: refused, or summed when asked."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.runner import Done, run_cli

HEADER = ("客户", "产品", "月消费", "TAM")
ROWS = (
    ("甲公司", "ECS", "1000.10", "是"),
    ("", "RDS", "2000.20", ""),
    ("", "OSS", "3000.33", ""),
    ("乙公司", "ECS", "500", ""),
    ("丙公司", "ECS", "20", "是"),
    ("", "RDS", "12", "否"),
)


def as_csv(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    path.write_text("\n".join(map(",".join, (HEADER, *rows))) + "\n", encoding="utf-8")


def as_xlsx(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *rows):
        sheet.append([cell or None for cell in row])
    book.save(path)


def as_parquet(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    cells = ", ".join(
        f"({', '.join(repr(cell) if cell else 'NULL' for cell in row)})" for row in rows
    )
    names = ", ".join(f'"{name}"' for name in HEADER)
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {cells}) AS t({names})) TO '{path}' (FORMAT parquet)")


FORMS = {"csv": as_csv, "xlsx": as_xlsx, "parquet": as_parquet}
Write = Callable[[Path, tuple[tuple[str, ...], ...]], None]


def batch(path: Path, *more: str) -> Done:
    out = str(path.with_name("out.csv"))
    return run_cli(
        "batch", str(path), "--out", out, "--basis", "list", "--lang", "en", "-o", "json", *more
    )


def quoted(path: Path) -> dict[str, dict[str, str]]:
    with path.with_name("out.csv").open(encoding="utf-8", newline="") as file:
        return {row["客户"]: row for row in csv.DictReader(file)}


def refused(path: Path) -> list[dict[str, str]]:
    with path.with_name("out.rejects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=FORMS)
def write(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Write, Path]:
    return FORMS[request.param], tmp_path / f"t.{request.param}"


def test_rows_below_a_customer_without_its_name_stop_the_run(write: tuple[Write, Path]) -> None:
    form, path = write
    form(path, ROWS)
    done = batch(path)
    assert done.code == 2
    assert "--sum-by account" in done.err
    assert not path.with_name("out.csv").exists()


def test_the_rows_of_a_customer_are_added_up_exactly(write: tuple[Write, Path]) -> None:
    form, path = write
    form(path, ROWS)
    done = batch(path, "--sum-by", "account")
    assert done.code == 6
    found = quoted(path)
    assert found.keys() == {"甲公司", "乙公司"}
    assert Decimal(found["甲公司"]["月消费"]) == Decimal("6000.63")  # 1000.10 + 2000.20 + 3000.33
    assert found["甲公司"]["产品"] == ""
    assert found["乙公司"]["产品"] == "ECS"
    rows = json.loads(done.out)["result"]["rows"]
    # six rows: two customers, one refused, and 2 + 1 rows that were added to another
    assert rows == {
        "read": 6,
        "quoted": 2,
        "no_plan_fits": 0,
        "rejected": 1,
        "blank": 0,
        "added": 3,
    }
    [row] = refused(path)
    assert (row["column"], row["code"]) == ("TAM", "rows_differ")


def test_a_sum_costs_what_the_same_amount_in_one_row_costs(write: tuple[Write, Path]) -> None:
    form, path = write
    form(path, ROWS)
    batch(path, "--sum-by", "account")
    summed = quoted(path)["甲公司"]
    form(path, (("甲公司", "", "6000.63", "是"),))
    batch(path, "--force")
    alone = quoted(path)["甲公司"]
    assert alone == summed


def test_each_row_is_a_customer_where_that_is_said(write: tuple[Write, Path]) -> None:
    form, path = write
    form(path, ROWS)
    done = batch(path, "--sum-by", "row")
    assert done.code == 0
    assert json.loads(done.out)["result"]["rows"]["quoted"] == len(ROWS)


def test_repeated_names_are_summed_only_when_asked(write: tuple[Write, Path]) -> None:
    form, path = write
    form(path, (("甲", "ECS", "1", ""), ("乙", "ECS", "5", ""), ("甲", "RDS", "2.5", "")))
    done = batch(path)
    assert [row["code"] for row in refused(path)] == ["account_twice"] * 2
    assert done.code == 6
    assert batch(path, "--sum-by", "account", "--force").code == 0
    assert quoted(path)["甲"]["月消费"] == "3.5"


def test_one_amount_that_is_none_refuses_the_customer_at_its_line(
    write: tuple[Write, Path],
) -> None:
    form, path = write
    form(path, (("甲", "ECS", "1", ""), ("", "RDS", "viel", ""), ("乙", "ECS", "5", "")))
    assert batch(path, "--sum-by", "account").code == 6
    assert quoted(path).keys() == {"乙"}
    [row] = refused(path)
    line = 2 if path.suffix == ".parquet" else 3
    assert (row["line"], row["code"], row["text"]) == (str(line), "spend_not_understood", "viel")


def test_a_row_that_sums_up_is_nobody_s_and_names_nobody_below_it(
    write: tuple[Write, Path],
) -> None:
    form, path = write
    form(
        path,
        (
            ("甲", "ECS", "1", ""),
            ("", "RDS", "2", ""),
            ("", "小计", "3", ""),
            ("合计", "", "3", ""),
            ("", "ECS", "7", ""),
        ),
    )
    assert batch(path, "--sum-by", "account").code == 6
    assert quoted(path)["甲"]["月消费"] == "3"
    assert [row["code"] for row in refused(path)] == ["total_row", "total_row", "account_missing"]


def test_a_row_that_may_sum_up_is_not_the_account_s_above(tmp_path: Path) -> None:
    """Whether its amounts do or not: 100 + 10 are the account's, 110 and 7 nobody's."""
    path = tmp_path / "in.csv"
    lines = ["account,list_spend,region", "1,100,E", ",10,W", ",110,Total East"]
    path.write_text("\n".join([*lines, ",7,East 小计 (2)", "2,5,E", ""]), encoding="utf-8")
    assert batch(path, "--sum-by", "account").code == 6
    with (tmp_path / "out.rejects.csv").open(encoding="utf-8", newline="") as file:
        refused = [(row["line"], row["code"], row["column"]) for row in csv.DictReader(file)]
    assert refused == [("4", "total_row", "region"), ("5", "total_row", "region")]
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["list_spend"] for row in csv.DictReader(file)] == ["110", "5"]
    # 100 + 10 + 110 + 7
    assert batch(path, "--sum-by", "account", "--keep-totals", "--force").code == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["list_spend"] for row in csv.DictReader(file)] == ["227", "5"]


def test_amounts_in_a_unit_are_shown_in_it(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("客户,月消费(万元)\n甲,1.25\n,0.15\n", encoding="utf-8")
    assert batch(path, "--sum-by", "account").code == 0
    assert quoted(path)["甲"]["月消费(万元)"] == "1.4"
    batch_of_one = tmp_path / "one" / "t.csv"
    batch_of_one.parent.mkdir()
    batch_of_one.write_text("客户,月消费(万元)\n甲,1.4\n", encoding="utf-8")
    batch(batch_of_one)
    assert quoted(batch_of_one) == quoted(path)


def test_units_that_differ_between_the_rows_of_a_customer_refuse_it(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("客户,月消费,单位\n甲,1.25,万元\n,3,\n", encoding="utf-8")
    assert batch(path, "--sum-by", "account").code == 6
    assert [(row["column"], row["code"]) for row in refused(path)] == [("单位", "rows_differ")]


def test_a_sum_of_more_than_twelve_digits_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("客户,月消费\n甲,999999999999\n,1\n", encoding="utf-8")
    assert batch(path, "--sum-by", "account").code == 6
    [row] = refused(path)
    assert (row["code"], row["text"]) == ("too_many_digits", "1000000000000")


def test_a_row_that_cannot_be_read_stops_a_sum(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("客户,月消费\n甲,1\n,2,3,4\n", encoding="utf-8")
    done = batch(path, "--sum-by", "account")
    assert done.code == 1
    assert "line 3" in done.err
    assert not path.with_name("out.csv").exists()


def test_the_limit_is_one_of_customers(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    as_csv(path, ROWS)
    assert batch(path, "--sum-by", "account", "--limit", "1").code == 0
    assert quoted(path).keys() == {"甲公司"}


@pytest.mark.parametrize("more", [("--duplicates", "keep"), ("--duplicates", "refuse")])
def test_accounts_that_are_summed_do_not_come_twice(tmp_path: Path, more: tuple[str, ...]) -> None:
    path = tmp_path / "t.csv"
    as_csv(path, ROWS)
    done = batch(path, "--sum-by", "account", *more)
    assert done.code == 2
    assert "--sum-by" in done.err


def test_without_a_column_of_accounts_there_is_nothing_to_sum_by(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("月消费\n1\n", encoding="utf-8")
    done = batch(path, "--sum-by", "account")
    assert done.code == 2
    assert "--map account=" in done.err


def test_a_customer_of_another_name_without_an_account_is_not_the_one_above(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("账号,客户,月消费\n1,甲,5\n,乙,6\n", encoding="utf-8")
    assert batch(path).code == 0
    assert {name: row["账号"] for name, row in quoted(path).items()} == {"甲": "1", "乙": ""}
    done = batch(path, "--sum-by", "account", "--force")
    assert done.code == 6
    assert [(row["column"], row["code"]) for row in refused(path)] == [("客户", "rows_differ")]


@pytest.mark.parametrize("below", ["", "甲"])
def test_a_row_of_the_same_customer_without_an_account_stops_the_run(
    tmp_path: Path, below: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"账号,客户,月消费\n1,甲,5\n,{below},6\n", encoding="utf-8")
    assert batch(path).code == 2
    assert batch(path, "--sum-by", "account").code == 0
    assert quoted(path)["甲"]["月消费"] == "11"


def test_the_rows_that_were_added_stand_in_the_equation(tmp_path: Path) -> None:
    """Six rows of three customers: three are left, three were added to them."""
    as_csv(tmp_path / "t.csv", ROWS)
    flags = ("--out", str(tmp_path / "out.csv"), "--basis", "list", "--sum-by", "account")
    done = run_cli("batch", str(tmp_path / "t.csv"), *flags, "--lang", "en")
    assert "6 rows read = " in done.out
    assert " + 0 blank + 3 added" in done.out


def test_a_word_or_a_date_below_a_list_is_no_product_of_its_last_customer(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "account,spend,notes\nA1,100,\nA2,200,\n,see mail,x\n,日期：2026-11-29,\n", "utf-8"
    )
    done = run_cli("batch", str(path), "--out", str(tmp_path / "out.csv"))
    assert done.code == 6
    assert "4 rows read = 2 quoted + 0 no plan fits + 2 refused" in done.out


def test_an_account_comes_twice_also_where_another_row_has_a_name_only(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "account,customer,spend\n1,Acme,100\n1,Acme,200\n2,Beta,70\n,Gamma,30\n", "utf-8"
    )
    done = run_cli("batch", str(path), "--out", str(tmp_path / "out.csv"))
    assert "4 rows read = 2 quoted + 0 no plan fits + 2 refused" in done.out
    assert "an account that comes twice" in done.out
