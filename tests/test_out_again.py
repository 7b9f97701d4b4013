"""What `batch` wrote is a list again: read again, it says the same amounts without its list."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.runner import TODAY, Done, run_cli

# With a response of ten minutes the postpaid part is a tenth of the spend.
NEEDS = ("--include-doubtful", "--response", "10m", "--force", "--basis", "list", *TODAY)


def batch(name: str, out: str, *flags: str) -> Done:
    done = run_cli("batch", name, "--out", out, *NEEDS, *flags)
    assert done.code == 0, done.err
    return done


def cells(name: str, title: str) -> list[str]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return [row[title] for row in csv.DictReader(file)]


CASES = [
    ("单位：万元\n客户,月消费\n甲,120\n乙,300.5\n", (), "月消费（CNY 万）", ["120000", "300500"]),
    ("单位：万\nid,spend\n甲,120\n", (), "spend (万)", ["120000"]),
    ("in CNY thousands\nid,2026-01,2026-02,2026-03\n甲,1200,1300,1400\n", (),
     "2026-02 (CNY thousand)", ["120000"]),
    ("币种：人民币\n客户,月消费（万元）\n甲,120\n", (), "月消费（万元）", ["120000"]),
    ("币种：人民币\n客户,月消费（折前）\n甲,1200000\n", (), "月消费（折前）（CNY）", ["120000"]),
    ("单位：百万元\n客户,月消费 CNY\n甲,1.2\n", (), "月消费 CNY（million）", ["120000"]),
    ("客户,月消费,单位\n甲,120,万元\n乙,3005000,元\n", (), "单位", ["120000", "300500"]),
    ("客户,月消费,计量\n甲,120,万元\n乙,3005000,元\n", ("--map", "unit=计量"), "unit",
     ["120000", "300500"]),
    ("unit,客户,月消费,计量\nx,甲,120,万元\n元,乙,3005000,元\n",
     ("--map", "unit=计量", "--ignore-column", "unit"), "unit", ["120000", "300500"]),
    ("客户;月消费\n甲;1.200.000,5\n乙;12.500\n", ("--decimal", "comma"), "月消费",
     ["120000.05", "1250"]),
    ("客户;月消费;单位\n甲;1.200,5;千元\n乙;12.500;元\n", ("--decimal", "comma"), "单位",
     ["120050", "1250"]),
    ("单位：万元\n客户;月消费\n甲;1.200,5\n甲;0,5\n", ("--decimal", "comma", "--sum-by", "account"),
     "月消费（CNY 万）", ["1201000"]),
]  # fmt: skip


@pytest.mark.parametrize("labels", [(), ("--labels", "--lang", "zh"), ("--excel",)])
@pytest.mark.parametrize(("text", "flags", "title", "tenths"), CASES)
def test_a_csv_read_again_says_the_same_amounts(
    text: str,
    flags: tuple[str, ...],
    title: str,
    tenths: list[str],
    labels: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(text, encoding="utf-8")
    batch("in.csv", "out.csv", *flags, *labels)
    assert cells("out.csv", title)
    batch("out.csv", "again.csv")
    found = cells("again.csv", "postpaid")
    assert [float(one) for one in found] == [float(one) for one in tenths]


@pytest.mark.parametrize(("text", "flags", "title", "tenths"), CASES)
def test_a_workbook_read_again_says_the_same_amounts(
    text: str,
    flags: tuple[str, ...],
    title: str,
    tenths: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(text, encoding="utf-8")
    batch("in.csv", "out.xlsx", *flags)
    assert any(title in row for row in load_workbook("out.xlsx")["Details"].values)
    batch("out.xlsx", "again.csv", "--sheet", "Details")
    found = cells("again.csv", "postpaid")
    assert [float(one) for one in found] == [float(one) for one in tenths]


def test_another_currency_is_still_refused_when_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("币种：人民币\n客户,折前消费\n甲,12000\n", encoding="utf-8")
    batch("in.csv", "out.csv")
    done = run_cli("batch", "out.csv", "--out", "again.csv", "--plans", "aws", *NEEDS)
    assert done.code == 2
    assert "is in CNY, the plans are in USD" in done.err


def test_a_plain_list_is_carried_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text('单位：公司\nid,spend\na,"1,200.50"\nb,12\n', encoding="utf-8")
    batch("in.csv", "out.csv")
    assert cells("out.csv", "spend") == ["1,200.50", "12"]
