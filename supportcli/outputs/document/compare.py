"""Vendors side by side as blocks: a row for each catalogue, and what is to be known of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.comparison import AskedOfAll, Compared
from supportcli.advice.headline import figures
from supportcli.core.conditions import Basis, Scope
from supportcli.core.exchange import Rate
from supportcli.core.money import exact_money, finite, whole
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Row,
    Sentence,
    Table,
    TableColumn,
    Weight,
)

_BASIS = {
    Basis.LIST: Message("the fee counts spend before discounts"),
    Basis.NET: Message("the fee counts spend after discounts"),
    None: Message("whether spend counts before or after discounts is not recorded here"),
}
_SCOPE = {
    Scope.POOLED: Message("the spend of several accounts counts together"),
    Scope.HIGHEST_PLAN: Message("the highest plan of an enterprise holds for all its accounts"),
}


def compare_screen(
    rows: Sequence[Compared],
    asked: AskedOfAll,
    needs: tuple[str, ...],
    notes: Sequence[Message],
    language: Language,
) -> Iterator[Block]:
    """The table, what its notes say, and at which rates it was converted."""
    spend = exact_money(asked.spend, asked.currency)
    title = Message(
        "{spend} a month, 12 months from {start}, {needs}",
        spend=spend,
        start=asked.start,
        needs=needs or Message("no needs"),
    )
    yield Heading(language.say(title))
    told = [tuple(map(language.say, _notes(row))) for row in rows]
    numbers = {words: i for i, words in enumerate(dict.fromkeys(sum(told, ())), 1)}
    lines = tuple(
        _row(row, sorted(numbers[words] for words in each), language)
        for row, each in zip(rows, told, strict=True)
    )
    yield Table(_columns(asked, language), lines)
    for words, number in numbers.items():
        yield Sentence(f"{number} {words}", Weight.QUIET)
    yield Sentence(language.say(_rates(rows, asked)))
    if notes:
        yield Points(tuple(map(language.say, notes)), Weight.CAUTION)


def _columns(asked: AskedOfAll, language: Language) -> tuple[TableColumn, ...]:
    return (
        TableColumn(language.say(Message("Vendor"))),
        TableColumn(language.say(Message("Plan"))),
        TableColumn(language.say(Message("A year")), figures=True),
        TableColumn(language.say(Message("In {currency}", currency=asked.currency)), figures=True),
        TableColumn(language.say(Message("Notes"))),
    )


def _row(row: Compared, numbers: list[int], language: Language) -> Row:
    plan = Message("none fits") if row.entry is None else row.entry.plan.short_name
    return Row(
        (
            language.text(row.advice.catalogue.whom_to_ask),
            language.say(plan) if isinstance(plan, Message) else language.text(plan),
            "" if row.annual is None else f"{row.annual.currency} {row.annual.digits}",
            _converted(row),
            ", ".join(map(str, numbers)),
        )
    )


def _converted(row: Compared) -> str:
    """Marked where it is an amount at a rate; that of the user's own currency is none."""
    money = row.converted(row.annual)
    if money is None:
        return ""
    return f"~{money.digits}" if row.is_converted else money.digits


def _notes(row: Compared) -> Iterator[Message]:
    """What is to be known of a row, in the order in which money hangs on it."""
    catalogue = row.advice.catalogue
    if row.rate is None:
        spend = whole(exact_money(row.spend, catalogue.currency)).digits
        yield Message("no rate: for {spend} a month of its own currency", spend=spend)
    for need in row.untold:
        yield Message("not asked for, as this catalogue does not know it: {need}", need=need)
    terms = catalogue.terms if row.entry is None else row.entry.plan.terms
    yield _BASIS[terms.basis and terms.basis.value]
    if terms.scope is not None and terms.scope.value in _SCOPE:
        yield _SCOPE[terms.scope.value]
    if len(figures(row.advice)) > 1:
        yield Message("at most: another reading of the rule may cost less")


def _rates(rows: Sequence[Compared], asked: AskedOfAll) -> Message:
    """At which rates amounts were converted, whose they are, and how."""
    used = {row.rate.currency: row.rate for row in rows if row.rate and row.is_converted}
    if not used:
        return Message("Nothing is converted; a rate is given like --rate USD=7.1@2026-11-28.")
    return Message(
        "~ converted at your rates, rounded once from the vendor's own amount: {rates}.",
        rates=tuple(_rate(rate, asked.currency) for rate in used.values()),
    )


def _rate(rate: Rate, currency: str) -> Message:
    worth = f"{finite(rate.worth):f}"
    if rate.date is None:
        return Message(
            "1 {one} = {worth} {other} (undated)", one=rate.currency, worth=worth, other=currency
        )
    return Message(
        "1 {one} = {worth} {other} ({date})",
        one=rate.currency,
        worth=worth,
        other=currency,
        date=rate.date,
    )
