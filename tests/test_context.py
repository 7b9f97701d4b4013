"""What stands beside amounts means something: lines above the header, in CSV and in sheets."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openpyxl import Workbook

from supportcli.errors import ExitCode
from supportcli.inputs.customers.context import read_above
from tests.runner import TODAY, Done, run_cli
from tests.test_structured import SCHEMA


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def batch(name: str, *flags: str) -> Done:
    """With a response of ten minutes the postpaid part is a tenth of the spend."""
    needs = ("--include-doubtful", "--response", "10m", *TODAY)
    return run_cli("batch", name, "--out", "out.csv", "--force", *needs, *flags)


def book(text: str, *flags: str) -> Done:
    Path("in.csv").write_text(text, encoding="utf-8")
    return batch("in.csv", *flags)


def sheets(*tables: Sequence[Sequence[object]]) -> str:
    made = Workbook()
    made.remove(made.worksheets[0])
    for at, table in enumerate(tables, 1):
        sheet = made.create_sheet(f"S{at}")
        for row in table:
            sheet.append(list(row))
    made.save("in.xlsx")
    return "in.xlsx"


def rows(name: str = "out.csv") -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def postpaid() -> list[str]:
    return [row["postpaid"] for row in rows()]


# What a line says

SAID: list[tuple[str, int | None, str | None]] = [
    ("单位：万元", 10_000, "CNY"),
    ("单位:元", 1, "CNY"),
    ("金额单位：人民币万元", 10_000, "CNY"),
    ("单位： 万元  制表人：王", 10_000, "CNY"),
    ("数据来源：财务部；单位：千元", 1000, "CNY"),
    ("2026年客户消费（单位：万元）", 10_000, "CNY"),
    ("2026年客户消费（万元）", 10_000, "CNY"),
    ("客户消费明细（元）", 1, "CNY"),
    ("单位：万元/月", 10_000, "CNY"),
    ("币种：CNY 单位：万元", 10_000, "CNY"),
    ("币种：人民币", None, "CNY"),
    ("单位：元 币种：人民币", 1, "CNY"),
    ("币种：人民币，单位：万元 制表人：王", 10_000, "CNY"),
    ("单位：千 币种：USD", 1000, "USD"),
    ("币种：USD；单位：千", 1000, "USD"),
    ("Unit: thousand  Currency: USD", 1000, "USD"),
    ("Currency: USD, unit: thousand", 1000, "USD"),
    ("单位名称：甲公司 币种：USD", None, "USD"),
    ("币种：美元", None, "USD"),
    ("货币：USD", None, "USD"),
    ("以下金额均为美元", 1, "USD"),
    ("金额以万元为单位", 10_000, "CNY"),
    ("按人民币计价", None, "CNY"),
    ("以千元计", 1000, "CNY"),
    ("万元", 10_000, "CNY"),
    ("all amounts in USD", None, "USD"),
    ("All amounts are in thousands of US dollars.", 1000, "USD"),
    ("Amounts in USD thousands", 1000, "USD"),
    ("Amounts shown in millions", 10**6, None),
    ("(in USD '000)", 1000, "USD"),
    ("in k USD", 1000, "USD"),
    ("Currency: EUR", None, "EUR"),
    ("currency=GBP", None, "GBP"),
    ("Currency is JPY", None, "JPY"),
    ("Unit: k", 1000, None),
    ("Units: RMB 10k", 10_000, "CNY"),
    ("Unit: RMB 10,000", 10_000, "CNY"),
    ("Figures in CNY, unaudited", None, "CNY"),
    ("Spend by customer (RMB, k)", 1000, "CNY"),
    ("Prices in $", None, "USD"),
    ("USD", None, "USD"),
]


@pytest.mark.parametrize(("text", "factor", "currency"), SAID)
def test_a_line_says_the_unit_or_the_currency(
    text: str, factor: int | None, currency: str | None
) -> None:
    found = read_above([[text]], "CNY")
    assert (found.factor, found.currency, found.problems) == (factor, currency, ())


@pytest.mark.parametrize(
    "row",
    [["单位：", "万元"], ["单位", "万元"], ["", "", "单位:", "", "万元"], ["Unit", "万元"]],
)
def test_a_key_and_its_value_may_stand_in_two_cells(row: list[str]) -> None:
    assert read_above([row], "CNY").factor == 10_000


@pytest.mark.parametrize(
    "text",
    [
        "单位：杭州某某科技有限公司",
        "编制单位：财务部",
        "单位：个",
        "汇率：1 USD = 7.1 CNY",
        "Customer list (ALL)",
        "ALL",
        "TOP",
        "Plan (M)",
        "Monthly spend of customers in China",
        "Report in all regions",
        "费用为估算",
        "2026",
        "10000",
        "¥10,000",
        "合计：10,000",
        "合计：12,000元，3 家",
        "消费清单",
        "Numbers in total",
        "",
    ],
)
def test_other_lines_say_nothing(text: str) -> None:
    assert read_above([[text]], "CNY") == ((), ())


@pytest.mark.parametrize("text", ["币种：人民币/美元", "币种：多币种", "Currency: mixed"])
def test_a_currency_that_cannot_be_told_is_asked_for(text: str) -> None:
    [problem] = read_above([[text]], "CNY").problems
    assert "names no currency that is known" in str(problem)


@pytest.mark.parametrize(
    "lines",
    [
        ("单位：万元", "单位：元"),
        ("单位：万元 币种：美元",),
        ("币种：USD；单位：元",),
        ("币种：人民币", "all amounts in USD"),
    ],
)
def test_lines_that_contradict_each_other(lines: tuple[str, ...]) -> None:
    [problem] = read_above([[line] for line in lines], "CNY").problems
    assert str(problem).startswith(
        f"what stands above the header contradicts itself: {', '.join(map(repr, lines))}; "
    )


def test_a_sign_stands_for_the_currency_of_the_plans_where_it_can() -> None:
    assert read_above([["Prices in $"]], "SGD").currency == "SGD"


# In files


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        (["USD desk"], "USD desk"),
        (["# 美元区客户"], "美元区客户"),
        (["Euro zone"], "Euro zone"),
        (["FX: 1 USD = 7.1 CNY"], "FX: 1 USD = 7.1 CNY"),
        (["ALL customers of AMD", "Europe, CNY 5"], None),
        (["USD desk", "币种：人民币"], None),
    ],
)
@pytest.mark.parametrize("kind", ["text", "sheet"])
def test_another_currency_above_that_no_amount_is_said_to_be_in_is_asked_for(
    lines: list[str], seen: str | None, kind: str
) -> None:
    table = [*lines, "account,monthly_spend", "A1,12"]
    if kind == "text":
        done = book("\n".join(table), "-q")
    else:
        done = batch(sheets([line.lstrip("# ").split(",") for line in table]), "-q")
    assert done.code == (ExitCode.USAGE if seen else ExitCode.DONE)
    assert [repr(text) in done.err for text in [seen] if text] == [True] * bool(seen)


def test_nothing_is_told_of_it_where_the_amounts_say_theirs() -> None:
    assert "above the header" not in book("USD desk\naccount,list price (CNY)\nA1,12\n", "-q").err


ABOVE = ["单位：万元", "# 单位：万元", "Units: RMB 10k", "月报,单位：万元", "单位,万元"]


@pytest.mark.parametrize("line", ABOVE)
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_unit_above_the_header_scales_the_amounts_and_is_told(line: str, separator: str) -> None:
    table = "account,monthly_spend\nA1,12\nA2,1.234\n".replace(",", separator)
    done = book(f"{line}\n{table}", "--decimal", "point")
    assert done.code == ExitCode.DONE
    assert postpaid() == ["12000.00", "1234.00"]
    assert "amounts are in units of 10,000, as " in done.err


@pytest.mark.parametrize("line", ABOVE)
def test_a_sheet_says_the_same(line: str) -> None:
    cells = line.split(",")
    done = batch(sheets([cells, [], ["account", "monthly_spend"], ["A1", 12], ["A2", "1.5"]]))
    assert (done.code, postpaid()) == (ExitCode.DONE, ["12000.00", "1500.00"])
    assert "amounts are in units of 10,000, as " in done.err


@pytest.mark.parametrize(
    "line", ["all amounts in USD", "币种：美元", "金额单位：万美元", "单位：千 币种：美元"]
)
def test_another_currency_above_the_header_refuses_the_table(line: str) -> None:
    text = f"{line}\naccount,monthly_spend\nA1,12\n"
    for done in (book(text), batch(sheets([line_.split(",") for line_ in text.splitlines()]))):
        assert done.code == ExitCode.USAGE
        assert "above the header says that amounts are in USD, the plans are in CNY" in done.err
    assert not Path("out.csv").exists()


@pytest.mark.parametrize(
    ("line", "name", "amount"),
    [
        ("单位：万元", "折前消费（万元）", "12000.00"),
        ("币种：人民币", "折前消费（万元）", "12000.00"),
        ("单位：万元", "list price (CNY)", "12000.00"),
        ("in thousands", "list price (CNY)", "1200.00"),
        ("单位：元", "折前消费（元）", "1.20"),
    ],
)
def test_a_name_and_a_line_above_that_agree(line: str, name: str, amount: str) -> None:
    assert book(f"{line}\naccount,{name}\nA1,12\n").code == ExitCode.DONE
    assert postpaid() == [amount]


@pytest.mark.parametrize(
    ("line", "name"),
    [("单位：元", "折前消费（万元）"), ("单位：万元", "折前消费（元）"), ("单位：k", "原价/万元")],
)
def test_a_name_and_a_line_above_that_contradict_each_other(line: str, name: str) -> None:
    done = book(f"{line}\naccount,{name}\nA1,12\n")
    assert done.code == ExitCode.USAGE
    assert "above the header do not say the same unit" in done.err


def test_a_cell_that_names_a_unit_of_its_own_is_refused() -> None:
    done = book("单位：万元\naccount,monthly_spend\nA1,12万元\nA2,3\n")
    assert done.code == ExitCode.ROWS_REFUSED
    assert [row["code"] for row in rows("out.rejects.csv")] == ["ambiguous_number"]
    assert postpaid() == ["3000.00"]


TABLE = (["account", "monthly_spend"], ["A1", 12])


def test_sheets_that_are_read_together_say_the_same_unit() -> None:
    more = (TABLE[0], ["B1", 5])
    done = batch(sheets([["单位：万元"], *TABLE], [["单位:万元"], *more]), "--sheet", "all")
    assert (done.code, postpaid()) == (ExitCode.DONE, ["12000.00", "5000.00"])
    for other in (["单位：元"], ["2026"]):
        done = batch(sheets([["单位：万元"], *TABLE], [other, *more]), "--sheet", "all")
        assert done.code == ExitCode.USAGE
        assert "the sheets do not say the same unit above their headers" in done.err


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        # A column of the one sheet is not held against what stands above the other's.
        (("单位：万元", "原价(万元)"), ("单位：元", "原价(元)"), ["if each is of", "do not say"]),
        (("单位：万元", "原价(万元)"), ("单位：元", "原价(万元)"), ["the sheets do not say"]),
        (("", "原价(万元)"), ("", "原价(元)"), ["if each is of another sheet, call them the same"]),
        (("币种：美元", "原价"), ("", "原价"), ["above the header says that amounts are in USD"]),
        (("币种：人民币", "原价"), ("单位：元", "原价"), []),
        (("", "原价"), ("币种：人民币", "原价"), []),
    ],
)
def test_what_is_said_of_sheets_that_differ(
    first: tuple[str, str], second: tuple[str, str], said: list[str]
) -> None:
    tables = [([above], ["账号", name], ["A1", 5]) for above, name in (first, second)]
    path = sheets(*tables)
    lines = batch(path, "--sheet", "all", "--dry-run", "--duplicates", "keep").err.splitlines()
    if not said:
        assert any("read the sheets" in line for line in lines)
        return
    assert len(lines) == len(said)
    assert all(part in line for part, line in zip(said, lines, strict=True))


# Where it is told


SCALED = "单位：万元\naccount,monthly_spend,币种,金额单位\nA1,12,CNY,\nA2,7,,万元\n"


def test_units_are_told_in_the_summary_in_a_rehearsal_and_with_q_too() -> None:
    told = (
        "amounts are in units of 10,000, as '单位：万元' above the header says",
        "amounts are read in the units that column '金额单位' names: '万元'",
    )
    assert all(words in book(SCALED).out for words in told)
    assert all(words in book(SCALED, "-q").err for words in told)
    assert all(words in book(SCALED, "--dry-run").err for words in told)
    assert "the header is on line 2" not in book(SCALED, "-q").err


def test_json_has_what_stands_beside_the_amounts() -> None:
    document = json.loads(book(SCALED, "-o", "json").out)
    Draft202012Validator(SCHEMA).validate(document)
    assert document["result"]["amounts"] == {
        "columns": [{"column": "monthly_spend", "unit": 10_000, "currency": "CNY"}],
        "unit_column": "金额单位",
        "currency_column": "币种",
    }
    document = json.loads(book("account,spend\nA1,12\n", "-o", "json").out)
    assert document["result"]["amounts"] == {
        "columns": [{"column": "spend", "unit": 1, "currency": None}],
        "unit_column": None,
        "currency_column": None,
    }


@pytest.mark.parametrize("unit", ["万元", "(万元)", "USD", "in thousands", "百万"])
def test_a_unit_below_the_header_is_asked_for(unit: str) -> None:
    text = f"account,monthly_spend\n-,{unit}\nA1,12\nA2,5\n"
    for done in (book(text), batch(sheets([line.split(",") for line in text.splitlines()]))):
        assert done.code == ExitCode.USAGE
        assert f"column 'monthly_spend' has a cell with {unit!r} alone" in done.err
    assert not Path("out.csv").exists()


@pytest.mark.parametrize("text", ["元", "CNY", "k", "ALL", "abc"])
def test_a_cell_that_changes_no_other_refuses_its_row_alone(text: str) -> None:
    assert book(f"account,monthly_spend\nA0,{text}\nA1,12\n").code == ExitCode.ROWS_REFUSED
    assert postpaid() == ["1.20"]


NOTE: list[list[object]] = [["account", "monthly_spend"], ["A1", 12], ["A2", 5]]


@pytest.mark.parametrize("text", ["单位：万元", "注：金额单位为万元", "All amounts in USD.", "USD"])
def test_what_is_said_beside_or_below_a_sheets_table_is_asked_for(text: str) -> None:
    beside: list[list[object]] = [[*NOTE[0], None, None], [*NOTE[1], None, text], NOTE[2]]
    below: list[list[object]] = [*NOTE, [], [text]]
    for table in (beside, below):
        done = batch(sheets(table))
        assert done.code == ExitCode.USAGE
        assert f"{text!r} beside or below the table says what amounts are in" in done.err
    said = batch(sheets([["单位：万元"], *NOTE, [], ["单位：万元"]]))
    assert (said.code, postpaid()) == (ExitCode.DONE, ["12000.00", "5000.00"])


@pytest.mark.parametrize("text", ["k", "CNY", "单位：元", "单位：某公司", "checked by Li (k)"])
def test_other_notes_beside_a_sheets_table_are_counted(text: str) -> None:
    done = batch(sheets([NOTE[0], [*NOTE[1], None, text], NOTE[2]]))
    assert (done.code, postpaid()) == (ExitCode.DONE, ["1.20", "0.50"])
    assert "cells beside or below the table that were not read: 1 (D2)" in done.err


@pytest.mark.parametrize("note", ["注：单位：万元", "注：单位：万元,", "单位：万元,"])
def test_a_unit_in_a_note_below_the_table_is_not_passed_over(note: str) -> None:
    done = book(f"客户,折前消费\n甲,12\n乙,30\n{note}\n")
    assert done.code == ExitCode.USAGE
    assert "beside or below the table says what amounts are in" in done.err
    done = book(f"单位：万元\n客户,折前消费\n甲,12\n乙,30\n{note}\n")
    assert done.code == ExitCode.ROWS_REFUSED


def test_the_price_before_discount_in_brackets_is_a_name_of_spend() -> None:
    assert book("客户,月消费（原价）\n甲,12\n").code == ExitCode.DONE
