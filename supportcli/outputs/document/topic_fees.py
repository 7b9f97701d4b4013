"""The topic of fees: what each plan costs here, what was published, what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from supportcli.advice.amounts import fee_words
from supportcli.advice.cautions import contested_fees
from supportcli.advice.quote import Quote, QuoteExtra, QuoteSlice
from supportcli.advice.recommendation import PlanAdvice
from supportcli.core.money import Money, exact_money, format_rate, nearest_money
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.billing import price_lines
from supportcli.outputs.document.catalogues import fee_rule
from supportcli.outputs.document.comparison import fee_cells, fee_columns, part_titles
from supportcli.outputs.document.model import Block, Points, Sentence, Table, Weight
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.wording import cited_words, columns, term_words


def fee_blocks(subject: Subject) -> Iterator[Block]:
    """Every plan's fee, the one spoken of with what was agreed and its conditions."""
    advice, language = subject.advice, subject.language
    yield subject.heading(by_reading(subject, Message("What each plan costs")))
    yield _costs(subject)
    if not subject.in_full:
        yield from _without_amounts(subject)
    if subject.view.confirmed_by is None:
        doubts = contested_fees(advice.catalogue, (entry.plan for entry in subject.plans))
        yield from (Sentence(language.say(words), Weight.CAUTION) for words in doubts)
    if subject.quote is not None and subject.share is None:
        yield from price_lines(advice, subject.quote, language)
    entry = subject.entry
    if entry is None or subject.in_full:
        yield from _each_fee(subject)
    else:
        title = Message("{name}: {text}", name=of_what(subject), text=entry.plan.name)
        yield subject.heading(title)
        yield Points(tuple(_told(subject, entry)))
    terms = tuple(words for _, words in term_words(entry.plan.terms)) if entry else ()
    if entry is not None and terms:
        yield subject.heading(Message("Conditions: {plan}", plan=entry.plan.name))
        yield subject.points(terms)


def _told(subject: Subject, entry: PlanAdvice) -> Iterator[str]:
    """What was published and what is made of it; a rule that the table has stands there alone."""
    made = "" if entry.plan.free else made_of(subject, entry)
    if subject.advice.usage.spend_known or not made:
        yield published(subject, entry)
    if made:
        yield made


def _each_fee(subject: Subject) -> Iterator[Block]:
    """What was published of every plan, and what is made of it."""
    plans, language = subject.advice.plans, subject.language

    def named(words: Callable[[Subject, PlanAdvice], str]) -> tuple[str, ...]:
        told = ((entry.plan.name, words(subject, entry)) for entry in plans)
        each = (Message("{plan}: {rule}", plan=name, rule=rule) for name, rule in told if rule)
        return tuple(map(language.say, each))

    yield subject.heading(Message("Each fee as published"))
    yield Points(named(published))
    made = named(made_of)
    if made:
        yield subject.heading(by_reading(subject, of_what(subject)))
        yield Points(made)


def by_reading(subject: Subject, title: Message) -> Message:
    """A title, and how the fee rule is read in what stands below it."""
    if not subject.several_readings:
        return title
    used = subject.advice.catalogue.reading(subject.advice.reading)
    return Message("{name}: {text}", name=title, text=used.in_brief)


def _in_a_word(subject: Subject, entry: PlanAdvice) -> bool:
    """Whether a word says what a plan costs: another one than that spoken of, free or unpriced."""
    return entry is not subject.entry and (entry.plan.free or entry.plan.fees is None)


def _without_amounts(subject: Subject) -> Iterator[Block]:
    """The plans that the table leaves out: which are free, and which have no known price."""
    rest = [entry.plan for entry in subject.advice.plans if _in_a_word(subject, entry)]
    kinds = {
        Message("free"): tuple(plan.short_name for plan in rest if plan.free),
        Message("unpriced"): tuple(plan.short_name for plan in rest if not plan.free),
    }
    words = (
        Message("{plan}: {why}.", plan=names, why=why) for why, names in kinds.items() if names
    )
    if rest:
        yield Sentence(subject.language.joined(map(subject.language.say, words)))


def _with_amounts(subject: Subject) -> Sequence[PlanAdvice]:
    """Every plan; in short those with amounts, of rules, which take room, the nearest ones."""
    if subject.in_full:
        return subject.advice.plans
    plans = subject.advice.plans if subject.advice.usage.spend_known else subject.plans
    return [entry for entry in plans if not _in_a_word(subject, entry)]


def _costs(subject: Subject) -> Table:
    """A month and a year of each plan; in full with the parts of the month."""
    advice, language = subject.advice, subject.language
    shown = slice(None) if subject.in_full else slice(None, None, len(part_titles(advice)) + 1)
    titles = (*columns(language, Message("Plan")), *fee_columns(advice, language)[shown])
    rows = (
        subject.row(entry, *fee_cells(advice, entry, advice.reading, language)[shown])
        for entry in _with_amounts(subject)
    )
    return subject.table(titles, rows)


def published(subject: Subject, entry: PlanAdvice) -> str:
    """The source's own words, and their place."""
    catalogue, language = subject.advice.catalogue, subject.language
    words = Message("{text}", text=fee_rule(catalogue, entry.plan, language))
    return cited_words(words, entry.plan.cite, catalogue, language)


def of_what(subject: Subject) -> Message:
    """What the sums of slices are of: list prices, of one account."""
    title = Message("How the fee comes about")
    if subject.advice.agreed.change_amounts:
        title = Message("How the fee comes about, before discount and tax")
    if subject.advice.usage.accounts == 1:
        return title
    return Message("{title}, of one account", title=title)


def made_of(subject: Subject, entry: PlanAdvice, quote: Quote | None = None) -> str:
    """What a reading makes of what was published: a sum where the spend is known, else a rule.

    The sum is that of a quote that is given, such as one fee for several accounts.
    """
    reading, plan = subject.advice.reading, entry.plan
    quote = quote or entry.quotes[reading]
    if quote is not None:
        return fee_sum(quote, subject.language)
    if plan.fees is None or plan.lacking:
        return ""
    return subject.language.say(fee_words(plan.fees[reading].total, plan.currency))


def fee_sum(quote: Quote, language: Language) -> str:
    """A fee and the parts that it is the sum of; a slice of nothing is left out beside extras."""
    slices = (
        _slice(part, quote.plan, language)
        for part in quote.slices
        if not quote.extras or part.amount or part.slice.rate
    )
    extras = (language.say(_extra(extra, quote.plan)) for extra in quote.extras)
    total, parts = Money(quote.each.total, quote.plan.currency), " + ".join((*slices, *extras))
    if parts == language.text(total):
        return parts
    return language.say(Message("{total} = {parts}", total=total, parts=parts))


def _extra(part: QuoteExtra, plan: Plan) -> Message:
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
    return Message("{words}, once a year", words=words) if extra.yearly else words


def _slice(part: QuoteSlice, plan: Plan, language: Language) -> str:
    """A slice as its base, its rate on the spend that falls into it, or both."""
    piece = part.slice
    if not piece.rate:
        return language.text(Money(part.amount, plan.currency))
    share = nearest_money((piece.amount - piece.base) / piece.rate, plan.currency)
    words = Message("{rate} of {share}", rate=format_rate(piece.rate), share=share)
    if piece.base:
        base = exact_money(piece.base, plan.currency)
        words = Message("{base} + {line}", base=base, line=words)
    return language.say(words)
