"""The answer of `advise` as blocks: which plan, how much, why, and what to confirm.

Every form (terminal, plain text) draws the same blocks, so no two of them can disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from supportcli.advice.cautions import cautions, open_about_fees, to_confirm
from supportcli.advice.reasons import giving_way, nearest, proposals, reasons, why
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode
from supportcli.advice.renewal import renewal
from supportcli.advice.sensitivity import Scenario, turns
from supportcli.advice.whatif import savings
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.response import asked_severities
from supportcli.outputs.document.amounts import amount_blocks, reading_name
from supportcli.outputs.document.billing import basis_words, renewal_blocks
from supportcli.outputs.document.comparison import comparison
from supportcli.outputs.document.inquiries import fits_none_words, inquiry_blocks, shown_inquiries
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Sentence,
    Weight,
)
from supportcli.outputs.document.spend_ranges import ranges_table, tie_caution
from supportcli.outputs.document.whatif import saving_words, scenario_blocks, turn_words


class View(NamedTuple):
    """What the user asked to see, who confirmed the reading in use (None: nobody), notes on what
    the answer rests on, and the advice at other spends that were asked about.
    """

    explain: bool = False
    confirmed_by: str | None = None
    notes: tuple[Message, ...] = ()
    scenarios: tuple[Scenario, ...] = ()


def advice_screen(advice: Advice, language: Language, view: View) -> list[Block]:
    """The blocks of the answer, the most important first."""
    screen = _Screen(advice, language, view)
    return [
        *screen.answer(),
        *screen.others(),
        *screen.paying_less(),
        *scenario_blocks(advice, view.scenarios, language),
        *screen.every_plan(),
        *screen.closing(),
        *(_explained(advice, language) if view.explain else ()),
    ]


def _explained(advice: Advice, language: Language) -> list[Block]:
    from supportcli.outputs.document.explanation import explanation  # with all of break-even

    return explanation(advice, language)


def sentence_case(text: str) -> str:
    """The text beginning with a capital, where its script has them."""
    return text[:1].upper() + text[1:]


class _Screen:
    def __init__(self, advice: Advice, language: Language, view: View) -> None:
        self.advice = advice
        self.language = language
        self.say = language.say
        self.text = language.text
        self.view = view
        self.entry = advice.recommended

    def answer(self) -> Iterator[Block]:
        """The headline, the amounts, the reasons, the cautions."""
        if self.entry is not None:
            yield self._strong(Message("Recommended: {plan}", plan=self.entry.plan.name))
            yield from amount_blocks(self.advice, self.entry, self.view.confirmed_by, self.language)
            yield from inquiry_blocks(self.advice, self.language)
            yield Heading(self.say(Message("Why")), apart=False)
            yield Points(self._sentences(reasons(self.advice)))
            yield from self._warnings()
            found = renewal(self.advice)
            if found is not None:
                yield from renewal_blocks(found, self.language)
        elif self.advice.reason is ReasonCode.DEPENDS_ON_SPEND:
            yield self._strong(Message("The plan to take depends on the spend"))
            ranges = self.advice.ranges
            yield ranges_table(ranges, self.advice.catalogue.currency, self.language)
            yield from tie_caution(ranges, self.language)
            yield from inquiry_blocks(self.advice, self.language)
        else:
            yield self._strong(fits_none_words(self.advice))
            yield from inquiry_blocks(self.advice, self.language)
            if self.advice.closest is not None:
                yield from self._closest(self.advice.closest)
                yield from self._warnings()

    def _warnings(self) -> Iterator[Block]:
        found = [*cautions(self.advice), *turn_words(turns(self.advice))]
        if any(s.entry.plan != self.entry.plan for s in self.view.scenarios if self.entry):
            found.append(
                Message("At other spends of the range another plan is recommended: see below.")
            )
        warnings = self._sentences(found)
        if warnings:
            yield Heading(self.say(Message("Take care")), apart=False)
            yield Points(warnings, Weight.CAUTION)

    def _strong(self, message: Message) -> Block:
        return Sentence(self.say(message), Weight.STRONG)

    def _sentences(self, messages: Iterable[Message]) -> tuple[str, ...]:
        return tuple(sentence_case(self.say(message)) for message in messages)

    # Where nothing is recommended

    def _closest(self, entry: PlanAdvice) -> Iterator[Block]:
        yield Sentence(self.say(Message("Closest: {plan}", plan=entry.plan.name)))
        yield from amount_blocks(self.advice, entry, self.view.confirmed_by, self.language)
        yield Heading(
            self.say(Message("For {plan} you would have to", plan=entry.plan.name)), apart=False
        )
        yield Points(self._sentences(giving_way(self.advice, entry)))

    # The other plans, and what everything rests on

    def every_plan(self) -> Iterator[Block]:
        """The comparison, below what its amounts and its response times hold for."""
        shown = asked_severities(self.advice.catalogue, self.advice.needs)
        severity = tuple(self.advice.catalogue.severity(name).name for name in shown)
        title = Message('All plans, response for "{severity}"', severity=severity)
        if len(self.advice.catalogue.readings) > 1:
            used = self.advice.catalogue.reading(self.advice.reading)
            name = reading_name(used, self.language)
            title = Message("{title}; amounts: {reading}", title=title, reading=name)
        yield Heading(self.say(title), apart=False)
        yield comparison(self.advice, self.language)

    def others(self) -> Iterator[Block]:
        """A sentence for each of the nearest plans not chosen, doubt about its sale beside it."""
        near = self._near()
        title = Message("Why not the others") if self.entry else Message("Plan by plan")
        sentences = [
            self.say(Message("{plan}: {why}", plan=self._name(entry), why=why(self.advice, entry)))
            for entry in near
        ]
        sentences += map(self.say, proposals(self.advice))
        if sentences:
            yield Heading(self.say(title), apart=False)
            yield Points(tuple(sentences))

    def _near(self) -> list[PlanAdvice]:
        """Those to say a word of; what is to be asked has been said."""
        near = self.advice.plans if self.entry is None else nearest(self.advice, self.entry)
        asked = [inquiry.entry for inquiry in shown_inquiries(self.advice)]
        return [entry for entry in near if entry not in asked]

    def paying_less(self) -> Iterator[Block]:
        """The least to give up to pay less, where it is not told beside that plan already."""
        found = [saving for saving in savings(self.advice) if saving.certain]
        if self.entry is None or not found:
            return
        told = [entry.plan.id for entry in nearest(self.advice, self.entry)]
        if found[0].entry.plan.id not in told:
            words = Message("To pay less: {words}", words=saving_words(found[0]))
            yield Sentence(self.say(words))

    def _name(self, entry: PlanAdvice) -> Message:
        doubt = entry.plan.availability
        if doubt is None:
            return Message("{plan}", plan=entry.plan.name)
        return Message("{plan} ({doubt})", plan=entry.plan.name, doubt=doubt.text)

    def closing(self) -> Iterator[Block]:
        """The basis of the figures, open points of the fee, what to confirm, what it implies."""
        confirmed = self.view.confirmed_by is not None
        open_points = [
            self.text(point.brief)
            for point in open_about_fees(self.advice, confirmed)
            if point.brief
        ]
        if open_points:
            open_points.append(
                self.say(Message("The actual bill prevails; get the rule in writing first."))
            )
        confirm = tuple(
            point.confirm for point in to_confirm(self.advice, confirmed) if point.confirm
        )
        if confirm:
            open_points.append(
                self.say(Message("Confirm with the vendor: {points}.", points=confirm))
            )
        implied = [self.text(item) for group in self.advice.catalogue.facts for item in group.shown]
        basis = map(self.say, (*basis_words(self.advice), *self.view.notes))
        yield Sentence(self.language.joined([*basis, *open_points, *implied]), Weight.QUIET)
