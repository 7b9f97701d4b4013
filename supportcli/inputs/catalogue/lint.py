"""What could be better in a catalogue that has no mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import assert_never

from supportcli.core.catalogue import Catalogue
from supportcli.core.money import nearest_money
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Plan
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
from supportcli.inputs.catalogue.lint_words import lengthy_words, untrue_words
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Node


def look_closer(
    catalogue: Catalogue, reader: Reader, root: Node, places: Mapping[str, Node]
) -> None:
    """Note the findings: prices without a review day or an example, fees that jump."""
    if catalogue.review_after is None:
        message = Message("no review_after; give the day when the prices are to be looked at again")
        reader.find(root, message)
    for example in catalogue.examples:
        plan = catalogue.plan(example.plan)
        if example.as_of is not None and not plan.validity.holds_on(example.as_of):
            message = Message(
                "an example of {plan} is as of {date}, when the plan is not in force",
                plan=quoted(plan.id),
                date=example.as_of,
            )
            reader.find(places[plan.id], message)
    exercised = {example.plan for example in catalogue.examples}
    for plan in catalogue.plans:
        if _costs(plan) and plan.id not in exercised:
            message = Message("no example checks the fee of {plan}; add one", plan=quoted(plan.id))
            reader.find(places[plan.id], message)
        doubts = (
            *_jumps(plan),
            *_idle_rates(plan),
            *untrue_words(plan),
            *_idle_limits(plan),
            *lengthy_words(plan),
        )
        for message in doubts:
            reader.find(places[plan.id], message)


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


def _idle_limits(plan: Plan) -> list[Message]:
    """A limit that counts nothing that can be asked for, and within which no target holds."""
    used = {level.limit for level in plan.levels}
    return [
        Message(
            "no need and no quantity reaches limit {limit} of {plan}; say what it counts, like "
            "counts: tickets",
            limit=quoted(limit.id),
            plan=quoted(plan.id),
        )
        for limit in plan.limits
        if limit.counts is None and limit.id not in used
    ]


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
