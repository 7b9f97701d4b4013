"""A quote as blocks: what it is and for whom, what it costs, what one gets, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from supportcli.advice.quotation import Certainty, Quotation, UnderReading, quote_notices
from supportcli.advice.usage import YEAR
from supportcli.core.money import exact_money, format_rate, whole
from supportcli.errors import Message
from supportcli.outputs.document.deal_sums import highest_caution
from supportcli.outputs.document.first_basis import spend_basis
from supportcli.outputs.document.model import (
    Block,
    Figure,
    Figures,
    Heading,
    Pair,
    Pairs,
    Sentence,
    Weight,
)
from supportcli.outputs.document.quotation.amounts import (
    headline_amount,
    headline_title,
    money,
    way_words,
)
from supportcli.outputs.document.quotation.basis import basis_blocks
from supportcli.outputs.document.quotation.changes import change_blocks
from supportcli.outputs.document.quotation.conditions import condition_words, sale_words
from supportcli.outputs.document.quotation.content import content_blocks
from supportcli.outputs.document.quotation.costs import cost_blocks
from supportcli.outputs.document.quotation.next_plans import next_plan_blocks
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.telling import in_a_row
from supportcli.outputs.document.wording import discount_words, months_words


def quote_pages(
    paper: QuotePaper, number: str, headed: bool = False, carries: bool = False
) -> Iterator[Block]:
    """The whole document, what matters most on its first page.

    `headed` where the name of who quotes stands above it already, `carries` where the file has
    the figures and the rules in it, so that it can be verified.
    """
    yield from _letter(paper, number, headed)
    yield from _answer(paper)
    yield from content_blocks(paper)
    yield from cost_blocks(paper)
    yield from change_blocks(paper)
    yield from next_plan_blocks(paper)
    yield from basis_blocks(paper)
    yield from _proof(paper, carries)


def _letter(paper: QuotePaper, number: str, headed: bool) -> Iterator[Block]:
    say, letter = paper.language.say, paper.letter
    vendor = paper.quotation.advice.catalogue.vendor_name
    title = Message("Quote: {vendor} support", vendor=vendor)
    if paper.letter.internal:
        title = Message("Quote: {vendor} support (internal)", vendor=vendor)
    yield Sentence(say(title), Weight.STRONG)
    told: tuple[tuple[Message, object], ...] = (
        (Message("For"), letter.customer),
        (Message("From"), None if headed else letter.company),
        (Message("Quote number"), number),
        (Message("Date"), paper.date),
        (Message("Valid until"), letter.valid_until),
        (Message("Prepared by"), letter.prepared_by),
    )
    yield Pairs(
        tuple(
            Pair(say(label), say(Message("{text}", text=text)))
            for label, text in told
            if text is not None
        )
    )


def _answer(paper: QuotePaper) -> Iterator[Block]:
    """Which plans, what they cost, and why."""
    say = paper.language.say
    yield Heading(say(_plans_words(paper)))
    yield Figures(tuple(_figures(paper)))
    yield Sentence(say(_basis_words(paper)))
    if not paper.letter.internal:
        for words in condition_words(paper):
            yield Sentence(say(words))
        for words in sale_words(paper):
            yield Sentence(say(words), Weight.CAUTION)
    notices = quote_notices(paper.quotation, paper.confirmed_by is not None)
    for words in (*highest_caution(paper.quotation.found), *notices):
        yield Sentence(say(words), Weight.CAUTION)
    for member in paper.quotation.overruled if paper.letter.internal else ():
        chosen, recommended = member.advice.taken, member.advice.recommended
        if chosen is not None and recommended is not None:
            words = Message(
                "{plan} is quoted as asked for; {other} is recommended.",
                plan=chosen.plan.name,
                other=recommended.plan.name,
            )
            yield Sentence(say(_of(member.account.name, words)), Weight.CAUTION)
    if paper.letter.because is not None:
        why = Message("Why this plan: {text}", text=paper.letter.because)
        yield Sentence(say(why))
    if paper.letter.note is not None:
        yield Sentence(say(Message("{text}", text=paper.letter.note)))


def _of(name: str, words: Message) -> Message:
    return Message("{account}: {why}", account=name, why=words) if name else words


def _plans_words(paper: QuotePaper) -> Message:
    """The plan; of several how many accounts take which."""
    quoted = paper.quotation
    if len(quoted.taken) == 1:
        return Message("{plan}", plan=quoted.taken[0].plan.name)
    counts: dict[str, int] = {}
    for member in quoted.found.members:
        if member.advice.taken is not None:
            name = member.advice.taken.plan.id
            counts[name] = counts.get(name, 0) + member.account.alike
    return Message(
        "{text}",
        text=tuple(
            Message("{count} {plan}", count=counts[entry.plan.id], plan=entry.plan.name)
            for entry in quoted.taken
        ),
    )


def _figures(paper: QuotePaper) -> Iterator[Figure]:
    """What is to be paid: a year, or the term where it is no year; below it the way there."""
    language, catalogue = paper.language, paper.quotation.advice.catalogue
    for side in paper.quotation.sides:
        notes = [*_beside_figure(paper, side)]
        if side.role is not Certainty.ONLY:
            reading = catalogue.reading(side.reading).in_brief
            notes.append(Message("{text}", text=reading))
        amount = money(paper, headline_amount(paper, side))
        way = way_words(paper, side)
        told = "" if way is None else language.say(way)
        note = language.say(in_a_row(notes))
        yield Figure(headline_title(paper, side), amount, note, told)


def _beside_figure(paper: QuotePaper, side: UnderReading) -> Iterator[Message]:
    """What is to be paid in a month, and in the first year of more."""
    paid, settled = side.sums.to_pay, side.sums.settlement
    even = len({bill.gross for bill in settled.bills}) == 1
    month = money(paper, paid.monthly)
    if not settled.voucher_used:
        words = Message("{amount} a month") if even else Message("{amount} in the first month")
        yield Message(words.text, amount=month)
    elif even and settled.voucher <= paid.monthly:
        first = money(paper, paid.monthly - settled.voucher)
        words = Message("the first month {amount}, then {month} a month")
        yield Message(words.text, amount=first, month=month)
    else:
        words = Message("{amount} in the first month before the voucher")
        if even:
            words = Message("{amount} a month before the voucher")
        yield Message(words.text, amount=month)
    if paper.quotation.answer.deal.term.months > YEAR:
        year = paid.annual - min(paid.annual, settled.voucher)
        yield Message("the first year {amount}", amount=money(paper, year))


def _basis_words(paper: QuotePaper) -> Message:
    """For what spend and term, and whether an agreed price is in."""
    quoted, currency = paper.quotation, paper.quotation.advice.catalogue.currency
    members, term = quoted.found.members, quoted.answer.deal.term
    start = term.start if term.start.day > 1 else quoted.advice.usage.months[0].month
    period = Message("{months} from {month}", months=months_words(term.months), month=start)
    known = [(m.advice.usage.spend_counted, m.account.alike) for m in members]
    spend = sum((each * count for each, count in known if each is not None), Fraction(0))
    ordered = sum((m.advice.usage.ordered * m.account.alike for m in members), Fraction(0))
    told: object = whole(exact_money(spend, currency))
    if ordered:
        part = whole(exact_money(ordered, currency))
        told = Message("{spend} ({part} ordered)", spend=told, part=part)
    words = spend_basis(quoted.advice.catalogue, told)
    accounts = sum(count for _, count in known)
    if accounts > 1:
        words = Message("{count} accounts, {spend} together", count=accounts, spend=words)
    changing = [Message("the spend of the first month; it changes")] if _changes(quoted) else []
    return Message("{words}.", words=in_a_row([words, *changing, period, *_agreed_words(quoted)]))


def _changes(quoted: Quotation) -> bool:
    """Whether the spend of any account differs between whole months."""
    usages = (member.advice.usage.months for member in quoted.found.members)
    return any(len({m.spend for m in months if m.share == 1}) > 1 for months in usages)


def _agreed_words(quoted: Quotation) -> Iterator[Message]:
    agreed = quoted.found.agreed
    if agreed.discount is not None:
        yield discount_words(agreed.discount.rate, agreed.discount.prepaid)
    if agreed.tax is not None:
        rate = format_rate(agreed.tax.rate)
        included = Message("{rate} tax included", rate=rate)
        yield included if agreed.tax.included else Message("with {rate} tax", rate=rate)


def _proof(paper: QuotePaper, carries: bool) -> Iterator[Block]:
    """Which catalogue the figures follow, and how anybody computes them again."""
    say, catalogue = paper.language.say, paper.quotation.advice.catalogue
    yield Heading(say(Message("How to check this quote")))
    yield Pairs(
        (
            Pair(say(Message("Catalogue")), paper.language.text(catalogue.name)),
            *_checked(paper),
            Pair(say(Message("Rules as of")), paper.language.date(paper.as_of)),
            Pair("SHA-256", catalogue.sha256),
        )
    )
    words = Message(
        "The figures are computed again from the HTML, Markdown, XLSX or JSON file of this quote, "
        "with: supportcli verify FILE"
    )
    if carries:
        words = Message(
            "The figures are computed again, from the rule that this file carries and from the "
            "catalogue of the day, with: supportcli verify FILE"
        )
    yield Sentence(say(words))
    ours = Message("Made with supportcli, which is not affiliated with any vendor.")
    yield Sentence(say(ours), Weight.QUIET)
    if paper.letter.footer is not None:
        yield Sentence(paper.letter.footer, Weight.QUIET)


def _checked(paper: QuotePaper) -> Iterator[Pair]:
    """When the catalogue's sources were last looked at."""
    day = paper.quotation.advice.catalogue.checked
    if day is not None:
        yield Pair(paper.language.say(Message("Catalogue checked")), paper.language.date(day))
