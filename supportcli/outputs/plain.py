"""Blocks as plain text: no lines, no columns, so that it reads well in a chat or aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from supportcli.outputs.blocks import Block, Heading, Points, Sentence, Table


def as_text(blocks: Iterable[Block]) -> str:
    """The blocks as lines of text; a table becomes a paragraph for each row."""
    return "\n".join(line for block in blocks for line in _lines(block)).strip("\n") + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Sentence(text):
            yield text
        case Heading(text, apart):
            yield from ("", text) if apart else (text,)
        case Points(items):
            yield from (f"- {item}" for item in items)
        case Table():
            yield from (*_rows(block), *([""] if block.apart else ()))


def _rows(table: Table) -> Iterator[str]:
    titles = [column.title for column in table.columns[1:]]
    for row in table.rows:
        mark = "* " if row.marked else ""
        name = (
            f"{table.columns[0].title} {row.cells[0]}" if table.columns[0].figures else row.cells[0]
        )
        pairs = zip(titles, row.cells[1:], strict=True)
        yield f"{mark}{name}: " + "; ".join(f"{title} {cell}" for title, cell in pairs)
