"""The header line of a table: where it is, what separates it, and names that can be told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NoReturn

from supportcli.errors import Message, quoted
from supportcli.inputs.tables.column_use import RowsAbove
from supportcli.inputs.tables.lines import LONGEST_LINE, Lines, content, take_record
from supportcli.inputs.tables.rows import SPACES, TableOptions, clean, control_in, refuse
from supportcli.inputs.tables.unknown_header import no_known_column
from supportcli.patterns import regex
from supportcli.record import NamedTuple

DELIMITERS = (",", ";", "\t", "，", "|")
MOST_COLUMNS = 500  # more of them do not fit into the engine's memory
MOST_ABOVE = 10
_LEAST_NAMES = 2
_MOST_FIELDS = 10 * MOST_COLUMNS
_SEPARATOR = regex(r'"?sep=([^\w\s"]|\t)"?', re.IGNORECASE)
_BREAKS = regex(r"\s*[\r\n]+\s*")
_CALLED = {
    ",": Message("comma"),
    ";": Message("semicolon"),
    "\t": Message("tab"),
    "，": Message("full-width comma"),
    "|": Message("vertical bar"),
}


class Header(NamedTuple):
    """The names in their order, "" where there is none, the line that they begin on, those above.

    Of each line above, comments too, there is the whole of it and then its cells.
    """

    names: tuple[str, ...]
    delimiter: str
    line: int
    notes: tuple[Message, ...]
    above: RowsAbove = ()


class _Candidate(NamedTuple):
    names: tuple[str, ...]
    wanted: int
    delimiter: str
    lines: list[str]
    fault: bool
    notes: tuple[Message, ...]

    def merit(self) -> tuple[int, bool, int]:
        """What decides between separators: known names, then sense, then names."""
        return self.wanted, not self.fault, sum(map(bool, self.names))


def find_header(lines: Lines, options: TableOptions, shown: str) -> Header:
    """Read up to the header: the first of eleven lines that holds a known name.

    Comments (#), empty lines and Excel's `sep=;` above it are passed over and not counted.

    Raises:
        TableError: there is none, or its names are missing, repeated or too many.
    """
    delimiters: tuple[str, ...] = DELIMITERS
    first: _Candidate | None = None
    above: list[tuple[str, ...]] = []
    tried = 0
    any_line = False
    while True:
        line = lines.take()
        if tried > MOST_ABOVE or line is None:
            below = [row[0] for row in above if len(row) > 1][1:]
            _refuse_none(first, below, any_line, shown)
        any_line = True
        body = content(line).lstrip("\ufeff").strip(SPACES)
        if lines.number == 1 and (said := _SEPARATOR.fullmatch(content(line).lstrip("\ufeff"))):
            delimiters = (said[1],)
        elif body.startswith("#"):
            above.append((body.lstrip("# "),))
        elif body:
            best = _best(line, lines, delimiters, options.wanted)
            following = _next(lines, delimiters, options.wanted)
            if best.wanted and not is_title(best.names, following, options):
                return _header(best, lines, shown)._replace(above=tuple(above))
            above.append((body, *best.names))
            first = first or best
            tried += 1


def is_title(names: Sequence[str], below: Sequence[str], options: TableOptions) -> bool:
    """Whether the one text of a row stands above a header, though it may be one: 消费（万元）."""
    if sum(map(bool, names)) > 1 or sum(map(bool, below)) < _LEAST_NAMES:
        return False
    known = any(name and options.wanted(name) for name in below)
    return known and options.whole(below)


def _next(
    lines: Lines, delimiters: Sequence[str], wanted: Callable[[str], bool]
) -> tuple[str, ...]:
    """The names that the next filled line would have as a header."""
    taken: list[str] = []
    names: tuple[str, ...] = ()
    while not any(names) and len(taken) < MOST_ABOVE and (line := lines.take()) is not None:
        names = _best(line, lines, delimiters, wanted).names
        taken.append(line)
    lines.give_back(taken)
    return names


def _refuse_none(
    first: _Candidate | None, below: Sequence[str], any_line: bool, shown: str
) -> NoReturn:
    if first:
        records = (take_record(line, None, first.delimiter, _MOST_FIELDS) for line in below)
        rows = [tuple(map(header_name, record.fields)) for record in records]
        refuse(shown, no_known_column(first.names, rows))
    if any_line:
        refuse(shown, Message("holds no header, only empty lines or comments; give a table"))
    refuse(shown, Message("is empty; give a table with a header line"))


def _best(
    line: str, lines: Lines, delimiters: Sequence[str], wanted: Callable[[str], bool]
) -> _Candidate:
    candidates = [_candidate(line, lines, delimiter, wanted) for delimiter in delimiters]
    return max(candidates, key=_Candidate.merit)


def _candidate(
    line: str, lines: Lines, delimiter: str, wanted: Callable[[str], bool]
) -> _Candidate:
    record = take_record(line, lines, delimiter, _MOST_FIELDS)
    lines.give_back(record.lines[1:])
    broken = any(delimiter in name and _BREAKS.search(name) for name in record.fields)
    fault = bool(record.fault) or broken
    fields = (
        [part.strip('"') for part in content(line).split(delimiter)] if fault else record.fields
    )
    names = tuple(header_name(field) for field in fields[:_MOST_FIELDS])
    number = sum(1 for name in names if name and wanted(name))
    return _Candidate(names, number, delimiter, record.lines, fault, break_notes(fields))


def header_name(field: str) -> str:
    """A header cell as a name: trimmed, on one line."""
    return _BREAKS.sub(" ", clean(field.replace("\ufeff", ""))).strip()


def break_notes(fields: Sequence[str]) -> tuple[Message, ...]:
    """What to say of names that stood on several lines."""
    broken = [field for field in fields if _BREAKS.search(field.strip())]
    if not broken:
        return ()
    names = tuple(quoted(header_name(field)) for field in broken)
    return (Message("the name of column {names} stands on several lines", names=names),)


def check_width(columns: int, where: str) -> None:
    """Refuse more columns than any table may have, whatever the form of its file.

    Raises:
        TableError: there are.
    """
    if columns > MOST_COLUMNS:
        refuse(where, Message("has more than {most} columns; keep fewer", most=MOST_COLUMNS))


def _header(best: _Candidate, lines: Lines, shown: str) -> Header:
    number = lines.number
    where = f"{shown}:{number}"
    if len(best.lines[0]) > LONGEST_LINE:
        refuse(where, Message("the header line is too long to be one; give a table"))
    check_width(len(best.names), where)
    if best.fault:
        refuse(where, Message("a quote in the header is out of place; mend the header line"))
    if any(map(control_in, best.names)):
        refuse(where, Message("a control character stands in the header; remove it"))
    for _ in best.lines[1:]:
        lines.take()
    check_names(best.names, where)
    return Header(best.names, best.delimiter, number, tuple(_notes(best, number)))


def check_names(names: Sequence[str], where: str) -> None:
    """Every name stands for one column, whatever its case.

    Raises:
        TableError: names repeated.
    """
    seen: set[str] = set()
    repeated = []
    for name in names:
        key = name.casefold()
        if key and key in seen:
            repeated.append(quoted(name))
        seen.add(key)
    if repeated:
        refuse(
            where,
            Message("the header repeats {names}; rename or remove a column", names=tuple(repeated)),
        )


def _notes(best: _Candidate, number: int) -> list[Message]:
    notes = []
    if number > 1:
        notes.append(
            Message("the header is on line {line}; what is above was skipped", line=number)
        )
    if best.delimiter != "," and len(best.names) > 1:
        named = _CALLED.get(best.delimiter) or best.delimiter
        notes.append(Message("the separator is {name}", name=named))
    return [*notes, *best.notes]
