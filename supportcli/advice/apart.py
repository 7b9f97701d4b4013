"""Whether what is told of a deal hangs on the reading of the price list."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.portfolio import Portfolio
from supportcli.advice.purchases import Share


def apart(found: Portfolio, other: str) -> bool:
    """Whether an amount, or a plan that is recommended, is another one under another reading.

    True too where an account has no plan, or an amount cannot be told.
    """
    used = found.shares_under(found.members[0].advice.reading)
    return (
        any(map(_differ, used, found.shares_under(other)))
        or any(_others(found, other))
        or _one_for_all_differs(found, other)
    )


def _differ(mine: Share | None, its: Share | None) -> bool:
    return mine is None or its is None or mine.to_pay[:3] != its.to_pay[:3]


def _others(found: Portfolio, other: str) -> Iterator[bool]:
    """Of each account whether another plan would be recommended."""
    for member in found.members:
        best, taken = member.advice.by_reading[other], member.advice.recommended
        if member.advice.asked is None:
            yield best is None or taken is None or best.plan != taken.plan


def _one_for_all_differs(found: Portfolio, other: str) -> bool:
    one, sums = found.together, found.together_under(other)
    return one is not None and (sums is None or sums.to_pay[:3] != one.to_pay[:3])
