"""An advice to be explained, and what its topics have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from supportcli.advice.purchases import Share
from supportcli.advice.quote import Quote
from supportcli.advice.reasons import next_best
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.inquiries import shown_inquiries
from supportcli.outputs.document.model import Heading, Points, Table, TableColumn
from supportcli.outputs.document.money_table import MoneyCell, MoneyRow, money_table
from supportcli.outputs.document.topic_names import FULL
from supportcli.outputs.document.view import View
from supportcli.record import NamedTuple


class Subject(NamedTuple):
    """An advice in a language; `share` is its part of one fee for several accounts."""

    advice: Advice
    language: Language
    view: View
    share: Share | None = None

    @property
    def entry(self) -> PlanAdvice | None:
        """The plan that is spoken of: the one asked for or recommended, else the closest."""
        return self.advice.taken or self.advice.closest

    @property
    def in_full(self) -> bool:
        """Whether everything is told, not only what the answer hangs on."""
        return FULL in self.view.topics

    def without(self, topic: str) -> Subject:
        """Without a topic that is told of several accounts at once; of no plan it is told as ever.

        No plan is taken where the price hangs on the spend, or where none fits.
        """
        if self.advice.taken is None:
            return self
        topics = tuple(each for each in self.view.topics if each != topic)
        return self._replace(view=self.view._replace(topics=topics))

    @property
    def plans(self) -> tuple[PlanAdvice, ...]:
        """Every plan; in short the one spoken of with those that one would take instead."""
        if self.in_full or self.entry is None:
            return self.advice.plans
        near = self._near(self.entry)
        return tuple(entry for entry in self.advice.plans if entry.plan.id in near)

    def _near(self, entry: PlanAdvice) -> set[str | None]:
        """The ids of that plan, the recommended, the next best, today's, and those to ask about."""
        advice, chosen = self.advice, self.advice.recommended
        after = self._after(chosen) if chosen is not None else None
        asked = (inquiry.entry for inquiry in shown_inquiries(advice))
        found = (entry, chosen, after, *asked)
        return {advice.needs.current_plan, *(each.plan.id for each in found if each is not None)}

    def _after(self, chosen: PlanAdvice) -> PlanAdvice | None:
        """The cheapest other plan that fits; where no costs can be told, that of the next tier."""
        above = (
            entry
            for entry in self.advice.plans
            if entry.recommendable and entry.plan.tier > chosen.plan.tier
        )
        known = next_best(self.advice, chosen)
        return known or min(above, key=lambda entry: entry.plan.tier, default=None)

    @property
    def quote(self) -> Quote | None:
        """What it costs under the reading in use; None where that cannot be told."""
        if self.share is not None:
            return self.share.quote
        return self.entry.quotes[self.advice.reading] if self.entry else None

    @property
    def several_readings(self) -> bool:
        """Whether the fee rule can be read in more than one way."""
        return len(self.advice.catalogue.readings) > 1

    def heading(self, message: Message) -> Heading:
        """A title."""
        return Heading(self.language.say(message))

    def points(self, messages: Iterable[Message]) -> Points:
        """Sentences in a list."""
        return Points(tuple(map(self.language.say, messages)))

    def table(self, columns: Sequence[TableColumn], rows: Iterable[MoneyRow]) -> Table:
        """A table of amounts."""
        return money_table(columns, rows, self.advice.catalogue.currency, self.language)

    def row(self, entry: PlanAdvice, *cells: MoneyCell) -> MoneyRow:
        """A row of a plan's; that of the one taken is marked."""
        name = self.language.text(entry.plan.short_name)
        return MoneyRow((name, *cells), entry is self.advice.taken)
