"""What the parts of a first screen share: the advice, for whom it is told, which amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from types import MappingProxyType

from supportcli.advice.quote import Quote, price
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.to_pay import ToPay, to_pay
from supportcli.advice.usage import YEAR
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.figures import in_short, to_pay_at
from supportcli.outputs.document.wording import months_words
from supportcli.record import NamedTuple

PICKED_SPENDS = (Fraction(10_000), Fraction(100_000), Fraction(500_000))
"""The spends at which amounts are told where none is known."""


_CURRENCIES = {
    "CNY": Message("CNY"),
    "USD": Message("USD"),
    "EUR": Message("EUR"),
    "CHF": Message("CHF"),
    "BDT": Message("BDT"),
    "JPY": Message("JPY"),
    "GBP": Message("GBP"),
    "HKD": Message("HKD"),
    "SGD": Message("SGD"),
}


def currency_name(code: str) -> Message | str:
    """What a language calls a currency, where it has a word for it."""
    return _CURRENCIES.get(code, code)


class Telling(NamedTuple):
    """An advice and how it is told.

    `readings` are the ids of those whose amounts are told, the one in use first; `spends` are those
    at which amounts are told: the ends of a range (`ranged`), or some where none is known. `named`
    where the reading in use was asked for, `customer` for whom the answer is, `left_open` the kinds
    of needs of which it was said that nothing is required, or that this is not known (True),
    `uneven` where the months of a term of more than a year are not all alike.
    """

    advice: Advice
    language: Language
    readings: tuple[str, ...]
    asks: tuple[PlanAdvice, ...] = ()
    spends: tuple[Fraction, ...] = ()
    ranged: bool = False
    named: bool = False
    customer: str | None = None
    left_open: Mapping[str, bool] = MappingProxyType({})
    uneven: bool = False
    confirmed: bool = False

    @property
    def entry(self) -> PlanAdvice | None:
        """The plan that is spoken of: the one asked for or recommended, else the closest."""
        return self.advice.taken or self.advice.closest

    @property
    def spends_counted(self) -> tuple[Fraction, ...]:
        """The spends at which amounts are told, each with what a month has of the orders."""
        return tuple(spend + self.advice.usage.ordered for spend in self.spends)

    @property
    def currency(self) -> str:
        """Of all amounts."""
        return self.advice.catalogue.currency

    @property
    def months(self) -> int:
        """Of the term."""
        usage = self.advice.usage
        return usage.origin.term.months if usage.origin else len(usage.months)

    @property
    def in_part(self) -> bool:
        """Whether the term is less than a year: its amounts are told of all of it."""
        return self.months < YEAR

    @property
    def period(self) -> Message:
        """What amounts are of: a year, the first one, or all months of a term that is shorter."""
        if self.in_part:
            return months_words(self.months)
        return Message("first year") if self.uneven else Message("a year")

    @property
    def when(self) -> Message:
        """The same behind an amount."""
        if self.in_part:
            return Message("for {months}", months=months_words(self.months))
        return Message("the first year") if self.uneven else Message("a year")

    def cost(self, paid: ToPay) -> Decimal:
        """What is to be paid in that time."""
        return paid.term if self.in_part else paid.annual

    @property
    def gap(self) -> str:
        """What the language leaves between two sentences."""
        return self.say(Message("{first} {second}", first="", second=""))

    @property
    def semicolon(self) -> str:
        """What it puts between two parts of one."""
        return self.say(Message("{first}; {second}", first="", second=""))

    def say(self, message: Message) -> str:
        """In the language."""
        return self.language.say(message)

    def short(self, amount: Decimal) -> str:
        """An amount with its currency, without cents where there are none."""
        return in_short(amount, self.currency, self.language)

    def name(self, entry: PlanAdvice) -> Text:
        """What a plan is called where there is little room."""
        return entry.plan.short_name

    def figure(self, entry: PlanAdvice, reading: str) -> ToPay | None:
        """What is to be paid at the spend that is known, or at the upper end of a range."""
        if self.ranged and self.spends:
            return self.figure_at(entry, reading, self.spends[-1])
        return to_pay(self.advice, entry, reading)

    def quotes(self, entry: PlanAdvice) -> list[Quote]:
        """The plan's quote at that spend, under the reading in use; none where it is not known."""
        reading = self.advice.reading
        quote = entry.quotes[reading]
        if self.ranged and self.spends:
            quote = price(entry.plan, self.advice.usage.at(self.spends[-1]), reading)
        return [] if quote is None else [quote]

    def figure_at(self, entry: PlanAdvice, reading: str, spend: Fraction) -> ToPay | None:
        """What is to be paid at another spend."""
        return to_pay_at(self.advice, entry, reading, spend)


def for_customer(telling: Telling, words: Message) -> Message:
    """Words on what the answer is for, with the customer's name where it was given."""
    if not telling.customer:
        return words
    return Message("{customer}: {title}", customer=telling.customer, title=words)


def sentence_case(text: str) -> str:
    """The text beginning with a capital, where its script has them."""
    return text[:1].upper() + text[1:]


def in_a_row(messages: Sequence[Message]) -> Message:
    """Parts of a sentence, between commas; at least one."""
    return reduce(lambda one, two: Message("{first}, {second}", first=one, second=two), messages)


def reading_notes(advice: Advice, named: bool, confirmed_by: str | None) -> Iterator[Message]:
    """Who confirmed a reading that was asked for (`named`), or that nobody did."""
    name = advice.catalogue.reading(advice.reading).name
    if confirmed_by is not None:
        yield Message("{reading}: confirmed by {who}.", reading=name, who=confirmed_by)
    elif named and len(advice.catalogue.readings) > 1:
        yield Message("{reading}: not yet confirmed by the vendor.", reading=name)


def told_readings(advice: Advice, one: bool) -> tuple[str, ...]:
    """The readings whose amounts are told: one where they do not differ, or one was confirmed."""
    ids = dict.fromkeys((advice.reading, advice.catalogue.likeliest_reading))
    if one or all(_same(advice, entry, tuple(ids)) for entry in advice.plans):
        return (advice.reading,)
    return tuple(ids)


def reading_label(advice: Advice, reading: str) -> Message | None:
    """The word for the amounts of a reading, where two stand side by side."""
    told = told_readings(advice, one=False)
    labels = dict(zip(told, (Message("at most"), Message("probably")), strict=False))
    return labels.get(reading) if len(told) > 1 else None


def _same(advice: Advice, entry: PlanAdvice, readings: tuple[str, ...]) -> bool:
    if not advice.usage.spend_known:
        fees = entry.plan.fees
        return fees is None or len({fees[reading] for reading in readings}) == 1
    return len({_year(advice, entry, reading) for reading in readings}) == 1


def _year(advice: Advice, entry: PlanAdvice, reading: str) -> tuple[Decimal, Decimal] | None:
    paid = to_pay(advice, entry, reading)
    return paid and (paid.monthly, paid.annual)
