"""The months of a term, each with its spend, and the quantities beside it."""

from fractions import Fraction

import pytest

from supportcli.advice.usage import MonthSpend, Usage
from supportcli.core.period import Month
from tests.builders import numbers

NOVEMBER = Month(2026, 11)


@pytest.mark.parametrize("spend", [None, Fraction(0), Fraction("0.01")])
def test_level_spend_is_the_same_in_consecutive_months(spend: Fraction | None) -> None:
    usage = Usage.level(spend, NOVEMBER, 3)
    assert usage.months == (
        MonthSpend(Month(2026, 11), spend),
        MonthSpend(Month(2026, 12), spend),
        MonthSpend(Month(2027, 1), spend),
    )


def test_a_term_is_a_year_without_quantities_unless_told_otherwise() -> None:
    usage = Usage.level(Fraction(1), NOVEMBER)
    assert (usage.months[0].month, usage.months[-1].month) == (NOVEMBER, Month(2027, 10))
    assert len(usage.months) == 12
    assert usage.quantities == {}


def test_quantities_are_those_of_the_whole_term() -> None:
    given = numbers(seats="25", hours="12.5")
    assert Usage.level(None, NOVEMBER, 1, given).quantities == given
    assert Usage((MonthSpend(NOVEMBER, None),), given).quantities == given


@pytest.mark.parametrize(
    ("spends", "known"),
    [
        (("5",), True),
        (("0", "0"), True),  # nothing is known to be spent
        ((None,), False),
        (("5", None), False),
        ((None, "5"), False),
        (("5", None, "5"), False),
    ],
)
def test_spend_is_known_where_that_of_every_month_is(
    spends: tuple[str | None, ...], known: bool
) -> None:
    months = (
        MonthSpend(NOVEMBER.plus(i), None if spend is None else Fraction(spend))
        for i, spend in enumerate(spends)
    )
    assert Usage(tuple(months)).spend_known is known
