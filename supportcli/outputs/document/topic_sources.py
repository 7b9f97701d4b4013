"""The topic of sources: where everything comes from, what is assumed, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.core.catalogue import OpenPoint
from supportcli.core.source import Source
from supportcli.errors import Message
from supportcli.outputs.document.model import Block, Points, Sentence
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.wording import (
    cited_words,
    how_to_buy,
    point_words,
    source_words,
)

_MOST_POINTS, _MOST_LINKS = 5, 2  # in short


def source_blocks(subject: Subject) -> Iterator[Block]:
    """The sources with their links, what they leave open, what the catalogue rests on."""
    catalogue, language = subject.advice.catalogue, subject.language
    sources, points = _sources(subject), _open_points(subject)
    if subject.entry is not None:
        yield from map(Sentence, how_to_buy(catalogue, language))
    if sources:
        yield subject.heading(Message("Sources"))
        yield Points(tuple(source_words(catalogue, each, language) for each in sources))
    if points:
        yield subject.heading(Message("Assumptions and open points"))
        yield Points(tuple(_words(subject, point) for point in points))
    if catalogue.about is not None:
        yield Sentence(language.text(catalogue.about))


def _sources(subject: Subject) -> list[Source]:
    """Every source; in short those of the plan spoken of, and some where else one can look."""
    catalogue, entry = subject.advice.catalogue, subject.entry
    if subject.in_full or entry is None:
        return list(catalogue.sources)
    cites = (entry.plan.cite, *(level.cite for level in entry.plan.levels))
    cited = {cite.source for cite in (*cites, *(p.cite for p in _open_points(subject)))}
    links = [each.id for each in catalogue.sources if each.url and each.id not in cited]
    shown = [each for each in catalogue.sources if each.id in (*cited, *links[:_MOST_LINKS])]
    return [each if each.id in cited else each._replace(note=None) for each in shown]


def _open_points(subject: Subject) -> list[OpenPoint]:
    """Every open point; in short some of the plan spoken of, those that matter most first."""
    points, entry = list(subject.advice.catalogue.open_points), subject.entry
    if subject.in_full or entry is None:
        return points
    plan = entry.plan
    own = [p for p in points if plan.id in p.plans or (p.headline and p.concerns(plan))]
    return sorted(own, key=lambda point: not point.headline)[:_MOST_POINTS]


def _words(subject: Subject, point: OpenPoint) -> str:
    """A point with its source, in short in brief."""
    catalogue, language = subject.advice.catalogue, subject.language
    if subject.in_full or point.brief is None:
        return point_words(point, catalogue, language)
    return cited_words(Message("{text}", text=point.brief), point.cite, catalogue, language)
