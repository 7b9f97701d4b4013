"""What is to be paid, with what the amount is of: an amount never stands without its basis."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from supportcli.advice.billing import month_bill
from supportcli.advice.price_terms import Discount, PriceTerms, Tax
from supportcli.advice.quote import Quote
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.record import NamedTuple


class PriceBasis(NamedTuple):
    """What amounts hold for: how many accounts, which reading, which discount and tax are in."""

    accounts: int
    reading: str
    discount: Discount | None
    tax: Tax | None


class ToPay(NamedTuple):
    """What is to be paid, or a difference of it: the first whole month, twelve months, the term.

    After the discount and with an added tax, each month rounded; a voucher is a means of payment
    and lowers none of it.
    """

    monthly: Decimal
    annual: Decimal
    term: Decimal
    currency: str
    basis: PriceBasis

    def less(self, other: ToPay) -> ToPay:
        """The difference.

        Raises:
            ValueError: the two are of another basis; their difference would mean nothing.
        """
        if (self.basis, self.currency) != (other.basis, other.currency):
            raise ValueError("amounts of another basis have no difference")
        return self._replace(
            monthly=self.monthly - other.monthly,
            annual=self.annual - other.annual,
            term=self.term - other.term,
        )


def to_pay_for(quote: Quote, agreed: PriceTerms, accounts: int) -> ToPay:
    """What is to be paid for a quote of so many accounts."""
    return ToPay(
        month_bill(quote, agreed).gross,
        agreed.gross_year(quote),
        agreed.gross_term(quote),
        quote.plan.currency,
        PriceBasis(accounts, quote.reading, agreed.discount, agreed.tax),
    )


def to_pay(advice: Advice, entry: PlanAdvice | None, reading: str | None = None) -> ToPay | None:
    """What is to be paid for a plan, under the reading in use or another; None if unknown."""
    quote = entry.quotes.get(reading or advice.reading) if entry else None
    return quote and to_pay_for(quote, advice.agreed, advice.usage.accounts)


def to_pay_more(
    advice: Advice,
    entry: PlanAdvice | None,
    other: PlanAdvice | None,
    reading: str | None = None,
) -> ToPay | None:
    """What is to be paid more for the one plan than for the other; below zero where less.

    Under the reading in use, or another. None where one of them ends within the term: there is no
    year of it.
    """
    ends = any(each is not None and each.last_day for each in (entry, other))
    one, two = (to_pay(advice, each, reading) for each in (entry, other))
    return None if ends or one is None or two is None else one.less(two)


def together(parts: Sequence[ToPay]) -> ToPay:
    """The sum for accounts apart; all of one reading, discount and tax.

    Raises:
        ValueError: they are not.
    """
    first = parts[0]
    if len({(part.currency, *part.basis[1:]) for part in parts}) > 1:
        raise ValueError("amounts of another basis have no sum")
    return ToPay(
        sum((part.monthly for part in parts), Decimal(0)),
        sum((part.annual for part in parts), Decimal(0)),
        sum((part.term for part in parts), Decimal(0)),
        first.currency,
        first.basis._replace(accounts=sum(part.basis.accounts for part in parts)),
    )
