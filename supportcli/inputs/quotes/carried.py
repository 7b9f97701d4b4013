"""A quote out of its file: the JSON that it is, or that a page carries, and whether it is whole."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from pathlib import Path

from supportcli.errors import Message, Problem, UsageError, fault
from supportcli.record import NamedTuple
from supportcli.seal import sealed
from supportcli.sheet_cells import sheet_texts

_LARGEST = 32 * 1024 * 1024
_NOT_ONE = Message(
    "is no quote of this program; give the JSON, HTML, Markdown or XLSX that quote wrote"
)
_PDF = Message(
    "a PDF carries no rule to compute from; give the JSON, HTML, Markdown or XLSX file of the same "
    "quote"
)


class Carried(NamedTuple):
    """What a file carries: the quote.

    `whole` is False where its page is not the one that was written; `changed` are the lines of
    such a page that were not there, without what only a browser reads. `page` is all else in the
    file, in its form: html, md, or xlsx (its cells as lines).
    """

    told: Mapping[str, object]
    whole: bool = True
    changed: tuple[str, ...] = ()
    page: str = ""
    form: str = "json"


def read_quote(path: Path) -> Carried:
    """The quote that a file holds.

    Raises:
        UsageError: the file cannot be read, or holds no quote.
    """
    shown = str(path)
    text, form = _text(path, shown)
    if text.lstrip().startswith("{"):
        return Carried(_quote(text, shown))
    found = sealed(text)
    if found is None:
        raise UsageError([Problem(shown, _NOT_ONE)])
    told = _quote(found.told, shown)
    return Carried(told, found.whole, found.changed, found.page, form or found.form)


def _text(path: Path, shown: str) -> tuple[str, str]:
    """What stands in a file, and its form where its bytes tell."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UsageError([Problem(shown, _NOT_ONE)])
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise UsageError(
                [Problem(shown, Message("is larger than 32 MiB, the most that is read"))]
            )
        if content.startswith(b"%PDF-"):
            raise UsageError([Problem(shown, _PDF)])
        if content.startswith(b"PK"):
            return _workbook(content, shown), "xlsx"
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), ""
    except UnicodeDecodeError:
        raise UsageError([Problem(shown, _NOT_ONE)]) from None
    except (OSError, ValueError) as error:
        message = Message("cannot be read ({reason})", reason=fault(error))
        raise UsageError([Problem(shown, message)]) from None


def _workbook(content: bytes, shown: str) -> str:
    """Its cells as lines, then what it carries."""
    try:
        return "\n".join(sheet_texts(content))
    except ValueError:
        raise UsageError([Problem(shown, _NOT_ONE)]) from None


def _quote(text: str, shown: str) -> Mapping[str, object]:
    try:
        told = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise UsageError([Problem(shown, _NOT_ONE)]) from None
    if not isinstance(told, dict) or told.get("command") != "quote":
        raise UsageError([Problem(shown, _NOT_ONE)])
    return told


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The fields of an object, each said once.

    Raises:
        ValueError: one is said twice: readers do not agree which of them counts.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("twice")
    return found
