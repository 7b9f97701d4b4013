"""Fees against monthly spend: what the chart shows, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from supportcli.advice.recommendation import Advice
from supportcli.advice.thresholds import FREE, BreakEven, break_even, spend_of
from supportcli.core.money import Money, nearest_money, round_half_up, whole
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Chart, ChartMark, Curve, Heading
from supportcli.outputs.document.telling import reading_label
from supportcli.outputs.document.threshold_words import ThresholdWords
from supportcli.record import NamedTuple

MOST_THRESHOLDS = 9  # of a chart: each is marked with one digit
MOST_TOLD = 26  # plans whose fees are told in words
_TICKS = 5
_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))


def fee_chart(advice: Advice, found: BreakEven, language: Language) -> Iterator[Block]:
    """The chart with its title; nothing where no plan has a fee that can be drawn."""
    yield from _FeeChart(advice, found, language).blocks()


class _FeeChart(ThresholdWords):
    def blocks(self) -> Iterator[Block]:
        """Fees against spend of the plans in question; of all where none meets the needs."""
        plans, every = self._plans(), self._starts()
        if not plans:
            return
        starts = every[:MOST_THRESHOLDS]
        spend = spend_of(self.advice)
        top = self._top(plans, [*starts, *([spend] if spend else [])])
        curves = tuple(Curve(self._name(plan), self.found.fees[plan.id]) for plan in plans)
        here = Message("you are here: {spend}", spend=self.money(spend or Fraction(0)))
        spends = [Fraction(0), *starts, *([spend] if spend else []), top]
        yield Heading(self.say(self._title()))
        yield Chart(
            curves=curves,
            top=top,
            fees=self._ticks(max(curve.fee(top) for curve in curves)),
            spends=self._ticks(top),
            thresholds=tuple(
                ChartMark(start, self.text(self.threshold(start))) for start in starts
            ),
            here=None if spend is None else ChartMark(spend, self.say(here)),
            cheapest=self._cheapest(),
            several=self.say(Message("several")),
            others=self.say(Message("others")),
            more=tuple(self._more(len(every) - len(starts))),
            told=tuple(self._told(plans, spends)),
        )

    def _plans(self) -> list[Plan]:
        asked = self.found.if_sold.plans if self.found.if_sold else ()
        plans = self._with_fee((*self.found.eligible, *asked))
        return plans or self._with_fee(self.found.priced)

    def _starts(self) -> list[Fraction]:
        """From which spends on another plan is the cheapest."""
        parts = (*self.found.shown[1:], *self.found.shown_if_sold[1:])
        return sorted({part.start for part in parts})

    def _cheapest(self) -> str:
        return self.say(Message("cheapest")) if self.found.shown else ""

    def _title(self) -> Message:
        title, accounts = Message("Fee a month against monthly spend"), self.advice.usage.accounts
        if accounts > 1:
            words = Message("Fee a month of {count} accounts against the monthly spend of each")
            title = Message(words.text, count=accounts)
        if not any(len(set((plan.fees or {}).values())) > 1 for plan in self._plans()):
            return title  # no plan that is drawn costs another thing by another reading
        label = reading_label(self.advice, self.found.reading)
        if label is not None:
            title = Message("{first}, {second}", first=title, second=label)
        reading = self.advice.catalogue.reading(self.found.reading).in_brief
        return Message("{title}: {reading}", title=title, reading=reading)

    def _with_fee(self, plans: Sequence[Plan]) -> list[Plan]:
        """Those that cost something, in the order of their tiers."""
        paid = [plan for plan in plans if self.found.fees[plan.id] != FREE]
        return sorted(paid, key=lambda plan: plan.tier)

    def _name(self, plan: Plan) -> str:
        if self.found.if_sold and plan in self.found.if_sold.plans:
            words = Message("{text} ({note})", text=plan.short_name, note=Message("ask first"))
            return self.say(words)
        return self.text(plan.short_name)

    def _ticks(self, top: Fraction) -> tuple[ChartMark, ...]:
        """Round amounts from 0 up to the top, a few."""
        step = self._round(top / (_TICKS - 1))
        amounts = [step * number for number in range(_TICKS) if step * number <= top]
        currency = self.currency
        words = (self.text(whole(nearest_money(amount, currency))) for amount in amounts)
        return tuple(map(ChartMark, amounts, words))

    def _more(self, thresholds: int) -> Iterator[str]:
        if thresholds > 0:
            words = Message("{count} more thresholds at higher spends", count=thresholds)
            yield self.say(words)

    def _told(self, plans: Sequence[Plan], spends: Sequence[Fraction]) -> Iterator[str]:
        """The chart in words: what each plan costs at the spends that matter."""
        fees, currency = self.found.fees, self.currency
        for spend in sorted(set(spends)):
            costs = tuple(
                Message(
                    "{plan} {fee}",
                    plan=p.name,
                    fee=Money(round_half_up(fees[p.id](spend), currency), currency),
                )
                for p in plans[:MOST_TOLD]
            )
            words = Message("{spend}: {fees}", spend=self.threshold(spend), fees=costs)
            if len(plans) > MOST_TOLD:
                count = len(plans) - MOST_TOLD
                words = Message("{words} and {count} more plans", words=words, count=count)
            yield self.say(words)

    def _top(self, plans: Sequence[Plan], spends: Sequence[Fraction]) -> Fraction:
        """A round spend well above those that matter; else above where the fees have corners."""
        corners = (s.start for plan in plans for s in self.found.fees[plan.id].segments)
        wanted = max(spends, default=max(corners)) * Fraction(3, 2)
        return self._round(wanted or Fraction(100_000))

    def _round(self, wanted: Fraction) -> Fraction:
        """The next round amount: 1, 2, 2.5 or 5 with zeros; 1 at least where it is not 0."""
        scale = Fraction(10) ** (len(str(int(wanted))) - 1)
        return next(step * scale for step in _STEPS if step * scale >= wanted)


class QuotedCurve(NamedTuple):
    """A plan of a quote's chart: the one that is quoted, or one next to it that meets the needs."""

    plan: Plan
    quoted: bool
    meets: bool


def quoted_chart(
    advice: Advice, curves: Sequence[QuotedCurve], whose: Message | None, language: Language
) -> Iterator[Block]:
    """The plan that is quoted between those next to it, free ones too; nothing of one plan alone.

    `whose` account it is stands in the title, where there are several. Which one is cheapest is not
    told: not all of them meet the needs.
    """
    if len(curves) > 1:
        yield from _QuotedChart(advice, curves, whose, language).blocks()


class _QuotedChart(_FeeChart):
    def __init__(
        self,
        advice: Advice,
        curves: Sequence[QuotedCurve],
        whose: Message | None,
        language: Language,
    ) -> None:
        super().__init__(advice, break_even(advice), language)
        self._curves = {curve.plan.id: curve for curve in curves}
        self._whose = whose

    def _plans(self) -> list[Plan]:
        return sorted((curve.plan for curve in self._curves.values()), key=lambda plan: plan.tier)

    def _starts(self) -> list[Fraction]:
        return []

    def _cheapest(self) -> str:
        return ""

    def _title(self) -> Message:
        title = super()._title()
        if self._whose is None:
            return title
        return Message("{whose}: {title}", whose=self._whose, title=title)

    def _name(self, plan: Plan) -> str:
        curve = self._curves[plan.id]
        name = Message("{text}", text=plan.short_name)
        if curve.quoted:
            name = Message("{text} ({note})", text=name, note=Message("in this quote"))
        elif not curve.meets:
            words = Message("does not meet the needs")
            name = Message("{text} ({note})", text=name, note=words)
        return self.say(name)
