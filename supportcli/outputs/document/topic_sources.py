"""The topic of sources: where everything comes from, what is assumed, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.errors import Message
from supportcli.outputs.document.model import Block, Points, Sentence
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.wording import point_words, source_words


def source_blocks(subject: Subject) -> Iterator[Block]:
    """The sources with their links, what they leave open, what the catalogue rests on."""
    catalogue, language = subject.advice.catalogue, subject.language
    if catalogue.sources:
        yield subject.heading(Message("Sources"))
        yield Points(tuple(source_words(catalogue, each, language) for each in catalogue.sources))
    if catalogue.open_points:
        yield subject.heading(Message("Assumptions and open points"))
        points = (point_words(point, catalogue, language) for point in catalogue.open_points)
        yield Points(tuple(points))
    if catalogue.about is not None:
        yield Sentence(language.text(catalogue.about))
