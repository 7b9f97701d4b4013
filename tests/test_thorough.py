"""Few rows that still try everything with everything."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from tests.thorough import every_pair


@pytest.mark.parametrize(
    ("axes", "most"),
    [(("ab", "cd"), 4), (("ab", "cde", "fg"), 7), (("abcde", "fghi", "kl", "mn", "op"), 22)],
)
def test_any_two_values_meet(axes: tuple[str, ...], most: int) -> None:
    """At least as many rows as two of the axes have pairs: 4, 6, 20."""
    rows = every_pair(*axes)
    assert set(rows) <= set(product(*axes))
    met = {pair for row in rows for pair in combinations(row, 2)}
    assert met == {pair for two in combinations(axes, 2) for pair in product(*two)}
    assert len(set(rows)) == len(rows) <= most
