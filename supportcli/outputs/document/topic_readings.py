"""The topic of readings: the ways to read the fee rule, and what each of them comes to."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.core.catalogue import Reading
from supportcli.core.money import Money
from supportcli.errors import Message
from supportcli.outputs.document.amounts import other_readings
from supportcli.outputs.document.comparison import fee_cells, fee_columns, part_titles
from supportcli.outputs.document.model import Block, Sentence, Table, paragraph
from supportcli.outputs.document.open_points import implied_words, vendor_words
from supportcli.outputs.document.telling import reading_label, reading_notes, told_readings
from supportcli.outputs.document.topic_subject import Subject
from supportcli.outputs.document.wording import cite_words, columns


def reading_blocks(subject: Subject) -> Iterator[Block]:
    """Each reading with what speaks for it, what every plan costs under it, what to ask."""
    advice, language, readings = subject.advice, subject.language, subject.advice.catalogue.readings
    if not subject.several_readings:
        words = Message("The fee rule of this catalogue leaves nothing open: {reading}.")
        yield Sentence(language.say(Message(words.text, reading=readings[0].in_brief)))
    else:
        yield subject.heading(Message("How the fee rule can be read"))
        yield subject.points(_told(subject, reading) for reading in _readings(subject))
        told = reading_notes(advice, subject.view.named, subject.view.confirmed_by)
        notes = (*_agreement(subject), *told)
        if notes:
            yield paragraph(map(language.say, notes), language)
        yield subject.heading(Message("What each reading comes to"))
        yield _amounts(subject)
    asked = vendor_words([advice], subject.view.confirmed_by is not None, language)
    implied = implied_words([advice], language) if subject.in_full else ()
    yield paragraph((*asked, *implied), language)


def _readings(subject: Subject) -> tuple[Reading, ...]:
    """Every reading; in short those whose amounts are told at first, where there are several."""
    told = told_readings(subject.advice, one=False)
    readings = subject.advice.catalogue.readings
    if subject.in_full or len(told) == 1:
        return readings
    return tuple(reading for reading in readings if reading.id in told)


def _told(subject: Subject, reading: Reading) -> Message:
    """A reading: what it means, what speaks for it, what it leads to."""
    chosen = subject.advice.by_reading[reading.id]
    words = Message(
        "{reading} ({brief}) [{cite}]: {support}.",
        reading=reading.name,
        brief=_brief(subject, reading),
        cite=cite_words(reading.cite, subject.advice.catalogue),
        support=reading.support,
    )
    if not subject.in_full:
        return words
    plan = chosen.plan.name if chosen else Message("no single plan")
    told = Message("Recommended under it: {plan}.", plan=plan)
    return Message("{first} {second}", first=words, second=told)


def _brief(subject: Subject, reading: Reading) -> Message:
    """What it makes of the rule, after the word for its amounts where they are told at first."""
    label = reading_label(subject.advice, reading.id)
    if label is not None:
        return Message("{name}: {text}", name=label, text=reading.in_brief)
    return Message("{text}", text=reading.in_brief)


def _in_a_column(subject: Subject, reading: Reading) -> str:
    """In short by the word for its amounts, which the list above explains; else by its name."""
    label = None if subject.in_full else reading_label(subject.advice, reading.id)
    return subject.language.text(reading.name if label is None else label)


def _agreement(subject: Subject) -> Iterator[Message]:
    """How far the readings are apart in money, and whether they lead to the same plan."""
    advice, entry = subject.advice, subject.entry
    quotes = [entry.quotes[reading.id] for reading in advice.headline_readings] if entry else []
    totals = {advice.agreed.gross_year(quote) for quote in quotes if quote}
    if len(totals) > 1:
        gap = Money(max(totals) - min(totals), advice.catalogue.currency)
        yield Message("At most and probably are {gap} a year apart.", gap=gap)
    if advice.closest is not None or advice.other_asked:
        return
    if advice.holds_under_all_readings:
        yield Message("Same recommendation under every reading.")
    else:
        yield from other_readings(advice)


def _amounts(subject: Subject) -> Table:
    """What plans cost under each reading; in short rules without their parts, which take room."""
    advice, language = subject.advice, subject.language
    shown = subject.in_full or advice.usage.spend_known
    told = slice(None) if shown else slice(None, None, len(part_titles(advice)) + 1)
    titles = columns(language, Message("Plan"), Message("Reading"))
    rows = (
        subject.row(
            entry,
            _in_a_column(subject, reading),
            *fee_cells(advice, entry, reading.id, language)[told],
        )
        for entry in ((subject.entry,) if subject.entry and not subject.in_full else advice.plans)
        for reading in _readings(subject)
    )
    return subject.table((*titles, *fee_columns(advice, language)[told]), rows)
