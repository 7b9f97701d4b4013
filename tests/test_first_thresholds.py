"""The first screen of `breakeven`: both readings side by side, in few and short lines."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest

from supportcli.advice.breakeven import SpendRange
from supportcli.advice.thresholds import break_even
from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import LANGUAGES, load_language
from supportcli.outputs.document.telling import Telling
from supportcli.outputs.document.threshold_table import ThresholdTable
from supportcli.text_width import cell_width
from tests.builders import flat, plan
from tests.runner import TODAY, run_cli
from tests.test_first_screens import NAMES
from tests.test_whatif import EVERYTHING, of_shipped

MOST = {"60": (23, 59), "80": (22, 79), "100": (22, 99), "140": (22, 99)}
DISCOUNT = ("--discount", "7折", "--discount-on", "postpaid")
CASES = {
    "no need": (),
    "need": ("--response", "1h"),
    "spend": ("--spend", "120000", "--response", "10m"),
    "odd spend": ("--spend", "1234567.89", "--response", "1h"),
    "none fits": ("--response", "1m", "--tam", "--tickets", "5000", "--spend", "9"),
    "tam": ("--tam", "--spend", "500000"),
    "deal": ("--tam", "--accounts", "3", *DISCOUNT, "--months", "24"),
    "reading": ("--response", "10m", "--reading", "LIKELY", "--spend", "300000"),
    "doubtful": ("--response", "10m", "--include-doubtful"),
    "past": ("--as-of", "2025-06-15", "--start", "2025-07"),
}


def screen(name: str, case: str, *flags: str) -> list[str]:
    likely = load_catalogue(name).likeliest_reading
    arguments = (likely if word == "LIKELY" else word for word in CASES[case])
    done = run_cli("breakeven", *TODAY, "--plans", name, *arguments, *flags)
    assert done.code in (ExitCode.DONE, ExitCode.NO_PLAN), done.err
    assert len(done.err.splitlines()) <= 1
    return done.out.splitlines()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", NAMES)
def test_a_screen_has_few_and_short_lines(name: str, case: str, code: str) -> None:
    """And no ids; and no letter of a width that terminals set differently in a column."""
    ids = {plan.id for plan in load_catalogue(name).plans if "-" in plan.id}
    for width, (lines, cells) in MOST.items():
        found = screen(name, case, "--lang", code, "--width", width)
        assert len(found) <= lines
        assert max(map(cell_width, found)) <= cells
        assert [each for each in ids if each in "\n".join(found)] == []
        table = [line for line in found if re.match(r"[ >] +[0-9]", line)]
        assert {unicodedata.east_asian_width(each) for each in "".join(table)} & {"A"} == set()


BOTH = """\
  Spend from, CNY  at most             probably            sold
>               0  Enterprise          Enterprise          yes
          500,000  Enterprise          Premier = above     yes
                0  Enterprise (trial)  Enterprise (trial)  ask 2
          250,000  Enterprise (trial)  Enterprise = above  ask 2
          500,000  Enterprise (trial)  Premier = above     ask 2
  = above: costs the same as what the row above names
"""
ANSWER = """\
Cheapest at ¥120,000 a month: Enterprise             Alibaba Cloud (China), CNY
at most   Enterprise at every spend   prepaid and postpaid add up
probably  Enterprise below ¥500,000   prepaid counts towards postpaid
ask first 1 Does prepaid count towards postpaid?
          2 Is Enterprise (trial) still sold? If so ¥240,000 a year less.
          3 What does Business cost, is it still sold? It may cost less.
"""


def test_both_readings_and_both_ways_to_count_what_is_in_doubt() -> None:
    """At most 25,000 or 50,000 and 10 %, the trial 5,000 and 10 %: 240,000 a year less.

    Probably the greater of them: 10 % is 25,000 at 250,000 and 50,000 at 500,000.
    """
    out = run_cli("breakeven", *TODAY, *CASES["spend"], "--width", "80").out
    assert out.startswith(ANSWER)
    assert BOTH in out


@pytest.mark.parametrize(
    ("flags", "cell", "legend"),
    [
        ("--width 80", "Premier = above  ", "= above: costs the same as what the row above names"),
        ("--width 110", "Premier = Enterprise  ", "= costs the same; the higher tier comes first"),
        ("-o text", "Premier = Enterprise;", "= costs the same; the higher tier comes first"),
        ("-o md", "| Premier = Enterprise |", "- \\= costs the same; the higher tier comes first"),
        ("--lang zh --width 60", "顶级 = 上一行  ", "= 上一行：与上一行所列的支持计划服务费相同"),
        ("--lang zh --width 80", "顶级 = 企业级  ", "= 表示服务费相同，高等级列在前"),
    ],
)
def test_the_sign_is_explained_as_it_is_drawn(flags: str, cell: str, legend: str) -> None:
    """Only where cells are in brief does one name stand for the row above, too."""
    out = run_cli("breakeven", *TODAY, *CASES["spend"], *flags.split()).out
    assert cell in out
    assert [line.strip() for line in out.splitlines() if re.match(r" *(- \\)?= ", line)] == [legend]


def test_with_one_figure_there_is_one_column() -> None:
    """A reading that was asked for, named with its caution; or thresholds that are the same."""
    given = run_cli("breakeven", *TODAY, *CASES["spend"], "--reading", "floor", "--width", "80").out
    assert "  Spend from, CNY  cheapest                                   sold\n" in given
    assert "not yet confirmed by the vendor" in given
    same = run_cli("breakeven", *TODAY, "--plans", "scaleway", "--width", "80").out
    assert "at most" not in same


def test_the_row_where_one_stands_is_marked() -> None:
    spends = {"0": "0", "499999.99": "0", "500000": "500,000", "999999999999": "500,000"}
    for spend, start in spends.items():
        lines = screen("alibaba-cloud-cn", "need", "--spend", spend)
        [marked] = [line for line in lines if line.startswith(">")]
        assert marked.split()[1] == start


MANY = """
id: many
name: many
currency: USD
plans:
"""


def test_of_many_thresholds_those_around_the_spend_are_shown(tmp_path: Path) -> None:
    """Plan i costs 100 i and 50 - i %: it is met by the next one where 1 % of the spend is 100."""
    path = tmp_path / "many.yaml"
    fee = "{{sum: [{{flat: {1}}}, {{percent: {2}%}}]}}"
    row = f"  - {{{{id: p{{0}}, name: Plan {{0}}, tier: {{0}}, fee: {fee}}}}}\n"
    fees = [(i, sum(range(i)) * 100, 50 - i) for i in range(1, 41)]
    path.write_text(MANY + "".join(row.format(*fee) for fee in fees), encoding="utf-8")
    done = run_cli("breakeven", *TODAY, "--plans", str(path), "--spend", "250000", "--width", "80")
    lines = done.out.splitlines()
    assert (done.code, len(lines) <= 22) == (ExitCode.DONE, True)
    [marked] = [line for line in lines if line.startswith(">")]
    assert marked.split() == [">", "250,000", "Plan", "26"]
    assert any(re.fullmatch(r"  [0-9]+ more: --explain", line) for line in lines)


@pytest.mark.parametrize("code", NAMES)
def test_headline_line_and_source_are_of_one_plan(code: str) -> None:
    """Where some plans are free, the cheapest plan with a fee is told, and whose copy it is."""
    told = run_cli("breakeven", "--plans", code, "--spend", "1000", "--lang", "en", *TODAY).out
    head, *others = told.splitlines()
    line = next(each for each in others if each.startswith(("at most", "cheapest")))
    name = re.split(r" {2,}|$", head.partition(": ")[2])[0]
    assert ("with a fee" in head) == ("with a fee" in line)
    assert name in line or "below" in line or "from" in line


def test_the_source_of_thresholds_is_that_of_the_plan_told() -> None:
    """AWS's own page has Basic; Business Support+ is a third party's copy."""
    for flags in ((), ("--spend", "20000")):
        told = run_cli("breakeven", "--plans", "aws", "--lang", "en", *flags, *TODAY).out
        assert "Business Support+ at every spend" in told
        assert "Prices: third-party copy, undated." in told


@pytest.mark.parametrize("flags", [(), ("--spend", "120000")])
@pytest.mark.parametrize(
    ("code", "vendor", "title"),
    [
        ("en", "Alibaba Cloud (China), CNY", "From, CNY"),
        ("zh", "阿里云（中国站），单位：元", "（元）"),
    ],
)
def test_the_vendor_and_the_currency_are_named_on_a_narrow_screen(
    flags: tuple[str, ...], code: str, vendor: str, title: str
) -> None:
    told = run_cli("breakeven", *flags, "--lang", code, "--width", "60", *TODAY).out
    assert vendor in " ".join(told.splitlines()[:2])
    assert title in told


def test_a_tie_names_the_others_or_the_row_above_does() -> None:
    """Where rows are left out, the first one that is shown has nothing above it."""
    advice = of_shipped(EVERYTHING)
    telling = Telling(advice, load_language("en"), ("additive",), ())
    a, b, c = (plan(name, 1, flat("1")) for name in ("alphabetical", "bravissimo", "characters"))
    ranges = [
        SpendRange(Fraction(start), None, plans)
        for start, plans in ((0, (a,)), (10, (b, a)), (20, (c, b, a)), (30, (c, a)))
    ]
    found = break_even(advice)._replace(ranges=tuple(ranges), paid=(), if_sold=None)
    table = ThresholdTable(telling, [found], ["costs"], {})
    rows = table.rows(None)
    assert [row.cells[1].brief for row in rows] == [
        "",
        "Bravissimo = above",
        "Characters = above",
        "",
    ]
    assert [row.cells[1].text for row in rows[2:]] == [
        "Characters = Bravissimo = Alphabetical",
        "Characters = Alphabetical",
    ]
    assert [row.cells[1].brief for row in table.shortened(rows, 3).rows] == [
        "",
        "Bravissimo = above",
        "Characters = above",
    ]


def test_a_fee_of_several_accounts_that_is_contradicted_is_told() -> None:
    """Huawei's billing page adds accounts up, its service statement says per account."""
    asked = ("breakeven", "--plans", "huawei-cloud-intl", "--width", "80")
    words = "Counted as one fee (the service statement says per account)."
    for more in ((), ("--response", "1h"), ("-o", "json")):
        told = " ".join(run_cli(*asked, *more, "--accounts", "2").out.split())
        assert told.count(words) == 1
        assert words not in " ".join(run_cli(*asked, *more).out.split())
