"""The summary of a batch: rows in and out, sums by plan, refusals by code."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.batch_summary import Ending, Group, Outcome
from supportcli.advice.quote import is_pooled, takes_highest
from supportcli.advice.refusals import REFUSALS
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import Money
from supportcli.core.successor import and_successor
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.doubt_words import doubted_words
from supportcli.outputs.document.given import GivenBy, given_words
from supportcli.outputs.document.impact import ComparedWith, impact
from supportcli.outputs.document.model import (
    Block,
    Heading,
    Points,
    Sentence,
    Table,
    TableColumn,
    Weight,
)
from supportcli.outputs.document.money_table import MoneyRow, money_table
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


def book_summary(
    outcome: Outcome,
    catalogue: Catalogue,
    against: ComparedWith,
    given_by: GivenBy,
    language: Language,
) -> Iterator[Block]:
    """How many rows went where, and what the plans cost all customers together.

    `against` says what the costs are held against, `given_by` which columns gave rows something.
    """
    yield from _counts(outcome, Weight.STRONG, language)
    if outcome.groups:
        yield _plans(outcome, catalogue, language)
    yield from remarks(outcome, catalogue, given_by, language)
    yield from _refused(outcome, language)
    if outcome.difference is not None:
        yield from impact(outcome, catalogue, against, language)


def impact_summary(
    outcome: Outcome,
    catalogue: Catalogue,
    against: ComparedWith,
    given_by: GivenBy,
    language: Language,
) -> Iterator[Block]:
    """What a change of the rules does to the customers; then what is to be known of the rows."""
    yield from _counts(outcome, Weight.NORMAL, language)
    if outcome.difference is None:
        words = Message("No customer's cost is known by both of the rules.")
        yield Sentence(language.say(words), Weight.CAUTION)
    else:
        yield from impact(outcome, catalogue, against, language)
    yield from remarks(outcome, catalogue, given_by, language)
    yield from _refused(outcome, language)


def _counts(outcome: Outcome, weight: Weight, language: Language) -> Iterator[Block]:
    """How many rows went where."""
    rows = Message("1 row") if outcome.read == 1 else Message("{count} rows")
    counts = Message(
        "{rows} read = {quoted} quoted + {none} no plan fits + {rejected} refused + {blank} blank",
        rows=Message(rows.text, count=f"{outcome.read:,}"),
        quoted=f"{outcome.quoted:,}",
        none=f"{outcome.no_plan:,}",
        rejected=f"{outcome.rejected:,}",
        blank=f"{outcome.blank:,}",
    )
    if outcome.added:
        counts = Message("{counts} + {added} added", counts=counts, added=f"{outcome.added:,}")
    yield Sentence(language.say(counts), weight)
    if outcome.added:
        added = Message(
            "{count} of the rows read were added to another of the same customer.",
            count=f"{outcome.added:,}",
        )
        yield Sentence(language.say(added))


def remarks(
    outcome: Outcome, catalogue: Catalogue, given_by: GivenBy, language: Language
) -> Iterator[Block]:
    """What the amounts are, and what is doubted of the plans."""
    for words in given_words(outcome, given_by):
        yield Sentence(language.say(words))
    for words in ending_words(outcome, catalogue):
        yield Sentence(language.say(words), Weight.CAUTION)
    if outcome.listed is not None:
        listed = Money(outcome.listed, catalogue.currency)
        yield Sentence(language.say(listed_words(outcome.steps, listed)))
    for words in accounts_words(outcome, catalogue):
        yield Sentence(language.say(words), Weight.CAUTION)
    if outcome.doubts:
        yield Heading(language.say(Message("Take care")), apart=False)
        yield Points(_doubts(outcome, catalogue, language), Weight.CAUTION)


def _refused(outcome: Outcome, language: Language) -> Iterator[Block]:
    """How many rows were refused, by reason."""
    if not outcome.codes:
        return
    yield Heading(language.say(Message("Refused rows")), apart=False)
    yield Points(
        tuple(
            language.say(Message("{words}: {count}", count=n, words=REFUSALS[code]))
            for code, n in outcome.reasons
        )
    )


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


def ending_words(outcome: Outcome, catalogue: Catalogue) -> tuple[Message, ...]:
    """That plans that rows name end, until when their cost is counted, and what follows them."""
    today = [_current_ending(each, catalogue) for each in outcome.current_ending]
    if today:
        words = Message("Where a term goes beyond that day, no year of today's plan is compared.")
        today.append(words)
    return (*(_ending(each, catalogue) for each in outcome.ending), *today)


def _current_ending(ending: Ending, catalogue: Catalogue) -> Message:
    plans = {plan.id: plan for plan in catalogue.plans}
    words = Message("{count} customers have {plan} today, which ends on {date}")
    if ending.customers == 1:
        words = Message("1 customer has {plan} today, which ends on {date}")
    words = Message(
        words.text,
        count=f"{ending.customers:,}",
        plan=plans[ending.plan].name,
        date=ending.last_day,
    )
    return Message("{words}.", words=and_successor(words, catalogue, plans[ending.plan]))


def _ending(ending: Ending, catalogue: Catalogue) -> Message:
    words = Message("{count} rows are priced at {plan} only until {date}, when it ends.")
    if ending.customers == 1:
        words = Message("1 row is priced at {plan} only until {date}, when it ends.")
    return Message(
        words.text,
        count=f"{ending.customers:,}",
        plan=_plan_name(ending.plan, catalogue),
        date=ending.last_day,
    )


def listed_words(steps: tuple[str, ...], listed: Money) -> Message:
    """What amounts are where a discount or tax was agreed, and what the list price is."""
    return Message(_LISTED[steps].text, listed=listed)


def accounts_words(outcome: Outcome, catalogue: Catalogue) -> Iterator[Message]:
    """What rows that are accounts of one customer have in common, where rows have such plans.

    A plan that pools their spend has one fee; of other plans the highest holds for all.
    """
    pooled = {plan.id: plan for plan in catalogue.plans if is_pooled(plan)}
    groups = [group for group in outcome.groups if group.plan in pooled]
    if sum(group.customers for group in groups) >= _SEVERAL:
        found = {group.plan for group in groups}
        yield Message(
            "{plans}: one fee for all accounts of a customer together. Each row is priced by "
            "itself; accounts of one customer belong in one row, their spend added up.",
            plans=tuple(plan.name for plan in pooled.values() if plan.id in found),
        )
        scopes = [plan.terms.scope for plan in pooled.values() if plan.id in found]
        texts = [scope and scope.text for scope in scopes]
        for i, text in enumerate(texts):
            if text is not None and text not in texts[:i]:
                yield Message("As to one fee: {text}.", text=text)
    bound = {plan.id for plan in catalogue.plans if takes_highest(plan)}
    if len(bound.intersection(group.plan for group in outcome.groups)) > 1:
        yield Message(
            "Rows that are accounts of one enterprise all have the highest plan among them; "
            "here each is counted with its own."
        )


def sum_titles(outcome: Outcome) -> tuple[Message, ...]:
    """What is above the sums: of a month and a year, and the year under the likeliest reading.

    Where rows name readings of their own, that the sums are by those.
    """
    if outcome.own_reading and not outcome.two_readings:
        return Message("a month, row's reading"), Message("a year, row's reading")
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

    def row(group: Group) -> MoneyRow:
        name: object = Message("no plan fits")
        if group.plan is not None:
            name = names[group.plan]
        likely = (group.likely,) if outcome.two_readings else ()
        sums = ("" if each is None else each for each in (group.monthly, group.annual, *likely))
        first = (language.text(group.group or Message("none")),) if grouped else ()
        return MoneyRow((*first, language.text(name), f"{group.customers:,}", *sums))

    titles = Message("Customers"), *sum_titles(outcome)
    heads = (*columns(language, Message("Plan")), *columns(language, *titles, figures=True))
    if grouped:
        heads = (TableColumn(language.say(Message("Group"))), *heads)
    rows = map(row, outcome.groups)
    return money_table(heads, rows, catalogue.currency, language, at=int(grouped))
