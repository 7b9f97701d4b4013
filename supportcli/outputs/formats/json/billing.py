"""Bills and payments as JSON, and what changes from the plan of today."""

from __future__ import annotations

from supportcli.advice.billing import Bill, Payment, Settlement, settle
from supportcli.advice.contrast import Contrast
from supportcli.advice.quote import Quote
from supportcli.advice.recommendation import Advice
from supportcli.advice.renewal import Renewal, renewal
from supportcli.language import Language
from supportcli.outputs.formats.json.values import Json, amount, day, said


def settlement_json(advice: Advice, quote: Quote | None, language: Language) -> Json:
    """The bills and payments of the recommended plan, and the comparison with today's."""
    settled = settle(quote, advice.agreed, advice.usage.first_day) if quote else None
    found = renewal(advice)
    return {
        "bills": [_bill(bill) for bill in (settled.bills if settled else ())],
        "payments": [_payment(payment) for payment in (settled.payments if settled else ())],
        "voucher_left": None if settled is None else amount(settled.voucher_left),
        "balance": _balance(settled),
        "totals": [
            {
                "year": total.year,
                "cost": amount(total.cost),
                "charged": amount(total.paid) if settled and settled.payments else None,
            }
            for total in (settled.totals if settled else ())
        ],
        "renewal": None if found is None else _renewal(found, language),
    }


def _balance(settled: Settlement | None) -> str | None:
    return amount(settled.balance) if settled and settled.payments else None


def _bill(bill: Bill) -> Json:
    return {
        "month": str(bill.month),
        "fee": amount(bill.fee),
        "discount": amount(bill.discount),
        "net": amount(bill.net),
        "tax": amount(bill.tax),
        "gross": amount(bill.gross),
    }


def _payment(payment: Payment) -> Json:
    return {
        "day": day(payment.day),
        "prepaid": amount(payment.prepaid),
        "postpaid": amount(payment.postpaid),
        "voucher": amount(payment.voucher),
        "to_pay": amount(payment.to_pay),
    }


def contrast_json(found: Contrast, language: Language) -> Json:
    """What taking one plan instead of another changes."""
    return {
        "annual_difference": amount(found.extra),
        "gains": said(found.gains, language),
        "losses": said(found.worse, language),
    }


def _renewal(found: Renewal, language: Language) -> Json:
    return {
        "current": found.current.plan.id,
        **contrast_json(found.change, language),
        "content": [
            {
                "name": language.text(change.name),
                "today": None if change.before is None else language.text(change.before),
                "then": None if change.after is None else language.text(change.after),
            }
            for change in found.change.content
        ],
    }
