"""Everything about one plan as blocks: fee, service, conditions, content, doubts, sources."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from supportcli.advice.amounts import extra_words, fee_words
from supportcli.core.catalogue import Catalogue, Example
from supportcli.core.money import exact_money, format_rate, half_up, nearest_money, round_half_up
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Plan
from supportcli.core.source import Cite
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.registry import IN_QUESTIONS
from supportcli.outputs.document.catalogues import fee_rule, fee_span
from supportcli.outputs.document.comparison import money_cell
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Row,
    Sentence,
    Table,
    Weight,
)
from supportcli.outputs.document.wording import (
    cite_words,
    columns,
    point_words,
    source_words,
    targets,
    term_words,
    validity_words,
)

ROUND_SPENDS = tuple(Fraction(10) ** power * step for power in range(3, 7) for step in (1, 2, 5))


def sheet(
    catalogue: Catalogue, plan: Plan, day: datetime.date | None, language: Language
) -> list[Block]:
    """The blocks of a plan's sheet, by the fee rule of a day (None: the present one)."""
    return list(_PlanSheet(catalogue, plan, day, language).blocks())


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
        yield from self._points(Message("In force and conditions"), self._conditions())
        yield from self._fee()
        yield from self._service()
        yield from self._content()
        points = [p for p in self.catalogue.open_points if p.concerns(self.plan)]
        words = [point_words(point, self.language) for point in points]
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
        yield from map(self.say, validity_words(self.plan.validity, names))
        doubt = self.plan.availability
        if doubt is not None:
            source = self.catalogue.source(doubt.cite.source).title
            yield self.say(
                Message(
                    "{text} ({source}, {since})",
                    text=doubt.text,
                    source=source,
                    since=doubt.since,
                )
            )
        yield from (self.say(words) for _, words in term_words(self.plan.terms))
        yield self.say(Message("Spend: {text}", text=self.catalogue.spend))

    # The fee

    def _fee(self) -> Iterator[Block]:
        yield Heading(self.say(Message("Fee")))
        published = fee_rule(self.catalogue, self.plan, self.language)
        cite = cite_words(self.plan.cite, self.language)
        rule = Message("{text} [{cite}]", text=published, cite=cite) if cite else None
        first = self.say(rule) if rule else published
        span = fee_span(self.plan, self.day)
        if span:
            told = Message("{rule} ({span})", rule=first, span=tuple(span))
            first = self.say(told)
        yield Points((first, *self._prepaid(), *self._past(), *self._extras()))
        if self.plan.fees is None:
            return
        same = len({fee.total for fee in self.plan.fees.values()}) == 1
        for reading in self.catalogue.readings:
            yield from self._slices(reading.id, None if same else reading.name)
            if same:
                break
        yield Heading(self.say(Message("Fees at round spends")))
        counted = self.plan.with_quantities({})
        if counted.lacking:
            names = tuple(self.catalogue.quantity(name).name for name in counted.lacking)
            yield Sentence(self.say(Message("Without what {names} cost.", names=names)))
        yield self._round(counted)
        yearly = next(iter(counted.fees.values())).yearly if counted.fees else 0
        if yearly:
            amount = nearest_money(Fraction(yearly), self.plan.currency)
            yield Sentence(self.say(Message("And {amount} once a year.", amount=amount)))

    def _prepaid(self) -> Iterator[str]:
        """How much is charged first, under the default reading."""
        fee = self.plan.fees[self.catalogue.default_reading] if self.plan.fees else None
        if fee is None or fee.total == PiecewiseLinear.line():
            return
        words = Message("Which part is charged first is not stated.")
        if fee.prepaid is not None:
            rule = fee_words(fee.prepaid, self.plan.currency)
            words = Message("Charged first: {rule}; the rest after the month.", rule=rule)
        yield self.say(words)

    def _past(self) -> Iterator[str]:
        for rule in self.plan.history:
            if rule.until is None:
                continue  # the present one
            fee = rule.fees[self.catalogue.default_reading] if rule.fees else None
            words: object = fee_words(fee.total, self.plan.currency) if fee else Message("unknown")
            yield self.say(
                Message("Until {date}: {rule}", date=rule.until, rule=rule.text or words)
            )

    def _extras(self) -> Iterator[str]:
        for extra in self.plan.extras:
            known = self.catalogue.quantity(extra.quantity) if extra.quantity else None
            price = extra_words(extra, known.unit if known else None, self.plan.currency)
            words = Message("{name}: {price}", name=extra.name, price=price)
            if known is not None:
                flag = f"--quantity {known.id}=N"
                words = Message(
                    "{words}; by {name} ({flag})", words=words, name=known.name, flag=flag
                )
            yield self._cited(words, extra.cite)

    def _slices(self, reading: str, name: object | None) -> Iterator[Block]:
        """The normal form: from which spend on, the fee there, and what is added above."""
        fees = self.plan.fees or {}
        title = Message("Slice by slice")
        if name is not None:
            title = Message("Slice by slice: {reading}", reading=name)
        yield Heading(self.say(title))
        titles = (Message("Spend from"), Message("Fee there"), Message("of the spend above"))
        rows = []
        for segment in fees[reading].total.segments:
            start = nearest_money(segment.start, self.plan.currency)
            there = nearest_money(segment.at(segment.start), self.plan.currency)
            rows.append(Row((self.text(start), self.text(there), format_rate(segment.rate))))
        yield Table(columns(self.language, *titles, figures=True), tuple(rows), apart=False)

    def _round(self, counted: Plan) -> Table:
        """The fee under each reading at round spends, and the share of spend that it is."""
        known = counted.fees or {}
        readings = [reading for reading in self.catalogue.readings if reading.id in known]
        if len({known[reading.id].total for reading in readings}) == 1:
            readings = readings[:1]
        names = [Message("{name}", name=reading.name) for reading in readings]
        heads = [Message("Monthly spend"), *(names if len(names) > 1 else [Message("Monthly fee")])]
        heads.append(
            Message("of spend ({reading})", reading=readings[0].name)
            if len(names) > 1
            else Message("of spend")
        )
        rows = []
        for spend in ROUND_SPENDS:
            totals = [round_half_up(known[r.id].total(spend), self.plan.currency) for r in readings]
            cells = (money_cell(total, self.plan.currency, self.language) for total in totals)
            rate = half_up(Fraction(totals[0]) / spend * 100, 2)
            shown = self.text(exact_money(spend, self.plan.currency))
            rows.append(Row((shown, *cells, f"{rate:f}%")))
        return Table(columns(self.language, *heads, figures=True), tuple(rows), apart=False)

    # The service

    def _service(self) -> Iterator[Block]:
        yield Heading(self.say(Message("First-response targets")))
        table = targets(self.catalogue, (self.plan,), None, self.language)
        rows = tuple(Row(row.cells[1:]) for row in table.rows)
        yield Table(table.columns[1:], rows, apart=False)
        yield from self._points(Message("Channels, TAM, limits"), self._facts())

    def _facts(self) -> Iterator[str]:
        for kind in IN_QUESTIONS:
            for words, cite in kind.facts(self.catalogue, self.plan):
                yield self._cited(words, cite)

    def _cited(self, words: Message, cite: Cite | None) -> str:
        where = cite_words(cite, self.language)
        return self.say(Message("{text} [{cite}]", text=words, cite=where) if where else words)

    def _content(self) -> Iterator[Block]:
        rows = (
            self._cited(
                Message("{name}: {text}", name=item.name, text=item.by_plan[self.plan.id]),
                item.cite,
            )
            for item in self.catalogue.content
            if self.plan.id in item.by_plan
        )
        yield from self._points(Message("What it contains"), rows)
        for group in self.catalogue.facts:
            words = map(self.text, (*group.items, *group.shown))
            yield from self._points(Message("{text}", text=group.title), words)

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
        return self._cited(words, example.cite)

    def _sources(self) -> Iterator[str]:
        """The sources that something about this plan rests on, in the catalogue's order."""
        plan = self.plan
        cites = [plan.cite, *(level.cite for level in plan.levels)]
        cites += [unstated.cite for unstated in plan.unstated]
        cites += [limit.cite for limit in plan.limits]
        cites += [clause.cite for _, clause in plan.terms.stated()]
        cites += [cite for cite in (plan.tam.cite,) if cite is not None]
        cites += [p.cite for p in self.catalogue.open_points if p.concerns(plan)]
        cites += [e.cite for e in self.catalogue.examples if e.plan == plan.id]
        cites += [item.cite for item in self.catalogue.content if plan.id in item.by_plan]
        cites += [group.cite for group in self.catalogue.facts]
        named = {cite.source for cite in cites}
        named |= {plan.availability.cite.source} if plan.availability else set()
        for source in self.catalogue.sources:
            if source.id in named:
                yield source_words(source, self.language)
