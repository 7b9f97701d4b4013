"""A plan that ends within the term: what can be bought of it is its price, everywhere.

AWS ends Business on 2026-12-31. Of twelve months from December one is left: of $10,000 of spend
10% are $1,000. From November two are left, of $20,000 each 10% of 10,000 and 7% of 10,000: $1,700.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

from supportcli import load_catalogue
from supportcli.advice.quote import price
from supportcli.advice.usage import Usage
from tests.runner import run_cli

AWS = ("advise", "--plans", "aws", "--date", "2026-11-28")
TEN = ("--spend", "10000", "--plan", "business")
BUSINESS = (*AWS, *TEN)
END = "2026-12-31"


def told(*flags: str) -> str:
    return " ".join(run_cli(*flags, "--lang", "en", "--width", "200").out.split())


def test_headline_chat_and_document_tell_what_can_be_bought() -> None:
    for form in ("table", "text", "chat", "md"):
        text = told(*BUSINESS, "-o", form)
        assert f"$1,000 until {END}" in text
        assert "12,000" not in text
    assert "recommended: Basic for" in told(*BUSINESS, "-o", "text")  # no difference of a year


def test_the_months_end_with_the_plan() -> None:
    text = told(*BUSINESS, "--explain", "months")
    assert "2026-12 10,000 1,000 100 900 Term 1,000" in text
    assert "2027-02" not in text
    fees = told(*BUSINESS, "--months", "24", "--explain", "fees")
    assert f"The plan ends on {END}; all of it until then: $1,000." in fees
    assert f" 1,000 until {END}" in fees
    days = run_cli(*BUSINESS, "-o", "csv").out.splitlines()
    assert [line.split(",")[:4] for line in days[1:]] == [
        ["2026-12-01", "100.00", "0.00", "100.00"],
        ["2027-01-01", "0.00", "900.00", "900.00"],
    ]


def test_json_prices_what_can_be_bought() -> None:
    earlier = ("--date", "2026-10-20", "--spend", "20000", "--plan", "business")
    flags = ("advise", "--plans", "aws", *earlier, "-o", "json")
    result = json.loads(run_cli(*flags).out)["result"]
    [plan] = [each for each in result["plans"] if each["id"] == "aws-business"]
    assert (plan["monthly"]["total"], plan["annual"]["total"]) == ("1700.00", "3400.00")
    assert (plan["term"]["total"], plan["bar"]) == ("3400.00", "ends_within_term")
    assert plan["valid_to"] == END
    assert [month["month"] for month in result["months"]] == ["2026-11", "2026-12"]
    assert plan["versus"]["annual_difference"] is None
    assert plan["versus"]["to_pay"] is None


def test_a_tax_is_told_of_the_same() -> None:
    """6% of 1,000 are 60."""
    text = told(*BUSINESS, "--tax", "added", "--tax-rate", "6%", "-o", "text")
    assert f"$1,060 until {END}" in text
    assert f"list $1,000 until {END}, 6% tax +$60" in text


def test_a_plan_that_ends_in_a_later_year_has_a_whole_one() -> None:
    """From 2025-12 on 13 months are left, 12 of them a year."""
    earlier = ("--date", "2025-11-20", "--months", "24", "-o", "text")
    text = told("advise", "--plans", "aws", *earlier, *TEN)
    assert "$1,000 a month, $12,000 a year" in text
    assert f"term: $13,000 until {END}" in text


def test_the_month_it_ends_in_counts_whole() -> None:
    """10% of 155,000 are 15,500 for December, whenever in it the plan ends; none after it."""
    plan = load_catalogue("aws").plan("aws-enterprise-onramp")
    usage = Usage.level("155000", "2026-12", 3)
    last, before = (
        plan.validity._replace(valid_to=datetime.date(2026, month, 10)) for month in (12, 11)
    )
    quote = price(plan._replace(validity=last), usage, "published")
    assert quote is not None
    assert str(quote.monthly.total) == "15500.00"
    assert str(quote.annual.total) == "15500.00"
    assert quote.ends == datetime.date(2026, 12, 10)
    over = price(plan._replace(validity=before), usage, "published")
    assert over is not None
    assert (str(over.annual.total), over.ends) == ("186000.00", None)  # the rule, no more


def test_a_deal_is_told_alike() -> None:
    """1,000 and 1,700 are 2,700."""
    accounts = ("--account", "a=10000", "--account", "b=20000", "--plan", "business")
    text = told(*AWS, *accounts, "-o", "text")
    assert f"$2,700 until {END}" in text
    assert f"until {END} 1,000;" in text
    assert "All on" not in text
    assert f"$2,700 until {END}" in told(*AWS, *accounts, "-o", "chat")
    apart = told(*AWS, *accounts, "--explain", "accounts")
    assert f"Together $2,700 until {END}." in apart
    assert "a year" not in apart
    result = json.loads(run_cli(*AWS, *accounts, "-o", "json").out)["result"]
    assert result["asked"]["difference"] is None


def test_beside_another_it_has_no_year_to_compare() -> None:
    text = told(*AWS, "--spend", "10000", "--beside", "basic", "--beside", "business")
    assert f"$1,000 a month, $1,000 until {END}" in text
    assert f"against Basic – ends {END}" in text
    first = told(*AWS, "--spend", "10000", "--beside", "business", "--beside", "basic")
    assert "against" not in first


def test_a_list_has_no_year_of_it_either(tmp_path: Path) -> None:
    """A row's own plan: what can be bought of it in twelve months is one of 1,000.

    Where only that month is asked for the year is twelve times it, as for any other plan.
    """
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text("monthly_spend,plan,months\n10000,Business,12\n10000,Business,1\n", "utf-8")
    run_cli("batch", str(table), "--plans", "aws", "--out", str(out), "--date", "2026-11-28")
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    found = [(row["monthly_fee"], row["annual_cost"], row["reason_code"]) for row in rows]
    assert found == [("1000.00", "1000.00", "given"), ("1000.00", "12000.00", "given")]


def test_the_summary_of_a_list_says_how_many_rows_are_priced_until_their_plan_ends(
    tmp_path: Path,
) -> None:
    """Of three rows that name it the one of a single month has it for all of its term."""
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = "10000,Business,12\n10000,Business,1\n20000,Business,24\n10000,,12\n"
    table.write_text(f"monthly_spend,plan,months\n{rows}", "utf-8")
    asked = ("batch", str(table), "--plans", "aws", "--date", "2026-11-28", "--lang", "en")
    words = f"2 rows are priced at Business only until {END}, when it ends."
    done = run_cli(*asked, "--out", str(out))
    assert (words in done.out, words in done.err) == (True, True)
    summary = json.loads(run_cli(*asked, "--out", str(tmp_path / "o.csv"), "-o", "json").out)
    assert summary["result"]["given_ending"] == [
        {"plan": "aws-business", "until": END, "customers": 2}
    ]
    assert words in summary["warnings"]
    table.write_text("monthly_spend,plan\n10000,Business\n10000,Developer\n20000,\n", "utf-8")
    said = run_cli(*asked, "--out", str(tmp_path / "p.csv")).out
    assert f"1 row is priced at Business only until {END}, when it ends." in said


def test_the_limit_is_held_against_what_can_be_bought() -> None:
    done = run_cli(*BUSINESS, "--fail-if-over", "500", "--lang", "en")
    assert done.code == 5
    assert f"$1,000 until {END} is over the limit of $500 a year" in done.err


LAST_MONTH = ("--plans", "aws", "--date", "2026-11-15", "--spend", "20000", "--months", "1")
AFTER = f"Developer ends on {END}; its successor is Business Support+."


def test_an_end_that_the_term_reaches_is_told_with_the_successor() -> None:
    """The term is December, whose last day is the plan's: no day of it lacks, the next month all.

    Told of today's plan in every verb and form, and of a plan that is quoted.
    """
    today = (*LAST_MONTH, "--current-plan", "aws-developer")
    for form in ("table", "md", "chat", "json"):
        assert AFTER in told("advise", *today, "-o", form)
        assert AFTER in told("quote", *today, "-o", form)
    deal = tuple(each for each in today if each not in ("--spend", "20000"))
    assert AFTER in told("advise", *deal, "--account", "a=20000", "--account", "b=1")
    assert AFTER in told("advise", *LAST_MONTH, "--plan", "aws-developer")
    assert AFTER not in told("advise", *LAST_MONTH)


def test_a_quote_says_that_the_plan_of_today_ends_within_the_term() -> None:
    year = (*LAST_MONTH[:-1], "12", "--current-plan", "aws-enterprise-onramp")
    words = (
        f"Enterprise On-Ramp ends on {END}, within the term; its successor is Enterprise Support."
    )
    for form in ("text", "json"):
        assert words in told("quote", *year, "-o", form)


def test_a_list_says_whose_plan_of_today_ends(tmp_path: Path) -> None:
    """Two have Developer, one On-Ramp, both until 2026-12-31; Enterprise Support goes on."""
    book = tmp_path / "in.csv"
    rows = ("a,20000,aws-developer", "b,1,aws-developer", "c,9,aws-enterprise-onramp")
    book.write_text("\n".join(("account,spend,current_plan", *rows, "d,9,aws-enterprise-2025\n")))
    day = ("--date", "2026-11-15")
    words = (
        f"2 customers have Developer today, which ends on {END}; its successor is",
        f"1 customer has Enterprise On-Ramp today, which ends on {END}; its successor is",
        "Where a term goes beyond that day, no year of today's plan is compared.",
    )
    listed = ("batch", str(book), "--plans", "aws", *day, "--out", str(tmp_path / "out.csv"))
    for flags in (listed, ("plans", "diff", *day, "--impact", str(book), "aws", "aws")):
        text = told(*flags)
        assert all(each in text for each in words)
    found = json.loads(run_cli(*listed, "--force", "-o", "json").out)
    assert found["result"]["current_ending"] == [
        {"plan": "aws-developer", "until": END, "customers": 2},
        {"plan": "aws-enterprise-onramp", "until": END, "customers": 1},
    ]
    assert all(any(said.startswith(each) for said in found["warnings"]) for each in words)
    kept = run_cli(*listed, "--force", "--ignore-column", "current_plan").out
    assert "today" not in kept


def begun(*flags: str) -> list[tuple[str, str]]:
    found = json.loads(run_cli("advise", *flags, "-o", "json").out)["result"]["beginning"]
    return [(each["id"], each["valid_from"]) for each in found]


def test_the_plans_that_begin_within_the_term_are_named() -> None:
    """Yandex changed its plans on 2023-10-01, AWS its own on 2025-12-02; other terms have none."""
    yandex = ("--plans", "yandex-cloud", "--spend", "5000", "--start")
    line = "Beginning 2023-10-01, within the term: Business"
    assert line in told("advise", *yandex, "2023-04", "--date", "2023-03-01")
    assert line in told("breakeven", *yandex, "2023-04", "--date", "2023-03-01")
    chinese = run_cli("advise", *yandex, "2023-04", "--date", "2023-03-01", "--lang", "zh").out
    assert "服务期内于 2023 年 10 月 1 日开始：Business\n" in chinese
    assert begun(*yandex, "2023-04", "--date", "2023-03-01") == [("yandex-business", "2023-10-01")]
    assert begun(*yandex, "2022-01") == begun(*yandex, "2026-12") == []
    aws = ("--plans", "aws", "--spend", "20000", "--start", "2025-06", "--tam")
    names = "Business Support+, Enterprise Support, Unified Operations"
    assert f"Beginning 2025-12-02, within the term: {names}" in told("advise", *aws)
