"""Every JSON output keeps its contract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import supportcli
from supportcli.inputs.catalogue.bundled import SHIPPED
from tests.runner import TODAY, run_cli
from tests.test_advise import SCREENS

SCHEMA = json.loads(
    (Path(supportcli.__file__).parent / "schemas" / "output.json").read_text(encoding="utf-8")
)


RUNS = {
    **SCREENS,
    **{name: ("--plans", name, "--spend", "20000", "--response", "1h") for name in SHIPPED},
}


def documents() -> dict[str, Any]:
    return {
        name: json.loads(run_cli("advise", *TODAY, *arguments, "-o", "json").out)
        for name, arguments in RUNS.items()
    }


@pytest.fixture(scope="module")
def outputs() -> dict[str, Any]:
    return documents()


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", RUNS)
def test_output_fits_the_schema(name: str, outputs: dict[str, Any]) -> None:
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(outputs[name])]
    assert errors == []


@pytest.mark.parametrize("name", RUNS)
def test_parts_add_up(name: str, outputs: dict[str, Any]) -> None:
    result = outputs[name]["result"]
    for plan in result["plans"]:
        check_parts(plan)
    chosen = [plan for plan in result["plans"] if plan["id"] == result["recommended"]]
    if result["months"]:
        year = sum(Decimal(month["total"]) for month in result["months"])
        assert year == Decimal(chosen[0]["annual"]["total"])


def check_parts(plan: dict[str, Any]) -> None:
    """Prepaid and postpaid make the total unless neither is known; so do slices and extras."""
    for charge in filter(None, (plan["monthly"], plan["annual"])):
        if charge["prepaid"] is None:
            assert charge["postpaid"] is None
        else:
            assert Decimal(charge["prepaid"]) + Decimal(charge["postpaid"]) == Decimal(
                charge["total"]
            )
    if plan["monthly"]:
        parts = [Decimal(part["amount"]) for part in (*plan["slices"], *plan["extras"])]
        assert sum(parts) == Decimal(plan["monthly"]["total"])


SEATS = """
id: made-up
name: {en: made up}
currency: JPY
spend: {en: spend}
sources: [{id: page, title: {en: page}, level: vendor, date: 2026-01-01}]
severities: [{id: down, name: {en: down}}]
channels: [{id: ticket, name: {en: ticket}, targets: true}]
quantities: [{id: seats, name: {en: seats}, unit: count}]
plans:
  - id: seated
    name: {en: Seated}
    tier: 1
    fee: {percent: 10%}
    source: page
    extras:
      - {id: seats, name: {en: seats}, quantity: seats, price: {each: 100}, source: page}
      - {id: visit, name: {en: visit}, price: {flat: 2500}, per: year, source: page}
"""


def test_extras_in_numbers_and_what_is_lacking(tmp_path: Path) -> None:
    """10% of 1,005 = 100.5, 25 x 100 and 2,500 a year: 5,100.5, rounded to whole yen."""
    path = tmp_path / "seats.yaml"
    path.write_text(SEATS, encoding="utf-8")
    flags = ("--plans", str(path), "--spend", "1005", "-o", "json")
    lacking = json.loads(run_cli("advise", *TODAY, *flags).out)
    counted = json.loads(run_cli("advise", *TODAY, *flags, "--quantity", "seats=25").out)
    for document in (lacking, counted):
        assert Draft202012Validator(SCHEMA).is_valid(document)
    (without,), (plan,) = lacking["result"]["plans"], counted["result"]["plans"]
    assert (without["lacking"], without["monthly"]) == (["seats"], None)
    assert plan["lacking"] == []
    assert plan["monthly"] == {"total": "5101", "prepaid": None, "postpaid": None}
    assert plan["annual"]["total"] == "33712"  # 5,101 + 11 x 2,601
    told = [(part["id"], part["number"], part["yearly"], part["amount"]) for part in plan["extras"]]
    assert told == [("seats", "25", False, "2500"), ("visit", "0", True, "2500")]
    check_parts(plan)


def test_the_schema_refuses_a_changed_contract(outputs: dict[str, Any]) -> None:
    validator = Draft202012Validator(SCHEMA)
    for path, wrong in (
        (("inputs", "monthly_spend"), 120000),
        (("result", "reason_code"), "because"),
        (("catalogue", "sha256"), ""),
    ):
        document = json.loads(json.dumps(outputs["trial"]))
        document[path[0]][path[1]] = wrong
        assert not validator.is_valid(document)
        del document[path[0]][path[1]]
        assert not validator.is_valid(document)


@pytest.mark.parametrize("key", ["annual_difference", "annual_cost", "annual_saving", "saves"])
def test_the_schema_says_of_which_prices_a_figure_beside_to_pay_is(key: str) -> None:
    def objects(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            yield node
            node = list(node.values())
        for each in node if isinstance(node, list) else ():
            yield from objects(each)

    found = [each for each in objects(SCHEMA) if key in each and "to_pay" in each]
    assert found
    assert all("of list prices" in each[key].get("description", "") for each in found)
