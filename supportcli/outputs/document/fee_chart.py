"""Fees against monthly spend: what the chart shows, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from supportcli.advice.recommendation import Advice
from supportcli.advice.thresholds import FREE, BreakEven, spend_of
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Chart, ChartMark, Curve, Heading
from supportcli.outputs.document.threshold_words import ThresholdWords

MOST_THRESHOLDS = 9  # of a chart: each is marked with one digit
_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5))


def fee_chart(advice: Advice, found: BreakEven, language: Language) -> Iterator[Block]:
    """The chart with its title; nothing where no plan has a fee that can be drawn."""
    yield from _FeeChart(advice, found, language).blocks()


class _FeeChart(ThresholdWords):
    def blocks(self) -> Iterator[Block]:
        """Fees against spend of the plans in question; of all where none meets the needs."""
        plans = [plan for plan in self.found.eligible if self.found.fees[plan.id] != FREE]
        priced = [entry.plan for entry in self.advice.plans if entry.plan.priced]
        plans = plans or [plan for plan in priced if self.found.fees[plan.id] != FREE]
        if not plans:
            return
        ranges = self.found.paid or self.found.ranges
        starts = [part.start for part in ranges[1:]][:MOST_THRESHOLDS]
        spend = spend_of(self.advice)
        top = self._top(plans, [*starts, *([spend] if spend else [])])
        curves = tuple(Curve(self.text(plan.name), self.found.fees[plan.id]) for plan in plans)
        highest = max(curve.fee(top) for curve in curves)
        ends = (highest, Fraction(0), Fraction(0), top)
        here = Message("you are here: {spend}", spend=self.money(spend or Fraction(0)))
        yield Heading(self.say(Message("Fee a month against monthly spend")))
        yield Chart(
            curves=curves,
            top=top,
            ends=(self.fee(ends[0]), self.fee(ends[1]), self.fee(ends[2]), self.fee(ends[3])),
            thresholds=tuple(
                ChartMark(start, self.text(self.threshold(start))) for start in starts
            ),
            here=None if spend is None else ChartMark(spend, self.say(here)),
            cheapest=self.say(Message("cheapest")) if ranges else "",
            several=self.say(Message("several")),
            told=tuple(self._told(plans, [Fraction(0), *starts, *([spend] if spend else []), top])),
        )

    def _told(self, plans: Sequence[Plan], spends: Sequence[Fraction]) -> Iterator[str]:
        """The chart in words: what each plan costs at the spends that matter."""
        for spend in sorted(set(spends)):
            fees = tuple(
                Message("{plan} {fee}", plan=p.name, fee=self.money(self.found.fees[p.id](spend)))
                for p in plans
            )
            words = Message("{spend}: {fees}", spend=self.threshold(spend), fees=fees)
            yield self.say(words)

    def _top(self, plans: Sequence[Plan], spends: Sequence[Fraction]) -> Fraction:
        """A round spend well above those that matter; else above where the fees have corners."""
        corners = (s.start for plan in plans for s in self.found.fees[plan.id].segments)
        wanted = max(spends, default=max(corners)) * Fraction(3, 2)
        if not wanted:
            wanted = Fraction(100_000)
        scale = Fraction(10) ** (len(str(int(wanted))) - 1)
        return next((s * scale for s in _STEPS if s * scale >= wanted), 10 * scale)
