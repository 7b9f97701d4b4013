"""Several accounts as blocks: a plan for each, one for all, and the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from supportcli.advice.amounts import total_words
from supportcli.advice.ask_first import question_words
from supportcli.advice.cautions import cautions, contested_fees
from supportcli.advice.portfolio import DealAnswer, Member, Portfolio
from supportcli.advice.purchases import Share
from supportcli.advice.reasons import why
from supportcli.advice.recommendation import Advice
from supportcli.advice.renewal import renewal
from supportcli.advice.sensitivity import scenarios_at
from supportcli.advice.to_pay import ToPay
from supportcli.advice.today import against_today
from supportcli.core.money import Money, exact_decimal
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.need import Status
from supportcli.outputs.document.amounts import other_readings
from supportcli.outputs.document.billing import (
    both_words,
    cash_blocks,
    ends_words,
    origin_words,
    paid_words,
    renewal_words,
)
from supportcli.outputs.document.deal_answer import deal_answer, deal_telling
from supportcli.outputs.document.deal_basis import end_notes
from supportcli.outputs.document.deal_instead import beside_blocks
from supportcli.outputs.document.deal_sums import deal_paid, deal_sums, said_of_each, said_once
from supportcli.outputs.document.first_amounts import year_title
from supportcli.outputs.document.first_screen import FirstScreen
from supportcli.outputs.document.inquiries import merely_unstated, shown_inquiries
from supportcli.outputs.document.model import Block, Heading, Points, Sentence, Table, Weight
from supportcli.outputs.document.money_table import MoneyCell, MoneyRow, money_table
from supportcli.outputs.document.open_points import implied_words, vendor_words
from supportcli.outputs.document.telling import reading_notes
from supportcli.outputs.document.topic_names import ACCOUNTS, FULL, OF_DEAL
from supportcli.outputs.document.view import View
from supportcli.outputs.document.wording import columns, how_to_buy_line, months_words

_ENDS = (Message("lowest"), Message("middle"), Message("highest"))


def accounts_screen(answer: DealAnswer, language: Language, view: View) -> Iterator[Block]:
    """A row for each account, what they cost together, and what one plan for all would cost."""
    yield from _AccountsScreen(answer, language, view).blocks()


class _AccountsScreen:
    def __init__(self, answer: DealAnswer, language: Language, view: View) -> None:
        self.answer = answer
        self.found = answer.shown
        self.members = answer.shown.members
        self.advice = self.members[0].advice
        self.language = language
        self.say = language.say
        self.view = view
        self.currency = self.advice.catalogue.currency
        self.likely = deal_telling(answer, language, view.named).readings[-1]

    def blocks(self) -> Iterator[Block]:
        notes = (
            *self.view.notes,
            *reading_notes(self.advice, self.view.named, self.view.confirmed_by),
            *(() if self.view.confirmed_by else self._contested()),
        )
        first = deal_answer(self.answer, self.language, self.view.named, notes)
        if self.view.topics:
            yield from self._explained(first)
        else:
            yield first.without_commands() if self.view.keys else first
            if self.view.whole:
                yield from how_to_buy_line([m.advice for m in self.members], self.language)

    def _contested(self) -> tuple[Message, ...]:
        """What sources contradict about the fees of the plans that the accounts take."""
        taken = (m.advice.taken.plan for m in self.members if m.advice.taken)
        return contested_fees(self.advice.catalogue, taken)

    def _details(self, of_year: Iterable[Block]) -> Iterator[Block]:
        """All accounts, and everything else that there is to say of them."""
        yield Heading(self.say(self._title()))
        notes = self._said(end_notes(self.answer))
        if notes:
            yield Sentence(self.language.joined(notes))
        yield from of_year
        yield self._table()
        yield Points(self._said(deal_sums(self.answer, self.likely)))
        yield from deal_paid(self.found, self.language)
        yield Points(self._said(self._reasons()))
        yield from self._ends()
        questions = self._said(self._questions())
        if questions:
            yield Heading(self.say(Message("Ask first")), apart=False)
            yield Points(questions, Weight.CAUTION)
        warnings = self._said(self._cautions())
        if warnings:
            yield Heading(self.say(Message("Take care")), apart=False)
            yield Points(warnings, Weight.CAUTION)
        confirmed = self.view.confirmed_by is not None
        advices = [member.advice for member in self.members]
        rests_on = vendor_words(advices, confirmed, self.language)
        implied = implied_words(advices, self.language)
        closing = (*self._said(self._closing()), *rests_on, *implied)
        yield Sentence(self.language.joined(closing), Weight.QUIET)

    def _said(self, messages: Iterator[Message]) -> tuple[str, ...]:
        return tuple(map(self.say, messages))

    def _title(self) -> Message:
        count = len(self.members)
        title = Message("A plan for each of {count} accounts", count=count)
        if count == 1:
            title = Message("A plan for {account}", account=self.members[0].account.name)
        if self.answer.deal.customer:
            title = Message("{customer}: {title}", customer=self.answer.deal.customer, title=title)
        return title

    def _table(self) -> Table:
        figures = (Message("Monthly spend"), Message("a month"), self._year_title())
        names = columns(self.language, Message("Account"), self._taken())
        spend, month, year = columns(self.language, *figures, figures=True)
        rows = map(self._row, self.members)
        probably = columns(self.language, Message("probably"), figures=True)
        titles = (names[0], spend, names[1], month, year, *(probably if self._likely else ()))
        return money_table(titles, rows, self.currency, self.language, apart=False)

    @cached_property
    def _likely(self) -> Mapping[str, Share | None]:
        """Each account's part under the likelier reading; empty where that changes none of them."""
        shares = self.found.shares_under(self.likely)
        here = [member.share and member.share.to_pay for member in self.members]
        if here == [share and share.to_pay for share in shares]:
            return {}
        return {m.account.name: share for m, share in zip(self.members, shares, strict=True)}

    def _year_title(self) -> Message:
        return year_title([purchase.whole.quote for purchase in self.found.purchases])

    def _taken(self) -> Message:
        return Message("Asked for") if self.found.asked else Message("Recommended")

    def _row(self, member: Member) -> MoneyRow:
        spend, unknown = member.advice.usage.spend_counted, self.say(Message("unknown"))
        share = member.share
        shown: list[MoneyCell] = [self.say(_rule(member) or Message("unknown")), unknown]
        if share is not None:
            shown = [share.to_pay.monthly, share.to_pay.annual]
        told = unknown if spend is None else exact_decimal(spend, self.currency)
        name = self.language.text(member.account.name)
        if self._likely:
            likely = self._likely[member.account.name]
            shown.append(unknown if likely is None else likely.to_pay.annual)
        return MoneyRow((name, told, self.say(_chosen(member)), *shown))

    def _money(self, amount: Decimal) -> Money:
        return Money(amount, self.currency)

    def _reasons(self) -> Iterator[Message]:
        yield from said_of_each(self.found, _of_one)
        today, likely = (against_today(self.found, reading=r) for r in (None, self.likely))
        changes = zip(today.accounts, likely.accounts, strict=True)
        for member, change in zip(self.members, changes, strict=True):
            others = self.found.sharing(member)
            if others:
                yield Message(
                    "{account}: one fee with {others}, their spend counted together; "
                    "its part is by spend. What other plans cost is told for it alone.",
                    account=member.account.name,
                    others=others,
                )
            found = renewal(member.advice)
            if found is not None:
                yield Message(
                    "{account}: compared with {plan} today: {change}",
                    account=member.account.name,
                    plan=found.current.plan.name,
                    change=self._change(*change) if found.ends is None else ends_words(found),
                )
        if today.total is not None:
            yield Message(
                "All accounts compared with today: {change}",
                change=self._change(today.total, likely.total),
            )

    def _change(self, *told: ToPay | None) -> Message:
        """What is paid more a year: at most, and probably."""
        known = [renewal_words(self._money(more.annual)) for more in told if more is not None]
        return both_words(known[0], known[-1]) if known else Message("unknown")

    def _ends(self) -> Iterator[Block]:
        """The sum at each end of a range."""
        if not self.answer.ends:
            return
        yield Heading(self.say(Message("If the spend is another")))
        titles = (Message("Spend"), Message("a month"), self._year_title())
        name, *figures = columns(self.language, *titles[:1]) + columns(
            self.language, *titles[1:], figures=True
        )
        rows = (
            MoneyRow((self.say(label), *self._end(end)))
            for label, end in zip(_ENDS, self.answer.ends, strict=True)
        )
        yield money_table((name, *figures), rows, self.currency, self.language)

    def _end(self, end: Portfolio) -> tuple[MoneyCell, MoneyCell]:
        if end.total is None:
            unknown = self.say(Message("unknown"))
            return unknown, unknown
        return end.total.to_pay.monthly, end.total.to_pay.annual

    def _questions(self) -> Iterator[Message]:
        yield from said_of_each(self.found, _questions_of)

    def _cautions(self) -> Iterator[Message]:
        yield from said_once(self.found, lambda member: cautions(member.advice))

    def _closing(self) -> Iterator[Message]:
        usage, deal = self.advice.usage, self.answer.deal
        start = usage.first_day
        yield Message(
            "{months} from {month}; response times are targets.",
            months=months_words(deal.term.months),
            month=usage.months[0].month if start.day == 1 else start,
        )
        yield from paid_words(self.found.agreed)
        yield from said_once(self.found, _origin_words)
        yield from self.view.notes
        yield from self._readings()

    def _readings(self) -> Iterator[Message]:
        """The reading in use, and what another headline reading would come to."""
        if len(self.advice.catalogue.readings) == 1:
            return
        used = self.advice.catalogue.reading(self.advice.reading)
        if self.view.confirmed_by:
            who = self.view.confirmed_by
            yield Message("{reading}: confirmed by {who}.", reading=used.name, who=who)
            return
        yield Message("Amounts: {reading}.", reading=used.in_brief)
        for reading in self.advice.headline_readings:
            sums = self.found.under(reading.id) if reading.id != used.id else None
            total = self.found.total
            if sums and total and sums.to_pay.annual != total.to_pay.annual:
                words = Message("If {reading}: {annual} a year together.")
                annual = self._money(sums.to_pay.annual)
                yield Message(words.text, reading=reading.in_brief, annual=annual)

    def _explained(self, first: FirstScreen) -> Iterator[Block]:
        """The topics that are asked for, those of one account for each of them."""
        # With most of what there is to say; a first screen needs none of it.
        from supportcli.outputs.document.deal_fees import deal_fees
        from supportcli.outputs.document.explained import (
            above,
            first_year,
            left_out,
            together,
            topic_list,
            topics_of_one,
        )
        from supportcli.outputs.document.pooled import pooled
        from supportcli.outputs.document.topic_subject import Subject

        given = (member.account.span for member in self.answer.portfolio.members)
        subjects = [
            Subject(m.advice, self.language, self._at_its_spends(m.advice, span), m.share)
            for m, span in zip(self.members, given, strict=True)
        ]
        yield above(first, subjects[0])
        yield from topic_list(subjects[0], OF_DEAL)
        if ACCOUNTS in self.view.topics:
            yield from self._details(() if self.found.last_day else first_year(subjects))
        short = FULL not in self.view.topics and len(subjects) > 1
        once = "fees" in self.view.topics and short
        if once:
            yield from deal_fees(self.found, subjects)
        each = [subject.without("fees") if once else subject for subject in subjects]
        pairs = zip(self.members, each, strict=True)
        told = {m.account.name: self._of_each(m, list(topics_of_one(s))) for m, s in pairs}
        if short:
            yield from pooled(told, self.currency, self.language)
        else:
            yield from together(told, self.language)
        if "months" in self.view.topics and self.found.total is not None:
            yield Heading(self.say(Message("What is charged when: all accounts")))
            yield from cash_blocks(
                self.found.total.settlement, self.found.agreed, self.currency, self.language
            )
        yield from left_out(subjects)

    def _at_its_spends(self, advice: Advice, span: tuple[Fraction, ...]) -> View:
        """What is asked to be seen of an account, with the range of its own spend."""
        return self.view._replace(span=span, scenarios=scenarios_at(advice, span))

    def _of_each(self, member: Member, topics: list[Block]) -> list[Block]:
        """The topics of an account, and what all pay where it takes another plan."""
        with_plans = "whatif" in self.view.topics
        beside = beside_blocks(self.found, member, self.language, with_plans) if topics else ()
        return [*beside, *topics]


def _origin_words(member: Member) -> Iterator[Message]:
    origin = member.advice.usage.origin
    yield from origin_words(member.advice, origin) if origin else ()


def _of_one(member: Member) -> Iterator[Message]:
    """Why an account has its plan, what is assumed, what another reading would recommend."""
    entry = member.advice.taken or member.advice.closest
    if entry is not None:
        yield why(member.advice, entry)
    yield from (*_notes(member), *_instead(member))


def _questions_of(member: Member) -> Iterator[Message]:
    for inquiry in shown_inquiries(member.advice):
        yield question_words(inquiry, member.advice)


def _rule(member: Member) -> Message | None:
    """The fee as a rule of the spend; None where that cannot be told."""
    advice, entry = member.advice, member.advice.taken
    if entry is None or entry.plan.fees is None or entry.plan.lacking:
        return None
    return total_words(advice, entry.plan, advice.reading)


def _instead(member: Member) -> Iterator[Message]:
    """What another reading would recommend."""
    advice = member.advice
    if advice.recommended is not None and not advice.closest and not advice.other_asked:
        yield from other_readings(advice)


def _notes(member: Member) -> Iterator[Message]:
    """What is assumed of a need, and the limits within which one is met."""
    entry = member.advice.taken
    for need in entry.needs if entry else ():
        if need.status is not Status.MET or need.limits:
            yield need.why


def _chosen(member: Member) -> Message:
    chosen = member.advice.taken
    if chosen is not None:
        return Message("{plan}", plan=chosen.plan.name)
    if member.advice.fits_none:
        unstated = merely_unstated(member.advice)
        return Message("none known to fit") if unstated else Message("no plan fits")
    return Message("by spend")
