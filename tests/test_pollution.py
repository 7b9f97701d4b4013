"""A clean table is dirtied in every way we know: no row may change or vanish without a word."""

from __future__ import annotations

import csv
import gzip
import io
import random
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from supportcli.inputs.tables.open import Prepared, TableError, TableOptions, prepare, read_rejects

HEADER = ("account", "spend", "response", "note")
PLAIN = (
    ("acme", "120000", "10m", "阿里云 客户"),
    ("0012", "1.50", "", "续约"),
    ("北京公司", "99", "40m", "x"),
    ("beta", "7", "2h", "有限公司"),
    ("gamma", "80000.01", "10m", "电话联系"),
    ("delta", "0", "none", "上海"),
    ("epsilon", "250000", "10m", ""),
    ("深圳科技", "12", "", ""),
    ("eta", "1", "2h", "n"),
    ("theta", "2", "40m", "预算 未定"),
    ("iota", "30", "10m", "kappa"),
    ("lambda", "44", "2h", "已确认"),
)
QUOTED = tuple(
    (account, spend, response, note if at % 3 else f"{note}, 第 {at} 行")
    for at, (account, spend, response, note) in enumerate(PLAIN)
)
DEEP = tuple(
    ('他说 "好", ok' if at == 2 else f"{account}, Ltd" if at % 4 == 1 else account, spend, response,
     f"第一段\n\n第二段, {at}" if at in (4, 5, 9) else note)
    for at, (account, spend, response, note) in enumerate(QUOTED)
)  # fmt: skip
TABLES = {"plain": PLAIN, "quoted": QUOTED, "deep": DEEP}
KNOWN = TableOptions(wanted={"account", "spend"}.__contains__)
BREAK = re.compile(r"\r\n|\r|\n")
PATIENCE = 131_073

Cells = tuple[str, ...]


class Edit(NamedTuple):
    """Replace text[start:end]."""

    start: int
    end: int
    new: str


class Clean(NamedTuple):
    """A table as text, and where each of its rows begins and ends."""

    text: str
    rows: tuple[Cells, ...]
    spans: tuple[tuple[int, int], ...]

    def inside_quotes(self, at: int) -> bool:
        return self.text.count('"', 0, at) % 2 == 1


class Case(NamedTuple):
    """A dirty file, and the lines that each row of the clean one has in it."""

    name: str
    data: bytes
    rows: tuple[tuple[Cells, range], ...]


class Tally(NamedTuple):
    """What became of the rows of all files."""

    files: int = 0
    refused: int = 0
    direct: int = 0
    right: int = 0
    rejected: int = 0
    wrong: tuple[str, ...] = ()
    unreported: tuple[str, ...] = ()
    miscounted: tuple[str, ...] = ()


Count = Callable[[Tally], None]


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Put the figures into the report of the run (`-o junit_family=xunit1 --junitxml`)."""

    def keep(tally: Tally) -> None:
        for name, value in tally._asdict().items():
            record_property(name, len(value) if isinstance(value, tuple) else value)

    return keep


def written(rows: Iterable[Cells], delimiter: str = ",", newline: str = "\n") -> Clean:
    text = delimiter.join(HEADER) + newline
    spans = []
    kept = tuple(rows)
    for row in kept:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(row)
        record = out.getvalue().removesuffix("\n")
        spans.append((len(text), len(text) + len(record)))
        text += record + newline
    return Clean(text, kept, tuple(spans))


def line_of(text: str, at: int) -> int:
    return len(BREAK.findall(text[:at])) + 1


def edited(clean: Clean, edits: Iterable[Edit]) -> tuple[str, tuple[tuple[Cells, range], ...]]:
    text = clean.text
    places = [list(span) for span in clean.spans]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
        shift = len(edit.new) - (edit.end - edit.start)
        for place in places:
            for side in (0, 1):
                if place[side] >= edit.end:
                    place[side] += shift
                elif place[side] > edit.start:
                    place[side] = edit.start
    lines = [range(line_of(text, start), line_of(text, end) + 1) for start, end in places]
    return text, tuple(zip(clean.rows, lines, strict=True))


def case(name: str, clean: Clean, *edits: Edit, encoding: str = "utf-8") -> Case:
    text, rows = edited(clean, edits)
    return Case(name, text.encode(encoding), rows)


def split_direct(done: Prepared) -> list[list[str]] | None:
    """The rows of the user's own file as an engine sees them; None where it would refuse one."""
    packed = done.path.read_bytes()
    data = gzip.decompress(packed) if done.compression == "gzip" else packed
    text = data.decode("utf-8-sig").removesuffix(done.newline)
    rows = [line.split(done.delimiter) for line in text.split(done.newline)]
    if any(len(row) != len(done.columns) for row in rows):
        return None
    return [[str(number), *row] for number, row in enumerate(rows, 1)][1:]


def read(path: Path, folder: Path) -> tuple[Prepared, list[list[str]]]:
    done = prepare(path, folder, KNOWN)
    if done.direct:
        rows = split_direct(done)
        if rows is not None:
            return done, rows
        done = prepare(path, folder, KNOWN, force=True)
    with done.path.open(encoding="utf-8", newline="") as file:
        return done, list(csv.reader(file, strict=True))


def filled(cells: list[str]) -> Cells:
    """The cells, and empty ones where the header has lost a name above an empty cell."""
    return (*cells, *[""] * (len(HEADER) - len(cells)))


def judged(cases: Iterable[Case], folder: Path) -> Tally:
    files = refused = direct = right = rejected = 0
    wrong, unreported, miscounted = [], [], []
    path = folder / "dirty.csv"
    for one in cases:
        files += 1
        path.write_bytes(one.data)
        for old in folder.glob("r*-*"):
            old.unlink()
        try:
            done, rows = read(path, folder)
        except TableError:
            refused += 1
            continue
        direct += done.direct
        rejects = list(read_rejects(done.rejects)) if done.rejects else []
        refused_lines = {reject.line for reject in rejects}
        good = {(cells, line) for cells, lines in one.rows for line in lines}
        out = [(filled(row[1:]), int(row[0])) for row in rows]
        wrong += [f"{one.name}: {row}" for row in out if row not in good]
        for cells, lines in one.rows:
            times = sum(out.count((cells, line)) for line in lines)
            right += times == 1
            rejected += times == 0
            if times > 1 or not (times or refused_lines & set(lines)):
                unreported.append(f"{one.name}: {cells} {times}")
        if not done.direct and miscount(one.data, done, out, [reject.text for reject in rejects]):
            miscounted.append(one.name)
    return Tally(
        files, refused, direct, right, rejected, tuple(wrong), tuple(unreported), tuple(miscounted)
    )


def miscount(data: bytes, done: Prepared, rows: list[tuple[Cells, int]], texts: list[str]) -> bool:
    """Whether rows, rejects and blank lines are not all the records that the file has."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    above = [str(note) for note in done.notes if str(note).startswith("the header is on line")]
    header = int(re.findall(r"\d+", above[0])[0]) if above else 1
    lines = len(BREAK.findall(text)) + (not BREAK.fullmatch(text[-1:]))
    inner = sum(len(BREAK.findall(cell)) for cells, _ in rows for cell in cells)
    inner += sum(len(BREAK.findall(found)) for found in texts)
    records = lines - header - inner
    return (done.rows, done.rejected) != (len(rows), len(texts)) or records != (
        len(rows) + done.rejected + done.blank
    )


def outside(clean: Clean, marks: str) -> Iterator[int]:
    """Where one of the marks stands in a row, outside quotes."""
    for start, end in clean.spans:
        for at in range(start, end):
            if clean.text[at] in marks and not clean.inside_quotes(at):
                yield at


def places(clean: Clean) -> Iterator[int]:
    """Every place in and at the ends of every row."""
    for start, end in clean.spans:
        yield from range(start, end + 1)


def separators(clean: Clean) -> Iterator[Case]:
    for at in outside(clean, ","):
        yield case(f"separator lost at {at}", clean, Edit(at, at + 1, ""))
        for new in (",,", ";", "，", "\t", "|", ", ,", ' "'):
            yield case(f"separator {new!r} at {at}", clean, Edit(at, at + 1, new))


def quotes(clean: Clean) -> Iterator[Case]:
    for at, character in enumerate(clean.text):
        if character == '"':
            yield case(f"quote lost at {at}", clean, Edit(at, at + 1, ""))
    for at in places(clean):
        yield case(f"quote at {at}", clean, Edit(at, at, '"'))


def breaks(clean: Clean) -> Iterator[Case]:
    for at in places(clean):
        if not clean.inside_quotes(at):
            for new in ("\n", "\r"):
                yield case(f"break {new!r} at {at}", clean, Edit(at, at, new))
    for _, end in clean.spans[:-1]:
        yield case(f"break lost at {end}", clean, Edit(end, end + 1, ""))


def controls(clean: Clean) -> Iterator[Case]:
    for at in places(clean):
        for new in ("\0", "\x1b"):
            yield case(f"control {new!r} at {at}", clean, Edit(at, at, new))


def trimmings(clean: Clean) -> Iterator[Case]:
    """Spaces round a cell, the marks of a spreadsheet, quotes that are not needed: no harm."""
    for (start, end), row in zip(clean.spans, clean.rows, strict=True):
        edges = [start, *(at for at in outside(clean, ",") if start <= at < end), end]
        for number, (edge, right) in enumerate(pairwise(edges)):
            left = edge + (clean.text[edge] == ",")
            for space in (" ", "\t", "\u3000", "\u00a0", "  \t"):
                yield case(f"{space!r} before {left}", clean, Edit(left, left, space))
                yield case(f"{space!r} after {right}", clean, Edit(right, right, space))
            cell = row[number]
            if clean.text[left:right] == cell:
                yield case(f"needless quotes {left}", clean, Edit(left, right, f'"{cell}"'))
                yield case(f"wrapper {left}", clean, Edit(left, right, f'="{cell}"'))
            if cell[:1].isdigit() and clean.text[left] != '"':
                yield case(f"apostrophe {left}", clean, Edit(left, left, "'"))


def lines_between(clean: Clean) -> Iterator[Case]:
    for start in [*(start for start, _ in clean.spans), len(clean.text)]:
        for line in ("", " ", "\t", "\u3000", ",,,", ", ,,", ",", '"","","",""', ",,,,,"):
            yield case(f"blank {line!r} at {start}", clean, Edit(start, start, f"{line}\n"))
        for line in ("# note", "end", "x,y", "a,b,c,d,e", '"', '"""', '""""', 'x"y', '"open,1,2,3',
                     'a,1,10m,"open', 'a,1,"10m', '","', ',"', '"x"y,1,2,3'):  # fmt: skip
            yield case(f"junk {line!r} at {start}", clean, Edit(start, start, f"{line}\n"))


def headers(clean: Clean) -> Iterator[Case]:
    end = clean.text.index("\n")
    for at in range(end + 1):
        for new in ('"', "\n", ",", "\0", "\r", " ", "'", ";"):
            yield case(f"header {new!r} at {at}", clean, Edit(at, at, new))
        yield case(f"header loses {at}", clean, Edit(at, at + 1, ""))
    for name in ("", "spend", " Account ", "ACCOUNT", '"spend"'):
        for old in HEADER:
            at = clean.text.index(old)
            yield case(f"header {old} as {name!r}", clean, Edit(at, at + len(old), name))


def tops(clean: Clean) -> Iterator[Case]:
    for top in ("\ufeff", "sep=,\n", "sep=;\n", "# a\n# b\n", "\n \n", "Report 2026\n\n", '"A"\n',
                "A, B\nC\n", "\ufeffsep=,\r\n", "\ufeff\ufeff", '"Title, long\n', "x\n" * 10,
                "x\n" * 11, "#account,spend,response,note\n", "a;b;c\n"):  # fmt: skip
        yield case(f"above {top!r}", clean, Edit(0, 0, top))


def wholes(rows: tuple[Cells, ...]) -> Iterator[Case]:
    """The whole table in other encodings, separators and line breaks, packed, with ends cut."""
    for delimiter in (",", ";", "\t", "，"):
        for newline in ("\n", "\r\n", "\r"):
            clean = written(rows, delimiter, newline)
            ends = [(end, end) for _, end in clean.spans]
            for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5",
                             "utf-32", "shift_jis", "euc_kr", "utf-16-be"):  # fmt: skip
                name = f"{delimiter!r} {newline!r} {encoding}"
                yield Case(name, clean.text.encode(encoding, "replace"), edited(clean, ())[1])
                header_end = clean.text.index(newline)
                edits = [Edit(at, at, delimiter) for at, _ in [(header_end, 0), *ends]]
                text, lines = edited(clean, edits)
                yield Case(f"{name}, separators last", text.encode(encoding, "replace"), lines)
            packed = gzip.compress(clean.text.encode())
            yield Case(f"{delimiter!r} {newline!r} gzip", packed, edited(clean, ())[1])
            for cut in range(1, len(packed), 16):
                yield Case(f"gzip cut at {cut}", packed[:cut], ())


def mixed(clean: Clean) -> Iterator[Case]:
    """Line breaks of all kinds in one file."""
    for start, _ in clean.spans:
        for new in ("\r\n", "\r"):
            yield case(f"mixed {new!r} at {start}", clean, Edit(start - 1, start, new))


def some_bytes(clean: Clean) -> Iterator[Case]:
    data = clean.text.encode()
    lines = edited(clean, ())[1]
    for at in range(len(data)):
        for new in (b"\xff", b"\xe4"):
            dirty = data[:at] + new + data[at + 1 :]
            if "\ufffd" in dirty.decode(errors="replace"):
                yield Case(f"byte {at} as {new!r}", dirty, lines)
        if data[at] > 127:
            yield Case(f"byte {at} lost", data[:at] + data[at + 1 :], lines)


def cuts(clean: Clean) -> Iterator[Case]:
    """The file ends early; what is left of the last row is right, refused, or its last cell cut."""
    lines = edited(clean, ())[1]
    for (start, end), (cells, places_) in zip(clean.spans, lines, strict=True):
        for cut in range(start, end):
            whole = tuple(row for row in lines if row[1][0] < places_[0])
            separators = sum(at < cut for at in outside(clean, ",") if start <= at)
            if cut > start and (clean.inside_quotes(cut) or separators < len(HEADER) - 1):
                yield Case(f"cut at {cut}", clean.text[:cut].encode(), (*whole, (cells, places_)))


def long_cells(clean: Clean) -> Iterator[Case]:
    for at in list(outside(clean, ","))[::5]:
        yield case(f"long at {at}", clean, Edit(at, at, "x" * PATIENCE))
        yield case(f"long quoted at {at}", clean, Edit(at, at, ',"' + "x" * PATIENCE + '"'))
        yield case(f"long open at {at}", clean, Edit(at, at, ',"' + "x" * PATIENCE))


def pairs(clean: Clean, seed: int, number: int) -> Iterator[Case]:
    """Two or three faults in one file, in places that chance picks, each in a row of its own."""
    chance = random.Random(seed)
    for _ in range(number):
        spans = chance.sample(clean.spans, chance.choice((2, 3)))
        edits = []
        for start, end in spans:
            at = chance.randrange(start, end)
            new = chance.choice(('"', '"', ",", "\n", "\0", ""))
            while clean.inside_quotes(at) and new in (",", "\n", ""):
                new = '"'
            edits.append(Edit(at, at + (new == "" and clean.text[at] in ',"'), new))
        yield case(f"faults {edits}", clean, *edits)


KINDS = (separators, quotes, breaks, controls, trimmings, lines_between, headers, tops, mixed,
         some_bytes, cuts, long_cells)  # fmt: skip


def check(cases: Iterable[Case], folder: Path, count: Count) -> None:
    tally = judged(cases, folder)
    count(tally)
    assert tally.files
    assert not tally.wrong
    assert not tally.unreported
    assert not tally.miscounted


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_no_row_changes_or_vanishes(
    kind: Callable[[Clean], Iterator[Case]], table: str, tmp_path: Path, count: Count
) -> None:
    check(kind(written(TABLES[table])), tmp_path, count)


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_no_row_changes_in_another_form_of_the_file(
    table: str, tmp_path: Path, count: Count
) -> None:
    check(wholes(TABLES[table]), tmp_path, count)


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_no_row_changes_under_several_faults(table: str, tmp_path: Path, count: Count) -> None:
    check(pairs(written(TABLES[table]), 7, 250), tmp_path, count)
