"""The amounts of a first screen: what is to be paid, under each reading that is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.quote import price
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.to_pay import ToPay, to_pay_for
from supportcli.core.money import Money, whole
from supportcli.language import Language


def to_pay_at(advice: Advice, entry: PlanAdvice, reading: str, spend: Fraction) -> ToPay | None:
    """What is to be paid at another spend of a month; None where that cannot be told."""
    quote = price(entry.plan, advice.usage.at(spend), reading)
    return quote and to_pay_for(quote, advice.agreed, advice.usage.accounts)


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
