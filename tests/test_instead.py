"""An account of a deal on another plan: what all accounts pay then, in every form."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.deal import Account, Deal
from supportcli.advice.instead import instead
from supportcli.advice.portfolio import answered, portfolio
from supportcli.advice.price_terms import Discount, PriceTerms, Tax
from supportcli.advice.usage import Spends
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Term
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.language import LANGUAGES
from supportcli.needs.registry import Needs
from tests.builders import day
from tests.runner import TODAY, run_cli

START = day("2026-12-01")
SPENDS = {"a": 3_000, "b": 3_000, "c": 60_000}
DEAL = "--account a=3000,response=30m --account b=3000,response=15m --account c=60000,response=1h"
# A year of all accounts, worked from the rules: a alone 3,240; b and c on Enterprise 75,600.
WORKED = {
    "a": {
        "aws-basic": 75_600,
        "aws-enterprise-2025": 79_200,  # 10 % of 66,000 a month
        "aws-unified-operations": 675_600,  # its minimum of 50,000 a month
    },
    "b": {
        "aws-basic": 75_240,  # c alone: 10 % of 60,000, and a
        "aws-business-plus": 78_480,  # 270 a month for b as for a
        "aws-unified-operations": 675_240,
    },
    "c": {
        "aws-basic": 63_240,  # b alone: the minimum of 5,000 a month, and a
        "aws-business-plus": 116_040,  # 900 + 3,500 a month for c
        "aws-unified-operations": 663_240,
    },
}
TOTAL = 78_840


def advise(*flags: str) -> str:
    done = run_cli("advise", "--plans", "aws", *flags, *TODAY)
    assert done.code == 0, done.err
    return done.out


def result(*flags: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(advise(*flags, "-o", "json"))["result"]
    return found


def test_all_accounts_with_another_plan_for_one() -> None:
    told = {
        each["account"]: {
            one["plan"]: (
                Decimal(one["to_pay"]["annual"]),
                Decimal(one["difference"]["annual"]),
            )
            for one in each["instead"]
        }
        for each in result(*DEAL.split())["accounts"]
    }
    assert told == {
        name: {plan: (Decimal(year), Decimal(year - TOTAL)) for plan, year in plans.items()}
        for name, plans in WORKED.items()
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_screen_has_the_same_figures(code: str) -> None:
    """The first row's cells are the year of all accounts and the difference from the sum."""
    out = advise(*DEAL.split(), "--explain", "whatif", "--lang", code, "--width", "300")
    title = {"en": "All accounts, with another plan for {}\n", "zh": "{} 改选其他支持计划时"}[code]
    for name, plans in WORKED.items():
        _, _, after = out.partition(title.format(name))
        lines = after.partition("\n\n")[0].splitlines()
        rows = [line for line in lines if re.search("[^$0-9][0-9]+,[0-9]{3} ", line)][-3:]
        found = []
        for row in rows:
            year, gap = (int(text.replace(",", "")) for text in re.findall(r"[0-9][0-9,]+", row))
            found.append((year, -gap if re.search("less|少", row) else gap))
        assert found == [(year, year - TOTAL) for year in plans.values()]
    words = {
        "en": "$3,600 a year are its part; alone it would be $60,000.",
        "zh": "$60,000",
    }
    assert words[code] in out


def test_differences_between_plans_start_from_the_price_alone() -> None:
    """For every plan of every account, whether it shares a fee or not."""
    for each in result(*DEAL.split(), "--discount", "15%")["accounts"]:
        alone = each["alone"]["to_pay"]
        for plan in each["plans"]:
            if plan["versus"] is not None and plan["bar"] != "ends_within_term":
                more = plan["versus"]["to_pay"]
                for span in ("monthly", "annual", "term"):
                    assert Decimal(alone[span]) + Decimal(more[span]) == Decimal(
                        plan["to_pay"][span]
                    )


def test_to_need_more_never_costs_less() -> None:
    """c's plan answers within 15 min: 30 min need no other one, 5 min the next one."""
    for each in result(*DEAL.split())["accounts"]:
        told = [one for one in each["demands"] if one["annual_difference"] is not None]
        assert all(Decimal(one["annual_difference"]) > 0 for one in told)
    assert [one["plan"] for one in told] == ["aws-unified-operations"]


def test_accounts_that_share_nothing_are_told_nothing_of_it() -> None:
    words = "is told for this account alone"
    assert words not in advise("--account", "a=3000", "--account", "b=5", "--explain", "whatif")
    assert words in advise(*DEAL.split(), "--explain", "needs")


def test_of_many_accounts_other_plans_are_not_counted() -> None:
    many = [f"--account=a{place}=5000,response=15m" for place in range(11)]
    assert {each["instead"] for each in result(*many)["accounts"]} == {None}


@cache
def shelf(name: str) -> Catalogue:
    return load_catalogue(name).in_force(START)


spends = st.integers(0, 50_000_000).map(lambda cents: Fraction(cents, 100))
needs = st.sampled_from([Needs(), Needs(tam=True)])
rates = st.integers(0, 100).map(lambda percent: Fraction(percent, 100))
discounts = st.none() | st.builds(Discount, rates, st.booleans())
taxes = st.none() | st.builds(Tax, rates, st.booleans())
prices = st.tuples(discounts, taxes).map(lambda of: PriceTerms(of[0], tax=of[1]))


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(
    st.sampled_from(["alibaba-cloud-cn", "aws", "huawei-cloud-intl", "yandex-cloud"]),
    st.lists(st.tuples(needs, spends), min_size=2, max_size=4),
    prices,
)
def test_the_sum_and_the_difference_are_the_alternative(
    name: str, asked: list[tuple[Needs, Fraction]], agreed: PriceTerms
) -> None:
    """Counted again from the start, with the other plan in the place of the recommended one."""
    accounts = (Account(f"account-{i}", n, Spends(spend)) for i, (n, spend) in enumerate(asked))
    deal = Deal(tuple(accounts), Term(START, 12), agreed)
    found = answered(shelf(name), deal, None, START).portfolio
    for place, member in enumerate(found.members):
        for one in instead(found, member) or ():
            others = list(found.members)
            advice = member.advice._replace(recommended=one.entry)
            others[place] = member._replace(advice=advice)
            again = portfolio(tuple(others), agreed).total
            assert again is not None
            assert found.total is not None
            assert again.to_pay == one.whole
            total = found.total.to_pay
            assert total.monthly + one.more.monthly == one.whole.monthly
            assert total.annual + one.more.annual == one.whole.annual
            assert total.term + one.more.term == one.whole.term
