"""The summary of a batch: rows in and out, sums by plan, refusals by code."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from supportcli.advice.batch_summary import Group, Outcome, Shift
from supportcli.advice.quote import is_pooled
from supportcli.advice.refusals import REFUSALS
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import Money, signed_rate
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.doubt_words import doubted_words
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Row,
    Sentence,
    Table,
    TableColumn,
    Weight,
)
from supportcli.outputs.document.wording import columns

_LISTED = {
    ("discount", "tax"): Message(
        "Amounts are what is to be paid, after discount and with an added tax; the list price "
        "of all is {listed} a year."
    ),
    ("discount",): Message(
        "Amounts are what is to be paid, after discount; the list price of all is {listed} a year."
    ),
    ("tax",): Message(
        "Amounts are what is to be paid, with an added tax; the list price of all is {listed} a "
        "year."
    ),
    (): Message("Amounts are what is to be paid; the list price of all is {listed} a year."),
}
_SEVERAL = 2
FURTHER = Message("By plan and customer, at most:")


def book_summary(
    outcome: Outcome,
    catalogue: Catalogue,
    against: Message,
    given_by: Message,
    language: Language,
) -> Iterator[Block]:
    """How many rows went where, and what the plans cost all customers together.

    `against` says what the costs are held against, `given_by` which column named plans.
    """
    rows = Message("1 row") if outcome.read == 1 else Message("{count} rows")
    counts = Message(
        "{rows} read = {quoted} quoted + {none} no plan fits + {rejected} refused + {blank} blank",
        rows=Message(rows.text, count=f"{outcome.read:,}"),
        quoted=f"{outcome.quoted:,}",
        none=f"{outcome.no_plan:,}",
        rejected=f"{outcome.rejected:,}",
        blank=f"{outcome.blank:,}",
    )
    yield Sentence(language.say(counts), Weight.STRONG)
    if outcome.added:
        added = Message(
            "{count} of the rows read were added to another of the same customer.",
            count=f"{outcome.added:,}",
        )
        yield Sentence(language.say(added))
    if outcome.groups:
        yield _plans(outcome, catalogue, language)
    if outcome.given:
        yield Sentence(language.say(given_words(outcome.given, given_by)))
    if outcome.listed is not None:
        listed = Money(outcome.listed, catalogue.currency)
        yield Sentence(language.say(listed_words(outcome.steps, listed)))
    if pooled := pooled_words(outcome, catalogue):
        yield Sentence(language.say(pooled), Weight.CAUTION)
    if outcome.doubts:
        yield Heading(language.say(Message("Take care")), apart=False)
        yield Points(_doubts(outcome, catalogue, language), Weight.CAUTION)
    if outcome.codes:
        yield Heading(language.say(Message("Refused rows")), apart=False)
        yield Points(
            tuple(
                language.say(
                    Message("{count}: {words} ({code})", count=n, words=REFUSALS[code], code=code)
                )
                for code, n in outcome.reasons
            )
        )
    if outcome.difference is not None:
        yield from _difference(outcome, catalogue, against, language)


def _doubts(outcome: Outcome, catalogue: Catalogue, language: Language) -> tuple[str, ...]:
    """A sentence for each plan: how many of its customers have which doubt."""
    plans = dict.fromkeys(each.plan for each in outcome.doubts)
    return tuple(
        language.say(
            Message(
                "{plan}: {doubts}.",
                plan=_plan_name(plan, catalogue),
                doubts=tuple(
                    doubted_words(each, catalogue) for each in outcome.doubts if each.plan == plan
                ),
            )
        )
        for plan in plans
    )


def _plan_name(plan: str | None, catalogue: Catalogue) -> Text | Message:
    names = {each.id: each.name for each in catalogue.plans}
    return Message("no plan fits") if plan is None else names[plan]


def given_words(count: int, given_by: Message) -> Message:
    """How many rows have the plan that the table gives them, instead of advice."""
    if count == 1:
        return Message(
            "1 row was priced at the plan that {column} names, not at the one advised; "
            "--ignore-plan-column advises it too.",
            column=given_by,
        )
    return Message(
        "{count} rows were priced at the plan that {column} names, not at the one advised; "
        "--ignore-plan-column advises them too.",
        count=f"{count:,}",
        column=given_by,
    )


def listed_words(steps: tuple[str, ...], listed: Money) -> Message:
    """What amounts are where a discount or tax was agreed, and what the list price is."""
    return Message(_LISTED[steps].text, listed=listed)


def pooled_words(outcome: Outcome, catalogue: Catalogue) -> Message | None:
    """That accounts which share a plan pay one fee, where rows have such plans."""
    pooled = {plan.id: plan.name for plan in catalogue.plans if is_pooled(plan)}
    groups = [group for group in outcome.groups if group.plan in pooled]
    if sum(group.customers for group in groups) < _SEVERAL:
        return None
    found = {group.plan for group in groups}
    return Message(
        "{plans}: one fee for all accounts of a customer together. Each row is priced by itself; "
        "accounts of one customer belong in one row, their spend added up.",
        plans=tuple(name for plan, name in pooled.items() if plan in found),
    )


def sum_titles(outcome: Outcome) -> tuple[Message, ...]:
    """What is above the sums: of a month and a year, and the year under the likeliest reading."""
    if not outcome.two_readings:
        return Message("a month"), Message("a year")
    return (
        Message("a month at most"),
        Message("a year at most"),
        Message("a year, probably"),
    )


def _plans(outcome: Outcome, catalogue: Catalogue, language: Language) -> Table:
    grouped = any(group.group is not None for group in outcome.groups)
    names = {plan.id: plan.name for plan in catalogue.plans}
    currency = catalogue.currency

    def row(group: Group) -> Row:
        name: object = Message("no plan fits")
        if group.plan is not None:
            name = names[group.plan]
        likely = (_money(group.likely, currency, language),) if outcome.two_readings else ()
        cells = (
            language.text(name),
            f"{group.customers:,}",
            _money(group.monthly, currency, language),
            _money(group.annual, currency, language),
            *likely,
        )
        return Row((language.text(group.group or Message("none")), *cells) if grouped else cells)

    titles = Message("Customers"), *sum_titles(outcome)
    first = columns(language, Message("Plan"))
    if grouped:
        first = (TableColumn(language.say(Message("Group"))), *first)
    return Table(
        (*first, *columns(language, *titles, figures=True)), tuple(map(row, outcome.groups))
    )


def _difference(
    outcome: Outcome, catalogue: Catalogue, against: Message, language: Language
) -> Iterator[Block]:
    currency = catalogue.currency
    gap, before = outcome.difference or Decimal(0), outcome.before or Decimal(0)
    words = Message("Against {what}: {text}.", what=against, text=_change(before, gap, currency))
    if outcome.likely_change is not None:
        words = Message(
            "Against {what}, at most: {text}; probably: {then}.",
            what=against,
            text=_change(before, gap, currency),
            then=_change(*outcome.likely_change, currency),
        )
    yield Sentence(language.say(words))
    if outcome.likely_change is not None:
        yield Sentence(language.say(FURTHER))
    yield from _shifts(outcome.shifts, catalogue, language)
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

    def row(shift: Shift) -> Row:
        name: object = names.get(shift.name or "", shift.name) if shift.by == "plan" else shift.name
        cells = (
            language.text(Message("all") if shift.by == "all" else name or Message("none")),
            f"{shift.customers:,}",
            _money(shift.before, catalogue.currency, language),
            _money(shift.after, catalogue.currency, language),
            "" if shift.share is None else signed_rate(shift.share, 1),
            f"{shift.more:,}",
            f"{shift.less:,}",
        )
        return Row(cells)

    for by, title in (("plan", Message("Plan")), ("group", Message("Group"))):
        found = [row(shift) for shift in shifts if shift.by == by]
        if found:
            last = [row(shift) for shift in shifts if shift.by == "all"]
            heads = (*columns(language, title), *columns(language, *titles, figures=True))
            yield Table(heads, (*found, *last))


def _money(amount: Decimal | None, currency: str, language: Language) -> str:
    return "" if amount is None else language.text(Money(amount, currency))
