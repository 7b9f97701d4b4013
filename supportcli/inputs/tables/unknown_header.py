"""What to write where no name of a header is known: the column that looks most like a spend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from supportcli.errors import Message, quoted
from supportcli.inputs.values.spend_names import says_list, says_other_span, says_paid
from supportcli.patterns import regex

_PIVOT = "(?:求和项|平均值项)[:：]|(?:sum|average) of "
_SPENT = (
    "消费|消耗|花费|费用|金额|账单|支出|应付|实付|折前|折后|原价|目录|spend|spent|cost|charge|amount|"
    "billed|invoice"
)
_LIKE = [regex(words) for words in (f"(?:{_PIVOT}).*(?:{_SPENT})", _SPENT, f"^(?:{_PIVOT})")]
_NUMBER = regex(r"[¥￥$€£]?\s?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,9})(?:[.,][0-9]+)?")


def likely_spend(names: Sequence[str], paid: bool = False) -> str | None:
    """The name that looks most like a spend, by its words or as a pivot table's sum.

    Before discount where a name says that, or after it where what is `paid` is wanted.
    """
    monthly = [name for name in names if not says_other_span(name)]
    found = [name for words in _LIKE for name in monthly if words.search(name.casefold())]
    return min(found, key=lambda name: _rank(name, paid), default=None)


def flags_for(name: str, paid: bool = False) -> str:
    """The flags that take a column as the monthly spend, by what its name says of discounts."""
    asked = " --basis paid" if says_paid(name) and not paid else ""
    return f"--map monthly_spend={quoted(name)}{asked}"


def _rank(name: str, paid: bool) -> int:
    wanted, other = (says_paid, says_list) if paid else (says_list, says_paid)
    return 0 if wanted(name) else 2 if other(name) else 1


def only_amounts(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str | None:
    """The name of the one column whose rows look like amounts, None where not just one does.

    A column that counts its rows is none, nor are numbers of more than ten digits or with a zero
    before them, which tell accounts apart.
    """
    read = list(rows)
    columns = [[row[at] for row in read if at < len(row) and row[at]] for at in range(len(names))]
    found = [name for name, cells in zip(names, columns, strict=True) if _are_amounts(cells)]
    one = found[0] if len(found) == 1 else ""
    return one if one and not says_other_span(one) else None


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
        "{flags}, else check the header",
        names=shown,
        name=quoted(likely),
        flags=flags_for(likely),
    )
