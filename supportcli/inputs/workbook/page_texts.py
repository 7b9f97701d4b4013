"""What a sheet is printed with above and below its cells, which its part tells after its rows."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from html import unescape

from supportcli.inputs.workbook.texts import unescaped
from supportcli.patterns import regex

_TEXT = regex(rb"<(?:[\w.-]+:)?(?:odd|even|first)(?:Header|Footer)\b[^<>]*>([^<>]+)</")
_ENDS = (b"Header", b"Footer")
_LONGEST = 8000
_MOST = 100
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CODES = regex(
    r"&(?:(?P<part>[LCR])|\"[^\"]*\"|K(?:[0-9A-F]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]{1,3} ?|"
    r"(?P<own>&)|[A-Z])",
    re.IGNORECASE,
)


class PageTexts:
    """Looks for the texts of page headers and footers while a part goes by."""

    def __init__(self) -> None:
        self.lines: dict[str, None] = {}

    def watch(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces of a part, one after the other."""
        kept = b""
        for piece in _as_utf_8(pieces):
            text = kept + piece
            end = 0
            for found in _TEXT.finditer(text) if any(each in text for each in _ENDS) else ():
                end = found.end()
                if len(self.lines) < _MOST:
                    self.lines |= dict.fromkeys(_lines(found[1].decode(errors="replace")))
            kept = text[max(end, len(text) - _LONGEST) :]
            yield piece


def _as_utf_8(pieces: Iterable[bytes]) -> Iterator[bytes]:
    decoder = None
    for at, piece in enumerate(pieces):
        if at == 0 and piece[:2] in _UTF_16:
            decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        yield decoder.decode(piece).encode() if decoder else piece


def _lines(text: str) -> Iterator[str]:
    """The lines of each part of a text, without the codes for fonts, dates and pages."""
    plain = _CODES.sub(_meant, unescaped(unescape(text)))
    for line in plain.splitlines():
        if any(map(str.isalnum, line)):
            yield line.strip()


def _meant(code: re.Match[str]) -> str:
    return "\n" if code["part"] else code["own"] or ""
