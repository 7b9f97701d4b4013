"""A quote out of its file: the JSON that it is, or that a page carries, and whether it is whole."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from supportcli.errors import Message, Problem, UsageError, fault

LARGEST = 32 * 1024 * 1024
_DIGITS = 6  # of the SHA-256 of a line
_TAG = re.compile(r"<[^>]*>")
HTML_END, MARKDOWN_END = "</script>", "\n-->"


def html_start(page: str) -> str:
    """What stands before the JSON of a page: the SHA-256 of the page, and of each of its lines."""
    return _html(_sha256(page), "".join(_of_lines(page)))


def _html(seal: str, lines: str) -> str:
    names = 'type="application/json" id="supportcli"'
    return f'<script {names} data-sha256="{seal}" data-lines="{lines}">'


def markdown_start(page: str) -> str:
    """The same in Markdown."""
    return _markdown(_sha256(page), "".join(_of_lines(page)))


def _markdown(seal: str, lines: str) -> str:
    return f"<!-- supportcli sha256={seal} lines={lines}\n"


_PATTERNS = tuple(
    re.compile(f"{start('([0-9a-f]{64})', '([0-9a-f]*)')}(.*?){end}", re.DOTALL)
    for start, end in ((_html, HTML_END), (_markdown, MARKDOWN_END))
)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _of_lines(page: str) -> list[str]:
    """The beginning of each line's SHA-256, which tells which one was changed."""
    return [_sha256(line)[:_DIGITS] for line in page.split("\n")]


_NOT_ONE = Message("is no quote of this program; give the JSON, HTML or Markdown that quote wrote")


class Carried(NamedTuple):
    """What a file carries: the quote.

    `whole` is False where its page is not the one that was written; `changed` are the lines of
    such a page that were not there, without what only a browser reads.
    """

    told: Mapping[str, object]
    whole: bool = True
    changed: tuple[str, ...] = ()


def read_quote(path: Path) -> Carried:
    """The quote that a file holds.

    Raises:
        UsageError: the file cannot be read, or holds no quote.
    """
    shown = str(path)
    text = _text(path, shown)
    if text.lstrip().startswith("{"):
        return Carried(_quote(text, shown))
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found is not None:
            page = text[: found.start()] + text[found.end() :]
            whole = found[1] == _sha256(page)
            return Carried(
                _quote(found[3], shown), whole, () if whole else tuple(_changed(page, found[2]))
            )
    raise UsageError([Problem(shown, _NOT_ONE)])


def _changed(page: str, lines: str) -> Iterator[str]:
    """The lines that were not there when the page was written, as one reads them."""
    known = {lines[i : i + _DIGITS] for i in range(0, len(lines), _DIGITS)}
    for line, sign in zip(page.split("\n"), _of_lines(page), strict=True):
        text = " ".join(html.unescape(_TAG.sub(" ", line)).split())
        if sign not in known and text:
            yield text


def _text(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise UsageError(
                [Problem(shown, Message("is larger than 32 MiB, the most that is read"))]
            )
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UsageError([Problem(shown, _NOT_ONE)]) from None
    except (OSError, ValueError) as error:
        message = Message("cannot be read ({reason})", reason=fault(error))
        raise UsageError([Problem(shown, message)]) from None


def _quote(text: str, shown: str) -> Mapping[str, object]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError([Problem(shown, _NOT_ONE)]) from None
    if not isinstance(told, dict) or told.get("command") != "quote":
        raise UsageError([Problem(shown, _NOT_ONE)])
    return told
