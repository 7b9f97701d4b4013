"""Accounts of a vendor that adds up their spend: the plans that cost them the least together."""

import json
import random
import re
from decimal import Decimal
from fractions import Fraction
from itertools import permutations, product
from typing import Any

import pytest

from supportcli.advice import sharing
from supportcli.core.money import round_half_up
from supportcli.language import LANGUAGES
from tests.runner import TODAY, run_cli

Brackets = tuple[tuple[int | None, int], ...]
BUSINESS = ((10_000, 9), (80_000, 7), (250_000, 5), (None, 3))
ENTERPRISE = ((150_000, 10), (500_000, 7), (1_000_000, 5), (None, 3))
UNIFIED = ((1_000_000, 10), (5_000_000, 6), (None, 5))
# what each response time leaves to choose from: a fee for each account, or one for all
POOLED = {"15m": ("enterprise", "unified"), "5m": ("unified",)}
CHOICES = {
    "30m": ("own", *POOLED["15m"]),
    "1h": ("own", *POOLED["15m"]),
    **POOLED,
}


def graduated(spend: int, brackets: Brackets, least: int) -> Fraction:
    """A second way to the fee of a month: whole dollars, a loop over the brackets."""
    fee, start = Fraction(0), 0
    for end, percent in brackets:
        upper = spend if end is None else min(spend, end)
        fee += Fraction(max(upper - start, 0) * percent, 100)
        start = upper
    return max(fee, Fraction(least))


def year(fee: Fraction) -> Fraction:
    return Fraction(round_half_up(fee, "USD")) * 12


def cost(spends: tuple[int, ...], way: tuple[str, ...]) -> Fraction:
    taken = list(zip(spends, way, strict=True))
    total = sum((year(graduated(s, BUSINESS, 29)) for s, p in taken if p == "own"), Fraction(0))
    for plan, brackets, least in (("enterprise", ENTERPRISE, 5000), ("unified", UNIFIED, 50_000)):
        spend = sum(each for each, its in taken if its == plan)
        total += year(graduated(spend, brackets, least)) if plan in way else 0
    return total


def advise(*flags: str, plans: str = "aws") -> dict[str, Any]:
    done = run_cli("advise", "--plans", plans, *flags, "-o", "json", *TODAY)
    assert done.code == 0, done.err
    result: dict[str, Any] = json.loads(done.out)["result"]
    return result


def deal(spends: tuple[int, ...], times: tuple[str, ...]) -> list[str]:
    accounts = (
        f"{name}={s},response={t}" for name, s, t in zip("abcdefgh", spends, times, strict=False)
    )
    return [word for account in accounts for word in ("--account", account)]


def test_an_account_goes_on_the_plan_that_another_one_needs() -> None:
    """Alone: 3,000 x 9 % = 270 a month for a; 5,000 for b; 900 + 3,500 = 4,400 for c.

    With c on b's plan: (3,000 + 60,000) x 10 % = 6,300 a month for both, 75,600 a year, of which
    72,000 are c's by its spend; with a's 3,240 that is 78,840 and not 116,040.
    """
    result = advise(*deal((3_000, 3_000, 60_000), ("30m", "15m", "1h")))
    a, b, c = result["accounts"]
    assert [each["recommended"] for each in (a, b, c)] == [
        "aws-business-plus",
        "aws-enterprise-2025",
        "aws-enterprise-2025",
    ]
    assert [each["annual"] for each in (a, b, c)] == ["3240.00", "3600.00", "72000.00"]
    assert result["annual"] == "78840.00"
    assert (c["reason_code"], c["one_fee_with"]) == ("shared", ["b"])
    assert (b["reason_code"], b["alone"]["annual"]) == ("cheapest", "60000.00")


@pytest.mark.parametrize("seed", range(6))
def test_no_other_way_costs_less(seed: int) -> None:
    draw = random.Random(seed)
    count = draw.randint(2, 4)
    spends = tuple(draw.choice((1, 2_999, 9_000, 48_000, 130_000, 700_000)) for _ in range(count))
    times = tuple(draw.choice(tuple(CHOICES)) for _ in range(count))
    least = min(cost(spends, way) for way in product(*(CHOICES[time] for time in times)))
    for order in list(permutations(range(count)))[:3]:
        asked = deal(tuple(spends[i] for i in order), tuple(times[i] for i in order))
        assert Fraction(str(advise(*asked)["annual"])) == least


@pytest.mark.parametrize("seed", range(8))
def test_nor_where_not_all_ways_are_looked_at(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to six accounts, some of them content with Basic; every other way is tried here."""
    monkeypatch.setattr(sharing, "MOST_TRIED", 0)
    draw = random.Random(seed)
    choices = {"": ("basic", "own", *POOLED["15m"]), **CHOICES}
    spends = tuple(
        draw.choice((900, 7_100, 48_000, 130_000, 290_000, 1_700_000)) + draw.randint(0, 2_000)
        for _ in range(draw.randint(4, 6))
    )
    times = tuple(draw.choice(("", "1h", "1h", "30m", "15m", "5m")) for _ in spends)
    least = min(cost(spends, way) for way in product(*(choices[time] for time in times)))
    asked = [word.removesuffix(",response=") for word in deal(spends, times)]
    assert Fraction(str(advise(*asked)["annual"])) == least


def many(count: int) -> tuple[list[str], list[int]]:
    """Twice so many accounts, every other one content with Basic; the spends of those that pay."""
    needy = [(2 * i - 1) * 7_100 for i in range(1, count + 1)]
    flags = [
        flag
        for i, spend in enumerate(needy, 1)
        for flag in (f"--account=n{i}={spend},response=1h", f"--account=t{i}={2 * i * 7_100}")
    ]
    return flags, needy


@pytest.mark.parametrize("count", [20, 33])
def test_accounts_that_need_no_plan_do_not_hide_a_plan_for_all_others(count: int) -> None:
    """20 x 20 x 7,100 = 2,840,000 a month for the twenty that pay.

    Enterprise Support for them: 15,000 + 24,500 + 25,000 + 3 % of 1,840,000 = 119,700 a month,
    1,436,400 a year. The forty together spend 20 x 41 x 7,100 = 5,822,000: 64,500 + 144,660 =
    209,160 a month, 2,509,920 a year, 1,073,520 more.
    """
    flags, needy = many(count)
    found = advise(*flags)
    each = sum(cost((spend,), ("own",)) for spend in needy)
    pooled = cost(tuple(needy), ("enterprise",) * count)
    assert Fraction(found["annual"]) <= min(each, pooled)
    if count == 20:
        assert found["annual"] == "1436400.00"
        assert found["saved"] == "1073520.00"


def test_a_plan_for_all_is_held_against_the_plans_that_are_shared() -> None:
    flags, _ = many(20)
    done = run_cli("advise", "--plans", "aws", *flags, "--plan", "Enterprise Support", *TODAY)
    shown = " ".join(done.out.split())
    assert "recommended: 20 Enterprise Support, 20 Basic, $1,073,520 a year less" in shown


def test_the_differences_of_an_account_start_from_its_price_alone() -> None:
    accounts = advise(*deal((3_000, 3_000, 60_000), ("30m", "15m", "1h")))["accounts"]
    for each in accounts:
        alone = Fraction(each["alone"]["annual"])
        by_id = {plan["id"]: plan["annual"]["total"] for plan in each["plans"]}
        assert alone == Fraction(by_id[each["recommended"]])
        for saving in each["savings"]:
            assert alone - Fraction(saving["annual_saving"]) == Fraction(by_id[saving["plan"]])


def test_of_many_accounts_the_plans_are_not_called_the_cheapest() -> None:
    words = "Of so many accounts, other ways to share plans may cost less."
    many = [f"--account=a{i}={1000 + 100 * i},response=1h" for i in range(6)]
    done = run_cli("advise", "--plans", "aws", *many, "--account=z=90000,response=15m", *TODAY)
    assert words in " ".join(done.out.split())
    # each alone: 9 % of 7,500 and 9,000, that is 9,675 a month; all on z's plan: 10 % of 97,500
    assert "$116,100 a year" in done.out
    few = run_cli("advise", "--plans", "aws", *many[:2], *TODAY)
    assert words not in few.out


def test_of_more_ways_than_are_all_tried_one_account_after_the_other_is_moved() -> None:
    """z's plan costs 5,000 a month up to 50,000 of spend, so six times 3,000 fit in for nothing.

    Alone: 5,000 + 6 x 270 + 11,800 (900 + 4,900 + 6,000 for 200,000) = 18,420; all together:
    15,000 + 7 % of 71,000 = 19,970; all but the large one together: 5,000 + 11,800 = 16,800.
    """
    asked = [f"--account=a{i}=3000,response=1h" for i in range(6)]
    result = advise(*asked, "--account=big=200000,response=1h", "--account=z=3000,response=15m")
    assert result["annual"] == "201600.00"  # 12 x 16,800


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("plans", ["aws", "huawei-cloud-intl", "yandex-cloud"])
def test_the_parts_of_a_shared_fee_make_up_the_sum_in_every_form(plans: str, code: str) -> None:
    """JSON, and the table of all accounts against the sum below it."""
    asked = deal((3_333, 7_777, 60_000), ("1h", "15m" if plans == "aws" else "1h", "1h"))
    found = advise(*asked, "--discount", "15%", plans=plans)
    paid = [Decimal(each["to_pay"]["annual"]) for each in found["accounts"]]
    assert sum(paid) == Decimal(found["total"]["to_pay"]["annual"])
    assert any(each["one_fee_with"] for each in found["accounts"])
    screen = ("--plans", plans, *asked, "--discount", "15%", "--explain", "accounts")
    for form in ("table", "text"):
        out = run_cli("advise", *screen, "-o", form, "--lang", code, *TODAY).out
        rows = [line for line in out.splitlines() if re.match(r"[abc]\b.*[0-9]{3}", line)][:3]
        shown = [re.findall(r"[0-9,]+\.[0-9]{2}", row)[-1] for row in rows]
        assert [Decimal(text.replace(",", "")) for text in shown] == paid
        assert f"${sum(paid):,}".removesuffix(".00") in out


def test_nothing_costs_less_than_nothing() -> None:
    """Basic is free: of however many accounts no other way need be tried."""
    many = [f"--account=a{i}=1000" for i in range(9)]
    done = run_cli("advise", "--plans", "aws", *many, *TODAY)
    assert "may cost less" not in done.out


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_topic_can_be_told_of_a_plan_that_is_shared(code: str) -> None:
    asked = deal((3_000, 3_000, 60_000), ("30m", "15m", "1h"))
    done = run_cli("advise", "--plans", "aws", *asked, "--explain", "all", "--lang", code, *TODAY)
    assert done.code == 0
    reason = {"en": "all accounts together pay less", "zh": "各账号合计的服务费低于"}[code]
    assert (
        reason in "".join(done.out.split("\n")).replace("   ", " ") or reason.split()[0] in done.out
    )
