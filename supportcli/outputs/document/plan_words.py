"""What a first line says of a plan: what one gets, whose prices they are, what to ask first."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.core.catalogue import Catalogue, Reading
from supportcli.core.duration import Duration
from supportcli.core.plan import Plan, ServiceLevel
from supportcli.core.source import Source
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.needs.tam import tam_words

_COPIES = {
    "vendor": Message("vendor's own page"),
    "reseller": Message("reseller's copy"),
    "secondary": Message("third-party copy"),
    "derived": Message("our own arithmetic"),
    "assumed": Message("our own judgement"),
}
_BRIEF = {
    "vendor": Message("Vendor's prices"),
    "reseller": Message("Reseller's prices"),
    "secondary": Message("Third-party prices"),
    "derived": Message("Prices by our sums"),
    "assumed": Message("Prices we assume"),
}


def prices_note(catalogue: Catalogue, plan: Plan) -> Message:
    """How old a plan's prices are and whose copy they are, by the source of its own fee."""
    if not plan.cite.source:
        return Message("Prices: no source named")
    source = catalogue.source(plan.cite.source)
    return _dated(Message("Prices: {copy}", copy=_COPIES[source.level]), source)


def prices_brief(catalogue: Catalogue, plan: Plan) -> Message:
    """The same in a word or two."""
    if not plan.cite.source:
        return Message("Prices: no source named")
    source = catalogue.source(plan.cite.source)
    return _dated(_BRIEF[source.level], source)


def _dated(words: Message, source: Source) -> Message:
    if source.date is None:
        return Message("{words}, undated", words=words)
    return Message("{words}, {date}", words=words, date=source.date)


def reading_words(reading: Reading) -> Message:
    """A reading by its name and what it makes of the rule, so that nobody need know the name."""
    if reading.brief is None:
        return Message("{name}", name=reading.name)
    return Message("{name} ({brief})", name=reading.name, brief=reading.brief)


def question_words(reading: Reading) -> Message:
    """What to ask the vendor: a yes means that the reading holds."""
    if reading.question is not None:
        return Message("{text}", text=reading.question)
    return Message("Does this hold: {reading}?", reading=reading.in_brief)


def gets_words(catalogue: Catalogue, plan: Plan) -> Message:
    """What one gets with a plan, as the catalogue puts it, else made from what it holds."""
    if plan.gets is not None:
        return Message("{text}", text=plan.gets)
    words, *others = _parts(catalogue, plan)
    for other in others:
        words = Message("{first}; {second}", first=words, second=other)
    return words


def _parts(catalogue: Catalogue, plan: Plan) -> Iterator[Message]:
    yield _response(catalogue, plan)
    yield Message("TAM: {kind}", kind=tam_words(plan.tam))
    yield from (Message("{text}", text=limit.text) for limit in plan.limits)
    others = tuple(
        channel.name
        for channel in catalogue.channels
        if not channel.has_targets and plan.channels.get(channel.id)
    )
    if others:
        yield Message("{text}", text=others)


def _response(catalogue: Catalogue, plan: Plan) -> Message:
    if not plan.levels:
        return Message("first-response times are not known to us")
    fastest = min(plan.levels, key=lambda level: _slowness(level.target))
    same = {level.target for level in plan.levels if level.channel == fastest.channel}
    later = sorted(same, key=_slowness)
    words = Message(
        "{channel}: first response {target}",
        channel=catalogue.channel(fastest.channel).name,
        target=fastest.target,
    )
    severity = _severity(catalogue, fastest)
    if severity is not None:
        words = Message("{words} ({note})", words=words, note=severity)
    if later[1:]:
        words = Message("{words}, then {others}", words=words, others=tuple(later[1:]))
    return Message("{words} (assumed)", words=words) if fastest.assumed else words


def _slowness(target: Duration) -> tuple[bool, int]:
    return target.business, target.minutes


def _severity(catalogue: Catalogue, level: ServiceLevel) -> Text | None:
    if level.severity is None or len(catalogue.severities) == 1:
        return None
    return catalogue.severity(level.severity).name
