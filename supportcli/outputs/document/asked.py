"""A plan that was asked for, beside the one that is recommended, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from supportcli.advice.amounts import annual_difference
from supportcli.advice.asked import asked_of
from supportcli.advice.beside import cost_of_each
from supportcli.advice.portfolio import DealAnswer
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.outputs.document.first_amounts import at_ends, falls, span_words, told_figures
from supportcli.outputs.document.first_screen import Clauses
from supportcli.outputs.document.first_terms import Told
from supportcli.outputs.document.fit_words import fit_word, fits_words
from supportcli.outputs.document.telling import Telling
from supportcli.outputs.document.vendor_questions import number_of

Gaps = Sequence[tuple[Decimal, ...]]
"""What is to be paid more a year under each reading told: once, or at both ends of a range."""


def against_recommended(telling: Telling) -> Iterator[Clauses]:
    """Whether the plan that was asked for does, and what the recommended one costs beside it."""
    asked = telling.advice.asked
    if asked is None:
        return
    number = 0 if asked.unmet else number_of(telling, asked)
    yield _line(telling, [fits_words(telling, asked, number)], _other(telling, asked))


def _line(
    telling: Telling, fit: Sequence[Message], more: Sequence[Message], brief: Sequence[Message] = ()
) -> Clauses:
    """How far the plan fits, and what else; where that has no room, the one in brief."""
    between, rest = telling.semicolon, tuple(map(telling.say, more))
    whole, short = (between.join(map(telling.say, words)) for words in (fit, brief))
    summed = between.join((short, *rest)) if short else ""
    return Clauses(telling.say(Message("fits")), (whole, *rest), between, 2, summed)


def deal_against_recommended(telling: Telling, answer: DealAnswer) -> Iterator[Clauses]:
    """The same for all accounts of a deal."""
    asked = asked_of(answer.shown)
    if asked is None:
        return
    fit = _all_fit(telling, answer)
    brief = _in_a_word(answer) if len(fit) > 1 else ()
    yield _line(telling, fit, _others(telling, answer, asked.plan), brief)


def _all_fit(telling: Telling, answer: DealAnswer) -> list[Message]:
    """Whether the plan does for all alike and why not, else for whom it does not or may not."""
    groups: dict[Message, list[str]] = {}
    doing: set[Message] = set()
    for advice, name in ((m.advice, m.account.name) for m in answer.shown.members):
        if advice.asked is not None:
            words = fits_words(telling._replace(advice=advice), advice.asked)
            groups.setdefault(words, []).append(name)
            doing |= {words} if fit_word(advice.asked) == Message("yes") else set()
    if len(groups) == 1:
        return list(groups)
    told = [words for words in groups if words not in doing] or list(groups)
    return [Message("{text} ({note})", text=words, note=tuple(groups[words])) for words in told]


def _in_a_word(answer: DealAnswer) -> list[Message]:
    """The same without reasons, nor accounts where one word holds for all."""
    groups: dict[Message, list[str]] = {}
    for member in answer.shown.members:
        if member.advice.asked is not None:
            groups.setdefault(fit_word(member.advice.asked), []).append(member.account.name)
    if len(groups) == 1:
        return list(groups)
    told = {word: names for word, names in groups.items() if word != Message("yes")}
    return [Message("{text} ({note})", text=w, note=tuple(names)) for w, names in told.items()]


def _others(telling: Telling, answer: DealAnswer, asked: Plan) -> list[Message]:
    found = answer.shown
    chosen = [m.advice.recommended for m in found.members if m.advice.recommended is not None]
    if len(chosen) < len(found.members):
        return [no_other(next(m.advice for m in found.members if m.advice.recommended is None))]
    if all(entry.plan == asked for entry in chosen):
        return [Message("it is the recommended plan")]
    plans = [entry.plan for entry in chosen]
    best, other = (
        [cost_of_each(answer, each, reading) for reading in telling.readings]
        for each in ([plan.id for plan in plans], [asked.id] * len(plans))
    )
    gaps = [] if found.last_day else told_gaps(telling, best, other)
    return _gaps_words(telling, counted_plans(plans), gaps)


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


def _gaps_words(telling: Telling, plans: object, gaps: Gaps) -> list[Message]:
    """What is recommended, and how much more or less it costs a year under each reading told."""
    words = Message("recommended: {plans}", plans=plans)
    told = gap_parts(telling, gaps)
    if told:
        words = Message("{first}, {second}", first=words, second=told[0])
    return [words, *told[1:]]


def _other(telling: Telling, asked: PlanAdvice) -> list[Message]:
    chosen = telling.advice.recommended
    if chosen is None:
        return [no_other(telling.advice)]
    if chosen is asked:
        return [Message("it is the recommended plan")]
    gaps = told_gaps(telling, told_figures(telling, chosen), told_figures(telling, asked))
    gaps = [] if asked.last_day else gaps
    words = _gaps_words(telling, telling.name(chosen), gaps)
    return words if gaps else [*words, *_at_every_spend(telling, chosen, asked)]


def _at_every_spend(telling: Telling, chosen: PlanAdvice, asked: PlanAdvice) -> Iterator[Message]:
    """How much more or less a year, where no spend is known but it is the same at every one."""
    if telling.ranged or not telling.spends or telling.in_part or telling.uneven:
        return
    gap = annual_difference(telling.advice, chosen, asked, either_way=True)
    if gap is not None:
        words = _gap(telling, [gap.amount])
        apart = len(telling.readings) > 1 and gap.amount
        yield Message("at most {words}", words=words) if apart else words


def told_gaps(telling: Telling, one: Told, other: Told) -> Gaps:
    """What the one costs more than the other; nothing where one of them is not known."""
    if not (all(one) and all(other)):
        return []
    return [
        tuple(telling.cost(mine.less(yours)) for mine, yours in zip(*pair, strict=True))
        for pair in zip(one, other, strict=True)
    ]


def gap_parts(telling: Telling, gaps: Gaps) -> list[Message]:
    """How much more or less a plan costs a year at most, and probably where that differs."""
    likely = [_gap(telling, each) for each in gaps[1:] if each != gaps[0]]
    told = [Message("probably {words}", words=words) for words in likely]
    return [_gap(telling, gaps[0]), *told] if gaps else []


def _gap(telling: Telling, gaps: Sequence[Decimal]) -> Message:
    if falls(gaps):
        return at_ends(*(_gap(telling, [gap]) for gap in gaps))
    amount = span_words(telling, list(map(abs, gaps)))
    if not any(gaps):
        return Message("at the same price")
    if telling.in_part or telling.uneven:
        gap = Message("{amount} more") if max(gaps) > 0 else Message("{amount} less")
        return Message("{gap} {when}", gap=Message(gap.text, amount=amount), when=telling.when)
    gap = Message("{amount} a year more") if max(gaps) > 0 else Message("{amount} a year less")
    return Message(gap.text, amount=amount)
