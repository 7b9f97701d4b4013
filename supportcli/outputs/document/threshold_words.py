"""How amounts are said where break-even is drawn, and what it is drawn from."""

from __future__ import annotations

from fractions import Fraction

from supportcli.advice.recommendation import Advice
from supportcli.advice.thresholds import BreakEven
from supportcli.core.money import Money, nearest_money, round_up
from supportcli.language import Language


class ThresholdWords:
    """The thresholds of an advice, and the words for amounts in them."""

    def __init__(self, advice: Advice, found: BreakEven, language: Language) -> None:
        self.advice = advice
        self.language = language
        self.say = language.say
        self.text = language.text
        self.currency = advice.catalogue.currency
        self.found = found

    def money(self, amount: Fraction) -> Money:
        """An amount of an unrounded fee or spend."""
        return nearest_money(amount, self.currency)

    def threshold(self, spend: Fraction) -> Money:
        """The first amount of money from a threshold on."""
        return Money(round_up(spend, self.currency), self.currency)
