"""The first screen of a deal: a plan for each account, what they cost together, what to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from supportcli.advice.portfolio import DealAnswer, Member, Sums
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.recommendation import PlanAdvice, ReasonCode
from supportcli.advice.renewal import renewal
from supportcli.advice.to_pay import ToPay, to_pay_more
from supportcli.advice.today import against_today
from supportcli.core.money import exact_decimal, exact_money, whole
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.response import ResponseNeed
from supportcli.outputs.document.billing import basis_notes
from supportcli.outputs.document.deal_sums import pooling_caution, without_sum
from supportcli.outputs.document.figures import column_of
from supportcli.outputs.document.first_amounts import amount_lines, gap_words, terms, ways
from supportcli.outputs.document.first_answer import (
    next_commands,
    note_lines,
    small_print,
    spend_basis,
    term_words,
    whose_words,
)
from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    ScreenCell,
    ScreenColumn,
    ScreenRow,
    ScreenTable,
    TextLine,
    VendorQuestion,
)
from supportcli.outputs.document.plan_words import question_words
from supportcli.outputs.document.telling import Telling, in_a_row, told_readings
from supportcli.outputs.document.vendor_questions import asked_first, plan_question
from supportcli.text_width import cell_width, wrapped

_MOST, _LEAST = 9, 3  # accounts in the table
_NAME, _BRIEF_NAME = 24, 16  # cells of an account's name
_CUT = ".."
_COMMANDS = "--explain", "-o json", "-o csv"


class _Line(NamedTuple):
    """An account with what is to be paid a year for its plan, under each reading that is told."""

    member: Member
    years: tuple[Decimal | None, ...]


def deal_answer(
    answer: DealAnswer,
    language: Language,
    named: bool = False,
    notes: Sequence[Message] = (),
) -> FirstScreen:
    """The first screen of several accounts, each with a plan of its own."""
    members = answer.portfolio.members
    readings = [told_readings(member.advice, one=named) for member in members]
    telling = Telling(
        members[0].advice,
        language.in_columns(members[0].advice.catalogue.currency),
        max(readings, key=len),
        ranged=bool(answer.ends),
        named=named,
    )
    return _DealAnswer(telling, answer, notes).screen()


class _DealAnswer:
    def __init__(self, telling: Telling, answer: DealAnswer, notes: Sequence[Message]) -> None:
        self.telling = telling
        self.answer = answer
        self.found = answer.portfolio
        self.members = answer.portfolio.members
        self.notes = notes
        self.say = telling.say
        shares = [self.found.shares_under(reading) for reading in telling.readings]
        self.lines = [
            _Line(member, tuple(share and share.to_pay.annual for share in each))
            for member, each in zip(self.members, zip(*shares, strict=True), strict=True)
        ]

    def screen(self) -> FirstScreen:
        """All of it; where there is no room for nine accounts, those that cost less are summed."""
        tables = [self._table(count) for count in range(_MOST, _LEAST - 1, -1)]
        return FirstScreen(
            self.say(self._headline()),
            whose_words(self.telling),
            tuple(self._answer()),
            tuple(self._basis()),
            tables[0],
            small_print(self.telling, tables[0]),
            next_commands(self.telling, *_COMMANDS),
            tuple(tables[1:]),
        )

    def _headline(self) -> Message:
        """How many accounts take which plan, the dearest plan first."""
        chosen = [m.advice.recommended.plan for m in self.members if m.advice.recommended]
        plans = sorted({plan.id: plan for plan in chosen}.values(), key=lambda plan: -plan.tier)
        counted = tuple(
            Message(
                "{count} {plan}",
                count=sum(other.id == plan.id for other in chosen),
                plan=plan.short_name,
            )
            for plan in plans
        )
        left = len(self.members) - len(chosen)
        if not counted:
            return Message("No plan fits any of {count} accounts", count=left)
        if left:
            return Message("Recommended: {plans}; none for {count}", plans=counted, count=left)
        return Message("Recommended: {plan}", plan=counted)

    # What they cost together

    def _answer(self) -> Iterator[AmountLine | TextLine | Questions]:
        found = [self._sums(reading) for reading in self.telling.readings]
        if all(found):
            yield from amount_lines(self.telling, found)
            quotes = [purchase.whole.quote for purchase in self.found.purchases]
            total = self.found.total
            yield from ways(
                self.telling, quotes, total.settlement.voucher_used if total else NOTHING
            )
            yield from terms(self.telling, quotes)
        else:
            words = tuple(map(self.say, without_sum(self.found)))
            yield TextLine(self.say(Message("costs")), words)
        asked = tuple(self._questions())
        if asked:
            yield Questions(self.say(Message("ask first")), asked, self.telling.gap)

    def _sums(self, reading: str) -> list[ToPay]:
        """Of all accounts; from the lowest to the highest where there is a range."""
        ends = self.answer.ends
        portfolios = [ends[0], ends[-1]] if ends else [self.found]
        sums = [each.under(reading) for each in portfolios]
        known = [each.to_pay for each in sums if each is not None]
        return known if len(known) == len(sums) else []

    def _questions(self) -> Iterator[VendorQuestion]:
        """The question between the readings, then plans by what they would save together."""
        if len(self.telling.readings) > 1:
            used, likely = (self.found.under(reading) for reading in self.telling.readings)
            reading = self.telling.advice.catalogue.reading(self.telling.readings[1])
            worth = (*self._less(used, likely), *self._instead(reading.id))
            said = self.telling.language.joined(map(self.say, worth))
            yield VendorQuestion(self.say(question_words(reading)), said)
        asks: dict[str, list[tuple[Member, PlanAdvice]]] = {}
        for member in self.members:
            for entry in asked_first(member.advice):
                asks.setdefault(entry.plan.id, []).append((member, entry))
        for pairs in asks.values():
            yield plan_question(self.telling, pairs[0][1], self._saved(pairs))

    def _saved(self, pairs: Sequence[tuple[Member, PlanAdvice]]) -> Decimal | None:
        """What a plan would save those accounts for which it would do."""
        saved = [to_pay_more(m.advice, m.advice.recommended, entry) for m, entry in pairs]
        known = [each.annual for each in saved if each is not None]
        return sum(known, NOTHING) if len(known) == len(saved) and not self.answer.ends else None

    def _less(self, used: Sums | None, likely: Sums | None) -> Iterator[Message]:
        if used is None or likely is None or self.answer.ends:
            return
        saved = used.to_pay.annual - likely.to_pay.annual
        if saved > 0:
            yield Message("If so {amount} a year less.", amount=self.telling.short(saved))

    def _instead(self, likely: str) -> Iterator[Message]:
        """The accounts for which the likelier reading recommends another plan."""
        others: dict[str, list[Member]] = {}
        for member in self.members:
            other, chosen = member.advice.by_reading[likely], member.advice.recommended
            if other is not None and chosen is not None and other.plan != chosen.plan:
                others.setdefault(other.plan.id, []).append(member)
        for plan_id, members in others.items():
            name = members[0].advice.catalogue.plan(plan_id).short_name
            names = tuple(member.account.name for member in members)
            yield Message("Then {plan} for {accounts}.", plan=name, accounts=names)

    # The accounts

    def _basis(self) -> Iterator[TextLine | Clauses]:
        yield TextLine(self.say(Message("for")), (self._for(),))
        changes = list(self._changes())
        if changes:
            parts = tuple(map(self.say, changes))
            yield Clauses(
                self.say(Message("today")),
                parts,
                self.telling.semicolon,
                1,
            )
        yield from note_lines(self.telling, tuple(self._notes()))

    def _changes(self) -> Iterator[Message]:
        """Today's plan of each account that has one, and what it pays more or less then."""
        for member, more in zip(self.members, against_today(self.found).accounts, strict=True):
            found, chosen = renewal(member.advice), member.advice.recommended
            if found is None or chosen is None:
                continue
            plan = self.telling.name(found.current)
            words = Message("{plan}: renew it, fee and content stay", plan=plan)
            if chosen.plan != found.current.plan and more is None:
                words = Message("{plan}", plan=plan)
            elif chosen.plan != found.current.plan and more is not None:
                then = gap_words(self.telling, chosen, more.annual)
                words = Message("{first}; {second}", first=plan, second=then)
            yield Message("{account}: {why}", account=member.account.name, why=words)

    def _notes(self) -> Iterator[Message]:
        """What is the same for all accounts is said once."""
        yield from self.notes
        yield from pooling_caution(self.found)
        told = [tuple(basis_notes(member.advice)) for member in self.members]
        if len(set(told)) == 1:
            yield from told[0]
            told = []
        for member, words in zip(self.members, told, strict=False):
            for each in words:
                yield Message("{account}: {why}", account=member.account.name, why=each)
        if self.answer.deal.valid_until is not None:
            yield Message("Valid until {date}.", date=self.answer.deal.valid_until)

    def _for(self) -> str:
        spends = [m.advice.usage.monthly_spend for m in self.members]
        known = [
            spend * m.advice.usage.accounts
            for spend, m in zip(spends, self.members, strict=True)
            if spend is not None
        ]
        total = whole(exact_money(sum(known, Fraction(0)), self.telling.currency))
        words = spend_basis(self.telling, total)
        if len(known) < len(spends):
            words = Message("spend not known of {count}", count=len(spends) - len(known))
        if len(self.members) > 1:
            words = Message("{count} accounts, {words}", count=len(self.members), words=words)
        words = Message("{first}; {second}", first=words, second=term_words(self.telling))
        if self.answer.deal.customer:
            customer = self.answer.deal.customer
            words = Message("{customer}: {title}", customer=customer, title=words)
        return self.say(words)

    def _table(self, most: int) -> ScreenTable:
        """A row for each account, or for the dearest ones; what is left of them; the sum."""
        lines = self.lines
        if len(lines) > most:
            lines = sorted(lines, key=lambda line: line.years[0] or NOTHING, reverse=True)[:most]
        rest = [line for line in self.lines if not any(line is other for other in lines)]
        figures = iter(self._figures(lines, rest))
        rows = [self._row(line, next(figures)) for line in lines]
        if rest:
            more = Message("and {count} more", count=len(rest))
            rows.append(self._summed(more, next(figures)))
        rows.append(self._summed(Message("Sum"), next(figures)))
        return ScreenTable(self._columns(), tuple(rows), tuple(self._below()))

    def _figures(self, lines: Sequence[_Line], rest: Sequence[_Line]) -> list[tuple[str, ...]]:
        """Spend and years of each row: of the accounts, of those that are left, of all."""
        groups = [[line] for line in lines] + ([list(rest)] if rest else []) + [self.lines]
        unknown = self.say(Message("unknown"))
        columns = [column_of([_sum_of(g, _spend) for g in groups], unknown, self.telling.language)]
        for index in range(len(self.telling.readings)):
            years = [_sum_of(group, _year(index)) for group in groups]
            columns.append(column_of(years, unknown, self.telling.language))
        return list(zip(*columns, strict=True))

    def _row(self, line: _Line, figures: tuple[str, ...]) -> ScreenRow:
        advice, entry = line.member.advice, line.member.advice.recommended
        catalogue, needs = advice.catalogue, advice.needs
        asked = tuple(need.in_a_word(catalogue) for need in needs.needs if need.asks)
        response = Message("")
        if entry is not None:
            found = ResponseNeed.brief_cell(catalogue, entry.plan, needs, entry.needs)
            response = found or response
        return ScreenRow(
            (
                ScreenCell(self._name(line.member, _NAME), self._name(line.member, _BRIEF_NAME)),
                ScreenCell(figures[0]),
                ScreenCell(self.say(in_a_row(asked) if asked else Message("none"))),
                ScreenCell(self._plan(line.member), failing=entry is None),
                *map(ScreenCell, figures[1:]),
                ScreenCell(self.telling.language.text(response)),
            )
        )

    def _summed(self, name: Message, figures: tuple[str, ...]) -> ScreenRow:
        blank = ScreenCell("")
        amounts = map(ScreenCell, figures[1:])
        return ScreenRow(
            (ScreenCell(self.say(name)), ScreenCell(figures[0]), blank, blank, *amounts, blank)
        )

    def _name(self, member: Member, most: int) -> str:
        """The account's name; of a long one its beginning and its end."""
        name = self.telling.language.text(member.account.name)
        if cell_width(name) <= most:
            return name
        half = (most - len(_CUT)) // 2
        return f"{wrapped(name, half)[0]}{_CUT}{wrapped(name[::-1], half)[0][::-1]}"

    def _plan(self, member: Member) -> str:
        chosen = member.advice.recommended
        if chosen is not None:
            return self.telling.language.text(chosen.plan.short_name)
        if member.advice.reason is ReasonCode.DEPENDS_ON_SPEND:
            return self.say(Message("by spend"))
        return self.say(Message("none fits"))

    def _below(self) -> Iterator[str]:
        """What one plan for all accounts would cost, where they do not all take it anyway."""
        one, total = self.found.together, self.found.total
        chosen = {m.advice.recommended.plan.id for m in self.members if m.advice.recommended}
        if one is None or total is None or chosen == {one.plan.id}:
            return
        short = self.telling.short
        gap = one.to_pay.annual - total.to_pay.annual
        words = Message("All on {plan}: {amount} a year, {gap} more.")
        if gap < 0:
            words = Message("All on {plan}: {amount} a year, {gap} less.")
        amount, name = short(one.to_pay.annual), one.plan.short_name
        yield self.say(Message(words.text, plan=name, amount=amount, gap=short(abs(gap))))

    def _columns(self) -> tuple[ScreenColumn, ...]:
        say = self.say
        amounts = [Message("at most"), Message("probably")]
        if len(self.telling.readings) == 1:
            amounts = [Message("a year")]
        return (
            ScreenColumn(say(Message("Account"))),
            ScreenColumn(say(Message("spend")), figures=True, asked=True),
            ScreenColumn(say(Message("needs")), asked=False),
            ScreenColumn(say(Message("plan"))),
            *(ScreenColumn(say(words), figures=True) for words in amounts),
            ScreenColumn(say(ResponseNeed.title(self.telling.advice.catalogue)), asked=False),
        )


def _spend(line: _Line) -> Decimal | None:
    """Of all that the line is for."""
    usage = line.member.advice.usage
    if usage.monthly_spend is None:
        return None
    currency = line.member.advice.catalogue.currency
    return exact_decimal(usage.monthly_spend * usage.accounts, currency)


def _year(index: int) -> Callable[[_Line], Decimal | None]:
    """What an account's plan costs a year under the reading of that index."""
    return lambda line: line.years[index]


def _sum_of(lines: Sequence[_Line], of: Callable[[_Line], Decimal | None]) -> Decimal | None:
    """None where one of them is not known."""
    found = [of(line) for line in lines]
    known = [each for each in found if each is not None]
    return sum(known, NOTHING) if len(known) == len(found) else None
