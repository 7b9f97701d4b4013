"""The file of refused rows with `--labels`: titles and reasons in the language of the run."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.runner import TODAY, run_cli


def rejects(path: Path, *more: str) -> list[list[str]]:
    out = path.with_name("out.csv")
    run_cli("batch", str(path), "--out", str(out), *TODAY, *more)
    with path.with_name("out.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text("账号,原价\n1,120000\n2,待定\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("more", [(), ("--excel",)])
def test_with_labels_they_are_words_of_the_language(customers: Path, more: tuple[str, ...]) -> None:
    header, row = rejects(customers, "--labels", "--lang", "zh", *more)
    assert header == ["行号", "列名", "原因", "原内容", "处理办法"]
    assert row[:4] == ["3", "原价", "缺少消费额", "待定"]


def test_in_english_too(customers: Path) -> None:
    header, row = rejects(customers, "--labels", "--lang", "en")
    assert header == ["Row", "Column", "Reason", "What stands there", "What to do"]
    assert row[:4] == ["3", "原价", "the spend is missing", "待定"]


def test_without_labels_they_are_ids(customers: Path) -> None:
    header, row = rejects(customers, "--lang", "zh")
    assert header == ["line", "column", "code", "text", "message"]
    assert row[:4] == ["3", "原价", "spend_missing", "待定"]


def test_a_sheet_of_several_is_named_last(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("a", "b"):
        sheet = book.create_sheet(name)
        sheet.append(["账号", "原价"])
        sheet.append([name, "待定"])
    path = tmp_path / "t.xlsx"
    book.save(path)
    header, *rows = rejects(path, "--sheet", "all", "--labels", "--lang", "en")
    assert (header[0], header[-1]) == ("Row", "Sheet")
    assert [row[-1] for row in rows] == ["a", "b"]
