"""A page as PDF: printed by a browser, every sign in it drawn by a font that has it.

Where no font has a sign, a browser prints a box and the text beneath still holds the sign: only the
glyphs tell. So they are read, by pypdf: what a PDF may be is too much for a reader of our own.
"""

from __future__ import annotations

import datetime
import io
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from supportcli.errors import Message, OutputError, quoted
from supportcli.outputs.browser import printed
from supportcli.patterns import regex

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject

_MOMENT = regex(rb"\(D:\d{14}(?=\+00'00'\))")
_CJK = (
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
    "FULLWIDTH",
    "HALFWIDTH",
    "IDEOGRAPHIC",
    "BOPOMOFO",
)
_NO_FONT = Message(
    "no font on this computer has {text}: the PDF would show boxes; install one (Debian, Ubuntu: "
    "apt install {name})"
)
_SOME = Message("some of the characters")
_UNREADABLE = Message(
    "the browser printed a PDF that cannot be checked for missing characters; update the browser, "
    "or write HTML"
)


def as_pdf(page: str, day: datetime.date) -> bytes:
    """A page of HTML printed, as made at the beginning of a day: the same page is the same bytes.

    Raises:
        OutputError: no browser can print it, or no font has some of its characters.
    """
    content = _MOMENT.sub(f"(D:{day:%Y%m%d}000000".encode(), printed(page))
    lost = lost_characters(content)
    if lost is None:
        return content
    shown = quoted(lost) if lost else _SOME
    raise OutputError(Message(_NO_FONT.text, text=shown, name=_package(lost)))


def lost_characters(content: bytes) -> str | None:
    """The characters of a PDF that are drawn as boxes, each once; None where none is.

    The first of a font may have no name in the PDF, and then stands not among them.

    Raises:
        OutputError: it cannot be read, or has no text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = PdfReader(io.BytesIO(content)).pages
        glyphs = [glyph for page in pages for glyph in _drawn(page, page.get_contents())]
    except (PyPdfError, ArithmeticError, LookupError, TypeError, ValueError):
        raise OutputError(_UNREADABLE) from None
    if not glyphs:
        raise OutputError(_UNREADABLE)
    lost = [text for there, text in glyphs if not there]
    return "".join(dict.fromkeys(lost)) if lost else None


def _drawn(owner: DictionaryObject, content: object) -> Iterator[tuple[bool, str]]:
    """Whether each glyph is there, and what it is said to stand for; also in parts of a page."""
    from pypdf.generic import ContentStream

    resources = _at(owner, "/Resources")
    fonts, parts = _at(resources, "/Font"), _at(resources, "/XObject")
    font: DictionaryObject | None = None
    stands_for = ""
    operations = content.operations if isinstance(content, ContentStream) else []
    for operands, operator in operations:
        if operator == b"Tf":
            font = _at(fonts, operands[0])
        elif operator == b"BDC":
            stands_for = _told(operands[1])
        elif operator == b"EMC":
            stands_for = ""
        elif operator in (b"Tj", b"TJ") and font is not None:
            yield from _glyphs(operands[0], font, stands_for)
        elif operator == b"Do":
            part = _at(parts, operands[0])
            if part.get("/Subtype") == "/Form":
                yield from _drawn(part, ContentStream(part, None))


def _at(owner: DictionaryObject, name: object) -> DictionaryObject:
    """What stands under a name; nothing in it where nothing does."""
    from pypdf.generic import DictionaryObject

    found = owner.get(name)
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _told(properties: object) -> str:
    """The text that a marked part says it stands for."""
    return str(properties.get("/ActualText", "")) if isinstance(properties, dict) else ""


def _glyphs(shown: object, font: DictionaryObject, stands_for: str) -> Iterator[tuple[bool, str]]:
    """Of each code that is shown whether it has a glyph: 0 is that of what a font has not got."""
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    for text in shown if isinstance(shown, list) else [shown]:
        code = getattr(text, "original_bytes", text)
        if not isinstance(code, bytes):
            continue  # a distance
        for at in range(0, len(code), width):
            there = any(code[at : at + width])
            yield there, stands_for


def _package(lost: str) -> str:
    """The Debian package of fonts that has such characters."""
    if not lost:
        return "fonts-noto-cjk fonts-noto-core"
    names = [unicodedata.name(character, "") for character in lost]
    if any(name.startswith(_CJK) for name in names):
        return "fonts-noto-cjk"
    symbols = all(unicodedata.category(character) == "So" for character in lost)
    return "fonts-noto-color-emoji" if symbols else "fonts-noto-core"
