"""Clean tables to quotes, many at a time: one SQL statement, no fee computed in Python."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import duckdb

from supportcli.advice.batch_summary import Outcome
from supportcli.advice.price_terms import tax_doubts
from supportcli.batch.asked import asked
from supportcli.batch.labels import Labels
from supportcli.batch.months_apart import APART
from supportcli.batch.odd_rows import Interpreted
from supportcli.batch.parquet import DAMAGED
from supportcli.batch.relation import relation
from supportcli.batch.request import Ask, TableSource
from supportcli.batch.results import OutColumn, Rows, Selection
from supportcli.batch.rows import PLAIN_SCALE, Meaning
from supportcli.batch.survey import Survey, look
from supportcli.batch.totals import Totals
from supportcli.errors import Message, OutputError, Problem, fault
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.tables.rows import TableError
from supportcli.record import NamedTuple
from supportcli.sql.dialects.base import text

# Megabytes for each thread. In DuckDB 2 the lines that wait for their turn count too; 1.4 needs 400
# for two rows of 500 columns.
MEMORY = 420


class RefusedRow(NamedTuple):
    """A row, the column it is refused for and why; `others` are the lines that it contradicts.

    `factor` is the unit of its amounts, where each row says its own. `account` and `customer` are
    as they stand in it, empty where no column has them; `months` where the account's rows are of
    several.
    """

    line: int
    place: int
    code: str
    text: str
    others: list[int] | None
    factor: int | None
    account: str
    customer: str
    months: bool


class Batch:
    """A connection of its own with the source's rows surveyed, ready to be written."""

    def __init__(
        self, ask: Ask, source: TableSource, folder: Path, labels: Labels | None = None
    ) -> None:
        self.ask = ask
        self.labels = labels
        self.meaning = Meaning(ask, source)
        self.source = source
        self.doing = _LOOKING
        self.share: float | None = None
        self.cautions: list[Message] = []
        self.db = duckdb.connect(
            config={
                "threads": ask.threads,
                "memory_limit": f"{MEMORY * ask.threads}MB",
                "temp_directory": str(folder),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        self.db.execute("SET enable_progress_bar = true")  # else there is no progress to ask for
        self.db.execute("SET enable_progress_bar_print = false")
        with suppress(duckdb.Error):  # without time zones all times are of UTC already
            self.db.execute("SET TimeZone = 'UTC'")

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Close the connection; the engine's own faults become ours.

        Raises:
            OutputError: a file could not be written, or there is not enough memory.
            TableError: a Parquet file is damaged within.
            KeyboardInterrupt: the statement was interrupted.
        """
        self.db.close()
        match error:
            case RuntimeError() if "interrupted" in str(error):
                raise KeyboardInterrupt from error
            case duckdb.OutOfMemoryException() if not _is_full(error):
                message = Message("not enough memory; divide the table, or use fewer threads")
                raise OutputError(message) from error
            case duckdb.Error() if self._is_damage(error):
                raise TableError([Problem(self.source.shown, DAMAGED)]) from error
            case duckdb.IOException() | duckdb.OutOfMemoryException():
                _refuse(OSError(_number(error), ""), error)
            case OSError():  # in the folder of temporary files; of a target it is told by its name
                _refuse(error, error)
            case _:
                return

    def texts(self, column: Column) -> list[str]:
        """The different texts in a column, whatever the limit.

        Raises:
            RaggedError: the engine cannot split the file into its columns.
        """
        rows = relation(self.source, None)
        query = f"SELECT DISTINCT c{column.index} FROM {rows} WHERE c{column.index} IS NOT NULL"
        return [text for (text,) in asked(self.db, query)]

    def prepare(self) -> Survey:
        """Look at all rows once and read what is out of the ordinary.

        Raises:
            RaggedError: the engine cannot split the file into its columns.
        """
        survey = look(self.db, self.meaning)
        self.survey = survey
        self.cautions = [*self._tax_doubts(survey), *survey.cautions]
        if survey.plain:
            relation, scale = self.meaning.plain_rows(survey.words), PLAIN_SCALE
        else:
            interpreted = Interpreted(self.db, self.meaning, survey)
            relation, scale = "rows", interpreted.scale
            self.cautions += interpreted.cautions
        rows = Rows(relation, survey.plain, scale, survey.words)
        self.selection = Selection(self.ask, self.meaning, rows, self.labels)
        return survey

    def _tax_doubts(self, survey: Survey) -> Iterator[Message]:
        """That rows say of tax what the source does not; of a flag it is told where it is read."""
        said = (word.values[0] for word in survey.words.get("tax_mode", ()) if word.code is None)
        for included in sorted({bool(each) for each in said} - {self.ask.price.included}):
            yield from tax_doubts(self.ask.same.rules.catalogue, included)

    def percent(self) -> float:
        """How far the statement that runs is, or its rows; below 0 where that cannot be said."""
        return float(self.db.query_progress()) if self.share is None else 100 * self.share

    # What is written

    def write(self, path: Path, form: str) -> int:
        """All rows that are not refused, with their results, in the file's order; how many."""
        self.doing = _QUOTING
        outputs = self.selection.outputs(form)
        joined = form == "csv" and self._needs_no_quotes()
        query = self.selection.ordered(_joined(outputs) if joined else outputs)
        options = {
            "csv": "FORMAT csv, HEADER true, NULLSTR ''" + (_AS_IT_IS if joined else ""),
            "parquet": "FORMAT parquet, COMPRESSION zstd",
            "ndjson": "FORMAT json",
        }[form]
        copy = f"COPY ({query}) TO {text(str(path))} ({options}, USE_TMP_FILE false)"
        try:
            return self._copied(copy)
        except duckdb.OutOfMemoryException as error:
            if _is_full(error) or self.ask.threads == 1:
                raise
        self.db.execute("SET threads = 1")  # of which none keeps lines until it is their turn
        return self._copied(copy)

    def _copied(self, copy: str) -> int:
        try:
            [(count,)] = self.db.execute(copy).fetchall()
        except duckdb.IOException as error:
            if self._is_damage(error):
                raise
            raise OSError(_number(error), str(error)) from error
        return int(count)

    def _is_damage(self, error: Exception) -> bool:
        """Whether the engine could not read what it was given; other tables we have read first."""
        written = _is_full(error) or "write" in str(error).lower()
        return self.source.kind == "parquet" and not written

    def _needs_no_quotes(self) -> bool:
        """Whether no cell holds a quote, a comma or a line break, so that lines can be joined."""
        source = self.source
        plain = source.kind == "csv" and not source.lined and source.delimiter == ","
        return plain and self.labels is None and not self.ask.excel

    def fetch(self, form: str) -> Iterator[tuple[object, ...]]:
        """The same rows one by one, as they are for a form of file, the header first."""
        self.doing = _QUOTING
        outputs = self.selection.outputs(form)
        yield tuple(outputs)
        yield from self.rows_with(outputs)

    def rows_with(self, outputs: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
        """What is wanted of the same rows, as SQL by the name of each column."""
        cursor = self.db.execute(self.selection.ordered(outputs))
        while rows := cursor.fetchmany(10_000):
            yield from rows

    def sums(self, columns: Sequence[OutColumn]) -> tuple[int, list[Decimal | None]]:
        """How many rows are not refused, and what columns of amounts come to."""
        wanted = {f"s{at}": column.sql for at, column in enumerate(columns)}
        query = self.selection.select({"one": "1", **wanted})
        added = "".join(f", sum(s{at})" for at in range(len(columns)))
        [(count, *sums)] = self.db.execute(f"SELECT count(*){added} FROM ({query})").fetchall()
        return count, sums

    def count(self) -> int:
        """How many rows are not refused."""
        return self.sums(())[0]

    def rejects(self) -> Iterator[RefusedRow]:
        """The rows that are refused for what is in them, in their order."""
        if self.survey.plain:
            return
        cells = " ".join(f"WHEN {c.index} THEN c{c.index}" for c in self.source.columns)
        unit = "v_unit_0" if "unit" in self.meaning.typed else "NULL"
        account = self.meaning.account
        called = (account, self.meaning.customer)
        months = "FALSE"
        if account is not None and self.survey.apart:
            months = f"coalesce(c{account.index} IN (SELECT name FROM {APART}), FALSE)"
        names = ", ".join("''" if c is None else f"coalesce(c{c.index}, '')" for c in called)
        cursor = self.db.execute(
            f"SELECT line, place, code, coalesce(CASE place {cells} END, ''), lines, {unit}, "
            f"{names}, {months} FROM rows WHERE code IS NOT NULL ORDER BY line"
        )
        while found := cursor.fetchmany(10_000):
            yield from map(RefusedRow._make, found)

    def outcome(self, written: int, refused: Mapping[str, int], blank: int) -> Outcome:
        """The summary, and the proof that every row that was read is in one of the counts."""
        self.doing = _ADDING
        totals = Totals(self.db, self.selection, self.survey)
        return totals.outcome(written, refused, blank)


_LOOKING = Message("looking at the rows")
_QUOTING = Message("quoting")
_ADDING = Message("adding up")
_SYSTEM = {errno.ENOSPC: "No space left", errno.EDQUOT: "quota", errno.EFBIG: "too large"}
_AS_IT_IS = ", QUOTE '', ESCAPE '', DELIMITER '\x01'"


def _joined(outputs: Mapping[str, str]) -> dict[str, str]:
    """One column of whole lines: the engine writes it in half the time of many columns."""
    cells = ", ',', ".join(outputs.values())
    return {",".join(outputs): f"concat({cells})"}


def _refuse(fault_of: OSError, error: BaseException) -> NoReturn:
    raise OutputError(Message("cannot write: {reason}", reason=fault(fault_of))) from error


def _is_full(error: Exception) -> bool:
    """Whether it was the disk that had no room, which the engine may call a lack of memory."""
    return any(words in str(error) for words in _SYSTEM.values())


def _number(error: Exception) -> int:
    """The system's number of a fault that the engine tells in words."""
    return next((n for n, words in _SYSTEM.items() if words in str(error)), errno.EIO)
