"""What `--explain` adds: every need, every reading, every slice, every month, every source."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from supportcli.advice.amounts import fee_words
from supportcli.advice.quote import Quote, QuoteSlice
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.money import Money, exact_money, format_rate
from supportcli.core.plan import Cite, OpenPoint, Plan, ServiceLevel, Source
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.blocks import Block, Column, Heading, Points, Row, Sentence, Table
from supportcli.outputs.comparison import STATUS_WORDS, fee_cells, fee_columns

_LEVELS = {
    "vendor": Message("vendor's own"),
    "reseller": Message("reseller"),
    "secondary": Message("secondary"),
    "derived": Message("derived"),
    "assumed": Message("assumed"),
}


def explanation(advice: Advice, language: Language) -> list[Block]:
    """Where each figure and each judgement comes from."""
    return list(_Explanation(advice, language).blocks())


class _Explanation:
    def __init__(self, advice: Advice, language: Language) -> None:
        self.advice = advice
        self.language = language
        self.say = language.say
        self.text = language.text

    def blocks(self) -> Iterator[Block]:
        if any(entry.needs for entry in self.advice.plans):
            yield self._heading(Message("Every need, every plan"))
            yield self._needs()
        yield self._heading(Message("Every reading, every plan"))
        yield self._readings()
        yield Points(tuple(self._readings_in_words()))
        yield self._heading(Message("How each fee comes about"))
        yield Points(tuple(self._slices()))
        yield self._heading(Message("First-response targets"))
        yield self._targets()
        subject = self.advice.recommended or self.advice.closest
        quote = subject.quotes[self.advice.reading] if subject else None
        if quote is not None:
            yield self._heading(Message("Month by month: {plan}", plan=quote.plan.name))
            yield self._months(quote)
        yield self._heading(Message("Assumptions and open points"))
        yield Points(tuple(map(self._point, self.advice.catalogue.open_points)))
        yield self._heading(Message("Sources"))
        yield Points(tuple(map(self._source, self.advice.catalogue.sources)))
        yield Sentence(self.text(self.advice.catalogue.about))

    def _heading(self, message: Message) -> Heading:
        return Heading(self.say(message))

    def _words(self, *messages: Message) -> tuple[Column, ...]:
        return tuple(Column(self.say(message)) for message in messages)

    def _figures(self, *messages: Message) -> tuple[Column, ...]:
        return tuple(Column(self.say(message), figures=True) for message in messages)

    def _row(self, entry: PlanAdvice, *cells: str) -> Row:
        return Row((self.text(entry.plan.name), *cells), entry is self.advice.recommended)

    def _cite(self, cite: Cite | None) -> str:
        return self.text(str(cite)) if cite else ""

    def _needs(self) -> Table:
        columns = self._words(
            Message("Plan"),
            Message("Status"),
            Message("What the catalogue says"),
            Message("Source"),
        )
        rows = (
            self._row(
                entry,
                self.say(STATUS_WORDS[result.status]),
                self.say(result.why),
                self._cite(result.cite),
            )
            for entry in self.advice.plans
            for result in entry.needs
        )
        return Table(columns, tuple(rows))

    def _readings(self) -> Table:
        columns = (
            *self._words(Message("Plan"), Message("Reading")),
            *fee_columns(self.advice, self.language),
        )
        rows = (
            self._row(
                entry,
                self.text(reading.name),
                *fee_cells(entry, reading.id, self.language),
            )
            for entry in self.advice.plans
            for reading in self.advice.catalogue.readings
        )
        return Table(columns, tuple(rows))

    def _readings_in_words(self) -> Iterator[str]:
        for reading in self.advice.catalogue.readings:
            chosen = self.advice.by_reading[reading.id]
            yield self.say(
                Message(
                    "{reading} ({cite}): {support}. Recommended under it: {plan}.",
                    reading=reading.name,
                    cite=self._cite(reading.cite),
                    support=reading.support,
                    plan=chosen.plan.name if chosen else Message("no single plan"),
                )
            )

    def _slices(self) -> Iterator[str]:
        for entry in self.advice.plans:
            quote = entry.quotes[self.advice.reading]
            if quote is not None:
                yield self.say(
                    Message(
                        "{plan}: {total} = {parts}",
                        plan=entry.plan.name,
                        parts=self._sum(quote),
                        total=Money(quote.monthly.total, entry.plan.currency),
                    )
                )
            elif entry.plan.fees is not None:
                rule = fee_words(entry.plan.fees[self.advice.reading].total, entry.plan.currency)
                yield self.say(Message("{plan}: {rule}", plan=entry.plan.name, rule=rule))
            elif entry.plan.fee_text is not None:
                yield self.say(
                    Message("{plan}: {rule}", plan=entry.plan.name, rule=entry.plan.fee_text)
                )

    def _sum(self, quote: Quote) -> str:
        return " + ".join(self._slice(part, quote.plan) for part in quote.slices)

    def _slice(self, part: QuoteSlice, plan: Plan) -> str:
        """A slice as its base, its rate on the spend that falls into it, or both."""
        piece = part.slice
        if not piece.rate:
            return self.text(Money(part.amount, plan.currency))
        share = exact_money((piece.amount - piece.base) / piece.rate, plan.currency)
        words = Message("{rate} of {share}", rate=format_rate(piece.rate), share=share)
        if piece.base:
            base = exact_money(piece.base, plan.currency)
            words = Message("{base} + {line}", base=base, line=words)
        return self.say(words)

    def _targets(self) -> Table:
        columns = self._words(
            Message("Plan"),
            Message("Severity"),
            Message("Channel"),
            Message("Target"),
            Message("Hours"),
            Message("Source"),
        )
        rows = (
            self._row(entry, *self._target_cells(level))
            for entry in self.advice.plans
            for level in entry.plan.levels
        )
        return Table(columns, tuple(rows))

    def _target_cells(self, level: ServiceLevel) -> tuple[str, ...]:
        catalogue = self.advice.catalogue
        return (
            self.text(catalogue.severity(level.severity).name)
            if level.severity
            else self.say(Message("all")),
            self.text(catalogue.channel(level.channel).name),
            self.say(self._target(level)),
            self.text(level.hours) if level.hours else self.say(Message("not stated")),
            self._cite(level.cite),
        )

    def _target(self, level: ServiceLevel) -> Message:
        words = Message("< {target}", target=level.target)
        if level.limit is not None:
            words = Message("{words} (limited)", words=words)
        return Message("{words} (assumed)", words=words) if level.assumed else words

    def _months(self, quote: Quote) -> Table:
        columns = (
            *self._words(Message("Month")),
            *self._figures(Message("Fee"), Message("prepaid"), Message("postpaid")),
        )

        def row(label: str, *amounts: Decimal) -> Row:
            return Row(
                (label, *(self.text(Money(amount, quote.plan.currency)) for amount in amounts))
            )

        rows = [
            row(str(m.month), m.charge.total, m.charge.prepaid, m.charge.postpaid)
            for m in quote.months
        ]
        year = quote.annual
        total = row(self.say(Message("Year")), year.total, year.prepaid, year.postpaid)
        return Table(columns, (*rows, total))

    def _point(self, point: OpenPoint) -> str:
        return self.say(Message("{text} [{cite}]", text=point.text, cite=self._cite(point.cite)))

    def _source(self, source: Source) -> str:
        date = source.date or Message("undated")
        words = Message(
            "{id}: {title}, {date} ({level})",
            id=source.id,
            title=source.title,
            date=date,
            level=_LEVELS.get(source.level, source.level),
        )
        if source.note is not None:
            words = Message("{words}. {note}", words=words, note=source.note)
        return self.say(words)
