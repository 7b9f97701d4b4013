"""A column called discount beside two of amounts: off the support plan's fee, or the cloud's own.

A list with prices before and after the cloud's discount often has that discount too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path

from supportcli.advice.rules import SPENDS
from supportcli.batch.asked import asked
from supportcli.batch.engine import Batch
from supportcli.batch.relation import relation
from supportcli.batch.request import Ask, TableSource
from supportcli.errors import AmountError, Problem, UsageError
from supportcli.inputs.customers.aliases import is_of_either, spend_of
from supportcli.inputs.customers.schema import Column, Understood
from supportcli.inputs.customers.told import cloud_discount, fee_discount, unclear_discount
from supportcli.inputs.values.amount import read_amount
from supportcli.inputs.values.spend_names import says_paid
from supportcli.inputs.values.texts import normal
from supportcli.patterns import regex
from supportcli.record import replace

_SOME = 200
_NEAR = Fraction(1, 100)  # of the price before discount: shares are often rounded to per cents
_NUMBER = regex("[0-9]+(?:[.][0-9]+)?")
_SCALES = (1, 10, 100)  # 0.7, 7折, 70%


def with_discount(
    ask: Ask, source: TableSource, understood: Understood, folder: Path
) -> tuple[TableSource, Understood]:
    """Without a discount that leads from one column of amounts to another.

    Raises:
        RaggedError: the engine cannot split the file into its columns.
        UsageError: what a discount beside two such columns is off cannot be told.
    """
    found = next((c for c in source.columns if c.meaning == "discount"), None)
    paid = [c for c in source.columns if c.carried and _is_paid(c.name)]
    if found is None or not paid or not is_of_either(found.name):
        return source, understood
    spends = [c for c in source.columns if c.meaning in SPENDS]
    fits = list(_fits(ask, source, folder, found, (spends, paid)))
    if not fits:
        return source, understood
    pair = spends[0].name, paid[0].name
    if 2 * sum(fits) <= len(fits):
        raise UsageError([Problem("", unclear_discount(found.name, *pair))])
    columns = tuple(replace(c, meaning=None) if c is found else c for c in source.columns)
    taken, told = fee_discount(found.name), cloud_discount(found.name, *pair)
    return source._replace(columns=columns), understood._replace(
        columns=columns,
        notes=tuple(told if note == taken else note for note in understood.notes),
        units=tuple(told if note == taken else note for note in understood.units),
    )


def _is_paid(name: str) -> bool:
    return says_paid(name) or spend_of(normal(name)) is not None


def _fits(
    ask: Ask,
    source: TableSource,
    folder: Path,
    discount: Column,
    beside: tuple[Sequence[Column], Sequence[Column]],
) -> Iterator[bool]:
    """For each of the first rows with a discount and amounts, whether it leads to one of them."""
    cells = [f"c{column.index}" for column in (discount, *beside[0], *beside[1])]
    rows = f"{relation(source, None)} WHERE {cells[0]} IS NOT NULL LIMIT {_SOME}"
    with Batch(ask, source, folder) as batch:
        found = asked(batch.db, f"SELECT {', '.join(cells)} FROM {rows}")
    currency, many = ask.same.rules.catalogue.currency, 1 + len(beside[0])
    for text, *amounts in found:
        shares = _shares(text)
        before, after = (
            _amounts(amounts[: many - 1], currency),
            _amounts(amounts[many - 1 :], currency),
        )
        if shares and before and after:
            ratios = (net / price for price, net in product(before, after))
            yield any(abs(one - share) <= _NEAR for one, share in product(ratios, shares))


def _shares(text: str) -> list[Fraction]:
    """What a discount may leave to pay, however it is written; nothing where it says no number."""
    number = _NUMBER.search(text)
    shares = [Fraction(number[0]) / scale for scale in _SCALES] if number else []
    return [left for one in shares if 0 < one <= 1 for left in (one, 1 - one)]


def _amounts(texts: Sequence[str | None], currency: str) -> list[Fraction]:
    """Those that are amounts above 0."""
    return [value for text in texts if text and (value := _amount(text, currency))]


def _amount(text: str, currency: str) -> Fraction | None:
    try:
        return read_amount(text, currency).value
    except AmountError:
        return None
