"""Wrong calculations that are in circulation: what stands there, and what the rule gives."""

from __future__ import annotations

import json

import pytest

from tests.runner import run_cli


@pytest.mark.parametrize(
    ("plans", "plan", "spend", "day", "wrong", "right"),
    [
        # rounded every day; 11.538462 + 12 % of (897.44 - 769.23 = 128.21) 15.3852 = 26.923662
        ("yandex-cloud", "yandex-standard-2022", "897.44", "2023-03-01", "26.87", "26.92"),
        # rounded every day; 76.923078 + 7 % of 1,794.87, 125.6409, + 5 % of (3,205.13 - 2,564.10 =
        # 641.03) 32.0515 = 234.615478
        ("yandex-cloud", "yandex-business-2022", "3205.13", "2023-03-01", "234.57", "234.62"),
        # "769.23 + 10 x 20" taken as 100 above; it is 200: 76.923078 + 7 % of 200, 14 = 90.923078
        ("yandex-cloud", "yandex-business-2022", "969.23", "2023-03-01", "83.92", "90.92"),
        # 7 % of all 25,000; 10 % of the first 10,000, 1,000, + 7 % of the next 15,000, 1,050
        ("aws", "aws-business", "25000", "2026-11-28", "1750.00", "2050.00"),
        # the minimum taken off: 10 % of 12,529 (our reckoning back from the fee) is 1,252.90, less
        # 15,000; the greater of the two is the minimum
        ("aws", "aws-enterprise", "12529", "2025-11-01", "-13747.10", "15000.00"),
        # a copy has max(150, 3 %); 3 % of 1,000 are 30, above the minimum of 29
        ("google-cloud", "gcp-standard", "1000", "2026-11-28", "150.00", "30.00"),
        # a copy has max(12,500, 9 %): 9 % of 150,000 are 13,500; 10 % are 15,000, the minimum too
        ("google-cloud", "gcp-premium", "150000", "2026-11-28", "13500.00", "15000.00"),
        # and of 100,000 its minimum; the vendor's is 15,000
        ("google-cloud", "gcp-premium", "100000", "2026-11-28", "12500.00", "15000.00"),
        # the vendor's own example is below its own minimum of 999; 20 % of 4,000 are 800
        ("scaleway", "scw-enterprise", "4000", "2026-11-28", "990.00", "999.00"),
        # an export that turned "$29" into "$129"; 9 % of 100 are 9, below 29
        ("aws", "aws-business-plus", "100", "2026-11-28", "129.00", "29.00"),
    ],
)
def test_a_wrong_copy_is_not_what_the_rule_gives(
    plans: str, plan: str, spend: str, day: str, wrong: str, right: str
) -> None:
    flags = ("--plans", plans, "--spend", spend, "--plan", plan, "--date", day)
    result = json.loads(run_cli("advise", *flags, "-o", "json").out)["result"]
    [told] = [each["monthly"]["total"] for each in result["plans"] if each["id"] == plan]
    assert told == right != wrong
