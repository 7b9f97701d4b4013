"""Lint of the other vendors' catalogues against the facts, written out here by hand."""

import datetime
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache, reduce

import pytest

from supportcli.advice.quote import price
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue, Example, PointKind
from supportcli.core.conditions import (
    Basis,
    ChangeDay,
    PartMonth,
    Proration,
    ProrationUnit,
    Refund,
    Scope,
    Span,
    Spreading,
    TaxInAmounts,
    Validity,
)
from supportcli.core.money import round_half_up
from supportcli.core.period import Month
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Apart, Plan, Tam
from supportcli.core.schedule import (
    Bracket,
    Excess,
    Graduated,
    GreaterOf,
    Line,
    Schedule,
    Sum,
    normalise,
)
from supportcli.core.source import Cite
from supportcli.core.text import Text
from supportcli.inputs.catalogue.bundled import DEFAULT, SHIPPED
from supportcli.inputs.catalogue.loader import check_catalogue, load_catalogue
from tests.test_plans_data import parts

TODAY = datetime.date(2026, 11, 23)
START = Month(2026, 12)
FURTHER = ("aiven", "cloud-digit", "cloud-gov", "vshn")
"""What they hold is written out in tests/test_further_catalogues.py."""
OTHERS = tuple(name for name in SHIPPED if name not in (DEFAULT, *FURTHER))
LEVELS = ("vendor", "reseller", "secondary", "derived", "assumed")
OWN_LEVELS = ("derived", "assumed")
NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?%?")


@cache
def catalogue(name: str) -> Catalogue:
    return load_catalogue(name)


PLANS = {plan.id: plan for name in OTHERS for plan in catalogue(name).plans}
PARTS = {
    path: value for name in (*OTHERS, *FURTHER) for path, value in parts(catalogue(name), name)
}
TEXTS = {path: value for path, value in PARTS.items() if isinstance(value, Text)}
CITES = {
    path: value
    for path, value in PARTS.items()
    if isinstance(value, Cite) and not path.endswith(".classed.cite")  # all of them assumed
}
EXAMPLES = [(name, example) for name in SHIPPED for example in catalogue(name).examples]


def owner(path: str) -> str:
    return path.partition(".")[0]


EVERY_CATALOGUE = pytest.mark.parametrize("name", [*OTHERS, *FURTHER])
EVERY_EXAMPLE = pytest.mark.parametrize(
    ("name", "example"),
    EXAMPLES,
    ids=[
        " ".join(filter(None, (e.plan, f"@ {float(e.spend):.2f}", e.reading, str(e.as_of or ""))))
        for _, e in EXAMPLES
    ],
)


# The plans and their order


@pytest.mark.parametrize(
    ("name", "currency", "plans"),
    [
        (
            "aws",
            "USD",
            {
                "aws-basic": "Basic",
                "aws-developer": "Developer",
                "aws-business": "Business",
                "aws-business-plus": "Business Support+",
                "aws-enterprise-onramp": "Enterprise On-Ramp",
                "aws-enterprise": "Enterprise (until 2025-12-01)",
                "aws-enterprise-2025": "Enterprise Support",
                "aws-unified-operations": "Unified Operations",
                "aws-pls": "Partner-Led Support",
                "aws-idr": "Incident Detection and Response",
                "aws-countdown-premium": "Countdown Premium",
            },
        ),
        (
            "azure",
            "USD",
            {
                "azure-basic": "Basic",
                "azure-developer": "Developer",
                "azure-standard": "Standard",
                "azure-prodirect": "Professional Direct",
            },
        ),
        (
            "google-cloud",
            "USD",
            {
                "gcp-basic": "Basic",
                "gcp-standard": "Standard",
                "gcp-enhanced": "Enhanced",
                "gcp-premium": "Premium",
            },
        ),
        (
            "huawei-cloud-intl",
            "USD",
            {
                "huawei-intl-basic": "Basic",
                "huawei-intl-developer": "Developer",
                "huawei-intl-business": "Business",
                "huawei-intl-enterprise-onramp": "Enterprise On-Ramp",
                "huawei-intl-enterprise": "Enterprise",
            },
        ),
        (
            "ibm-cloud",
            "USD",
            {"ibm-basic": "Basic", "ibm-advanced": "Advanced", "ibm-premium": "Premium"},
        ),
        (
            "scaleway",
            "EUR",
            {
                "scw-basic": "Basic",
                "scw-silver": "Silver (until 2025)",
                "scw-gold": "Gold (until 2025)",
                "scw-advanced": "Advanced",
                "scw-business": "Business",
                "scw-enterprise": "Enterprise",
            },
        ),
        (
            "yandex-cloud",
            "USD",
            {
                "yandex-basic": "Basic",
                "yandex-standard-2022": "Standard (until 2023-09)",
                "yandex-business-2022": "Business (until 2023-09)",
                "yandex-business": "Business",
                "yandex-premium": "Premium",
            },
        ),
    ],
)
def test_the_plans_their_names_and_their_order(
    name: str, currency: str, plans: dict[str, str]
) -> None:
    found = catalogue(name)
    assert (found.id, found.currency) == (name, currency)
    assert [(plan.id, str(plan.name)) for plan in found.plans] == list(plans.items())
    assert [plan.tier for plan in found.plans] == list(range(1, len(plans) + 1))


# The fees, in the notation of the facts: G[...] is graduated, each rate on its own slice

FEES = {
    "aws-basic": "0",
    "aws-developer": "max(29, 3%)",
    "aws-business": "max(100, G[10k:10%, 80k:7%, 250k:5%, rest 3%])",
    "aws-enterprise-onramp": "max(5500, 10%)",
    "aws-enterprise": "max(15000, G[150k:10%, 500k:7%, 1M:5%, rest 3%])",
    "aws-business-plus": "max(29, G[10k:9%, 80k:7%, 250k:5%, rest 3%])",
    "aws-enterprise-2025": "max(5000, G[150k:10%, 500k:7%, 1M:5%, rest 3%])",
    "aws-unified-operations": "max(50000, G[1M:10%, 5M:6%, rest 5%])",
    "aws-pls": "max(7500, G[150k:10%, 500k:7%, 1M:5%, rest 3%])",
    "aws-idr": "max(7000, 2%)",
    "aws-countdown-premium": "10000",
    "azure-basic": "0",
    "azure-developer": "29",
    "azure-standard": "100",
    "azure-prodirect": "1000",
    "gcp-basic": "0",
    "gcp-standard": "max(29, 3%)",
    "gcp-enhanced": "max(100, G[10k:10%, 80k:7%, 250k:5%, rest 3%])",
    "gcp-premium": "max(15000, G[150k:10%, 500k:7%, 1M:5%, rest 3%])",
    "ibm-basic": "0",
    "ibm-advanced": "max(200, 10%)",
    "ibm-premium": "max(10000, 10%)",
    "scw-basic": "0",
    "scw-silver": "59",
    "scw-gold": "max(499, 3%)",
    "scw-advanced": "max(50, 5%)",
    "scw-business": "max(250, 10%)",
    "scw-enterprise": "max(999, 20%)",
    "huawei-intl-basic": "0",
    "huawei-intl-developer": "26",
    "huawei-intl-business": "max(90, G[9k:10%, 72k:7%, 225k:5%, rest 3%])",
    "huawei-intl-enterprise": "max(13500, G[135k:10%, 450k:7%, 900k:5%, rest 3%])",
    "yandex-business": "24 + 5%",
    "yandex-basic": "0",
    "yandex-standard-2022": "11.538462 + 12% above 769.23",
    "yandex-business-2022": "76.923078 + G[769.23:0%, 2564.10:7%, rest 5%]",
}
UNTIL_2024_10_31 = {
    "gcp-standard": "29 + 3%",
    "gcp-enhanced": "500 + 3%",
    "gcp-premium": "12500 + 4%",
}


def amount(text: str) -> Fraction:
    unit = {"k": 1_000, "M": 1_000_000}.get(text[-1], 1)
    return Fraction(text.rstrip("kM")) * unit


def rate(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / 100


def in_notation(text: str) -> Schedule:
    """A fee as the facts write it."""
    if greater := re.fullmatch(r"max\((\S+), (.*)\)", text):
        return GreaterOf(in_notation(greater[1]), in_notation(greater[2]))
    if added := re.fullmatch(r"([0-9.]+) \+ (.*)", text):
        return Sum(in_notation(added[1]), in_notation(added[2]))
    if above := re.fullmatch(r"([0-9.]+%) above ([0-9.]+)", text):
        return Excess(amount(above[2]), rate(above[1]))
    if graduated := re.fullmatch(r"G\[(.*), rest ([0-9.]+%)\]", text):
        limits = [slice_.split(":") for slice_ in graduated[1].split(", ")]
        brackets = [Bracket(amount(limit), rate(share)) for limit, share in limits]
        return Graduated((*brackets, Bracket(None, rate(graduated[2]))))
    return Line(rate=rate(text)) if text.endswith("%") else Line(amount(text))


def written(notation: str) -> set[str]:
    """The numbers of a fee in the way in which they are shown: 10,000 and 7%."""
    found = re.findall(r"([0-9.]+)([kM%]?)", notation)
    shares = {f"{number}%" for number, unit in found if unit == "%"}
    amounts = {amount(number + unit) for number, unit in found if unit != "%"}
    return {in_words(each) for each in amounts} | shares - {"0%"}


def in_words(each: Fraction) -> str:
    exact = Decimal(each.numerator) / each.denominator
    whole_cents = exact == round(exact, 2)
    return f"{exact:,.2f}".removesuffix(".00") if whole_cents else f"{exact:,}"


def test_every_plan_is_looked_at() -> None:
    assert set(PLANS) - set(FEES) == {"huawei-intl-enterprise-onramp", "yandex-premium"}
    assert set(FEES) <= set(PLANS)


def test_no_customer_s_choice_are_plans_for_partners_and_add_ons() -> None:
    assert {plan.id: plan.apart for plan in PLANS.values() if plan.apart} == {
        "aws-pls": Apart.PARTNER,
        "aws-idr": Apart.ADD_ON,
        "aws-countdown-premium": Apart.ADD_ON,
    }


@pytest.mark.parametrize("plan_id", FEES)
def test_the_fee_is_the_published_one(plan_id: str) -> None:
    fees = PLANS[plan_id].fees
    assert fees is not None
    expected = {reading: normalise(in_notation(FEES[plan_id])) for reading in fees}
    if plan_id == "scw-enterprise":  # the page's own example says 990
        expected["example"] = normalise(in_notation("max(990, 20%)"))
    assert {reading: fee.total for reading, fee in fees.items()} == expected


@pytest.mark.parametrize("plan_id", UNTIL_2024_10_31)
def test_the_fee_until_2024_10_31(plan_id: str) -> None:
    [rule] = [rule for rule in PLANS[plan_id].history if rule.until]
    assert rule.until == datetime.date(2024, 10, 31)
    assert rule.fees is not None
    assert rule.fees["published"].total == normalise(in_notation(UNTIL_2024_10_31[plan_id]))


def test_only_google_s_fees_have_a_history() -> None:
    assert {plan.id for plan in PLANS.values() if plan.history} == set(UNTIL_2024_10_31)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("plan_id", FEES)
def test_the_words_of_the_fee_have_its_numbers(plan_id: str, language: str) -> None:
    text = PLANS[plan_id].fee_text
    assert text is not None
    words = text.in_language(language)
    if FEES[plan_id] == "0":
        assert words == {"en": "free", "zh": "免费"}[language]
    else:
        by_example = {"990"} if plan_id == "scw-enterprise" else set()
        assert set(NUMBER.findall(words)) == written(FEES[plan_id]) | by_example


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("plan_id", UNTIL_2024_10_31)
def test_the_words_of_the_older_fee_have_its_numbers(plan_id: str, language: str) -> None:
    [rule] = [rule for rule in PLANS[plan_id].history if rule.until]
    assert rule.text is not None
    words = rule.text.in_language(language)
    assert set(NUMBER.findall(words)) == written(UNTIL_2024_10_31[plan_id])


def test_huawei_s_on_ramp_has_no_price_rather_than_none() -> None:
    onramp = PLANS["huawei-intl-enterprise-onramp"]
    assert (onramp.fees, onramp.published) == (None, None)
    assert onramp.tam.kind is Tam.UNKNOWN


@pytest.mark.parametrize(
    ("plan_id", "minimum"),
    [
        ("aws-developer", 29),
        ("aws-business", 100),
        ("aws-enterprise-onramp", 5_500),
        ("aws-enterprise", 15_000),
        ("huawei-intl-business", 90),
        ("huawei-intl-enterprise", 13_500),
    ],
)
def test_the_minimum_is_prepaid(plan_id: str, minimum: int) -> None:
    fees = PLANS[plan_id].fees
    assert fees is not None
    assert fees["published"].prepaid == PiecewiseLinear.line(Fraction(minimum))


def test_of_the_others_nobody_says_what_is_prepaid() -> None:
    said = {
        plan.id
        for plan in PLANS.values()
        for fee in (plan.fees or {}).values()
        if fee.prepaid is not None and fee.total != PiecewiseLinear.line()
    }
    assert said == {
        "aws-developer",
        "aws-business",
        "aws-enterprise-onramp",
        "aws-enterprise",
        "huawei-intl-business",
        "huawei-intl-enterprise",
    }


# First response: one column per plan, from the gravest severity down; - is not offered

SEVERITIES = {
    "aws": (
        "business-critical-down",
        "production-down",
        "production-impaired",
        "system-impaired",
        "general-guidance",
    ),
    "azure": ("sev-a", "sev-b", "sev-c"),
    "google-cloud": ("p1", "p2"),
    "huawei-cloud-intl": (
        "core-system-unavailable",
        "production-unavailable",
        "production-impaired",
        "system-impaired",
        "general-guidance",
    ),
    "ibm-cloud": ("sev-1", "sev-2", "sev-3", "sev-4"),
    "scaleway": ("request",),
    "yandex-cloud": ("critical", "normal", "quota"),
}
RESPONSE = {
    "aws-basic": "- - - - -",
    "aws-developer": "- - - 12bh 24bh",
    "aws-business": "- 1h 4h 12h 24h",
    "aws-enterprise-onramp": "30m 1h 4h 12h 24h",
    "aws-enterprise": "15m 1h 4h 12h 24h",
    "aws-business-plus": "30m 1h 4h 12h 24h",
    "aws-enterprise-2025": "15m 1h 4h 12h 24h",
    "aws-unified-operations": "5m 1h 4h 12h 24h",
    "azure-basic": "- - -",
    "azure-developer": "- - 8bh",
    "azure-standard": "1h 4h 8h",
    "azure-prodirect": "1h 2h 4h",
    "gcp-basic": "- -",
    "gcp-standard": "- 4bh",
    "gcp-enhanced": "1h unknown",
    "gcp-premium": "15m unknown",
    "ibm-basic": "- - - none",
    "ibm-advanced": "1h 2h 4h 8h",
    "ibm-premium": "15m 1h 2h 4h",
    "huawei-intl-developer": "- - - 12bh 24bh",
    "huawei-intl-business": "- 1h 4h 12h 24h",
    "huawei-intl-enterprise-onramp": "30m 45m 4h 10h 20h",
    "huawei-intl-enterprise": "15m 30m 3h 8h 16h",
    "yandex-basic": "unknown 24h 30m",
    "yandex-standard-2022": "2h 8h 30m",
    "yandex-business-2022": "30m 4h 30m",
    "yandex-business": "30m 4h 30m",
    "yandex-premium": "15m 2h 30m",
}
# One time for every request.
ANY_REQUEST = {
    "scw-basic": "8h",
    "scw-advanced": "2h",
    "scw-business": "30m",
    "scw-enterprise": "15m",
}


@pytest.mark.parametrize("name", OTHERS)
def test_severities_from_the_gravest_down(name: str) -> None:
    assert tuple(severity.id for severity in catalogue(name).severities) == SEVERITIES[name]


@pytest.mark.parametrize("plan_id", PLANS)
def test_first_response_targets(plan_id: str) -> None:
    plan = PLANS[plan_id]
    [name] = [name for name in OTHERS if plan in catalogue(name).plans]
    column = RESPONSE.get(plan_id, "").split()
    expected: dict[str | None, str] = {
        severity: target
        for severity, target in zip(SEVERITIES[name], column, strict=bool(column))
        if target != "-"
    }
    if plan_id in ANY_REQUEST:
        expected = {None: ANY_REQUEST[plan_id]}
    found = [(level.severity, str(level.target)) for level in plan.levels]
    found += [(each.severity, "none" if each.none else "unknown") for each in plan.unstated]
    assert dict(found) == expected
    assert len(found) == len(expected)
    assert {level.channel for level in plan.levels} <= {"case"}
    assert not any(level.assumed for level in plan.levels)


def test_of_some_plans_no_first_response_is_known() -> None:
    silent = set(PLANS) - set(RESPONSE) - set(ANY_REQUEST)
    assert silent == {
        "aws-pls",
        "aws-idr",
        "aws-countdown-premium",
        "huawei-intl-basic",
        "scw-silver",
        "scw-gold",
    }


def test_the_hours_of_the_targets() -> None:
    hours = {
        plan.id: {str(level.hours) for level in plan.levels if level.hours}
        for plan in PLANS.values()
    }
    assert {plan_id: each for plan_id, each in hours.items() if each} == {
        "aws-developer": {
            "business hours, 08:00-18:00 in the customer's country, without weekends and holidays"
        },
        "aws-business": {"24x7"},
        "aws-enterprise-onramp": {"24x7"},
        "aws-enterprise": {"24x7"},
        "aws-business-plus": {"24x7"},
        "aws-enterprise-2025": {"24x7"},
        "aws-unified-operations": {"24x7"},
        "azure-developer": {"business hours"},
        "gcp-standard": {"business hours"},
        "gcp-enhanced": {"24x7"},
        "gcp-premium": {"24x7"},
        "huawei-intl-developer": {"business hours"},
        "huawei-intl-business": {"24x7"},
        "huawei-intl-enterprise-onramp": {"24x7"},
        "huawei-intl-enterprise": {"24x7"},
        "ibm-advanced": {"24x7"},
        "ibm-premium": {"24x7"},
        "scw-basic": {"24x7"},
        "scw-advanced": {"24x7"},
        "scw-business": {"24x7"},
        "scw-enterprise": {"24x7"},
        "yandex-business": {"24x7"},
    }


# TAM: the facts' word, its kind here, and whether that kind is our assumption

TAMS = {
    "aws-enterprise-onramp": (Tam.POOL, False),
    "aws-enterprise": (Tam.DEDICATED, True),
    "aws-enterprise-2025": (Tam.DEDICATED, True),
    "aws-unified-operations": (Tam.DEDICATED, True),
    "azure-prodirect": (Tam.POOL, False),
    "gcp-enhanced": (Tam.ADD_ON, False),
    "gcp-premium": (Tam.NAMED, False),
    # "yes" and no more
    "ibm-premium": (Tam.DEDICATED, True),
    "scw-enterprise": (Tam.DEDICATED, True),
    "huawei-intl-enterprise": (Tam.DEDICATED, True),
    # no word at all
    "scw-silver": (Tam.UNKNOWN, False),
    "scw-gold": (Tam.UNKNOWN, False),
    "aws-pls": (Tam.UNKNOWN, False),
    "aws-idr": (Tam.UNKNOWN, False),
    "aws-countdown-premium": (Tam.UNKNOWN, False),
    "huawei-intl-enterprise-onramp": (Tam.UNKNOWN, False),
    # a "personal technical manager"
    "yandex-premium": (Tam.NAMED, True),
}


@pytest.mark.parametrize("plan_id", PLANS)
def test_the_tam(plan_id: str) -> None:
    tam = PLANS[plan_id].tam
    assert (tam.kind, tam.assumed) == TAMS.get(plan_id, (Tam.NONE, False))
    assert (tam.cite is None) is (tam.kind is Tam.UNKNOWN)
    assert not tam.contested


@pytest.mark.parametrize(
    ("plan_id", "words"),
    [
        ("aws-enterprise", "designated"),
        ("aws-enterprise-2025", "designated"),
        ("aws-unified-operations", "specialists"),
        ("azure-prodirect", "delivery manager pool"),
        ("gcp-enhanced", "optional advisor add-on"),
        ("gcp-premium", "named"),
    ],
)
def test_the_words_for_the_tam(plan_id: str, words: str) -> None:
    assert words in str(PLANS[plan_id].tam.note)


@pytest.mark.parametrize("name", ["ibm-cloud", "scaleway", "huawei-cloud-intl"])
def test_that_a_tam_is_dedicated_is_an_open_point(name: str) -> None:
    point = catalogue(name).open_point("tam-yes")
    assert (point.kind, point.headline) == (PointKind.ASSUMPTION, True)
    assert point.plans == tuple(p.id for p in catalogue(name).plans if p.tam.assumed)


# Channels


@pytest.mark.parametrize(
    ("plan_id", "channels"),
    [
        ("aws-basic", {"case": False}),
        ("aws-developer", {"case": True, "email": True}),
        ("aws-business", {"case": True, "phone": True, "chat": True, "email": True}),
        ("aws-enterprise-onramp", {"case": True, "phone": True, "chat": True, "email": True}),
        ("aws-enterprise", {"case": True, "phone": True, "chat": True, "email": True}),
        ("huawei-intl-developer", {"case": True, "callback": False, "im-group": False}),
        ("huawei-intl-business", {"case": True, "callback": True, "im-group": False}),
        ("huawei-intl-enterprise-onramp", {"case": True, "callback": True, "im-group": True}),
        ("huawei-intl-enterprise", {"case": True, "callback": True, "im-group": True}),
        ("ibm-basic", {"case": True, "phone": False, "chat": False}),
        ("ibm-advanced", {"case": True, "phone": True, "chat": True}),
        ("ibm-premium", {"case": True, "phone": True, "chat": True}),
        ("scw-basic", {"case": True, "phone": False}),
        ("scw-advanced", {"case": True, "phone": True}),
        ("scw-business", {"case": True, "phone": True}),
        ("scw-enterprise", {"case": True, "phone": True}),
    ],
)
def test_the_channels(plan_id: str, channels: dict[str, bool]) -> None:
    assert dict(PLANS[plan_id].channels) == channels


@pytest.mark.parametrize(
    ("name", "item", "plan_id", "words"),
    [
        ("aws", "channels", "aws-basic", "no technical cases"),
        ("aws", "channels", "aws-developer", "e-mail, business hours"),
        ("aws", "channels", "aws-business", "24x7 phone, chat and e-mail; Support API"),
        ("aws", "contacts", "aws-developer", "1 contact"),
        ("aws", "contacts", "aws-business", "unlimited contacts"),
        ("huawei-cloud-intl", "contacts", "huawei-intl-enterprise-onramp", "unlimited"),
        ("huawei-cloud-intl", "best-practice-review", "huawei-intl-enterprise", "included"),
        ("huawei-cloud-intl", "best-practice-review", "huawei-intl-business", "not included"),
        ("huawei-cloud-intl", "phone-notice", "huawei-intl-enterprise", "included"),
        ("ibm-cloud", "access", "ibm-basic", "24x7, by cases only"),
        ("ibm-cloud", "access", "ibm-advanced", "24x7, by cases, phone and chat"),
        ("ibm-cloud", "severities", "ibm-basic", "severity 4 only, without a target"),
        ("scaleway", "tickets", "scw-basic", "24x7"),
        ("scaleway", "tickets", "scw-enterprise", "24x7"),
        ("scaleway", "certification", "scw-business", "one included"),
        (
            "scaleway",
            "reviews",
            "scw-enterprise",
            "technical review every quarter, architecture audit every six months",
        ),
        ("scaleway", "phone", "scw-basic", "not supported"),
        ("scaleway", "phone", "scw-advanced", "daily 09-18"),
        ("scaleway", "phone", "scw-business", "24x7"),
        ("scaleway", "phone", "scw-enterprise", "24x7"),
    ],
)
def test_what_the_plans_contain(name: str, item: str, plan_id: str, words: str) -> None:
    [found] = [each for each in catalogue(name).content if each.id == item]
    assert str(found.by_plan[plan_id]) == words


# Terms


def value(plan_id: str, clause: str) -> object:
    found = getattr(PLANS[plan_id].terms, clause)
    return found.value if found else None


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "scope",
            {
                Scope.PER_ACCOUNT: "aws-basic aws-developer aws-business aws-business-plus "
                "yandex-standard-2022 yandex-business-2022",
                Scope.POOLED: "aws-enterprise-onramp aws-enterprise aws-enterprise-2025 "
                "aws-unified-operations aws-pls huawei-intl-basic huawei-intl-developer "
                "huawei-intl-business huawei-intl-enterprise-onramp huawei-intl-enterprise "
                "yandex-basic yandex-business yandex-premium",
                Scope.HIGHEST_PLAN: "ibm-basic ibm-advanced ibm-premium",
            },
        ),
        (
            "minimum_term",
            {
                Span(30, months=False): "aws-developer aws-business aws-business-plus "
                "aws-enterprise-onramp aws-enterprise aws-enterprise-2025 aws-pls",
                Span(90, months=False): "aws-unified-operations",
            },
        ),
        (
            "proration",
            {
                Proration(PartMonth.MINIMUM): "aws-developer aws-business aws-enterprise-onramp",
                Proration(PartMonth.MINIMUM, ProrationUnit.SECOND): "aws-enterprise",
                Proration(PartMonth.NONE): "azure-basic azure-developer azure-standard "
                "azure-prodirect",
                Proration(
                    PartMonth.FEE, ProrationUnit.DAY, ChangeDay.NEW
                ): "scw-basic scw-silver scw-gold scw-advanced scw-business scw-enterprise",
            },
        ),
        (
            "refund",
            {
                Refund.NONE: "azure-basic azure-developer azure-standard azure-prodirect",
                Refund.BY_DAY: "huawei-intl-basic huawei-intl-developer huawei-intl-business "
                "huawei-intl-enterprise-onramp huawei-intl-enterprise",
            },
        ),
        (
            "spreading",
            {
                Spreading.BY_DAY: "huawei-intl-basic huawei-intl-developer huawei-intl-business "
                "huawei-intl-enterprise-onramp huawei-intl-enterprise"
            },
        ),
        (
            "tax",
            {
                TaxInAmounts.EXCLUDED: "yandex-basic yandex-standard-2022 yandex-business-2022 "
                "yandex-business yandex-premium scw-basic scw-silver scw-gold scw-advanced "
                "scw-business scw-enterprise"
            },
        ),
    ],
)
def test_the_terms(clause: str, expected: dict[object, str]) -> None:
    by_plan = {plan_id: said for said, ids in expected.items() for plan_id in ids.split()}
    assert {plan_id: value(plan_id, clause) for plan_id in PLANS} == {
        plan_id: by_plan.get(plan_id) for plan_id in PLANS
    }


@pytest.mark.parametrize(
    ("name", "basis", "excluded"),
    [
        ("aws", Basis.LIST, "Support itself|Managed Services|Marketplace|Professional Services"),
        ("azure", None, ""),
        ("google-cloud", None, ""),
        ("huawei-cloud-intl", Basis.LIST, "support plans|professional services|marketplace"),
        ("ibm-cloud", None, "third-party charges"),
        ("scaleway", Basis.NET, ""),
        ("yandex-cloud", None, ""),
    ],
)
def test_which_spend_counts(name: str, basis: Basis | None, excluded: str) -> None:
    for plan in catalogue(name).plans:
        assert value(plan.id, "basis") == basis
        words = str(plan.terms.excludes.text) if plan.terms.excludes else ""
        if plan.validity.valid_to == datetime.date(2023, 9, 30):  # the base was after grants then
            assert words == "grants"
            continue
        assert all(each in words for each in excluded.split("|"))
        assert bool(words) is bool(excluded)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("aws", "before discounts and credits"),
        ("huawei-cloud-intl", "all member accounts|calendar month|before discount"),
        ("ibm-cloud", "third-party charges excluded"),
        ("scaleway", "net|without tax"),
        ("yandex-cloud", "organisation's paid resources|without vat"),
    ],
)
def test_the_words_for_spend(name: str, words: str) -> None:
    assert all(each in str(catalogue(name).spend).lower() for each in words.split("|"))


def test_from_when_to_when_the_plans_hold() -> None:
    def cite(source: str) -> Cite:
        return Cite(source, "")

    end, change = datetime.date(2026, 12, 31), datetime.date(2025, 12, 2)
    ends = Validity(valid_to=end, successor="aws-business-plus", cite=cite("guide-2026"))
    begins = Validity(valid_from=change, cite=cite("new"))
    was = Validity(valid_to=datetime.date(2025, 5, 25), cite=cite("docs"))
    now = Validity(valid_from=datetime.date(2025, 5, 26), cite=cite("docs"))
    older = Validity(valid_to=datetime.date(2023, 9, 30), cite=cite("archive"))
    throughout = Validity(cite=cite("pricing"))
    expected = {
        "aws-developer": ends,
        "aws-business": ends,
        "aws-enterprise-onramp": ends._replace(successor="aws-enterprise-2025"),
        "aws-enterprise": Validity(valid_to=datetime.date(2025, 12, 1), cite=cite("new")),
        "aws-business-plus": begins,
        "aws-enterprise-2025": begins,
        "aws-unified-operations": begins,
        "scw-silver": was,
        "scw-gold": was,
        "scw-advanced": now,
        "scw-business": now,
        "scw-enterprise": now,
        "yandex-basic": throughout,
        "yandex-standard-2022": older,
        "yandex-business-2022": older._replace(successor="yandex-business"),
        "yandex-business": Validity(valid_from=datetime.date(2023, 10, 1), cite=cite("archive")),
        "yandex-premium": throughout,
    }
    assert {plan_id: plan.validity for plan_id, plan in PLANS.items()} == {
        plan_id: expected.get(plan_id, Validity()) for plan_id in PLANS
    }


# What is contradicted or left open


@pytest.mark.parametrize(
    ("name", "point_id", "kind", "words"),
    [
        ("aws", "business-plus-129", PointKind.CONTRADICTION, "$129|$29|export"),
        ("aws", "new-plans-secondary", PointKind.ASSUMPTION, "secondary|only one"),
        (
            "aws",
            "unified-brackets",
            PointKind.CONTRADICTION,
            "10% of the first|1,000,000|5,000,000|150,000",
        ),
        ("aws", "after-the-end", PointKind.NOT_STATED, "keep it or move to Business Support+"),
        ("aws", "move-to-enterprise", PointKind.NOT_STATED, "2026|automatically"),
        ("aws", "exclusions", PointKind.NOT_STATED, "at least"),
        ("aws", "last-day", PointKind.ASSUMPTION, "Discontinued|2026-12-31"),
        ("azure", "prices-secondary", PointKind.ASSUMPTION, "secondary"),
        ("google-cloud", "reseller-only", PointKind.ASSUMPTION, "reseller"),
        ("google-cloud", "p2-targets", PointKind.NOT_STATED, "P2|not recorded here"),
        ("google-cloud", "minimum-term", PointKind.CONTRADICTION, "one year|looks shifted"),
        ("huawei-cloud-intl", "two-ages", PointKind.ASSUMPTION, "older|2025-04-21"),
        ("huawei-cloud-intl", "enterprise-last-limit", PointKind.ASSUMPTION, "900,000|arithmetic"),
        ("huawei-cloud-intl", "on-ramp", PointKind.NOT_STATED, "may be cheaper"),
        ("huawei-cloud-intl", "scope", PointKind.CONTRADICTION, "per account|sums up master"),
        ("ibm-cloud", "basic-response", PointKind.NOT_STATED, "no target|severity 4 only"),
        ("ibm-cloud", "highest-plan", PointKind.ASSUMPTION, "highest plan|all child accounts"),
        (
            "ibm-cloud",
            "within-or-less",
            PointKind.CONTRADICTION,
            "less than one hour|within 1 hour",
        ),
        ("scaleway", "enterprise-minimum", PointKind.CONTRADICTION, "999|990"),
        ("scaleway", "change-of-plans", PointKind.ASSUMPTION, "2025-05-26|Silver and Gold"),
        (
            "yandex-cloud",
            "daily-rounding",
            PointKind.CONTRADICTION,
            "26.87|897.44|234.57|3,205.13|26.92|234.62",
        ),
        ("yandex-cloud", "business-constant", PointKind.ASSUMPTION, "125.64|2,564.10"),
    ],
)
def test_what_is_open_is_said(name: str, point_id: str, kind: PointKind, words: str) -> None:
    point = catalogue(name).open_point(point_id)
    assert point.kind is kind
    for phrase in words.split("|"):
        assert phrase in str(point.text)
        if phrase[-1].isdigit():
            assert phrase.removeprefix("$") in point.text.in_language("zh")


def test_huawei_s_plans_have_the_vendor_s_own_chinese_names() -> None:
    plans = catalogue("huawei-cloud-intl").plans
    names = [plan.name.in_language("zh") for plan in plans]
    assert names == ["基础级", "开发者级", "商业级", "Enterprise On-Ramp", "企业级"]


def test_who_answers_at_huawei() -> None:
    who = {
        plan.id.removeprefix("huawei-intl-"): {str(level.engineers) for level in plan.levels}
        for plan in catalogue("huawei-cloud-intl").plans
        if plan.levels
    }
    assert who == {
        "developer": {"engineers"},
        "business": {"experts"},
        "enterprise-onramp": {"technical experts"},
        "enterprise": {"senior experts"},
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("aws", "prorated for the rest of the month|billed at month end|minimum is prepaid"),
        ("azure", "without charge until 2024-06-30|ended on 2024-07-01"),
        ("scaleway", "at most once a month|on the 20th, days 1-19 are billed on the old plan"),
        ("huawei-cloud-intl", "minimum is prepaid|start of the next month|refunded by days"),
        ("huawei-cloud-intl", "due at once|by the days on each plan|may be refused"),
        (
            "ibm-cloud",
            "10% of consumption|minimum commitment|non-technical|no guarantee",
        ),
    ],
)
def test_how_the_fee_is_charged(name: str, words: str) -> None:
    said = "\n".join(str(item) for group in catalogue(name).facts for item in group.items)
    assert all(phrase in said for phrase in words.split("|"))


# Sources


@pytest.mark.parametrize(
    ("path", "level", "date"),
    [
        ("aws.plans.aws-business", "vendor", None),
        ("aws.plans.aws-business-plus", "secondary", None),
        ("aws.plans.aws-enterprise-2025", "secondary", None),
        ("aws.plans.aws-unified-operations", "secondary", None),
        ("azure.plans.azure-standard", "secondary", None),
        ("google-cloud.plans.gcp-premium", "reseller", None),
        ("ibm-cloud.plans.ibm-premium", "vendor", datetime.date(2024, 8, 6)),
        ("scaleway.plans.scw-enterprise", "vendor", datetime.date(2025, 5, 26)),
        ("scaleway.plans.scw-gold", "vendor", None),
        ("huawei-cloud-intl.plans.huawei-intl-enterprise", "vendor", None),
        ("yandex-cloud.plans.yandex-business-2022", "vendor", datetime.date(2023, 10, 1)),
    ],
)
def test_how_sure_a_fee_is(path: str, level: str, date: datetime.date | None) -> None:
    source = catalogue(owner(path)).source(CITES[f"{path}.cite"].source)
    assert (source.level, source.date) == (level, date)


def test_how_sure_a_first_response_is() -> None:
    found = {
        name: {
            (source.level, source.date)
            for plan in catalogue(name).plans
            for level in plan.levels
            for source in (catalogue(name).source(level.cite.source),)
        }
        for name in OTHERS
    }
    assert found == {
        "aws": {("vendor", datetime.date(2022, 10, 20)), ("secondary", None)},
        "azure": {("vendor", None)},
        "google-cloud": {("secondary", None)},  # A3: second sources confirm the reseller's
        "huawei-cloud-intl": {("vendor", datetime.date(2025, 4, 21))},
        "ibm-cloud": {("vendor", datetime.date(2024, 8, 6))},
        "scaleway": {("vendor", datetime.date(2025, 5, 26))},
        "yandex-cloud": {("vendor", None), ("vendor", datetime.date(2023, 10, 1))},
    }


@EVERY_CATALOGUE
def test_every_source_has_a_level_and_a_date_or_a_note(name: str) -> None:
    for source in catalogue(name).sources:
        assert source.level in LEVELS
        assert source.date or source.note or source.level in OWN_LEVELS, source.id


@EVERY_CATALOGUE
def test_a_class_of_severity_has_a_source_or_is_assumed(name: str) -> None:
    sources = {source.id for source in catalogue(name).sources}
    for severity in catalogue(name).severities:
        classed = severity.classed
        assert classed is None or classed.assumed or classed.cite.source in sources


@pytest.mark.parametrize("path", CITES)
def test_every_cite_names_a_source(path: str) -> None:
    sources = {source.id for source in catalogue(owner(path)).sources}
    assert CITES[path].source in sources


@EVERY_CATALOGUE
def test_no_source_is_idle(name: str) -> None:
    cited = {cite.source for path, cite in CITES.items() if path.startswith(f"{name}.")}
    cited |= {example.cite.source for example in catalogue(name).examples}
    assert {source.id for source in catalogue(name).sources} == cited


@pytest.mark.parametrize("name", SHIPPED)
def test_no_vendor_is_said_to_be_silent_whose_page_nobody_read_whole(name: str) -> None:
    """Else it is "not recorded here", in the texts and in the words that are made of them."""
    found = catalogue(name)
    said = [value for _, value in parts(found, name) if isinstance(value, Text)]
    silent = [
        text for text in said if re.search("not state|未说明", " ".join(text.by_language.values()))
    ]
    assert not silent or any(source.read for source in found.sources)


# Words


@pytest.mark.parametrize("path", TEXTS)
def test_every_text_is_there_in_both_languages(path: str) -> None:
    assert set(TEXTS[path].by_language) == {"en", "zh"}
    for words in TEXTS[path].by_language.values():
        assert words == words.strip()
        assert words
        assert "  " not in words


@pytest.mark.parametrize("path", [path for path in TEXTS if path.endswith(("fee_text", "worked"))])
def test_a_fee_has_the_same_numbers_in_both_languages(path: str) -> None:
    english, chinese = (
        sorted(NUMBER.findall(TEXTS[path].in_language(code))) for code in ("en", "zh")
    )
    assert english == chinese


@EVERY_CATALOGUE
def test_nothing_could_be_better(name: str) -> None:
    checked = check_catalogue(name)
    assert checked.catalogue is not None
    assert (checked.problems, checked.findings) == ((), ())


@EVERY_CATALOGUE
def test_the_catalogue_says_what_it_is_and_when_to_read_it_again(name: str) -> None:
    found = catalogue(name)
    assert "may differ" in str(found.about)
    assert found.review_after is not None
    assert found.review_after > TODAY


# Examples


def costs(plan: Plan) -> bool:
    fees = (plan.fees or {}).values()
    return bool(plan.extras) or any(fee.total != PiecewiseLinear.line() for fee in fees)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_plan_with_a_price_has_an_example(name: str) -> None:
    exercised = {example.plan for example in catalogue(name).examples}
    assert {plan.id for plan in catalogue(name).plans if costs(plan)} == exercised


def test_every_older_rule_has_an_example() -> None:
    for plan in PLANS.values():
        for rule in (rule for rule in plan.history if rule.until):
            assert rule.until is not None
            assert [
                example
                for _, example in EXAMPLES
                if example.plan == plan.id and example.as_of and example.as_of <= rule.until
            ]


@EVERY_EXAMPLE
def test_the_example_holds(name: str, example: Example) -> None:
    in_force = catalogue(name).on(example.as_of or TODAY).lasting()
    usage = Usage.level(example.spend, START, 1, example.quantities)
    expected = Decimal(example.fee.numerator) / example.fee.denominator
    for reading in in_force.readings:
        if example.reading in (None, reading.id):
            quote = price(in_force.plan(example.plan), usage, reading.id)
            assert quote is not None
            assert quote.monthly.total == expected


@EVERY_EXAMPLE
def test_the_example_says_how_it_was_worked_out(name: str, example: Example) -> None:
    assert example.worked is not None
    for code in ("en", "zh"):
        # where the words end in a sum, it comes to the fee
        tail = example.worked.in_language(code).split("=")[-1].strip()
        if re.fullmatch(r"[0-9,.]+( \+ [0-9,.]+)*", tail):
            terms = (Fraction(term.replace(",", "")) for term in tail.split(" + "))
            total = reduce(Fraction.__add__, terms)
            assert round_half_up(total, catalogue(name).currency) == Decimal(
                example.fee.numerator
            ) / Decimal(example.fee.denominator)


@pytest.mark.parametrize(
    ("plan_id", "spend", "fee"),
    [
        ("aws-developer", "2000", 60),
        ("aws-business", "85000", 6150),
        ("aws-pls", "1200000", 70500),
        ("scw-advanced", "500", 50),
        ("scw-advanced", "1000", 50),
        ("scw-advanced", "2000", 100),
        ("scw-business", "1500", 250),
        ("scw-business", "2000", 250),
        ("scw-business", "3000", 300),
        ("scw-enterprise", "4000", 990),
        ("scw-enterprise", "5000", 1000),
        ("scw-enterprise", "10000", 2000),
        ("scw-gold", "15000", 499),
        ("scw-gold", "17000", 510),
        ("yandex-business", "800", 64),
        ("yandex-business", "480", 48),  # billing accounts of 400 and 80 pay 44 and 4
        ("yandex-standard-2022", "849.230694", "21.14"),  # 21.138545
        ("aiven-priority-2022", "5000", 500),
        ("aiven-priority-2022", "12000", 540),
        ("yandex-business-2022", "3064.10", "227.56"),  # 227.563078, of 125.64 rounded before
    ],
)
def test_the_vendor_s_own_examples_are_there(plan_id: str, spend: str, fee: int | str) -> None:
    [(name, example)] = [
        (name, example)
        for name, example in EXAMPLES
        if (example.plan, example.spend) == (plan_id, Fraction(spend))
    ]
    assert example.fee == Fraction(fee)
    assert catalogue(name).source(example.cite.source).level == "vendor"


def test_no_other_example_is_said_to_be_the_vendor_s() -> None:
    levels = [catalogue(name).source(example.cite.source).level for name, example in EXAMPLES]
    assert levels.count("vendor") == 20
    assert set(levels) == {"vendor", "derived"}
