"""The answer for several accounts as lines for a chat: a line for each plan that is bought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from supportcli.advice.portfolio import DealAnswer, Member
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.outputs.document.asked import counted_plans, deal_against_recommended
from supportcli.outputs.document.chat_lines import (
    ChatLine,
    amounts_line,
    closing_line,
    headed,
    labelled,
    notes_line,
    question_lines,
    voucher_line,
    way_line,
)
from supportcli.outputs.document.content_change import deal_content_lines
from supportcli.outputs.document.deal_answer import deal_for, deal_sums_under, none_of_all
from supportcli.outputs.document.deal_basis import closest_lines, deal_notes, deal_today
from supportcli.outputs.document.deal_questions import deal_questions
from supportcli.outputs.document.deal_rows import one_for_all, shared_fees
from supportcli.outputs.document.deal_sums import needs_in_words, pooling_caution, without_sum
from supportcli.outputs.document.first_amounts import amount_lines, ends_of, told_cost
from supportcli.outputs.document.first_basis import counted_words
from supportcli.outputs.document.first_terms import terms, ways
from supportcli.outputs.document.if_sold import deal_sale_lines
from supportcli.outputs.document.telling import Telling

_PLANS = 3  # lines
_NAMED = 3  # accounts in a line


def chat_of_deal(
    telling: Telling, answer: DealAnswer, notes: Sequence[Message]
) -> Iterator[ChatLine]:
    """The plans, how much together, which account takes which, for what, what else, what to ask."""
    title = telling.say(headed(telling, _which(answer), answer.shown.agreed))
    yield ChatLine(title)
    yield from _together(telling, answer)
    plans = _plans(telling, answer)
    yield from (ChatLine(text, follows=place > 0) for place, text in enumerate(plans))
    yield from _rest(telling, answer, notes)
    yield closing_line(telling, assumed=any(" ?" in text for text in plans))


def _rest(telling: Telling, answer: DealAnswer, notes: Sequence[Message]) -> Iterator[ChatLine]:
    """For what it is, with what the spend is counted by; today; what to ask."""
    based = telling.say(Message("Based on {words}", words=deal_for(telling, answer)))
    yield ChatLine(based)
    yield from notes_line(telling, [*pooling_caution(answer.shown), *deal_notes(answer), *notes])
    content = deal_content_lines(telling, answer.shown.members)
    for text in labelled(telling, (*deal_today(telling, answer), *content)):
        yield ChatLine(text, follows=True)
    yield from question_lines(telling, deal_questions(telling, answer))


def _which(answer: DealAnswer) -> Message:
    members = answer.shown.members
    taken = [m.advice.taken.plan for m in members if m.advice.taken]
    words = Message("{plans}", plans=counted_plans(taken))
    if answer.shown.asked is not None:
        return Message("{plan}, as asked for", plan=words)
    left = len(members) - len(taken)
    if not taken:
        return none_of_all(members)
    words = Message("we recommend {plan}", plan=words)
    return Message("{plans}; none for {count}", plans=words, count=left) if left else words


def _together(telling: Telling, answer: DealAnswer) -> Iterator[ChatLine]:
    """What all accounts cost, or why that cannot be told."""
    found = answer.shown
    sums = [deal_sums_under(answer, reading) for reading in telling.readings]
    if not all(sums):
        lacking = labelled(telling, closest_lines(telling, found))
        parts = (*map(telling.say, without_sum(found, telling)), *lacking)
        yield ChatLine(telling.language.joined(parts))
    else:
        quotes = [purchase.whole.quote for purchase in found.purchases]
        lines = [*amount_lines(telling, sums, ends_of(quotes))]
        paid = amounts_line(telling, lines, found.agreed)
        term = [each.between.join(each.parts) for each in terms(telling, sums, quotes)]
        yield from voucher_line(telling, sums, found.agreed.voucher)
        yield ChatLine(telling.semicolon.join((paid, *term)))
        yield from way_line(telling, ways(telling, quotes))
    more = (*deal_sale_lines(telling, answer), *deal_against_recommended(telling, answer))
    for place, text in enumerate(labelled(telling, more)):
        yield ChatLine(text, follows=place > 0)


def _plans(telling: Telling, answer: DealAnswer) -> list[str]:
    """A line for each plan, the dearest first; of many the rest is counted; what else there is."""
    groups: dict[str, list[Member]] = {}
    plans: dict[str, Plan] = {}
    for member in answer.shown.members:
        if member.advice.taken is not None:
            plan = member.advice.taken.plan
            plans[plan.id] = plan
            groups.setdefault(plan.id, []).append(member)
    ordered = sorted(groups, key=lambda plan_id: -plans[plan_id].tier)
    shown = ordered if len(ordered) <= _PLANS else ordered[: _PLANS - 1]
    lines = [_plan(telling, plans[plan_id], groups[plan_id]) for plan_id in shown]
    rest = [member for plan_id in ordered if plan_id not in shown for member in groups[plan_id]]
    if rest:
        words = Message("{count} more accounts: {cost}", count=len(rest), cost=_cost(telling, rest))
        lines.append(telling.say(words))
    return [
        *lines,
        *shared_fees(telling, answer.shown),
        *one_for_all(telling, answer.shown),
    ]


def _plan(telling: Telling, plan: Plan, members: Sequence[Member]) -> str:
    """The plan, for whom, and what it costs them."""
    whom = Message("{count} accounts", count=len(members))
    if len(members) <= _NAMED:
        whom = Message("{names}", names=tuple(_account(telling, member) for member in members))
    words = Message(
        "{plan}: {accounts}, {cost}",
        plan=plan.short_name,
        accounts=whom,
        cost=_cost(telling, members),
    )
    return telling.say(words)


def _account(telling: Telling, member: Member) -> Message:
    """Its name, what it spends and needs."""
    advice = member.advice
    asked = needs_in_words(member)
    note = Message("spend not known")
    if advice.usage.spend_counted is not None:
        spends = advice.usage.series or (advice.usage.spend_counted,)
        note = Message("{spend} a month", spend=counted_words(spends, telling.currency))
    if asked:
        note = Message("{first}, {second}", first=note, second=asked)
    return Message("{text} ({note})", text=member.account.name, note=note)


def _cost(telling: Telling, members: Sequence[Member]) -> Message:
    paid = [telling.cost(member.share.to_pay) for member in members if member.share is not None]
    if len(paid) < len(members):
        return Message("cost not known")
    total = sum(paid, Decimal(0))
    if not total:
        return Message("free")
    ends = ends_of([member.share.quote for member in members if member.share is not None])
    cost = told_cost(telling, telling.short(total), ends)
    return Message("at most {words}", words=cost) if len(telling.readings) > 1 else cost
