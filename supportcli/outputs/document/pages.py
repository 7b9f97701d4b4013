"""What a workbook is made of, before it is written: pages with blocks and tables of values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from supportcli.outputs.document.model import Block
from supportcli.record import NamedTuple

PageKind = Literal["text", "kept", "count", "number", "money", "difference", "link"]
"""How the values of a column are shown; what is no number of digits is a text in each of them.

A text that is `kept` stays one, whatever it looks like, also where somebody types in its cell; a
`link` is the name of a file in the workbook's own folder.
"""
PageValue = str | int | Decimal | None


class PageColumn(NamedTuple):
    """A column's heading and what its values are; `sum` is what they come to, if that is shown."""

    title: str
    kind: PageKind = "text"
    sum: Decimal | None = None


class PageTable(NamedTuple):
    """A small table of values; where columns have sums they stand below it, called `total`."""

    columns: tuple[PageColumn, ...]
    rows: tuple[tuple[PageValue, ...], ...]
    total: str = ""


class LongTable(NamedTuple):
    """A page that is one table of any length, its header in sight and its rows to be filtered.

    The sums stand above the header: they are of the rows that are shown, and `total` says so.
    `length` is how many rows there will be.
    """

    columns: tuple[PageColumn, ...]
    rows: Iterable[tuple[object, ...]]
    length: int
    total: str = ""


class Page(NamedTuple):
    """A sheet of blocks and small tables, one below the other.

    The columns are as wide as `widths` says, in cells; texts stand in the column `texts`.
    """

    name: str
    content: tuple[Block | PageTable, ...]
    widths: tuple[int, ...]
    texts: int = 0
