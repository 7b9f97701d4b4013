"""What a list has and no answer is made of: said in words and in JSON, also with -q."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.runner import run_cli

HIDDEN_SHEET = (
    "the hidden sheet '藏' has a table too, which was not read: 1 rows; give --sheet '藏' for it"
)
SHEET = (
    "the sheet '二' has a table too, which was not read: 2 rows; give --sheet '二', "
    "or --sheet all for all of them"
)
ROWS = "rows that are hidden were read too: 1"
CELLS = "cells beside or below the table that were not read: 1 (G2)"
COLUMNS = "columns that are hidden were read too: '备注'"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    for row in (["账号", "月消费", "备注"], ["甲", 5, "x"], ["乙", 2, "y"]):
        first.append(row)
    first.row_dimensions[3].hidden = True
    first.column_dimensions["C"].hidden = True
    first["G2"] = "aside"
    for title, rows, state in (("二", 2, "visible"), ("藏", 1, "hidden")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        sheet.append(["账号", "月消费"])
        for number in range(rows):
            sheet.append([f"{title}{number}", 1])
    book.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


def test_json_has_what_was_not_used(path: Path) -> None:
    out = str(path.with_name("out.csv"))
    done = run_cli("batch", str(path), "--out", out, "--basis", "list", "-o", "json", "--lang=en")
    assert json.loads(done.out)["result"]["not_used"] == {
        "columns": ["备注"],
        "notes": [SHEET, HIDDEN_SHEET, ROWS, CELLS, COLUMNS],
    }


def test_quietly_only_what_money_hangs_on_is_said(path: Path) -> None:
    out = str(path.with_name("out.csv"))
    told = run_cli("batch", str(path), "--out", out, "--basis", "list", "--lang=en").err
    assert "supportcli: columns that are carried and not read: '备注'\n" in told
    quiet = run_cli(
        "batch", str(path), "--out", out, "--force", "--basis", "list", "-q", "--lang=en"
    ).err
    lines = (SHEET, HIDDEN_SHEET, ROWS, CELLS, COLUMNS)
    assert quiet == "".join(f"supportcli: {line}\n" for line in lines)


def test_a_text_has_its_carried_columns_and_no_more(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("账号,月消费,行业,经理\n甲,5,x,y\n", encoding="utf-8")
    done = run_cli(
        "batch", str(table), "--out", str(tmp_path / "o.csv"), "--basis=list", "-o", "json"
    )
    assert json.loads(done.out)["result"]["not_used"] == {"columns": ["行业", "经理"], "notes": []}
