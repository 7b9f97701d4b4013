"""What another spend would change, and where a spend that changes carries the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.breakeven import fee_of_month
from supportcli.advice.quote import rules_by_month
from supportcli.advice.recommendation import Advice, PlanAdvice, choice_at
from supportcli.core.money import round_half_up
from supportcli.core.period import Month
from supportcli.core.piecewise import ZERO, PiecewiseLinear
from supportcli.core.plan import Plan
from supportcli.record import NamedTuple

CHANGES = tuple(Fraction(percent, 100) for percent in (-50, -25, -10, 10, 25, 50))


class Scenario(NamedTuple):
    """The advice at another spend: by what share it differs, and the level that it grows from.

    `spend` is without prepaid orders, and None where each month has its own. The plan is quoted
    under the reading in use; `annual` is what is to be paid: after a discount, with an added tax.
    """

    change: Fraction
    spend: Fraction | None
    entry: PlanAdvice
    annual: Decimal


class Turn(NamedTuple):
    """From a month of the term on (the first is 1) another plan is the cheapest for its spend."""

    number: int
    month: Month
    entry: PlanAdvice


def scenarios(
    advice: Advice, changes: Sequence[Fraction] = CHANGES, kept: PlanAdvice | None = None
) -> tuple[Scenario, ...]:
    """The advice where the spend that was given is more or less by a share of it.

    Where several plans cost the same there, it is the one that is to be `kept`, else the higher
    tier. Empty where no plan is recommended, or where no spend was given that could be more or
    less.
    """
    origin = advice.usage.origin
    spends = origin.spends if origin else None
    level = spends.level if spends else advice.usage.months[0].spend
    given = bool(level) or bool(spends and any(spends.series))
    if advice.recommended is None or not given or not advice.usage.spend_known:
        return ()
    found = []
    for change in changes:
        entry = choice_at(advice, advice.usage.times(1 + change), advice.reading, kept)
        quote = entry.quotes[advice.reading] if entry else None
        if entry is not None and quote is not None:
            spend = None if level is None else level * (1 + change)
            found.append(Scenario(change, spend, entry, advice.agreed.gross_year(quote)))
    return tuple(found)


def scenarios_at(advice: Advice, spends: Sequence[Fraction]) -> tuple[Scenario, ...]:
    """The same at the spends of a range, where the advice has a level above 0.

    Where the recommended plan costs as little as any other, it stays.
    """
    origin = advice.usage.origin
    level = origin.spends.level if origin else advice.usage.months[0].spend
    if not level:
        return ()
    return scenarios(advice, [spend / level - 1 for spend in spends], advice.recommended)


def by_reading_at(advice: Advice, spend: Fraction) -> Mapping[str, PlanAdvice | None]:
    """The plan that each reading recommends at another spend, by the reading's id."""
    usage = advice.usage.at(spend)
    return {one.id: choice_at(advice, usage, one.id) for one in advice.catalogue.readings}


def turns(advice: Advice) -> tuple[Turn, ...]:
    """The months from which another plan is the cheapest; the first one is where the term begins.

    By the fees of whole months, a twelfth of what is charged yearly in each. Empty where one plan
    is the cheapest, or as cheap as any other, in every month of the term.
    """
    candidates = [entry for entry in advice.plans if entry.recommendable]
    if not candidates or not advice.usage.spend_known:
        return ()
    rules = [rules_by_month(entry.plan, advice.usage) for entry in candidates]
    fees = _MonthFees(advice)
    found: list[Turn] = []
    before: tuple[Fraction, list[int]] | None = None
    for index, month in enumerate(advice.usage.months):
        in_force = [of[index] for of in rules]
        told = month.spend or ZERO, [*map(id, in_force)]
        if told == before:
            continue
        before = told
        amounts = [fees.of(rule, told[0]) for rule in in_force]
        least = min(amounts)
        cheapest = [e for e, amount in zip(candidates, amounts, strict=True) if amount == least]
        if not any(found and found[-1].entry is entry for entry in cheapest):
            found.append(Turn(index + 1, month.month, _kept(advice, cheapest)))
    return tuple(found) if len(found) > 1 else ()


class _MonthFees:
    """What rules charge for whole months, rounded; each rule is worked out once."""

    def __init__(self, advice: Advice) -> None:
        self.advice = advice
        self.known: dict[int, PiecewiseLinear] = {}

    def of(self, rule: Plan, spend: Fraction) -> Decimal:
        """The fee of a month of that spend."""
        advice = self.advice
        if id(rule) not in self.known:
            fee = fee_of_month(rule, advice.reading, advice.usage, advice.agreed)
            self.known[id(rule)] = fee
        return round_half_up(self.known[id(rule)](spend), advice.catalogue.currency)


def _kept(advice: Advice, cheapest: list[PlanAdvice]) -> PlanAdvice:
    """Of several the recommended one, else the highest tier."""
    chosen = [entry for entry in cheapest if entry is advice.recommended]
    return chosen[0] if chosen else max(cheapest, key=lambda entry: entry.plan.tier)
