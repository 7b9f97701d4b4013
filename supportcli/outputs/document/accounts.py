"""Several accounts as blocks: a plan for each, one for all, and the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from supportcli.advice.portfolio import Member, Portfolio
from supportcli.advice.reasons import why
from supportcli.core.money import Money, exact_money
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.billing import basis_words
from supportcli.outputs.document.model import Block, Points, Row, Sentence, Table, Weight
from supportcli.outputs.document.wording import columns


def accounts_screen(
    found: Portfolio, language: Language, notes: Iterable[Message] = ()
) -> Iterator[Block]:
    """A row for each account, what they cost together, and what one plan for all would cost."""
    advice = found.members[0].advice
    currency = advice.catalogue.currency
    title = Message("A plan for each of {count} accounts", count=len(found.members))
    yield Sentence(language.say(title), Weight.STRONG)
    figures = (Message("Monthly spend"), Message("a month"), Message("a year"))
    names = columns(language, Message("Account"), Message("Recommended"))
    spend, month, year = columns(language, *figures, figures=True)
    yield Table(
        (names[0], spend, names[1], month, year),
        tuple(_row(member, language) for member in found.members),
        apart=False,
    )
    yield Points(tuple(language.say(words) for words in _sums(found, currency)))
    yield Points(tuple(language.say(words) for words in _reasons(found)))
    reading = advice.catalogue.reading(advice.reading)
    words = [language.say(w) for w in basis_words(advice)][1:]
    words += map(language.say, notes)
    if len(advice.catalogue.readings) > 1:
        words.append(language.say(Message("Amounts: {reading}.", reading=reading.name)))
    words.append(language.say(Message("The actual bill prevails; get the rule in writing first.")))
    yield Sentence(language.joined(words), Weight.QUIET)


def _row(member: Member, language: Language) -> Row:
    advice, quote = member.advice, member.quote
    currency, spend = advice.catalogue.currency, advice.usage.monthly_spend
    unknown = language.say(Message("unknown"))
    amounts = [quote.monthly.total, quote.annual.total] if quote else [None, None]
    shown = (unknown if a is None else language.text(Money(a, currency)) for a in amounts)
    return Row(
        (
            language.text(member.name),
            unknown if spend is None else language.text(exact_money(spend, currency)),
            language.say(_chosen(member)),
            *shown,
        )
    )


def _chosen(member: Member) -> Message:
    chosen = member.advice.recommended
    if chosen is not None:
        return Message("{plan}", plan=chosen.plan.name)
    if member.advice.fits_none:
        return Message("no plan fits")
    return Message("by spend")


def _sums(found: Portfolio, currency: str) -> Iterator[Message]:
    if found.annual is not None:
        yield Message("Together {annual} a year.", annual=Money(found.annual, currency))
    if found.together is None:
        yield Message("No one plan with a known price meets the needs of all accounts.")
        return
    yield Message(
        "One plan for all: {plan}, {annual} a year.",
        plan=found.together.plan.name,
        annual=Money(found.together.annual, currency),
    )
    saved = found.saved
    if saved is not None and saved > 0:
        yield Message("A plan for each saves {saved} a year.", saved=Money(saved, currency))
    elif saved is not None and saved < 0:
        yield Message("One plan for all saves {saved} a year.", saved=Money(-saved, currency))
    elif saved is not None:
        yield Message("Both cost the same.")


def _reasons(found: Portfolio) -> Iterator[Message]:
    for member in found.members:
        entry = member.advice.recommended or member.advice.closest
        if entry is not None:
            words = why(member.advice, entry)
            yield Message("{account}: {why}", account=member.name, why=words)
