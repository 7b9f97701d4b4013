"""Every plan beside the others: what it gives, and what it costs."""

from __future__ import annotations

from decimal import Decimal

from supportcli.advice.amounts import rule_words, total_words
from supportcli.advice.billing import month_bill
from supportcli.advice.quote import Quote
from supportcli.advice.recommendation import Advice, Bar, PlanAdvice
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.need import Status
from supportcli.needs.registry import KINDS
from supportcli.outputs.document.first_amounts import a_year
from supportcli.outputs.document.model import Row, Table, TableColumn
from supportcli.outputs.document.money_table import MoneyCell, Worded

_NOTHING = PiecewiseLinear.line()
STATUS_WORDS = {
    Status.MET: Message("met"),
    Status.NOT_MET: Message("not met"),
    Status.MET_WITHIN_LIMIT: Message("met within a limit"),
    Status.UNKNOWN: Message("not recorded"),
    Status.ASSUMED: Message("met, assumed"),
}
_FITS_WORDS = (
    (Status.NOT_MET, Message("no")),
    (Status.UNKNOWN, Message("not recorded")),
    (Status.MET_WITHIN_LIMIT, Message("within a limit")),
    (Status.ASSUMED, Message("yes, assumed")),
)


def comparison(advice: Advice, language: Language) -> Table:
    """A row for each plan in the order of the tiers; the one that the answer is about is marked."""
    titles = (title for kind in KINDS for title in kind.titles(advice.catalogue, advice.needs))
    columns = (
        TableColumn(language.say(Message("Plan"))),
        *(TableColumn(language.say(title)) for title in titles),
        TableColumn(language.say(Message("Fits"))),
    )
    return Table(columns, tuple(_row(advice, entry, language) for entry in advice.plans))


def fee_columns(advice: Advice, language: Language) -> tuple[TableColumn, ...]:
    """The headings over `fee_cells`; figures where the spend is known, else rules in words."""
    known = all(month.spend is not None for month in advice.usage.months)
    titles = [Message("Monthly fee"), *part_titles(advice), Message("Annual cost")]
    return tuple(TableColumn(language.say(title), figures=known) for title in titles)


def part_titles(advice: Advice) -> tuple[Message, ...]:
    """The headings over the two parts of a fee; none where no plan's parts are known."""
    fees = [entry.plan.fees[advice.reading] for entry in advice.plans if entry.plan.fees]
    shown = any(fee.prepaid is not None and fee.total != _NOTHING for fee in fees)
    return (Message("prepaid"), Message("postpaid")) if shown else ()


def charge_cells(quote: Quote, advice: Advice, language: Language) -> tuple[MoneyCell, ...]:
    """What is to be paid a month, where known in which parts, and a year."""
    month = month_bill(quote, advice.agreed)
    known = month.first is not None
    parts = (month.first, month.rest if known else None) if part_titles(advice) else ()
    amounts = (month.gross, *parts, advice.agreed.gross_year(quote))
    cells = [known_amount(amount, language) for amount in amounts]
    if quote.ends:
        cells[-1] = Worded(advice.agreed.gross_year(quote), a_year("", quote.ends))
    return tuple(cells)


def known_amount(amount: Decimal | None, language: Language) -> MoneyCell:
    """An amount for a table of amounts, or that nobody states it."""
    return language.say(Message("not recorded")) if amount is None else amount


def fee_cells(
    advice: Advice, entry: PlanAdvice, reading: str, language: Language
) -> tuple[MoneyCell, ...]:
    """The charge under a reading; without a spend the rule in words, without a price so said."""
    quote, plan = entry.quotes[reading], entry.plan
    if quote is not None:
        return charge_cells(quote, advice, language)
    shown = bool(part_titles(advice))
    if plan.fees is None or plan.lacking:
        names = tuple(advice.catalogue.quantity(quantity).name for quantity in plan.lacking)
        words = Message("needs {names}", names=names) if names else Message("unpriced")
        unknown = language.say(Message("unknown") if names else Message("unpriced"))
        return (language.say(words), *([unknown, unknown] if shown else ()), unknown)
    total = language.say(total_words(advice, plan, reading))
    parts = (plan.fees[reading].prepaid, plan.fees[reading].postpaid) if shown else ()
    words_of = (
        language.say(Message("not recorded") if rule is None else rule_words(advice, plan, rule))
        for rule in parts
    )
    return (total, *words_of, language.say(Message("by spend")))


def _row(advice: Advice, entry: PlanAdvice, language: Language) -> Row:
    told = (
        words
        for kind in KINDS
        for words in kind.cells(advice.catalogue, entry.plan, advice.needs, entry.needs)
    )
    cells = (
        language.text(entry.plan.short_name),
        *map(language.say, told),
        _fits_cell(entry, language),
    )
    return Row(cells, entry is advice.taken)


def _fits_cell(entry: PlanAdvice, language: Language) -> str:
    statuses = {result.status for result in entry.needs}
    for status, words in _FITS_WORDS:
        if status in statuses:
            return language.say(words)
    validity = entry.plan.validity
    match entry.bar:
        case Bar.CLOSED_TO_NEW:
            return language.say(Message("closed to new customers"))
        case Bar.ENDS_WITHIN_TERM:
            return language.say(Message("until {date}", date=validity.valid_to))
        case _:
            return language.say(Message("yes"))
