"""What readings are called, and which plan each of them leads to."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.catalogue import Reading
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language


def reading_name(reading: Reading, language: Language) -> str:
    """The reading's name with what it is good for: Additive reading (budget ceiling)."""
    if reading.role is None:
        return language.text(reading.name)
    return language.say(Message("{name} ({role})", name=reading.name, role=reading.role))


def other_readings(advice: Advice) -> Iterator[Message]:
    """What the readings would recommend that recommend another plan than the one in use."""
    chosen = advice.recommended.plan if advice.recommended else None
    others: dict[str | None, tuple[PlanAdvice | None, list[Text]]] = {}
    for reading, other in advice.by_reading.items():
        if other is None or other.plan != chosen:
            plan_id = other.plan.id if other else None
            names = others.setdefault(plan_id, (other, []))[1]
            names.append(advice.catalogue.reading(reading).name)
    all_others = len(advice.catalogue.readings) - 1
    for other, names in others.values():
        every = len(names) == all_others > 1
        words = Message("every other reading") if every else Message("{names}", names=tuple(names))
        yield _instead(words, other)


def _instead(readings: Message, other: PlanAdvice | None) -> Message:
    """What other readings would recommend; no plan where that hangs on the spend."""
    if other is not None:
        return Message("Under {readings}, {plan} instead.", readings=readings, plan=other.plan.name)
    return Message("Under {readings}, it depends on the spend.", readings=readings)
