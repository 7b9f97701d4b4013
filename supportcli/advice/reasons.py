"""The advice in sentences: why this plan, why not another, what to be careful about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from supportcli.advice.fit import NeedResult, Status, limit_text
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode
from supportcli.core.money import Money, exact_money, format_rate, round_half_up
from supportcli.core.piecewise import PiecewiseLinear, Segment
from supportcli.core.plan import OpenPoint
from supportcli.errors import Message

MOST_REASONS = 3


def reasons(advice: Advice) -> tuple[Message, ...]:
    """Up to three reasons for the recommended plan, the needs first."""
    entry = advice.recommended
    if entry is None:
        return ()
    return tuple(_reasons(advice, entry))[:MOST_REASONS]


def why(advice: Advice, entry: PlanAdvice) -> Message:
    """One sentence on a plan: why it is recommended, or why not."""
    if advice.recommended is entry:
        return _price_reason(advice, entry)
    return _why_not(advice, entry)


def cautions(advice: Advice) -> tuple[Message, ...]:
    """What may be wrong with the recommendation, and the plan to take if it is."""
    entry = advice.recommended
    return tuple(_cautions(advice, entry)) if entry else ()


def giving_way(entry: PlanAdvice) -> tuple[Message, ...]:
    """What a customer would have to accept for a plan that does not fit."""
    return tuple(map(_giving_way, entry.unmet))


def price_with_tam(advice: Advice) -> Message | None:
    """What requiring a TAM would change, where nobody said whether one is needed."""
    other, entry = advice.with_tam, advice.recommended
    if other is None or entry is None or other.plan == entry.plan:
        return None
    extra = _difference(advice, other, entry)
    if extra is None:
        return Message("With a dedicated TAM: {plan}.", plan=other.plan.name)
    return Message(
        "With a dedicated TAM: {plan}, {annual} a year, {extra} more.",
        plan=other.plan.name,
        annual=annual_cost(advice, other),
        extra=Money(extra, other.plan.currency),
    )


def open_points(advice: Advice, headline_only: bool = False) -> tuple[OpenPoint, ...]:
    """The open points that concern the recommended plan, or every plan where there is none."""
    entry = advice.recommended or advice.closest
    return tuple(
        point
        for point in advice.catalogue.open_points
        if (point.headline or not headline_only)
        and (not point.plans if entry is None else point.concerns(entry.plan))
    )


def nearest(advice: Advice, entry: PlanAdvice) -> tuple[PlanAdvice, ...]:
    """The plans to compare with first: the priced ones next in tier, and unpriced ones that fit."""
    priced = [other for other in advice.plans if other.plan.fees is not None]
    place = priced.index(entry)
    neighbours = priced[max(place - 1, 0) : place + 2]
    return tuple(
        other
        for other in advice.plans
        if other is not entry and (other in neighbours or other in advice.unpriced_fits)
    )


def annual_cost(advice: Advice, entry: PlanAdvice) -> Money | None:
    """The plan's cost of the year under the reading in use, if it can be said."""
    quote = entry.quotes[advice.reading]
    return Money(quote.annual.total, entry.plan.currency) if quote else None


def availability_words(advice: Advice, entry: PlanAdvice) -> Message | None:
    """Doubt about whether the plan is still sold, with its date and source."""
    doubt = entry.plan.availability
    if doubt is None:
        return None
    return Message(
        "{plan}: {text} ({source}, {since}).",
        plan=entry.plan.name,
        text=doubt.text,
        source=advice.catalogue.source(doubt.cite.source).title,
        since=doubt.since,
    )


def fee_words(fee: PiecewiseLinear, currency: str) -> Message:
    """The fee as a rule: ¥50,000.00 + 10% of spend."""
    words = _line_words(fee.segments[0], currency)
    for segment in fee.segments[1:]:
        words = Message(
            "{before}; from {start} on {line}",
            before=words,
            start=Money(round_half_up(segment.start, currency), currency),
            line=_line_words(segment, currency),
        )
    return words


def _line_words(segment: Segment, currency: str) -> Message:
    base = exact_money(abs(segment.intercept), currency)
    if not segment.rate:
        return Message("{base}", base=base)
    rate = format_rate(segment.rate)
    if not segment.intercept:
        return Message("{rate} of spend", rate=rate)
    if segment.intercept < 0:
        return Message("{rate} of spend - {base}", rate=rate, base=base)
    return Message("{base} + {rate} of spend", rate=rate, base=base)


def _reasons(advice: Advice, entry: PlanAdvice) -> Iterator[Message]:
    for result in entry.needs[: MOST_REASONS - 1]:
        yield result.why
    yield _price_reason(advice, entry)
    asked = {result.need for result in entry.needs}
    for limit in entry.plan.limits:
        if limit.id not in asked:
            yield Message("Limit: {limit}.", limit=limit.text)
    runner_up = _runner_up(advice)
    if runner_up is not None:
        yield Message(
            "The next plan that fits, {plan}, costs {extra} more a year.",
            plan=runner_up.plan.name,
            extra=_extra(advice, runner_up),
        )


def _runner_up(advice: Advice) -> PlanAdvice | None:
    """The cheapest other plan that fits and costs more."""
    others = [
        (difference, -entry.plan.tier, entry)
        for entry in advice.plans
        if advice.recommended and entry.eligible
        for difference in [_difference(advice, entry, advice.recommended)]
        if difference
    ]
    return min(others, key=lambda other: other[:2])[2] if others else None


def _price_reason(advice: Advice, entry: PlanAdvice) -> Message:
    match advice.reason:
        case ReasonCode.TIE_HIGHER_TIER:
            return Message(
                "It costs the same as {others}, and the higher tier gives more for it.",
                others=tuple(other.plan.name for other in advice.tied),
            )
        case ReasonCode.ONLY_FIT:
            return Message("It is the only plan with a known price that meets your needs.")
        case _ if not entry.needs:
            return Message("You named no need that asks for more, and no plan costs less.")
        case _:
            return Message(
                "It is the cheapest of the {count} plans with a known price that meet your needs.",
                count=sum(other.eligible for other in advice.plans),
            )


def _why_not(advice: Advice, entry: PlanAdvice) -> Message:
    if entry.unmet:
        return _unmet_words(advice, entry)
    if not entry.eligible:
        return _unpriced_words(advice, entry)
    if entry in advice.tied:
        return Message("fits and costs the same; it is the lower tier.")
    return _costs_more(advice, entry)


def _unmet_words(advice: Advice, entry: PlanAdvice) -> Message:
    unmet = _joined([result.why for result in entry.unmet])
    words = (
        Message("not known to fit: {needs}", needs=unmet)
        if all(result.status is Status.UNKNOWN for result in entry.unmet)
        else unmet
    )
    saved = (
        _difference(advice, advice.recommended, entry) if advice.recommended is not None else None
    )
    if saved is None or saved <= 0:
        return Message("{words}.", words=words)
    return Message(
        "{words}; {saved} less a year.",
        words=words,
        saved=Money(saved, entry.plan.currency),
    )


def _unpriced_words(advice: Advice, entry: PlanAdvice) -> Message:
    if advice.recommended is not None and _is_free(advice, advice.recommended):
        return Message("its price is not in our source.")
    limits = tuple(
        limit_text(entry.plan, result.level)
        for result in entry.needs
        if result.status is Status.MET_WITHIN_LIMIT and result.level
    )
    if limits:
        return Message(
            "fits within {limits}; its price is not in our source: it may be cheaper, ask.",
            limits=limits,
        )
    return Message("fits; its price is not in our source: it may be cheaper, ask.")


def _joined(messages: list[Message]) -> Message:
    joined = messages[0]
    for message in messages[1:]:
        joined = Message("{first}; {second}", first=joined, second=message)
    return joined


def _is_free(advice: Advice, entry: PlanAdvice) -> bool:
    quote = entry.quotes[advice.reading]
    return quote is not None and not quote.annual.total


def _costs_more(advice: Advice, entry: PlanAdvice) -> Message:
    extra = _extra(advice, entry)
    if extra is None:
        return Message("fits too.")
    return Message("fits too, {extra} more a year.", extra=extra)


def _extra(advice: Advice, entry: PlanAdvice) -> Money | None:
    """What the plan costs more in a year than the recommended one."""
    if advice.recommended is None:
        return None
    extra = _difference(advice, entry, advice.recommended)
    return None if extra is None else Money(extra, entry.plan.currency)


def _difference(advice: Advice, dearer: PlanAdvice, cheaper: PlanAdvice) -> Decimal | None:
    """What the one costs more than the other in a year; the spend need not be known for it."""
    left, right = dearer.quotes[advice.reading], cheaper.quotes[advice.reading]
    if left is None or right is None:
        return None
    return left.annual.total - right.annual.total


def _cautions(advice: Advice, entry: PlanAdvice) -> Iterator[Message]:
    doubt = availability_words(advice, entry)
    if doubt is not None:
        yield doubt
    if entry.plan.like and any(result.status is Status.ASSUMED for result in entry.needs):
        point = advice.catalogue.open_point(entry.plan.like.assumption)
        yield Message("Assumed: {text}.", text=point.brief or point.text)
    if any(result.status is Status.MET_WITHIN_LIMIT for result in entry.needs):
        yield Message("A need is met only within the plan's monthly limit.")
    if advice.fallback is not None:
        yield _fallback_words(advice, advice.fallback, entry)
    if advice.tied:
        yield _tie_caution(advice, entry)


def _fallback_words(advice: Advice, fallback: PlanAdvice, entry: PlanAdvice) -> Message:
    extra = _difference(advice, fallback, entry)
    if extra is None:
        return Message("If that is not so, take {plan}.", plan=fallback.plan.name)
    return Message(
        "If that is not so, take {plan}: {annual} a year, {extra} more.",
        plan=fallback.plan.name,
        annual=annual_cost(advice, fallback),
        extra=Money(extra, entry.plan.currency),
    )


def _tie_caution(advice: Advice, entry: PlanAdvice) -> Message:
    quote = entry.quotes[advice.reading]
    if quote is None:
        return Message("What is prepaid is not refunded, and below this spend the plan costs more.")
    return Message(
        "{prepaid} a month is prepaid and not refunded; if spend falls, {plan} costs more than "
        "the others.",
        prepaid=Money(quote.monthly.prepaid, entry.plan.currency),
        plan=entry.plan.name,
    )


def _giving_way(result: NeedResult) -> Message:
    if result.wanted is not None and result.level is not None:
        return Message(
            "accept a first response within {target} instead of {within}",
            target=result.level.target,
            within=result.wanted.within,
        )
    if result.need == "tam":
        return Message("do without a dedicated TAM")
    return Message("give up: {need}", need=result.why)
