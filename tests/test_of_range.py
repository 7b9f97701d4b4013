"""JSON of a range: every amount's basis says at which spend of it the amount is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.runner import TODAY, run_cli


def result(*arguments: str) -> Any:
    return json.loads(run_cli("advise", *arguments, *TODAY, "-o", "json").out)["result"]


def spends(found: object) -> Iterator[str | None]:
    match found:
        case {"basis": {"accounts": _, "spend": spend}}:
            yield spend
        case dict():
            for each in found.values():
                yield from spends(each)
        case list():
            for each in found:
                yield from spends(each)


def test_an_amount_of_a_range_says_at_which_spend_it_is() -> None:
    """Premier is 50,000 and 10 % of the spend: 58,000, 64,000 and 70,000 a month."""
    told = result("--spend", "80000..200000", "--tam")
    [premier] = (plan for plan in told["plans"] if plan["id"] == "premier")
    ends = [each["figures"][0]["to_pay"] for each in premier["at_spends"]]
    seen = [premier["to_pay"], *ends, *(each["to_pay"] for each in told["ends"])]
    assert [(each["monthly"], each["basis"]["spend"]) for each in seen] == [
        ("64000.00", "middle"),
        ("58000.00", "lowest"),
        ("70000.00", "highest"),
        ("58000.00", "lowest"),
        ("64000.00", "middle"),
        ("70000.00", "highest"),
    ]
    found = [each["to_pay"]["basis"]["spend"] for each in told["scenarios"]]
    assert found == ["lowest", "middle", "highest"]
    assert None not in spends(told)


def test_the_sums_of_several_accounts_say_so_too() -> None:
    told = result("--account", "a=80000..200000,tam", "--account", "b=20000")
    ranged, exact = told.pop("accounts")
    assert None not in spends([told, ranged])
    assert set(spends(told["total"])) == {"middle"}
    others = exact.pop("instead")  # what all accounts pay then
    assert set(spends(others)) == {"middle"}
    assert set(spends(exact)) == {None}


def test_where_no_range_was_given_there_is_no_such_spend() -> None:
    assert set(spends(result("--spend", "80000", "--tam"))) == {None}
    assert set(spends(result("--account", "a=80000,tam", "--account", "b=20000"))) == {None}
