"""Text to standard output and error, in whatever they can hold, with faults said in words."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from supportcli import interruption
from supportcli.errors import Message, OutputError, fault
from supportcli.language import PURPOSE, Language
from supportcli.record import NamedTuple
from supportcli.system import reader_left
from supportcli.text_width import cell_width

_NARROWEST = 20
USUAL_WIDTH = 80
_PLAINER = {
    "¥": "CNY ",
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
        not can_hold(stream, "─•"),
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
    return wanted if wanted >= _NARROWEST else USUAL_WIDTH


def can_hold(stream: TextIO | None, text: str) -> bool:
    """Whether the stream's encoding has every character of the text."""
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def spoken_on(stream: TextIO | None, language: Language) -> Language:
    """The language as the stream can hold it: else English, and CNY where it has no ¥."""
    symbols = can_hold(stream, "¥")
    if can_hold(stream, language.translate(PURPOSE)):
        return Language(language.code, language.translate, symbols, language.cents)
    return Language(symbols=symbols, cents=language.cents)


def in_english() -> Message:
    """What to say where standard output cannot hold the language that was asked for."""
    return Message(
        "standard output ({encoding}) cannot hold the language asked for, so this is in English; "
        "set PYTHONIOENCODING=utf-8",
        encoding=getattr(sys.stdout, "encoding", None),
    )


def write_out(text: str, form: str = "") -> None:
    """Write the answer to standard output; what that cannot hold is written plainer or escaped.

    JSON and HTML (`form`) have signs for every character.

    Raises:
        OutputError: standard output is closed or full.
        PipeClosedError: nobody reads it any more.
    """
    with _output() as stream:
        interruption.wrote()
        write = {"json": _escaped, "html": _referred}.get(form, _fitting)
        stream.write(write(text, stream))
        stream.flush()


def write_file_out(path: Path, before: bytes = b"") -> None:
    """Write a file's bytes to standard output, others before them.

    Raises:
        OutputError: standard output is closed or full.
        PipeClosedError: nobody reads it any more.
    """
    with _output() as stream, path.open("rb") as file:
        interruption.wrote()
        stream.flush()
        stream.buffer.write(before)
        shutil.copyfileobj(file, stream.buffer)
        stream.buffer.flush()


@contextmanager
def _output() -> Iterator[TextIO]:
    """Standard output; what goes wrong with it is said in words."""
    stream = sys.stdout
    if stream is None:
        raise OutputError(Message("cannot write: standard output is closed"))
    try:
        yield stream
    except OSError as error:
        _silence(stream)
        if reader_left(error):
            raise PipeClosedError from None
        raise OutputError(Message("cannot write: {reason}", reason=fault(error))) from error


def write_words(text: str) -> None:
    """Write a line about the answer to standard error; where that is closed, nowhere."""
    _write_aside(f"{text}\n")


class StatusLine:
    """One line on standard error that is written over, and wiped in the end."""

    def __init__(self) -> None:
        self._columns = 0

    def show(self, text: str) -> None:
        """Put the text where the last one was."""
        columns = cell_width(text)
        _write_aside(f"\r{text}{' ' * (self._columns - columns)}")
        self._columns = columns

    def wipe(self) -> None:
        """Leave an empty line; without an escape code, which not every console knows."""
        _write_aside(f"\r{' ' * self._columns}\r")


def _write_aside(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(_fitting(text, sys.stderr))
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def _fitting(text: str, stream: TextIO) -> str:
    """The text in plainer characters where the stream has not its own, else their numbers."""
    if can_hold(stream, text):
        return text
    plainer = "".join(
        character if can_hold(stream, character) else _PLAINER.get(character, character)
        for character in text
    )
    return _escaped(plainer, stream)


def _escaped(text: str, stream: TextIO) -> str:
    """The text with \\uXXXX for what the stream cannot hold, as JSON has it in its strings."""
    if can_hold(stream, text):
        return text
    import json

    return "".join(
        character if can_hold(stream, character) else json.dumps(character)[1:-1]
        for character in text
    )


def _referred(text: str, stream: TextIO) -> str:
    """The text with &#NNN; for what is not ASCII, where the stream is not in UTF-8, as it says."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if codecs.lookup(encoding).name == "utf-8":
        return text
    return text.encode("ascii", "xmlcharrefreplace").decode()


def _silence(stream: TextIO) -> None:
    """Keep the interpreter from failing once more when it flushes at the end."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())
