"""Vendors side by side as blocks: a row for each catalogue, and what is to be known of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from supportcli.advice.comparison import CLASS_WORDS, AskedOfAll, Compared
from supportcli.advice.recommendation import ReasonCode
from supportcli.core.catalogue import SeverityClass
from supportcli.core.conditions import Basis, Clause, Conditions, Scope, TaxInAmounts
from supportcli.core.exchange import Rate
from supportcli.core.money import Money, exact_money, finite
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.inquiries import merely_unstated
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
    Basis.LIST: Message("spend before discounts"),
    Basis.NET: Message("spend after discounts"),
    None: Message("before or after discounts not recorded here"),
}
_TAX = {
    TaxInAmounts.EXCLUDED: Message("before tax"),
    TaxInAmounts.INCLUDED: Message("tax included"),
}
_SCOPE = {
    Scope.POOLED: Message("all accounts' spend counts together"),
    Scope.HIGHEST_PLAN: Message("the highest plan holds for all accounts"),
}


def compare_screen(
    rows: Sequence[Compared],
    asked: AskedOfAll,
    needs: Mapping[str, Message],
    notes: Sequence[Message],
    language: Language,
) -> Iterator[Block]:
    """The table, what its notes say, and at which rates it was converted.

    `needs` are words by what was given.
    """
    spend = exact_money(asked.spend, asked.currency)
    title = Message(
        "{spend} a month, 12 months from {start}, {needs}",
        spend=spend,
        start=asked.start,
        needs=tuple(needs.values()) or Message("no needs named"),
    )
    yield Heading(language.say(title))
    unrated = tuple(sorted({row.advice.catalogue.currency for row in rows if row.rate is None}))
    told = [tuple(map(language.say, _notes(row, unrated, needs))) for row in rows]
    numbers = {words: i for i, words in enumerate(dict.fromkeys(sum(told, ())), 1)}
    lines = (
        _lines(row, sorted(numbers[words] for words in each), language)
        for row, each in zip(rows, told, strict=True)
    )
    yield Table(_columns(asked, language), tuple(line for each in lines for line in each))
    listed = (f"{number} {words}" for words, number in numbers.items())
    yield Sentence(language.say(Message("; ")).join(listed), Weight.QUIET)
    for one in _classes(rows):
        yield Sentence(_severities(rows, one, language), Weight.QUIET)
    if any(row.is_converted or row.rate is None for row in rows):
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


def _lines(row: Compared, numbers: list[int], language: Language) -> Iterator[Row]:
    """A line, or two where what is probably to be paid is less than what is to be at most."""
    vendor, notes = language.text(row.advice.catalogue.whom_to_ask), ", ".join(map(str, numbers))
    for plan, money in _figures(row, _plan(row)):
        amounts = _own(row, money, language), _converted(row, money, language)
        yield Row((vendor, language.say(plan), *amounts, notes))


def _figures(row: Compared, plan: Message) -> Iterator[tuple[Message, Money | None]]:
    if row.likely_annual is None or not row.may_cost_less:
        yield plan, row.annual
        return
    yield Message("{plan}, at most", plan=plan), row.annual
    yield Message("{plan}, probably", plan=plan), row.likely_annual


def _plan(row: Compared) -> Message:
    """The plan, marked where it rests on an assumption or sources differ on its fee."""
    if row.entry is None:
        return _none(row)
    name = Message("{name}", name=row.entry.plan.short_name)
    return Message("{text} ?", text=name) if [*_doubts(row)] else name


def _doubts(row: Compared) -> Iterator[Message]:
    """What is assumed of the plan where it meets a need, what sources contradict of its fee."""
    for result in row.marks.assumed:
        words = result.wanted.words(row.advice.catalogue)
        name = row.entry and row.entry.plan.short_name
        yield Message("? {plan}: {words} is assumed", plan=name, words=words)
    for point in row.marks.contested:
        brief = (point.brief or point.text).by_language.items()
        ended = Text({code: words.rstrip(".。") for code, words in brief})  # others follow
        yield Message("? {text}", text=ended)


def _own(row: Compared, money: Money | None, language: Language) -> str:
    """An amount of a plan in its own currency; without a spend there that it hangs on that."""
    if money is not None:
        return f"{money.currency} {money.digits}"
    return language.say(Message("by spend")) if row.entry else ""


def _none(row: Compared) -> Message:
    """Why there is no plan, in few words; what is merely not known is not said to be lacking."""
    if row.reason is ReasonCode.DEPENDS_ON_SPEND:
        return Message("depends on the spend")
    lacking = row.advice.fits_none and not merely_unstated(row.advice)
    known_not_to = lacking and not row.ask_first
    return Message("none fits") if known_not_to else Message("none known to fit")


def _converted(row: Compared, money: Money | None, language: Language) -> str:
    """Marked where it is an amount at a rate; that of the user's own currency is none."""
    mine = row.converted(money)
    if mine is not None:
        return f"~{mine.digits}" if row.is_converted else mine.digits
    return language.say(Message("no rate")) if row.entry else ""


def _notes(
    row: Compared, unrated: tuple[str, ...], needs: Mapping[str, Message]
) -> Iterator[Message]:
    """What is to be known of a row, in the order in which money hangs on it."""
    catalogue = row.advice.catalogue
    if row.rate is None:
        yield Message("no rate ({codes}): not converted", codes=unrated)
    yield from _doubts(row)
    for need in row.known.unheld:
        yield Message("not recorded here, so no plan is known to fit: {need}", need=needs[need])
    for need in row.known.untold:
        yield Message("not known there, so not asked for: {need}", need=needs[need])
    for each in row.known.matched:
        if each.assumed:
            word = CLASS_WORDS[each.asked]
            yield Message("which severity counts as {word} there is assumed here", word=word)
    yield from _slower(row)
    terms = catalogue.terms if row.entry is None else row.entry.plan.terms
    yield from _base(terms, flat=row.is_flat)
    if terms.tax is not None:
        yield _TAX[terms.tax.value]
    if terms.scope is not None:
        yield from _scope_words(terms.scope)
    yield from _questions(row)


def _questions(row: Compared) -> Iterator[Message]:
    """What to ask first: of what is sold beside a plan what it costs."""
    apart = [inquiry.entry for inquiry in row.ask_first if inquiry.entry.sold_apart]
    for entry in apart:
        yield Message(
            "ask first: the price of {extra} for {plan}",
            extra=entry.sold_apart,
            plan=entry.plan.short_name,
        )
    if len(apart) < len(row.ask_first):
        words = Message("ask first: a plan in doubt or unpriced may cost less")
        yield words if row.entry else Message("ask first: a plan in doubt or unpriced fits")


def _base(terms: Conditions, *, flat: bool) -> Iterator[Message]:
    """Which spend the fee is of; of a flat one that it is of none."""
    if flat:
        yield Message("flat fee")
    elif terms.counts is not None:
        yield Message("counts there: {text}", text=terms.counts.text)
    else:
        yield _BASIS[terms.basis and terms.basis.value]


def _slower(row: Compared) -> Iterator[Message]:
    """Lesser cases of a class that was asked for, to which the plan may respond later."""
    for each in row.known.matched:
        names = tuple(severity.name for severity in row.slower(each))
        if names:
            yield Message("that time is not known to hold for: {names}", names=names)


def _classes(rows: Sequence[Compared]) -> Iterable[SeverityClass]:
    """The classes that were asked for, where a vendor tells severities apart."""
    told = (row.known.matched for row in rows if len(row.advice.catalogue.severities) > 1)
    return dict.fromkeys(each.asked for matched in told for each in matched)


def _severities(rows: Sequence[Compared], asked: SeverityClass, language: Language) -> str:
    """The severity of each catalogue that stands for a class."""
    found = (
        Message("{name}: {text}", name=row.advice.catalogue.whom_to_ask, text=each.held.name)
        for row in rows
        for each in row.known.matched
        if each.asked is asked and len(row.advice.catalogue.severities) > 1
    )
    listed = language.say(Message("; ")).join(map(language.say, found))
    return language.say(
        Message("{word} is taken as {listed}", word=CLASS_WORDS[asked], listed=listed)
    )


def _scope_words(scope: Clause[Scope]) -> Iterator[Message]:
    """How accounts count; of one fee for all what the source says of it or against it."""
    if scope.value in _SCOPE:
        yield _SCOPE[scope.value]
    if scope.value is Scope.POOLED and scope.text is not None:
        yield Message("on that: {text}", text=scope.text)


def _rates(rows: Sequence[Compared], asked: AskedOfAll) -> Message:
    """At which rates amounts were converted, whose they are, and how."""
    used = {row.rate.currency: row.rate for row in rows if row.rate and row.is_converted}
    if not used:
        return Message("Nothing is converted; a rate is given like --rate USD=7.1@2026-11-28.")
    return Message(
        "~ at your rates: {rates}.",
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
