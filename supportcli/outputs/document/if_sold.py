"""Where plans that may not be sold were to be recommended: that, what they limit, what else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.portfolio import DealAnswer, Member
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.to_pay import to_pay_more
from supportcli.errors import Message
from supportcli.outputs.document.asked import gap_parts, told_gaps
from supportcli.outputs.document.first_amounts import told_figures
from supportcli.outputs.document.first_screen import Clauses
from supportcli.outputs.document.telling import Telling


def if_sold(advice: Advice, words: Message) -> Message:
    """The plan in these words, and what its recommendation hangs on where its sale is in doubt."""
    entry = advice.taken
    if entry is None or not _in_doubt(advice, entry):
        return words
    if entry.plan.id == advice.needs.current_plan:
        return Message("{plan}, if renewable", plan=words)
    year = advice.catalogue.year_named(entry.plan)
    if year is not None:
        return Message("{plan}, if still sold as in {year}", plan=words, year=str(year))
    return Message("{plan}, if still sold", plan=words)


def told_name(advice: Advice, entry: PlanAdvice) -> Message:
    """What a plan is called in a headline: in short where more is to be said of it there."""
    short = _in_doubt(advice, entry)
    return Message("{name}", name=entry.plan.short_name if short else entry.plan.name)


def sale_lines(telling: Telling) -> Iterator[Clauses]:
    """What is to be known of a plan spoken of whose sale is in doubt, and what to take if not."""
    advice = telling.advice
    entry = advice.taken
    if entry is not None and _in_doubt(advice, entry):
        yield _line(telling, [*_doubt(advice, entry), *_otherwise(telling, entry)])
    other = advice.recommended
    if other is not None and advice.other_asked and _in_doubt(advice, other):
        yield _line(telling, [_named(other, [*_doubt(advice, other)])])


def deal_sale_lines(telling: Telling, answer: DealAnswer) -> Iterator[Clauses]:
    """The same for the accounts of a deal, a plan at a time; of a range at all its ends."""
    groups: dict[str, list[tuple[Member, PlanAdvice]]] = {}
    ends = answer.ends or (answer.portfolio,)
    for member in (each for end in reversed(ends) for each in end.members):
        entry = member.advice.taken
        if entry is not None and _in_doubt(member.advice, entry):
            groups.setdefault(entry.plan.id, []).append((member, entry))
    told = []
    for pairs in groups.values():
        member, entry = pairs[0]
        told.append(_named(entry, [*_doubt(member.advice, entry)]))
        told.extend(_otherwise_together(telling, answer, pairs))
    if told:
        yield _line(telling, told)


def _in_doubt(advice: Advice, entry: PlanAdvice) -> bool:
    return advice.include_doubtful and entry.plan.availability is not None


def _line(telling: Telling, parts: Sequence[Message]) -> Clauses:
    words = tuple(map(telling.say, parts))
    return Clauses(telling.say(Message("caution")), words, telling.semicolon, 2)


def _named(entry: PlanAdvice, parts: Sequence[Message]) -> Message:
    return Message("{plan}: {text}", plan=entry.plan.short_name, text=tuple(parts))


def _doubt(advice: Advice, entry: PlanAdvice) -> Iterator[Message]:
    """What the source says of its sale, and what it allows at most."""
    plan = entry.plan
    if plan.availability is not None:
        words = Message("{text}", text=plan.availability.text)
        if plan.id == advice.needs.current_plan:
            words = Message("{text}, ask if it can be renewed", text=words)
        yield words
    for limit in plan.limits:
        yield Message("{text}", text=limit.text)


def _otherwise(telling: Telling, entry: PlanAdvice) -> Iterator[Message]:
    """The plan to take if it is not sold, and what that costs more."""
    other = telling.advice.fallback
    if other is None or other.plan == entry.plan:
        return
    gaps = told_gaps(telling, told_figures(telling, other), told_figures(telling, entry))
    yield _else_words(other, gap_parts(telling, gaps))


def _else_words(other: PlanAdvice, gaps: Sequence[Message]) -> Message:
    words = Message("else {plan}", plan=other.plan.short_name)
    return Message("{first}, {second}", first=words, second=tuple(gaps)) if gaps else words


def _otherwise_together(
    telling: Telling, answer: DealAnswer, pairs: Sequence[tuple[Member, PlanAdvice]]
) -> Iterator[Message]:
    """The same where one other plan is the one to take for all these accounts."""
    others = [(member, other) for member, _ in pairs if (other := member.advice.fallback)]
    if len(others) < len(pairs) or len({other.plan.id for _, other in others}) > 1:
        return
    more = [to_pay_more(member.advice, other, member.advice.taken) for member, other in others]
    known = [telling.cost(each) for each in more if each is not None]
    single = len(known) == len(others) and not answer.ends
    yield _else_words(others[0][1], gap_parts(telling, [(sum(known, NOTHING),)] if single else []))
