"""One run of `batch`: read, quote, write, count; or a rehearsal of its first rows."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from supportcli.batch.engine import Batch
from supportcli.batch.rejects import rejects_of, structural, told, write_rejects
from supportcli.batch.request import Outcome, RaggedError, Source
from supportcli.batch.source import Opened, Table
from supportcli.cli.run.batch_request import Order
from supportcli.cli.run.progress import progress
from supportcli.cli.settings import Settings
from supportcli.errors import ExitCode, Message, quoted
from supportcli.interruption import Held
from supportcli.outputs.console import write_file_out, write_out
from supportcli.outputs.files import check_target, replacing

_SHOWN_ROWS = 3
_MOST_CAUTIONS = 5
_BOM = b"\xef\xbb\xbf"


class Run:
    """The table, the engine, the files."""

    def __init__(self, order: Order, settings: Settings, folder: Path) -> None:
        self.order = order
        self.settings = settings
        self.folder = folder
        self.table = Table(order, settings, folder)

    # A rehearsal

    def rehearse(self) -> ExitCode:
        """Say how the table and its header are understood, and show its first rows."""
        opened = self.table.open()
        for reject in islice(structural(opened.prepared), _SHOWN_ROWS):
            self.settings.tell(told(reject))
        for column in opened.understood.columns:
            meaning = column.meaning or "-"
            words = Message("column {name}: {meaning}", name=quoted(column.name), meaning=meaning)
            self.settings.tell(words)
        self._show(opened.source)
        return ExitCode.DONE

    def _show(self, source: Source) -> None:
        ask = self.order.ask._replace(limit=_SHOWN_ROWS)
        with Batch(ask, source, self.folder) as batch:
            batch.prepare()
            for reject in rejects_of(batch):
                self.settings.tell(told(reject))
            page = io.StringIO()
            csv.writer(page, lineterminator="\n").writerows(batch.fetch())
        write_out(page.getvalue())

    # The run

    def run(self) -> Outcome:
        """Quote every row and put the files in their place."""
        targets = self.order.targets
        for target in filter(None, (targets.out, targets.rejects)):
            check_target(target, self.settings.force, self.order.files)
        opened = self.table.open()
        try:
            return self._quoted(opened)
        except RaggedError:
            return self._quoted(self.table.open(force=True))

    def _quoted(self, opened: Opened) -> Outcome:
        source, prepared, _ = opened
        order, targets = self.order, self.order.targets
        refused = Counter(reject.code for reject in structural(prepared))
        spool = self.folder / "refused.csv"
        with ExitStack() as whole, ExitStack() as stack:
            batch = stack.enter_context(Batch(order.ask, source, self.folder))
            stack.enter_context(progress(batch, prepared.rows, self.settings))
            survey = batch.prepare()
            if order.ask.limit is None and source.kind == "csv" and survey.rows != prepared.rows:
                raise RaggedError
            for caution in batch.cautions[:_MOST_CAUTIONS]:
                self.table.tell(caution)
            rejected = write_rejects(spool, batch, prepared, order, self.settings.asked)
            if rejected:
                target = replacing(targets.rejects, self.settings.force, order.files)
                shutil.copyfile(spool, stack.enter_context(target))
            written = self._write(batch, stack)
            outcome = batch.outcome(written, refused, prepared.blank)
            if not outcome.adds_up or outcome.rejected != rejected:
                raise AssertionError(f"rows do not add up: {outcome}, {rejected}")
            whole.enter_context(Held())  # both files take their place, or none
        if not rejected and self.settings.force:
            targets.rejects.unlink(missing_ok=True)  # of an earlier run
        return outcome

    def _write(self, batch: Batch, stack: ExitStack) -> int:
        """The results, whole or not at all."""
        out, _, form = self.order.targets
        excel = self.order.ask.excel
        if out is None:
            path = self.folder / "out.csv"
            written = batch.write(path, "csv")
            write_file_out(path, _BOM if excel else b"")
            return written
        path = stack.enter_context(replacing(out, self.settings.force, self.order.files))
        if form == "xlsx":
            from supportcli.outputs.formats.xlsx import write_sheet

            sheet = self.folder / "out.xlsx"
            written = write_sheet(sheet, batch.fetch())
            shutil.copyfile(sheet, path)
            return written
        if not (excel and form == "csv"):
            return batch.write(path, form)
        plain = self.folder / "out.csv"
        written = batch.write(plain, "csv")
        with plain.open("rb") as file, path.open("wb") as marked:
            marked.write(_BOM)
            shutil.copyfileobj(file, marked)
        return written
