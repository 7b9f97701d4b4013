"""The contract as blocks: what spend it rests on, what is paid when, what changes from today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from supportcli.advice.billing import Bill, Settlement, month_bill, settle
from supportcli.advice.cautions import pooled_words
from supportcli.advice.price_terms import AS_PUBLISHED, PriceTerms
from supportcli.advice.quote import Quote, is_pooled, takes_highest
from supportcli.advice.recommendation import Advice
from supportcli.advice.renewal import Renewal
from supportcli.advice.usage import Origin
from supportcli.core.conditions import Basis, Spreading
from supportcli.core.money import Money, exact_money, format_rate
from supportcli.core.plan import MONTHS, Plan
from supportcli.errors import Message, translatable
from supportcli.language import Language
from supportcli.outputs.document.first_basis import counted_words
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Row,
    Sentence,
    Table,
    Weight,
)
from supportcli.outputs.document.money_table import MoneyRow, money_table
from supportcli.outputs.document.telling import sentence_case
from supportcli.outputs.document.wording import clause_words, columns, discount_words, months_words

_BASIS = {
    Basis.LIST: translatable("{spend} a month before discounts"),
    Basis.NET: translatable("{spend} a month after discounts"),
    None: translatable("{spend} a month"),
}
_Cell = TypeVar("_Cell")
_SPREAD = {
    Spreading.BY_MONTH: Message("evenly by month"),
    Spreading.BY_DAY: Message("by day"),
}


def basis_words(advice: Advice, quoted: bool = False) -> Iterator[Message]:
    """What spend, months, orders and accounts the figures rest on; list prices too if `quoted`."""
    usage, currency = advice.usage, advice.catalogue.currency
    first, spend = usage.months[0], usage.spend_counted
    if spend is None:
        yield Message("Without a spend; response times are targets, not promises.")
        if usage.accounts > 1:
            words = Message("{count} accounts; spend is of each, fees are of all of them.")
            yield Message(words.text, count=usage.accounts)
        return
    origin = usage.origin
    basis = advice.catalogue.terms.basis
    start = usage.first_day
    months = origin.term.months if origin else len(usage.months)
    yield Message(
        "Spend {spend}, {months} from {month}; response times are targets.",
        spend=Message(
            _BASIS[basis.value if basis else None],
            spend=counted_words(usage.series or (spend,), currency, cents=True),
        ),
        months=months_words(months),
        month=first.month if start.day == 1 else start,
    )
    yield from paid_words(advice.agreed, quoted)
    yield from basis_notes(advice)


def basis_notes(advice: Advice, ranged: bool = False) -> Iterator[Message]:
    """What else than a level spend of one account the figures rest on; of a range it has none."""
    usage, currency, origin = advice.usage, advice.catalogue.currency, advice.usage.origin
    level = origin.spends.level if origin else usage.months[0].spend
    if origin is not None:
        yield from origin_words(advice, origin)
    if usage.accounts > 1 and level is not None:
        count = Message("{count} accounts; amounts are for all of them.", count=usage.accounts)
        yield (
            count
            if ranged
            else Message(
                "{count} accounts, {spend} each, {sum} in all; amounts are for all of them.",
                count=usage.accounts,
                spend=exact_money(level, currency),
                sum=exact_money(level * usage.accounts, currency),
            )
        )
        chosen = advice.taken or advice.closest
        if chosen is not None:
            yield from _several_accounts(chosen.plan)


def _several_accounts(plan: Plan) -> Iterator[Message]:
    """Whether accounts have one fee or one each, with what the source says of it or against it."""
    if is_pooled(plan):
        yield pooled_words(plan) or Message("The vendor adds up their spend: it is one fee.")
    elif takes_highest(plan):
        yield Message("A fee each is assumed; all have the highest plan.")
    elif plan.terms.scope is None:
        yield Message("That each account has a fee of its own is assumed.")


def paid_words(agreed: PriceTerms, listed: bool = False) -> Iterator[Message]:
    """What the amounts are after; where list prices are `listed`, these are not."""
    taxed = agreed.tax is not None and not agreed.tax.included
    if agreed.discount is not None and taxed:
        words = Message("All amounts are after the discount and with tax.")
        if listed:
            words = Message("All amounts but list prices are after the discount and with tax.")
        yield words
    elif agreed.discount is not None:
        words = Message("All amounts are after the discount.")
        yield Message("All amounts but list prices are after the discount.") if listed else words
    elif taxed:
        words = Message("All amounts are with tax.")
        yield Message("All amounts but list prices are with tax.") if listed else words
    if agreed.bought_for > 1:
        yield Message(
            "What is prepaid of the first {count} months is paid at once on the first day.",
            count=agreed.bought_for,
        )


def origin_words(advice: Advice, origin: Origin) -> Iterator[Message]:
    """How the spend grows, what of it is ordered or estimated, how a month in part is charged."""
    if origin.estimated:
        yield Message("The spend is estimated from what is paid.")
    growth = origin.spends.growth
    if growth is not None:
        rate = format_rate(abs(growth.rate))
        falls = growth.rate < 0
        if growth.every == 1:
            words = (
                Message("It falls by {rate} a month.")
                if falls
                else Message("It grows by {rate} a month.")
            )
        else:
            words = (
                Message("It falls by {rate} a year.")
                if falls
                else Message("It grows by {rate} a year.")
            )
        yield Message(words.text, rate=rate)
    if 0 < len(origin.spends.series) < MONTHS:
        yield Message(
            "The spend of each month is as you gave it; a year goes on with that of the last one."
        )
    elif origin.spends.series:
        yield Message("The spend of each month is as you gave it.")
    orders = [order for order in origin.orders if order.counts_in(origin.term)]
    if orders:
        counted = (order.counted(origin.billing) for order in orders)
        total = exact_money(sum(counted, Fraction(0)), advice.catalogue.currency)
        rule = _SPREAD[origin.billing.spreading]
        if origin.billing.assumed:
            rule = Message("{words} (assumed)", words=rule)
        words = Message("The spend includes orders of {sum} as paid, spread {rule}.")
        if origin.billing.listed:
            words = Message("The spend includes orders of {sum} at list price, spread {rule}.")
        yield Message(words.text, sum=total, rule=rule)
    chosen = advice.taken or advice.closest
    if chosen is not None and any(month.share < 1 for month in advice.usage.months):
        clause = chosen.plan.terms.proration
        rule = (
            clause_words(clause._replace(text=None))
            if clause
            else Message("the fee by days, which is assumed")
        )
        yield Message("Part months: {rule}.", rule=rule)


def settlement_of(advice: Advice, quote: Quote) -> Settlement:
    """The bills and payments of a quote under what was agreed."""
    return settle(quote, advice.agreed, advice.usage.first_day)


def first_day_due(advice: Advice, quote: Quote) -> Decimal | None:
    """What is due on the first day of months bought at once; None where none are, or unknown."""
    payments = settlement_of(advice, quote).payments if advice.agreed.bought_for > 1 else ()
    return payments[0].due if payments else None


def _bought_words(advice: Advice, quote: Quote) -> Message:
    """What there is of the term to be had, where the plan ends within it."""
    total = Money(advice.agreed.gross_term(quote), quote.plan.currency)
    return Message(
        "The plan ends on {date}; all of it until then: {total}.",
        date=quote.plan.validity.valid_to,
        total=total,
    )


def price_lines(advice: Advice, quote: Quote, language: Language) -> Iterator[Block]:
    """The term's total where it is no year, one account's month, and what was agreed."""
    currency = quote.plan.currency
    term = advice.usage.origin.term if advice.usage.origin else None
    if quote.plan.validity.ends_before(advice.usage.last_day):
        yield Sentence(language.say(_bought_words(advice, quote)))
    elif term is not None and term.months != 12:  # noqa: PLR2004 - a year is said already
        words = Message(
            "The term of {months}: {total}.",
            months=months_words(term.months),
            total=Money(advice.agreed.gross_term(quote), currency),
        )
        yield Sentence(language.say(words))
    if advice.usage.accounts > 1 and not is_pooled(quote.plan):
        gross = month_bill(quote, advice.agreed).gross
        each = Money(gross / quote.invoices, currency)
        yield Sentence(language.say(Message("One account: {each} a month.", each=each)))
    if advice.agreed != AS_PUBLISHED:
        settled = settlement_of(advice, quote)
        month = month_bill(quote, advice.agreed)
        yield from paid_blocks(advice.agreed, month, settled, currency, language)
        due = first_day_due(advice, quote)
        if due is not None:
            words = Message(
                "{amount} is due on the first day, {date}: what is prepaid of {months}.",
                amount=Money(due, currency),
                date=advice.usage.first_day,
                months=months_words(advice.agreed.bought_for),
            )
            yield Sentence(language.say(words))
        if (
            advice.agreed.discount is not None
            and not advice.agreed.discount.prepaid
            and quote.monthly.prepaid is None
        ):
            words = Message(
                "Which part is prepaid is not recorded here; the discount is of the whole fee."
            )
            yield Sentence(language.say(words), Weight.CAUTION)


def paid_blocks(
    agreed: PriceTerms, month: Bill, settled: Settlement, currency: str, language: Language
) -> Iterator[Block]:
    """From the published fee to what is to be paid, of a whole month and of the term.

    Nothing where there is nothing to pay; what is left of a voucher in any case.
    """
    if any(bill.fee for bill in settled.bills):
        yield _paid_table(agreed, month, settled, currency, language)
    if settled.voucher_left:
        left = Money(settled.voucher_left, currency)
        yield Sentence(language.say(Message("{left} of the voucher is left.", left=left)))


def _paid_table(
    agreed: PriceTerms, month: Bill, settled: Settlement, currency: str, language: Language
) -> Table:
    rows = []
    for label, amount in _lines(agreed):
        cells = amount(month), sum(map(amount, settled.bills), Decimal(0))
        rows.append(MoneyRow((language.say(label), *cells)))
    if agreed.voucher:
        for label, total in (
            (Message("voucher"), -settled.voucher_used),
            (Message("to pay"), settled.to_pay),
        ):
            rows.append(MoneyRow((language.say(label), "", total)))
    titles = (Message("a month"), Message("the term"))
    heads = (
        *columns(language, Message("What is paid")),
        *columns(language, *titles, figures=True),
    )
    return money_table(heads, rows, currency, language, apart=False)


def _lines(agreed: PriceTerms) -> Iterator[tuple[Message, Callable[[Bill], Decimal]]]:
    yield Message("fee"), lambda bill: bill.fee
    if agreed.discount is not None:
        label = discount_words(agreed.discount.rate, agreed.discount.prepaid)
        yield label, lambda bill: -bill.discount
        yield Message("after discount"), lambda bill: bill.net
    if agreed.tax is not None:
        rate = format_rate(agreed.tax.rate)
        if agreed.tax.included:
            yield Message("without tax"), lambda bill: bill.net - bill.tax
            yield Message("including tax at {rate}", rate=rate), lambda bill: bill.tax
        else:
            yield Message("tax at {rate}", rate=rate), lambda bill: bill.tax
            yield Message("with tax"), lambda bill: bill.gross


def both_words(most: Message, likely: Message) -> Message:
    """A sentence on what is paid at most, and on what probably, where they are not the same."""
    return (
        most if most == likely else Message("{most} Probably: {likely}", most=most, likely=likely)
    )


def renewal_words(extra: Money) -> Message:
    """What the change from today's plan costs a year."""
    gap = Money(abs(extra.amount), extra.currency)
    if extra.amount > 0:
        return Message("{gap} more a year.", gap=gap)
    return Message("{gap} less a year.", gap=gap) if extra.amount else Message("The same fee.")


def ends_words(found: Renewal) -> Message:
    """That there is no year of today's plan to compare with, and which plan follows it."""
    if found.successor is None:
        return Message(
            "It ends on {date}, within the term; a year of it cannot be had.", date=found.ends
        )
    return Message(
        "It ends on {date}, within the term; a year of it cannot be had. Its successor is {plan}.",
        date=found.ends,
        plan=found.successor.name,
    )


def renewal_blocks(found: Renewal, likely: Renewal, language: Language) -> Iterator[Block]:
    """What the change from today's plan costs, also under the likely reading, gains and loses."""
    name = found.current.plan.name
    yield Heading(language.say(Message("Compared with {plan} today", plan=name)), apart=False)
    extras = [each.change.extra for each in (found, likely) if each.change.extra is not None]
    points = (
        [language.say(both_words(*map(renewal_words, (extras[0], extras[-1]))))] if extras else []
    )
    points += [] if found.ends is None else [language.say(ends_words(found))]
    points += [language.say(Message("You gain: {text}", text=text)) for text in found.change.gains]
    points += [language.say(Message("You lose: {text}", text=text)) for text in found.change.losses]
    points += [language.say(limit) for limit in found.change.limits]
    points += [sentence_case(language.say(words)) for words in found.change.open]
    if not (found.change.gains or found.change.worse or found.change.open or found.change.content):
        points.append(language.say(Message("The content does not differ in our source.")))
    yield Points(tuple(points))


def content_table(found: Renewal, language: Language) -> Table:
    """The rows of the service table that differ, today's beside the recommended plan's."""
    titles = (Message("Service"), Message("today"), Message("then"))
    not_described = Message("not described")
    rows = tuple(
        Row(
            (
                language.text(change.name),
                language.text(change.before or not_described),
                language.text(change.after or not_described),
            )
        )
        for change in found.change.content
    )
    return Table(columns(language, *titles), rows)


def alike(
    rows: Iterable[tuple[str, tuple[_Cell, ...]]],
) -> Iterator[tuple[list[str], tuple[_Cell, ...]]]:
    """Names and cells of rows; those with the same cells, one after the other, become one."""
    for cells, same in groupby(rows, key=itemgetter(1)):
        yield [name for name, _ in same], cells


def span_words(names: Sequence[str], language: Language) -> str:
    """A month or a day, or the first and the last of several alike."""
    if len(names) == 1:
        return names[0]
    words = Message("{first} to {last}, each of {count}")
    return language.say(Message(words.text, first=names[0], last=names[-1], count=len(names)))


def cash_blocks(
    settled: Settlement, agreed: PriceTerms, currency: str, language: Language
) -> Iterator[Block]:
    """When each part is charged, what to keep at hand, and how cost and cash differ by year."""
    if not settled.payments:
        yield Sentence(language.say(Message("When the fee is charged is not recorded here.")))
        return
    voucher = bool(agreed.voucher)
    titles = [Message("prepaid"), Message("postpaid, of the month before"), Message("charged")]
    if voucher:
        titles += [Message("voucher"), Message("to pay")]
    rows = alike(
        (
            language.date(p.day),
            (p.prepaid, p.postpaid, p.due, *((p.voucher, p.to_pay) if voucher else ())),
        )
        for p in settled.payments
    )
    shown = [MoneyRow((span_words(names, language), *amounts)) for names, amounts in rows]
    heads = (*columns(language, Message("Day")), *columns(language, *titles, figures=True))
    yield money_table(heads, shown, currency, language)
    balance = Message(
        "Keep about {amount} in the balance: the most that is charged on one day.",
        amount=Money(settled.balance, currency),
    )
    yield Sentence(language.say(balance))
    names = (Message("cost of its months"), Message("charged in it"))
    heads = (*columns(language, Message("Year")), *columns(language, *names, figures=True))
    years = (
        MoneyRow(
            (
                language.say(Message("term")) if total.year is None else str(total.year),
                total.cost,
                total.paid,
            )
        )
        for total in settled.totals
    )
    yield money_table(heads, years, currency, language)
