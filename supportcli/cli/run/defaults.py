"""What the flags say of every customer alike, for the verbs that answer for many."""

from __future__ import annotations

from collections.abc import Collection

from supportcli.advice.rules import RowDefaults, Rules
from supportcli.cli.run.understand import understand
from supportcli.cli.settings import Settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.period import Month
from supportcli.errors import Message, Problem
from supportcli.inputs.answers.modes import Mode

_BY_ROW = ("spend", "paid", "paid_discount", "spend_series", "order", "account", "growth")
PRICE = ("discount", "discount_on", "tax", "tax_rate")
_ORDER = Message(
    "an order is one account's; spread it into the months of its row, spend_01 to spend_12"
)
_LISTED = Message(
    "the statement gives list prices; `supportcli batch` gives what is to be paid after it"
)


def every_row(
    settings: Settings, catalogue: Catalogue, without: Collection[str], problems: list[Problem]
) -> RowDefaults:
    """What holds for all rows; `without` are flags that name a column here.

    Raises:
        UsageError: with the mistakes in it, but for those that are noted in `problems`.
    """
    given = {n: g for n, g in settings.given.items() if n not in (*_BY_ROW, *PRICE, *without)}
    if "order" in settings.given:
        problems.append(Problem(settings.given["order"].origin, _ORDER))
    understood = understand(settings, catalogue, given, Mode.BATCH)
    deal, account = understood.deal, understood.deal.accounts[0]
    start = deal.term.start
    if start.day != 1:
        message = Message("begins within a month; give a month, like 2026-12")
        problems.append(Problem("--start", message))
    rules = Rules(
        catalogue.with_quantities(deal.quantities), understood.reading, closed(settings, catalogue)
    )
    return RowDefaults(
        rules,
        account.needs.of(catalogue, deal.quantities),
        Month(start.year, start.month),
        deal.term.months,
        account.alike,
        deal.quantities,
        settings.include_doubtful,
    )


def closed(settings: Settings, catalogue: Catalogue) -> frozenset[str]:
    """The plans that only who has them may keep."""
    day = settings.as_of
    return frozenset(plan.id for plan in catalogue.plans if plan.validity.closed_on(day))


def refuse_price(settings: Settings, problems: list[Problem]) -> None:
    """Note what was agreed on price, where only list prices are given."""
    problems += [
        Problem(settings.given[name].origin, _LISTED) for name in PRICE if name in settings.given
    ]
