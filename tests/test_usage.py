"""The months of a term, each with its spend, and the quantities beside it."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.usage import (
    Billing,
    Growth,
    MonthSpend,
    Order,
    Spends,
    Usage,
    spread,
    usage_of,
)
from supportcli.core.conditions import Spreading
from supportcli.core.money import round_half_up
from supportcli.core.period import Month, Term
from tests.builders import day, numbers

quick = settings(deadline=None, max_examples=120)

NOVEMBER = Month(2026, 11)


@pytest.mark.parametrize("spend", [None, Fraction(0), Fraction("0.01")])
def test_level_spend_is_the_same_in_consecutive_months(spend: Fraction | None) -> None:
    usage = Usage.level(spend, NOVEMBER, 3)
    assert usage.months == (
        MonthSpend(Month(2026, 11), spend),
        MonthSpend(Month(2026, 12), spend),
        MonthSpend(Month(2027, 1), spend),
    )


def test_a_term_is_a_year_without_quantities_unless_told_otherwise() -> None:
    usage = Usage.level(Fraction(1), NOVEMBER)
    assert (usage.months[0].month, usage.months[-1].month) == (NOVEMBER, Month(2027, 10))
    assert len(usage.months) == 12
    assert usage.quantities == {}


def test_quantities_are_those_of_the_whole_term() -> None:
    given = numbers(seats="25", hours="12.5")
    assert Usage.level(None, NOVEMBER, 1, given).quantities == given
    assert Usage((MonthSpend(NOVEMBER, None),), given).quantities == given


@pytest.mark.parametrize(
    ("spends", "known"),
    [
        (("5",), True),
        (("0", "0"), True),  # nothing is known to be spent
        ((None,), False),
        (("5", None), False),
        ((None, "5"), False),
        (("5", None, "5"), False),
    ],
)
def test_spend_is_known_where_that_of_every_month_is(
    spends: tuple[str | None, ...], known: bool
) -> None:
    months = (
        MonthSpend(NOVEMBER.plus(i), None if spend is None else Fraction(spend))
        for i, spend in enumerate(spends)
    )
    assert Usage(tuple(months)).spend_known is known


def test_the_first_year_goes_on_beyond_a_short_term() -> None:
    usage = Usage.level(Fraction(5), NOVEMBER, 3)
    assert len(usage.first_year) == 12
    assert usage.first_year[:3] == usage.months
    assert (usage.first_day, usage.last_day) == (day("2026-11-01"), day("2027-01-31"))
    longer = Usage.level(Fraction(5), NOVEMBER, 30)
    assert longer.first_year == longer.months[:12]


def test_months_alone_are_their_own_first_year() -> None:
    usage = Usage((MonthSpend(NOVEMBER, Fraction(5)),))
    assert usage.first_year == usage.months


@pytest.mark.parametrize(
    ("month", "held"),
    [
        (MonthSpend(NOVEMBER, Fraction(100)), "100"),
        (MonthSpend(NOVEMBER, Fraction(100), Fraction(1, 4)), "25"),
        (MonthSpend(NOVEMBER, None, Fraction(1, 4)), "0"),
        (MonthSpend(NOVEMBER, Fraction(100), Fraction(1, 4), Fraction(40), Fraction(55)), "55"),
        (MonthSpend(NOVEMBER, Fraction(100), Fraction(1, 4), Fraction(40), Fraction(0)), "0"),
    ],
)
def test_the_spend_of_the_days_that_the_plan_is_held(month: MonthSpend, held: str) -> None:
    assert month.spend_held == Fraction(held)


# Spend of each month


PERCENT = Fraction(1, 100)


@pytest.mark.parametrize(
    ("spends", "months", "expected"),
    [
        (Spends(), (0, 5), ["None", "None"]),
        (Spends(Fraction(100)), (0, 59), ["100", "100"]),
        (Spends(None, Growth(3 * PERCENT, 1)), (0, 5), ["None", "None"]),
        # 100, 103, 106.09, 109.2727 to 109.27
        (Spends(Fraction(100), Growth(3 * PERCENT, 1)), (0, 1, 2), ["100", "103", "10609/100"]),
        (Spends(Fraction(100), Growth(3 * PERCENT, 1)), (3,), ["10927/100"]),
        # by the year: the first twelve months alike, then 103, 106.09
        (Spends(Fraction(100), Growth(3 * PERCENT, 12)), (11, 12, 23), ["100", "103", "103"]),
        (Spends(Fraction(100), Growth(3 * PERCENT, 12)), (24,), ["10609/100"]),
        # shrinking by half: 50, 25
        (Spends(Fraction(100), Growth(Fraction(-1, 2), 1)), (0, 1, 2), ["100", "50", "25"]),
        (Spends(Fraction(100), Growth(Fraction(-1), 1)), (1,), ["0"]),
        # what is given is not rounded
        (Spends(Fraction("0.005"), Growth(Fraction(0), 1)), (0, 1), ["1/200", "1/100"]),
        (Spends(series=(Fraction(5), Fraction("0.005"))), (0, 1, 2), ["5", "1/200", "1/200"]),
        (Spends(Fraction(9), None, (Fraction(5),)), (0, 7), ["5", "5"]),
    ],
)
def test_spend_of_a_month(spends: Spends, months: tuple[int, ...], expected: list[str]) -> None:
    assert [str(spends.of_month(index, "CNY")) for index in months] == expected


# Orders over their months


@pytest.mark.parametrize(
    ("start", "rule", "first", "second", "last"),
    [
        ("2026-03-01", Spreading.BY_MONTH, "10000.00", "10000.00", "10000.00"),
        # 10,000 x 17/31 = 5,483.871; what is left of a month is 10,000 x 14/31 = 4,516.129
        ("2026-03-15", Spreading.BY_MONTH, "5483.87", "10000.00", "4516.13"),
        # 120,000 / 365 x 17, 30, 14 days: 5,589.0411, 9,863.0137, 4,602.7397; in whole cents two
        # are missing beside that of the last part: they go to April and June, of remainder .37
        ("2026-03-15", Spreading.BY_DAY, "5589.04", "9863.02", "4602.74"),
        # 120,000 / 365 x 31, 30, 28 days: 10,191.7808, 9,863.0137, 9,205.4795; likewise
        ("2026-03-01", Spreading.BY_DAY, "10191.78", "9863.02", "9205.48"),
        # to 29 February 2028: 120,000 / 366 x 31, 30, 29: 10,163.9344, 9,836.0656, 9,508.1967;
        # six cents are missing: February, the four months of 30 days, then the first of 31
        ("2027-03-01", Spreading.BY_DAY, "10163.94", "9836.07", "9508.20"),
        # one day of 31: 322.581; 30 more days of a month are left: 9,677.419
        ("2026-01-31", Spreading.BY_MONTH, "322.58", "10000.00", "9677.42"),
    ],
)
def test_an_order_of_120000_over_twelve_months(
    start: str, rule: Spreading, first: str, second: str, last: str
) -> None:
    term = Term(day(start), 12)
    parts = spread(Fraction(120000), term, rule, "CNY")
    amounts = list(parts.values())
    assert [str(amounts[index]) for index in (0, 1, -1)] == [first, second, last]
    assert str(sum(amounts)) == "120000.00"
    assert min(parts) == Month(term.start.year, term.start.month)
    assert max(parts) == Month(term.end.year, term.end.month)


def test_an_order_from_the_15th_ends_in_the_same_month_of_the_next_year() -> None:
    parts = spread(Fraction(120000), Term(day("2026-03-15"), 12), Spreading.BY_MONTH, "CNY")
    assert [str(month) for month in parts][::12] == ["2026-03", "2027-03"]
    assert len(parts) == 13


def test_what_cannot_be_divided_goes_to_the_largest_remainders() -> None:
    """100 / 3 is 33.33 and a third of a cent each: the first has the missing cent."""
    parts = spread(Fraction(100), Term(day("2026-03-01"), 3), Spreading.BY_MONTH, "CNY")
    assert [str(part) for part in parts.values()] == ["33.34", "33.33", "33.33"]
    parts = spread(Fraction(100), Term(day("2026-03-01"), 3), Spreading.BY_MONTH, "JPY")
    assert [str(part) for part in parts.values()] == ["34", "33", "33"]


order_terms = st.builds(Term, st.dates(day("1996-01-01"), day("2050-12-31")), st.integers(1, 60))
amounts = st.integers(0, 10**10).map(lambda cents: Fraction(cents, 100))
rules = st.sampled_from(list(Spreading))
UNITS = {"JPY": Fraction(1), "CNY": Fraction(1, 100), "KWD": Fraction(1, 1000)}
currencies = st.sampled_from(sorted(UNITS))


@quick
@given(amounts, order_terms, rules, currencies)
def test_parts_of_an_order_sum_to_it(
    amount: Fraction, term: Term, rule: Spreading, currency: str
) -> None:
    parts = spread(amount, term, rule, currency)
    assert sum(parts.values()) == round_half_up(amount, currency)
    assert list(parts) == [month for month, _ in term.parts()]
    assert all(part >= 0 for part in parts.values())


@quick
@given(amounts, order_terms, rules, currencies)
def test_a_part_of_an_order_is_within_a_unit_of_its_share(
    amount: Fraction, term: Term, rule: Spreading, currency: str
) -> None:
    """By day each day is alike; by month each whole month is."""
    total = Fraction(round_half_up(amount, currency))
    days = (term.end - term.start).days + 1
    for month, part in spread(amount, term, rule, currency).items():
        covered = month.share(term.start, term.end)
        if rule is Spreading.BY_DAY:
            exact = total * covered * month.days / days
        elif covered == 1 or month <= Month(term.start.year, term.start.month):
            exact = total / term.months * covered
        else:
            begun = Month(term.start.year, term.start.month)
            exact = total / term.months * (1 - begun.share(term.start, begun.last_day))
        assert abs(Fraction(part) - exact) < UNITS[currency]


@pytest.mark.slow
@quick
@given(amounts, st.fractions(0, 1), order_terms, rules)
def test_splitting_an_order_in_two_gives_the_same_sum(
    amount: Fraction, where: Fraction, term: Term, rule: Spreading
) -> None:
    one = Fraction(int(amount * where * 100), 100)
    whole = spread(amount, term, rule, "CNY")
    halves = [spread(part, term, rule, "CNY") for part in (one, amount - one)]
    assert sum(sum(half.values()) for half in halves) == sum(whole.values())
    for month, part in whole.items():
        assert abs(part - halves[0][month] - halves[1][month]) <= Decimal("0.02")


@quick
@given(amounts, order_terms, rules, currencies)
def test_months_that_are_used_in_whole_are_alike_to_a_unit(
    amount: Fraction, term: Term, rule: Spreading, currency: str
) -> None:
    if rule is Spreading.BY_DAY:
        return
    parts = spread(amount, term, rule, currency)
    whole = [parts[month] for month, share in term.parts() if share == 1]
    assert not whole or Fraction(max(whole) - min(whole)) <= UNITS[currency]


# The usage of a term

NO_SPEND = Spends(Fraction(0))
LISTED = Billing(Spreading.BY_MONTH, listed=True, currency="CNY")
ORDER = Order(Fraction(120000), Fraction(90000), Term(day("2026-03-01"), 12))


def term_usage(
    start: str,
    months: int,
    spends: Spends = NO_SPEND,
    *orders: Order,
    billing: Billing = LISTED,
) -> Usage:
    return usage_of(Term(day(start), months), spends, orders, billing)


def spends_of(usage: Usage) -> list[Fraction | None]:
    return [month.spend for month in usage.months]


@pytest.mark.parametrize(
    ("billing", "paid", "monthly"),
    [
        (LISTED, Fraction(90000), 10000),
        (LISTED._replace(listed=False), Fraction(90000), 7500),
        (LISTED._replace(listed=False), None, 10000),  # the price before discount is all we know
        (LISTED, None, 10000),
    ],
)
def test_the_price_of_an_order_that_counts(
    billing: Billing, paid: Fraction | None, monthly: int
) -> None:
    order = ORDER._replace(paid=paid)
    usage = term_usage("2026-03-01", 12, Spends(Fraction(0)), order, billing=billing)
    assert spends_of(usage) == [monthly] * 12


def test_orders_are_added_to_what_is_paid_as_it_goes() -> None:
    second = Order(Fraction(600), None, Term(day("2026-04-01"), 1))
    usage = term_usage("2026-02-01", 4, Spends(Fraction(5000)), ORDER, second)
    assert spends_of(usage) == [5000, 15000, 15600, 15000]
    assert [month.ordered for month in usage.months] == [0, 10000, 10600, 10000]
    assert [month.counted for month in usage.months] == [None, 15000, 15600, 15000]


def test_an_order_does_not_make_an_unknown_spend_known() -> None:
    usage = term_usage("2026-03-01", 2, Spends(), ORDER)
    assert spends_of(usage) == [None, None]
    assert [month.counted for month in usage.months] == [None, None]
    assert not usage.spend_known


def test_an_order_counts_where_it_and_the_term_meet() -> None:
    """The order from the 1st, the term from the 15th: 17 of the 31 days of March.

    3,100 x 17/31 = 1,700 as it goes, 10,000 x 17/31 of the order.
    """
    usage = term_usage("2026-03-15", 12, Spends(Fraction(3100)), ORDER)
    first = usage.months[0]
    assert (first.spend, first.share) == (Fraction(13100), Fraction(17, 31))
    assert first.spend_held == 1700 + Fraction(170000, 31)
    last = usage.months[-1]  # the order ends with February
    assert [last.spend, last.ordered, last.spend_held] == [3100, 0, 1400]


def test_an_order_from_the_15th_counts_in_full_in_a_term_from_the_15th() -> None:
    order = ORDER._replace(term=Term(day("2026-03-15"), 12))
    usage = term_usage("2026-03-15", 12, Spends(Fraction(0)), order)
    held = [month.spend_held for month in usage.months]
    assert held[::12] == [Fraction("5483.87"), Fraction("4516.13")]
    assert sum(held) == 120000


def test_months_of_thirty_days_are_those_of_the_term() -> None:
    usage = term_usage("2026-03-15", 1, Spends(Fraction(300)), billing=LISTED._replace(thirty=True))
    assert [month.share for month in usage.months] == [Fraction(16, 30), Fraction(14, 30)]
    assert sum(month.spend_held for month in usage.months) == 300


@pytest.mark.parametrize("months", [1, 11, 12, 13, 60])
@pytest.mark.parametrize("start", ["2026-03-01", "2026-03-15", "2026-01-31", "2028-02-29"])
def test_the_days_of_a_term(start: str, months: int) -> None:
    usage = term_usage(start, months, Spends(Fraction(5)))
    term = Term(day(start), months)
    assert (usage.first_day, usage.last_day) == (term.start, term.end)
    assert len(usage.months) == months + (term.start.day > 1)
    assert [month.closing for month in usage.months] == [
        index == months for index in range(len(usage.months))
    ]


@pytest.mark.parametrize("months", [1, 11, 13, 60])
@pytest.mark.parametrize("start", ["2026-03-01", "2026-03-15"])
def test_the_first_year_is_a_term_of_twelve_months(start: str, months: int) -> None:
    spends = Spends(Fraction(5), Growth(PERCENT, 1))
    year = term_usage(start, 12, spends).months
    assert term_usage(start, months, spends).first_year == year


def test_the_first_year_of_twelve_months_from_the_15th_has_thirteen_parts() -> None:
    usage = term_usage("2026-03-15", 12, Spends(Fraction(5)))
    assert usage.first_year == usage.months


@pytest.mark.slow
@quick
@given(
    st.lists(st.builds(Order, amounts, st.none(), order_terms), min_size=1, max_size=4),
    rules,
    amounts,
)
def test_a_term_that_holds_the_orders_has_all_of_their_spend(
    orders: list[Order], rule: Spreading, level: Fraction
) -> None:
    """From the first order's first day, in a term as long as it takes: each order is there once."""
    first = min(order.term.start for order in orders).replace(day=1)
    last = max(order.term.end for order in orders)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    usage = usage_of(Term(first, count), Spends(level), orders, LISTED._replace(spreading=rule))
    whole = sum(order.listed for order in orders)
    assert sum(month.ordered for month in usage.months) == whole
    assert sum(month.spend or 0 for month in usage.months) == whole + count * level
    assert sum(month.spend_held for month in usage.months) == whole + count * level


@quick
@given(amounts, order_terms, rules, st.dates(day("1996-01-01"), day("2050-12-31")))
def test_no_more_of_an_order_counts_than_it_is(
    amount: Fraction, period: Term, rule: Spreading, start: datetime.date
) -> None:
    order = Order(amount, None, period)
    usage = usage_of(
        Term(start, 60), Spends(Fraction(0)), (order,), LISTED._replace(spreading=rule)
    )
    held = sum(month.spend_held for month in usage.months if month.counted is not None)
    assert 0 <= held <= amount
    if start <= period.start and period.end <= usage.last_day:
        assert held == amount


def test_months_that_were_given_one_by_one_take_another_level_of_spend() -> None:
    given = numbers(seats="25")
    [month] = Usage((MonthSpend(NOVEMBER, Fraction(5)),), given).at(Fraction(7)).months
    assert month == MonthSpend(NOVEMBER, Fraction(7))
