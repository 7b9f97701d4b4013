"""Ten mistakes that others made with support fees; each test also shows what the mistake gives."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from supportcli.advice.quote import Charge, Quote, price
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import round_half_up
from supportcli.core.period import Month
from supportcli.core.plan import Plan
from supportcli.errors import CatalogueError
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.loader import load_catalogue

START = Month(2026, 1)
TODAY = datetime.date(2026, 11, 23)
ONE_DAY = datetime.timedelta(days=1)


@cache
def shelf() -> dict[str, Catalogue]:
    return {name: load_catalogue(name) for name in SHIPPED}


def plan(plan_id: str) -> Plan:
    [found] = [p for catalogue in shelf().values() for p in catalogue.plans if p.id == plan_id]
    return found


def quote(priced: Plan, spend: str, reading: str = "published") -> Quote:
    found = price(priced, Usage.level(Fraction(spend), START), reading)
    assert found is not None
    return found


def charge(plan_id: str, spend: str, reading: str = "published") -> Charge:
    return quote(plan(plan_id), spend, reading).monthly


def fee(plan_id: str, spend: str, reading: str = "published") -> Decimal:
    return charge(plan_id, spend, reading).total


def dollars(amount: str) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


# 1 Whole-amount arithmetic where the rule is graduated


@pytest.mark.parametrize(
    ("plan_id", "spend", "right", "whole_amount"),
    [
        # 1,000 + 7% of 15,000, and not 7% of all 25,000
        ("aws-business", "25000", "2050", "1750"),
        ("gcp-enhanced", "100000", "6900", "5000"),
        ("aws-business-plus", "300000", "15800", "9000"),
        ("huawei-intl-enterprise", "1000000", "61050", "30000"),
        ("aws-unified-operations", "6000000", "390000", "300000"),
        ("yandex-business-2022", "3205.13", "234.62", "237.18"),
    ],
)
def test_1_graduated_is_not_whole_amount(
    plan_id: str, spend: str, right: str, whole_amount: str
) -> None:
    assert fee(plan_id, spend) == dollars(right)
    assert fee(plan_id, spend) != dollars(whole_amount)


# 2 Adding where the rule is the greater of


@pytest.mark.parametrize(
    ("plan_id", "spend", "greater", "added"),
    [
        ("aws-developer", "2000", "60", "89"),
        ("aws-business", "500", "100", "150"),
        ("aws-enterprise-onramp", "80000", "8000", "13500"),
        ("gcp-standard", "2000", "60", "89"),
        ("ibm-advanced", "5000", "500", "700"),
        ("ibm-premium", "150000", "15000", "25000"),
    ],
)
def test_2_the_greater_of_is_not_the_sum(
    plan_id: str, spend: str, greater: str, added: str
) -> None:
    assert fee(plan_id, spend) == dollars(greater)
    assert fee(plan_id, spend) != dollars(added)


def test_2_nor_is_a_sum_the_greater_of() -> None:
    assert fee("yandex-business", "800") == 64  # 24 + 40, the greater of them is 40
    until_2024 = plan("gcp-standard").frozen_on(datetime.date(2024, 10, 31))
    assert quote(until_2024, "2000").monthly.total == 89  # 29 + 60, the greater of them is 60


# 3 The minimum missing, or subtracted too early


@pytest.mark.parametrize(
    ("plan_id", "spend", "minimum", "without_it"),
    [
        ("aws-developer", "500", "29", "15"),
        ("aws-enterprise", "12529", "15000", "1252.90"),
        ("scw-enterprise", "3000", "999", "600"),
        ("huawei-intl-business", "0", "90", "0"),
    ],
)
def test_3_the_minimum_is_there(plan_id: str, spend: str, minimum: str, without_it: str) -> None:
    reading = "table" if plan_id.startswith("scw") else "published"
    assert fee(plan_id, spend, reading) == dollars(minimum)
    assert dollars(minimum) > dollars(without_it)


@pytest.mark.parametrize("spend", ["0", "0.01", "12529", "149999.99", "150000", "150001"])
def test_3_nothing_is_charged_after_the_month_below_the_minimum(spend: str) -> None:
    parts = charge("aws-enterprise", spend)
    assert parts.postpaid is not None
    assert parts.postpaid == max(Decimal(0), parts.total - 15_000) >= 0


def test_3_a_minimum_subtracted_too_early_would_give_a_fee_below_zero() -> None:
    tenth = Decimal("1252.90")
    assert tenth - 15_000 == Decimal("-13747.10")  # what a tool once answered
    assert charge("aws-enterprise", "12529") == Charge(Decimal(15_000), Decimal(15_000))


# 4 A flat price stored as a rate


@pytest.mark.parametrize(
    ("plan_id", "amount"),
    [
        ("azure-developer", 29),
        ("azure-standard", 100),
        ("azure-prodirect", 1000),
        ("huawei-intl-developer", 26),
    ],
)
def test_4_a_flat_price_is_flat(plan_id: str, amount: int) -> None:
    spends = ["0", "0.01", "1000", "10000", "999999999.99"]
    assert [fee(plan_id, spend) for spend in spends] == [amount] * len(spends)
    as_a_rate = [Fraction(amount, 1000) * Fraction(spend) for spend in spends]
    # 29 as 0.029 is right at one spend only, which makes it so hard to see
    assert [rate == amount for rate in as_a_rate] == [False, False, True, False, False]


@pytest.mark.parametrize("wrong", ["{percent: 29}", "{percent: 2900%}", "{flat: 29%}", "29"])
def test_4_an_amount_is_no_rate_and_a_rate_no_amount(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(
        "id: one\nname: One\ncurrency: USD\n"
        f"plans: [{{id: only, name: Only, tier: 1, fee: {wrong}}}]\n",
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError, match="write"):
        load_catalogue(path)


# 5 The neighbouring bracket


@pytest.mark.parametrize(
    ("spend", "right", "one_bracket_down", "one_bracket_up"),
    [
        ("9000", "900", None, "630"),
        ("11000", "1070", "1100", "1050"),
        ("80000", "5900", "5900", "5900"),
        ("85000", "6150", "6250", "6050"),
        ("260000", "14700", "14900", None),
    ],
)
def test_5_the_bracket_is_the_right_one(
    spend: str, right: str, one_bracket_down: str | None, one_bracket_up: str | None
) -> None:
    assert fee("aws-business", spend) == dollars(right)
    neighbours = [dollars(wrong) for wrong in (one_bracket_down, one_bracket_up) if wrong]
    on_the_border = spend == "80000"
    assert all((wrong == dollars(right)) is on_the_border for wrong in neighbours)


@pytest.mark.parametrize(
    ("border", "at_the_border", "a_hundred_less", "a_hundred_more"),
    [
        ("10000", "1000", "990", "1007"),
        ("80000", "5900", "5893", "5905"),
        ("250000", "14400", "14395", "14403"),
    ],
)
def test_5_the_rate_changes_at_the_border(
    border: str, at_the_border: str, a_hundred_less: str, a_hundred_more: str
) -> None:
    around = (int(border) - 100, int(border), int(border) + 100)
    assert [fee("aws-business", str(spend)) for spend in around] == [
        dollars(a_hundred_less),
        dollars(at_the_border),
        dollars(a_hundred_more),
    ]


# 6 The minimum assumed though the percentage is higher


@pytest.mark.parametrize(
    ("plan_id", "spend", "right", "minimum"),
    [
        ("aws-enterprise-onramp", "80000", "8000", "5500"),
        ("aws-enterprise-2025", "100000", "10000", "5000"),
        ("ibm-premium", "150000", "15000", "10000"),
        ("gcp-premium", "300000", "25500", "15000"),
    ],
)
def test_6_a_higher_percentage_is_charged(
    plan_id: str, spend: str, right: str, minimum: str
) -> None:
    assert fee(plan_id, spend) == dollars(right)
    assert fee(plan_id, "0") == dollars(minimum) < dollars(right)


# 7 Binary floating point


@pytest.mark.parametrize(
    ("plan_id", "spend", "right", "in_floats"),
    [
        ("aws-developer", "1001.50", "30.05", lambda spend: spend * 0.03),
        ("yandex-business", "0.10", "24.01", lambda spend: 24 + spend * 0.05),
        ("aws-business", "10000.50", "1000.04", lambda spend: 1000 + (spend - 10000) * 0.07),
        ("ibm-advanced", "2000.05", "200.01", lambda spend: spend * 0.1),
    ],
)
def test_7_half_a_cent_is_not_lost_in_a_float(
    plan_id: str, spend: str, right: str, in_floats: Callable[[float], float]
) -> None:
    assert fee(plan_id, spend) == dollars(right)
    assert f"{in_floats(float(spend)):.2f}" == str(dollars(right) - dollars("0.01"))


def test_7_great_amounts_keep_their_cents() -> None:
    # 1,000 + 4,900 + 8,500 + 3% of 999,999,749,999.67
    assert fee("aws-business", "999999999999.67") == dollars("30000006899.99")
    assert fee("yandex-business", "0.1") != fee("yandex-business", "0.09")


def test_7_a_spend_finer_than_the_cent_is_rounded_only_as_a_fee() -> None:
    spend = "55000.049999"  # 10% is 5,500.0049999; of the spend rounded to cents, 5,500.005
    assert fee("aws-enterprise-onramp", spend) == dollars("5500.00")
    assert fee("aws-enterprise-onramp", "55000.05") == dollars("5500.01")


# 8 Drift from rounding every day


@pytest.mark.parametrize(
    ("plan_id", "spend", "monthly", "published"),
    [
        ("yandex-standard-2022", "897.44", "26.92", "26.87"),
        ("yandex-business-2022", "3205.13", "234.62", "234.57"),
    ],
)
def test_8_a_month_is_rounded_once(plan_id: str, spend: str, monthly: str, published: str) -> None:
    assert fee(plan_id, spend) == dollars(monthly) != dollars(published)
    fees = plan(plan_id).fees
    assert fees is not None
    exact = fees["published"].total(Fraction(spend))
    by_day = {days: round_half_up(exact / days, "USD") * days for days in (28, 30, 31)}
    assert all(total != dollars(monthly) for total in by_day.values())


def test_8_a_page_that_multiplies_another_spend_is_not_followed() -> None:
    # "769.23 + 10 x 20" is 969.23: 76.923078 + 200 x 7%; the page takes 7% of 100, 83.923078
    assert fee("yandex-business-2022", "969.23") == dollars("90.92") != dollars("83.92")


def test_8_a_year_is_twelve_rounded_months_as_invoices_are() -> None:
    # 3% of 1,000.50 is 30.015: twelve invoices of 30.02, and not 360.18
    assert quote(plan("aws-developer"), "1000.50").annual.total == dollars("360.24")


# 9 The support fee counted in its own base


@pytest.mark.parametrize(
    ("plan_id", "spend", "right", "on_top_of_itself"),
    [
        ("aws-enterprise-onramp", "80000", "8000", "8800"),
        ("aws-developer", "2000", "60", "61.80"),
        ("yandex-business", "800", "64", "67.20"),
        ("ibm-advanced", "5000", "500", "550"),
    ],
)
def test_9_the_fee_does_not_feed_back(
    plan_id: str, spend: str, right: str, on_top_of_itself: str
) -> None:
    months = quote(plan(plan_id), spend).months
    assert {month.charge.total for month in months} == {dollars(right)}
    assert {month.spend for month in months} == {Fraction(spend)}
    with_the_fee = str(Decimal(spend) + dollars(right))
    assert fee(plan_id, with_the_fee) == dollars(on_top_of_itself) != dollars(right)


# What each catalogue says about the support fee: that it is no spend, or that this is open.
SAID = {
    "alibaba-cloud-cn": "support fee excluded",
    "aws": "support fee excluded",
    "google-cloud": "what counts as spend",
    "huawei-cloud-intl": "without support plans",
    "ibm-cloud": "support fee",
    "scaleway": "charges that do not count as spend",
    "yandex-cloud": "support fee",
    **dict.fromkeys(("aiven", "cloud-digit", "vshn"), "support fee"),
}


@pytest.mark.parametrize("name", SAID)
def test_9_every_catalogue_says_whether_the_support_fee_is_spend(name: str) -> None:
    assert SAID[name] in said_about_spend(shelf()[name]).lower()


def test_9_where_nothing_depends_on_spend_nothing_need_be_said() -> None:
    assert set(SHIPPED) - set(SAID) == {"azure", "cloud-gov"}
    for name in ("azure", "cloud-gov"):
        fees = [fee for p in shelf()[name].plans for fee in (p.fees or {}).values()]
        assert len(fees) == 4
        assert all(fee.total.is_constant() for fee in fees)


def said_about_spend(catalogue: Catalogue) -> str:
    """The words for spend, for what is excluded from it, and of the open points."""
    excluded = [clause.text for clause in (catalogue.terms.excludes,) if clause]
    points = [point.text for point in catalogue.open_points]
    return "\n".join(map(str, (catalogue.spend, *excluded, *points)))


# 10 Two generations of a price list mixed


# catalogue, older plan, newer plan, the older one's last day
GENERATIONS = [
    ("aws", "aws-enterprise", "aws-enterprise-2025", datetime.date(2025, 12, 1)),
    ("yandex-cloud", "yandex-business-2022", "yandex-business", datetime.date(2023, 9, 30)),
    ("yandex-cloud", "yandex-standard-2022", "yandex-business", datetime.date(2023, 9, 30)),
    ("scaleway", "scw-silver", "scw-advanced", datetime.date(2025, 5, 25)),
    ("scaleway", "scw-gold", "scw-business", datetime.date(2025, 5, 25)),
]


def some_days() -> Iterator[datetime.date]:
    """The first of every month of many years, and the days around every change."""
    yield from (datetime.date(y, m, 1) for y, m in product(range(2020, 2031), range(1, 13)))
    changes = [last for *_, last in GENERATIONS]
    for last in (*changes, datetime.date(2024, 10, 31), datetime.date(2026, 12, 31)):
        yield from (last - ONE_DAY, last, last + ONE_DAY)


DAYS = sorted({*some_days(), TODAY})


@pytest.mark.parametrize(
    ("name", "older", "newer", "last"),
    GENERATIONS,
    ids=[f"{older} and {newer}" for _, older, newer, _ in GENERATIONS],
)
def test_10_of_two_generations_one_is_in_force(
    name: str, older: str, newer: str, last: datetime.date
) -> None:
    for day in DAYS:
        there = {p.id for p in shelf()[name].in_force(day).plans} & {older, newer}
        assert there == {older if day <= last else newer}


@pytest.mark.parametrize("name", SHIPPED)
def test_10_a_plan_and_its_successor_are_both_in_force_only_where_the_vendor_sells_both(
    name: str,
) -> None:
    for day in DAYS:
        there = shelf()[name].in_force(day).plans
        ids = [p.id for p in there]
        assert len(ids) == len(set(ids))
        both = {p.id for p in there if p.validity.successor in ids}
        # AWS: the new plans since 2025-12-02, the old ones discontinued on 2027-01-01
        sold = name == "aws" and datetime.date(2025, 12, 2) <= day <= datetime.date(2026, 12, 31)
        ending = {"aws-developer", "aws-business", "aws-enterprise-onramp"}
        assert both == (ending if sold else set())


def test_10_the_classic_plans_end_and_only_the_new_ones_stay() -> None:
    after = shelf()["aws"].in_force(datetime.date(2027, 1, 2))
    assert {p.id for p in after.plans} == {
        "aws-basic",
        "aws-business-plus",
        "aws-enterprise-2025",
        "aws-unified-operations",
    }
    before = shelf()["aws"].in_force(datetime.date(2025, 12, 1))
    assert not {p.id for p in before.plans} & {p.id for p in after.plans} - {"aws-basic"}


@pytest.mark.parametrize(
    ("plan_id", "spend", "before", "since"),
    [
        ("gcp-standard", "2000", "89", "60"),
        ("gcp-enhanced", "10000", "800", "1000"),
        ("gcp-premium", "100000", "16500", "15000"),
    ],
)
def test_10_google_s_rules_change_on_one_day(
    plan_id: str, spend: str, before: str, since: str
) -> None:
    last = datetime.date(2024, 10, 31)
    for day in DAYS:
        in_force = shelf()["google-cloud"].in_force(day).lasting().plan(plan_id)
        right = before if day <= last else since
        assert quote(in_force, spend).monthly.total == dollars(right)
        assert in_force.fee_text is not None
        assert ("plus" in str(in_force.fee_text)) is (day <= last)


@pytest.mark.parametrize(
    ("older", "newer", "spend", "before", "since"),
    [
        ("aws-enterprise", "aws-enterprise-2025", "40000", "15000", "5000"),
        ("yandex-business-2022", "yandex-business", "2000", "163.08", "124"),
    ],
)
def test_10_the_generations_differ(
    older: str, newer: str, spend: str, before: str, since: str
) -> None:
    assert (fee(older, spend), fee(newer, spend)) == (dollars(before), dollars(since))
