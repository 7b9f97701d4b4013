"""`supportcli breakeven`, and what `advise` says about other answers and other spends."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.text_width import cell_width
from tests.conftest import Golden
from tests.runner import TODAY, Done, run_cli
from tests.test_structured import SCHEMA

SCREENS = {
    "floor": ("--response", "10m", "--reading", "floor", "--spend", "120000"),
    "no-needs": (),
    "aws": ("--plans", "aws", "--as-of", "2026-02-01", "--response", "30m"),
    "no-plan": ("--response", "1m"),
    "deal": ("--tam", "--accounts", "3", "--discount", "7折", "--discount-on", "postpaid"),
}


def turning(*arguments: str) -> Done:
    return run_cli("breakeven", *TODAY, *arguments)


def found(*arguments: str) -> Any:
    """The result as JSON, after holding it to the schema."""
    document = json.loads(turning(*arguments, "-o", "json").out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    return document["result"]


def advised(*arguments: str) -> Any:
    document = json.loads(run_cli("advise", *TODAY, *arguments, "-o", "json").out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    return document["result"]


@pytest.mark.parametrize("width", ["60", "80", "140"])
@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, code: str, width: str, golden: Golden) -> None:
    done = turning(*SCREENS[name], "--explain", "thresholds,all", "--lang", code, "--width", width)
    assert done.code == (ExitCode.NO_PLAN if name == "no-plan" else ExitCode.DONE)
    assert done.err == ""
    golden(f"breakeven-{name}.{code}.{width}.txt", done.out)
    assert max(map(cell_width, done.out.splitlines())) <= int(width)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", SCREENS)
def test_plain_text_draws_the_chart_with_letters_and_says_it_in_words(
    name: str, code: str, golden: Golden
) -> None:
    out = turning(*SCREENS[name], "--explain", "thresholds,all", "--lang", code, "-o", "text").out
    golden(f"breakeven-{name}.{code}.plain.txt", out)
    assert re.search(r" \|[A-Z* ]+$", out, re.MULTILINE)  # with letters, for who sees it too
    assert re.search(r"^- [¥$]0[:：]", out, re.MULTILINE)


@pytest.mark.parametrize("width", ["20", "30", "40"])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_where_there_is_no_room_to_draw_the_chart_is_in_words(code: str, width: str) -> None:
    flags = [word.replace("120000", "999999999999") for word in SCREENS["floor"]]
    out = turning(*flags, "--explain", "thresholds,all", "--lang", code, "--width", width)
    assert "AAA" not in out.out
    assert "¥999,999,999,999" in out.out


def test_a_chart_needs_no_colour_and_no_line_drawing() -> None:
    """It is the same in ASCII; the plans are told apart by letters."""
    flags = (*SCREENS["floor"], "--explain", "thresholds,all", "--width", "80")
    plain = run_cli("breakeven", *TODAY, *flags, encoding="ascii").out
    drawn = [line for line in plain.splitlines() if "|" in line or "AAA" in line]
    assert len(drawn) == 10  # nine rows and the strip
    assert all(line.isascii() for line in drawn)


def test_the_default_catalogue_by_hand() -> None:
    """`floor`: max(5,000, 10 %) meets max(25,000, 10 %) at 250,000, max(50,000, 10 %) at 500,000.

    At a cent below, 10 % of 249,999.99 is 24,999.999, under the 25,000 of the other.
    """
    needed = ("--response", "10m", "--reading", "floor", "--spend", "120000")
    result = found(*needed, "--include-doubtful")
    assert [(part["from"], part["to"], part["plans"]) for part in result["ranges"]] == [
        ("0.00", "250000.00", ["enterprise-trial"]),
        ("250000.00", "500000.00", ["enterprise", "enterprise-trial"]),
        ("500000.00", None, ["premier", "enterprise", "enterprise-trial"]),
    ]
    below, above = result["ranges"][1]["proof"]
    assert (below["spend"], below["fees"]["enterprise-trial"]) == ("249999.99", "24999.999")
    assert (above["spend"], above["fees"]["enterprise-trial"]) == ("250000.00", "25000.00")
    assert result["position"] == {
        "spend": "120000.00",
        "plans": ["enterprise-trial"],
        "to_next": "130000.00",
        "to_previous": None,
    }
    additive = result["by_reading"]["additive"]
    assert [part["plans"] for part in additive["ranges"]] == [["enterprise-trial"]]
    gaps = {pair["plan"]: pair["segments"] for pair in additive["pairs"]}
    assert gaps["enterprise"] == [{"from": "0.00", "difference": "20000.00", "rate": "+0%"}]
    assert gaps["premier"] == [{"from": "0.00", "difference": "25000.00", "rate": "+0%"}]


def test_what_is_surely_on_sale_is_the_cheapest_and_the_rest_is_to_be_asked_about() -> None:
    """`floor`, without the trial edition: max(25,000, 10 %) meets max(50,000, 10 %) at 500,000.

    At 120,000 the trial edition is max(5,000, 12,000) = 12,000 a month: 13,000 less, so
    156,000 a year.
    """
    result = found("--response", "10m", "--reading", "floor", "--spend", "120000")
    assert [(part["from"], part["to"], part["plans"]) for part in result["ranges"]] == [
        ("0.00", "500000.00", ["enterprise"]),
        ("500000.00", None, ["premier", "enterprise"]),
    ]
    assert [(each["id"], each["saves"]) for each in result["ask_first"]] == [
        ("enterprise-trial", "156000.00"),
        ("business", None),
    ]
    assert result["ask_renewal"] is None
    before = found("--response", "10m", "--reading", "floor", "--as-of", "2025-06-15")
    assert before["ranges"][0]["plans"] == ["enterprise-trial"]


def told(ranges: Any) -> list[tuple[str, str | None, list[str]]]:
    return [(part["from"], part["to"], part["plans"]) for part in ranges]


def test_both_readings_with_and_without_the_plans_in_doubt() -> None:
    """25,000, 50,000 and 5,000 (trial), each and 10 %: the same order at every spend; or at least:

    10 % leaves Enterprise's minimum at 250,000 and Premier's at 500,000.
    """
    result = found("--response", "10m", "--spend", "120000")
    named = [(each["label"], each["reading"]) for each in result["figures"]]
    assert named == [("at_most", "additive"), ("probably", "floor")]
    assert [each["position"]["to_next"] for each in result["figures"]] == [None, "380000.00"]
    at_most, probably = (result["by_reading"][reading] for _, reading in named)
    assert told(at_most["ranges"]) == [("0.00", None, ["enterprise"])]
    assert told(at_most["if_sold"]["ranges"]) == [("0.00", None, ["enterprise-trial"])]
    assert told(probably["ranges"]) == [
        ("0.00", "500000.00", ["enterprise"]),
        ("500000.00", None, ["premier", "enterprise"]),
    ]
    assert told(probably["if_sold"]["ranges"]) == [
        ("0.00", "250000.00", ["enterprise-trial"]),
        ("250000.00", "500000.00", ["enterprise", "enterprise-trial"]),
        ("500000.00", None, ["premier", "enterprise", "enterprise-trial"]),
    ]
    assert result["if_sold"] == at_most["if_sold"]
    assert result["if_sold"]["plans"] == ["enterprise-trial"]


def test_with_the_plans_in_doubt_counted_in_there_is_nothing_to_ask() -> None:
    result = found("--response", "10m", "--include-doubtful")
    assert [each["if_sold"] for each in result["by_reading"].values()] == [None] * 3


def test_a_reading_that_was_asked_for_is_the_one_figure() -> None:
    who = ("--reading", "floor", "--confirmed-by", "Wang, 2026-11-20")
    document = json.loads(turning("--response", "10m", *who, "-o", "json").out)
    figures = document["result"]["figures"]
    assert [(each["label"], each["reading"]) for each in figures] == [("reading", "floor")]
    assert document["catalogue"]["confirmed_by"] == "Wang, 2026-11-20"
    assert "confirmed by Wang, 2026-11-20" in turning("--response", "10m", *who).out
    alone = turning("--confirmed-by", "Wang")
    assert (alone.code, "name it with --reading" in alone.err) == (ExitCode.USAGE, True)


def test_break_even_asks_at_every_spend() -> None:
    """At 250,000 the trial edition costs what Enterprise costs under `floor`, but below it less."""
    result = found("--response", "10m", "--reading", "floor", "--spend", "250000")
    assert [(each["id"], each["saves"]) for each in result["ask_first"]] == [
        ("enterprise-trial", None),
        ("business", None),
    ]


def test_aws_by_hand() -> None:
    """10 % is 15,000 at 150,000, where the other plan's rate falls to 7 %; 29 / 3 % is 966.67.

    From 10,000 on Business is 300 + 7 %, Business Support+ 200 + 7 %, and so on: 100 less.
    """
    old = found("--plans", "aws", "--as-of", "2025-06-01")
    assert old["dominated"] == [
        {
            "plan": "aws-enterprise-onramp",
            "by": "aws-enterprise",
            "from": "150000.00",
            "to": None,
            "assumed": True,
        }
    ]
    [developer] = [p for p in old["pairs"] if p["plan"] == "aws-developer"]
    assert [segment["from"] for segment in developer["segments"]] == ["0.00", "966.67"]
    new = found("--plans", "aws", "--as-of", "2026-02-01")
    [plus] = [pair for pair in new["pairs"] if pair["plan"] == "aws-business-plus"]
    assert plus["other"] == "aws-business"
    assert plus["segments"][-1] == {"from": "10000.00", "difference": "-100.00", "rate": "+0%"}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_catalogue_has_an_answer_that_fits_the_schema(name: str) -> None:
    result = found("--plans", name, "--spend", "12345.67")
    assert result["ranges"][0]["from"] == "0.00"


EIGHT = (
    "8 services: incident response, key-moment assurance, monitoring design, cloud cost analysis, "
    "AK and sub-account governance, optimisation plan, risk-governance proposals, regular on-site "
    "exchange"
)
"""What the services of plans.yaml give Premier and not Enterprise."""


def test_what_a_need_costs_and_what_to_give_up() -> None:
    """50,000 a month against 25,000: 300,000 a year, at any spend under `additive`."""
    result = advised("--spend", "120000", "--response", "10m", "--tickets", "40", "--tam")
    costs = {cost["need"]: (cost["annual_cost"], cost["without"]) for cost in result["needs"]}
    assert costs == {
        "response:unavailable": ("0.00", "premier"),
        "tam": ("300000.00", "enterprise"),
        "tickets": ("0.00", "premier"),
    }
    first = result["savings"][0]
    assert (first["plan"], first["annual_saving"]) == ("enterprise", "300000.00")
    assert first["give_up"] == ["do without a dedicated TAM"]
    [enterprise] = [plan for plan in result["plans"] if plan["id"] == "enterprise"]
    paid = enterprise["versus"].pop("to_pay")
    amounts = (paid["monthly"], paid["annual"], paid["term"])
    assert amounts == ("-25000.00", "-300000.00", "-300000.00")
    assert enterprise["versus"] == {
        "annual_difference": "-300000.00",
        "gains": [],
        "losses": [
            "a dedicated TAM (whether Enterprise has it too: the source says both)",
            EIGHT,
        ],
        "not_recorded": [],
    }


def test_three_spends_in_one_call(golden: Golden) -> None:
    """12 x (25,000 + 10 % of 80,000) = 396,000; at 140,000 468,000; at 200,000 540,000."""
    arguments = ("--spend", "80000..200000", "--response", "10m")
    told = [
        (each["monthly_spend"], each["recommended"], each["annual"])
        for each in advised(*arguments)["scenarios"]
    ]
    assert told == [
        ("80000.00", "enterprise", "396000.00"),
        ("140000.00", "enterprise", "468000.00"),
        ("200000.00", "enterprise", "540000.00"),
    ]
    golden("advise-span.80.txt", run_cli("advise", *TODAY, *arguments, "--width", "80").out)
    chinese = run_cli("advise", *TODAY, *arguments, "--width", "80", "--lang", "zh").out
    golden("advise-span.zh.80.txt", chinese)


def test_other_spends_are_asked_about_without_being_named() -> None:
    """12 x (25,000 + 10 % of 60,000 to 180,000)."""
    scenarios = advised("--spend", "120000", "--response", "10m")["scenarios"]
    assert [(each["change"], each["annual"]) for each in scenarios] == [
        ("-50%", "372000.00"),
        ("-25%", "408000.00"),
        ("-10%", "429600.00"),
        ("+10%", "458400.00"),
        ("+25%", "480000.00"),
        ("+50%", "516000.00"),
    ]


CROSSING = """
id: made-up
name: made up
currency: USD
plans:
  - {id: share, name: Share, tier: 1, fee: {percent: 10%}}
  - {id: flat, name: Flat, tier: 2, fee: {flat: 100}}
"""


def test_growth_over_a_threshold_is_told_with_its_month(tmp_path: Any) -> None:
    """500 x 1.1^7 is 974.36, times 1.1 is 1,071.80: 10 % passes 100 in the ninth month, 2027-08."""
    path = tmp_path / "crossing.yaml"
    path.write_text(CROSSING, encoding="utf-8")
    arguments = ("--plans", str(path), "--spend", "500", "--growth", "10%/month")
    out = run_cli("advise", *TODAY, *arguments, "-o", "text").out
    assert "At first Share is the cheapest choice." in out
    assert "From month 9 (2027-08) Flat is the cheaper choice." in out
    assert advised(*arguments)["turns"] == [
        {"number": 1, "month": "2026-12", "plan": "share"},
        {"number": 9, "month": "2027-08", "plan": "flat"},
    ]


def test_where_one_stands_with_a_spend_that_changes_is_told_of_its_first_month() -> None:
    flags = ("--response", "10m", "--explain", "all", "-o", "text")
    grown = run_cli("advise", *TODAY, "--spend", "120000", "--growth", "3%/month", *flags).out
    level = run_cli("advise", *TODAY, "--spend", "120000", *flags).out
    assert "If every month were as the first, ¥120,000: Enterprise." in grown
    assert "At every spend: Enterprise." in level


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--spend", "2..1"), "'2..1' is not a range of spend; write the lowest first"),
        (("--spend", "1..2"), "takes one spend here"),
        (("--spend", "x"), "'x' is not an amount"),
        (("-o", "csv"), "'csv' is not one of: table, text, md, html, json"),
        (("--reading", "none"), "'none' is not in the catalogue"),
    ],
)
def test_mistakes_are_told(arguments: tuple[str, ...], said: str) -> None:
    done = turning(*arguments)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert said in done.err


def test_json_has_everything_without_explanations() -> None:
    done = turning("-o", "json", "--explain")
    assert done.err == "supportcli: --explain adds nothing to json\n"
    assert done.out == turning("-o", "json").out


def test_nothing_is_asked() -> None:
    """Without a spend the ranges are the answer, whoever is at the terminal."""
    assert turning().code == ExitCode.DONE
    assert run_cli("advise", *TODAY).code == ExitCode.ANSWER_MISSING
