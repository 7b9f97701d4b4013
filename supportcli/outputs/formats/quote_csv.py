"""The lines of a quote as CSV, for who books them: account by account, month by month."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from supportcli.advice.portfolio import Member
from supportcli.advice.purchases import Share
from supportcli.advice.quotation import UnderReading
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.formats.json.values import exact
from supportcli.outputs.formats.spreadsheet import guarded
from supportcli.safe import safe

LINE_COLUMNS = (
    *("number", "account", "accounts", "plan", "reading", "role", "month", "spend"),
    *("list", "discount", "net", "tax", "gross", "currency"),
)


def quote_csv(paper: QuotePaper, number: str) -> str:
    """A row for each account and month under each reading that is told.

    `spend` is that of one of the `accounts` alike, the amounts are those of all of them: list price
    less discount is net, and with the tax gross. A voucher is a payment, and stands in none.
    """
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(LINE_COLUMNS)
    for side in paper.quotation.sides:
        for member, share in zip(paper.quotation.found.members, side.shares, strict=True):
            for row in _rows(paper, side, member, share):
                writer.writerow((guarded(safe(number)), *row))
    return page.getvalue()


def _rows(
    paper: QuotePaper, side: UnderReading, member: Member, share: Share
) -> Iterator[tuple[object, ...]]:
    currency = member.advice.catalogue.currency
    name = guarded(safe(paper.language.text(member.account.name)))
    whose = (name, member.account.alike, share.quote.plan.id, side.reading, side.role.value)
    for month, bill in zip(share.quote.months, share.settlement.bills, strict=True):
        lines = (bill.fee, bill.discount, bill.net, bill.tax, bill.gross)
        amounts = (f"{amount:f}" for amount in lines)
        yield (*whose, str(month.month), exact(month.spend, currency), *amounts, currency)
