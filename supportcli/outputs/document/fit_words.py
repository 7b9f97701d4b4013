"""Whether a plan does, in a word, and the reasons in a few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportcli.advice.cautions import contested_points
from supportcli.advice.recommendation import Bar, PlanAdvice
from supportcli.errors import Message
from supportcli.needs.need import NeedResult, Status
from supportcli.needs.registry import KINDS
from supportcli.outputs.document.first_screen import ScreenCell
from supportcli.outputs.document.telling import Telling


def fits_cell(telling: Telling, entry: PlanAdvice, number: int) -> ScreenCell:
    """One word and the reason; `number` is that of the question about the plan, 0 for none."""
    word = fit_word(entry, number, brief=True)
    if not number and _is_contested(telling, entry):
        word = Message("{word}, fee ?", word=word)
    words, brief = telling.say(fits_words(telling, entry, number)), telling.say(word)
    return ScreenCell(words, brief if brief != words else "", bool(entry.unmet))


def fits_words(telling: Telling, entry: PlanAdvice, number: int = 0) -> Message:
    """Whether a plan does, and why not."""
    word, reasons = fit_word(entry, number), tuple(_reasons(telling, entry, number))
    if not reasons:
        return word
    if number:
        return Message("{first}; {second}", first=word, second=reasons)
    if entry.fits and entry.bar is None:
        return Message("{text} ({note})", text=word, note=reasons)
    return Message("{name}: {text}", name=word, text=reasons)


def _is_contested(telling: Telling, entry: PlanAdvice) -> bool:
    """Whether sources contradict each other about the fee of another plan that meets the needs.

    Of the plan that the answer is about a note says so; not once the reading in use is confirmed.
    """
    if telling.confirmed or entry is telling.entry or entry.unmet:
        return False
    return bool(contested_points(telling.advice.catalogue, entry.plan))


def is_unfit(entry: PlanAdvice) -> bool:
    """Whether it is known not to do, or cannot be had for the term."""
    return any(r.status is Status.NOT_MET for r in entry.unmet) or entry.bar is not None


def weighty(entry: PlanAdvice) -> Sequence[NeedResult]:
    """The needs that are not met, else those of which that is not known."""
    return [r for r in entry.unmet if r.status is Status.NOT_MET] or entry.unmet


def lacking_words(telling: Telling, entry: PlanAdvice) -> tuple[Message, ...]:
    """What these needs are called."""
    titles = (result.wanted.title(telling.advice.catalogue) for result in weighty(entry))
    return tuple(dict.fromkeys(titles))


def fit_word(entry: PlanAdvice, number: int = 0, *, brief: bool = False) -> Message:
    """Whether a plan does, in a word; `number` is that of the question about it, 0 for none.

    What has no known price is no "yes", in brief either.
    """
    if number:
        return Message("ask {number}", number=number)
    if is_unfit(entry):
        return Message("no")
    if entry.unmet:
        return Message("not known")
    if not entry.plan.priced:
        return Message("price ?") if brief else Message("price not known")
    if entry.doubtful:
        return Message("if sold")
    return Message("yes")


def _reasons(telling: Telling, entry: PlanAdvice, number: int) -> Iterator[Message]:
    advice = telling.advice
    yield from lacking_words(telling, entry)
    if entry.bar is Bar.ENDS_WITHIN_TERM:
        yield Message("ends {date}", date=entry.plan.validity.valid_to)
    elif entry.bar is Bar.CLOSED_TO_NEW:
        yield Message("closed")
    if (
        not entry.unmet
        and not number
        and any(r.status is Status.MET_WITHIN_LIMIT for r in entry.needs)
    ):
        yield Message("within a limit")
    if not number and _is_contested(telling, entry):
        yield Message("fee contradicted")
    if advice.other_asked and entry is advice.recommended:
        yield Message("recommended")
    if entry.plan.id == advice.needs.current_plan:
        yield Message("today's")
    if number or entry is telling.entry or not entry.unmet:
        for kind in KINDS:
            words = kind.remark(advice.catalogue, entry.plan, advice.needs)
            if words is not None:
                yield words
