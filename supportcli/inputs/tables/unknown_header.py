"""What to write where no name of a header is known: the column that looks most like a spend."""

from __future__ import annotations

import re
from collections.abc import Sequence

from supportcli.errors import Message, quoted

_PIVOT = "(?:求和项|平均值项)[:：]|(?:sum|average) of "
_SPENT = (
    "消费|消耗|花费|费用|金额|账单|支出|应付|实付|spend|spent|cost|charge|amount|billed|invoice"
)
_LIKE = [re.compile(words) for words in (f"(?:{_PIVOT}).*(?:{_SPENT})", _SPENT, f"^(?:{_PIVOT})")]
_NOT_MONTHLY = re.compile("年|季度|annual|year|quarter|daily|每日|日均")


def likely_spend(names: Sequence[str]) -> str | None:
    """The name that looks most like a spend, by its words or as a pivot table's sum."""
    monthly = [name for name in names if not _NOT_MONTHLY.search(name.casefold())]
    found = (name for words in _LIKE for name in monthly if words.search(name.casefold()))
    return next(found, None)


def no_known_column(names: Sequence[str]) -> Message:
    """What is said of a first line whose names are all unknown, with the --map to write."""
    shown, likely = quoted(", ".join(filter(None, names))), likely_spend(names)
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
