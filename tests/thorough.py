"""How much is tried: enough for the gate, or with SUPPORTCLI_THOROUGH=1 everything."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

Value = tuple[int, int]
"""The place of an axis, and that of a value in it."""

THOROUGH = os.environ.get("SUPPORTCLI_THOROUGH") == "1"


def examples(usual: int) -> int:
    """How many cases hypothesis makes up."""
    return usual * 10 if THOROUGH else usual


def crossed(*axes: Sequence[Any]) -> list[tuple[Any, ...]]:
    """One value of each axis: any two values of two axes meet; all of them where thorough."""
    return list(product(*axes)) if THOROUGH else every_pair(*axes)


def every_pair(*axes: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Few rows of the product in which any two values of two axes stand together."""
    places = [[(place, i) for i in range(len(axis))] for place, axis in enumerate(axes)]
    left: dict[tuple[Value, ...], None] = dict.fromkeys(
        pair for two in combinations(places, 2) for pair in product(*two)
    )  # not a set: the rows are to be the same in every process
    rows = []
    while left:
        chosen = list(next(iter(left)))
        for values in places:
            if all(values[0][0] != place for place, _ in chosen):
                chosen.append(max(values, key=lambda each: _new(each, chosen, left)))
        chosen.sort()
        for pair in combinations(chosen, 2):
            left.pop(pair, None)
        rows.append(tuple(axes[place][i] for place, i in chosen))
    return rows


def _new(value: Value, chosen: Sequence[Value], left: dict[tuple[Value, ...], None]) -> int:
    """With how many of the chosen values it has not stood together yet."""
    return sum(tuple(sorted((value, each))) in left for each in chosen)
