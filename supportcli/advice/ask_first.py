"""What to ask the vendor first: plans that would do and cost less, if they can be bought."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from supportcli.advice.amounts import annual_difference, price_question
from supportcli.advice.breakeven import SpendRange, cheapest_ranges
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import Money
from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Plan
from supportcli.errors import Message
from supportcli.record import NamedTuple


class Inquiry(NamedTuple):
    """A plan to ask about; what it saves a year against the plan that is advised.

    `saves` is None where that cannot be said, or where no plan is advised.
    """

    entry: PlanAdvice
    saves: Money | None


def ask_first(
    advice: Advice, at_any_spend: bool = False, chosen: PlanAdvice | None = None
) -> tuple[Inquiry, ...]:
    """The plans that meet every need and would cost less, but may not be sold or have no price.

    Those with a price by what they save, then those without one that are of a lower tier, last
    those that would do with something that is sold beside them, whose price is unknown. The plan
    that the customer has is only among the last. They would cost less at the spend that is
    known, or at some spend where none is or any may be; than the plan that was chosen, else the
    one that the advice is about.
    """
    asking = _Asking(advice, at_any_spend or not advice.usage.spend_known, chosen)
    current = advice.needs.current_plan
    found = [
        asking.inquiry(entry)
        for entry in advice.plans
        if (entry.plan.id != current or entry.sold_apart) and asking.is_worth(entry)
    ]
    return tuple(sorted(found, key=asking.most_first))


def ask_renewal(advice: Advice, chosen: PlanAdvice | None = None) -> Inquiry | None:
    """The plan that the customer has, where it would do and cost less but may not be sold on."""
    asking = _Asking(advice, not advice.usage.spend_known, chosen)
    for entry in advice.plans:
        mine = entry.plan.id == advice.needs.current_plan
        if mine and entry.doubtful and not entry.sold_apart and asking.is_worth(entry):
            return asking.inquiry(entry)
    return None


class _Asking:
    """Which plans are worth a question, at the spend that is known or (`anywhere`) at any."""

    def __init__(self, advice: Advice, anywhere: bool, chosen: PlanAdvice | None) -> None:
        self.advice = advice
        self.anywhere = anywhere
        self.chosen = chosen or advice.taken
        self.advised = self._advised()

    def inquiry(self, entry: PlanAdvice) -> Inquiry:
        """What a plan saves; of none less than a minor unit, nor of one that is not all of it."""
        told = self.chosen is not None and not entry.sold_apart
        saves = annual_difference(self.advice, self.chosen, entry) if self.chosen and told else None
        return Inquiry(entry, saves if saves and saves.amount > 0 else None)

    def most_first(self, inquiry: Inquiry) -> tuple[bool, bool, Decimal]:
        """Those with a price first, the greatest saving over the term before the others."""
        if inquiry.entry.sold_apart:
            return True, True, Decimal(0)
        cost = self.advice.term_cost(inquiry.entry)
        if cost is None and inquiry.saves is not None:
            cost = -inquiry.saves.amount
        return False, not inquiry.entry.plan.priced, cost or Decimal(0)

    def is_worth(self, entry: PlanAdvice) -> bool:
        """Whether a plan would do, has a doubt that the vendor can settle, and could cost less."""
        apart = bool(entry.sold_apart)
        if not (entry.fits or apart) or entry.bar is not None or entry.plan.lacking:
            return False
        if not self.advised or (apart and self._is_chosen(entry)):
            return apart or entry.doubtful or entry.plan.fees is None
        if entry.plan.fees is None:
            paid = [other for other in self.advised if not self._is_free(other)]
            return any(entry.plan.tier < other.plan.tier for other in paid)
        return (apart or entry.doubtful) and self._costs_less(entry)

    def _is_chosen(self, entry: PlanAdvice) -> bool:
        return self.chosen is not None and self.chosen.plan.id == entry.plan.id

    def _advised(self) -> list[PlanAdvice]:
        """The plan that is recommended; at any spend all those that are somewhere."""
        if self.advice.asked is not None or not self.anywhere:
            return [] if self.chosen is None else [self.chosen]
        candidates = [entry for entry in self.advice.plans if entry.recommendable]
        ranges = self.advice.ranges or self._ranges(candidates)
        ids = {part.plans[0].id for part in ranges}
        return [entry for entry in candidates if entry.plan.id in ids]

    def _ranges(self, entries: Sequence[PlanAdvice]) -> tuple[SpendRange, ...]:
        plans, advice = [entry.plan for entry in entries], self.advice
        return cheapest_ranges(plans, advice.reading, advice.usage, advice.agreed)

    def _is_free(self, entry: PlanAdvice) -> bool:
        """Whether nothing is known to be paid for it."""
        if entry.plan.fees is None or not self.anywhere:
            return not self.advice.term_cost(entry)
        return entry.plan.fees[self.advice.reading].per_month == PiecewiseLinear.line()

    def _costs_less(self, entry: PlanAdvice) -> bool:
        """Whether it is invoiced less over the term; not where the other one ends within it."""
        if not all(other.plan.priced and other.last_day is None for other in self.advised):
            return False
        if self.anywhere:
            ranges = self._ranges([*self.advised, entry])
            return any(part.plans == (entry.plan,) for part in ranges)
        less, more = (self.advice.term_cost(each) for each in (entry, self.advised[0]))
        return less is not None and more is not None and less < more


def question_words(inquiry: Inquiry, advice: Advice) -> Message:
    """What to ask, and what it is worth."""
    plan, apart = inquiry.entry.plan, inquiry.entry.sold_apart
    if apart:
        return Message(
            "{question} {worth}",
            question=apart_question(plan, plan.name, apart),
            worth=apart_worth(advice, plan.name),
        )
    question = sale_question(advice.catalogue, plan, plan.name)
    if plan.id == advice.needs.current_plan:
        question = Message("Can {plan} be renewed?", plan=plan.name)
    elif plan.fees is None and plan.availability is None:
        question = price_question(advice.catalogue, plan, plan.name)
    if inquiry.saves is not None:
        words = Message("{question} If so {saved} a year less.")
        if advice.usage.uneven:
            words = Message("{question} If so {saved} less the first year.")
        return Message(words.text, question=question, saved=inquiry.saves)
    if advice.fits_none:
        return Message("{question} It meets the needs.", question=question)
    return Message("{question} It may cost less.", question=question)


def sale_question(catalogue: Catalogue, plan: Plan, name: object) -> Message:
    """Whether a plan is still sold, one of a year as in that year; without a price that as well."""
    year = catalogue.year_named(plan)
    words = Message("Is {plan} still sold?")
    if year is not None and plan.fees is None:
        words = Message("Is {plan} still offered as in {year}, and what does it cost?")
    elif year is not None:
        words = Message("Is {plan} still offered as in {year}?")
    elif plan.fees is None:
        words = Message("What does {plan} cost, is it still sold?")
    return Message(words.text, plan=name, year=str(year))


def apart_question(plan: Plan, name: object, apart: tuple[Message, ...]) -> Message:
    """What to ask about a plan that would do with what is sold beside it."""
    words = Message("What does {extra} for {plan} cost?")
    if plan.fees is None:
        words = Message("What does {plan} with {extra} cost?")
    elif plan.availability is not None:
        words = Message("What does {extra} for {plan} cost, is {plan} still sold?")
    return Message(words.text, extra=apart, plan=name)


def apart_worth(advice: Advice, name: object) -> Message:
    """What the answer to that is worth."""
    if advice.taken is not None and not advice.other_asked:
        return Message("It may cost less.")
    return Message("With it {plan} meets the needs.", plan=name)
