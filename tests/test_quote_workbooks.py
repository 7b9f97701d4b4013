"""The workbook of a quote: its values, its formulas, what it carries, and that it is computed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from supportcli.errors import ExitCode
from tests.runner import TODAY, run_cli

TERMS = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%", "--voucher", "60000")
ONE = ("--spend", "300000", "--tam", *TERMS)
DEAL = (
    *("--account", "prod=350000,tam=yes,order=1200000@2026-12-01/12"),
    *("--account", "test=20000,response=10m", *TERMS),
)
SOFFICE = shutil.which("soffice")
NEEDS_OFFICE = pytest.mark.skipif(SOFFICE is None, reason="soffice (LibreOffice) is not installed")


def written(folder: Path, *words: str, name: str = "quote.xlsx") -> Path:
    file = folder / name
    done = run_cli("quote", *words, *TODAY, "--out", str(file), "--force")
    assert done.code == ExitCode.DONE, done.err
    return file


def told(*words: str) -> Any:
    return json.loads(run_cli("quote", *words, *TODAY, "-o", "json").out)["result"]


def beside(sheet: Any, label: str) -> Any:
    """The value beside the last cell of the first column with that text."""
    [*_, found] = [row[1].value for row in sheet.iter_rows() if row[0].value == label]
    return found


def live_sheets(file: Path, *, values: bool) -> list[Any]:
    book = openpyxl.load_workbook(file, data_only=values)
    return book.worksheets[1:-1]


def money(value: Any) -> Decimal:
    return round(Decimal(repr(value)), 2)


@pytest.mark.parametrize(
    "words",
    [
        ONE,
        DEAL,
        ("--spend", "120000", "--plan", "enterprise", "--growth", "5%/month"),
        ("--spend", "120000", "--plan", "premier", "--start", "2026-12-15"),
        ("--spend", "120000", "--plan", "premier", "--accounts", "3", *TERMS),
        (
            "--spend-series",
            "10000 20000 30000 " + "600000 " * 9,
            "--plan",
            "enterprise",
            "--discount",
            "7折",
        ),
        ("--spend", "9000", "--plan", "aws-business", "--plans", "aws", "--start", "2026-11"),
        ("--spend", "0", "--plan", "cloudgov-premium", "--plans", "cloud-gov", "--months", "26"),
    ],
)
def test_the_stored_values_are_those_of_the_json(words: tuple[str, ...], tmp_path: Path) -> None:
    sheets, sides = live_sheets(written(tmp_path, *words), values=True), told(*words)["costs"]
    assert len(sheets) == len(sides)
    for sheet, side in zip(sheets, sides, strict=True):
        rows, accounts = month_rows(sheet), side["accounts"]
        each = len(rows) // len(accounts)
        for number, account in enumerate(accounts):
            stated, listed = account["months"], rows[number * each : (number + 1) * each]
            spends = [Decimal(month["spend"]) for month in stated]
            assert [money(row[1]) for row in listed[: len(stated)]] == spends
            assert [money(row[2]) for row in listed] == padded(stated, each)
        assert money(beside(sheet, "To pay")) == Decimal(side["term_to_pay"])


def month_rows(sheet: Any) -> list[Any]:
    """The rows of months, of all accounts."""
    rows = sheet.iter_rows(values_only=True)
    return [row for row in rows if re.fullmatch(r"\d{4}-\d\d", str(row[0]))]


def padded(stated: Sequence[Any], rows: int) -> list[Decimal]:
    """What an account's months cost, and nothing after the term."""
    fees = [Decimal(each["total"]) for each in stated]
    return [*fees, *[Decimal(0)] * (rows - len(fees))]


def test_every_formula_stores_its_value_and_none_is_nested(tmp_path: Path) -> None:
    file = written(tmp_path, *ONE)
    pairs = zip(live_sheets(file, values=False), live_sheets(file, values=True), strict=True)
    formulas = [
        (cell.value, other[cell.coordinate].value)
        for sheet, other in pairs
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("=")
    ]
    assert len(formulas) > 150
    assert all(value is not None for _, value in formulas)
    assert max(formula.count("IF(") for formula, _ in formulas) == 1


@pytest.mark.parametrize(
    ("words", "lang", "names"),
    [
        (ONE, "en", ["At most", "Probably"]),
        (ONE, "zh", ["最多", "大概率"]),
        ((*ONE, "--reading", "floor", "--confirmed-by", "W. Li"), "en", ["Fee"]),
        ((*ONE, "--reading", "floor", "--confirmed-by", "W. Li"), "zh", ["服务费"]),
    ],
)
def test_a_sheet_is_called_what_its_amounts_are(
    words: tuple[str, ...], lang: str, names: list[str], tmp_path: Path
) -> None:
    """Not as a catalogue calls its readings, which may be any text, the same one twice too."""
    text = (Path(__file__).parent.parent / "plans.yaml").read_text(encoding="utf-8")
    for name in ("Additive reading", "Floor reading"):
        text = text.replace(f"en: {name}", "en: '[Quote]: a/b, far too long for any sheet of all'")
    plans = tmp_path / "plans.yaml"
    plans.write_text(text, encoding="utf-8")
    file = written(tmp_path, *words, "--plans", str(plans), "--lang", lang)
    quote = {"en": "Quote", "zh": "报价单"}[lang]
    assert openpyxl.load_workbook(file).sheetnames == [quote, *names, "supportcli"]


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (written(tmp_path, *ONE, name=f"{n}.xlsx") for n in (1, 2))
    assert first.read_bytes() == second.read_bytes()


def test_a_workbook_is_not_written_to_standard_output() -> None:
    done = run_cli("quote", *ONE, *TODAY, "-o", "xlsx")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "xlsx goes into a file; name it with --out" in done.err


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "_x0041_ <b>"])
def test_a_name_is_a_text_whatever_it_looks_like(name: str, tmp_path: Path) -> None:
    file = written(tmp_path, *ONE, "--for", name, "--note", name)
    sheet = openpyxl.load_workbook(file)["Quote"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert cells == []
    assert run_cli("verify", str(file), *TODAY).code == ExitCode.DONE


def altered(file: Path, old: bytes, new: bytes) -> str:
    """The workbook with a stored value changed on every sheet that people see; which cell it is."""
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    changed = [n for n in parts if n.startswith("xl/worksheets/sheet") and old in parts[n]]
    assert changed
    parts[changed[0]] = parts[changed[0]].replace(old, new, 1)
    with zipfile.ZipFile(file, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return changed[0]


def test_verify_finds_a_stored_value_that_was_changed_and_names_its_cell(tmp_path: Path) -> None:
    # 300,000: 50,000 prepaid + 10 % = 80,000; 30 % off 56,000; with 6 % 59,360 a month
    file = written(tmp_path, *ONE)
    assert run_cli("verify", str(file), *TODAY).code == ExitCode.DONE
    altered(file, b"<v>59360.00</v>", b"<v>49360.00</v>")
    done = run_cli("verify", str(file), *TODAY)
    assert done.code == ExitCode.FAILED
    assert "49360" in done.out
    assert "!" in done.out


def test_verify_finds_a_formula_that_was_changed(tmp_path: Path) -> None:
    file = written(tmp_path, *ONE)
    altered(file, b"MIN(voucher", b"MAX(voucher")
    assert run_cli("verify", str(file), *TODAY).code == ExitCode.FAILED


def test_what_is_no_workbook_of_ours_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(file)
    assert run_cli("verify", str(file), *TODAY).code == ExitCode.USAGE
    file.write_bytes(b"PK\x03\x04nothing")
    assert run_cli("verify", str(file), *TODAY).code == ExitCode.USAGE


def test_what_is_carried_is_in_short_cells_and_survives_breaks_in_them(tmp_path: Path) -> None:
    """LibreOffice breaks long texts of a cell (seen at 19,500 characters), and keeps the rest."""
    file = written(tmp_path, *ONE)
    book = openpyxl.load_workbook(file)
    texts = [str(row[0].value) for row in book["supportcli"].iter_rows()]
    assert len(texts) > 1
    assert all(len(text) <= 8000 and "\n" not in text for text in texts)
    with zipfile.ZipFile(file) as zipped:
        shared = zipped.read("xl/sharedStrings.xml")
    place = shared.index(b"rules") + 300
    with zipfile.ZipFile(file) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    parts["xl/sharedStrings.xml"] = shared[:place] + b"\r\n" + shared[place:]
    with zipfile.ZipFile(file, "w") as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    assert run_cli("verify", str(file), *TODAY).code == ExitCode.DONE


def converted(folder: Path, *files: Path, to: str = "xlsx") -> Path:
    """The files as LibreOffice saves them, computed again."""
    saved, profile = folder / "computed", f"-env:UserInstallation=file://{folder}/profile"
    words = [str(SOFFICE), profile, "--headless", "--convert-to", to, "--outdir", str(saved)]
    subprocess.run([*words, *map(str, files)], check=True, capture_output=True, timeout=240)
    return saved


@pytest.mark.slow
@NEEDS_OFFICE
def test_a_workbook_that_libreoffice_saved_is_verified(tmp_path: Path) -> None:
    good = written(tmp_path, *DEAL, "--lang", "zh", name="good.xlsx")
    bad = written(tmp_path, *ONE, name="bad.xlsx")
    altered(bad, b"<v>712320.00</v>", b"<v>612320.00</v>")
    folder = converted(tmp_path, good, bad)
    assert run_cli("verify", str(folder / "good.xlsx"), *TODAY).code == ExitCode.DONE
    done = run_cli("verify", str(folder / "bad.xlsx"), *TODAY)
    assert done.code == ExitCode.FAILED
    assert "612320" in done.out.replace(",", "")


SPENDS = ("0", "0.01", "120000.05", "249999.99", "250000", "250000.01", "499999.99", "500000")
MORE = ("500000.01", "1234567.89")


def changed(base: Path, to: Path, cells: Mapping[str, float]) -> Path:
    """The workbook with other values in cells that have names, as somebody types them."""
    book = openpyxl.load_workbook(base)
    for sheet in book.worksheets:
        for name, value in cells.items():
            if name in sheet.defined_names:
                place = sheet.defined_names[name].attr_text.rpartition("!")[2]
                sheet[place.replace("$", "")] = value
    book.save(to)
    return to


def named(file: Path) -> dict[str, tuple[str, Any, str | None]]:
    """The cells with names of the first sheet that computes: label, value, what stands beside."""
    sheet = live_sheets(file, values=True)[0]
    found = {}
    for name, defined in sheet.defined_names.items():
        row = int(defined.attr_text.rpartition("$")[2])
        found[name] = tuple(sheet.cell(row, column).value for column in (1, 2, 3))
    return found


CELLS = {"spend", "growth", "every", "months", "discount", "tax", "voucher"}


def test_what_a_cell_may_be_stands_beside_it(tmp_path: Path) -> None:
    cells = named(written(tmp_path, *ONE))
    assert set(cells) == CELLS
    assert cells["growth"][:2] == ("Growth of spend", 0)
    assert cells["every"][1:] == (1, "1: it grows every month; 12: every year")
    assert cells["months"][1:] == (12, "from 1 to 60; the rows after the term are folded")
    yearly = named(written(tmp_path, *ONE, "--growth", "20%/year", "--months", "60"))
    assert yearly["every"][1] == 12
    assert yearly["months"][1:] == (60, "from 1 to 60, as many as there are rows below")


def test_a_term_that_begins_within_a_month_has_calendar_months(tmp_path: Path) -> None:
    """Three months from 15 December touch four: December, January, February and March."""
    words = (*ONE, "--start", "2026-12-15", "--months", "3")
    cells = named(written(tmp_path, *words))
    beside = "from 1 to 4; the term of 3 months begins and ends within one"
    assert cells["months"] == ("Calendar months", 4, beside)
    assert named(written(tmp_path, *words, "--lang", "zh"))["months"] == (
        *("自然月数", 4),
        "可填 1 至 4；期限为 3 个月，首末两个自然月不满整月",
    )


def test_the_spends_of_a_series_are_cells_to_be_changed(tmp_path: Path) -> None:
    series = ("--spend-series", "10000 20000 " + "600000 " * 10, "--plan", "enterprise")
    file = written(tmp_path, *series)
    assert set(named(file)) == CELLS - {"spend", "growth", "every"}
    sheet = live_sheets(file, values=True)[0]
    rows = [row for row in sheet.iter_rows() if re.fullmatch(r"\d{4}-\d\d", str(row[0].value))]
    assert len(rows) == 60
    assert {row[1].fill.fgColor.rgb for row in rows} == {"FFFFF7DB"}
    assert not [row for row in sheet.iter_rows() if str(row[0].value).startswith("Grey")]


def test_many_accounts_have_the_months_of_the_term_alone(tmp_path: Path) -> None:
    accounts = [word for n in range(11) for word in ("--account", f"a{n}={10000 + n}")]
    cells = named(written(tmp_path, *accounts))
    assert cells["months"][1:] == (12, "from 1 to 12, as many as there are rows below")
    assert {"spend_1", "spend_11"} < set(cells)


@pytest.mark.slow
@NEEDS_OFFICE
def test_each_named_cell_is_live_where_nothing_was_agreed(tmp_path: Path) -> None:
    """Only the spend was said: growth, months, discount and tax are cells all the same."""
    plan = ("--plan", "premier")
    base = written(tmp_path, "--spend", "300000", *plan)
    taxed = ("--tax", "added", "--tax-rate", "9%")
    tried: list[tuple[dict[str, float], tuple[str, ...]]] = [
        ({"growth": 0.05}, ("--growth", "5%/month")),
        ({"growth": 0.2, "every": 12, "months": 30}, ("--growth", "20%/year", "--months", "30")),
        ({"growth": -0.1, "months": 60}, ("--growth", "-10%/month", "--months", "60")),
        ({"months": 1}, ("--months", "1")),
        ({"months": 13}, ("--months", "13")),
        ({"discount": 0.25}, ("--discount", "25%")),
        ({"tax": 0.09}, taxed),
        (
            {"growth": 0.013, "months": 24, "discount": 0.25, "tax": 0.09, "voucher": 60000},
            (*"--growth 1.3%/month --months 24 --discount 25% --voucher 60000".split(), *taxed),
        ),
    ]
    cases = [
        ({"spend": float(spend), **cells}, ("--spend", spend, *plan, *words))
        for at, (cells, words) in enumerate(tried)
        for spend in ("300000", (*SPENDS, *MORE)[at])
    ]
    files = [changed(base, tmp_path / f"{n}.xlsx", cells) for n, (cells, _) in enumerate(cases)]
    folder = converted(tmp_path, *files)
    for file, (_, words) in zip(files, cases, strict=True):
        assert_computed(folder / file.name, *words)


@pytest.mark.slow
@NEEDS_OFFICE
def test_months_after_the_term_follow_orders_years_and_plans_that_change(tmp_path: Path) -> None:
    """An order that goes on, a fee a year, accounts with quantities of their own."""
    cases = (
        ("--spend", "20000", "--order", "1200000@2026-12-01/24", "--plan", "premier"),
        ("--spend", "50000", "--plan", "cloudgov-premium", "--plans", "cloud-gov"),
        ("--spend", "9000", "--plan", "aws-business", "--plans", "aws"),
        ("--spend", "9000", "--accounts", "3", "--plan", "enterprise"),
    )
    files = [
        changed(written(tmp_path, *words), tmp_path / f"{n}.xlsx", {"months": 26})
        for n, words in enumerate(cases)
    ]
    folder = converted(tmp_path, *files)
    for file, words in zip(files, cases, strict=True):
        assert_computed(folder / file.name, *words, "--months", "26")


@pytest.mark.slow
@NEEDS_OFFICE
def test_libreoffice_computes_what_the_library_computes(tmp_path: Path) -> None:
    one = ("--plan", "premier", *TERMS)
    base = written(tmp_path, "--spend", "300000", *one)
    grown = written(tmp_path, "--spend", "10001", "--growth", "5%/month", *one, name="grown.xlsx")
    tried = {
        spend: changed(base, tmp_path / f"{n}.xlsx", {"spend": float(spend)})
        for n, spend in enumerate((*SPENDS, *MORE))
    }
    other = {"growth": 0.03, "months": 7, "discount": 0.25, "tax": 0.09, "voucher": 5}
    last = changed(grown, tmp_path / "other.xlsx", other)
    folder = converted(tmp_path, *tried.values(), last)
    for spend, file in tried.items():
        assert_computed(folder / file.name, "--spend", spend, *one)
    terms = ("--discount", "25%", "--tax", "added", "--tax-rate", "9%", "--voucher", "5")
    much = ("--spend", "10001", "--growth", "3%/month", "--months", "7", "--plan", "premier")
    assert_computed(folder / last.name, *much, *terms)


def assert_computed(file: Path, *words: str) -> None:
    """Every month's fee and what is to be paid are what the library says; other months are 0."""
    sides = told(*words)["costs"]
    assert sides
    for sheet, side in zip(live_sheets(file, values=True), sides, strict=False):
        fees = [money(row[2]) for row in month_rows(sheet)]
        assert fees == padded(side["accounts"][0]["months"], len(fees))
        assert money(beside(sheet, "To pay")) == Decimal(side["term_to_pay"])
