"""What an answer rests on, in words: the codes of doubts as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from supportcli.advice.batch_summary import Doubted
from supportcli.advice.cautions import contested_points
from supportcli.advice.doubts import ASK_FIRST, ASK_RENEWAL, ASSUMED, CONTESTED, LIMIT, READING
from supportcli.core.catalogue import Catalogue
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.needs.registry import KINDS

_ALONE = {
    ASK_FIRST: Message("ask first about {name}"),
    ASK_RENEWAL: Message("ask if {name} can be renewed"),
    ASSUMED: Message("by an assumption: {name}"),
    CONTESTED: Message("sources differ on the fee: {name}"),
    LIMIT: Message("within a limit: {name}"),
    READING: Message("hangs on how the fee rule is read"),
}
_OF_CUSTOMERS = {
    ASK_FIRST: Message("{count} to ask first about {name}"),
    ASK_RENEWAL: Message("{count} to ask if {name} can be renewed"),
    ASSUMED: Message("{count} by an assumption: {name}"),
    CONTESTED: Message("{count} with a fee on which sources differ: {name}"),
    LIMIT: Message("{count} within a limit: {name}"),
    READING: Message("{count} by the reading of the fee rule"),
}


def doubt_words(code: str, catalogue: Catalogue) -> Message:
    """One doubt about an answer."""
    kind, name = _parted(code, catalogue)
    return Message(_ALONE[kind].text, name=name)


def doubted_words(doubted: Doubted, catalogue: Catalogue) -> Message:
    """How many customers have a doubt, and which."""
    kind, name = _parted(doubted.code, catalogue)
    return Message(_OF_CUSTOMERS[kind].text, count=f"{doubted.customers:,}", name=name)


def doubt_codes(catalogue: Catalogue) -> Iterator[str]:
    """Every code that there can be in the answers of a catalogue."""
    yield READING
    for kind in (ASSUMED, CONTESTED, LIMIT, ASK_FIRST, ASK_RENEWAL):
        yield from (f"{kind}:{name}" for name in _names(kind, catalogue))


def _parted(code: str, catalogue: Catalogue) -> tuple[str, Text | Message | str]:
    kind, _, name = code.partition(":")
    return kind, _names(kind, catalogue).get(name, name)


def _names(kind: str, catalogue: Catalogue) -> Mapping[str, Text | Message]:
    """What stands in a kind of code, by its id."""
    if kind == ASSUMED:
        return _assumed(catalogue)
    if kind == CONTESTED:
        points = (p for plan in catalogue.plans for p in contested_points(catalogue, plan))
        return {point.id: point.confirm or point.text for point in points}
    if kind == LIMIT:
        limits = {limit.id: limit.text for plan in catalogue.plans for limit in plan.limits}
        return {**{each.id: each.name for each in catalogue.services}, **limits}
    return {plan.id: plan.name for plan in catalogue.plans}


def _assumed(catalogue: Catalogue) -> Mapping[str, Text | Message]:
    """What a plan is assumed to have: all that another has, or what meets one need."""
    likes = [plan.like.assumption for plan in catalogue.plans if plan.like is not None]
    points = [point for point in catalogue.open_points if point.id in likes]
    kinds = {kind.field: kind.title(catalogue) for kind in KINDS}
    severities = {
        f"response:{each.id}": Message("{need}, {name}", need=kinds["response"], name=each.name)
        for each in catalogue.severities
    }
    return {
        **kinds,
        **severities,
        **{f"service:{each.id}": each.name for each in catalogue.services},
        **{f"quantity:{each.id}": each.name for each in catalogue.quantities},
        **{point.id: point.brief or point.text for point in points},
    }
