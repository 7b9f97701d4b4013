"""A page that carries a quote as JSON out of sight, sealed: whether it is as it was written."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGITS = 6  # of the SHA-256 of a line
_TAG = re.compile(r"<[^>]*>")
_REFERENCE = re.compile("&#([0-9]{3,7});")
_BODY_END = "</body>"
_HTML = '<script type="application/json" id="supportcli" data-sha256="{}" data-lines="{}">'
_MARKDOWN = "<!-- supportcli sha256={} lines={}\n"
_HTML_END, _MARKDOWN_END = "</script>", "\n-->"
_PATTERNS = tuple(
    re.compile(start.format("([0-9a-f]{64})", "([0-9a-f]*)") + f"(.*?){end}", re.DOTALL)
    for start, end in ((_HTML, _HTML_END), (_MARKDOWN, _MARKDOWN_END))
)


class Sealed(NamedTuple):
    """A page and what it carries; `changed` are its lines that were not there when it was written,
    as one reads them.
    """

    told: str
    whole: bool
    changed: tuple[str, ...]


def in_markdown(page: str, told: str) -> str:
    """The page with the JSON in a comment at its end, which nothing in it can close."""
    safe = told.replace("--", "-\\u002d").replace(">", "\\u003e")
    whole = f"{page}\n\n"
    return f"{page}\n{_MARKDOWN.format(*_seals(whole))}{safe}{_MARKDOWN_END}\n"


def in_html(page: str, told: str) -> str:
    """The page with the JSON in an element that no browser runs or shows."""
    safe = told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    before, end, after = page.rpartition(_BODY_END)
    return f"{before}{_HTML.format(*_seals(page))}{safe}{_HTML_END}{end}{after}"


def sealed(text: str) -> Sealed | None:
    """What a page carries; None where it carries nothing."""
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found is not None:
            page = text[: found.start()] + text[found.end() :]
            if found[1] != _sha256(page):  # written where only references hold some characters
                page = _REFERENCE.sub(_referred, page)
            whole = found[1] == _sha256(page)
            changed = () if whole else tuple(_changed(page, found[2]))
            return Sealed(found[3], whole, changed)
    return None


def _seals(page: str) -> tuple[str, str]:
    """The SHA-256 of the page, and the beginning of that of each of its lines."""
    return _sha256(page), "".join(map(_sign, page.split("\n")))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _sign(line: str) -> str:
    return _sha256(line)[:_DIGITS]


def _referred(found: re.Match[str]) -> str:
    """The character that a reference of another encoding stands for."""
    return html.unescape(found[0]) if int(found[1]) > ord("~") else found[0]


def _changed(page: str, lines: str) -> Iterator[str]:
    known = {lines[start : start + _DIGITS] for start in range(0, len(lines), _DIGITS)}
    for line in page.split("\n"):
        text = " ".join(html.unescape(_TAG.sub(" ", line)).split())
        if text and _sign(line) not in known:
            yield text
