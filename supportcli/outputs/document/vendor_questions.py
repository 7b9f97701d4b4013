"""What to ask the vendor first, and what the answers are worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.amounts import annual_difference, price_question
from supportcli.advice.ask_first import (
    apart_question,
    apart_worth,
    ask_first,
    ask_renewal,
    sale_question,
)
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.recommendation import Advice, PlanAdvice, choice_at
from supportcli.advice.to_pay import ToPay
from supportcli.core.money import exact_money, whole
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.outputs.document.first_amounts import span_words
from supportcli.outputs.document.first_screen import Questions, VendorQuestion
from supportcli.outputs.document.plan_words import question_words
from supportcli.outputs.document.telling import Telling


def asked_first(advice: Advice, at_any_spend: bool = False) -> tuple[PlanAdvice, ...]:
    """Plans that would do and may cost less, but are perhaps not sold or have no known price.

    The one that was asked for first, then the one that the customer has, then those that save most,
    those without a price; last the one that comes closest to what no plan meets.
    """
    renewed = ask_renewal(advice)
    found = [*([renewed] if renewed else []), *ask_first(advice, at_any_spend)]
    lacking = (e for e in advice.unpriced_fits if e.plan.lacking)
    closest = [e for e in (advice.closest,) if e is not None and e.doubtful]
    entries = (*_in_doubt(advice), *(inquiry.entry for inquiry in found), *lacking, *closest)
    return tuple({entry.plan.id: entry for entry in entries}.values())


def _in_doubt(advice: Advice) -> Iterator[PlanAdvice]:
    """The plan that was asked for, where its sale is in doubt or its price is not known."""
    asked = advice.asked
    if asked is not None and asked.bar is None and (asked.doubtful or not asked.plan.priced):
        yield asked


def questions(telling: Telling) -> Questions | None:
    """The question between the readings, then plans by what they would save."""
    items = (*_reading(telling), *(_plan(telling, entry) for entry in telling.asks))
    if not items:
        return None
    return Questions(telling.say(Message("ask first")), items, telling.gap)


def number_of(telling: Telling, entry: PlanAdvice) -> int:
    """The number of the question about a plan; 0 where there is none."""
    asks = [other.plan.id for other in telling.asks]
    if entry.plan.id not in asks:
        return 0
    return len(tuple(_reading(telling))) + asks.index(entry.plan.id) + 1


def _reading(telling: Telling) -> Iterator[VendorQuestion]:
    """Where two readings are told and the amounts of the plan spoken of differ."""
    entry, advice = telling.entry, telling.advice
    if len(telling.readings) == 1 or entry is None or advice.taken is None:
        return
    used, likely = telling.readings
    asked = telling.say(question_words(advice.catalogue.reading(likely)))
    if not entry.plan.priced:
        yield VendorQuestion(asked, "")
        return
    worth = [*less_words(telling, _saved(telling, (entry, used), (entry, likely)))]
    if not advice.other_asked:
        worth.extend(_instead_at_ends(telling) if telling.ranged else _instead(telling, entry))
    if worth or _differ_somewhere(telling, entry):
        yield VendorQuestion(asked, telling.language.joined(map(telling.say, worth)))


def _instead(telling: Telling, entry: PlanAdvice) -> Iterator[Message]:
    """Which plan the likelier reading recommends instead."""
    likely = telling.readings[1]
    other = telling.advice.by_reading[likely]
    if other is not None and other.plan != entry.plan:
        costs = (telling.figure(each, likely) for each in (entry, other))
        yield _other_words(telling, other, *costs)


def _other_words(
    telling: Telling, other: PlanAdvice, mine: ToPay | None, its: ToPay | None
) -> Message:
    if mine is not None and its == mine:
        return Message("{plan} costs the same then.", plan=telling.name(other))
    return Message("{plan} is the one to take then.", plan=telling.name(other))


def _instead_at_ends(telling: Telling) -> Iterator[Message]:
    """The same at the ends of a range; at which of them, where it is not so at both."""
    used, likely = telling.readings
    found: dict[Message, list[Fraction]] = {}
    for spend in telling.spends:
        usage = telling.advice.usage.at(spend)
        entry, other = (choice_at(telling.advice, usage, one) for one in (used, likely))
        if entry is not None and other is not None and other.plan != entry.plan:
            costs = (telling.figure_at(each, likely, spend) for each in (entry, other))
            found.setdefault(_other_words(telling, other, *costs), []).append(spend)
    for words, spends in found.items():
        if len(spends) == len(telling.spends):
            yield words
        else:
            at = whole(exact_money(spends[0], telling.currency))
            yield Message("At {spend}: {words}", spend=at, words=words)


def _differ_somewhere(telling: Telling, entry: PlanAdvice) -> bool:
    """Whether a plan costs something else under the other reading at any of the spends told."""
    return any(
        len({found and found.annual for found in figures}) > 1
        for spend in telling.spends
        if (figures := [telling.figure_at(entry, each, spend) for each in telling.readings])
    )


def _plan(telling: Telling, entry: PlanAdvice) -> VendorQuestion:
    taken = telling.advice.taken
    if taken is None:
        return plan_question(telling, entry, ())
    saved = [_saved(telling, (taken, each), (entry, each)) for each in telling.readings]
    return plan_question(telling, entry, whichever_holds(saved))


def whichever_holds(saved: Sequence[Sequence[Decimal]]) -> Sequence[Decimal]:
    """What a plan saves, told so that it does not seem to come on top of another answer's worth.

    `saved` are the amounts under each reading told; where they differ it is from nothing to the
    most, as the answer to the question between the readings takes its part.
    """
    if not all(saved) or len(set(map(tuple, saved))) == 1:
        return saved[0] if all(saved) else ()
    return (NOTHING, max(map(max, saved)))


def _saved(
    telling: Telling, dearer: tuple[PlanAdvice, str], cheaper: tuple[PlanAdvice, str]
) -> tuple[Decimal, ...]:
    """What a plan under a reading costs more than one: once, or at both ends of a range.

    Of a spend that is not known only what is the same at every spend; empty where it is not told.
    """
    if dearer[0].last_day or cheaper[0].last_day:
        return ()
    if telling.ranged or not telling.spends:
        found = [_figures(telling, *each) for each in (dearer, cheaper)]
        pairs = zip(*found, strict=True)
        costs = [telling.cost(more) - telling.cost(less) for more, less in pairs if more and less]
        return tuple(costs) if len(costs) == len(found[0]) else ()
    if dearer[1] != cheaper[1] or telling.in_part or telling.uneven:
        return ()
    gap = annual_difference(telling.advice, dearer[0], cheaper[0])
    return () if gap is None else (gap.amount,)


def _figures(telling: Telling, entry: PlanAdvice, reading: str) -> list[ToPay | None]:
    if telling.ranged:
        return [telling.figure_at(entry, reading, spend) for spend in telling.spends]
    return [telling.figure(entry, reading)]


def less_words(telling: Telling, saved: Sequence[Decimal]) -> Iterator[Message]:
    """What would be paid less if so, a year or in the time that all amounts are of.

    Of a range from the least to the most; nothing where nothing is saved.
    """
    low, high = min(saved, default=NOTHING), max(saved, default=NOTHING)
    if high <= 0:
        return
    words = _less_up_to(telling) if low <= 0 else _less(telling)
    amount = span_words(telling, [high if low <= 0 else low, high])
    yield Message(words.text, amount=amount, when=telling.when)


def _less_up_to(telling: Telling) -> Message:
    if telling.in_part or telling.uneven:
        return Message("If so up to {amount} less {when}.")
    return Message("If so up to {amount} a year less.")


def _less(telling: Telling) -> Message:
    if telling.in_part or telling.uneven:
        return Message("If so {amount} less {when}.")
    return Message("If so {amount} a year less.")


def plan_question(telling: Telling, entry: PlanAdvice, saved: Sequence[Decimal]) -> VendorQuestion:
    """What to ask about a plan, and what it would save, where that can be told."""
    name, plan = telling.name(entry), entry.plan
    if entry.sold_apart:
        return _apart_question(telling, entry)
    worth = Message("It may cost less.")
    if plan.lacking:
        flags = tuple(f"--quantity {quantity}=N" for quantity in plan.lacking)
        words = Message("{plan} has a price once you give {flags}.", plan=name, flags=flags)
    elif plan.id == telling.advice.needs.current_plan:
        words = Message("Can {plan} be renewed?", plan=name)
    elif not plan.priced and plan.availability is None:
        words = price_question(telling.advice.catalogue, plan, name)
    else:
        words = sale_question(telling.advice.catalogue, plan, name)
    if entry in (telling.advice.asked, telling.advice.closest):
        return VendorQuestion(telling.say(words), "")
    if telling.advice.fits_none:
        worth = Message("It meets the needs.")
    elif plan.priced:
        worth = next(less_words(telling, saved), Message("It would cost less."))
    return VendorQuestion(telling.say(words), telling.say(worth), tuple(_limits(telling, plan)))


def _apart_question(telling: Telling, entry: PlanAdvice) -> VendorQuestion:
    """What to ask about a plan that would do with what is sold beside it."""
    name = telling.name(entry)
    asked = telling.say(apart_question(entry.plan, name, entry.sold_apart))
    if entry in (telling.advice.asked, telling.advice.closest):
        return VendorQuestion(asked, "")
    return VendorQuestion(asked, telling.say(apart_worth(telling.advice, name)))


def _limits(telling: Telling, plan: Plan) -> Iterator[str]:
    """What a plan that has a price is limited to, each in a sentence."""
    for limit in plan.limits if plan.priced else ():
        yield telling.say(Message("Limit: {limit}.", limit=limit.text))
