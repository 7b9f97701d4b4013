"""What `--explain` adds: every need, every reading, every slice, every month, every source."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.amounts import fee_words
from supportcli.advice.billing import Bill, Settlement
from supportcli.advice.purchases import Share
from supportcli.advice.quote import Quote, QuoteExtra, QuoteSlice
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.renewal import renewal
from supportcli.core.money import Money, exact_money, format_rate, nearest_money
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.billing import cash_blocks, content_table, settlement_of
from supportcli.outputs.document.breakeven import break_even_blocks
from supportcli.outputs.document.comparison import (
    STATUS_WORDS,
    fee_cells,
    fee_columns,
    money_cell,
    part_titles,
)
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Row,
    Sentence,
    Table,
    TableColumn,
)
from supportcli.outputs.document.whatif import alternatives
from supportcli.outputs.document.wording import (
    cite_words,
    point_words,
    source_words,
    targets,
    term_words,
)


def explanation(advice: Advice, language: Language, share: Share | None = None) -> list[Block]:
    """Where each figure and each judgement comes from; `share` is a part of one fee for several."""
    return list(_Explanation(advice, language, share).blocks())


class _Explanation:
    def __init__(self, advice: Advice, language: Language, share: Share | None = None) -> None:
        self.advice = advice
        self.share = share
        self.language = language
        self.say = language.say
        self.text = language.text

    def blocks(self) -> Iterator[Block]:
        if any(entry.needs for entry in self.advice.plans):
            yield self._heading(Message("Every need, every plan"))
            yield self._needs()
        yield from alternatives(self.advice, self.language)
        yield self._heading(Message("From which spend which plan is the cheapest"))
        yield from break_even_blocks(self.advice, self.language)
        yield self._heading(Message("Every reading, every plan"))
        yield self._readings()
        if len(self.advice.catalogue.readings) > 1:
            yield Points(tuple(self._readings_in_words()))
        yield self._heading(self._about_fees())
        yield Points(tuple(self._slices()))
        plans = tuple(entry.plan for entry in self.advice.plans)
        marked = self.advice.taken.plan if self.advice.taken else None
        table = targets(self.advice.catalogue, plans, marked, self.language)
        if table.rows:
            yield self._heading(Message("First-response targets"))
            yield table
        subject = self.advice.taken or self.advice.closest
        yield from self._paid(subject)
        found = renewal(self.advice)
        if found is not None and found.change.content:
            name = found.current.plan.name
            yield self._heading(Message("Compared with {plan} today", plan=name))
            yield content_table(found, self.language)
        terms = tuple(words for _, words in term_words(subject.plan.terms)) if subject else ()
        if subject is not None and terms:
            yield self._heading(Message("Conditions: {plan}", plan=subject.plan.name))
            yield Points(tuple(map(self.say, terms)))
        points = self.advice.catalogue.open_points
        if points:
            yield self._heading(Message("Assumptions and open points"))
            yield Points(
                tuple(point_words(point, self.advice.catalogue, self.language) for point in points)
            )
        sources = self.advice.catalogue.sources
        if sources:
            yield self._heading(Message("Sources"))
            yield Points(
                tuple(
                    source_words(self.advice.catalogue, source, self.language) for source in sources
                )
            )
        about = self.advice.catalogue.about
        if about is not None:
            yield Sentence(self.text(about))

    def _about_fees(self) -> Message:
        """What the sums of slices are of: list prices, of one account."""
        title = Message("How each fee comes about")
        if self.advice.agreed.change_amounts:
            title = Message("How each fee comes about, before discount and tax")
        if self.advice.usage.accounts == 1:
            return title
        return Message("{title}, of one account", title=title)

    def _paid(self, subject: PlanAdvice | None) -> Iterator[Block]:
        """What is to be paid month by month, and on which day."""
        quote = subject.quotes[self.advice.reading] if subject else None
        if self.share is not None:
            quote = self.share.quote
        if quote is None:
            return
        settled = self.share.settlement if self.share else settlement_of(self.advice, quote)
        yield self._heading(Message("Month by month: {plan}", plan=quote.plan.name))
        yield self._months(quote, settled)
        yield self._heading(Message("What is charged when: {plan}", plan=quote.plan.name))
        yield from cash_blocks(settled, self.advice.agreed, quote.plan.currency, self.language)

    def _heading(self, message: Message) -> Heading:
        return Heading(self.say(message))

    def _words(self, *messages: Message) -> tuple[TableColumn, ...]:
        return tuple(TableColumn(self.say(message)) for message in messages)

    def _figures(self, *messages: Message) -> tuple[TableColumn, ...]:
        return tuple(TableColumn(self.say(message), figures=True) for message in messages)

    def _row(self, entry: PlanAdvice, *cells: str) -> Row:
        return Row((self.text(entry.plan.name), *cells), entry is self.advice.taken)

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
                cite_words(result.cite, self.advice.catalogue),
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
                *fee_cells(self.advice, entry, reading.id, self.language),
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
                    cite=cite_words(reading.cite, self.advice.catalogue),
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
                        total=Money(quote.each.total, entry.plan.currency),
                    )
                )
            elif entry.plan.fees is not None and not entry.plan.lacking:
                rule = fee_words(entry.plan.fees[self.advice.reading].total, entry.plan.currency)
                yield self.say(Message("{plan}: {rule}", plan=entry.plan.name, rule=rule))
            elif entry.plan.fee_text is not None:
                yield self.say(
                    Message("{plan}: {rule}", plan=entry.plan.name, rule=entry.plan.fee_text)
                )

    def _sum(self, quote: Quote) -> str:
        slices = (
            self._slice(part, quote.plan) for part in quote.slices if self._shown(quote, part)
        )
        return " + ".join((*slices, *(self._extra(extra, quote.plan) for extra in quote.extras)))

    def _shown(self, quote: Quote, part: QuoteSlice) -> bool:
        """A slice of nothing is left out beside extras."""
        return not quote.extras or bool(part.amount or part.slice.rate)

    def _extra(self, part: QuoteExtra, plan: Plan) -> str:
        """An extra with its quantity: $2,500.00 for 25 seats."""
        extra, amount = part.counted.extra, Money(part.amount, plan.currency)
        words = Message("{amount} ({name})", amount=amount, name=extra.name)
        if extra.quantity is not None:
            words = Message(
                "{amount} ({name}: {number})",
                amount=amount,
                name=extra.name,
                number=part.counted.number,
            )
        if extra.yearly:
            words = Message("{words}, once a year", words=words)
        return self.say(words)

    def _slice(self, part: QuoteSlice, plan: Plan) -> str:
        """A slice as its base, its rate on the spend that falls into it, or both."""
        piece = part.slice
        if not piece.rate:
            return self.text(Money(part.amount, plan.currency))
        share = nearest_money((piece.amount - piece.base) / piece.rate, plan.currency)
        words = Message("{rate} of {share}", rate=format_rate(piece.rate), share=share)
        if piece.base:
            base = exact_money(piece.base, plan.currency)
            words = Message("{base} + {line}", base=base, line=words)
        return self.say(words)

    def _months(self, quote: Quote, settled: Settlement) -> Table:
        parts = part_titles(self.advice)
        columns = (
            *self._words(Message("Month")),
            *self._figures(Message("Spend"), Message("Fee"), *parts),
        )
        currency = quote.plan.currency

        def row(label: str, spend: Fraction | None, *amounts: Decimal | None) -> Row:
            shown = "" if spend is None else self.text(exact_money(spend, currency))
            fees = (money_cell(amount, currency, self.language) for amount in amounts)
            return Row((label, shown, *fees))

        def cells(*bills: Bill) -> tuple[Decimal | None, ...]:
            firsts = [bill.first for bill in bills if bill.first is not None]
            known = len(firsts) == len(bills)
            gross = sum((bill.gross for bill in bills), Decimal(0))
            first = sum(firsts, Decimal(0)) if known else None
            rest = sum((bill.rest for bill in bills), Decimal(0)) if known else None
            return (gross, first, rest) if parts else (gross,)

        rows = [
            row(str(month.month), month.spend, *cells(bill))
            for month, bill in zip(quote.months, settled.bills, strict=True)
        ]
        last = row(self.say(Message("Term")), None, *cells(*settled.bills))
        return Table(columns, (*rows, last))
