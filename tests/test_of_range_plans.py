"""A range of named accounts whose plans differ between its ends: each end's plan is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.runner import TODAY, run_cli

DOUBTFUL = ("--reading", "floor", "--include-doubtful", "--plans", "plans.yaml")
FEE = "fee: {{monthly: {{flat: {}}}, usage: {{percent: {}}}}}"
TRIAL = ("--account", "a=100000..300000,response=10m", *DOUBTFUL)


@pytest.fixture(autouse=True)
def dearer_rates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """11 % for the trial, 10.5 % for Enterprise: without that no plan is the dearer one at an end.

    By floor 5,000, 25,000 or 50,000 for Premier (10 %), or that percentage if it is more.
    """
    text = (Path(__file__).parent.parent / "plans.yaml").read_text(encoding="utf-8")
    for flat, percent in ((5000, "11%"), (25000, "10.5%")):
        assert FEE.format(flat, "10%") in text
        text = text.replace(FEE.format(flat, "10%"), FEE.format(flat, percent))
    monkeypatch.chdir(tmp_path)
    Path("plans.yaml").write_text(text, encoding="utf-8")


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
    """The trial is 11 % of 100,000 and of 200,000 (22,000, Enterprise 25,000 at least).

    At 300,000 it is 33,000 and Enterprise 31,500.
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
    """5,500 for 50,000; 28,875 and not 30,250 for 275,000; 50,000 and not 52,500 for 500,000."""
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


IBM = ("--plans", "ibm-cloud")


@pytest.mark.parametrize("spend", [("--spend", "80000..200000"), ("--account", "a=80000..200000")])
def test_of_plans_that_cost_the_same_in_the_middle_the_safe_one_is_taken(
    spend: tuple[str, str],
) -> None:
    """IBM: 10 % for both, of Premium 10,000 at least, so the same from 100,000 on.

    At 80,000 Advanced is 8,000 a month, 96,000 a year, and Premium 10,000, 120,000 a year; at
    140,000 and 200,000 both are 14,000 and 20,000 a month.
    """
    asked = (*IBM, *spend, "--response", "1h")
    for form in ("text", "chat"):
        out = advise(*asked, "-o", form)
        assert "Advanced" in out.splitlines()[0], out
        assert "$96,000..$240,000" in out
        assert "is recommended" not in out
        assert "Premium costs more" not in out
    told = json.loads(advise(*asked, "-o", "json"))["result"]
    each = told["accounts"][0] if "accounts" in told else told
    assert (each["recommended"], each["reason_code"]) == ("ibm-advanced", "tie_never_dearer")
    assert {one["recommended"] for one in each["scenarios"]} == {"ibm-advanced"}
    why = advise(*asked, "--explain", "needs", "-o", "text")
    assert "costs the same as Premium at this spend, and less at other spends" in why


def test_of_plans_that_cost_the_same_throughout_the_higher_tier_is_taken() -> None:
    """From 100,000 on Advanced and Premium are both 10 %."""
    out = advise(*IBM, "--spend", "110000..200000", "--response", "1h", "-o", "text")
    assert "Recommended: Premium" in out


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", "At ¥50,000 Enterprise (trial edition) is recommended"),
        ("zh", "月消费 ¥50,000 时推荐企业级-体验版"),
    ],
)
def test_a_chat_tells_at_which_spend_another_plan_is_recommended(code: str, told: str) -> None:
    given = ("--spend", "50000..500000", "--response", "10m", *DOUBTFUL)
    assert told in advise(*given, "-o", "chat", "--lang", code)
