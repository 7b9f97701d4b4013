"""The details of several accounts say of which months their amounts are, as those of one do."""

from __future__ import annotations

import pytest

from tests.runner import TODAY, run_cli

TWO = ("--account", "a=100000,response=10m", "--account", "b=20000", "--start", "2026-12")
DETAILS = ("--explain", "accounts", "-o", "text")


def told(*arguments: str) -> str:
    return run_cli("advise", *TWO, *arguments, *DETAILS, *TODAY).out


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "en",
            "What follows tells the first year, twelve months from 2026-12; the term is 6 months.",
        ),
        ("zh", "以下金额为首年（自 2026 年 12 月起 12 个月）；测算期为 6 个月。"),
    ],
)
def test_of_a_term_under_a_year_amounts_are_of_twelve_months(code: str, words: str) -> None:
    """At 100,000 a month 25,000 and 10 % are 35,000: 420,000 in twelve months, 210,000 in six."""
    out = told("--months", "6", "--lang", code)
    before, after = out.split(f"\n{words}\n")
    assert "420,000" not in before
    assert "420,000" in after
    assert "210,000" in after


def test_of_a_spend_that_grows_they_are_of_the_first_year() -> None:
    words = "the first year, twelve months from 2026-12; the term is 18 months."
    assert words in told("--months", "18", "--growth", "2%/month")


@pytest.mark.parametrize(
    "term",
    [
        ("--months", "18"),
        ("--months", "12", "--growth", "2%/month"),
    ],
)
def test_a_year_like_any_other_needs_no_such_words(term: tuple[str, ...]) -> None:
    assert "the first year" not in told(*term)


def test_a_plan_that_ends_tells_what_there_is_until_then() -> None:
    out = run_cli(
        *("advise", "--plans", "aws", *TWO, "--plan", "aws-business", "--months", "6"),
        *(*DETAILS, *TODAY),
    ).out
    assert "until 2026-12-31" in out
    assert "the first year" not in out
