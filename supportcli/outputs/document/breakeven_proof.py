"""What proves the thresholds: both sides of each, each plan beside the next, each fee's rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.amounts import fee_words
from supportcli.advice.breakeven import SpendRange
from supportcli.advice.quote import is_pooled
from supportcli.advice.recommendation import Advice
from supportcli.advice.thresholds import MOST_PROVEN, PlanPair, break_even, sides
from supportcli.core.money import Money, format_rate
from supportcli.core.piecewise import Segment
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.catalogues import fee_rule
from supportcli.outputs.document.model import Block, Heading, Points, TableColumn
from supportcli.outputs.document.money_table import MoneyRow, money_table
from supportcli.outputs.document.threshold_words import ThresholdWords
from supportcli.outputs.document.wording import columns, spend_title

_BOTH_SIDES = Message("Both sides of each threshold, fees of an average month")


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
        if len(plans) > MOST_PROVEN:
            yield from self._neighbours(ranges)
            return
        rows = [
            MoneyRow(
                (
                    side.spend,
                    *(self.money(side.fees[plan.id]).amount for plan in plans),
                )
            )
            for part in ranges[1:]
            for side in sides(self.found, part.start, self.currency)
        ]
        if rows:
            yield Heading(self.say(_BOTH_SIDES))
            names = (TableColumn(self.text(plan.name), figures=True) for plan in plans)
            title = spend_title(self.advice.usage.accounts)
            spend = columns(self.language, title, figures=True)
            yield money_table((*spend, *names), rows, self.currency, self.language)

    def _neighbours(self, ranges: Sequence[SpendRange]) -> Iterator[Block]:
        """The same of many plans: at each threshold those that are the cheapest beside it."""
        names = {plan.id: plan.name for plan in self.found.eligible}
        told = [
            Message(
                "{spend}: {fees}",
                spend=Money(side.spend, self.currency),
                fees=tuple(
                    Message("{plan} {fee}", plan=names[plan], fee=self.money(fee))
                    for plan, fee in side.fees.items()
                ),
            )
            for part in ranges[1:]
            for side in sides(self.found, part.start, self.currency)
        ]
        if told:
            yield Heading(self.say(_BOTH_SIDES))
            yield Points(tuple(map(self.say, told)))

    def pairs(self) -> Iterator[Block]:
        """What each plan costs more than the one before it, and where that changes."""
        if self.found.pairs:
            yield Heading(self.say(Message("Each plan against the one before it, a month")))
            yield Points(tuple(self.say(self._pair(pair)) for pair in self.found.pairs))

    def _pair(self, pair: PlanPair) -> Message:
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
        rate = format_rate(abs(segment.rate))
        if segment.start:
            more = Message("{words}, plus {rate} of each further amount", words=words, rate=rate)
            less = Message("{words}, less {rate} of each further amount", words=words, rate=rate)
        else:
            more = Message("{words}, plus {rate} of spend", words=words, rate=rate)
            less = Message("{words}, less {rate} of spend", words=words, rate=rate)
        return more if segment.rate > 0 else less

    def rules(self) -> Iterator[Block]:
        """Every fee as it was published and, where that can be read in several ways, as a rule.

        A rule has the spend from which each part of it holds.
        """
        priced = [entry.plan for entry in self.advice.plans if entry.plan.fees]
        title = self._rules_title(priced)
        if any(plan.fee_text is not None for plan in priced):
            yield Heading(self.say(Message("Each fee as published")))
            yield Points(tuple(self.say(self._published(plan)) for plan in priced))
        if len(self.advice.catalogue.readings) > 1:
            reading = self.advice.catalogue.reading(self.advice.reading)
            title = Message("{name}: {text}", name=title, text=reading.in_brief)
        rules = (
            Message(
                "{plan}: {rule}",
                plan=plan.name,
                rule=fee_words((plan.fees or {})[self.advice.reading].total, plan.currency),
            )
            for plan in priced
        )
        yield Heading(self.say(title))
        yield Points(tuple(map(self.say, rules)))

    def _rules_title(self, priced: Sequence[Plan]) -> Message:
        """Over the rules: whose they are, and of which prices, where amounts beside them differ."""
        title, several = Message("Each fee as a rule"), self.advice.usage.accounts > 1
        if several and not any(map(is_pooled, priced)):
            title = Message("{text}, of one account", text=title)
        if several or self.advice.agreed.change_amounts:
            title = Message("{text}, list prices", text=title)
        return title

    def _published(self, plan: Plan) -> Message:
        rule = fee_rule(self.advice.catalogue, plan, self.language)
        return Message("{plan}: {rule}", plan=plan.name, rule=rule)
