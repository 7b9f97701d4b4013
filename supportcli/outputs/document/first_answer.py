"""The first screen of one account's advice: which plan, how much, for what, what else there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from supportcli.advice.amounts import fee_words
from supportcli.advice.billing import NO_DEAL, settle
from supportcli.advice.quote import Quote
from supportcli.advice.reasons import giving_way
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode
from supportcli.advice.renewal import Renewal, renewal
from supportcli.core.conditions import Basis
from supportcli.core.money import Money, exact_money, format_rate, round_up, whole
from supportcli.errors import Message, translatable
from supportcli.language import Language
from supportcli.needs.need import Status
from supportcli.needs.registry import KINDS
from supportcli.outputs.document.figures import NOTHING_PAID, aligned
from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    TextLine,
)
from supportcli.outputs.document.plan_rows import plan_table
from supportcli.outputs.document.plan_words import gets_words, prices_note
from supportcli.outputs.document.telling import (
    SPENDS,
    Telling,
    currency_name,
    in_a_row,
    told_readings,
)
from supportcli.outputs.document.vendor_questions import asked_first, questions

_YEAR = 12
_NOTES = 2  # lines
_FOR = {
    Basis.LIST: translatable("{spend} a month before discounts"),
    Basis.NET: translatable("{spend} a month after discounts"),
    None: translatable("{spend} a month"),
}


def first_answer(
    advice: Advice,
    language: Language,
    span: Sequence[Fraction] = (),
    confirmed_by: str | None = None,
    named: bool = False,
    notes: Sequence[Message] = (),
) -> FirstScreen:
    """The first screen of an advice.

    `span` are the spends of a range, the lowest first and the highest last, `named` whether the
    reading in use was asked for, `notes` what is to be known of how the answer came about.
    """
    spends = (span[0], span[-1]) if span else () if advice.usage.spend_known else SPENDS
    telling = Telling(
        advice,
        language,
        told_readings(advice, one=named),
        asked_first(advice),
        spends,
    )
    return _FirstAnswer(telling, bool(span), confirmed_by, named, notes).screen()


class _FirstAnswer:
    def __init__(
        self,
        telling: Telling,
        ranged: bool,
        confirmed_by: str | None,
        named: bool,
        notes: Sequence[Message],
    ) -> None:
        self.telling = telling
        self.advice = telling.advice
        self.entry = telling.entry
        self.ranged = ranged
        self.confirmed_by = confirmed_by
        self.named = named
        self.notes = notes
        self.say = telling.say

    def screen(self) -> FirstScreen:
        """All of it."""
        vendor = Message(
            "{vendor}, {currency}",
            vendor=self.advice.catalogue.vendor_name,
            currency=currency_name(self.telling.currency),
        )
        return FirstScreen(
            self.say(self._headline()),
            self.say(vendor),
            tuple(self._answer()),
            tuple(self._basis()),
            plan_table(self.telling),
            self._small_print(),
            Clauses(self.say(Message("next")), tuple(self._commands()), "   "),
        )

    def _headline(self) -> Message:
        if self.advice.recommended is not None:
            return Message("Recommended: {plan}", plan=self.advice.recommended.plan.name)
        if self.advice.reason is ReasonCode.DEPENDS_ON_SPEND:
            return Message("The plan to take depends on the spend")
        if self._merely_unstated():
            return Message("No plan is known to fit")
        return Message("No plan fits all of these needs")

    def _merely_unstated(self) -> bool:
        """Whether of a plan that can be had nothing is known to be missing."""
        return any(
            entry.bar is None
            and entry.plan.priced
            and entry.plan.availability is None
            and all(result.status is Status.UNKNOWN for result in entry.unmet)
            for entry in self.advice.plans
        )

    # The answer

    def _answer(self) -> Iterator[AmountLine | TextLine | Questions]:
        if self.advice.recommended is not None:
            yield from self._amounts(self.advice.recommended)
            yield from self._to_pay(self.advice.recommended)
            yield from self._term(self.advice.recommended)
            yield from self._today()
        elif self.advice.reason is ReasonCode.DEPENDS_ON_SPEND:
            yield TextLine(self.say(Message("cheapest")), tuple(self._ranges()))
        elif self.entry is not None:
            yield TextLine(self.say(Message("closest")), tuple(self._closest(self.entry)))
        asked = questions(self.telling)
        if asked is not None:
            yield asked

    def _labels(self) -> list[str]:
        if len(self.telling.readings) == 1:
            return [self.say(Message("costs"))]
        return [self.say(words) for words in (Message("at most"), Message("probably"))]

    def _amounts(self, entry: PlanAdvice) -> Iterator[AmountLine | TextLine]:
        labels, readings = self._labels(), self.telling.readings
        pairs = [self._figures(entry, reading) for reading in readings]
        if not all(pairs):
            for label, reading in zip(labels, readings, strict=True):
                fee = (entry.plan.fees or {})[reading].total
                words = Message("{rule} a month", rule=fee_words(fee, entry.plan.currency))
                yield TextLine(label, (self.say(words),))
            return
        months, years = (aligned(texts) for texts in zip(*pairs, strict=True))
        for label, reading, month, year in zip(labels, readings, months, years, strict=True):
            yield AmountLine(
                label,
                self.say(Message("{amount} a month", amount=month)),
                self.say(Message("{amount} a year", amount=year)),
                self._reason(reading),
            )

    def _figures(self, entry: PlanAdvice, reading: str) -> tuple[str, ...]:
        """A month and a year; from the lowest to the highest where there is a range."""
        if self.ranged:
            found = [self.telling.figure_at(entry, reading, s) for s in self.telling.spends]
        else:
            found = [self.telling.figure(entry, reading)]
        known = [each for each in found if each is not None]
        if len(known) < len(found):
            return ()
        short = self.telling.short
        months = dict.fromkeys(short(each.monthly) for each in known)
        years = dict.fromkeys(short(each.annual) for each in known)
        return "..".join(months), "..".join(years)

    def _reason(self, reading: str) -> str:
        if len(self.telling.readings) == 1 and not self.named:
            return ""
        found = self.advice.catalogue.reading(reading)
        if self.confirmed_by:
            words = Message("{reading}, confirmed", reading=found.in_brief)
        elif self.named:
            words = Message("{reading}, not confirmed", reading=found.in_brief)
        else:
            words = Message("{text}", text=found.in_brief)
        return self.say(words)

    def _to_pay(self, entry: PlanAdvice) -> Iterator[TextLine]:
        """The way from the list price, where a discount, a tax or a voucher was agreed."""
        quote = entry.quotes[self.advice.reading]
        if self.advice.deal != NO_DEAL and quote is not None:
            words = self.telling.listed(_way(self.telling, quote))
            yield TextLine(self.say(Message("to pay")), (words,))

    def _term(self, entry: PlanAdvice) -> Iterator[TextLine]:
        """What the term costs, where it is no year."""
        quote = entry.quotes[self.advice.reading]
        if quote is None or quote.months == quote.year:
            return
        deal = self.advice.deal._replace(voucher=NOTHING_PAID)
        bills = settle(quote, deal, self.advice.usage.first_day).bills
        total = self.telling.short(sum((bill.gross for bill in bills), NOTHING_PAID))
        yield TextLine(self.say(Message("term")), (self.say(_months_cost(self.advice, total)),))

    def _today(self) -> Iterator[TextLine]:
        found = renewal(self.advice)
        if found is not None:
            yield TextLine(self.say(Message("today")), (self.say(self._change(found)),))

    def _change(self, found: Renewal) -> Message:
        """Today's plan with its price, and what the recommended one costs more or less."""
        plan, chosen = self.telling.name(found.current), self.advice.recommended
        if chosen is not None and chosen.plan == found.current.plan:
            return Message("{plan}: renew it, fee and content stay", plan=plan)
        figures = [
            each and self.telling.figure(each, self.advice.reading)
            for each in (found.current, chosen)
        ]
        if figures[0] is None or figures[1] is None or chosen is None:
            return Message("{plan}", plan=plan)
        now, then = figures[0].annual, figures[1].annual
        before = Message("{plan}, {amount} a year", plan=plan, amount=self.telling.short(now))
        gap, name = self.telling.short(abs(then - now)), self.telling.name(chosen)
        after = Message("{plan} costs the same", plan=name)
        if then > now:
            after = Message("{plan} is {amount} more", plan=name, amount=gap)
        elif then < now:
            after = Message("{plan} is {amount} less", plan=name, amount=gap)
        return Message("{first}; {second}", first=before, second=after)

    def _ranges(self) -> Iterator[str]:
        currency = self.telling.currency
        for part in self.advice.ranges:
            start = whole(Money(round_up(part.start, currency), currency))
            names = tuple(plan.short_name for plan in part.plans)
            words = Message("{plans} from {spend} a month on", plans=names, spend=start)
            yield self.say(words)

    def _closest(self, entry: PlanAdvice) -> Iterator[str]:
        say = self.say
        steps = in_a_row([*giving_way(self.advice, entry)])
        yield say(Message("{plan}: {text}", plan=self.telling.name(entry), text=steps))
        figures = [self.telling.figure(entry, reading) for reading in self.telling.readings]
        amounts = [self.telling.short(each.annual) for each in figures if each is not None]
        if len(amounts) > 1:
            words = Message(
                "{most} a year at most, probably {likely}", most=amounts[0], likely=amounts[1]
            )
            yield say(words)
        elif amounts:
            yield say(Message("{amount} a year", amount=amounts[0]))

    # What it rests on

    def _basis(self) -> Iterator[TextLine | Clauses]:
        yield TextLine(self.say(Message("for")), (self._spend(), self._needs()))
        semicolon = self.say(Message("{first}; {second}", first="", second=""))
        if self.advice.recommended is not None:
            text = self.say(gets_words(self.advice.catalogue, self.advice.recommended.plan))
            parts = tuple(text.split(semicolon))
            yield Clauses(self.say(Message("gets")), parts, semicolon)
        if self.notes:
            notes = tuple(map(self.say, self.notes))
            yield Clauses(self.say(Message("note")), notes, self._gap(), _NOTES)

    def _spend(self) -> str:
        return self.say(Message("{spend}, {term}", spend=self._level(), term=self._months()))

    def _level(self) -> Message:
        usage, currency = self.advice.usage, self.telling.currency
        if self.ranged:
            low, high = (whole(exact_money(each, currency)) for each in self.telling.spends)
            spend: object = Message("{low} to {high}", low=low, high=high)
        elif usage.monthly_spend is None:
            return Message("spend not known")
        else:
            spend = whole(exact_money(usage.monthly_spend, currency))
        basis = self.advice.catalogue.terms.basis
        words = Message(_FOR[basis.value if basis else None], spend=spend)
        if usage.accounts > 1:
            words = Message("{count} accounts, each {words}", count=usage.accounts, words=words)
        return words

    def _months(self) -> Message:
        usage = self.advice.usage
        start = usage.first_day
        return Message(
            "{count} months from {month}",
            count=usage.origin.term.months if usage.origin else len(usage.months),
            month=str(usage.months[0].month if start.day == 1 else start),
        )

    def _needs(self) -> str:
        catalogue, needs = self.advice.catalogue, self.advice.needs
        asked = [words for n in needs.needs if (words := n.in_brief(catalogue, needs)) is not None]
        words = in_a_row(asked) if asked else Message("no needs named")
        left = tuple(kind.title(catalogue) for kind in KINDS if kind.left_open(catalogue, needs))
        if left:
            words = Message("{first}; not asked: {names}", first=words, names=left)
        return self.say(words)

    # The small print

    def _small_print(self) -> Clauses:
        plan = self.entry.plan if self.entry else self.advice.plans[0].plan
        times = Message("Times: targets.")
        if self._assumes():
            times = Message("Times: targets, ? assumed.")
        prices = Message("{words}.", words=prices_note(self.advice.catalogue, plan))
        parts = (self.say(words) for words in (prices, times, Message("Bill prevails.")))
        return Clauses("", tuple(parts), self._gap())

    def _gap(self) -> str:
        """What the language leaves between two sentences."""
        return self.say(Message("{first} {second}", first="", second=""))

    def _assumes(self) -> bool:
        table = plan_table(self.telling)
        return any(cell.text.endswith(" ?") for row in table.rows for cell in row.cells)

    def _commands(self) -> Iterator[str]:
        yield "--explain"
        yield "-o json"
        yield "supportcli breakeven"


def _months_cost(advice: Advice, total: str) -> Message:
    months = advice.usage.origin.term.months if advice.usage.origin else len(advice.usage.months)
    return Message("{amount} for {count} months", amount=total, count=months)


def _way(telling: Telling, quote: Quote) -> Iterator[Message]:
    """List price, discount, tax of the year; what a voucher pays of the term."""
    deal = telling.advice.deal
    bills = settle(
        quote._replace(months=quote.year),
        deal._replace(voucher=NOTHING_PAID),
        telling.advice.usage.first_day,
    ).bills

    def total(amounts: Iterator[Decimal]) -> str:
        return telling.short(sum(amounts, NOTHING_PAID))

    yield Message("list {amount} a year", amount=total(bill.fee for bill in bills))
    if deal.discount is not None:
        words = Message("{rate} off -{amount}")
        if not deal.discount.prepaid:
            words = Message("{rate} off postpaid -{amount}")
        off = total(bill.discount for bill in bills)
        yield Message(words.text, rate=format_rate(deal.discount.rate), amount=off)
    if deal.tax is not None:
        words = Message("{rate} tax +{amount}")
        if deal.tax.included:
            words = Message("of it {rate} tax {amount}")
        tax = total(bill.tax for bill in bills)
        yield Message(words.text, rate=format_rate(deal.tax.rate), amount=tax)
    if deal.voucher:
        left = settle(quote, deal, telling.advice.usage.first_day).voucher_left
        used = telling.short(deal.voucher - left)
        yield Message("voucher -{amount} in the term", amount=used)
