"""Text to standard output and error, in whatever they can hold, with faults said in words."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TextIO

from supportcli.errors import Message, OutputError, fault

NARROWEST = 20
USUAL_WIDTH = 80
_PLAINER = {
    "¥": "CNY ",
    "▶": ">",
    "•": "*",
    "─": "-",
    "–": "-",
    "…": "...",
    "↵": "\\n",
    "“": '"',
    "”": '"',
    "×": "x",
    "≤": "<=",
}


class Surface(NamedTuple):
    """What a stream can show: columns (None: as many as needed), styles, colours, line drawing."""

    width: int | None = None
    styled: bool = False
    coloured: bool = False
    ascii_only: bool = False


class PipeClosedError(Exception):
    """The reader of our output went away; there is nobody to tell."""


def surface_of(
    stream: TextIO | None, environment: Mapping[str, str], width: int | None, no_color: bool
) -> Surface:
    """What the stream can show, by its kind and the usual variables; `width` overrules."""
    if stream is None:
        return Surface()
    terminal = stream.isatty()
    styled = terminal and environment.get("TERM", "") not in ("dumb", "")
    return Surface(
        _width(stream, environment, width, terminal),
        styled,
        styled and not no_color and not environment.get("NO_COLOR"),
        not can_hold(stream, "─▶•"),
    )


def _width(
    stream: TextIO, environment: Mapping[str, str], width: int | None, terminal: bool
) -> int | None:
    columns = environment.get("COLUMNS", "")
    wanted = width
    if wanted is None and columns.isascii() and columns.isdigit():
        wanted = int(columns)
    if wanted is None and terminal:
        try:
            wanted = os.get_terminal_size(stream.fileno()).columns
        except OSError:
            wanted = USUAL_WIDTH
    if wanted is None:
        return None
    return wanted if wanted >= NARROWEST else USUAL_WIDTH


def can_hold(stream: TextIO | None, text: str) -> bool:
    """Whether the stream's encoding has every character of the text."""
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def write_out(text: str) -> None:
    """Write the answer to standard output, in plainer characters where it cannot hold them.

    Raises:
        OutputError: standard output is closed or full.
        PipeClosedError: nobody reads it any more.
    """
    if sys.stdout is None:
        raise OutputError(Message("cannot write: standard output is closed"))
    try:
        sys.stdout.write(_fitting(text, sys.stdout))
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        raise PipeClosedError from None
    except OSError as error:
        _silence(sys.stdout)
        raise OutputError(Message("cannot write: {reason}", reason=fault(error))) from error


def write_file_out(path: Path, before: bytes = b"") -> None:
    """Write a file's bytes to standard output, others before them.

    Raises:
        OutputError: standard output is closed or full.
        PipeClosedError: nobody reads it any more.
    """
    if sys.stdout is None:
        raise OutputError(Message("cannot write: standard output is closed"))
    sys.stdout.flush()
    try:
        with path.open("rb") as file:
            sys.stdout.buffer.write(before)
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        raise PipeClosedError from None
    except OSError as error:
        _silence(sys.stdout)
        raise OutputError(Message("cannot write: {reason}", reason=fault(error))) from error


def write_words(text: str) -> None:
    """Write a line about the answer to standard error; where that is closed, nowhere."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(_fitting(f"{text}\n", sys.stderr))
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def _fitting(text: str, stream: TextIO) -> str:
    if can_hold(stream, text):
        return text
    return "".join(
        character if can_hold(stream, character) else _PLAINER.get(character, "?")
        for character in text
    )


def _silence(stream: TextIO) -> None:
    """Keep the interpreter from failing once more when it flushes at the end."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())
