"""Everything about one plan as blocks: fee, service, conditions, content, doubts, sources."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from supportcli.advice.cautions import who_doubts
from supportcli.advice.comparison import CLASS_WORDS
from supportcli.core.catalogue import Catalogue, Classed, Example, Offered
from supportcli.core.money import exact_money
from supportcli.core.plan import Apart, Plan
from supportcli.core.source import Cite, Source
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.channels import ChannelNeed
from supportcli.needs.registry import IN_QUESTIONS
from supportcli.needs.services import fact_of
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Row,
    Sentence,
    Table,
    Weight,
)
from supportcli.outputs.document.plan_fee import fee_blocks
from supportcli.outputs.document.plan_words import gets_words
from supportcli.outputs.document.wording import (
    cite_words,
    cited_words,
    how_to_buy,
    point_words,
    source_words,
    targets,
    term_words,
    validity_words,
)

_APART = {
    Apart.PARTNER: Message("For the vendor's partners: it stands in no comparison."),
    Apart.ADD_ON: Message("An addition to another plan: it stands in no comparison."),
    Apart.OLDER: Message("Of an older edition: it stands in no comparison."),
}


_OWN_SPEND = (Apart.PARTNER, Apart.ADD_ON)  # their fee in words says of what it is


def sheet(
    catalogue: Catalogue,
    plan: Plan,
    day: datetime.date | None,
    language: Language,
    cautions: Sequence[Message] = (),
) -> list[Block]:
    """The blocks of a plan's sheet, by the fee rule of a day (None: the present one)."""
    told = [Sentence(language.say(words), Weight.CAUTION) for words in cautions]
    return [*told, *_PlanSheet(catalogue, plan, day, language).blocks()]


class _PlanSheet:
    def __init__(
        self, catalogue: Catalogue, plan: Plan, day: datetime.date | None, language: Language
    ) -> None:
        self.catalogue = catalogue
        self.plan = plan if day is None else plan.on(day)
        self.day = day
        self.language = language
        self.say = language.say
        self.text = language.text

    def blocks(self) -> Iterator[Block]:
        title = Message("{plan} ({id})", plan=self.plan.name, id=self.plan.id)
        yield Sentence(self.say(title), Weight.STRONG)
        yield Sentence(self.text(self.catalogue.name))
        yield Sentence(self.say(gets_words(self.catalogue, self.plan)))
        if self.plan.apart is not None:
            yield Sentence(self.say(_APART[self.plan.apart]), Weight.CAUTION)
        yield from self._points(Message("In force and conditions"), self._conditions())
        yield from fee_blocks(self.catalogue, self.plan, self.day, self.language)
        yield from self._service()
        yield from self._content()
        points = [p for p in self.catalogue.open_points if p.concerns(self.plan)]
        words = [point_words(point, self.catalogue, self.language) for point in points]
        yield from self._points(Message("Assumptions and open points"), words)
        yield from self._points(Message("Examples"), self._examples())
        yield from self._points(Message("Sources"), self._sources())
        if self.catalogue.about is not None:
            yield Sentence(self.text(self.catalogue.about))

    def _points(self, title: Message, items: Iterator[str] | list[str]) -> Iterator[Block]:
        told = tuple(items)
        if told:
            yield Heading(self.say(title))
            yield Points(told)

    def _conditions(self) -> Iterator[str]:
        names: dict[str, object] = {plan.id: plan.name for plan in self.catalogue.plans}
        validity = self.plan.validity
        yield from (self._cited(words, validity.cite) for words in validity_words(validity, names))
        doubt = self.plan.availability
        if doubt is not None:
            source = who_doubts(doubt, self.catalogue)
            yield self.say(Message("{text} ({source})", text=doubt.text, source=source))
        stated = dict(self.plan.terms.stated())
        yield from (self._cited(w, stated[name].cite) for name, w in term_words(self.plan.terms))
        if not _terms_recorded(self.catalogue, self.plan):
            yield self.say(Message("How it is charged is not recorded here."))
            return
        if self.plan.apart not in _OWN_SPEND:
            yield self.say(Message("Spend: {text}", text=self.catalogue.spend))
        if self.plan.apart is None:
            yield from how_to_buy(self.catalogue, self.language)

    def _cited(self, words: Message, cite: Cite | None) -> str:
        return cited_words(words, cite, self.catalogue, self.language)

    def _service(self) -> Iterator[Block]:
        yield Heading(self.say(Message("First-response targets")))
        table = targets(self.catalogue, (self.plan,), None, self.language)
        rows = tuple(Row(row.cells[1:]) for row in table.rows)
        yield Table(table.columns[1:], rows, apart=False)
        title = Message("Its severities beside other vendors' (in compare)")
        yield from self._points(title, self._classes())
        yield from self._points(Message("Who answers"), self._engineers())
        facts = dict.fromkeys(self._facts())
        yield from self._points(Message("Channels, TAM, limits"), list(facts))

    def _classes(self) -> Iterator[str]:
        """As what each severity is compared, and who says so; of one alone there is no choice."""
        severities = self.catalogue.severities
        compared = self.plan.apart is None and len(severities) > 1
        for severity in severities if compared else ():
            if severity.classed is not None:
                yield self._class(severity.name, severity.classed)

    def _class(self, name: Text, classed: Classed) -> str:
        classes = tuple(CLASS_WORDS[value] for value in classed.values)
        words = Message("{name}: {text}", name=name, text=classes)
        if classed.assumed:
            words = Message("{words} (assumed: our own judgement)", words=words)
        return self._cited(words, classed.cite)

    def _engineers(self) -> Iterator[str]:
        """Who answers by which channel, each told once."""
        told = (
            Message(
                "{name}: {text}",
                name=self.catalogue.channel(level.channel).name,
                text=level.engineers,
            )
            for level in self.plan.levels
            if level.engineers is not None
        )
        return iter(dict.fromkeys(map(self.say, told)))

    def _facts(self) -> Iterator[str]:
        """What there is of each kind; a channel that is listed as a service too is told once."""
        twice = self._channels_as_services()
        for kind in IN_QUESTIONS:
            for words, cite in kind.facts(self.catalogue, self.plan):
                if kind is not ChannelNeed or words.values["name"] not in twice:
                    yield cited_words(words, cite, self.catalogue, self.language)

    def _channels_as_services(self) -> list[Text]:
        """The names of channels that the plan has as services too, which have a source."""
        services = self.catalogue.services
        included = [s for s in services if fact_of(s, self.plan).offered is Offered.YES]
        names = {self.text(service.name) for service in included}
        had = (c for c in self.catalogue.channels if self.plan.channels.get(c.id))
        return [channel.name for channel in had if self.text(channel.name) in names]

    def _content(self) -> Iterator[Block]:
        rows = (
            cited_words(
                Message("{name}: {text} (assumed)", name=item.name, text=text)
                if assumed
                else Message("{name}: {text}", name=item.name, text=text),
                item.cite,
                self.catalogue,
                self.language,
            )
            for item, text, assumed in self.catalogue.contents(self.plan)
        )
        yield from self._points(Message("What it contains"), rows)
        for group in self.catalogue.facts:
            if group.concerns(self.plan):
                words = map(self.text, (*group.items, *group.shown))
                title = Message("{text}", text=group.title)
                cite = cite_words(group.cite, self.catalogue)
                cited = Message("{text} [{cite}]", text=title, cite=cite) if cite else title
                yield from self._points(cited, words)

    def _examples(self) -> Iterator[str]:
        for example in self.catalogue.examples:
            if example.plan == self.plan.id:
                yield self._example(example)

    def _example(self, example: Example) -> str:
        currency = self.plan.currency
        words = Message(
            "spend {spend}: {fee}",
            spend=exact_money(example.spend, currency),
            fee=exact_money(example.fee, currency),
        )
        if example.reading is not None:
            name = self.catalogue.reading(example.reading).name
            words = Message("{words}, {reading}", words=words, reading=name)
        for quantity, number in example.quantities.items():
            words = Message(
                "{words}, {quantity}={number}", words=words, quantity=quantity, number=number
            )
        if example.as_of is not None:
            words = Message("{words}, as of {date}", words=words, date=example.as_of)
        if example.worked is not None:
            words = Message("{words} ({note})", words=words, note=example.worked)
        return cited_words(words, example.cite, self.catalogue, self.language)

    def _sources(self) -> Iterator[str]:
        for source in sources_of(self.catalogue, self.plan):
            yield source_words(self.catalogue, source, self.language)


def _terms_recorded(catalogue: Catalogue, plan: Plan) -> bool:
    """Whether what the catalogue says of all its plans was said of this one too."""
    return any(plan.terms.stated()) or not any(catalogue.terms.stated())


def sources_of(catalogue: Catalogue, plan: Plan) -> tuple[Source, ...]:
    """The sources that something about a plan rests on, in the catalogue's order."""
    cites = [plan.cite, *(level.cite for level in plan.levels)]
    cites += [plan.part_cite] if plan.part_cite else []
    cites += [unstated.cite for unstated in plan.unstated]
    cites += [limit.cite for limit in plan.limits]
    cites += [clause.cite for _, clause in plan.terms.stated()]
    cites += [cite for cite in (plan.tam.cite,) if cite is not None]
    cites += [p.cite for p in catalogue.open_points if p.concerns(plan)]
    cites += [e.cite for e in catalogue.examples if e.plan == plan.id]
    cites += [item.cite for item, _, _ in catalogue.contents(plan)]
    if catalogue.how_to_buy is not None and _terms_recorded(catalogue, plan):
        cites.append(catalogue.how_to_buy.cite)
    cites += [group.cite for group in catalogue.facts if group.concerns(plan)]
    if plan.apart is None and len(catalogue.severities) > 1:
        cites += [each.classed.cite for each in catalogue.severities if each.classed]
    cites += [service.cite for service in catalogue.services if plan.id in service.by_plan]
    cites += [extra.cite for extra in plan.extras]
    cites += [rule.cite for rule in plan.history]
    cites += [plan.validity.cite] if plan.validity.cite else []
    cites += [plan.availability.cite] if plan.availability else []
    if len(set((plan.fees or {}).values())) > 1:
        cites += [reading.cite for reading in catalogue.readings if reading.cite is not None]
    named = {cite.source for cite in cites}
    return tuple(source for source in catalogue.sources if source.id in named)
