"""One deal, several accounts: the money is right, in every form and both languages."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import supportcli
from supportcli.core.money import Money
from supportcli.errors import ExitCode, Problem
from supportcli.inputs.answers.accounts import NamedAccount, account_text, read_accounts
from supportcli.inputs.answers.sources import Given
from tests.runner import TODAY, Done, run_cli

SCHEMA = json.loads(
    (Path(supportcli.__file__).parent / "schemas" / "output.json").read_text(encoding="utf-8")
)
ORDER = "120万 from 2026-12-01 for 12 months"
# By the rules of a day on which the sale of no plan was in doubt.
BEFORE = ("--as-of", "2025-06-01", "--start", "2026-12")
PRICE = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%", "--voucher", "60000")
DEAL = (
    *("--account", "prod=350000,tam,order=120万@2026-12-01/12"),
    *("--account", "test=20000,response=10m"),
    *("--account", "dev=10000"),
    *PRICE,
    *BEFORE,
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def advise(*arguments: str) -> Done:
    return run_cli("advise", *TODAY, *arguments)


def result(*arguments: str) -> dict[str, Any]:
    done = advise(*arguments, "-o", "json")
    assert done.code in (ExitCode.DONE, ExitCode.NO_PLAN), done.err
    found: dict[str, Any] = json.loads(done.out)["result"]
    return found


def plan_of(answer: dict[str, Any], plan_id: str) -> dict[str, Any]:
    [found] = [plan for plan in answer["plans"] if plan["id"] == plan_id]
    assert isinstance(found, dict)
    return found


def amounts(paid: dict[str, Any]) -> tuple[str, str, str]:
    return paid["monthly"], paid["annual"], paid["term"]


# The deal, worked by hand: what each month costs and what is paid on each day.
#
# prod: 350,000 and a month's part of the order, 100,000: 50,000 prepaid and 10 % of 450,000 are
#   95,000; less 30 % 66,500; with 6 % 70,490. Prepaid of it 50,000 x 0.7 x 1.06 = 37,100.
# test: 5,000 prepaid and 2,000 are 7,000; less 30 % 4,900; with 6 % 5,194. Prepaid 3,710.
# dev: the basic plan, nothing.
FIRST = "40810.00"  # 37,100 + 3,710, on 1 December: all of it by voucher, 19,190 are left
SECOND = "75684.00"  # 70,490 + 5,194, from 1 January: 40,810 prepaid, 34,874 for the month before
LAST = "34874.00"  # 33,390 + 1,484
DAYS = ["2026-12-01", *(f"2027-{month:02}-01" for month in range(1, 13))]
PAYMENTS = [
    ["2026-12-01", FIRST, "0.00", FIRST, FIRST, "0.00"],
    ["2027-01-01", FIRST, LAST, SECOND, "19190.00", "56494.00"],
    *([day, FIRST, LAST, SECOND, "0.00", SECOND] for day in DAYS[2:12]),
    ["2027-12-01", "0.00", LAST, LAST, "0.00", LAST],
]


def test_the_deal_by_account_by_plan_and_together() -> None:
    answer = result(*DEAL)
    accounts = {one["account"]: one for one in answer["accounts"]}
    assert {name: one["recommended"] for name, one in accounts.items()} == {
        "prod": "premier",
        "test": "enterprise-trial",
        "dev": "basic",
    }
    assert {name: (one["monthly"], one["annual"]) for name, one in accounts.items()} == {
        "prod": ("95000.00", "1140000.00"),
        "test": ("7000.00", "84000.00"),
        "dev": ("0.00", "0.00"),
    }
    assert {name: amounts(one["to_pay"]) for name, one in accounts.items()} == {
        "prod": ("70490.00", "845880.00", "845880.00"),
        "test": ("5194.00", "62328.00", "62328.00"),
        "dev": ("0.00", "0.00", "0.00"),
    }
    total = answer["total"]
    assert total["annual"]["total"] == answer["annual"] == "1224000.00"  # 12 x 102,000
    assert amounts(total["to_pay"]) == ("75684.00", "908208.00", "908208.00")
    assert total["to_pay"]["basis"] == {
        "accounts": 3,
        "reading": "additive",
        "discount": {"rate": "30%", "prepaid": True},
        "tax": {"rate": "6%", "included": False},
        "spend": None,
    }
    assert (total["voucher_used"], total["voucher_left"]) == ("60000.00", "0.00")
    assert total["term_to_pay"] == "848208.00"  # 908,208 - 60,000
    assert total["balance"] == SECOND
    by_plan = {one["plan"]: (one["accounts"], one["to_pay"]["annual"]) for one in total["by_plan"]}
    assert by_plan == {
        "premier": (["prod"], "845880.00"),
        "enterprise-trial": (["test"], "62328.00"),
        "basic": (["dev"], "0.00"),
    }
    # 2026: one month costs 75,684; 2027: eleven, 832,524, and 908,208 - 40,810 are charged.
    assert total["totals"] == [
        {"year": 2026, "cost": SECOND, "charged": FIRST},
        {"year": 2027, "cost": "832524.00", "charged": "867398.00"},
        {"year": None, "cost": "908208.00", "charged": "908208.00"},
    ]
    # The floor reading: prod 50,000, test 5,000: 55,000 x 0.7 x 1.06 = 40,810, twelve times.
    assert total["by_reading"]["floor"]["to_pay"]["annual"] == "489720.00"


def test_one_plan_for_all_is_of_the_same_basis() -> None:
    """Premier: 95,000, 52,000 and 51,000 are 198,000; x 0.7 x 1.06 = 146,916; 12 x both."""
    answer = result(*DEAL)
    assert answer["together"]["plan"] == "premier"
    assert answer["together"]["annual"] == "2376000.00"
    assert amounts(answer["together"]["to_pay"]) == ("146916.00", "1762992.00", "1762992.00")
    assert answer["saved"] == "1152000.00"  # 2,376,000 - 1,224,000
    assert answer["to_pay_saved"]["annual"] == "854784.00"  # 1,762,992 - 908,208


def test_every_payment_by_day() -> None:
    rows = list(csv.reader(io.StringIO(advise(*DEAL, "-o", "csv").out)))
    assert rows[0] == ["day", "prepaid", "postpaid", "charged", "voucher", "to_pay"]
    assert rows[1:] == PAYMENTS
    keys = ("day", "prepaid", "postpaid", "voucher", "to_pay")
    told = [[payment[key] for key in keys] for payment in result(*DEAL)["total"]["payments"]]
    assert told == [[*row[:3], *row[4:]] for row in PAYMENTS]
    assert sum(Decimal(row[5]) for row in PAYMENTS) == Decimal("848208.00")


def test_every_account_has_what_a_single_one_gets() -> None:
    document = json.loads(advise(*DEAL, "-o", "json").out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    single = json.loads(
        advise("--spend", "20000", "--response", "10m", *PRICE[:6], *BEFORE, "-o", "json").out
    )
    [test] = [one for one in document["result"]["accounts"] if one["account"] == "test"]
    assert {name: test[name] for name in single["result"]} == single["result"]
    assert test["inputs"] == single["inputs"]
    assert document["inputs"]["accounts"] == 3
    assert document["inputs"]["voucher"] == "60000.00"
    assert document["assumptions"] == single["assumptions"]


MONEY = re.compile("(?<![0-9A-Za-z-])[0-9][0-9,]*(?:[.][0-9]{2})?(?![0-9-])")
DATES = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}|each of [0-9]+|[0-9]+ [年月日期]")


def shown(code: str, form: str) -> tuple[list[list[Decimal]], list[list[Decimal]]]:
    """The amounts of each account's row, and those of each day's payment, as they are shown."""
    out = advise(*DEAL, "--lang", code, "-o", form, "--explain", "all", "--width", "200").out
    out = out.replace("−", "-")

    def found(line: str) -> list[Decimal]:
        return [Decimal(text.replace(",", "")) for text in MONEY.findall(DATES.sub("", line))]

    lines = out.splitlines()
    title = "A plan for each|各自的推荐方案"
    start = next(i for i, line in enumerate(lines) if re.search(title, line))
    rows = [line for line in lines[start:] if re.match("(prod|test|dev)\\b.*[0-9]", line)]
    accounts = [found(line)[:3] for line in rows if len(found(line)) == 4][:3]
    said = lines[
        max(i for i, line in enumerate(lines) if re.search("all accounts|全部账号", line)) :
    ]
    days = [
        found(line)
        for line in said
        if re.match("(20[0-9]{2}|[0-9]+ [A-Z])", line)
        for _ in range(alike(line))
    ]
    return accounts, [row for row in days if len(row) == 5]


def alike(line: str) -> int:
    """How many days a row is of: 2027-01-01 to 2027-11-01, each of 11."""
    told = re.search("each of ([0-9]+)|（([0-9]+) 期", line)
    return int(told[1] or told[2]) if told else 1


@pytest.mark.parametrize("form", ["table", "text"])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_screens_show_the_figures_of_json_and_csv(code: str, form: str) -> None:
    accounts, days = shown(code, form)
    assert accounts == [
        [450_000, 70_490, 845_880],  # 350,000, and 1,200,000 / 12 of the order
        [20_000, 5_194, 62_328],
        [10_000, 0, 0],
    ]
    assert days == [[*map(Decimal, row[1:])] for row in PAYMENTS]
    out = advise(*DEAL, "--lang", code, "-o", form, "--explain", "all", "--width", "200").out
    for amount in ("¥908,208", "¥1,762,992", "¥854,784", " 848,208", "-60,000"):
        assert amount in out
    assert " 1,224,000" in out  # where the way to what is paid begins


SHOWN = {
    "plain": "--spend 120000 --tam",
    "discount": "--spend 120000 --tam --discount 7折",
    "postpaid": "--spend 123456.78 --response 10m --discount 7折 --discount-on postpaid",
    "taxed": "--spend 120000 --response 10m --tax added --tax-rate 6%",
    "included": "--spend 120000 --response 10m --tax included --tax-rate 6%",
    "alike": "--spend 123456.78 --tam --accounts 3 --discount 15% --tax added --tax-rate 6%",
    "term": "--spend 120000 --tam --months 5 --start 2026-12-15 --discount 7折 --growth 3%/month",
    "aws": "--plans aws --spend 11000 --accounts 2 --discount 15%",
}
OF_A_PLAN = re.compile(r"(?:\* )?(.+?): Monthly fee .*; Annual cost ([0-9,.]+)")
INSTEAD = re.compile(r"(.+?): Why not .*?; a year, [A-Z]+ (?:([0-9,.]+) (more|less)|the same); You")


@pytest.mark.parametrize("name", SHOWN)
def test_recommended_and_difference_are_the_alternative_as_shown(name: str) -> None:
    out = advise(*SHOWN[name].split(), "-o", "text", "--explain", "all").out
    before, _, after = out.partition("\nInstead of ")
    costs = {plan: Decimal(cost.replace(",", "")) for plan, cost in OF_A_PLAN.findall(before)}
    [chosen] = re.findall("^Recommended: (.+)$", out, re.MULTILINE)
    found = INSTEAD.findall(after.partition("\n\n")[0])
    assert len(found) >= 2
    for plan, gap, way in found:
        difference = Decimal(gap.replace(",", "") or 0) * (-1 if way == "less" else 1)
        assert costs[chosen] + difference == costs[plan], plan


# What was wrong, row by row


ORDERED = "1200000 from 2026-12-01 for 12 months"
WITH_ORDER = {
    "one account": ("--spend", "350000", "--order", ORDERED),
    "deal": ("--account", "a=350000,order=1200000@2026-12-01/12", "--account", "b=20000"),
}


def test_a_spend_with_orders_is_one_figure_everywhere() -> None:
    """1,200,000 over twelve months is 100,000 a month: 450,000, with b's 20,000 470,000."""
    one, deal = WITH_ORDER.values()
    for form in ("text", "chat"):
        words = "¥450,000 (¥100,000 ordered) a month before discounts"
        assert words in advise(*one, "--tam", "-o", form).out
        words = "¥470,000 (¥100,000 ordered) a month before discounts"
        assert words in advise(*deal, "--tam", "-o", form).out
    explained = advise(*one, "--tam", "--explain", "thresholds,months,whatif,all", "-o", "md").out
    assert "Spend ¥450,000 a month before discounts" in explained
    chart = advise(*one, "--tam", "--explain", "thresholds", "-o", "table").out
    assert "you are here: ¥450,000" in chart
    assert "| Change | Spend without orders, CNY |" in explained
    assert "| a | 450,000 |" in advise(*deal, "--explain", "accounts", "-o", "md").out
    told = json.loads(advise(*deal, "-o", "json").out)["result"]["accounts"][0]
    for spends in (told, told["inputs"], json.loads(advise(*one, "-o", "json").out)["inputs"]):
        assert (spends["monthly_spend"], spends["monthly_spend_counted"]) == (
            "350000.00",
            "450000.00",
        )


def test_the_spends_of_a_range_are_told_with_what_is_ordered() -> None:
    """80,000 and 200,000 and 100,000 of the order; Premier 12 x (50,000 + 10 %) of each."""
    out = advise("--spend", "80000..200000", "--order", ORDERED, "--tam", "-o", "text").out
    assert "¥180,000 to ¥300,000 (¥100,000 ordered) a month" in out
    assert "at ¥180,000 816,000; at ¥300,000 960,000" in out


def test_an_order_belongs_to_one_account() -> None:
    """Premier at 350,000 is 85,000 a month, with the order 95,000: 12 x (95,000 + 2 x 85,000)."""
    done = advise("--spend", "35万", "--tam", "--accounts", "3", "--order", ORDER)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith("supportcli: --order: belongs to one account: whose is it?")
    named = ("--account", "a=35万,order=120万@2026-12-01/12", "--account", "b=35万")
    answer = result(*named, "--account", "c=35万", "--tam")
    assert answer["annual"] == "3180000.00"
    done = advise(*named, "--order", ORDER)
    assert done.err.startswith("supportcli: --order: belongs to one account: whose is it?")


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("--spend unknown", "Year max, each at     ¥10,000   ¥100,000   ¥500,000"),
        ("--spend unknown --width 60", "Year max, each at    ¥10,000  ¥100,000  ¥500,000 fits"),
        ("--spend unknown --reading floor", "Plan, a year, each at    ¥10,000"),
        ("--spend unknown --months 6", "6 months, each at    ¥10,000"),
        ("--spend 80000..200000", "Year max, each at     ¥80,000   ¥200,000"),
    ],
)
def test_over_the_amounts_of_several_accounts_it_stands_that_each_spends_that(
    asked: str, heading: str
) -> None:
    said = advise(*shlex.split(asked), "--accounts", "3", "--response", "10m").out
    assert f"\n  {heading}" in said


def test_without_a_spend_several_accounts_have_one_basis() -> None:
    """Three times 25,000 + 10 %, and three times 25,000 a month more for a TAM: 900,000 a year."""
    asked = ("--spend", "unknown", "--accounts", "3", "--response", "10m", "--tickets", "40")
    out = advise(*asked, "-o", "text").out
    assert "at most: ¥75,000 + 30% of spend a month (spend: of each account)\n" in out
    assert "¥25,000 + 10%" not in out
    out = advise(*asked, "-o", "text", "--explain", "all").out
    assert "Premier, ¥150,000 + 30% of spend a month, ¥900,000 more a year." in out
    assert "3 accounts; spend is of each, fees are of all of them." in out


def test_the_headline_is_what_is_to_be_paid() -> None:
    """Trial at 350,000 is 40,000, enterprise 60,000: x 0.7 x 1.06 x 3 x 12."""
    asked = ("--spend", "35万", "--response", "10m", "--accounts", "3", *PRICE[:6], *BEFORE)
    assert "at most: ¥89,040 a month, ¥1,068,480 a year" in advise(*asked, "-o", "text").out
    out = advise(*asked, "-o", "text", "--explain", "all").out
    assert "a year, CNY 1,068,480" in out
    assert "Enterprise: ¥1,602,720 a year, ¥534,240 more" in out
    assert "Annual cost 1,602,720" in out
    assert "All amounts are after the discount and with tax." in out
    listed = [line for line in out.splitlines() if "term 1,440,000" in line]
    assert listed == ["fee: a month 120,000; the term 1,440,000"]


@pytest.mark.parametrize(
    ("asked", "limit", "code"),
    [
        # the upper end: 12 x (50,000 + 20,000) = 840,000
        ("--spend 80000..200000 --tam", "830000", ExitCode.OVER_LIMIT),
        ("--spend 80000..200000 --tam", "839999.99", ExitCode.OVER_LIMIT),
        ("--spend 80000..200000 --tam", "840000", ExitCode.DONE),
        # 744,000 and 6 % are 788,640
        ("--spend 120000 --tam --tax added --tax-rate 6%", "744000", ExitCode.OVER_LIMIT),
        ("--spend 120000 --tam --tax added --tax-rate 6%", "788639.99", ExitCode.OVER_LIMIT),
        ("--spend 120000 --tam --tax added --tax-rate 6%", "788640", ExitCode.DONE),
        ("--spend 120000 --tam --tax included --tax-rate 6%", "744000", ExitCode.DONE),
        ("--spend 120000 --tam --discount 7折", "520800", ExitCode.DONE),
        ("--spend 120000 --tam --discount 7折", "520799", ExitCode.OVER_LIMIT),
        # a voucher is a means of payment: it lowers no limit
        ("--spend 120000 --tam --voucher 60000", "743999", ExitCode.OVER_LIMIT),
        # all accounts together: 744,000 + 720,000; of a range the upper end, + 840,000
        ("--account a=120000 --account b=100000 --tam", "1463999", ExitCode.OVER_LIMIT),
        ("--account a=120000 --account b=100000 --tam", "1464000", ExitCode.DONE),
        ("--account a=120000 --account b=80000..200000 --tam", "1583999", ExitCode.OVER_LIMIT),
        ("--account a=120000 --account b=80000..200000 --tam", "1584000", ExitCode.DONE),
        # a year is twelve months, also of a shorter term: 12 x (50,000 + 12,000)
        ("--spend 120000 --tam --months 6", "743999", ExitCode.OVER_LIMIT),
        ("--spend 120000 --tam --months 6", "744000", ExitCode.DONE),
    ],
)
def test_the_limit_is_held_against_what_is_to_be_paid(
    asked: str, limit: str, code: ExitCode
) -> None:
    assert advise(*asked.split(), "--fail-if-over", limit).code == code


@pytest.mark.parametrize(
    ("asked", "year", "cost"),
    [
        # 12 x (50,000 + 12,000); doubled spend: 12 x (50,000 + 24,000)
        ("--spend 120000 --tam --months 24 --growth 100%/year", "year 2 costs", "888,000"),
        # 30 % off, 6 % on top: 12 x 51,800 x 1.06
        (
            (
                "--spend 120000 --tam --months 24 --growth 100%/year --discount 7折 --tax added "
                "--tax-rate 6%"
            ),
            "year 2 costs",
            "658,896",
        ),
        # the third year has six months: 6 x (50,000 + 48,000) is less than the second
        ("--spend 120000 --tam --months 30 --growth 100%/year", "year 2 costs", "888,000"),
        # ten months of it are not: 10 x 98,000
        ("--spend 120000 --tam --months 34 --growth 100%/year", "year 3 costs", "980,000"),
        # the first year is the dearest: 12 x (50,000 + 12,000), then 12 x (50,000 + 10,000)
        (
            f"--spend-series {';'.join(['120000'] * 12 + ['100000'] * 12)} --tam --months 24",
            "",
            "744,000",
        ),
        # the upper end of a range: 12 x (50,000 + 40,000)
        (
            "--spend 80000..200000 --tam --months 24 --growth 100%/year",
            "year 2 costs",
            "1,080,000",
        ),
        # begun within a month: from the second year on twelve bills, of 50,000 + 24,000 each
        (
            "--spend 120000 --tam --months 24 --growth 100%/year --start 2026-12-15",
            "year 2 costs",
            "888,000",
        ),
        # two accounts: 888,000 and 12 x (50,000 + 20,000)
        (
            "--account a=120000 --account b=100000 --tam --months 24 --growth 100%/year",
            "year 2 costs",
            "1,728,000",
        ),
        # no plan fits the first: the other one is over the limit without it
        (
            "--account a=6,response=1m --account b=200000,tam --months 24 --growth 100%/year",
            "year 2 costs",
            "1,080,000",
        ),
    ],
)
def test_the_limit_is_held_against_the_year_that_costs_most(
    asked: str, year: str, cost: str
) -> None:
    over = Decimal(cost.replace(",", "")) - Decimal("0.01")
    done = advise(*asked.split(), "--fail-if-over", str(over))
    assert done.code in (ExitCode.OVER_LIMIT, ExitCode.NO_PLAN)
    assert f"{year or 'supportcli:'} ¥{cost}" in done.err
    assert f"over the limit of ¥{over:,}" in done.err
    assert "over the limit" not in advise(*asked.split(), "--fail-if-over", cost).err


ROUND_TRIPS = {
    "named": "--account a=350000,tam --account b=20000,response=10m",
    "one thing of everything": "--account 'a=35万,tam,response=2h,hours=24x7,service=cost-analysis,"
    "tickets=20,without-channel=phone,order=120万@2026-12-01/12,order=5@2026-12/1,current=premier'"
    " --account b=8万..20万,named-tam --account 'c,series=1 2 3' --account d=unknown"
    " --months 3 --start 2026-12 --tickets 3",
    "quoted": "--account 'a=5,\"order=1,200 from 2026-12 for 2 months\"' --account b=1",
    "priced": "--account a=5 --account b=1 --discount 7折 --tax added --tax-rate 6% --voucher 9"
    " --customer 'Ours & Co' --valid-until 2026-12-31 --spreading by-day --days 30"
    " --start 2026-12-15",
    "paid": "--paid 8.4万 --paid-discount 7折 --tam",
    "said to be paid": "--spend '实付8.4万 7折' --tam",
    "series": "--spend-series '1 2 3' --months 3",
    "order alone": "--order '120000 from 2026-12-01 for 12 months' --tam",
    "range": "--spend 80000..200000 --response 10m",
    "unknown": "--spend unknown --response 10m",
    "alike": "--spend 12万 --accounts 3 --discount 7折",
}


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_saved_answers_give_the_same_answer(name: str) -> None:
    asked = shlex.split(ROUND_TRIPS[name].replace("cost-analysis", SERVICE))
    first = advise(*asked, "--save-answers", "a.yaml", "-o", "json")
    assert first.code in (ExitCode.DONE, ExitCode.NO_PLAN), first.err
    again = advise("--answers", "a.yaml", "-o", "json")
    assert json.loads(again.out) == json.loads(first.out)


SERVICE = "key-moment-assurance"

FILE = """
customer: Ours
accounts:
  - {name: prod, spend: 35万, tam: yes, order: 120万@2026-12-01/12}
  - {name: test, spend: "20,000", response: {unavailable: 10m}}
  - {name: dev, spend: 1万}
discount: 7折
tax: added
tax_rate: 6%
voucher: 60,000
"""


def test_an_answers_file_holds_a_whole_deal() -> None:
    Path("deal.yaml").write_text(FILE, encoding="utf-8")
    written = result("--answers", "deal.yaml", *BEFORE)
    assert written["total"] == result(*DEAL)["total"]
    first = advise("--answers", "deal.yaml", *BEFORE, "--save-answers", "again.yaml", "-o", "json")
    again = advise("--answers", "again.yaml", *BEFORE, "-o", "json")
    assert json.loads(again.out) == json.loads(first.out)
    assert json.loads(first.out)["inputs"]["customer"] == "Ours"


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ("--account z=5000", "in place of what deal.yaml says, not added to it: --account"),
        ("--account z=5000 -q", "in place of what deal.yaml says, not added to it: --account"),
        ("--voucher 5 --discount 8折", "in place of what deal.yaml says: --discount, --voucher"),
        ("--voucher 5 --discount 8折 -q", ""),
        ("--customer Ours --discount 7折", ""),  # as in the file
        ("--months 6 -o json --lang en", ""),  # the file says nothing of it
    ],
)
def test_flags_that_replace_what_an_answers_file_says_are_named(flags: str, words: str) -> None:
    Path("deal.yaml").write_text(FILE, encoding="utf-8")
    done = advise("--answers", "deal.yaml", *flags.split())
    assert done.code == ExitCode.DONE
    named = [line for line in done.err.splitlines() if "in place of" in line]
    assert named == ([f"supportcli: {words}"] if words else [])


def test_a_flag_that_replaces_a_list_of_an_answers_file_is_named() -> None:
    text = "spend: 12万\norder: [120万@2026-12-01/12]\nresponse: 10m\ntam: yes\n"
    Path("one.yaml").write_text(text, encoding="utf-8")
    flags = ("--no-tam", "--spend", "5000", "--order", "5@2026-12/1", "--response", "1h")
    err = advise("--answers", "one.yaml", *flags).err
    assert [line for line in err.splitlines() if "in place of" in line] == [
        "supportcli: in place of what one.yaml says: --no-tam, --spend",
        "supportcli: in place of what one.yaml says, not added to it: --response, --order",
    ]


def test_the_deal_of_the_readme_is_read() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    [block] = re.findall(r"A whole deal fits .*?```yaml\n(.*?)```", readme, re.DOTALL)
    Path("deal.yaml").write_text(block, encoding="utf-8")
    assert result("--answers", "deal.yaml", *BEFORE)["total"] == result(*DEAL)["total"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("accounts:\n  - {spend: 5}\n", "deal.yaml:2:5: field 'name' is missing; add it"),
        ("accounts:\n  - {name: a, size: 5}\n", "deal.yaml:2:15: unknown field 'size'"),
        ("accounts:\n  - {name: a}\n", "deal.yaml:2: has no spend; give it one, or unknown"),
        ("accounts:\n  - {name: a, spend: x}\n", "deal.yaml:2: 'x' is not an amount"),
        (
            "account: [a=5]\naccounts: [b=5]\n",
            "deal.yaml:2:11: accounts are listed twice; keep one of the two",
        ),
        (
            "accounts: [a=5, a=6]\n",
            "deal.yaml:1: 'a' is given twice; keep one",
        ),
        (
            "accounts:\n  - {name: a=b, spend: 5}\n",
            "deal.yaml:2:12: a name of an account holds no =",
        ),
        ("accounts: []\n", "deal.yaml:1: lists no account; list one"),
    ],
)
def test_a_wrong_deal_is_refused_with_its_place(file: str, words: str) -> None:
    Path("deal.yaml").write_text(file, encoding="utf-8")
    done = advise("--answers", "deal.yaml")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert words in done.err


def test_payments_at_each_end_of_a_range() -> None:
    """50,000 prepaid and 10 % of 80,000, of 140,000, of 200,000 on the first of the next month."""
    out = advise("--spend", "80000..200000", "--tam", "--months", "1", "-o", "csv").out
    assert out.splitlines() == [
        "day,prepaid,postpaid,charged,voucher,to_pay,spend",
        "2026-12-01,50000.00,0.00,50000.00,0.00,50000.00,lowest",
        "2027-01-01,0.00,8000.00,8000.00,0.00,8000.00,lowest",
        "2026-12-01,50000.00,0.00,50000.00,0.00,50000.00,middle",
        "2027-01-01,0.00,14000.00,14000.00,0.00,14000.00,middle",
        "2026-12-01,50000.00,0.00,50000.00,0.00,50000.00,highest",
        "2027-01-01,0.00,20000.00,20000.00,0.00,20000.00,highest",
    ]


def test_payments_that_cannot_be_told_are_refused() -> None:
    done = advise("--spend", "unknown", "--tam", "-o", "csv")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    done = advise("--plans", "aws", "--spend", "5000", "--response", "1h", "-o", "csv")
    assert done.err == (
        "supportcli: -o csv: when the fee is charged is not recorded here; "
        "choose table, text, md, html or json\n"
    )


def test_rows_of_amounts_say_that_no_plan_fits() -> None:
    """What b pays is not known; a pays 50,000 first and 10 % of 120,000 after the month."""
    deal = ("--account", "a=120000,tam", "--account", "b=5,response=1m", "--months", "1")
    words = (
        "supportcli: b: No plan is known to fit\nsupportcli: the payments are those of a alone\n"
    )
    done = advise(*deal, "-o", "csv")
    assert (done.code, done.err) == (ExitCode.NO_PLAN, words)
    assert done.out.splitlines() == [
        "day,prepaid,postpaid,charged,voucher,to_pay",
        "2026-12-01,50000.00,0.00,50000.00,0.00,50000.00",
        "2027-01-01,0.00,12000.00,12000.00,0.00,12000.00",
    ]
    assert advise(*deal, "-o", "csv", "-q").err == words.splitlines(keepends=True)[1]
    done = advise(*deal, "--account", "c=unknown,tam", "-o", "csv")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    aws = ("--plans", "aws", "--account", "a=5000", "--account", "b=5,response=1m", "-o", "csv")
    assert "when the fee is charged is not recorded here" in advise(*aws, "--response", "1h").err
    done = advise("--spend", "5", "--response", "1m", "-o", "csv")
    assert (done.out.count("\n"), done.err) == (1, words.splitlines()[0].replace(" b:", "") + "\n")


def test_what_holds_for_every_account_is_said_once() -> None:
    deal = ("--account", "a=5,order=12@2026-12-01/12", "--account", "b=5", "--growth", "3%/month")
    for explain in ((), ("--explain", "accounts")):
        out = " ".join(advise(*deal, *explain).out.split())
        assert out.count("It grows by 3% a month.") == 1
        assert "b: It grows" not in out
        assert "a: The spend includes orders of ¥12" in out


def test_the_sum_of_another_term_is_said() -> None:
    """24 x (62,000 + 60,000); probably 24 x (50,000 + 50,000)."""
    flags = ("--account", "a=120000", "--account", "b=100000", "--tam", "--months", "24")
    out = advise(*flags, "-o", "text").out
    assert "term: ¥2,928,000 for 24 months, probably ¥2,400,000\n" in out
    assert "¥1,464,000 a year" in out


def test_a_range_in_one_account_gives_a_sum_for_each_end() -> None:
    """a: 62,000 a month; b: 58,000, 64,000, 70,000: 12 x 120,000, 126,000, 132,000."""
    answer = result("--account", "a=120000", "--account", "b=80000..200000", "--tam")
    ends = [(end["end"], end["to_pay"]["annual"]) for end in answer["ends"]]
    assert ends == [
        ("lowest", "1440000.00"),
        ("middle", "1512000.00"),
        ("highest", "1584000.00"),
    ]
    out = advise("--account", "a=120000", "--account", "b=80000..200000", "--tam", "-o", "text").out
    assert "¥1,440,000..¥1,584,000 a year" in out


def test_needs_and_the_plan_of_today_hold_for_accounts_that_name_none() -> None:
    flags = ("--tam", "--current-plan", "enterprise")
    accounts = ("--account", "a=5", "--account", "b=5,no-tam,current=premier")
    one, other = result(*accounts, *flags)["accounts"]
    assert (one["inputs"]["tam"], one["inputs"]["current_plan"]) == (True, "enterprise")
    assert (other["inputs"]["tam"], other["inputs"]["current_plan"]) == (False, "premier")
    assert (one["renewal"]["current"], other["renewal"]["current"]) == ("enterprise", "premier")


words = st.text("ab 一,;\"'=./@%", min_size=1, max_size=8).filter(lambda text: text.strip() == text)
fields = st.dictionaries(
    st.sampled_from(["response", "service", "order", "tickets", "current_plan", "spend_series"]),
    words.map(lambda text: (text,)),
)


@given(words.filter(lambda text: "=" not in text and "  " not in text), words, fields)
def test_an_account_as_text_is_the_same_account(
    name: str, spend: str, said: dict[str, tuple[str, ...]]
) -> None:
    """Whatever stands in it: commas, quotes, signs of equality."""
    texts = {"spend": (" ".join(spend.split()),), "tam": ("true",), **said}
    account = NamedAccount(name, {field: Given(each, "") for field, each in texts.items()})
    problems: list[Problem] = []
    given_ = {"account": Given((account_text(account),), "--account")}
    [again] = read_accounts(given_, problems)
    assert problems == []
    assert again.name == name
    assert {field: each.texts for field, each in again.given.items()} == texts


# What 9a665d1 wrote is read as before

SAVED = """# supportcli advise --answers FILE
spend: "120000"
response:
  unavailable: "10m"
tam: "true"
tickets: "20"
accounts: "3"
months: "24"
growth: "1%/month"
discount: "7折"
discount_on: "postpaid"
voucher: "60000"
tax: "included"
tax_rate: "6%"
"""
SAVED_ACCOUNTS = """account:
  - "prod=300000,response=10m,tam"
  - "test=5000,response=40m"
"""


def test_answers_files_of_before_are_read() -> None:
    Path("one.yaml").write_text(SAVED, encoding="utf-8")
    flags = (
        *("--spend", "120000", "--response", "10m", "--tam", "--tickets", "20", "--accounts", "3"),
        *("--months", "24", "--growth", "1%/month", "--discount", "7折"),
        *("--discount-on", "postpaid", "--voucher", "60000", "--tax", "included"),
        *("--tax-rate", "6%"),
    )
    assert result("--answers", "one.yaml") == result(*flags)
    Path("two.yaml").write_text(SAVED_ACCOUNTS, encoding="utf-8")
    named = ("--account", "prod=300000,response=10m,tam", "--account", "test=5000,response=40m")
    assert result("--answers", "two.yaml") == result(*named)


POOLED = (
    *("--plans", "aws"),
    *("--account", "a=120000,tam,current=aws-business-plus"),
    *("--account", "b=50000,tam,current=aws-business-plus"),
)


def test_a_part_of_one_fee_is_compared_with_what_is_paid_today() -> None:
    """Of 15,000 + 7 % of 20,000 = 16,400 a month, a has 12/17: 11,576.47, 138,917.64 a year.

    Today each has Business Support+: a 900 + 4,900 + 2,000, 93,600 a year; b 900 + 2,800, 44,400.
    """
    answer = result(*POOLED)
    a, b = answer["accounts"]
    assert (a["to_pay"]["annual"], b["to_pay"]["annual"]) == ("138917.64", "57882.36")
    assert a["renewal"]["annual_difference"] == a["renewal"]["to_pay"]["annual"] == "45317.64"
    assert b["renewal"]["to_pay"]["annual"] == "13482.36"
    assert answer["renewal"]["to_pay"]["annual"] == "58800.00"
    first = advise(*POOLED, "-o", "text").out
    assert "a: Business Support+; Enterprise Support is $45,317.64 more a year; " in first
    out = advise(*POOLED, "-o", "text", "--explain", "all").out
    for amount in ("a: compared with Business Support+ today: $45,317.64", "b: compared with Bus"):
        assert amount in out
    assert "All accounts compared with today: $58,800 more a year." in out
    assert "b: one fee with a" in out
    assert "What other plans cost is told for it alone." in out


@pytest.mark.parametrize("of", ["--account a=", "--spend "])
def test_the_ends_of_a_range_have_what_the_middle_has(of: str) -> None:
    """Enterprise is 25,000 + 10 %, 396,000 and 540,000 a year at 80,000 and 200,000.

    Probably 25,000, 300,000. The trial edition is 20,000 a month less. x 0.7 each.
    """
    needs = ",response=10m" if "account" in of else " --response 10m"
    asked = shlex.split(f"{of}80000..200000{needs} --discount 7折")
    answer = result(*asked)
    assert [end["end"] for end in answer["ends"]] == ["lowest", "middle", "highest"]
    found = [
        (
            end["accounts"][0]["recommended"],
            end["to_pay"]["annual"],
            end["by_reading"]["floor"]["annual"],
            end["accounts"][0]["ask_first"][0]["to_pay"]["annual"],
            end["accounts"][0]["ask_first"][0]["saves_to_pay"]["annual"],
        )
        for end in (answer["ends"][0], answer["ends"][-1])
    ]
    assert found == [
        ("enterprise", "277200.00", "210000.00", "109200.00", "168000.00"),
        ("enterprise", "378000.00", "210000.00", "210000.00", "168000.00"),
    ]
    for form in ("text", "chat"):
        assert "¥277,200..¥378,000 a year" in advise(*asked, "-o", form).out
    assert advise(*asked, "--fail-if-over", "377999").code == ExitCode.OVER_LIMIT
    assert advise(*asked, "--fail-if-over", "378000").code == ExitCode.DONE


TODAYS = (
    *("--account", "a=350000,tam", "--account", "b=400000,response=10m"),
    *("--current-plan", "enterprise"),
)


def test_what_is_paid_more_than_today_is_told_under_both_readings() -> None:
    """Of a Premier instead of Enterprise at 350,000; b, at 400,000, stays with Enterprise.

    At most 50,000 + 35,000 - (25,000 + 35,000), 300,000 a year; probably 50,000 - 35,000, 180,000.
    b on Premier too: 25,000 more, 300,000 a year; probably 50,000 - 40,000, 120,000.
    """
    answer = result(*TODAYS)

    def by_reading(told: dict[str, Any]) -> dict[str, str]:
        return {name: paid["annual"] for name, paid in told.items()}

    more = {"additive": "300000.00", "floor": "180000.00"}
    a, b = answer["accounts"]
    assert by_reading(a["renewal"]["by_reading"]) == more
    assert by_reading(b["renewal"]["by_reading"]) == {"additive": "0.00", "floor": "0.00"}
    assert by_reading(answer["renewal"]["by_reading"]) == more
    saved = by_reading(answer["saved_by_reading"])
    assert saved == {"additive": "300000.00", "floor": "120000.00"}
    alone = result("--spend", "350000", "--tam", "--current-plan", "enterprise")
    assert by_reading(alone["renewal"]["by_reading"]) == more

    out = advise(*TODAYS, "-o", "text", "--explain", "accounts").out
    change = "¥300,000 more a year. Probably: ¥180,000 more a year."
    assert f"a: compared with Enterprise today: {change}" in out
    assert "b: compared with Enterprise today: The same fee.\n" in out
    assert f"All accounts compared with today: {change}" in out
    assert "Premier, ¥2,100,000 a year. Probably: ¥1,200,000 a year." in out
    saves = "A plan for each saves ¥300,000 a year. Probably: A plan for each saves ¥120,000"
    assert saves in out
    asked = ("--spend", "350000", "--tam", "--current-plan", "enterprise", "--explain", "whatif")
    assert f"- {change}\n" in advise(*asked, "-o", "text").out
    assert "- ¥180,000 more a year.\n" in advise(*asked, "-o", "text", "--reading", "floor").out


def test_without_a_plan_today_there_is_no_sum_against_it() -> None:
    """With 5 % off 93,600 and 144,000, and 6 % tax on both: 50,400 x 0.95 x 1.06."""
    priced = ("--discount", "5%", "--tax", "added", "--tax-rate", "6%")
    answer = result(*POOLED[:4], *("--account", "b=50000,response=30m"), *priced)
    assert answer["renewal"] is None
    a, b = answer["accounts"]
    assert b["renewal"] is None
    assert a["renewal"]["to_pay"]["annual"] == "50752.80"
    assert a["renewal"]["annual_difference"] == "50400.00"


def test_what_a_plan_to_ask_about_costs_stands_beside_what_it_saves() -> None:
    """120,000 a month: enterprise 25,000 + 10 %, 37,000; the trial edition 5,000 + 10 %, 17,000."""
    asked = ("--spend", "120000", "--response", "10m", "--tax", "added", "--tax-rate", "6%")
    trial = result(*asked)["ask_first"][0]
    assert (trial["annual"]["total"], trial["saves"]) == ("204000.00", "240000.00")
    assert trial["to_pay"]["annual"] == "216240.00"
    assert trial["saves_to_pay"]["annual"] == "254400.00"


# What cannot be told of all accounts, and why


def test_a_sum_that_cannot_be_told_is_said_to_lack_a_spend() -> None:
    out = advise(
        "--account",
        "a=unknown,response=10m",
        "--account",
        "b=120000,tam",
        "-o",
        "text",
        "--explain",
        "all",
    )
    assert "a month ¥25,000 + 10% of spend; a year unknown" in out.out
    assert "There is no sum of all without the spend of a." in out.out
    assert "The others: at most ¥744,000 a year." in out.out  # 12 x (50,000 + 12,000)
    assert "What one plan for all costs cannot be told without the spend of each." in out.out
    assert "No one plan" not in out.out


def test_an_account_that_nothing_fits_leaves_the_sum_of_the_others() -> None:
    asked = ("--account", "a=6,response=1m", "--account", "b=200000,tam")
    assert result(*asked)["known"]["annual"] == "840000.00"  # 12 x (50,000 + 20,000)
    done = advise(*asked, "--fail-if-over", "839999", "-o", "text")
    assert done.code == ExitCode.NO_PLAN
    assert "There is no sum of all: no plan is known to fit a." in done.out
    assert "The others: at most ¥840,000 a year." in done.out
    assert "¥840,000 a year is over the limit of ¥839,999" in done.err
    told = "supportcli: the limit is held against b alone; no plan fits a\n"
    assert told in done.err
    below = advise(*asked, "--fail-if-over", "840000")
    assert below.code == ExitCode.NO_PLAN
    assert below.err.endswith(told)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ("--discount 7折", "--discount: means nothing without the spend of a; give it, a=AMOUNT"),
        ("--voucher 5", "--voucher: means nothing without the spend of a; give it, a=AMOUNT"),
        ("--fail-if-over 5", "--fail-if-over: cannot be told without the spend of a; give it in"),
        ("-o csv", "-o csv: cannot be told without the spend of a; give it in --account"),
    ],
)
def test_it_is_said_whose_spend_is_missing(flags: str, words: str) -> None:
    done = advise("--account", "a=unknown,tam", "--account", "b=5", *flags.split())
    assert done.code == ExitCode.USAGE
    assert words in done.err
    assert "--spend" not in done.err


def test_one_account_is_no_comparison() -> None:
    out = advise("--account", "a=600000,response=10m", "--months", "1", "-o", "text").out
    assert out.startswith("Recommended: 1 Enterprise\n")
    assert "at most: ¥85,000 a month, ¥85,000 for 1 month, " in out
    assert "probably: ¥60,000 a month, ¥60,000 for 1 month, " in out
    assert "1 month from 2026-12" in out
    assert "One plan for all" not in out
    assert "Both cost the same" not in out


def test_the_months_after_a_series_are_said_to_go_on() -> None:
    asked = ("--account", "a,series=100000 200000 300000", "--months", "3", "-o", "text")
    words = "a year goes on with that of the last one"
    assert words in advise(*asked).out
    assert words not in advise("--spend-series", " ".join(["5"] * 12), "-o", "text").out


# An account of a deal is told what a single one is told


def test_a_deal_tells_what_the_likelier_reading_would_recommend() -> None:
    """Premier's minimum is 50,000 a month, enterprise's percentage alone 60,000 at 600,000."""
    asked = ("--account", "a=600000,response=10m", "--account", "b=5", "-o", "text")
    first = advise(*asked).out
    assert "If so ¥300,000 a year less. Then Premier for a." in first
    out = advise(*asked, "--explain", "all").out
    assert "a: Under Floor reading, Premier instead." in out
    assert "b: Under" not in out


@pytest.mark.parametrize(
    ("flags", "account"),
    [
        ("--plans aws", "120000,tam"),
        ("--plans yandex-cloud", "120000"),
        ("", "600000,response=10m"),
        ("--include-doubtful", "20000,response=10m,tickets=20"),
    ],
)
def test_a_deal_rests_on_what_one_account_rests_on(flags: str, account: str) -> None:
    explained = ("-o", "text", "--explain", "all")
    spend, *needs = account.split(",")
    words = [word for need in needs for word in f"--{need}".replace("=", " ").split()]
    readings = ("-o", "text", "--explain", "readings,all")
    single = advise(*flags.split(), "--spend", spend, *words, *readings).out
    deal = advise(*flags.split(), "--account", f"a={account}", *explained).out
    last = single.splitlines()[-1]
    assert len(last) > 40
    for sentence in last.split(". "):
        assert sentence in deal


def test_a_deal_tells_what_is_assumed_and_within_which_limit() -> None:
    account = ("--account", "a=20000,response=10m,tickets=20")
    trial = ("--include-doubtful", *account, "-o", "text", "--explain", "all")
    assert "a: 20 tickets in the busiest month: at most 30 tickets a month" in advise(*trial).out
    tam = ("--plans", "aws", "--account", "a=120000,tam", "-o", "text", "--explain", "all")
    assert "a: dedicated TAM: included (assumed)" in advise(*tam).out


def test_the_parts_of_a_fee_of_nothing_have_their_decimals_in_json() -> None:
    free = ("--plans", "huawei-cloud-intl", "--account", "a=1000", "--account", "b=2000")
    answer = result(*free)
    assert {amounts(one["to_pay"]) for one in answer["accounts"]} == {("0.00", "0.00", "0.00")}
    assert {one["annual"] for one in answer["accounts"]} == {"0.00"}
    assert "a month 0; a year 0" in advise(*free, "-o", "text", "--explain", "all").out


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("0", "CNY", "CNY 0.00"),
        ("-1200.5", "CNY", "CNY -1,200.50"),
        ("1.2345", "CNY", "CNY 1.2345"),
        ("0", "JPY", "JPY 0"),
        ("7", "KWD", "KWD 7.000"),
    ],
)
def test_money_has_the_decimals_of_its_currency(amount: str, currency: str, shown: str) -> None:
    assert str(Money(Decimal(amount), currency)) == shown


@pytest.mark.parametrize("part", ["foo=3", "顶级"])
def test_what_cannot_be_said_of_an_account_is_named(part: str) -> None:
    done = advise("--account", f"a=5,{part}")
    assert done.code == ExitCode.USAGE
    assert f"--account a: '{part}' is not said of one account" in done.err
    for known in ("response=", "series=", "current=", "order=", "tam", "no-tam", "named-tam"):
        assert known in done.err


def test_an_account_of_a_file_has_the_short_names_too() -> None:
    Path("deal.yaml").write_text(
        "accounts:\n  - {name: a, series: 1 2 3, current: premier}\nmonths: 3\n", encoding="utf-8"
    )
    named = ("--account", "a,series=1 2 3,current=premier", "--months", "3")
    assert result("--answers", "deal.yaml") == result(*named)
    Path("twice.yaml").write_text(
        "accounts:\n  - {name: a, spend: 1, current: premier, current_plan: basic}\n",
        encoding="utf-8",
    )
    assert "'current_plan' is given twice" in advise("--answers", "twice.yaml").err


@pytest.mark.parametrize("spend", [("--spend", "120000"), ("--account", "a=120000")])
def test_saved_answers_keep_who_confirmed_and_the_limit(spend: tuple[str, str]) -> None:
    flags = ("--tam", "--reading", "additive", "--confirmed-by", "Li 2026", "--fail-if-over", "5")
    first = advise(*spend, *flags, "--save-answers", "a.yaml", "-o", "json")
    again = advise("--answers", "a.yaml", "-o", "json")
    assert (first.code, again.code) == (ExitCode.OVER_LIMIT, ExitCode.OVER_LIMIT)
    assert json.loads(again.out) == json.loads(first.out)
    assert json.loads(again.out)["catalogue"]["confirmed_by"] == "Li 2026"


def test_the_annual_keys_of_what_would_change_are_list_figures() -> None:
    """Enterprise lists 12 x 37,000 = 444,000, Premier 744,000; x 0.7 x 1.06 is to be paid."""
    agreed = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%", "--voucher", "60000")
    needs = ("--spend", "120000", "--response", "10m", "--current-plan", "premier")
    found = json.loads(run_cli("advise", *needs, *agreed, "-o", "json", *TODAY).out)["result"]
    told = {
        "annual": found["staircase"][0],
        "annual_saving": found["savings"][0],
        "annual_cost": found["needs"][0],
    }
    for key, each in told.items():
        assert (each[key], each["to_pay"]["annual"]) == ("444000.00", "329448.00")
    more, less, asked = found["demands"][0], found["renewal"], found["ask_first"][0]
    assert (more["annual_difference"], more["to_pay"]["annual"]) == ("300000.00", "222600.00")
    assert (less["annual_difference"], less["to_pay"]["annual"]) == ("-300000.00", "-222600.00")
    assert (asked["saves"], asked["saves_to_pay"]["annual"]) == ("240000.00", "178080.00")
    assert found["scenarios"][2]["annual"] == "429600.00"
