"""What a table becomes: clean rows in a copy of our own, and rejects that say what to write."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, NoReturn, Self

from supportcli.errors import Message, Problem, SupportCliError
from supportcli.inputs.tables.column_use import RowsAbove, Uses, as_stored
from supportcli.patterns import regex
from supportcli.record import NamedTuple

LONGEST_FIELD = 131_072
LONGEST_SHOWN = 200
SUMS_UP = Message(
    "sums up other rows; leave it out, or, if it is a customer, give it an account of its own, or "
    "--keep-totals"
)
PART_OF = Message("is a part of another row; leave it out, or give --keep-totals")
SPACES = " \t\u00a0\u3000"

# Only before what a spreadsheet would take for a number or a formula: 's-Hertogenbosch is a name.
_TEXT_MARK = regex(r"'(?=[0-9=+\-@.¥￥$＝＋－＠])(?!.*'$)", re.DOTALL)
_WRAPPED = regex(r'="([^"]*)"')
_CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class TableError(SupportCliError):
    """A table that cannot be used as a whole."""


class Reject(NamedTuple):
    """One row that cannot be read, and what to write instead.

    `line` is the physical line, or the row of a sheet; `column` is empty where the whole row is
    meant; `code` is one of REFUSALS; `text` is what was found, as it was, at most 200 characters
    of it. `customer` are the account and the name of a row whose cells could be told apart.
    """

    line: int
    column: str
    code: str
    text: str
    message: Message
    customer: tuple[str, str] = ("", "")


class SheetStart(NamedTuple):
    """One of several sheets that make up a table, and how many lines come before its own."""

    name: str
    before: int


class Aside(NamedTuple):
    """A text that stands around a table, and where, if it is in none of the sheet's cells.

    Of one that is `worded` only whole statements count: what else it says is of something else.
    """

    text: str
    where: Message | None = None
    worded: bool = False


class Prepared(NamedTuple):
    """A table that an engine can read, and what was left out of it.

    Where `direct`, `path` is the user's own file: UTF-8, the header on line 1, a record on every
    other line, no quote in it. Otherwise it is our copy: no header, commas, every field quoted,
    the number of the physical line first, then the fields in the order of `columns`.
    `separator` is that of the user's file. `rows` are all records that are not refused. Where
    several `sheets` make up the table, their rows are numbered through, and `above` has the rows
    above the header of each, `aside` the texts around the table. `not_used` are those of the
    notes that tell of what was left out, or was read though hidden: money may hang on it.
    """

    path: Path
    columns: tuple[str, ...]
    direct: bool
    delimiter: str
    newline: str
    compression: str
    rejects: Path | None
    rejected: int
    blank: int
    rows: int
    notes: tuple[Message, ...]
    sheets: tuple[SheetStart, ...] = ()
    separator: str = ","
    above: tuple[RowsAbove, ...] = ()
    aside: tuple[Aside, ...] = ()
    not_used: tuple[Message, ...] = ()

    def place(self, line: int) -> tuple[str, int]:
        """The sheet that a line stands in, "" where there is one alone, and its number there."""
        found = SheetStart("", 0)
        for sheet in self.sheets:
            if line > sheet.before:
                found = sheet
        return found.name, line - found.before


def every_name(name: str) -> bool:
    """Take any header for a known one."""
    return True


def every_header(names: Sequence[str]) -> bool:
    """Take any header with a known name for that of the table."""
    return True


def nothing_said(text: str) -> bool:
    """Take no text for one that says what amounts are in."""
    return False


class TableOptions(NamedTuple):
    """What the user says about a table, which header names are known, and what columns are for.

    Where several sheets have known names, the first counts whose header is `whole`. Where `typed`,
    `uses` are asked for every number of a sheet, else only for those with more to them than their
    digits. A sheet without a table is told of where a text in it `says_money`.
    """

    encoding: str | None = None
    sheet: str | None = None
    wanted: Callable[[str], bool] = every_name
    whole: Callable[[Sequence[str]], bool] = every_header
    uses: Uses = as_stored
    typed: bool = False
    keep_totals: bool = False
    says_money: Callable[[str], bool] = nothing_said


def refuse(shown: str, message: Message) -> NoReturn:
    """Give the whole table up.

    Raises:
        TableError: always.
    """
    raise TableError([Problem(shown, message)])


def clean(cell: str) -> str:
    """The cell as it was meant: no spaces around, no mark that only a spreadsheet needs.

    The wrapper of ="0012" goes, and the ' of '0012 where it keeps a number from being one.
    """
    cell = cell.strip(SPACES)
    first = cell[:1]
    if first == "'" and _TEXT_MARK.match(cell):
        return cell[1:]
    if first == "=" and (wrapped := _WRAPPED.fullmatch(cell)):
        return wrapped[1].strip(SPACES)
    return cell


def control_in(text: str) -> str | None:
    """The first control character that is no tab and no line break."""
    found = _CONTROL.search(text)
    return found[0] if found else None


def control_message(character: str) -> Message:
    """What to do about a control character."""
    return Message("holds the control character U+{code}; remove it", code=f"{ord(character):04X}")


class Sink:
    """The copy and the rejects while they are written, both in a folder of ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = 0
        self.rejected = 0
        self.blank = 0
        self.rejects: Path | None = None
        self._copy, self.path = _new_file(folder, "rows-", ".csv")
        self._spool: IO[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._copy.close()
        if self._spool:
            self._spool.close()

    def row(self, line: int, cells: Sequence[str]) -> None:
        """Write a clean row."""
        text = '","'.join(cells)
        if text.count('"') != 2 * len(cells) - 2:
            text = '","'.join([cell.replace('"', '""') for cell in cells])
        self._copy.write(f'"{line}","{text}"\n')
        self.rows += 1

    def reject(self, reject: Reject) -> None:
        """Keep a row that cannot be read."""
        if self._spool is None:
            self._spool, self.rejects = _new_file(self.folder, "rejects-", ".jsonl")
        message = reject.message
        kept = [reject.line, reject.column, reject.code, reject.text[:LONGEST_SHOWN]]
        self._spool.write(json.dumps([*kept, message.text, message.values]) + "\n")
        self.rejected += 1

    def prepared(
        self,
        columns: tuple[str, ...],
        notes: Sequence[Message],
        sheets: tuple[SheetStart, ...] = (),
    ) -> Prepared:
        """The finished table."""
        return Prepared(
            path=self.path,
            columns=columns,
            direct=False,
            delimiter=",",
            newline="\n",
            compression="none",
            rejects=self.rejects,
            rejected=self.rejected,
            blank=self.blank,
            rows=self.rows,
            notes=tuple(notes),
            sheets=sheets,
        )


def _new_file(folder: Path, prefix: str, suffix: str) -> tuple[IO[str], Path]:
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=suffix)
    return os.fdopen(descriptor, "w", encoding="utf-8", newline=""), Path(name)


def read_rejects(path: Path) -> Iterator[Reject]:
    """The rejects that were spooled, in the order of the table."""
    with path.open(encoding="utf-8", newline="\n") as spool:
        for entry in spool:
            line, column, code, text, said, values = json.loads(entry)
            yield Reject(line, column, code, text, Message(said, **values))
