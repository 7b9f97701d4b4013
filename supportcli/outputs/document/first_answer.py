"""The first screen of one account's advice: which plan, how much, for what, what else there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from supportcli.advice.price_terms import NOTHING
from supportcli.advice.reasons import giving_way
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode
from supportcli.core.conditions import Basis
from supportcli.core.money import Money, exact_money, round_up, whole
from supportcli.errors import Message, translatable
from supportcli.language import Language
from supportcli.needs.need import Status
from supportcli.needs.registry import KINDS
from supportcli.outputs.document.billing import settlement_of
from supportcli.outputs.document.first_amounts import amounts, terms, today, ways
from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    ScreenTable,
    TextLine,
)
from supportcli.outputs.document.plan_rows import plan_table
from supportcli.outputs.document.plan_words import gets_words, prices_note
from supportcli.outputs.document.telling import (
    PICKED_SPENDS,
    Telling,
    currency_name,
    in_a_row,
    told_readings,
)
from supportcli.outputs.document.vendor_questions import asked_first, questions
from supportcli.outputs.document.wording import months_words

_NOTES = 2  # lines
_BEFORE = {
    Basis.LIST: translatable("{spend} a month before discounts"),
    Basis.NET: translatable("{spend} a month after discounts"),
    None: translatable("{spend} a month"),
}
_COMMANDS = "--explain", "-o json", "supportcli breakeven"


def first_answer(
    advice: Advice,
    language: Language,
    span: Sequence[Fraction] = (),
    named: bool = False,
    notes: Sequence[Message] = (),
) -> FirstScreen:
    """The first screen of an advice.

    `span` are the spends of a range, the lowest first and the highest last, `named` whether the
    reading in use was asked for, `notes` what is to be known of how the answer came about.
    """
    telling = Telling(
        advice,
        language.in_columns(advice.catalogue.currency),
        told_readings(advice, one=named),
        asked_first(advice, bool(span)),
        (span[0], span[-1]) if span else () if advice.usage.spend_known else PICKED_SPENDS,
        bool(span),
        named,
    )
    return _FirstAnswer(telling, notes).screen()


def whose_words(telling: Telling) -> str:
    """Whose plans they are, and the currency of all amounts."""
    vendor, currency = telling.advice.catalogue.vendor_name, currency_name(telling.currency)
    return telling.say(Message("{vendor}, {currency}", vendor=vendor, currency=currency))


def spend_basis(telling: Telling, spend: object) -> Message:
    """A spend of a month, and whether it is before discounts."""
    basis = telling.advice.catalogue.terms.basis
    return Message(_BEFORE[basis.value if basis else None], spend=spend)


def term_words(telling: Telling) -> Message:
    """How many months from when on."""
    usage = telling.advice.usage
    start = usage.first_day
    month = usage.months[0].month if start.day == 1 else start
    return Message("{months} from {month}", months=months_words(telling.months), month=month)


def note_lines(telling: Telling, notes: Sequence[Message]) -> Iterator[Clauses]:
    """What else is to be known, as far as there is room."""
    if notes:
        parts = tuple(map(telling.say, notes))
        yield Clauses(telling.say(Message("note")), parts, telling.gap, _NOTES)


def small_print(telling: Telling, table: ScreenTable) -> Clauses:
    """Whose copy the prices are, what the times are, and what prevails."""
    entry = telling.entry
    plan = entry.plan if entry else telling.advice.plans[0].plan
    times = Message("Times: targets.")
    if any(cell.text.endswith(" ?") for row in table.rows for cell in row.cells):
        times = Message("Times: targets, ? assumed.")
    prices = Message("{words}.", words=prices_note(telling.advice.catalogue, plan))
    parts = (telling.say(words) for words in (prices, times, Message("Bill prevails.")))
    return Clauses("", tuple(parts), telling.gap)


def next_commands(telling: Telling, *commands: str) -> Clauses:
    """What to type next."""
    return Clauses(telling.say(Message("next")), commands, "   ")


class _FirstAnswer:
    def __init__(self, telling: Telling, notes: Sequence[Message]) -> None:
        self.telling = telling
        self.advice = telling.advice
        self.entry = telling.entry
        self.notes = notes
        self.say = telling.say

    def screen(self) -> FirstScreen:
        """All of it."""
        table = plan_table(self.telling)
        return FirstScreen(
            self.say(self._headline()),
            whose_words(self.telling),
            tuple(self._answer()),
            tuple(self._basis()),
            table,
            small_print(self.telling, table),
            next_commands(self.telling, *_COMMANDS),
        )

    def _headline(self) -> Message:
        if self.advice.recommended is not None:
            return Message("Recommended: {plan}", plan=self.advice.recommended.plan.name)
        if self.advice.reason is ReasonCode.DEPENDS_ON_SPEND:
            return Message("The plan to take depends on the spend")
        if self.advice.reason is ReasonCode.ONLY_DOUBTFUL_FITS:
            return Message("No plan that is surely sold fits")
        if self._merely_unstated():
            return Message("No plan is known to fit")
        return Message("No plan fits all of these needs")

    def _merely_unstated(self) -> bool:
        """Whether of a plan that can be had nothing is known to be missing."""
        return any(
            entry.bar is None
            and entry.plan.priced
            and not entry.doubtful
            and all(result.status is Status.UNKNOWN for result in entry.unmet)
            for entry in self.advice.plans
        )

    # The answer

    def _answer(self) -> Iterator[AmountLine | TextLine | Questions]:
        if self.advice.recommended is not None:
            quote = self.advice.recommended.quotes[self.advice.reading]
            quotes = [] if quote is None else [quote]
            used = settlement_of(self.advice, quote).voucher_used if quote else NOTHING
            yield from amounts(self.telling, self.advice.recommended)
            yield from ways(self.telling, quotes, used)
            yield from terms(self.telling, quotes)
            yield from today(self.telling)
        elif self.advice.reason is ReasonCode.DEPENDS_ON_SPEND:
            yield TextLine(self.say(Message("cheapest")), tuple(self._ranges()))
        elif self.entry is not None:
            yield TextLine(self.say(Message("closest")), tuple(self._closest(self.entry)))
        asked = questions(self.telling)
        if asked is not None:
            yield asked

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
        if self.advice.recommended is not None:
            text = self.say(gets_words(self.advice.catalogue, self.advice.recommended.plan))
            parts = tuple(text.split(self.telling.semicolon))
            yield Clauses(self.say(Message("gets")), parts, self.telling.semicolon)
        yield from note_lines(self.telling, self.notes)

    def _spend(self) -> str:
        level, term = self._level(), term_words(self.telling)
        return self.say(Message("{spend}, {term}", spend=level, term=term))

    def _level(self) -> Message:
        usage, currency = self.advice.usage, self.telling.currency
        if self.telling.ranged:
            low, high = (whole(exact_money(each, currency)) for each in self.telling.spends)
            words = spend_basis(self.telling, Message("{low} to {high}", low=low, high=high))
        elif usage.monthly_spend is None:
            return Message("spend not known")
        else:
            spend = whole(exact_money(usage.monthly_spend, currency))
            words = spend_basis(self.telling, spend)
        if usage.accounts > 1:
            words = Message("{count} accounts, each {words}", count=usage.accounts, words=words)
        return words

    def _needs(self) -> str:
        catalogue, needs = self.advice.catalogue, self.advice.needs
        asked = [words for n in needs.needs if (words := n.in_brief(catalogue, needs)) is not None]
        words = in_a_row(asked) if asked else Message("no needs named")
        left = tuple(kind.title(catalogue) for kind in KINDS if kind.left_open(catalogue, needs))
        if left:
            words = Message("{first}; not asked: {names}", first=words, names=left)
        return self.say(words)
