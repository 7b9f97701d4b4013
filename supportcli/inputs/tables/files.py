"""Bytes of a table: what kind of file it is, and its content unpacked, never without a bound."""

from __future__ import annotations

import gzip
import io
import re
import stat
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, Literal

from supportcli.errors import Message, fault
from supportcli.inputs.tables.rows import refuse
from supportcli.patterns import regex
from supportcli.record import NamedTuple
from supportcli.safe import safe

CHUNK = 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024
LARGEST_RATIO = 200

FileKind = Literal[
    "text", "gzip", "zstd", "xlsx", "parquet", "ole", "zip", "xlsb", "ods", "page", "pdf"
]

_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PAR1", "parquet"),
    (b"PARE", "parquet"),  # encrypted
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
)
_PAGE = regex(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|head|meta|body|table)\b", re.IGNORECASE
)
"""How a web page begins that was saved under another name, or a workbook of 2003 in XML."""
_HEAD = 512

_PARTS: dict[FileKind, re.Pattern[str]] = {
    "xlsx": regex(r"[\\/]?xl[\\/](workbook\w*|worksheets[\\/].+)\.xml", re.IGNORECASE),
    "xlsb": regex(r"[\\/]?xl[\\/]workbook\w*\.bin", re.IGNORECASE),
    "ods": regex(r"content\.xml"),
}


class TableFile(NamedTuple):
    """A regular file that holds a table, the name that messages call it by, and its kind."""

    path: Path
    shown: str
    kind: FileKind


def source_of(given: Path | BinaryIO, folder: Path) -> TableFile:
    """The file to read; a stream is copied into the folder first.

    Raises:
        TableError: missing, unreadable, a folder, a pipe or a device.
    """
    if isinstance(given, Path):
        return TableFile(given, safe(str(given)), kind_of(given))
    with tempfile.NamedTemporaryFile(dir=folder, prefix="input-", delete=False) as copy:
        for chunk in _pieces(given):
            copy.write(chunk)
    path = Path(copy.name)
    return TableFile(path, "-", kind_of(path))


def standard_input() -> BinaryIO:
    """The bytes on standard input.

    Raises:
        TableError: it is closed.
    """
    if sys.stdin is None:
        refuse("-", Message("there is nothing to read on standard input; give a file, or pipe one"))
    return sys.stdin.buffer


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """What a stream holds; that it cannot be read is said of it and not of where it is copied."""
    while True:
        try:
            chunk = stream.read(CHUNK)
        except OSError as error:
            refuse("-", Message("cannot be read ({reason})", reason=fault(error)))
        if not chunk:
            return
        yield chunk


def kind_of(path: Path) -> FileKind:
    """What the first bytes say a file is, whatever its name ends in.

    Raises:
        TableError: missing, unreadable, a folder, a pipe or a device.
    """
    shown = safe(str(path))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            refuse(shown, Message("is not a file; give the path of a table"))
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        refuse(shown, Message("there is no such file; check the path"))
    except (OSError, ValueError) as error:
        refuse(shown, Message("cannot be read ({reason})", reason=fault(error)))
    kind = packed_kind(head)
    return _archive_kind(path) if kind == "zip" else kind


def packed_kind(head: bytes) -> FileKind:
    """What the first bytes of a file say it is; a workbook counts as a zip here."""
    text: FileKind = "page" if _PAGE.match(head) else "text"
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), text)


def _archive_kind(path: Path) -> FileKind:
    """What a zip holds: a workbook, or what would be one if it were whole, or something else."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "xlsx" if path.suffix.lower() in (".xlsx", ".xlsm") else "zip"
    found = (kind for kind, part in _PARTS.items() if any(map(part.fullmatch, names)))
    return next(found, "zip")


def chunks_of(source: TableFile) -> Iterator[bytes]:
    """The content in pieces of about 1 MiB, unpacked.

    Raises:
        TableError: unreadable, damaged, cut off, or far larger than its packed size explains.
    """
    try:
        with source.path.open("rb") as file:
            match source.kind:
                case "gzip":
                    yield from _bounded(_gunzipped(file), source)
                case "zstd":
                    yield from _bounded(_unzstd(file), source)
                case _:
                    while chunk := file.read(CHUNK):
                        yield chunk
    except (gzip.BadGzipFile, EOFError, zlib.error):
        refuse(
            source.shown,
            Message("cannot be unpacked, it is damaged or not complete; pack or fetch it again"),
        )
    except OSError as error:
        refuse(source.shown, Message("cannot be read ({reason})", reason=fault(error)))


def _gunzipped(file: IO[bytes]) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=file) as unpacked:
        while chunk := unpacked.read(CHUNK):
            yield chunk


def _unzstd(file: IO[bytes]) -> Iterator[bytes]:
    """Frame by frame: the package's own stream takes a cut file for a whole one.

    In small pieces, because four packed bytes can hold 128 KiB.
    """
    import zstandard

    gathered = bytearray()
    frame = None
    try:
        while piece := file.read(1024):
            while piece:
                frame = frame or zstandard.ZstdDecompressor().decompressobj()
                gathered += frame.decompress(piece)
                piece = frame.unused_data
                frame = None if frame.eof else frame
            if len(gathered) >= CHUNK:
                yield bytes(gathered)
                gathered.clear()
    except zstandard.ZstdError as error:
        raise EOFError from error
    if frame:
        raise EOFError
    yield bytes(gathered)


def _bounded(chunks: Iterator[bytes], source: TableFile) -> Iterator[bytes]:
    most = max(LARGEST_UNPACKED, LARGEST_RATIO * source.path.stat().st_size)
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            refuse(
                source.shown,
                Message(
                    "unpacks to more than {ratio} times its size and more than {most} MiB; unpack "
                    "it and look at it first",
                    ratio=LARGEST_RATIO,
                    most=LARGEST_UNPACKED // 1024**2,
                ),
            )
        yield chunk


class _Stream(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the next piece; 0 at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def text_of(source: TableFile, encoding: str) -> io.TextIOWrapper:
    """The content as text, its line breaks as they are."""
    stream = io.BufferedReader(_Stream(chunks_of(source)), CHUNK)
    return io.TextIOWrapper(stream, encoding=encoding, newline="")
