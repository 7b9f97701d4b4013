"""What was agreed on price beside the published fee, and what is to be paid after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.quote import Charge, Quote, QuoteMonth
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import TaxInAmounts
from supportcli.core.money import round_half_up
from supportcli.errors import Message
from supportcli.record import NamedTuple

NOTHING = Decimal(0)

_Amount = Callable[[Charge, str, int], Decimal]


class Discount(NamedTuple):
    """A share off the fee; `prepaid` where what is prepaid is discounted too."""

    rate: Fraction
    prepaid: bool = True

    @classmethod
    def said(cls, rate: Fraction | None, prepaid: bool | None) -> Discount | None:
        """What was said of a discount; none where nothing is taken off."""
        return cls(rate, prepaid is None or prepaid) if rate else None


class Tax(NamedTuple):
    """A tax that the fee includes, or that is added to it."""

    rate: Fraction
    included: bool

    @classmethod
    def said(cls, rate: Fraction | None, included: bool | None) -> Tax | None:
        """What was said of a tax; none where its rate is nothing."""
        return cls(rate, included) if rate and included is not None else None


class PriceTerms(NamedTuple):
    """What was agreed beside the published fee.

    `bought_for` is for how many months the part that is charged first is paid at once.
    """

    discount: Discount | None = None
    voucher: Decimal = NOTHING
    tax: Tax | None = None
    bought_for: int = 1

    @property
    def change_amounts(self) -> bool:
        """Whether what is to be paid is another amount than the published fee."""
        return self.discount is not None or (self.tax is not None and not self.tax.included)

    @property
    def listed(self) -> PriceTerms:
        """The same with nothing said of a discount or a tax: list prices."""
        return self._replace(discount=None, tax=None)

    @property
    def without_voucher(self) -> PriceTerms:
        """The same without what is only a means of payment."""
        return self._replace(voucher=NOTHING)

    def net(self, charge: Charge, currency: str, invoices: int = 1) -> Decimal:
        """A month's fee less the discount, rounded half up where the discount is made.

        It is made on each of several invoices that are alike. Where nobody says which part is
        prepaid, the discount is taken of the whole fee.
        """
        if self.discount is None:
            return charge.total
        one = charge.of_one(invoices)
        prepaid = NOTHING if self.discount.prepaid else one.prepaid or NOTHING
        base = Fraction(one.total - prepaid)
        return (one.total - round_half_up(base * self.discount.rate, currency)) * invoices

    def gross(self, charge: Charge, currency: str, invoices: int = 1) -> Decimal:
        """What is to be paid of a month's fee: after the discount, with an added tax."""
        net = self.net(charge, currency, invoices)
        if self.tax is None or self.tax.included:
            return net
        return net + tax_on(net / invoices, self.tax, currency) * invoices

    def net_term(self, quote: Quote) -> Decimal:
        """What the months of the term cost after the discount."""
        return (
            quote.term.total if self.discount is None else self._sum(self.net, quote.months, quote)
        )

    def gross_year(self, quote: Quote) -> Decimal:
        """What is to be paid for the twelve months from the start, month by month."""
        return (
            self._sum(self.gross, quote.year, quote) if self.change_amounts else quote.annual.total
        )

    def gross_term(self, quote: Quote) -> Decimal:
        """What is to be paid for the months of the term, a voucher not counted."""
        return (
            self._sum(self.gross, quote.months, quote) if self.change_amounts else quote.term.total
        )

    def _sum(self, of: _Amount, months: Iterable[QuoteMonth], quote: Quote) -> Decimal:
        currency, invoices = quote.plan.currency, quote.invoices
        return sum((of(month.charge, currency, invoices) for month in months), NOTHING)


AS_PUBLISHED = PriceTerms()


def tax_on(net: Decimal, tax: Tax | None, currency: str) -> Decimal:
    """The tax in an amount or on top of it: what is left is rounded, the tax is the difference."""
    if tax is None:
        return net - net  # with the currency's decimals
    if tax.included:
        return net - round_half_up(Fraction(net) / (1 + tax.rate), currency)
    return round_half_up(Fraction(net) * tax.rate, currency)


_TAX_DOUBTS = {
    True: (
        TaxInAmounts.EXCLUDED,
        Message("the source's amounts are without tax, here they are taken to include it"),
    ),
    False: (
        TaxInAmounts.INCLUDED,
        Message("the source's amounts include tax, here it is added to them"),
    ),
}


def tax_doubts(catalogue: Catalogue, included: bool | None) -> tuple[Message, ...]:
    """That a tax was said to be in the fee, or on top of it, against what the source says."""
    if included is None:
        return ()
    other, words = _TAX_DOUBTS[included]
    stated = (plan.terms.tax.value for plan in catalogue.plans if plan.terms.tax is not None)
    return (words,) if other in stated else ()
