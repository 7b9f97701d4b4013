"""What a plan costs as blocks: under the readings that are shown, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.amounts import rule_words
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.catalogue import Reading
from supportcli.core.money import Money
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.billing import price_lines
from supportcli.outputs.document.comparison import charge_cells, part_titles
from supportcli.outputs.document.model import Block, Points, Row, Sentence, Table, TableColumn


def reading_name(reading: Reading, language: Language) -> str:
    """The reading's name with what it is good for: Additive reading (budget ceiling)."""
    if reading.role is None:
        return language.text(reading.name)
    return language.say(Message("{name} ({role})", name=reading.name, role=reading.role))


def amount_blocks(
    advice: Advice, entry: PlanAdvice, confirmed_by: str | None, language: Language
) -> Iterator[Block]:
    """The amounts of the recommended plan, or of the closest one where none is recommended.

    Under the reading in use alone where somebody has confirmed it.
    """
    yield from _Amounts(advice, entry, confirmed_by, language).blocks()


def other_readings(advice: Advice) -> Iterator[Message]:
    """What the readings would recommend that recommend another plan than the one in use."""
    chosen = advice.recommended.plan if advice.recommended else None
    others: dict[str | None, tuple[PlanAdvice | None, list[Text]]] = {}
    for reading, other in advice.by_reading.items():
        if other is None or other.plan != chosen:
            plan_id = other.plan.id if other else None
            names = others.setdefault(plan_id, (other, []))[1]
            names.append(advice.catalogue.reading(reading).name)
    all_others = len(advice.catalogue.readings) - 1
    for other, names in others.values():
        every = len(names) == all_others > 1
        words = Message("every other reading") if every else Message("{names}", names=tuple(names))
        yield _instead(words, other)


def _instead(readings: Message, other: PlanAdvice | None) -> Message:
    """What other readings would recommend; no plan where that hangs on the spend."""
    if other is not None:
        return Message("Under {readings}, {plan} instead.", readings=readings, plan=other.plan.name)
    return Message("Under {readings}, it depends on the spend.", readings=readings)


class _Amounts:
    def __init__(
        self, advice: Advice, entry: PlanAdvice, confirmed_by: str | None, language: Language
    ) -> None:
        self.advice = advice
        self.entry = entry
        self.confirmed_by = confirmed_by
        self.language = language
        self.say = language.say
        self.text = language.text

    def blocks(self) -> Iterator[Block]:
        """A line for each reading that is shown, what they have in common, what is in the price."""
        entry = self.entry
        readings = self._headline_readings()
        quotes = [entry.quotes[reading.id] for reading in readings]
        if None not in quotes:
            yield Table(
                (
                    TableColumn(self.say(Message("Projected cost"))),
                    TableColumn(self.say(Message("a month")), True),
                    *(TableColumn(self.say(title), True) for title in part_titles(self.advice)),
                    TableColumn(self.say(Message("a year")), True),
                ),
                tuple(
                    Row(
                        (
                            self._label(reading),
                            *charge_cells(quote, self.advice, self.language),
                        )
                    )
                    for reading, quote in zip(readings, quotes, strict=True)
                    if quote is not None
                ),
                apart=False,
            )
        elif entry.plan.fees is not None and not entry.plan.lacking:
            fees = entry.plan.fees
            rules = (
                rule_words(self.advice, entry.plan, fees[reading.id].total) for reading in readings
            )
            yield Points(
                tuple(
                    self.say(
                        Message(
                            "{reading}: {fee} a month",
                            reading=self._label(reading),
                            fee=rule,
                        )
                    )
                    for reading, rule in zip(readings, rules, strict=True)
                )
            )
        note = self._note_on_readings(readings)
        if note:
            yield Sentence(note)
        quote = entry.quotes[self.advice.reading]
        if quote is not None:
            yield from price_lines(self.advice, quote, self.language)

    def _same_under_all(self) -> bool:
        fees = self.entry.plan.fees
        return fees is None or len(set(fees.values())) == 1

    def _headline_readings(self) -> tuple[Reading, ...]:
        readings = self.advice.headline_readings
        return readings[:1] if self.confirmed_by or self._same_under_all() else readings

    def _label(self, reading: Reading) -> str:
        if len(self.advice.catalogue.readings) > 1 and self._same_under_all():
            return self.say(Message("under every reading"))
        return reading_name(reading, self.language)

    def _note_on_readings(self, readings: tuple[Reading, ...]) -> str:
        if self.confirmed_by:
            return self.say(
                Message(
                    "{reading}: confirmed by {who}.",
                    reading=readings[0].name,
                    who=self.confirmed_by,
                )
            )
        if len(self.advice.catalogue.readings) == 1:
            return ""
        return self.language.joined(filter(None, (self._apart(readings), self._agreement())))

    def _apart(self, readings: tuple[Reading, ...]) -> str:
        agreed, quotes = self.advice.agreed, self.entry.quotes
        totals = [agreed.gross_year(quote) for r in readings if (quote := quotes[r.id])]
        if len(set(totals)) <= 1:
            return ""
        gap = Money(max(totals) - min(totals), self.entry.plan.currency)
        return self.say(Message("They differ by {gap} a year.", gap=gap))

    def _agreement(self) -> str:
        if self.advice.closest is not None:
            return ""
        if self.advice.holds_under_all_readings:
            return self.say(Message("Same recommendation under every reading."))
        return self.language.joined(map(self.say, other_readings(self.advice)))
