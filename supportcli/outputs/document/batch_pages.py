"""The pages of a batch's workbook beside its rows: the overview, and what the figures rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from supportcli.advice.batch_summary import Group, Outcome
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.refusals import REFUSALS
from supportcli.advice.rules import RowDefaults
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.amounts import reading_name
from supportcli.outputs.document.batch import remarks, sum_titles
from supportcli.outputs.document.batch_changes import change_tables
from supportcli.outputs.document.catalogues import fee_rule
from supportcli.outputs.document.given import GivenBy
from supportcli.outputs.document.impact import FURTHER, ComparedWith, left_out_words, today_words
from supportcli.outputs.document.model import Block, Heading, Points, Sentence
from supportcli.outputs.document.pages import Page, PageColumn, PageTable, PageValue
from supportcli.outputs.document.wording import (
    months_words,
    point_words,
    source_words,
    supposed_words,
)
from supportcli.record import NamedTuple

_OVERVIEW = (44, 34, 20, 20, 20, 20)
_BASIS = (34, 100)


class BatchFacts(NamedTuple):
    """What a batch was about, beside what came of it.

    `source` is the name of its table, `columns` are the table's with what each is taken as,
    `results` the columns of results with what each is. `against` says what the costs are held
    against, `given_by` which columns named plans and readings, `agreed` what was agreed on price,
    `warnings` how the table was read, `notes` what its rules and its term take for granted.
    """

    source: str
    same: RowDefaults
    against: ComparedWith
    given_by: GivenBy
    agreed: tuple[Message, ...]
    columns: tuple[tuple[str, Message | str], ...]
    results: tuple[tuple[str, str], ...]
    warnings: tuple[Message, ...]
    notes: tuple[Message, ...]


def overview_page(facts: BatchFacts, outcome: Outcome, language: Language) -> Page:
    """How many rows went where and what the plans cost together."""
    name = language.say(Message("Overview"))
    return Page(name, tuple(_Overview(facts, outcome, language).blocks()), _OVERVIEW)


def basis_page(facts: BatchFacts, language: Language) -> Page:
    """How the table was read, what holds for its rows, what the results are, the sources."""
    name = language.say(Message("Basis"))
    return Page(name, tuple(_Basis(facts, language).blocks()), _BASIS, texts=1)


class _Overview:
    def __init__(self, facts: BatchFacts, outcome: Outcome, language: Language) -> None:
        self.facts = facts
        self.outcome = outcome
        self.say = language.say
        self.text = language.text
        self.language = language

    def blocks(self) -> Iterator[Block | PageTable]:
        """One below the other."""
        outcome = self.outcome
        yield Heading(self.say(Message("Support plans for a list of customers")))
        yield self._table((), (), self._basics())
        catalogue = self.facts.same.rules.catalogue
        changes = catalogue.what_if
        supposed = [supposed_words(changes)] if changes else []
        for words in (*supposed, *self.facts.notes):
            yield Sentence(self.say(words))
        yield Sentence("")
        yield self._table((Message("Rows"),), (Message("Number"),), self._counts())
        if outcome.groups:
            yield Heading(self.say(Message("What the plans cost together")))
            yield self._plans()
        yield from remarks(outcome, catalogue, self.facts.given_by, self.language)
        if outcome.difference is not None:
            yield Heading(self.say(Message("Against {what}", what=self.facts.against.words)))
            yield self._difference(outcome)
            if today := today_words(outcome, catalogue.currency):
                yield Sentence(self.say(today))
            if outcome.likely_change is not None:
                yield Sentence(self.say(FURTHER))
            for table in change_tables(outcome, catalogue, self.facts.against.older, self.language):
                yield Sentence("")
                yield table
            if outcome.gaps:
                yield Sentence("")
                yield self._gaps()
            if left := left_out_words(outcome, self.facts.against):
                yield Sentence(self.say(left))
        if outcome.codes:
            yield Heading(self.say(Message("Rows that could not be quoted")))
            rows = [(REFUSALS[code], count) for code, count in outcome.reasons]
            yield self._table((Message("Reason"),), (Message("Number"),), rows)

    def _table(
        self,
        names: Sequence[Message],
        figures: Sequence[Message],
        rows: Sequence[tuple[object, PageValue]],
    ) -> PageTable:
        """A name and a number in each row."""
        titles = [*map(self.say, names), *map(self.say, figures)] or ["", ""]
        columns = PageColumn(titles[0]), PageColumn(titles[1], "count" if titles[1] else "text")
        return PageTable(columns, tuple((self.text(name), value) for name, value in rows))

    def _basics(self) -> list[tuple[object, PageValue]]:
        same = self.facts.same
        catalogue = same.rules.catalogue
        reading = reading_name(catalogue.reading(same.rules.reading), self.language)
        prices = Message("{name}, {currency}", name=catalogue.name, currency=catalogue.currency)
        term = Message("{months} from {month}", months=months_words(same.months), month=same.start)
        return [
            (Message("Table"), self.facts.source),
            (Message("Catalogue"), self.say(prices)),
            (Message("Term"), self.say(term)),
            (Message("Fee reading"), reading),
        ]

    def _counts(self) -> list[tuple[object, PageValue]]:
        outcome = self.outcome
        words = Message("added to another of the same customer")
        added = [(words, outcome.added)] if outcome.added else []
        return [
            (Message("quoted"), outcome.quoted),
            (Message("no plan fits"), outcome.no_plan),
            (Message("could not be quoted"), outcome.rejected),
            (Message("blank"), outcome.blank),
            *added,
            (Message("read in all"), outcome.read),
        ]

    def _plans(self) -> PageTable:
        groups = self.outcome.groups
        grouped = any(group.group is not None for group in groups)
        first = [PageColumn(self.say(Message("Group")))] if grouped else []
        columns = (
            *first,
            PageColumn(self.say(Message("Plan"))),
            PageColumn(
                self.say(Message("Customers")), "count", Decimal(sum(g.customers for g in groups))
            ),
            *(
                PageColumn(self.say(title), "money", _sum(amounts))
                for title, amounts in zip(
                    sum_titles(self.outcome),
                    zip(*map(self._amounts, groups), strict=True),
                    strict=True,
                )
            ),
        )
        rows = tuple(self._plan_row(group, grouped) for group in groups)
        return PageTable(columns, rows, self.say(Message("Total")))

    def _plan_row(self, group: Group, grouped: bool) -> tuple[PageValue, ...]:
        plans = {plan.id: plan.name for plan in self.facts.same.rules.catalogue.plans}
        name = self.text(plans[group.plan] if group.plan else Message("no plan fits"))
        cells = (name, group.customers, *self._amounts(group))
        return (self.text(group.group or Message("none")), *cells) if grouped else cells

    def _amounts(self, group: Group) -> tuple[Decimal | None, ...]:
        likely = (group.likely,) if self.outcome.two_readings else ()
        return group.monthly, group.annual, *likely

    def _difference(self, outcome: Outcome) -> PageTable:
        titles = (Message("a year before"), Message("a year now"), Message("difference"))
        columns = (
            PageColumn(""),
            PageColumn(self.say(titles[0]), "money"),
            PageColumn(self.say(titles[1]), "money"),
            PageColumn(self.say(titles[2]), "difference"),
        )
        found = [(Message("all customers"), outcome.before, outcome.difference)]
        if outcome.likely_change is not None:
            names = Message("all customers, at most"), Message("all customers, probably")
            found = [(names[0], *found[0][1:]), (names[1], *outcome.likely_change)]
        rows = (
            (self.say(name), before or NOTHING, (before or NOTHING) + (gap or NOTHING), gap)
            for name, before, gap in found
        )
        return PageTable(columns, tuple(rows))

    def _gaps(self) -> PageTable:
        columns = (
            PageColumn(self.say(Message("Customer"))),
            PageColumn(self.say(Message("a year before")), "money"),
            PageColumn(self.say(Message("a year now")), "money"),
            PageColumn(self.say(Message("difference")), "difference"),
        )
        rows = tuple(
            (
                self.text(each.called),
                each.before,
                each.after,
                each.after - each.before,
            )
            for each in self.outcome.gaps
        )
        return PageTable(columns, rows)


class _Basis:
    def __init__(self, facts: BatchFacts, language: Language) -> None:
        self.facts = facts
        self.say = language.say
        self.text = language.text
        self.language = language

    def blocks(self) -> Iterator[Block | PageTable]:
        """One below the other."""
        facts = self.facts
        catalogue = facts.same.rules.catalogue
        yield Heading(self.say(Message("What the figures rest on")))
        yield Heading(self.say(Message("How the table was read")))
        words = facts.warnings or (Message("nothing had to be interpreted"),)
        yield Points(tuple(map(self.say, words)))
        yield Heading(self.say(Message("What holds for rows that do not say otherwise")))
        yield Points(tuple(self._usual()))
        yield Heading(self.say(Message("Columns of the table")))
        taken = tuple((name, self.text(meaning)) for name, meaning in facts.columns)
        yield self._table(Message("Column"), Message("taken as (name for --map)"), taken)
        yield Heading(self.say(Message("Columns of results")))
        yield self._table(Message("Column"), Message("what it is"), facts.results)
        yield Heading(self.say(Message("Plans")))
        rules = tuple(
            (self.text(plan.name), fee_rule(catalogue, plan, self.language))
            for plan in catalogue.plans
        )
        yield self._table(Message("Plan"), Message("Fee"), rules)
        yield from self._sources()

    def _usual(self) -> Iterator[str]:
        same = self.facts.same
        catalogue = same.rules.catalogue
        yield self.text(catalogue.spend)
        reading = catalogue.reading(same.rules.reading)
        name = reading_name(reading, self.language)
        yield self.say(Message("{name}: {text}", name=name, text=reading.support))
        for need in same.needs.needs:
            yield self.say(need.words(catalogue))
        if not same.needs.needs:
            yield self.say(Message("no needs were given for all rows"))
        if same.accounts > 1:
            yield self.say(Message("{count} accounts", count=same.accounts))
        yield from map(self.say, self.facts.agreed)

    def _table(
        self, first: Message, second: Message, rows: tuple[tuple[str, str], ...]
    ) -> PageTable:
        columns = PageColumn(self.say(first)), PageColumn(self.say(second))
        return PageTable(columns, rows)

    def _sources(self) -> Iterator[Block]:
        catalogue = self.facts.same.rules.catalogue
        if catalogue.open_points:
            yield Heading(self.say(Message("Assumptions and open points")))
            words = (
                point_words(point, catalogue, self.language) for point in catalogue.open_points
            )
            yield Points(tuple(words))
        if catalogue.sources:
            yield Heading(self.say(Message("Sources")))
            yield Points(
                tuple(source_words(catalogue, one, self.language) for one in catalogue.sources)
            )
        if catalogue.about is not None:
            yield Sentence(self.text(catalogue.about))


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
