"""What a plan costs month by month: where amounts are rounded, and that the parts add up."""

import datetime
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.quote import Charge, Quote, price
from supportcli.advice.usage import (
    Billing,
    Growth,
    MonthSpend,
    Order,
    Spends,
    Usage,
    usage_of,
)
from supportcli.core.catalogue import Catalogue, Channel, OpenPoint, PointKind, Reading, Severity
from supportcli.core.conditions import Clause, Conditions, PartMonth, Proration, Scope, Spreading
from supportcli.core.money import apportion
from supportcli.core.period import Month, Term
from supportcli.core.plan import Fee, Limit, Plan, Tam, TamFact
from supportcli.core.quantity import Extra
from supportcli.core.schedule import (
    Bracket,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    Sum,
    normalise,
)
from supportcli.core.source import Cite, Source
from supportcli.core.text import Text
from supportcli.inputs.catalogue.loader import load_catalogue
from tests.builders import (
    apiece,
    day,
    extra,
    flat,
    numbers,
    past,
    share,
    shipped,
    with_past,
)

quick = settings(deadline=None, max_examples=120)

START = Month(2026, 11)
CITE = Cite("page", "12")
NOTHING = Line()
TENTH = Line(rate=Fraction(1, 10))
SEVENTH_PERCENT = Fraction(7, 100)


def text(words: str) -> Text:
    return Text({"en": words})


def plan(
    fees: Mapping[str, tuple[Schedule, Schedule | None]] | None,
    currency: str = "CNY",
    plan_id: str = "enterprise",
) -> Plan:
    """A plan of which only the price matters: total and prepaid part by reading."""
    by_reading = None
    if fees is not None:
        by_reading = {
            reading: Fee(normalise(total), None if prepaid is None else normalise(prepaid))
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


def one(total: Schedule, prepaid: Schedule | None = NOTHING, currency: str = "CNY") -> Plan:
    return plan({"only": (total, prepaid)}, currency)


def level(spend: str | None, months: int = 12) -> Usage:
    return Usage.level(None if spend is None else Fraction(spend), START, months)


def beside(spend: str | None, **quantities: str) -> Usage:
    """A year at one spend and those quantities beside it."""
    return level(spend)._replace(quantities=numbers(**quantities))


def usage(*spends: str | None) -> Usage:
    return Usage(
        tuple(
            MonthSpend(START.plus(index), None if spend is None else Fraction(spend))
            for index, spend in enumerate(spends)
        )
    )


def charge(total: str, prepaid: str) -> Charge:
    return Charge(Decimal(total), Decimal(prepaid))


def known(amount: Decimal | None) -> Decimal:
    assert amount is not None
    return amount


def priced(bought: Plan, months: Usage) -> Quote:
    quote = price(bought, months, "only")
    assert quote is not None
    return quote


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
    assert sum(known(month.charge.prepaid) for month in quote.months) == quote.annual.prepaid
    assert sum(known(month.charge.postpaid) for month in quote.months) == quote.annual.postpaid
    for month, spend in zip(quote.months, spends, strict=True):
        graduated = low * min(spend, Fraction(10000)) + high * max(Fraction(0), spend - 10000)
        exact = max(base, graduated)
        # at most five decimals, so the decimal module can say what half up is
        assert month.charge.total == half_up(
            Decimal(int(exact * 10**5)).scaleb(-5), UNITS[currency]
        )
        assert known(month.charge.prepaid) + known(month.charge.postpaid) == month.charge.total
        assert known(month.charge.postpaid) >= 0


def rounded_parts(quote: Quote) -> list[Decimal]:
    return [*(part.amount for part in quote.slices), *(part.amount for part in quote.extras)]


# Prices beside the spend: a plan of 1,000 + 10% of 20,000 = 3,000 a month, 36,000 a year

SEATS = extra("seats", apiece("100"), "seats")
DEVELOPERS = extra("developers", apiece("100"), "developers")
OPERATORS = extra("operators", apiece("250"), "operators")
PACKS = extra("packs", apiece("300"), "incidents", pack=5)
ENGINEER = extra(
    "engineer", Sum(flat("2500"), Excess(Fraction(10), Fraction(250))), "hours", yearly=True
)
COVER = extra("cover", GreaterOf(flat("7000"), share("2")), "covered", optional=True)
PORTAL = extra("portal", flat("40"))
VISIT = extra("visit", flat("600"), yearly=True)


def bought_with(*extras: Extra, prepaid: Schedule | None = NOTHING, currency: str = "CNY") -> Plan:
    return one(share("10", "1000"), prepaid, currency)._replace(extras=extras)


@pytest.mark.parametrize(
    ("extras", "given_numbers", "first", "second", "annual", "amounts"),
    [
        pytest.param([], {}, "3000", "3000", "36000", [], id="no extras"),
        # 25 x 100 = 2,500; 12 x 5,500
        pytest.param(
            [SEATS], {"seats": "25"}, "5500", "5500", "66000", ["2500"], id="25 seats at 100"
        ),
        # 20 x 100 = 2,000 and 5 x 250 = 1,250; 12 x 6,250
        pytest.param(
            [DEVELOPERS, OPERATORS],
            {"developers": "20", "operators": "5"},
            *("6250", "6250", "75000"),
            ["2000", "1250"],
            id="25 seats, roles mixed",
        ),
        pytest.param(
            [SEATS], {"seats": "0"}, "3000", "3000", "36000", ["0"], id="no seats is a number too"
        ),
        # 12 incidents are two packs of five and one begun: 3 x 300 = 900
        pytest.param(
            [PACKS], {"incidents": "12"}, "3900", "3900", "46800", ["900"], id="a pack begun"
        ),
        pytest.param(
            [PACKS], {"incidents": "15"}, "3900", "3900", "46800", ["900"], id="whole packs"
        ),
        pytest.param(
            [PACKS], {"incidents": "16"}, "4200", "4200", "50400", ["1200"], id="one more"
        ),
        # 2,500 a year with 10 hours, 250 for each further one: 2,500 + 4 x 250 = 3,500
        pytest.param(
            [ENGINEER], {"hours": "14"}, "6500", "3000", "39500", ["3500"], id="further hours"
        ),
        pytest.param(
            [ENGINEER], {"hours": "10"}, "5500", "3000", "38500", ["2500"], id="included hours"
        ),
        pytest.param(
            [ENGINEER], {"hours": "10.5"}, "5625", "3000", "38625", ["2625"], id="half an hour"
        ),
        # 2% of 500,000 = 10,000; 2% of 100,000 = 2,000, less than 7,000
        pytest.param(
            [COVER], {"covered": "500000"}, "13000", "13000", "156000", ["10000"], id="add-on"
        ),
        pytest.param(
            [COVER],
            {"covered": "100000"},
            *("10000", "10000", "120000"),
            ["7000"],
            id="add-on at its minimum",
        ),
        pytest.param([COVER], {}, "3000", "3000", "36000", [], id="add-on not taken"),
        pytest.param(
            [COVER, PORTAL], {}, "3040", "3040", "36480", ["40"], id="constant, always charged"
        ),
        # 36,000 + 12 x 200 + 600
        pytest.param(
            [SEATS, VISIT],
            {"seats": "2"},
            *("3800", "3200", "39000"),
            ["200", "600"],
            id="monthly and yearly",
        ),
    ],
)
def test_extras_worked_by_hand(
    extras: list[Extra],
    given_numbers: dict[str, str],
    first: str,
    second: str,
    annual: str,
    amounts: list[str],
) -> None:
    quote = priced(bought_with(*extras), beside("20000", **given_numbers))
    assert quote.monthly == quote.months[0].charge
    assert quote.monthly.total == Decimal(first)
    assert {month.charge.total for month in quote.months[1:]} == {Decimal(second)}
    assert quote.annual.total == Decimal(annual)
    assert [part.amount for part in quote.extras] == [Decimal(amount) for amount in amounts]
    assert [part.amount for part in quote.slices] == [Decimal(3000)]


FIRST_MONTHLY = extra("held", apiece("100"), "seats", prepaid=True)
FIRST_YEARLY = extra("setup", flat("600"), yearly=True, prepaid=True)


@pytest.mark.parametrize(
    ("extras", "first", "second", "annual"),
    [
        # 1,000 of 3,000 is prepaid; two seats are 200 a month, the set-up 600 a year
        ([], ("1000", "2000"), ("1000", "2000"), ("12000", "24000")),
        ([SEATS], ("1000", "2200"), ("1000", "2200"), ("12000", "26400")),
        ([FIRST_MONTHLY], ("1200", "2000"), ("1200", "2000"), ("14400", "24000")),
        ([VISIT], ("1000", "2600"), ("1000", "2000"), ("12000", "24600")),
        ([FIRST_YEARLY], ("1600", "2000"), ("1000", "2000"), ("12600", "24000")),
        (
            [SEATS, FIRST_MONTHLY, VISIT, FIRST_YEARLY],
            *(("1800", "2800"), ("1200", "2200"), ("15000", "27000")),
        ),
    ],
)
def test_an_extra_is_prepaid_or_postpaid_as_it_says(
    extras: list[Extra],
    first: tuple[str, str],
    second: tuple[str, str],
    annual: tuple[str, str],
) -> None:
    quote = priced(bought_with(*extras, prepaid=flat("1000")), beside("20000", seats="2"))
    for charged, (prepaid, postpaid) in (
        (quote.monthly, first),
        (quote.months[1].charge, second),
        (quote.annual, annual),
    ):
        assert (charged.prepaid, charged.postpaid) == (Decimal(prepaid), Decimal(postpaid))
        assert charged.total == Decimal(prepaid) + Decimal(postpaid)


def test_what_is_prepaid_is_not_known_where_nobody_says() -> None:
    extras = (FIRST_MONTHLY, FIRST_YEARLY)
    quote = priced(bought_with(*extras, prepaid=None), beside("20000", seats="2"))
    assert quote.monthly == Charge(Decimal("3800.00"), None)
    assert quote.annual == Charge(Decimal("39000.00"), None)
    for charged in (quote.monthly, quote.annual, *(month.charge for month in quote.months)):
        assert charged.prepaid is None
        assert charged.postpaid is None


def test_yearly_charges_fall_into_the_first_month_of_each_year() -> None:
    quote = priced(bought_with(VISIT), level("20000", 30))
    dearer = [str(m.month) for m in quote.months if m.charge.total == Decimal("3600.00")]
    assert dearer == ["2026-11", "2027-11", "2028-11"]
    assert quote.annual.total == Decimal("36600.00")


def test_a_term_of_less_than_a_year_bears_the_whole_yearly_charge() -> None:
    quote = priced(bought_with(VISIT), level("20000", 1))
    assert quote.monthly.total == quote.term.total == Decimal("3600.00")
    assert quote.annual.total == Decimal("36600.00")  # 12 x 3,000 + 600, whatever the term


@pytest.mark.parametrize(
    ("extras", "given_numbers"),
    [
        ([SEATS], {}),
        ([SEATS], {"incidents": "1"}),
        ([SEATS, PACKS], {"seats": "25"}),
        ([ENGINEER], {}),
        ([COVER, SEATS], {"covered": "1"}),
    ],
)
def test_without_a_number_that_it_hangs_on_there_is_no_price(
    extras: list[Extra], given_numbers: dict[str, str]
) -> None:
    bought = bought_with(*extras)
    assert price(bought, beside("20000", **given_numbers), "only") is None
    counted = bought.with_quantities(numbers(**given_numbers))
    assert price(counted, beside("20000", **given_numbers), "only") is None


def test_extras_need_no_spend() -> None:
    seats_only = one(flat("50"), flat("50"))._replace(extras=(SEATS, VISIT))
    quote = priced(seats_only, beside(None, seats="2"))
    assert quote.monthly == charge("850.00", "50.00")
    assert quote.annual == charge("3600.00", "600.00")  # 12 x 250 + 600
    assert [part.amount for part in quote.slices] == [Decimal("50.00")]
    assert price(bought_with(SEATS), beside(None, seats="2"), "only") is None


def test_a_prepaid_part_that_hangs_on_the_spend_needs_it_too() -> None:
    by_spend = one(flat("50"), LesserOf(flat("50"), TENTH))
    assert price(by_spend, level(None), "only") is None
    assert price(one(flat("50"), None), level(None), "only") is not None


@pytest.mark.parametrize(
    ("currency", "spend", "seat", "seats", "parts", "total"),
    [
        # 10% of 1,234 = 123.4 and 3 x 0.5 = 1.5: 124.9 to 125; the unit missing goes to the .5
        ("JPY", "1234", "0.5", "3", ["123", "2"], "125"),
        ("JPY", "1234", "0.4", "1", ["124", "0"], "124"),  # 123.8 to 124, .4 and .4: the first
        ("JPY", "1235", "0", "1", ["124", "0"], "124"),  # 123.5 goes up
        # 0.12345 and 7 x 0.0005 = 0.0035: 0.12695 to 0.127
        ("KWD", "1.2345", "0.0005", "7", ["0.123", "0.004"], "0.127"),
        ("KWD", "0.015", "0.0004", "1", ["0.002", "0.000"], "0.002"),  # 0.0015 + 0.0004
        # 0.0025 rounds to 0.003, and so does 0.0005 to 0.001
        ("KWD", "0.025", "0", "0", ["0.003", "0.000"], "0.003"),
        ("KWD", "0", "0.0005", "1", ["0.000", "0.001"], "0.001"),
        ("CNY", "0.05", "0.005", "1", ["0.01", "0.00"], "0.01"),  # 0.005 + 0.005 = 0.01
    ],
)
def test_slices_and_extras_are_rounded_together(
    currency: str, spend: str, seat: str, seats: str, parts: list[str], total: str
) -> None:
    bought = one(TENTH, currency=currency)._replace(extras=(extra("seats", apiece(seat), "seats"),))
    quote = priced(bought, beside(spend, seats=seats))
    assert str(quote.monthly.total) == total
    assert list(map(str, rounded_parts(quote))) == parts


def test_a_yearly_charge_is_rounded_with_its_month_and_not_by_itself() -> None:
    """0.4 a month and 0.4 a year: 0.8 to 1 in the first month, 0.4 to 0 in the eleven others."""
    yearly = extra("visit", flat("0.4"), yearly=True)
    quote = priced(one(flat("0.4"), currency="JPY")._replace(extras=(yearly,)), level("0"))
    assert [str(month.charge.total) for month in quote.months] == ["1", *["0"] * 11]
    assert str(quote.annual.total) == "1"


def test_slices_are_of_the_spend_alone_and_keep_their_brackets() -> None:
    """1,000 at 10% and 4,000 at 5% are 100 + 200; a seat on top is no slice."""
    fee = Graduated((Bracket(Fraction(1000), Fraction("0.1")), Bracket(None, Fraction("0.05"))))
    quote = priced(one(fee)._replace(extras=(SEATS,)), beside("5000", seats="1"))
    assert [part.amount for part in quote.slices] == [Decimal(100), Decimal(200)]
    assert [part.slice.start for part in quote.slices] == [0, 1000]
    assert [part.amount for part in quote.extras] == [Decimal(100)]


# Fees that change in the course of the months


def test_each_month_has_the_rule_of_its_first_day_and_the_extras() -> None:
    """10 until December, then 20 until 15 January, then 30; a seat is 100, a visit 600 a year."""
    rules = (past("10", "2026-12-31"), past("20", "2027-01-15"))
    bought = with_past(one(flat("30"))._replace(extras=(SEATS, VISIT)), *rules)
    quote = priced(bought, beside(None, seats="1"))
    totals = [str(month.charge.total) for month in quote.months]
    assert totals == ["710.00", "110.00", "120.00", *["130.00"] * 9]
    assert quote.monthly.total == 710
    assert rounded_parts(quote) == [10, 100, 600]
    assert quote.annual.total == 2110  # 710 + 110 + 120 + 9 x 130


def test_one_month_without_a_price_leaves_the_term_without_one() -> None:
    bought = with_past(one(flat("30")), past(None, "2026-11-30"))
    assert price(bought, level("0"), "only") is None
    assert price(bought.frozen_on(None), level("0"), "only") is not None


def test_one_month_whose_fee_hangs_on_the_spend_needs_it() -> None:
    bought = with_past(one(TENTH), past("10", "2026-12-31"))
    usage_of_two = level(None, 2)
    assert price(bought, usage_of_two._replace(year=usage_of_two.months), "only") is not None
    assert price(bought, usage_of_two, "only") is None  # the year has a third month
    assert price(bought, level(None, 3), "only") is None


# A part of a month: half of November at 20,000, of 1,000 + 10% with 1,000 prepaid

HALF = Fraction(1, 2)


def prorated(part: PartMonth | None, bought: Plan, published: Schedule | None = None) -> Plan:
    clause = None if part is None else Clause(Proration(part), None, CITE)
    parts = None if published is None else {"fee": published}
    return bought._replace(terms=Conditions(proration=clause), published=parts)


def half_a_month(bought: Plan, spend: str = "20000", **quantities: str) -> tuple[str, str]:
    """What half a month costs and what of it is prepaid."""
    month = MonthSpend(START, Fraction(spend), HALF)
    charged = priced(bought, Usage((month,), numbers(**quantities))).months[0].charge
    return str(charged.total), str(charged.prepaid)


@pytest.mark.parametrize(
    ("part", "prepaid", "expected"),
    [
        (PartMonth.NONE, "1000", ("3000.00", "1000.00")),  # nothing is taken off
        (PartMonth.FEE, "1000", ("1500.00", "500.00")),  # half of 3,000
        (None, "1000", ("1500.00", "500.00")),  # assumed
        (PartMonth.SPEND, "1000", ("2000.00", "1000.00")),  # 1,000 + 10% of 10,000
        (PartMonth.NONE, None, ("3000.00", "None")),
        (PartMonth.FEE, None, ("1500.00", "None")),
        (PartMonth.SPEND, None, ("2000.00", "None")),
        (PartMonth.MINIMUM, None, ("1500.00", "None")),  # no minimum is known: as the fee
    ],
)
def test_half_a_month(
    part: PartMonth | None, prepaid: str | None, expected: tuple[str, str]
) -> None:
    first = None if prepaid is None else flat(prepaid)
    assert half_a_month(prorated(part, bought_with(prepaid=first))) == expected


LEAST = GreaterOf(flat("1000"), TENTH)


@pytest.mark.parametrize(
    ("spend", "expected"),
    [
        ("0", ("500.00", "500.00")),
        ("10000", ("500.00", "500.00")),  # 10% of 5,000
        ("10000.20", ("500.01", "500.00")),
        ("20000", ("1000.00", "500.00")),  # 10% of 10,000
    ],
)
def test_half_a_month_of_a_minimum(spend: str, expected: tuple[str, str]) -> None:
    bought = prorated(PartMonth.MINIMUM, one(LEAST, flat("1000")), LEAST)
    assert half_a_month(bought, spend) == expected


def test_a_yearly_charge_is_not_prorated() -> None:
    bought = bought_with(VISIT)
    assert half_a_month(prorated(PartMonth.FEE, bought))[0] == "2100.00"  # 1,500 + 600


def test_half_a_month_of_a_fee_that_is_charged_on_top() -> None:
    """Half of 1,000 prepaid, and 10% of 10,000 after the month."""
    bought = bought_with(prepaid=flat("1000"))
    additive = Sum(flat("1000"), TENTH)
    assert half_a_month(prorated(PartMonth.MINIMUM, bought, additive)) == ("1500.00", "500.00")


def test_half_a_month_of_a_minimum_has_the_seats_too() -> None:
    """10% of 10,000 is 1,000, above half the minimum; two seats are 200, or 100 for the half."""
    bought = prorated(PartMonth.MINIMUM, one(LEAST, flat("1000")), LEAST)
    total, _ = half_a_month(bought._replace(extras=(SEATS,)), seats="2")
    assert total in ("1100.00", "1200.00")


def test_half_a_month_of_a_minimum_with_prepaid_seats_is_half_of_both() -> None:
    """Half of 1,000 and half of 200; nothing was spent."""
    bought = prorated(PartMonth.MINIMUM, one(LEAST, flat("1000")), LEAST)
    half = half_a_month(bought._replace(extras=(FIRST_MONTHLY,)), "0", seats="2")
    assert half == ("600.00", "600.00")


# Any extras

prices = (
    st.builds(Line, st.integers(0, 999).map(lambda n: Fraction(n, 1000)))
    | st.builds(Line, st.just(Fraction(0)), st.integers(0, 9999).map(lambda n: Fraction(n, 1000)))
    | st.builds(Excess, st.integers(0, 10).map(Fraction), rates)
)


@st.composite
def any_extras(draw: st.DrawFn) -> tuple[Extra, ...]:
    flags = st.booleans()
    return tuple(
        extra(
            f"extra-{index}",
            draw(prices),
            draw(st.sampled_from([None, "seats", "hours"])),
            pack=draw(st.sampled_from([None, 3])),
            yearly=draw(flags),
            optional=draw(flags),
            prepaid=draw(flags),
        )
        for index in range(draw(st.integers(0, 4)))
    )


any_numbers: st.SearchStrategy[Mapping[str, Fraction]] = st.dictionaries(
    st.sampled_from(["seats", "hours"]), st.integers(0, 100).map(lambda n: Fraction(n, 4))
)
month_spends = st.lists(cents, min_size=1, max_size=14)


@st.composite
def any_plans(draw: st.DrawFn) -> Plan:
    base = draw(cents)
    brackets = (Bracket(Fraction(10000), draw(rates)), Bracket(None, draw(rates)))
    total = GreaterOf(Line(base), Graduated(brackets))
    prepaid = draw(st.sampled_from([None, NOTHING, LesserOf(Line(base), total)]))
    bought = one(total, prepaid, draw(st.sampled_from(sorted(UNITS))))
    return bought._replace(extras=draw(any_extras()))


@st.composite
def any_dated_plans(draw: st.DrawFn) -> Plan:
    """Fees that change in the course of the months, which begin in November 2026."""
    ends = draw(st.lists(st.dates(day("2026-10-30"), day("2027-06-01")), unique=True, max_size=3))
    rules = [past(str(amount), end.isoformat()) for amount, end in enumerate(ends)]
    return with_past(draw(any_plans()), *rules)


def months_of(spends: list[Fraction], quantities: Mapping[str, Fraction]) -> Usage:
    months = (MonthSpend(START.plus(index), spend) for index, spend in enumerate(spends))
    return Usage(tuple(months), quantities)


@pytest.mark.slow
@quick
@given(any_dated_plans(), month_spends, any_numbers)
def test_slices_and_extras_add_up_to_the_month(
    bought: Plan, spends: list[Fraction], quantities: Mapping[str, Fraction]
) -> None:
    quote = price(bought, months_of(spends, quantities), "only")
    assert (quote is None) == bool(bought.with_quantities(quantities).lacking)
    if quote is None:
        return
    amounts = rounded_parts(quote)
    assert sum(amounts) == quote.monthly.total
    exact = [
        *(part.slice.amount for part in quote.slices),
        *(part.counted.amount for part in quote.extras),
    ]
    for amount, unrounded in zip(amounts, exact, strict=True):
        assert abs(Fraction(amount) - unrounded) < UNITS[bought.currency]


@pytest.mark.slow
@quick
@given(any_plans(), month_spends, any_numbers)
def test_months_hold_the_fee_and_the_extras_that_are_due(
    bought: Plan, spends: list[Fraction], quantities: Mapping[str, Fraction]
) -> None:
    quote = price(bought, months_of(spends, quantities), "only")
    if quote is None or bought.fees is None:
        return
    due = [one for one in bought.extras if not one.optional or quantities.get(one.quantity or "")]
    digits = {"JPY": 0, "CNY": 2, "KWD": 3}[bought.currency]
    for index, (month, spend) in enumerate(zip(quote.months, spends, strict=True)):
        exact = bought.fees["only"].total(spend) + sum(
            one.amount(quantities[one.quantity] if one.quantity else Fraction(0))
            for one in due
            if not one.yearly or index in (0, 12)
        )
        units = int(exact * 10**digits + Fraction(1, 2))
        assert month.charge.total == Decimal(units).scaleb(-digits)
    first_year = quote.months[:12]
    assert quote.annual.total == sum(month.charge.total for month in first_year)
    if bought.fees["only"].prepaid is None:
        assert quote.annual.prepaid is None
    else:
        assert quote.annual.prepaid == sum(known(month.charge.prepaid) for month in first_year)
        assert all(0 <= known(m.charge.prepaid) <= m.charge.total for m in quote.months)


@pytest.mark.slow
@quick
@given(any_dated_plans(), month_spends, any_numbers)
def test_a_plan_counted_already_costs_what_the_plain_plan_costs(
    bought: Plan, spends: list[Fraction], quantities: Mapping[str, Fraction]
) -> None:
    months = months_of(spends, quantities)
    counted = bought.with_quantities(quantities)
    assert price(counted, months, "only") == price(bought, months, "only")


# A term from any day on, spend of each month, accounts

BY_LIST = Billing(Spreading.BY_MONTH, listed=True, currency="CNY")
PREMIER, LARGE = shipped().plan("premier"), Spends(Fraction(120000))


def term_of(
    start: str,
    months: int = 12,
    spends: Spends = LARGE,
    orders: tuple[Order, ...] = (),
    *,
    thirty: bool = False,
) -> Usage:
    billing = BY_LIST._replace(thirty=thirty)
    return usage_of(Term(day(start), months), spends, orders, billing)


def of(bought: Plan, usage: Usage, reading: str = "only") -> Quote:
    quote = price(bought, usage, reading)
    assert quote is not None
    return quote


def totals(quote: Quote) -> list[str]:
    return [str(month.charge.total) for month in quote.months]


def test_spend_that_grows_by_three_percent_a_month() -> None:
    """50,000 + 10% of 120,000 x 1.03^n, each spend rounded to the cent: issue 5.

    1.03^11 = 1.384233870...: spend 166,108.06, fee 66,610.81.
    """
    spends = Spends(Fraction(120000), Growth(Fraction(3, 100), 1))
    quote = of(PREMIER, term_of("2026-12-01", spends=spends), "additive")
    assert totals(quote) == [
        *("62000.00", "62360.00", "62730.80", "63112.72", "63506.11", "63911.29"),
        *("64328.63", "64758.49", "65201.24", "65657.28", "66127.00", "66610.81"),
    ]
    assert (str(quote.term.total), str(quote.annual.total)) == ("770304.37", "770304.37")
    assert [str(quote.months[index].month) for index in (0, -1)] == ["2026-12", "2027-11"]


def test_aws_business_for_three_months() -> None:
    """10% of 10,000 + 7% of 1,000 = 1,070; three are 3,210 and a year 12,840."""
    aws = load_catalogue("aws")
    usage = usage_of(
        Term(day("2026-03-01"), 3), Spends(Fraction(11000)), (), BY_LIST._replace(currency="USD")
    )
    quote = of(aws.plan("aws-business"), usage, aws.default_reading)
    assert totals(quote) == ["1070.00"] * 3
    assert (str(quote.term.total), str(quote.annual.total)) == ("3210.00", "12840.00")


def test_scaleway_changed_on_the_20th() -> None:
    """June has 30 days: 19 of the old plan, 11 of the new.

    Business at 3,000: 10% = 300 x 19/30 = 190; Enterprise, 20% but at least 999, x 11/30 = 366.30.
    """
    scaleway = load_catalogue("scaleway")
    june = Month(2026, 6)
    shares = {
        "scw-business": june.share(june.first_day, day("2026-06-19")),
        "scw-enterprise": june.share(day("2026-06-20"), june.last_day),
    }
    assert list(shares.values()) == [Fraction(19, 30), Fraction(11, 30)]
    found = [
        totals(of(scaleway.plan(name), Usage((MonthSpend(june, Fraction(3000), part),)), "table"))
        for name, part in shares.items()
    ]
    assert found == [["190.00"], ["366.30"]]


def test_an_order_counts_as_spend_month_by_month() -> None:
    """10,000 of the order + 20,000 as it goes: 50,000 + 10% of 30,000 = 53,000."""
    order = Order(Fraction(120000), Fraction(90000), Term(day("2026-03-01"), 12))
    quote = of(PREMIER, term_of("2026-03-01", 12, Spends(Fraction(20000)), (order,)), "additive")
    assert totals(quote) == ["53000.00"] * 12


@pytest.mark.parametrize(
    ("part", "first", "last", "whole"),
    [
        # 50,000 in full + 10% of 120,000 x 17/31 = 6,580.645; the rest 12,000 x 14/31 = 5,419.355
        (PartMonth.SPEND, ("56580.65", "50000.00"), ("5419.35", "0.00"), "744000.00"),
        # 62,000 x 17/31 = 34,000 and x 14/31 = 28,000; 50,000 x 17/31 = 27,419.355
        (PartMonth.FEE, ("34000.00", "27419.35"), ("28000.00", "22580.65"), "744000.00"),
        # the first month in full, nothing for what is left of it
        (PartMonth.NONE, ("62000.00", "50000.00"), ("0.00", "0.00"), "744000.00"),
    ],
)
def test_twelve_months_from_the_15th_are_twelve_fees(
    part: PartMonth, first: tuple[str, str], last: tuple[str, str], whole: str
) -> None:
    bought = PREMIER._replace(terms=PREMIER.terms.prorated(part))
    quote = of(bought, term_of("2026-03-15"), "additive")
    charges = [(str(m.charge.total), str(m.charge.prepaid)) for m in quote.months]
    assert charges == [first, *[("62000.00", "50000.00")] * 11, last]
    assert (str(quote.term.total), str(quote.term.prepaid)) == (whole, "600000.00")


def test_the_year_of_a_term_of_twelve_months_is_the_term_from_any_day_on() -> None:
    for start in ("2026-03-01", "2026-03-15", "2026-01-31"):
        quote = of(PREMIER, term_of(start), "additive")
        assert quote.annual == quote.term


@pytest.mark.parametrize("months", [1, 11, 13, 24, 60])
def test_the_year_is_that_from_the_start_whatever_the_term(months: int) -> None:
    quote = of(PREMIER, term_of("2026-03-15", months), "additive")
    assert len(quote.months) == months + 1
    assert str(quote.annual.total) == "744000.00"


def test_the_year_of_a_term_that_ends_before_it_has_the_spend_after_it() -> None:
    """10% of 100 and of 200; ten more months are like the last."""
    spends = Spends(series=(Fraction(100), Fraction(200)))
    quote = of(one(TENTH), term_of("2026-03-01", 2, spends))
    assert (str(quote.term.total), str(quote.annual.total)) == ("30.00", "230.00")


def test_a_yearly_charge_is_made_once_a_year_from_any_day_on() -> None:
    """12 x 3,000 + 600; in 24 months twice that."""
    bought = prorated(PartMonth.FEE, bought_with(VISIT, prepaid=flat("1000")))
    usage = term_of("2026-03-15", 12, Spends(Fraction(20000)))
    assert str(of(bought, usage).term.total) == "36600.00"
    usage = term_of("2026-03-15", 24, Spends(Fraction(20000)))
    assert str(of(bought, usage).term.total) == "73200.00"


@pytest.mark.parametrize(
    ("part", "whole"), [(PartMonth.SPEND, "744000.00"), (PartMonth.NONE, "744000.00")]
)
def test_a_term_from_the_31st_in_months_of_thirty_days_is_twelve_fees(
    part: PartMonth, whole: str
) -> None:
    bought = PREMIER._replace(terms=PREMIER.terms.prorated(part))
    quote = of(bought, term_of("2026-01-31", thirty=True), "additive")
    assert (str(quote.term.total), str(quote.term.prepaid)) == (whole, "600000.00")


def test_the_spend_of_the_last_part_is_charged_where_nobody_says_what_is_prepaid() -> None:
    """10% of 20,000 x 17/31, 2,000 eleven times, 10% of 20,000 x 14/31: 24,000."""
    bought = prorated(PartMonth.SPEND, one(TENTH, None))
    quote = of(bought, term_of("2026-03-15", 12, Spends(Fraction(20000))))
    assert str(quote.term.total) == "24000.00"


def test_what_is_charged_beside_the_spend_is_charged_for_twelve_months() -> None:
    """12 x (3,000 + 40), however the 40 of the month in two parts are charged."""
    bought = prorated(PartMonth.SPEND, bought_with(PORTAL, prepaid=flat("1000")))
    quote = of(bought, term_of("2026-03-15", 12, Spends(Fraction(20000))))
    assert str(quote.term.total) == "36480.00"


@pytest.mark.parametrize(
    ("scope", "monthly", "each"),
    [
        # 100 + 10% of 1,000 = 200 for each of three; 100 + 10% of 3,000 = 400 for all
        (Scope.PER_ACCOUNT, ("600.00", "300.00"), ("200.00", "100.00")),
        (None, ("600.00", "300.00"), ("200.00", "100.00")),
        (Scope.POOLED, ("400.00", "100.00"), ("400.00", "100.00")),
    ],
)
def test_accounts_have_a_fee_each_or_one_for_all(
    scope: Scope | None, monthly: tuple[str, str], each: tuple[str, str]
) -> None:
    clause = None if scope is None else Clause(scope, None, CITE)
    bought = one(share("10", "100"), flat("100"))._replace(terms=Conditions(scope=clause))
    quote = of(bought, level("1000")._replace(accounts=3))
    assert (str(quote.monthly.total), str(quote.monthly.prepaid)) == monthly
    assert (str(quote.each.total), str(quote.each.prepaid)) == each
    assert quote.annual.total == 12 * quote.monthly.total
    assert sum(rounded_parts(quote)) == quote.each.total


def test_accounts_are_rounded_one_by_one_where_they_have_a_fee_each() -> None:
    """10% of 0.05 is 0.005 and rounds to 0.01: three invoices are 0.03; 10% of 0.15 is 0.02."""
    usage = level("0.05", 1)._replace(accounts=3)
    assert str(of(one(TENTH), usage).term.total) == "0.03"
    together = Conditions(scope=Clause(Scope.POOLED, None, CITE))
    assert str(of(one(TENTH)._replace(terms=together), usage).term.total) == "0.02"


def test_accounts_where_nobody_says_what_is_prepaid() -> None:
    quote = of(one(TENTH, None), level("100", 1)._replace(accounts=3))
    assert quote.term == Charge(Decimal("30.00"), None)


def test_accounts_with_a_month_in_part() -> None:
    """Half of 10% of 1,000 is 50; three accounts 150, pooled too."""
    month = (MonthSpend(START, Fraction(1000), HALF),)
    for scope in Scope:
        bought = one(TENTH)._replace(terms=Conditions(scope=Clause(scope, None, CITE)))
        quote = of(bought, Usage(month, accounts=3))
        assert str(quote.term.total) == "150.00"


whole_starts = st.builds(
    lambda year, month: f"{year}-{month:02d}-01", st.integers(2000, 2050), st.integers(1, 12)
)


@quick
@given(any_plans(), cents, whole_starts, st.integers(1, 60), st.integers(1, 4))
def test_a_term_of_equal_months_is_so_many_times_the_month(
    bought: Plan, spend: Fraction, start: str, months: int, accounts: int
) -> None:
    plain = bought._replace(extras=())
    billing = BY_LIST._replace(currency=bought.currency)
    usage = usage_of(Term(day(start), months), Spends(spend), (), billing)
    quote = of(plain, usage._replace(accounts=accounts))
    assert quote.annual.total == 12 * quote.monthly.total
    assert quote.term.total == months * quote.monthly.total
    assert quote.monthly.total == accounts * quote.each.total
    assert sum(rounded_parts(quote)) == quote.each.total


@quick
@given(
    cents,
    rates,
    cents,
    st.dates(day("2000-01-01"), day("2050-12-31")),
    st.integers(1, 60),
    st.sampled_from(list(PartMonth)),
    st.booleans(),
    st.sampled_from(list(Scope)),
)
def test_the_parts_of_every_term_add_up(
    base: Fraction,
    rate: Fraction,
    spend: Fraction,
    start: datetime.date,
    months: int,
    part: PartMonth,
    thirty: bool,
    scope: Scope,
) -> None:
    terms = Conditions(scope=Clause(scope, None, CITE)).prorated(part)
    bought = one(Line(base, rate), Line(base))._replace(terms=terms)
    usage = usage_of(Term(start, months), Spends(spend), (), BY_LIST._replace(thirty=thirty))
    quote = of(bought, usage._replace(accounts=2))
    assert sum(month.charge.total for month in quote.months) == quote.term.total
    assert sum(known(month.charge.prepaid) for month in quote.months) == quote.term.prepaid
    assert all(0 <= known(m.charge.prepaid) <= m.charge.total for m in quote.months)
    assert sum(rounded_parts(quote)) == quote.each.total
    assert max(month.charge.total for month in quote.months) <= quote.monthly.total


# The catalogue's own look-ups: small, and needed by whoever prints a quote.


def a_reading(reading_id: str) -> Reading:
    return Reading(reading_id, text(reading_id), None, text("why"), None)


def a_point(point_id: str, *plans: str) -> OpenPoint:
    return OpenPoint(
        point_id, PointKind.NOT_STATED, text("?"), None, None, None, plans, False, CITE
    )


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
