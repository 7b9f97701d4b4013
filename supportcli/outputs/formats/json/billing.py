"""Bills and payments as JSON, and what changes from the plan of today."""

from __future__ import annotations

from collections.abc import Callable

from supportcli.advice.amounts import annual_difference
from supportcli.advice.billing import Bill, Payment, Settlement
from supportcli.advice.contrast import Contrast, contrast
from supportcli.advice.price_terms import Discount, Tax
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.renewal import Renewal, renewal
from supportcli.advice.to_pay import ToPay, to_pay_more
from supportcli.core.money import format_rate
from supportcli.language import Language
from supportcli.outputs.formats.json.values import Json, amount, day, said


def settlement_json(settled: Settlement | None) -> Json:
    """Bills, payments, and what a voucher leaves to be paid of the term."""
    return {
        "bills": [_bill(bill) for bill in (settled.bills if settled else ())],
        "payments": [_payment(payment) for payment in (settled.payments if settled else ())],
        "voucher_used": None if settled is None else amount(settled.voucher_used),
        "voucher_left": None if settled is None else amount(settled.voucher_left),
        "term_to_pay": None if settled is None else amount(settled.to_pay),
        "balance": _balance(settled),
        "totals": [
            {
                "year": total.year,
                "cost": amount(total.cost),
                "charged": amount(total.paid) if settled and settled.payments else None,
            }
            for total in (settled.totals if settled else ())
        ],
    }


def renewal_json(advice: Advice, language: Language) -> Json:
    """The comparison with the plan of today (null: there is none)."""
    found = renewal(advice)
    return {"renewal": None if found is None else _renewal(advice, found, language)}


def to_pay_json(found: ToPay | None) -> Json | None:
    """What is to be paid, or a difference of it, with what the amounts are of."""
    if found is None:
        return None
    return {
        "monthly": amount(found.monthly),
        "annual": amount(found.annual),
        "term": amount(found.term),
        "basis": {
            "accounts": found.basis.accounts,
            "reading": found.basis.reading,
            "discount": discount_json(found.basis.discount),
            "tax": tax_json(found.basis.tax),
            "spend": None,  # of a range: see of_range
        },
    }


def by_reading(advice: Advice, paid: Callable[[str], ToPay | None]) -> Json:
    """What is to be paid, or a difference of it, under each of the headline readings."""
    return {reading.id: to_pay_json(paid(reading.id)) for reading in advice.headline_readings}


def discount_json(discount: Discount | None) -> Json | None:
    """A discount, and whether what is prepaid is discounted too."""
    if discount is None:
        return None
    return {"rate": format_rate(discount.rate), "prepaid": discount.prepaid}


def tax_json(tax: Tax | None) -> Json | None:
    """A tax, and whether the fee includes it."""
    return None if tax is None else {"rate": format_rate(tax.rate), "included": tax.included}


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


def contrast_json(advice: Advice, entry: PlanAdvice, other: PlanAdvice, language: Language) -> Json:
    """What taking one plan instead of another changes.

    `annual_difference` is of list prices; `to_pay` what is to be paid.
    """
    found = contrast(advice, entry, other)
    return {
        "annual_difference": amount(
            annual_difference(at_list(advice), entry, other, either_way=True)
        ),
        "to_pay": to_pay_json(to_pay_more(advice, entry, other)),
        "gains": said(found.gains, language),
        "losses": said(found.worse, language),
        "not_recorded": said(found.unrecorded, language),
    }


def at_list(advice: Advice) -> Advice:
    """The same advice as if nothing had been said of a discount or a tax."""
    return advice._replace(agreed=advice.agreed.listed)


def _renewal(advice: Advice, found: Renewal, language: Language) -> Json:
    chosen = advice.taken or found.current
    return {
        "current": found.current.plan.id,
        "ends": None if found.ends is None else str(found.ends),
        **contrast_json(advice, chosen, found.current, language),
        "by_reading": by_reading(
            advice, lambda reading: to_pay_more(advice, chosen, found.current, reading)
        ),
        "content": content_json(found.change, language),
    }


def content_json(found: Contrast, language: Language) -> list[Json]:
    """The rows of the service table that differ (null: a plan is not described)."""
    return [
        {
            "name": language.text(change.name),
            "today": None if change.before is None else language.text(change.before),
            "then": None if change.after is None else language.text(change.after),
        }
        for change in found.content
    ]
