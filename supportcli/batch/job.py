"""One run of a batch: read, quote, write, count; or a rehearsal of its first rows."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.advice.batch_summary import Outcome
from supportcli.batch.engine import Batch
from supportcli.batch.labels import Labels
from supportcli.batch.rejects import (
    refused_rows,
    rejects_of,
    structural,
    told,
    write_rejects,
)
from supportcli.batch.request import BatchRequest, RaggedError
from supportcli.batch.row_answers import Documents
from supportcli.batch.source import CustomerTable, Opened
from supportcli.batch.surroundings import Surroundings
from supportcli.errors import Message, Problem, quoted
from supportcli.inputs.tables.open import Prepared, Reject
from supportcli.inputs.tables.rows import TableError
from supportcli.inputs.unchanged import CHANGED, FileWatch
from supportcli.interruption import Held
from supportcli.outputs.files import check_targets, folder_for, replacing
from supportcli.record import NamedTuple
from supportcli.safe import safe

if TYPE_CHECKING:
    from supportcli.outputs.formats.xlsx import WorkbookFile

_SHOWN_ROWS = 3
_MOST_CAUTIONS = 5
_BOM = b"\xef\xbb\xbf"


class Rehearsal(NamedTuple):
    """What the columns mean, by name, the first rows with their results, and those refused.

    These each with its sheet, where there are several, and its line there.
    """

    columns: Mapping[str, str | None]
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    refused: tuple[tuple[tuple[str | None, int], Reject], ...]

    def csv(self) -> str:
        """The rows as a file of results has them."""
        page = io.StringIO()
        csv.writer(page, lineterminator="\n").writerows((self.header, *self.rows))
        return page.getvalue()


class Job:
    """The table, the engine, the files."""

    def __init__(self, request: BatchRequest, around: Surroundings, folder: Path) -> None:
        self.request = request
        self.around = around
        self.folder = folder
        self.table = CustomerTable(request, folder, around.tell, around.warn)
        self.input = FileWatch(None if request.path == "-" else Path(request.path))

    def _check_input(self) -> None:
        """What was read of a file that changed meanwhile is no answer.

        Raises:
            TableError: the input is not what it was when the run began.
        """
        if self.input.changed():
            raise TableError([Problem(safe(self.request.path), CHANGED)])

    @contextmanager
    def _whole_input(self) -> Iterator[None]:
        """What fails because the input changed is told as that."""
        try:
            yield
        except Exception:
            self._check_input()
            raise

    # A rehearsal

    def rehearse(self) -> Rehearsal:
        """Say how the table and its header are understood, and quote its first rows."""
        with self._whole_input():
            found = self._rehearsed()
        self._check_input()
        return found

    def _rehearsed(self) -> Rehearsal:
        opened = self.table.open()
        self._check_whole(opened)
        unread = tuple(islice(structural(opened.prepared), _SHOWN_ROWS))
        self._tell_each(unread, opened.prepared)
        columns = {column.name: column.meaning for column in opened.understood.columns}
        for name, meaning in columns.items():
            words = Message("column {name}: {meaning}", name=quoted(name), meaning=meaning or "-")
            self.around.tell(words)
        ask = self.request.ask._replace(limit=_SHOWN_ROWS)
        with Batch(ask, opened.source, self.folder) as batch:
            batch.prepare()
            for caution in batch.cautions[:_MOST_CAUTIONS]:
                self.table.warn(caution)
            refused = tuple(rejects_of(batch, opened.prepared))
            self._tell_each(refused, opened.prepared)
            header, *rows = batch.fetch("csv")
        placed = tuple((opened.prepared.place(each.line), each) for each in (*unread, *refused))
        return Rehearsal(columns, tuple(map(str, header)), tuple(rows), placed)

    def _tell_each(self, refused: Iterable[Reject], prepared: Prepared) -> None:
        for reject in refused:
            self.around.tell(told(reject, prepared))

    def _check_whole(self, opened: Opened) -> None:
        """A sum of a customer's rows must not lack those that cannot be read.

        Raises:
            TableError: there is one, and rows are to be put together.
        """
        if self.request.ask.sum_by != "account":
            return
        lacking = (one for one in structural(opened.prepared) if one.code != "total_row")
        path, shown = safe(self.request.path), islice(lacking, _SHOWN_ROWS)
        problems = [Problem(path, told(one, opened.prepared)) for one in shown]
        if problems:
            raise TableError(problems, Message("rows that --sum-by would leave out of a sum:"))

    # The run

    def run(self) -> Outcome:
        """Quote every row and put the files in their place."""
        request = self.request
        documents = self.around.documents
        targets = (request.targets.out, request.targets.rejects, documents and documents.leading)
        with (
            folder_for(documents.folder) if documents else nullcontext(),
            self._whole_input(),
        ):
            check_targets(filter(None, targets), request.targets.replace, request.files)
            opened = self.table.open()
            try:
                return self._quoted(opened)
            except RaggedError:
                return self._quoted(self.table.open(force=True))

    def _quoted(self, opened: Opened) -> Outcome:
        self._check_whole(opened)
        source, prepared, _ = opened
        request, targets = self.request, self.request.targets
        refused = Counter(reject.code for reject in structural(prepared))
        spool = self.folder / "refused.csv"
        with ExitStack() as whole, ExitStack() as stack:
            batch = stack.enter_context(Batch(request.ask, source, self.folder, self._labels()))
            stack.enter_context(self.around.watch(batch, prepared.rows))
            survey = batch.prepare()
            if request.ask.limit is None and source.kind == "csv" and survey.rows != prepared.rows:
                raise RaggedError
            for caution in batch.cautions[:_MOST_CAUTIONS]:
                self.table.warn(caution)
            rejected = write_rejects(spool, batch, prepared, request, self.around.language)
            if targets.rejects is None:
                self._tell_refused(batch, prepared, rejected)
            elif rejected:
                target = self._replacing(targets.rejects)
                shutil.copyfile(spool, stack.enter_context(target))
            written, finish = self._write(batch, opened, stack)
            if self.around.documents is not None:
                self._document(self.around.documents, batch, opened, (written, rejected), stack)
            outcome = batch.outcome(written, refused, prepared.blank)
            if not outcome.adds_up or outcome.rejected != rejected:
                raise AssertionError(f"rows do not add up: {outcome}, {rejected}")
            self._check_input()
            finish(outcome)
            whole.enter_context(Held())  # both files take their place, or none
        if targets.rejects is not None and targets.replace and not rejected:
            targets.rejects.unlink(missing_ok=True)  # of an earlier run
        return outcome

    def _tell_refused(self, batch: Batch, prepared: Prepared, count: int) -> None:
        """The first of the refused rows, where no file has them all."""
        self._tell_each(islice(refused_rows(batch, prepared), _SHOWN_ROWS), prepared)
        if count > _SHOWN_ROWS:
            self.around.tell(Message("--rejects FILE has every refused row with its reason"))

    def _labels(self) -> Labels | None:
        """Names instead of ids, where they are wanted: a workbook has them always."""
        request = self.request
        wanted = request.ask.labels or request.targets.form == "xlsx"
        return Labels(request.ask, self.around.language) if wanted else None

    def _write(
        self, batch: Batch, opened: Opened, stack: ExitStack
    ) -> tuple[int, Callable[[Outcome], None]]:
        """The results, whole or not at all: how many, and what is to be done at the end."""
        if self.request.targets.form == "xlsx" and self.request.targets.out is not None:
            return self._write_workbook(batch, opened, stack)
        return self._write_rows(batch, stack), lambda outcome: None

    def _write_workbook(
        self, batch: Batch, opened: Opened, stack: ExitStack
    ) -> tuple[int, Callable[[Outcome], None]]:
        from supportcli.batch.workbook import BatchWorkbook

        out = self.request.targets.out
        path = stack.enter_context(self._replacing(Path(str(out))))
        file = stack.enter_context(self._workbook(path))
        labels = Labels(self.request.ask, self.around.language)
        workbook = BatchWorkbook(file, opened, batch, labels, self.around.language)
        name = "-" if self.request.path == "-" else Path(self.request.path).name

        def finish(outcome: Outcome) -> None:
            workbook.finish(outcome, name, self.table, self.request.notes)

        return workbook.write_rows(), finish

    def _workbook(self, path: Path) -> WorkbookFile:
        from supportcli.outputs.formats.xlsx import WorkbookFile

        same = self.request.ask.same
        day = self.request.made or same.start.first_day
        return WorkbookFile(path, self.folder, same.rules.catalogue.currency, day)

    def _replacing(self, path: Path) -> AbstractContextManager[Path]:
        return replacing(path, self.request.targets.replace, self.request.files)

    def _document(
        self,
        documents: Documents,
        batch: Batch,
        opened: Opened,
        counts: tuple[int, int],
        stack: ExitStack,
    ) -> None:
        """The document of each row; the workbook that leads to them takes its place at the end."""
        from supportcli.batch.documents import DocumentIndex

        path = stack.enter_context(self._replacing(documents.leading))
        index = DocumentIndex(documents, batch, opened.prepared, self.around.language)
        with self._workbook(path) as file:
            index.write(file, *counts)

    def _write_rows(self, batch: Batch, stack: ExitStack) -> int:
        out, _, form, _ = self.request.targets
        excel = self.request.ask.excel
        if out is None:
            return self._emit(batch)
        path = stack.enter_context(self._replacing(out))
        if not (excel and form == "csv"):
            return batch.write(path, form)
        plain = self.folder / "out.csv"
        written = batch.write(plain, "csv")
        with plain.open("rb") as file, path.open("wb") as marked:
            marked.write(_BOM)
            shutil.copyfileobj(file, marked)
        return written

    def _emit(self, batch: Batch) -> int:
        """The results to a place without a file; where there is none, only how many they are."""
        emit = self.around.emit
        if emit is None:
            return batch.count()
        path = self.folder / "out.csv"
        written = batch.write(path, "csv")
        self._check_input()
        emit(path, _BOM if self.request.ask.excel else b"")
        return written
