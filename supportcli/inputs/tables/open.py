"""Tables in: CSV of any dialect and XLSX to rows that an engine can read, and rejects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn

from supportcli.errors import Message, Problem, UsageError, fault
from supportcli.inputs.tables.encoding import Encoding, checked, encoding_of
from supportcli.inputs.tables.files import TableFile, kind_of, source_of, text_of
from supportcli.inputs.tables.header import find_header
from supportcli.inputs.tables.layout import (
    Layout,
    TrailingError,
    UnnamedTextError,
    with_made_names,
)
from supportcli.inputs.tables.lines import Lines
from supportcli.inputs.tables.plain import plain_table
from supportcli.inputs.tables.records import read_records
from supportcli.inputs.tables.rows import (
    Prepared,
    Reject,
    Sink,
    TableError,
    TableOptions,
    read_rejects,
    refuse,
)
from supportcli.safe import safe

__all__ = [
    "Prepared",
    "Reject",
    "TableError",
    "TableOptions",
    "kind_of",
    "prepare",
    "read_rejects",
]

_DEFAULT = TableOptions()


def prepare(
    path: Path | BinaryIO, folder: Path, options: TableOptions = _DEFAULT, force: bool = False
) -> Prepared:
    """Make a table ready for an engine, its faulty rows put aside with what to write instead.

    Args:
        path: a file, or a stream that is read to its end.
        folder: a temporary directory of the caller's; copies and rejects are left in it.
        options: what the user said, and which header names are known.
        force: never direct; for a file that the engine found ragged.

    Raises:
        TableError: the table cannot be used as a whole.
        UsageError: the encoding asked for does not exist, or a sheet is asked for of a text.
    """
    try:
        source = source_of(path, folder)
        match source.kind:
            case "xlsx":
                from supportcli.inputs.tables.xlsx import prepare_workbook

                return prepare_workbook(source, folder, options)
            case "text" | "gzip" | "zstd":
                if options.sheet is not None:
                    message = Message("means nothing in a table of text; leave it out")
                    raise UsageError([Problem("--sheet", message)])
                done = _prepare_text(source, folder, options, force)
                return done._replace(notes=(*_misnamed(source), *done.notes))
            case _:
                _refuse_kind(source)
    except OSError as error:
        refuse(safe(str(folder)), Message("cannot be written ({reason})", reason=fault(error)))


def _refuse_kind(source: TableFile) -> NoReturn:
    match source.kind:
        case "ole":
            text = Message("is encrypted or an old .xls; save it as .xlsx without a password")
        case "xlsb" | "ods":
            text = Message("is a spreadsheet of another kind; save it as .xlsx")
        case "page":
            text = Message("is a web page or XML; open it in a spreadsheet and save it as .xlsx")
        case "pdf":
            text = Message("is a PDF; give the table that it was made of, as CSV or XLSX")
        case "parquet":
            text = Message("is a Parquet file; give a CSV or XLSX file")
        case _:
            text = Message("is a ZIP archive; unpack it and give the table inside")
    refuse(source.shown, text)


def _misnamed(source: TableFile) -> Iterator[Message]:
    ending = source.path.suffix.lower()
    if ending in (".xls", ".xlsx", ".xlsm", ".parquet", ".zip"):
        yield Message("the name ends in {ending}, but the content is text", ending=ending)


def _prepare_text(source: TableFile, folder: Path, options: TableOptions, force: bool) -> Prepared:
    plain_encoding = options.encoding is None or checked(options.encoding) == "utf-8-sig"
    if plain_encoding and not force and (plain := plain_table(source, options)):
        return plain
    encoding = encoding_of(source, options.encoding)
    beyond: tuple[str, ...] = ()
    made: frozenset[int] = frozenset()
    while True:
        try:
            return _read_text(source, folder, options, encoding, beyond, made)
        except TrailingError:
            beyond = ("",)
        except UnnamedTextError as error:
            made |= error.places


def _read_text(
    source: TableFile,
    folder: Path,
    options: TableOptions,
    encoding: Encoding,
    beyond: tuple[str, ...],
    made: frozenset[int],
) -> Prepared:
    """The rows of a text, with the names of columns `beyond` those of its header, and `made` ones.

    `made` are the places of columns that have text and no name.
    """
    with text_of(source, encoding.codec) as stream, Sink(folder) as sink:
        lines = Lines(stream)
        header = find_header(lines, options, source.shown)
        names, notes = with_made_names((*header.names, *beyond), made)
        layout = Layout(source.shown, names, header.delimiter)
        notes += read_records(lines, layout, sink)
        if not sink.rows + sink.rejected:
            refuse(source.shown, Message("has a header and no rows; add a row"))
    done = sink.prepared(layout.columns, (*encoding.notes, *header.notes, *notes))
    return done._replace(separator=header.delimiter, above=(header.above,))
