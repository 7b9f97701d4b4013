"""The payments of what is recommended as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from supportcli.advice.billing import Payment
from supportcli.advice.deal import ENDS
from supportcli.advice.portfolio import DealAnswer, Portfolio

PAYMENT_COLUMNS = ("day", "prepaid", "postpaid", "charged", "voucher", "to_pay")


def payments_csv(answer: DealAnswer) -> str:
    """A row for each payment of all accounts; of a range of spend those of each end, so named.

    Where no plan fits some account, the payments are those of the others.
    """
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    if not answer.ends:
        writer.writerow(PAYMENT_COLUMNS)
        writer.writerows(_rows(answer.portfolio))
        return page.getvalue()
    writer.writerow((*PAYMENT_COLUMNS, "spend"))
    for name, end in zip(ENDS, answer.ends, strict=True):
        writer.writerows([*row, name] for row in _rows(end))
    return page.getvalue()


def _rows(found: Portfolio) -> Iterable[list[str]]:
    return map(_row, found.payments)


def _row(payment: Payment) -> list[str]:
    amounts = (payment.prepaid, payment.postpaid, payment.due, payment.voucher, payment.to_pay)
    return [payment.day.isoformat(), *(f"{amount:f}" for amount in amounts)]
