"""What is said of the term: the way to what is to be paid in it, both readings of it, a voucher."""

from __future__ import annotations

import re

import pytest

from tests.runner import TODAY, run_cli

DEAL = (
    *("--account", "a=350000,tam,order=120万@2026-12-01/12,current=enterprise"),
    *("--account", "b=20000,response=10m", "--account", "c=10000"),
    *("--discount", "7折", "--tax", "added", "--tax-rate", "6%", "--voucher", "60000"),
)


def told(*args: str) -> str:
    """The screen with its line breaks taken out."""
    result = run_cli("advise", *args, "--date", "2026-11-28", "--width", "79")
    assert not result.code
    return " ".join(result.out.split())


@pytest.mark.parametrize("form", ["table", "chat"])
def test_a_voucher_is_a_line_of_the_term_with_what_is_left_to_pay(form: str) -> None:
    # 1,464,000 - 439,200 + 61,488 = 1,086,288 a year; the voucher leaves 1,026,288 of the term.
    screen = told(*DEAL, "-o", form)
    assert "6% tax +¥61,488" in screen
    assert "6% tax +¥61,488, voucher" not in screen
    # Probably 667,800 - 60,000 = 607,800.
    words = {
        "table": "-¥60,000: ¥1,026,288 to pay in the term, probably ¥607,800",
        "chat": "at most ¥1,026,288, probably ¥607,800, after the voucher of ¥60,000",
    }[form]
    assert words in screen
    assert f"{words}," not in screen
    assert form == "chat" or " due list ¥" in screen  # to pay is what the voucher leaves


def test_of_two_years_the_voucher_is_taken_off_the_whole_term() -> None:
    screen = told(*DEAL, "--months", "24")
    assert "term ¥2,083,536 for 24 months" in screen
    assert "voucher -¥60,000: ¥2,023,536 to pay in the term" in screen


def test_what_is_left_of_a_voucher_is_said() -> None:
    screen = told("--spend", "120000", "--response", "10m", "--voucher", "10000000")
    # 10,000,000 - 444,000
    assert "voucher -¥444,000: ¥0 to pay in the term, ¥9,556,000 left" in screen


@pytest.mark.parametrize("form", ["table", "chat"])
def test_the_term_has_both_figures(form: str) -> None:
    # Probably Premier's prepaid part alone: 24 x 50,000.
    growing = "--spend", "120000", "--tam", "--months", "24", "--growth", "3%/month"
    words = "¥1,613,117.68 for 24 months, probably ¥1,200,000"
    assert words in told(*growing, "-o", form)


def test_the_way_to_a_term_below_a_year_is_that_of_the_term() -> None:
    # 3 x 62,000 = 186,000; 30% off 55,800; left 130,200, of it 6/106 tax = 7,369.81, by month
    # 43,400 * 6 / 106 = 2,456.60, times 3 = 7,369.80.
    agreed = "--tax", "included", "--tax-rate", "6%", "--discount", "7折"
    screen = told("--spend", "120000", "--tam", "--months", "3", *agreed)
    way = "list ¥186,000 for 3 months, 30% off -¥55,800, 6% tax of ¥7,369.80 included"
    assert way in screen
    assert "at most ¥43,400 a month ¥130,200 for 3 months" in screen
    assert "probably ¥35,000 a month ¥105,000 for 3 months" in screen
    assert " term " not in screen


# 120,000 grows by 100 % a year: 240,000 in year 2. Premier: 62,000, then 74,000 a month.
GROWING = "--spend", "120000", "--tam", "--months", "24", "--growth", "100%/year"


def test_of_a_term_that_grows_the_year_that_is_told_is_the_first() -> None:
    """Year 1 is 744,000 (probably 600,000), the term 744,000 + 12 x 74,000."""
    for form in ("table", "md", "chat"):
        screen = told(*GROWING, "-o", form)
        assert "¥744,000 the first year" in screen
        assert "If so ¥144,000 less the first year." in screen
        assert "¥1,632,000 for 24 months" in screen
        assert re.search("([0-9]|more|less) a year", screen) is None
        if form != "chat":
            assert "Plan, CNY, first year" in screen
    assert "首年 ¥744,000" in told(*GROWING, "-o", "chat", "--lang", "zh")
    words = "tells the first year, twelve months from 2026-12; the term is 24 months."
    assert words in told(*GROWING, "--explain", "fees")
    assert "the first year" not in told(*GROWING[:-2])  # level: one year is as the other
    deal = told("--account", "a=120000,tam", "--account", "b=0", *GROWING[3:])
    assert "Premier is ¥300,000 more the first year" in told(
        *("--account", "a=120000,tam,current=enterprise", "--account", "b=0", *GROWING[3:])
    )
    assert "¥744,000 the first year" in deal


def test_of_a_short_term_all_amounts_are_of_the_term() -> None:
    """Premier, 2 x 62,000 = 124,000, probably 100,000; Enterprise 2 x 37,000 = 74,000."""
    short = "--spend", "120000", "--tam", "--months", "2"
    for form in ("table", "md", "chat"):
        screen = told(*short, "-o", form, "--current-plan", "enterprise")
        assert "¥124,000 for 2 months" in screen
        assert "If so ¥24,000 less for 2 months." in screen
        assert "Premier is ¥50,000 more for 2 months" in screen
        assert "a year" not in screen
    rows = told(*short, "--plan", "enterprise")
    assert "Plan, CNY, 2 months" in rows
    assert "recommended: Premier, ¥50,000 more for 2 months" in rows


def test_an_unknown_spend_of_accounts_alike_says_how_many() -> None:
    out = run_cli(
        "advise", *TODAY, "--spend", "unknown", "--accounts", "3", "--response", "10m"
    ).out
    assert "3 accounts, the spend of each not known, 12 months" in " ".join(out.split())


def test_a_note_is_called_one_once() -> None:
    told = run_cli("advise", "--spend", "about 12w", "--response", "10m", *TODAY).out
    assert "note      'about 12w' was taken as exactly ¥120,000." in told
