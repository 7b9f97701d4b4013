"""From the flags of `batch` to its files: read, understand, quote, write, count, say."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from fractions import Fraction
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import NamedTuple, NoReturn, TypeVar

from supportcli.batch.engine import (
    Batch,
    EngineError,
    NeedsLinesError,
    guarded,
    parquet_columns,
    parquet_rows,
)
from supportcli.batch.request import Ask, Outcome, RaggedError, Rules, Source, StrictError
from supportcli.batch.values import why_refused
from supportcli.cli.delivery import drawn
from supportcli.cli.progress import progress
from supportcli.cli.request import check, overdue, rules
from supportcli.cli.settings import WITHOUT_CSV, Settings, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import parse_discount
from supportcli.core.period import Month
from supportcli.errors import ExitCode, Message, Problem, SupportCliError, UsageError, quoted
from supportcli.inputs.catalogue import load_catalogue
from supportcli.inputs.cell_text import MEANINGS, normal
from supportcli.inputs.column_names import other_of, spend_of, stem_of
from supportcli.inputs.columns import Basis, Column, Understood, understand
from supportcli.inputs.shelf import find_catalogue
from supportcli.inputs.tables import (
    Prepared,
    Reject,
    TableError,
    TableOptions,
    kind_of,
    prepare,
    read_rejects,
)
from supportcli.language import Language
from supportcli.outputs.book import book_json, book_summary
from supportcli.outputs.files import check_target, replacing
from supportcli.outputs.streams import write_file_out, write_words
from supportcli.safe import safe

Value = TypeVar("Value")

_FORMS = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".xlsx": "xlsx",
}
_REJECT_COLUMNS = ("line", "column", "code", "text", "message")
_SHOWN_ROWS = 3
_BY_ROW = ("spend", "paid", "paid_discount", "spend_series", "order", "account", "growth")
_LONGEST_TEXT = 200
_MOST_CAUTIONS = 5
_BOM = b"\xef\xbb\xbf"


class Plan(NamedTuple):
    """Where things go: the results, the refused rows, in which form."""

    out: Path | None
    rejects: Path
    form: str


def answer_book(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Quote every row; exit 6 where some were refused, 1 with --strict."""
    settings = read_settings({**flags, "out": None}, language, WITHOUT_CSV)
    catalogue = rules(load_catalogue(settings.text("plans")), settings)
    reader = _Flags(flags, settings, catalogue)
    ask, plan, mapping = reader.ask(), reader.plan(), reader.mapping()
    reader.refuse_if_any()
    for words in overdue(settings, catalogue):
        settings.tell(words)
    with tempfile.TemporaryDirectory(prefix="supportcli-") as folder:
        book = _Book(settings, ask, plan, mapping, reader, Path(folder))
        if flags["dry_run"]:
            return book.rehearse()
        outcome = book.run()
    summary = _summary(settings, ask, outcome, plan, book.warnings)
    if plan.out is None:
        write_words(summary.rstrip("\n"))
    else:
        settings.deliver(summary)
    return ExitCode.ROWS_REFUSED if outcome.rejected else ExitCode.DONE


class _Flags:
    """Reads what only `batch` has, noting every mistake."""

    def __init__(
        self, flags: Mapping[str, object], settings: Settings, catalogue: Catalogue
    ) -> None:
        self.flags = flags
        self.settings = settings
        self.catalogue = catalogue
        self.problems: list[Problem] = []
        self.path = str(flags["input_"])

    def refuse_if_any(self) -> None:
        """Tell every mistake at once."""
        if self.problems:
            raise UsageError(self.problems)

    def ask(self) -> Ask:
        """What holds for every row."""
        given = {n: g for n, g in self.settings.given.items() if n not in _BY_ROW}
        checked = check(self.settings, self.catalogue, given)
        contract = checked.contract
        start = contract.term.start
        if start.day != 1:
            message = Message("begins within a month; give a month, like 2026-12")
            self.problems.append(Problem("--start", message))
        quantities = checked.answers.quantities
        ours = Rules(
            self.catalogue.with_quantities(quantities),
            checked.reading,
            self._closed(self.catalogue),
        )
        return Ask(
            rules=ours,
            needs=checked.answers.needs,
            start=Month(start.year, start.month),
            months=contract.term.months,
            accounts=contract.accounts,
            paid=self.basis() == "paid",
            off=self._discount(),
            decimal=self._choice("decimal", ("comma", "point")),  # type: ignore[arg-type]
            all_plans=bool(self.flags["all_plans"]),
            all_readings=bool(self.flags["readings"]),
            against=self._against(ours, checked.answers.quantities),
            keep_duplicates=self._choice("duplicates", ("refuse", "keep")) == "keep",
            keep_totals=bool(self.flags["keep_totals"]),
            limit=self._count("limit"),
            excel=bool(self.flags["excel"]),
            group_by=self.text("group_by"),
            threads=self._count("threads") or 1,
        )

    def basis(self) -> Basis | None:
        """What a column of spend holds, if that was said."""
        found = self._choice("basis", ("list", "paid"))
        return "paid" if found == "paid" else "list" if found else None

    def mapping(self) -> dict[str, str]:
        """Our names to columns of the file."""
        found: dict[str, str] = {}
        flags = self.flags["map_"] or ()
        for text in flags if isinstance(flags, (list, tuple)) else ():
            known, equals, column = str(text).partition("=")
            if not equals or not column.strip():
                message = Message(
                    "{text} names no column; write it like monthly_spend=消费",
                    text=quoted(str(text)),
                )
                self.problems.append(Problem("--map", message))
            found[known.strip()] = column.strip()
        return found

    def plan(self) -> Plan:
        """Where the results and the refused rows go."""
        text, rejects = self.text("out"), self.text("rejects")
        if text is None and not self.flags["dry_run"]:
            message = Message("is missing; name the file for the results, or - for standard output")
            self.problems.append(Problem("--out", message))
        out = None if text in (None, "-") else Path(str(text))
        form = "csv" if out is None else _FORMS.get(out.suffix.lower(), "")
        if not form:
            message = Message(
                "{text} has an ending that is not one of: {known}",
                text=quoted(str(text)),
                known=tuple(_FORMS),
            )
            self.problems.append(Problem("--out", message))
        if rejects is None and out is None and not self.flags["dry_run"]:
            message = Message("is needed where the results go to standard output")
            self.problems.append(Problem("--rejects", message))
        if out is not None and rejects and os.path.realpath(out) == os.path.realpath(rejects):
            message = Message("is the file of --out too; name another")
            self.problems.append(Problem("--rejects", message))
        beside = Path("-") if out is None else out.with_name(f"{out.stem}.rejects.csv")
        return Plan(out, Path(rejects) if rejects else beside, form or "csv")

    def _closed(self, catalogue: Catalogue) -> frozenset[str]:
        day = self.settings.as_of
        return frozenset(plan.id for plan in catalogue.plans if plan.validity.closed_on(day))

    def _against(self, ours: Rules, quantities: Mapping[str, object]) -> Rules | None:
        named, reading = self.text("against"), self.text("against_reading")
        if named is None and reading is None:
            return None
        other = ours.catalogue
        if named is not None:
            other = rules(load_catalogue(named), self.settings)
            other = other.with_quantities(quantities)  # type: ignore[arg-type]
        known = tuple(each.id for each in other.readings)
        used = reading or (ours.reading if ours.reading in known else other.default_reading)
        if used not in known:
            message = Message(
                "{text} is not a reading; the catalogue has: {known}",
                text=quoted(used),
                known=known,
            )
            self.problems.append(Problem("--against-reading", message))
            used = other.default_reading
        if other.currency != ours.catalogue.currency:
            message = Message("is in {currency}, the plans are not", currency=other.currency)
            self.problems.append(Problem("--against", message))
        return Rules(other, used, self._closed(other))

    def _discount(self) -> Fraction | None:
        text = self.text("paid_discount")
        if text is None:
            return None
        return self._read("paid_discount", lambda: parse_discount(text))

    def _read(self, name: str, read: Callable[[], Value]) -> Value | None:
        try:
            return read()
        except SupportCliError as error:
            origin = "--" + name.replace("_", "-")
            self.problems += [Problem(origin, problem.message) for problem in error.problems]
            return None

    def text(self, name: str) -> str | None:
        value = self.flags[name]
        return None if value is None else str(value)

    def _choice(self, name: str, known: tuple[str, ...]) -> str | None:
        text = self.text(name)
        if text is not None and text not in known:
            message = Message("{text} is not one of: {known}", text=quoted(text), known=known)
            self.problems.append(Problem(f"--{name}", message))
            return None
        return text

    def _count(self, name: str) -> int | None:
        text = self.text(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= 10**9):
            message = Message("{text} is not a whole number above 0", text=quoted(text))
            self.problems.append(Problem(f"--{name}", message))
            return None
        return int(text)


class _Book:
    """One run: the table, what its header means, the engine, the files."""

    def __init__(
        self,
        settings: Settings,
        ask: Ask,
        plan: Plan,
        mapping: Mapping[str, str],
        reader: _Flags,
        folder: Path,
    ) -> None:
        self.mapping = mapping
        self.settings = settings
        self.ask = ask
        self.plan = plan
        self.reader = reader
        self.folder = folder
        self.warnings: list[Message] = []
        self.held: Path | None = None  # standard input, which can be read only once
        named = [settings.text("plans"), reader.text("against")]
        self.inputs = [find_catalogue(name)[0] for name in dict.fromkeys(named)]
        self.inputs += [] if reader.path == "-" else [Path(reader.path)]

    def tell(self, words: Message) -> None:
        """A word about how the table was read, also for the summary's own warnings."""
        self.warnings.append(words)
        self.settings.tell(words)

    def rehearse(self) -> ExitCode:
        """Say how the table and its header are understood, and show its first rows."""
        source, prepared, understood = self._source(force=False)
        for reject in islice(_structural(prepared), _SHOWN_ROWS):
            self.settings.tell(_told(reject))
        for column in understood.columns:
            meaning = column.meaning or "-"
            words = Message("column {name}: {meaning}", name=quoted(column.name), meaning=meaning)
            self.settings.tell(words)
        with Batch(self.ask._replace(limit=_SHOWN_ROWS), source, self.folder) as batch:
            try:
                batch.prepare()
            except NeedsLinesError:
                return self._rehearsed(self._source(force=True)[0])
            return self._shown(batch)

    def _rehearsed(self, source: Source) -> ExitCode:
        with Batch(self.ask._replace(limit=_SHOWN_ROWS), source, self.folder) as batch:
            batch.prepare()
            return self._shown(batch)

    def _shown(self, batch: Batch) -> ExitCode:
        for found in batch.rejects():
            self.settings.tell(_told(self._reject(batch.source.columns, *found)))
        page = io.StringIO()
        csv.writer(page, lineterminator="\n").writerows(batch.fetch())
        self.settings.deliver(page.getvalue())
        return ExitCode.DONE

    def run(self) -> Outcome:
        """Quote every row and put the files in their place."""
        for target in filter(None, (self.plan.out, self.plan.rejects)):
            check_target(target, self.settings.force, self.inputs)
        source, prepared, _ = self._source(force=False)
        try:
            return self._quoted(source, prepared)
        except (RaggedError, NeedsLinesError):
            source, prepared, _ = self._source(force=True)
            return self._quoted(source, prepared)

    def _source(self, force: bool) -> tuple[Source, Prepared, Understood]:
        """The table made ready, and its columns understood; what was interpreted is told."""
        path = self.held or (
            sys.stdin.buffer if self.reader.path == "-" else Path(self.reader.path)
        )
        if isinstance(path, Path) and kind_of(path) == "parquet":
            return self._parquet(path)
        options = TableOptions(
            self.reader.text("encoding"), self.reader.text("sheet"), self._wanted
        )
        prepared = prepare(path, self.folder, options, force)
        if self.reader.path == "-" and prepared.direct:
            self.held = prepared.path
        understood = self._understood(prepared.columns)
        if not force:
            for note in (*prepared.notes, *understood.notes):
                self.tell(note)
        readable = prepared.path
        if prepared.direct:
            readable = self._beside("input")
            readable.symlink_to(prepared.path.resolve())
        source = Source(
            readable,
            understood.columns,
            not prepared.direct,
            "csv",
            prepared.delimiter,
            prepared.compression,
        )
        return source, prepared, understood

    def _parquet(self, path: Path) -> tuple[Source, Prepared, Understood]:
        readable = self._beside("input.parquet")
        readable.symlink_to(path.resolve())
        try:
            names = parquet_columns(readable)
        except EngineError:
            message = Message("is a damaged Parquet file; write it again")
            raise TableError([Problem(safe(str(path)), message)]) from None
        understood = self._understood(names)
        prepared = Prepared(
            readable, names, True, ",", "\n", "none", None, 0, 0, parquet_rows(readable), ()
        )
        return Source(readable, understood.columns, False, "parquet"), prepared, understood

    def _beside(self, name: str) -> Path:
        """A free name in our folder: what the engine opens has no sign that it would interpret."""
        return Path(tempfile.mkdtemp(dir=self.folder)) / name

    def _wanted(self, header: str) -> bool:
        """Whether a name is one that we know, with a unit or a hint or without."""
        known = other_of(header) or spend_of(normal(header)) or spend_of(stem_of(header))
        return bool(known) or header in self.mapping.values()

    def _understood(self, header: tuple[str, ...]) -> Understood:
        basis = self.reader.basis()
        understood = understand(header, self.mapping, basis, self.ask.rules.catalogue.currency)
        named = self.ask.group_by
        if named is not None and named not in header:
            message = Message(
                "there is no column {name}; the table has: {known}",
                name=quoted(named),
                known=header,
            )
            raise UsageError([Problem("--group-by", message)])
        told = any(column.meaning == "paid_discount" for column in understood.columns)
        if self.ask.paid and self.ask.off is None and not told:
            message = Message("needs the discount that it is after; give --paid-discount 7折")
            raise UsageError([Problem("--basis", message)])
        return understood

    def _quoted(self, source: Source, prepared: Prepared) -> Outcome:
        refused = Counter(reject.code for reject in _structural(prepared))
        spool = self.folder / "refused.csv"
        with ExitStack() as stack:
            batch = stack.enter_context(Batch(self.ask, source, self.folder))
            stack.enter_context(progress(batch, prepared.rows, self.settings))
            survey = batch.prepare()
            if self.ask.limit is None and source.kind == "csv" and survey.rows != prepared.rows:
                raise RaggedError
            for caution in batch.meaning.cautions[:_MOST_CAUTIONS]:
                self.tell(caution)
            rejected = self._write_rejects(spool, batch, prepared, source)
            if rejected:
                target = replacing(self.plan.rejects, self.settings.force, self.inputs)
                shutil.copyfile(spool, stack.enter_context(target))
            written = self._write(batch, stack)
            outcome = batch.outcome(written, refused, prepared.blank)
            if not outcome.adds_up or outcome.rejected != rejected:
                raise AssertionError(f"rows do not add up: {outcome}, {rejected}")
        if not rejected and self.settings.force:
            self.plan.rejects.unlink(missing_ok=True)  # of an earlier run
        return outcome

    def _write_rejects(self, path: Path, batch: Batch, prepared: Prepared, source: Source) -> int:
        """Every refused row in the order of the lines, with what to write instead."""
        own = (self._reject(source.columns, *found) for found in batch.rejects())
        count = 0
        encoding = "utf-8-sig" if self.ask.excel else "utf-8"
        with path.open("w", encoding=encoding, newline="") as file:
            # Every text in quotes: left to itself the writer leaves a lone carriage return bare.
            writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
            writer.writerow(_REJECT_COLUMNS)
            for each in merge(_structural(prepared), own, key=lambda reject: reject.line):
                if self.reader.flags["strict"]:
                    self._refuse(each)
                words = self.settings.language.say(each.message)
                found = guarded(each.text) if self.ask.excel else each.text
                writer.writerow((each.line, each.column, each.code, found, words))
                count += 1
        return count

    def _refuse(self, reject: Reject) -> NoReturn:
        """Stop at a refused row.

        Raises:
            StrictError: always.
        """
        where = f"{safe(self.reader.path)}:{reject.line}"
        place = f"{where}: {safe(reject.column)}" if reject.column else where
        heading = Message("a row is refused, nothing was written:")
        raise StrictError([Problem(place, reject.message)], heading)

    def _reject(
        self,
        columns: tuple[Column, ...],
        line: int,
        place: int,
        code: str,
        text: str,
        lines: object,
    ) -> Reject:
        column = columns[place]
        if code == "account_twice" and isinstance(lines, list):
            others = tuple(str(each) for each in lines if each != line)
            message = Message(
                "is also on line {lines}; keep one of them, or give --duplicates keep", lines=others
            )
        elif code == "total_row":
            message = Message("sums up other rows; leave it out, or give --keep-totals")
        else:
            message = why_refused(self.ask, column, text)
        return Reject(line, column.name, code, text[:_LONGEST_TEXT], message)

    def _write(self, batch: Batch, stack: ExitStack) -> int:
        """The results, whole or not at all."""
        if self.plan.out is None:
            path = self.folder / "out.csv"
            written = batch.write(path, "csv")
            write_file_out(path, _BOM if self.ask.excel else b"")
            return written
        path = stack.enter_context(replacing(self.plan.out, self.settings.force, self.inputs))
        if self.plan.form == "xlsx":
            from supportcli.outputs.sheets import write_sheet

            sheet = self.folder / "out.xlsx"
            written = write_sheet(sheet, batch.fetch())
            shutil.copyfile(sheet, path)
            return written
        if not (self.ask.excel and self.plan.form == "csv"):
            return batch.write(path, self.plan.form)
        plain = self.folder / "out.csv"
        written = batch.write(plain, "csv")
        with plain.open("rb") as file, path.open("wb") as marked:
            marked.write(_BOM)
            shutil.copyfileobj(file, marked)
        return written


def _told(reject: Reject) -> Message:
    return Message(
        "line {line}, {column}: {words}",
        line=reject.line,
        column=quoted(reject.column),
        words=reject.message,
    )


def _structural(prepared: Prepared) -> Iterator[Reject]:
    """The rows that could not be read as rows at all."""
    return read_rejects(prepared.rejects) if prepared.rejects else iter(())


def _against_what(ask: Ask) -> Message:
    if ask.against is None:
        return Message("the plans of today")
    if ask.against.catalogue.file == ask.rules.catalogue.file:
        name = ask.against.catalogue.reading(ask.against.reading).name
        return Message("another reading ({reading})", reading=name)
    return Message("the older rules")


def _summary(
    settings: Settings, ask: Ask, outcome: Outcome, plan: Plan, warnings: list[Message]
) -> str:
    """The summary in the form that was asked for; the results' own place is standard output."""
    if settings.form == "json":
        content = {
            "catalogue": {
                "id": ask.rules.catalogue.id,
                "as_of": settings.as_of.isoformat(),
                "sha256": ask.rules.catalogue.sha256,
                "reading": ask.rules.reading,
                "confirmed_by": None,
            },
            "warnings": [settings.language.say(words) for words in warnings],
            "result": {
                **book_json(outcome),
                "rejects_file": str(plan.rejects) if outcome.rejected else None,
            },
        }
        from supportcli.outputs.structured import document

        return document("batch", content)
    blocks = [
        *book_summary(
            outcome,
            ask.rules.catalogue,
            _against_what(ask),
            {str(code): words for code, words in MEANINGS.items()},
            settings.language,
        )
    ]
    if outcome.rejected:
        words = Message("the refused rows are in {path}", path=str(plan.rejects))
        settings.tell(words)
    return drawn(blocks, settings)
