"""What a quote costs: its lines, each account, what is charged when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from supportcli.advice.billing import Bill, Payment
from supportcli.advice.portfolio import Member
from supportcli.advice.price_terms import NOTHING, PriceTerms
from supportcli.advice.purchases import Share
from supportcli.advice.quotation import UnderReading
from supportcli.advice.quote import Charge
from supportcli.advice.to_pay import ToPay
from supportcli.core.money import exact_money, format_rate
from supportcli.errors import Message
from supportcli.outputs.document.billing import alike, span_words
from supportcli.outputs.document.deal_sums import divided_otherwise
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Row,
    Sentence,
    Table,
    TableColumn,
    Weight,
)
from supportcli.outputs.document.quotation.amounts import (
    after_words,
    due_title,
    figure_columns,
    headline_amount,
    main_amount,
    main_title,
    money,
    month_title,
    paid_title,
    term_title,
)
from supportcli.outputs.document.quotation.paper import QuotePaper
from supportcli.outputs.document.wording import discount_words

_LineAmounts = tuple[Decimal | None, ...]
_CostLine = tuple[Message, _LineAmounts]
"""A line's name, and of each reading its amount of a month and of the term."""


def cost_blocks(paper: QuotePaper) -> Iterator[Block]:
    """The lines, each account of several, the months where they differ, the payments."""
    say, deal = paper.language.say, paper.quotation.answer.deal
    yield Heading(say(Message("What it costs")))
    yield _lines_table(paper)
    yield from _below_lines(paper)
    if deal.named and len(deal.accounts) > 1:
        yield Heading(say(Message("Account by account")))
        yield _accounts_table(paper)
        yield from after_words(paper)
        for words in divided_otherwise(paper.quotation.found):
            yield Sentence(say(words))
    bills = paper.quotation.sides[0].sums.settlement.bills
    if len({bill[1:] for bill in bills}) > 1:
        yield Heading(say(Message("Month by month")))
        yield _months_table(paper)
        yield from after_words(paper)
    yield Heading(say(Message("What is charged when")))
    yield from _payments(paper)


def _lines_table(paper: QuotePaper) -> Table:
    """From the list price to what is to be paid, of a whole month and of the term."""
    language, sides = paper.language, paper.quotation.sides
    titles = [
        t for side in sides for t in (month_title(side, language), term_title(side, language))
    ]
    rows = [
        Row((language.say(name), *("" if a is None else money(paper, a) for a in amounts)))
        for name, amounts in _lines(sides, paper.quotation.found.agreed)
    ]
    rows[-1] = rows[-1]._replace(marked=True)
    first = TableColumn(language.say(Message("Line")))
    return Table((first, *figure_columns(titles)), tuple(rows))


def _lines(sides: Sequence[UnderReading], agreed: PriceTerms) -> Iterator[_CostLine]:
    if all(side.sums.term.prepaid is not None for side in sides):
        yield Message("Prepaid, list price"), _charged(sides, lambda charge: charge.prepaid)
        yield Message("Postpaid, list price"), _charged(sides, lambda charge: charge.postpaid)
    if agreed.change_amounts:
        yield Message("List price"), _billed(sides, lambda bill: bill.fee)
    if agreed.discount is not None:
        words = discount_words(agreed.discount.rate, agreed.discount.prepaid)
        yield words, _billed(sides, lambda bill: -bill.discount)
    if agreed.tax is not None and not agreed.tax.included:
        words = Message("Tax at {rate}", rate=format_rate(agreed.tax.rate))
        yield words, _billed(sides, lambda bill: bill.tax)
    yield Message("Due") if agreed.voucher else Message("To pay"), _billed(sides, lambda b: b.gross)
    if agreed.voucher:
        settled = [side.sums.settlement for side in sides]
        yield Message("Voucher"), _of_term(-each.voucher_used for each in settled)
        yield Message("To pay"), _of_term(each.to_pay for each in settled)


def _charged(sides: Sequence[UnderReading], of: Callable[[Charge], Decimal | None]) -> _LineAmounts:
    """An amount of the fee as published: of a month and of the term, under each reading."""
    return tuple(of(each) for side in sides for each in (side.sums.monthly, side.sums.term))


def _billed(sides: Sequence[UnderReading], of: Callable[[Bill], Decimal]) -> _LineAmounts:
    """The same of what is billed."""
    return tuple(
        amount
        for side in sides
        for amount in (of(side.sums.month), sum(map(of, side.sums.settlement.bills), NOTHING))
    )


def _of_term(amounts: Iterable[Decimal]) -> _LineAmounts:
    return tuple(part for amount in amounts for part in (None, amount))


def _below_lines(paper: QuotePaper) -> Iterator[Block]:
    """What the lines do not say: the month that they are of, a tax within, what is left over."""
    say, side, agreed = paper.language.say, paper.quotation.sides[0], paper.quotation.found.agreed
    months = paper.quotation.advice.usage.months
    first = next((month.month for month in months if month.share == 1), months[0].month)
    whole = Message("A month is the first whole one, {month}.", month=first)
    yield Sentence(say(whole), Weight.QUIET)
    if agreed.tax is None:
        yield Sentence(say(Message("Tax is not included.")), Weight.QUIET)
    if agreed.tax is not None and agreed.tax.included:
        tax = money(paper, sum((bill.tax for bill in side.sums.settlement.bills), NOTHING))
        words = Message("The amounts include tax at {rate}: {tax} in the term.")
        yield Sentence(say(Message(words.text, rate=format_rate(agreed.tax.rate), tax=tax)))
    if side.sums.settlement.voucher_left:
        left = money(paper, side.sums.settlement.voucher_left)
        yield Sentence(say(Message("{left} of the voucher is left.", left=left)))


def _accounts_table(paper: QuotePaper) -> Table:
    """What each account takes and costs, and the sums."""
    language, sides = paper.language, paper.quotation.sides
    titles = [t for side in sides for t in (month_title(side, language), main_title(paper, side))]
    names = (Message("Account"), Message("Plan"), Message("Monthly spend"))
    account, plan, spend = (TableColumn(language.say(name)) for name in names)
    rows = [
        Row(
            (
                *_account_cells(paper, member),
                *_paid_cells(paper, [side.shares[i] for side in sides]),
            )
        )
        for i, member in enumerate(paper.quotation.found.members)
    ]
    total = [amount for side in sides for amount in _paid_amounts(paper, side.sums.to_pay)]
    sums = [Row((language.say(Message("Sum")), "", "", *(money(paper, a) for a in total)))]
    sums += _after_voucher(paper)
    sums[-1] = sums[-1]._replace(marked=True)
    return Table(
        (account, plan, spend._replace(figures=True), *figure_columns(titles)), (*rows, *sums)
    )


def _after_voucher(paper: QuotePaper) -> Iterator[Row]:
    """Below the sums of the accounts: what the voucher of all pays, what is left to pay."""
    sides = paper.quotation.sides
    if not any(side.sums.settlement.voucher_used for side in sides):
        return
    lines = (
        (Message("Voucher"), [-side.sums.settlement.voucher_used for side in sides]),
        (Message("To pay"), [headline_amount(paper, side) for side in sides]),
    )
    for label, amounts in lines:
        cells = (cell for amount in amounts for cell in ("", money(paper, amount)))
        yield Row((paper.language.say(label), "", "", *cells))


def _account_cells(paper: QuotePaper, member: Member) -> tuple[str, str, str]:
    language, taken = paper.language, member.advice.taken
    spend, currency = member.advice.usage.spend_counted, member.advice.catalogue.currency
    told = Message("unknown") if spend is None else exact_money(spend, currency)
    plan = language.text(taken.plan.name) if taken else ""
    return language.text(member.account.name), plan, language.say(Message("{text}", text=told))


def _paid_cells(paper: QuotePaper, shares: Sequence[Share]) -> tuple[str, ...]:
    amounts = (each for share in shares for each in _paid_amounts(paper, share.to_pay))
    return tuple(money(paper, amount) for amount in amounts)


def _paid_amounts(paper: QuotePaper, paid: ToPay) -> tuple[Decimal, Decimal]:
    return paid.monthly, main_amount(paper, paid)


def _months_table(paper: QuotePaper) -> Table:
    """What is to be paid for each month; months alike stand in one row."""
    language, sides = paper.language, paper.quotation.sides
    rows = alike(
        (str(bills[0].month), tuple(money(paper, bill.gross) for bill in bills))
        for bills in zip(*(side.sums.settlement.bills for side in sides), strict=True)
    )
    month = TableColumn(language.say(Message("Month")))
    title = due_title if paper.quotation.found.agreed.voucher else paid_title
    titles = [title(side, language) for side in sides]
    shown = tuple(Row((span_words(names, language), *cells)) for names, cells in rows)
    return Table((month, *figure_columns(titles)), shown)


def _payments(paper: QuotePaper) -> Iterator[Block]:
    """Day by day what is charged; days alike stand in one row."""
    language, sides = paper.language, paper.quotation.sides
    say, settled = language.say, [side.sums.settlement for side in sides]
    if not all(each.payments for each in settled):
        yield Sentence(say(Message("When the fee is charged is not recorded here.")))
        return
    voucher = bool(settled[0].voucher)
    rows = alike(
        (language.date(days[0].day), _payment_cells(paper, days, voucher))
        for days in zip(*(each.payments for each in settled), strict=True)
    )
    titles = [
        *map(say, (Message("Prepaid"), Message("Postpaid, of the month before"))),
        *([say(Message("Voucher"))] if voucher else []),
        *(paid_title(side, language) for side in sides),
    ]
    shown = tuple(Row((span_words(names, language), *cells)) for names, cells in rows)
    yield Table((TableColumn(say(Message("Day"))), *figure_columns(titles)), shown)
    if len(sides) > 1:
        parts = Message("The parts of a payment are those of the amount at most.")
        yield Sentence(say(parts), Weight.QUIET)


def _payment_cells(paper: QuotePaper, days: Sequence[Payment], voucher: bool) -> tuple[str, ...]:
    """The parts at most, and what is to be paid under each reading."""
    first = days[0]
    parts = [first.prepaid, first.postpaid, *([first.voucher] if voucher else [])]
    return tuple(money(paper, amount) for amount in (*parts, *(day.to_pay for day in days)))
