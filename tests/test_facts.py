"""`supportcli plans check --facts`: who says each figure, when, and how sure that makes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from tests.conftest import Golden
from tests.runner import Done, run_cli
from tests.test_structured import SCHEMA

MINE = """\
id: mine
name: Mine
currency: USD
sources:
  - {id: page, title: Their page, level: vendor, date: 2026-01-15}
  - {id: undated, title: Their other page, level: vendor, note: Undated}
  - {id: blog, title: A blog, level: secondary, date: 2026-02-01}
  - {id: blogs, title: Three blogs, level: secondary, date: 2026-02-01, several: true}
  - {id: shop, title: A reseller, level: reseller, note: Undated}
  - {id: sums, title: Our sums, level: derived}
  - {id: guess, title: Our guess, level: assumed}
quantities: [{id: seats, name: Seats}]
severities: [{id: down, name: down}]
plans:
  - id: small
    name: Small
    tier: 1
    fee: free
    source: page
    response: [{target: 8h, severity: down, source: undated}]
    limits: [{id: cases, most: 5, counts: tickets, text: five cases, source: sums}]
    terms: {minimum_term: {is: 30 days, source: guess}, scope: {is: per_account, source: blog}}
  - id: large
    name: Large
    tier: 2
    fee: {percent: 5%}
    source: blogs
    part_source: blog
    history:
      - {fee: {percent: 4%}, until: 2025-12-31, source: shop}
      - {fee: unknown, until: 2024-12-31, source: shop}
    extras: [{id: seats, name: A seat, quantity: seats, price: {each: 5}}]
    limits: [{id: calls, counts: tickets, text: calls as ordered, source: page}]
    response: [{target: 1h, source: page}]
  - {id: huge, name: Huge, tier: 3, fee: unknown, source: shop}
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(MINE, encoding="utf-8")


def facts(*arguments: str) -> Done:
    return run_cli("plans", "check", "--facts", *arguments)


def told(*arguments: str) -> Any:
    document = json.loads(facts(*arguments, "-o", "json").out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    return document["result"]


def test_every_figure_with_its_source() -> None:
    """A price that is not known, a limit without a number and a scope are no figures."""
    result = told("mine.yaml")
    [of_it] = result["facts"]
    found = [(one["plan"], one["name"], one["source"], one["weak"]) for one in of_it["figures"]]
    assert found == [
        ("small", "fee", "page", []),
        ("small", "cases", "sums", []),
        ("small", "down, case", "undated", ["undated"]),
        ("small", "minimum_term", "guess", ["assumed"]),
        ("large", "fee", "blogs", []),
        ("large", "part of the fee", "blog", ["one_secondary"]),
        ("large", "until 2025-12-31", "shop", ["one_reseller", "undated"]),
        ("large", "seats", None, ["no_source"]),
        ("large", "case", "page", []),
    ]
    assert of_it["figures"][5] == {
        "plan": "large",
        "kind": "fee_part",
        "name": "part of the fee",
        "words": "part of the fee",
        "source": "blog",
        "title": "A blog",
        "level": "secondary",
        "date": "2026-02-01",
        "several": False,
        "weak": ["one_secondary"],
    }
    assert [one["where"] for one in result["findings"][:4]] == [
        "mine.yaml:1:1",  # no review_after
        "mine.yaml:23:5",  # no example of large
        "mine.yaml:32:14",  # no source of a seat
        "mine.yaml:33:14",  # no number of calls
    ]
    assert result["findings"][4:] == [
        {"where": "mine: small: 8 h by support case for down", "message": "undated"},
        {"where": "mine: small: minimum term: 30 days", "message": "assumed"},
        {"where": "mine: large: part of the fee", "message": "one secondary source"},
        {"where": "mine: large: fee until 2025-12-31", "message": "one reseller, undated"},
        {"where": "mine: large: A seat", "message": "no source"},
    ]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_report(code: str, golden: Golden) -> None:
    golden(f"plans-facts.{code}.txt", facts("mine.yaml", "--lang", code).out)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "mine.yaml:3:15: finding: review_after is more than six months after 2026-08-31"),
        ("zh", "mine.yaml：0 处错误，1 条建议"),
    ],
)
def test_what_is_found_beside_the_sources_is_told_too(code: str, words: str) -> None:
    """The figures are all sure; the review is due a day too late. Strict counts it."""
    sure = MINE[: MINE.index("    response")]
    late = sure.replace("currency", "review_after: 2027-03-01\nchecked: 2026-08-31\ncurrency", 1)
    Path("mine.yaml").write_text(late, encoding="utf-8")
    done = facts("mine.yaml", "--strict", "--lang", code)
    assert (done.code, done.out.count(words)) == (ExitCode.CATALOGUE, 1)
    assert facts("mine.yaml").code == ExitCode.DONE
    [found] = told("mine.yaml", "--strict")["findings"]
    assert found["where"] == "mine.yaml:3:15"


def test_what_is_sure_is_told_as_that() -> None:
    sure = MINE[: MINE.index("    response")]
    sure = sure.replace("currency", "review_after: 2027-02-28\nchecked: 2026-08-31\ncurrency", 1)
    Path("mine.yaml").write_text(sure, encoding="utf-8")
    done = facts("mine.yaml", "--strict")
    assert done.code == ExitCode.DONE
    assert "Every figure has a source that is the vendor" in done.out


def test_a_catalogue_without_a_price_has_no_figures() -> None:
    lines = ["id: mine", "name: Mine", "currency: USD", "checked: 2026-11-28"]
    lines += [
        "review_after: 2027-05-28",
        "sources: [{id: page, title: Page, level: vendor, date: 2026-11-28}]",
    ]
    lines += ["plans:", "  - {id: huge, name: Huge, tier: 1, fee: unknown, source: page}", ""]
    Path("mine.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert facts("mine.yaml").out == "mine: Mine\nNo figures.\n"


def test_without_a_name_it_is_of_all_the_shipped_ones() -> None:
    result = told()
    assert [one["catalogue"] for one in result["facts"]] == list(SHIPPED)
    assert result["file"] is None
    assert all(each["source"] for one in result["facts"] for each in one["figures"])


SENTENCES = """\
channels:
  - {id: desk, name: desk of 2026, targets: true, note: "09:00-18:00"}
  - {id: phone, name: phone, targets: false, note: at night too}
facts:
  - {id: change, title: Change, source: blog, items: [Costs 3%., It ends.], shown: [Costs 3%.]}
open_points:
  - {id: round, kind: assumption, text: Half of 0.005 is rounded up., brief: To 2., source: page}
"""


def test_figures_in_sentences_need_a_source_too() -> None:
    """A sentence counts once; names, and what is said in brief too, do not count."""
    sure = MINE[: MINE.index("    response")]
    sure = sure.replace("currency", "review_after: 2027-02-28\nchecked: 2026-08-31\ncurrency", 1)
    Path("mine.yaml").write_text(sure + SENTENCES, encoding="utf-8")
    result = told("mine.yaml")
    [of_it] = result["facts"]
    assert [(each["where"], each["words"], each["weak"]) for each in of_it["sentences"]] == [
        ("channels desk", "09:00-18:00", ["no_source"]),
        ("facts change", "Costs 3%.", ["one_secondary"]),
        ("open_points round", "Half of 0.005 is rounded up.", []),
    ]
    assert [each["where"] for each in result["findings"]] == [
        "mine: channels desk: 09:00-18:00",
        "mine: facts change: Costs 3%.",
    ]
    assert facts("mine.yaml", "--strict").code == ExitCode.CATALOGUE
    said = facts("mine.yaml").out
    assert said.endswith(
        "2 of 3 sentences with figures are less sure:\n"
        "no source\n • 09:00-18:00\n"
        "A blog (one secondary source)\n • Costs 3%.\n"
    )


def test_sentences_whose_sources_are_sure_are_counted() -> None:
    done = facts("ibm-cloud")
    assert "Sentences with figures: 7, each with such a source." in done.out


def test_every_sentence_with_a_figure_has_a_source() -> None:
    found = [each for one in told()["facts"] for each in one["sentences"]]
    assert len(found) > 100
    assert [each for each in found if each["source"] is None] == []


def test_the_new_plans_of_aws_rest_on_one_source_in_part() -> None:
    [of_it] = told("aws")["facts"]
    single = {one["plan"] for one in of_it["figures"] if "one_secondary" in one["weak"]}
    assert single == {"aws-business-plus", "aws-enterprise-2025", "aws-unified-operations"}


def test_of_the_new_plans_of_aws_several_confirm_the_rates_and_one_target_only() -> None:
    """By hand, sheet A2: written sources for rates and the 30 minutes, one for all the rest."""
    [of_it] = told("aws")["facts"]
    several = {
        (one["plan"], one["kind"], one["name"]) for one in of_it["figures"] if one["several"]
    }
    assert several == {
        ("aws-business-plus", "fee", "fee"),
        ("aws-enterprise-2025", "fee", "fee"),
        ("aws-unified-operations", "fee", "fee"),
        ("aws-business-plus", "response", "business-critical-down, case"),
    }
    copies = [one for one in of_it["figures"] if "one_secondary" in one["weak"]]
    kinds = [one["kind"] for one in copies]
    # A part of each fee; five targets of each plan less that one; the term of each.
    assert {kind: kinds.count(kind) for kind in kinds} == {"fee_part": 3, "response": 14, "term": 3}


def test_second_sources_confirm_the_targets_of_google_cloud() -> None:
    """By hand, sheet A3: Standard P2, Enhanced P1, Premium P1; the fees are the reseller's."""
    [of_it] = told("google-cloud")["facts"]
    targets = [one for one in of_it["figures"] if one["kind"] == "response"]
    assert [(one["plan"], one["weak"]) for one in targets] == [
        ("gcp-standard", ["undated"]),
        ("gcp-enhanced", ["undated"]),
        ("gcp-premium", ["undated"]),
    ]
    fees = [one["weak"] for one in of_it["figures"] if one["kind"] != "response"]
    assert fees == [["one_reseller", "undated"]] * 7


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--facts", "mine.yaml"), ExitCode.DONE, ""),
        (("--facts", "--strict", "mine.yaml"), ExitCode.CATALOGUE, ""),
        (("--facts", "none.yaml"), ExitCode.CATALOGUE, "none.yaml"),
        ((), ExitCode.USAGE, "FILE|NAME is missing; see --help"),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: ExitCode, words: str) -> None:
    done = run_cli("plans", "check", *arguments)
    assert done.code == code
    assert words in done.err


def test_a_source_that_changes_is_a_difference() -> None:
    changed = MINE.replace("    part_source: blog\n", "    part_source: blogs\n")
    Path("new.yaml").write_text(changed, encoding="utf-8")
    done = run_cli("plans", "diff", "mine.yaml", "new.yaml")
    assert " • source (of a part of the fee): A blog -> Three blogs\n" in done.out


@pytest.mark.parametrize(
    ("name", "old", "new", "told", "values"),
    [
        (
            "vshn",
            "target: unknown, hours: {en: 24x7, zh: 7×24 小时}",
            "target: unknown, hours: {en: office hours, zh: 工作时间}",
            {
                "en": "hours (any request, ticket): 24x7 -> office hours",
                "zh": "7×24 小时 → 工作时间",
            },
            ("hours *, case", "24x7", "office hours"),
        ),
        (
            "google-cloud",
            "plans: [gcp-standard]",
            "plans: [gcp-basic]",
            {"en": "Contract, only for: Standard -> Basic", "zh": "订购条款，仅适用于："},
            ("facts plans contract", "gcp-standard", "gcp-basic"),
        ),
        (
            "google-cloud",
            "    plans: [gcp-standard]\n",
            "",
            {"en": "Contract, only for: removed: Standard", "zh": "订购条款，仅适用于："},
            ("facts plans contract", "gcp-standard", None),
        ),
    ],
)
def test_whose_sentences_and_open_hours_are_differences(
    name: str, old: str, new: str, told: dict[str, str], values: tuple[str | None, ...]
) -> None:
    text = run_cli("plans", "export", name).out
    assert text.count(old) == 1
    Path("new.yaml").write_text(text.replace(old, new), encoding="utf-8")
    for code, words in told.items():
        assert words in run_cli("plans", "diff", name, "new.yaml", "--lang", code).out
    document = json.loads(run_cli("plans", "diff", name, "new.yaml", "-o", "json").out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    [change] = document["result"]["changes"]
    assert (change["field"], change["old"], change["new"]) == values


@pytest.mark.parametrize(
    ("checked", "due", "found"),
    [
        ("2026-08-31", "2027-02-28", ""),
        ("2026-08-31", "2027-03-01", "review_after is more than six months after 2026-08-31"),
        ("2026-11-28", "2026-12-31", ""),
        ("2026-11-28", "2027-01-01", "review_after is past 2026-12-31, when a plan ends"),
        ("2027-01-01", "2027-06-30", ""),
    ],
)
def test_when_prices_are_to_be_looked_at_again(checked: str, due: str, found: str) -> None:
    """Small ends on 2026-12-31, but for the first two; February has no 31st."""
    ended = "" if checked == "2026-08-31" else "    valid_to: 2026-12-31\n"
    dated = MINE.replace("currency: USD\n", f"currency: USD\nchecked: {checked}\n")
    dated = dated.replace("checked: ", f"review_after: {due}\nchecked: ")
    dated = dated.replace("    fee: free\n", f"    fee: free\n{ended}")
    Path("mine.yaml").write_text(dated, encoding="utf-8")
    out = run_cli("plans", "check", "mine.yaml").out
    told = [line for line in out.splitlines() if "review_after" in line]
    assert len(told) == bool(found)
    assert all(line.startswith(f"mine.yaml:4:15: finding: {found}") for line in told)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", []),
        ("checked: 2026-11-28\n", ["Last checked on 2026-11-28."]),
        ("review_after: 2027-05-28\n", ["Prices are due for review after 2027-05-28."]),
        (
            "checked: 2026-11-28\nreview_after: 2027-05-28\n",
            ["Last checked on 2026-11-28; prices are due for review after 2027-05-28."],
        ),
    ],
)
def test_the_list_says_when_the_sources_were_read(lines: str, told: list[str]) -> None:
    Path("mine.yaml").write_text(MINE.replace("plans:\n", f"{lines}plans:\n"), encoding="utf-8")
    out = run_cli("plans", "list", "mine.yaml", "--width", "80").out
    assert [line for line in out.splitlines() if "2026-11" in line or "2027" in line] == told
    listed = json.loads(run_cli("plans", "list", "mine.yaml", "-o", "json").out)["result"]
    assert [plan["level"] for plan in listed["catalogues"][0]["plans"]] == [
        *("vendor", "secondary", "reseller")
    ]


LIMITED = """\
facts:
  - {id: billing, title: Billing, plans: [large], shown: [Seats are counted on the first.]}
  - {id: general, title: General, shown: [Prices are net.]}
"""


@pytest.mark.parametrize(("plan", "has"), [("small", False), ("large", True)])
def test_sentences_that_hold_for_some_plans_stand_with_those_alone(plan: str, has: bool) -> None:
    Path("mine.yaml").write_text(MINE + LIMITED, encoding="utf-8")
    need = {"small": "tickets=5", "large": "response=1h"}[plan].split("=")
    flags = ("--spend", "9", "--quantity", "seats=1", f"--{need[0]}", need[1], "--explain", "all")
    for arguments in (("plans", "show", plan), ("advise", *flags)):
        done = run_cli(*arguments, "--plans", "mine.yaml", "-o", "text")
        assert ("Seats are counted on the first." in done.out) is has, done
        assert "Prices are net." in done.out
    shown = json.loads(run_cli("plans", "show", plan, "--plans", "mine.yaml", "-o", "json").out)
    assert ("billing" in shown["result"]["facts"]) is has


def test_sentences_for_a_plan_that_is_not_there_are_a_mistake() -> None:
    Path("mine.yaml").write_text(MINE + LIMITED.replace("[large]", "[lost]"), encoding="utf-8")
    done = run_cli("plans", "check", "mine.yaml")
    assert done.code == ExitCode.CATALOGUE
    assert "'lost' is not defined here; known: small, large, huge" in done.out
