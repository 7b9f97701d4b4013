"""What stands around a sheet's table and in none of its cells: comments, and what pages print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from supportcli.errors import Message
from supportcli.inputs.tables.column_use import ColumnUse
from supportcli.inputs.tables.rows import Aside
from supportcli.inputs.tables.xlsx_header import SheetHeader
from supportcli.inputs.workbook.book import BesideRows
from supportcli.inputs.workbook.comments import Comment
from supportcli.inputs.workbook.places import column_letters
from supportcli.patterns import regex

_AN_AMOUNT = regex(
    r"[0-9][0-9,.]*\s*(?:[十百千]?[万亿]?\s*(?:元|美元|港币|块)|[万亿kKmM])|[$¥€£￥]\s*[0-9][0-9,.]*"
)

_KEY_LINE = regex(r"([:：=])\n")


def asides(
    header: SheetHeader, beside: BesideRows, uses: Mapping[str, ColumnUse]
) -> Iterator[Aside]:
    """The texts of pages, and of comments that may be about the amounts.

    Those are all on amounts and above the table; on another name only a statement counts, and on
    an amount what is no amount itself.

    Args:
        header: of the sheet's table.
        beside: what the sheet has beside its rows.
        uses: of the columns, by their names.
    """
    where = Message("a page header or footer")
    yield from (Aside(line, where) for line in beside.printed)
    named = dict(enumerate(header.names, 1))
    amounts = {name.casefold() for name, use in uses.items() if use.amount}
    for comment in beside.comments:
        name = named.get(comment.column, "").casefold()
        amount = name in amounts
        if comment.row > header.line and not amount:
            continue
        worded = comment.row == header.line and not amount
        yield from _of_comment(comment, worded, comment.row > header.line)


def _of_comment(comment: Comment, worded: bool, on_amount: bool) -> Iterator[Aside]:
    place = f"{column_letters(comment.column)}{comment.row}"
    where = Message("the comment on {place}", place=place)
    for line in _KEY_LINE.sub(r"\1", "\n".join(comment.lines)).splitlines():
        text = _AN_AMOUNT.sub(" ", line).strip() if on_amount else line
        yield Aside(text, where, worded)
