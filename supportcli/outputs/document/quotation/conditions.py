"""On what a quote depends: which of two amounts holds, whether a plan can still be bought."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.errors import Message
from supportcli.outputs.document.quotation.amounts import headline_amount, money, of_a_year
from supportcli.outputs.document.quotation.paper import QuotePaper


def condition_words(paper: QuotePaper) -> Iterator[Message]:
    """Under which condition which amount is to be paid, where there are two."""
    sides = paper.quotation.sides
    most, likely = (money(paper, headline_amount(paper, side)) for side in (sides[0], sides[-1]))
    if most == likely:
        return
    catalogue = paper.quotation.advice.catalogue
    words = Message(
        "{likely} is to be paid for the term if {condition}, otherwise {most}; "
        "{vendor} is to confirm which, and its bill decides."
    )
    if of_a_year(paper):
        words = Message(
            "{likely} is to be paid for the year if {condition}, otherwise {most}; "
            "{vendor} is to confirm which, and its bill decides."
        )
    yield Message(
        words.text,
        likely=likely,
        most=most,
        condition=catalogue.reading(sides[-1].reading).in_brief,
        vendor=catalogue.whom_to_ask,
    )


def sale_words(paper: QuotePaper) -> Iterator[Message]:
    """That a plan has to be still on sale, where that is in doubt."""
    catalogue = paper.quotation.advice.catalogue
    vendor = catalogue.whom_to_ask
    for entry in paper.quotation.taken:
        if entry.doubtful:
            words = Message("{vendor} is to confirm that {plan} can still be bought.")
            year = catalogue.year_named(entry.plan)
            if year is not None:
                words = Message(
                    "{vendor} is to confirm that {plan} can still be bought as in {year}."
                )
            yield Message(words.text, vendor=vendor, plan=entry.plan.name, year=str(year))
