"""`advise` on real contracts: terms, growth, orders, accounts, discounts, tax, what is paid."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import supportcli
from supportcli.errors import ExitCode
from supportcli.text_width import cell_width
from tests.conftest import Golden
from tests.runner import TODAY, Done, run_cli
from tests.test_turning import EIGHT

SCHEMA = json.loads(
    (Path(supportcli.__file__).parent / "schemas" / "output.json").read_text(encoding="utf-8")
)
PREMIER = ("--spend", "120000", "--tam")
SCREENS = {
    "growth": (*PREMIER, "--growth", "3%/month"),
    "mid-month": (*PREMIER, "--start", "2026-12-15", "--months", "24"),
    "orders": (*PREMIER, "--order", "120000 from 2027-03-15 for 12 months"),
    "accounts": (*PREMIER, "--accounts", "3"),
    "deal": (
        *(*PREMIER, "--discount", "7折", "--discount-on", "postpaid", "--voucher", "60000"),
        *("--tax", "included", "--tax-rate", "6%"),
    ),
    "paid": ("--paid", "8.4万", "--paid-discount", "7折", "--tam"),
    "renewal": (*PREMIER, "--current-plan", "enterprise"),
    "aws": ("--plans", "aws", "--spend", "11000", "--months", "3", "--tam", "--accounts", "2"),
}
NAMED = ("--account", "prod=300000,response=10m,tam", "--account", "test=5000,response=40m")


def advise(*arguments: str) -> Done:
    return run_cli("advise", *TODAY, *arguments)


def document(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(advise(*arguments, "-o", "json").out)
    return found


def result(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = document(*arguments)["result"]
    return found


def totals(found: dict[str, Any]) -> list[str]:
    return [month["total"] for month in found["months"]]


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, code: str, golden: Golden) -> None:
    for width in (60, 80, 140):
        flags = ("--lang", code, "--explain", "all", "--width", str(width))
        done = advise(*SCREENS[name], *flags)
        assert (done.code, max(map(cell_width, done.out.splitlines())) <= width) == (0, True)
    golden(
        f"contract-{name}.{code}.txt", advise(*SCREENS[name], "--lang", code, "--width", "100").out
    )
    if name in ("deal", "mid-month"):
        shown = advise(*SCREENS[name], "--lang", code, "--explain", "all", "--width", "100").out
        golden(f"contract-{name}.explained.{code}.txt", shown)


@pytest.mark.parametrize("name", SCREENS)
def test_json_fits_the_schema_and_adds_up(name: str) -> None:
    found = document(*SCREENS[name])
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(found)]
    assert errors == []
    answer = found["result"]
    fees = sum(Decimal(month["total"]) for month in answer["months"])
    gross = sum(Decimal(bill["gross"]) for bill in answer["bills"])
    paid = sum(Decimal(p["prepaid"]) + Decimal(p["postpaid"]) for p in answer["payments"])
    assert fees == sum(Decimal(bill["fee"]) for bill in answer["bills"])
    assert gross == Decimal(answer["totals"][-1]["cost"])
    if answer["payments"]:
        assert paid == gross
    [chosen] = [plan for plan in answer["plans"] if plan["id"] == answer["recommended"]]
    assert Decimal(chosen["term"]["total"]) == fees


def test_growth_of_3_percent_a_month() -> None:
    """50,000 + 10% of 120,000 x 1.03^n, each spend rounded: 66,610.81 the last, 770,304.37 all."""
    found = result(*SCREENS["growth"])
    expected = []
    spend = Decimal(120000)
    for index in range(12):
        grown = (spend * Decimal("1.03") ** index).quantize(Decimal("0.01"))
        expected.append(str((50000 + grown / 10).quantize(Decimal("0.01"))))
    assert totals(found) == expected
    assert expected[-1] == "66610.81"
    assert found["plans"][4]["annual"]["total"] == "770304.37"


def test_growth_by_the_year_steps_every_twelve_months() -> None:
    flags = ("--growth", "10%/year", "--months", "25")
    found = totals(result("--spend", "100000", "--tam", *flags))
    assert found == ["60000.00"] * 12 + ["61000.00"] * 12 + ["62100.00"]


@pytest.mark.parametrize(
    ("order", "spends"),
    [
        ("120000 paid 90000 from 2026-03-01 for 12 months", ["10000.00"] * 12),
        (
            "120000 paid 90000 from 2026-03-15 for 12 months",
            ["5483.87", *["10000.00"] * 11, "4516.13"],  # 17/31 of a month's share; the rest
        ),
    ],
)
def test_an_order_is_spread_at_list_price(order: str, spends: list[str]) -> None:
    flags = ("--start", "2026-03", "--date", "2026-02-01", "--months", "13", "--order", order)
    found = json.loads(run_cli("advise", *flags, "-o", "json").out)
    given = [month["spend"] for month in found["result"]["months"]]
    assert given[: len(spends)] == spends
    assert sum(map(Decimal, given)) == 120000


def test_a_vendor_that_counts_net_spend_counts_what_was_paid() -> None:
    order = "120000 paid 90000 from 2026-12-01 for 12 months"
    found = result("--plans", "scaleway", "--order", order)
    assert {month["spend"] for month in found["months"]} == {"7500.00"}
    assert {month["ordered"] for month in found["months"]} == {"7500.00"}
    told = advise("--plans", "scaleway", "--order", order, "-o", "text").out
    assert "orders of EUR 90,000 as paid, spread evenly by month (assumed)" in told


def test_that_accounts_pay_apart_is_assumed_where_nobody_says() -> None:
    words = "That each account has a fee of its own is assumed."
    flags = ("--spend", "2000", "--accounts", "2", "-o", "text")
    assert words in advise("--plans", "google-cloud", *flags).out
    assert words not in advise(*flags).out


def test_an_order_by_day_and_a_file_of_orders(tmp_path: Path) -> None:
    path = tmp_path / "orders.txt"
    path.write_text(
        "# ours\n31000 from 2027-01-01 for 1 month\n\n59 from 2027-01-01 for 2 months\n"
    )
    flags = ("--spend", "0", "--order", str(path), "--spreading", "by-day", "--start", "2027-01")
    spends = [month["spend"] for month in result(*flags)["months"][:3]]
    assert spends == ["31031.00", "28.00", "0.00"]  # 59 over 31 and 28 days


def test_a_term_of_twelve_months_has_twelve_prepaid_parts() -> None:
    """The spend by days, 17 of 31 and 14 of 31: 10% of 120,000 is 12,000 in all."""
    found = result(*PREMIER, "--start", "2026-12-15")
    assert [month["prepaid"] for month in found["months"]] == ["50000.00"] * 12 + ["0.00"]
    assert found["months"][0]["postpaid"] == "6580.65"
    assert found["months"][12]["postpaid"] == "5419.35"
    assert found["plans"][4]["annual"]["total"] == "744000.00"


@pytest.mark.parametrize(
    ("flags", "first", "last"),
    [
        (("--proration", "fee"), "34000.00", "28000.00"),  # 62,000 x 17/31 and 14/31
        (("--proration", "none"), "62000.00", "0.00"),
        (("--proration", "fee", "--days", "30"), "33066.67", "28933.33"),  # 16/30 and 14/30
    ],
)
def test_a_part_month_by_another_rule(flags: tuple[str, ...], first: str, last: str) -> None:
    found = totals(result(*PREMIER, "--start", "2026-12-15", *flags))
    assert (found[0], found[-1]) == (first, last)


def test_aws_business_for_three_months() -> None:
    """10% of 10,000 + 7% of 1,000 is 1,070; three of them 3,210."""
    flags = ("--plans", "aws", "--as-of", "2025-06-01", "--spend", "11000", "--months", "3")
    plans = {plan["id"]: plan for plan in result(*flags)["plans"]}
    assert plans["aws-business"]["term"]["total"] == "3210.00"
    assert plans["aws-business"]["annual"]["total"] == "12840.00"


def test_accounts_with_a_plan_each_or_pooled() -> None:
    found = {plan["id"]: plan for plan in result(*PREMIER, "--accounts", "3")["plans"]}
    assert found["premier"]["monthly"]["total"] == "186000.00"  # three times 62,000
    aws = {plan["id"]: plan for plan in result(*SCREENS["aws"])["plans"]}
    assert aws["aws-business-plus"]["monthly"]["total"] == "1940.00"  # twice 900 + 70
    assert aws["aws-enterprise-onramp"]["monthly"]["total"] == "5500.00"  # 10% of 22,000 is less


def test_the_lines_of_a_deal() -> None:
    """30% off 12,000 is 3,600; of 58,400 with 6% inside 55,094.34 and 3,305.66."""
    found = result(*SCREENS["deal"])
    bill = found["bills"][0]
    assert (bill["fee"], bill["discount"], bill["net"]) == ("62000.00", "3600.00", "58400.00")
    assert (bill["tax"], bill["gross"]) == ("3305.66", "58400.00")
    first, second, *_ = found["payments"]
    assert (first["prepaid"], first["voucher"], first["to_pay"]) == ("50000.00", "50000.00", "0.00")
    assert (second["postpaid"], second["voucher"]) == ("8400.00", "10000.00")
    assert found["voucher_left"] == "0.00"


@pytest.mark.parametrize(
    ("flags", "net", "tax", "gross"),
    [
        (("--tax", "included"), "62000.00", "3509.43", "62000.00"),
        (("--tax", "added"), "62000.00", "3720.00", "65720.00"),
    ],
)
def test_tax(flags: tuple[str, ...], net: str, tax: str, gross: str) -> None:
    bill = result(*PREMIER, *flags, "--tax-rate", "6%")["bills"][0]
    assert (bill["net"], bill["tax"], bill["gross"]) == (net, tax, gross)


def test_a_voucher_never_pays_more_than_is_due() -> None:
    found = result(*PREMIER, "--voucher", "1000000")
    assert found["voucher_left"] == "256000.00"  # 744,000 are due
    assert {payment["to_pay"] for payment in found["payments"]} == {"0.00"}


@pytest.mark.parametrize("accounts", [("--spend", "12000"), ("--account", "a=12000")])
def test_a_voucher_pays_where_the_days_of_payment_are_not_stated(accounts: tuple[str, ...]) -> None:
    # Business Support+ at 12,000: 1,040 a month, 12,480 a year
    flags = ("--plans", "aws", *accounts, "--response", "1h", "--voucher", "100")
    found = result(*flags)
    paid = found.get("total", found)
    assert paid["payments"] == []
    assert (paid["voucher_used"], paid["voucher_left"]) == ("100.00", "0.00")
    assert paid["term_to_pay"] == "12380.00"
    screen = advise(*flags, "--explain", "all").out
    assert re.search(r"voucher +-100\n", screen)
    assert re.search(r"to pay +12,380\n", screen)


def test_what_customers_know_is_what_they_pay() -> None:
    found = document(*SCREENS["paid"])
    assert found["inputs"]["monthly_spend"] == "120000.00"
    assert found["inputs"]["estimated"] is True
    assert "The spend is estimated from what is paid." in advise(*SCREENS["paid"], "-o", "text").out


def test_renewal_both_ways() -> None:
    up = result(*SCREENS["renewal"])["renewal"]
    assert (up["annual_difference"], up["gains"], up["losses"]) == (
        "300000.00",
        [
            "a dedicated TAM (whether Enterprise has it too: the source says both)",
            EIGHT,
        ],
        [],
    )
    down = result("--spend", "120000", "--current-plan", "premier")["renewal"]
    assert down["annual_difference"] == "-744000.00"
    assert "a dedicated TAM" in down["losses"]


def test_payments_as_csv(tmp_path: Path) -> None:
    out = advise(*PREMIER, "-o", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 13
    assert rows[0] == {
        "day": "2026-12-01",
        "prepaid": "50000.00",
        "postpaid": "0.00",
        "charged": "50000.00",
        "voucher": "0.00",
        "to_pay": "50000.00",
    }
    assert rows[12]["charged"] == "12000.00"
    path = tmp_path / "payments.csv"
    assert advise(*PREMIER, "--out", str(path)).code == ExitCode.DONE
    assert path.read_text(encoding="utf-8") == out


def test_a_series_of_months(tmp_path: Path) -> None:
    amounts = [str(10000 * (index + 1)) for index in range(12)]
    spends = [month["spend"] for month in result("--spend-series", " ".join(amounts))["months"]]
    assert spends == [f"{amount}.00" for amount in amounts]
    path = tmp_path / "spends.txt"
    months = [f"2026-12 {amounts[0]}", *(f"2027-{i:02} {amounts[i]}" for i in range(1, 12))]
    path.write_text("\n".join(months), encoding="utf-8")
    again = [month["spend"] for month in result("--spend-series", str(path))["months"]]
    assert again == spends
    path.write_text("\n".join(reversed(months)), encoding="utf-8")
    done = advise("--spend-series", str(path))
    assert done.err == ("supportcli: --spend-series: '2027-11' stands where 2026-12 is expected\n")


@pytest.mark.parametrize("code", ["en", "zh"])
def test_named_accounts(code: str, golden: Golden) -> None:
    for width in (60, 80, 140):
        out = advise(*NAMED, "--lang", code, "--width", str(width)).out
        assert max(map(cell_width, out.splitlines())) <= width
    golden(f"contract-named.{code}.txt", advise(*NAMED, "--lang", code, "--width", "100").out)


def test_named_accounts_and_one_plan_for_all() -> None:
    """Premier at 300,000 is 80,000 a month, Enterprise at 5,000 is 25,500."""
    found = document(*NAMED)
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(found)]
    assert errors == []
    answer = found["result"]
    assert [one["recommended"] for one in answer["accounts"]] == ["premier", "enterprise"]
    assert answer["annual"] == "1266000.00"  # 960,000 + 306,000
    one = answer["together"]
    assert (one["plan"], one["annual"]) == ("premier", "1566000.00")  # + 50,500 x 12
    assert answer["saved"] == "300000.00"


def test_named_accounts_whose_spend_is_pooled() -> None:
    """Together 160,000: 15,000 + 7% of 10,000 is 15,700, half of it for each; 12 x 15,700."""
    accounts = ("--account", "a=80000", "--account", "b=80000")
    answer = result("--plans", "aws", *accounts, "--tam")
    assert [one["monthly"] for one in answer["accounts"]] == ["7850.00", "7850.00"]
    assert [one["one_fee_with"] for one in answer["accounts"]] == [["b"], ["a"]]
    assert answer["total"]["annual"]["total"] == "188400.00"
    one = answer["together"]
    assert (one["plan"], one["annual"]) == ("aws-enterprise-2025", "188400.00")
    assert answer["saved"] == "0.00"
    told = advise("--plans", "aws", *accounts, "--tam", "-o", "text", "--explain", "all").out
    assert "a: one fee with b, their spend counted together" in told


def test_an_account_that_no_plan_fits_is_exit_4() -> None:
    done = advise("--account", "a=1,response=1m", "--account", "b=1", "--explain", "all")
    assert done.code == ExitCode.NO_PLAN
    assert done.out.startswith("Recommended: 1 Basic; none for 1 ")
    assert "No one plan with a known price meets the needs of all accounts." in done.out


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--months", "61"), "--months: '61' is not a whole number from 1 to 60"),
        (("--months", "0"), "--months: '0' is not a whole number from 1 to 60"),
        (
            ("--start", "2026-13"),
            "--start: '2026-13' is no start; write it like 2026-12 or",
        ),
        (("--growth", "3"), "--growth: '3' is not a growth; write it like 3%/month or 3%/year"),
        (
            ("--order", "12 from now"),
            "--order: '12 from now' is not an order; write it like 120000 from 2026-03-15 for 12",
        ),
        (("--spreading", "x"), "--spreading: 'x' is not one of: by-month, by-day"),
        (("--days", "31"), "--days: '31' is not one of: calendar, 30"),
        (("--accounts", "0"), "--accounts: '0' is not a whole number from 1 to 9999"),
        (
            ("--discount", "7"),
            "--discount: '7' could be what is paid or what is taken off",
        ),
        (("--discount-on", "all"), "--discount-on: means nothing without --discount; give both"),
        (("--tax", "added"), "--tax: needs a rate; give --tax-rate 6%"),
        (("--tax-rate", "6%"), "--tax-rate: means nothing without --tax; give both"),
        (
            ("--current-plan", "x"),
            "--current-plan: 'x' is not in the catalogue, which has:",
        ),
        (
            ("--growth", "1%/month", "--spend-series", "1 2"),
            "--growth: contradicts --spend-series; give one of them",
        ),
    ],
)
def test_a_wrong_contract_is_refused(flags: tuple[str, ...], words: str) -> None:
    done = advise("--spend", "1", *flags)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith(f"supportcli: {words}")


def test_a_fee_that_is_the_same_at_every_spend_needs_none() -> None:
    # Azure: Standard, US$100 a month whatever is spent, so 12 x 100 a year.
    done = advise(
        "--plans", "azure", "--response", "1h", "--spend", "unknown", "--fail-if-over", "9"
    )
    assert (done.code, done.err) == (
        ExitCode.OVER_LIMIT,
        "supportcli: $1,200 a year is over the limit of $9\n",
    )


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (
            ("--spend", "unknown", "--growth", "1%/month"),
            "--growth: means nothing without a spend; give --spend AMOUNT",
        ),
        (
            ("--spend", "unknown", "--order", "1 from 2026-12 for 1 month"),
            "--order: means nothing without a spend; give --spend AMOUNT",
        ),
        (("--paid", "84000"), "--paid: needs the discount that it is after; give --paid-discount"),
        (
            ("--paid", "84000", "--paid-discount", "100% off"),
            "--paid-discount: '100% off' takes everything off; nothing can be told",
        ),
        (
            ("--spend", "1", "--paid", "84000", "--paid-discount", "7折"),
            "--paid: contradicts --spend; give one of them",
        ),
        (("--spend-series", "1 2 3"), "--spend-series: has 3 amounts; the term touches 12 months"),
        (("--account", "a=1", "--account", "a=2"), "--account: 'a' is given twice; keep one"),
        (("--account", "a=1", "--spend", "2"), "--spend: contradicts --account"),
        (("--account", "a=x"), "--account a: 'x' is not an amount"),
        (
            ("--spend", "unknown", "--discount", "7折"),
            "--discount: means nothing without a spend; give --spend AMOUNT",
        ),
        (
            ("--spend", "unknown", "--response", "10m", "-o", "csv"),
            "-o csv: has what is paid when, which cannot be told without a spend; give --spend",
        ),
        (
            ("--spend", "unknown", "--response", "10x", "--fail-if-over", "5", "-o", "csv"),
            (
                "--response: '10x' is not a time; write it like 10m, 2h or 24bh (business hours)\n"
                "supportcli: --fail-if-over: cannot be told without a spend; give --spend\n"
                "supportcli: -o csv: has what is paid when, which cannot be told without a spend; "
                "give --spend\n"
            ),
        ),
        (
            ("--account", "a=1", "--account", "b=不清楚", "--fail-if-over", "5", "--tam"),
            (
                "--fail-if-over: cannot be told without the spend of b; give it in --account: "
                "NAME=AMOUNT"
            ),
        ),
        (
            ("--spend", "x", "--beside", "basic", "--beside", "premier", "-o", "chat"),
            (
                "--spend: 'x' is not an amount; write it like 12500 or 12,500.00\n"
                "supportcli: -o chat: has room for one plan; leave out --beside\n"
            ),
        ),
        (("--account", "a"), "--account: 'a' is not an account; write it like prod=300000"),
        (("--account", "a=1,tam=x"), "--account a: 'x' is not yes, no or named"),
        (("--account", "a=1,size=x"), "--account a: 'size=x' is not said of one account"),
        (("--account", "a=1,current=x,current=y"), "--account a: 'current_plan' is given twice"),
    ],
)
def test_a_wrong_spend_is_refused(flags: tuple[str, ...], words: str) -> None:
    done = advise(*flags)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith(f"supportcli: {words}")


@pytest.mark.parametrize(
    ("account", "plain"),
    [
        ("测试=2万，response=10m", "测试=20000,response=10m"),
        ("a＝2万,Response=10m,tickets=1,000", "a=20000,response=10m,tickets=1000"),
        ("a=1,200,000,tam", "a=1200000,tam"),
        ("a=5,order=1,200,000@2026-12-01/12", "a=5,order=1200000@2026-12-01/12"),
        ("a=5,Without_channel=dingtalk-group", "a=5,without-channel=dingtalk-group"),
        ("a=series=100,000 200,000,tam", "a,series=100000 200000,tam"),
        ("a=paid=84000,paid-discount=7折", "a,paid=84000,paid-discount=7折"),
    ],
)
def test_an_account_may_be_written_as_people_do(account: str, plain: str) -> None:
    months = ("--months", "2", "-o", "json")
    found, same = advise("--account", account, *months), advise("--account", plain, *months)
    assert (found.code, found.out) == (same.code, same.out)
    assert same.code == ExitCode.DONE


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ("a=5,foo=3", "--account a: 'foo=3' is not said of one account; what is: current=, hours="),
        ("a=5,bar", "--account a: 'bar' is not said of one account; what is: current=, hours="),
        ("a=5,months=3", "--account a: 'months=3' holds for all accounts together; give --months"),
        ("a=5000,000", "--account a: '000' after a comma is no part of a number"),
        ("a=5,paid=3,paid-discount=7折", "--account a: paid: contradicts spend; give one of them"),
        ("a=5,series=1 2", "--account a: spend: contradicts series; give one of them"),
    ],
)
def test_what_is_wrong_in_an_account_is_named(account: str, words: str) -> None:
    done = advise("--account", account, "--months", "2")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith(f"supportcli: {words}")


def test_every_mistake_of_an_account_is_told_at_once() -> None:
    said = advise("--account", "a=5,foo=3,bar,months=3").err
    assert [part in said for part in ("'foo=3'", "'bar'", "'months=3'")] == [True] * 3


def test_what_contradicts_in_a_file_is_named_as_it_stands_there(tmp_path: Path) -> None:
    saved = tmp_path / "deal.yaml"
    saved.write_text("account:\n- {name: a, spend: 5, series: 1 2}\nspend: 3\n", encoding="utf-8")
    said = advise("--answers", str(saved), "--months", "2").err
    assert f"{saved}:2: spend: contradicts spend_series; give one of them" in said
    assert f"{saved}:3: spend: contradicts account; give one of them" in said


def test_answers_keep_the_contract(tmp_path: Path) -> None:
    saved = tmp_path / "answers.yaml"
    flags = (*SCREENS["deal"], *SCREENS["orders"][3:], "--months", "24", "--growth", "1%/month")
    first = advise(*flags, "--order", "10 from 2027-01 for 1 month", "--save-answers", str(saved))
    again = advise("--answers", str(saved))
    assert (again.code, again.out) == (first.code, first.out)


NOTHING = (
    *("--discount", "0%", "--tax", "added", "--tax-rate", "0%"),
    *("--voucher", "0", "--growth", "0%/year"),
)


@pytest.mark.parametrize("form", ["table", "text", "md", "chat", "csv", "json"])
@pytest.mark.parametrize(
    "said", [(*PREMIER, "--explain", "all"), ("--account", "a=120000,tam", "--account", "b=5")]
)
def test_a_discount_a_tax_and_a_growth_of_nothing_change_nothing(
    said: tuple[str, ...], form: str
) -> None:
    plain = advise(*said, "-o", form)
    assert (plain.code, plain.out) == (ExitCode.DONE, advise(*said, *NOTHING, "-o", form).out)


def test_an_included_tax_and_a_discount_of_nothing_in_words_change_nothing() -> None:
    flags = ("--tax", "included", "--tax-rate", "0", "--discount", "无")
    assert advise(*PREMIER, *flags).out == advise(*PREMIER).out


@pytest.mark.parametrize("said", ["--spend 5000", "--account a=5000 --account b=100"])
def test_of_a_free_plan_no_amounts_of_nothing_are_told(said: str) -> None:
    flags = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%", "--voucher", "60000")
    out = advise(*said.split(), *flags, "-o", "text").out
    assert "to pay: All amounts are after the discount and with tax.\n" in out
    assert "voucher: ¥60,000 left\n" in out
    chat = advise(*said.split(), *flags, "-o", "chat").out
    assert "How it comes about" not in chat
    assert "¥60,000 of the voucher is left." in chat
    assert "30% off -" not in out + chat
    explained = advise(*said.split(), *flags, "--explain", "all", "-o", "text").out
    assert "discount of 30%" not in explained
    assert "¥60,000 of the voucher is left." in explained


@pytest.mark.parametrize(
    "said", ["--spend 5000 --response 1m", "--account a=5,response=1m --account b=5,tam"]
)
def test_where_no_plan_fits_the_screen_says_what_the_amounts_are_after(said: str) -> None:
    flags = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%", "-o", "text")
    words = "to pay: All amounts are after the discount and with tax.\n"
    assert words in advise(*said.split(), *flags).out
    assert "to pay:" not in advise(*said.split(), "-o", "text").out


@pytest.mark.parametrize(
    ("flags", "day"),
    [
        (("--date", "2026-11-27"), "2026-11-27"),
        (("--as-of", "2026-12-01"), "2026-12-01"),
        (("--account", "a=5", "--date", "2026-11-27"), "2026-11-27"),
    ],
)
def test_an_answer_is_valid_from_its_own_day_on(flags: tuple[str, ...], day: str) -> None:
    said = flags if "--account" in flags else (*PREMIER, *flags)
    done = run_cli("advise", *said, "--valid-until", "2026-11-26")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    words = f"2026-11-26 is before {day}, the day of this answer; give a later day"
    assert done.err == f"supportcli: --valid-until: {words}\n"
    assert run_cli("advise", *said, "--valid-until", day).code == ExitCode.DONE


@pytest.mark.parametrize("form", ["table", "text", "md", "chat"])
@pytest.mark.parametrize(
    "said",
    [
        PREMIER,
        (*PREMIER, "--accounts", "3"),
        (*PREMIER, "--plan", "enterprise"),
        ("--spend", "unknown", "--tam"),
        ("--spend", "80000..200000", "--tam"),
        ("--account", "a=120000,tam", "--account", "b=5"),
    ],
)
def test_every_screen_says_for_whom_and_until_when(said: tuple[str, ...], form: str) -> None:
    told = ("--customer", "ACME", "--valid-until", "2026-12-31", "-o", form)
    out = " ".join(advise(*said, *told).out.split())
    assert out.count("ACME: ") == 1
    assert out.count("Valid until 2026-12-31.") == 1
    assert "Valid until" not in advise(*said, "-o", form).out


def test_plans_side_by_side_say_for_whom_and_until_when() -> None:
    told = ("--customer", "ACME", "--valid-until", "2026-12-31", "--beside", "enterprise")
    out = advise(*PREMIER, *told, "-o", "text").out
    assert "ACME: " in out
    assert "Valid until 2026-12-31." in out


def test_rows_of_payments_leave_no_supposed_fee_unsaid() -> None:
    done = advise(*PREMIER, "--what-if", "fees +5%", "-o", "csv")
    assert "supportcli: What if: fees +5%." in done.err
    assert "What if" not in done.out + advise(*PREMIER, "-o", "csv").err


@pytest.mark.parametrize("form", ["json", "csv"])
def test_explain_says_where_it_adds_nothing(form: str) -> None:
    assert (
        f"--explain adds nothing to {form}" in advise(*PREMIER, "--explain", "all", "-o", form).err
    )
    assert "--explain" not in advise(*PREMIER, "-o", form).err


def test_where_you_are_is_no_unknown_spend() -> None:
    done = run_cli("breakeven", *TODAY, "--spend", "unknown")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith("supportcli: --spend: is where you are; leave it out")


ENDING = ("--plans", "aws", "--months", "24")
TODAYS = "Enterprise On-Ramp"  # which AWS discontinues on 2027-01-01


def test_a_plan_of_today_that_ends_is_not_compared_with_a_year_that_cannot_be_had() -> None:
    flags = (*ENDING, "--spend", "12000", "--response", "1h", "--current-plan", TODAYS)
    found = result(*flags)["renewal"]
    assert (found["ends"], found["annual_difference"], found["to_pay"]) == (
        "2026-12-31",
        None,
        None,
    )
    told = " ".join(advise(*flags, "-o", "text", "--explain", "all").out.split())
    words = "Enterprise On-Ramp ends 2026-12-31, within the term; $5,500 a month until then"
    assert f"{words}; its successor is Enterprise Support" in told
    until = "It ends on 2026-12-31, within the term; a year of it cannot be had."
    assert f"{until} Its successor is Enterprise Support." in told
    assert "66,000 a year" not in told
    stays = result(*flags[4:], "--plans", "aws", "--months", "1")["renewal"]
    assert stays["ends"] is None


def test_a_deal_says_that_a_plan_of_today_ends() -> None:
    accounts = ("--account", f"a=12000,response=1h,current={TODAYS}", "--account", "b=3000")
    found = result(*ENDING, *accounts)
    assert found["accounts"][0]["renewal"]["ends"] == "2026-12-31"
    assert found["accounts"][0]["renewal"]["annual_difference"] is None
    assert found["renewal"] is None
    told = advise(*ENDING, *accounts, "-o", "text").out
    words = "today: a: Enterprise On-Ramp ends 2026-12-31, within the term"
    assert f"{words}; its successor is Enterprise Support\n" in told


def test_a_series_is_told_with_what_its_months_have_of_an_order() -> None:
    """100,000 and 300,000 in turns, and 1,200,000 over twelve months: 200,000 to 400,000."""
    series = ("--spend-series", " ".join(["100000 300000"] * 6))
    order = ("--order", "1200000 from 2026-12-01 for 12 months")
    told = advise(*series, *order, "--tam", "-o", "text").out
    assert "for: ¥200,000 to ¥400,000 a month before discounts" in told
    accounts = ("--account", f"a=series={series[1]},order=1200000@2026-12-01/12", "--account")
    deal = advise(*accounts, "b=100000", "-o", "text").out
    assert "¥300,000 to ¥500,000 a month before discounts" in deal


@pytest.mark.parametrize(("months", "today"), [("24", ""), ("1", "66000.00")])
def test_a_list_does_not_compare_with_it_either(tmp_path: Path, months: str, today: str) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text("spend,today\n12000,aws-enterprise-onramp\n", encoding="utf-8")
    flags = ("--plans", "aws", "--months", months, "--current-plan", "today", "--response", "1h")
    run_cli("batch", str(table), "--out", str(out), *flags, *TODAY)
    [row] = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    assert row["current_annual_cost"] == today  # 12 x 5,500
    assert bool(row["current_difference"]) == bool(today)


def test_an_order_outside_the_term_is_told_to_add_nothing() -> None:
    past, later = "from 2020-01-01 for 12 months", "from 2027-12 for 12 months"
    words = [
        "the order from 2020-01-01 to 2020-12-31 lies outside the term and adds nothing",
        "the order from 2027-12-01 to 2028-11-30 lies outside the term and adds nothing",
    ]
    orders = ("--order", f"1200 {past}", "--order", f"1200 {later}")
    found = document(*PREMIER, *orders)
    assert found["warnings"][: len(words)] == words
    assert totals(found["result"]) == totals(result(*PREMIER))
    told = " ".join(advise(*PREMIER, *orders, "-o", "text", "--explain", "all").out.split())
    assert f"{words[0]}." in told
    assert "includes orders of" not in told
    assert words[1] in advise(*PREMIER, *orders, "-o", "csv").err
    inside = ("--order", "1200 from 2026-12 for 12 months")
    told = " ".join(advise(*PREMIER, *orders, *inside, "-o", "text").out.split())
    assert "orders of ¥1,200 at list price, spread" in told
    deal = document("--account", "a=5,order=1200@2020-01-01/12", "--account", "b=5")
    assert f"a: {words[0]}" in deal["warnings"]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (
            "--plans huawei-cloud-intl",
            "Counted as one fee (the service statement says per account).",
        ),
        (
            "--plans ibm-cloud",
            "A fee each is assumed; all have the highest plan.",
        ),
    ],
)
def test_what_the_source_says_against_the_fee_of_several_accounts_is_told(
    flags: str, words: str
) -> None:
    asked = f"advise {flags} --spend 20000 --accounts 2 --response 1h"
    told = " ".join(run_cli(*asked.split()).out.split())
    assert words in told
    assert "The vendor adds up" not in told


def test_a_tax_against_what_the_source_says_is_told_in_every_answer(tmp_path: Path) -> None:
    """Yandex's amounts are without VAT."""
    (tmp_path / "list.csv").write_text("account,spend\na,5000\n", encoding="utf-8")
    listed, out = str(tmp_path / "list.csv"), str(tmp_path / "out.csv")
    words = "the source's amounts are without tax, here they are taken to include it"
    asked = ("--plans", "yandex-cloud", "--tax-rate", "20%", *TODAY, "--tax")
    for verb in (
        ("advise", "--spend", "5000"),
        ("advise", "--spend", "5000", "-o", "json"),
        ("quote", "--spend", "5000"),
        ("batch", listed, "--out", out, "--force"),
    ):
        for said in ("included", "added"):
            done = run_cli(*verb, *asked, said)
            assert done.code == ExitCode.DONE, done.err
            told = " ".join(f"{done.out} {done.err}".split())
            assert (words in told) == (said == "included")


@pytest.mark.parametrize(
    ("modes", "flags", "times"),
    [
        (("included", "included"), (), 1),
        (("added", "含税"), (), 1),
        (("", "included"), ("--tax", "added"), 1),
        (("", "included"), ("--tax", "included"), 1),  # of the flag, not once more of the column
        (("added", "added"), (), 0),
        (("added", "other"), (), 0),
    ],
)
@pytest.mark.parametrize("ending", [("--force",), ("--force", "-o", "json"), ("--dry-run",)])
def test_a_tax_of_a_column_against_what_the_source_says_is_told(
    modes: tuple[str, str],
    flags: tuple[str, ...],
    times: int,
    ending: tuple[str, ...],
    tmp_path: Path,
) -> None:
    """Yandex's amounts are without VAT; nobody says --tax, or another than the rows."""
    rows = "".join(f"{name},5000,{mode}\n" for name, mode in zip("ab", modes, strict=True))
    (tmp_path / "list.csv").write_text(f"account,spend,tax_mode\n{rows}", encoding="utf-8")
    listed = ("batch", str(tmp_path / "list.csv"))
    out = () if "--dry-run" in ending else ("--out", str(tmp_path / "out.csv"))
    asked = ("--plans", "yandex-cloud", "--tax-rate", "20%", *flags, *out, *ending, *TODAY)
    done = run_cli(*listed, *asked)
    words = "the source's amounts are without tax, here they are taken to include it"
    assert " ".join(done.err.split()).count(words) == times
    if "json" in ending and "included" not in flags:
        assert done.out.count(words) == times


@pytest.mark.parametrize(("width", "words"), [("60", "yes, fee ?"), ("80", "fee contradicted")])
def test_a_contradicted_fee_of_another_plan_is_marked(width: str, words: str) -> None:
    """Where that plan is the answer a note says it."""
    asked = ("advise", "--plans", "aws", "--spend", "600000", "--width", width, *TODAY)
    (row,) = (x for x in run_cli(*asked, "--response", "1h").out.splitlines() if "Unified" in x)
    assert words in row
    assert words not in run_cli(*asked, "--response", "5m").out
    agreed = ("--reading", "published", "--confirmed-by", "AWS, 2026-11-20")
    assert words not in run_cli(*asked, "--response", "1h", *agreed).out
    assert words in run_cli(*asked, "--response", "1h", *agreed[:2]).out
    side = ("--response", "1h", "--beside", "Unified Operations")
    assert "(fee contradicted)" in run_cli(*asked[:-4], *TODAY, *side).out
    assert "(fee contradicted)" not in run_cli(*asked[:-4], *TODAY, *side, *agreed).out
