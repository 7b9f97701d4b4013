"""The first screen of a deal: a plan for each account, what they cost together, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from supportcli.advice.apart import apart
from supportcli.advice.cautions import what_becomes
from supportcli.advice.portfolio import DealAnswer, Member, Portfolio
from supportcli.advice.to_pay import ToPay
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.asked import counted_plans, deal_against_recommended
from supportcli.outputs.document.content_change import deal_content_lines
from supportcli.outputs.document.deal_basis import closest_lines, deal_notes, deal_today
from supportcli.outputs.document.deal_questions import deal_questions
from supportcli.outputs.document.deal_rows import deal_tables
from supportcli.outputs.document.deal_sums import needs_of_all, pooling_caution, without_sum
from supportcli.outputs.document.first_amounts import (
    amount_lines,
    ends_of,
)
from supportcli.outputs.document.first_answer import none_words, telling_of
from supportcli.outputs.document.first_basis import (
    counted_words,
    next_commands,
    note_lines,
    small_print,
    spend_basis,
    term_words,
    whose_words,
    with_orders,
)
from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    TextLine,
)
from supportcli.outputs.document.first_terms import priced, terms, vouchers
from supportcli.outputs.document.if_sold import deal_sale_lines
from supportcli.outputs.document.inquiries import merely_unstated
from supportcli.outputs.document.telling import Telling, for_customer, told_readings

_COMMANDS = "--explain", "-o chat", "-o csv"


def deal_answer(
    answer: DealAnswer,
    language: Language,
    named: bool = False,
    notes: Sequence[Message] = (),
) -> FirstScreen:
    """The first screen of several accounts, each with a plan of its own."""
    return _DealAnswer(deal_telling(answer, language, named), answer, notes).screen()


def answer_telling(answer: DealAnswer, language: Language, named: bool = False) -> Telling:
    """How one account is told, those alike, or those of a deal."""
    if answer.deal.named:
        return deal_telling(answer, language, named)
    member = answer.portfolio.members[0]
    telling = telling_of(member.advice, language, member.account.span, named)
    return telling._replace(customer=answer.deal.customer)


def deal_telling(answer: DealAnswer, language: Language, named: bool = False) -> Telling:
    """How all accounts are told: by the readings that any of them needs."""
    members = answer.portfolio.members
    one = named or not _apart(answer)
    readings = [told_readings(member.advice, one=one) for member in members]
    return Telling(
        members[0].advice,
        language,
        max(readings, key=len),
        ranged=bool(answer.ends),
        named=named,
        customer=answer.deal.customer,
        uneven=any(member.advice.usage.uneven for member in members),
    )


def _apart(answer: DealAnswer) -> bool:
    """Whether the likeliest reading makes any difference to what is told, at any spend."""
    first = answer.portfolio.members[0].advice
    other = first.catalogue.likeliest_reading
    return any(apart(each, other) for each in (answer.portfolio, *answer.ends))


def deal_sums_under(answer: DealAnswer, reading: str) -> list[ToPay]:
    """Of all accounts; from the lowest to the highest where there is a range; empty if unknown."""
    ends = answer.ends
    portfolios = [ends[0], ends[-1]] if ends else [answer.portfolio]
    sums = [each.under(reading) for each in portfolios]
    known = [each.to_pay for each in sums if each is not None]
    return known if len(known) == len(sums) else []


def none_of_all(members: Sequence[Member]) -> Message:
    """Why no plan is recommended for any account."""
    if len(members) == 1:
        return none_words(members[0].advice)
    if all(member.advice.unpriced_fits for member in members):
        words = Message("No plan with a known price fits any of {count} accounts")
    elif any(merely_unstated(member.advice) for member in members):
        words = Message("No plan is known to fit any of {count} accounts")
    else:
        words = Message("No plan fits any of {count} accounts")
    return Message(words.text, count=len(members))


def deal_for(telling: Telling, answer: DealAnswer) -> str:
    """How many accounts, what they spend together, and the term."""
    members = answer.portfolio.members
    unknown = sum(m.advice.usage.spend_counted is None for m in members)
    of_ends = [answer.ends[0], answer.shown] if answer.ends else [answer.shown]
    spends = [spend for found in of_ends for spend in _spends(found)]
    spent = counted_words(spends or [Fraction(0)], telling.currency)
    ordered = sum((m.advice.usage.ordered for m in members), Fraction(0))
    words = spend_basis(telling.advice.catalogue, with_orders(telling, spent, ordered))
    if unknown and len(members) > 1:
        known = Message("spend not known of {count}", count=unknown)
        words = Message("{count} accounts, {first}", count=len(members), first=known)
    elif unknown:
        words = Message("spend not known")
    elif len(members) > 1:
        words = Message("{count} accounts, {words}", count=len(members), words=words)
    words = Message("{first}; {second}", first=words, second=term_words(telling))
    return telling.say(for_customer(telling, words))


def _spends(found: Portfolio) -> Iterator[Fraction]:
    """What all accounts spend together in a month, or in each where an account has a series."""
    usages = [member.advice.usage for member in found.members]
    length = max((len(usage.series) for usage in usages), default=0) or 1
    known = [
        [spend * usage.accounts for spend in usage.series or (usage.spend_counted,) * length]
        for usage in usages
        if usage.spend_counted is not None
    ]
    yield from (sum(month, Fraction(0)) for month in zip(*known, strict=True))


class _DealAnswer:
    def __init__(self, telling: Telling, answer: DealAnswer, notes: Sequence[Message]) -> None:
        self.telling = telling
        self.answer = answer
        self.found = answer.shown
        self.members = answer.shown.members
        self.notes = notes
        self.say = telling.say

    def screen(self) -> FirstScreen:
        """All of it; where there is no room for nine accounts, those that cost less are summed."""
        first, *smaller = deal_tables(self.telling, self.found)
        return FirstScreen(
            self.say(self._headline()),
            whose_words(self.telling),
            tuple(self._answer()),
            tuple(self._basis()),
            first,
            small_print(self.telling, first),
            next_commands(self.telling, *self._commands()),
            tuple(smaller),
        )

    def _commands(self) -> Iterator[str]:
        """What to type next; a quote where all of it has one known amount."""
        yield from _COMMANDS
        known = all(member.advice.usage.spend_known for member in self.members)
        if known and self.answer.portfolio.total is not None and not self.answer.ends:
            yield "supportcli quote"

    def _headline(self) -> Message:
        """How many accounts take which plan, the dearest plan first."""
        chosen = [m.advice.taken.plan for m in self.members if m.advice.taken]
        counted = counted_plans(chosen)
        if self.found.asked is not None:
            return Message("Asked for: {plan}", plan=counted)
        left = len(self.members) - len(chosen)
        if not counted:
            return none_of_all(self.members)
        if left:
            return Message("Recommended: {plans}; none for {count}", plans=counted, count=left)
        return Message("Recommended: {plan}", plan=counted)

    # What they cost together

    def _answer(self) -> Iterator[AmountLine | TextLine | Clauses | Questions]:
        found = [deal_sums_under(self.answer, reading) for reading in self.telling.readings]
        if all(found):
            quotes = [purchase.whole.quote for purchase in self.found.purchases]
            yield from amount_lines(self.telling, found, ends_of(quotes))
            yield from priced(self.telling, quotes, self.found.agreed.voucher)
            yield from terms(self.telling, found, quotes)
            yield from vouchers(self.telling, found, self.found.agreed.voucher)
        else:
            words = tuple(map(self.say, without_sum(self.found, self.telling)))
            yield TextLine(self.say(Message("costs")), words)
            yield from closest_lines(self.telling, self.found)
            yield from priced(self.telling, ())
        yield from deal_sale_lines(self.telling, self.answer)
        yield from deal_against_recommended(self.telling, self.answer)
        asked = deal_questions(self.telling, self.answer)
        if asked is not None:
            yield asked

    # The accounts

    def _basis(self) -> Iterator[TextLine | Clauses]:
        told = self.telling.semicolon.join((deal_for(self.telling, self.answer), *self._needs()))
        yield TextLine(self.say(Message("for")), (told,))
        yield from deal_today(self.telling, self.answer)
        yield from deal_content_lines(self.telling, self.members)
        yield from note_lines(self.telling, tuple(self._notes()))

    def _needs(self) -> Iterator[str]:
        """What all ask for alike; else the table says it of each."""
        needs = needs_of_all(self.found)
        if needs is not None:
            yield self.say(Message("each account: {needs}", needs=needs))

    def _notes(self) -> Iterator[Message]:
        yield from self.notes
        yield from pooling_caution(self.found)
        becoming = (what_becomes(member.advice) for member in self.found.members)
        yield from dict.fromkeys(chain.from_iterable(becoming))
        yield from deal_notes(self.answer)
