"""Lines of a table as the file has them, and one record of them taken apart, minding quotes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import TextIO

from supportcli.advice.refusals import RowCode
from supportcli.inputs.tables.rows import LONGEST_FIELD, SPACES
from supportcli.patterns import regex
from supportcli.record import NamedTuple

LONGEST_LINE = 8 * LONGEST_FIELD
_CHUNK = 256 * 1024
_WRAPPED = regex(r'="[^"]*"')


class Lines:
    """Physical lines with their breaks (LF, CR LF or CR), counted; they can be given back.

    A line longer than LONGEST_LINE comes with that much of it and a little more.
    """

    def __init__(self, stream: TextIO) -> None:
        self.number = 0
        self._source = _physical(stream)
        self._back: list[str] = []

    def take(self) -> str | None:
        """The next line, None at the end; `number` is its number, from 1."""
        line = self._back.pop() if self._back else next(self._source, None)
        if line is not None:
            self.number += 1
        return line

    def give_back(self, lines: Sequence[str]) -> None:
        """Have these, the last ones taken, come again."""
        self._back.extend(reversed(lines))
        self.number -= len(lines)


def _physical(stream: TextIO) -> Iterator[str]:
    rest = ""
    while chunk := stream.read(_CHUNK):
        lines = io.StringIO(rest + chunk, newline="").readlines()
        rest = "" if lines[-1].endswith("\n") else lines.pop()  # a CR may have its LF to come
        if len(rest) > LONGEST_LINE:
            rest = rest[:LONGEST_LINE] + rest[-1]
        yield from lines
    if rest:
        yield rest


def content(line: str) -> str:
    """The line without its break."""
    return line.rstrip("\r\n")


class Splitter:
    """Takes a sound line apart at once; one that is not so plain is left to `take_record`."""

    def __init__(self, delimiter: str) -> None:
        escaped = re.escape(delimiter)
        field = f'(?:"(?:[^"]|"")*+"|[^"{escaped}]*+)'
        self._sound = regex(f"{field}(?:{escaped}{field})*+")
        self._reader = csv.reader(self._feed(), delimiter=delimiter, strict=True)
        self._line = ""

    def _feed(self) -> Iterator[str]:
        while True:
            yield self._line

    def split(self, body: str) -> list[str] | None:
        """The fields of a line without its break; None where there is doubt."""
        if len(body) > LONGEST_FIELD or not self._sound.fullmatch(body):
            return None
        self._line = body
        return next(self._reader)


class Record(NamedTuple):
    """What began on a line: its fields as far as they could be told, and the lines they took.

    `fault` is the code of what stopped the reading, None where the record is well formed. `closed`
    says of a record over several lines that its first quote found another to end it, `opening` that
    this other one stands where a cell begins, so may well have been meant to open one.
    """

    fields: list[str]
    lines: list[str]
    fault: RowCode | None
    closed: bool = True
    opening: bool = False


class _HaltError(Exception):
    """The record cannot be told any further."""


class _Text:
    """The lines of a record so far, as one text."""

    def __init__(self, first: str, lines: Lines | None) -> None:
        self.text = first
        self.taken = [first]
        self.last = 0
        self._lines = lines

    def extend(self) -> bool:
        line = self._lines.take() if self._lines else None
        if line is None:
            return False
        self.last = len(self.text)
        self.text += line
        self.taken.append(line)
        return True

    @property
    def end(self) -> int:
        return len(self.text) - len(self.taken[-1]) + len(content(self.taken[-1]))


class _Taker:
    """Takes one record apart; the state is what has been found so far."""

    def __init__(self, text: _Text, delimiter: str, most: int) -> None:
        self.text = text
        self.delimiter = delimiter
        self.most = most
        self.blanks = SPACES.replace(delimiter, "")
        self.fields: list[str] = []
        self.fault: RowCode | None = None
        self.closed = False
        self.opening = False

    def record(self) -> Record:
        at: int | None = 0
        try:
            while at is not None:
                at = self._field(at)
        except _HaltError:
            pass
        return Record(self.fields, self.text.taken, self.fault, self.closed, self.opening)

    def _halt(self, fault: RowCode) -> None:
        self.fault = fault
        raise _HaltError

    def _field(self, at: int) -> int | None:
        """Read the field that begins here; where the next one does, None at the end."""
        start = self._past_blanks(at)
        if self.text.text[start : start + 1] == '"':
            return self._quoted(start + 1)
        end = self.text.text.find(self.delimiter, at, self.text.end)
        stop = end if end >= 0 else self.text.end
        cell = self.text.text[at:stop]
        if '"' in cell and not _WRAPPED.fullmatch(cell.strip(self.blanks)):
            self._halt("stray_quote")
        return self._next(cell, end)

    def _quoted(self, start: int) -> int | None:
        close = self._closing(start)
        after = self._past_blanks(close + 1)
        if after < self.text.end and not self.text.text.startswith(self.delimiter, after):
            self._halt("stray_quote")
        cell = self.text.text[start:close].replace('""', '"')
        return self._next(cell, after if after < self.text.end else -1)

    def _next(self, cell: str, end: int) -> int | None:
        if len(cell) > LONGEST_FIELD:
            self._halt("field_too_long")
        self.fields.append(cell)
        return end + len(self.delimiter) if end >= 0 else None

    def _closing(self, start: int) -> int:
        """Where the quoted cell that begins here is closed, taking more lines as needed."""
        text = self.text
        at = start
        first = len(text.taken)
        while True:
            quote = text.text.find('"', at)
            if quote < 0:
                at = len(text.text)
                self._more(at - start)
            elif text.text.startswith('"', quote + 1):
                at = quote + 2
            else:
                break
        if len(text.taken) > first and not self.closed:
            self.closed = True
            before = text.text[text.last : quote].rstrip(self.blanks)
            self.opening = not before or before.endswith(self.delimiter)
        return quote

    def _more(self, size: int) -> None:
        full = size > LONGEST_FIELD or len(self.text.text) > LONGEST_LINE
        if full or len(self.fields) >= self.most or not self.text.extend():
            self._halt("unterminated_quote")

    def _past_blanks(self, at: int) -> int:
        text = self.text.text
        while text[at : at + 1] and text[at] in self.blanks:
            at += 1
        return at


def take_record(first: str, lines: Lines | None, delimiter: str, most: int) -> Record:
    """The record that begins with this line; more lines are taken where a quoted cell goes on.

    Without `lines` the first is all there is. A cell is followed to its closing quote for
    LONGEST_FIELD characters, over lines only while there are fewer than `most` fields.
    """
    return _Taker(_Text(first, lines), delimiter, most).record()
