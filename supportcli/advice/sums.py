"""What is bought for several accounts together: fees, bills, payments, what is to be paid."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from supportcli.advice.billing import Bill, Payment, Settlement, month_bill, paid_with
from supportcli.advice.price_terms import NOTHING, PriceTerms
from supportcli.advice.purchases import Purchase
from supportcli.advice.quote import Charge, sum_of
from supportcli.advice.to_pay import ToPay, together
from supportcli.record import NamedTuple


class Sums(NamedTuple):
    """What is bought for several accounts together: as published, and what is to be paid.

    `month` is the bill of the first whole month, the settlement that of the term.
    """

    monthly: Charge
    annual: Charge
    term: Charge
    to_pay: ToPay
    month: Bill
    settlement: Settlement


def total_of(count: int, found: Sequence[Purchase], agreed: PriceTerms) -> Sums | None:
    """The sums of so many accounts; None where for one of them nothing is bought."""
    bought = {place for purchase in found for place in purchase.places}
    return sums_of(found, agreed) if len(bought) == count else None


def sums_of(found: Sequence[Purchase], agreed: PriceTerms) -> Sums:
    """The sums of some purchases, at least one."""
    wholes = [purchase.whole for purchase in found]
    return Sums(
        sum_of(whole.quote.monthly for whole in wholes),
        sum_of(whole.quote.annual for whole in wholes),
        sum_of(whole.quote.term for whole in wholes),
        together([whole.to_pay for whole in wholes]),
        _added([month_bill(whole.quote, agreed) for whole in wholes]),
        _settled([whole.settlement for whole in wholes], agreed.voucher),
    )


def _settled(settlements: Sequence[Settlement], voucher: Decimal) -> Settlement:
    """The bills month by month, the payments day by day; one voucher pays for all."""
    rows = zip(*(settlement.bills for settlement in settlements), strict=True)
    bills = tuple(_added(row) for row in rows)
    if not all(settlement.payments for settlement in settlements):
        return Settlement(bills, (), voucher)
    due: dict[datetime.date, list[Payment]] = {}
    for settlement in settlements:
        for payment in settlement.payments:
            due.setdefault(payment.day, []).append(payment)
    days = (
        (
            day,
            sum((payment.prepaid for payment in due[day]), NOTHING),
            sum((payment.postpaid for payment in due[day]), NOTHING),
        )
        for day in sorted(due)
    )
    return Settlement(bills, paid_with(days, voucher), voucher)


def _added(bills: Sequence[Bill]) -> Bill:
    firsts = [bill.first for bill in bills if bill.first is not None]
    return Bill(
        bills[0].month,
        sum((bill.fee for bill in bills), NOTHING),
        sum((bill.net for bill in bills), NOTHING),
        sum((bill.tax for bill in bills), NOTHING),
        sum((bill.gross for bill in bills), NOTHING),
        sum(firsts, NOTHING) if len(firsts) == len(bills) else None,
        sum((bill.rest for bill in bills), NOTHING),
    )
