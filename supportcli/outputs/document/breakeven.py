"""Break-even as blocks: ranges, both sides of each threshold, beaten plans, a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from supportcli.advice.amounts import fee_words
from supportcli.advice.breakeven import SpendRange
from supportcli.advice.dominance import Dominated
from supportcli.advice.reasons import bar_words, not_refunded, open_about_fees
from supportcli.advice.recommendation import Advice, ReasonCode
from supportcli.advice.thresholds import FREE, Pair, break_even, sides, spend_of
from supportcli.advice.whatif import need_costs, savings
from supportcli.core.money import Money, nearest_money, round_up, signed_rate
from supportcli.core.piecewise import Segment
from supportcli.core.plan import Plan
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import (
    Block,
    Chart,
    ChartMark,
    Curve,
    Heading,
    Points,
    Row,
    Sentence,
    Table,
    TableColumn,
    Weight,
)
from supportcli.outputs.document.whatif import saving_words
from supportcli.outputs.document.wording import columns

MOST_THRESHOLDS = 9  # of a chart: each is marked with one digit
_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5))


def ranges_table(ranges: Sequence[SpendRange], currency: str, language: Language) -> Table:
    """From which spend on which plan is the cheapest."""
    titles = Message("Monthly spend from"), Message("Cheapest plan that meets the needs")
    rows = (
        Row(
            (
                language.text(Money(round_up(part.start, currency), currency)),
                language.text(tuple(plan.name for plan in part.plans)),
            )
        )
        for part in ranges
    )
    figures, words = columns(language, titles[0], figures=True), columns(language, titles[1])
    return Table((*figures, *words), tuple(rows), apart=False)


def tie_caution(ranges: Sequence[SpendRange], language: Language) -> Iterator[Block]:
    """What it means where several plans are named; nothing where none are."""
    tied = [plan for part in ranges for plan in part.plans[1:]]
    if not tied:
        return
    words = Message(
        "Where several plans are named they cost the same, the higher tier first; at other spends "
        "the higher tier can cost more."
    )
    if any(map(not_refunded, tied)):
        words = Message(
            "Where several plans are named they cost the same, the higher tier first; what is "
            "prepaid is not refunded, and at other spends the higher tier can cost more."
        )
    yield Sentence(language.say(words), Weight.CAUTION)


def break_even_screen(
    advice: Advice, notes: tuple[Message, ...], language: Language
) -> Iterator[Block]:
    """The answer of `breakeven`: ranges, beaten plans, chart, and what proves them."""
    if advice.reason is ReasonCode.NO_PLAN_FITS:
        words = Message("No plan with a known price meets the needs")
    else:
        words = Message("From which spend which plan is the cheapest")
    yield Sentence(language.say(words), Weight.STRONG)
    yield Sentence(language.joined(map(language.say, _basis(advice))))
    given_up = savings(advice) if advice.recommended is None else ()
    if given_up:
        yield Heading(language.say(Message("What would have to give way")), apart=False)
        yield Points(tuple(language.say(saving_words(saving)) for saving in given_up))
    yield from break_even_blocks(advice, language)
    barred = [entry for entry in advice.plans if entry.bar is not None]
    if barred:
        yield Heading(language.say(Message("Plans that cannot be taken for the whole term")))
        sentences = (
            Message("{plan}: {why}", plan=entry.plan.name, why=bar_words(advice, entry))
            for entry in barred
        )
        yield Points(tuple(map(language.say, sentences)))
    yield from proof_blocks(advice, language)
    closing = [*notes, *(point.brief for point in open_about_fees(advice) if point.brief)]
    if closing:
        yield Sentence(language.joined(map(language.text, closing)), Weight.QUIET)


def _basis(advice: Advice) -> Iterator[Message]:
    """The needs, the reading, the accounts and the discount that the answer is for."""
    needs = tuple(cost.words for cost in need_costs(advice))
    yield Message("Needs: {needs}.", needs=needs) if needs else Message("No need is named.")
    if len(advice.catalogue.readings) > 1:
        name = advice.catalogue.reading(advice.reading).name
        yield Message("Amounts: {reading}.", reading=name)
    if advice.usage.accounts > 1:
        words = Message("{count} accounts; spend is of each, fees are of all of them.")
        yield Message(words.text, count=advice.usage.accounts)
    if advice.deal.discount is not None:
        yield Message("After the discount.")


def break_even_blocks(advice: Advice, language: Language) -> Iterator[Block]:
    """The ranges under every reading, where the customer stands, what is beaten, a chart."""
    drawing = _BreakEvenScreen(advice, language)
    yield from drawing.position()
    yield from drawing.ranges()
    yield from drawing.beaten()
    yield from drawing.chart()


def proof_blocks(advice: Advice, language: Language) -> Iterator[Block]:
    """Each fee as a rule, both sides of each threshold, each plan beside the next one."""
    drawing = _BreakEvenScreen(advice, language)
    yield from drawing.both_sides()
    yield from drawing.pairs()
    yield from drawing.rules()


class _BreakEvenScreen:
    def __init__(self, advice: Advice, language: Language) -> None:
        self.advice = advice
        self.language = language
        self.say = language.say
        self.text = language.text
        self.currency = advice.catalogue.currency
        self.found = break_even(advice)

    def position(self) -> Iterator[Block]:
        """Where the customer stands, and how far the thresholds are."""
        spend = spend_of(self.advice)
        part = None if spend is None else self.found.position(spend)
        if spend is None or part is None:
            return
        words = Message("At a spend of {spend}: {plans}.")
        if len({month.spend for month in self.advice.usage.months}) > 1:
            words = Message("If every month were as the first, {spend}: {plans}.")
        sentences = [Message(words.text, spend=self._money(spend), plans=_names(part))]
        if part.end is not None:
            gap = self._threshold(part.end - spend)
            sentences.append(
                Message(
                    "The next threshold, {spend}, is {gap} above.",
                    spend=self._threshold(part.end),
                    gap=gap,
                )
            )
        if part.start:
            sentences.append(
                Message(
                    "The threshold below, {spend}, is {gap} away.",
                    spend=self._threshold(part.start),
                    gap=self._money(spend - part.start),
                )
            )
        yield Sentence(self.language.joined(map(self.say, sentences)))

    def ranges(self) -> Iterator[Block]:
        """The table of the reading in use, the other readings in words."""
        ranges = self.found.ranges
        if ranges:
            yield ranges_table(ranges, self.currency, self.language)
        if self.found.paid:
            paid = Message("Of those with a fee: {ranges}.", ranges=self._in_words(self.found.paid))
            yield Sentence(self.say(paid))
        yield from tie_caution((*ranges, *self.found.paid), self.language)
        others = [r for r in self.advice.catalogue.readings if r.id != self.advice.reading]
        sentences = []
        for reading in others:
            other = break_even(self.advice, reading.id)
            shown = other.paid or other.ranges
            if shown:
                words = Message("{reading}: {ranges}.", reading=reading.name)
                if other.paid:
                    words = Message("{reading}, of those with a fee: {ranges}.")
                text = self._in_words(shown)
                sentences.append(Message(words.text, reading=reading.name, ranges=text))
        if sentences:
            yield Points(tuple(map(self.say, sentences)))
        if len(ranges) > 1 or len(self.found.paid) > 1:
            note = Message(
                "By the unrounded fees; within rounding beside a threshold two plans can cost the "
                "same on the bill."
            )
            yield Sentence(self.say(note), Weight.QUIET)

    def _in_words(self, ranges: Sequence[SpendRange]) -> Message:
        words = Message("{plans}", plans=_names(ranges[0]))
        if len(ranges) == 1:
            return Message("{plans} at every spend", plans=words)
        for part in ranges[1:]:
            words = Message(
                "{before}; from {spend} on {plans}",
                before=words,
                spend=self._threshold(part.start),
                plans=_names(part),
            )
        return words

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
            return Message("from {spend} on", spend=self._threshold(found.start))
        return Message(
            "from {spend} to below {end}",
            spend=self._threshold(found.start),
            end=self._threshold(found.end),
        )

    def both_sides(self) -> Iterator[Block]:
        """What every plan in question costs on both sides of each threshold."""
        ranges = self.found.paid or self.found.ranges
        plans = self.found.eligible
        rows = [
            Row(
                (
                    self.text(Money(side.spend, self.currency)),
                    *(self._fee(side.fees[plan.id]) for plan in plans),
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
                start=self._threshold(segment.start),
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
            words = Message("{gap} more", gap=self._money(value))
        elif value < 0:
            words = Message("{gap} less", gap=self._money(-value))
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

    def chart(self) -> Iterator[Block]:
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
        here = Message("you are here: {spend}", spend=self._money(spend or Fraction(0)))
        yield Heading(self.say(Message("Fee a month against monthly spend")))
        yield Chart(
            curves=curves,
            top=top,
            ends=(self._fee(ends[0]), self._fee(ends[1]), self._fee(ends[2]), self._fee(ends[3])),
            thresholds=tuple(
                ChartMark(start, self.text(self._threshold(start))) for start in starts
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
                Message("{plan} {fee}", plan=p.name, fee=self._money(self.found.fees[p.id](spend)))
                for p in plans
            )
            words = Message("{spend}: {fees}", spend=self._threshold(spend), fees=fees)
            yield self.say(words)

    def _top(self, plans: Sequence[Plan], spends: Sequence[Fraction]) -> Fraction:
        """A round spend well above those that matter; else above where the fees have corners."""
        corners = (s.start for plan in plans for s in self.found.fees[plan.id].segments)
        wanted = max(spends, default=max(corners)) * Fraction(3, 2)
        if not wanted:
            wanted = Fraction(100_000)
        scale = Fraction(10) ** (len(str(int(wanted))) - 1)
        return next((s * scale for s in _STEPS if s * scale >= wanted), 10 * scale)

    def _money(self, amount: Fraction) -> Money:
        return nearest_money(amount, self.currency)

    def _threshold(self, spend: Fraction) -> Money:
        return Money(round_up(spend, self.currency), self.currency)

    def _fee(self, amount: Fraction) -> str:
        return self.text(self._money(amount))


def _names(part: SpendRange) -> tuple[Text, ...]:
    return tuple(plan.name for plan in part.plans)
