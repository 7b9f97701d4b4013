"""Which cells are out of the ordinary, as SQL: those that must be read one by one."""

from __future__ import annotations

from collections.abc import Iterable

from supportcli.batch.request import Decimals
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.totals import MAY_BE_TOTAL, TOTAL
from supportcli.sql.dialects.base import text

_PLAIN_ACCOUNT = "[0-9A-Za-z_-]*[0-9][0-9A-Za-z_-]*"
_IN_SUMS = (
    "全",
    "所",
    "All",
    "ALL",
    "all",
    "计",
    "計",
    "总",
    "總",
    "otal",
    "OTAL",
    "um",
    "UM",
    "ｔａｌ",
    "ＴＡＬ",
)
_SHORTEST = len("Sum")  # in bytes: 小计 has six
_FULL_WIDTH = r"[\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}]"
_ODD_ACCOUNT = (
    rf"^['=\s\x{{3000}}]|[\s\x{{3000}}]$|^[0-9][0-9.,]*[eE]\+?[0-9]+$|{_FULL_WIDTH}|^(?:{TOTAL})$"
)


def plain_spend(column: Column, decimal: Decimals | None) -> str:
    """Whether a spend needs no interpreting: few enough digits, at most two decimals.

    Zeros after them say nothing, but for one alone: 12.500 may be thousands.
    """
    digits = 13 - len(str(column.factor))
    decimals = "" if decimal == "comma" else r"(\.[0-9]{1,2}|\.[0-9]{2}0{2,40})?"
    plain = f"regexp_full_match(c{column.index}, '[0-9]{{1,{digits}}}{decimals}')"
    return f"coalesce({plain}, false)"


def odd_account(column: Column) -> str:
    """Whether an account's text may not stand for itself: a total, a wrapper, an exponent."""
    return _unless_plain(f"c{column.index}", _ODD_ACCOUNT)


def is_plain_account(cell: str) -> str:
    """Whether an account is letters with a digit, which stands for itself; NULL where none is."""
    return f"regexp_full_match({cell}, {text(_PLAIN_ACCOUNT)})"


def _unless_plain(cell: str, pattern: str) -> str:
    """Whether a pattern is found in an account that is more than letters with a digit."""
    plain = f"coalesce({is_plain_account(cell)}, true)"
    # Not with AND: the engine would try the slower expression on every row.
    return f"(CASE WHEN {plain} THEN FALSE ELSE regexp_matches({cell}, {text(pattern)}) END)"


def is_name(cell: str) -> str:
    """Whether an account is more than letters with a digit, and so perhaps not its own number."""
    return f"coalesce(NOT {is_plain_account(cell)}, false)"


def may_sum_up(columns: Iterable[Column], account: Column | None) -> list[tuple[Column, str]]:
    """Where the name of a row leaves open whether it sums up others; its amounts tell."""
    named = [] if account is None else [account]
    return [
        *((c, _unless_plain(f"c{c.index}", f"^(?:{MAY_BE_TOTAL})$")) for c in named),
        *_where_nobody(columns, account, MAY_BE_TOTAL),
    ]


def sums(columns: Iterable[Column], account: Column | None) -> list[tuple[Column, str]]:
    """Where a row without an account may sum up others: a column that is carried through."""
    return _where_nobody(columns, account, TOTAL)


def _where_nobody(
    columns: Iterable[Column], account: Column | None, pattern: str
) -> list[tuple[Column, str]]:
    """Where a row has no account and a column like the pattern.

    One that is not to be read counts where there are accounts: without one, it is all that a row
    of sums says.
    """
    test = "TRUE" if account is None else f"c{account.index} IS NULL"
    telling = [c for c in columns if c.free or (c.meaning is None and account is not None)]
    found = "({test} AND coalesce(regexp_full_match(c{at}, {pattern}), false))"
    return [(c, found.format(test=test, at=c.index, pattern=text(pattern))) for c in telling]


def sums_beside(columns: Iterable[Column], account: Column | None) -> list[tuple[Column, str]]:
    """Where a row with an account may do so by a word in a column that is carried."""
    if account is None:
        return []
    named = f"c{account.index} IS NOT NULL"
    return [(c, f"({named} AND {says_sum(f'c{c.index}')})") for c in columns if c.free]


def says_sum(cell: str) -> str:
    """Whether a cell is a word for a sum."""
    some = " OR ".join(f"contains({cell}, {text(part)})" for part in _IN_SUMS)
    may = f"strlen({cell}) >= {_SHORTEST} AND ({some})"
    # Not with AND: the engine would try the slower expression on every row.
    return f"(CASE WHEN {may} THEN regexp_full_match({cell}, {text(TOTAL)}) ELSE FALSE END)"
