"""The results of a batch as a workbook: overview, every row, what was refused, how it was read."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.advice.batch_summary import Outcome
from supportcli.batch.engine import Batch
from supportcli.batch.labels import Labels, ResultKind
from supportcli.batch.refused_sheet import refused_table
from supportcli.batch.request import PriceDefaults
from supportcli.batch.results import OutColumn
from supportcli.batch.source import CustomerTable, Opened
from supportcli.core.money import format_rate
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.batch_pages import BatchFacts, basis_page, overview_page
from supportcli.outputs.document.impact import ComparedWith
from supportcli.outputs.document.pages import LongTable, PageColumn, PageKind
from supportcli.outputs.document.wording import discount_words
from supportcli.outputs.formats.xlsx import WorkbookFile

_KINDS: dict[ResultKind, PageKind] = {
    "money": "money",
    "next": "money",
    "difference": "difference",
}
_SUMMED = ("money", "difference")


class BatchWorkbook:
    """Writes a workbook of four sheets, of which the rows come first and the overview last."""

    def __init__(
        self,
        file: WorkbookFile,
        opened: Opened,
        batch: Batch,
        labels: Labels,
        language: Language,
    ) -> None:
        self._file = file
        self._opened = opened
        self._batch = batch
        self._labels = labels
        self._say = language.say
        self._language = language
        self._overview, self._details, self._refused, self._basis = (
            file.sheet(language.say(name))
            for name in (
                Message("Overview"),
                Message("Details"),
                Message("Not quoted"),
                Message("Basis"),
            )
        )

    def write_rows(self) -> int:
        """Every row that is not refused, with its results; how many.

        Raises:
            OutputError: they do not fit into a sheet.
        """
        columns = self._batch.selection.columns("xlsx")
        summed = [column for column in columns if self._is_summed(column)]
        count, sums = self._batch.sums(summed)
        found = dict(zip((column.title for column in summed), sums, strict=True))
        pages = tuple(
            PageColumn(column.title, self._kind(column), found.get(column.title))
            for column in columns
        )
        rows = self._batch.fetch("xlsx")
        next(rows)
        total = self._say(Message("Sum of the rows shown"))
        self._file.stream(self._details, LongTable(pages, rows, count, total))
        return count

    def finish(
        self, outcome: Outcome, source: str, table: CustomerTable, notes: tuple[Message, ...]
    ) -> None:
        """The other sheets, and the file; `source` is the name of the table, `notes` of the run.

        Raises:
            OSError: it cannot be written.
        """
        facts = self._facts(source, table, notes)
        prepared = self._opened.prepared
        refused = refused_table(self._batch, prepared, outcome.rejected, self._language)
        self._file.stream(self._refused, refused)
        self._file.fill(self._overview, overview_page(facts, outcome, self._language))
        self._file.fill(self._basis, basis_page(facts, self._language))
        self._file.save()

    def _facts(self, source: str, table: CustomerTable, notes: tuple[Message, ...]) -> BatchFacts:
        ask = self._batch.ask
        results = (
            (column.title, self._labels.explained(column.result))
            for column in self._batch.selection.columns("xlsx")
            if column.result is not None
        )
        carried = Message("carried as it is")
        customer = Message("name of the customer")
        taken = (
            (c.name, c.meaning or (customer if c.names else carried))
            for c in self._batch.source.columns
        )
        return BatchFacts(
            source,
            ask.same,
            ComparedWith(ask.compared_with, ask.against and ask.against.catalogue),
            table.given_by,
            tuple(_agreed(ask.price)),
            tuple(taken),
            tuple(results),
            tuple(table.warnings),
            notes,
        )

    def _is_summed(self, column: OutColumn) -> bool:
        if column.result is None:
            return column.kind == "money"
        return self._labels.kind(column.result) in _SUMMED

    def _kind(self, column: OutColumn) -> PageKind:
        if column.result is None:
            return column.kind
        return _KINDS.get(self._labels.kind(column.result), "text")


def _agreed(price: PriceDefaults) -> Iterator[Message]:
    """What was agreed on price with every row that does not say otherwise."""
    if price.discount is not None:
        yield discount_words(price.discount, prepaid=price.prepaid is not False)
    if price.tax_rate is not None:
        rate = format_rate(price.tax_rate)
        yield {
            True: Message("fees include tax at {rate}", rate=rate),
            False: Message("tax at {rate} is added", rate=rate),
            None: Message("tax at {rate}", rate=rate),
        }[price.included]
