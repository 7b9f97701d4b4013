"""XLSX in: the rows of a sheet, or of several, as text, each cell as its user sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from supportcli.errors import Message, quoted
from supportcli.inputs.tables.column_use import SHEET_COLUMN, FoundHeader
from supportcli.inputs.tables.files import TableFile
from supportcli.inputs.tables.rows import (
    Aside,
    Prepared,
    SheetStart,
    Sink,
    TableError,
    TableOptions,
    refuse,
)
from supportcli.inputs.tables.unknown_header import no_known_column
from supportcli.inputs.tables.xlsx_asides import asides
from supportcli.inputs.tables.xlsx_header import NoHeader, RowsAhead, SheetHeader, find_sheet_header
from supportcli.inputs.tables.xlsx_merged import refuse_wide
from supportcli.inputs.tables.xlsx_other import other_sheets, texts_in, unreadable_sheets
from supportcli.inputs.tables.xlsx_rows import SheetLayout, SheetReader, read_text
from supportcli.inputs.workbook.book import SheetName, Workbook
from supportcli.inputs.workbook.formulas import SheetNames
from supportcli.inputs.workbook.merged import MergedArea
from supportcli.inputs.workbook.package import BrokenError, TooLargeError, TooManyElementsError
from supportcli.inputs.workbook.sheet import (
    MOST_ROWS,
    OutOfOrderError,
    SheetRow,
    TooManyRowsError,
    WorkbookSheet,
)
from supportcli.patterns import regex
from supportcli.record import NamedTuple

EVERY_SHEET = "all"
_MOST_NAMED = 20
_MOST_TRIED = 50
_FIRST_NAME = regex("[A-Za-z]|[A-Za-z][a-z]{1,2}")


def prepare_workbook(source: TableFile, folder: Path, options: TableOptions) -> Prepared:
    """The rows of the sheet asked for, or of the first visible one with a known column.

    Raises:
        TableError: damaged, too large, no such sheet, no known column, no rows.
    """
    try:
        with Workbook(source.path, read_text, options.typed) as book:
            return _Reading(book, source.shown, folder, options).prepared()
    except TooLargeError as error:
        refuse(
            source.shown,
            Message(
                "unpacks to {size} MiB, more than is read; save the sheet as CSV",
                size=error.size // 1024**2,
            ),
        )
    except TooManyElementsError:
        message = Message("holds far more than a sheet of its size; save it as CSV")
        refuse(source.shown, message)
    except OutOfOrderError as error:
        _refuse_disorder(source.shown, error)
    except TooManyRowsError:
        refuse(source.shown, Message("has more than {most} rows; split it", most=MOST_ROWS))
    except BrokenError as error:
        _refuse_damaged(source.shown, error.part)


def _refuse_damaged(shown: str, part: str) -> NoReturn:
    if part:
        message = Message(
            "is a damaged workbook ({part}); open it and save it again as .xlsx", part=quoted(part)
        )
        refuse(shown, message)
    message = Message(
        "is a damaged workbook (its ZIP directory, as of a file that was cut off); fetch it again, "
        "or open it and save it again as .xlsx"
    )
    refuse(shown, message)


def _refuse_disorder(shown: str, error: OutOfOrderError) -> NoReturn:
    row = Message("the row comes twice or out of order; open it and save it again as .xlsx")
    cell = Message("a cell comes twice or out of order; open it and save it again as .xlsx")
    refuse(f"{shown}:{error.row}", cell if error.cell else row)


class _Found(NamedTuple):
    """A sheet with a known column, its rows below the header still to come."""

    name: SheetName
    sheet: WorkbookSheet
    rows: Iterator[SheetRow]
    header: SheetHeader


class _Reading:
    """One reading of a workbook's table."""

    def __init__(self, book: Workbook, shown: str, folder: Path, options: TableOptions) -> None:
        self.book = book
        self.shown = shown
        self.folder = folder
        self.options = options
        self.first = NoHeader((), ())
        self._counts: dict[str, int] = {}
        self._damaged: list[str] = []

    def prepared(self) -> Prepared:
        """The table, ready for an engine."""
        found = self._found()
        if not found:
            self._refuse_none()
        return self._read(found)

    # Which sheets

    def _found(self) -> list[_Found]:
        """The sheets to read: the one named, all with a whole header, or the first of them."""
        found: list[_Found] = []
        for name in self._named():
            table = self._table(name)
            if table:
                found.append(table)
                if self._is_whole(table) and not self._is_every():
                    return [table]
        whole = list(filter(self._is_whole, found)) or found
        return whole if self._is_every() else whole[:1]

    def _is_whole(self, found: _Found) -> bool:
        """Whether a header has all that the table's needs."""
        return self.options.whole(found.header.known)

    def _is_every(self) -> bool:
        names = [each.name for each in self.book.sheets]
        return self.options.sheet == EVERY_SHEET and EVERY_SHEET not in names

    def _named(self) -> list[SheetName]:
        sheets = self.book.sheets
        if not sheets:
            refuse(self.shown, Message("has no sheets; open it and save it again as .xlsx"))
        name = None if self._is_every() else self.options.sheet
        if name is None:
            found = [each for each in sheets if each.visible and each.lack != "chart"]
        else:
            found = [each for each in sheets if each.name == name][:1]
        if not found:
            self._refuse_sheet(name)
        return found[:_MOST_TRIED]

    def _table(self, name: SheetName) -> _Found | None:
        if name.lack:
            refuse(self.shown, _lack_message(name))
        sheet = self.book.sheet(name)
        rows = RowsAhead(sheet.rows())
        header = find_sheet_header(rows, self.options, self._where(name))
        if isinstance(header, SheetHeader):
            return _Found(name, sheet, rows, header)
        self.first = self.first if any(self.first.names) else header
        return None

    def _where(self, name: SheetName) -> str:
        return f"{self.shown}:{name.name}" if self._is_every() else self.shown

    def _refuse_sheet(self, name: str | None) -> NoReturn:
        if name is None:
            message = Message("shows no sheet with cells; name a hidden one with --sheet")
            refuse(self.shown, message)
        sheets = tuple(quoted(each.name) for each in self.book.sheets[:_MOST_NAMED])
        known = {"name": quoted(name), "sheets": sheets}
        left = len(self.book.sheets) - len(sheets)
        refuse(
            self.shown,
            Message("has no sheet {name}; it has {sheets} and {count} more", **known, count=left)
            if left
            else Message("has no sheet {name}; it has {sheets}", **known),
        )

    def _refuse_none(self) -> NoReturn:
        if any(self.first.names):
            refuse(self.shown, no_known_column(self.first.names, self.first.below))
        refuse(self.shown, Message("is empty; give a table with a header line"))

    # Their rows

    def _read(self, found: Sequence[_Found]) -> Prepared:
        names = self._columns(found)
        above = tuple((*_named(each.name), *each.header.above) for each in found)
        beside = [self.book.beside_rows(each.name) for each in found]
        uses = self.options.uses(FoundHeader(names, above))
        with Sink(self.folder) as sink:
            reader = SheetReader(names, uses, sink, self.options.keep_totals)
            starts, lines, merged = [], 0, 0
            for each, other in zip(found, beside, strict=True):
                starts.append(SheetStart(each.name.name, lines))
                layout = self._layout(each, names, lines, other.merged)
                amounts = [name for name, use in zip(names, uses, strict=True) if use.amount]
                refuse_wide(each.header, layout.merged, amounts, self._where(each.name))
                lines += reader.read(each.rows, layout)
                merged += each.sheet.merged
            if not sink.rows + sink.rejected:
                refuse(self.shown, Message("has a header and no rows; add a row"))
        others = self._without_table(found)
        not_used = [*self._left_out(found, others), *reader.not_used()]
        for each in found:
            not_used += _hidden(each)
        notes = [*self._notes(found), *not_used, *reader.notes()]
        for each in found:
            notes += _of_sheet(each)
        if merged > reader.merged:
            notes.append(_first_alone(merged - reader.merged))
        notes = list(dict.fromkeys(notes))
        done = sink.prepared(names, notes, tuple(starts) if len(starts) > 1 else ())
        kept = tuple(dict.fromkeys(not_used))
        around = [
            aside
            for each, other in zip(found, beside, strict=True)
            for aside in asides(each.header, other, dict(zip(names, uses, strict=True)))
        ]
        aside = (*map(Aside, reader.texts), *around, *self._said(others))
        return done._replace(above=above, aside=aside, not_used=kept)

    def _columns(self, found: Sequence[_Found]) -> tuple[str, ...]:
        """The names of all sheets, each once; then one for the sheet's own name if all are read."""
        names: dict[str, str] = {}
        for each in found:
            for name in each.header.known:
                names.setdefault(name.casefold(), name)
        if self._is_every():
            column = SHEET_COLUMN
            while column in names:
                column += "_"
            names[column] = column
        return tuple(names.values())

    def _layout(
        self,
        each: _Found,
        names: Sequence[str],
        lines: int,
        merged: Mapping[int, Sequence[MergedArea]],
    ) -> SheetLayout:
        at = {name.casefold(): place for place, name in enumerate(names)}
        named = enumerate(each.header.names, 1)
        places = {column: at[name.casefold()] for column, name in named if name}
        same = {len(names) - 1: each.name.name} if self._is_every() else {}
        called = SheetNames(each.name.name, self.book.tables(each.name))
        return SheetLayout(places, same, lines, called, merged)

    # What is said

    def _notes(self, found: Sequence[_Found]) -> Iterator[Message]:
        if len(found) > 1:
            yield Message(
                "read the sheets {names}, one after the other",
                names=tuple(quoted(each.name.name) for each in found),
            )
        elif len(self.book.sheets) > 1:
            yield Message("read the sheet {name}", name=quoted(found[0].name.name))

    def _said(self, others: Mapping[str, tuple[str, ...]]) -> Iterator[Aside]:
        """What sheets without a table say of money."""
        for name, texts in others.items():
            where = Message("the sheet {name}", name=quoted(name))
            yield from (Aside(text, where) for text in texts if self.options.says_money(text))

    def _left_out(
        self, found: Sequence[_Found], others: Mapping[str, tuple[str, ...]]
    ) -> Iterator[Message]:
        """The other sheets that hold a table too, unless one was asked for; hidden ones as well."""
        if self.options.sheet is None:
            yield from self._unread(found[0].name)
        chosen = self.options.sheet is not None and not self._is_every()
        if not chosen:
            yield from self._unread_hidden()
        yield from other_sheets(others, self.options.says_money, chosen)
        missing = [each.name for each in self.book.sheets if each.lack in ("missing", "elsewhere")]
        yield from unreadable_sheets([*self._damaged, *missing], chosen)

    def _without_table(self, found: Sequence[_Found]) -> dict[str, tuple[str, ...]]:
        """The texts of visible sheets that hold no table."""
        read = [each.name for each in found]
        return {
            name.name: self._texts(name)
            for name in self.book.sheets[:_MOST_TRIED]
            if name not in read and name.visible and not name.lack and not self._count(name)
        }

    def _texts(self, name: SheetName) -> tuple[str, ...]:
        try:
            return texts_in(self.book.sheet(name).rows())
        except (BrokenError, OutOfOrderError, TooManyRowsError):
            self._damaged.append(name.name)
            return ()

    def _unread_hidden(self) -> Iterator[Message]:
        for name in self.book.sheets[:_MOST_TRIED]:
            rows = 0 if name.visible or name.lack else self._count(name)
            if rows:
                yield Message(
                    "the hidden sheet {name} has a table too, which was not read: {count} rows; "
                    "give --sheet {name} for it",
                    name=quoted(name.name),
                    count=rows,
                )

    def _unread(self, read: SheetName) -> Iterator[Message]:
        """The other sheets that hold a table too."""
        for name in self._named():
            rows = 0 if name == read else self._count(name)
            if rows:
                yield Message(
                    "the sheet {name} has a table too, which was not read: {count} rows; "
                    "give --sheet {name}, or --sheet all for all of them",
                    name=quoted(name.name),
                    count=rows,
                )

    def _count(self, name: SheetName) -> int:
        """How many rows a sheet has below a known header, 0 where it cannot be read."""
        if name.name not in self._counts:
            self._counts[name.name] = self._counted(name)
        return self._counts[name.name]

    def _counted(self, name: SheetName) -> int:
        try:
            table = self._table(name)
            is_one = table is not None and self._is_whole(table)
            return sum(1 for row in table.rows if row.cells) if table and is_one else 0
        except TableError:
            return 0
        except (BrokenError, OutOfOrderError, TooManyRowsError):
            self._damaged.append(name.name)
            return 0


def _named(sheet: SheetName) -> Iterator[tuple[str]]:
    """The name of a sheet, as a row above its header; a letter or a name like Bob says nothing."""
    if not _FIRST_NAME.fullmatch(sheet.name):
        yield (sheet.name,)


def _lack_message(sheet: SheetName) -> Message:
    """Why a sheet has no rows to give, and what to do."""
    name = quoted(sheet.name)
    match sheet.lack:
        case "elsewhere":
            return Message("the sheet {name} is in another file; copy it into this one", name=name)
        case "chart":
            return Message("the sheet {name} is no table; name another with --sheet", name=name)
        case _:
            return Message(
                "the sheet {name} is missing in the file; open it and save it again as .xlsx",
                name=name,
            )


def _of_sheet(each: _Found) -> Iterator[Message]:
    header = each.header
    if header.line > 1:
        yield Message("the header is on line {line}; what is above was skipped", line=header.line)
    yield from header.notes
    if any(not name for name in header.names):
        yield Message("a column without a name was dropped")


def _first_alone(count: int) -> Message:
    return Message("{count} merged areas: only the first cell of each has its value", count=count)


def _hidden(each: _Found) -> Iterator[Message]:
    header, sheet = each.header, each.sheet
    hidden = [
        name
        for column, name in enumerate(header.names, 1)
        if name and any(column in span for span in sheet.hidden)
    ]
    if hidden:
        yield Message(
            "columns that are hidden were read too: {columns}", columns=tuple(map(quoted, hidden))
        )
