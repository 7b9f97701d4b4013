"""Rows whose account is only a name, and which of them may sum up others whatever the name."""

from __future__ import annotations

from collections.abc import Sequence

from supportcli.batch.ordinary import is_name
from supportcli.batch.rows import Meaning
from supportcli.inputs.customers.aliases import stem_of
from supportcli.sql.dialects.base import text

_PIVOTS = ("rowlabels", "行标签")
_PART = r"(?s)\s*[-–—·•▪└├│]\s*[^\s0-9].*|[\s\x{3000}]+\S.*"


def unnumbered(meaning: Meaning) -> str:
    """Whether a row has a name for its account, and no number that is its own.

    One of several rows of an account, which are put together, is none.
    """
    if meaning.account is None or meaning.ask.keep_totals:
        return "FALSE"
    cell = f"c{meaning.account.index}"
    if meaning.together is None:
        return is_name(cell)
    single = "SELECT account FROM said GROUP BY account HAVING count(*) = 1"
    return f"({is_name(cell)} AND account IN ({single}))"


def some_may_sum_up(rows: str, test: str, amounts: Sequence[str]) -> str:
    """The query for whether such a row comes to all those above it, or above it in its part.

    Args:
        rows: with `line` and `part`, how many sums stand above.
        test: whether a row is such a one.
        amounts: of each row, as expressions.
    """
    above = "ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    named = [f"{each} AS m{at}" for at, each in enumerate(amounts)]
    whole = [f"sum({each}) OVER ({above}) AS w{at}" for at, each in enumerate(amounts)]
    block = [
        f"sum({each}) OVER (PARTITION BY part {above}) AS b{at}" for at, each in enumerate(amounts)
    ]
    found = f"SELECT {', '.join([f'{test} AS open', *named, *whole, *block])} FROM {rows}"
    like = (" AND ".join(f"m{at} = {of}{at}" for at in range(len(amounts))) for of in ("w", "b"))
    return f"SELECT count(*) FROM ({found}) WHERE open AND ({' OR '.join(like)})"


def is_pivot(meaning: Meaning) -> bool:
    """Whether the accounts are the labels of a pivot table, groups among them."""
    return meaning.account is not None and stem_of(meaning.account.name) in _PIVOTS


def is_part(meaning: Meaning) -> str:
    """Whether a name is set in, or behind a dash, as that of a part of what is above."""
    if meaning.account is None or meaning.ask.keep_totals:
        return "FALSE"
    cell = f"c{meaning.account.index}"
    part = f"regexp_full_match({cell}, {text(_PART)})"
    # Not with AND: the engine would try the slower expression on every row.
    return f"(CASE WHEN {is_name(cell)} THEN {part} ELSE FALSE END)"
