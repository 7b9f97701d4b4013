"""Break-even as blocks: the ranges, where the customer stands, the plans that are beaten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.breakeven import SpendRange
from supportcli.advice.cautions import open_about_fees
from supportcli.advice.dominance import Dominated
from supportcli.advice.headline import figures
from supportcli.advice.reasons import bar_words
from supportcli.advice.recommendation import Advice
from supportcli.advice.thresholds import BreakEven, break_even, spend_of
from supportcli.advice.whatif import savings
from supportcli.core.money import whole
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.breakeven_proof import proof_blocks
from supportcli.outputs.document.fee_chart import fee_chart
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Sentence,
    Weight,
    paragraph,
)
from supportcli.outputs.document.plan_words import reading_words
from supportcli.outputs.document.spend_ranges import ranges_table, tie_caution
from supportcli.outputs.document.telling import told_readings
from supportcli.outputs.document.threshold_table import SAME
from supportcli.outputs.document.threshold_words import ThresholdWords
from supportcli.outputs.document.whatif import saving_words


def threshold_blocks(advice: Advice, language: Language, in_full: bool) -> Iterator[Block]:
    """The ranges, where the customer stands, what is beaten, a chart; in full what proves it."""
    given_up = savings(advice) if in_full and advice.recommended is None else ()
    if given_up:
        yield Heading(language.say(Message("What would have to give way")))
        yield Points(tuple(language.say(saving_words(saving)) for saving in given_up))
    if len(advice.catalogue.readings) > 1:
        reading = reading_words(advice.catalogue.reading(advice.reading))
        yield Heading(language.say(Message("Amounts: {reading}.", reading=reading)))
    ranges = _Ranges(advice, break_even(advice), language)
    yield from ranges.position(in_full)
    yield from ranges.ranges(in_full)
    if in_full:
        yield from ranges.beaten()
    yield from fee_chart(advice, _charted(advice), language)
    if in_full:
        yield from _behind(advice, language)


def _behind(advice: Advice, language: Language) -> Iterator[Block]:
    """The plans that play no part, and what proves the thresholds."""
    barred = [entry for entry in advice.plans if entry.bar is not None]
    if barred:
        yield Heading(language.say(Message("Plans that cannot be taken for the whole term")))
        sentences = (
            Message("{plan}: {why}", plan=entry.plan.name, why=bar_words(advice, entry))
            for entry in barred
        )
        yield Points(tuple(map(language.say, sentences)))
    yield from proof_blocks(advice, language)
    closing = [point.brief for point in open_about_fees(advice) if point.brief]
    if closing:
        yield Sentence(language.joined(map(language.text, closing)), Weight.QUIET)


def _charted(advice: Advice) -> BreakEven:
    """The reading in use, unless only another one that stands first has a threshold to draw."""
    found = break_even(advice)
    others = (break_even(advice, figure.reading) for figure in figures(advice)[1:])
    return next((each for each in (found, *others) if _turns(each)), found)


def _turns(found: BreakEven) -> bool:
    return len(found.shown) > 1 or len(found.shown_if_sold) > 1


class _Ranges(ThresholdWords):
    """Where the customer stands, which plan is the cheapest where, and which ones are beaten."""

    def position(self, in_full: bool) -> Iterator[Block]:
        """Where the customer stands, which the headline says in short, and how far the
        thresholds are.
        """
        spend = spend_of(self.advice)
        part = None if spend is None else self.found.position(spend)
        if spend is None or part is None:
            return
        changing = len({month.spend for month in self.advice.usage.months}) > 1
        if len(self.found.ranges) == 1 and not changing:
            return  # what holds at every spend says it
        words = Message("At a spend of {spend}: {plans}.")
        if changing:
            words = Message("If every month were as the first, {spend}: {plans}.")
        at = Message(words.text, spend=self.money(spend), plans=_names(part))
        sentences = [at] if in_full or changing else []
        if part.end is not None:
            gap = self.threshold(part.end - spend)
            sentences.append(
                Message(
                    "The next threshold, {spend}, is {gap} above.",
                    spend=self.threshold(part.end),
                    gap=gap,
                )
            )
        if part.start:
            sentences.append(
                Message(
                    "The threshold below, {spend}, is {gap} away.",
                    spend=self.threshold(part.start),
                    gap=self.money(spend - part.start),
                )
            )
        yield paragraph(map(self.say, sentences), self.language)

    def ranges(self, in_full: bool) -> Iterator[Block]:
        """The table of the reading in use, the others in words; in short those told at first."""
        ranges = self.found.ranges
        if len(ranges) > 1:
            yield ranges_table(ranges, self.currency, self.language)
        said = self.language.joined(map(self.say, self._said()))
        if said:
            yield Sentence(said)
        yield from tie_caution((*ranges, *self.found.paid), self.language)
        told = told_readings(self.advice, one=False)
        others = [
            reading
            for reading in self.advice.catalogue.readings
            if reading.id != self.advice.reading and (in_full or reading.id in told)
        ]
        sentences = []
        for reading in others:
            other = break_even(self.advice, reading.id)
            shown = other.paid or other.ranges
            if shown:
                words = Message("{reading}: {ranges}.")
                if other.paid:
                    words = Message("{reading}, of those with a fee: {ranges}.")
                text = self._in_words(shown)
                sentences.append(Message(words.text, reading=reading_words(reading), ranges=text))
        if sentences:
            yield Points(tuple(map(self.say, sentences)))
        if in_full and (len(ranges) > 1 or len(self.found.paid) > 1):
            note = Message(
                "By the unrounded fees; within rounding beside a threshold two plans can cost the "
                "same on the bill."
            )
            yield Sentence(self.say(note), Weight.QUIET)

    def _in_words(self, ranges: Sequence[SpendRange]) -> Message:
        words = Message("{plans}", plans=self._same(ranges[0]))
        if len(ranges) == 1:
            return Message("{plans} at every spend", plans=words)
        for part in ranges[1:]:
            words = Message(
                "{before}; from {spend} on {plans}",
                before=words,
                spend=whole(self.threshold(part.start)),
                plans=self._same(part),
            )
        return words

    def _said(self) -> Iterator[Message]:
        """What holds at every spend, and what of plans with a fee."""
        if len(self.found.ranges) == 1:
            yield Message("At every spend: {plans}.", plans=_names(self.found.ranges[0]))
        if self.found.paid:
            yield Message("Of those with a fee: {ranges}.", ranges=self._in_words(self.found.paid))

    def _same(self, part: SpendRange) -> str:
        return SAME.join(map(self.text, _names(part)))

    def beaten(self) -> Iterator[Block]:
        """The plans that another one beats, each with the range where it does."""
        if self.found.dominated:
            yield Heading(self.say(Message("Plans that another one beats")), apart=False)
            yield Points(tuple(map(self._beaten, self.found.dominated)))

    def _beaten(self, found: Dominated) -> str:
        words = Message(
            "{plan} costs no less and gives no more than {other}, {where}.",
            plan=found.plan.name,
            other=found.by.name,
            where=self._where(found),
        )
        if found.assumed:
            words = Message("{words} That rests on an assumed fact.", words=words)
        return self.say(words)

    def _where(self, found: Dominated) -> Message:
        if found.end is None:
            if not found.start:
                return Message("at every spend")
            return Message("from {spend} on", spend=self.threshold(found.start))
        return Message(
            "from {spend} to below {end}",
            spend=self.threshold(found.start),
            end=self.threshold(found.end),
        )


def _names(part: SpendRange) -> tuple[Text, ...]:
    return tuple(plan.name for plan in part.plans)
