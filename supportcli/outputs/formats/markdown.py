"""Blocks as GitHub-flavoured Markdown: a page to paste into an issue, a wiki, a mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.first_screen import (
    AmountLine,
    Clauses,
    FirstScreen,
    Questions,
    TextLine,
)
from supportcli.outputs.document.model import (
    Block,
    Chart,
    Figures,
    Heading,
    Pairs,
    Points,
    Sentence,
    Table,
    Weight,
)
from supportcli.outputs.formats.text import amounts_of, figure_of, plain_table
from supportcli.patterns import regex

_LINK = regex(r"(?<!\S)https?://[!-;=?-{}~]*[\w/#=&~+-]$", re.ASCII)
# What GitHub makes a link of though nobody wrote one: addresses of pages and of mail.
_ADDRESS = regex(
    r"((?:(?:(?:https?|ftp)://|www\.)(?:[!#-&(-;=?-_a-{}~]*[\w/#=&~+-])?"
    r"|(?:mailto:|xmpp:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+)+)",
    re.ASCII | re.IGNORECASE,
)
# A sign of money does not begin a formula where a figure follows, nor < a tag before a blank.
_INLINE = regex(r"[\\`*_\[\]|~&]|\$(?!\d)|<(?=[\w/!?])")
_AT_START = regex(r"^(\d*)((?<=\d)[.)](?!\S)|(?<!\d)[#>+=-])")


def as_markdown(blocks: Iterable[Block], language: Language) -> str:
    """The blocks with an empty line between them; what is strong at the top is the title."""
    parts = [part for block in blocks for part in _parts(block, language)]
    return "\n\n".join(filter(None, parts)) + "\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, at the start of a line too; nothing becomes a link."""
    return _AT_START.sub(r"\1\\\2", _within(text))


def _within(text: str) -> str:
    """The same where it does not begin a line, as in a cell; addresses are shown as code is."""
    parts = _ADDRESS.split(" ".join(text.split()))
    return "".join(
        f"`{part}`" if number % 2 else _INLINE.sub(r"\\\g<0>", part)
        for number, part in enumerate(parts)
    )


def _linked(item: str) -> str:
    """An item of a list, the address at its end a link: there stand those of sources."""
    text = " ".join(item.split())
    found = _LINK.search(text)
    if found is None:
        return escaped(text)
    return f"{escaped(text[: found.start()])} <{found[0]}>".strip()


def _parts(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Sentence(text, Weight.STRONG):
            yield f"# {escaped(text)}"
        case Sentence(text):
            yield escaped(text)
        case Heading(text):
            yield f"## {escaped(text)}"
        case Points(items):
            yield _points(items)
        case Pairs(items):
            yield "\n".join(_beside(item.label, item.text, language) for item in items)
        case Figures(items):
            told = (_beside(item.label, figure_of(item, language), language) for item in items)
            yield "\n".join(told)
        case Chart():
            yield _points(block.told)
        case Table():
            yield _table(block)
        case FirstScreen():
            yield from _first_screen(block, language)


def _points(items: Iterable[str]) -> str:
    return "\n".join(f"- {_linked(item)}" for item in items)


def _first_screen(screen: FirstScreen, language: Language) -> Iterator[str]:
    yield f"# {escaped(screen.headline)}"
    yield escaped(screen.vendor)
    lines = (*screen.answer, *screen.basis)
    yield "\n".join(text for line in lines for text in _labelled(line, language))
    yield _table(plain_table(screen.table))
    yield _points(screen.table.below)
    yield escaped(screen.small_print.whole)


def _labelled(
    line: AmountLine | TextLine | Questions | Clauses, language: Language
) -> Iterator[str]:
    """What stands beside a label; several things in a list below it, questions with numbers."""
    label = f"- **{escaped(line.label)}**"
    match line:
        case AmountLine():
            yield _after(label, amounts_of(line, language), language)
        case TextLine(_, (sentence,)):
            yield _after(label, sentence, language)
        case TextLine(_, sentences):
            yield from (label, *(f"  - {escaped(sentence)}" for sentence in sentences))
        case Questions():
            asked = map(escaped, line.whole)
            yield from (label, *(f"  {number}. {text}" for number, text in enumerate(asked, 1)))
        case Clauses():
            yield _after(label, line.few, language)


def _beside(label: str, text: str, language: Language) -> str:
    return _after(f"- **{escaped(label)}**", text, language)


def _after(label: str, text: str, language: Language) -> str:
    words = Message("{name}: {text}", name="", text="")
    return f"{label}{language.say(words)}{escaped(text)}"


def _table(table: Table) -> str:
    """Rows of cells; the name of the row to look at is bold."""
    if not table.rows:
        return ""
    rules = ["---:" if column.figures else "---" for column in table.columns]
    rows = [[column.title for column in table.columns], *(row.cells for row in table.rows)]
    lines = [list(map(_within, cells)) for cells in rows]
    for line, row in zip(lines[1:], table.rows, strict=True):
        if row.marked and line[0]:
            line[0] = f"**{line[0]}**"
    return "\n".join(map(_line, [lines[0], rules, *lines[1:]]))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
