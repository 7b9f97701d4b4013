"""What a row says of a plan: never a clean yes of what has no price or may be gone."""

from __future__ import annotations

import pytest

from tests.runner import TODAY, run_cli

UNPRICED = [
    "--spend 120000 --response 10m",
    "--spend 120000 --response 10m --current-plan enterprise-trial",
    "--spend 120000 --response 10m --date 2027-06-15",
    "--spend 120000",
    "--spend 80000..200000 --response 1h",
    "--plans aiven --spend 120000",
    "--plans yandex-cloud --spend unknown --response 1h",
]


def rows(command: str, *flags: str) -> list[str]:
    """The rows of the table, from the one under the headings on."""
    day = () if "--date" in command else TODAY
    out = run_cli("advise", *day, *command.split(), *flags).out.splitlines()
    table = [line for line in out if line.startswith(("  ", "> ")) and not line.startswith("   ")]
    return table[1:]


@pytest.mark.parametrize("command", UNPRICED)
@pytest.mark.parametrize("width", ["60", "80", "140"])
@pytest.mark.parametrize(
    ("code", "unpriced", "yes"), [("en", "unpriced", "yes"), ("zh", "待询", "是")]
)
def test_no_plan_without_a_price_is_a_yes(
    command: str, width: str, code: str, unpriced: str, yes: str
) -> None:
    """Its question, that its price is not known, or whether it fits: at any width."""
    found = [row.split() for row in rows(command, "--width", width, "--lang", code)]
    without = [row for row in found if unpriced in row]
    assert without
    assert [row for row in without if row[-1] == yes] == []


@pytest.mark.parametrize(("code", "plan"), [("en", "Enterprise (trial)"), ("zh", "企业级-体验版")])
@pytest.mark.parametrize("flags", ["--spend 120000", "--spend 120000 --plan business"])
def test_what_is_perhaps_not_sold_stands_below_what_is(flags: str, code: str, plan: str) -> None:
    """Though it costs less than two of them."""
    found = rows(f"{flags} --response 10m --lang {code}", "--width", "80")
    names = [row[2:].split("  ")[0] for row in found]
    assert names.index(plan) == 3
    assert len(names) == 6


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_a_doubt_is_called_the_same_at_any_width(width: str) -> None:
    (row,) = (each for each in rows("--spend 120000", "--width", width) if "trial" in each)
    assert "  if sold" in row


@pytest.mark.parametrize("account", ["--spend=120000", "--account=a=120000"])
def test_of_a_plan_without_a_price_no_question_is_about_amounts(account: str) -> None:
    out = run_cli("advise", *TODAY, account, "--plan", "business", "--response", "10m").out
    assert "ask first 1 What does Business cost, is it still sold?" in out
    assert "prepaid count" not in out


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("width", ["60", "80"])
def test_the_column_of_a_need_stays_where_reasons_can_be_short(width: str, code: str) -> None:
    """With what is not sure: that the TAM of two plans is a dedicated one is assumed."""
    asked = ("--plans", "aws", "--spend", "1234567.89", "--response", "10m", "--tam")
    out = run_cli("advise", *TODAY, *asked, "--lang", code, "--width", width).out
    assert len([line for line in out.splitlines() if "yes ?" in line or "专属 ?" in line]) == 2
