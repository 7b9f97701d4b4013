"""The topic of sources: where everything comes from, what is assumed, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.core.catalogue import OpenPoint
from supportcli.core.source import Source
from supportcli.errors import Message
from supportcli.outputs.document.model import Block, Points, Sentence
from supportcli.outputs.document.telling import told_readings
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.wording import (
    cited_words,
    how_to_buy,
    point_words,
    source_words,
)

_MOST_POINTS = 3  # in short


def source_blocks(subject: Subject) -> Iterator[Block]:
    """The sources with their links, what they leave open, what the catalogue rests on."""
    catalogue, language = subject.advice.catalogue, subject.language
    sources, points = _sources(subject), _open_points(subject)
    if subject.entry is not None:
        yield from map(Sentence, how_to_buy(catalogue, language))
    if sources:
        noted = subject.in_full or catalogue.about is None  # which says it of all of them
        yield subject.heading(Message("Sources"))
        yield Points(tuple(source_words(catalogue, each, language, noted) for each in sources))
    if points:
        told = points if subject.in_full else points[:_MOST_POINTS]
        yield subject.heading(Message("Assumptions and open points"))
        yield Points((*(_words(subject, point) for point in told), *_rest(subject, points)))
    if catalogue.about is not None:
        yield Sentence(language.text(catalogue.about))


def _sources(subject: Subject) -> list[Source]:
    """Every source; in short those of what is told at first, one with a link if there is any."""
    catalogue, entry = subject.advice.catalogue, subject.entry
    if subject.in_full or entry is None:
        return list(catalogue.sources)
    readings = (catalogue.reading(name).cite for name in told_readings(subject.advice, one=False))
    cites = (entry.plan.cite, *(level.cite for level in entry.plan.levels), *filter(None, readings))
    points = (point.cite for point in _open_points(subject)[:_MOST_POINTS])
    cited = {cite.source for cite in (*cites, *points)}
    links = [each.id for each in catalogue.sources if each.url]
    shown = cited if cited & {*links} else {*cited, *links[:1]}
    return [each for each in catalogue.sources if each.id in shown]


def _open_points(subject: Subject) -> list[OpenPoint]:
    """Every open point; in short those of the plan spoken of, what matters most first."""
    points, entry = list(subject.advice.catalogue.open_points), subject.entry
    if subject.in_full or entry is None:
        return points
    plan = entry.plan
    own = [p for p in points if plan.id in p.plans or (p.headline and p.concerns(plan))]
    return sorted(own, key=lambda point: not point.headline)


def _rest(subject: Subject, points: Sequence[OpenPoint]) -> Iterator[str]:
    """What else is to be asked, in short, of the points that are not told."""
    asked = tuple(p.confirm for p in points[_MOST_POINTS:] if p.confirm)
    if asked and not subject.in_full:
        yield subject.language.say(Message("Also to be confirmed: {points}.", points=asked))


def _words(subject: Subject, point: OpenPoint) -> str:
    """A point with its source, in short in brief."""
    catalogue, language = subject.advice.catalogue, subject.language
    if subject.in_full or point.brief is None:
        return point_words(point, catalogue, language)
    return cited_words(Message("{text}", text=point.brief), point.cite, catalogue, language)
