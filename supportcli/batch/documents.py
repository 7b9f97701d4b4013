"""A document for each row, and the workbook that leads from the rows to them."""

from __future__ import annotations

from collections.abc import Iterator

from supportcli.batch.engine import Batch
from supportcli.batch.labels import Labels
from supportcli.batch.refused_sheet import refused_table
from supportcli.batch.rejects import CALLED_TITLES, REJECT_TITLES, SHEET_TITLE
from supportcli.batch.row_answers import AnswersByRow, Documents
from supportcli.errors import Message
from supportcli.inputs.tables.open import Prepared
from supportcli.language import Language
from supportcli.outputs.document.pages import LongTable, PageColumn
from supportcli.outputs.formats.xlsx import WorkbookFile

_LONGEST_NAME = 200


class DocumentIndex:
    """Has the documents made, row by row, and writes what became of each."""

    def __init__(self, documents: Documents, batch: Batch, prepared: Prepared, language: Language):
        self._documents = documents
        self._batch = batch
        self._prepared = prepared
        self._language = language
        self._labels = Labels(batch.ask, language)

    def write(self, file: WorkbookFile, count: int, refused: int) -> None:
        """Every row that is not refused, `count` of them; then those that are; what is of no row.

        Raises:
            OutputError: a document cannot be written, or there are more rows than a sheet holds.
        """
        say = self._language.say
        made, lacking = (file.sheet(say(name)) for name in (_DOCUMENTS, Message("Not quoted")))
        file.stream(made, LongTable(self._columns(), self._rows(count), count))
        file.stream(lacking, refused_table(self._batch, self._prepared, refused, self._language))
        stale = self._documents.stale()
        if stale:
            table = LongTable(self._columns_of_stale(), ((name,) for name in stale), len(stale))
            file.stream(file.sheet(say(_STALE)), table)
        file.save()

    def _columns_of_stale(self) -> tuple[PageColumn, ...]:
        return (PageColumn(self._language.say(_DOCUMENT), "link"),)

    def _columns(self) -> tuple[PageColumn, ...]:
        say, title = self._language.say, self._labels.title
        return (
            *([PageColumn(say(SHEET_TITLE))] if self._prepared.sheets else []),
            PageColumn(say(REJECT_TITLES["line"])),
            *(PageColumn(say(words)) for words in CALLED_TITLES.values()),
            PageColumn(title("plan")),
            PageColumn(title("annual_cost"), "money"),
            PageColumn(say(_DOCUMENT), "link"),
            PageColumn(say(Message("Remark"))),
        )

    def _rows(self, count: int) -> Iterator[tuple[object, ...]]:
        plans = {plan.id: plan.name for plan in self._batch.ask.same.rules.catalogue.plans}
        self._batch.doing = _WRITING
        for done, row in enumerate(AnswersByRow(self._batch).rows()):
            self._batch.share = done / count
            placed = self._documents.make(row)
            sheet, line = self._prepared.place(row.line)
            yield (
                *([sheet] if self._prepared.sheets else []),
                line,
                row.account[:_LONGEST_NAME],
                row.customer[:_LONGEST_NAME],
                None if row.plan is None else self._language.text(plans[row.plan]),
                row.annual,
                placed.name,
                None if placed.words is None else self._language.say(placed.words),
            )
        self._batch.share = None


_DOCUMENTS = Message("Documents")
_DOCUMENT = Message("Document")
_STALE = Message("Not of this run")
_WRITING = Message("writing documents")
