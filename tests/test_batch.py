"""`supportcli batch`: every row comes back, quoted or refused with a reason."""

from __future__ import annotations

import csv
import errno
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator
from openpyxl import Workbook, load_workbook

from supportcli import load_catalogue
from supportcli.batch.engine import Batch
from supportcli.batch.spreadsheet import guarded_cell
from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.outputs.document.doubt_words import doubt_codes, doubt_words
from supportcli.outputs.formats.spreadsheet import guarded
from tests.runner import TODAY, Done, run_cli
from tests.test_structured import SCHEMA

PLAIN = """\
account,monthly_spend,response,tam,tickets,region
1001,120000,10m,,5,north
1002,120000.50,10m,,40,south
1003,300000,,yes,,north
1004,5000,1m,,,south
"""
MESSY = """\
账号,折前消费,响应,需要TAM,工单数,经理
1001,120000,10分钟,否,5,王
1002,12万,,是,,李
1003,"120,000.50",半小时,√,40,王
1004,待定,,,,王
1005,abc,10,maybe,,李
1001,5,,,,王
合计,999,,,,
1006,¥1234,≤10min,无,31,李
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def book(text: str, *arguments: str, name: str = "in.csv", doubtful: bool = True) -> Done:
    """With the trial edition among the plans (unless told otherwise): it may not be on sale."""
    Path(name).write_text(text, encoding="utf-8")
    flags = (*TODAY, *(["--include-doubtful"] if doubtful else []))
    return run_cli("batch", name, "--out", "out.csv", "--force", *flags, *arguments)


def rows(name: str = "out.csv") -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def summary(text: str, *arguments: str, doubtful: bool = True) -> Any:
    document = json.loads(book(text, *arguments, "-o", "json", doubtful=doubtful).out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    return document["result"]


CARRIED = "supportcli: columns that are carried and not read: 'region'\n"


def test_a_plain_list_by_hand() -> None:
    """5,000 + 10 % of 120,000 is 17,000; 40 tickets need Enterprise: 25,000 + 12,000.05."""
    done = book(PLAIN)
    assert (done.code, done.err) == (ExitCode.DONE, CARRIED)
    assert [
        (row["plan"], row["monthly_fee"], row["prepaid"], row["postpaid"], row["annual_cost"])
        for row in rows()
    ] == [
        ("enterprise-trial", "17000.00", "5000.00", "12000.00", "204000.00"),
        ("enterprise", "37000.05", "25000.00", "12000.05", "444000.60"),
        ("premier", "80000.00", "50000.00", "30000.00", "960000.00"),
        ("", "", "", "", ""),
    ]
    assert [(row["next_plan"], row["next_monthly_fee"], row["reason_code"]) for row in rows()] == [
        ("enterprise", "37000.00", "cheapest"),
        ("premier", "62000.05", "cheapest"),
        ("", "", "only_fit"),
        ("", "", "no_plan_fits"),
    ]
    assert not Path("out.rejects.csv").exists()
    header = "account,monthly_spend,response,tam,tickets,region,plan,monthly_fee,prepaid,postpaid,"
    header += "annual_cost,next_plan,next_monthly_fee,reason_code,reading"
    header += ",likely_annual_cost,doubts,ask_first"
    assert Path("out.csv").read_text(encoding="utf-8").splitlines()[0] == header


def test_a_list_as_people_keep_it() -> None:
    done = book(MESSY)
    assert done.code == ExitCode.ROWS_REFUSED
    assert [(row["账号"], row["plan"], row["annual_cost"]) for row in rows()] == [
        ("1002", "premier", "744000.00"),  # 12 x (50,000 + 12,000)
        ("1003", "premier", "744000.60"),  # 12 x (50,000 + 12,000.05)
        ("1006", "enterprise", "301480.80"),  # 12 x (25,000 + 123.40), 31 tickets
    ]
    refused = [
        (row["line"], row["column"], row["code"], row["text"]) for row in rows("out.rejects.csv")
    ]
    assert refused == [
        ("2", "账号", "account_twice", "1001"),
        ("5", "折前消费", "spend_missing", "待定"),
        ("6", "折前消费", "spend_not_understood", "abc"),
        ("7", "账号", "account_twice", "1001"),
        ("8", "账号", "total_row", "合计"),
    ]
    assert all(row["message"] for row in rows("out.rejects.csv"))
    result = summary(MESSY)
    assert result["rows"] == {
        "read": 8,
        "quoted": 3,
        "no_plan_fits": 0,
        "rejected": 5,
        "blank": 0,
        "added": 0,
    }


def test_what_is_kept_on_request() -> None:
    done = book(MESSY, "--duplicates", "keep", "--keep-totals")
    assert done.code == ExitCode.ROWS_REFUSED
    assert [row["账号"] for row in rows()] == ["1001", "1002", "1003", "1001", "合计", "1006"]


def test_nothing_is_written_where_no_row_may_be_refused() -> None:
    done = book(MESSY, "--strict")
    assert (done.code, done.out) == (ExitCode.FAILED, "")
    assert "in.csv:2: 账号: is also on line 7" in done.err
    assert sorted(path.name for path in Path().iterdir()) == ["in.csv"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rows.ragged", "account,spend\n1,5\n2\n3,7,8\n4,9\n"),
        ("quote", 'account,spend\n1,5\n2,"7\n3,8\n4,9\n'),
        ("blank", "account,spend\n1,5\n\n2,7\n,\n3,8\n"),
        ("crlf", "account,spend\r\n1,5\r\n2,7\r\n"),
        ("mixed", "account,spend\r\n1,5\n2,7\r\n"),
        ("semicolon", "account;spend\n1;5\n2;7\n"),
        ("no end", "account,spend\n1,5\n2,7"),
        ("quoted", 'account,spend\n"a, b",5\n"c\nd",7\n'),
    ],
)
def test_every_row_is_in_one_of_the_counts(name: str, text: str) -> None:
    counts = summary(text)["rows"]
    assert counts["read"] == counts["quoted"] + counts["rejected"] + counts["blank"], name
    assert counts["quoted"] == len(rows())
    refused = len(rows("out.rejects.csv")) if counts["rejected"] else 0
    assert counts["rejected"] == refused


def test_a_row_that_slid_is_never_quoted() -> None:
    book("account,spend,response\n1,5,10m\n2,1,000,10m\n3,8,10m\n")
    assert [row["account"] for row in rows()] == ["1", "3"]
    assert [(row["line"], row["code"]) for row in rows("out.rejects.csv")] == [
        ("3", "too_many_fields")
    ]


def test_flags_hold_where_no_column_says_otherwise() -> None:
    """12 x (50,000 + 10 % of 1,000) with a TAM; one row says no."""
    book("account,spend,tam\n1,1000,\n2,1000,no\n", "--tam", "--reading", "additive")
    assert [(row["plan"], row["annual_cost"]) for row in rows()] == [
        ("premier", "601200.00"),
        ("basic", "0.00"),
    ]


def test_terms_readings_plans_and_accounts_by_row() -> None:
    """The greater of 25,000 and 10 % under floor; 3 accounts cost three times as much."""
    book(
        "account,spend,plan,reading,accounts,months\n"
        "1,300000,企业级,保底口径,1,12\n"
        "2,300000,enterprise,additive,3,24\n"
        "3,1000,business,,,\n"
    )
    assert [(r["plan"], r["monthly_fee"], r["annual_cost"], r["reason_code"]) for r in rows()] == [
        ("enterprise", "30000.00", "360000.00", "given"),
        ("enterprise", "165000.00", "1980000.00", "given"),
        ("business", "", "", "given_price_unknown"),
    ]


def test_a_spend_for_each_month() -> None:
    """Eleven months at 5,000 + 100, the last at 5,000 + 200."""
    header = ",".join(f"spend_{month:02}" for month in range(1, 13))
    book(f"account,{header}\n1,{'1000,' * 11}2000\n", "--response", "10m")
    assert rows()[0]["annual_cost"] == "61300.00"


def test_what_is_paid_is_not_taken_for_spend_before_discount() -> None:
    done = book("账号,实付\n1,84000\n")
    assert done.code == ExitCode.USAGE
    assert "--basis" in done.err
    book("账号,实付,折扣\n1,84000,7折\n", "--basis", "paid", "--response", "10m")
    assert rows()[0]["monthly_fee"] == "17000.00"  # 84,000 / 0.7 = 120,000
    book("账号,实付\n1,84000\n", "--basis", "paid", "--paid-discount", "7折", "--response", "10m")
    assert rows()[0]["monthly_fee"] == "17000.00"
    done = book("账号,实付\n1,84000\n", "--basis", "paid")
    assert "--paid-discount" in done.err


def test_what_is_paid_is_the_spend_of_a_vendor_who_counts_it() -> None:
    """Scaleway's Business is 10 % of what is paid, 250 at least: of 2,800 it is 280."""
    asked = ("--plans", "scaleway", "--basis", "paid", "--response", "30m")
    done = book("账号,实付,折扣\n1,2800,7折\n", *asked)
    assert rows()[0]["monthly_fee"] == "280.00"
    assert "the discount that it is after changes nothing" in done.err
    done = book("账号,实付\n1,2800\n", *asked)
    assert rows()[0]["monthly_fee"] == "280.00"
    assert "changes nothing" not in done.err


@pytest.mark.parametrize(
    ("header", "row", "flags"),
    [
        ("账号,实付", "1,2800", ()),
        ("account,net spend", "1,2800", ()),
        ("account,spend before discount,net spend", "1,4000,2800", ()),
        ("account,spend", "1,2800", ()),
        ("account,cost", "1,2800", ("--map", "monthly_spend=cost")),
    ],
)
def test_where_a_vendor_counts_what_is_paid_it_is_taken_unasked(
    header: str, row: str, flags: tuple[str, ...]
) -> None:
    """Scaleway's Business is 10 % of what is paid: 280 of 2,800, whatever was before discount."""
    done = book(f"{header}\n{row}\n", "--plans", "scaleway", "--response", "30m", *flags)
    assert (done.code, rows()[0]["monthly_fee"]) == (0, "280.00")
    assert "before discount:" not in done.err
    assert "come out too high" not in done.err
    own = header.endswith(",spend")
    assert ("taken as what is paid: " in done.err) is not own


def test_where_a_vendor_counts_what_is_paid_other_amounts_are_asked_about() -> None:
    scaleway = ("--plans", "scaleway", "--response", "30m")
    listed = "account,spend before discount\n1,4000\n"
    done = book(listed, *scaleway)
    assert done.code == 2
    assert "before discount by its name, and these plans' fees count the spend after" in done.err
    done = book("account,cost\n1,4000\n", *scaleway)
    assert done.code == 2
    assert "before discount, or what is paid, which counts here?" in done.err
    high = "if this is before discount, fees come out too high"
    for flags in (("--basis", "list"), ("--map", "spend=spend before discount")):
        done = book(listed, *scaleway, *flags)
        assert (done.code, rows()[0]["monthly_fee"]) == (0, "400.00")
        assert "'spend before discount': the fees of these plans" in done.err
        assert high in done.err
    done = book("account,cost\n1,4000\n", *scaleway, "--basis", "list")
    assert (done.code, high in done.err) == (0, True)
    done = book("account,net cost\n1,4000\n", *scaleway, "--basis", "list")
    assert (done.code, high in done.err) == (0, False)
    done = book("account,cost\n1,4000\n", *scaleway, "--basis", "paid")
    assert (done.code, high in done.err) == (0, False)


IN_DOUBT = "account,spend,response\na,120000,10m\nb,5,\n"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "en",
            [
                (
                    "by an assumption: that it serves as Enterprise does "
                    "(the source's tables have no column for it)"
                ),
                "ask first about Business",
                "ask first about Enterprise (trial edition)",
                "hangs on how the fee rule is read",
            ],
        ),
        (
            "zh",
            [
                "依赖测算假设：其服务与企业级相同（来源的表格中没有该计划一列）",
                "先询问商业级",
                "先询问企业级-体验版",
                "取决于计费口径",
            ],
        ),
    ],
)
def test_doubts_are_words_for_people_and_codes_for_machines(code: str, words: list[str]) -> None:
    flags = ("--include-doubtful", "--lang", code)
    codes = "assumed:trial-as-enterprise ask_first:business "
    book(IN_DOUBT, *flags)
    assert [row["doubts"] for row in rows()] == [
        f"{codes}ask_first:enterprise-trial reading",
        "",
    ]
    done = book(IN_DOUBT, *flags, "--labels", "-o", "text")
    gap = "；" if code == "zh" else "; "
    column = {"en": "Doubts", "zh": "存疑之处"}[code]
    assert [row[column] for row in rows()] == [gap.join(words), ""]
    assert words[0] in " ".join(done.out.split())
    assert not [part for part in codes.split() if part in done.out]
    told = json.loads(book(IN_DOUBT, *flags, "-o", "json").out)["result"]["doubts"]
    assert [each["code"] for each in told] == [
        *("ask_first:business", "ask_first:enterprise-trial"),
        *("assumed:trial-as-enterprise", "reading"),
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_code_of_a_doubt_has_words(name: str) -> None:
    catalogue = load_catalogue(name)
    said = [str(doubt_words(code, catalogue)) for code in doubt_codes(catalogue)]
    assert not [words for words in said if "_" in words or re.search(r":[a-z]", words)]
    assert len(set(said)) > len(catalogue.plans)


def test_one_row_is_one_row() -> None:
    done = book("account,spend,plan\na,5,premier\n", "-o", "text")
    assert done.out.startswith("1 row read = 1 quoted")
    assert "1 row was priced at the plan that column 'plan' of in.csv names" in done.out


DEAL = """\
账号,折前消费,方案,账号数
a,350000,premier,1
b,20000,enterprise,1
c,100.05,enterprise,3
"""


def test_rows_priced_at_the_plan_that_they_name_are_told() -> None:
    table = "account,spend,方案\na,20000,premier\nb,20000,\nc,20000,business\n"
    done = book(table, "-o", "text")
    assert [row["plan"] for row in rows()] == ["premier", "basic", "business"]
    assert (
        "2 rows were priced at the plan that column '方案' of in.csv names, not at the one "
        "advised; --ignore-plan-column advises them too."
    ) in " ".join(done.out.split())
    answer = json.loads(book(table, "-o", "json").out)
    assert answer["result"]["given_plans"] == 2
    assert answer["result"]["given_plans_in"] == {"file": "in.csv", "column": "方案"}
    words = "2 rows were priced at the plan that column '方案' of in.csv names"
    assert words in book(table, "-q").err
    assert [words in warning for warning in answer["warnings"]].count(True) == 1
    done = book(table, "-o", "text", "--ignore-plan-column")
    assert [row["plan"] for row in rows()] == ["basic"] * 3
    assert "priced at the plan" not in done.out
    assert "priced at the plan" not in done.err
    done = book(table, "--ignore-plan-column", "--map", "plan=方案")
    assert done.code == ExitCode.USAGE


def test_a_column_of_plans_that_is_not_there_is_not_ignored_in_silence() -> None:
    words = "--ignore-plan-column: no column names a plan"
    assert words in book("account,spend\na,20000\n", "--ignore-plan-column").err
    assert words not in book("account,spend,plan\na,5,premier\n", "--ignore-plan-column").err


def test_last_months_results_used_as_input_are_told() -> None:
    book("account,spend,response\na,20000,10m\nb,20000,\n")
    Path("last.csv").write_bytes(Path("out.csv").read_bytes())
    done = run_cli("batch", "last.csv", "--out", "new.csv", *TODAY, "-o", "text")
    assert "2 rows were priced at the plan that column 'plan' of last.csv names" in done.out


@pytest.mark.parametrize("labels", [(), ("--labels",), ("--labels", "--lang", "zh")])
def test_last_months_reading_does_not_beat_a_flag_in_silence(labels: tuple[str, ...]) -> None:
    """Premier of 350,000: 50,000 + 10 % added 85,000 a month, the higher of the two 50,000."""
    book("account,spend,tam\na,350000,yes\nb,20000,\n", *labels)
    Path("last.csv").write_bytes(Path("out.csv").read_bytes())
    again = ("batch", "last.csv", "--out", "new.csv", "--force", "--reading", "floor", *TODAY)
    done = run_cli(*again, "-o", "json")
    column = {(): "reading", ("--labels",): "Fee reading"}.get(labels, "计费口径")
    words = f"2 rows were priced at the reading that column '{column}' of last.csv names, not at"
    assert done.err.count(words) == 1
    result = json.loads(done.out)["result"]
    assert (result["given_plans"], result["given_readings"]) == (2, 2)
    assert result["given_readings_in"] == {"file": "last.csv", "column": column}
    page = " ".join(run_cli(*again, "-o", "text").out.split())
    assert words in page
    assert "a month, row's reading" in page  # 1,020,000 a year is not of the floor reading
    done = run_cli(*again, "--ignore-plan-column", "-o", "json")
    assert "rows were priced at" not in done.err
    assert [row["annual_cost"] for row in rows("new.csv")] == ["600000.00", "0.00"]
    assert json.loads(done.out)["result"]["given_readings_in"] is None


def test_what_is_to_be_paid_by_hand() -> None:
    """Each invoice less 30 % and with 6 %, rounded where that is done.

    a: 50,000 + 10 % of 350,000 = 85,000; 59,500 after the discount; 63,070 with the tax, of which
    the prepaid 50,000 is 35,000 and 37,100. b: 27,000; 18,900; 20,034. c: 25,010.01 (25,010.005
    rounded), less 7,503.00 is 17,507.01, and 1,050.42 of tax; three invoices are 55,672.29 (the
    discount of all at once would be 22,509.01, a cent more).
    """
    done = book(DEAL, "--discount", "7折", "--tax", "added", "--tax-rate", "6%", "-o", "json")
    keys = ("monthly_fee", "prepaid", "postpaid", "annual_cost", "annual_list")
    assert [tuple(row[key] for key in keys) for row in rows()] == [
        ("63070.00", "37100.00", "25970.00", "756840.00", "1020000.00"),
        ("20034.00", "18550.00", "1484.00", "240408.00", "324000.00"),
        ("55672.29", "55650.00", "22.29", "668067.48", "900360.36"),
    ]
    assert done.code == ExitCode.DONE
    later = list(rows()[0])[list(rows()[0]).index("reading") + 1 :]
    assert later == ["annual_list", "likely_annual_cost", "doubts", "ask_first"]
    groups = json.loads(done.out)["result"]["groups"]
    assert [(each["annual"], each["annual_list"]) for each in groups] == [
        ("908475.48", "1224360.36"),
        ("756840.00", "1020000.00"),
    ]
    assert "¥2,244,360.36" in book(DEAL, "--tax", "included", "--tax-rate", "6%").out


@pytest.mark.parametrize(
    ("columns", "flags", "words"),
    [
        ("", ("--discount", "7折"), "to be paid, after discount; the list price"),
        (",折扣", (), "to be paid, after discount; the list price"),
        (
            ",折扣",
            ("--tax", "added", "--tax-rate", "6%"),
            "to be paid, after discount and with an added tax; the list price",
        ),
        ("", ("--tax", "added", "--tax-rate", "6%"), "to be paid, with an added tax; the list"),
        ("", ("--tax", "included", "--tax-rate", "6%"), "what is to be paid; the list price"),
        (
            ",税率",
            ("--tax", "included", "--discount", "3%"),
            "to be paid, after discount; the list price",
        ),
    ],
)
def test_only_what_was_agreed_is_said_of_the_amounts(
    columns: str, flags: tuple[str, ...], words: str
) -> None:
    done = book(f"account,spend{columns}\na,20000{',5%' if columns else ''}\n", *flags)
    assert words in " ".join(done.out.split())


def test_accounts_that_pool_their_spend_are_told() -> None:
    """AWS charges one fee for Enterprise Support, and one for each account of Business Support+."""
    told = "one fee for all accounts of a customer together"
    table = "account,spend,response\na,12000,15m\nb,12000,15m\n"
    done = book(table, "--plans", "aws", doubtful=False)
    assert f"Enterprise Support: {told}" in " ".join(done.out.split())
    document = json.loads(book(table, "--plans", "aws", "-o", "json", doubtful=False).out)
    assert sum(told in warning for warning in document["warnings"]) == 1
    assert told not in " ".join(book(table).out.split())
    for apart in ("a,12000,15m\nb,12000,1h\n", "a,12000,1h\nb,12000,1h\n"):
        done = book(f"account,spend,response\n{apart}", "--plans", "aws", doubtful=False)
        assert told not in " ".join(done.out.split())


@pytest.mark.parametrize(("need", "plans"), [("2h", 2), ("15m", 1)])
def test_rows_of_one_enterprise_have_its_highest_plan(need: str, plans: int) -> None:
    table = f"account,spend,response\na,50000,15m\nb,3000,{need}\n"
    told = "accounts of one enterprise all have the highest plan among them"
    done = book(table, "--plans", "ibm-cloud", doubtful=False)
    assert (told in " ".join(done.out.split())) is (plans > 1)
    document = json.loads(book(table, "--plans", "ibm-cloud", "-o", "json", doubtful=False).out)
    assert sum(told in warning for warning in document["warnings"]) == plans - 1


def test_a_row_has_its_own_discount_and_tax() -> None:
    """a: 27,000 less 10 % is 24,300, the tax is in it. b: nothing off, 6 % on 27,000. c: 5 % off
    what is postpaid, 2,000: 26,900, and 6 %. d: 13 % on 27,000; on 26,190 with 3 % off all."""
    table = """\
account,spend,plan,折扣,折扣范围,计税方式,税率
a,20000,enterprise,9折,,含税,6%
b,20000,enterprise,,,不含税,
c,20000,enterprise,5% off,后付,,
d,20000,enterprise,,,,13%
"""
    done = book(table, "--discount", "0%", "--tax", "added", "--tax-rate", "6%")
    assert [row["monthly_fee"] for row in rows()] == [
        "24300.00",
        "28620.00",
        "28514.00",
        "30510.00",
    ]
    assert "column '折扣' is taken as the discount off the support plan's fee" in done.err
    book(table, "--discount", "3%", "--tax", "added", "--tax-rate", "6%")
    assert rows()[3]["monthly_fee"] == "29594.70"


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [
        ("account,spend,税率\na,5,6%\n", (), "--tax-rate: is it included in the fee, or added?"),
        ("account,spend,计税方式\na,5,含税\n", (), "--tax: needs a rate"),
        ("account,spend\na,5\n", ("--tax", "added"), "--tax: needs a rate"),
        ("account,spend\na,5\n", ("--discount-on", "all"), "means nothing without a discount"),
        ("account,spend\na,5\n", ("--discount", "7"), "'7' could be what is paid"),
        ("account,spend\na,5\n", ("--order", "5 from 2026-12 for 3 months"), "spend_01"),
    ],
)
def test_what_is_agreed_in_part_is_refused(
    text: str, arguments: tuple[str, ...], words: str
) -> None:
    done = book(text, *arguments)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert words in done.err
    assert not Path("out.csv").exists()


def test_a_row_whose_tax_is_said_in_part_is_refused() -> None:
    table = "account,spend,tax_mode,tax_rate\na,5,added,\nb,5,,6%\nc,5,x,6\nd,5,added,0.06\n"
    assert book(table).code == ExitCode.ROWS_REFUSED
    assert [row["code"] for row in rows("out.rejects.csv")] == [
        *("tax_rate_missing", "tax_missing", "tax_not_understood", "tax_rate_not_understood")
    ]


def test_units_in_the_header() -> None:
    done = book("账号,折前消费（万元）\n1,12\n", "--response", "10m")
    assert rows()[0]["monthly_fee"] == "17000.00"
    assert "10,000" in done.err


def test_names_of_the_results_in_the_input() -> None:
    book("plan_note,spend,monthly_fee\nx,1000,7\n")
    assert (rows()[0]["input_monthly_fee"], rows()[0]["monthly_fee"]) == ("7", "0.00")


def test_all_plans_and_all_readings() -> None:
    book(PLAIN, "--all-plans", "--readings")
    first = rows()[0]
    assert first["premier_monthly_fee"] == "62000.00"
    assert first["basic_fits"] == "false"
    assert first["annual_cost_floor"] == "144000.00"  # 12 x 12,000


def test_against_another_reading() -> None:
    """17,000 against 12,000 a month; 37,000.05 against 25,000; 80,000 against 50,000."""
    result = summary(PLAIN, "--against-reading", "floor")
    assert [row["annual_difference"] for row in rows()] == [
        "60000.00",
        "144000.60",
        "360000.00",
        "",
    ]
    assert (result["annual_before"], result["annual_difference"]) == ("1044000.00", "564000.60")
    assert result["top_differences"][0]["account"] == "1003"


def test_against_today() -> None:
    result = summary("account,spend,current plan,tam\n1,1000,premier,\n", "--response", "10m")
    assert rows()[0]["current_difference"] == "-540000.00"  # 12 x (5,100 - 50,100)
    assert result["annual_difference"] == "-540000.00"


def test_both_figures_of_sums_and_of_the_plans_of_today() -> None:
    """Enterprise, 25,000 and 10 % of 120,000 a month, or the greater; Premier 50,000 and so on."""
    text = "account,spend\n1,120000\n"
    flags = ("--response", "10m", "--current-plan", "premier")
    result = summary(text, *flags, doubtful=False)
    assert [group["annual_likely"] for group in result["groups"]] == ["300000.00"]
    assert result["annual_before_likely"] == "600000.00"
    assert result["annual_difference_likely"] == "-300000.00"
    told = book(text, *flags, doubtful=False).out
    assert "a month at most  a year at most  a year, probably" in told
    assert (
        "Against the plans of today, at most: ¥744,000 a year before, ¥444,000 now, "
        "¥300,000 less; probably: ¥600,000 a year before, ¥300,000 now, ¥300,000 less."
    ) in told


def test_both_figures_where_only_the_plan_of_today_has_two() -> None:
    """Basic is free under every reading; Premier is 51,200 or 50,000 a month."""
    told = book("account,spend\n1,12000\n", "--current-plan", "premier").out
    assert "a month  " in told
    assert "at most: ¥614,400 a year before, ¥0 now, ¥614,400 less; probably" in told
    assert "probably: ¥600,000 a year before, ¥0 now, ¥600,000 less." in told
    assert "By plan and customer, at most:" in told


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("premier", "¥744,000 a year before, ¥444,000 now, ¥300,000 less"),
        ("basic", "¥0 a year before, ¥444,000 now, ¥444,000 more"),
        ("enterprise", "¥444,000 a year before and now, no change"),
    ],
)
def test_one_figure_under_a_reading_that_was_named(today: str, words: str) -> None:
    flags = ("--response", "10m", "--reading", "additive", "--current-plan", today)
    told = book("account,spend\n1,120000\n", *flags, doubtful=False).out
    assert f"Against the plans of today: {words}." in told
    assert "probably" not in told
    assert "at most" not in told


@pytest.mark.parametrize("column", ["today", "Today"])
def test_a_column_named_for_the_plan_of_today(column: str) -> None:
    """12 x (5,100 - 50,100); whose cell is blank has no plan of today."""
    text = "account,spend,today\n1,1000,premier\n2,1000,\n"
    summary(text, "--response", "10m", "--current-plan", column)
    assert [row["current_difference"] for row in rows()] == ["-540000.00", ""]


def test_a_plan_of_today_that_is_neither_plan_nor_column() -> None:
    done = book("account,spend\n1,1000\n", "--current-plan", "premium")
    assert done.code == ExitCode.USAGE
    assert "--current-plan: 'premium' is neither a plan nor a column; the plans are: basic" in (
        done.err
    )
    done = book(
        "account,spend,now\n1,1000,\n", "--current-plan", "now", "--map", "current_plan=now"
    )
    assert "--current-plan: is mapped twice; keep one" in done.err


def test_cells_with_separators_of_the_results_keep_their_quotes() -> None:
    """A line can be joined from its cells only where no cell holds a comma."""
    assert book('account;spend;note\n1;1000;a,b\n2;1;"c;""d"\n').code == ExitCode.DONE
    assert [row["note"] for row in rows()] == ["a,b", 'c;"d']
    text = "account,spend,note,b_plan\n1,1000,=x,y\n2,1,,x y\n"
    assert book(text, "--all-plans").code == ExitCode.DONE
    whole = Path("out.csv").read_bytes()
    assert book(text.replace("=x", '"=x"'), "--all-plans").code == ExitCode.DONE
    assert Path("out.csv").read_bytes() == whole
    assert whole.splitlines()[1].startswith(b"1,1000,=x,y,basic,0.00,0.00,0.00,0.00,enterprise-")


def test_sums_for_each_region() -> None:
    groups = {
        (group["group"], group["plan"]): (group["customers"], group["annual"])
        for group in summary(PLAIN, "--group-by", "region")["groups"]
    }
    assert groups[("north", "premier")] == (1, "960000.00")
    assert groups[("south", None)] == (1, None)
    assert "no column 'x'" in book(PLAIN, "--group-by", "x").err


def test_other_forms_say_the_same(tmp_path: Path) -> None:
    for ending in ("csv", "parquet", "ndjson", "xlsx"):
        Path("in.csv").write_text(PLAIN, encoding="utf-8")
        done = run_cli("batch", "in.csv", "--out", f"out.{ending}", *TODAY)
        assert done.code == ExitCode.DONE
    expected = [(row["plan"] or None, row["annual_cost"] or None) for row in rows()]
    found = duckdb.execute("SELECT plan, annual_cost::VARCHAR FROM 'out.parquet'").fetchall()
    assert found == expected
    lines = [json.loads(line) for line in Path("out.ndjson").read_text().splitlines()]
    assert [(line["plan"], line["annual_cost"]) for line in lines] == expected
    values = list(load_workbook("out.xlsx")["Details"].iter_rows(values_only=True))
    column = values[1].index("Annual cost")
    assert [row[column] for row in values[2:]] == [
        None if cost is None else float(cost) for _, cost in expected
    ]


def test_other_files_are_read_alike() -> None:
    book(PLAIN)
    expected = [row["annual_cost"] for row in rows()]
    with gzip.open("in.csv.gz", "wt", encoding="utf-8") as file:
        file.write(PLAIN)
    Path("gbk.csv").write_bytes(PLAIN.replace("north", "北京").encode("gb18030"))
    Path("utf16.csv").write_text(PLAIN, encoding="utf-16")
    duckdb.sql("COPY (FROM read_csv('in.csv', all_varchar=true)) TO 'in.parquet'")
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in PLAIN.splitlines():
        sheet.append(line.split(","))
    workbook.save("in.xlsx")
    for name in ("in.csv.gz", "utf16.csv", "in.parquet", "in.xlsx"):
        flags = ("--force", "--include-doubtful", *TODAY)
        done = run_cli("batch", name, "--out", "out.csv", *flags)
        assert done.code == ExitCode.DONE, name
        assert [row["annual_cost"] for row in rows()] == expected, name


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [PLAIN, PLAIN.replace("120000,", "12万,"), "account,spend\n1,5\n2\n3,7,8\n"],
    ids=["plain", "to be interpreted", "ragged"],
)
def test_standard_input_is_read_once_whatever_is_in_it(text: str) -> None:
    """Rows that need interpreting, and ragged ones, are looked at a second time."""
    code = book(text).code
    expected = rows()
    flags = ("--include-doubtful", *TODAY)
    command = [sys.executable, "-m", "supportcli", "batch", "-", "--out", "piped.csv", *flags]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        command, input=text.encode(), env=environment, capture_output=True, check=False
    )
    assert done.returncode == code
    assert rows("piped.csv") == expected


def test_names_that_an_engine_would_interpret(tmp_path: Path) -> None:
    """A glob, a quote: exactly the file that is named."""
    Path("a1.csv").write_text(PLAIN.replace("120000", "1"), encoding="utf-8")
    for name in ("a[1].csv", "it's.csv", "*.csv"):
        book(PLAIN, name=name)
        assert rows()[0]["monthly_fee"] == "17000.00", name


def test_excel_gets_a_mark_and_no_live_formula() -> None:
    book("account,spend,note\n1,5,=1+1\n2,6,-5\n3,7,@x\n", "--excel")
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row["note"] for row in rows()] == ["'=1+1", "-5", "'@x"]
    book("account,spend,note\n1,5,=1+1\n")
    assert rows()[0]["note"] == "=1+1"


LIVE = '=HYPERLINK("http://example.com","x")'


def test_no_header_and_no_cell_is_a_live_formula() -> None:
    """However it came there: a name, a name that was mapped, one that a result pushed aside."""
    quoted = '"' + LIVE.replace('"', '""') + '"'
    for sign in ("=", "+", "-", "@", "\t=", " =", "＝", "\u00a0="):
        header = f'account,"{sign}sum",{quoted},plan\n'
        book(f"{header}1,5,x,\n", "--excel", "--map", f"monthly_spend={sign.strip()}sum")
        names = list(rows()[0])
        assert names[:4] == ["account", f"'{sign.strip()}sum", f"'{LIVE}", "input_plan"]


def test_rejects_beside_a_workbook_are_for_a_spreadsheet_too() -> None:
    Path("in.csv").write_text("account,=spend\n1,=1+1\n@2,5\n", encoding="utf-8")
    flags = ("--map", "monthly_spend==spend", "--force", *TODAY)
    run_cli("batch", "in.csv", "--out", "out.xlsx", *flags)
    assert Path("out.rejects.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (refused,) = rows("out.rejects.csv")
    assert (refused["column"], refused["text"]) == ("'=spend", "'=1+1")
    cells = [c for sheet in load_workbook("out.xlsx") for row in sheet.iter_rows() for c in row]
    live = {str(cell.value).partition("(")[0] for cell in cells if cell.data_type == "f"}
    assert live == {"=SUM", "=SUBTOTAL"}  # ours
    assert {cell.data_type for cell in cells} == {"s", "n", "f"}
    assert not any(cell.hyperlink for cell in cells)


LOST_ELSEWHERE = (
    "2026/1/2|2026-01-02|2026-11-28 10:00:00|2026-11-28T10:00|1-2|12/31|3/4|1 1/2|½|1E5|1.2e5|1E+05"
    "|00123|-007|+5|-0|123456789012|1234567890123456789|-123456789012|1,234|1,234.00|1.50|1.10|.5|1."
    "|0.00001|12345678901.5|1-|(100)|50%|5 %|$100|-$5|￥100|100元|TRUE|false|#N/A|#DIV/0!|10:30|1:2"
    "|10:30 AM|5 pm|上午10:30|10时30分|Jan 2026|Jan-26|1-Jan|March 5|5 June 2026|MAY1|SEPT2"
    "|2026年1月2日|1月|一月5|１２３|２０２６/１/２| 12|12 |1.2.3|+86 138 0000 0000|-1-2|--1"
).split("|")
"""Texts of which Excel or LibreOffice makes a value, in English, Chinese or German."""
KEPT_ANYWHERE = "|acme|a=|0|-|—|12|-12|12345678901|-1.5|0.0001|123456.1234|A1|P1|Mar|5th|1F|客户3"


def test_a_text_that_a_spreadsheet_would_turn_into_a_value_stays_a_text() -> None:
    assert [guarded(text) for text in LOST_ELSEWHERE] == [f'="{text}"' for text in LOST_ELSEWHERE]
    kept = KEPT_ANYWHERE.split("|")
    assert [guarded(text) for text in kept] == kept


@pytest.mark.parametrize("text", ["=1", " =1", "\t@", "\u3000+", "-x", "=12", "@5", "9" * 256])
def test_no_formula_is_live_and_none_has_a_text_too_long_for_it(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("part", ["sep", "jun", "1", "-", "十", "星期", "satur", "true", "a"])
def test_no_text_takes_long_to_hold_against_the_pattern(part: str) -> None:
    """Were there two ways to read a part, a thousand of them would never end."""
    for tail in ("", "!"):
        assert guarded(f"1{part * 1000}{tail}")


def test_the_guard_in_sql_is_the_guard_in_python() -> None:
    texts = [
        "1",
        "-1",
        "=1",
        " =1",
        "\t@",
        "\u3000+",
        "＋1",
        "1-",
        "'=",
        "5\n",
        "9" * 255,
        "9" * 256,
    ]
    texts += [*LOST_ELSEWHERE, *KEPT_ANYWHERE.split("|")]
    with duckdb.connect() as db:
        for text in texts:
            (found,) = (
                db.execute(f"SELECT {guarded_cell('c')} FROM (SELECT ? AS c)", [text]).fetchone()
                or ()
            )
            assert found == guarded(text), text


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"9,9\n")


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def replace(path: Path) -> None:
    path.write_bytes(bytes(reversed(path.read_bytes())))


@pytest.mark.slow
@pytest.mark.parametrize("change", [grow, cut, replace])
@pytest.mark.parametrize("at", ["prepare", "write", "outcome"])
@pytest.mark.parametrize("form", ["csv", "odd", "parquet", "xlsx"])
@pytest.mark.parametrize("out", ["out.csv", "-"])
def test_an_input_that_changes_while_it_is_read_is_no_input(
    change: Callable[[Path], None], at: str, form: str, out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something changes it when the run is at a step of its work, before or after the rows."""
    path = changing_input(form)
    usual = getattr(Batch, at)

    def changing(self: Batch, *arguments: object) -> object:
        if path.exists():
            change(path)
        return usual(self, *arguments)

    monkeypatch.setattr(Batch, at, changing)
    done = run_cli("batch", str(path), "--out", out, "--rejects", "r.csv", *TODAY)
    assert done.code == ExitCode.FAILED
    if at != "outcome" or out != "-":  # after the last row it is too late for standard output
        assert done.out == ""
    assert f"{path}: changed while it was read; run again" in done.err
    assert list(Path().iterdir()) == [path]


def changing_input(form: str) -> Path:
    path = Path(f"in.{'csv' if form == 'odd' else form}")
    if form == "parquet":
        duckdb.sql(f"COPY (SELECT 1 AS account, '5' AS spend) TO '{path}'")
    elif form == "xlsx":
        workbook = Workbook()
        for row in (["account", "spend"], ["1", "5"], ["2", "6"]):
            workbook.worksheets[0].append(row)
        workbook.save(path)
    else:
        path.write_text("account,spend\n1,5\n2,12万\n" if form == "odd" else "account,spend\n1,5\n")
    return path


def test_results_on_standard_output() -> None:
    Path("in.csv").write_text(PLAIN, encoding="utf-8")
    done = run_cli("batch", "in.csv", "--out", "-", "--rejects", "r.csv", *TODAY)
    assert done.code == ExitCode.DONE
    assert done.out.splitlines()[1].startswith("1001,120000,10m,,5,north,enterprise,37000.00")
    assert "4 rows read" in done.err
    assert run_cli("batch", "in.csv", "--out", "-", *TODAY).code == ExitCode.USAGE


def test_a_rehearsal_writes_nothing() -> None:
    Path("in.csv").write_text(MESSY, encoding="utf-8")
    done = run_cli("batch", "in.csv", "--dry-run", *TODAY)
    assert done.code == ExitCode.DONE
    assert "'折前消费': monthly_spend" in done.err
    assert len(done.out.splitlines()) == 4  # the header and of the first rows those that fit
    assert [path.name for path in Path().iterdir()] == ["in.csv"]


def test_a_rehearsal_as_json() -> None:
    Path("in.csv").write_text("账号,折前消费(万元),经理\na,12,王\nb,十万多,李\n", encoding="utf-8")
    done = run_cli("batch", "in.csv", "--dry-run", "-o", "json", *TODAY)
    answer = json.loads(done.out)
    Draft202012Validator(SCHEMA).validate(answer)
    found = answer["result"]
    assert {each["column"]: each["meaning"] for each in found["columns"]} == {
        "账号": "account",
        "折前消费(万元)": "monthly_spend",
        "经理": None,
    }
    [row] = found["first_rows"]
    assert (row["账号"], row["plan"], row["monthly_fee"]) == ("a", "basic", "0.00")
    [refused] = found["first_refused"]
    assert (refused["line"], refused["column"], refused["text"]) == (3, "折前消费(万元)", "十万多")
    assert found["amounts"]["columns"][0]["unit"] == 10_000
    assert found["not_used"]["columns"] == ["经理"]
    as_csv = run_cli("batch", "in.csv", "--dry-run", *TODAY)
    assert [dict(each) for each in csv.DictReader(as_csv.out.splitlines())] == [
        {name: cell or "" for name, cell in row.items()}
    ]


def test_only_the_first_rows() -> None:
    assert summary(PLAIN, "--limit", "2")["rows"]["read"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--out", "in.csv", "--force"), 1, "is read in the same run"),
        (("--out", "there.csv"), 1, "exists already"),
        (("--out", "nowhere/out.csv"), 1, "nowhere: there is no such folder"),
        (("--out", "/dev/full", "--force"), 2, "is a device"),
        (("--out", "folder.csv", "--force"), 1, "is a folder; name a file in it"),
        (("--out", "out.doc"), 2, "'out.doc' has an ending that is not one of"),
        ((), 2, "--out: is missing"),
        (("--out", "o.csv", "--start", "2026-12-15"), 2, "begins within a month"),
        (("--out", "o.csv", "--limit", "0"), 2, "'0' is not a whole number above 0"),
        (("--out", "o.csv", "--map", "x"), 2, "'x' names no column"),
        (
            ("--out", "o.csv", "--map", "tam=a", "--map", "TAM=b"),
            2,
            "--map: 'TAM' is mapped twice; keep one",
        ),
        (
            ("--out", "o.csv", "--paid-discount", "7折"),
            2,
            "--paid-discount: means nothing without --basis paid; give both",
        ),
        (("--out", "o.csv", "--basis", "net"), 2, "'net' is not one of: list, paid"),
        (
            ("--out", "o.csv", "--against-reading", "x"),
            2,
            "'x' is not in the catalogue, which has: Additive reading",
        ),
        (("--out", "o.csv", "--against", "aws"), 2, "is in USD"),
        (
            ("--out", "o.csv", "--paid-discount", "7"),
            2,
            "'7' could be what is paid",
        ),
        (("--out", "o.csv", "--rejects", "./o.csv"), 2, "is the file of --out too"),
        (("--out", "o.csv", "--rejects", "in.csv", "--force"), 1, "is read in the same run"),
        (
            ("--out", "o.xlsx", "--rejects", "r.xlsx"),
            2,
            "--rejects: 'r.xlsx' has an ending that is not one of: .csv\n",
        ),
        (
            ("--out", "-", "--rejects", "refused."),
            2,
            "--rejects: 'refused.' has an ending that is not one of: .csv\n",
        ),
        (("--out", "o.csv", "--rejects", "/dev/full"), 2, "--rejects: is a device"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(
    arguments: tuple[str, ...], code: int, said: str
) -> None:
    Path("in.csv").write_text(PLAIN, encoding="utf-8")
    Path("there.csv").write_text("old", encoding="utf-8")
    Path("folder.csv").mkdir()
    done = run_cli("batch", "in.csv", *arguments, *TODAY)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    left = ["folder.csv", "in.csv", "there.csv"]
    assert sorted(path.name for path in Path().iterdir()) == left
    assert Path("there.csv").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("account,spend\n", "no rows"),
        ("name,value\n1,2\n", "no known column"),
        ("account,spend,Spend\n1,2,3\n", "repeats"),
    ],
)
def test_a_table_that_cannot_be_used(text: str, said: str) -> None:
    done = book(text)
    assert done.code in (ExitCode.FAILED, ExitCode.USAGE)
    assert said in done.err
    assert not Path("out.csv").exists()


def test_a_discount_that_is_missing_is_told() -> None:
    done = book("account,实付,折扣\na,7000,\nb,7000,7折\n", "--basis", "paid")
    assert done.code == ExitCode.ROWS_REFUSED
    assert [row["account"] for row in rows()] == ["b"]
    assert [row["code"] for row in rows("out.rejects.csv")] == ["discount_missing"]


def test_the_catalogues_are_not_overwritten() -> None:
    plans = Path(__file__).parent.parent / "plans.yaml"
    Path("plans.csv").write_bytes(plans.read_bytes())
    for flag in ("--plans", "--against"):
        Path("in.csv").write_text(PLAIN, encoding="utf-8")
        arguments = ("--out", "plans.csv", "--force", flag, "plans.csv")
        done = run_cli("batch", "in.csv", *arguments, *TODAY)
        assert (done.code, "would be lost" in done.err) == (ExitCode.FAILED, True)
    assert Path("plans.csv").read_bytes() == plans.read_bytes()


def test_three_decimals_are_told_and_refused_beside_a_decimal_comma() -> None:
    done = book("account,spend\na,1.234\nb,5\n")
    assert "was read with three decimals" in done.err
    assert len(rows()) == 2
    book("account;spend\na;1.234\nb;1.234,56\n")
    assert [row["code"] for row in rows("out.rejects.csv")] == ["ambiguous_number"] * 2
    book("account;spend\na;1.234\nb;1.234,56\n", "--decimal", "comma", "--response", "10m")
    assert [row["postpaid"] for row in rows()] == ["123.40", "123.46"]


@pytest.mark.parametrize(
    ("spend", "postpaid"),
    [
        ("1000.0000000000", "100.00"),
        ("1000.50" + "0" * 40, "100.05"),
        ("1000.5" + "0" * 41, "100.05"),
        ("0.125000000000000000", "0.01"),
        ("1000.000", "100.00"),
        ("999999999999.9900000000", "100000000000.00"),  # 99,999,999,999.999 rounds up
    ],
)
def test_zeros_at_the_end_of_the_decimals_are_no_digits(spend: str, postpaid: str) -> None:
    """As warehouses write DECIMAL(38, 10); ten per cent of the spend is the postpaid part."""
    for text in (f"account,spend\na,{spend}\n", f'account,spend\na,"{spend}"\n'):
        book(text, "--response", "10m")
        assert [row["postpaid"] for row in rows()] == [postpaid]


OPEN = "account{0}spend\na{0}12.500\nb{0}120.000\n"


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("more", ["", "c{0}500\n", "c{0}¥1.500\n", "c{0}\n"])
def test_points_that_nothing_explains_are_refused(separator: str, more: str) -> None:
    text = (OPEN + more).format(separator)
    done = book(text)
    refused = [row for row in rows("out.rejects.csv") if row["code"] == "ambiguous_number"]
    assert [row["text"] for row in refused] == ["12.500", "120.000", "¥1.500"][: 2 + ("¥" in more)]
    assert "could be 1000 times as much; say --decimal comma or point" in refused[0]["message"]
    assert "three decimals" not in done.err
    for mark, postpaid in (("comma", "1250.00"), ("point", "1.25")):
        book(text, "--decimal", mark, "--response", "10m")
        assert rows()[0]["postpaid"] == postpaid


@pytest.mark.parametrize(
    "other", ["1200.50", "0.125", "1234.567", "¥1,200.5", "7.5000", "1.5万", "12.5"]
)
def test_another_amount_of_the_column_tells_what_a_point_is(other: str) -> None:
    done = book(OPEN.format(";") + f"c;{other}\n", "--response", "10m")
    assert [row["postpaid"] for row in rows()][:2] == ["1.25", "12.00"]
    assert "was read with three decimals" in done.err


def test_in_units_of_thousands_a_point_that_nothing_explains_is_refused_too() -> None:
    book("account;Spend (k)\na;12.500\n", "--basis", "list")
    assert [row["code"] for row in rows("out.rejects.csv")] == ["ambiguous_number"]


def test_a_comma_before_three_digits_is_refused_beside_a_decimal_comma() -> None:
    book("account;spend\na;12,500\nb;12,5\n")
    assert [row["code"] for row in rows("out.rejects.csv")] == ["ambiguous_number"] * 2
    book("account;spend\na;12,500\nb;1,234,567\n", "--response", "10m")
    assert [row["postpaid"] for row in rows()] == ["1250.00", "123456.70"]


@pytest.mark.parametrize(
    "row",
    [
        *("合计,,1", "华东小计,x,1", "合计（元）,x,1", "Total (2),x,1", ",合计,1", ",Total:,1"),
        *("合  计,,1", "小　计,x,1", "合計,,1", "Overall,,1", "Total CNY,,1", ",合  计,1"),
        *("行标签,x,1", "求和项:消费,x,1", ",华东 汇总,1", "East Total,,1", "ＴＯＴＡＬ,,1"),
    ],
)
def test_a_row_that_sums_up_others_is_no_customer(row: str) -> None:
    book(f"account,region,spend\na,x,1\n{row}\n")
    assert [each["account"] for each in rows()] == ["a"]
    assert [each["code"] for each in rows("out.rejects.csv")] == ["total_row"]


def test_line_breaks_within_cells() -> None:
    text = 'account,spend,note\n"a\rb",x,1\n"c\rd",5,"q\rr"\n"e\r\nf",6,"g\nh"\n'
    Path("in.csv").write_bytes(text.encode())
    done = run_cli("batch", "in.csv", "--out", "out.csv", *TODAY)
    assert done.code == ExitCode.ROWS_REFUSED
    assert [row["account"] for row in rows()] == ["c\rd", "e\r\nf"]
    assert [row["line"] for row in rows("out.rejects.csv")] == ["2"]


def test_a_damaged_parquet_file_is_told() -> None:
    Path("in.parquet").write_bytes(b"PAR1 and nothing more")
    done = run_cli("batch", "in.parquet", "--out", "out.csv", *TODAY)
    assert (done.code, "damaged Parquet" in done.err) == (ExitCode.FAILED, True)


def test_rejects_of_an_earlier_run_do_not_stay() -> None:
    book("account,spend\n1,x\n")
    assert Path("out.rejects.csv").exists()
    book("account,spend\n1,5\n")
    assert not Path("out.rejects.csv").exists()


def test_rejects_for_excel_have_no_live_formula() -> None:
    book("account,spend\n1,=1+1\n", "--excel")
    assert rows("out.rejects.csv")[0]["text"] == "'=1+1"


def test_a_parquet_that_holds_no_exact_amounts_is_refused() -> None:
    """9,999,999.99 stored in single precision is 10,000,000; as DOUBLE or DECIMAL it is itself."""
    for kind in ("FLOAT", "DOUBLE", "DECIMAL(12, 2)"):
        spend = f"CAST(9999999.99 AS {kind}) AS monthly_spend, CAST(1.5 AS FLOAT) AS weight"
        duckdb.sql(f"COPY (SELECT 'a' AS account, {spend}) TO 'in.parquet'")
        done = run_cli("batch", "in.parquet", "--out", "out.csv", "--force", *TODAY)
        if kind == "FLOAT":
            assert done.code == ExitCode.FAILED
            assert "column 'monthly_spend' is of single precision" in done.err
            assert not Path("out.csv").exists()
        else:
            assert rows()[0]["monthly_spend"] == "9999999.99"
            assert done.code == ExitCode.DONE


def test_a_control_character_of_parquet_refuses_its_row() -> None:
    cells = "('a', 5, 'x'), ('b', 6, 'y' || chr(27)), ('c' || chr(0), 7, 'z'), ('d', 8, chr(9))"
    duckdb.sql(
        f"COPY (SELECT * FROM (VALUES {cells}) t(account, monthly_spend, note)) TO 'in.parquet'"
    )
    done = run_cli("batch", "in.parquet", "--out", "out.csv", *TODAY)
    assert done.code == ExitCode.ROWS_REFUSED
    assert [row["account"] for row in rows()] == ["a", "d"]
    refused = [(r["line"], r["column"], r["code"], r["message"]) for r in rows("out.rejects.csv")]
    told = "holds the control character U+{}; remove it"
    assert refused == [
        ("2", "note", "control_character", told.format("001B")),
        ("3", "account", "control_character", told.format("0000")),
    ]
    assert run_cli("batch", "out.csv", "--out", "again.csv", *TODAY).code == ExitCode.DONE


def test_a_control_character_in_a_header_of_parquet_refuses_the_file() -> None:
    duckdb.sql("COPY (SELECT 'a' AS account, 5 AS monthly_spend, 1 AS \"x\x01y\") TO 'in.parquet'")
    done = run_cli("batch", "in.parquet", "--out", "out.csv", *TODAY)
    assert done.code == ExitCode.FAILED
    assert "in.parquet: a control character stands in the header; remove it" in done.err
    assert not Path("out.csv").exists()


def test_folders_of_killed_runs_are_swept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only old ones, whose run is gone; a link that looks like one is left alone."""
    monkeypatch.setattr(tempfile, "tempdir", str(Path("temporary").absolute()))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    two_hours = 2 * 60 * 60
    for name, age in (
        (f"supportcli-{gone.pid}-old", two_hours),
        (f"supportcli-{gone.pid}-young", 0),
        (f"supportcli-{os.getpid()}-mine", two_hours),
        ("supportcli-abcd1234", two_hours),
        ("supportcli-dcba4321", 25 * 60 * 60),
        ("another-1-old", two_hours),
    ):
        folder = Path("temporary", name)
        folder.mkdir(parents=True)
        (folder / "rows.csv").write_text("x", encoding="utf-8")
        at = folder.stat().st_mtime - age
        os.utime(folder, (at, at))
    book("account,spend\n1,5\n")
    assert {path.name for path in Path("temporary").iterdir()} == {
        f"supportcli-{gone.pid}-young",
        f"supportcli-{os.getpid()}-mine",
        "supportcli-abcd1234",
        "another-1-old",
    }


def test_what_a_killed_run_left_is_removed() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    Path(f".supportcli-{gone.pid}-x").write_text("", encoding="utf-8")
    Path(f".supportcli-{os.getpid()}-y").write_text("", encoding="utf-8")
    book(PLAIN)
    left = [path.name for path in Path().iterdir() if path.name.startswith(".")]
    assert left == [f".supportcli-{os.getpid()}-y"]


# A condition that no optimiser can see through: DuckDB 2 knows that no i % 3 is 5, without a look.
SLOW = """
import os, sys, threading, time
from pathlib import Path
from supportcli import load_catalogue
from supportcli.batch.engine import Batch
write = Batch.write
def tell(since):
    while time.process_time() < since + 0.3:
        os.sched_yield()
    Path("started").touch()
def slow(self, path, form):
    threading.Thread(target=tell, args=[time.process_time()], daemon=True).start()
    self.db.execute("SELECT count(*) FROM range(100000000000) a(i) WHERE hash(i) = 0")
    return write(self, path, form)
Batch.write = slow
from supportcli.__main__ import main
sys.argv = ["supportcli", "batch", "in.csv", "--out", "out.csv"]
main()
"""
KILL = 9  # its name is not known to Windows


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (KILL, -KILL)],
)
def test_an_interrupted_run_leaves_nothing_half_written(sent: int, code: int) -> None:
    """While the engine is at work: the run itself says by a file that it has been for a while."""
    Path("in.csv").write_text(PLAIN, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    process = subprocess.Popen([sys.executable, "-c", SLOW], env=environment)
    while not Path("started").exists():
        assert process.poll() is None
        os.sched_yield()
    process.send_signal(sent)
    assert process.wait() == code
    assert not Path("out.csv").exists()
    if sent != KILL:
        assert sorted(path.name for path in Path().iterdir()) == ["in.csv", "started"]


def test_what_has_no_memory_with_several_threads_is_written_with_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In DuckDB 2 the lines that a thread keeps until it is their turn are counted."""
    tried = []

    def short(self: Batch, copy: str) -> int:
        [(threads,)] = self.db.execute("SELECT current_setting('threads')").fetchall()
        tried.append(int(threads))
        if threads > 1:
            Path("out.csv").write_text("half of it", encoding="utf-8")
            raise duckdb.OutOfMemoryException("failed to allocate data of size 100.8 MiB")
        return copied(self, copy)

    book(PLAIN)
    usual = Path("out.csv").read_bytes()
    copied = Batch._copied
    monkeypatch.setattr(Batch, "_copied", short)
    done = book(PLAIN, "--threads=3")
    assert (done.code, done.err, tried) == (ExitCode.DONE, CARRIED, [3, 1])
    assert Path("out.csv").read_bytes() == usual


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        duckdb.IOException('Could not write file "x": No space left on device'),
    ],
)
def test_a_full_folder_of_temporary_files_is_told(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the results on standard output nothing is written to a file that was named."""

    def full(*_: object) -> int:
        raise fault

    monkeypatch.setattr("supportcli.batch.engine.Batch.write", full)
    Path("in.csv").write_text(PLAIN, encoding="utf-8")
    done = run_cli("batch", "in.csv", "--out", "-", "--rejects", "r.csv", *TODAY)
    assert (done.code, done.out) == (ExitCode.FAILED, "")
    assert done.err == CARRIED + "supportcli: cannot write: no space left on the device\n"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            duckdb.IOException('Could not write file "x": No space left on device'),
            "no space left on the device",
        ),
        (
            duckdb.OutOfMemoryException("could not write: No space left on device"),
            "no space left on the device",
        ),
        (
            duckdb.OutOfMemoryException("failed to allocate data of size 16.0 MiB"),
            "not enough memory; divide the table, or use fewer threads",
        ),
    ],
)
def test_a_full_disk_and_a_full_memory_are_told(
    fault: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise fault

    monkeypatch.setattr("supportcli.batch.engine.Batch.write", full)
    Path("out.csv").write_text("old", encoding="utf-8")
    done = book(PLAIN)
    assert (done.code, done.out) == (ExitCode.FAILED, "")
    assert words in done.err
    assert Path("out.csv").read_text(encoding="utf-8") == "old"


def test_amounts_are_exact_to_the_last_digit() -> None:
    """10 % of 999,999,999,999.99 is 99,999,999,999.999: 100,000,000,000.00, and 5,000 on top."""
    book("account,spend\n1,999999999999.99\n2,0.004999\n", "--response", "10m")
    assert [Decimal(row["monthly_fee"]) for row in rows()] == [
        Decimal("100000005000.00"),
        Decimal("5000.00"),
    ]


def test_the_help_of_the_flags_is_there() -> None:
    out = run_cli("batch", "--help", environment={"COLUMNS": "200"}).out
    assert textwrap.dedent(out).startswith("Usage: supportcli batch INPUT")


def test_what_is_surely_on_sale_and_what_to_ask_first() -> None:
    """Enterprise at 120,000: 25,000 + 12,000 a month; probably max(25,000, 12,000), 300,000 a year.

    The trial edition would cost 12 x 17,000 = 204,000. Who has it is to ask whether it goes on.
    Premier has a TAM, 62,000 a month, probably 50,000; Basic is free, and nothing is in doubt.
    """
    text = (
        "account,spend,response,tam,current_plan\n"
        "a,120000,10m,,\nb,120000,10m,,enterprise-trial\nc,120000,,yes,\nd,1,,,\n"
    )
    found = summary(text, doubtful=False)
    asked = "ask_first:business ask_first:enterprise-trial reading"
    renewed = "ask_first:business ask_renewal:enterprise-trial reading"
    assert [
        (
            row["plan"],
            row["annual_cost"],
            row["likely_annual_cost"],
            row["doubts"],
            row["ask_first"],
        )
        for row in rows()
    ] == [
        ("enterprise", "444000.00", "300000.00", asked, "enterprise-trial"),
        ("enterprise", "444000.00", "300000.00", renewed, "business"),
        ("premier", "744000.00", "600000.00", "reading", ""),
        ("basic", "0.00", "0.00", "", ""),
    ]
    assert list(rows()[0])[-3:] == ["likely_annual_cost", "doubts", "ask_first"]
    told = {(each["plan"], each["code"]): each["customers"] for each in found["doubts"]}
    assert told == {
        ("enterprise", "ask_first:business"): 2,
        ("enterprise", "reading"): 2,
        ("enterprise", "ask_first:enterprise-trial"): 1,
        ("enterprise", "ask_renewal:enterprise-trial"): 1,
        ("premier", "reading"): 1,
    }
    out = book(text, doubtful=False).out
    assert "1 to ask first about Enterprise (trial edition)" in out
    assert "1 to ask if Enterprise (trial edition) can be renewed" in out


def test_a_limit_and_an_assumption_are_doubts_and_doubtful_plans_alone_fit(tmp_path: Path) -> None:
    """A plan that is like another in doubt, and one whose target holds within a quota."""
    plans = tmp_path / "plans.yaml"
    plans.write_text(DOUBTED, encoding="utf-8")
    flags = ("--plans", str(plans))
    book("account,spend,response,tam\na,1,10m,\nb,1,1h,\nc,1,,yes\n", *flags, doubtful=False)
    assert [
        (row["plan"], row["reason_code"], row["doubts"], row["ask_first"]) for row in rows()
    ] == [
        ("quick", "only_fit", "limit:quota", ""),
        ("slow", "cheapest", "ask_first:gone", "gone"),
        ("", "only_doubtful_fits", "ask_first:gone", "gone"),
    ]
    book("account,spend,response\na,1,10m\n", *flags, "--labels", doubtful=False)
    assert rows()[0]["Doubts"].startswith("within a limit: ")


DOUBTED = """
id: made-up
name: made up
currency: USD
sources: [{id: page, title: the page, level: vendor}]
severities: [{id: down, name: down}]
channels: [{id: phone, name: phone, targets: true}]
plans:
  - id: gone
    name: Gone
    tier: 1
    fee: {flat: 10}
    channels: {phone: true}
    response: [{channel: phone, target: 1h}]
    tam: {kind: dedicated}
    availability: {text: may be gone, since: 2025-01-01, source: page}
  - id: slow
    name: Slow
    tier: 2
    fee: {flat: 20}
    channels: {phone: true}
    response: [{channel: phone, target: 1h}]
    tam: {kind: none}
  - id: quick
    name: Quick
    tier: 3
    fee: {flat: 30}
    channels: {phone: true}
    response: [{channel: phone, target: 10m, limit: quota}]
    limits: [{id: quota, per_month: 3, text: three a month}]
    tam: {kind: none}
"""


def test_a_list_with_nothing_to_interpret_is_read_three_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Looked at, written, added up; groups and names are counted in the first look."""
    connect, queries = duckdb.connect, list[str]()

    class Counted:
        """A connection that keeps what it is asked."""

        def __init__(self, **settings: Any) -> None:
            self.db = connect(**settings)

        def execute(self, query: str, *more: object) -> duckdb.DuckDBPyConnection:
            queries.append(query)
            return self.db.execute(query, *more)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.db, name)

    monkeypatch.setattr(duckdb, "connect", Counted)
    rows = "".join(f"{1000 + index},{index}.50\n" for index in range(9))
    Path("list.csv").write_text(f"account,monthly_spend\n{rows}")
    done = run_cli("batch", "list.csv", "--out", "out.csv", *TODAY)
    assert done.code == 0
    assert sum("read_csv" in query for query in queries) == 3
