"""Where the advice turns as the spend changes: thresholds, dominated plans, where one stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from supportcli.advice.breakeven import SpendRange, range_of, ranges_of, term_fee
from supportcli.advice.dominance import Dominated, dominated
from supportcli.advice.recommendation import Advice
from supportcli.core.currencies import minor_digits
from supportcli.core.money import round_up
from supportcli.core.piecewise import PiecewiseLinear, minus, scale
from supportcli.core.plan import Plan
from supportcli.record import NamedTuple

FREE = PiecewiseLinear.line()
MOST_PROVEN = 26
"""Plans whose fees are all told on both sides of every threshold."""


class PlanPair(NamedTuple):
    """Two priced plans next to each other in tier, and what the higher one costs more a month."""

    lower: Plan
    higher: Plan
    gap: PiecewiseLinear


class IfSold(NamedTuple):
    """The ranges as they are if plans whose sale is in doubt can be bought; `plans` are those that
    cost least somewhere.
    """

    plans: tuple[Plan, ...]
    ranges: tuple[SpendRange, ...]
    paid: tuple[SpendRange, ...]


class BreakEven(NamedTuple):
    """The whole range of spend under one reading.

    `ranges` tell the cheapest of the plans that meet the needs, `paid` the same without those that
    cost nothing (empty where there are none of them), `if_sold` both with the plans in doubt (None
    where these change nothing). `fees` are a month's on average over the term, unrounded, of all
    accounts together as a function of the spend of one. `pairs` and `dominated` are about every
    plan with a price, and found where they are asked for.
    """

    advice: Advice
    reading: str
    eligible: tuple[Plan, ...]
    fees: Mapping[str, PiecewiseLinear]
    ranges: tuple[SpendRange, ...]
    paid: tuple[SpendRange, ...]
    if_sold: IfSold | None

    @property
    def priced(self) -> tuple[Plan, ...]:
        """Every plan with a price, whether or not it meets the needs."""
        return tuple(entry.plan for entry in self.advice.plans if entry.plan.priced)

    @property
    def pairs(self) -> tuple[PlanPair, ...]:
        """Each of them beside the next one."""
        return tuple(
            PlanPair(lower, higher, minus(self.fees[higher.id], self.fees[lower.id]))
            for lower, higher in pairwise(self.priced)
        )

    @property
    def dominated(self) -> tuple[Dominated, ...]:
        """Those that another one beats which can be bought."""
        plans = [e.plan for e in self.advice.plans if e.plan.priced and e.bar is None]
        return dominated(self.advice.catalogue, self.priced, plans, self.fees)

    @property
    def with_fee(self) -> tuple[Plan, ...]:
        """The plans that meet the needs and cost something somewhere."""
        return tuple(plan for plan in self.eligible if self.fees[plan.id] != FREE)

    @property
    def shown(self) -> tuple[SpendRange, ...]:
        """The ranges that tell something: of plans with a fee where others are free."""
        return self.paid or self.ranges

    @property
    def cheapest(self) -> tuple[Plan, ...]:
        """The plans of these ranges."""
        return tuple(plan for each in self.shown for plan in each.plans)

    @property
    def shown_if_sold(self) -> tuple[SpendRange, ...]:
        """The same if plans in doubt can be bought; empty where these change nothing."""
        return (self.if_sold.paid or self.if_sold.ranges) if self.if_sold else ()

    def position(self, spend: Fraction) -> SpendRange | None:
        """The range that a spend lies in; None where no plan meets the needs."""
        return range_of(self.ranges, spend) if self.ranges else None


class Side(NamedTuple):
    """A spend beside a threshold, and what each plan that meets the needs costs there."""

    spend: Decimal
    fees: Mapping[str, Fraction]


def break_even(advice: Advice, reading: str | None = None) -> BreakEven:
    """The thresholds for the needs, term and discount, under a reading (default: in use)."""
    used = reading or advice.reading
    origin = advice.usage.origin
    months = Fraction(1, origin.term.months if origin else len(advice.usage.months))
    fees = {
        entry.plan.id: scale(term_fee(entry.plan, used, advice.usage, advice.agreed), months)
        for entry in advice.plans
        if entry.plan.priced
    }
    eligible = tuple(entry.plan for entry in advice.plans if entry.recommendable)
    return BreakEven(
        advice=advice,
        reading=used,
        eligible=eligible,
        fees=fees,
        ranges=ranges_of(eligible, fees),
        paid=_paid_ranges(eligible, fees),
        if_sold=_if_sold(advice, fees),
    )


def _paid_ranges(
    plans: tuple[Plan, ...], fees: Mapping[str, PiecewiseLinear]
) -> tuple[SpendRange, ...]:
    paid = [plan for plan in plans if fees[plan.id] != FREE]
    return ranges_of(paid, fees) if len(paid) < len(plans) else ()


def _if_sold(advice: Advice, fees: Mapping[str, PiecewiseLinear]) -> IfSold | None:
    plans = tuple(entry.plan for entry in advice.plans if entry.eligible)
    doubtful = [entry.plan for entry in advice.plans if entry.eligible and entry.doubtful]
    if not doubtful:
        return None
    ranges, paid = ranges_of(plans, fees), _paid_ranges(plans, fees)
    cheapest = {plan.id for part in (*ranges, *paid) for plan in part.plans}
    asked = tuple(plan for plan in doubtful if plan.id in cheapest)
    return IfSold(asked, ranges, paid) if asked else None


def sides(found: BreakEven, threshold: Fraction, currency: str) -> tuple[Side, Side]:
    """The last amount below a threshold > 0 and the first from it on, with the fees at both.

    Of more than a few plans (`MOST_PROVEN`) those of the ranges that meet there are told.
    """
    above = round_up(threshold, currency)
    below = above - Decimal(1).scaleb(-minor_digits(currency))

    plans = _proving(found, threshold)

    def side(spend: Decimal) -> Side:
        return Side(spend, {plan.id: found.fees[plan.id](Fraction(spend)) for plan in plans})

    return side(below), side(above)


def _proving(found: BreakEven, threshold: Fraction) -> tuple[Plan, ...]:
    if len(found.eligible) <= MOST_PROVEN:
        return found.eligible
    after = range_of(found.shown, threshold)
    before = found.shown[max(found.shown.index(after) - 1, 0)]
    plans = (*before.plans[: MOST_PROVEN // 2], *after.plans[: MOST_PROVEN // 2])
    return tuple({plan.id: plan for plan in plans}.values())


def spend_of(advice: Advice) -> Fraction | None:
    """Where the customer stands: the spend that counts, with a month's part of the orders."""
    return advice.usage.spend_counted
