"""The same needs held against several catalogues, in their currencies and in the user's own."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from supportcli.advice.ask_first import Inquiry, ask_first
from supportcli.advice.cautions import contested_points
from supportcli.advice.headline import figures
from supportcli.advice.quote import Quote
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode, recommend
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue, OpenPoint, Severity, SeverityClass
from supportcli.core.exchange import Rate
from supportcli.core.money import Money, round_half_up
from supportcli.core.period import Month
from supportcli.errors import Message
from supportcli.needs.need import NeedResult
from supportcli.needs.registry import Needs
from supportcli.needs.response import ResponseNeed, usable_levels
from supportcli.record import NamedTuple

CLASS_WORDS = {
    SeverityClass.OUTAGE: Message("outage"),
    SeverityClass.DEGRADED: Message("degraded"),
    SeverityClass.QUESTION: Message("question"),
}


class AskedOfAll(NamedTuple):
    """What all catalogues are held against: a month's spend in a currency, and rates to it.

    `as_of` is the day whose plans and fees count (None: the first of the year).
    """

    spend: Fraction
    currency: str
    rates: tuple[Rate, ...]
    start: Month
    as_of: datetime.date | None = None
    include_doubtful: bool = False

    def rate(self, currency: str) -> Rate | None:
        """The rate of a currency; that of the user's own is one; None where none was given."""
        if currency == self.currency:
            return Rate(currency, Fraction(1))
        return next((rate for rate in self.rates if rate.currency == currency), None)


class Marks(NamedTuple):
    """Why a plan is marked: needs that it is assumed to meet, points that sources contradict."""

    assumed: tuple[NeedResult, ...] = ()
    contested: tuple[OpenPoint, ...] = ()


class Matched(NamedTuple):
    """A class that was asked for, and the severities of a catalogue in it, the gravest first."""

    asked: SeverityClass
    severities: tuple[Severity, ...]

    @property
    def held(self) -> Severity:
        """The severity that plans are held against: the gravest, as for a time without a class.

        Vendors draw lesser ones differently: several of one vendor's may be one of another's.
        """
        return self.severities[0]

    @property
    def assumed(self) -> bool:
        """Whether somebody else than the vendor put one of them there."""
        return any(each.classed is not None and each.classed.assumed for each in self.severities)


class Known(NamedTuple):
    """What a catalogue knows of needs and quantities, and what it does not, as that was given.

    No plan is known to meet what is `unheld`; what is `untold` is no demand there: the quantity of
    something that it does not sell, a channel that it does not have.
    """

    needs: Needs
    unheld: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    matched: tuple[Matched, ...] = ()
    quantities: Mapping[str, Fraction] = MappingProxyType({})


class Compared(NamedTuple):
    """A catalogue's row: the advice for the needs that it knows.

    `spend` is exact and in the catalogue's currency; it and `rate` are None where there is no
    rate: the spend is not known there.
    """

    advice: Advice
    spend: Fraction | None
    rate: Rate | None
    currency: str
    known: Known

    @property
    def entry(self) -> PlanAdvice | None:
        """The plan that is recommended; none where a need could not be held against any."""
        return None if self.known.unheld else self.advice.recommended

    @property
    def reason(self) -> ReasonCode:
        """Why that plan, or none."""
        return ReasonCode.NO_PLAN_FITS if self.known.unheld else self.advice.reason

    @property
    def fits_none(self) -> bool:
        """Whether no plan may be recommended, whatever the spend."""
        return bool(self.known.unheld) or self.advice.fits_none

    @property
    def is_converted(self) -> bool:
        """Whether amounts were multiplied by a rate of the user's."""
        return self.rate is not None and self.rate.currency != self.currency

    @property
    def quote(self) -> Quote | None:
        """What that plan costs under the reading in use; None where none fits."""
        return self.entry and self.entry.quotes[self.advice.reading]

    @property
    def monthly(self) -> Money | None:
        """A month's fee in the catalogue's currency."""
        return self.quote and self._money(self.quote.monthly.total)

    @property
    def annual(self) -> Money | None:
        """Twelve months' fee in the catalogue's currency: the sum of the rounded months."""
        return self.quote and self._money(self.quote.annual.total)

    @property
    def is_flat(self) -> bool:
        """Whether the plan's fee is the same at any spend."""
        fees = self.entry.plan.fees if self.entry else None
        return fees is not None and fees[self.advice.reading].per_month.is_constant()

    @property
    def ask_first(self) -> tuple[Inquiry, ...]:
        """Plans that would fit and may cost less, but may not be sold or have no price."""
        if self.known.unheld:
            return ()
        return ask_first(self.advice, at_any_spend=self.spend is None)

    @property
    def likely_annual(self) -> Money | None:
        """The same plan's twelve months under the likeliest reading."""
        quote = self.entry and self.entry.quotes[figures(self.advice)[-1].reading]
        return quote and self._money(quote.annual.total)

    @property
    def may_cost_less(self) -> bool:
        """Whether a reading that is likelier than the one in use makes the year cost less."""
        return self.likely_annual != self.annual

    @property
    def marks(self) -> Marks:
        """What is assumed of the plan where it meets a need, what is contradicted of its fee."""
        if self.entry is None:
            return Marks()
        assumed = tuple(result for result in self.entry.needs if result.rests_on_assumption)
        return Marks(assumed, contested_points(self.advice.catalogue, self.entry.plan))

    def slower(self, matched: Matched) -> tuple[Severity, ...]:
        """Lesser severities of a class for which the plan is not known to give the class's time."""
        lesser = matched.severities[1:]
        return tuple(each for each in lesser if not self._gives(matched.held, each))

    def _gives(self, held: Severity, lesser: Severity) -> bool:
        """Whether the times asked for the one hold for the other as well; so without a plan."""
        needs = self.advice.needs
        return self.entry is None or all(
            any(
                level.target.within(need.within)
                for level in usable_levels(self.entry.plan, lesser.id, needs)
            )
            for need in needs.each(ResponseNeed)
            if need.severity == held.id
        )

    def _money(self, amount: Decimal) -> Money:
        return Money(amount, self.advice.catalogue.currency)

    def converted(self, money: Money | None) -> Money | None:
        """A rounded amount in the user's currency, rounded once more, half up; None without a rate.

        Source: an amount in the catalogue's currency is rounded before, as the vendor's bill is.
        """
        if money is None or self.rate is None:
            return None
        exact = Fraction(money.amount) * self.rate.worth
        return Money(round_half_up(exact, self.currency), self.currency)


def compared(catalogue: Catalogue, known: Known, asked: AskedOfAll) -> Compared:
    """The row of one catalogue, whose plans are those of the day that counts."""
    rate = asked.rate(catalogue.currency)
    spend = None if rate is None else asked.spend / rate.worth
    usage = Usage.level(
        spend, asked.start, quantities=known.quantities, currency=catalogue.currency
    )
    day = asked.as_of or asked.start.first_day
    rules = catalogue.in_force(day)
    advice = recommend(
        rules, known.needs, usage, as_of=day, include_doubtful=asked.include_doubtful
    )
    return Compared(advice, spend, rate, asked.currency, known)


def matched(catalogue: Catalogue, wanted: SeverityClass) -> Matched | None:
    """The severities of a class; None where the catalogue has none.

    A catalogue that tells no severities apart has its only one for all classes.
    """
    if len(catalogue.severities) == 1:
        return Matched(wanted, catalogue.severities)
    of_class = [s for s in catalogue.severities if s.classed and wanted in s.classed.values]
    return Matched(wanted, tuple(of_class)) if of_class else None


def strictest(needs: Iterable[ResponseNeed]) -> tuple[list[ResponseNeed], list[ResponseNeed]]:
    """One time for each severity, the shorter of two; then those that cannot be told apart by that.

    Fewer business hours and more hours by the calendar are not compared.
    """
    kept: dict[str, ResponseNeed] = {}
    left: list[ResponseNeed] = []
    for need in needs:
        other = kept.setdefault(need.severity, need)
        if need.within.within(other.within):
            kept[need.severity] = need
        elif not other.within.within(need.within):
            left.append(need)
    return list(kept.values()), left
