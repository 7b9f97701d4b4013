"""A quote out of its file: the JSON that it is, or that a page carries, and whether it is whole."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from supportcli.errors import Message, Problem, UsageError, fault

LARGEST = 32 * 1024 * 1024
_SEAL = "[0-9a-f]{64}"
HTML_END, MARKDOWN_END = "</script>", "\n-->"


def html_start(page: str) -> str:
    """What stands before the JSON in a page without it."""
    return _html(seal_of(page))


def _html(seal: str) -> str:
    return f'<script type="application/json" id="supportcli" data-sha256="{seal}">'


def markdown_start(page: str) -> str:
    """The same in Markdown."""
    return _markdown(seal_of(page))


def _markdown(seal: str) -> str:
    return f"<!-- supportcli sha256={seal}\n"


def seal_of(page: str) -> str:
    """The SHA-256 of a page without the quote that it carries."""
    return hashlib.sha256(page.encode()).hexdigest()


_PATTERNS = tuple(
    re.compile(f"{start(f'({_SEAL})')}(.*?){end}", re.DOTALL)
    for start, end in ((_html, HTML_END), (_markdown, MARKDOWN_END))
)
_AMOUNT = re.compile(r"(?<![\d.,])\d[\d,]*\.\d{2}(?![\d.])")
_NOT_ONE = Message("is no quote of this program; give the JSON, HTML or Markdown that quote wrote")


class Carried(NamedTuple):
    """What a file carries: the quote.

    `whole` is False where its page is not the one that was written; `strange` are the amounts of
    such a page that are none of the quote's.
    """

    told: Mapping[str, object]
    whole: bool = True
    strange: tuple[str, ...] = ()


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
            whole = found[1] == seal_of(page)
            return Carried(
                _quote(found[2], shown), whole, () if whole else _strange(page, found[2])
            )
    raise UsageError([Problem(shown, _NOT_ONE)])


def _strange(page: str, carried: str) -> tuple[str, ...]:
    """The amounts of a page that stand nowhere in what it carries."""
    known = set(_AMOUNT.findall(carried))
    found = (text.replace(",", "") for text in _AMOUNT.findall(page))
    return tuple(dict.fromkeys(text for text in found if text not in known))


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
