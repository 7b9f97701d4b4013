"""What one quote is about: the customer, the accounts, the term, and what was agreed on price."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from supportcli.advice.bounds import whole
from supportcli.advice.handed_in import HandedIn
from supportcli.advice.price_terms import AS_PUBLISHED, Discount, PriceTerms, Tax
from supportcli.advice.rules import BOUNDS
from supportcli.advice.usage import (
    YEAR,
    Billing,
    Growth,
    Order,
    Spends,
    Usage,
    exact_amount,
    exact_spend,
    usage_of,
)
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import PartMonth, Spreading
from supportcli.core.money import round_half_up
from supportcli.core.period import Term
from supportcli.errors import Message, quoted
from supportcli.inputs.values.dates import read_date, read_start
from supportcli.inputs.values.discount import read_tax_rate, read_told_discount
from supportcli.inputs.values.order import read_growth
from supportcli.inputs.values.price_terms import read_discount_on, read_tax
from supportcli.needs.registry import Needs
from supportcli.record import NamedTuple

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

    def __repr__(self) -> str:
        """Its name and what is known of its spend."""
        level = "unknown" if self.spends.level is None else self.spends.level
        spend = "a series of months" if self.spends.series else f"{level} a month"
        return f"<Account {self.name}: {spend}, {len(self.orders)} orders>"

    @classmethod
    def of(
        cls,
        name: str,
        spend: Fraction | Decimal | int | str | None = None,
        needs: Needs = Needs(),  # noqa: B008 - a frozen value
        orders: Iterable[Order | str] = (),
        series: Iterable[Fraction | Decimal | int | str] = (),
        growth: str | None = None,
        quantities: Mapping[str, Fraction] = MappingProxyType({}),
        currency: str = "CNY",
    ) -> Account:
        """An account of a deal; texts are read as the command line reads them.

        `spend` is a month's, before discounts, a range too (None: not known, nothing where there
        are orders alone); `series` is that of each month of the term. The plan of today is one of
        the needs.

        Raises:
            UsageError: everything that is not understood, each under its name.
        """
        said = HandedIn()
        amounts = said.read("spend", spend, partial(exact_spend, currency=currency)) or ()
        amount = partial(exact_amount, currency=currency)
        months = [said.read("series", one, amount) for one in series]
        grows = said.read("growth", growth, lambda one: Growth(*read_growth(one)))
        ordered = [
            said.read("orders", one, lambda one: Order.of(one, currency))
            if isinstance(one, str)
            else one
            for one in orders
        ]
        said.refuse()
        level = amounts[len(amounts) // 2] if amounts else None
        if level is None and ordered and spend is None:
            level = Fraction(0)
        return cls(
            name,
            needs,
            Spends(level, grows, tuple(month for month in months if month is not None)),
            tuple(order for order in ordered if order is not None),
            MappingProxyType(dict(quantities)),
            span=amounts if len(amounts) > 1 else (),
        )

    def at(self, end: int) -> Account:
        """The same account at an end of its range, where it has one."""
        if not self.span:
            return self
        return self._replace(spends=self.spends._replace(level=self.span[end]), span=())


class Deal(NamedTuple):
    """The accounts, from when to when, and the price that was agreed; all of one customer.

    `spreading`, `proration` and `thirty` are the deal's own rules for orders and for parts of
    months (None: as the catalogue says). `quantities` hold for the accounts that name none. `plan`
    is the id of the one that the answer is to be about (None: what is recommended), `beside` are
    those of plans to be put side by side.
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
    plan: str | None = None
    beside: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """How many accounts it has, and its term."""
        term = f"{self.term.months} months from {self.term.start}"
        return f"<Deal of {len(self.accounts)} accounts, {term}>"

    @classmethod
    def of(
        cls,
        accounts: Iterable[Account],
        start: str,
        months: int = YEAR,
        discount: str | None = None,
        discount_on: str | None = None,
        tax: str | None = None,
        tax_rate: str | None = None,
        voucher: Fraction | Decimal | int | str | None = None,
        customer: str | None = None,
        valid_until: str | None = None,
        currency: str = "CNY",
    ) -> Deal:
        """A deal; texts are read as the command line reads them: discount="7折", tax="added".

        Raises:
            UsageError: everything that is not understood, each under its name.
        """
        said = HandedIn()
        known = tuple(accounts)
        _look_at_names(known, said)
        begins = said.read("start", start, read_start)
        term = said.read("months", months, lambda one: whole(one, *BOUNDS["months"]))
        off = said.read("discount", discount, read_told_discount)
        prepaid = said.read("discount_on", discount_on, read_discount_on)
        included = said.read("tax", tax, read_tax)
        rate = said.read("tax_rate", tax_rate, read_tax_rate)
        paid = said.read("voucher", voucher, partial(exact_amount, currency=currency))
        until = said.read("valid_until", valid_until, read_date)
        said.belong("discount_on", discount_on, "discount", discount)
        said.belong("tax", tax, "tax_rate", tax_rate)
        said.belong("tax_rate", tax_rate, "tax", tax)
        whole_term = Term(begins or datetime.date.min, term or YEAR)
        for account in known:
            length = series_mistake(len(account.spends.series), whole_term)
            if account.spends.series and length is not None:
                said.note(f"accounts: {account.name}", length)
        said.refuse()
        return cls(
            known,
            whole_term,
            PriceTerms(
                Discount.said(off, prepaid),
                round_half_up(paid or Fraction(0), currency),
                Tax.said(rate, included),
            ),
            customer=customer,
            valid_until=until,
        )

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
            not catalogue.counts_paid,
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


def _look_at_names(accounts: Sequence[Account], said: HandedIn) -> None:
    names = [account.name for account in accounts]
    if not names:
        said.note("accounts", Message("lists no account; list one"))
    if len(names) > 1 and not all(names):
        said.note("accounts", Message("several accounts need names"))
    for name in dict.fromkeys(name for name in names if names.count(name) > 1 and name):
        said.note("accounts", Message("{name} is given twice; keep one", name=quoted(name)))


def series_mistake(count: int, term: Term) -> Message | None:
    """What is wrong where a series has not as many amounts as the term touches months."""
    months = [str(month) for month, _ in term.parts()]
    if count == len(months):
        return None
    amounts = Message("1 amount") if count == 1 else Message("{count} amounts", count=count)
    touched = Message("1 month") if len(months) == 1 else Message("{count} months")
    return Message(
        "has {amounts}; the term touches {months}, {first} to {last}",
        amounts=amounts,
        months=Message(touched.text, count=len(months)),
        first=months[0],
        last=months[-1],
    )
