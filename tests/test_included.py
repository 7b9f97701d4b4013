"""What a plan's fee includes: within it the fee holds, beyond it there is no price, so it is asked.

cloud.gov: Basic 2,500 a year with 10 hours of engineers, Premium 12,500 with 50, each further one
250; Platform has none, and whether any can be bought with it is not recorded.
"""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from supportcli.core.plan import Plan
from supportcli.errors import SupportCliError
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.runner import run_cli

CLOUD_GOV = ("--plans", "cloud-gov", "--spend", "5000", "--date", "2026-11-28")
ONE = """\
id: one
name: One
currency: USD
sources: [{id: site, title: Site, level: vendor, date: 2026-01-15}]
quantities:
  - {id: calls, name: calls, unit: count}
  - {id: seats, name: seats, unit: count}
plans:
  - id: pro
    name: Pro
    tier: 1
    fee: {flat: 100}
    source: site
    included: INCLUDED
    extras: [{id: seats, name: seats, quantity: seats, price: {each: 10}, source: site}]
    history: [{until: 2024-12-31, fee: {flat: 50}, source: site}]
"""


def advised(*flags: str) -> Any:
    return json.loads(run_cli("advise", *CLOUD_GOV, *flags, "-o", "json").out)["result"]


def one(tmp_path: Path, included: str) -> Plan:
    file = tmp_path / "one.yaml"
    file.write_text(ONE.replace("INCLUDED", included), encoding="utf-8")
    [plan] = load_catalogue(str(file)).plans
    return plan


@pytest.mark.parametrize(
    ("hours", "recommended", "annual"),
    [
        # 10 are Basic's 10; of 51 both cost 2,500 + 41 x 250 = 12,500 + 250: the higher tier
        (None, "cloudgov-platform", ["0.00", "2500.00", "12500.00"]),
        ("10", "cloudgov-basic", [None, "2500.00", "12500.00"]),
        ("10.5", "cloudgov-basic", [None, "2625.00", "12500.00"]),
        ("20", "cloudgov-basic", [None, "5000.00", "12500.00"]),
        ("51", "cloudgov-premium", [None, "12750.00", "12750.00"]),
    ],
)
def test_beyond_what_is_included_there_is_no_price(
    hours: str | None, recommended: str | None, annual: list[str | None]
) -> None:
    result = advised(*(("--quantity", f"support-hours={hours}") if hours else ()))
    assert result["recommended"] == recommended
    told = {each["id"]: each["annual"] and each["annual"]["total"] for each in result["plans"]}
    assert [told[f"cloudgov-{name}"] for name in ("platform", "basic", "premium")] == annual


def test_it_is_asked_about_and_told_why() -> None:
    flags = ("--quantity", "support-hours=1")
    screen = " ".join(run_cli("advise", *CLOUD_GOV, *flags).out.split())
    words = "What does Platform cost beyond what is included (engineers' hours a year: 0)?"
    assert words in screen
    [free] = [each for each in advised(*flags)["plans"] if each["id"] == "cloudgov-platform"]
    assert free["beyond"] == {"support-hours": "0"}
    assert free["why"] == (
        "fits; beyond what is included (engineers' hours a year: 0) its price is not in our "
        "source: ask."
    )
    refused = run_cli("formula", "--plans", "cloud-gov", "--plan", "cloudgov-platform", *flags)
    assert "beyond what is included (engineers' hours a year: 0)" in refused.err


def test_a_list_has_no_price_for_it_either(tmp_path: Path) -> None:
    """Basic's 2,500 of a year, whatever the row spends, and not Platform's nothing."""
    rows, out = tmp_path / "rows.csv", tmp_path / "out.csv"
    rows.write_text("customer,monthly_spend\nacme,5000\n", encoding="utf-8")
    run_cli(
        *("batch", str(rows), "--plans", "cloud-gov", "--date", "2026-11-28"),
        *("--quantity", "support-hours=1", "--out", str(out)),
    )
    [row] = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    assert row["plan"] == "cloudgov-basic"


def test_the_sheet_and_the_check_tell_what_is_included() -> None:
    show = ("plans", "show", "cloudgov-platform", "--plans", "cloud-gov")
    words = "included: engineers' hours a year: 0; what more cost is not recorded here"
    assert words in run_cli(*show).out
    assert json.loads(run_cli(*show, "-o", "json").out)["result"]["included"] == {
        "support-hours": "0"
    }
    found = json.loads(run_cli("plans", "check", "--facts", "cloud-gov", "-o", "json").out)
    [facts] = found["result"]["facts"]
    told = [(f["plan"], f["words"]) for f in facts["figures"] if f["kind"] == "included"]
    assert ("cloudgov-platform", "included: engineers' hours a year: 0") in told


def test_beyond_holds_on_every_day_and_before_what_is_lacking(tmp_path: Path) -> None:
    plan = one(tmp_path, "{calls: 10}")
    within = plan.with_quantities({"calls": Fraction(10), "seats": Fraction(2)})
    [fee] = (within.fees or {}).values()
    assert fee.total(Fraction(0)) == 120  # 100 + 2 x 10
    beyond = plan.with_quantities({"calls": Fraction(11)})
    assert (beyond.fees, beyond.lacking, beyond.history) == (None, (), ())
    assert [each.number for each in beyond.beyond] == [10]
    assert beyond.with_quantities({"calls": Fraction(1)}) == beyond
    # two accounts of 6 together are beyond 10
    counted = plan.with_quantities({"calls": Fraction(6), "seats": Fraction(2)})
    assert counted.recounted({"calls": Fraction(12), "seats": Fraction(2)}).fees is None


@pytest.mark.parametrize(
    ("included", "words"),
    [
        ("{seats: 5}", "has a price under extras, which says what is included"),
        ("{visits: 5}", "is not defined here; known: calls, seats"),
        ("{calls: 2.5}", "is not a whole number"),
    ],
)
def test_what_cannot_be_included_is_refused(tmp_path: Path, included: str, words: str) -> None:
    with pytest.raises(SupportCliError) as caught:
        one(tmp_path, included)
    assert words in str(caught.value.problems)
