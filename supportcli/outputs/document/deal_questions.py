"""What to ask the vendor first about a deal: between the readings, then about plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from supportcli.advice.portfolio import DealAnswer, Member, Portfolio
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.recommendation import PlanAdvice
from supportcli.advice.to_pay import to_pay_more
from supportcli.errors import Message
from supportcli.outputs.document.first_screen import Questions, VendorQuestion
from supportcli.outputs.document.plan_words import question_words
from supportcli.outputs.document.telling import Telling
from supportcli.outputs.document.vendor_questions import (
    asked_first,
    less_words,
    plan_question,
    whichever_holds,
)


def deal_questions(telling: Telling, answer: DealAnswer) -> Questions | None:
    """The question between the readings, then plans by what they would save together."""
    items = tuple(_DealQuestions(telling, answer).items())
    return Questions(telling.say(Message("ask first")), items, telling.gap) if items else None


class _DealQuestions:
    def __init__(self, telling: Telling, answer: DealAnswer) -> None:
        self.telling = telling
        self.answer = answer
        self.found = answer.shown
        self.members = answer.shown.members
        self.say = telling.say

    def items(self) -> Iterator[VendorQuestion]:
        """Each question with what it is worth."""
        priced = self.found.asked is None or self.found.asked.priced
        if len(self.telling.readings) > 1 and priced:
            reading = self.telling.advice.catalogue.reading(self.telling.readings[1])
            worth = (*self._less(), *self._instead(reading.id))
            said = self.telling.language.joined(map(self.say, worth))
            yield VendorQuestion(self.say(question_words(reading)), said)
        asks: dict[str, list[tuple[Member, PlanAdvice]]] = {}
        for member in self.members:
            for entry in asked_first(member.advice):
                asks.setdefault(entry.plan.id, []).append((member, entry))
        for pairs in asks.values():
            yield plan_question(self.telling, pairs[0][1], self._saved(pairs))

    def _saved(self, pairs: Sequence[tuple[Member, PlanAdvice]]) -> Sequence[Decimal]:
        """What a plan would save those accounts for which it would do, at both ends of a range."""
        return whichever_holds([self._saved_under(each, pairs) for each in self.telling.readings])

    def _saved_under(
        self, reading: str, pairs: Sequence[tuple[Member, PlanAdvice]]
    ) -> Sequence[Decimal]:
        names, plan_id = {member.account.name for member, _ in pairs}, pairs[0][1].plan.id
        found = [self._saved_at(each, names, plan_id, reading) for each in self.portfolios]
        known = [each for each in found if each is not None]
        return known if len(known) == len(found) else ()

    def _saved_at(
        self, found: Portfolio, names: set[str], plan_id: str, reading: str
    ) -> Decimal | None:
        saved = [
            to_pay_more(member.advice, member.advice.taken, entry, reading)
            for member in found.members
            if member.account.name in names
            for entry in member.advice.plans
            if entry.plan.id == plan_id
        ]
        known = [self.telling.cost(each) for each in saved if each is not None]
        return sum(known, NOTHING) if len(known) == len(saved) else None

    @property
    def portfolios(self) -> tuple[Portfolio, ...]:
        """The answer, or those at both ends of a range."""
        ends = self.answer.ends
        return (ends[0], ends[-1]) if ends else (self.found,)

    def _less(self) -> Iterator[Message]:
        """What is paid less under the likelier reading."""
        costs = [
            [self.telling.cost(sums.to_pay) for each in self.portfolios if (sums := each.under(of))]
            for of in self.telling.readings
        ]
        if all(len(each) == len(self.portfolios) for each in costs):
            gaps = [more - less for more, less in zip(*costs, strict=True)]
            yield from less_words(self.telling, gaps)

    def _instead(self, likely: str) -> Iterator[Message]:
        """The accounts for which the likelier reading recommends another plan."""
        others: dict[str, list[Member]] = {}
        for member in self.members:
            other, chosen = member.advice.by_reading[likely], member.advice.recommended
            same = other is None or chosen is None or other.plan == chosen.plan
            if other is not None and not same and not member.advice.other_asked:
                others.setdefault(other.plan.id, []).append(member)
        for plan_id, members in others.items():
            name = members[0].advice.catalogue.plan(plan_id).short_name
            names = tuple(member.account.name for member in members)
            yield Message("Then {plan} for {accounts}.", plan=name, accounts=names)
