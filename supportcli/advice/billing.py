"""What a customer pays in the end: discount, tax, voucher, each in its line; and when.

The order of the lines: fee, discount, net, tax, gross, voucher, to pay. A voucher is a payment: it
lowers neither the fee nor the tax, and what is left of it stays left.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.price_terms import NOTHING, PriceTerms, tax_on
from supportcli.advice.quote import Charge, Quote
from supportcli.core.money import half_up, round_half_up
from supportcli.core.period import Month, months_later
from supportcli.record import NamedTuple


class Bill(NamedTuple):
    """The lines of one month; `first` and `rest` are what is charged at its start and after it.

    `first` is None where nobody says how the fee is charged: then `rest` is the whole.
    """

    month: Month
    fee: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    first: Decimal | None
    rest: Decimal

    @property
    def discount(self) -> Decimal:
        """What is taken off the fee."""
        return self.fee - self.net


class Payment(NamedTuple):
    """What is charged on one day: the part of a month that begins, that of the month before."""

    day: datetime.date
    prepaid: Decimal
    postpaid: Decimal
    voucher: Decimal

    @property
    def due(self) -> Decimal:
        """Both parts together."""
        return self.prepaid + self.postpaid

    @property
    def to_pay(self) -> Decimal:
        """What is left to pay after the voucher."""
        return self.due - self.voucher


class Total(NamedTuple):
    """A calendar year or the whole term: what it costs and what is paid in it."""

    year: int | None
    cost: Decimal
    paid: Decimal


class Settlement(NamedTuple):
    """Every month's bill; the payments in the order of their days (none where that is unknown)."""

    bills: tuple[Bill, ...]
    payments: tuple[Payment, ...]
    voucher: Decimal

    @property
    def voucher_used(self) -> Decimal:
        """What of the term is paid with the voucher, also where the days are not known."""
        return self._gross - self.to_pay

    @property
    def voucher_left(self) -> Decimal:
        """What the term leaves of the voucher."""
        return self.voucher - self.voucher_used

    @property
    def to_pay(self) -> Decimal:
        """What is left to pay of the term after the voucher."""
        gross = self._gross
        return gross - min(gross, self.voucher)

    @property
    def _gross(self) -> Decimal:
        return sum((bill.gross for bill in self.bills), NOTHING)

    @property
    def balance(self) -> Decimal:
        """The most that is charged on one day: what to keep at hand."""
        return max((payment.due for payment in self.payments), default=NOTHING)

    @property
    def totals(self) -> tuple[Total, ...]:
        """By calendar year, and last the whole term; cost by month, payments by their day."""
        years = sorted(
            {bill.month.year for bill in self.bills} | {pay.day.year for pay in self.payments}
        )
        return (*map(self._total, years), self._total(None))

    def _total(self, year: int | None) -> Total:
        """A calendar year's cost and cash; of the whole term where no year is named."""
        nothing = self.bills[0].fee - self.bills[0].fee  # with the currency's decimals
        bills = (bill.gross for bill in self.bills if year in (None, bill.month.year))
        payments = (pay.due for pay in self.payments if year in (None, pay.day.year))
        return Total(year, sum(bills, nothing), sum(payments, nothing))


def settle(quote: Quote, agreed: PriceTerms, start: datetime.date) -> Settlement:
    """The bills of the quote's months under what was agreed, and the payments from the start on."""
    bills = tuple(_bill(m.month, m.charge, agreed, quote) for m in quote.months)
    return settled(bills, agreed.voucher, start, agreed.bought_for)


def settled(
    bills: tuple[Bill, ...], voucher: Decimal, start: datetime.date, bought_for: int = 1
) -> Settlement:
    """Bills with their payments, a voucher used as they fall due."""
    return Settlement(bills, _payments(bills, voucher, start, bought_for), voucher)


def month_bill(quote: Quote, agreed: PriceTerms) -> Bill:
    """The bill of the first whole month."""
    return _bill(quote.months[0].month, quote.monthly, agreed, quote)


def year_bills(quote: Quote, agreed: PriceTerms) -> tuple[Bill, ...]:
    """The bills of the twelve months from the start."""
    return tuple(_bill(m.month, m.charge, agreed, quote) for m in quote.year)


def _bill(month: Month, charge: Charge, agreed: PriceTerms, quote: Quote) -> Bill:
    """A month's bill: that of one invoice, times as many as there are alike."""
    one, currency, times = charge.of_one(quote.invoices), quote.plan.currency, quote.invoices
    net = agreed.net(one, currency)
    tax = tax_on(net, agreed.tax, currency)
    gross = agreed.gross(one, currency)
    first = None
    if one.prepaid is not None:
        first = _first_part(one, agreed, net, gross, currency)
    rest = gross - (first or NOTHING)
    return Bill(
        month,
        charge.total,
        net * times,
        tax * times,
        gross * times,
        None if first is None else first * times,
        rest * times,
    )


def _first_part(
    charge: Charge, agreed: PriceTerms, net: Decimal, gross: Decimal, currency: str
) -> Decimal:
    """What of the gross amount is charged first: the prepaid part, discounted and taxed alike."""
    prepaid = charge.total - charge.total if charge.prepaid is None else charge.prepaid
    if agreed.discount is not None and agreed.discount.prepaid:
        prepaid -= round_half_up(Fraction(prepaid) * agreed.discount.rate, currency)
    prepaid = min(prepaid, net)
    if gross == net or not net:
        return prepaid
    return round_half_up(Fraction(gross) * Fraction(prepaid) / Fraction(net), currency)


def _payments(
    bills: tuple[Bill, ...], voucher: Decimal, start: datetime.date, bought_for: int
) -> tuple[Payment, ...]:
    """Day by day: a month's first part at its start, the rest on the first of the month after.

    Of the months that are bought at once the first parts are all paid on the first day.
    """
    if any(bill.first is None for bill in bills):
        return ()
    due = _due(bills, start) if bought_for == 1 else _due_at_once(bills, start, bought_for)
    return paid_with(due, voucher)


def paid_with(
    due: Iterable[tuple[datetime.date, Decimal, Decimal]], voucher: Decimal
) -> tuple[Payment, ...]:
    """What is due on each day (prepaid, postpaid), paid with a voucher first."""
    payments, left = [], voucher
    for day, prepaid, postpaid in due:
        used = min(left, prepaid + postpaid) + (prepaid - prepaid)  # with the currency's decimals
        left -= used
        payments.append(Payment(day, prepaid, postpaid, used))
    return tuple(payments)


def _due(
    bills: tuple[Bill, ...], start: datetime.date
) -> Iterator[tuple[datetime.date, Decimal, Decimal]]:
    nothing = bills[0].fee - bills[0].fee  # with the currency's decimals
    rest = nothing
    for bill in bills:
        yield max(bill.month.first_day, start), nothing + (bill.first or 0), rest
        rest = bill.rest
    yield bills[-1].month.plus(1).first_day, nothing, rest


def _due_at_once(
    bills: tuple[Bill, ...], start: datetime.date, months: int
) -> Iterator[tuple[datetime.date, Decimal, Decimal]]:
    """As `_due`, but the first parts up to the end of what is bought fall due on the first day.

    Where that ends within a month, its first part is divided by the days; from that day on the
    plan goes on as one that begins then.
    """
    end = months_later(start, months)
    nothing = bills[0].fee - bills[0].fee  # with the currency's decimals
    parts = [_bought(bill, end, last=bill is bills[-1]) for bill in bills]
    rest, first_day = nothing, sum((bought for bought, _ in parts), nothing)
    for bill, (_, later) in zip(bills, parts, strict=True):
        day = max(bill.month.first_day, start)
        divided = day < end <= bill.month.last_day
        yield day, first_day if day == start else nothing if divided else later, rest
        if divided and later:
            yield end, later, nothing
        rest = bill.rest
    yield bills[-1].month.plus(1).first_day, nothing, rest


def _bought(bill: Bill, end: datetime.date, *, last: bool) -> tuple[Decimal, Decimal]:
    """What of a month's first part is bought before a day, and what is left."""
    first, month = bill.first or NOTHING, bill.month
    nothing = bill.fee - bill.fee
    if end > month.last_day or (last and end > month.first_day):
        return first + nothing, nothing
    if end <= month.first_day:
        return nothing, first + nothing
    share = Fraction((end - month.first_day).days, month.days)
    bought = half_up(Fraction(first) * share, -int(nothing.as_tuple().exponent))
    return bought, first - bought
