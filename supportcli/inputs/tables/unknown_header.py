"""What to write where no name of a header is known: the column that looks most like a spend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from supportcli.errors import Message, quoted

_PIVOT = "(?:求和项|平均值项)[:：]|(?:sum|average) of "
_SPENT = (
    "消费|消耗|花费|费用|金额|账单|支出|应付|实付|spend|spent|cost|charge|amount|billed|invoice"
)
_LIKE = [re.compile(words) for words in (f"(?:{_PIVOT}).*(?:{_SPENT})", _SPENT, f"^(?:{_PIVOT})")]
_NUMBER = re.compile(
    r"[¥￥$€£]?\s?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,9})(?:[.,][0-9]+)?"
)
_NOT_MONTHLY = re.compile("年|季度|annual|year|quarter|daily|每日|日均")


def likely_spend(names: Sequence[str]) -> str | None:
    """The name that looks most like a spend, by its words or as a pivot table's sum."""
    monthly = list(filter(_may_be_monthly, names))
    found = (name for words in _LIKE for name in monthly if words.search(name.casefold()))
    return next(found, None)


def _may_be_monthly(name: str) -> bool:
    return not _NOT_MONTHLY.search(name.casefold())


def only_amounts(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str | None:
    """The name of the one column whose rows look like amounts, None where not just one does.

    A column that counts its rows is none, nor are numbers of more than ten digits or with a zero
    before them, which tell accounts apart.
    """
    read = list(rows)
    columns = [[row[at] for row in read if at < len(row) and row[at]] for at in range(len(names))]
    found = [name for name, cells in zip(names, columns, strict=True) if _are_amounts(cells)]
    return found[0] if len(found) == 1 and found[0] and _may_be_monthly(found[0]) else None


def _are_amounts(cells: Sequence[str]) -> bool:
    return bool(cells) and all(map(_NUMBER.fullmatch, cells)) and not _counts(cells)


def _counts(cells: Sequence[str]) -> bool:
    """Whether cells are 1, 2, 3 or 0, 1, 2."""
    whole = [int(cell) for cell in cells if cell.isdecimal()]
    if len(whole) != len(cells) or whole[0] > 1:
        return False
    return all(after - before == 1 for before, after in pairwise(whole))


def no_known_column(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Message:
    """What is said of a first line whose names are all unknown, with the --map to write.

    Args:
        names: by column, "" where there is none.
        rows: some that stand below, in the same columns.
    """
    shown = quoted(", ".join(filter(None, names)))
    likely = likely_spend(names) or only_amounts(names, rows)
    if likely is None:
        return Message(
            "has no known column (first line: {names}); say which one holds what, like "
            "--map monthly_spend=COLUMN, or check the header",
            names=shown,
        )
    return Message(
        "has no known column (first line: {names}); if {name} is the monthly spend, give "
        "--map monthly_spend={name}, else check the header",
        names=shown,
        name=quoted(likely),
    )
