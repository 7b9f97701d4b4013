"""What other rules come to for many customers: by plan, by group, the ten largest by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from supportcli.advice.batch_summary import Move, Outcome, Shift
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import Money, signed_rate
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Points, Sentence
from supportcli.outputs.document.money_table import MoneyRow, money_table
from supportcli.outputs.document.wording import columns
from supportcli.record import NamedTuple

FURTHER = Message("By plan and customer, at most:")


class ComparedWith(NamedTuple):
    """What the costs of a list are held against: in words, and the older rules if it is those."""

    words: Message
    older: Catalogue | None


def impact(
    outcome: Outcome, catalogue: Catalogue, against: ComparedWith, language: Language
) -> Iterator[Block]:
    """What all pay before and after, by plan and by group, who changes plan, the ten largest."""
    currency = catalogue.currency
    gap, before = outcome.difference or Decimal(0), outcome.before or Decimal(0)
    words = Message(
        "Against {what}: {text}.", what=against.words, text=_change(before, gap, currency)
    )
    if outcome.likely_change is not None:
        words = Message(
            "Against {what}, at most: {text}; probably: {then}.",
            what=against.words,
            text=_change(before, gap, currency),
            then=_change(*outcome.likely_change, currency),
        )
    yield Sentence(language.say(words))
    if (today := today_words(outcome, currency)) is not None:
        yield Sentence(language.say(today))
    if outcome.likely_change is not None:
        yield Sentence(language.say(FURTHER))
    yield from _shifts(outcome.shifts, catalogue, language)
    if against.older is not None:
        yield from _moves(outcome, (against.older, catalogue), language)
    if outcome.gaps:
        yield Points(
            tuple(
                language.say(
                    Message(
                        "{account}: {before} a year before, {after} now",
                        account=each.called,
                        before=Money(each.before, currency),
                        after=Money(each.after, currency),
                    )
                )
                for each in outcome.gaps
            )
        )
    if (left := left_out_words(outcome, against)) is not None:
        yield Sentence(language.say(left))


def left_out_words(outcome: Outcome, against: ComparedWith) -> Message | None:
    """How many customers are in no sum against older rules, where there are some."""
    if against.older is None or not outcome.not_compared:
        return None
    return Message(
        "Customers whose cost is not known both before and after, in no sum here: {count}.",
        count=f"{outcome.not_compared:,}",
    )


def today_words(outcome: Outcome, currency: str) -> Message | None:
    """What the advice costs against the plans of today, where sums are against older rules."""
    today, now = outcome.today, outcome.instead_of_today
    if today is None or now is None:
        return None
    words = Message("Against the plans of today, priced at the fees of this answer too: {text}.")
    if outcome.two_readings:
        words = Message(
            "Against the plans of today, priced at the fees of this answer too, at most: {text}."
        )
    return Message(words.text, text=_change(today, now - today, currency))


def _change(before: Decimal, gap: Decimal, currency: str) -> Message:
    """What all cost a year before and after, and whether that is more or less."""
    words = Message("{before} a year before, {after} now, {gap} more")
    if gap < 0:
        words = Message("{before} a year before, {after} now, {gap} less")
    if not gap:
        words = Message("{before} a year before and now, no change")
    return Message(
        words.text,
        before=Money(before, currency),
        after=Money(before + gap, currency),
        gap=Money(abs(gap), currency),
    )


def _shifts(shifts: tuple[Shift, ...], catalogue: Catalogue, language: Language) -> Iterator[Block]:
    """A table of the plans and one of the groups, each with all customers last."""
    names = {plan.id: plan.name for plan in catalogue.plans}
    titles = (
        *(Message("Customers"), Message("a year before"), Message("a year after")),
        *(Message("change"), Message("pay more"), Message("pay less")),
    )

    def row(shift: Shift) -> MoneyRow:
        name: object = names.get(shift.name or "", shift.name) if shift.by == "plan" else shift.name
        cells = (
            language.text(Message("all") if shift.by == "all" else name or Message("none")),
            f"{shift.customers:,}",
            shift.before,
            shift.after,
            "" if shift.share is None else signed_rate(shift.share, 1),
            f"{shift.more:,}",
            f"{shift.less:,}",
        )
        return MoneyRow(cells)

    for by, title in (("plan", Message("Plan")), ("group", Message("Group"))):
        found = [row(shift) for shift in shifts if shift.by == by]
        if found:
            last = [row(shift) for shift in shifts if shift.by == "all"]
            heads = (*columns(language, title), *columns(language, *titles, figures=True))
            yield money_table(heads, (*found, *last), catalogue.currency, language)


def _moves(
    outcome: Outcome, rules: tuple[Catalogue, Catalogue], language: Language
) -> Iterator[Block]:
    """Who would take another plan than before."""
    currency = rules[1].currency
    names = [{plan.id: plan.name for plan in each.plans} for each in rules]
    titles = Message("Plan before"), Message("Plan after")
    figures = Message("Customers"), Message("a year before"), Message("a year after")

    def name(plan: str | None, known: Mapping[str, Text]) -> str:
        return language.text(Message("no plan fits") if plan is None else known.get(plan, plan))

    def row(move: Move) -> MoneyRow:
        plans = name(move.old, names[0]), name(move.new, names[1])
        sums = ("" if each is None else each for each in (move.before, move.after))
        return MoneyRow((*plans, f"{move.customers:,}", *sums))

    if outcome.moves:
        heads = (*columns(language, *titles), *columns(language, *figures, figures=True))
        yield money_table(heads, map(row, outcome.moves), currency, language, at=len(titles) + 1)
