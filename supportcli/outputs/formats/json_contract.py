"""The contract as JSON and CSV: term and spends, bills, payments, what changes from today."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.billing import Account, Bill, Payment, settle
from supportcli.advice.quote import Quote
from supportcli.advice.recommendation import Advice
from supportcli.advice.renewal import Renewal, renewal
from supportcli.advice.usage import Order
from supportcli.core.money import exact_decimal, format_rate
from supportcli.language import Language

Json = Mapping[str, object]


def level_of(advice: Advice) -> Fraction | None:
    """The spend that was given for every month; the first month's where each has its own."""
    origin = advice.usage.origin
    if origin is not None and not origin.spends.series:
        return origin.spends.level
    return advice.usage.months[0].spend


def term_inputs(advice: Advice) -> Json:
    """Term, growth, series, orders and the deal, as they were understood."""
    origin, deal, currency = advice.usage.origin, advice.deal, advice.catalogue.currency
    start = advice.usage.first_day
    growth = origin.spends.growth if origin else None
    return {
        "months": origin.term.months if origin else len(advice.usage.months),
        "start": str(advice.usage.months[0].month) if start.day == 1 else start.isoformat(),
        "growth": None if growth is None else {"rate": _rate(growth.rate), "months": growth.every},
        "spend_series": [_exact(spend, currency) for spend in origin.spends.series]
        if origin
        else [],
        "orders": [_order(order, currency) for order in (origin.orders if origin else ())],
        "spreading": origin.billing.spreading.value if origin and origin.orders else None,
        "estimated": bool(origin and origin.estimated),
        "discount": None
        if deal.discount is None
        else {"rate": _rate(deal.discount.rate), "prepaid": deal.discount.prepaid},
        "voucher": _text(deal.voucher) if deal.voucher else None,
        "tax": None
        if deal.tax is None
        else {"rate": _rate(deal.tax.rate), "included": deal.tax.included},
    }


def _order(order: Order, currency: str) -> Json:
    return {
        "amount": _exact(order.listed, currency),
        "paid": None if order.paid is None else _exact(order.paid, currency),
        "start": order.term.start.isoformat(),
        "months": order.term.months,
    }


def _rate(rate: Fraction) -> str:
    return f"-{format_rate(-rate)}" if rate < 0 else format_rate(rate)


def _exact(amount: Fraction, currency: str) -> str:
    return _text(exact_decimal(amount, currency))


def _text(amount: Decimal) -> str:
    return f"{amount:f}"


def settlement_json(advice: Advice, quote: Quote | None, language: Language) -> Json:
    """The bills and payments of the recommended plan, and the comparison with today's."""
    account = settle(quote, advice.deal, advice.usage.first_day) if quote else None
    found = renewal(advice)
    return {
        "bills": [_bill(bill) for bill in (account.bills if account else ())],
        "payments": [_payment(payment) for payment in (account.payments if account else ())],
        "voucher_left": None if account is None else _text(account.voucher_left),
        "balance": _balance(account),
        "totals": [
            {
                "year": total.year,
                "cost": _text(total.cost),
                "charged": _text(total.paid) if account and account.payments else None,
            }
            for total in (account.totals if account else ())
        ],
        "renewal": None if found is None else _renewal(found, language),
    }


def _balance(account: Account | None) -> str | None:
    return _text(account.balance) if account and account.payments else None


def _bill(bill: Bill) -> Json:
    return {
        "month": str(bill.month),
        "fee": _text(bill.fee),
        "discount": _text(bill.discount),
        "net": _text(bill.net),
        "tax": _text(bill.tax),
        "gross": _text(bill.gross),
    }


def _payment(payment: Payment) -> Json:
    return {
        "day": payment.day.isoformat(),
        "prepaid": _text(payment.prepaid),
        "postpaid": _text(payment.postpaid),
        "voucher": _text(payment.voucher),
        "to_pay": _text(payment.to_pay),
    }


def _renewal(found: Renewal, language: Language) -> Json:
    return {
        "current": found.current.plan.id,
        "annual_difference": None
        if found.change.extra is None
        else _text(found.change.extra.amount),
        "gains": [language.say(message) for message in found.change.gains],
        "losses": [language.say(message) for message in found.change.losses],
        "content": [
            {
                "name": language.text(change.name),
                "today": None if change.before is None else language.text(change.before),
                "then": None if change.after is None else language.text(change.after),
            }
            for change in found.change.content
        ],
    }


PAYMENT_COLUMNS = ("day", "prepaid", "postpaid", "charged", "voucher", "to_pay")


def payments_csv(advice: Advice) -> str:
    """The payments of the recommended plan as CSV; headings alone where nothing can be told."""
    chosen = advice.recommended
    quote = chosen.quotes[advice.reading] if chosen else None
    account = settle(quote, advice.deal, advice.usage.first_day) if quote else None
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(PAYMENT_COLUMNS)
    for payment in account.payments if account else ():
        amounts = (payment.prepaid, payment.postpaid, payment.due, payment.voucher, payment.to_pay)
        writer.writerow([payment.day.isoformat(), *map(_text, amounts)])
    return page.getvalue()
