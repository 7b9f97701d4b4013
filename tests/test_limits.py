"""Limits that count: which number a limit is held against, and what nobody says of one."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from supportcli.advice.rules import RowDefaults
from supportcli.batch.request import Ask
from supportcli.core.catalogue import Catalogue
from supportcli.errors import CatalogueError
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.needs.need import Status
from supportcli.needs.registry import Needs, eligible, fit
from supportcli.needs.tickets import tickets_matter
from tests.parity import START, Case, Customer, rules_of
from tests.runner import Done, run_cli
from tests.test_parity import check

HEAD = """\
id: own
name: Own
currency: CNY
review_after: 2030-01-01
sources: [{id: site, title: The site, level: vendor, date: 2026-01-01}]
quantities: [{id: seats, name: seats, unit: count}]
plans:
  - id: lean
    name: Lean
    tier: 1
    fee: {flat: 10}
    source: site
    response: [{target: 1h, source: site}]
"""
TAIL = """\
  - id: rich
    name: Rich
    tier: 2
    fee: {flat: 90}
    source: site
    response: [{target: 1h, source: site}]
"""

Make = Callable[[str], Path]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    def make(limits: str) -> Path:
        path = tmp_path / "own.yaml"
        path.write_text(f"{HEAD}    limits: [{limits}]\n{TAIL}", encoding="utf-8")
        return path

    return make


def advise(path: Path, *flags: str) -> Done:
    return run_cli("advise", "--plans", str(path), "--spend", "1", *flags, "--date", "2026-11-23")


def held(path: Path, needs: Needs, **quantities: int) -> list[tuple[Status, str]]:
    whole = load_catalogue(path)
    asked = needs.of(whole, {name: Fraction(number) for name, number in quantities.items()})
    return [(result.status, str(result.why)) for result in fit(whole, whole.plan("lean"), asked)]


FEW = "{id: tickets, per_month: 30, text: 30 a month, source: site}"
WORDS = "tickets in the busiest month"
IF_EVERY = "a year if every month has so many"
MONTHLY = "{id: m, counts: tickets, most: 40, per: month, text: 40 a month, source: site}"


def year(most: int | None, counts: str = "tickets") -> str:
    number = "" if most is None else f"most: {most}, "
    words = "as ordered" if most is None else f"{most} a year"
    return f"{{id: y, counts: {counts}, {number}per: year, text: {words}, source: site}}"


@pytest.mark.parametrize(
    ("limits", "tickets", "status", "why"),
    [
        (FEW, 30, Status.MET, f"30 {WORDS}: 30 a month"),
        (FEW, 31, Status.NOT_MET, f"31 {WORDS}: 30 a month"),
        (
            "{id: incidents, counts: tickets, most: 10, per: month, text: ten, source: site}",
            11,
            Status.NOT_MET,
            f"11 {WORDS}: ten",
        ),
        # the busiest month twelve times is 360
        (year(360), 30, Status.MET, f"30 {WORDS}: 360 a year"),
        (year(359), 30, Status.UNKNOWN, f"30 {WORDS}: 359 a year; 360 {IF_EVERY}"),
        (year(30), 30, Status.UNKNOWN, f"30 {WORDS}: 30 a year; 360 {IF_EVERY}"),
        (year(29), 30, Status.NOT_MET, f"30 {WORDS}: 29 a year"),  # within one month
        # only the limits that decide are named: of 40 a month and 120 a year
        (f"{MONTHLY}, {year(120)}", 10, Status.MET, f"10 {WORDS}: 40 a month, 120 a year"),
        (f"{MONTHLY}, {year(120)}", 11, Status.UNKNOWN, f"11 {WORDS}: 120 a year; 132 {IF_EVERY}"),
        (f"{MONTHLY}, {year(120)}", 41, Status.NOT_MET, f"41 {WORDS}: 40 a month"),
        (f"{MONTHLY}, {year(120)}", 121, Status.NOT_MET, f"121 {WORDS}: 40 a month, 120 a year"),
        # no number: within it, whatever the period
        (year(None), 5, Status.MET_WITHIN_LIMIT, f"5 {WORDS}: as ordered"),
        (f"{MONTHLY}, {year(None)}", 5, Status.MET_WITHIN_LIMIT, f"5 {WORDS}: as ordered"),
        # called tickets, and counts something else
        (
            "{id: tickets, counts: seats, per_month: 10, text: 10 seats, source: site}",
            50,
            Status.MET,
            f"50 {WORDS}: no limit on tickets stated",
        ),
        (
            "{id: incidents, per_month: 10, text: 10 incidents, source: site}",
            50,
            Status.UNKNOWN,
            f"50 {WORDS}: 10 incidents; whether it counts them is not recorded here",
        ),
        ("", 50, Status.MET, f"50 {WORDS}: no limit stated"),
    ],
)
def test_tickets_are_held_against_every_limit_that_counts_them(
    made: Make, limits: str, tickets: int, status: Status, why: str
) -> None:
    assert held(made(limits), Needs(tickets=tickets)) == [(status, why)]


SEATS = "{id: team, counts: seats, most: 5, text: at most 5 seats, source: site}"


def test_a_quantity_is_held_against_the_limit_that_counts_it(made: Make) -> None:
    path = made(SEATS)
    assert held(path, Needs(), seats=5) == [(Status.MET, "seats: 5: at most 5 seats")]
    assert held(path, Needs(), seats=6) == [(Status.NOT_MET, "seats: 6: at most 5 seats")]
    assert held(path, Needs()) == []
    found = advise(path, "--quantity", "seats=6", "-o", "text")
    assert "Recommended: Rich" in found.out
    assert "stay within the limit" in advise(path, "--quantity", "seats=6", "--explain", "all").out


@pytest.mark.parametrize(
    ("most", "seats", "status", "words"),
    [
        (24, 2, Status.MET, "24 a year"),
        (23, 2, Status.NOT_MET, "23 a year; the number counts as each month's: 24 a year"),
        (2, 2, Status.NOT_MET, "2 a year; the number counts as each month's: 24 a year"),
        (1, 2, Status.NOT_MET, "1 a year"),
    ],
)
def test_a_quantity_is_each_months(
    made: Make, most: int, seats: int, status: Status, words: str
) -> None:
    path = made(year(most, "seats"))
    assert held(path, Needs(), seats=seats) == [(status, f"seats: {seats}: {words}")]


def test_what_a_year_decides_is_to_be_found_out(made: Make) -> None:
    path = made(f"{MONTHLY}, {year(120)}")
    found = advise(path, "--tickets", "11", "--explain", "all", "-o", "text")
    assert "Recommended: Rich" in found.out
    (told,) = (line for line in found.out.splitlines() if "(find out first)" in line)
    assert "11 tickets in the busiest month: 120 a year; 132 a year if every month" in told
    assert "40 a month" not in told
    assert "Recommended: Lean" in advise(path, "--tickets", "10", "-o", "text").out


def test_a_limit_of_the_plan_is_not_called_a_months(made: Make) -> None:
    found = advise(made(year(None)), "--tickets", "5", "-o", "text", "--explain", "all")
    assert "fits yes (within a limit)" in found.out
    assert "A need is met only within a limit of the plan." in found.out


def test_a_limit_that_may_count_them_is_asked_about_first(made: Make) -> None:
    path = made("{id: incidents, per_month: 10, text: 10 incidents, source: site}")
    out = advise(path, "--tickets", "50", "-o", "text", "--explain", "all").out
    assert "Recommended: Rich" in out
    [reason, *_] = [line for line in out.splitlines() if "no limit stated" in line]
    assert "10 incidents" not in reason  # it is of Rich, not of Lean
    assert "10 incidents; whether it counts them is not recorded here" in out


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ("{id: incidents, per_month: 10, text: ten, source: site}", True),
        ("{id: incidents, counts: tickets, per_month: 10, text: ten, source: site}", False),
        (FEW, False),
        (SEATS, False),
    ],
)
def test_a_limit_that_nothing_reaches_is_a_finding(made: Make, limits: str, found: bool) -> None:
    out = run_cli("plans", "check", str(made(limits))).out
    assert (
        "own.yaml:14:14: finding: no need and no quantity reaches limit 'incidents'" in out
    ) is found
    assert "has no number" not in out


@pytest.mark.parametrize("number", ["", "per: year, "])
def test_a_limit_without_a_number_is_a_finding(made: Make, number: str) -> None:
    path = made(f"{FEW}, {{id: x, counts: tickets, {number}text: ten, source: site}}")
    column = 15 + len(FEW) + 1
    found = f"own.yaml:14:{column}: finding: limit 'x' of 'lean' has no number"
    assert found in run_cli("plans", "check", str(path)).out


@pytest.mark.parametrize(
    "other",
    [
        "{id: tickets, per_month: 31, text: 30 a month, source: site}",
        "{id: tickets, most: 30, per: year, text: 30 a month, source: site}",
        "{id: tickets, counts: seats, per_month: 30, text: 30 a month, source: site}",
        "{id: tickets, per_month: 30, text: thirty a month, source: site}",
        "{id: tickets, text: 30 a month, source: site}",
    ],
)
def test_every_change_of_a_limit_is_a_difference(made: Make, other: str, tmp_path: Path) -> None:
    old = made(FEW).rename(tmp_path / "old.yaml")
    done = run_cli("plans", "diff", str(old), str(made(other)))
    assert "limit: 30 a month: 30 a month (counts tickets) -> " in done.out


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ("{id: x, counts: cows, most: 1, text: x, source: site}", "'cows' is not defined here"),
        ("{id: x, per: week, most: 1, text: x, source: site}", "is not one of: month, year"),
        ("{id: x, per_month: 1, most: 1, text: x, source: site}", "per_month contradicts most"),
    ],
)
def test_mistakes_are_named(made: Make, limits: str, words: str) -> None:
    with pytest.raises(CatalogueError, match=words):
        load_catalogue(made(limits))


@pytest.mark.parametrize(
    "limits",
    [
        FEW,
        "{id: year, counts: tickets, most: 371, per: year, text: x, source: site}",
        "{id: incidents, per_month: 10, text: ten, source: site}",
        SEATS,
    ],
)
@pytest.mark.parametrize("seats", [5, 6])
def test_advise_and_batch_and_sql_agree(made: Make, limits: str, seats: int) -> None:
    whole: Catalogue = load_catalogue(made(limits))
    quantities = {"seats": Fraction(seats)}
    rules = rules_of(whole, whole.default_reading, quantities)
    ask = Ask(RowDefaults(rules, Needs().of(whole, quantities), START), all_plans=True)
    case = Case(whole, ask, quantities)
    customers = [Customer((Fraction(1),), tickets=count) for count in ("", "0", "30", "31", "999")]
    check(case, customers, lined=False)


def test_the_question_is_asked_where_a_limit_counts_tickets_by_any_name(made: Make) -> None:
    path = made("{id: incidents, counts: tickets, most: 10, text: ten, source: site}")
    assert tickets_matter(eligible(load_catalogue(path), Needs()))


def test_a_target_within_a_limit_names_the_limit_in_json() -> None:
    """The source: a ticket is answered in 2 h, in 10 min with one of 10 urgent upgrades a month."""
    flags = ("--spend", "1", "--response", "10m", "-o", "json")
    told = json.loads(run_cli("advise", *flags).out)["result"]["plans"]
    plans = {plan["id"]: plan for plan in told}
    business = plans["business"]
    named = {each["limit"] for each in (*business["response"], *business["needs"])}
    assert named == {"urgent-upgrades"}
    assert [(one["id"], one["per_month"]) for one in business["limits"]] == [
        ("urgent-upgrades", 10)
    ]
    assert {each["limit"] for each in plans["enterprise"]["response"]} == {None}
