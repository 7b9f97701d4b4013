"""The lines of a first screen about what was agreed: discount and tax, the term, a voucher."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from supportcli.advice.billing import Bill, settle, year_bills
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.quote import Quote
from supportcli.advice.to_pay import ToPay
from supportcli.core.money import Off, format_rate
from supportcli.errors import Message
from supportcli.outputs.document.billing import first_day_due, paid_words
from supportcli.outputs.document.first_amounts import a_year, ends_of, span_words
from supportcli.outputs.document.first_screen import Clauses, TextLine
from supportcli.outputs.document.telling import Telling, in_a_row
from supportcli.outputs.document.wording import months_words

Told = Sequence[Sequence[ToPay]]
"""What is to be paid, under each reading that is told: once, or at both ends of a range."""


def priced(
    telling: Telling, quotes: Sequence[Quote], voucher: Decimal = NOTHING
) -> Iterator[TextLine]:
    """From the list price to what is to be paid.

    Where no plan is taken, or it is free, what all amounts are after.
    """
    found = [*ways(telling, quotes, voucher)]
    if not found:
        words = [*map(telling.say, paid_words(telling.advice.agreed._replace(bought_for=1)))]
        found = [TextLine(telling.say(Message("to pay")), tuple(words))] if words else []
    yield from found


def ways(
    telling: Telling, quotes: Sequence[Quote], voucher: Decimal = NOTHING
) -> Iterator[TextLine]:
    """From the list price to what is to be paid, where a discount or tax was agreed.

    Of the year, or of a term that is shorter; nothing where there is nothing to pay. It is due, but
    not to pay, where a voucher pays a part of it.
    """
    agreed = telling.advice.agreed
    short = any(len(quote.months) < len(quote.year) for quote in quotes)
    bills = [*_bills(telling, quotes, short)] if agreed.discount or agreed.tax else []
    if any(bill.fee for bill in bills):
        words = in_a_row([*_way(telling, bills, short, ends_of(quotes))])
        if telling.ranged:
            words = Message("at the upper end: {way}", way=words)
        label = Message("due") if voucher else Message("to pay")
        yield TextLine(telling.say(label), (telling.say(words),))


def _bills(telling: Telling, quotes: Sequence[Quote], short: bool) -> Iterator[Bill]:
    """Those of the year, or of a term that is shorter."""
    agreed, first_day = telling.advice.agreed, telling.advice.usage.first_day
    for quote in quotes:
        yield from settle(quote, agreed, first_day).bills if short else year_bills(quote, agreed)


def _way(
    telling: Telling, bills: Sequence[Bill], short: bool, ends: datetime.date | None
) -> Iterator[Message]:
    agreed = telling.advice.agreed

    def total(amounts: Iterator[Decimal]) -> str:
        return telling.short(sum(amounts, NOTHING))

    listed = total(bill.fee for bill in bills)
    if short:
        months = months_words(telling.months)
        yield Message("list {amount} for {months}", amount=listed, months=months)
    else:
        words = Message("list {amount} a year")
        if ends:
            words = Message("list {amount} until {date}")
        elif telling.uneven:
            words = Message("list {amount} the first year")
        yield Message(words.text, amount=listed, date=ends)
    if agreed.discount is not None:
        words = Message("{off} -{amount}")
        if not agreed.discount.prepaid:
            words = Message("{off} postpaid -{amount}")
        less = total(bill.discount for bill in bills)
        yield Message(words.text, off=Off(agreed.discount.rate), amount=less)
    if agreed.tax is not None:
        words = Message("{rate} tax +{amount}")
        if agreed.tax.included:
            words = Message("{rate} tax of {amount} included")
        tax = total(bill.tax for bill in bills)
        yield Message(words.text, rate=format_rate(agreed.tax.rate), amount=tax)


def terms(telling: Telling, found: Told, quotes: Sequence[Quote]) -> Iterator[Clauses]:
    """What a term of more than a year costs, or of what there is of it; what is paid at once."""
    words = [*_term(telling, found, quotes), *_at_once(telling, quotes)]
    if words:
        yield _clauses(telling, Message("term"), words)


def _term(telling: Telling, found: Told, quotes: Sequence[Quote]) -> Iterator[Message]:
    if telling.in_part or not quotes or all(quote.months == quote.year for quote in quotes):
        return
    months = months_words(telling.months)
    costs = [span_words(telling, [each.term for each in line]) for line in found]
    words = Message("{amount} for {months}", amount=costs[0], months=months)
    last = quotes[0].plan.validity.valid_to
    if last is not None and last < telling.advice.usage.last_day:
        words = a_year(costs[0], last)
    yield words
    yield from _likely(costs)


def _at_once(telling: Telling, quotes: Sequence[Quote]) -> Iterator[Message]:
    """What is due on the first day, where several months are bought at once."""
    due = [first_day_due(telling.advice, quote) for quote in quotes]
    amounts = [amount for amount in due if amount is not None]
    if amounts:
        amount = telling.short(sum(amounts, NOTHING))
        yield Message("{amount} due on the first day", amount=amount)


def _likely(amounts: Sequence[str]) -> Iterator[Message]:
    """What is probably so, where that is another amount than the one at most."""
    if len(set(amounts)) > 1:
        yield Message("probably {amount}", amount=amounts[-1])


def _clauses(telling: Telling, label: Message, words: Sequence[Message]) -> Clauses:
    between = telling.say(Message("{first}, {second}", first="", second=""))
    return Clauses(telling.say(label), tuple(map(telling.say, words)), between, 1)


def vouchers(telling: Telling, found: Told, voucher: Decimal) -> Iterator[Clauses]:
    """What a voucher pays of the term, what is to be paid then, and what is left of it."""
    if voucher == NOTHING or not all(found):
        return
    used = [min(each.term, voucher) for each in found[0]]
    left = after_voucher(telling, found, voucher)
    words = []
    if any(used):
        paid = Message("{amount} to pay in the term", amount=left[0])
        words = [Message("-{amount}: {text}", amount=span_words(telling, used), text=paid)]
    words += voucher_left(telling, found, voucher)
    yield _clauses(telling, Message("voucher"), [*words, *_likely(left)])


def after_voucher(telling: Telling, found: Told, voucher: Decimal) -> list[str]:
    """What is to be paid in the term after a voucher, under each reading."""
    return [
        span_words(telling, [each.term - min(each.term, voucher) for each in line])
        for line in found
    ]


def voucher_left(telling: Telling, found: Told, voucher: Decimal) -> Iterator[Message]:
    """What the term leaves of a voucher, at most."""
    unused = [voucher - min(each.term, voucher) for each in found[0]]
    if any(unused):
        yield Message("{amount} left", amount=span_words(telling, unused))
