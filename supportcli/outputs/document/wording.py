"""What a catalogue says, in words: sources, citations, open points, response targets, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from supportcli.advice.recommendation import Advice
from supportcli.core.catalogue import Catalogue, HowToBuy, OpenPoint
from supportcli.core.conditions import (
    Basis,
    ChangeDay,
    Clause,
    Conditions,
    PartMonth,
    Proration,
    ProrationUnit,
    Refund,
    Scope,
    Span,
    Spreading,
    TaxInAmounts,
    Validity,
)
from supportcli.core.money import Off
from supportcli.core.plan import Plan
from supportcli.core.source import Cite, Source
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.need import Status
from supportcli.needs.registry import Needs
from supportcli.needs.response import without_target
from supportcli.needs.targets import level_words
from supportcli.outputs.document.model import Row, Sentence, Table, TableColumn
from supportcli.safe import safe

LEVEL_WORDS = {
    "vendor": Message("vendor's own"),
    "reseller": Message("reseller"),
    "secondary": Message("secondary"),
    "derived": Message("derived"),
    "assumed": Message("assumed"),
}
_OURS = ("derived", "assumed")  # our own work needs no date
_TERM_NAMES = {
    "scope": Message("Fee for"),
    "basis": Message("Spend that counts"),
    "excludes": Message("Does not count as spend"),
    "counts": Message("Counts as spend"),
    "minimum_term": Message("Minimum term"),
    "proration": Message("Part months"),
    "spreading": Message("Prepaid orders"),
    "refund": Message("Refund"),
    "bought_for": Message("Can be bought at once for"),
    "tax": Message("Tax"),
    "shares": Message("Divided among accounts"),
}
_KINDS = {
    Scope.PER_ACCOUNT: Message("each account"),
    Scope.POOLED: Message("all accounts together"),
    Scope.HIGHEST_PLAN: Message("each account; within one organisation all have the highest plan"),
    Basis.LIST: Message("before discounts"),
    Basis.NET: Message("after discounts"),
    Spreading.BY_MONTH: Message("spread evenly by month"),
    Spreading.BY_DAY: Message("spread by day"),
    Refund.NONE: Message("none"),
    Refund.BY_DAY: Message("what is prepaid and not used is refunded by days"),
    TaxInAmounts.EXCLUDED: Message("amounts are without tax"),
    TaxInAmounts.INCLUDED: Message("amounts are with tax"),
    PartMonth.FEE: Message("the fee by days"),
    PartMonth.MINIMUM: Message("the part charged first by days"),
    PartMonth.SPEND: Message("the spend that counts by days"),
    PartMonth.NONE: Message("charged in full"),
}


def discount_words(rate: Fraction, prepaid: bool) -> Message:
    """A share off the fee; `prepaid` where it is off what is prepaid too."""
    words = Message("{off}") if prepaid else Message("{off} the postpaid part")
    return Message(words.text, off=Off(rate))


def columns(language: Language, *titles: Message, figures: bool = False) -> tuple[TableColumn, ...]:
    """Headings in a language."""
    return tuple(TableColumn(language.say(title), figures) for title in titles)


def source_words(
    catalogue: Catalogue,
    source: Source,
    language: Language,
    noted: bool = True,
    number: int = 0,
    note: str | None = None,
) -> str:
    """A source with its number, its date and how sure it is; `noted` with what there is to know.

    Its number is that of the catalogue's list, its `note` the catalogue's, where none is given.
    """
    level = LEVEL_WORDS.get(source.level, source.level)
    date = source.date or Message("undated")
    number = number or _number(catalogue, source.id)
    known = source.note if note is None else note
    words = Message(
        "{number}. {title}, {date} ({level})",
        number=number,
        title=source.title,
        date=date,
        level=level,
    )
    if source.date is None and (source.level in _OURS or source.note is not None):
        words = Message(
            "{number}. {title} ({level})", number=number, title=source.title, level=level
        )
    if noted and known:
        words = Message("{words}. {note}", words=words, note=known)
    if noted and source.read is not None:
        words = Message("{words} Read whole on {date}.", words=words, date=source.read)
    if source.url is not None:
        words = Message("{words} {link}", words=words, link=source.url)
    return language.say(words)


def cite_words(cite: Cite | None, catalogue: Catalogue) -> str:
    """The source's number in the list of sources, and the place in it: 1:96-98."""
    if cite is None or not cite.source:
        return ""
    number = _number(catalogue, cite.source)
    return safe(f"{number}:{cite.where}" if cite.where else str(number))


def _number(catalogue: Catalogue, source_id: str) -> int:
    return [source.id for source in catalogue.sources].index(source_id) + 1


def cited_words(words: Message, cite: Cite | None, catalogue: Catalogue, language: Language) -> str:
    """A fact and, where one is named, the place in its source."""
    where = cite_words(cite, catalogue)
    return language.say(Message("{text} [{cite}]", text=words, cite=where) if where else words)


def how_to_buy(catalogue: Catalogue, language: Language) -> Iterator[str]:
    """How one gets a plan, with its source, where the catalogue tells it."""
    how = catalogue.how_to_buy
    if how is not None:
        yield cited_words(how_to_buy_words(how), how.cite, catalogue, language)


def how_to_buy_words(how: HowToBuy) -> Message:
    """How one gets a plan."""
    return Message("How to buy: {text}", text=how.text)


def how_to_buy_line(advices: Sequence[Advice], language: Language) -> Iterator[Sentence]:
    """The same in a quote, where the catalogue tells it and one of these takes a plan."""
    how = advices[0].catalogue.how_to_buy
    if how is not None and any(advice.taken for advice in advices):
        yield Sentence(language.say(how_to_buy_words(how)))


def point_words(point: OpenPoint, catalogue: Catalogue, language: Language) -> str:
    """An open point with its source."""
    return cited_words(Message("{text}", text=point.text), point.cite, catalogue, language)


def targets(
    catalogue: Catalogue, plans: tuple[Plan, ...], marked: Plan | None, language: Language
) -> Table:
    """Every first-response target, those that the source leaves open too."""
    rows = [
        Row((language.text(plan.short_name), *cells), plan is marked)
        for plan in plans
        for cells in _target_rows(catalogue, plan, language)
    ]
    titles = (
        Message("Plan"),
        Message("Severity"),
        Message("Channel"),
        Message("Target"),
        Message("Hours"),
        Message("Source"),
    )
    return Table(columns(language, *titles), tuple(rows))


def _target_rows(
    catalogue: Catalogue, plan: Plan, language: Language
) -> Iterator[tuple[str, str, str, str, str]]:
    not_stated = language.say(Message("not recorded"))
    for level in plan.levels:
        yield (
            severity_words(catalogue, level.severity, language),
            language.text(catalogue.channel(level.channel).name),
            language.say(level_words(level)),
            language.text(level.hours) if level.hours else not_stated,
            cite_words(level.cite, catalogue),
        )
    for unstated in plan.unstated:
        yield (
            severity_words(catalogue, unstated.severity, language),
            language.text(catalogue.channel(unstated.channel).name),
            language.say(Message("no target")) if unstated.none else not_stated,
            language.text(unstated.hours) if unstated.hours else not_stated,
            cite_words(unstated.cite, catalogue),
        )
    told = {level.severity for level in plan.levels} | {open_.severity for open_ in plan.unstated}
    for severity in () if None in told else catalogue.severities:
        if severity.id not in told:
            unknown = without_target(catalogue, plan, severity.id, Needs()) is Status.UNKNOWN
            words = not_stated if unknown else language.say(Message("not offered"))
            yield language.text(severity.name), "", words, "", cite_words(plan.cite, catalogue)


def severity_words(catalogue: Catalogue, severity: str | None, language: Language) -> str:
    """A severity's name; all of them where none is named."""
    if severity is None:
        return language.say(Message("all"))
    return language.text(catalogue.severity(severity).name)


def term_words(terms: Conditions) -> Iterator[tuple[str, Message]]:
    """The conditions that are stated, by their field: what it is about and what holds."""
    for name, clause in terms.stated():
        yield name, Message("{about}: {held}", about=_TERM_NAMES[name], held=clause_words(clause))


def clause_words(clause: Clause[Any]) -> Message:
    """What one condition says, with the source's words where there are any."""
    held = _held(clause.value)
    if held is None:
        return Message("{text}", text=clause.text)
    if clause.text is None:
        return held
    return Message("{held} ({text})", held=held, text=clause.text)


def _held(value: object) -> Message | None:
    match value:
        case Span(number, months):
            if number == 1:
                return Message("1 month") if months else Message("1 day")
            unit = Message("{count} months") if months else Message("{count} days")
            return Message(unit.text, count=number)
        case Proration(part, unit, change_day):
            words = _KINDS[part]
            if unit is ProrationUnit.SECOND:
                words = Message("{words}, measured in seconds", words=words)
            if change_day is ChangeDay.NEW:
                return Message("{words}; the day of a change is the new plan's", words=words)
            if change_day is ChangeDay.OLD:
                return Message("{words}; the day of a change is the old plan's", words=words)
            return words
        case Scope() | Basis() | Spreading() | Refund() | TaxInAmounts():
            return _KINDS[value]
        case _:
            return None


def validity_words(validity: Validity, names: dict[str, object]) -> Iterator[Message]:
    """From when to when a plan is in force, and what follows it."""
    if validity.throughout:
        yield Message("In force throughout")
    if validity.valid_from is not None:
        yield Message("In force from {date}", date=validity.valid_from)
    if validity.closed_to_new is not None:
        yield Message("Closed to new customers from {date}", date=validity.closed_to_new)
    if validity.valid_to is not None:
        yield Message("In force until {date}", date=validity.valid_to)
    if validity.successor is not None:
        plan = names.get(validity.successor, validity.successor)
        yield Message("Its successor: {plan}", plan=plan)


def spend_title(accounts: int) -> Message:
    """Over the spends of a month; of several accounts alike they are of each."""
    return Message("Monthly spend of each") if accounts > 1 else Message("Monthly spend")


def months_words(count: int) -> Message:
    """So many months."""
    if count == 1:
        return Message("1 month")
    return Message("{count} months", count=count)


def supposed_words(changes: tuple[str, ...]) -> Message:
    """That the fees are not those of the catalogue."""
    return Message(
        "What if: {changes}. For this answer only; the catalogue is unchanged.",
        changes=tuple(map(_supposed, changes)),
    )


def _supposed(change: str) -> str | Message:
    """A share of all fees in words; a fee of one plan as it is written."""
    share = re.search(r"[+-].+", change)
    if share is None or "=" in change:
        return change
    return Message("fees {change}", change=share[0])
