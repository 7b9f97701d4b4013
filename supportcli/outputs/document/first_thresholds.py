"""The first screen of `breakeven`: from which spend which plan, at most and probably."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from supportcli.advice.breakeven import SpendRange, range_of
from supportcli.advice.headline import Label, ToldReading, figures
from supportcli.advice.reasons import giving_way
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.thresholds import BreakEven, spend_of
from supportcli.advice.to_pay import to_pay_more
from supportcli.core.money import Money, ShortMoney, exact_money, round_up, whole
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.first_basis import (
    needs_words,
    next_commands,
    note_lines,
    term_words,
    whose_words,
)
from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    SmallPrint,
    TextLine,
    VendorQuestion,
)
from supportcli.outputs.document.inquiries import fits_none_words
from supportcli.outputs.document.plan_words import prices_brief, prices_note, question_words
from supportcli.outputs.document.telling import Telling, in_a_row
from supportcli.outputs.document.threshold_table import ThresholdTable, same_words
from supportcli.outputs.document.vendor_questions import asked_first, plan_question

_FEWER = 12, 9, 7, 5, 4, 3, 2, 1  # rows of a table that is too long
_NAMED = 3  # thresholds in a sentence
_LABELS = {
    Label.AT_MOST: Message("at most"),
    Label.PROBABLY: Message("probably"),
    Label.READING: Message("cheapest"),
    None: Message("cheapest"),
}

Found = Mapping[str, BreakEven]


def first_thresholds(
    advice: Advice, found: Found, language: Language, notes: Sequence[Message] = ()
) -> FirstScreen:
    """The first screen of the thresholds, found under each reading that stands first."""
    shown = told_figures(advice, found)
    telling = Telling(
        advice,
        language,
        tuple(figure.reading for figure in shown),
        _asks(advice, found),
        named=advice.reading_given,
    )
    return _FirstThresholds(telling, found, shown, notes).screen()


def told_figures(advice: Advice, found: Found) -> tuple[ToldReading, ...]:
    """The readings that stand first; one where the thresholds are the same under both."""
    shown = figures(advice)
    told = [(found[each.reading].shown, found[each.reading].shown_if_sold) for each in shown]
    return shown if told[0] != told[-1] else (ToldReading(None, shown[0].reading),)


def _asks(advice: Advice, found: Found) -> tuple[PlanAdvice, ...]:
    """What to ask about: where some plans are free, of those with a fee too."""
    asks = asked_first(advice, at_any_spend=True)
    doubtful = {plan.id for each in found.values() if each.if_sold for plan in each.if_sold.plans}
    doubtful -= {entry.plan.id for entry in asks}
    return (*(entry for entry in advice.plans if entry.plan.id in doubtful), *asks)


class _FirstThresholds:
    def __init__(
        self, telling: Telling, found: Found, shown: Sequence[ToldReading], notes: Sequence[Message]
    ) -> None:
        self.telling = telling
        self.advice = telling.advice
        self.found = [found[figure.reading] for figure in shown]
        self.labels = [telling.say(_LABELS[figure.label]) for figure in shown]
        self.notes = notes
        self.spend = spend_of(telling.advice)
        self.say = telling.say

    def screen(self) -> FirstScreen:
        """All of it."""
        table = ThresholdTable(self.telling, self.found, self.labels, self._questioned())
        rows = table.rows(self.spend)
        return FirstScreen(
            self.say(self._headline()),
            whose_words(self.telling),
            tuple(self._answer()),
            tuple(self._basis()),
            table.of(rows),
            self._small_print(),
            next_commands(self.telling, *self._commands()),
            tuple(table.shortened(rows, count) for count in _FEWER if count < len(rows)),
        )

    def _headline(self) -> Message:
        if self.advice.fits_none:
            return fits_none_words(self.advice)
        ranges = self.found[0].shown
        if self.spend is None or not ranges:
            return Message("Cheapest plan by monthly spend")
        spend, name = self._exact(self.spend), range_of(ranges, self.spend).plans[0].name
        words = Message("Cheapest at {spend} a month: {plan}")
        if self.found[0].paid:
            words = Message("Cheapest with a fee at {spend} a month: {plan}")
        return Message(words.text, spend=spend, plan=name)

    def _exact(self, spend: Fraction) -> ShortMoney:
        return whole(exact_money(spend, self.telling.currency))

    def _threshold(self, spend: Fraction) -> ShortMoney:
        return whole(Money(round_up(spend, self.telling.currency), self.telling.currency))

    # The answer

    def _answer(self) -> Iterator[AmountLine | TextLine | Questions]:
        for label, found in zip(self.labels, self.found, strict=True):
            if found.ranges:
                where = self.say(self._where(found))
                yield AmountLine(label, "", where, self._reason(found.reading))
        if self.advice.closest is not None:
            entry = self.advice.closest
            steps = in_a_row([*giving_way(self.advice, entry)])
            words = Message("{plan}: {text}", plan=self.telling.name(entry), text=steps)
            yield TextLine(self.say(Message("closest")), (self.say(words),))
        items = (*self._about_readings(), *map(self._about_plan, self.telling.asks))
        if items:
            yield Questions(self.say(Message("ask first")), items, self.telling.gap)

    def _reason(self, reading: str) -> str:
        if len(self.found) == 1 and not self.telling.named:
            return ""
        return self.telling.language.text(self.advice.catalogue.reading(reading).in_brief)

    def _where(self, found: BreakEven) -> Message:
        """The range that the spend lies in; without one where the cheapest plan changes."""
        ranges = found.shown
        if len(ranges) == 1:
            names = same_words(ranges[0].plans, self.telling)
            words = Message("{plans} at every spend", plans=names)
        elif self.spend is None:
            words = self._changes([each.start for each in ranges[1:]])
        else:
            words = self._range(range_of(ranges, self.spend))
        return Message("with a fee: {words}", words=words) if found.paid else words

    def _range(self, part: SpendRange) -> Message:
        names, start = same_words(part.plans, self.telling), self._threshold(part.start)
        if part.end is None:
            return Message("{plans} from {spend} a month on", plans=names, spend=start)
        end = self._threshold(part.end)
        if not part.start:
            return Message("{plans} below {end}", plans=names, end=end)
        return Message("{plans} from {start} to below {end}", plans=names, start=start, end=end)

    def _changes(self, starts: Sequence[Fraction]) -> Message:
        named = tuple(map(self._threshold, starts[:_NAMED]))
        if len(starts) > _NAMED:
            more = len(starts) - _NAMED
            return Message("changes at {spends} and {count} more", spends=named, count=more)
        return Message("changes at {spends}", spends=named)

    def _about_readings(self) -> Iterator[VendorQuestion]:
        if len(self.found) > 1:
            likely = self.advice.catalogue.reading(self.telling.readings[1])
            yield VendorQuestion(self.say(question_words(likely)), "")

    def _questioned(self) -> Mapping[str, int]:
        """The number of the question about each plan that is to be asked about."""
        first = 1 + len(tuple(self._about_readings()))
        return {entry.plan.id: number for number, entry in enumerate(self.telling.asks, first)}

    def _about_plan(self, entry: PlanAdvice) -> VendorQuestion:
        more = to_pay_more(self.advice, self.advice.recommended, entry)
        cost = None if more is None else self.telling.cost(more)
        saved = () if cost is None or cost <= 0 else (cost,)
        question = plan_question(self.telling, entry, saved)
        if not saved and entry.plan.priced and not self.advice.fits_none:
            words = Message("Cheaper at some spends.")
            return question._replace(worth=self.say(words))
        return question

    # What it rests on

    def _basis(self) -> Iterator[TextLine | Clauses]:
        label = self.say(Message("for"))
        yield TextLine(label, (self.say(in_a_row([*self._terms()])), self._needs()))
        yield from note_lines(self.telling, self.notes)

    def _needs(self) -> str:
        return self.say(needs_words(self.telling))

    def _terms(self) -> Iterator[Message]:
        yield term_words(self.telling)
        if self.advice.usage.accounts > 1:
            yield Message("{count} accounts (spend of each)", count=self.advice.usage.accounts)
        if self.advice.agreed.discount is not None:
            yield Message("after the discount")

    def _small_print(self) -> SmallPrint:
        rest = tuple(map(self.say, (Message("By unrounded fees."), Message("Bill prevails."))))
        catalogue, plan = self.advice.catalogue, self._told()
        first = (prices_note(catalogue, plan), prices_brief(catalogue, plan))
        said = (self.say(Message("{words}.", words=words)) for words in first)
        return SmallPrint(tuple((each, *rest) for each in said), self.telling.gap)

    def _told(self) -> Plan:
        """The plan that the answer is about: the cheapest one that is told, else the closest."""
        ranges = self.found[0].shown
        if ranges:
            return range_of(ranges, self.spend or Fraction(0)).plans[0]
        return (self.advice.closest or self.advice.plans[0]).plan

    def _commands(self) -> Iterator[str]:
        yield "--explain thresholds" if self.found[0].fees else "--explain"
        if self.spend is None:
            yield "--spend 120000"
        yield from ("-o json", "supportcli advise")
