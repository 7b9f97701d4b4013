"""Workbooks that were made to hurt, or by a program of its own mind: a sentence, in no time."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from supportcli.errors import ExitCode
from supportcli.inputs.tables.open import prepare
from supportcli.inputs.workbook import package
from supportcli.inputs.workbook.number_format import read_format
from tests.runner import TODAY, run_cli
from tests.test_tables import KNOWN, message_of, rows_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET, STYLES, TEXTS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>account</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>spend</t></is></c></row>'
    '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>5000</v></c></row>'
)
NAMED = '<sheet name="S" sheetId="1" r:id="rId1"/>'
READ = {2: ("a", "5000")}


def link(kind: str, target: str, number: int = 1, more: str = "") -> str:
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"{more}/>'


USUAL = link("styles", "styles.xml", 2) + link("sharedStrings", "sharedStrings.xml", 3)
OTHERS = link("worksheet", "worksheets/sheet1.xml") + USUAL


def book(sheets: str = NAMED, more: str = "") -> str:
    outer = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    return f"{outer}<sheets>{sheets}</sheets>{more}</workbook>"


def links(inner: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def sheet(inner: str = "", rows: str = ROWS) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{inner}</worksheet>'


def styles(inner: str = "", cells: str = "<xf/><xf/>") -> str:
    return f'<styleSheet xmlns="{MAIN}">{inner}<cellXfs>{cells}</cellXfs></styleSheet>'


def texts(inner: str) -> str:
    return f'<sst xmlns="{MAIN}">{inner}</sst>'


def made(tmp_path: Path, parts: Mapping[str, str | None]) -> Path:
    """A workbook by hand, some of its parts as given, or left out where None."""
    path = tmp_path / "a.xlsx"
    usual: dict[str, str | None] = {
        BOOK: book(),
        LINKS: links(OTHERS),
        SHEET: sheet(),
        STYLES: styles(),
        TEXTS: texts("<si><t>a</t></si>"),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (usual | dict(parts)).items():
            if text is not None:
                archive.writestr(name, text)
    return path


PASSED_OVER: dict[str, Mapping[str, str | None]] = {
    "as it is": {},
    "300,000 names": {
        BOOK: book(more=f"<definedNames>{'<definedName/>' * 300_000}</definedNames>")
    },
    "100,000 styles of cells": {STYLES: styles(cells="<xf/>" * 100_000)},
    "100,000 fonts": {STYLES: styles(f"<fonts>{'<font/>' * 100_000}</fonts>")},
    "a dimension of everything": {SHEET: sheet('<dimension ref="A1:XFD1048576"/>')},
    "100,000 merged areas": {SHEET: sheet('<mergeCell ref="A1:B1"/>' * 100_000)},
    "formatting under conditions": {SHEET: sheet("<conditionalFormatting/>" * 100_000)},
    "200,000 properties of the document": {"docProps/core.xml": f"<x>{'<y/>' * 200_000}</x>"},
    "150,000 types of parts": {"[Content_Types].xml": f"<x>{'<y/>' * 150_000}</x>"},
    "50,000 comments": {"xl/comments1.xml": f"<x>{'<y/>' * 50_000}</x>"},
    "a part that leads round": {
        LINKS: links(link("worksheet", "../xl/./worksheets/sheet1.xml") + USUAL)
    },
    "a part by its whole name": {
        LINKS: links(link("worksheet", "/xl/worksheets/sheet1.xml") + USUAL)
    },
    "letters of another size": {LINKS: links(link("worksheet", "Worksheets/SHEET1.xml") + USUAL)},
    "no styles": {STYLES: None},
    "texts that no relation names": {LINKS: links(link("worksheet", "worksheets/sheet1.xml"))},
    "a text in several runs, with its sounds": {
        TEXTS: texts("<si><r><t>a</t></r><rPh><t>x</t></rPh><r><rPr/></r></si>")
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("parts", PASSED_OVER.values(), ids=PASSED_OVER)
def test_what_is_beside_the_rows_costs_nothing(
    parts: Mapping[str, str | None], tmp_path: Path
) -> None:
    assert rows_of(prepare(made(tmp_path, parts), tmp_path, KNOWN)) == READ


REFUSED: dict[str, tuple[Mapping[str, str | None], str]] = {
    "a sheet that is missing": (
        {SHEET: None},
        "the sheet 'S' is missing in the file; open it and save it again as .xlsx",
    ),
    "a sheet outside the file": (
        {LINKS: links(link("worksheet", "../../../etc/passwd") + USUAL)},
        "the sheet 'S' is missing in the file; open it and save it again as .xlsx",
    ),
    "a sheet that no relation names": (
        {LINKS: links(USUAL)},
        "the sheet 'S' is missing in the file; open it and save it again as .xlsx",
    ),
    "a sheet without a relation": (
        {BOOK: book('<sheet name="S"/>')},
        "the sheet 'S' is missing in the file; open it and save it again as .xlsx",
    ),
    "a sheet in another file": (
        {
            LINKS: links(
                link("worksheet", "http://example.org/a", more=' TargetMode="External"') + USUAL
            )
        },
        "the sheet 'S' is in another file; copy it into this one",
    ),
    "a chart alone": (
        {LINKS: links(link("chartsheet", "worksheets/sheet1.xml") + USUAL)},
        "shows no sheet with cells; name a hidden one with --sheet",
    ),
    "hidden sheets alone": (
        {BOOK: book(NAMED.replace("/>", ' state="hidden"/>'))},
        "shows no sheet with cells; name a hidden one with --sheet",
    ),
    "no sheets": ({BOOK: book("")}, "has no sheets; open it and save it again as .xlsx"),
    "no workbook": (
        {BOOK: None},
        "is a damaged workbook ('xl/workbook.xml'); open it and save it again as .xlsx",
    ),
    "no texts for cells that refer to them": (
        {SHEET: sheet(rows=ROWS + '<row r="3"><c r="A3" t="s"><v>1</v></c></row>'), TEXTS: None},
        "is a damaged workbook ('xl/sharedStrings.xml'); open it and save it again as .xlsx",
    ),
    "two sheets in one part": (
        {BOOK: book(NAMED * 2)},
        "is a damaged workbook ('xl/workbook.xml'); open it and save it again as .xlsx",
    ),
    "rows out of order": (
        {SHEET: sheet(rows=ROWS + '<row r="5"/><row r="3"/>')},
        "3: the row comes twice or out of order; open it and save it again as .xlsx",
    ),
    "a row twice": (
        {SHEET: sheet(rows=ROWS + '<row r="2"/>')},
        "2: the row comes twice or out of order; open it and save it again as .xlsx",
    ),
    "cells out of order": (
        {SHEET: sheet(rows=ROWS + '<row r="3"><c r="B3"/><c r="A3"/></row>')},
        "3: a cell comes twice or out of order; open it and save it again as .xlsx",
    ),
    "a cell twice": (
        {SHEET: sheet(rows=ROWS + '<row r="3"><c r="A3"/><c r="A3"/></row>')},
        "3: a cell comes twice or out of order; open it and save it again as .xlsx",
    ),
    "an attribute of two mebibytes": (
        {SHEET: sheet(f'<dimension ref="{"A" * 2 * 1024**2}"/>')},
        "is a damaged workbook ('xl/worksheets/sheet1.xml'); open it and save it again as .xlsx",
    ),
    "400,000 elements within each other": (
        {SHEET: sheet(rows=ROWS + "<x>" * 400_000)},
        "is a damaged workbook ('xl/worksheets/sheet1.xml'); open it and save it again as .xlsx",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("parts", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_said_in_a_sentence(
    parts: Mapping[str, str | None], said: str, tmp_path: Path
) -> None:
    path = made(tmp_path, parts)
    assert message_of(path, tmp_path).removeprefix(f"{path}:").strip() == said


ENDLESS: dict[str, Mapping[str, str | None]] = {
    "names": {BOOK: book(more="<definedName/>" * 20_000)},
    "sheets": {BOOK: book('<sheet name="S"/>' * 20_000)},
    "relations": {LINKS: links(OTHERS + "<Relationship/>" * 20_000)},
    "styles": {STYLES: styles(cells="<xf/>" * 20_000)},
    "formats of numbers": {STYLES: styles('<numFmt numFmtId="9" formatCode="0"/>' * 20_000)},
    "texts": {TEXTS: texts("<si><t>a</t></si>" * 10_000)},
    "runs of a text": {TEXTS: texts(f"<si>{'<r><t>a</t></r>' * 10_000}</si>")},
    "rows": {SHEET: sheet(rows=ROWS + "<row/>" * 20_000)},
    "cells of a row": {SHEET: sheet(rows=ROWS + f"<row>{'<c/>' * 20_000}</row>")},
    "merged areas": {SHEET: sheet('<mergeCell ref="A1:B1"/>' * 20_000)},
}


@pytest.mark.parametrize("parts", ENDLESS.values(), ids=ENDLESS)
def test_far_more_elements_than_a_file_of_its_size_needs_are_not_read(
    parts: Mapping[str, str | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MOST_ELEMENTS", 100)
    path = made(tmp_path, parts)
    assert path.stat().st_size < 4000  # so four elements a byte are less than there are
    assert message_of(path, tmp_path).endswith(
        ": holds far more than a sheet of its size; save it as CSV"
    )


def test_what_is_looked_at_twice_is_counted_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = {f"xl/worksheets/other{n}.xml": sheet(rows="<row/>" * 1000) for n in range(20)}
    named = "".join(f'<sheet name="S{n}" r:id="rId{n}"/>' for n in range(20))
    inner = "".join(link("worksheet", f"worksheets/other{n}.xml", n) for n in range(20))
    path = made(tmp_path, {BOOK: book(named), LINKS: links(inner), **blank})
    assert "is empty" in message_of(path, tmp_path)
    monkeypatch.setattr(package, "MOST_ELEMENTS", 2000)
    monkeypatch.setattr(package, "ELEMENTS_A_BYTE", 1)
    assert "holds far more" in message_of(path, tmp_path)


def test_many_sheets_are_named_in_part(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = Workbook()
    for number in range(2, 31):
        workbook.create_sheet(f"S{number}")
    workbook.save(path)
    said = message_of(path, tmp_path, KNOWN._replace(sheet="T"))
    assert said.endswith("'S20' and 10 more")
    assert said.count("'S") == 20


def test_a_sheet_that_is_named_is_read_beside_one_that_is_missing(tmp_path: Path) -> None:
    both = book('<sheet name="Lost" r:id="rId9"/>' + NAMED)
    path = made(tmp_path, {BOOK: both})
    assert "the sheet 'Lost' is missing" in message_of(path, tmp_path)
    done = prepare(path, tmp_path, KNOWN._replace(sheet="S"))
    assert rows_of(done) == READ


@pytest.mark.parametrize("part", ["<worksheet><sheetData>", None])
def test_other_sheets_that_cannot_be_read_are_named(part: str | None, tmp_path: Path) -> None:
    more = {
        BOOK: book(NAMED + '<sheet name="North" sheetId="2" r:id="rId9"/>'),
        LINKS: links(OTHERS + link("worksheet", "worksheets/sheet9.xml", 9)),
        "xl/worksheets/sheet9.xml": part,
    }
    done = prepare(made(tmp_path, more), tmp_path, KNOWN)
    said = "sheets that are damaged or not in the file and were not read: 'North'"
    assert (rows_of(done), [str(note) for note in done.not_used]) == (READ, [said])


def test_a_part_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path, {})
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, sheet().replace("5000", "1"))
    assert "is a damaged workbook" in message_of(path, tmp_path)


def test_a_size_that_is_no_true_one_is_noticed(tmp_path: Path) -> None:
    long = sheet(" " * 300_000)
    path = made(tmp_path, {SHEET: long})
    size = len(long).to_bytes(4, "little")
    content = path.read_bytes()
    assert content.count(size) == 2  # before the part, and in the list of the parts
    path.write_bytes(content.replace(size, (1000).to_bytes(4, "little")))
    assert "is a damaged workbook" in message_of(path, tmp_path)


@pytest.mark.parametrize(
    "code", [*BUILTIN_FORMATS.values(), "yyyy-mm", '0.0"d"', "[h]:mm", "[Red]0", "\\d0"]
)
def test_dates_are_those_that_another_reader_knows(code: str) -> None:
    shown = read_format(code)
    assert shown.dated == is_date_format(code)
    assert (shown.section(1.5).moment == "span") == is_timedelta_format(code)


def test_a_format_that_is_no_format_takes_no_time(tmp_path: Path) -> None:
    code = "[" * 100_000
    number = f'<numFmt numFmtId="200" formatCode="{code}"/>'
    parts = {STYLES: styles(number, '<xf/><xf numFmtId="200"/>')}
    assert rows_of(prepare(made(tmp_path, parts), tmp_path, KNOWN)) == READ


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_too_many_columns_are_said_alike_in_every_form(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["account", "monthly_spend", *(f"c{number}" for number in range(499))]
    if form == "csv":
        Path("in.csv").write_text(",".join(names) + "\n" + "1," * 500 + "1\n", encoding="utf-8")
    elif form == "xlsx":
        workbook = Workbook()
        workbook.worksheets[0].append(names)
        workbook.save("in.xlsx")
    else:
        import duckdb

        columns = ", ".join(f"1 AS {name}" for name in names)
        duckdb.sql(f"COPY (SELECT {columns}) TO 'in.parquet'")
    done = run_cli("batch", f"in.{form}", "--out", "o.csv", *TODAY)
    assert done.code == ExitCode.FAILED
    where = f"in.{form}" if form == "parquet" else f"in.{form}:1"
    assert done.err == f"supportcli: {where}: has more than 500 columns; keep fewer\n"


def test_as_many_columns_as_a_table_may_have_are_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["account", "monthly_spend", *(f"c{number}" for number in range(498))]
    rows = "".join("1," * 499 + "1\n" for _ in range(2))
    Path("in.csv").write_text(",".join(names) + f"\n{rows}", encoding="utf-8")
    done = run_cli("batch", "in.csv", "--out", "o.csv", "--duplicates", "keep", *TODAY)
    assert done.code == ExitCode.DONE
    assert Path("o.csv").read_text(encoding="utf-8").count("\n") == 3
