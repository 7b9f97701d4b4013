"""Blocks as a page of HTML: one file that asks for nothing else, to read, to print, to send."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.model import Block, Table
from supportcli.outputs.formats.html_parts import headed, sections
from supportcli.outputs.formats.svg import letter
from supportcli.patterns import regex
from supportcli.record import NamedTuple
from supportcli.safe import safe
from supportcli.text_width import cell_width

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_PIECES = regex(r"(https?://[!-;=?-{}~]*[\w/#=&~+-]|(?<![\w-])\d{4}-\d\d(?:-\d\d)?\b)", re.ASCII)
_LONGEST_WORD = 20  # cells
_SHORT = 8  # rows
_COLOUR = regex(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_TAGS = {"zh": "zh-CN"}
_NAMELESS = Message("Support plans")


class HtmlPage(NamedTuple):
    """What stands around the blocks.

    `title` is the window's (empty: the heading of the page); `logo` a data: URI, `accent` a colour
    like #ff6a00; `footer` and `fingerprint` lines at the end; `sheet` the
    paper that it is printed on (empty: whoever prints chooses).
    """

    title: str = ""
    company: str = ""
    logo: str = ""
    accent: str = ""
    footer: tuple[str, ...] = ()
    fingerprint: tuple[str, ...] = ()
    sheet: str = ""


PLAIN = HtmlPage()


def as_html(blocks: Iterable[Block], language: Language, page: HtmlPage = PLAIN) -> str:
    """The blocks as a whole page; what is strong at the top is its heading.

    Raises:
        ValueError: the accent is not a colour in three or six hexadecimal digits, or the logo would
            be fetched from elsewhere.
    """
    if page.accent and not _COLOUR.fullmatch(page.accent):
        raise ValueError(f"not a colour: {page.accent!r}")
    if page.logo and not page.logo.startswith("data:image/"):
        raise ValueError("a logo is a data: URI")
    heading, rest = headed(list(blocks), page.title or language.say(_NAMELESS))
    styles = list(_styles(page))
    text = (
        _environment()
        .get_template("page.html")
        .render(
            tag=_TAGS.get(language.code, language.code),
            page=page,
            heading=heading,
            styles=styles,
            sources=" ".join(f"'sha256-{_digest(style)}'" for style in styles),
            sections=sections(rest),
        )
    )
    return f"{text}\n"


def _styles(page: HtmlPage) -> Iterator[str]:
    yield (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    if page.accent:
        yield f":root {{ --accent: {page.accent}; }}\n"
    if page.sheet:
        yield f"@page {{ size: {page.sheet}; }}\n"


def _digest(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["pieces"] = _pieces
    made.filters["letter"] = letter
    made.tests["in_words"] = _in_words
    made.tests["on_a_page"] = _on_a_page
    return made


def _harmless(value: object) -> object:
    """A text without what could reorder or hide others; what is markup already stays."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return safe(value)
    return value


def _pieces(text: str) -> list[tuple[str, str]]:
    """The parts of a text, and what each is: a link, a date, which stays on one line, or none."""
    parts = enumerate(_PIECES.split(text))
    return [(_kind(part) if at % 2 else "", part) for at, part in parts if part]


def _in_words(text: str) -> bool:
    """Whether each of its words fits into a column, so that none of them need be broken."""
    return all(cell_width(word) <= _LONGEST_WORD for word in text.split())


def _on_a_page(table: Table) -> bool:
    """Whether it is so short that it is printed on one page, whatever stands above it."""
    return len(table.rows) <= _SHORT


def _kind(piece: str) -> str:
    return "link" if piece.startswith("http") else "date"
