"""The first screen of one account's advice: which plan, how much, for what, what else there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from supportcli.advice.reasons import next_best
from supportcli.advice.recommendation import Advice, ReasonCode
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.inputs.values.names import names_of
from supportcli.inputs.values.texts import normal
from supportcli.language import Language
from supportcli.outputs.document.asked import against_recommended
from supportcli.outputs.document.content_change import content_lines
from supportcli.outputs.document.first_amounts import (
    amounts,
    closest_words,
    range_words,
    today,
    told_figures,
)
from supportcli.outputs.document.first_basis import (
    needs_words,
    next_commands,
    note_lines,
    small_print,
    spend_words,
    whose_words,
)
from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    TextLine,
)
from supportcli.outputs.document.first_terms import priced, terms, vouchers
from supportcli.outputs.document.if_sold import if_sold, sale_lines, told_name
from supportcli.outputs.document.inquiries import merely_unstated
from supportcli.outputs.document.plan_rows import plan_table
from supportcli.outputs.document.plan_words import gets_words
from supportcli.outputs.document.telling import (
    PICKED_SPENDS,
    Telling,
    told_readings,
)
from supportcli.outputs.document.vendor_questions import asked_first, questions
from supportcli.patterns import regex

# What sh and PowerShell pass on as it stands, and what they do within double quotes.
_WORD = regex(r"\w[\w+-]*")
_QUOTABLE = regex(r"[\w(][\w ()+&/.,:'-]*")


def first_answer(
    advice: Advice,
    language: Language,
    span: Sequence[Fraction] = (),
    named: bool = False,
    notes: Sequence[Message] = (),
    customer: str | None = None,
    left_open: Mapping[str, bool] = MappingProxyType({}),
    confirmed: bool = False,
) -> FirstScreen:
    """The first screen of an advice.

    `span` are the spends of a range, the lowest first and the highest last, `named` whether the
    reading in use was asked for, `notes` what is to be known of how the answer came about,
    `customer` for whom it is, `left_open` the needs that were spoken of and left open,
    `confirmed` whether somebody confirmed the reading in use.
    """
    telling = telling_of(advice, language, span, named)
    told = telling._replace(customer=customer, left_open=left_open, confirmed=confirmed)
    return _FirstAnswer(told, notes).screen()


def telling_of(
    advice: Advice, language: Language, span: Sequence[Fraction] = (), named: bool = False
) -> Telling:
    """How an advice is told: by which readings, at which spends, with which questions."""
    return Telling(
        advice,
        language,
        told_readings(advice, one=named),
        asked_first(advice, bool(span)),
        (span[0], span[-1]) if span else () if advice.usage.spend_known else PICKED_SPENDS,
        bool(span),
        named,
        uneven=advice.usage.uneven,
    )


def headline(advice: Advice) -> Message:
    """Which plan it is, or why it is none."""
    if advice.asked is not None:
        return Message("Asked for: {plan}", plan=advice.asked.plan.name)
    if advice.recommended is not None:
        name = told_name(advice, advice.recommended)
        return Message("Recommended: {plan}", plan=if_sold(advice, name))
    return none_words(advice)


def none_words(advice: Advice) -> Message:
    """Why no plan is recommended."""
    if advice.reason is ReasonCode.DEPENDS_ON_SPEND:
        return Message("The plan to take depends on the spend")
    if advice.reason is ReasonCode.ONLY_DOUBTFUL_FITS:
        return Message("No plan that is surely sold fits")
    if merely_unstated(advice):
        return Message("No plan is known to fit")
    if advice.unpriced_fits:
        return Message("No plan with a known price fits all of these needs")
    return Message("No plan fits all of these needs")


def _commands(telling: Telling) -> Iterator[str]:
    """What to type next."""
    advice = telling.advice
    yield "--explain"
    other = None
    if advice.asked is None and advice.recommended is not None:
        other = next_best(advice, advice.recommended)
    if other is not None:
        yield f"--plan {_to_type(telling, other.plan)}"
    taken = advice.taken
    quotable = taken is not None and taken.plan.priced and not telling.spends  # one known spend
    yield from ("-o chat", "supportcli quote" if quotable else "supportcli breakeven")


def _to_type(telling: Telling, plan: Plan) -> str:
    """The plan as a shell passes it on: its name, in quotes if need be, where that is its alone."""
    name = telling.language.text(plan.short_name)
    if names_of(telling.advice.catalogue.plans).get(normal(name)) != plan.id:
        return plan.id
    return name if _WORD.fullmatch(name) else f'"{name}"' if _QUOTABLE.fullmatch(name) else plan.id


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
            self.say(headline(self.advice)),
            whose_words(self.telling),
            tuple(self._answer()),
            tuple(self._basis()),
            table,
            small_print(self.telling, table),
            next_commands(self.telling, *_commands(self.telling)),
        )

    # The answer

    def _answer(self) -> Iterator[AmountLine | TextLine | Clauses | Questions]:
        taken = self.advice.taken
        if taken is not None:
            quotes = self.telling.quotes(taken)
            found = told_figures(self.telling, taken)
            yield from amounts(self.telling, taken)
            yield from priced(self.telling, quotes, self.advice.agreed.voucher)
            yield from terms(self.telling, found, quotes)
            yield from vouchers(self.telling, found, self.advice.agreed.voucher)
            yield from sale_lines(self.telling)
            yield from today(self.telling)
            yield from content_lines(self.telling)
            yield from against_recommended(self.telling)
        elif self.advice.reason is ReasonCode.DEPENDS_ON_SPEND:
            yield TextLine(self.say(Message("cheapest")), tuple(range_words(self.telling)))
        elif self.entry is not None:
            words = tuple(closest_words(self.telling, self.entry))
            yield TextLine(self.say(Message("closest")), words)
            yield from today(self.telling)
            yield from priced(self.telling, ())
        asked = questions(self.telling)
        if asked is not None:
            yield asked

    # What it rests on

    def _basis(self) -> Iterator[TextLine | Clauses]:
        words = spend_words(self.telling), self.say(needs_words(self.telling))
        yield TextLine(self.say(Message("for")), words)
        if self.advice.taken is not None:
            text = self.say(gets_words(self.advice.catalogue, self.advice.taken.plan))
            parts = tuple(text.split(self.telling.semicolon))
            yield Clauses(self.say(Message("gets")), parts, self.telling.semicolon, cut=True)
        yield from note_lines(self.telling, self.notes)
