"""What is bought for a deal: a fee for each account, or one fee for all whose spend is pooled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from types import MappingProxyType
from typing import TypeVar

from supportcli.advice.billing import Bill, Settlement, settle, settled, year_bills
from supportcli.advice.deal import Account
from supportcli.advice.price_terms import NOTHING, PriceTerms
from supportcli.advice.quote import Charge, Quote, QuoteMonth, is_pooled, price, sum_of, usage_held
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.to_pay import ToPay, to_pay_for
from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.money import apportion
from supportcli.core.piecewise import ZERO
from supportcli.core.plan import Plan
from supportcli.record import NamedTuple

Part = TypeVar("Part")


class Candidate(NamedTuple):
    """An account of a deal with the advice for it alone, and the plan that is looked at for it."""

    account: Account
    advice: Advice
    entry: PlanAdvice


class Share(NamedTuple):
    """An account's part of a fee: what is published, bill by bill, and what is to be paid."""

    quote: Quote
    settlement: Settlement
    to_pay: ToPay


class Purchase(NamedTuple):
    """A plan with its fee for an account, for accounts alike, or for all whose spend it pools.

    `places` are those of the accounts in the deal, `shares` their parts of the fee, which add up
    to it to the cent.
    """

    plan: Plan
    places: tuple[int, ...]
    whole: Share
    shares: tuple[Share, ...]


def purchases(
    asked: Sequence[Candidate | None], agreed: PriceTerms, reading: str
) -> tuple[Purchase, ...]:
    """The fees of the plans that are looked at, each under the reading; a voucher is not counted.

    Those whose price cannot be told are left out, and so are accounts without a plan.
    """
    groups: dict[tuple[str, int], list[int]] = {}
    for place, one in enumerate(asked):
        if one is not None:
            apart = -1 if is_pooled(one.entry.plan) else place
            groups.setdefault((one.entry.plan.id, apart), []).append(place)
    found = (
        _purchase([(place, one) for place in places if (one := asked[place])], agreed, reading)
        for places in groups.values()
    )
    return tuple(purchase for purchase in found if purchase is not None)


def shares(bought: Sequence[Purchase]) -> dict[int, Share]:
    """Each account's part of what is bought, by its place in the deal."""
    return {
        place: share
        for purchase in bought
        for place, share in zip(purchase.places, purchase.shares, strict=True)
    }


def _purchase(
    of: Sequence[tuple[int, Candidate]], agreed: PriceTerms, reading: str
) -> Purchase | None:
    places, asked = tuple(place for place, _ in of), [one for _, one in of]
    plan, usage = asked[0].entry.plan, asked[0].advice.usage
    quote = whole_quote(asked, reading)
    if quote is None:
        return None
    count = sum(one.advice.usage.accounts for one in asked)
    paid = agreed.without_voucher
    whole = Share(quote, settle(quote, paid, usage.first_day), to_pay_for(quote, paid, count))
    shares = (whole,) if len(asked) == 1 else tuple(_shares(whole, asked, paid))
    return Purchase(plan, places, whole, shares)


def whole_quote(asked: Sequence[Candidate], reading: str) -> Quote | None:
    """The one fee of a plan for accounts whose spend it adds up, or for one account."""
    plan, usage = asked[0].entry.plan, asked[0].advice.usage
    if len(asked) == 1:
        return asked[0].entry.quotes.get(reading) or price(plan, usage, reading)
    summed = _summed(asked)
    return price(plan.recounted(summed.quantities), summed, reading)


def _summed(asked: Sequence[Candidate]) -> Usage:
    """The usage of accounts whose spend is pooled, as one account has it."""

    def months(rows: list[tuple[MonthSpend, ...]]) -> tuple[MonthSpend, ...]:
        return tuple(map(_together, zip(*rows, strict=True)))

    usages = [one.advice.usage for one in asked]
    rows = [[month.times(usage.accounts) for month in usage.months] for usage in usages]
    years = [[month.times(usage.accounts) for month in usage.first_year] for usage in usages]
    return usages[0]._replace(
        months=months([tuple(row) for row in rows]),
        year=months([tuple(row) for row in years]),
        accounts=1,
        quantities=_quantities(asked),
    )


def _quantities(asked: Sequence[Candidate]) -> MappingProxyType[str, Fraction]:
    """What accounts say of themselves is added up; what holds for all is there once."""
    found: dict[str, Fraction] = {}
    for name in dict.fromkeys(name for one in asked for name in one.advice.usage.quantities):
        own = [one.account.quantities[name] for one in asked if name in one.account.quantities]
        shared = [one for one in asked if name not in one.account.quantities]
        once = shared[0].advice.usage.quantities.get(name, ZERO) if shared else ZERO
        found[name] = sum(own, once)
    return MappingProxyType(found)


def _together(months: tuple[MonthSpend, ...]) -> MonthSpend:
    spends = [month.spend for month in months]
    known = [spend for spend in spends if spend is not None]
    whole = [m.spend for m in months if m.counted is None and m.spend is not None]
    counted = [month.counted for month in months if month.counted is not None]
    opened = [month.opened for month in months if month.opened is not None]
    return months[0]._replace(
        spend=_added(known) if len(known) == len(spends) else None,
        counted=_added(whole) * months[0].share + _added(counted),
        opened=_added(opened) if opened else None,
    )


def _added(parts: Sequence[Fraction]) -> Fraction:
    """Their sum, over one denominator: much quicker for many of them than one after the other."""
    under = lcm(*(part.denominator for part in parts))
    return Fraction(sum(p.numerator * (under // p.denominator) for p in parts), under)


class _Weights(NamedTuple):
    """By what a month's amounts are divided: the spends; equal parts where there are none."""

    parts: tuple[Fraction, ...]
    currency: str

    def split(self, amount: Decimal | None) -> list[Decimal | None]:
        if amount is None:
            return [None] * len(self.parts)
        whole = sum(self.parts, ZERO)
        exact = [Fraction(amount) * part / whole for part in self.parts]
        return list(apportion(exact, amount, self.currency))

    def known(self, amount: Decimal) -> list[Decimal]:
        return [NOTHING if part is None else part for part in self.split(amount)]


def _shares(whole: Share, asked: Sequence[Candidate], agreed: PriceTerms) -> Iterator[Share]:
    """The parts of one fee, month by month by the spend of each; they add up to it."""
    quote = whole.quote
    usages = [usage_held(one.entry.plan, one.advice.usage) for one in asked]
    term = _weights([usage.months for usage in usages], asked)
    year = _weights([usage.first_year for usage in usages], asked)
    first = term[next((i for i, month in enumerate(usages[0].months) if month.share == 1), 0)]
    monthly, paid = _charges(quote.monthly, first), first.known(whole.to_pay.monthly)
    months = _turned(_charges(m.charge, w) for m, w in zip(quote.months, term, strict=True))
    years = _turned(_charges(m.charge, w) for m, w in zip(quote.year, year, strict=True))
    bills = _turned(_bills(b, w) for b, w in zip(whole.settlement.bills, term, strict=True))
    year_rows = zip(year_bills(quote, agreed), year, strict=True)
    billed = _turned(_bills(b, w) for b, w in year_rows)
    for place, usage in enumerate(usages):
        yield Share(
            quote._replace(
                monthly=monthly[place],
                annual=sum_of(years[place]),
                term=sum_of(months[place]),
                months=_months(quote.months, months[place], usage.months),
                year=_months(quote.year, years[place], usage.first_year),
            ),
            settled(bills[place], NOTHING, usage.first_day),
            whole.to_pay._replace(
                monthly=paid[place],
                annual=_gross(billed[place]),
                term=_gross(bills[place]),
                basis=whole.to_pay.basis._replace(accounts=usage.accounts),
            ),
        )


def _weights(months: Sequence[Sequence[MonthSpend]], asked: Sequence[Candidate]) -> list[_Weights]:
    """By what each month's amounts are divided, given the months of each account."""
    usages, currency = [one.advice.usage for one in asked], asked[0].entry.plan.currency
    rows = (
        [m.times(usage.accounts).spend_held for m, usage in zip(row, usages, strict=True)]
        for row in zip(*months, strict=True)
    )
    return [
        _Weights(tuple(held) if any(held) else (Fraction(1),) * len(held), currency)
        for held in rows
    ]


def _turned(by_month: Iterable[Sequence[Part]]) -> list[tuple[Part, ...]]:
    """From the parts of each month to the months of each part."""
    return list(zip(*by_month, strict=True))


def _months(
    months: Sequence[QuoteMonth], charges: Sequence[Charge], spends: Sequence[MonthSpend]
) -> tuple[QuoteMonth, ...]:
    return tuple(
        month._replace(charge=charge, spend=used.spend)
        for month, charge, used in zip(months, charges, spends, strict=True)
    )


def _gross(bills: Sequence[Bill]) -> Decimal:
    return sum((bill.gross for bill in bills), NOTHING)


def _charges(charge: Charge, weights: _Weights) -> list[Charge]:
    parts = zip(weights.known(charge.total), weights.split(charge.prepaid), strict=True)
    return [Charge(total, prepaid) for total, prepaid in parts]


def _bills(bill: Bill, weights: _Weights) -> list[Bill]:
    """A bill's lines divided: what is charged first and the rest make up each part's sum."""
    lines = zip(
        weights.known(bill.fee),
        weights.known(bill.net),
        weights.known(bill.tax),
        weights.split(bill.first),
        weights.known(bill.rest),
        strict=True,
    )
    return [_part(bill, *line) for line in lines]


def _part(
    bill: Bill, fee: Decimal, net: Decimal, tax: Decimal, first: Decimal | None, rest: Decimal
) -> Bill:
    """A part of the bill; a line that follows from others is computed, not divided again."""
    gross = rest + (first or NOTHING)
    added = bill.gross != bill.net  # the tax; else it is within
    return Bill(
        bill.month, fee, net if added else gross, gross - net if added else tax, gross, first, rest
    )
