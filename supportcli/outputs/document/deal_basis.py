"""What a deal's answer rests on beside spend and needs: the plans of today, notes on the spend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from supportcli.advice.portfolio import DealAnswer, Member, Portfolio
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.renewal import renewal
from supportcli.advice.to_pay import ToPay
from supportcli.advice.today import against_today
from supportcli.errors import Message
from supportcli.outputs.document.asked import counted_plans
from supportcli.outputs.document.billing import basis_notes
from supportcli.outputs.document.deal_sums import said_once
from supportcli.outputs.document.first_amounts import (
    both_gaps,
    closest_words,
    ending_words,
    more_words,
    told_cost,
)
from supportcli.outputs.document.first_answer import telling_of
from supportcli.outputs.document.first_screen import Clauses, TextLine
from supportcli.outputs.document.telling import Telling

_CLOSEST = 1  # accounts; a second one is too long for a small terminal


def deal_today(telling: Telling, answer: DealAnswer) -> Iterator[Clauses]:
    """Today's plan of each account that has one; of many what they cost together.

    Of a range at its upper end, which is said.
    """
    found = answer.shown
    told = [against_today(found, reading=reading).accounts for reading in telling.readings]
    pairs = list(zip(found.members, zip(*told, strict=True), strict=True))
    changes = [words for pair in pairs if (words := _change(telling, *pair)) is not None]
    if changes:
        between, together = telling.semicolon, _together(telling, found, len(changes))
        summed = telling.say(_named(found, between.join(map(telling.say, together))))
        parts = tuple(map(telling.say, changes))
        if answer.ends:
            upper = Message("at the upper end: {way}")
            first, summed = (telling.say(Message(upper.text, way=w)) for w in (parts[0], summed))
            parts = (first, *parts[1:])
        yield Clauses(telling.say(Message("today")), parts, between, 1, summed)


def _change(telling: Telling, member: Member, told: tuple[ToPay | None, ...]) -> Message | None:
    """What is paid more or less than for today's plan; None where there is none."""
    gaps = [[telling.cost(more)] for more in told if more is not None]
    found, chosen = renewal(member.advice), member.advice.taken
    if found is None or chosen is None:
        return None
    plan = telling.name(found.current)
    words = Message("{plan}: renew it, fee and content stay", plan=plan)
    if chosen.plan != found.current.plan and not gaps:
        words = Message("{plan}", plan=plan)
    if found.ends is not None:
        words = ending_words(telling, found.current, ())
    elif chosen.plan != found.current.plan and gaps:
        then = both_gaps(telling, chosen, gaps)
        words = Message("{first}; {second}", first=plan, second=then)
    return Message("{account}: {why}", account=member.account.name, why=words)


def _named(found: Portfolio, words: str) -> Message:
    """How many accounts have the plan of today, where they have but one; what it costs."""
    held = [then.current.plan for m in found.members if (then := renewal(m.advice)) is not None]
    if len({plan.id for plan in held}) > 1:
        return Message("{text}", text=words)
    return Message("{name}: {text}", name=counted_plans(held), text=words)


def _together(telling: Telling, found: Portfolio, count: int) -> Iterator[Message]:
    """What so many plans of today cost together, and what is paid more or less then."""
    told = [_pairs(telling, found, reading) for reading in telling.readings]
    pairs = told[0]
    if pairs:
        sums = [[sum(each, NOTHING) for each in zip(*one, strict=True)] for one in told]
        (before, gap), (likely_before, likely_gap) = sums[0], sums[-1]
        year = told_cost(telling, telling.short(before))
        if likely_before != before:
            likely = telling.short(likely_before)
            year = Message("{words}, probably {amount}", words=year, amount=likely)
        yield year
        more = _gap(telling, gap, len(pairs))
        if likely_gap != gap:
            likely_more = more_words(telling, [likely_gap])
            more = Message("{words}, probably {gap}", words=more, gap=likely_more)
        yield more
    if count > len(pairs):
        left = count - len(pairs)
        yield Message("{count} end within the term or are not known", count=left)


def _pairs(telling: Telling, found: Portfolio, reading: str) -> list[tuple[Decimal, Decimal]]:
    """What each account pays a year today, and what more then, where both are known."""
    against = against_today(found, reading=reading)
    return [
        (telling.cost(before), telling.cost(more))
        for before, more in zip(against.before, against.accounts, strict=True)
        if before is not None and more is not None
    ]


def _gap(telling: Telling, gap: Decimal, count: int) -> Message:
    words = Message("{amount} more for {count} accounts")
    if gap <= 0:
        words = Message("{amount} less for {count} accounts")
    return Message(words.text, amount=telling.short(abs(gap)), count=count)


def deal_notes(answer: DealAnswer) -> Iterator[Message]:
    """How the spend of the accounts is counted; what is the same for all is said once."""
    yield from end_notes(answer)
    yield from said_once(answer.portfolio, lambda member: basis_notes(member.advice))


def end_notes(answer: DealAnswer) -> Iterator[Message]:
    """Of a range: which spend the accounts are told at, and the plans where others are chosen."""
    if not answer.ends:
        return
    low, middle, shown = map(_plans_words, answer.ends)
    if low == middle != shown:
        yield Message("Lower end and middle: {plans}.", plans=low)
    else:
        if low != shown:
            yield Message("Lower end: {plans}.", plans=low)
        if middle != shown:
            yield Message("Middle: {plans}.", plans=middle)
    yield Message("Accounts as at the upper end of the range.")


def _plans_words(found: Portfolio) -> Message:
    """How many accounts take which plan, the dearest plan first, and how many take none."""
    chosen = [m.advice.taken.plan for m in found.members if m.advice.taken]
    left = len(found.members) - len(chosen)
    if not chosen:
        return Message("none")
    if left:
        return Message("{plans}; none for {count}", plans=counted_plans(chosen), count=left)
    return Message("{plans}", plans=counted_plans(chosen))


def closest_lines(telling: Telling, found: Portfolio) -> Iterator[TextLine]:
    """Of the accounts that no plan fits what comes closest, what it lacks and costs."""
    unfit = [m for m in found.members if m.advice.taken is None and m.advice.closest is not None]
    words = [_closest(telling, member) for member in unfit[:_CLOSEST]]
    if len(unfit) > _CLOSEST:
        words.append(telling.say(Message("and {count} more", count=len(unfit) - _CLOSEST)))
    if words:
        yield TextLine(telling.say(Message("closest")), tuple(words))


def _closest(telling: Telling, member: Member) -> str:
    alone = telling_of(member.advice, telling.language, member.account.span, telling.named)
    steps: Sequence[str] = []
    if alone.entry is not None:
        steps = list(closest_words(alone, alone.entry))
    words = telling.semicolon.join(steps)
    return telling.say(Message("{account}: {why}", account=member.account.name, why=words))
