"""The catalogues and their plans as blocks."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from supportcli.advice.amounts import fee_words
from supportcli.advice.cautions import contested_fee
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Validity
from supportcli.core.plan import Apart, Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Heading, Row, Sentence, Table
from supportcli.outputs.document.wording import LEVEL_WORDS, columns

_NAMES = {
    None: Message("{plan}"),
    Apart.PARTNER: Message("{plan} (for partners)"),
    Apart.ADD_ON: Message("{plan} (add-on)"),
    Apart.OLDER: Message("{plan}"),  # its name says so
}


def listing(
    catalogues: Sequence[Catalogue],
    day: datetime.date | None,
    today: datetime.date,
    language: Language,
) -> Iterator[Block]:
    """For each catalogue a heading and a row for each plan, in the order of the tiers."""
    for index, catalogue in enumerate(catalogues):
        dated = any(plan.history or plan.validity != Validity() for plan in catalogue.plans)
        titles = (
            Message("Plan"),
            Message("Name"),
            Message("Fee a month"),
            *((Message("In force"),) if dated else ()),
            Message("Source"),
        )
        title = Message(
            "{id}: {name}, {currency}",
            id=catalogue.id,
            name=catalogue.name,
            currency=catalogue.currency,
        )
        yield Heading(language.say(title), apart=bool(index))
        rows = tuple(_row(catalogue, plan, dated, day, language) for plan in catalogue.plans)
        yield Table(columns(language, *titles), rows, apart=False)
        for plan in catalogue.plans:
            for doubt in contested_fee(catalogue, plan):
                yield Sentence(language.say(doubt))
        yield from (Sentence(language.say(words)) for words in _days(catalogue, today))


def _days(catalogue: Catalogue, today: datetime.date) -> Iterator[Message]:
    """When the sources were last read, and when they are to be read again, as far as it is said."""
    checked, due = catalogue.checked, catalogue.review_after
    if due is not None and today > due:
        if checked is not None:
            yield Message("Last checked on {checked}.", checked=checked)
        yield Message("Prices were due for review after {date} and may have changed.", date=due)
    elif checked is not None and due is not None:
        yield Message(
            "Last checked on {checked}; prices are due for review after {date}.",
            checked=checked,
            date=due,
        )
    elif checked is not None:
        yield Message("Last checked on {checked}.", checked=checked)
    elif due is not None:
        yield Message("Prices are due for review after {date}.", date=due)


def _row(
    catalogue: Catalogue, plan: Plan, dated: bool, day: datetime.date | None, language: Language
) -> Row:
    cells = (
        plan.id,
        language.say(Message(_NAMES[plan.apart].text, plan=plan.name)),
        fee_rule(catalogue, plan, language),
        *((_in_force(plan, day, language),) if dated else ()),
        _source(catalogue, plan, language),
    )
    return Row(cells)


def fee_rule(catalogue: Catalogue, plan: Plan, language: Language) -> str:
    """The fee in the source's words, else as a rule under the default reading."""
    if plan.fee_text is not None:
        return language.text(plan.fee_text)
    if plan.fees is None:
        return language.say(Message("unpriced"))
    fee = plan.with_quantities({}).fees or plan.fees
    rule = fee_words(fee[catalogue.default_reading].total, plan.currency)
    named = tuple(extra.name for extra in plan.extras if extra.quantity or extra.yearly)
    return language.say(Message("{rule} + {names}", rule=rule, names=named) if named else rule)


def fee_span(plan: Plan, day: datetime.date | None) -> list[Message]:
    """From when to when the fee of a day (None: the present one) is in force, where it changed."""
    ends = sorted(rule.until for rule in plan.history if rule.until is not None)
    before = [end for end in ends if day is None or end < day]
    after = [end for end in ends if day is not None and day <= end]
    told = []
    if before:
        told.append(Message("from {date}", date=before[-1] + datetime.timedelta(days=1)))
    if after:
        told.append(Message("until {date}", date=after[0]))
    return told


def _in_force(plan: Plan, day: datetime.date | None, language: Language) -> str:
    """From when to when, as far as it is stated; the fee may be younger than the plan."""
    validity = plan.validity
    told = fee_span(plan, day)
    if validity.throughout and not told:
        told.append(Message("throughout"))
    if validity.valid_from is not None and not told:
        told.append(Message("from {date}", date=validity.valid_from))
    if validity.closed_to_new is not None:
        told.append(Message("closed to new customers from {date}", date=validity.closed_to_new))
    if validity.valid_to is not None:
        told.append(Message("until {date}", date=validity.valid_to))
    return language.text(tuple(told)) if told else language.say(Message("not recorded"))


def _source(catalogue: Catalogue, plan: Plan, language: Language) -> str:
    if not plan.cite.source:
        return language.say(Message("none"))
    source = catalogue.source(plan.cite.source)
    level = LEVEL_WORDS.get(source.level, source.level)
    date = source.date or Message("undated")
    return language.say(Message("{level}, {date}", level=level, date=date))
