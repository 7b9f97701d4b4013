"""Where the figures of a catalogue come from as blocks; the less sure ones by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from supportcli.advice.amounts import included_words
from supportcli.advice.change_names import FIELD_WORDS
from supportcli.advice.facts import CatalogueFacts, SourcedFigure, SourcedSentence, Weakness
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Clause
from supportcli.core.plan import FeeRule, Limit, ServiceLevel
from supportcli.core.quantity import Extra, Included
from supportcli.core.source import Source
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Heading, Points, Row, Sentence, Table, Weight
from supportcli.outputs.document.wording import LEVEL_WORDS, clause_words, columns

_Sourced = TypeVar("_Sourced", SourcedFigure, SourcedSentence)

WEAK_WORDS: Mapping[Weakness, Message] = {
    Weakness.NO_SOURCE: Message("no source"),
    Weakness.ONE_COPY: Message("one secondary source"),
    Weakness.ONE_RESELLER: Message("one reseller"),
    Weakness.UNDATED: Message("undated"),
    Weakness.ASSUMED: Message("assumed"),
}


def facts_report(found: Sequence[CatalogueFacts], language: Language) -> Iterator[Block]:
    """For each catalogue the sources of its figures, and the less sure ones, in sentences too."""
    for index, (catalogue, figures, sentences) in enumerate(found):
        title = Message("{id}: {name}", id=catalogue.id, name=catalogue.name)
        yield Heading(language.say(title), apart=bool(index))
        yield from _facts(catalogue, figures, language)
        yield from _sentences(catalogue, sentences, language)


def _facts(
    catalogue: Catalogue, figures: Sequence[SourcedFigure], language: Language
) -> Iterator[Block]:
    """How many figures each source holds; then those that are less sure, by source and plan."""
    say = language.say
    weak = [figure for figure in figures if figure.weak]
    if not figures:
        yield Sentence(say(Message("No figures.")))
        return
    yield _sources(figures, language)
    if not weak:
        words = Message(
            "Every figure has a source that is the vendor with a day, several others with a day, "
            "or our own arithmetic."
        )
        yield Sentence(say(words), Weight.STRONG)
        return
    less = Message("{weak} of {count} figures are less sure:", weak=len(weak), count=len(figures))
    yield Sentence(say(less), Weight.CAUTION)
    yield from _by_source(catalogue, weak, partial(_of_plans, catalogue, language), language)


def _sentences(
    catalogue: Catalogue, sentences: Sequence[SourcedSentence], language: Language
) -> Iterator[Block]:
    """How many sentences hold figures, and those that are less sure, by source."""
    weak = [sentence for sentence in sentences if sentence.weak]
    count = len(sentences)
    if not sentences:
        return
    if not weak:
        words = Message("Sentences with figures: {count}, each with such a source.", count=count)
        yield Sentence(language.say(words))
        return
    words = Message(
        "{weak} of {count} sentences with figures are less sure:", weak=len(weak), count=count
    )
    yield Sentence(language.say(words), Weight.CAUTION)

    def told(found: Sequence[SourcedSentence]) -> Iterator[str]:
        return (language.text(each.text) for each in found)

    yield from _by_source(catalogue, weak, told, language)


def _by_source(
    catalogue: Catalogue,
    weak: Sequence[_Sourced],
    told: Callable[[Sequence[_Sourced]], Iterable[str]],
    language: Language,
) -> Iterator[Block]:
    """What is less sure, under its source and the reasons."""
    groups: dict[tuple[str, tuple[Weakness, ...]], list[_Sourced]] = {}
    for each in weak:
        groups.setdefault((each.cite.source, each.weak), []).append(each)
    for (source, why), found in groups.items():
        reasons = tuple(WEAK_WORDS[each] for each in why)
        words = Message("{reasons}", reasons=reasons)
        if source:
            title = catalogue.source(source).title
            words = Message("{source} ({why})", source=title, why=reasons)
        yield Heading(language.say(words), apart=False)
        yield Points(tuple(told(found)))


def _sources(figures: Sequence[SourcedFigure], language: Language) -> Table:
    """Every source that holds figures, who it is, of which day, and how many it holds."""
    counted = Counter(figure.cite.source for figure in figures)
    sources = {figure.cite.source: figure.source for figure in figures}
    heads = (
        *columns(language, Message("Source"), Message("Level"), Message("Date")),
        *columns(language, Message("Figures"), figures=True),
    )
    rows = tuple(_row(sources[one], count, language) for one, count in counted.items())
    return Table(heads, rows, apart=False)


def _row(source: Source | None, count: int, language: Language) -> Row:
    if source is None:
        return Row((language.say(Message("none")), "", "", f"{count:,}"))
    date = source.date or Message("none")
    level: object = LEVEL_WORDS[source.level]
    if source.several:
        level = Message("{level}, several", level=level)
    return Row(
        (language.text(source.title), language.text(level), language.text(date), f"{count:,}")
    )


def _of_plans(
    catalogue: Catalogue, language: Language, figures: Sequence[SourcedFigure]
) -> Iterator[str]:
    """The figures of each plan in a line."""
    for plan in dict.fromkeys(figure.plan.id for figure in figures):
        told = tuple(figure_words(each, catalogue) for each in figures if each.plan.id == plan)
        name = catalogue.plan(plan).name
        yield language.say(Message("{plan}: {figures}", plan=name, figures=told))


def figure_words(figure: SourcedFigure, catalogue: Catalogue) -> Message:
    """What a figure is of: a fee, an extra, a limit, a target with its place, a term."""
    match figure.entry:
        case FeeRule(until=None):
            whole = figure.name == "fee"
            return Message("fee") if whole else Message("part of the fee")
        case FeeRule(until=until):
            return Message("fee until {date}", date=until)
        case Extra(name=name):
            return Message("{text}", text=name)
        case Included() as included:
            return Message("included: {what}", what=included_words(catalogue, [included]))
        case Limit(text=text):
            return Message("{text}", text=text)
        case ServiceLevel() as level:
            return _target_words(level, catalogue)
        case Clause() as clause:
            about = FIELD_WORDS[figure.name]
            return Message("{about}: {held}", about=about, held=clause_words(clause))


def _target_words(level: ServiceLevel, catalogue: Catalogue) -> Message:
    channel = catalogue.channel(level.channel).name
    words = Message("{target} by {channel}", target=level.target, channel=channel)
    if level.severity is None:
        return words
    severity = catalogue.severity(level.severity).name
    return Message("{words} for {severity}", words=words, severity=severity)
