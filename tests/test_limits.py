"""Limits that count: which number a limit is held against, and what nobody says of one."""

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
        (
            # 30 a month are 360 a year
            "{id: year, counts: tickets, most: 360, per: year, text: 360 a year, source: site}",
            30,
            Status.ASSUMED,
            f"30 {WORDS}: 360 a year (assumed: 360 a year)",
        ),
        (
            # 31 a month are 372 a year
            "{id: year, counts: tickets, most: 371, per: year, text: 371 a year, source: site}",
            31,
            Status.NOT_MET,
            f"31 {WORDS}: 371 a year (assumed: 372 a year)",
        ),
        (
            FEW
            + ", {id: z, counts: tickets, most: 100, per: year, text: 100 a year, source: site}",
            9,
            Status.NOT_MET,
            f"9 {WORDS}: 30 a month, 100 a year (assumed: 108 a year)",
        ),
        (
            "{id: incidents, per_month: 10, text: 10 incidents, source: site}",
            50,
            Status.UNKNOWN,
            f"50 {WORDS}: 10 incidents; whether it counts them is not stated",
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
    assert "stay within the limit" in advise(path, "--quantity", "seats=6", "--explain").out


def test_a_limit_that_may_count_them_is_asked_about_first(made: Make) -> None:
    path = made("{id: incidents, per_month: 10, text: 10 incidents, source: site}")
    out = advise(path, "--tickets", "50", "-o", "text", "--explain").out
    assert "Recommended: Rich" in out
    [reason, *_] = [line for line in out.splitlines() if "no limit stated" in line]
    assert "10 incidents" not in reason  # it is of Rich, not of Lean
    assert "10 incidents; whether it counts them is not stated" in out


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
    assert ("reaches limit 'incidents' of 'lean'" in out) is found


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
