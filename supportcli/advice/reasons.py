"""The advice in sentences: why this plan, why not another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from supportcli.advice.amounts import (
    annual_cost,
    annual_difference,
    beyond_words,
    monthly_words,
)
from supportcli.advice.quote import is_pooled
from supportcli.advice.recommendation import Advice, Bar, PlanAdvice, ReasonCode
from supportcli.core.money import Money, nearest_money
from supportcli.core.successor import and_successor
from supportcli.errors import Message
from supportcli.needs.need import Need, NeedResult, Status
from supportcli.needs.registry import KINDS

MOST_REASONS = 3


def reasons(advice: Advice) -> tuple[Message, ...]:
    """Up to three reasons for the recommended plan, the needs first."""
    entry = advice.recommended
    return tuple(_reasons(advice, entry))[:MOST_REASONS] if entry else ()


def why(advice: Advice, entry: PlanAdvice) -> Message:
    """One sentence on a plan: why it is recommended, or why not."""
    if advice.recommended is entry:
        return _price_reason(advice, entry)
    return _why_not(advice, entry)


def giving_way(advice: Advice, entry: PlanAdvice) -> tuple[Message, ...]:
    """What a customer would have to accept for a plan that does not fit."""
    return tuple(_giving_way(advice, result) for result in entry.unmet)


def _giving_way(advice: Advice, result: NeedResult) -> Message:
    wanted, catalogue, needs = result.wanted, advice.catalogue, advice.needs
    if result.apart is not None:
        words = Message("buy {extra} beside it (price not recorded here)", extra=result.apart)
    elif result.status is Status.UNKNOWN:
        words = Message("{need} (find out first)", need=result.why)
    else:
        words = wanted.giving_way(result, catalogue, needs)
    return wanted.told_apart(words, catalogue, needs)


def _as_it_stands(price: Message) -> Message:
    return price


def proposals(
    advice: Advice, told: Callable[[Message], Message] = _as_it_stands
) -> tuple[Message, ...]:
    """What further needs would change that nobody spoke of; `told` says more of a price."""
    return tuple(_proposals(advice, told))


def _proposals(advice: Advice, told: Callable[[Message], Message]) -> Iterator[Message]:
    for need, other in proposed(advice):
        yield Message(
            "With {need}: {plan}, {price}.",
            need=proposed_words(advice, need, other),
            plan=other.plan.name,
            price=told(price_words(advice, other, advice.recommended)),
        )


def proposed(advice: Advice) -> Iterator[tuple[Need, PlanAdvice]]:
    """Needs that nobody spoke of, and the other plan that each would ask for."""
    entry = advice.recommended
    for kind in KINDS:
        need, other = kind.proposed(advice.needs), advice.proposed.get(kind.field)
        if need and other and (entry is None or other.plan != entry.plan):
            yield need, other


def proposed_words(advice: Advice, need: Need, other: PlanAdvice) -> Message:
    """Such a need, and whether it is only assumed that the plan meets it."""
    words = need.words(advice.catalogue)
    if any(each.wanted == need and each.rests_on_assumption for each in other.needs):
        words = Message("{words} (assumed)", words=words)
    return words


def _reasons(advice: Advice, entry: PlanAdvice) -> Iterator[Message]:
    for result in entry.needs[: MOST_REASONS - 1]:
        yield result.why
    yield _price_reason(advice, entry)
    told = [limit for result in entry.needs for limit in result.limits]
    for limit in entry.plan.limits:
        if limit not in told:
            yield Message("Limit: {limit}.", limit=limit.text)
    runner_up = next_best(advice, entry)
    if runner_up is not None:
        yield Message(
            "The next plan that fits, {plan}, costs {extra} more a year.",
            plan=runner_up.plan.name,
            extra=annual_difference(advice, runner_up, entry),
        )


def next_best(advice: Advice, entry: PlanAdvice) -> PlanAdvice | None:
    """The cheapest other plan that fits and costs more; none where accounts share one."""
    if advice.reason is ReasonCode.SHARED:
        return None
    dearer = [
        (extra.amount, -other.plan.tier, other)
        for other in advice.plans
        if other.recommendable
        and (extra := annual_difference(advice, other, entry))
        and extra.amount
    ]
    return min(dearer, key=lambda ranking: ranking[:2])[2] if dearer else None


def _price_reason(advice: Advice, entry: PlanAdvice) -> Message:
    if advice.reason is ReasonCode.SHARED:
        return Message(
            "With its spend added to that of other accounts on this plan, all accounts together "
            "pay less than with the cheapest plan for each alone."
        )
    return _price_reason_alone(advice, entry)


def _price_reason_alone(advice: Advice, entry: PlanAdvice) -> Message:
    match advice.reason:
        case ReasonCode.TIE_HIGHER_TIER | ReasonCode.TIE_NEVER_DEARER:
            return _tie_words(advice)
        case ReasonCode.ONLY_FIT if _has_doubtful(advice):
            return Message(
                "It is the only plan surely on sale with a known price that meets your needs."
            )
        case ReasonCode.ONLY_FIT if any(other.fits and other.bar for other in advice.plans):
            return Message(
                "It is the only plan still on offer with a known price that meets your needs."
            )
        case ReasonCode.ONLY_FIT:
            return Message("It is the only plan with a known price that meets your needs.")
        case _ if not entry.needs and _has_doubtful(advice, cheaper_than=entry):
            return Message(
                "You named no need that asks for more, and no plan surely on sale costs less."
            )
        case _ if not entry.needs and any(other.bar for other in advice.plans):
            return Message(
                "You named no need that asks for more, and no plan still on offer costs less."
            )
        case _ if not entry.needs:
            return Message("You named no need that asks for more, and no plan costs less.")
        case _:
            words = Message(
                "It is the cheapest of the {count} plans with a known price that meet your needs."
            )
            if _has_doubtful(advice):
                words = Message(
                    "It is the cheapest of the {count} plans surely on sale, with a known price, "
                    "that meet your needs."
                )
            count = sum(other.recommendable for other in advice.plans)
            return Message(words.text, count=count)


def _tie_words(advice: Advice) -> Message:
    words = Message("It costs the same as {others}, and the higher tier gives more for it.")
    if advice.reason is ReasonCode.TIE_NEVER_DEARER:
        words = Message(
            "It costs the same as {others} at this spend, and less at other spends of the range."
        )
    return Message(words.text, others=tuple(other.plan.name for other in advice.tied))


def _has_doubtful(advice: Advice, cheaper_than: PlanAdvice | None = None) -> bool:
    """Whether a plan would do whose sale is in doubt, and might cost less than another."""
    doubtful = [other for other in advice.plans if other.eligible and other.doubtful]
    if cheaper_than is None:
        return bool(doubtful)
    saved = (annual_difference(advice, cheaper_than, o, either_way=True) for o in doubtful)
    return any(each is None or each.amount > 0 for each in saved)


def _why_not(advice: Advice, entry: PlanAdvice) -> Message:
    if entry.unmet:
        return _unmet_words(advice, entry)
    if entry.bar is not None:
        return _bar_words(advice, entry)
    if not entry.eligible:
        return _unpriced_words(advice, entry)
    if entry.doubtful:
        return _doubt_words(advice, entry)
    return _dearer_words(advice, entry)


def _dearer_words(advice: Advice, entry: PlanAdvice) -> Message:
    """What a plan that may be recommended costs beside the recommended one."""
    if advice.reason is ReasonCode.SHARED:
        return Message("fits too; all accounts together would pay more.")
    if entry in advice.tied and advice.reason is ReasonCode.TIE_NEVER_DEARER:
        return Message("fits and costs the same at this spend, more at others of the range.")
    if entry in advice.tied:
        return Message("fits and costs the same; it is the lower tier.")
    if advice.recommended is None:
        return Message("fits; whether it is the one to take depends on the spend.")
    extra = annual_difference(advice, entry, advice.recommended)
    if extra is None:
        return Message("fits too, at a higher price.")
    return Message("fits too, {extra} more a year.", extra=extra)


def _doubt_words(advice: Advice, entry: PlanAdvice) -> Message:
    """Why a plan that fits is not recommended although it may be on sale."""
    saved = annual_difference(advice, advice.recommended, entry) if advice.recommended else None
    if saved is not None and saved.amount < 0:
        extra = Money(-saved.amount, saved.currency)
        return Message("fits too, {extra} more a year; its sale is in doubt.", extra=extra)
    if saved is not None and not saved.amount:
        return Message("fits and costs the same; its sale is in doubt.")
    words = Message("fits; ask first whether it is still sold")
    if entry.plan.id == advice.needs.current_plan:
        words = Message("fits; ask first whether it can be renewed")
    if saved is None:
        return Message("{words}.", words=words)
    return Message("{words}, {saved} less a year.", words=words, saved=saved)


def _unmet_words(advice: Advice, entry: PlanAdvice) -> Message:
    words = _joined([result.why for result in entry.unmet])
    unknown = [result for result in entry.unmet if result.status is Status.UNKNOWN]
    if len(unknown) == len(entry.unmet):
        words = Message("not known to fit: {needs}", needs=words)
    saved = annual_difference(advice, advice.recommended, entry) if advice.recommended else None
    if saved is None or saved.amount <= 0:
        return Message("{words}.", words=words)
    if unknown or entry.bar is not None:
        return Message("{words}; {saved} less a year.", words=words, saved=saved)
    return Message("{words}; would save {saved} a year.", words=words, saved=saved)


def _bar_words(advice: Advice, entry: PlanAdvice) -> Message:
    """Why a plan that fits cannot be taken."""
    return Message("fits; {words}", words=bar_words(advice, entry))


def bar_words(advice: Advice, entry: PlanAdvice) -> Message:
    """Why a plan that is closed, or that ends within the term, cannot be taken."""
    validity = entry.plan.validity
    if entry.bar is Bar.CLOSED_TO_NEW:
        words = Message("closed to new customers since {date}", date=validity.closed_to_new)
    else:
        words = Message("ends on {date}, within the term", date=validity.valid_to)
    return Message("{words}.", words=and_successor(words, advice.catalogue, entry.plan))


def last_day_words(advice: Advice, entry: PlanAdvice) -> Message:
    """When a plan ends, and which plan follows it."""
    words = Message(
        "{plan} ends on {date}", plan=entry.plan.name, date=entry.plan.validity.valid_to
    )
    return Message("{words}.", words=and_successor(words, advice.catalogue, entry.plan))


def within_words(advice: Advice, entry: PlanAdvice) -> Message:
    """That a plan ends within the term, and which plan follows it."""
    words = Message(
        "{plan} ends on {date}, within the term", plan=entry.plan.name, date=entry.last_day
    )
    return and_successor(words, advice.catalogue, entry.plan)


def _unpriced_words(advice: Advice, entry: PlanAdvice) -> Message:
    """An unpriced plan that fits: it may be cheaper, unless what is recommended costs nothing."""
    if entry.plan.lacking:
        return Message(
            "fits; its price needs a quantity: {flags}.",
            flags=tuple(f"--quantity {quantity}=N" for quantity in entry.plan.lacking),
        )
    if entry.plan.beyond:
        return Message("fits; {words}: ask.", words=beyond_words(advice.catalogue, entry.plan))
    if advice.recommended is not None and _is_free(advice, advice.recommended):
        return Message("price not in our source.")
    limits = tuple(
        limit.text
        for result in entry.needs
        if result.status is Status.MET_WITHIN_LIMIT
        for limit in result.limits
    )
    fits = Message("fits within {limits}", limits=limits) if limits else Message("fits")
    if advice.recommended is None:
        return Message("{fits}; price not in our source: ask.", fits=fits)
    return Message("{fits}; price not in our source, may be cheaper: ask.", fits=fits)


def _joined(messages: list[Message]) -> Message:
    joined = messages[0]
    for message in messages[1:]:
        joined = Message("{first}; {second}", first=joined, second=message)
    return joined


def _is_free(advice: Advice, entry: PlanAdvice) -> bool:
    cost = annual_cost(advice, entry)
    return cost is not None and not cost.amount


def price_words(advice: Advice, other: PlanAdvice, entry: PlanAdvice | None) -> Message:
    """What another plan costs a year, or its fee as a rule, and the difference."""
    cost = annual_cost(advice, other)
    words = Message("{annual} a year", annual=cost) if cost is not None else _rule(advice, other)
    extra = annual_difference(advice, other, entry) if entry else None
    if extra is None:
        return words
    if not extra.amount:
        return Message("{price}, the same", price=words)
    if cost is None:
        return Message("{price}, {extra} more a year", price=words, extra=extra)
    return Message("{price}, {extra} more", price=words, extra=extra)


def _rule(advice: Advice, entry: PlanAdvice) -> Message:
    """The fee as a rule, with what is charged once a year."""
    fee = (entry.plan.fees or {})[advice.reading]
    words = monthly_words(advice, entry.plan, advice.reading)
    if not fee.yearly:
        return words
    times = 1 if is_pooled(entry.plan) else advice.usage.accounts
    yearly = nearest_money(fee.yearly * times, entry.plan.currency)
    return Message("{rule} and {yearly} a year", rule=words, yearly=yearly)
