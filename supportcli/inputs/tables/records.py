"""Records to rows and rejects, so that a fault costs its own lines and swallows no other.

A quote that is never closed is the dangerous one: all that follows could be inside it. Where it
finds no quote to end it, or one that rather opens a cell of a later row, its line alone is refused
and reading goes on with the next. Where the end is unclear, every line up to it is refused. A cell
over several lines is taken as meant only where none of these lines looks like a row of its own.
A line without any separator may be a piece broken off the row above or below: all three go. So
may one with a misplaced quote and too few separators.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from operator import itemgetter

from supportcli.advice.refusals import RowCode
from supportcli.errors import Message
from supportcli.inputs.tables.layout import (
    Layout,
    RowCount,
    TrailingError,
    UnnamedTextError,
    gap_notes,
)
from supportcli.inputs.tables.lines import (
    LONGEST_LINE,
    Lines,
    Record,
    Splitter,
    content,
    take_record,
)
from supportcli.inputs.tables.rows import (
    LONGEST_FIELD,
    SPACES,
    Reject,
    Sink,
    clean,
    control_in,
    control_message,
    refuse,
)

_NO_WIDTH = 0


def read_records(lines: Lines, layout: Layout, sink: Sink) -> list[Message]:
    """Write every record below the header as a row or a reject, or count it as blank.

    Returns:
        What is to be told of columns without a name.

    Raises:
        TableError: no record has as many fields as the header.
        UnnamedTextError: text stands in columns without a name between others.
        TrailingError: all of them have an empty field too many.
    """
    reader = _RecordReader(lines, layout, sink)
    while (line := lines.take()) is not None:
        if len(line) > LONGEST_LINE:
            reader.refuse_long(line)
        elif '"' in line:
            reader.quoted(line)
        else:
            body = content(line)
            reader.fields(lines.number, body.split(layout.delimiter), body)
    reader.finish()
    return gap_notes(layout.names, reader.counts.last is not None)


class _RecordReader:
    """Holds a row back until the line below it is known to be no piece of it."""

    def __init__(self, lines: Lines, layout: Layout, sink: Sink) -> None:
        self.lines = lines
        self.layout = layout
        self.sink = sink
        self.held: tuple[int, list[str], str] | None = None
        self.apart = False
        self.piece = 0
        self.splitter = Splitter(layout.delimiter)
        self.widths: Counter[int] = Counter()
        self.counts = RowCount()
        self.hollow = 0
        self.gaps = [at for at, name in enumerate(layout.names) if not name]
        self.blanks = SPACES + layout.delimiter

    def finish(self) -> None:
        self._release()
        width, number = max(self.widths.items(), key=itemgetter(1), default=(_NO_WIDTH, 0))
        if self.hollow and not self.sink.rows and self.hollow == self.sink.rejected:
            raise TrailingError
        if width and not self.sink.rows and 2 * number > self.sink.rejected:
            refuse(
                self.layout.shown,
                Message(
                    "the rows have {found} cells and the header {expected}; check the header line "
                    "for a lost separator or line break",
                    found=width,
                    expected=self.layout.width,
                ),
            )

    def fields(self, number: int, fields: list[str], raw: str) -> None:
        """Take a record whose fields are told apart."""
        layout = self.layout
        if len(fields) != layout.width:
            if any(field.strip(SPACES) for field in fields):
                self._ragged(number, fields, raw)
            else:
                self._blank()
            return
        if len(raw) > LONGEST_FIELD and any(len(field) > LONGEST_FIELD for field in fields):
            self._fault(number, raw, "field_too_long")
            return
        if control := control_in(raw):
            at = next((at for at, field in enumerate(fields) if control in field), 0)
            self._reject(
                number, layout.names[at], "control_character", raw, control_message(control)
            )
            return
        cells = [clean(field) for field in fields]
        if not any(cells):
            self._blank()
        elif not self.gaps or self._filled_gaps(number, cells, raw):
            self._row(number, cells, raw)

    def quoted(self, line: str) -> None:
        """Take the record that begins on a line with a quote in it."""
        number = self.lines.number
        layout = self.layout
        body = content(line)
        if plain := self.splitter.split(body):
            self.fields(number, plain, body)
            return
        record = take_record(line, self.lines, layout.delimiter, layout.width)
        raw = content("".join(record.lines))
        if len(record.lines) > 1:
            self._long_record(number, record, raw)
        elif record.fault:
            self._fault(number, raw, record.fault, len(record.fields))
            self.piece = number if self._short(raw) else 0
        else:
            self.fields(number, record.fields, raw)

    def refuse_long(self, line: str) -> None:
        """Refuse a line too long to be taken apart."""
        self._fault(self.lines.number, line, "field_too_long")

    def _long_record(self, number: int, record: Record, raw: str) -> None:
        first = content(record.lines[0])
        at = len(record.fields)
        sound = not record.fault and at == self.layout.width
        if sound and not self._swallows(record.lines):
            self.fields(number, record.fields, raw)
        elif not sound and (not record.closed or record.opening):
            self.lines.give_back(record.lines[1:])
            self._fault(number, first, "unterminated_quote", at)
            self.piece = number if self._short(first) else 0
        else:
            self._fault(number, first, "unterminated_quote", at if record.fault else _LAST)
            self._refuse_behind(number, record.lines[1:])
            self.piece = number if self._short(first) else 0

    def _swallows(self, lines: list[str]) -> bool:
        """Whether a line after the first of a quoted cell looks like a row of its own."""
        separator, gaps = self.layout.delimiter, self.layout.width - 1
        both = lines[0].count(separator) >= gaps and lines[-1].count(separator) >= gaps
        return both or any(map(self._is_row, lines[1:]))

    def _is_row(self, line: str) -> bool:
        alone = take_record(line, None, self.layout.delimiter, self.layout.width)
        filled = any(field.strip(SPACES) for field in alone.fields)
        return filled and not alone.fault and len(alone.fields) == self.layout.width

    def _refuse_behind(self, number: int, lines: list[str]) -> None:
        message = Message(
            "stands behind the open quote of line {line}; mend that first", line=number
        )
        for at, line in enumerate(lines, number + 1):
            if line.strip(self.blanks + "\r\n"):
                self._reject(at, "", "after_open_quote", content(line), message)
            else:
                self._blank()

    def _filled_gaps(self, number: int, cells: list[str], raw: str) -> bool:
        """Drop the cells of columns without a name; False where the row was refused for one."""
        text = next((at for at in self.gaps if cells[at]), None)
        if text == 0 and self.counts.goes_on(cells[0]):
            text = next((at for at in self.gaps[1:] if cells[at]), None)
        if text is None:
            for at in reversed(self.gaps):
                del cells[at]
            return True
        if text < self.layout.named:
            texts = (at for at in self.gaps if text <= at < self.layout.named and cells[at])
            raise UnnamedTextError(frozenset(texts))
        message = Message("has text beyond the last header; name that column or remove the text")
        self._reject(number, "", "too_many_fields", raw, message)
        return False

    def _ragged(self, number: int, fields: list[str], raw: str) -> None:
        found, expected = len(fields), self.layout.width
        code: RowCode
        if found < expected:
            message = Message(
                "has {found} cells and the header {expected}; add what is missing, or join the "
                "lines of a broken row",
                found=found,
                expected=expected,
            )
            code = "too_few_fields"
        else:
            message = Message(
                "has {found} cells and the header {expected}; put quotes round a cell that holds "
                "the separator",
                found=found,
                expected=expected,
            )
            code = "too_many_fields"
        self.widths[found] += 1
        self.hollow += self.layout.is_hollow(fields)
        if found == 1:
            self._cut(number)
        self._reject(number, "", code, raw, message)
        self.piece = number if found == 1 else 0

    def _cut(self, number: int, quoted: bool = False) -> None:
        """Refuse the row held back, whose last cell may go on with this line.

        Beyond an empty line only where a quote says that the line is a piece of a cell.
        """
        if self.held and (quoted or not self.apart):
            above, _, raw = self.held
            self.held = None
            self._refuse_cut(above, raw, number)

    def _refuse_cut(self, number: int, raw: str, piece: int) -> None:
        message = Message(
            "line {line} is no row and may be a piece of this one; join the two, or remove it",
            line=piece,
        )
        self.sink.reject(Reject(number, "", "cut_row", raw, message))

    def _short(self, line: str) -> bool:
        """Whether a line has too few separators to be a row, however its quotes are read."""
        return line.count(self.layout.delimiter) < self.layout.width - 1

    def _row(self, number: int, cells: list[str], raw: str) -> None:
        self._release()
        if self.piece:
            self._refuse_cut(number, raw, self.piece)
            self.piece = 0
        else:
            self.held = (number, cells, raw)
            self.apart = False

    def _release(self) -> None:
        if self.held:
            self.sink.row(self.held[0], self.held[1])
            self.held = None

    def _blank(self) -> None:
        self.apart = True
        self.piece = 0
        self.sink.blank += 1

    def _fault(self, number: int, raw: str, code: RowCode, at: int = -1) -> None:
        names = self.layout.names
        if self._short(raw):
            self._cut(number, quoted=True)
        column = names[at] if 0 <= at < len(names) else ""
        self._reject(number, column, code, raw, _REMEDIES[code])

    def _reject(self, number: int, column: str, code: RowCode, raw: str, message: Message) -> None:
        self._release()
        self.piece = 0
        self.sink.reject(Reject(number, column, code, raw, message))


_LAST = -1
_REMEDIES: Mapping[RowCode, Message] = {
    "unterminated_quote": Message(
        "a quote opens here and is not closed where the row ends; close it, or remove it"
    ),
    "stray_quote": Message(
        "a quote stands inside a cell; put quotes round the whole cell and double those inside"
    ),
    "field_too_long": Message(
        "a cell is longer than {most} characters; shorten it", most=LONGEST_FIELD
    ),
}
