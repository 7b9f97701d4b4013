"""What to be careful about: doubts about the advised plan, open points, what to ask the vendor."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from supportcli.advice.amounts import changing_days, same_at_every_spend
from supportcli.advice.ask_first import ask_renewal, question_words
from supportcli.advice.quote import is_pooled
from supportcli.advice.reasons import last_day_words, price_words, within_words
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode
from supportcli.core.catalogue import Catalogue, OpenPoint, PointKind
from supportcli.core.conditions import Refund
from supportcli.core.money import Money
from supportcli.core.plan import Availability, Plan
from supportcli.errors import Message
from supportcli.needs.need import Status


def cautions(advice: Advice) -> tuple[Message, ...]:
    """What may be wrong with the plan that is advised, and the plan to take if it is."""
    entry = advice.taken or advice.closest
    return tuple(_cautions(advice, entry)) if entry else ()


def notices(advice: Advice, entry: PlanAdvice, confirmed: bool = False) -> tuple[Message, ...]:
    """What the first screen says in no other place: doubtful or changing fees, plans that tie."""
    days = changing_days(advice, entry)
    tied = _may_part(advice, entry)
    return (
        *(contested_fee(advice.catalogue, entry.plan) if not confirmed else ()),
        *what_becomes(advice),
        *(_change(entry, day) for day in days),
        *([_tie_caution(advice, entry)] if tied else []),
    )


def what_becomes(advice: Advice, alone: bool = False) -> tuple[Message, ...]:
    """What is to be known of the plans of today and of the advice, where their last day is known.

    An end within the term is not among it, it stands beside the amounts; of today's plan it is
    where the plan stands `alone`, without amounts.
    """
    return tuple(words for entry in _ending(advice) for words in _becoming(advice, entry, alone))


def _becoming(advice: Advice, entry: PlanAdvice, alone: bool) -> Iterator[Message]:
    if entry.last_day is None:
        yield last_day_words(advice, entry)
    elif alone and entry != advice.taken:
        yield Message("{words}.", words=within_words(advice, entry))
    yield from _known_of(advice, entry)


def _ending(advice: Advice) -> Iterator[PlanAdvice]:
    """The plans of today and of the advice whose last day is known."""
    for entry in advice.plans:
        told = entry.plan.id == advice.needs.current_plan or entry == advice.taken
        if told and entry.plan.validity.valid_to is not None:
            yield entry


def _known_of(advice: Advice, entry: PlanAdvice) -> Iterator[Message]:
    """What the catalogue says of that plan alone."""
    for point in advice.catalogue.open_points:
        if point.brief and point.plans == (entry.plan.id,):
            yield Message("{text}", text=point.brief)


def contested_fee(catalogue: Catalogue, plan: Plan) -> tuple[Message, ...]:
    """What sources contradict about the fee of that plan alone."""
    points = contested_points(catalogue, plan)
    return tuple(Message("{text}", text=point.brief) for point in points)


def contested_fees(catalogue: Catalogue, plans: Iterable[Plan]) -> tuple[Message, ...]:
    """The same of several plans."""
    named = {plan.id: plan for plan in plans}.values()
    return tuple(words for plan in named for words in contested_fee(catalogue, plan))


def pooled_words(plan: Plan) -> Message | None:
    """That accounts are counted as one fee, where there is more to be said of it."""
    scope = plan.terms.scope
    if scope is None or scope.text is None or not is_pooled(plan):
        return None
    return Message("Counted as one fee ({text}).", text=scope.text)


def shared_fees(plans: Iterable[Plan], accounts: int) -> tuple[Message, ...]:
    """The same of several plans, each thing once; nothing of one account."""
    told = map(pooled_words, plans) if accounts > 1 else ()
    return tuple(dict.fromkeys(words for words in told if words is not None))


def contested_points(catalogue: Catalogue, plan: Plan) -> tuple[OpenPoint, ...]:
    """The points on which sources contradict each other about the fee of that plan alone."""
    return tuple(
        point
        for point in catalogue.open_points
        if point.brief and _settled(point) and point.plans == (plan.id,)
    )


def open_about_fees(advice: Advice, confirmed: bool = False) -> tuple[OpenPoint, ...]:
    """The headline points about the fee of any plan whose price is shown."""
    priced = [entry.plan for entry in advice.plans if entry.plan.priced]
    return tuple(
        point
        for point in advice.catalogue.open_points
        if point.headline and point.brief and any(map(point.concerns, priced))
        if not (confirmed and _settled(point))
    )


def to_confirm(advice: Advice, confirmed: bool = False) -> tuple[OpenPoint, ...]:
    """What to ask the vendor: what the advised plan rests on first, then the headline points."""
    entry = advice.taken or advice.closest
    concerned = [
        point
        for point in advice.catalogue.open_points
        if point.confirm and (entry is None or point.concerns(entry.plan))
        if not (confirmed and _settled(point))
    ]
    own = [p for p in concerned if entry and p.plans == (entry.plan.id,)]
    return (*own, *(point for point in concerned if point.headline and point not in own))


def _settled(point: OpenPoint) -> bool:
    """Whether the point is about the fee, and no longer open once somebody has confirmed it."""
    return point.headline and point.kind is PointKind.CONTRADICTION


def who_doubts(doubt: Availability, catalogue: Catalogue) -> Message:
    """The source that has doubt about a plan's sale, with the day since which it has."""
    source = Message("{text}", text=catalogue.source(doubt.cite.source).title)
    if doubt.since is None:
        return source
    return Message("{source}, {since}", source=source, since=doubt.since)


def _cautions(advice: Advice, entry: PlanAdvice) -> Iterator[Message]:
    doubt = entry.plan.availability
    if doubt is not None:
        yield Message(
            "{plan}: {text} ({source}).",
            plan=entry.plan.name,
            text=doubt.text,
            source=who_doubts(doubt, advice.catalogue),
        )
    renewal = ask_renewal(advice)
    if renewal is not None:
        yield question_words(renewal, advice)
    yield from what_becomes(advice)
    for day in changing_days(advice, entry):
        yield _change(entry, day)
    if entry.plan.like is not None and any(r.rests_on_assumption for r in entry.needs):
        point = advice.catalogue.open_point(entry.plan.like.assumption)
        yield (
            Message("Assumed: {text}.", text=point.brief)
            if point.brief
            else Message("Assumed: {text}", text=point.text)
        )
    if any(result.status is Status.MET_WITHIN_LIMIT for result in entry.needs):
        yield Message("A need is met only within a limit of the plan.")
    if advice.fallback is not None and not advice.other_asked:
        yield Message(
            "Otherwise take {plan}: {price}.",
            plan=advice.fallback.plan.name,
            price=price_words(advice, advice.fallback, entry),
        )
    if _may_part(advice, entry):
        yield _tie_caution(advice, entry)


def _may_part(advice: Advice, entry: PlanAdvice) -> bool:
    """Whether a plan that costs the same at the spend costs less or more at another."""
    settled = advice.other_asked or advice.reason is ReasonCode.TIE_NEVER_DEARER
    tied = () if settled else advice.tied
    return any(not same_at_every_spend(advice, entry, other) for other in tied)


def _change(entry: PlanAdvice, day: datetime.date) -> Message:
    return Message("The fee of {plan} changes on {date}.", plan=entry.plan.name, date=day)


def _tie_caution(advice: Advice, entry: PlanAdvice) -> Message:
    quote = entry.quotes[advice.reading]
    usual = quote.months[1 if len(quote.months) > 1 else 0].charge if quote else None
    if usual is None or not usual.prepaid:
        return Message("If spend falls, {plan} costs more.", plan=entry.plan.name)
    prepaid = Money(usual.prepaid, entry.plan.currency)
    falls = Message("if spend falls, {plan} costs more", plan=entry.plan.name)
    if not_refunded(entry.plan):
        words = Message("{prepaid} a month is prepaid and not refunded", prepaid=prepaid)
    else:
        words = Message("{prepaid} a month is prepaid", prepaid=prepaid)
    return Message("{words}; {falls}.", words=words, falls=falls)


def not_refunded(plan: Plan) -> bool:
    """Whether the source says that a prepaid part is lost when it is not used."""
    return plan.terms.refund is not None and plan.terms.refund.value is Refund.NONE
