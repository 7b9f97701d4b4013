"""What JSON says of each plan beside its price: at other spends, its response times."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import supportcli
from supportcli.inputs.catalogue.bundled import SHIPPED
from tests.runner import TODAY, run_cli

SCHEMA = json.loads(
    (Path(supportcli.__file__).parent / "schemas" / "output.json").read_text(encoding="utf-8")
)


def document(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run_cli("advise", *TODAY, *arguments, "-o", "json").out)
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(found)]
    assert errors == []
    return found


def plan(result: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [each for each in result["plans"] if each["id"] == name]
    return dict(found)


def years(plan: dict[str, Any]) -> dict[str, list[str | None]]:
    """By spend, what is to be paid a year under each headline reading."""
    return {
        each["monthly_spend"]: [
            figure["to_pay"] and figure["to_pay"]["annual"] for figure in each["figures"]
        ]
        for each in plan["at_spends"]
    }


def test_both_ends_of_a_range() -> None:
    """Enterprise: 25,000 and 10% of the spend, or probably the greater of the two; 12 months."""
    found = document("--spend", "80000..400000", "--response", "10m")
    assert found["inputs"]["monthly_spend_range"] == {"lowest": "80000.00", "highest": "400000.00"}
    assert found["inputs"]["monthly_spend"] == "240000.00"
    assert years(plan(found["result"], "enterprise")) == {
        "80000.00": ["396000.00", "300000.00"],
        "400000.00": ["780000.00", "480000.00"],
    }
    assert years(plan(found["result"], "business"))["80000.00"] == [None, None]


def test_they_are_after_discount_and_tax() -> None:
    """(25,000 + 8,000) at 70% and 6% more: 24,486 a month."""
    agreed = ("--discount", "7折", "--tax", "added", "--tax-rate", "6%")
    found = document("--spend", "80000..400000", *agreed)
    assert years(plan(found["result"], "enterprise"))["80000.00"][0] == f"{12 * 24_486}.00"


def test_some_spends_where_none_is_known_and_none_where_one_is() -> None:
    """Premier at 500,000: 50,000 and 50,000 a month, probably 50,000."""
    found = plan(document("--spend", "unknown")["result"], "premier")
    assert list(years(found)) == ["10000.00", "100000.00", "500000.00"]
    assert years(found)["500000.00"] == ["1200000.00", "600000.00"]
    assert plan(document("--spend", "120000")["result"], "premier")["at_spends"] == []


def test_each_account_of_a_deal_has_its_own_inputs_and_ends() -> None:
    deal = ("--account", "a=80000..400000,response=10m", "--account", "b=5000,tam")
    one, other = document(*deal)["result"]["accounts"]
    assert one["inputs"]["monthly_spend_range"]["highest"] == "400000.00"
    assert (one["inputs"]["response"], one["inputs"]["tam"]) == ({"unavailable": "PT10M"}, None)
    assert (other["inputs"]["monthly_spend_range"], other["inputs"]["tam"]) == (None, True)
    assert years(plan(one, "enterprise"))["400000.00"] == ["780000.00", "480000.00"]
    assert plan(other, "enterprise")["at_spends"] == []


def test_the_response_of_each_plan_where_nobody_asked_for_one() -> None:
    found = document("--spend", "120000")["result"]
    assert plan(found, "enterprise")["needs"] == []
    first, *others = plan(found, "enterprise")["response"]
    assert first == {
        "severity": "unavailable",
        "target": "PT10M",
        "hours": "calendar",
        "channel": "dingtalk-group",
        "limit": None,
        "assumed": False,
        "stated": True,
    }
    assert [each["target"] for each in others] == ["PT40M", "PT40M"]
    assert plan(found, "enterprise-trial")["response"][0]["assumed"]


def test_only_channels_that_can_be_used_count() -> None:
    found = document("--spend", "120000", "--without-channel", "dingtalk-group")["result"]
    response = plan(found, "enterprise")["response"][0]
    assert (response["target"], response["channel"]) == ("PT40M", "ticket")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_catalogue_fits_the_schema(name: str) -> None:
    for spend in ("120000", "unknown", "8000..400000"):
        plans = document("--plans", name, "--spend", spend)["result"]["plans"]
        assert {len(each["at_spends"]) for each in plans} == {{"1": 0, "u": 3, "8": 2}[spend[0]]}
