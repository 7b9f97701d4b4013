"""Workbooks as other programs and hostile people write them: read, or refused in a sentence."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supportcli.inputs.tables.open import TableOptions, kind_of, prepare
from tests.raw_workbook import (
    HEADER,
    MAIN,
    OFFICE,
    STRICT,
    STRICT_OFFICE,
    number,
    row,
    sheet,
    styles,
    word,
    workbook,
)
from tests.test_tables import KNOWN, message_of, rejects_of, rows_of

ONE = row(2, word("a"), number("1"))
MIB = 1024 * 1024
TABLE = sheet(HEADER, ONE)


def notes_of(path: Path, tmp_path: Path, options: TableOptions = KNOWN) -> tuple[str, ...]:
    return tuple(map(str, prepare(path, tmp_path, options).notes))


# Other programs


def test_strict_open_xml_is_read(tmp_path: Path) -> None:
    day = '<c r="B3" t="d" s="1"><v>2026-11-01T00:00:00</v></c>'
    inside = sheet(HEADER, ONE, row(3, word("b"), day), space=STRICT)
    parts = {"xl/styles.xml": styles("yyyy-mm-dd", space=STRICT)}
    path = workbook(
        tmp_path / "a.xlsx",
        inside,
        parts,
        space=STRICT,
        office=STRICT_OFFICE,
        main="xl/workbook.xml",
    )
    assert rows_of(prepare(path, tmp_path, KNOWN)) == {2: ("a", "1"), 3: ("b", "2026-11-01")}


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace('r="A1"', 'r="a1"').replace('r="B1"', 'r="b1"'),
        lambda xml: xml.replace('s="0"', 's=""'),
        lambda xml: xml.replace('s="0"', 's="99"'),
        lambda xml: xml.replace("<v>1</v>", "<v> 1\n</v>"),
        lambda xml: xml.replace("><", ">\n  <"),
        lambda xml: xml.replace("<v>1</v>", "<!-- one --><v>1</v>"),
        lambda xml: xml.replace("<v>1</v>", "<v><![CDATA[1]]></v>"),
        lambda xml: xml.replace("<v>1</v>", "<v>&#49;</v>"),
        lambda xml: xml.replace(
            "<v>1</v>", "<v>1</v><extLst><ext><x:v xmlns:x='u'/></ext></extLst>"
        ),
        lambda xml: xml.replace('<row r="2"', "<row"),
        lambda xml: xml.replace(f'xmlns="{MAIN}"', ""),
        lambda xml: xml.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
        lambda xml: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + xml,
        lambda xml: "\ufeff" + xml,
    ],
)
def test_what_is_written_in_another_way_is_the_same(
    change: Callable[[str], str], tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", change(TABLE))
    assert rows_of(prepare(path, tmp_path, KNOWN)) == {2: ("a", "1")}


def test_other_encodings_of_a_part(tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="UTF-16"?>{TABLE.replace("<v>a<", "<v>阿<")}'
    path = workbook(tmp_path / "a.xlsx", "", {"xl/worksheets/s9.xml": text.encode("utf-16")})
    moved = rewritten(
        path, lambda name: None if name.endswith("s0.xml") else name.replace("s9", "s0")
    )
    assert rows_of(prepare(moved, tmp_path, KNOWN)) == {2: ("阿", "1")}


def rewritten(path: Path, name_of: Callable[[str], str | None]) -> Path:
    """The workbook with other names for its parts, or without some."""
    other = path.with_name("other.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            moved = name_of(name)
            if moved is not None:
                new.writestr(moved, old.read(name))
    return other


@pytest.mark.parametrize(
    "name_of",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("worksheets", "WorkSheets"),
        lambda name: "/" + name,
        lambda name: None if name.startswith("_rels") else name,
    ],
)
def test_parts_are_found_as_other_programs_find_them(
    name_of: Callable[[str], str | None], tmp_path: Path
) -> None:
    path = rewritten(workbook(tmp_path / "a.xlsx", TABLE), name_of)
    assert kind_of(path) == "xlsx"
    assert rows_of(prepare(path, tmp_path, KNOWN)) == {2: ("a", "1")}


def test_the_main_part_may_have_another_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", TABLE, main="xl/workbook2.xml")
    assert kind_of(path) == "xlsx"
    assert rows_of(prepare(path, tmp_path, KNOWN)) == {2: ("a", "1")}


def test_parts_that_are_named_and_missing_are_not_needed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", TABLE, related=("styles", "sharedStrings", "theme"))
    assert rows_of(prepare(path, tmp_path, KNOWN)) == {2: ("a", "1")}
    texts = sheet(HEADER, row(2, '<c t="s"><v>0</v></c>', number("1")))
    path = workbook(tmp_path / "b.xlsx", texts)
    said = "is a damaged workbook ('xl/sharedStrings.xml'); open it and save it again as .xlsx"
    assert said in message_of(path, tmp_path)


def test_shared_texts_in_runs_without_what_tells_how_they_sound(tmp_path: Path) -> None:
    items = (
        "<si><t>account</t></si>"
        "<si><r><rPr/><t xml:space='preserve'>spe</t></r>\n<r><t>nd</t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr/></si>"
        "<si/><si><t/></si>"
    )
    cells = ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>']
    rows = [
        row(1, *cells),
        row(2, '<c t="s"><v>2</v></c>', number("1")),
        row(3, '<c t="s"><v>3</v></c>', number("2")),
        row(4, '<c t="inlineStr"><is><r><t>in</t></r> <r><t>line</t></r></is></c>', number("3")),
        row(5, '<c t="inlineStr"/>', '<c t="inlineStr"><is/></c>'),
        row(6, '<c t="s"/>', '<c t="str"><v/></c>'),
    ]
    part = f'<sst xmlns="{MAIN}">{items}</sst>'
    path = workbook(tmp_path / "a.xlsx", sheet(*rows), {"xl/sharedStrings.xml": part})
    done = prepare(path, tmp_path, KNOWN)
    assert rows_of(done) == {2: ("東京", "1"), 3: ("", "2"), 4: ("inline", "3")}
    assert done.blank == 2


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("Acme Ltd_x000D_", "Acme Ltd\r"),
        ("a_x000A_b", "a\nb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "😀"),
        ("_x00e9_", "é"),
        ("_xD83D_", "_xD83D_"),
        ("_x12_", "_x12_"),
        ("x_000D_", "x_000D_"),
    ],
)
def test_escaped_characters(stored: str, text: str, tmp_path: Path) -> None:
    inline = f'<c t="inlineStr"><is><t>{stored}</t></is></c>'
    part = f'<sst xmlns="{MAIN}"><si><t>{stored}</t></si></sst>'
    rows = [
        row(2, word(stored), number("1")),
        row(3, inline, number("1")),
        row(4, '<c t="s"><v>0</v></c>', number("1")),
    ]
    path = workbook(tmp_path / "a.xlsx", sheet(HEADER, *rows), {"xl/sharedStrings.xml": part})
    assert {cells[0] for cells in rows_of(prepare(path, tmp_path, KNOWN)).values()} == {text}


def test_months_and_days_of_east_asia(tmp_path: Path) -> None:
    shown = styles("General").replace(
        'numFmtId="164"/></cellXfs>', 'numFmtId="57"/><xf numFmtId="31"/></cellXfs>'
    )
    rows = [row(2, number("46327", 1), number("1")), row(3, number("46328", 2), number("1"))]
    path = workbook(tmp_path / "a.xlsx", sheet(HEADER, *rows), {"xl/styles.xml": shown})
    assert [cells[0] for cells in rows_of(prepare(path, tmp_path, KNOWN)).values()] == [
        "2026-11",
        "2026-11-02",
    ]


def test_the_calendar_of_1904_and_the_29_february_that_never_was(tmp_path: Path) -> None:
    rows = [row(2, number("59", 1), number("1")), row(3, number("61", 1), number("1"))]
    parts = {"xl/styles.xml": styles("yyyy-mm-dd")}
    path = workbook(tmp_path / "a.xlsx", sheet(HEADER, *rows), parts)
    days = [cells[0] for cells in rows_of(prepare(path, tmp_path, KNOWN)).values()]
    assert days == ["1900-02-28", "1900-03-01"]
    path = workbook(
        tmp_path / "b.xlsx", sheet(HEADER, *rows), parts, book='<workbookPr date1904="1"/>'
    )
    days = [cells[0] for cells in rows_of(prepare(path, tmp_path, KNOWN)).values()]
    assert days == ["1904-02-29", "1904-03-02"]


# Beside and below the table


def test_notes_beside_and_below_the_table_are_counted(tmp_path: Path) -> None:
    rows = [
        ONE,
        row(3, word("b"), number("2"), '<c r="D3" t="str"><v>call back</v></c>'),
        row(5, '<c r="F5"><v>7</v></c>'),
        row(7, word("prepared by the north")),
        row(9, word("all before discount")),
    ]
    path = workbook(tmp_path / "a.xlsx", sheet(HEADER, *rows))
    done = prepare(path, tmp_path, KNOWN)
    assert rows_of(done) == {2: ("a", "1"), 3: ("b", "2")}
    assert not rejects_of(done)
    assert (done.rows, done.blank) == (2, 1)
    assert tuple(map(str, done.notes)) == (
        "cells beside or below the table that were not read: 4 (D3, F5, A7, ...)",
    )


def test_what_more_rows_follow_is_no_note(tmp_path: Path) -> None:
    """A lone text behind a gap is a row, and refused for want of a spend, if the table goes on."""
    rows = [ONE, row(4, word("north")), row(5, word("b"), number("2"))]
    path = workbook(tmp_path / "a.xlsx", sheet(HEADER, *rows))
    done = prepare(path, tmp_path, KNOWN)
    assert rows_of(done) == {2: ("a", "1"), 4: ("north", ""), 5: ("b", "2")}
    rows = [ONE, row(3, word("no gap"))]
    path = workbook(tmp_path / "b.xlsx", sheet(HEADER, *rows))
    assert rows_of(prepare(path, tmp_path, KNOWN)) == {2: ("a", "1"), 3: ("no gap", "")}
    many = [ONE, *(row(at, word(f"n{at}")) for at in range(4, 300))]
    path = workbook(tmp_path / "c.xlsx", sheet(HEADER, *many))
    assert len(rows_of(prepare(path, tmp_path, KNOWN))) > 200


def test_hidden_columns_are_read_and_said(tmp_path: Path) -> None:
    hidden = '<cols><col min="2" max="3" hidden="1"/><col min="1" max="1"/></cols>'
    path = workbook(tmp_path / "a.xlsx", sheet(HEADER, ONE, head=hidden))
    assert notes_of(path, tmp_path) == ("columns that are hidden were read too: 'spend'",)


# Several sheets

NORTH = sheet(HEADER, row(2, word("n1"), number("1")), row(3), row(5, word("n2"), number("2")))
SOUTH = sheet(
    row(1, word("list of the south")),
    row(2, word("Spend"), word("account"), word("city")),
    row(3, number("3"), word("s1"), word("x")),
)
OTHER = sheet(row(1, word("something"), word("else")), row(2, word("x"), word("y")))
EVERY = KNOWN._replace(sheet="all", wanted={"account", "spend", "Spend"}.__contains__)


def test_every_sheet_with_a_known_header(tmp_path: Path) -> None:
    sheets = {"North": NORTH, "Notes": OTHER, "South": SOUTH, "Old": NORTH}
    path = workbook(tmp_path / "a.xlsx", sheets, states={"Old": "hidden"})
    done = prepare(path, tmp_path, EVERY)
    assert done.columns == ("account", "spend", "city", "sheet")
    assert rows_of(done) == {
        2: ("n1", "1", "", "North"),
        5: ("n2", "2", "", "North"),
        8: ("s1", "3", "x", "South"),
    }
    assert [done.place(line) for line in (2, 5, 8)] == [("North", 2), ("North", 5), ("South", 3)]
    assert tuple(map(str, done.notes)) == (
        "read the sheets 'North', 'South', one after the other",
        (
            "the hidden sheet 'Old' has a table too, which was not read: 2 rows; "
            "give --sheet 'Old' for it"
        ),
        "sheets without a list of customers that were not read: 'Notes'",
        "the header is on line 2; what is above was skipped",
    )
    assert prepare(path, tmp_path, KNOWN).place(5) == ("", 5)


def test_a_sheet_that_is_called_all(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"North": NORTH, "all": SOUTH})
    done = prepare(path, tmp_path, EVERY)
    assert rows_of(done) == {3: ("3", "s1", "x")}


def test_a_column_that_is_called_sheet(tmp_path: Path) -> None:
    header = HEADER.replace("</row>", '<c r="C1" t="str"><v>Sheet</v></c></row>')
    path = workbook(tmp_path / "a.xlsx", {"N": sheet(header, ONE)})
    assert prepare(path, tmp_path, EVERY).columns == ("account", "spend", "Sheet", "sheet_")


def test_sheets_that_were_not_read_are_told_with_their_rows(tmp_path: Path) -> None:
    broken = sheet(HEADER, ONE) + "<"
    twice = sheet(row(1, word("account"), word("account")), ONE)
    sheets = {"North": NORTH, "B": broken, "T": twice, "Other": OTHER, "South": SOUTH}
    path = workbook(tmp_path / "a.xlsx", sheets)
    read, unread, others, damaged = notes_of(path, tmp_path, EVERY._replace(sheet=None))
    assert damaged == "sheets that are damaged or not in the file and were not read: 'B'"
    assert others == "sheets without a list of customers that were not read: 'T', 'Other'"
    assert read == "read the sheet 'North'"
    assert unread == (
        "the sheet 'South' has a table too, which was not read: 1 rows; "
        "give --sheet 'South', or --sheet all for all of them"
    )
    assert notes_of(path, tmp_path, KNOWN._replace(sheet="North")) == ("read the sheet 'North'",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name: None if "worksheets/s" in name else name, "the sheet 'S' is missing"),
        (lambda name: None if name == "xl/workbook.xml" else name, "('xl/workbook.xml')"),
        (lambda name: None if name.endswith("workbook.xml.rels") else name, "'S' is missing"),
    ],
)
def test_sheets_without_their_parts(
    change: Callable[[str], str | None], said: str, tmp_path: Path
) -> None:
    path = rewritten(workbook(tmp_path / "a.xlsx", TABLE), change)
    assert said in message_of(path, tmp_path)


def test_a_sheet_that_is_named_and_has_no_part(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"North": NORTH, "South": SOUTH})
    path = rewritten(path, lambda name: None if name.endswith("s1.xml") else name)
    options = KNOWN._replace(sheet="South")
    assert "the sheet 'South' is missing in the file" in message_of(path, tmp_path, options)
    assert rows_of(prepare(path, tmp_path, KNOWN)) == {2: ("n1", "1"), 5: ("n2", "2")}


def test_parts_outside_of_the_file_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text(TABLE, encoding="utf-8")
    path = workbook(tmp_path / "a.xlsx", TABLE)
    for target, mode, said in (
        ("../../secret.xml", "Internal", "is missing in the file"),
        (f"file://{tmp_path}/secret.xml", "External", "is in another file"),
        (f"{tmp_path}/secret.xml", "Internal", "is missing in the file"),
        ("//host/share/secret.xml", "Internal", "is missing in the file"),
    ):
        relation = (
            f'<Relationships><Relationship Id="s0" Type="{OFFICE}/worksheet" Target="{target}" '
            f'TargetMode="{mode}"/></Relationships>'
        )
        other = tmp_path / "other.xlsx"
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
            for name in old.namelist():
                rels = name == "xl/_rels/workbook.xml.rels"
                new.writestr(name, relation if rels else old.read(name))
        assert f"the sheet 'S' {said}" in message_of(other, tmp_path)


def test_a_chart_is_no_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Chart": OTHER, "North": NORTH})
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(
                name,
                text.replace(
                    '/worksheet" Target="worksheets/s0', '/chartsheet" Target="worksheets/s0'
                ),
            )
    assert rows_of(prepare(other, tmp_path, KNOWN)) == {2: ("n1", "1"), 5: ("n2", "2")}
    assert "the sheet 'Chart' is no table; name another with --sheet" in message_of(
        other, tmp_path, KNOWN._replace(sheet="Chart")
    )


# Hostile files: what would cost time or memory out of proportion. The bounds are those of a
# process that reads them, which is ended by its own limits where they do not hold.

BOUNDED = """
import resource, sys, tempfile
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
resource.setrlimit(resource.RLIMIT_AS, (900 * 1024 ** 2, 900 * 1024 ** 2))
from supportcli.inputs.tables.open import TableError, TableOptions, prepare
options = TableOptions(wanted={"account", "spend"}.__contains__)
for name in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = prepare(Path(name), Path(folder), options)
            print(Path(name).stem, done.rows, "rows")
        except TableError as error:
            print(Path(name).stem, str(error).partition(".xlsx: ")[2])
    # ru_maxrss would be that of the process that began this one, where that was larger
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            assert int(line.split()[1]) < 300 * 1024, name
"""
BROKEN = "is a damaged workbook ('xl/worksheets/s0.xml'); open it and save it again as .xlsx"


def hostile() -> Iterator[tuple[str, str, dict[str, str], str]]:
    """A name, a sheet, other parts, and what is to come of it."""

    def start(inside: str) -> str:
        return f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER}{ONE}{inside}'

    yield "deep", start("<a>" * MIB), {}, BROKEN
    yield "deep-rows", start("<row>" * MIB), {}, BROKEN
    yield "deep-cells", start(("<row>" + "<c>" * 16_000) * 100), {}, BROKEN
    yield "deep-runs", start("<row><c><is>" + "<t>" * MIB), {}, BROKEN
    yield "cells", sheet(HEADER, ONE, row(3, "<c/>" * MIB)), {}, BROKEN
    far = '<row r="1000000"/>' + "<row/>" * 50_000
    yield "rows", sheet(HEADER, ONE, far), {}, "has more than 1048576 rows; split it"
    yield "attribute", start(f'<row><c a="{"x" * 6 * MIB}"/>'), {}, BROKEN
    attributes = " ".join(f"a{n}='1'" for n in range(400_000))
    yield (
        "attributes",
        start(f"<row><c {attributes}/>"),
        {},
        BROKEN,
    )
    yield "comment", start(f"<!--{'x' * 6 * MIB}-->"), {}, BROKEN
    yield "number", sheet(HEADER, ONE, row(3, word("b"), number("1" * 6 * MIB))), {}, "1 rows"
    yield "exponent", sheet(HEADER, ONE, row(3, word("b"), number("1E999999999"))), {}, "1 rows"
    yield "text", sheet(HEADER, ONE, row(3, word("b" * 6 * MIB), number("1"))), {}, "1 rows"
    merged = "<mergeCells>" + "<mergeCell/>" * 300_000 + "</mergeCells>"
    yield "merged", sheet(HEADER, ONE, tail=merged), {}, "1 rows"
    texts = f'<sst xmlns="{MAIN}">{{}}</sst>'
    flood = {"xl/sharedStrings.xml": texts.format("<si/>" * MIB)}
    yield "texts", TABLE, flood, "holds far more than a sheet of its size; save it as CSV"
    deep = {"xl/sharedStrings.xml": texts.format("<r>" * MIB)}
    yield "deep-texts", TABLE, deep, BROKEN.replace("worksheets/s0", "sharedStrings")
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="0.0{n}"/>' for n in range(200, 60_000))
    many = {
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts></styleSheet>'
    }
    yield "formats", TABLE, many, "1 rows"
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(12))
    yield "entities", f"<!DOCTYPE x [{bomb}]>" + start("<row><c><v>&e11;</v></c></row>"), {}, BROKEN


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux alone")
def test_hostile_workbooks_cost_little(tmp_path: Path) -> None:
    expected = {}
    paths = []
    for name, inside, parts, said in hostile():
        paths.append(workbook(tmp_path / f"{name}.xlsx", inside, parts))
        expected[name] = said
    names = "".join(f'<definedName name="n{n}">S!$A$1</definedName>' for n in range(100_000))
    path = workbook(tmp_path / "names.xlsx", TABLE, book=f"<definedNames>{names}</definedNames>")
    paths.append(path)
    expected["names"] = "1 rows"
    listed = {f"S{at}": OTHER for at in range(300)}
    paths.append(workbook(tmp_path / "sheets.xlsx", listed))
    expected["sheets"] = (
        "has no known column (first line: 'something, else'); say which one holds what, like "
        "--map monthly_spend=COLUMN, or check the header"
    )
    run = subprocess.run(
        [sys.executable, "-c", BOUNDED, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    found = dict(line.split(" ", 1) for line in run.stdout.splitlines())
    assert found == expected


def test_other_packings_than_the_usual_are_refused(tmp_path: Path) -> None:
    """One of them takes as much memory as the file says."""
    path = workbook(tmp_path / "a.xlsx", TABLE)
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_LZMA) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert "is a damaged workbook" in message_of(other, tmp_path)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", TABLE, {f"x/{n}.xml": "" for n in range(10_001)})
    assert "is a damaged workbook" in message_of(path, tmp_path)
