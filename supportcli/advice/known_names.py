"""Ids of a catalogue's plans, readings and the rest: those that a program names must be there."""

from __future__ import annotations

from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, UsageError, quoted
from supportcli.needs.need import Named
from supportcli.needs.registry import Needs


def check_names(catalogue: Catalogue, needs: Needs, reading: str) -> None:
    """Every id that is named must be one of the catalogue's.

    Raises:
        UsageError: one is not.
    """
    readings = tuple(other.id for other in catalogue.readings)
    plans = tuple(plan.id for plan in catalogue.plans)
    current = needs.current_plan
    named = [
        *(found for need in needs.needs if (found := need.named(catalogue)) is not None),
        *([] if current is None else [Named(current, plans, Message("plan"))]),
        Named(reading, readings, Message("reading")),
    ]
    for name, known, kind in named:
        if name not in known:
            raise UsageError(
                Message(
                    "there is no {kind} {name}; the catalogue has: {known}",
                    kind=kind,
                    name=quoted(name),
                    known=known,
                )
            )
