"""Names that two things of a catalogue share, so that a reader cannot tell them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from supportcli.core.catalogue import Catalogue
from supportcli.core.text import NamedThing
from supportcli.errors import Message, quoted
from supportcli.inputs.catalogue.plans import Where
from supportcli.inputs.values.names import collisions

NAMED_BLOCKS = ("severities", "channels", "readings", "quantities", "services")


def shared_names(catalogue: Catalogue) -> Iterator[tuple[Where, Message]]:
    """Each name of two things of a kind, at the later one.

    Plans that are never in force on the same day may have the same name: the day tells.
    """
    for block in NAMED_BLOCKS:
        things: Sequence[NamedThing] = getattr(catalogue, block)
        for name, first, second in collisions(things):
            yield ("", block, second), _told(name, first, second)
    for plan, other in combinations(catalogue.plans, 2):
        if plan.validity.overlaps(other.validity):
            for name, first, second in collisions((plan, other)):
                yield (second,), _told(name, first, second)


def _told(name: str, first: str, second: str) -> Message:
    return Message(
        "{name} is a name of {first} and of {second}; rename one",
        name=quoted(name),
        first=quoted(first),
        second=quoted(second),
    )
