"""The topic of fees of a deal: a row for each account, what is the same of several told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.portfolio import Portfolio
from supportcli.advice.recommendation import PlanAdvice
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.comparison import charge_cells, fee_cells, fee_columns, part_titles
from supportcli.outputs.document.deal_sums import deal_paid
from supportcli.outputs.document.explained import first_year
from supportcli.outputs.document.model import Block, Points, Sentence, Table
from supportcli.outputs.document.money_table import MoneyRow
from supportcli.outputs.document.topic_fees import by_reading, made_of, of_what, published
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.wording import columns, term_words
from supportcli.record import NamedTuple


class AccountFee(NamedTuple):
    """An account of a deal, the plan that it takes, and the sum or rule that its fee is."""

    name: str
    subject: Subject
    entry: PlanAdvice
    made: str


def deal_fees(found: Portfolio, subjects: Sequence[Subject]) -> Iterator[Block]:
    """What each account's plan costs, then of each plan how its fees come about, the conditions.

    The subjects are those of the accounts, in their order; accounts without a plan are left out.
    """
    told = tuple(_accounts(found, subjects))
    if not told:
        return
    first, language = told[0].subject, told[0].subject.language
    if any(len(each.subject.view.span) > 1 for each in told):
        words = Message("What follows is told at the upper end of each range.")
        yield Sentence(language.say(words))
    yield from first_year([each.subject for each in told])
    yield first.heading(by_reading(first, Message("What each account costs")))
    yield _costs(told, first)
    yield from deal_paid(found, language)
    by_plan: dict[str, list[AccountFee]] = {}
    for each in told:
        by_plan.setdefault(each.entry.plan.id, []).append(each)
    for those in by_plan.values():
        yield from _sums(those, language)
    yield from _conditions([those[0].entry for those in by_plan.values()], first)


def _accounts(found: Portfolio, subjects: Sequence[Subject]) -> Iterator[AccountFee]:
    """Those that take a plan; one fee for several is the sum of their spends."""
    whole = {place: one.whole.quote for one in found.purchases for place in one.places}
    for place, (member, subject) in enumerate(zip(found.members, subjects, strict=True)):
        entry = member.advice.taken
        if entry is not None:
            made = "" if entry.plan.free else made_of(subject, entry, whole.get(place))
            yield AccountFee(member.account.name, subject, entry, made)


def _costs(told: Sequence[AccountFee], first: Subject) -> Table:
    """A month and a year of each account's plan."""
    language, step = first.language, len(part_titles(first.advice)) + 1
    heads = fee_columns(first.advice, language)[::step]
    titles = columns(language, Message("Account"), Message("Plan"))
    return first.table((*titles, *heads), (_row(each, step) for each in told))


def _row(told: AccountFee, step: int) -> MoneyRow:
    subject, advice, language = told.subject, told.subject.advice, told.subject.language
    cells = fee_cells(advice, told.entry, advice.reading, language)
    if subject.quote is not None:
        cells = charge_cells(subject.quote, advice, language)
    names = language.text(told.name), language.text(told.entry.plan.short_name)
    return MoneyRow((*names, *cells[::step]))


def _sums(those: Sequence[AccountFee], language: Language) -> Iterator[Block]:
    """What was published of a plan, and what the fees of its accounts are made of."""
    subject, entry = those[0].subject, those[0].entry
    yield subject.heading(Message("{name}: {text}", name=of_what(subject), text=entry.plan.name))
    lines: dict[str, tuple[str, ...]] = {}
    for each in those:
        lines[each.made] = (*lines.get(each.made, ()), each.name)
    made = (
        Message("{account}: {why}", account=names, why=text)
        for text, names in lines.items()
        if text
    )
    yield Points((published(subject, entry), *map(language.say, made)))


def _conditions(entries: Sequence[PlanAdvice], first: Subject) -> Iterator[Block]:
    """The conditions, those that several plans share told once."""
    shared: dict[tuple[Message, ...], tuple[Text, ...]] = {}
    for entry in entries:
        terms = tuple(words for _, words in term_words(entry.plan.terms))
        shared[terms] = (*shared.get(terms, ()), entry.plan.name)
    for terms, plans in shared.items():
        if terms:
            yield first.heading(Message("Conditions: {plan}", plan=plans))
            yield first.points(terms)
