"""What the names of columns of amounts say: before or after discount, and of which span of time."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from supportcli.inputs.tables.unknown_header import flags_for, likely_spend
from supportcli.inputs.values.spend_names import says_list, says_other_span, says_paid
from tests.runner import TODAY, Done, run_cli

PAID = [
    "实付",
    "2026-01实付",
    "应付金额",
    "折后消费",
    "net",
    "Net cost",
    "NetUnblendedCost",
    "Spend (net)",
]
PAID += ["spend after discount", "line_item_unblended_cost", "EffectiveCost", "paid", "discounted"]
BEFORE = [
    "折前",
    "2026-01折前",
    "原价",
    "pricing/publicOnDemandCost",
    "ListCost",
    "Jan list",
    "gross",
]
NEITHER = ["月消费", "spend", "cabinet cost", "planet", "amount", "internet spend", "prepared"]


@pytest.mark.parametrize("name", PAID + BEFORE + NEITHER)
def test_before_or_after_discount(name: str) -> None:
    assert (says_paid(name), says_list(name)) == (name in PAID, name in BEFORE)


@pytest.mark.parametrize("name", ["年消费", "季度消费", "annual spend", "Yearly cost", "日均消费"])
def test_other_spans_than_a_month(name: str) -> None:
    assert says_other_span(name)


@pytest.mark.parametrize("name", ["2026年1月", "年月均消费", "monthly spend 2026 (year)", "manual"])
def test_no_other_span(name: str) -> None:
    assert not says_other_span(name)


@pytest.mark.parametrize(
    ("names", "listed", "paid"),
    [
        (("客户", "2026-01实付", "2026-01折前"), "2026-01折前", "2026-01实付"),
        (("UnblendedCost", "PublicOnDemandCost"), "PublicOnDemandCost", "UnblendedCost"),
        (("net cost", "some cost"), "some cost", "net cost"),
        (("年消费", "net cost"), "net cost", "net cost"),
    ],
)
def test_the_column_that_is_suggested(names: tuple[str, ...], listed: str, paid: str) -> None:
    assert (likely_spend(names), likely_spend(names, paid=True)) == (listed, paid)


def test_the_flags_for_a_column() -> None:
    assert flags_for("net cost") == "--map monthly_spend='net cost' --basis paid"
    assert flags_for("net cost", paid=True) == "--map monthly_spend='net cost'"
    assert flags_for("my cost") == "--map monthly_spend='my cost'"


# In runs


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def batch(text: str, *flags: str) -> Done:
    """With a response of ten minutes the postpaid part is a tenth of the spend."""
    Path("in.csv").write_text(text, encoding="utf-8")
    needs = ("--include-doubtful", "--response", "10m", "--force", "-q", *TODAY)
    return run_cli("batch", "in.csv", "--out", "out.csv", *needs, *flags)


def postpaid() -> list[str]:
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return [row["postpaid"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("flags", [(), ("--basis", "list")])
def test_of_pairs_of_months_those_before_discount_are_taken(flags: tuple[str, ...]) -> None:
    header = "客户,2026-01折前,2026-01实付,2026-02折前,2026-02实付,2026-03折前,2026-03实付"
    done = batch(f"{header}\n甲,1000000,700000,1000000,700000,1000000,700000\n", *flags)
    assert (done.code, postpaid()) == (0, ["100000.00"])


@pytest.mark.parametrize("flags", [("--basis", "list"), ("--map", "monthly_spend=实付")])
def test_what_is_paid_by_name_is_no_list_spend_without_a_word(flags: tuple[str, ...]) -> None:
    words = "'实付': after discount by its name, and taken as spend before discount"
    done = batch("客户,实付\n甲,1000\n", *flags)
    assert done.code == 0
    assert words in done.out
    assert words in done.err
    done = batch("客户,实付\n甲,1000\n", *flags, "-o", "json")
    assert words in json.dumps(json.loads(done.out), ensure_ascii=False)
    done = batch("客户,实付\n甲,1000\n", "--basis", "paid", "--paid-discount", "7折")
    assert (done.code, words in done.out + done.err) == (0, False)


@pytest.mark.parametrize("name", ["年消费", "annual spend", "季度消费"])
def test_a_year_is_no_month(name: str) -> None:
    done = batch(f"客户,{name}\n甲,12000\n", "--map", f"monthly_spend={name}")
    assert done.code == 2
    assert f"column {name!r} says by its name that it is no month's spend" in done.err


@pytest.mark.parametrize(
    "name", ["list spend (x12)", "原价（×12）", "spend/12", "消费 * 4", "费用÷3"]
)
def test_a_name_that_says_how_often_a_month_is_taken_is_asked_about(name: str) -> None:
    """A year's spend divided by twelve is a month's; so the user says whether it was divided."""
    text, mapped = f"客户,{name}\n甲,12000\n", ("--map", f"spend={name}")
    done = batch(text, *mapped)
    assert done.code == 2
    assert f"column {name!r} may be of a month already, or yet to be divided" in done.err
    assert "rename the column or say so with --unit CNY" in done.err
    done = batch(text, *mapped, "--unit", "CNY")
    assert (done.code, postpaid()) == (0, ["1200.00"])
    assert f"not used, because --unit says what the amounts are in: {name!r}" in done.err


def test_the_unit_that_is_named_for_it_is_the_columns_own() -> None:
    text, mapped = "客户,原价/12（万元）\n甲,1.2\n", ("--map", "spend=原价/12（万元）")
    done = batch(text, *mapped)
    assert "rename the column or say so with --unit 万," in done.err
    assert batch(text, *mapped, "--unit", "万").code == 0
    assert postpaid() == ["1200.00"]


def test_a_span_beside_such_a_number_is_no_month() -> None:
    done = batch("客户,年消费/12\n甲,12000\n", "--map", "spend=年消费/12", "--unit", "元")
    assert done.code == 2
    assert "column '年消费/12' says by its name that it is no month's spend" in done.err


@pytest.mark.parametrize(
    "name", ["2026/3 spend", "2026/12", "spend v12", "消费/3月", "max12", "x10"]
)
def test_other_numbers_in_names_say_no_span(name: str) -> None:
    assert not says_other_span(name)


def test_two_scales_in_a_name_are_asked_about_with_the_unit_that_settles_it() -> None:
    table = "account,list spend (hundred M)\nA1,2\n"
    mapped = ("--map", "spend=list spend (hundred M)")
    done = batch(table, *mapped)
    assert done.code == 2
    assert "if they are in units of 100,000,000, give --unit 亿, else rename" in done.err
    assert batch(table, *mapped, "--unit", "亿").code == 0
    assert postpaid() == ["20000000.00"]  # 2 亿 are 200,000,000, and a tenth of it
    for other in ("CNY", "million"):
        assert "do not say the same unit" in batch(table, *mapped, "--unit", other).err


def test_a_scale_that_no_unit_says_is_asked_about_too() -> None:
    mapped = ("--map", "spend=spend (dozen)")
    done = batch("account,spend (dozen)\nA1,2\n", *mapped)
    assert done.code == 2
    assert "('dozen') and is not understood; say it with --unit" in done.err
