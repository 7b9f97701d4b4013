"""What to ask the vendor first, and what the answers are worth."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.ask_first import ask_first, ask_renewal
from supportcli.advice.recommendation import Advice, PlanAdvice, choice_at
from supportcli.advice.to_pay import ToPay, to_pay_more
from supportcli.core.money import exact_money, whole
from supportcli.errors import Message
from supportcli.outputs.document.first_screen import Questions, VendorQuestion
from supportcli.outputs.document.plan_words import question_words
from supportcli.outputs.document.telling import Telling


def asked_first(advice: Advice, at_any_spend: bool = False) -> tuple[PlanAdvice, ...]:
    """Plans that would do and may cost less, but are perhaps not sold or have no known price.

    The one that was asked for first, then the one that the customer has, then those that save most,
    those without a price last.
    """
    renewed = ask_renewal(advice)
    found = [*([renewed] if renewed else []), *ask_first(advice, at_any_spend)]
    lacking = (e for e in advice.unpriced_fits if e.plan.lacking)
    entries = (*_in_doubt(advice), *(inquiry.entry for inquiry in found), *lacking)
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
    if not entry.plan.priced:
        return
    used, likely = telling.readings
    asked = telling.say(question_words(advice.catalogue.reading(likely)))
    costs = [telling.figure(entry, reading) for reading in (used, likely)]
    worth = []
    if telling.spends or costs[0] is None or costs[1] is None:
        pass
    elif telling.cost(costs[0]) > telling.cost(costs[1]):
        worth.append(less_words(telling, telling.cost(costs[0]) - telling.cost(costs[1])))
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
    saved = to_pay_more(telling.advice, telling.advice.taken, entry)
    known = None if saved is None or telling.spends else telling.cost(saved)
    return plan_question(telling, entry, known)


def less_words(telling: Telling, saved: Decimal) -> Message:
    """What would be paid less if so, a year or in the time that all amounts are of."""
    amount = telling.short(saved)
    if telling.in_part or telling.uneven:
        return Message("If so {amount} less {when}.", amount=amount, when=telling.when)
    return Message("If so {amount} a year less.", amount=amount)


def plan_question(telling: Telling, entry: PlanAdvice, saved: Decimal | None) -> VendorQuestion:
    """What to ask about a plan, and what it would save, where that can be told."""
    name, plan = telling.name(entry), entry.plan
    worth = Message("It may cost less.")
    if plan.lacking:
        flags = tuple(f"--quantity {quantity}=N" for quantity in plan.lacking)
        words = Message("{plan} has a price once you give {flags}.", plan=name, flags=flags)
    elif plan.id == telling.advice.needs.current_plan:
        words = Message("Can {plan} be renewed?", plan=name)
    elif not plan.priced and plan.availability is not None:
        words = Message("What does {plan} cost, is it still sold?", plan=name)
    elif not plan.priced:
        words = Message("What does {plan} cost?", plan=name)
    else:
        words = Message("Is {plan} still sold?", plan=name)
    if entry is telling.advice.asked:
        return VendorQuestion(telling.say(words), "")
    if telling.advice.fits_none:
        worth = Message("It meets the needs.")
    elif plan.priced:
        worth = Message("It would cost less.")
        if saved is not None and saved > 0:
            worth = less_words(telling, saved)
    return VendorQuestion(telling.say(words), telling.say(worth))
