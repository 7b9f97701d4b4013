"""A page as the lines that one reads on it: of HTML, of Markdown, of a workbook's cells."""

from __future__ import annotations

import html
from collections.abc import Iterator
from html.parser import HTMLParser

from supportcli.advice.printed import PageLine
from supportcli.patterns import regex

_UNSEEN = frozenset(("style", "script", "head", "desc"))
_WITHIN = frozenset(("a", "b", "span", "i", "br", "em", "strong"))
_ESCAPE = regex(r"\\([^\w\s])")
_RULE = regex(r"\|(?: -{3}:? \|)+")
_BORDER = regex(r"(?<!\\)\|")
_BULLET = regex(r"(?:[-*]|\d+\.) +")
_LABEL = regex(r"(?:[-*] +)?\*\*(.+?)\*\*(.*)")
_CELL = regex(r"(.+?)!([A-Z]+)([0-9]+) (.*)")
_LONGEST = 40  # characters of a label


def lines_of(page: str, form: str) -> tuple[PageLine, ...]:
    """What one reads of a page in that form: html, md, or a workbook's cells (xlsx)."""
    if form == "html":
        reader = _PageReader()
        reader.feed(page)
        reader.close()
        reader.finish()
        return tuple(reader.lines)
    return tuple(_of_cells(page) if form == "xlsx" else _of_markdown(page))


class _PageReader(HTMLParser):
    """Each block of text once, cells with the names of row and column."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[PageLine] = []
        self._section = self._row = self._column = self._beside = ""
        self._words: list[str] = []
        self._unseen = 0
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _WITHIN:
            return
        self.finish()
        self._tag = tag
        if tag in ("tr", "section"):
            self._row = ""
        if tag != "dd":
            self._beside = ""
        self._column = dict(attrs).get("data-label") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen -= 1
        if tag not in _WITHIN:
            self.finish()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(data)

    def finish(self) -> None:
        """What was read since the last block, as a line."""
        text, self._words = " ".join("".join(self._words).split()), []
        if not text:
            return
        if self._tag in ("h1", "h2"):
            self._section = text
        label = ", ".join(filter(None, (self._row, self._column, self._beside)))
        self.lines.append(PageLine(self._section, label or _label(text), text))
        if self._tag == "th" and not self._row:
            self._row = text
        if self._tag == "dt":
            self._beside = text


def _of_markdown(page: str) -> Iterator[PageLine]:
    section, titles = "", list[str]()
    for line in filter(None, map(str.strip, page.split("\n"))):
        if _RULE.fullmatch(line):
            continue
        if line.startswith("|"):
            cells = [_plain(cell) for cell in _BORDER.split(line)[1:-1]]
            rows = zip(cells, titles, strict=False)
            yield from (
                PageLine(section, f"{cells[0]}, {title}" if at else _label(cell), cell)
                for at, (cell, title) in enumerate(
                    rows if titles else zip(cells, cells, strict=True)
                )
                if cell
            )
            titles = titles or cells
            continue
        titles = []
        if line.startswith("#"):
            section = _plain(line.lstrip("# "))
            yield PageLine(section, section, section)
            continue
        named = _LABEL.fullmatch(line)
        text = _plain(line)
        yield PageLine(section, _plain(named[1]) if named else _label(text), text)


def _plain(text: str) -> str:
    """A text of Markdown as it is shown."""
    bare = _BULLET.sub("", text.strip(), count=1).replace("**", "")
    return " ".join(html.unescape(_ESCAPE.sub(r"\1", bare)).split())


def _of_cells(page: str) -> Iterator[PageLine]:
    """Each cell, with what stands first in its row."""
    rows: dict[tuple[str, str], str] = {}
    for cell in map(_CELL.fullmatch, page.split("\n")):
        if cell is not None:
            sheet, column, row, text = cell.groups()
            named = rows.setdefault((sheet, row), text)
            place = f"{sheet}!{column}{row}"
            yield PageLine(place, "" if column == "A" else _label(named), text)


def _label(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
