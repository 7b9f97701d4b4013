"""Every JSON output keeps its contract."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import supportcli
from tests.runner import TODAY, run_cli
from tests.test_advise import SCREENS

SCHEMA = json.loads(
    (Path(supportcli.__file__).parent / "schemas" / "output.json").read_text(encoding="utf-8")
)


def documents() -> dict[str, Any]:
    return {
        name: json.loads(run_cli("advise", *TODAY, *arguments, "-o", "json").out)
        for name, arguments in SCREENS.items()
    }


@pytest.fixture(scope="module")
def outputs() -> dict[str, Any]:
    return documents()


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", SCREENS)
def test_output_fits_the_schema(name: str, outputs: dict[str, Any]) -> None:
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(outputs[name])]
    assert errors == []


@pytest.mark.parametrize("name", SCREENS)
def test_parts_add_up(name: str, outputs: dict[str, Any]) -> None:
    result = outputs[name]["result"]
    for plan in result["plans"]:
        for charge in filter(None, (plan["monthly"], plan["annual"])):
            parts = Decimal(charge["prepaid"]) + Decimal(charge["postpaid"])
            assert parts == Decimal(charge["total"])
        if plan["monthly"]:
            slices = sum((Decimal(part["amount"]) for part in plan["slices"]), Decimal(0))
            assert slices == Decimal(plan["monthly"]["total"])
    chosen = [plan for plan in result["plans"] if plan["id"] == result["recommended"]]
    if result["months"]:
        year = sum(Decimal(month["total"]) for month in result["months"])
        assert year == Decimal(chosen[0]["annual"]["total"])


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
