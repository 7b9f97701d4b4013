"""The year of the term that costs most: what a limit for a year is held against."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.portfolio import DealAnswer, Portfolio
from supportcli.advice.price_terms import NOTHING
from supportcli.advice.sums import sums_of
from supportcli.advice.usage import YEAR
from supportcli.core.money import Money
from supportcli.record import NamedTuple


class YearCost(NamedTuple):
    """What is to be paid for a year of the term, the first one being 1."""

    number: int
    cost: Money


def dearest_year(found: DealAnswer) -> YearCost | None:
    """The year that costs most, at the end of a range too; of equal ones the first.

    Where no plan fits an account it is that of the others. None where the amount is not known.
    """
    middle = found.portfolio
    if found.most is None and (middle.fits or middle.asked):
        return None
    every = [year for each in (*found.ends, middle) for year in _years(each)]
    return max(every, key=lambda year: (year.cost.amount, -year.number), default=None)


def _years(of: Portfolio) -> Iterator[YearCost]:
    """The first is twelve months whatever the term, the last as many as the term has.

    From the second on a month counts whole to the year in which it begins, as its bill does.
    """
    if not of.purchases:
        return
    sums = sums_of(of.purchases, of.agreed)
    first = Money(sums.to_pay.annual, sums.to_pay.currency)
    yield YearCost(1, first)
    costs = [bill.gross for bill in sums.settlement.bills]
    for number, start in enumerate(range(YEAR, len(costs), YEAR), 2):
        cost = sum(costs[start : start + YEAR], NOTHING)
        yield YearCost(number, first._replace(amount=cost))
