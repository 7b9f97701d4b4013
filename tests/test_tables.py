"""CSV files with one trouble each: what is read, what is refused, and what is said of it."""

from __future__ import annotations

import csv
import gzip
import io
import os
import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, get_args

import pytest
import zstandard

from supportcli.advice.refusals import RowCode
from supportcli.errors import ExitCode, Message, UsageError
from supportcli.inputs.tables import files as table_sources
from supportcli.inputs.tables.open import (
    Prepared,
    Reject,
    TableError,
    TableOptions,
    kind_of,
    prepare,
    read_rejects,
)

FILES = Path(__file__).parent / "csv"
KNOWN = TableOptions(wanted={"account", "spend"}.__contains__)
ACME = ("acme", "1", "x")
BETA = ("beta", "2", "y")
GAMMA = ("gamma", "3", "z")
SEMICOLON = "the separator is semicolon"
COUNTED = "a first column without a name, which counts the rows, was dropped"
MADE = "columns without a name that hold text are called: '{}'"
COLUMNS = ("account", "spend", "note")
DROPPED = "a separator at the end of every line was dropped"


def above(line: int) -> str:
    return f"the header is on line {line}; what is above was skipped"


class Read(NamedTuple):
    """What comes out of a file that can be read."""

    rows: Mapping[int, tuple[str, ...]]
    rejects: tuple[tuple[int, str, str], ...] = ()
    blank: int = 0
    notes: tuple[str, ...] = ()
    direct: bool = False
    columns: tuple[str, ...] = COLUMNS


PLAIN = {2: ACME, 3: BETA}
UNCLEAR = (
    (2, "", "unterminated_quote"),
    (3, "", "after_open_quote"),
    (4, "", "after_open_quote"),
)
READ = {
    "plain.csv": Read({2: ("acme", "120000", "x"), 3: ("0012", "1.50", "")}, direct=True),
    "bom.csv": Read({2: ("阿里", "1", "客户")}, direct=True),
    "crlf.csv": Read(PLAIN, direct=True),
    "no-last-newline.csv": Read({2: ACME}, direct=True),
    "invisible.csv": Read({2: ("ac\u200bme", "1", "\u202ex")}, direct=True),
    "gb18030.csv": Read(
        {2: ("北京公司", "12", "续约客户"), 3: ("李珅", "3", "乗")}, notes=("read as GB18030",)
    ),
    "utf-16-le.csv": Read({2: ("阿里", "1", "x")}, notes=("read as UTF-16",)),
    "utf-16-be.csv": Read({2: ("阿里", "1", "x")}, notes=("read as UTF-16",)),
    "utf-32.csv": Read({2: ("阿里", "1", "x")}, notes=("read as UTF-32",)),
    "semicolon.csv": Read({2: ("acme", "1.234,56", "a,b")}, notes=(SEMICOLON,), direct=True),
    "tab.csv": Read({2: ("acme", "1", "a,b")}, notes=("the separator is tab",), direct=True),
    "full-width-comma.csv": Read({2: ACME}, notes=("the separator is full-width comma",)),
    "sep-line.csv": Read({3: ACME}, notes=(above(2), SEMICOLON)),
    "quoted-header.csv": Read(
        {2: ACME}, notes=(SEMICOLON,), columns=("account", "spend, net", "note")
    ),
    "header-on-two-lines.csv": Read(
        {3: ACME},
        notes=("the name of column 'spend CNY' stands on several lines",),
        columns=("account", "spend CNY", "note"),
    ),
    "cr-only.csv": Read(PLAIN),
    "mixed-newlines.csv": Read({**PLAIN, 4: GAMMA}),
    "line-break-in-quotes.csv": Read(
        {2: ("acme", "1", "one\ntwo\n"), 5: BETA, 6: ("gamma", "x", "a\r\nb")}
    ),
    "blank-lines.csv": Read({3: ACME, 8: BETA}, blank=6),
    "separators-last.csv": Read(PLAIN, notes=(DROPPED,)),
    "separators-last-with-text.csv": Read(
        {2: ACME}, ((3, "", "too_many_fields"),), notes=(DROPPED,)
    ),
    "ragged.csv": Read({4: GAMMA}, ((2, "", "too_few_fields"), (3, "", "too_many_fields"))),
    "cut-row.csv": Read(
        {2: ACME, 6: ("delta", "4", "d")},
        ((3, "", "cut_row"), (4, "", "too_few_fields"), (5, "", "cut_row")),
    ),
    "thousands-separator.csv": Read({3: BETA}, ((2, "", "too_many_fields"),)),
    "missing-name-empty-column.csv": Read(
        {2: ("acme", "1")},
        notes=("an empty column without a name was dropped",),
        columns=("account", "spend"),
    ),
    "missing-name-with-text.csv": Read(
        {2: ("acme", "", "1"), 3: ("beta", "x", "2")},
        notes=(MADE.format("column_2"),),
        columns=("account", "column_2", "spend"),
    ),
    "no-index-column.csv": Read(
        {2: ("north", *ACME), 3: ("south", *BETA)},
        notes=(MADE.format("column_1"),),
        columns=("column_1", *COLUMNS),
    ),
    "index-counted-twice.csv": Read(
        {2: ("0", *ACME), 3: ("0", *BETA)},
        notes=(MADE.format("column_1"),),
        columns=("column_1", *COLUMNS),
    ),
    "index-column.csv": Read(PLAIN, notes=(COUNTED,)),
    "index-of-some-rows.csv": Read(PLAIN, notes=(COUNTED,)),
    "empty-cell-last.csv": Read(PLAIN, notes=(DROPPED,)),
    "empty-cell-last-of-some.csv": Read({3: BETA}, ((2, "", "too_many_fields"),)),
    "vertical-bars.csv": Read(
        {2: ACME, 3: ("beta", "2", "a,b")},
        notes=("the separator is vertical bar",),
        direct=True,
    ),
    "open-quote.csv": Read(
        {3: BETA, 4: ("gamma, inc", "3", "z")}, ((2, "account", "unterminated_quote"),)
    ),
    "open-quote-at-the-end.csv": Read({2: ACME, 4: GAMMA}, ((3, "note", "unterminated_quote"),)),
    "open-quote-swallows.csv": Read(
        {5: ("delta", "4", "w")},
        ((2, "", "unterminated_quote"), (3, "", "after_open_quote"), (4, "", "after_open_quote")),
    ),
    "quote-closed-badly.csv": Read({5: GAMMA}, ((2, "note", "unterminated_quote"), *UNCLEAR[1:])),
    "row-inside-quotes.csv": Read({5: GAMMA}, UNCLEAR),
    "open-quote-and-stray-quote.csv": Read(
        {4: GAMMA}, ((2, "", "unterminated_quote"), (3, "", "after_open_quote"))
    ),
    "open-quote-before-another.csv": Read(
        {3: BETA, 4: ("gamma", "3", "z, w")}, ((2, "note", "unterminated_quote"),)
    ),
    "stray-quote.csv": Read({4: GAMMA}, ((2, "note", "stray_quote"), (3, "note", "stray_quote"))),
    "doubled-quotes.csv": Read({2: ('ac"me, "inc"', "1", '"')}),
    "spaces-round-quotes.csv": Read({2: ("acme", "1", "a, b")}),
    "nul.csv": Read({3: BETA}, ((2, "account", "control_character"),)),
    "escape.csv": Read({3: BETA}, ((2, "note", "control_character"),)),
    "comments.csv": Read({4: ACME, 5: ("#beta", "2", "y")}, notes=(above(3),)),
    "preamble.csv": Read({5: ACME}, notes=(above(4),)),
    "wrapped.csv": Read({2: ("0012", "0034", "5,6")}),
    "apostrophes.csv": Read({2: ("'s-Hertogenbosch", "120", "'quoted'")}),
    "spaces.csv": Read({2: ACME}),
    "one-column.csv": Read({2: ("acme",), 4: ("beta",)}, blank=1, columns=("account",)),
    "packed.csv.gz": Read(PLAIN, direct=True),
    "packed-in-two.csv.gz": Read({2: ACME}, direct=True),
    "packed-quotes.csv.gz": Read({2: ACME}),
    "gzip-without-its-name.csv": Read(PLAIN, direct=True),
    "packed.csv.zst": Read(PLAIN, direct=True),
    "packed-in-two.csv.zst": Read({2: ACME}, direct=True),
    "text.xlsx": Read(
        PLAIN, notes=("the name ends in .xlsx, but the content is text",), direct=True
    ),
}
REFUSED = {
    "empty.csv": "is empty; give a table with a header line",
    "bom-alone.csv": "is empty; give a table with a header line",
    "header-alone.csv": "has a header and no rows; add a row",
    "header-and-blank-lines.csv": "has a header and no rows; add a row",
    "only-blank-lines.csv": "holds no header, only empty lines or comments; give a table",
    "only-comments.csv": "holds no header, only empty lines or comments; give a table",
    "no-known-column.csv": "has no known column (first line: 'x, y'); if 'y' is the monthly spend",
    "preamble-too-long.csv": "has no known column (first line: 'title'); say which one holds what",
    "repeated-header.csv": "the header repeats 'Spend'; rename or remove a column",
    "empty-cell-last-or-a-comma.csv": "the rows have 4 cells and the header 3; check the header",
    "stray-quote-in-header.csv": "a quote in the header is out of place; mend the header line",
    "control-in-header.csv": "a control character stands in the header; remove it",
    "all-ragged.csv": "the rows have 2 cells and the header 3; check the header line",
    "big5.csv": "as GB18030 it would be odd Chinese",
    "shift-jis.csv": "as GB18030 it would be odd Chinese",
    "euc-kr.csv": "as GB18030 it would be odd Chinese ('伙己')",
    "cp1252.csv": "as GB18030 it would be odd Chinese ('黮')",
    "cp1251.csv": "is neither UTF-8 nor GB18030; name its encoding with --encoding",
    "utf-8-broken.csv": "a byte here is not UTF-8, as the rest is; save the file as UTF-8 again",
    "utf-16-without-bom.csv": "looks like UTF-16 without its mark; save it as UTF-8",
    "binary.csv": "is neither UTF-8 nor GB18030; name its encoding with --encoding",
    "cut.csv.gz": "cannot be unpacked, it is damaged or not complete",
    "corrupt.csv.gz": "cannot be unpacked, it is damaged or not complete",
    "cut.csv.zst": "cannot be unpacked, it is damaged or not complete",
    "rubbish-behind.csv.zst": "cannot be unpacked, it is damaged or not complete",
    "zip.csv": "is a ZIP archive; unpack it and give the table inside",
    "old.xls": "is encrypted or an old .xls; save it as .xlsx without a password",
    "parquet.csv": "is a Parquet file; give a CSV or XLSX file",
}
ENCODINGS = {
    "big5.csv": ("big5", ("台灣電機公司", "12", "續約客戶")),
    "shift-jis.csv": ("shift_jis", ("株式会社テスト", "12", "東京都のお客様")),
    "euc-kr.csv": ("euc_kr", ("삼성", "12", "")),
    "cp1251.csv": ("cp1251", ("Москва", "12", "Ромашка")),
    "cp1252.csv": ("cp1252", ("Müller", "12", "")),
    "utf-16-without-bom.csv": ("utf-16-le", ("阿里", "1", "x")),
}


def rows_of(done: Prepared) -> dict[int, tuple[str, ...]]:
    with done.path.open(encoding="utf-8", newline="") as file:
        return {int(row[0]): tuple(row[1:]) for row in csv.reader(file, strict=True)}


def rejects_of(done: Prepared) -> list[Reject]:
    return list(read_rejects(done.rejects)) if done.rejects else []


def made(tmp_path: Path, content: bytes | str, name: str = "a.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def message_of(path: Path, folder: Path, options: TableOptions = KNOWN) -> str:
    with pytest.raises(TableError) as caught:
        prepare(path, folder, options)
    assert caught.value.exit_code is ExitCode.FAILED
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_every_file_has_its_expectation() -> None:
    assert {path.name for path in FILES.iterdir()} == {*READ, *REFUSED}


@pytest.mark.parametrize("name", READ)
def test_what_is_read(name: str, tmp_path: Path) -> None:
    expected = READ[name]
    done = prepare(FILES / name, tmp_path, KNOWN, force=True)
    assert rows_of(done) == expected.rows
    assert tuple(reject[:3] for reject in rejects_of(done)) == expected.rejects
    assert (done.rows, done.rejected) == (len(expected.rows), len(expected.rejects))
    assert done.blank == expected.blank
    assert done.columns == expected.columns
    assert tuple(map(str, done.notes)) == expected.notes
    assert not done.direct


@pytest.mark.parametrize("name", READ)
def test_a_clean_file_is_left_where_it_is(name: str, tmp_path: Path) -> None:
    done = prepare(FILES / name, tmp_path, KNOWN)
    if name == "ragged.csv":  # short and long lines even out: the engine will say so
        assert done.direct
        return
    assert done.direct == READ[name].direct
    assert done.columns == READ[name].columns
    assert tuple(map(str, done.notes)) == READ[name].notes
    if done.direct:
        assert done.path == FILES / name
        assert (done.rows, done.rejected, done.blank, done.rejects) == (
            len(READ[name].rows),
            0,
            0,
            None,
        )
        assert list(tmp_path.iterdir()) == []


def test_a_direct_file_is_described(tmp_path: Path) -> None:
    described = {
        name: prepare(FILES / name, tmp_path, KNOWN)[3:6]
        for name in ("crlf.csv", "tab.csv", "packed.csv.gz", "packed.csv.zst", "semicolon.csv")
    }
    assert described == {
        "crlf.csv": (",", "\r\n", "none"),
        "tab.csv": ("\t", "\n", "none"),
        "packed.csv.gz": (",", "\n", "gzip"),
        "packed.csv.zst": (",", "\n", "zstd"),
        "semicolon.csv": (";", "\n", "none"),
    }


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_as_a_whole(name: str, tmp_path: Path) -> None:
    said = message_of(FILES / name, tmp_path)
    assert REFUSED[name] in said
    assert name in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("<html><table><tr><td>account", "is a web page or XML; open it in a spreadsheet"),
        ("\ufeff\n<!DOCTYPE html>\n", "is a web page or XML; open it in a spreadsheet"),
        ('<?xml version="1.0"?><Workbook/>', "is a web page or XML; open it in a spreadsheet"),
        ("%PDF-1.7\n", "is a PDF; give the table that it was made of"),
    ],
)
@pytest.mark.parametrize("name", ["list.xlsx", "list.xls", "list.csv"])
def test_what_is_no_table_whatever_it_is_called(
    head: str, said: str, name: str, tmp_path: Path
) -> None:
    assert said in message_of(made(tmp_path, head.encode(), name), tmp_path)


@pytest.mark.parametrize("name", ENCODINGS)
def test_the_encoding_can_be_named(name: str, tmp_path: Path) -> None:
    encoding, row = ENCODINGS[name]
    done = prepare(FILES / name, tmp_path, KNOWN._replace(encoding=encoding))
    assert rows_of(done) == {2: row}
    assert [str(note).lower() for note in done.notes] == [f"read as {encoding}"]


def test_the_named_encoding_overrules_and_must_fit(tmp_path: Path) -> None:
    chinese = FILES / "gb18030.csv"
    assert prepare(FILES / "bom.csv", tmp_path, KNOWN._replace(encoding="UTF8")).direct
    said = message_of(chinese, tmp_path, KNOWN._replace(encoding="utf-8"))
    assert "gb18030.csv:2: is not in the encoding utf-8" in said
    for name in ("klingon", "unicode_escape", "base64", "a\0b"):
        with pytest.raises(UsageError, match="is not an encoding"):
            prepare(chinese, tmp_path, KNOWN._replace(encoding=name))


def test_a_reject_says_what_was_found_and_what_to_write(tmp_path: Path) -> None:
    path = made(tmp_path, f"account,spend\nacme,1,{'x' * 300}\nb,\x07\nc,1\n")
    first, second = rejects_of(prepare(path, tmp_path, KNOWN))
    assert first.text == f"acme,1,{'x' * 300}"[:200]
    assert first.message == Message(
        "has {found} cells and the header {expected}; put quotes round a cell that holds the "
        "separator",
        found=3,
        expected=2,
    )
    assert second == Reject(
        3,
        "spend",
        "control_character",
        "b,\x07",
        Message("holds the control character U+{code}; remove it", code="0007"),
    )


def test_every_code_of_a_row_occurs(tmp_path: Path) -> None:
    found = {
        reject.code
        for name in READ
        for reject in rejects_of(prepare(FILES / name, tmp_path, KNOWN, force=True))
    }
    of_sheets = {"number_too_long", "error_cell", "formula_without_value", "merged_amount"}
    assert found | of_sheets | {"field_too_long"} == set(get_args(RowCode))


def test_a_field_may_have_131072_characters_and_no_more(tmp_path: Path) -> None:
    long = "x" * 131_072
    path = made(
        tmp_path, f'account,note\na,{long}\nb,{long}x\nc,"{long}"\nd,"{long}x"\ne,"{long}x\nf,y\n'
    )
    done = prepare(path, tmp_path, KNOWN)
    assert list(rows_of(done)) == [2, 4, 7]
    assert [reject[:3] for reject in rejects_of(done)] == [
        (3, "", "field_too_long"),
        (5, "note", "field_too_long"),
        (6, "note", "unterminated_quote"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_an_endless_line_costs_its_own_row_only(newline: str, tmp_path: Path) -> None:
    lines = ["account,note", "a,1", '"b,' + "x" * 5_000_000, "c,2", "", "d,3"]
    done = prepare(made(tmp_path, newline.join(lines)), tmp_path, KNOWN)
    assert rows_of(done) == {2: ("a", "1"), 4: ("c", "2"), 6: ("d", "3")}
    assert [reject[:3] for reject in rejects_of(done)] == [(3, "", "field_too_long")]
    assert done.blank == 1


def test_an_endless_header_is_refused(tmp_path: Path) -> None:
    assert "the header line is too long" in message_of(
        made(tmp_path, 'account,"' + "x" * 3_000_000), tmp_path
    )
    many = ",".join(["account", *map(str, range(1000))])
    assert "more than 500 columns" in message_of(made(tmp_path, f"{many}\n"), tmp_path)


def test_many_open_quotes_take_no_longer_than_their_lines(tmp_path: Path) -> None:
    path = made(tmp_path, "account,note\n" + '"a,b\nc,d\n' * 20_000)
    done = prepare(path, tmp_path, KNOWN)
    assert (done.rows, done.rejected) == (20_000, 20_000)


def test_line_breaks_survive_wherever_the_pieces_are_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = 'account,note\r\n"a\r\nb",1\r\n\rc,2\r\n\nd,3\r'
    expected = {2: ("a\r\nb", "1"), 5: ("c", "2"), 7: ("d", "3")}
    for size in range(1, 20):
        monkeypatch.setattr("supportcli.inputs.tables.lines._CHUNK", size)
        assert rows_of(prepare(made(tmp_path, content), tmp_path, KNOWN)) == expected


def test_the_byte_check_sees_what_spans_two_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dirty = ("a, 1", "a ,1", ",", "#a,1", "a,'1", "a,1\u3000", "\u00a0a,1", "a,\x001", "a\r,1", "")
    for size in range(8, 30):
        monkeypatch.setattr(table_sources, "CHUNK", size + 13)
        for line in dirty:
            path = made(tmp_path, f"account,note\n阿里,2\n{line}\n阿里,3\n")
            assert not prepare(path, tmp_path, KNOWN).direct, (size, line)
        assert prepare(made(tmp_path, "account,note\n阿里,2\na,3\n"), tmp_path, KNOWN).direct


def test_a_last_line_without_a_break_is_checked_too(tmp_path: Path) -> None:
    for last in ("b,2 ", "b,2\u3000", "b,2\r", ",", "b,\xff"[:2] + "\x01"):
        path = made(tmp_path, f"account,note\na,1\n{last}")
        assert not prepare(path, tmp_path, KNOWN).direct, last
    assert "not UTF-8" in message_of(made(tmp_path, b"account,n\na,\xe5\x8c\x97\xe4"), tmp_path)


def test_a_stream_is_read_to_its_end(tmp_path: Path) -> None:
    done = prepare(io.BytesIO(b"account,spend\na,1\n"), tmp_path, KNOWN)
    assert done.direct
    assert done.path.parent == tmp_path
    with pytest.raises(TableError, match=r"^-: is empty"):
        prepare(io.BytesIO(b""), tmp_path, KNOWN)
    packed = prepare(io.BytesIO(gzip.compress(b'account,spend\n"a",1\n')), tmp_path, KNOWN)
    assert rows_of(packed) == {2: ("a", "1")}


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is not a file" in message_of(tmp_path, tmp_path)
    assert "is not a file" in message_of(tmp_path / "pipe", tmp_path)
    assert "is not a file" in message_of(Path("/dev/zero"), tmp_path)
    assert "there is no such file" in message_of(tmp_path / "missing.csv", tmp_path)
    assert "cannot be read (the name is too long)" in message_of(tmp_path / ("x" * 300), tmp_path)
    assert "cannot be read" in message_of(tmp_path / "a\0b", tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    assert "links lead in a circle" in message_of(tmp_path / "loop", tmp_path)


def test_a_file_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, "account,spend\na,1\n")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "cannot be read (permission denied)" in message_of(path, tmp_path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    said = message_of(FILES / "nul.csv", tmp_path / "missing")
    assert said.endswith("missing: cannot be written (no such file or folder)")


def test_kinds(tmp_path: Path) -> None:
    names = ("plain.csv", "packed.csv.gz", "packed.csv.zst", "old.xls", "parquet.csv", "zip.csv")
    kinds = [kind_of(FILES / name) for name in (*names, "text.xlsx", "empty.csv")]
    assert kinds == ["text", "gzip", "zstd", "ole", "parquet", "zip", "text", "text"]
    assert kind_of(made(tmp_path, b"PK\x03\x04cut", "cut.xlsx")) == "xlsx"
    assert kind_of(made(tmp_path, b"PK\x03\x04cut", "cut.csv")) == "zip"


@pytest.mark.slow
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_bomb_is_refused(pack: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(pack)
    monkeypatch.setattr(table_sources, "LARGEST_UNPACKED", 2 * 1024**2)
    bomb = made(tmp_path, pack(b"account,spend\n" + b"a,1\n" * 2_000_000))
    assert "unpacks to more than 200 times its size and more than 2 MiB" in message_of(
        bomb, tmp_path
    )
    rows = "".join(f"{random.Random(at).random()},1\n" for at in range(200_000))
    honest = made(tmp_path, pack(f"account,spend\n{rows}".encode()))
    assert prepare(honest, tmp_path, KNOWN).direct


def test_names_of_headers_are_matched_whatever_the_default(tmp_path: Path) -> None:
    path = made(tmp_path, "a;b;c\n1;2;3\n")
    done = prepare(path, tmp_path)
    assert (done.columns, done.delimiter) == (("a", "b", "c"), ";")


def test_messages_never_hold_the_machine_s_control_characters(tmp_path: Path) -> None:
    said = message_of(made(tmp_path, "\x1b]0;x\x07,y\n1,2\n", "a\x1b[1m.csv"), tmp_path)
    assert not re.search("[\x00-\x1f]", said)
