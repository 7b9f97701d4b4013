"""A plan that was asked for, beside the one that is recommended, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from supportcli.advice.asked import AskedPlan, asked_of, recommended_to_pay
from supportcli.advice.portfolio import DealAnswer
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.outputs.document.first_amounts import span_words
from supportcli.outputs.document.first_screen import Clauses
from supportcli.outputs.document.fit_words import fits_words
from supportcli.outputs.document.telling import Telling


def against_recommended(telling: Telling) -> Iterator[Clauses]:
    """Whether the plan that was asked for does, and what the recommended one costs beside it."""
    asked = telling.advice.asked
    if asked is None:
        return
    yield _line(telling, [fits_words(telling, asked), *_other(telling, asked)])


def _line(telling: Telling, parts: Sequence[Message]) -> Clauses:
    words = tuple(map(telling.say, parts))
    return Clauses(telling.say(Message("fits")), words, telling.semicolon, 1)


def deal_against_recommended(telling: Telling, answer: DealAnswer) -> Iterator[Clauses]:
    """The same for all accounts of a deal."""
    asked = asked_of(answer.portfolio)
    if asked is None:
        return
    yield _line(telling, [_all_fit(asked), *_others(telling, answer)])


def _all_fit(asked: AskedPlan) -> Message:
    """Whether the plan does for all, else for whom it does not."""
    if not asked.unfit:
        return Message("yes")
    names = tuple(member.account.name for member, _ in asked.unfit)
    return Message("no: {accounts}", accounts=names)


def _others(telling: Telling, answer: DealAnswer) -> list[Message]:
    found = answer.portfolio
    chosen = [m.advice.recommended for m in found.members if m.advice.recommended is not None]
    if len(chosen) < len(found.members):
        return [no_other(next(m.advice for m in found.members if m.advice.recommended is None))]
    if all(entry.plan == found.asked for entry in chosen):
        return [Message("it is the recommended plan")]
    pairs = [(found.under(r), recommended_to_pay(found, r)) for r in telling.readings]
    gaps = [
        best.annual - taken.to_pay.annual
        for taken, best in pairs
        if taken is not None and best is not None and not answer.ends
    ]
    return gaps_words(telling, counted_plans([entry.plan for entry in chosen]), gaps)


def counted_plans(plans: Sequence[Plan]) -> tuple[Message, ...]:
    """How many accounts take which plan, the dearest plan first."""
    each = sorted({plan.id: plan for plan in plans}.values(), key=lambda plan: -plan.tier)
    return tuple(
        Message("{count} {plan}", count=sum(p.id == plan.id for p in plans), plan=plan.short_name)
        for plan in each
    )


def no_other(advice: Advice) -> Message:
    """Why no plan is recommended instead."""
    if advice.fits_none:
        return Message("no plan is recommended")
    return Message("the plan to take depends on the spend")


def gaps_words(telling: Telling, plans: object, gaps: Sequence[Decimal]) -> list[Message]:
    """What is recommended, and how much more or less it costs a year under each reading told."""
    words = Message("recommended: {plans}", plans=plans)
    told = gap_parts(telling, [[gap] for gap in gaps])
    if told:
        words = Message("{first}, {second}", first=words, second=told[0])
    return [words, *told[1:]]


def _other(telling: Telling, asked: PlanAdvice) -> list[Message]:
    chosen = telling.advice.recommended
    if chosen is None:
        return [no_other(telling.advice)]
    if chosen is asked:
        return [Message("it is the recommended plan")]
    return gaps_words(telling, telling.name(chosen), _gaps(telling, chosen, asked))


def _gaps(telling: Telling, chosen: PlanAdvice, asked: PlanAdvice) -> list[Decimal]:
    """What is to be paid more for the recommended plan; nothing where spends are several."""
    if telling.spends:
        return []
    pairs = [[telling.figure(e, r) for e in (chosen, asked)] for r in telling.readings]
    return [one.annual - two.annual for one, two in pairs if one is not None and two is not None]


def gap_parts(telling: Telling, gaps: Sequence[Sequence[Decimal]]) -> list[Message]:
    """How much more or less a plan costs a year under each reading told, and probably.

    Each a difference, or those at both ends of a range.
    """
    first, *others = map(tuple, gaps) if gaps else ((),)
    likely = [_gap(telling, each) for each in others if each != first]
    told = [Message("probably {words}", words=words) for words in likely]
    return [_gap(telling, first), *told] if first else []


def _gap(telling: Telling, gaps: Sequence[Decimal]) -> Message:
    if min(gaps) < 0 < max(gaps):
        low, high = (_gap(telling, [gap]) for gap in gaps)
        return Message("{low} at the lower end, {high} at the upper end", low=low, high=high)
    amount = span_words(telling, list(map(abs, gaps)))
    if any(gap > 0 for gap in gaps):
        return Message("{amount} a year more", amount=amount)
    if any(gap < 0 for gap in gaps):
        return Message("{amount} a year less", amount=amount)
    return Message("at the same price")
