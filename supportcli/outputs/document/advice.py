"""The answer of `advise` as blocks: which plan, how much, why, and what to confirm.

Every form (terminal, plain text) draws the same blocks, so no two of them can disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from supportcli.advice.cautions import cautions, notices
from supportcli.advice.reasons import giving_way, nearest, proposals, reasons, why
from supportcli.advice.recommendation import Advice, PlanAdvice, ReasonCode
from supportcli.advice.renewal import renewal
from supportcli.advice.sensitivity import Scenario, turns
from supportcli.advice.whatif import savings
from supportcli.core.money import exact_money, whole
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.needs.response import asked_severities
from supportcli.outputs.document.amounts import amount_blocks, reading_name
from supportcli.outputs.document.billing import basis_notes, basis_words, renewal_blocks
from supportcli.outputs.document.comparison import comparison
from supportcli.outputs.document.first_answer import first_answer
from supportcli.outputs.document.inquiries import inquiry_blocks, shown_inquiries
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Sentence,
    Weight,
)
from supportcli.outputs.document.open_points import vendor_words
from supportcli.outputs.document.spend_ranges import ranges_table, tie_caution
from supportcli.outputs.document.whatif import saving_words, scenario_blocks, turn_words


class View(NamedTuple):
    """What the user asked to see, who confirmed the reading in use (None: nobody), notes on what
    the answer rests on, and the advice at other spends that were asked about.

    `named` says whether the reading in use was asked for, `span` are the ends of a range of spends.
    """

    explain: bool = False
    confirmed_by: str | None = None
    notes: tuple[Message, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    named: bool = False
    span: tuple[Fraction, ...] = ()


def advice_screen(advice: Advice, language: Language, view: View) -> list[Block]:
    """The first screen, and with explanations everything else that there is to say."""
    notes = tuple(_notes(advice, view))
    first = first_answer(advice, language, view.span, view.named, notes)
    return [first, *(_explained(advice, language, view) if view.explain else ())]


def _notes(advice: Advice, view: View) -> Iterator[Message]:
    """What money hangs on that neither amounts nor needs tell."""
    yield from view.notes
    yield from basis_notes(advice)
    yield from reading_notes(advice, view)
    if advice.recommended is not None:
        yield from _elsewhere(view, advice.recommended)
        yield from notices(advice)
        yield from turn_words(turns(advice))


def reading_notes(advice: Advice, view: View) -> Iterator[Message]:
    """Who confirmed a reading that was asked for, or that nobody did."""
    name = advice.catalogue.reading(advice.reading).name
    if view.confirmed_by is not None:
        yield Message("{reading}: confirmed by {who}.", reading=name, who=view.confirmed_by)
    elif view.named and len(advice.catalogue.readings) > 1:
        yield Message("{reading}: not confirmed by anybody.", reading=name)


def _elsewhere(view: View, entry: PlanAdvice) -> Iterator[Message]:
    """Where another spend of the range leads to another plan."""
    for scenario in view.scenarios:
        if scenario.entry.plan != entry.plan and scenario.spend is not None:
            spend = whole(exact_money(scenario.spend, entry.plan.currency))
            name = scenario.entry.plan.name
            yield Message("At {spend} {plan} is recommended.", spend=spend, plan=name)


def _explained(advice: Advice, language: Language, view: View) -> Iterator[Block]:
    from supportcli.outputs.document.explanation import explanation  # with all of break-even

    screen = _Explained(advice, language, view)
    yield from screen.answer()
    yield from screen.others()
    yield from screen.paying_less()
    yield from scenario_blocks(advice, view.scenarios, language)
    yield from screen.every_plan()
    yield from screen.closing()
    yield from explanation(advice, language)


def sentence_case(text: str) -> str:
    """The text beginning with a capital, where its script has them."""
    return text[:1].upper() + text[1:]


class _Explained:
    def __init__(self, advice: Advice, language: Language, view: View) -> None:
        self.advice = advice
        self.language = language
        self.say = language.say
        self.text = language.text
        self.view = view
        self.entry = advice.recommended

    def answer(self) -> Iterator[Block]:
        """The amounts in their parts, the reasons, the cautions."""
        if self.entry is not None:
            yield from amount_blocks(self.advice, self.entry, self.view.confirmed_by, self.language)
            yield from inquiry_blocks(self.advice, self.language)
            yield Heading(self.say(Message("Why")), apart=False)
            yield Points(self._sentences(reasons(self.advice)))
            yield from self._warnings()
            found = renewal(self.advice)
            if found is not None:
                yield from renewal_blocks(found, self.language)
        elif self.advice.reason is ReasonCode.DEPENDS_ON_SPEND:
            ranges = self.advice.ranges
            yield ranges_table(ranges, self.advice.catalogue.currency, self.language)
            yield from tie_caution(ranges, self.language)
            yield from inquiry_blocks(self.advice, self.language)
        elif self.advice.closest is not None:
            yield from inquiry_blocks(self.advice, self.language)
            yield from self._closest(self.advice.closest)
            yield from self._warnings()

    def _warnings(self) -> Iterator[Block]:
        found = [*cautions(self.advice), *turn_words(turns(self.advice))]
        warnings = self._sentences(found)
        if warnings:
            yield Heading(self.say(Message("Take care")), apart=False)
            yield Points(warnings, Weight.CAUTION)

    def _sentences(self, messages: Iterable[Message]) -> tuple[str, ...]:
        return tuple(sentence_case(self.say(message)) for message in messages)

    # Where nothing is recommended

    def _closest(self, entry: PlanAdvice) -> Iterator[Block]:
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
        basis = map(self.say, (*basis_words(self.advice), *self.view.notes))
        rests_on = vendor_words([self.advice], confirmed, self.language)
        yield Sentence(self.language.joined([*basis, *rests_on]), Weight.QUIET)
