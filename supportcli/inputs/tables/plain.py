"""Whether a table is so plain that an engine can read it as it is, told from its bytes.

A few passes over each MiB at the speed of memory and no loop over lines. It may say no to a plain
table, never yes to one with a quote, a control character, a comment, spaces round a cell or an
empty line; that every line has its own right number of separators it leaves to the engine.
"""

from __future__ import annotations

import codecs
import io
from itertools import chain

from supportcli.inputs.tables.files import TableFile, chunks_of
from supportcli.inputs.tables.header import Header, find_header
from supportcli.inputs.tables.lines import Lines
from supportcli.inputs.tables.rows import LONGEST_FIELD, Prepared, TableError, TableOptions
from supportcli.record import NamedTuple

_BOM = b"\xef\xbb\xbf"
_OVERLAP = 4


class _Plain(NamedTuple):
    header: Header
    newline: str
    rows: int = 0


def plain_table(source: TableFile, options: TableOptions) -> Prepared | None:
    """The user's own file, ready for an engine, or None where it needs to be read with care.

    Raises:
        TableError: the file cannot be read or unpacked.
    """
    plain = _checked(source, options)
    if plain is None:
        return None
    return Prepared(
        path=source.path,
        columns=plain.header.names,
        direct=True,
        delimiter=plain.header.delimiter,
        newline=plain.newline,
        compression=source.kind if source.kind in ("gzip", "zstd") else "none",
        rejects=None,
        rejected=0,
        blank=0,
        rows=plain.rows,
        notes=plain.header.notes,
        separator=plain.header.delimiter,
    )


def _checked(source: TableFile, options: TableOptions) -> _Plain | None:
    chunks = chunks_of(source)
    first = next(chunks, b"")
    plain = _beginning(first, options)
    if plain is None:
        return None
    scan = _Scan(plain)
    rest = all(map(scan.passes, chain([first.removeprefix(_BOM)], chunks)))
    return plain._replace(rows=scan.rows) if rest and scan.adds_up() else None


def _beginning(chunk: bytes, options: TableOptions) -> _Plain | None:
    """The header, if it is the whole first line of the file and holds nothing to explain."""
    line, found, _ = chunk.partition(b"\n")
    try:
        text = line.decode("utf-8-sig").removesuffix("\r")
        header = find_header(Lines(io.StringIO(text)), options, "")
    except (UnicodeDecodeError, TableError):
        return None
    names = header.names
    plain = header.line == 1 and len(names) > 1 and all(names) and '"' not in text
    if not found or not plain or len(header.delimiter.encode()) > 1:
        return None
    if header.delimiter.join(names) != text:
        return None
    return _Plain(header, "\r\n" if line.endswith(b"\r") else "\n")


class _Scan:
    """What has been counted, and the end of the last piece, for what spans two."""

    def __init__(self, plain: _Plain) -> None:
        self.plain = plain
        self.delimiter = plain.header.delimiter.encode()
        self.newline = plain.newline.encode()
        self.lines = self.returns = self.separators = 0
        self.last = b"\n"
        self.open = 0
        self.decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self.classes = _classes(self.delimiter)
        self.empty = b"\n" + self.delimiter * (len(plain.header.names) - 1) + self.newline
        self.openings = (b"\n'", self.delimiter + b"'")

    def passes(self, chunk: bytes) -> bool:
        """Whether nothing in the next piece needs care."""
        if not self._decodes(chunk):
            return False
        whole = self.last + chunk
        self.last = whole[-max(_OVERLAP, len(self.empty)) :]
        self.lines += chunk.count(b"\n")
        self.returns += chunk.count(b"\r") if b"\r" in chunk else 0
        self.separators += chunk.count(self.delimiter)
        return not self._long_line(chunk) and not self._needs_care(whole)

    def adds_up(self) -> bool:
        """Whether there are rows, one kind of line break, and separators for as many lines."""
        if not self.last.endswith(b"\n") and self._needs_care(self.last + self.newline):
            return False
        if not self._decodes(b"", final=True):
            return False
        lines = self.lines + (not self.last.endswith(b"\n"))
        returns = self.lines if self.newline == b"\r\n" else 0
        gaps = len(self.plain.header.names) - 1
        return lines > 1 and self.returns == returns and self.separators == lines * gaps

    @property
    def rows(self) -> int:
        """The lines below the header."""
        return self.lines - 1 + (not self.last.endswith(b"\n"))

    def _decodes(self, chunk: bytes, final: bool = False) -> bool:
        try:
            self.decoder.decode(chunk, final)
        except UnicodeDecodeError:
            return False
        return True

    def _long_line(self, chunk: bytes) -> bool:
        """Whether a line has more bytes than a field may have characters."""
        at = -self.open
        while at + LONGEST_FIELD < len(chunk):
            end = chunk.rfind(b"\n", max(at, 0), at + LONGEST_FIELD)
            if end < 0:
                return True
            at = end + 1
        self.open = len(chunk) - max(at, chunk.rfind(b"\n") + 1)
        return False

    def _needs_care(self, whole: bytes) -> bool:
        classes = whole.translate(self.classes)
        return (
            b'"' in whole
            or b"!" in classes
            or (b" " in classes and (b"| " in classes or b" |" in classes))
            or (b"#" in whole and b"\n#" in whole)
            or (b"'" in whole and any(opening in whole for opening in self.openings))
            or self.empty in whole
            or self._wide_space(whole)
            or (
                b"\r" in whole
                and whole.count(b"\r\n") != whole.count(b"\r") - whole.endswith(b"\r")
            )
        )

    def _wide_space(self, whole: bytes) -> bool:
        """Whether a space that is not ASCII stands where a cell begins or ends."""
        around = (self.delimiter, b"\n", b"\r")
        return any(
            lead in whole and any(space + end in whole or end + space in whole for end in around)
            for lead, space in ((b"\xe3", b"\xe3\x80\x80"), (b"\xc2", b"\xc2\xa0"))
        )


def _classes(delimiter: bytes) -> bytes:
    """Separators and line breaks to |, blanks to a space, controls to !, the rest to x."""
    table = bytearray(b"!" * 32 + b"x" * 224)
    table[0x7F] = ord("!")
    table[ord("\t")] = table[ord(" ")] = ord(" ")
    for byte in (*delimiter, *b"\r\n"):
        table[byte] = ord("|")
    return bytes(table)
