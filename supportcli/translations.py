"""The translated texts of a language: from its `.po`, or from what the build made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

LOCALES = Path(__file__).parent / "locales"

_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


def load_translations(code: str) -> Callable[[str], str]:
    """What says an English text in that language; a text without a translation stays English.

    What the build made (`.ci/build_hook.py`) loads in a third of the time. It counts only if it was
    made of exactly this `.po`: one that was edited since, or never made, is read itself.
    """
    from hashlib import sha256

    content = (LOCALES / f"{code}.po").read_bytes()
    said = _made(code, sha256(content).hexdigest())
    if said is None:
        said = read_po(content)
    return lambda text: said.get(text, text)


def _made(code: str, source: str) -> dict[str, str] | None:
    from importlib import import_module

    try:
        made = import_module(f"supportcli.made.messages_{code}")
    except ModuleNotFoundError:
        return None
    said: dict[str, str] = made.SAID
    return said if source == made.SOURCE else None


def read_po(content: bytes) -> dict[str, str]:
    """Each text with its translation; one that is fuzzy or not translated yet is left out."""
    said = {}
    for entry in _entries(content.decode().replace("\r\n", "\n").split("\n")):
        text, translation = _unquoted(entry.get("msgid", ())), _unquoted(entry["msgstr"])
        if text and translation and "fuzzy" not in entry:
            said[text] = translation
    return said


def _entries(lines: list[str]) -> Iterator[dict[str, list[str]]]:
    """The quoted lines of each entry by their keyword."""
    entry: dict[str, list[str]] = {}
    quoted: list[str] = []
    for line in [*lines, ""]:
        keyword, _, rest = line.partition(" ")
        if line.startswith('"'):
            quoted.append(line)
            continue
        if keyword != "msgstr" and "msgstr" in entry:
            yield entry
            entry = {}
        if keyword in ("msgid", "msgstr"):
            quoted = entry[keyword] = [rest]
        elif keyword == "#," and "fuzzy" in rest:
            entry["fuzzy"] = []
        elif not line:
            entry = {}


def _unquoted(lines: list[str] | tuple[()]) -> str:
    joined = "".join([line.strip()[1:-1] for line in lines])
    if "\\" not in joined:
        return joined
    return re.sub(r"\\(.)", lambda escape: _ESCAPED.get(escape[1], escape[1]), joined)
