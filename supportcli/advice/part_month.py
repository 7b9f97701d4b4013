"""What a part of a month costs by each rule that a vendor has for it; exact, nothing is rounded."""

from __future__ import annotations

from fractions import Fraction

from supportcli.core.conditions import PartMonth
from supportcli.core.piecewise import ZERO, PiecewiseLinear, Segment, greater, minus, plus, scale
from supportcli.core.plan import Fee, Plan
from supportcli.core.quantity import charged
from supportcli.core.schedule import GreaterOf, Line, normalise


def part_month(
    plan: Plan,
    reading: str,
    spend: Fraction,
    share: Fraction,
    held: Fraction,
    opened: Fraction | None = None,
) -> tuple[Fraction, Fraction | None]:
    """What a part of a month costs, and what of it is charged first; unrounded.

    `spend` is that of the whole month, `held` that of the days in question, `opened` that of the
    days in which the term began, where these are the rest of that month: what is charged in full
    for a month in part is charged once, on the spend of both parts.
    By the plan's rule the share is taken of the fee, of the spend that counts, or of the part
    charged first, what is above it being charged on the spend of those days. Where no rule is
    stated the share is taken of the fee: our assumption.
    """
    total, prepaid = _by_rule(plan, reading, spend, share, held)
    if opened is None or not _in_full(plan):
        return total, prepaid
    fee = (plan.fees or {})[reading].total
    rest = ZERO if _is_whole(plan) else fee(opened + held) - fee(opened)
    return rest, None if prepaid is None else ZERO


def _by_rule(
    plan: Plan, reading: str, spend: Fraction, share: Fraction, held: Fraction
) -> tuple[Fraction, Fraction | None]:
    fee = (plan.fees or {})[reading]
    clause = plan.terms.proration
    match clause.value.part if clause else PartMonth.FEE:
        case PartMonth.NONE:
            return fee.total(spend), None if fee.prepaid is None else fee.prepaid(spend)
        case PartMonth.SPEND:
            return fee.total(held), None if fee.prepaid is None else fee.prepaid(held)
        case PartMonth.MINIMUM if fee.prepaid is not None:
            minimum = fee.prepaid(spend) * share
            return _above_minimum(plan, fee, spend, share, held), minimum
        case _:
            prepaid = None if fee.prepaid is None else fee.prepaid(spend) * share
            return fee.total(spend) * share, prepaid


def part_fee(plan: Plan, reading: str, share: Fraction, opened: Fraction | None = None) -> Fee:
    """The same as a function of a whole month's spend, where every day's spend is alike.

    `opened` is the share of the month that the term began in, where this is the rest of it.
    """
    fee = (plan.fees or {})[reading]
    if share == 1:
        return Fee(fee.total, fee.prepaid)
    clause = plan.terms.proration
    part = clause.value.part if clause else PartMonth.FEE
    nothing = PiecewiseLinear.line()
    match part:
        case PartMonth.NONE:
            total, prepaid = fee.total, fee.prepaid
        case PartMonth.SPEND:
            total = _held(fee.total, share)
            prepaid = None if fee.prepaid is None else _held(fee.prepaid, share)
        case PartMonth.MINIMUM if fee.prepaid is not None:
            total = _above_minimum_fee(plan, fee, share)
            prepaid = scale(fee.prepaid, share)
        case _:
            total = scale(fee.total, share)
            prepaid = None if fee.prepaid is None else scale(fee.prepaid, share)
    if opened is None or not _in_full(plan):
        return Fee(total, prepaid)
    rest = nothing
    if part is not PartMonth.NONE:
        rest = minus(_held(fee.total, opened + share), _held(fee.total, opened))
    return Fee(rest, None if prepaid is None else nothing)


def _held(fee: PiecewiseLinear, share: Fraction) -> PiecewiseLinear:
    """The fee of a share of the spend, as a function of the whole spend."""
    return PiecewiseLinear(
        tuple(Segment(s.start / share, s.intercept, s.rate * share) for s in fee.segments)
    )


def _in_full(plan: Plan) -> bool:
    """Whether a month in part bears what is prepaid in full."""
    clause = plan.terms.proration
    return clause is not None and clause.value.part in (PartMonth.SPEND, PartMonth.NONE)


def _is_whole(plan: Plan) -> bool:
    """Whether a month in part is charged as a whole one."""
    clause = plan.terms.proration
    return clause is not None and clause.value.part is PartMonth.NONE


def _above_minimum(
    plan: Plan, fee: Fee, spend: Fraction, share: Fraction, held: Fraction
) -> Fraction:
    """The share of the minimum, or what the spend of those days comes to where that is more.

    Extras go by the share. A fee that was not published as the greater of a minimum and another
    has no such other: what it charges above the part charged first is added to the share of that.
    """
    extras = charged(plan.counted, yearly=False)
    first = charged(plan.counted, yearly=False, prepaid=True)
    base = minus(fee.prepaid or PiecewiseLinear.line(), PiecewiseLinear.line(first))
    rest = _beside_minimum(plan, base)
    if rest is not None:
        return max(base(spend) * share, rest(held)) + extras * share
    above = fee.total(held) - (fee.prepaid or base)(held) - extras + first
    return base(spend) * share + above + extras * share


def _above_minimum_fee(plan: Plan, fee: Fee, share: Fraction) -> PiecewiseLinear:
    """The same as a function of the whole month's spend."""
    extras = charged(plan.counted, yearly=False)
    first = charged(plan.counted, yearly=False, prepaid=True)
    base = minus(fee.prepaid or PiecewiseLinear.line(), PiecewiseLinear.line(first))
    by_days = PiecewiseLinear.line(extras * share)
    rest = _beside_minimum(plan, base)
    if rest is not None:
        return plus(greater(scale(base, share), _held(rest, share)), by_days)
    above = minus(_held(fee.total, share), _held(fee.prepaid or base, share))
    others = PiecewiseLinear.line(first - extras)
    return plus(plus(scale(base, share), above), plus(others, by_days))


def _beside_minimum(plan: Plan, base: PiecewiseLinear) -> PiecewiseLinear | None:
    """What the minimum was published as the greater of, if it was."""
    match (plan.published or {}).get("fee"):
        case GreaterOf(Line() as minimum, rest) | GreaterOf(rest, Line() as minimum) if (
            normalise(minimum) == base
        ):
            return normalise(rest)
        case _:
            return None
