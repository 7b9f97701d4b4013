"""What the rows above a row come to: all, those below the last sum, those of one account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

LEAST_ROWS = 2  # one amount that is like the one above it says nothing
_UNLIKE = 2
RowAmounts = tuple[Decimal, ...]


class _RunningSum:
    """What some rows come to, how many they are and, up to two, which amounts they have."""

    def __init__(self, columns: int) -> None:
        self.come_to = (Decimal(0),) * columns
        self.rows = 0
        self.seen = set[RowAmounts]()

    def add(self, amounts: RowAmounts, bare: bool) -> None:
        """One more row; a bare one does not count."""
        self.come_to = tuple(a + b for a, b in zip(self.come_to, amounts, strict=True))
        self.rows += not bare
        if len(self.seen) < _UNLIKE:
            self.seen.add(amounts)


class _Sums:
    """What rows come to: all of them, and those below the last sum."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._whole, self._block = _RunningSum(columns), _RunningSum(columns)

    def come_to(self, amounts: RowAmounts, rows: int, different: int = 1) -> bool:
        """Whether amounts, not all zero, are the sum of so many rows at least."""
        return any(amounts) and any(
            run.rows >= rows and len(run.seen) >= different and amounts == run.come_to
            for run in (self._block, self._whole)
        )

    def add(self, amounts: RowAmounts, bare: bool = False) -> None:
        """One more row of a customer, which may say only amounts."""
        self._whole.add(amounts, bare)
        self._block.add(amounts, bare)

    def end_block(self) -> None:
        """What follows is another group."""
        self._block = _RunningSum(self._columns)


class SumsAbove:
    """What the rows above a row come to, and those of one account, of accounts that may have sums.

    `others` is what the rows of an account come to that no word calls a sum, wherever they stand.
    """

    def __init__(self, columns: int, others: Mapping[object, RowAmounts]) -> None:
        self._every = _Sums(columns)
        self._of: dict[object, _Sums] = defaultdict(lambda: _Sums(columns))
        self._others = others

    def is_sum(self, amounts: RowAmounts) -> bool:
        """Whether amounts are the sum of at least two rows above."""
        return self._every.come_to(amounts, LEAST_ROWS)

    def is_sum_of_unlike(self, amounts: RowAmounts, rows: int) -> bool:
        """Whether amounts are the sum of so many rows above that are not all alike."""
        return self._every.come_to(amounts, rows, _UNLIKE)

    def is_sum_of_account(self, account: object, amounts: RowAmounts) -> bool:
        """Whether amounts are the sum of the account's rows above, two of products."""
        return self._of[account].come_to(amounts, LEAST_ROWS)

    def is_all_of_account(self, account: object, amounts: RowAmounts) -> bool:
        """Whether a word is right that says so: one product is enough, below it too."""
        of_all = any(amounts) and amounts == self._others.get(account)
        return of_all or self._of[account].come_to(amounts, 1)

    def add(self, account: object, amounts: RowAmounts, bare: bool) -> None:
        """One more row of a customer; the account None is none that may have sums."""
        self._every.add(amounts)
        if account is not None:
            self._of[account].add(amounts, bare)

    def end_block(self, account: object = None) -> None:
        """What follows is another group, also of the account whose sum this was."""
        self._every.end_block()
        if account is not None:
            self._of[account].end_block()
