"""Monthly spends: level, growing or given, with prepaid orders spread over their months."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from supportcli.advice.bounds import whole
from supportcli.advice.rules import BOUNDS
from supportcli.core.amount_text import parse_amount
from supportcli.core.conditions import Spreading
from supportcli.core.money import apportion, round_half_up
from supportcli.core.period import ONE, Month, Term
from supportcli.core.piecewise import ZERO
from supportcli.errors import Message, UsageError
from supportcli.inputs.values.amount import read_amount
from supportcli.inputs.values.dates import read_start
from supportcli.inputs.values.order import read_order
from supportcli.inputs.values.spend import read_spend_said
from supportcli.record import NamedTuple

YEAR = 12
MOST_MONTHS = 1200  # of a usage that a program makes; a term of the command line has 60 at most


class MonthSpend(NamedTuple):
    """One account's spend of one month that counts toward the fee, unrounded; None is unknown.

    The spend is that of the whole month, `ordered` the part of it that comes from prepaid orders.
    `share` is the part of the month's days that the plan is held, `counted` the spend of those days
    (None: the same share of the spend). `opened` is set where it is the rest of the month that the
    term began in: the spend of the days that the plan was held then.
    """

    month: Month
    spend: Fraction | None
    share: Fraction = ONE
    ordered: Fraction = ZERO
    counted: Fraction | None = None
    opened: Fraction | None = None

    @property
    def closing(self) -> bool:
        """Whether it is the rest of the month that the term began in."""
        return self.opened is not None

    @property
    def spend_held(self) -> Fraction:
        """The spend of the days that the plan is held; 0 where it is not known."""
        if self.counted is not None:
            return self.counted
        return (self.spend or ZERO) * self.share

    def times(self, factor: Fraction | int) -> MonthSpend:
        """The same month with its spend multiplied; what of it comes from orders stays as it is."""
        if factor == 1:
            return self
        spends = (self.spend, self.counted, self.opened)
        spend, counted, opened = (None if each is None else each * factor for each in spends)
        return self._replace(spend=spend, counted=counted, opened=opened)


class Growth(NamedTuple):
    """How spend grows: by a rate every so many months (1 or 12)."""

    rate: Fraction
    every: int


class Order(NamedTuple):
    """A prepaid subscription: its price before discount, what was paid for it, its period."""

    listed: Fraction
    paid: Fraction | None
    term: Term

    @classmethod
    def of(cls, text: str, currency: str = "CNY") -> Order:
        """An order as the command line takes it: Order.of("120万 from 2026-12-01 for 12 months").

        Raises:
            AmountError, UsageError: the text is not understood.
        """
        amount = partial(exact_amount, currency=currency)
        return cls(*read_order(text, amount, BOUNDS["months"]))

    def counted(self, billing: Billing) -> Fraction:
        """The price that counts: before discount, or what was paid where that is what counts."""
        return self.listed if billing.listed or self.paid is None else self.paid

    def counts_in(self, term: Term) -> bool:
        """Whether it touches a month of a term, or of the year that begins with it."""
        looked_at = term._replace(months=max(term.months, YEAR))
        months = {month for month, _ in looked_at.parts()}
        return any(month in months for month, _ in self.term.parts())


class Spends(NamedTuple):
    """What is known of the spend: one level (None: unknown), growing, or a series of months."""

    level: Fraction | None = None
    growth: Growth | None = None
    series: tuple[Fraction, ...] = ()

    def of_month(self, index: int, currency: str) -> Fraction | None:
        """The spend of the month of that index; a grown one is rounded, a given one is not."""
        if self.series:
            return self.series[min(index, len(self.series) - 1)]
        if self.level is None or self.growth is None:
            return self.level
        steps = index // self.growth.every
        grown = self.level * (1 + self.growth.rate) ** steps
        return Fraction(round_half_up(grown, currency)) if steps else self.level


class Billing(NamedTuple):
    """How a catalogue's plans look at spend: how orders are spread, at which price, in what days.

    `listed` is true where the price before discount counts; `thirty` where a month has 30 days;
    `assumed` where nobody says how orders are spread.
    """

    spreading: Spreading
    listed: bool
    currency: str
    thirty: bool = False
    assumed: bool = False


class Origin(NamedTuple):
    """What a usage was made of; `estimated` where the spend was told from what is paid."""

    term: Term
    spends: Spends
    orders: tuple[Order, ...]
    billing: Billing
    estimated: bool = False


class Usage(NamedTuple):
    """The months of the term in order, each with its spend, and the quantities beside it.

    `year` are the twelve months from the start, whatever the term; None where the term begins with
    them. `accounts` is how many accounts spend as much each; `first` and `last` are the term's
    first and last day, None where it is made of whole months.
    """

    months: tuple[MonthSpend, ...]
    quantities: Mapping[str, Fraction] = MappingProxyType({})
    year: tuple[MonthSpend, ...] | None = None
    accounts: int = 1
    first: datetime.date | None = None
    last: datetime.date | None = None
    origin: Origin | None = None

    def __repr__(self) -> str:
        """The term, the spend of its first month and how many accounts."""
        first = self.months[0]
        spend = "unknown" if first.spend is None else f"{first.spend}"
        term = f"{len(self.months)} months from {first.month}"
        return f"<Usage {spend} a month, {term}, {self.accounts} accounts>"

    @classmethod
    def level(
        cls,
        spend: Fraction | Decimal | int | str | None,
        start: Month | str,
        months: int = YEAR,
        quantities: Mapping[str, Fraction] = MappingProxyType({}),
        currency: str = "CNY",
    ) -> Usage:
        """The same spend (None: not known) in every month from the start on.

        Texts are read as the command line reads them: Usage.level("12万", "2026-12"); of a range
        its middle, of 不清楚 None. The currency is what a sign in such a text must agree with.

        Raises:
            AmountError, UsageError: a text is not understood, or the spend is a binary float.
        """
        if not isinstance(start, Month):
            day = read_start(str(start))
            start = Month(day.year, day.month)
        amounts = exact_spend(spend, currency)
        spend = amounts[len(amounts) // 2] if amounts else None
        months = whole(months, 1, MOST_MONTHS)
        spends = tuple(MonthSpend(start.plus(i), spend) for i in range(max(months, YEAR)))
        return cls(spends[:months], quantities, spends[:YEAR])

    def times(self, factor: Fraction) -> Usage:
        """The usage with the spend that was given multiplied by a factor.

        Orders stay as they are; where it is not known what the months are made of, their whole
        spend is multiplied.
        """
        origin = self.origin
        if origin is None:
            months, year = (
                None if of is None else tuple(month.times(factor) for month in of)
                for of in (self.months, self.year)
            )
            return self._replace(months=months or (), year=year)
        level, growth, series = origin.spends
        spends = Spends(
            None if level is None else level * factor, growth, tuple(s * factor for s in series)
        )
        made = usage_of(origin.term, spends, origin.orders, origin.billing)
        estimated = made.origin and made.origin._replace(estimated=origin.estimated)
        return made._replace(quantities=self.quantities, accounts=self.accounts, origin=estimated)

    def at(self, level: Fraction) -> Usage:
        """The usage with another level of spend; growth, orders and all else stay as they are."""
        origin = self.origin
        if origin is None:
            months, year = (
                None if of is None else tuple(month._replace(spend=level) for month in of)
                for of in (self.months, self.year)
            )
            return self._replace(months=months or (), year=year)
        spends = origin.spends._replace(level=level, series=())
        made = usage_of(origin.term, spends, origin.orders, origin.billing)
        return made._replace(quantities=self.quantities, accounts=self.accounts)

    def until(self, day: datetime.date) -> Usage:
        """The months up to the one that the day is in; none where the day is before them."""

        def months(of: tuple[MonthSpend, ...]) -> tuple[MonthSpend, ...]:
            return tuple(month for month in of if month.month.first_day <= day)

        return self._replace(months=months(self.months), year=months(self.first_year), last=day)

    @property
    def monthly_spend(self) -> Fraction | None:
        """The spend that was given for every month; the first month's where each has its own."""
        if self.origin is not None and not self.origin.spends.series:
            return self.origin.spends.level
        return self.months[0].spend

    @property
    def ordered(self) -> Fraction:
        """What the first whole month has of the orders, beside the spend that was given."""
        if self.origin is None or self.origin.spends.series:
            return ZERO
        whole = next((month for month in self.months if month.share == 1), self.months[0])
        return whole.ordered

    @property
    def spend_counted(self) -> Fraction | None:
        """The spend with what the first whole month has of the orders."""
        return None if self.monthly_spend is None else self.monthly_spend + self.ordered

    @property
    def spend_known(self) -> bool:
        """Whether the spend of every month is known."""
        return all(month.spend is not None for month in self.months)

    @property
    def series(self) -> tuple[Fraction, ...]:
        """The spends of a series that are not all alike, with what a month has of the orders."""
        if self.origin is None or not self.origin.spends.series:
            return ()
        known = tuple(month.spend for month in self.months if month.spend is not None)
        return known if len({*known}) > 1 else ()

    @property
    def uneven(self) -> bool:
        """Whether the months of a term of more than a year are not all alike: years differ."""
        growth = self.origin.spends.growth if self.origin else None
        varies = growth is not None or len({month.spend for month in self.months}) > 1
        return varies and len(self.months) > YEAR

    @property
    def first_year(self) -> tuple[MonthSpend, ...]:
        """The twelve months from the start; all there are where the term is shorter."""
        if self.year is not None:
            return self.year
        return self.months if self.first is not None else self.months[:YEAR]

    @property
    def first_day(self) -> datetime.date:
        """The first day of the term."""
        return self.first or self.months[0].month.first_day

    @property
    def last_day(self) -> datetime.date:
        """The last day of the term."""
        return self.last or self.months[-1].month.last_day


def exact_spend(
    spend: Fraction | Decimal | int | str | None, currency: str
) -> tuple[Fraction, ...]:
    """A month's spend as one exact amount, the three of a range, or none where it is not known.

    Raises:
        AmountError, UsageError: a text is not understood, or the spend is a binary float.
    """
    if spend is None:
        return ()
    if isinstance(spend, Fraction) and spend >= 0:
        return (spend,)
    if isinstance(spend, Fraction):
        message = Message("{text} is below zero; write an amount of 0 or more", text=spend)
        raise UsageError(message)
    if isinstance(spend, str):
        return read_spend_said(spend, currency).amounts
    if isinstance(spend, (Decimal, int)) and not isinstance(spend, bool):
        written = f"{spend:f}" if isinstance(spend, Decimal) else str(spend)
        return (parse_amount(written, currency).value,)
    message = Message("{text} is not exact; give a text, a Decimal or a Fraction", text=spend)
    raise UsageError(message)


def exact_amount(amount: Fraction | Decimal | int | str, currency: str) -> Fraction:
    """One amount, exactly.

    Raises:
        AmountError, UsageError: a text is not understood, or it is a binary float.
    """
    if isinstance(amount, str):
        return read_amount(amount, currency).value
    [exact] = exact_spend(amount, currency)
    return exact


def spread(amount: Fraction, term: Term, rule: Spreading, currency: str) -> Mapping[Month, Decimal]:
    """A prepaid order's amount over the months of its period, rounded to add up to it.

    By month: evenly, a month used in part by its days, what is left in the last part. By day:
    every day of the period the same.
    """
    parts = term.parts()
    if rule is Spreading.BY_MONTH:
        shares = [share for _, share in parts]
        shares[-1] = term.months - sum(shares[:-1], ZERO)
    else:
        shares = [share * month.days for month, share in parts]
    whole = sum(shares, ZERO)
    total = round_half_up(amount, currency)
    exact = [Fraction(total) * share / whole for share in shares]
    amounts = apportion(exact, total, currency)
    return {month: part for (month, _), part in zip(parts, amounts, strict=True)}


def usage_of(term: Term, spends: Spends, orders: Sequence[Order], billing: Billing) -> Usage:
    """The usage of a term: what is paid as it goes, and each month's part of the orders on top."""
    parts = [
        (order.term, month, Fraction(part))
        for order in orders
        for month, part in _spread(order, billing).items()
    ]

    def months(of: Term) -> tuple[MonthSpend, ...]:
        level: dict[Fraction | None, Fraction | None] = {}  # equal spends are one object
        found = []
        for index, (month, share) in enumerate(of.parts(billing.thirty)):
            spend = spends.of_month(index, billing.currency)
            ordered = [(period, part) for period, other, part in parts if other == month]
            extra = sum((part for _, part in ordered), ZERO)
            whole = None if spend is None else spend + extra
            held = sum((part * _held(month, period, of) for period, part in ordered), ZERO)
            counted = None if not ordered or spend is None else spend * share + held
            found.append(MonthSpend(month, level.setdefault(whole, whole), share, extra, counted))
        if found[-1].share < 1:
            found[-1] = found[-1]._replace(opened=found[0].spend_held)
        return tuple(found)

    year = None if term.months == YEAR else months(Term(term.start, YEAR))
    origin = Origin(term, spends, tuple(orders), billing)
    return Usage(months(term), year=year, first=term.start, last=term.end, origin=origin)


def _spread(order: Order, billing: Billing) -> Mapping[Month, Decimal]:
    return spread(order.counted(billing), order.term, billing.spreading, billing.currency)


def _held(month: Month, period: Term, term: Term) -> Fraction:
    """Of the days of a month that an order covers, the part that lies in the plan's term."""
    covered = month.share(period.start, period.end)
    both = month.share(max(period.start, term.start), min(period.end, term.end))
    return both / covered
