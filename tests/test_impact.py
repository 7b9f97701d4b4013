"""`supportcli plans diff --impact`: what a change of the rules does to whom."""

from __future__ import annotations

import json
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from supportcli.errors import ExitCode
from tests.conftest import Golden
from tests.runner import TODAY, Done, run_cli
from tests.test_help import COMMANDS
from tests.test_modes import OF_BATCH, VALUES
from tests.test_structured import SCHEMA

OLD = """\
id: mine
name: Mine
currency: USD
plans:
  - {id: small, name: Small, tier: 1, fee: free}
  - id: large
    name: {en: Large, zh: 大}
    tier: 2
    fee: {greater_of: [{flat: 100}, {percent: 5%}]}
    response: [{target: 1h}]
  - {id: huge, name: Huge, tier: 3, fee: {flat: 900}, response: [{target: 15m}]}
"""
NEW = OLD.replace("{flat: 100}, {percent: 5%}", "{flat: 200}, {percent: 10%}")
LIST = """\
account,customer,monthly_spend,response,region
1,Ada,1000,1h,north
2,Bob,10000,1h,north
3,Cy,30000,1h,south
4,Di,500,,south
5,Ed,500,1m,south
6,Flo,much,1h,south
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("old.yaml", OLD), ("new.yaml", NEW), ("list.csv", LIST)):
        Path(name).write_text(text, encoding="utf-8")


def diff(*arguments: str, given: str = "list.csv") -> Done:
    return run_cli("plans", "diff", "old.yaml", "new.yaml", "--impact", given, *TODAY, *arguments)


def impact(*arguments: str) -> Any:
    done = diff("-o", "json", *arguments)
    document = json.loads(done.out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    return document["result"]["impact"]


def test_what_changes_for_whom_by_hand() -> None:
    """A month before and after: Ada 100, 200 (large); Bob 500 (large), 900 (huge, not 1,000 for
    large); Cy 900 (huge, not 1,500); Di nothing; nobody answers within Ed's minute.
    """
    told = impact("--group-by", "region")
    keys = ("customers", "before", "after", "percent", "pay_more", "pay_less")
    found = {(one["by"], one["name"]): tuple(one[key] for key in keys) for one in told["shifts"]}
    assert found == {
        ("all", None): (4, "18000.00", "24000.00", "+33.3333%", 2, 0),
        ("group", "north"): (2, "7200.00", "13200.00", "+83.3333%", 2, 0),
        ("group", "south"): (2, "10800.00", "10800.00", "+0%", 0, 0),
        ("plan", "small"): (1, "0.00", "0.00", None, 0, 0),
        ("plan", "large"): (1, "1200.00", "2400.00", "+100%", 1, 0),
        ("plan", "huge"): (2, "16800.00", "21600.00", "+28.5714%", 1, 0),
    }
    Path("list.csv").write_text(LIST.replace("north", ""), encoding="utf-8")
    shifts = impact("--group-by", "region")["shifts"]
    assert [tuple(one[key] for key in keys) for one in shifts if one["by"] == "group"] == [
        found["group", "south"],
        found["group", "north"],
    ]
    assert told["moves"] == [
        {"from": "large", "to": "huge", "customers": 1, "before": "6000.00", "after": "10800.00"}
    ]
    assert [(one["customer"], one["before"], one["after"]) for one in told["top_differences"]] == [
        ("Bob", "6000.00", "10800.00"),
        ("Ada", "1200.00", "2400.00"),
    ]
    assert told["rows"] == {
        "read": 6,
        "quoted": 4,
        "no_plan_fits": 1,
        "rejected": 1,
        "blank": 0,
        "added": 0,
    }
    assert told["rejects"] == {"spend_not_understood": 1}
    assert told["not_compared"] == 1  # Ed
    assert (told["annual_today"], told["annual_instead_of_today"]) == (None, None)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "of this answer too: $2,400 a year before, $10,800 now, $8,400 more."),
        ("zh", "与现有支持计划相比（现有计划同样按本次测算的服务费计价）：原全年 $2,400"),
    ],
)
def test_the_plans_of_today_are_in_the_screen_and_in_the_values(code: str, words: str) -> None:
    """By the new rules Ada's large is 200 a month; within 15 minutes there is only huge, 900."""
    text = "account,monthly_spend,response,current plan\n1,1000,15m,large\n2,1000,1m,\n"
    Path("list.csv").write_text(text, encoding="utf-8")
    told = impact("--lang", code)
    assert (told["annual_today"], told["annual_instead_of_today"]) == ("2400.00", "10800.00")
    assert told["not_compared"] == 1
    assert words in diff("--lang", code, "-o", "text").out


def test_where_nothing_is_compared_nobody_is_left_out_of_a_sum() -> None:
    Path("list.csv").write_text("account,monthly_spend,response\n1,1000,1m\n", encoding="utf-8")
    told = impact()
    assert (told["annual_difference"], told["not_compared"]) == (None, None)


def test_it_is_what_a_batch_says_against_the_older_rules() -> None:
    flags = ("--group-by", "region", "--discount", "7折", "-o", "json")
    files = ("--plans", "new.yaml", "--against", "old.yaml", "--out", "out.csv")
    batch = json.loads(run_cli("batch", "list.csv", *files, *flags, *TODAY).out)["result"]
    told = impact(*flags[:-2])
    assert {key: told[key] for key in batch} == {**batch, "rejects_file": None}


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_screen(code: str, golden: Golden) -> None:
    done = diff("--group-by", "region", "--lang", code, "--width", "80")
    assert done.code == ExitCode.ROWS_REFUSED
    golden(f"plans-diff-impact.{code}.txt", done.out)


def test_rows_that_cannot_be_quoted() -> None:
    assert "line 7, 'monthly_spend': 'much' is not an amount" in diff().err
    assert diff("--rejects", "refused.csv").code == ExitCode.ROWS_REFUSED
    assert "'much' is not an amount" in Path("refused.csv").read_text(encoding="utf-8")
    assert diff("--rejects", "refused.csv").code == ExitCode.FAILED  # there is one already
    assert diff("--strict").code == ExitCode.FAILED
    assert diff("--limit", "5").code == ExitCode.DONE


def test_many_refused_rows_are_not_all_told() -> None:
    Path("list.csv").write_text("account,monthly_spend\n1,a\n2,b\n3,c\n4,d\n", encoding="utf-8")
    done = diff()
    assert done.err.count("is not an amount") == 3
    assert "--rejects FILE has every refused row" in done.err
    assert "No customer's cost is known by both of the rules." in done.out


@pytest.mark.parametrize(
    ("flags", "code", "words"),
    [
        (("--rejects", "a.json", "--out", "a.json"), ExitCode.USAGE, "is the file of --out too"),
        (("--rejects", "a.txt"), ExitCode.USAGE, "--rejects: "),
        (("--out", "list.csv"), ExitCode.USAGE, "--out: "),
        (("--out", "list.txt", "--force"), ExitCode.FAILED, "list.txt"),
        (("--order", "120000 from 2026-12-01 for 12 months"), ExitCode.USAGE, "--order: "),
        (("--start", "2026-12-15"), ExitCode.USAGE, "--start: begins within a month"),
    ],
    ids=str,
)
def test_what_is_refused(flags: tuple[str, ...], code: ExitCode, words: str) -> None:
    Path("list.txt").write_text(LIST, encoding="utf-8")
    done = diff(*flags, given="list.txt")
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert Path("list.txt").read_text(encoding="utf-8") == LIST


def test_rules_in_another_currency_are_refused() -> None:
    Path("old.yaml").write_text(OLD.replace("USD", "EUR"), encoding="utf-8")
    done = diff()
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.endswith("OLD: is in EUR, the plans are not\n")


OF_THE_DIFFERENCE = (
    *("old", "new", "impact", "spend", "what_if", "quantity", "output", "out", "force"),
    *("quiet", "lang", "no_color", "width", "debug"),
)
OF_THE_LIST = [one for one in COMMANDS["plans diff"].params if one.name not in OF_THE_DIFFERENCE]


@pytest.mark.parametrize("flag", [max(one.opts, key=len) for one in OF_THE_LIST])
def test_what_belongs_to_a_list_means_nothing_without_it(flag: str) -> None:
    [name] = [one.name for one in OF_THE_LIST if flag in one.opts]
    more = {"threads": "--threads 2", "order": "--order x", "rejects": "--rejects r.csv"}
    words = more.get(name) or {**OF_BATCH, **VALUES}[name][0]
    done = run_cli("plans", "diff", "old.yaml", "new.yaml", *shlex.split(words))
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err == f"supportcli: {flag}: means nothing without --impact; give both\n"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "--quantity: means nothing without --spend or --impact; give one of them\n"),
        ("zh", "--quantity: 须与 --spend 或 --impact 一并给出\n"),
    ],
)
def test_quantities_mean_nothing_without_a_spend_or_a_list(code: str, words: str) -> None:
    given = ("plans", "diff", "cloud-gov", "cloud-gov", "--quantity", "support-hours=5")
    done = run_cli(*given, "--lang", code)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.endswith(words)
    for more in (("--spend", "5"), ("--impact", "list.csv")):
        assert run_cli(*given, *more).code in (ExitCode.DONE, ExitCode.ROWS_REFUSED)


ALIBABA, AWS = "alibaba-cloud-cn", "aws"
ROWS = """\
account,monthly_spend,number,plan
a,5000,2,
a,5000,2,
b,120000.5,1,premier
c,20000,2,
d,90000,1,
e,"7.234,5",1,
wrong,x,1,
Total,150000.5,8,
"""
CHANGES = {
    "map_": (ALIBABA, "--map monthly_spend=number", ""),
    "basis": (ALIBABA, "--basis paid --paid-discount 7折", ""),
    "paid_discount": (
        ALIBABA,
        "--basis paid --paid-discount 7折",
        "--basis paid --paid-discount 8折",
    ),
    "decimal": (ALIBABA, "--decimal comma", ""),
    "unit": (ALIBABA, "--unit k", ""),
    "missing_months": ("series", "--missing-months mean", ""),
    "sheet": (ALIBABA, "--sheet A", ""),
    "response": (ALIBABA, "--response 10m", ""),
    "without_channel": (
        ALIBABA,
        "--response 10m --without-channel dingtalk-group",
        "--response 10m",
    ),
    "tam": (ALIBABA, "--tam", ""),
    "named_tam": (ALIBABA, "--named-tam", ""),
    "hours": (AWS, "--hours 24x7", ""),
    "service": (ALIBABA, "--service cost-analysis", ""),
    "tickets": (ALIBABA, "--tickets 31", ""),
    "accounts": (ALIBABA, "--accounts 2", ""),
    "months": ("series", "--months 1", ""),
    "start": (AWS, "--start 2025-05 --response 15m", "--response 15m"),
    "discount": (ALIBABA, "--discount 7折", ""),
    "discount_on": (ALIBABA, "--discount 7折 --discount-on postpaid", "--discount 7折"),
    "tax": (ALIBABA, "--tax added --tax-rate 6%", ""),
    "tax_rate": (ALIBABA, "--tax added --tax-rate 6%", "--tax added --tax-rate 7%"),
    "order": (ALIBABA, "--order '120000 from 2026-12-01 for 12 months'", ""),
    "current_plan": ("closed", "--current-plan large", ""),
    "ignore_column": (ALIBABA, "--ignore-column plan", ""),
    "ignore_plan_column": (ALIBABA, "--ignore-plan-column", ""),
    "group_by": (ALIBABA, "--group-by number", ""),
    "duplicates": (ALIBABA, "--duplicates keep", ""),
    "sum_by": (ALIBABA, "--sum-by account", ""),
    "keep_totals": (ALIBABA, "--keep-totals", ""),
    "limit": (ALIBABA, "--limit 1", ""),
    "as_of": (AWS, "--as-of 2025-01-01 --response 15m", "--response 15m"),
    "reading": (ALIBABA, "--reading floor", ""),
    "include_doubtful": (ALIBABA, "--include-doubtful", ""),
    "date": (AWS, "--date 2025-05-05 --response 15m", f"{' '.join(TODAY)} --response 15m"),
}
"""Of each flag the rules, what is said with it, and without it."""
NO_SUM = {
    "rejects": "where the refused rows go; test_rows_that_cannot_be_quoted",
    "strict": "whether a refused row ends it; test_rows_that_cannot_be_quoted",
    "encoding": "how the same letters are written",
    "threads": "how fast it goes",
}
SUMS = ("rows", "rejects", "doubts", "groups", "shifts", "moves", "top_differences")


def sums(rules: str, words: str) -> Any:
    """The sums of a list by what is said of it; the exit code where there are none."""
    given, names = shlex.split(words), [rules, rules]
    if rules in ("series", "closed"):
        names = ["old.yaml", "new.yaml"]
    day = () if "--date" in given else TODAY
    more = ("--what-if", "fees +5%", "--impact", "rows.csv", "-o", "json", *day)
    done = run_cli("plans", "diff", *names, *more, *given)
    if done.code == ExitCode.USAGE:
        return done.code
    found = json.loads(done.out)["result"]["impact"]
    return {key: found[key] for key in SUMS}


@cache
def without(rules: str, usual: str) -> Any:
    """The same without the flag, which is asked for once for all flags of the same rules."""
    return sums(rules, usual)


def test_every_flag_of_a_list_has_a_case_or_a_reason() -> None:
    assert {one.name for one in OF_THE_LIST} == {*CHANGES, *NO_SUM}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_said_of_the_list_changes_the_sums_or_is_refused(name: str) -> None:
    """A series of 1,000, 2,000 and 30,000 has a mean of 11,000; a plan closed is kept."""
    rules, words, usual = CHANGES[name]
    series = "account,spend_01,spend_02,spend_03,response\na,1000,2000,30000,1h\n"
    one = "\n".join(LIST.splitlines()[:2])
    rows = {"series": series, "closed": one}.get(rules, ROWS)
    Path("rows.csv").write_text(rows, encoding="utf-8")
    if rules == "closed":
        for file, text in (("old.yaml", OLD), ("new.yaml", NEW)):
            closed = text.replace("tier: 2\n", "tier: 2\n    closed_to_new: 2026-01-01\n")
            Path(file).write_text(closed, encoding="utf-8")
    before = without(rules, usual)
    assert before != ExitCode.USAGE
    assert before["rows"]["quoted"] > 0
    assert sums(rules, words) != before


def test_who_has_a_closed_plan_keeps_it() -> None:
    """Ada pays 1,200 and 2,400 a year for what others cannot buy; without it 10,800 both times."""
    for name, text in (("old.yaml", OLD), ("new.yaml", NEW)):
        closed = text.replace("tier: 2\n", "tier: 2\n    closed_to_new: 2026-01-01\n")
        Path(name).write_text(closed, encoding="utf-8")
    Path("list.csv").write_text("\n".join(LIST.splitlines()[:2]), encoding="utf-8")
    found = [impact(), impact("--current-plan", "large")]
    assert [(one["annual_before"], one["annual_difference"]) for one in found] == [
        ("10800.00", "0.00"),
        ("1200.00", "1200.00"),
    ]


LOOKS_BACK = "The rules of 2024-03-01 are taken to hold for the whole term"
UNDATED = "they are taken to have been in force on 2024-03-01 as today."


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (("--as-of", "2024-03-01"), {"en": LOOKS_BACK, "zh": "的规则在整个服务期内有效"}),
        (("--start", "2024-03"), {"en": UNDATED, "zh": "此处假设其 2024 年 3 月 1 日"}),
        ((), {}),
    ],
)
def test_a_list_says_once_what_looking_back_assumes(
    day: tuple[str, ...], words: dict[str, str]
) -> None:
    """The fees of the two files have no day; supposed fees are told once beside it."""
    batch = ("batch", "list.csv", "--plans", "new.yaml", "--out", "out.csv", "--force", *TODAY)
    change = ("--what-if", "fees +5%", *day)
    supposed = {"en": "What if: fees +5%.", "zh": "仅本次测算按此服务费"}
    for code, said in words.items():
        for done in (diff(*change, "--lang", code), run_cli(*batch, *change, "--lang", code)):
            assert (done.out.count(said), done.out.count(supposed[code])) == (1, 1)
    told = impact(*change)["warnings"]
    assert told == json.loads(run_cli(*batch, *change, "-o", "json").out)["warnings"]
    assert told[0].startswith("What if: fees +5%")
    assert told[-2:] == [
        "column 'customer' is taken as the name of the customer",
        "columns that are carried and not read: 'region'",
    ]
    assert [words["en"] in line for line in told[1:-2]] == ([True] if words else [])
