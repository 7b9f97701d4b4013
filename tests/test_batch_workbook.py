"""The workbook that `batch` writes: opened as a manager opens it, read back by other programs."""

from __future__ import annotations

import csv
import datetime
import io
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from supportcli.errors import ExitCode, OutputError
from supportcli.inputs.tables.rows import SUMS_UP
from supportcli.outputs.document.model import Heading, Points, Row, Sentence, Table, TableColumn
from supportcli.outputs.document.pages import LongTable, Page, PageColumn, PageTable
from supportcli.outputs.formats import xlsx_pages
from supportcli.outputs.formats.xlsx import WorkbookFile
from supportcli.outputs.formats.xlsx_cells import money_format
from tests.runner import TODAY, Done, run_cli
from tests.test_batch import KEPT_ANYWHERE, LOST_ELSEWHERE

BOOK = """\
账号,折前消费,响应,区域,电话
1234567890123456789,120000,10m,华东,00123
00123,"300,000.50",,华北,021-555
acme,50000,2h,华东,=1+1
beta,abc,,,
合计,470000,,,
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(text: str = BOOK, *flags: str, name: str = "out.xlsx") -> Done:
    """With the trial edition among the plans, which may no longer be on sale."""
    Path("in.csv").write_text(text, encoding="utf-8")
    more = (*TODAY, "--include-doubtful", *flags)
    return run_cli("batch", "in.csv", "--out", name, "--force", *more)


def sheets(values: bool = True) -> Workbook:
    return load_workbook("out.xlsx", data_only=values)


def texts(name: str) -> list[list[Any]]:
    return [list(row) for row in sheets()[name].iter_rows(values_only=True)]


def test_four_sheets_in_the_language_of_the_run() -> None:
    assert written().code == ExitCode.ROWS_REFUSED
    assert sheets().sheetnames == ["Overview", "Details", "Not quoted", "Basis"]
    assert written(BOOK, "--lang", "zh").code == ExitCode.ROWS_REFUSED
    assert sheets().sheetnames == ["概览", "明细", "未能测算", "口径说明"]


def test_every_row_stands_below_its_sums() -> None:
    """Fees of the shipped catalogue: 10% of what is spent above a base of 5,000 or 50,000."""
    written()
    sums, header, *rows = texts("Details")
    assert header[:6] == ["账号", "折前消费", "响应", "区域", "电话", "Recommended plan"]
    assert header[6:] == [
        "Support fee a month",
        "Prepaid part",
        "Postpaid part",
        "Annual cost",
        "Next plan",
        "Next plan's fee a month",
        "Why this plan",
        "Fee reading",
        "Annual cost, probably",
        "Doubts",
        "Ask first about",
    ]
    assert [row[:8] for row in rows] == [
        [
            "1234567890123456789",
            120000,
            "10m",
            "华东",
            "00123",
            "Enterprise (trial edition)",
            17000,
            5000,
        ],
        ["00123", 300000.5, None, "华北", "021-555", "Basic", 0, 0],
        ["acme", 50000, "2h", "华东", "=1+1", "Basic", 0, 0],
    ]
    assert rows[0][12:] == [
        "the cheapest that fits",
        "Additive reading",
        144000,  # 12 x 10 % of 120,000, which is more than the 5,000
        (
            "by an assumption: that it serves as Enterprise does (the source's tables have no "
            "column for it); ask first about Business; ask first about Enterprise (trial edition); "
            "hangs on how the fee rule is read"
        ),
        "Business",
    ]
    assert sums[0] == "Sum of the rows shown"
    assert sums[1:10] == [470000.5, None, None, None, None, 17000, 5000, 12000, 204000]
    assert sums[10:] == [None] * 7
    formulas = [cell.value for cell in sheets(values=False)["Details"][1]]
    assert formulas[1] == "=SUBTOTAL(109,B3:B5)"
    assert formulas[9] == "=SUBTOTAL(109,J3:J5)"


def test_it_opens_as_it_is_to_be_read() -> None:
    written()
    sheet = sheets()["Details"]
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:Q5"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$2:$2", "$A:$A")
    header = [cell for cell in sheet[2] if cell.value]
    assert all(cell.font.bold for cell in header)
    assert sheet["B3"].number_format == sheet["G3"].number_format == "[$¥-804]#,##0.00_ "
    assert sheet["A3"].number_format == sheet["E3"].number_format == "@"
    widths = [sheet.column_dimensions[letter].width for letter in "ABF"]
    assert [round(width) for width in widths] == [25, 16, 30]  # the words for the sums: 21


def test_what_could_not_be_quoted_says_what_to_do() -> None:
    written()
    assert texts("Not quoted") == [
        ["Row", "Column", "Reason", "What stands there", "What to do"],
        [
            "5",
            "折前消费",
            "the spend is not an amount",
            "abc",
            "'abc' is not an amount; write it like 12500 or 12,500.00",
        ],
        [
            "6",
            "账号",
            "a row that sums up others",
            "合计",
            SUMS_UP.text,
        ],
    ]
    with Path("out.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["line"] for row in csv.DictReader(file)] == ["5", "6"]


def test_the_overview_adds_up() -> None:
    written()
    found = texts("Overview")
    named = {str(row[0]): row[1:] for row in found if row[0]}
    assert named["Table"][0] == "in.csv"
    assert named["Term"][0] == "12 months from 2026-12"
    assert named["quoted"][0] == 3
    assert named["could not be quoted"][0] == 2
    assert named["read in all"][0] == 5
    assert named["Basic"][:3] == [2, 0, 0]
    # 5,000 and 10 % of 120,000, or the greater of the two
    assert named["Enterprise (trial edition)"][:4] == [1, 17000, 204000, 144000]
    assert named["Total"][:4] == [3, 17000, 204000, 144000]
    assert named["a row that sums up others"][0] == 1
    formulas = [cell.value for row in sheets(values=False)["Overview"].iter_rows() for cell in row]
    assert [text for text in formulas if str(text).startswith("=")] == [
        "=SUM(B16:B17)",
        "=SUM(C16:C17)",
        "=SUM(D16:D17)",
        "=SUM(E16:E17)",
    ]


def test_groups_and_differences_are_in_the_overview() -> None:
    flags = ("--group-by", "区域", "--current-plan", "premier")
    written(BOOK, *flags)
    found = texts("Overview")
    assert ["华东", "Basic", 1, 0, 0, 0] in found
    assert ["华北", "Basic", 1, 0, 0, 0] in found
    # 62,000 + 80,000.05 + 55,000 a month, times twelve
    all_customers = [row[:4] for row in found if str(row[0]).startswith("all customers")]
    assert all_customers == [
        ["all customers, at most", 2364000.6, 204000, -2160000.6],
        ["all customers, probably", 1800000, 144000, -1656000],  # 3 x 12 x 50,000
    ]
    assert ["By plan and customer, at most:"] in [row[:1] for row in found]
    _, header, *rows = texts("Details")
    column = header.index("Difference from today")
    assert rows[0][column] == 204000 - 12 * 62000
    shown = sheets()["Details"].cell(3, column + 1).number_format
    assert shown.startswith("+[$¥-804]#,##0.00_ ;[Red]-")


def test_the_basis_names_columns_plans_and_sources() -> None:
    written(BOOK, "--response", "40m")
    found = [tuple(cell for cell in row if cell) for row in texts("Basis")]
    assert ("taken as spend before discount: '折前消费'",) in found
    assert ("账号", "account") in found
    assert ("区域", "carried as it is") in found
    assert any(row[:1] == ("Annual cost",) for row in found)
    assert any(row and row[0].startswith("first response") for row in found)
    assert any(row[:1] == ("Sources",) for row in found)


def test_all_plans_readings_and_older_rules_have_titles() -> None:
    written(BOOK, "--all-plans", "--readings", "--against-reading", "floor", "--lang", "zh")
    [_, header, first, *_] = [list(r) for r in sheets()["明细"].iter_rows(values_only=True)]
    assert not [title for title in header[5:] if str(title).isascii()]
    row = dict(zip(header, first, strict=True))
    assert row["顶级：满足需求"] == "是"
    assert row["顶级：月服务费"] == 62000
    assert row["预计全年费用（保底口径）"] == 12 * 12000
    assert row["全年差额"] == 12 * (17000 - 12000)


def test_no_row_is_quoted_and_none_is_refused() -> None:
    written("account,spend\na,abc\n")
    assert [row for row in texts("Details") if any(row)][-1][:2] == ["account", "spend"]
    written("account,spend\na,5\n")
    assert len(texts("Not quoted")) == 1


def test_the_results_can_be_read_again() -> None:
    """The sheet with the rows is found behind the overview, and its sums are above its header."""
    written()
    first = texts("Details")
    Path("out.xlsx").rename("in.xlsx")
    asked = ("batch", "in.xlsx", "--out", "out.xlsx", "--force", *TODAY)
    words = "rows were priced at the plan that column 'Recommended plan' of in.xlsx names"
    assert words in run_cli(*asked).err
    done = run_cli(*asked, "--ignore-plan-column")
    assert done.code == ExitCode.DONE, done.err
    assert "read the sheet 'Details'" in done.err
    again = texts("Details")
    assert [row[:2] for row in again[2:]] == [row[:2] for row in first[2:]]
    assert [row[-5] for row in again[2:]] == [row[-5] for row in first[2:]]


def test_several_sheets_are_told_apart_in_what_was_refused() -> None:
    book = Workbook()
    for name in ("North", "South"):
        sheet = book.create_sheet(name)
        sheet.append(["account", "spend"])
        sheet.append([name, "abc"])
    del book["Sheet"]
    book.save("in.xlsx")
    run_cli("batch", "in.xlsx", "--sheet", "all", "--out", "out.xlsx", *TODAY)
    assert [row[:3] for row in texts("Not quoted")] == [
        ["Sheet", "Row", "Column"],
        ["North", "2", "spend"],
        ["South", "2", "spend"],
    ]


def test_the_same_run_writes_the_same_bytes() -> None:
    written()
    first = Path("out.xlsx").read_bytes()
    written()
    assert Path("out.xlsx").read_bytes() == first
    with zipfile.ZipFile("out.xlsx") as archive:
        assert b"2026-11-23T00:00:00Z" in archive.read("docProps/core.xml")


def test_units_of_a_column_stay_those_of_the_column() -> None:
    written("account,消费（万元）\na,12.5\nb,12万\n", "--basis", "list")
    _, _, *rows = texts("Details")
    assert [row[:2] for row in rows] == [["a", 12.5]]
    assert sheets()["Details"]["B3"].number_format == "#,##0.00####_ "


def test_labels_are_names_in_other_forms_too() -> None:
    written(BOOK, "--labels", "--lang", "zh", name="out.csv")
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        first = next(iter(csv.DictReader(file)))
    assert first["推荐方案"] == "企业级-体验版"
    assert first["推荐理由"] == "满足需求的支持计划中服务费最低"
    assert first["月服务费"] == "17000.00"
    assert first["账号"] == "1234567890123456789"


DEAL = "account,spend,plan\na,350000,premier\nb,20000,enterprise\n"


@pytest.mark.parametrize(
    ("flags", "months", "words"),
    [
        # 85,000 and 27,000 less 30 %, and 6 %
        (("added", "--discount", "7折"), (63070, 20034), ["30% off", "tax at 6% is added"]),
        # less 30 % of the postpaid 35,000 and 2,000 alone
        (
            ("included", "--discount", "7折", "--discount-on", "postpaid"),
            (74500, 26400),
            ["30% off the postpaid part", "fees include tax at 6%"],
        ),
    ],
)
def test_what_was_agreed_on_price_is_told(
    flags: tuple[str, ...], months: tuple[int, ...], words: list[str]
) -> None:
    written(DEAL, "--tax-rate", "6%", "--tax", *flags)
    _, header, *rows = texts("Details")
    fee, listed = map(header.index, ("Support fee a month", "List price a year"))
    assert tuple(row[fee] for row in rows) == months
    assert [row[listed] for row in rows] == [1020000, 324000]
    [told] = [row[0] for row in texts("Overview") if str(row[0]).startswith("Amounts are what")]
    assert str(told).endswith("the list price of all is ¥1,344,000.00 a year.")
    basis = [row[1] for row in texts("Basis")]
    assert [line for line in basis if line in words] == words


def test_a_tax_that_each_row_says_is_told_by_its_rate() -> None:
    written("account,spend,tax_mode\na,5,added\n", "--tax-rate", "6%")
    assert "tax at 6%" in [row[1] for row in texts("Basis")]


def test_supposed_fees_and_plans_that_the_table_gives_are_told() -> None:
    written(DEAL, "--what-if", "fees +5%")
    told = [str(row[0]) for row in texts("Overview")]
    assert any(line.startswith("What if: fees +5%.") for line in told)
    assert any(
        line.startswith("2 rows were priced at the plan that column 'plan'") for line in told
    )
    written()
    told = [str(row[0]) for row in texts("Overview")]
    assert not any("What if" in line or "were priced at" in line for line in told)


# The writer by itself


def made(*content: object, long: LongTable | None = None, currency: str = "CNY") -> Workbook:
    path = Path("made.xlsx").resolve()
    with WorkbookFile(path, path.parent, currency, datetime.date(2026, 11, 28)) as file:
        page, table = file.sheet("A/B: [x]*?"), file.sheet("T" * 40)
        file.fill(page, Page("", content, (10, 20)))  # type: ignore[arg-type]
        if long:
            file.stream(table, long)
        file.save()
    return load_workbook(path)


def test_a_long_text_has_the_lines_that_it_takes() -> None:
    """A sentence has both columns, 30 cells; 23 Chinese characters take 46 of a column's 20."""
    table = PageTable((PageColumn("Name"), PageColumn("Text")), (("a", "字" * 23),))
    page = made(Sentence("x" * 30), Sentence("y" * 75), table).worksheets[0]
    heights = [page.row_dimensions[row].height for row in range(1, 5)]
    assert heights == [None, 3 * 18, None, 3 * 18]
    assert sorted(map(str, page.merged_cells.ranges)) == ["A1:B1", "A2:B2"]
    assert page["A2"].value == "y" * 75


def test_a_long_title_takes_two_lines_and_a_wide_table_several_pages() -> None:
    """17 cells break behind the first word: 16 do. 5 columns of 44 + 3 and one of 19 are 254."""
    words = [PageColumn(name, "text") for name in "abcde"]
    row = (*("x" * 44 for _ in words), 5)
    long = LongTable((*words, PageColumn("Difference before", "count")), iter([row]), 1)
    page = made(long=long).worksheets[1]
    assert page.row_dimensions[1].height == 2 * 18
    assert round(page.column_dimensions["F"].width) == 16 + 3 + 1
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (2, 0)
    short = LongTable((PageColumn("Difference", "count"),), iter([(5,)]), 1)
    page = made(long=short).worksheets[1]
    assert page.row_dimensions[1].height is None
    assert page.page_setup.fitToWidth in (None, 1)


def test_figures_stand_apart_from_the_text_behind_them() -> None:
    long = LongTable((PageColumn("a", "money"), PageColumn("b")), iter([(5, "x")]), 1)
    page = made(long=long).worksheets[1]
    for cell in (page["A1"], page["A2"]):
        assert (cell.alignment.horizontal, cell.alignment.indent) == ("right", 1)


def test_the_word_for_the_sums_is_as_wide_as_it_takes_and_their_line_has_no_gap() -> None:
    columns = (PageColumn("a"), PageColumn("b"), PageColumn("c", "money", Decimal(5)))
    total = "Sum of the rows that are shown"
    page = made(long=LongTable(columns, iter([("x", "y", Decimal(5))]), 1, total)).worksheets[1]
    assert page["A1"].value == total
    assert page.column_dimensions["A"].width >= len(total)
    assert [page.cell(1, column).border.top.style for column in (1, 2, 3)] == ["thin"] * 3


def test_blocks_stand_below_each_other() -> None:
    columns = PageColumn("a"), PageColumn("n", "count", Decimal(5))
    book = made(
        Heading("title"),
        Sentence("one"),
        Points(("two", "three")),
        Heading("again"),
        PageTable(columns, (("x", 2), ("y", 3)), "all"),
        Table((TableColumn("t"),), (Row(("cell",)),)),
    )
    sheet = book.worksheets[0]
    assert sheet.title == "A B   x   "
    assert len(book.worksheets[1].title) == 31
    assert [
        [cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()
    ] == [
        ["title"],
        ["one"],
        ["two"],
        ["three"],
        [],
        ["again"],
        ["a", "n"],
        ["x", 2],
        ["y", 3],
        ["all", "=SUM(B8:B9)"],
        ["t"],
        ["cell"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=1}",
        "http://x.example/a",
        "mailto:a@b.c",
        "internal:A1",
        "external:\\\\host\\share",
        "_x000D_",
        " blank ",
        "a\nb",
        "<b>&",
        "😀",
        "00123",
        "1E5",
        "TRUE",
        "'x",
    ],
)
def test_a_text_stays_what_it_is(text: str) -> None:
    columns = PageColumn(text), PageColumn(text, "kept")
    book = made(long=LongTable(columns, [(text, text)], 1))
    for row in book.worksheets[1].iter_rows(min_row=1, max_row=2):
        for cell in row:
            assert (str(cell.value).replace("_x005F_", "_"), cell.data_type) == (text, "s")
            assert cell.hyperlink is None


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (Decimal("0.10"), 0.1),
        (Decimal("9999999999999.99"), 9999999999999.99),
        (Decimal("10000000000000.00"), "10000000000000.00"),  # sixteen digits are no number there
        (Decimal("-12.50"), -12.5),
        (7, 7),
        ("1200.5", 1200.5),
        ("0012", "0012"),
        ("12万", "12万"),
        ("", None),
        (None, None),
    ],
)
def test_numbers_are_numbers_as_long_as_no_digit_is_lost(value: object, stored: object) -> None:
    book = made(long=LongTable((PageColumn("n", "money"),), [(value,)], 1))
    assert book.worksheets[1]["A2"].value == stored


@pytest.mark.parametrize(
    ("currency", "shown"),
    [
        ("CNY", "[$¥-804]#,##0.00"),
        ("USD", "[$$-409]#,##0.00"),
        ("EUR", "[$€-2]#,##0.00"),
        ("JPY", "[$¥-411]#,##0"),
        ("CHF", "[$CHF] #,##0.00"),
        ("KWD", "[$KWD] #,##0.000"),
    ],
)
def test_amounts_show_their_currency(currency: str, shown: str) -> None:
    assert money_format(currency) == shown


def test_what_does_not_fit_into_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OutputError, match="32767 characters in a cell at most; write CSV"):
        made(long=LongTable((PageColumn("a"),), [("x" * 32_768,)], 1))
    monkeypatch.setattr(xlsx_pages, "MOST_SHEET_ROWS", 3)
    made(long=LongTable((PageColumn("a"),), [("x",)] * 2, 2))
    with pytest.raises(OutputError, match="a sheet holds 2 rows at most; write CSV"):
        made(long=LongTable((PageColumn("a"),), [("x",)] * 3, 3))
    summed = LongTable((PageColumn("a", "money", Decimal(1)),), [(1,)] * 2, 2, "all")
    with pytest.raises(OutputError, match="a sheet holds 1 rows at most"):
        made(long=summed)


def test_too_many_rows_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_pages, "MOST_SHEET_ROWS", 4)
    done = written()
    assert done.code == ExitCode.FAILED
    assert "a sheet holds 2 rows at most; write CSV" in done.err
    assert sorted(path.name for path in Path().iterdir()) == ["in.csv"]


# Another program opens it

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_keeps_accounts_and_comes_to_the_same_sums(tmp_path: Path) -> None:
    """Each sheet as CSV, its formulas worked out anew."""
    written()
    saved = saved_as_csv("out.xlsx", tmp_path, "-1")
    details = saved["out-Details.csv"]
    assert details[2][0] == "1234567890123456789"
    assert details[3][0] == "00123"
    assert details[2][4] == "00123"
    assert details[4][4] == "=1+1"
    assert (details[0][1], details[0][9]) == ("470000.5", "204000")
    overview = {row[0]: row[1:] for row in saved["out-Overview.csv"]}
    assert overview["Total"][:3] == ["3", "17000", "204000"]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("system", [1033, 2052], ids=["en-US", "zh-CN"])
def test_csv_for_a_spreadsheet_keeps_every_text(tmp_path: Path, system: int) -> None:
    """Opened as people do, with values recognised in the language of the system; saved again."""
    texts = [each.strip() for each in (*LOST_ELSEWHERE, *KEPT_ANYWHERE.split("|"))]
    page = io.StringIO()
    lines = [(f"a{at}", 5, each) for at, each in enumerate(texts)]
    csv.writer(page).writerows([("account", "spend", "1-2"), *lines])
    assert written(page.getvalue(), "--excel", name="out.csv").code == ExitCode.DONE
    read_as = f"--infilter=CSV:44,34,76,1,,{system},false,true"
    [saved] = saved_as_csv("out.csv", tmp_path, "0", read_as).values()
    assert [row[2] for row in saved] == ["1-2", *texts]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_csv_for_a_spreadsheet_keeps_accounts(tmp_path: Path) -> None:
    accounts = ["1234567890123456789", "00123", "12E5", "1-2", "123456789012", "acme", "123"]
    lines = "".join(f"{account},5\n" for account in accounts)
    written(f"account,spend\n{lines}", "--excel", name="out.csv")
    [saved] = saved_as_csv("out.csv", tmp_path, "0").values()
    assert [row[0] for row in saved[1:]] == accounts


def saved_as_csv(name: str, tmp_path: Path, sheets: str, *more: str) -> dict[str, list[list[str]]]:
    """What LibreOffice makes of a file as CSV: every sheet (-1) or the first (0)."""
    folder = tmp_path / "saved"
    form = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheets}"
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = [str(OFFICE), home, "--headless", *more, "--convert-to", form]
    convert += ["--outdir", str(folder), name]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    found = {}
    for path in folder.iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.name] = list(csv.reader(file))
    return found


NOTED = """\
account,monthly_spend,plan,reading
a,300000,,
a,1000,,
b,300000,premier,
c,50000,,floor
d,12,,likely
"""


@pytest.mark.parametrize(
    ("flags", "least"),
    [
        (("--start", "2026-07", "--months", "6", "--discount", "10%", "--discount-on", "all"), 6),
        (("--as-of", "2025-01-01", "--against-reading", "floor", "--date", "2028-01-01"), 5),
        (("--what-if", "fees +10%", "--tax", "added", "--tax-rate", "6%", "--lang", "zh"), 5),
        (("--plans", "yandex-cloud", "--ignore-plan-column", "--response", "1h"), 1),
    ],
)
def test_every_note_of_the_summary_stands_in_the_workbook(
    flags: tuple[str, ...], least: int
) -> None:
    """What the run says in sentences, on either stream, but for those that are rows of numbers."""
    Path("in.csv").write_text(NOTED, encoding="utf-8")
    told_as = ("--out", "out.xlsx", "--sum-by", "account", "-o", "text")
    date = () if "--date" in flags else ("--date", "2026-11-28")
    done = run_cli("batch", "in.csv", *told_as, *date, *flags)
    told = [line.removeprefix("supportcli: ") for line in done.err.splitlines()]
    told += [line.lstrip("- ") for line in done.out.splitlines()]
    numbers = ("Against another", "1 of the rows read", "与现行服务费相比：", "其中 1 行")
    notes = [
        line
        for line in dict.fromkeys(told)
        if line.endswith((".", "。", "may have changed", "twelve months"))
        and not line.startswith(numbers)
    ]
    found = {str(cell) for name in sheets().sheetnames for row in texts(name) for cell in row}
    cells = {text.replace(".00", "") for text in found}  # a workbook keeps cents
    assert [line for line in notes if line.replace(".00", "") not in cells] == []
    assert len(notes) >= least, "\n".join(notes)


def test_every_column_of_the_overview_is_wide_enough_for_its_amounts() -> None:
    """With groups and a likely year there are six: a column without a width shows ###."""
    written(BOOK, "--group-by", "区域", "--against-reading", "floor", "--current-plan", "basic")
    page = sheets()["Overview"]
    assert page.max_column == 6
    wide = [each for each in page.column_dimensions.values() if each.width >= 20]
    assert max(each.max or 0 for each in wide) == 6


def test_what_other_rules_change_stands_in_the_overview_by_plan_and_group() -> None:
    """Enterprise is 25,000 a month and 10% of the spend, as a floor the higher of both.

    a: 12 x (25,000 + 12,000) = 444,000 for 12 x 25,000 = 300,000; b: 12 x (25,000 + 50,000) =
    900,000 for 12 x 50,000 = 600,000, where Premier costs the same and is the higher plan.
    """
    rows = "account,monthly_spend,region\na,120000,N\nb,500000,S\n"
    flags = ("--group-by", "region", "--against-reading", "floor", "--response", "10m")
    Path("in.csv").write_text(rows, encoding="utf-8")
    assert run_cli("batch", "in.csv", "--out", "out.xlsx", *flags, *TODAY).code == ExitCode.DONE
    page = [[cell for cell in row if cell is not None] for row in texts("Overview")]
    whole = ["all", 2, 900_000, 1_344_000, 444_000]
    heads = ["Customers", "a year before", "a year after"]
    start = page.index(["Plan", *heads, "difference"])
    assert page[start : start + 14] == [
        ["Plan", *heads, "difference"],
        ["Enterprise", *whole[1:]],
        whole,
        [],
        ["Group", *heads, "difference"],
        ["N", 1, 300_000, 444_000, 144_000],
        ["S", 1, 600_000, 900_000, 300_000],
        whole,
        [],
        ["Plan before", "Plan after", *heads],
        ["Premier", "Enterprise", 1, 600_000, 900_000],
        [],
        ["Customer", "a year before", "a year now", "difference"],
        ["b", 600_000, 900_000, 300_000],
    ]
