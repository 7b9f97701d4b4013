"""Plans side by side: what each costs, whether it does, and all else in which they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from supportcli.advice.amounts import monthly_words
from supportcli.advice.beside import beside_ids, cost_of, entries_of, quotes_of
from supportcli.advice.portfolio import DealAnswer
from supportcli.advice.recommendation import PlanAdvice
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.targets import marked
from supportcli.outputs.document.accounts import accounts_screen
from supportcli.outputs.document.advice import advice_screen
from supportcli.outputs.document.asked import gap_parts, told_gaps
from supportcli.outputs.document.beside_basis import beside_basis
from supportcli.outputs.document.beside_content import Fact, FactRow, fact_rows
from supportcli.outputs.document.deal_answer import answer_telling
from supportcli.outputs.document.first_amounts import amount_lines, ends_of
from supportcli.outputs.document.first_screen import FirstScreen
from supportcli.outputs.document.first_terms import Told, terms, vouchers, ways
from supportcli.outputs.document.fit_words import fits_words
from supportcli.outputs.document.model import Block, Row, Sentence, Table, TableColumn, Weight
from supportcli.outputs.document.telling import Telling, in_a_row
from supportcli.outputs.document.view import View
from supportcli.outputs.document.wording import term_words, validity_words
from supportcli.record import NamedTuple

_ITSELF = "–"


class BesideRow(NamedTuple):
    """What a row is about, and what holds of each plan."""

    about: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the plans differ in it."""
        return len(set(self.cells)) > 1


def beside_rows(answer: DealAnswer, telling: Telling) -> list[BesideRow]:
    """The amounts and the fit, then all in which the plans differ."""
    rows = _BesideRows(answer, telling)
    told = (BesideRow(telling.say(row.about), rows.in_full(row)) for row in rows.facts)
    return [*rows.always(), *told, *rows.others()]


def beside_screen(answer: DealAnswer, language: Language, view: View) -> Iterator[Block]:
    """The plans side by side, with what the first screen says of their basis and their source."""
    view = view._replace(whole=True)
    screen = advice_screen(answer, language, view)
    if answer.deal.named:
        screen = list(accounts_screen(answer, language, view))
    first, *others = screen
    if isinstance(first, FirstScreen):
        telling = answer_telling(answer, language, view.named)
        confirmed = view.confirmed_by is not None
        telling = telling._replace(left_open=view.left_open, confirmed=confirmed)
        yield from _blocks(answer, telling, first, view)
    yield from others


def _blocks(
    answer: DealAnswer, telling: Telling, first: FirstScreen, view: View
) -> Iterator[Block]:
    language = telling.language
    plans = [entries_of(answer.portfolio.members, each)[0].plan for each in beside_ids(answer)]
    names = tuple(plan.name for plan in plans)
    yield Sentence(language.say(Message("Side by side: {plans}", plans=names)), Weight.STRONG)
    yield Sentence(first.vendor, Weight.QUIET)
    yield from map(Sentence, beside_basis(answer, telling, first, view))
    columns = (TableColumn(""), *(TableColumn(language.text(plan.short_name)) for plan in plans))
    found = _BesideRows(answer, telling)
    yield Table(columns, tuple(Row((row.about, *row.cells)) for row in found.in_brief()))
    yield from map(Sentence, found.folded())
    if len({m.advice.taken.plan.id for m in answer.portfolio.members if m.advice.taken}) > 1:
        words = Message(
            "Each column is all accounts on one plan; the recommended mix, a plan for each, is "
            "told without --beside."
        )
        yield Sentence(language.say(words))
    yield Sentence(first.small_print.whole, Weight.QUIET)


class _BesideRows:
    def __init__(self, answer: DealAnswer, telling: Telling) -> None:
        self.answer = answer
        self.telling = telling
        self.members = answer.portfolio.members
        self.catalogue = telling.advice.catalogue
        self.ids = beside_ids(answer)
        self.entries = [entries_of(self.members, each) for each in self.ids]
        self.plans = [entries[0].plan for entries in self.entries]
        self.say = telling.say

    def always(self) -> Iterator[BesideRow]:
        """What each costs, and whether it does for all accounts."""
        amounts = [self._amounts(entries) for entries in self.entries]
        for label, cells in zip(self._labels(), zip(*amounts, strict=True), strict=True):
            yield BesideRow(label, cells)
        yield from self._gaps()
        yield from self._agreed()
        fits = (self.say(self._fits(entries)) for entries in self.entries)
        yield BesideRow(self.say(Message("fits")), tuple(fits))

    def in_brief(self) -> Iterator[BesideRow]:
        """All but what differs only by being assumed."""
        yield from self.always()
        for row in self.facts:
            if not row.alike:
                cells = (_marked(fact, self.telling) for fact in row.facts)
                yield BesideRow(self.say(row.about), tuple(cells))
        yield from self.others()

    def folded(self) -> Iterator[str]:
        """What is the same of all and only assumed of some, in a sentence for each of these."""
        for place, plan in enumerate(self.plans):
            alike = [row for row in self.facts if row.alike and row.facts[place].assumed]
            if alike:
                names = tuple(row.about for row in alike)
                words = Message("The same, by assumption, for {plan}: {names}.")
                yield self.say(Message(words.text, plan=plan.short_name, names=names))

    @cached_property
    def facts(self) -> list[FactRow]:
        """What the catalogue says of the plans, where they differ."""
        return fact_rows(self.telling, self.plans)

    def in_full(self, row: FactRow) -> tuple[str, ...]:
        """Its cells with what is assumed said in words."""
        return tuple(
            self.say(marked(Message("{text}", text=fact.text), assumed=fact.assumed))
            for fact in row.facts
        )

    def others(self) -> Iterator[BesideRow]:
        """The limits, terms and sale of the plans, where they differ."""
        return (row for row in self._others() if row.differs)

    def _others(self) -> Iterator[BesideRow]:
        yield self._row(Message("limits"), _limits)
        yield from self._terms()
        yield self._row(Message("in force"), self._validity)
        yield self._row(Message("sale"), _sale)

    def _labels(self) -> list[str]:
        if len(self.telling.readings) == 1:
            return [self.say(Message("costs"))]
        return [self.say(words) for words in (Message("at most"), Message("probably"))]

    def _amounts(self, entries: Sequence[PlanAdvice]) -> list[str]:
        """What is to be paid, under each reading that is told."""
        found = self._found[entries[0].plan.id]
        if all(found):
            ends = ends_of([q for e in entries for q in self.telling.quotes(e)])
            lines = amount_lines(self.telling, found, ends, every=True)
            told = [(line.month, line.year) for line in lines]
            plain = [tuple(" ".join(text.split()) for text in texts) for texts in told]
            return [self.telling.language.text(texts) for texts in plain]
        return [self.say(self._rule(entries, reading)) for reading in self.telling.readings]

    @cached_property
    def _found(self) -> dict[str, Told]:
        """What is to be paid for each plan under each reading that is told; empty if unknown."""
        return {
            plan: [cost_of(self.answer, plan, reading) for reading in self.telling.readings]
            for plan in self.ids
        }

    def _gaps(self) -> Iterator[BesideRow]:
        """What each costs more or less than the first."""
        first, *others = self.entries
        if first[0].last_day:
            return
        cells = [self._gap(entries[0]) for entries in others]
        if any(cells):
            about = Message("against {plan}", plan=self.plans[0].short_name)
            told = (self.say(words or Message("not known")) for words in cells)
            yield BesideRow(self.say(about), (_ITSELF, *told))

    def _gap(self, entry: PlanAdvice) -> Message | None:
        if entry.last_day:
            return Message("ends {date}", date=entry.last_day)
        gaps = told_gaps(self.telling, self._found[entry.plan.id], self._found[self.ids[0]])
        return in_a_row(gap_parts(self.telling, gaps)) if gaps else None

    def _agreed(self) -> Iterator[BesideRow]:
        """The way to what is to be paid, the term, what a voucher pays."""
        told = [dict(self._agreed_of(plan)) for plan in self.ids]
        unknown = self.say(Message("not known"))
        for label in dict.fromkeys(label for each in told for label in each):
            yield BesideRow(label, tuple(each.get(label, unknown) for each in told))

    def _agreed_of(self, plan: str) -> Iterator[tuple[str, str]]:
        found, voucher = self._found[plan], self.answer.deal.agreed.voucher
        quotes = quotes_of(self.answer, plan) if all(found) else []
        text = self.telling.language.text
        for way in ways(self.telling, quotes, voucher):
            yield way.label, text(way.sentences)
        for line in (
            *terms(self.telling, found, quotes),
            *vouchers(self.telling, found, voucher),
        ):
            yield line.label, line.between.join(line.parts)

    def _rule(self, entries: Sequence[PlanAdvice], reading: str) -> Message:
        """Where no amount is known: the fee as a rule, of one account or of those alike."""
        plan = entries[0].plan
        if not plan.priced:
            return Message("price not known to us")
        if len(entries) > 1:
            return Message("not known without every spend")
        return monthly_words(self.telling.advice, plan, reading, in_short=True)

    def _fits(self, entries: Sequence[PlanAdvice]) -> Message:
        if not self.answer.deal.named:
            return fits_words(self.telling, entries[0])
        pairs = zip(self.members, entries, strict=True)
        names = tuple(m.account.name for m, e in pairs if not e.fits or e.bar is not None)
        return Message("no: {accounts}", accounts=names) if names else Message("yes")

    def _row(self, about: Message, of: Callable[[Plan], object]) -> BesideRow:
        text = self.telling.language.text
        return BesideRow(self.say(about), tuple(text(of(plan)) for plan in self.plans))

    def _terms(self) -> Iterator[BesideRow]:
        terms = [dict(term_words(plan.terms)) for plan in self.plans]
        for name in dict.fromkeys(name for each in terms for name in each):
            words = [each[name].values if name in each else {} for each in terms]
            about = next(each["about"] for each in words if each)
            cells = (each.get("held", Message("not recorded")) for each in words)
            text = self.telling.language.text
            yield BesideRow(text(about), tuple(map(text, cells)))

    def _validity(self, plan: Plan) -> Message:
        names: dict[str, object] = {other.id: other.name for other in self.catalogue.plans}
        told = tuple(validity_words(plan.validity, names))
        return Message("{text}", text=told) if told else Message("no end is stated")


def _marked(fact: Fact, telling: Telling) -> str:
    """What is said of a plan, assumed facts with the mark that the small print explains."""
    words = Message("{text}", text=fact.text)
    return telling.say(Message("{target} ?", target=words) if fact.assumed else words)


def _limits(plan: Plan) -> Message:
    texts = tuple(limit.text for limit in plan.limits)
    return Message("{text}", text=texts) if texts else Message("none")


def _sale(plan: Plan) -> Message:
    if plan.availability is None:
        return Message("on sale")
    return Message("{text}", text=plan.availability.text)
