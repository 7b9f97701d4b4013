"""What the accounts of a deal cost together, and why that cannot be told where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from supportcli.advice.cautions import pooled_words
from supportcli.advice.portfolio import DealAnswer, Member, Portfolio
from supportcli.advice.price_terms import AS_PUBLISHED
from supportcli.advice.to_pay import ToPay
from supportcli.core.conditions import Clause
from supportcli.core.money import Money
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.billing import both_words, paid_blocks
from supportcli.outputs.document.first_basis import asked_of
from supportcli.outputs.document.inquiries import merely_unstated
from supportcli.outputs.document.model import Block
from supportcli.outputs.document.telling import Telling
from supportcli.outputs.document.wording import months_words

_NAMED = 3  # accounts in a sentence


def deal_sums(answer: DealAnswer, likely: str) -> Iterator[Message]:
    """The sum of the plans for each, and one plan for all beside; at the upper end of a range.

    One plan for all is told under that likely reading too.
    """
    found = answer.shown
    if found.total is None:
        yield from without_sum(found)
    elif found.last_day:
        paid = found.total.to_pay
        total = Money(paid.term, paid.currency)
        yield Message("Together {total} until {date}.", total=total, date=found.last_day)
    else:
        paid = found.total.to_pay
        yield Message("Together {annual} a year.", annual=Money(paid.annual, paid.currency))
        months = answer.deal.term.months
        if months != 12:  # noqa: PLR2004 - a year is said already
            term = Money(paid.term, paid.currency)
            yield Message("The term of {months}: {total}.", months=months_words(months), total=term)
    if len(found.members) > 1:
        yield from () if found.last_day else _one_for_all(found, likely)
        yield from pooling_caution(found)


def deal_paid(found: Portfolio, language: Language) -> Iterator[Block]:
    """From the published fees to what is to be paid for all accounts."""
    total, agreed = found.total, found.agreed
    if total is not None and agreed != AS_PUBLISHED:
        currency = found.members[0].advice.catalogue.currency
        yield from paid_blocks(agreed, total.month, total.settlement, currency, language)


def said_once(found: Portfolio, told: Callable[[Member], Iterable[Message]]) -> Iterator[Message]:
    """What is told of the accounts: what holds for all of them once, the rest with their names."""
    for words, names in _whose(found, told).items():
        shared = len(names) == len(found.members)
        yield words if shared else Message("{account}: {why}", account=names, why=words)


def said_of_each(
    found: Portfolio, told: Callable[[Member], Iterable[Message]]
) -> Iterator[Message]:
    """What holds for each of the accounts by itself, those of which the same holds together."""
    for words, names in _whose(found, told).items():
        if len(names) == 1:
            yield Message("{account}: {why}", account=names, why=words)
        elif len(names) == len(found.members):
            yield Message("Each account: {why}", why=words)
        else:
            yield Message("Each of {account}: {why}", account=names, why=words)


def _whose(
    found: Portfolio, told: Callable[[Member], Iterable[Message]]
) -> Mapping[Message, tuple[str, ...]]:
    """Whose each message is, those of all accounts first."""
    whose: dict[Message, tuple[str, ...]] = {}
    for member in found.members:
        for words in dict.fromkeys(told(member)):
            whose[words] = (*whose.get(words, ()), member.account.name)
    return dict(sorted(whose.items(), key=lambda pair: len(pair[1]) < len(found.members)))


def needs_in_words(member: Member) -> tuple[Message, ...]:
    """What an account needs, with the sign of what its plan is only assumed to have."""
    advice, entry = member.advice, member.advice.taken
    results = entry.needs if entry else ()
    assumed = {result.need for result in results if result.rests_on_assumption}
    words = {n.key: n.in_a_word(advice.catalogue) for n in advice.needs.needs if n.asks}
    return tuple(
        Message("{target} ?", target=word) if key in assumed else word
        for key, word in words.items()
    )


def needs_of_all(found: Portfolio) -> Message | None:
    """What each account asks for, where all ask for the same; None where they do not."""
    told = {asked_of(member.advice) for member in found.members}
    return told.pop() if len(told) == 1 < len(found.members) else None


def pooling_caution(found: Portfolio) -> Iterator[Message]:
    """That accounts that share a plan may pay less, or that all must have the same one."""
    if not found.all_tried and found.asked is None:
        yield Message("Of so many accounts, other ways to share plans may cost less.")
    taken = (members[0].advice.taken for members in found.pooled)
    yield from filter(None, (pooled_words(entry.plan) for entry in taken if entry))
    yield from highest_caution(found)


def divided_otherwise(found: Portfolio) -> tuple[Message, ...]:
    """How the vendor divides one fee among accounts, where that is not by spend as here."""
    clauses = filter(None, map(shares_of, found.pooled))
    told = (Message("Shared by spend here; {shares}.", shares=one.text) for one in clauses)
    return tuple(dict.fromkeys(told))


def shares_of(members: Sequence[Member]) -> Clause[None] | None:
    """What the plan's source says of that, of accounts with one fee."""
    taken = members[0].advice.taken
    return taken and taken.plan.terms.shares


def highest_caution(found: Portfolio) -> Iterator[Message]:
    """That all accounts must have the same plan, where they are counted with several."""
    if found.highest is not None:
        yield Message(
            "In one enterprise all accounts have the highest plan, {plan}; "
            "here each is counted with its own.",
            plan=found.highest.name,
        )


def without_sum(found: Portfolio, telling: Telling | None = None) -> Iterator[Message]:
    """Why the sum cannot be told, and what the accounts cost that are known: a year, or as told."""
    lacking = [m for m in found.members if m.advice.fits_none and not m.advice.asked]
    if lacking:
        words = Message("There is no sum of all: no plan fits {accounts}.")
        if any(merely_unstated(member.advice) for member in lacking):
            words = Message("There is no sum of all: no plan is known to fit {accounts}.")
        names = some_names(tuple(member.account.name for member in lacking))
        yield Message(words.text, accounts=names)
    if found.asked is not None and not found.asked.priced:
        yield Message("The price of {plan} is not known to us.", plan=found.asked.name)
        return
    blind = found.blind
    if blind:
        yield Message(
            "There is no sum of all without the spend of {accounts}.", accounts=some_names(blind)
        )
    known = found.known
    if known is not None:
        cost: object = Money(known.annual, known.currency)
        when = Message("a year")
        if telling is not None:
            cost, when = telling.short(telling.cost(known)), telling.when
        words = Message("{amount} {when}", amount=cost, when=when)
        if len(found.members[0].advice.headline_readings) > 1:
            words = Message("at most {words}", words=words)
        yield Message("The others: {words}.", words=words)


def some_names(names: tuple[str, ...]) -> tuple[str, ...] | Message:
    """Names of accounts; of many how many they are."""
    return Message("{count} accounts", count=len(names)) if len(names) > _NAMED else names


def _one_for_all(found: Portfolio, likely: str) -> Iterator[Message]:
    one, then = found.together, found.together_under(likely)
    if one is None and found.one_fits:
        yield Message("What one plan for all costs cannot be told without the spend of each.")
    elif one is None:
        yield Message("No one plan with a known price meets the needs of all accounts.")
    if one is None or then is None:
        return
    annual = Money(one.to_pay.annual, one.to_pay.currency)
    words = Message("One plan for all: {plan}, {annual} a year.", plan=one.plan.name, annual=annual)
    if then.to_pay.annual != annual.amount:
        probably = Money(then.to_pay.annual, annual.currency)
        words = Message("{words} Probably: {amount} a year.", words=words, amount=probably)
    yield words
    saved, likely_saved = found.to_pay_saved, found.to_pay_saved_under(likely)
    if saved is not None and likely_saved is not None:
        yield both_words(_saved_words(saved), _saved_words(likely_saved))


def _saved_words(saved: ToPay) -> Message:
    gap = Money(abs(saved.annual), saved.currency)
    if saved.annual > 0:
        return Message("A plan for each saves {saved} a year.", saved=gap)
    if saved.annual < 0:
        return Message("One plan for all saves {saved} a year.", saved=gap)
    return Message("Both cost the same.")
