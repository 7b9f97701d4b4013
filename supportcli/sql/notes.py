"""The comments above a statement: where it comes from, what it reads, what it assumes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from supportcli import __version__
from supportcli.advice.rules import SERIES
from supportcli.errors import Message
from supportcli.sql.statement import Statement


def statement_notes(statement: Statement, day: datetime.date) -> Iterator[Message]:
    """A comment each; the rules are those of a day."""
    wanted, dialect = statement.wanted, statement.dialect
    catalogue = wanted.same.rules.catalogue
    yield Message(
        "supportcli {version}: fees and advice on support plans, for {engine}.",
        version=__version__,
        engine=dialect.called,
    )
    yield Message(
        "Catalogue {id}, rules of {day}, SHA-256 {sha256}.",
        id=catalogue.id,
        day=day,
        sha256=catalogue.sha256,
    )
    yield Message(
        "Reading {reading} where a row names no other; terms from {day}; amounts in {currency}.",
        reading=wanted.same.rules.reading,
        day=wanted.same.start.first_day,
        currency=catalogue.currency,
    )
    for point in catalogue.open_points:
        if point.headline:
            yield Message("Doubtful: {text}", text=point.brief or point.text)
    numbered = tuple(f"{index} {plan.id}" for index, plan in enumerate(catalogue.plans))
    yield Message("Plans by their numbers in the stages: {plans}.", plans=numbered)
    priced = {plan.id for plan in statement.advice.plans}
    unpriced = tuple(plan.id for plan in catalogue.plans if plan.id not in priced)
    if unpriced:
        yield Message("Without a known price, so never chosen: {plans}.", plans=unpriced)
    if same := statement.cells.same(mapped=False):
        yield Message("The same for every row: {same}.", same=same)
    if same := statement.cells.same(mapped=True):
        yield Message("Where a cell is NULL: {same}.", same=same)
    if 1 < len(wanted.spends) < len(SERIES):
        yield Message("Months after {last} are taken as {last}.", last=wanted.spends[-1])
    if dialect.whole:
        yield Message(
            "{engine} has no decimals: amounts are whole numbers of the minor unit (*_minor), and "
            "one of {limit} or more is refused.",
            engine=dialect.called,
            limit=f"{statement.limit:,}",
        )
    else:
        yield Message(
            "A spend of {limit} or more, or with more than {decimals} decimals, is refused.",
            limit=f"{statement.limit:,}",
            decimals=wanted.decimals,
        )
    yield Message(
        "Every row comes back: one that cannot be quoted has a code in reason_code and no figures."
    )
    yield Message(
        "Repeated accounts are not looked for. Print it again when the catalogue changes."
    )
