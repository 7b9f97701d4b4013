"""Discount, tax, voucher: the lines of a bill, and what is paid on which day."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportcli.advice.billing import Bill, Settlement, settle
from supportcli.advice.price_terms import AS_PUBLISHED, Discount, PriceTerms, Tax
from supportcli.advice.quote import Charge, Quote, price
from supportcli.advice.usage import Billing, Spends, usage_of
from supportcli.core.conditions import PartMonth, Spreading
from supportcli.core.period import Month, Term, months_later
from supportcli.core.plan import Plan
from supportcli.core.schedule import Line, Schedule
from tests.builders import NOTHING, ONLY, day, flat, plan, share, shipped

quick = settings(deadline=None, max_examples=150)

BILLING = Billing(Spreading.BY_MONTH, listed=True, currency="CNY")
THIRTY_PERCENT, SIX_PERCENT = Fraction(3, 10), Fraction(6, 100)
OFF = Discount(THIRTY_PERCENT)
OFF_POSTPAID = Discount(THIRTY_PERCENT, prepaid=False)
INCLUDED, ADDED = Tax(SIX_PERCENT, included=True), Tax(SIX_PERCENT, included=False)
PREMIER = shipped().plan("premier")


def quoted(bought: Plan, start: str, months: int = 12, spend: str = "120000") -> Quote:
    usage = usage_of(Term(day(start), months), Spends(Fraction(spend)), (), BILLING)
    quote = price(bought, usage, ONLY if ONLY in (bought.fees or {}) else "additive")
    assert quote is not None
    return quote


def premier(start: str = "2026-12-01", months: int = 12) -> Quote:
    """50,000 prepaid and 10% of 120,000 after the month: 62,000."""
    return quoted(PREMIER, start, months)


def settled(
    quote: Quote, agreed: PriceTerms = AS_PUBLISHED, start: str = "2026-12-01"
) -> Settlement:
    return settle(quote, agreed, day(start))


def lines(bill: Bill) -> dict[str, str]:
    return {name: str(amount) for name, amount in bill._asdict().items() if name != "month"} | {
        "discount": str(bill.discount)
    }


def parts(fee: str, prepaid: Schedule | None = NOTHING, currency: str = "CNY") -> Quote:
    """One month at that fee."""
    bought = plan("bought", fee=flat(fee), prepaid=prepaid)._replace(currency=currency)
    return quoted(bought, "2026-12-01", 1, "0")


@pytest.mark.parametrize(
    ("agreed", "net", "tax", "gross", "first", "rest"),
    [
        (PriceTerms(), "62000.00", "0.00", "62000.00", "50000.00", "12000.00"),
        # 30% of 62,000 is 18,600, of 50,000 it is 15,000
        (PriceTerms(OFF), "43400.00", "0.00", "43400.00", "35000.00", "8400.00"),
        # 30% of 12,000 is 3,600
        (PriceTerms(OFF_POSTPAID), "58400.00", "0.00", "58400.00", "50000.00", "8400.00"),
        # 62,000 / 1.06 = 58,490.566: 58,490.57 and 3,509.43
        (PriceTerms(tax=INCLUDED), "62000.00", "3509.43", "62000.00", "50000.00", "12000.00"),
        # 6% of 62,000; 50,000 + 6%
        (PriceTerms(tax=ADDED), "62000.00", "3720.00", "65720.00", "53000.00", "12720.00"),
        # 6% of 43,400 = 2,604; 35,000 x 1.06 = 37,100; 8,400 x 1.06 = 8,904
        (PriceTerms(OFF, tax=ADDED), "43400.00", "2604.00", "46004.00", "37100.00", "8904.00"),
        # 43,400 / 1.06 = 40,943.396: 2,456.60 are tax
        (PriceTerms(OFF, tax=INCLUDED), "43400.00", "2456.60", "43400.00", "35000.00", "8400.00"),
        # 6% of 58,400 = 3,504; 50,000 x 1.06 = 53,000
        (
            PriceTerms(OFF_POSTPAID, tax=ADDED),
            "58400.00",
            "3504.00",
            "61904.00",
            "53000.00",
            "8904.00",
        ),
        # all off: nothing to tax
        (PriceTerms(Discount(Fraction(1)), tax=ADDED), "0.00", "0.00", "0.00", "0.00", "0.00"),
        # a voucher changes no line
        (
            PriceTerms(voucher=Decimal(99999)),
            "62000.00",
            "0.00",
            "62000.00",
            "50000.00",
            "12000.00",
        ),
    ],
)
def test_the_lines_of_a_bill(
    agreed: PriceTerms, net: str, tax: str, gross: str, first: str, rest: str
) -> None:
    bills = settled(premier(), agreed).bills
    assert len(bills) == 12
    assert set(map(str, (bill.month for bill in bills))) == {
        *(f"2027-{number:02d}" for number in range(1, 12)),
        "2026-12",
    }
    for bill in bills:
        assert lines(bill) == {
            "fee": "62000.00",
            "discount": str(Decimal("62000.00") - Decimal(net)),
            "net": net,
            "tax": tax,
            "gross": gross,
            "first": first,
            "rest": rest,
        }


def test_62000_with_six_percent_in_it() -> None:
    """Issue 5: 58,490.57 + 3,509.43."""
    [bill] = settled(premier(months=1), PriceTerms(tax=INCLUDED)).bills
    assert str(bill.net - bill.tax) == "58490.57"
    assert str(bill.tax) == "3509.43"


@pytest.mark.parametrize(
    ("agreed", "net", "first"),
    [
        (PriceTerms(OFF), "70.00", None),
        (PriceTerms(OFF_POSTPAID), "70.00", None),  # of the whole where nobody says what is prepaid
        (PriceTerms(tax=ADDED), "100.00", None),
    ],
)
def test_a_bill_where_nobody_says_what_is_prepaid(
    agreed: PriceTerms, net: str, first: None
) -> None:
    account = settled(parts("100", None), agreed)
    [bill] = account.bills
    assert (str(bill.net), bill.first) == (net, first)
    assert bill.rest == bill.gross
    assert account.payments == ()
    assert account.balance == 0


@pytest.mark.parametrize(
    ("voucher", "used", "to_pay", "left"),
    [("30", "30.00", "70.00", "0.00"), ("130", "100.00", "0.00", "30.00")],
)
def test_a_voucher_pays_also_where_nobody_says_when(
    voucher: str, used: str, to_pay: str, left: str
) -> None:
    account = settled(parts("100.00", None), PriceTerms(voucher=Decimal(voucher)))
    assert (str(account.voucher_used), str(account.to_pay)) == (used, to_pay)
    assert str(account.voucher_left) == left
    assert account.totals[-1].paid == 0


@pytest.mark.parametrize(
    ("currency", "fee", "rate", "net", "tax"),
    [
        ("CNY", "0.01", "1/2", "0.00", "0.00"),  # half a cent off goes up
        ("CNY", "0.03", "1/2", "0.01", "0.00"),
        ("JPY", "5", "1/2", "2", "0"),  # 2.5 off goes up to 3; 6% of 2 is .12
        ("JPY", "100", "1/10", "90", "5"),  # 6% of 90 is 5.4
        ("KWD", "0.005", "1/10", "0.004", "0.000"),  # 0.0005 goes up
    ],
)
def test_discount_and_tax_are_rounded_half_up(
    currency: str, fee: str, rate: str, net: str, tax: str
) -> None:
    [bill] = settled(
        parts(fee, currency=currency), PriceTerms(Discount(Fraction(rate)), tax=ADDED)
    ).bills
    assert (str(bill.net), str(bill.tax)) == (net, tax)
    assert bill.gross == bill.net + bill.tax


def test_what_is_prepaid_is_never_more_than_the_bill() -> None:
    """50% off 0.03: 0.015 goes up to 0.02, 0.01 is left; off 0.02 prepaid 0.01, 0.01 is left."""
    half = PriceTerms(Discount(Fraction(1, 2)))
    assert half.net(Charge(Decimal("0.03"), Decimal("0.02")), "CNY") == Decimal("0.01")
    [bill] = settled(parts("0.03", flat("0.02")), half).bills
    assert (str(bill.net), str(bill.first), str(bill.rest)) == ("0.01", "0.01", "0.00")


# A year


@pytest.mark.parametrize(
    ("agreed", "trial", "enterprise"),
    [
        # the greater of 5,000 (25,000) and 10% of 300,000
        (AS_PUBLISHED, "360000.00", "360000.00"),
        # 30% off the 25,000 after the month: 5,000 + 17,500; off the 5,000: 25,000 + 3,500
        (PriceTerms(OFF_POSTPAID), "270000.00", "342000.00"),
        (PriceTerms(OFF), "252000.00", "252000.00"),
        # what is paid with a voucher, and a tax, are no part of the fee
        (PriceTerms(OFF, Decimal(1000), ADDED), "252000.00", "252000.00"),
    ],
)
def test_a_year_after_the_discount(agreed: PriceTerms, trial: str, enterprise: str) -> None:
    usage = usage_of(Term(day("2026-12-01"), 12), Spends(Fraction(300000)), (), BILLING)
    for plan_id, year in (("enterprise-trial", trial), ("enterprise", enterprise)):
        quote = price(shipped().plan(plan_id), usage, "floor")
        assert quote is not None
        assert str(agreed._replace(tax=None).gross_year(quote)) == year


@pytest.mark.parametrize("months", [1, 24])
def test_a_year_after_the_discount_is_one_whatever_the_term(months: int) -> None:
    """12 x 43,400."""
    assert str(PriceTerms(OFF).gross_year(premier(months=months))) == "520800.00"


def test_the_discount_of_a_year_is_rounded_by_the_month() -> None:
    """Half of 0.03 is 0.015 off, 0.02: 12 x 0.01, not 0.18."""
    quote = quoted(plan("bought", fee=flat("0.03")), "2026-12-01", 12, "0")
    assert str(PriceTerms(Discount(Fraction(1, 2))).gross_year(quote)) == "0.12"


# Payments


def test_twelve_months_are_thirteen_payments() -> None:
    """50,000 on the first of each month, 12,000 on the first of the month after."""
    account = settled(premier())
    found = [(p.day.isoformat(), str(p.prepaid), str(p.postpaid)) for p in account.payments]
    assert found == [
        ("2026-12-01", "50000.00", "0.00"),
        *((f"2027-{month:02d}-01", "50000.00", "12000.00") for month in range(1, 12)),
        ("2027-12-01", "0.00", "12000.00"),
    ]
    assert str(account.balance) == "62000.00"
    assert [(t.year, str(t.cost), str(t.paid)) for t in account.totals] == [
        (2026, "62000.00", "50000.00"),  # cost of December, its prepaid part paid
        (2027, "682000.00", "694000.00"),  # 11 x 62,000; 11 x 62,000 + 12,000
        (None, "744000.00", "744000.00"),
    ]


def test_a_term_from_the_15th_is_paid_from_the_15th() -> None:
    """Premier, the spend by days: 12,000 x 17/31 = 6,580.65 and x 14/31 = 5,419.35."""
    account = settled(premier("2026-03-15", 2), start="2026-03-15")
    found = [(p.day.isoformat(), str(p.prepaid), str(p.postpaid)) for p in account.payments]
    assert found == [
        ("2026-03-15", "50000.00", "0.00"),
        ("2026-04-01", "50000.00", "6580.65"),
        ("2026-05-01", "0.00", "12000.00"),
        # 1 to 14 May: 12,000 x 14/31
        ("2026-06-01", "0.00", "5419.35"),
    ]


@pytest.mark.parametrize(
    ("voucher", "used", "left"),
    [
        ("0", ["0", "0"], "0.00"),
        ("49999.99", ["49999.99", "0.00"], "0.00"),
        ("50000", ["50000.00", "0.00"], "0.00"),
        ("60000", ["50000.00", "10000.00"], "0.00"),
        ("62000", ["50000.00", "12000.00"], "0.00"),
        ("62000.01", ["50000.00", "12000.00"], "0.01"),
        ("100000", ["50000.00", "12000.00"], "38000.00"),
    ],
)
def test_a_voucher_pays_until_it_is_used_up(voucher: str, used: list[str], left: str) -> None:
    account = settled(premier(months=1), PriceTerms(voucher=Decimal(voucher)))
    assert [payment.voucher for payment in account.payments] == list(map(Decimal, used))
    assert [payment.to_pay for payment in account.payments] == [
        Decimal(50000) - Decimal(used[0]),
        Decimal(12000) - Decimal(used[1]),
    ]
    assert account.voucher_left == Decimal(left)
    assert str(account.balance) == "50000.00"  # before the voucher
    assert account.totals[-1].paid == 62000


def test_a_voucher_pays_the_tax_too() -> None:
    """53,000 + 12,720: 700 of 13,420 are left."""
    account = settled(premier(months=1), PriceTerms(voucher=Decimal(65020), tax=ADDED))
    assert [str(p.to_pay) for p in account.payments] == ["0.00", "700.00"]
    assert account.voucher_left == 0


def test_an_account_without_payments_needs_no_balance() -> None:
    assert Settlement((), (), Decimal(5)).balance == 0


# Any deal

rates = st.integers(0, 1000).map(lambda n: Fraction(n, 1000))
cents = st.integers(0, 10**8).map(lambda n: Fraction(n, 100))
discounts = st.none() | st.builds(Discount, rates, st.booleans())
taxes = st.none() | st.builds(Tax, rates, st.booleans())
deals = st.builds(
    PriceTerms,
    discounts,
    cents.map(lambda a: Decimal(a.numerator) / a.denominator),
    taxes,
    st.sampled_from([1, 2, 12]),
)
terms = st.builds(
    Term,
    st.dates(day("1999-01-01"), day("2049-12-31")),
    st.sampled_from([1, 2, 11, 12, 13, 24, 60]),
)
CURRENCIES = {"JPY": Decimal(1), "CNY": Decimal("0.01"), "KWD": Decimal("0.001")}


@st.composite
def any_quote(draw: st.DrawFn) -> tuple[Quote, datetime.date]:
    base, rate, spend, term = draw(cents), draw(rates), draw(cents), draw(terms)
    prepaid = draw(st.sampled_from([NOTHING, Line(base), Line(base, rate)]))
    currency = draw(st.sampled_from(sorted(CURRENCIES)))
    bought = plan("bought", fee=Line(base, rate), prepaid=prepaid)._replace(currency=currency)
    bought = bought._replace(terms=bought.terms.prorated(draw(st.sampled_from(list(PartMonth)))))
    usage = usage_of(term, Spends(spend), (), BILLING._replace(currency=currency))
    quote = price(bought, usage, ONLY)
    assert quote is not None
    return quote, term.start


@pytest.mark.slow
@quick
@given(any_quote(), deals)
def test_the_lines_of_every_bill_add_up(
    quoted_from: tuple[Quote, datetime.date], agreed: PriceTerms
) -> None:
    quote, start = quoted_from
    unit = CURRENCIES[quote.plan.currency]
    account = settle(quote, agreed, start)
    for bill, month in zip(account.bills, quote.months, strict=True):
        assert bill.month == month.month
        assert bill.fee == month.charge.total
        assert bill.fee - bill.discount == bill.net
        assert 0 <= bill.net <= bill.fee
        included = agreed.tax is None or agreed.tax.included
        assert bill.gross == (bill.net if included else bill.net + bill.tax)
        assert bill.first is not None
        assert bill.first + bill.rest == bill.gross
        assert bill.first >= 0
        assert bill.rest >= 0
        assert bill.tax >= 0
        assert all(amount % unit == 0 for amount in (bill.net, bill.tax, bill.first, bill.rest))
        rate = Fraction(0) if agreed.tax is None else agreed.tax.rate
        base = bill.net - bill.tax if included else bill.net
        assert abs(Fraction(bill.tax) - Fraction(base) * rate) <= Fraction(unit)


@quick
@given(any_quote(), deals)
def test_payments_come_to_the_bills(
    quoted_from: tuple[Quote, datetime.date], agreed: PriceTerms
) -> None:
    quote, start = quoted_from
    account = settle(quote, agreed, start)
    gross = sum(bill.gross for bill in account.bills)
    assert sum(payment.due for payment in account.payments) == gross
    assert sum(payment.prepaid for payment in account.payments) == sum(
        bill.first or 0 for bill in account.bills
    )
    renewed = {months_later(start, agreed.bought_for)} if agreed.bought_for > 1 else set()
    within = renewed & {payment.day for payment in account.payments if payment.day.day > 1}
    assert len(account.payments) == len(account.bills) + 1 + len(within)
    assert sum(p.voucher for p in account.payments) + account.voucher_left == agreed.voucher
    assert all(p.to_pay >= 0 and p.voucher >= 0 for p in account.payments)
    assert account.voucher_left >= 0
    assert not account.voucher_left or all(p.to_pay == 0 for p in account.payments)
    days = [payment.day for payment in account.payments]
    assert days == sorted(set(days))
    assert days[0] == start
    assert all(due.day == 1 or due in within for due in days[1:])
    assert Month(days[-1].year, days[-1].month) == account.bills[-1].month.plus(1)
    assert account.balance == max(payment.due for payment in account.payments)


@quick
@given(any_quote(), deals)
def test_calendar_years_sum_to_the_term(
    quoted_from: tuple[Quote, datetime.date], agreed: PriceTerms
) -> None:
    quote, start = quoted_from
    account = settle(quote, agreed, start)
    *years, term = account.totals
    gross = sum(bill.gross for bill in account.bills)
    assert term.year is None
    assert sum(year.cost for year in years) == term.cost == gross
    assert sum(year.paid for year in years) == term.paid == gross
    found = [year.year for year in years]
    assert found == list(range(start.year, account.payments[-1].day.year + 1))


@quick
@given(any_quote())
def test_without_a_deal_the_bills_are_the_quote(quoted_from: tuple[Quote, datetime.date]) -> None:
    quote, start = quoted_from
    for bill, month in zip(settle(quote, AS_PUBLISHED, start).bills, quote.months, strict=True):
        assert bill.net == bill.gross == month.charge.total
        assert bill.tax == 0
        assert (bill.first, bill.rest) == (month.charge.prepaid, month.charge.postpaid)


def test_a_share_of_spend_is_discounted_whether_or_not_it_is_prepaid() -> None:
    """10% of 1,000 = 100 after the month: 70 either way."""
    bought = plan("bought", fee=share("10"))
    quote = quoted(bought, "2026-12-01", 1, "1000")
    for discount in (OFF, OFF_POSTPAID):
        [bill] = settled(quote, PriceTerms(discount)).bills
        assert [bill.first, bill.rest] == [0, 70]
