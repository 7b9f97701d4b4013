"""Columns beside the amounts: the currency and the unit of each row, in every form of a table."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb
import pytest

from supportcli.errors import ExitCode
from supportcli.inputs.customers.row_units import read_currency, read_unit, units_in
from supportcli.inputs.customers.spend import read_spend
from supportcli.inputs.customers.text import CellError
from supportcli.inputs.values.texts import blank
from tests.raw_workbook import number, row, sheet, styles, word, workbook
from tests.test_context import batch, book, postpaid, rows, sheets

FORMS = ("csv", "quoted", "xlsx", "parquet")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(table: Sequence[Sequence[str]], form: str) -> str:
    """The table in a form; the quotes of one keep the engine from reading the file itself."""
    if form == "xlsx":
        return sheets(table)
    with Path("in.csv").open("w", encoding="utf-8", newline="") as file:
        quoting: Literal[0, 1] = csv.QUOTE_ALL if form == "quoted" else csv.QUOTE_MINIMAL
        csv.writer(file, lineterminator="\n", quoting=quoting).writerows(table)
    if form != "parquet":
        return "in.csv"
    duckdb.execute(
        "COPY (SELECT * FROM read_csv('in.csv', all_varchar=true, header=true, delim=',')) "
        "TO 'in.parquet'"
    )
    return "in.parquet"


CURRENCIES = [
    *("币种 货币 currency ccy CCY 结算币种".split()),
    *("Currency Code", "billing_currency", "BillingCurrency", "currency-code"),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CURRENCIES[:2])
def test_rows_in_another_currency_are_refused(name: str, form: str) -> None:
    said = ["人民币", "USD", "美元", "", "CNY", "rmb", "¥", "元", "€", "多币种", "万美元", "-"]
    table = [["account", "monthly_spend", name]]
    table += [[f"A{at}", "1000", text] for at, text in enumerate(said)]
    done = batch(written(table, form))
    assert done.code == ExitCode.ROWS_REFUSED
    assert [row["account"] for row in rows()] == [f"A{at}" for at in (0, 3, 4, 5, 6, 7, 11)]
    refused = rows("out.rejects.csv")
    assert [row["text"] for row in refused] == ["USD", "美元", "€", "多币种", "万美元"]
    assert {row["code"] for row in refused} == {"other_currency"}
    assert refused[0]["message"] == (
        "the amount is in USD, the plans are in CNY; give the amount in CNY"
    )
    assert refused[3]["message"].startswith("'多币种' is no currency that is known")


@pytest.mark.parametrize("name", CURRENCIES)
def test_names_of_a_column_of_currencies(name: str) -> None:
    book(f"account,monthly_spend,{name}\nA1,1000,CNY\nA2,1000,USD\n")
    assert [row["code"] for row in rows("out.rejects.csv")] == ["other_currency"]
    assert postpaid() == ["100.00"]


def test_a_unit_in_the_column_of_currencies_is_refused() -> None:
    book("account,monthly_spend,币种\nA1,1000,万元\n")
    [row] = rows("out.rejects.csv")
    assert (row["code"], row["text"]) == ("ambiguous_number", "万元")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["单位", "unit", "金额单位"])
def test_the_unit_of_each_row_scales_its_amount_and_is_told(name: str, form: str) -> None:
    table = [
        ["account", "monthly_spend", name],
        *(["A1", "12", "万元"], ["A2", "5000", "元"], ["A3", "700", ""], ["A4", "0.25", "百万"]),
        *(["A5", "1.5", "千元"], ["A6", "80", "CNY"], ["A7", "12.345", "万"]),
    ]
    done = batch(written(table, form), "--decimal", "point")
    assert done.code == ExitCode.DONE
    wanted = ["12000.00", "500.00", "70.00", "25000.00", "150.00", "8.00", "12345.00"]
    assert postpaid() == wanted
    assert f"amounts are read in the units that column {name!r} names: " in done.err
    assert [row["monthly_spend"] for row in rows()] == [row[1] for row in table[1:]]


@pytest.mark.parametrize("form", FORMS)
def test_units_that_cannot_be_meant_are_refused(form: str) -> None:
    table = [
        ["account", "monthly_spend", "单位"],
        *(["A1", "12", "万元"], ["A2", "12", "万美元"], ["A3", "12", "台"], ["A4", "12万", "万元"]),
        *(["A5", "12万", "元"], ["A6", "999999999", "万元"]),
    ]
    assert batch(written(table, form)).code == ExitCode.ROWS_REFUSED
    refused = [(row["column"], row["code"], row["text"]) for row in rows("out.rejects.csv")]
    assert refused == [
        ("单位", "other_currency", "万美元"),
        ("单位", "ambiguous_number", "台"),
        ("monthly_spend", "ambiguous_number", "12万"),
        ("monthly_spend", "too_many_digits", "999999999"),
    ]
    messages = [row["message"] for row in rows("out.rejects.csv")]
    assert "column is in units of 10000" in messages[2]
    assert "times 10000 has more than 12 digits" in messages[3]
    assert postpaid() == ["12000.00", "12000.00"]


@pytest.mark.parametrize(
    ("above", "name", "unit", "code"),
    [
        ("", "折前消费（万元）", "元", "ambiguous_number"),
        ("", "折前消费（万元）", "万元", None),
        ("", "折前消费（元）", "万元", "ambiguous_number"),
        ("", "list price (CNY)", "万元", None),
        ("单位：元\n", "monthly_spend", "万元", "ambiguous_number"),
        ("单位：万元\n", "monthly_spend", "", None),
        ("单位：万元\n", "monthly_spend", "万元", None),
    ],
)
def test_a_unit_that_contradicts_the_header_is_refused(
    above: str, name: str, unit: str, code: str | None
) -> None:
    book(f"{above}account,{name},单位\nA0,1,{'元' if code else '万元'}\nA1,12,{unit}\n")
    refused = [row["code"] for row in rows("out.rejects.csv")] if code else []
    assert refused == ([code] * len(refused) if code else [])
    if code is None:
        assert postpaid()[-1] == "12000.00"
    else:
        assert "A1" not in [row["account"] for row in rows()]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("said", [["甲公司", "乙公司"], ["台", "个"], ["GB", "hours"]])
def test_a_column_called_unit_that_holds_none_is_carried(said: list[str], form: str) -> None:
    table = [["account", "monthly_spend", "单位"], ["A1", "12", said[0]], ["A2", "5", said[1]]]
    done = batch(written(table, form))
    assert (done.code, postpaid()) == (ExitCode.DONE, ["1.20", "0.50"])
    assert "column '单位' holds no unit of money and is carried through unread" in done.err
    assert [row["单位"] for row in rows()] == said


def test_a_column_of_units_can_be_ignored_or_named() -> None:
    text = "account,monthly_spend,单位,U\nA1,12,万元,千元\n"
    book(text, "--ignore-column", "单位", "--ignore-column", "U")
    assert postpaid() == ["1.20"]
    book(text, "--map", "unit=U")
    assert postpaid() == ["1200.00"]


def test_twelve_months_have_the_unit_of_their_row() -> None:
    months = ",".join(f"spend_{at:02}" for at in range(1, 13))
    amounts = ",".join(map(str, range(1, 13)))
    book(f"account,{months},单位\nA1,{amounts},万元\n")
    assert len(rows()) == 1
    in_yuan = ",".join(str(at * 10_000) for at in range(1, 13))
    found = rows()[0]
    book(f"account,{months}\nA1,{in_yuan}\n")
    names = ("plan", "prepaid", "postpaid", "annual_cost")
    assert [found[name] for name in names] == [rows()[0][name] for name in names]


# The engine and the readers of cells

TEXTS = (
    *("12", "12.5", "0.01", "1000.0000000000", "1,200", "¥5", "12万", "1.5k", "$3", "", "abc"),
    *("999999999", "999999999999", "1.234", "12.3456789", "-1", "3元", "0", "12.340000"),
)
UNITS = ("", "元", "万元", "千元", "万", "CNY", "百万元", "USD", "万美元", "台")
MONEYS = ("", "CNY", "人民币", "元", "USD", "港币", "x", "万元", "-")


class Expected(NamedTuple):
    """What the readers make of a row: its postpaid part, or where it is refused and why."""

    postpaid: str = ""
    refused: tuple[str, str] = ("", "")


def expected(text: str, unit: str, money: str) -> Expected:
    """By the readers alone: spend, then currency, then unit; a tenth of the spend is postpaid."""
    factor: int | None = None
    faults: list[tuple[str, str]] = []
    try:
        factor = None if blank(unit) else read_unit(unit, "CNY")
    except CellError as error:
        faults.append(("unit", error.code))
    try:
        if not blank(money):
            read_currency(money, "CNY")
    except CellError as error:
        faults.insert(0, ("currency", error.code))
    try:
        value, _ = read_spend(text, "CNY", "point", factor or 1)
    except CellError as error:
        return Expected(refused=("monthly_spend", error.code))
    if faults:
        return Expected(refused=faults[0])
    part = Decimal((value / 10).numerator) / Decimal(Fraction(value / 10).denominator)
    return Expected(str(part.quantize(Decimal("0.01"), ROUND_HALF_UP)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_engine_agrees_with_the_readers_of_cells(seed: int, form: str) -> None:
    chance = random.Random(seed)
    cells = [
        (chance.choice(TEXTS), chance.choice(UNITS), chance.choice(MONEYS)) for _ in range(300)
    ]
    cells += [(text, "", "") for text in TEXTS] + [("7", unit, "") for unit in UNITS]
    cells += [("7", "", money) for money in MONEYS]
    assert units_in(UNITS, "CNY") is not None
    table = [["account", "monthly_spend", "unit", "currency"]]
    table += [[f"A{at}", *texts] for at, texts in enumerate(cells)]
    batch(written(table, form), "--decimal", "point")
    quoted = {row["account"]: row["postpaid"] for row in rows()}
    first = 1 if form == "parquet" else 2
    refused = {
        f"A{int(row['line']) - first}": (row["column"], row["code"])
        for row in rows("out.rejects.csv")
    }
    for at, texts in enumerate(cells):
        wanted = expected(*texts)
        found = Expected(quoted.get(f"A{at}", ""), refused.get(f"A{at}", ("", "")))
        assert (texts, found) == (texts, wanted)


@pytest.mark.parametrize("form", FORMS)
def test_plain_rows_with_units_are_what_they_are_without(form: str) -> None:
    """Rows that the engine needs no reader for: the amount times the unit, written out."""
    units = {"元": 1, "千元": 1000, "万元": 10_000, "": 1}
    chance = random.Random(3)
    table, plain = [["account", "monthly_spend", "unit"]], [["account", "monthly_spend"]]
    for at in range(200):
        unit, cents = chance.choice(list(units)), chance.randint(0, 10**8)
        amount = Decimal(cents) / 100
        table.append([f"A{at}", f"{amount:f}", unit])
        plain.append([f"A{at}", f"{amount * units[unit]:f}"])
    batch(written(table, form), "--decimal", "point")
    found = [(row["account"], row["plan"], row["annual_cost"]) for row in rows()]
    batch(written(plain, form), "--decimal", "point")
    assert found == [(row["account"], row["plan"], row["annual_cost"]) for row in rows()]
    assert len(found) == 200


def test_a_number_format_beside_the_unit_of_its_row() -> None:
    """The sheet shows 12.50万元 and 13 (of 12,500), $7 and ¥7; the column says the unit too."""
    words = "".join(map(word, ("account", "spend", "单位")))
    cells = [
        (number("12.5", 1), "万元"),
        (number("12.5", 1), ""),
        (number("12.5"), "万元"),
        (number("12500", 2), "千元"),
        (number("7", 3), "千元"),
        (number("7", 4), "千元"),
    ]
    lines = [row(at, word(f"A{at}"), cell, word(unit)) for at, (cell, unit) in enumerate(cells, 2)]
    shown = styles('0.00"万元"', "#,##0,", "[$$-409]0", '"¥"0')
    whole = sheet(f'<row r="1">{words}</row>', *lines)
    assert batch(workbook(Path("u.xlsx"), whole, {"xl/styles.xml": shown}).name).code == 6
    assert [(each["account"], each["postpaid"]) for each in rows()] == [
        ("A3", "12500.00"),
        ("A4", "12500.00"),
        ("A7", "700.00"),
    ]
    assert [(each["line"], each["code"]) for each in rows("out.rejects.csv")] == [
        ("2", "ambiguous_number"),
        ("5", "ambiguous_number"),
        ("6", "other_currency"),
    ]
