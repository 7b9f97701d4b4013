"""The figures of catalogues with their sources as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.facts import CatalogueFacts, SourcedFigure, SourcedSentence
from supportcli.core.catalogue import Catalogue
from supportcli.errors import Message, Problem
from supportcli.language import Language
from supportcli.outputs.document.facts import WEAK_WORDS, figure_words
from supportcli.outputs.formats.json.checks import problem_json
from supportcli.outputs.formats.json.values import Json, cited, day, document


def facts_json(
    name: str | None,
    found: Sequence[CatalogueFacts],
    findings: Sequence[Problem],
    language: Language,
) -> Json:
    """Every figure of every catalogue; the less sure ones after the other findings."""
    result = {
        "file": name,
        "mistakes": [],
        "findings": [
            *(problem_json(finding, language) for finding in findings),
            *(weak for each in found for weak in _findings(each, language)),
        ],
        "facts": [
            {
                "catalogue": catalogue.id,
                "sha256": catalogue.sha256,
                "figures": [_figure(each, catalogue, language) for each in figures],
                "sentences": [_sentence(each, language) for each in sentences],
            }
            for catalogue, figures, sentences in found
        ],
    }
    return document("plans check", result)


def _findings(found: CatalogueFacts, language: Language) -> Iterator[Json]:
    catalogue, figures, sentences = found
    named = [
        *((f"{f.plan.id}: {language.say(figure_words(f, catalogue))}", f.weak) for f in figures),
        *((f"{one.where}: {language.text(one.text)}", one.weak) for one in sentences),
    ]
    for what, weak in named:
        if weak:
            reasons = tuple(WEAK_WORDS[one] for one in weak)
            yield {
                "where": f"{catalogue.id}: {what}",
                "message": language.say(Message("{reasons}", reasons=reasons)),
            }


def _figure(figure: SourcedFigure, catalogue: Catalogue, language: Language) -> Json:
    return {
        "plan": figure.plan.id,
        "kind": figure.kind.value,
        "name": figure.name,
        "words": language.say(figure_words(figure, catalogue)),
        **_sourced(figure, language),
    }


def _sentence(sentence: SourcedSentence, language: Language) -> Json:
    return {
        "where": sentence.where,
        "words": language.text(sentence.text),
        **_sourced(sentence, language),
    }


def _sourced(fact: SourcedFigure | SourcedSentence, language: Language) -> Json:
    source = fact.source
    return {
        "source": cited(fact.cite),
        "title": source and language.text(source.title),
        "level": source and source.level,
        "date": day(source.date) if source else None,
        "several": bool(source and source.several),
        "weak": [each.value for each in fact.weak],
    }
