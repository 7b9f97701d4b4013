"""The figures of catalogues with their sources as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.facts import SourcedFigure
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem
from supportcli.language import Language
from supportcli.outputs.document.facts import WEAK_WORDS, figure_words
from supportcli.outputs.formats.json.checks import problem_json
from supportcli.outputs.formats.json.values import Json, cited, day, document


def facts_json(
    name: str | None,
    found: Sequence[tuple[Catalogue, Sequence[SourcedFigure]]],
    findings: Sequence[Problem],
    language: Language,
) -> Json:
    """Every figure of every catalogue; the less sure ones after the other findings."""
    result = {
        "file": name,
        "mistakes": [],
        "findings": [
            *(problem_json(finding, language) for finding in findings),
            *(weak for one, figures in found for weak in _findings(one, figures, language)),
        ],
        "facts": [
            {
                "catalogue": catalogue.id,
                "sha256": catalogue.sha256,
                "figures": [_figure(each, catalogue, language) for each in figures],
            }
            for catalogue, figures in found
        ],
    }
    return document("plans check", result)


def _findings(
    catalogue: Catalogue, figures: Sequence[SourcedFigure], language: Language
) -> Iterator[Json]:
    for each in figures:
        if each.weak:
            what = figure_words(each, catalogue)
            reasons = tuple(WEAK_WORDS[one] for one in each.weak)
            yield {
                "where": f"{catalogue.id}: {each.plan.id}: {language.say(what)}",
                "message": language.say(Message("{reasons}", reasons=reasons)),
            }


def _figure(figure: SourcedFigure, catalogue: Catalogue, language: Language) -> Json:
    source = figure.source
    return {
        "plan": figure.plan.id,
        "kind": figure.kind.value,
        "name": figure.name,
        "words": language.say(figure_words(figure, catalogue)),
        "source": cited(figure.cite),
        "title": source and language.text(source.title),
        "level": source and source.level,
        "date": day(source.date) if source else None,
        "several": bool(source and source.several),
        "weak": [each.value for each in figure.weak],
    }
