"""The payments of the recommended plan as CSV."""

from __future__ import annotations

import csv
import io

from supportcli.advice.billing import settle
from supportcli.advice.recommendation import Advice

PAYMENT_COLUMNS = ("day", "prepaid", "postpaid", "charged", "voucher", "to_pay")


def payments_csv(advice: Advice) -> str:
    """A row for each payment; headings alone where nothing can be told."""
    chosen = advice.recommended
    quote = chosen.quotes[advice.reading] if chosen else None
    settled = settle(quote, advice.agreed, advice.usage.first_day) if quote else None
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(PAYMENT_COLUMNS)
    for payment in settled.payments if settled else ():
        amounts = (payment.prepaid, payment.postpaid, payment.due, payment.voucher, payment.to_pay)
        writer.writerow([payment.day.isoformat(), *(f"{amount:f}" for amount in amounts)])
    return page.getvalue()
