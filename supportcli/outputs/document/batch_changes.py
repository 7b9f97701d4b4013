"""What other rules change for the customers of a batch, as tables of a workbook's page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from supportcli.advice.batch_summary import Outcome, Shift
from supportcli.core.catalogue import Catalogue
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.pages import PageColumn, PageTable


def change_tables(
    outcome: Outcome, catalogue: Catalogue, older: Catalogue | None, language: Language
) -> Iterator[PageTable]:
    """What all pay before and after by plan and by group; under older rules, who changes plan."""
    names = _names(catalogue)
    whole = [shift for shift in outcome.shifts if shift.by == "all"]
    for by, title in (("plan", Message("Plan")), ("group", Message("Group"))):
        found = [shift for shift in outcome.shifts if shift.by == by]
        if found:
            columns = _columns(title, whole[0], language)
            rows = tuple(
                (
                    language.text(names.get(each.name or "", each.name) or Message("none")),
                    *_figures(each),
                )
                for each in found
            )
            yield PageTable(columns, rows, language.say(Message("all")))
    if older is not None and outcome.moves:
        yield _moves(outcome, _names(older), names, language)


def _columns(title: Message, whole: Shift, language: Language) -> tuple[PageColumn, ...]:
    """The heads, each with what all customers come to."""
    count, before, after, gap = _figures(whole)
    return (
        PageColumn(language.say(title)),
        PageColumn(language.say(Message("Customers")), "count", Decimal(count)),
        PageColumn(language.say(Message("a year before")), "money", before),
        PageColumn(language.say(Message("a year after")), "money", after),
        PageColumn(language.say(Message("difference")), "difference", gap),
    )


def _figures(shift: Shift) -> tuple[int, Decimal, Decimal, Decimal]:
    return shift.customers, shift.before, shift.after, shift.after - shift.before


def _names(catalogue: Catalogue) -> Mapping[str, Text]:
    return {plan.id: plan.name for plan in catalogue.plans}


def _moves(
    outcome: Outcome, before: Mapping[str, Text], after: Mapping[str, Text], language: Language
) -> PageTable:
    """Who would take another plan than by the older rules."""

    def name(plan: str | None, known: Mapping[str, Text]) -> str:
        return language.text(Message("no plan fits") if plan is None else known.get(plan, plan))

    columns = (
        PageColumn(language.say(Message("Plan before"))),
        PageColumn(language.say(Message("Plan after"))),
        PageColumn(language.say(Message("Customers")), "count"),
        PageColumn(language.say(Message("a year before")), "money"),
        PageColumn(language.say(Message("a year after")), "money"),
    )
    rows = tuple(
        (name(each.old, before), name(each.new, after), each.customers, each.before, each.after)
        for each in outcome.moves
    )
    return PageTable(columns, rows)
