"""Today's plan and the recommended one side by side: what a change gains, and what it loses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from supportcli.advice.amounts import annual_difference
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.duration import Duration
from supportcli.core.money import Money
from supportcli.core.plan import Plan, Tam
from supportcli.core.text import Text
from supportcli.errors import Message


class ContentChange(NamedTuple):
    """A row of the service table that differs; None where a plan is not described."""

    name: Text
    today: Text | None
    then: Text | None


class Renewal(NamedTuple):
    """Today's plan, what the recommended one costs more a year (below zero: less), the content."""

    current: PlanAdvice
    extra: Money | None
    gains: tuple[Message, ...]
    losses: tuple[Message, ...]
    content: tuple[ContentChange, ...]


def renewal(advice: Advice) -> Renewal | None:
    """The comparison with today's plan; None where there is none, or nothing is recommended."""
    current = next((e for e in advice.plans if e.plan.id == advice.needs.current_plan), None)
    chosen = advice.recommended
    if current is None or chosen is None:
        return None
    return Renewal(
        current,
        annual_difference(advice, chosen, current, either_way=True),
        differences(advice, chosen.plan, current.plan),
        differences(advice, current.plan, chosen.plan),
        tuple(_content(advice, current.plan, chosen.plan)),
    )


def _content(advice: Advice, current: Plan, chosen: Plan) -> Iterator[ContentChange]:
    for item in advice.catalogue.content:
        today, then = item.by_plan.get(current.id), item.by_plan.get(chosen.id)
        if today != then:
            yield ContentChange(item.name, today, then)


def differences(advice: Advice, better: Plan, other: Plan) -> tuple[Message, ...]:
    """What the one plan has that the other has not, or has only slower or within a limit."""
    return tuple(_differences(advice, better, other))


def _differences(advice: Advice, better: Plan, other: Plan) -> Iterator[Message]:
    for severity in advice.catalogue.severities:
        mine, its = _fastest(better, severity.id), _fastest(other, severity.id)
        if mine is not None and (its is None or _pace(mine) < _pace(its)):
            words = Message(
                'first response (target) when "{severity}" < {target}',
                severity=severity.name,
                target=mine,
            )
            if its is not None:
                words = Message("{words} instead of < {target}", words=words, target=its)
            yield words
    if better.tam.kind is Tam.DEDICATED and other.tam.kind is not Tam.DEDICATED:
        yield Message("a dedicated TAM")
    for limit in other.limits:
        if better.limit(limit.id) is None:
            yield Message("no such limit: {limit}", limit=limit.text)


def _fastest(plan: Plan, severity: str) -> Duration | None:
    targets = [level.target for level in plan.levels if level.severity in (None, severity)]
    return min(targets, key=_pace, default=None)


def _pace(target: Duration) -> tuple[bool, int]:
    return target.business, target.minutes
