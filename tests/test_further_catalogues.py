"""The catalogues of four smaller vendors against the facts, written out here by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supportcli.core.conditions import Scope
from supportcli.core.plan import Apart, Tam
from supportcli.core.schedule import GreaterOf, Line, normalise
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.runner import TODAY, run_cli
from tests.test_catalogues_data import FURTHER

PLANS = {plan.id: plan for name in FURTHER for plan in load_catalogue(name).plans}
GREATER = {
    "clouddigit-business": (25_000, "5%"),
    "vshn-business": (800, "15%"),
    "vshn-oncall": (2_500, "25%"),
    "vshn-emo": (5_000, "35%"),
    "vshn-priority": (800, "5%"),
    "aiven-priority-2022": (500, "4.5%"),
}
UNPRICED = ("clouddigit-enterprise", "aiven-business-2022", "aiven-enterprise-2022")
RESPONSE = {
    "clouddigit-standard": "4h 8h 1bd 3bd",
    "clouddigit-business": "1h 4h 8bh 1bd",
    "clouddigit-enterprise": "15m 1h 4bh 1bd",
    "vshn-core": "unknown",
    "vshn-business": "unknown",
    "vshn-oncall": "unknown",
    "vshn-emo": "unknown",
    "vshn-basic": "unknown",
    "vshn-priority": "1h",
    **dict.fromkeys(
        ("cloudgov-platform", "cloudgov-basic", "cloudgov-premium", "cloudgov-supplemental"),
        "3bh 2bd 5bd",
    ),
    "aiven-basic": "unknown unknown unknown",
    "aiven-priority-2022": "12bh 12bh 12bh",
    "aiven-business-2022": "15bm 1bh 12h",
    "aiven-enterprise-2022": "15m 1h 12h",
}
NO_TAM = (
    *("clouddigit-standard", "clouddigit-business", "aiven-basic", "aiven-priority-2022"),
    *("aiven-business-2022", "cloudgov-platform", "cloudgov-basic", "cloudgov-premium"),
    "cloudgov-supplemental",
)
TAMS = {
    **dict.fromkeys(NO_TAM, (Tam.NONE, False)),
    "clouddigit-enterprise": (Tam.NAMED, True),
    "aiven-enterprise-2022": (Tam.DEDICATED, True),  # "yes" and no more
    "vshn-priority": (Tam.DEDICATED, True),  # a dedicated service manager
}


def test_currencies() -> None:
    currencies = {name: load_catalogue(name).currency for name in FURTHER}
    assert currencies == {"aiven": "USD", "cloud-digit": "BDT", "cloud-gov": "USD", "vshn": "CHF"}


@pytest.mark.parametrize("plan_id", PLANS)
def test_the_fee_is_the_published_one(plan_id: str) -> None:
    fees = PLANS[plan_id].fees
    if plan_id in UNPRICED:
        assert fees is None
        return
    assert fees is not None
    least, rate = GREATER.get(plan_id, (0, "0%"))
    share = Fraction(rate.removesuffix("%")) / 100
    expected = GreaterOf(Line(Fraction(least)), Line(rate=share)) if least else Line()
    assert [fee.total for fee in fees.values()] == [normalise(expected)]


def test_what_is_paid_by_the_year_and_by_the_hour() -> None:
    found = {
        f"{plan_id}/{extra.id}": (extra.yearly, extra.quantity, extra.amount(Fraction(60)))
        for plan_id, plan in PLANS.items()
        for extra in plan.extras
    }
    assert found == {
        "cloudgov-basic/basic-year": (True, None, Fraction(2_500)),
        "cloudgov-basic/further-hours": (True, "support-hours", Fraction(12_500)),  # 60 - 10
        "cloudgov-premium/premium-year": (True, None, Fraction(12_500)),
        "cloudgov-premium/further-hours": (True, "support-hours", Fraction(2_500)),  # 60 - 50
        "cloudgov-supplemental/hours": (True, "support-hours", Fraction(15_000)),  # 60 at 250
    }


@pytest.mark.parametrize("plan_id", PLANS)
def test_first_response_and_tam(plan_id: str) -> None:
    plan = PLANS[plan_id]
    found = [str(level.target) for level in plan.levels] + ["unknown"] * len(plan.unstated)
    assert found == RESPONSE[plan_id].split()
    assert (plan.tam.kind, plan.tam.assumed) == TAMS.get(plan_id, (Tam.UNKNOWN, False))


def test_what_stands_apart_and_what_is_in_doubt() -> None:
    apart = {plan_id: plan.apart for plan_id, plan in PLANS.items() if plan.apart}
    assert apart == {
        "vshn-basic": Apart.OLDER,
        "vshn-priority": Apart.OLDER,
        "cloudgov-supplemental": Apart.ADD_ON,
    }
    doubtful = {plan_id for plan_id, plan in PLANS.items() if plan.availability}
    assert doubtful == {"aiven-priority-2022", "aiven-business-2022", "aiven-enterprise-2022"}
    pooled = {i for i, p in PLANS.items() if p.terms.scope and p.terms.scope.value is Scope.POOLED}
    assert pooled == {plan_id for plan_id in PLANS if plan_id.startswith("aiven-")}


def test_a_need_in_business_days() -> None:
    """Standard answers a P3 case within a business day; three of them are too many."""
    asked = ("advise", "--plans", "cloud-digit", "--spend", "800000", *TODAY)
    assert run_cli(*asked, "--response", "p3=1bd").out.startswith("Recommended: Standard ")
    assert run_cli(*asked, "--response", "p4=2 business days").out.startswith(
        "Recommended: Business "
    )


def test_hours_beyond_a_package_and_a_designated_tam_are_questions_to_the_vendor() -> None:
    hours = load_catalogue("cloud-gov").open_point("further-hours")
    assert hours.plans == ("cloudgov-basic", "cloudgov-premium")
    assert hours.confirm is not None
    tam = load_catalogue("aws").open_point("tam-designated")
    plans = [plan for plan in load_catalogue("aws").plans if plan.tam.kind is Tam.DEDICATED]
    assert tam.plans == tuple(plan.id for plan in plans)
    assert tam.confirm is not None
