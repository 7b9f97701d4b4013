"""What could be better in a catalogue that has no mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import assert_never

from supportcli.core.catalogue import Catalogue
from supportcli.core.money import nearest_money
from supportcli.core.period import months_later
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Limit, Plan
from supportcli.core.schedule import (
    Discounted,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    Sum,
    Tiered,
    Volume,
)
from supportcli.errors import Message, quoted
from supportcli.inputs.catalogue.lint_names import shared_names
from supportcli.inputs.catalogue.lint_words import lengthy_words, untrue_words
from supportcli.inputs.catalogue.plans import Where
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Node

_MOST_MONTHS = 6


def look_closer(
    catalogue: Catalogue, reader: Reader, root: Node, places: Mapping[Where, Node]
) -> None:
    """Note the findings: prices without a review day or an example, fees that jump."""
    for message in _review(catalogue):
        reader.find(places.get(("review_after",), root), message)
    for index, example in enumerate(catalogue.examples):
        plan = catalogue.plan(example.plan)
        if example.as_of is not None and not plan.validity.holds_on(example.as_of):
            message = Message(
                "an example of {plan} is as of {date}, when the plan is not in force",
                plan=quoted(plan.id),
                date=example.as_of,
            )
            reader.find(places["examples", str(index)], message)
    exercised = {example.plan for example in catalogue.examples}
    for plan in catalogue.plans:
        if _costs(plan) and plan.id not in exercised:
            message = Message("no example checks the fee of {plan}; add one", plan=quoted(plan.id))
            reader.find(places[plan.id,], message)
        doubts = (
            *(("fee", message) for message in (*_jumps(plan), *_idle_rates(plan))),
            *untrue_words(plan),
            *lengthy_words(plan),
        )
        for field, message in doubts:
            reader.find(places[plan.id, field], message)
        for limit in plan.limits:
            for message in _idle_limit(plan, limit):
                reader.find(places.get((plan.id, "limits", limit.id), places[plan.id,]), message)
    for where, message in shared_names(catalogue):
        reader.find(places[where], message)


def _review(catalogue: Catalogue) -> Iterator[Message]:
    """No review, one long after the sources were read, or one after a plan has ended."""
    checked, due = catalogue.checked, catalogue.review_after
    if due is None:
        yield Message("no review_after; give the day when the prices are to be looked at again")
    if checked is None or due is None:
        return
    if due > months_later(checked, _MOST_MONTHS):
        yield Message(
            "review_after is more than six months after {date}, when the sources were last read; "
            "take an earlier day",
            date=checked,
        )
    ends = [plan.validity.valid_to for plan in catalogue.plans]
    first = min((end for end in ends if end is not None and end >= checked), default=due)
    if due > first:
        yield Message("review_after is past {date}, when a plan ends; take that day", date=first)


def _costs(plan: Plan) -> bool:
    fees = (plan.fees or {}).values()
    return bool(plan.extras) or any(fee.total != PiecewiseLinear.line() for fee in fees)


def _jumps(plan: Plan) -> list[Message]:
    """A fee that jumps may be published so, or be a bracket that was copied wrong."""
    return [
        Message(
            "under reading {reading} the fee of {plan} jumps from {left} to {right} at a spend of "
            "{start}; check that it is meant",
            reading=quoted(reading),
            plan=quoted(plan.id),
            left=nearest_money(before.at(after.start), plan.currency),
            right=nearest_money(after.at(after.start), plan.currency),
            start=nearest_money(after.start, plan.currency),
        )
        for reading, fee in (plan.fees or {}).items()
        for before, after in pairwise(fee.total.segments)
        if before.at(after.start) != after.at(after.start)
    ]


def _idle_rates(plan: Plan) -> list[Message]:
    """A rate that changes no fee stands below a cap, or under another rate that is always more."""
    rates = any(map(_has_rate, (plan.published or {}).values()))
    fees = (plan.fees or {}).values()
    if not rates or not fees or any(not fee.total.is_constant() for fee in fees):
        return []
    return [
        Message(
            "the fee of {plan} is the same at every spend, although a rate is given; check it",
            plan=quoted(plan.id),
        )
    ]


def _idle_limit(plan: Plan, limit: Limit) -> Iterator[Message]:
    """A limit that counts nothing that can be asked for, or to no number."""
    used = {level.limit for level in plan.levels}
    if limit.counts is None and limit.id not in used:
        yield Message(
            "no need and no quantity reaches limit {limit} of {plan}; say what it counts, like "
            "counts: tickets",
            limit=quoted(limit.id),
            plan=quoted(plan.id),
        )
    if limit.counts is not None and limit.allowed is None:
        yield Message(
            "limit {limit} of {plan} has no number, so that any is within it; give one, like "
            "most: 30",
            limit=quoted(limit.id),
            plan=quoted(plan.id),
        )


def _has_rate(schedule: Schedule) -> bool:
    match schedule:
        case Line(rate=rate) | Excess(rate=rate):
            return bool(rate)
        case Graduated(brackets) | Volume(brackets) | Tiered(brackets):
            return any(bracket.rate for bracket in brackets)
        case Discounted(fee):
            return _has_rate(fee)
        case Sum(left, right) | GreaterOf(left, right) | LesserOf(left, right):
            return _has_rate(left) or _has_rate(right)
        case _:
            assert_never(schedule)
