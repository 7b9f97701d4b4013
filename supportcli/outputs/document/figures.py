"""The amounts of a first screen: what is to be paid, under each reading that is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from supportcli.advice.billing import settle
from supportcli.advice.quote import Quote, price
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.money import Money, whole
from supportcli.language import Language

NOTHING_PAID = Decimal(0)


class Figure(NamedTuple):
    """What is to be paid for a plan in the first whole month and in a year."""

    monthly: Decimal
    annual: Decimal


def figure(advice: Advice, entry: PlanAdvice, reading: str) -> Figure | None:
    """After the discount and with an added tax; None where it cannot be told."""
    quote = entry.quotes[reading]
    return quote and _figure(advice, quote)


def figure_at(advice: Advice, entry: PlanAdvice, reading: str, spend: Fraction) -> Figure | None:
    """The same at another spend of a month."""
    quote = price(entry.plan, advice.usage.at(spend), reading)
    return quote and _figure(advice, quote)


def _figure(advice: Advice, quote: Quote) -> Figure:
    deal = advice.deal._replace(voucher=NOTHING_PAID)
    first = quote.months[0]._replace(charge=quote.monthly)
    month, year = (
        settle(quote._replace(months=months), deal, advice.usage.first_day).bills
        for months in ((first,), quote.year)
    )
    return Figure(month[0].gross, sum((bill.gross for bill in year), NOTHING_PAID))


def in_short(amount: Decimal, currency: str, language: Language) -> str:
    """An amount with its currency, without cents where there are none."""
    return language.text(whole(Money(amount, currency)))


def column_of(amounts: Sequence[Decimal | None], unknown: str, language: Language) -> list[str]:
    """Amounts of a column without their currency; with cents where one of them has some."""
    rounded = [None if each is None else whole(Money(each, "")).amount for each in amounts]
    plain = all(each is None or each == each.to_integral_value() for each in amounts)
    shown = rounded if plain else amounts
    return [unknown if each is None else language.number(each) for each in shown]


def aligned(texts: Sequence[str]) -> list[str]:
    """Amounts one below the other: the shorter ones moved to the right."""
    widest = max(map(len, texts), default=0)
    return [text.rjust(widest) for text in texts]
