"""What proves the thresholds: both sides of each, each plan beside the next, each fee's rule."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.amounts import fee_words
from supportcli.advice.recommendation import Advice
from supportcli.advice.thresholds import Pair, break_even, sides
from supportcli.core.money import Money, signed_rate
from supportcli.core.piecewise import Segment
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Heading, Points, Row, Table, TableColumn
from supportcli.outputs.document.threshold_words import ThresholdWords
from supportcli.outputs.document.wording import columns


def proof_blocks(advice: Advice, language: Language) -> Iterator[Block]:
    """Each fee as a rule, both sides of each threshold, each plan beside the next one."""
    proof = _Proof(advice, break_even(advice), language)
    yield from proof.both_sides()
    yield from proof.pairs()
    yield from proof.rules()


class _Proof(ThresholdWords):
    def both_sides(self) -> Iterator[Block]:
        """What every plan in question costs on both sides of each threshold."""
        ranges = self.found.paid or self.found.ranges
        plans = self.found.eligible
        rows = [
            Row(
                (
                    self.text(Money(side.spend, self.currency)),
                    *(self.fee(side.fees[plan.id]) for plan in plans),
                )
            )
            for part in ranges[1:]
            for side in sides(self.found, part.start, self.currency)
        ]
        if rows:
            title = Message("Both sides of each threshold, fees of an average month")
            yield Heading(self.say(title))
            names = (TableColumn(self.text(plan.name), figures=True) for plan in plans)
            spend = columns(self.language, Message("Monthly spend"), figures=True)
            yield Table((*spend, *names), tuple(rows))

    def pairs(self) -> Iterator[Block]:
        """What each plan costs more than the one before it, and where that changes."""
        if self.found.pairs:
            yield Heading(self.say(Message("Each plan against the one before it, a month")))
            yield Points(tuple(self.say(self._pair(pair)) for pair in self.found.pairs))

    def _pair(self, pair: Pair) -> Message:
        first, *others = pair.gap.segments
        words = self._gap(first)
        for segment in others:
            words = Message(
                "{before}; from {start} on {line}",
                before=words,
                start=self.threshold(segment.start),
                line=self._gap(segment),
            )
        return Message(
            "{plan} against {other}: {words}.",
            plan=pair.higher.name,
            other=pair.lower.name,
            words=words,
        )

    def _gap(self, segment: Segment) -> Message:
        """The difference where a segment begins, and how it goes on from there."""
        value = segment.at(segment.start)
        words = Message("the same")
        if value > 0:
            words = Message("{gap} more", gap=self.money(value))
        elif value < 0:
            words = Message("{gap} less", gap=self.money(-value))
        if not segment.rate:
            return words
        rate = signed_rate(segment.rate)
        return Message("{words}, then {rate} of each further amount", words=words, rate=rate)

    def rules(self) -> Iterator[Block]:
        """Every fee as a rule, with the spend from which each part of it holds."""
        priced = [entry.plan for entry in self.advice.plans if entry.plan.fees]
        rules = (
            Message(
                "{plan}: {rule}",
                plan=plan.name,
                rule=fee_words((plan.fees or {})[self.advice.reading].total, plan.currency),
            )
            for plan in priced
        )
        yield Heading(self.say(Message("Each fee as a rule, as published")))
        yield Points(tuple(map(self.say, rules)))
