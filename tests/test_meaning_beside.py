"""Titles that are names of spend, and units, currencies and sums where nobody looked for them."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

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
