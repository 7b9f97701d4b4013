"""What one quote is about: the customer, the accounts, the term, and what was agreed on price."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from supportcli.advice.price_terms import AS_PUBLISHED, PriceTerms
from supportcli.advice.usage import Billing, Order, Spends, Usage, usage_of
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Basis, PartMonth, Spreading
from supportcli.core.period import Term
from supportcli.needs.registry import Needs

ENDS = ("lowest", "middle", "highest")
"""The spends of a range, in their order."""


class Account(NamedTuple):
    """An account: what it spends, needs and has today; or so many `alike`.

    `span` are the lowest, the middle and the highest spend where a range was given; the level of
    `spends` is the middle then. It is `estimated` where it was told from what is paid. The name is
    empty where nobody named it.
    """

    name: str = ""
    needs: Needs = Needs()
    spends: Spends = Spends()
    orders: tuple[Order, ...] = ()
    quantities: Mapping[str, Fraction] = MappingProxyType({})
    alike: int = 1
    span: tuple[Fraction, ...] = ()
    estimated: bool = False

    def at(self, end: int) -> Account:
        """The same account at an end of its range, where it has one."""
        if not self.span:
            return self
        return self._replace(spends=self.spends._replace(level=self.span[end]), span=())


class Deal(NamedTuple):
    """The accounts, from when to when, and the price that was agreed; all of one customer.

    `spreading`, `proration` and `thirty` are the deal's own rules for orders and for parts of
    months (None: as the catalogue says). `quantities` hold for the accounts that name none.
    """

    accounts: tuple[Account, ...]
    term: Term
    agreed: PriceTerms = AS_PUBLISHED
    quantities: Mapping[str, Fraction] = MappingProxyType({})
    spreading: Spreading | None = None
    proration: PartMonth | None = None
    thirty: bool = False
    customer: str | None = None
    valid_until: datetime.date | None = None

    @property
    def named(self) -> bool:
        """Whether its accounts have names; else there is one, or several alike."""
        return bool(self.accounts[0].name)

    @property
    def ends(self) -> tuple[Deal, ...]:
        """The deal at the lowest, the middle and the highest spend, where a range was given."""
        if not any(account.span for account in self.accounts):
            return ()
        return tuple(
            self._replace(accounts=tuple(account.at(end) for account in self.accounts))
            for end in range(len(ENDS))
        )

    def usage(self, account: Account, catalogue: Catalogue) -> Usage:
        """An account's months, orders spread as the catalogue says unless told otherwise."""
        terms = catalogue.terms
        said = terms.spreading.value if terms.spreading else Spreading.BY_MONTH
        billing = Billing(
            self.spreading or said,
            terms.basis is None or terms.basis.value is Basis.LIST,
            catalogue.currency,
            self.thirty,
            assumed=self.spreading is None and terms.spreading is None,
        )
        usage = usage_of(self.term, account.spends, account.orders, billing)
        origin = usage.origin and usage.origin._replace(estimated=account.estimated)
        quantities = {**self.quantities, **account.quantities}
        return usage._replace(
            quantities=MappingProxyType(quantities), accounts=account.alike, origin=origin
        )

    def rules(self, catalogue: Catalogue) -> Catalogue:
        """The catalogue with the deal's own rule for parts of a month, where it has one."""
        if self.proration is None:
            return catalogue
        part = self.proration
        plans = (plan._replace(terms=plan.terms.prorated(part)) for plan in catalogue.plans)
        return catalogue._replace(plans=tuple(plans))
