"""What a workbook says of its amounts outside of its cells: comments, page headers and footers."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from supportcli.errors import ExitCode
from supportcli.inputs.workbook import comments
from tests.raw_workbook import HEADER, MAIN, OFFICE, number, row, sheet, word, workbook
from tests.runner import Done
from tests.test_context import batch as run
from tests.test_context import postpaid

NOTE = (
    "你的Excel版本可读取此线程批注; 但如果在更新版本的Excel中打开文件，"
    "则对批注所作的任何改动都将被删除。"
    "了解详细信息: https://go.microsoft.com/fwlink/?linkid=870924"
)
ENGLISH_NOTE = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
    "however, any edits to it will get removed if the file is opened in a newer version of Excel. "
    "Learn more: https://go.microsoft.com/fwlink/?linkid=870924"
)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def listed(
    said: dict[str, str] | None = None, above: str = "", below: str = "", name: str = "spend"
) -> Path:
    """A list of one customer, twelve of an unknown unit, with comments by their places."""
    book = openpyxl.Workbook()
    [only] = book.worksheets
    for cells in (["account", name, "budget"], ["A1", 12, 7]):
        only.append(cells)
    for place, text in (said or {}).items():
        only[place].comment = Comment(text, "Li")
    header, footer = only.oddHeader, only.evenFooter
    assert header is not None
    assert footer is not None
    header.center.text, footer.left.text = above, below
    book.save("in.xlsx")
    return Path("in.xlsx")


def batch(path: Path, *flags: str) -> Done:
    return run(str(path), *flags)


def stopped(done: Done) -> bool:
    return done.code == ExitCode.USAGE


@pytest.mark.parametrize("place", ["B1", "B2", "A1"])
@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        # A tenth of twelve in the unit that is said: 12 万 are 120,000.
        ("单位：万元", "万", "12000.00"),
        ("Li:\n单位：\n万元", "万", "12000.00"),
        ("amounts are in thousands", "thousand", "1200.00"),
    ],
)
def test_a_comment_that_says_the_unit_stops_the_run_with_the_flag_to_write(
    place: str, text: str, unit: str, amount: str
) -> None:
    path = listed({place: text})
    done = batch(path)
    assert stopped(done)
    assert f"(the comment on {place}) says what amounts are in" in done.err
    assert f"give --unit {unit}, else --unit CNY" in done.err
    assert batch(path, "--unit", unit).code == ExitCode.DONE
    assert postpaid() == [amount]
    done = batch(path, "--unit", "CNY")
    assert postpaid() == ["1.20"]
    assert "not used, because --unit says what the amounts are in" in done.err


@pytest.mark.parametrize("place", ["B1", "B2"])
@pytest.mark.parametrize("text", ["万元", "in USD thousands", "2026年累计", "该客户用美元结算"])
def test_a_comment_on_amounts_that_may_say_it_stops_the_run(place: str, text: str) -> None:
    done = batch(listed({place: text}))
    assert stopped(done)
    assert f"(the comment on {place})" in done.err


@pytest.mark.parametrize(
    "said",
    [
        {"B1": "以财务为准"},
        {"B2": "含 3 月退款 2 万元、$50 与 300元"},
        {"A1": "Dollar General 的账号在此"},
        {"A2": "单位：万元"},  # about this customer, in no column of amounts
        {"C2": "单位：万元"},
        {"B1": ENGLISH_NOTE},
        {"B1": NOTE},
        {"B1": "Li:"},
    ],
)
def test_other_comments_are_none_of_the_amounts(said: dict[str, str]) -> None:
    assert batch(listed(said)).code == ExitCode.DONE
    assert postpaid() == ["1.20"]


def test_what_says_the_same_as_the_name_of_the_amounts_is_no_news() -> None:
    path = listed({"B1": "单位：万元"}, "单位：万元", name="spend（万元）")
    assert batch(path).code == ExitCode.DONE
    assert postpaid() == ["12000.00"]
    assert stopped(batch(listed({"B1": "单位：元"}, name="spend（万元）")))


@pytest.mark.parametrize(
    "text", ["单位：万元", '&"Arial,Bold"&12 &K00FF00单位：万元', "Sales && Co&R&8in USD thousands"]
)
def test_a_page_header_or_footer_that_says_the_unit_stops_the_run(text: str) -> None:
    for path in (listed(above=text), listed(below=text)):
        done = batch(path)
        assert stopped(done)
        assert "(a page header or footer) says" in done.err


@pytest.mark.parametrize("text", ['&C&"Times New Roman,Regular"&12Page &P of &N', "&A", "机密 &D"])
def test_other_page_headers_say_nothing(text: str) -> None:
    assert batch(listed(above=text)).code == ExitCode.DONE


def raw(parts: dict[str, str | bytes], related: str, tail: str = "") -> Path:
    """A workbook whose sheet has these parts."""
    rows = (HEADER, row(2, word("A1"), number("12")))
    path = workbook(Path("in.xlsx"), sheet(*rows, tail=tail), parts, related=())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "xl/worksheets/_rels/s0.xml.rels", f"<Relationships>{related}</Relationships>"
        )
    return path


def relation(kind: str, part: str) -> str:
    return f'<Relationship Id="{part}" Type="{OFFICE}/{kind}" Target="../{part}"/>'


BOTH = relation("comments", "c.xml") + relation("threadedComment", "t.xml")


def threads(place: str, text: str) -> str:
    thread = f'<threadedComment ref="{place}"><text>{text}</text></threadedComment>'
    return f'<ThreadedComments xmlns="x">{thread}</ThreadedComments>'


def notes(place: str, text: str) -> str:
    return (
        f'<comments xmlns="{MAIN}"><authors><author>Li</author></authors><commentList><comment '
        f'ref="{place}"><text><r><t>Li:\n</t></r><r><t>{text}</t></r><rPh><t>USD</t></rPh></text>'
        "</comment></commentList></comments>"
    )


def test_a_thread_is_read_and_goes_before_the_note_that_copies_it() -> None:
    path = raw(
        {"xl/c.xml": notes("B1", "币种：美元"), "xl/t.xml": threads("B1", "单位：千元")}, BOTH
    )
    done = batch(path)
    assert stopped(done)
    assert "'单位：千元' (the comment on B1)" in done.err
    assert "美元" not in done.err
    path = raw({"xl/c.xml": notes("B1", "币种：美元"), "xl/t.xml": threads("B2", "见财务")}, BOTH)
    assert "'币种：美元' (the comment on B1)" in batch(path).err


def test_a_comment_on_no_cell_is_on_no_amount() -> None:
    assert batch(raw({"xl/c.xml": notes("ZZZZ1", "单位：万元")}, BOTH)).code == ExitCode.DONE
    assert batch(raw({"xl/c.xml": notes("ZZZ1", "单位：万元")}, BOTH)).code == ExitCode.DONE


def test_no_more_comments_are_read_than_a_list_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "MOST_COMMENTS", 0)
    assert batch(raw({"xl/c.xml": notes("B1", "单位：万元")}, BOTH)).code == ExitCode.DONE


def test_damaged_comments_are_named() -> None:
    done = batch(raw({"xl/c.xml": "<comments>"}, BOTH))
    assert "is a damaged workbook ('xl/c.xml')" in done.err


def test_pages_of_a_part_in_utf_16() -> None:
    tail = "<headerFooter><oddHeader>&amp;C单位：&#19975;元</oddHeader></headerFooter>"
    assert stopped(batch(raw({}, "", tail)))
    rows = (HEADER, row(2, word("A1"), number("12")))
    text = f'<?xml version="1.0" encoding="UTF-16"?>{sheet(*rows, tail=tail)}'
    path = workbook(Path("u.xlsx"), {}, {}, related=())
    path.unlink()
    source = raw({}, "")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            wide = name.endswith("s0.xml")
            new.writestr(name, text.encode("utf-16") if wide else old.read(name))
    assert stopped(batch(path))


def with_sheet(rows: list[list[object]], name: str = "spend") -> Path:
    book = openpyxl.load_workbook(listed(name=name))
    other = book.create_sheet("说明")
    for cells in rows:
        other.append(cells)
    book.save("in.xlsx")
    return Path("in.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        [["单位", "万元"]],
        [["负责人", "张三"], ["金额单位：", "千元"]],
        [["currency", "USD"]],
        [["统计区间：2026-01 至 2026-10"]],
        [["Period", "2026-01-01 - 2026-10-31"]],
    ],
)
def test_another_sheet_that_says_what_the_amounts_are_of_stops_the_run(
    rows: list[list[object]],
) -> None:
    path = with_sheet(rows)
    done = batch(path)
    assert stopped(done)
    assert "(the sheet '说明') says" in done.err
    assert batch(path, "--unit", "CNY").code == ExitCode.DONE
    assert postpaid() == ["1.20"]


@pytest.mark.parametrize(
    "rows",
    [
        [["单位", "某某公司"], ["更新记录", "2026-01 ~ 2026-10"], ["企业版", "25000元/年"]],
        [["合同统计期间：2026-01 至 2027-12"], ["字段", "含义", "示例"], ["名称" * 20, "x"]],
    ],
)
def test_another_sheet_that_says_other_things_does_not(rows: list[list[object]]) -> None:
    assert batch(with_sheet(rows)).code == ExitCode.DONE


def test_a_range_on_another_sheet_is_not_of_amounts_that_are_monthly_by_name() -> None:
    done = batch(with_sheet([["统计区间：2026-01 至 2026-10"]], "monthly_spend"))
    assert done.code == ExitCode.DONE
    assert "the sheet '说明', which was not read, says" in done.err
