"""A plan's fee for a spreadsheet: the formula is worked out here as a spreadsheet does it."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import supportcli
from supportcli.advice.lookup import LookupRow, lookup_rows, typed
from supportcli.core.currencies import minor_digits
from supportcli.core.money import round_half_up
from supportcli.core.piecewise import PiecewiseLinear, Segment
from supportcli.errors import ExitCode
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.runner import TODAY, run_cli

SCHEMA = json.loads(
    (Path(supportcli.__file__).parent / "schemas" / "output.json").read_text(encoding="utf-8")
)


def looked_up(rows: tuple[LookupRow, ...], spend: Decimal, digits: int) -> Decimal:
    """ROUND(LOOKUP(s,starts,bases)+LOOKUP(s,starts,rates)*s,digits): the last start not above s."""
    row = [row for row in rows if row.start <= spend][-1]
    fee = row.base + row.rate * Fraction(spend)
    unit = Decimal(1).scaleb(-digits)
    return (Decimal(fee.numerator) / Decimal(fee.denominator)).quantize(unit, ROUND_HALF_UP)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_table_gives_every_fee_at_its_boundaries(name: str) -> None:
    for plan in load_catalogue(name).plans:
        digits = minor_digits(plan.currency)
        unit = Decimal(1).scaleb(-digits)
        for fee in (plan.fees or {}).values():
            rows = lookup_rows(fee.total, plan.currency)
            near = {row.start + step * unit for row in rows for step in (-1, 0, 1)}
            for spend in (*near, Decimal("120000.05"), Decimal(9_999_999)):
                if spend >= 0:
                    fee_there = round_half_up(fee.total(Fraction(spend)), plan.currency)
                    assert looked_up(rows, spend, digits) == fee_there


def test_a_start_between_two_cents_is_rounded_up() -> None:
    # 29 = 3 % of 2900/3 = 966.666…; at 966.66 3 % are 28.9998, below 29; at 966.67 29.0001
    done = run_cli("formula", "--plan", "developer", "--plans", "aws", "-q", *TODAY)
    assert done.code == ExitCode.DONE
    assert done.out == (
        "=ROUND(LOOKUP(s,starts,bases)+LOOKUP(s,starts,rates)*s,2)\n"
        "\nstarts\tbases\trates\n0\t29\t0\n966.67\t0\t0.03\n"
    )


def test_the_starts_follow_the_minor_unit_of_the_currency() -> None:
    fee = PiecewiseLinear(
        (
            Segment(Fraction(0), Fraction(29), Fraction(0)),
            Segment(Fraction(2900, 3), Fraction(0), Fraction(3, 100)),
        )
    )
    assert [lookup_rows(fee, code)[1].cells[0] for code in ("JPY", "USD", "KWD", "CLF")] == [
        *("967", "966.67", "966.667", "966.6667"),
    ]


def test_two_starts_within_a_unit_become_the_latter() -> None:
    starts = (Fraction(0), Fraction(1, 4), Fraction(1, 2))
    fee = PiecewiseLinear(tuple(Segment(s, s, Fraction(0)) for s in starts))
    assert [row.cells for row in lookup_rows(fee, "JPY")] == [("0", "0", "0"), ("1", "0.5", "0")]


def test_a_number_without_finite_decimals_is_typed_as_a_quotient() -> None:
    assert [typed(Fraction(2500, 12)), typed(Fraction(5, 4))] == ["=625/3", "1.25"]


@pytest.mark.parametrize(
    ("plan", "reading", "table"),
    [
        ("enterprise", "additive", [("0", "25000", "0.1")]),
        ("enterprise", "floor", [("0", "25000", "0"), ("250000", "0", "0.1")]),
        ("enterprise", "flat", [("0", "25000", "0")]),
    ],
)
def test_the_table_follows_the_reading(
    plan: str, reading: str, table: list[tuple[str, ...]]
) -> None:
    done = run_cli("formula", "--plan", plan, "--reading", reading, "-o", "json", *TODAY)
    found = json.loads(done.out)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(found)] == []
    assert [tuple(row.values()) for row in found["result"]["table"]] == table
    assert found["catalogue"]["reading"] == reading


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_text_tells_how_to_name_the_cells(code: str) -> None:
    words = ("formula", "--plan", "enterprise", "--reading", "floor", "--lang", code, *TODAY)
    excel, sheets = run_cli(*words).out, run_cli(*words, "--app", "sheets").out
    assert "A1:C3" in excel
    assert "A2:A3" in sheets.replace("$", "")
    places = "=ROUND(LOOKUP(E2,$A$2:$A$3,$B$2:$B$3)+LOOKUP(E2,$A$2:$A$3,$C$2:$C$3)*E2,2)"
    assert places in excel
    assert places in sheets


def test_what_has_no_fee_by_spend_is_said_in_words() -> None:
    free = run_cli("formula", "--plan", "basic", *TODAY)
    assert free.out == "Basic is free at every spend: it needs no formula.\n"
    yearly = run_cli("formula", "--plan", "cloudgov-premium", *TODAY)
    assert "Not in it: $12,500, once a year, in its first month." in yearly.out


@pytest.mark.parametrize(
    ("words", "mistakes"),
    [
        ((), ["--plan: is missing; see supportcli plans list"]),
        (("--plan", "business"), ["--plan: 'business' could be any of|the price of Business"]),
        (
            ("--plan", "cloudgov-supplemental"),
            ["--plan: the price of Supplemental depends on .*; give --quantity support-hours=N"],
        ),
        (
            ("--plan", "enterprise", "--app", "numbers", "--reading", "nonsense"),
            ["--app: 'numbers' is not one of: excel, sheets", "--reading: 'nonsense'"],
        ),
        (("--plan", "nonsense", "--app", "x"), ["--app: 'x'", "--plan: no shipped catalogue"]),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    words: tuple[str, ...], mistakes: list[str]
) -> None:
    done = run_cli("formula", *words, *TODAY)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert len(done.err.splitlines()) == len(mistakes)
    for mistake in mistakes:
        assert re.search(mistake, done.err)


def test_a_quantity_is_counted_in_or_said_to_change_nothing() -> None:
    # four hours at 250 each are 1,000; cloud.gov's supplemental hours are bought once a year
    done = run_cli("formula", "--plan", "cloudgov-supplemental", "--quantity", "support-hours=4")
    assert done.code == ExitCode.DONE
    assert "$1,000, once a year" in done.out or "\t1000\t" in done.out
    # 60 hours are ten more than Premium's 50: 2,500
    more = run_cli("formula", "--plan", "cloudgov-premium", "--quantity", "support-hours=60")
    assert "Not in it: $15,000.00, once a year" in more.out.replace("$15,000,", "$15,000.00,")


def test_a_quantity_that_a_plan_does_not_charge_for_changes_nothing(tmp_path: Path) -> None:
    text = """\
id: two
name: Two
currency: USD
sources: [{id: site, title: Site, level: vendor, date: 2026-01-15}]
quantities: [{id: seats, name: seats, unit: count}]
plans:
  - {id: pro, name: Pro, tier: 1, fee: {flat: 100}, source: site}
  - id: team
    name: Team
    tier: 2
    fee: {flat: 200}
    source: site
    extras: [{id: seats, name: seats, quantity: seats, price: {each: 10}, source: site}]
"""
    file = tmp_path / "two.yaml"
    file.write_text(text, encoding="utf-8")
    flags = ("--plans", str(file), "--plan", "pro", "--quantity", "seats=4")
    assert (
        "--quantity changes nothing here: Pro charges nothing for it"
        in run_cli("formula", *flags).err
    )


def test_a_doubtful_fee_and_prices_that_are_due_are_said() -> None:
    """Unified Operations' brackets are one source's; AWS is due for review after 2026-12-31."""
    doubt = "Unified Operations: the brackets are one source's, another contradicts them."
    due = "the catalogue was due for review after 2026-12-31; prices may have changed"
    asked = ("formula", "--plans", "aws", "--plan", "aws-unified-operations")
    today, later = (*asked, "--date", "2026-11-28"), (*asked, "--date", "2027-01-01")
    assert doubt in run_cli(*today).out
    assert due not in run_cli(*today).out
    assert f"Note: {doubt}\nNote: {due}\n" in run_cli(*later).out
    quiet = run_cli(*later, "-q")
    assert doubt not in quiet.out
    assert quiet.err.splitlines() == [f"supportcli: {doubt}", f"supportcli: {due}"]
    assert json.loads(run_cli(*later, "-o", "json").out)["warnings"] == [doubt, due]
    assert f"\n{doubt}\n" in run_cli("plans", "list", "--plans", "aws", "--width", "300").out
