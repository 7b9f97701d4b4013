"""A range of named accounts whose plans differ between its ends: each end's plan is told."""

from __future__ import annotations

import json

import pytest

from tests.runner import TODAY, run_cli

DOUBTFUL = ("--reading", "floor", "--include-doubtful")
TRIAL = ("--account", "a=100000..300000,response=10m", *DOUBTFUL)


def advise(*arguments: str) -> str:
    return run_cli("advise", *arguments, *TODAY).out


@pytest.mark.parametrize(
    ("code", "told", "caution"),
    [
        (
            "en",
            "Lower end and middle: 1 Enterprise (trial).",
            "Enterprise (trial): may no longer be on sale, at most 30 tickets a month; else",
        ),
        (
            "zh",
            "按区间下限和中间值：企业级-体验版 1 个。",
            "企业级-体验版：可能已停售、每月最多 30 个工单；否则选企业级",
        ),
    ],
)
@pytest.mark.parametrize("form", ["text", "md", "chat"])
def test_the_plan_of_the_lower_end_and_its_sale_are_told(
    form: str, code: str, told: str, caution: str
) -> None:
    """By floor the trial is 10 % of 100,000 and of 200,000 (20,000, Enterprise 25,000 at least).

    At 300,000 both cost 30,000, and the higher tier is taken.
    """
    out = advise(*TRIAL, "-o", form, "--lang", code)
    assert told in out
    assert caution in out


@pytest.mark.parametrize("width", ["60", "80"])
def test_there_is_room_for_it_on_a_small_terminal(width: str) -> None:
    out = run_cli("advise", *TRIAL, *TODAY, environment={"COLUMNS": width}).out
    assert "middle: 1 Enterprise (trial)." in " ".join(out.split())


def test_the_details_tell_it_too() -> None:
    out = advise(*TRIAL, "--explain", "accounts", "-o", "text")
    told = "Lower end and middle: 1 Enterprise (trial). Accounts as at the upper end of the range."
    assert f"\n{told}\n" in out


def test_each_end_has_its_own_words_where_all_differ() -> None:
    """From 250,000 Enterprise costs 10 % as the trial does, from 500,000 Premier does too."""
    account = ("--account", "a=50000..500000,response=10m")
    out = advise(*account, *DOUBTFUL, "-o", "text")
    assert "Recommended: 1 Premier\n" in out
    assert "Lower end: 1 Enterprise (trial). Middle: 1 Enterprise. Accounts as at" in out


def test_nothing_is_said_where_all_ends_take_the_same() -> None:
    out = advise("--account", "a=80000..200000,tam", "-o", "text")
    assert "Lower end" not in out
    assert "Middle" not in out


MIXED = (
    *("--account", "a=20000..60000,response=10m", "--account", "b=series=10000 20000"),
    *("--months", "2"),
)


def test_a_range_beside_a_series_is_one_range() -> None:
    """At least 20,000 and 10,000 together, at most 60,000 and 20,000."""
    for form in ("text", "chat"):
        assert "¥30,000 to ¥80,000 a month before discounts" in advise(*MIXED, "-o", form), form
    assert "¥30,000 至 ¥80,000" in advise(*MIXED, "-o", "text", "--lang", "zh")


def test_the_months_of_a_series_are_all_told_from_within_a_month() -> None:
    given = ("--account", "a=series=1000 2000 3000", "--account", "b=5", "--months", "2")
    assert "¥1,005 to ¥3,005 a month" in advise(*given, "--start", "2026-12-15", "-o", "text")


def test_todays_plans_are_told_at_the_end_that_they_are_of() -> None:
    """Enterprise is 25,000 a month less than Premier at any spend."""
    one = ("--account", "a=20000..60000,response=10m", "--current-plan", "premier")
    told = " ".join(advise(*one, "--account", "b=60000,response=10m", "-o", "text").split())
    assert "today: at the upper end: a: Premier; Enterprise is ¥300,000 less a year; b:" in told
    alone = ("--account", "a=60000,response=10m", "--current-plan", "premier", "-o", "text")
    assert "upper end" not in advise(*alone)


def test_the_ends_name_the_plan_that_was_asked_for() -> None:
    """Premier is 50,000 and 10% of 80,000: 58,000 a month, whatever is recommended."""
    asked = ("--spend", "80000..600000", "--response", "10m", "--plan", "premier", "-o", "json")
    [low] = json.loads(advise(*asked))["result"]["ends"][0]["accounts"]
    assert (low["recommended"], low["asked"], low["monthly"]) == (
        "enterprise",
        "premier",
        "58000.00",
    )
    plain = json.loads(advise(*asked[:4], "-o", "json"))
    assert plain["result"]["ends"][0]["accounts"][0]["asked"] is None
