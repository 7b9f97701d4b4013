"""The plan that follows another, and the words for it."""

from __future__ import annotations

from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan
from supportcli.errors import Message


def successor_of(catalogue: Catalogue, plan: Plan) -> Plan | None:
    """The plan in force that follows another, as the catalogue says."""
    wanted = plan.validity.successor
    return next((each for each in catalogue.plans if each.id == wanted), None)


def and_successor(words: Message, catalogue: Catalogue, plan: Plan) -> Message:
    """The words about a plan, and which plan follows it, where one that is in force does."""
    successor = successor_of(catalogue, plan)
    if successor is None:
        return words
    return Message("{words}; its successor is {plan}", words=words, plan=successor.name)
