"""A page that carries a quote as JSON out of sight, sealed: whether it is as it was written."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterator

from supportcli.patterns import regex
from supportcli.record import NamedTuple

_DIGITS = 6  # of the SHA-256 of a line
_TAG = regex(r"<[^>]*>")
_REFERENCE = regex("&#([0-9]{3,7});")
_BODY_END = "</body>"
_HTML = '<script type="application/json" id="supportcli" data-sha256="{}" data-lines="{}">'
_MARKDOWN = "<!-- supportcli sha256={} lines={}\n"
_HTML_END, _MARKDOWN_END = "</script>", "\n-->"


class Sealed(NamedTuple):
    """What a page carries, and whether both are as they were written; `changed` are lines of the
    page that were not there, as one reads them. `page` is the rest, in the form html or md.
    """

    told: str
    whole: bool
    changed: tuple[str, ...]
    page: str
    form: str


def in_markdown(page: str, told: str) -> str:
    """The page with the JSON in a comment at its end, which nothing in it can close."""
    carried = _in_comment(told)
    return f"{page}\n{_MARKDOWN.format(*_seals(page, carried))}{carried}{_MARKDOWN_END}\n"


def in_html(page: str, told: str) -> str:
    """The page with the JSON in an element that no browser runs or shows."""
    carried = _in_script(told)
    before, end, after = page.rpartition(_BODY_END)
    return f"{before}{_HTML.format(*_seals(page, carried))}{carried}{_HTML_END}{end}{after}"


def _in_comment(told: str) -> str:
    return told.replace("--", "-\\u002d").replace(">", "\\u003e")


def _in_script(told: str) -> str:
    return told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


_WAYS = tuple(
    (regex(start.format("([0-9a-f]{64})", "([0-9a-f]*)")), end, escaped, form)
    for start, end, escaped, form in (
        (_HTML, _HTML_END, _in_script, "html"),
        (_MARKDOWN, _MARKDOWN_END, _in_comment, "md"),
    )
)


def sealed(text: str) -> Sealed | None:
    """What a page carries; None where it carries nothing."""
    for pattern, closing, escaped, form in _WAYS:
        found = pattern.search(text)
        end = -1 if found is None else text.find(closing, found.end())
        if found is not None and end >= 0:
            page, carried = (
                text[: found.start()] + text[end + len(closing) :],
                text[found.end() : end],
            )
            if found[1] != _sealing(page, carried):  # written where references hold characters
                page = _REFERENCE.sub(_referred, page)
            whole = found[1] == _sealing(page, carried) and _is_bare(carried, escaped)
            changed = () if whole else tuple(_changed(page, found[2]))
            return Sealed(carried, whole, changed, page, form)
    return None


def _is_bare(carried: str, escaped: Callable[[str], str]) -> bool:
    """Whether it is the JSON as it was written: nothing ends it early, nothing is twice."""
    try:
        return carried == escaped(json.dumps(json.loads(carried), separators=(",", ":")))
    except (ValueError, RecursionError):
        return False


def _seals(page: str, carried: str) -> tuple[str, str]:
    """What binds page and JSON, and the beginning of the SHA-256 of each of the page's lines."""
    return _sealing(page, carried), "".join(map(_sign, page.split("\n")))


def _sealing(page: str, carried: str) -> str:
    """The SHA-256 of both; empty lines around a page are nobody's."""
    return _sha256(f"{page.strip()}\n{carried}")


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
