"""What other answers and other spends would change, as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from supportcli.advice.contrast import contrast
from supportcli.advice.reasons import proposals, proposed, why
from supportcli.advice.recommendation import Advice, PlanAdvice
from supportcli.advice.sensitivity import Scenario, Turn
from supportcli.advice.whatif import (
    Demand,
    NeedCost,
    Saving,
    Step,
    demands,
    need_costs,
    savings,
    staircase,
)
from supportcli.core.money import Money, exact_decimal, signed_rate
from supportcli.core.piecewise import ZERO
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.response import asked_severities
from supportcli.outputs.document.model import Block, Heading, Points, Table
from supportcli.outputs.document.money_table import MoneyCell, MoneyRow, Worded, money_table
from supportcli.outputs.document.telling import sentence_case
from supportcli.outputs.document.wording import columns, spend_title

_NONE = {
    True: Message("depends on the spend"),
    False: Message("no plan with a known price"),
}
_MOST_TOLD = 2  # gains and losses of a plan in short
_SPAN = (Message("lowest"), Message("middle"), Message("highest"))


def other_plans(advice: Advice, language: Language) -> Iterator[Block]:
    """Every plan not chosen: why, and what it would change."""
    yield from _WhatIfScreen(advice, language).others()


def other_plans_in_short(
    advice: Advice, plans: Sequence[PlanAdvice], language: Language
) -> Iterator[Block]:
    """The same of some plans, each in a few lines."""
    yield from _WhatIfScreen(advice, language).in_short(plans)


def need_prices(advice: Advice, language: Language) -> Iterator[Block]:
    """What each need costs, and what a shorter response time does."""
    drawing = _WhatIfScreen(advice, language)
    yield from drawing.costs()
    yield from drawing.steps()


def changes(advice: Advice, language: Language) -> Iterator[Block]:
    """The smallest changes of needs that lead to another plan."""
    yield from _WhatIfScreen(advice, language).changes()


def saving_words(saving: Saving) -> Message:
    """What to give up for a plan that costs less, and what that saves."""
    name, doubt = Message("{plan}", plan=saving.entry.plan.name), saving.entry.plan.availability
    if doubt is not None:
        name = Message("{plan} ({doubt})", plan=saving.entry.plan.name, doubt=doubt.text)
    words = Message("{plan}: {needs}", plan=name, needs=_and(list(saving.giving_up)))
    if saving.saved is None:
        return Message("{words}.", words=words)
    return Message("{words}; {saved} less a year.", words=words, saved=saving.saved)


def turn_words(found: Sequence[Turn]) -> Iterator[Message]:
    """From which month of the term which plan is the cheaper choice."""
    if found:
        words = Message("At first {plan} is the cheapest choice.", plan=found[0].entry.plan.name)
        yield words
    for turn in found[1:]:
        yield Message(
            "From month {number} ({month}) {plan} is the cheaper choice.",
            number=turn.number,
            month=turn.month,
            plan=turn.entry.plan.name,
        )


def turning(advice: Advice, found: Sequence[Scenario]) -> list[Scenario]:
    """Those of other spends at which another plan is recommended."""
    chosen = advice.recommended.plan if advice.recommended else None
    return [scenario for scenario in found if scenario.entry.plan != chosen]


def scenario_blocks(
    advice: Advice, found: Sequence[Scenario], language: Language
) -> Iterator[Block]:
    """The plan and its cost at other spends; nothing where there are none to tell."""
    if not found:
        return
    yield Heading(language.say(Message("If the spend is another")))
    currency = advice.catalogue.currency
    spends = all(scenario.spend is not None for scenario in found)
    labels = [signed_rate(scenario.change, 1) for scenario in found]
    if len(found) == len(_SPAN):
        labels = list(map(language.say, _SPAN))
    rows = (
        MoneyRow(
            (
                label,
                *([exact_decimal(scenario.spend or ZERO, currency)] if spends else []),
                language.text(scenario.entry.plan.name),
                scenario.annual,
            ),
            marked=not scenario.change,
        )
        for label, scenario in zip(labels, found, strict=True)
    )
    title = spend_title(advice.usage.accounts)
    if advice.usage.ordered:
        title = Message("Spend without orders")
    of_spends = columns(language, title, figures=True) if spends else ()
    titles = (
        *columns(language, Message("Change")),
        *of_spends,
        *columns(language, Message("Plan")),
        *columns(language, Message("a year"), figures=True),
    )
    yield money_table(titles, rows, currency, language, at=1 if spends else 2)


class _WhatIfScreen:
    def __init__(self, advice: Advice, language: Language) -> None:
        self.advice = advice
        self.language = language
        self.say = language.say

    def others(self) -> Iterator[Block]:
        """Every plan not chosen: why, the difference in money, and in content both ways."""
        chosen = self.advice.recommended
        others = [entry for entry in self.advice.plans if entry is not chosen]
        if chosen is None or not others:
            return
        title = Message("Instead of {plan}", plan=chosen.plan.name)
        yield Heading(self.say(title))
        titles = (
            Message("Plan"),
            Message("Why not"),
            Message("a year"),
            Message("You would gain"),
            Message("Lost or newly limited"),
        )
        rows = (self._instead(entry, chosen) for entry in others)
        yield self._table(titles, rows)

    def in_short(self, plans: Sequence[PlanAdvice]) -> Iterator[Block]:
        """Of some plans why one would not take them, and what one would gain and lose."""
        chosen = self.advice.recommended
        others = [entry for entry in plans if entry is not chosen]
        if chosen is None or not others:
            return
        yield Heading(self.say(Message("Instead of {plan}", plan=chosen.plan.name)))
        yield Points(tuple(self._told(entry, chosen) for entry in others))

    def _told(self, entry: PlanAdvice, chosen: PlanAdvice) -> str:
        found = contrast(self.advice, entry, chosen)
        reason = why(self.advice, entry)
        parts = [Message("{plan}: {why}", plan=entry.plan.short_name, why=reason)]
        if found.gains:
            parts.append(Message("You would gain: {text}.", text=_first(found.gains)))
        if found.losses:
            parts.append(Message("You would lose: {text}.", text=_first(found.losses)))
        said = self.say(reason)
        limits = [
            limit for limit in found.limits if self.language.text(limit.values["limit"]) not in said
        ]
        more = (Message("{words}.", words=words) for words in (*limits, *found.open))
        return self.language.joined(sentence_case(self.say(part)) for part in (*parts, *more))

    def _table(
        self, titles: Sequence[Message], rows: Iterable[MoneyRow], figures: bool = False
    ) -> Table:
        """A table that has amounts of a year in its third column."""
        currency = self.advice.catalogue.currency
        heads = columns(self.language, *titles[:2]) + columns(
            self.language, *titles[2:], figures=figures
        )
        return money_table(heads, rows, currency, self.language, at=2)

    def _instead(self, entry: PlanAdvice, chosen: PlanAdvice) -> MoneyRow:
        found = contrast(self.advice, entry, chosen)
        return MoneyRow(
            (
                self.language.text(entry.plan.short_name),
                self.say(why(self.advice, entry)),
                more_or_less(found.extra, self.language),
                self._list(found.gains),
                self._list((*found.worse, *found.open)),
            )
        )

    def _list(self, messages: Sequence[Message]) -> str:
        return self.say(_and(list(messages)) if messages else Message("nothing that is stated"))

    def costs(self) -> Iterator[Block]:
        """What each need makes alone, given the others."""
        found = need_costs(self.advice)
        if found and self.advice.recommended is not None:
            yield Heading(self.say(Message("What each need costs, given the others")))
            yield Points(tuple(self.say(self._cost(cost)) for cost in found))

    def _cost(self, cost: NeedCost) -> Message:
        chosen, other = self.advice.recommended, cost.without
        if other is None:
            return Message(
                "{need}: without it, the plan to take depends on the spend.", need=cost.words
            )
        if chosen is not None and other.plan == chosen.plan:
            return Message(
                "{need}: nothing; without it, {plan} too.", need=cost.words, plan=other.plan.name
            )
        if cost.annual is None:
            return Message(
                "{need}: by the spend; without it, {plan}.", need=cost.words, plan=other.plan.name
            )
        return Message(
            "{need}: {amount} a year; without it, {plan}.",
            need=cost.words,
            amount=cost.annual,
            plan=other.plan.name,
        )

    def steps(self) -> Iterator[Block]:
        """The price by the response time that is needed."""
        for severity in asked_severities(self.advice.catalogue, self.advice.needs):
            found = staircase(self.advice, severity)
            if len(found) > 1 or found[0].entry is not None:
                name = self.advice.catalogue.severity(severity).name
                title = Message('Price by response time, for "{severity}"', severity=name)
                yield Heading(self.say(title))
                rows = (
                    MoneyRow(
                        (
                            self.language.text(step.within or Message("none needed")),
                            self.language.text(
                                step.entry.plan.name if step.entry else _NONE[step.depends]
                            ),
                            step.annual.amount if step.annual else self._unknown(step),
                        )
                    )
                    for step in found
                )
                titles = Message("Needed within"), Message("Plan"), Message("a year")
                yield self._table(titles, rows, figures=True)

    def _unknown(self, step: Step) -> str:
        known = step.entry is not None or step.depends
        return self.say(Message("by spend") if known else Message("unknown"))

    def changes(self) -> Iterator[Block]:
        """What would have to be given up to pay less, and what would need another plan."""
        less, more = savings(self.advice), demands(self.advice)
        if less and self.advice.recommended is not None:
            yield Heading(self.say(Message("To pay less")))
            yield Points(self._said(map(saving_words, less)))
        elif less:
            yield Heading(self.say(Message("What would have to give way")))
            yield Points(self._said(map(saving_words, less)))
        needs = [need.words(self.advice.catalogue) for need, _ in proposed(self.advice)]
        told = (
            *proposals(self.advice),
            *(self._demand(each) for each in more if each.words not in needs),
        )
        if told:
            yield Heading(self.say(Message("What would need another plan")))
            yield Points(self._said(told))

    def _demand(self, demand: Demand) -> Message:
        if demand.depends:
            return Message("{need}: the plan to take would depend on the spend.", need=demand.words)
        if demand.entry is None:
            return Message(
                "{need}: no single plan with a known price would be left.", need=demand.words
            )
        if demand.extra is None:
            return Message("{need}: {plan}.", need=demand.words, plan=demand.entry.plan.name)
        gap = Money(abs(demand.extra.amount), demand.extra.currency)
        words = Message("{need}: {plan}, {gap} more a year.")
        if demand.extra.amount < 0:
            words = Message("{need}: {plan}, {gap} less a year.")
        return Message(words.text, need=demand.words, plan=demand.entry.plan.name, gap=gap)

    def _said(self, messages: Iterable[Message]) -> tuple[str, ...]:
        return tuple(map(self.say, messages))


def more_or_less(extra: Money | None, language: Language) -> MoneyCell:
    """A difference in money: more, less, the same, or that it cannot be said."""
    if extra is None or not extra.amount:
        return language.say(Message("unknown") if extra is None else Message("the same"))
    words = Message("{amount} more") if extra.amount > 0 else Message("{amount} less")
    return Worded(abs(extra.amount), words)


def _first(messages: Sequence[Message]) -> Message:
    """The first things, and how many more there are."""
    told, more = _and(list(messages[:_MOST_TOLD])), len(messages) - _MOST_TOLD
    return Message("{text}; {count} more", text=told, count=more) if more > 0 else told


def _and(messages: list[Message]) -> Message:
    """One thing after the other."""
    joined = messages[0]
    for message in messages[1:]:
        joined = Message("{first}; {second}", first=joined, second=message)
    return joined
