"""Two plans side by side: what the one has that the other has not, and the difference in money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from supportcli.advice.amounts import annual_difference
from supportcli.advice.matching import Status, without_target
from supportcli.advice.needs import Needs
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.targets import marked
from supportcli.core.money import Money
from supportcli.core.plan import Plan, ServiceLevel, Tam
from supportcli.core.text import Text
from supportcli.errors import Message


class ContentChange(NamedTuple):
    """A row of the service table that differs; None where a plan is not described."""

    name: Text
    before: Text | None
    after: Text | None


class Contrast(NamedTuple):
    """What taking one plan instead of another changes.

    `extra` is what it costs more a year (below zero: less; None: that cannot be said), `content`
    the rows of the service table that differ, of the other plan and of this one.
    """

    extra: Money | None
    gains: tuple[Message, ...]
    losses: tuple[Message, ...]
    content: tuple[ContentChange, ...]


def contrast(advice: Advice, entry: PlanAdvice, other: PlanAdvice) -> Contrast:
    """What a customer gains and loses who takes the plan instead of the other one.

    Only channels that can be used count, and only what is known to be better; what the source
    leaves open of either plan, or what is assumed, is said beside it.
    """
    return Contrast(
        annual_difference(advice, entry, other, either_way=True),
        tuple(_better(advice, entry.plan, other.plan, gained=True)),
        tuple(_better(advice, other.plan, entry.plan, gained=False)),
        tuple(_content(advice, other.plan, entry.plan)),
    )


def _content(advice: Advice, before: Plan, after: Plan) -> Iterator[ContentChange]:
    for item in advice.catalogue.content:
        texts = item.by_plan.get(before.id), item.by_plan.get(after.id)
        if texts[0] != texts[1]:
            yield ContentChange(item.name, *texts)


def _better(advice: Advice, plan: Plan, other: Plan, *, gained: bool) -> Iterator[Message]:
    """What the plan has that the other has not, or has only slower or within a limit.

    Told as gained by who takes the plan, or as lost by who takes the other one.
    """
    yield from _faster(advice, plan, other, gained=gained)
    if plan.tam.kind is Tam.DEDICATED and other.tam.kind is not Tam.DEDICATED:
        words = Message("a dedicated TAM")
        if plan.tam.assumed:
            words = Message("{words} (assumed)", words=words)
        if other.tam.contested:
            words = Message(
                "{words} (for {plan} the source contradicts itself)", words=words, plan=other.name
            )
        yield _open(words, other, unknown=other.tam.kind is Tam.UNKNOWN)
    for limit in other.limits:
        if plan.limit(limit.id) is None and gained:
            yield Message("no limit stated such as: {limit}", limit=limit.text)
        elif plan.limit(limit.id) is None:
            yield Message("a limit: {limit}", limit=limit.text)


def _faster(advice: Advice, plan: Plan, other: Plan, *, gained: bool) -> Iterator[Message]:
    for severity in advice.catalogue.severities:
        always, limited = _targets(plan, severity.id, advice.needs)
        its, its_limited = _targets(other, severity.id, advice.needs)
        if always is not None and _is_faster(always, its):
            if its is None and its_limited is not None and _is_faster(its_limited, always):
                continue  # told where the shorter one within a limit is the better one
            better = always
        elif limited is not None and _is_gain(limited, its, its_limited, always):
            better = limited
        else:
            continue
        known = its or its_limited
        if known is None:
            status = without_target(advice.catalogue, other, severity.id, advice.needs)
            words = Message(
                'first response (target) when "{severity}" < {target}',
                severity=severity.name,
                target=_target(better),
            )
            yield _open(words, other, unknown=status is Status.UNKNOWN)
            continue
        worse = _target(known)
        if its is not None and its_limited is not None:
            fast = its_limited.target
            worse = Message("{target}, within a limit < {fast}", target=worse, fast=fast)
        after, before = (_target(better), worse) if gained else (worse, _target(better))
        yield Message(
            'first response (target) when "{severity}" < {target} instead of < {before}',
            severity=severity.name,
            target=after,
            before=before,
        )


def _is_gain(
    limited: ServiceLevel,
    its: ServiceLevel | None,
    its_limited: ServiceLevel | None,
    always: ServiceLevel | None,
) -> bool:
    """Whether a target within a limit is better; not where the usual one is worse for it."""
    if always is not None and its is not None and _is_faster(its, always):
        return False
    return _is_faster(limited, its) and _is_faster(limited, its_limited)


def _is_faster(level: ServiceLevel, other: ServiceLevel | None) -> bool:
    """Whether a target is the better one; fewer business hours and more hours are not compared."""
    if other is None:
        return True
    return level.target.within(other.target) and level.target != other.target


def _targets(
    plan: Plan, severity: str, needs: Needs
) -> tuple[ServiceLevel | None, ServiceLevel | None]:
    """The fastest target without a limit, and a faster one within a limit where there is one."""
    usable = [
        level
        for level in plan.levels
        if level.severity in (None, severity) and level.channel not in needs.without_channels
    ]
    always = min((v for v in usable if v.limit is None), key=_speed, default=None)
    limited = min((v for v in usable if v.limit is not None), key=_speed, default=None)
    if limited is not None and not _is_faster(limited, always):
        limited = None
    return always, limited


def _open(words: Message, other: Plan, unknown: bool) -> Message:
    """The words, and that nobody says whether the other plan has the same."""
    if not unknown:
        return words
    return Message("{words} (for {plan}: not stated)", words=words, plan=other.name)


def _target(level: ServiceLevel) -> Message:
    words = Message("{target}", target=level.target)
    return marked(words, limited=level.limit is not None, assumed=level.assumed)


def _speed(level: ServiceLevel) -> tuple[bool, int]:
    return level.target.business, level.target.minutes
