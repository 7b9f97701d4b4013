"""A range of named accounts whose plans differ between its ends: each end's plan is told."""

from __future__ import annotations

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
