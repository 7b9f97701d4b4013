"""From texts to what stands around the figures of a quote."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from supportcli.advice.letter import Edition, Letter
from supportcli.errors import Message, Problem, UsageError, fault, quoted
from supportcli.inputs.answers.sources import Layers, read_each
from supportcli.patterns import regex
from supportcli.safe import safe

_EDITIONS = {edition.value: edition for edition in Edition}
_COLOUR = regex(r"#[0-9a-fA-F]{6}")
_LARGEST_LOGO = 256 * 1024
_LONGEST = 2000
_PNG, _SVG = (
    b"\x89PNG\r\n\x1a\n",
    regex(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]", re.DOTALL),
)


def read_letter(given: Layers, language: str, problems: list[Problem]) -> Letter:
    """The letter in a language; whom it is for and until when are read with the deal.

    Every mistake is added to the problems.
    """

    def text(name: str) -> str | None:
        return next(iter(read_each(given.get(name), _words, problems)), None)

    return Letter(
        number=text("number"),
        prepared_by=text("prepared_by"),
        company=text("company"),
        note=text("note"),
        because=text("because"),
        footer=_footer(given, language),
        edition=next(iter(read_each(given.get("for_whom"), _edition, problems)), Edition.CUSTOMER),
        logo=next(iter(read_each(given.get("logo"), read_logo, problems)), ""),
        colour=next(iter(read_each(given.get("colour"), _colour, problems)), ""),
    )


def _words(text: str) -> str:
    """Words of the user's own, on one line, nothing in them that a terminal acts on."""
    plain = " ".join(text.split())
    if len(plain) > _LONGEST:
        message = Message("is longer than {count} characters; shorten it", count=_LONGEST)
        raise UsageError(message)
    return safe(plain)


def _edition(text: str) -> Edition:
    found = _EDITIONS.get(text.strip().casefold())
    if found is None:
        known = tuple(_EDITIONS)
        raise UsageError(Message("{text} is not one of: {known}", text=quoted(text), known=known))
    return found


def _colour(text: str) -> str:
    if _COLOUR.fullmatch(text.strip()) is None:
        words = Message("{text} is not a colour; write it like #ff6a00", text=quoted(text))
        raise UsageError(words)
    return text.strip().lower()


def _footer(given: Layers, language: str) -> str | None:
    """The sentence in the language of the quote, else the only one there is."""
    texts = given["footer"].texts if "footer" in given else ()
    named = dict(text.partition("=")[::2] for text in texts if text[:3] in ("en=", "zh="))
    chosen = named.get(language) or next(iter(texts), None)
    return None if chosen is None else _words(chosen)


def read_logo(text: str) -> str:
    """A small picture as a data URI: PNG or SVG by its content, whatever it is called.

    Raises:
        UsageError: it cannot be read, is larger than 256 KiB, or is another kind of file.
    """
    path = Path(text).expanduser()
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_LOGO + 1)
    except (OSError, ValueError) as error:
        raise UsageError(Message("cannot be read ({reason})", reason=fault(error))) from None
    if len(content) > _LARGEST_LOGO:
        raise UsageError(Message("is larger than 256 KiB, the most that a logo may have"))
    kind = "png" if content.startswith(_PNG) else "svg+xml" if _SVG.match(content) else None
    if kind is None:
        raise UsageError(Message("is neither a PNG nor an SVG picture"))
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
