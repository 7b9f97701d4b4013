"""Lists as people keep them: the right figure comes out, or a sentence that says what to write.

Enterprise costs 25,000 and 10 % of the spend each month.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from tests.runner import TODAY, Done, run_cli


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def batch(file: str, *flags: str) -> Done:
    args = ("--out", "out.csv", "--response", "10m", "--force", *TODAY, *flags)
    return run_cli("batch", file, *args)


def listed(text: str, *flags: str) -> Done:
    Path("in.csv").write_text(text, encoding="utf-8")
    return batch("in.csv", *flags)


def saved(sheets: Mapping[str, Sequence[Sequence[object]]]) -> str:
    """A workbook as XlsxWriter leaves it: a formula's result is stored as 0."""
    with xlsxwriter.Workbook("in.xlsx") as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return "in.xlsx"


def fees() -> dict[str, str]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return {next(iter(row.values())): row["monthly_fee"] for row in csv.DictReader(file)}


def codes() -> list[tuple[str, str]]:
    with Path("out.rejects.csv").open(encoding="utf-8", newline="") as file:
        return [(row["line"], row["code"]) for row in csv.DictReader(file)]


# Formulas that no spreadsheet has calculated yet


def test_zero_as_the_result_of_a_formula_that_was_never_calculated_is_no_amount() -> None:
    """B has 25,000 + 10 % of 7."""
    rows: list[list[object]] = [["account", "spend"], ["A", "=SUM(D!A1:B1)"], ["B", 7]]
    rows.append(["=D!A2", 8])
    done = batch(saved({"S": rows, "D": [[100, 200], ["C"]]}))
    assert (done.code, fees()) == (6, {"B": "25000.70"})
    assert codes() == [("2", "formula_without_value"), ("4", "formula_without_value")]
