"""What a plan costs month by month: where amounts are rounded, and that the parts add up."""

import datetime
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.quote import Charge, apportion, price
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.period import Month
from supportcli.core.plan import (
    Catalogue,
    Channel,
    Cite,
    Fee,
    Limit,
    OpenPoint,
    Plan,
    PointKind,
    Reading,
    Severity,
    Source,
    Tam,
    TamFact,
)
from supportcli.core.schedule import (
    Bracket,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    normalise,
)
from supportcli.core.text import Text

quick = settings(deadline=None, max_examples=120)

START = Month(2026, 11)
CITE = Cite("page", "12")
NOTHING = Line()
TENTH = Line(rate=Fraction(1, 10))
SEVENTH_PERCENT = Fraction(7, 100)


def text(words: str) -> Text:
    return Text({"en": words})


def plan(
    fees: Mapping[str, tuple[Schedule, Schedule]] | None,
    currency: str = "CNY",
    plan_id: str = "enterprise",
) -> Plan:
    """A plan of which only the price matters: total and prepaid part by reading."""
    by_reading = None
    if fees is not None:
        by_reading = {
            reading: Fee(normalise(total), normalise(prepaid))
            for reading, (total, prepaid) in fees.items()
        }
    return Plan(
        id=plan_id,
        name=text(plan_id),
        tier=1,
        currency=currency,
        published=None,
        fees=by_reading,
        fee_text=None,
        cite=CITE,
        channels={},
        levels=(),
        tam=TamFact(Tam.UNKNOWN, None, None),
        limits=(),
        availability=None,
        like=None,
    )


def one(total: Schedule, prepaid: Schedule = NOTHING, currency: str = "CNY") -> Plan:
    return plan({"only": (total, prepaid)}, currency)


def level(spend: str, months: int = 12) -> Usage:
    return Usage.level(Fraction(spend), START, months)


def usage(*spends: str | None) -> Usage:
    return Usage(
        tuple(
            MonthSpend(START.plus(index), None if spend is None else Fraction(spend))
            for index, spend in enumerate(spends)
        )
    )


def charge(total: str, prepaid: str) -> Charge:
    return Charge(Decimal(total), Decimal(prepaid))


def test_level_usage_is_the_same_spend_in_consecutive_months() -> None:
    assert level("5", 3) == Usage(
        (
            MonthSpend(Month(2026, 11), Fraction(5)),
            MonthSpend(Month(2026, 12), Fraction(5)),
            MonthSpend(Month(2027, 1), Fraction(5)),
        )
    )
    assert len(Usage.level(None, START).months) == 12


@pytest.mark.parametrize(
    ("reading", "monthly", "postpaid", "annual"),
    [
        # 50,000 + 10 % of 120,000 = 62,000; 12 x 62,000 = 744,000
        ("additive", charge("62000.00", "50000.00"), "12000.00", charge("744000.00", "600000.00")),
        # max(50,000, 12,000) = 50,000; 12 x 50,000 = 600,000
        ("floor", charge("50000.00", "50000.00"), "0.00", charge("600000.00", "600000.00")),
    ],
)
def test_price_under_each_reading(
    reading: str, monthly: Charge, postpaid: str, annual: Charge
) -> None:
    """Alibaba Cloud Premier at 120,000 a month."""
    base = Line(Fraction(50000))
    premier = plan(
        {
            "additive": (Line(Fraction(50000), Fraction(1, 10)), base),
            "floor": (GreaterOf(base, TENTH), base),
        }
    )
    quote = price(premier, level("120000"), reading)
    assert quote is not None
    assert quote.plan is premier
    assert quote.reading == reading
    assert (quote.monthly, quote.annual) == (monthly, annual)
    assert str(quote.monthly.total) == str(monthly.total)
    assert str(quote.monthly.postpaid) == postpaid


@pytest.mark.parametrize(
    ("currency", "spend", "fee"),
    [
        ("CNY", "0.04", "0.00"),  # 0.004
        ("CNY", "0.05", "0.01"),  # 0.005, exactly half a cent
        ("CNY", "0.06", "0.01"),
        ("CNY", "1.25", "0.13"),  # 0.125: half to even would give 0.12
        ("JPY", "4", "0"),
        ("JPY", "5", "1"),  # 0.5: half to even would give 0
        ("JPY", "25", "3"),  # 2.5: half to even would give 2
        ("KWD", "0.005", "0.001"),
        ("KWD", "0.0049", "0.000"),
        ("KWD", "0.025", "0.003"),
    ],
)
def test_month_is_rounded_half_up_to_the_minor_unit(currency: str, spend: str, fee: str) -> None:
    quote = price(one(TENTH, currency=currency), level(spend, 1), "only")
    assert quote is not None
    assert str(quote.monthly.total) == fee


def test_year_is_the_sum_of_the_rounded_months() -> None:
    """10 % of 0.05 is half a cent and rounds to 0.01; twelve of them are 0.12, not 0.06."""
    quote = price(one(TENTH), level("0.05"), "only")
    assert quote is not None
    assert quote.annual.total == Decimal("0.12")
    assert [str(month.charge.total) for month in quote.months] == ["0.01"] * 12


def test_prepaid_is_rounded_and_postpaid_is_the_difference() -> None:
    """Total 7 % of 33.35 = 2.3345 to 2.33; prepaid 5 % = 1.6675 to 1.67; so postpaid is 0.66.

    2 % by itself would be 0.667 and round to 0.67, and the parts would come to 2.34.
    """
    quote = price(
        one(Line(rate=SEVENTH_PERCENT), Line(rate=Fraction(1, 20))), level("33.35"), "only"
    )
    assert quote is not None
    assert quote.monthly == charge("2.33", "1.67")
    assert quote.monthly.postpaid == Decimal("0.66")
    assert quote.annual == charge("27.96", "20.04")
    assert quote.annual.postpaid == Decimal("7.92")


def test_each_month_has_its_own_spend() -> None:
    """max(100, 10 %): 100; 100; 100.001 to 100.00; 250."""
    several = price(
        one(GreaterOf(Line(Fraction(100)), TENTH)), usage("0", "1000", "1000.01", "2500"), "only"
    )
    assert several is not None
    assert [str(month.month) for month in several.months] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
    ]
    assert [month.spend for month in several.months] == [0, 1000, Fraction("1000.01"), 2500]
    assert [str(month.charge.total) for month in several.months] == [
        "100.00",
        "100.00",
        "100.00",
        "250.00",
    ]
    assert several.monthly == several.months[0].charge
    assert several.annual.total == Decimal("550.00")


def test_unknown_price_is_none_and_never_nothing() -> None:
    assert price(plan(None), level("100"), "only") is None
    assert price(plan(None), Usage.level(None, START), "only") is None


def test_free_plan_costs_nothing() -> None:
    quote = price(one(NOTHING), level("100"), "only")
    assert quote is not None
    assert str(quote.annual.total) == "0.00"


def test_constant_fee_needs_no_spend() -> None:
    quote = price(one(Line(Fraction(5000)), Line(Fraction(5000))), Usage.level(None, START), "only")
    assert quote is not None
    assert quote.monthly == charge("5000.00", "5000.00")
    assert quote.annual.total == Decimal("60000.00")
    assert quote.months[0].spend is None
    assert [part.amount for part in quote.slices] == [Decimal("5000.00")]


@pytest.mark.parametrize("spends", [(None, None), ("100", None), (None, "100")])
def test_fee_that_hangs_on_an_unknown_spend_is_none(spends: tuple[str | None, ...]) -> None:
    minimum = one(GreaterOf(Line(Fraction(100)), TENTH))
    assert price(minimum, usage(*spends), "only") is None


def test_another_reading_can_do_without_the_spend() -> None:
    both = plan({"flat": (Line(Fraction(5000)), NOTHING), "additive": (TENTH, NOTHING)})
    assert price(both, usage(None), "additive") is None
    quote = price(both, usage(None), "flat")
    assert quote is not None
    assert quote.monthly.total == 5000


def test_slices_are_of_the_first_month_and_rounded_to_add_up() -> None:
    """10 % to 0.15, 5 % to 0.30, 3 % above; at 0.55: 0.015 + 0.0075 + 0.0075 = 0.03.

    Whole cents 1, 0, 0; two are missing and go to the largest remainders 0.75 and 0.75.
    """
    brackets = (
        Bracket(Fraction("0.15"), Fraction("0.1")),
        Bracket(Fraction("0.30"), Fraction("0.05")),
        Bracket(None, Fraction("0.03")),
    )
    quote = price(one(Graduated(brackets)), usage("0.55", "1000"), "only")
    assert quote is not None
    assert [str(part.amount) for part in quote.slices] == ["0.01", "0.01", "0.01"]
    assert [part.slice.start for part in quote.slices] == [0, Fraction("0.15"), Fraction("0.30")]
    assert str(quote.monthly.total) == "0.03"


@pytest.mark.parametrize(
    ("parts", "total", "currency", "expected"),
    [
        (["1/3", "1/3", "1/3"], "1.00", "CNY", ["0.34", "0.33", "0.33"]),  # first first
        (["0.335", "0.335", "0.33"], "1.00", "CNY", ["0.34", "0.33", "0.33"]),
        (["0.331", "0.339", "0.33"], "1.00", "CNY", ["0.33", "0.34", "0.33"]),
        (["0.5", "0.5"], "1", "JPY", ["1", "0"]),
        (["0.0004", "0.0006"], "0.001", "KWD", ["0.000", "0.001"]),
        (["0.002", "0.002"], "0.00", "CNY", ["0.00", "0.00"]),
        (["0.005"], "0.01", "CNY", ["0.01"]),
        (["1000", "4900", "250"], "6150.00", "USD", ["1000.00", "4900.00", "250.00"]),
        ([], "0.00", "CNY", []),
    ],
)
def test_apportioned_by_largest_remainder(
    parts: list[str], total: str, currency: str, expected: list[str]
) -> None:
    found = apportion([Fraction(part) for part in parts], Decimal(total), currency)
    assert [str(amount) for amount in found] == expected


UNITS = {"JPY": Fraction(1), "CNY": Fraction(1, 100), "KWD": Fraction(1, 1000)}


def half_up(amount: Decimal, unit: Fraction) -> Decimal:
    decimals = Decimal(unit.numerator) / unit.denominator
    return amount.quantize(decimals, rounding=ROUND_HALF_UP)


@quick
@given(
    st.lists(st.integers(0, 10**12).map(lambda n: Decimal(n).scaleb(-6)), min_size=1, max_size=8),
    st.sampled_from(sorted(UNITS)),
)
def test_apportioned_parts_add_up_each_within_a_unit(parts: list[Decimal], currency: str) -> None:
    unit = UNITS[currency]
    total = half_up(sum(parts, Decimal(0)), unit)
    found = apportion([Fraction(part) for part in parts], total, currency)
    assert sum(found) == total
    for part, amount in zip(parts, found, strict=True):
        assert abs(Fraction(amount) - Fraction(part)) < unit
        assert Fraction(amount) % unit == 0
        assert amount >= 0


cents = st.integers(0, 10**7).map(lambda n: Fraction(n, 100))
rates = st.integers(0, 300).map(lambda n: Fraction(n, 1000))


@quick
@given(cents, rates, rates, st.lists(cents, min_size=1, max_size=5), st.sampled_from(sorted(UNITS)))
def test_every_sum_of_a_quote_adds_up(
    base: Fraction, low: Fraction, high: Fraction, spends: list[Fraction], currency: str
) -> None:
    brackets = (Bracket(Fraction(10000), low), Bracket(None, high))
    total = GreaterOf(Line(base), Graduated(brackets))
    bought = one(total, LesserOf(Line(base), total), currency)
    months = tuple(MonthSpend(START.plus(i), spend) for i, spend in enumerate(spends))
    quote = price(bought, Usage(months), "only")
    assert quote is not None
    assert sum(part.amount for part in quote.slices) == quote.monthly.total
    assert sum(month.charge.total for month in quote.months) == quote.annual.total
    assert sum(month.charge.prepaid for month in quote.months) == quote.annual.prepaid
    assert sum(month.charge.postpaid for month in quote.months) == quote.annual.postpaid
    for month, spend in zip(quote.months, spends, strict=True):
        graduated = low * min(spend, Fraction(10000)) + high * max(Fraction(0), spend - 10000)
        exact = max(base, graduated)
        # at most five decimals, so the decimal module can say what half up is
        assert month.charge.total == half_up(
            Decimal(int(exact * 10**5)).scaleb(-5), UNITS[currency]
        )
        assert month.charge.prepaid + month.charge.postpaid == month.charge.total
        assert month.charge.postpaid >= 0


# The catalogue's own look-ups: small, and needed by whoever prints a quote.


def a_reading(reading_id: str) -> Reading:
    return Reading(reading_id, text(reading_id), None, text("why"), None)


def a_point(point_id: str, *plans: str) -> OpenPoint:
    return OpenPoint(point_id, PointKind.NOT_STATED, text("?"), None, None, plans, False, CITE)


def a_catalogue(likeliest: str) -> Catalogue:
    return Catalogue(
        id="vendor",
        name=text("Vendor"),
        currency="CNY",
        about=text("about"),
        spend=text("list price"),
        review_after=datetime.date(2026, 12, 31),
        file=b"",
        sources=(Source("page", text("page"), "vendor", None, None),),
        severities=(Severity("outage", text("outage")),),
        channels=(Channel("phone", text("phone"), False, None),),
        readings=(a_reading("additive"), a_reading("floor"), a_reading("flat")),
        default_reading="additive",
        likeliest_reading=likeliest,
        plans=(plan(None, plan_id="basic"), plan(None, plan_id="premier")),
        content=(),
        facts=(),
        open_points=(a_point("all"), a_point("some", "premier")),
    )


def test_catalogue_finds_by_id() -> None:
    catalogue = a_catalogue("floor")
    assert catalogue.plan("premier").id == "premier"
    assert catalogue.reading("flat").id == "flat"
    assert catalogue.severity("outage").id == "outage"
    assert catalogue.channel("phone").id == "phone"
    assert catalogue.source("page").level == "vendor"
    assert catalogue.open_point("some").id == "some"
    with pytest.raises(KeyError, match="enterprise"):
        catalogue.plan("enterprise")


@pytest.mark.parametrize(
    ("likeliest", "in_use", "shown"),
    [
        ("floor", "additive", ["additive", "floor"]),
        ("floor", "floor", ["floor", "additive"]),
        ("additive", "floor", ["floor", "additive"]),
        ("additive", "additive", ["additive"]),
    ],
)
def test_headline_readings(likeliest: str, in_use: str, shown: list[str]) -> None:
    """The one in use, then the default (additive here) and the likeliest where they differ."""
    assert [r.id for r in a_catalogue(likeliest).headline_readings(in_use)] == shown


def test_open_point_without_plans_concerns_all() -> None:
    catalogue = a_catalogue("floor")
    concerned = {
        point.id: [each.id for each in catalogue.plans if point.concerns(each)]
        for point in catalogue.open_points
    }
    assert concerned == {"all": ["basic", "premier"], "some": ["premier"]}


def test_words_in_a_language_or_in_english_or_in_what_there_is() -> None:
    assert Text({"zh": "顶级", "en": "Premier"}).in_language("zh") == "顶级"
    assert Text({"zh": "顶级", "en": "Premier"}).in_language("de") == "Premier"
    assert Text({"zh": "顶级"}).in_language("de") == "顶级"
    assert str(Text({"zh": "顶级", "en": "Premier"})) == "Premier"


def test_cite_is_shown_with_its_place_if_it_has_one() -> None:
    assert str(Cite("sow", "S136")) == "sow:S136"
    assert str(Cite("sow", "")) == "sow"


def test_plan_finds_its_limit() -> None:
    tickets = Limit("tickets", 30, text("30 tickets a month"), CITE)
    limited = plan(None)._replace(limits=(tickets,))
    assert limited.limit("tickets") is tickets
    assert limited.limit("contacts") is None
