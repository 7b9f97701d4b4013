"""Wrong calculations that are in circulation: what stands there, and what the rule gives."""

from __future__ import annotations

import json

import pytest

from tests.runner import run_cli


@pytest.mark.parametrize(
    ("catalogue", "plan", "spend", "wrong", "right"),
    [
        # a copy has max(150, 3 %); 3 % of 1,000 are 30, above the minimum of 29
        ("google-cloud", "gcp-standard", "1000", "150.00", "30.00"),
        # a copy has max(12,500, 9 %): 9 % of 150,000 are 13,500; 10 % are 15,000, the minimum too
        ("google-cloud", "gcp-premium", "150000", "13500.00", "15000.00"),
        # and of 100,000 its minimum; the vendor's is 15,000
        ("google-cloud", "gcp-premium", "100000", "12500.00", "15000.00"),
    ],
)
def test_a_wrong_copy_is_not_what_the_rule_gives(
    catalogue: str, plan: str, spend: str, wrong: str, right: str
) -> None:
    flags = ("--plans", catalogue, "--spend", spend, "--plan", plan, "--date", "2026-11-28")
    result = json.loads(run_cli("advise", *flags, "-o", "json").out)["result"]
    [told] = [each["monthly"]["total"] for each in result["plans"] if each["id"] == plan]
    assert told == right != wrong
