"""What figures rest on beside the spend: open points, what to ask the vendor, what is implied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from supportcli.advice.cautions import open_about_fees, to_confirm
from supportcli.advice.recommendation import Advice
from supportcli.core.catalogue import OpenPoint
from supportcli.errors import Message
from supportcli.language import Language


def vendor_words(advices: Sequence[Advice], confirmed: bool, language: Language) -> Iterator[str]:
    """The same for one account or for several of a catalogue; what holds for more stands once."""
    catalogue = advices[0].catalogue
    briefs = [point.brief for point in _all(open_about_fees, advices, confirmed) if point.brief]
    yield from map(language.text, briefs)
    if briefs:
        yield language.say(Message("The actual bill prevails; get the rule in writing first."))
    asked = (point.confirm for point in _all(to_confirm, advices, confirmed))
    confirm = tuple(point for point in asked if point)
    if confirm:
        words = Message("Confirm with {vendor}: {points}.")
        yield language.say(Message(words.text, vendor=catalogue.whom_to_ask, points=confirm))


def implied_words(advices: Sequence[Advice], language: Language) -> Iterator[str]:
    """What taking the advised plans implies, whoever sells them."""
    advised = [each.recommended.plan for each in advices if each.recommended is not None]
    for group in advices[0].catalogue.facts:
        if any(map(group.concerns, advised or advices[0].catalogue.plans)):
            yield from map(language.text, group.shown)


def _all(
    told: Callable[[Advice, bool], Iterable[OpenPoint]], advices: Sequence[Advice], confirmed: bool
) -> Iterator[OpenPoint]:
    seen: set[str] = set()
    for advice in advices:
        for point in told(advice, confirmed):
            if point.id not in seen:
                seen.add(point.id)
                yield point
