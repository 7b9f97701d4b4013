"""Sheets as people keep them: each cell as its user sees it, or a row refused with a reason."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from supportcli.inputs.tables.open import Prepared, TableOptions, kind_of, prepare
from supportcli.inputs.workbook import package
from tests.test_tables import KNOWN, message_of, rejects_of, rows_of

Change = Callable[[str], str]
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
OTHER = (
    "the sheet 'Other' has a table too, which was not read: 1 rows; "
    "give --sheet 'Other', or --sheet all for all of them"
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = 'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"'


def saved(tmp_path: Path, rows: Sequence[Sequence[Any]], book: Workbook | None = None) -> Path:
    book = book or Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def changed(path: Path, change: Change, part: str = SHEET) -> Path:
    """The workbook with the XML of a part changed."""
    other = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()) if name == part else text)
    return other


def shared(path: Path) -> Path:
    """The workbook as Excel writes it, its texts in a part of their own."""
    texts: list[str] = []

    def moved(found: re.Match[str]) -> str:
        texts.append(found[1])
        return f't="s"><v>{len(texts) - 1}</v></c>'

    other = path.with_name("shared.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == SHEET:
                text = re.sub(r't="inlineStr"><is>(<t.*?</t>)</is></c>', moved, text)
            if name == "[Content_Types].xml":
                text = text.replace("</Types>", f'<Override PartName="/{TEXTS}" {TYPE}/></Types>')
            new.writestr(name, text)
        items = "".join(f"<si>{text}</si>" for text in texts)
        new.writestr(TEXTS, f'<?xml version="1.0"?><sst xmlns="{MAIN}">{items}</sst>')
    return other


def cell(tmp_path: Path, raw: str) -> tuple[Prepared, str | None]:
    """What comes out of the cell whose XML this is."""
    path = saved(tmp_path, [["account", "spend"], ["a", 424242]])
    path = changed(path, lambda xml: re.sub(r'<c r="B2".*?</c>', raw, xml))
    done = prepare(path, tmp_path, KNOWN)
    return done, rows_of(done).get(2, (None, None))[1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0012", "0012"),
        (" 12 万 ", "12 万"),
        ("'120", "120"),
        (120000, "120000"),
        (1234.5, "1234.5"),
        (-0.0, "0"),
        (0.0000001, "0.0000001"),
        (10**14, "100000000000000"),
        (True, "true"),
        (False, "false"),
        (date(2026, 11, 1), "2026-11-01"),
        (datetime.fromisoformat("2026-11-01 09:30"), "2026-11-01T09:30:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(days=1, hours=2), "1 day, 2:00:00"),
        ("NA", "NA"),
        ("one\ntwo", "one\ntwo"),
        ('=" 0012"', None),
    ],
)
def test_a_cell_as_its_user_sees_it(value: Any, text: str | None, tmp_path: Path) -> None:
    done = prepare(saved(tmp_path, [["account", "spend"], ["a", value]]), tmp_path, KNOWN)
    assert rows_of(done) == ({2: ("a", text)} if text else {})


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('<c r="B2"><v>16.399999999999999</v></c>', "16.4"),
        ('<c r="B2"><v>1.2E3</v></c>', "1200"),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="B2" t="str"><f>"x"</f><v>x</v></c>', "x"),
        ('<c r="B2" t="inlineStr"><is><t>in</t><r><t>line</t></r></is></c>', "inline"),
        ('<c r="B2" t="d"><v>2026-11-01</v></c>', "2026-11-01"),
        ('<c t="str"><v>no place</v></c>', "no place"),
    ],
)
def test_what_other_programs_write(raw: str, text: str, tmp_path: Path) -> None:
    assert cell(tmp_path, raw)[1] == text


@pytest.mark.parametrize(
    ("raw", "code", "found"),
    [
        ('<c r="B2"><v>0.30000000000000004</v></c>', "number_too_long", "0.30000000000000004"),
        ('<c r="B2"><v>1234567890123456</v></c>', "number_too_long", "1234567890123456"),
        ('<c r="B2"><v>1.2345678901234567E+19</v></c>', "number_too_long", None),
        ('<c r="B2"><v>1E-300</v></c>', "number_too_long", "1E-300"),
        ('<c r="B2"><v>NaN</v></c>', "error_cell", "NaN"),
        ('<c r="B2"><v>nan</v></c>', "error_cell", "nan"),
        ('<c r="B2"><v>-INF</v></c>', "error_cell", "-INF"),
        ('<c r="B2"><v>1E400</v></c>', "number_too_long", "1E400"),
        ('<c r="B2" t="e"><v>#N/A</v></c>', "error_cell", "#N/A"),
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "error_cell", "#DIV/0!"),
        ('<c r="B2"><f>1+1</f></c>', "formula_without_value", "=1+1"),
        ('<c r="B2"><f>1+1</f><v></v></c>', "formula_without_value", "=1+1"),
        ('<c r="B2"><f t="shared" si="0"/></c>', "formula_without_value", "="),
    ],
)
def test_a_cell_that_gives_no_text(raw: str, code: str, found: str | None, tmp_path: Path) -> None:
    done, text = cell(tmp_path, raw)
    (reject,) = rejects_of(done)
    assert text is None
    assert reject[:3] == (2, "spend", code)
    assert found is None or reject.text == found


def test_a_date_beyond_the_calendar_is_an_error(tmp_path: Path) -> None:
    path = saved(tmp_path, [["account", "spend"], ["a", date(2026, 11, 1)]])
    path = changed(
        path, lambda xml: re.sub(r'<c r="B2" s="1".*?</c>', '<c r="B2" s="1"><v>9E9</v></c>', xml)
    )
    assert [reject.code for reject in rejects_of(prepare(path, tmp_path, KNOWN))] == ["error_cell"]


def test_the_calendar_of_1904_is_heeded(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    done = prepare(
        saved(tmp_path, [["account", "spend"], ["a", date(2026, 11, 1)]], book), tmp_path, KNOWN
    )
    assert rows_of(done) == {2: ("a", "2026-11-01")}


def test_every_row_is_counted(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Report"],
        [],
        ["account", None, "spend", "note", None],
        ["a", None, 1, "x"],
        ["b", None, 2],
        [None, None, " "],
        ["c", None, 3, "y", "beyond"],
        ["d", None, 4],
    ]
    done = prepare(saved(tmp_path, rows), tmp_path, KNOWN)
    assert rows_of(done) == {
        4: ("a", "1", "x"),
        5: ("b", "2", ""),
        7: ("c", "3", "y"),
        8: ("d", "4", ""),
    }
    assert not rejects_of(done)
    assert (done.rows, done.rejected, done.blank) == (4, 0, 1)
    assert done.columns == ("account", "spend", "note")
    assert tuple(map(str, done.notes)) == (
        "cells beside or below the table that were not read: 1 (E7)",
        "the header is on line 3; what is above was skipped",
        "a column without a name was dropped",
    )


def test_text_below_no_name_between_two_is_beside_the_table(tmp_path: Path) -> None:
    path = saved(tmp_path, [["account", None, "spend"], ["a", "x", 1], ["b", None, 2]])
    done = prepare(path, tmp_path, KNOWN)
    assert rows_of(done) == {2: ("a", "1"), 3: ("b", "2")}
    assert tuple(map(str, done.notes)) == (
        "cells beside or below the table that were not read: 1 (B2)",
        "a column without a name was dropped",
    )


def test_hidden_rows_and_merged_cells_are_read_and_said(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["account", "spend"], ["a", 1], [None, 2], ["c", 3]):
        sheet.append(row)
    sheet.row_dimensions[4].hidden = True
    sheet.merge_cells("A2:A3")
    done = prepare(saved(tmp_path, [], book), tmp_path, KNOWN)
    assert rows_of(done) == {2: ("a", "1"), 3: ("", "2"), 4: ("c", "3")}
    assert tuple(map(str, done.notes)) == (
        "rows that are hidden were read too: 1",
        "1 merged areas: only the first cell of each has its value",
    )


def test_the_first_visible_sheet_with_a_known_column_is_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "Notes"
    book.worksheets[0].append(["something", "else"])
    for title, state in (("Secret", "hidden"), ("Data", "visible"), ("Other", "visible")):
        sheet = book.create_sheet(title)
        sheet.append(["account", "spend"])
        sheet.append([title, 1])
        sheet.sheet_state = state
    book.active = 3
    path = saved(tmp_path, [], book)
    done = prepare(path, tmp_path, KNOWN)
    assert rows_of(done) == {2: ("Data", "1")}
    assert tuple(map(str, done.notes)) == (
        "read the sheet 'Data'",
        OTHER,
        (
            "the hidden sheet 'Secret' has a table too, which was not read: 1 rows; "
            "give --sheet 'Secret' for it"
        ),
        "sheets without a list of customers that were not read: 'Notes'",
    )
    assert done.not_used == done.notes[1:]
    assert rows_of(prepare(path, tmp_path, KNOWN._replace(sheet="Secret"))) == {2: ("Secret", "1")}
    assert "no known column" in message_of(path, tmp_path, KNOWN._replace(sheet="Notes"))
    said = message_of(path, tmp_path, KNOWN._replace(sheet="data"))
    assert "has no sheet 'data'; it has 'Notes', 'Secret', 'Data', 'Other'" in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "is empty"),
        ([["account", "spend"]], "has a header and no rows"),
        ([["account", "spend"], [" ", None]], "has a header and no rows"),
        ([["x", "y"], [1, 2]], "has no known column"),
        ([["t"]] * 11 + [["account"], ["a"]], "has no known column"),
        ([["account", "spend", " Spend "], [1, 2, 3]], "the header repeats 'Spend'"),
        ([["account", *range(500)], [1]], "has more than 500 columns; keep fewer"),
        ([["account"], [*[None] * 500, "x"]], "has a header and no rows"),
    ],
)
def test_a_sheet_that_is_no_table(rows: list[list[Any]], said: str, tmp_path: Path) -> None:
    assert said in message_of(saved(tmp_path, rows), tmp_path)


def test_a_preamble_of_ten_rows_is_passed_over(tmp_path: Path) -> None:
    rows = [["t"]] * 10 + [["account"], ["a"]]
    assert rows_of(prepare(saved(tmp_path, rows), tmp_path, KNOWN)) == {12: ("a",)}


def test_a_workbook_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = saved(tmp_path, [["account"], ["a"]])
    renamed = path.rename(tmp_path / "a.csv")
    assert kind_of(renamed) == "xlsx"
    assert rows_of(prepare(renamed, tmp_path, KNOWN)) == {2: ("a",)}
    with renamed.open("rb") as stream:
        assert rows_of(prepare(stream, tmp_path, KNOWN)) == {2: ("a",)}


def test_texts_in_a_part_of_their_own_are_found(tmp_path: Path) -> None:
    path = shared(saved(tmp_path, [["account", "note"], ["0012", "x"], ["'12", " y"]]))
    assert rows_of(prepare(path, tmp_path, KNOWN)) == {2: ("0012", "x"), 3: ("12", "y")}


def test_a_damaged_workbook_is_refused_in_a_sentence(tmp_path: Path) -> None:
    whole = saved(tmp_path, [["account", "spend"]] + [[f"a{n}", str(n)] for n in range(50)])
    data = whole.read_bytes()
    path = tmp_path / "damaged.xlsx"
    for cut in range(8, len(data), 97):
        path.write_bytes(data[:cut])
        assert "is a damaged workbook (its ZIP directory, as of a file that" in message_of(
            path, tmp_path
        )


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace('r="B2"', 'r="2B"'),
        lambda xml: xml.replace('r="B2"', 'r="B3"'),
        lambda xml: xml.replace("<v>1</v>", "<v>one</v>"),
        lambda xml: xml.replace("<v>1</v>", "<v>1_0</v>"),
        lambda xml: xml.replace("<v>1</v>", "<v>١</v>"),
        lambda xml: xml.replace("<v>0</v>", "<v>-1</v>"),
        lambda xml: xml.replace('r="B2"', 'r="B2" s="x"'),
        lambda xml: xml.replace("<v>0</v>", "<v>99</v>"),
        lambda xml: xml.replace("</row>", "", 1),
        lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]>' + xml,
        lambda xml: '<!DOCTYPE x SYSTEM "file:///etc/passwd">' + xml,
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(change: Change, tmp_path: Path) -> None:
    path = shared(saved(tmp_path, [["account", "spend"], ["a", 1], ["b", 2]]))
    assert "is a damaged workbook" in message_of(changed(path, change), tmp_path)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused_in_every_part(part: str, tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'

    def spoil(xml: str) -> str:
        return re.sub(r"(<\?xml.*?\?>)?", lambda found: found[0] + bomb, xml, count=1)

    path = changed(shared(saved(tmp_path, [["account", "spend"], ["a", 1]])), spoil, part)
    assert "is a damaged workbook" in message_of(path, tmp_path)


def test_limits_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, [["account", "spend"], ["a", 1]])
    far = changed(path, lambda xml: xml.replace('<row r="2"', '<row r="1048577"'))
    assert "has more than 1048576 rows" in message_of(far, tmp_path)
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 30 * 1024**2)
    assert "unpacks to 30 MiB, more than is read" in message_of(bomb, tmp_path)
    monkeypatch.setattr(package, "LARGEST_WORKBOOK", 1000)
    assert "more than is read" in message_of(path, tmp_path)


def test_a_full_disk_is_no_damaged_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, [["account", "spend"], ["a", 1]])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("supportcli.inputs.tables.rows.Sink.row", full)
    assert "no space left on the device" in message_of(path, tmp_path)


def test_any_name_is_wanted_by_default(tmp_path: Path) -> None:
    done = prepare(saved(tmp_path, [["x"], ["a"]]), tmp_path, TableOptions())
    assert done.columns == ("x",)
