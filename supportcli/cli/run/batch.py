"""From the flags of `batch` to its files and its summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.advice.batch_summary import Outcome
from supportcli.advice.price_terms import tax_doubts
from supportcli.batch.job import Job
from supportcli.batch.request import BatchRequest
from supportcli.batch.source import CustomerTable
from supportcli.batch.surroundings import Surroundings
from supportcli.cli.run.batch_request import RequestReader
from supportcli.cli.run.progress import progress
from supportcli.cli.run.quote import of_quotes
from supportcli.cli.run.render import drawn
from supportcli.cli.run.row_documents import row_documents
from supportcli.cli.run.understand import catalogue_of, hindsight, looking_back, overdue
from supportcli.cli.settings import Settings, read_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import MONTHS
from supportcli.errors import ExitCode, Message, UsageError
from supportcli.language import Language
from supportcli.outputs.console import write_file_out, write_out, write_words
from supportcli.outputs.document.batch import accounts_words, book_summary, ending_words
from supportcli.outputs.document.given import given_words
from supportcli.outputs.document.impact import ComparedWith, today_words
from supportcli.outputs.document.model import Sentence, Weight
from supportcli.outputs.document.wording import months_words
from supportcli.outputs.files import scratch

if TYPE_CHECKING:
    from supportcli.outputs.formats.json.batch import Files, MadeDocuments


def answer_book(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Quote every row; exit 6 where some were refused, 1 with --strict."""
    settings = _settings(flags, language)
    catalogue = catalogue_of(settings)
    reader = RequestReader(flags, settings, catalogue)
    documents = row_documents(reader)
    streamed = flags["out"] is not None or documents is None
    request, around = prepared(reader, write_file_out if streamed else None)
    if documents is not None:
        around = around._replace(documents=documents.asked(request))
    with scratch() as folder:
        job = Job(request, around, folder)
        if flags["dry_run"]:
            _rehearse(job, settings)
            return ExitCode.DONE
        outcome = job.run()
    if settings.quiet or request.targets.out is not None:
        ending = ending_words(outcome, request.ask.same.rules.catalogue)
        for words in (*given_words(outcome, job.table.given_by), *ending):
            settings.warn(words)
    made = None if documents is None else documents.made(outcome.rejected)
    for words in documents.told(outcome.rejected) if documents else ():
        settings.tell(words)
    if request.targets.out is None and streamed:
        summary = _summary(settings.aside(), request, outcome, job.table, made)
        if not settings.quiet:
            write_words(summary.rstrip("\n"))
    else:
        settings.deliver(_summary(settings, request, outcome, job.table, made))
    if documents is not None and not documents.complete:
        return ExitCode.FAILED
    return ExitCode.ROWS_REFUSED if outcome.rejected else ExitCode.DONE


def _settings(flags: Mapping[str, object], language: Language) -> Settings:
    """Those of the run; of one that makes documents as quotes take them."""
    quotes = any(flags[name] is not None for name in ("documents", "valid_until"))
    verb = "batch --dry-run" if flags["dry_run"] else "batch"
    settings = read_settings({**flags, "out": None}, language, verb)
    return of_quotes(settings) if quotes else settings


def _rehearse(job: Job, settings: Settings) -> None:
    """The first rows: as CSV, or as JSON with what their columns mean."""
    found = job.rehearse()
    if settings.form != "json":
        write_out(found.csv())
        return
    from supportcli.outputs.formats.json.batch import RefusedLine, Rehearsed, rehearsal_json
    from supportcli.outputs.formats.json.values import written

    table, rules = job.table, job.request.ask.same.rules
    told = Rehearsed(
        found.columns,
        [dict(zip(found.header, row, strict=True)) for row in found.rows],
        [
            RefusedLine(sheet or None, line, each.column, each.code, each.text, each.message)
            for (sheet, line), each in found.refused
        ],
        table.amounts,
        table.carried,
        table.not_used,
    )
    warnings = [*hindsight(settings, *catalogues_of(job.request)), *table.warnings]
    answer = rehearsal_json(told, rules, settings.as_of, warnings, settings.language)
    write_out(written(answer), "json")


def prepared(
    reader: RequestReader, emit: Callable[[Path, bytes], None] | None
) -> tuple[BatchRequest, Surroundings]:
    """What is asked of the list, and what its run speaks to; its rules and term are told.

    Raises:
        UsageError: with every mistake in the flags.
        OutputError: the answer cannot be written where it is to go.
    """
    request, settings = reader.order(), reader.settings
    if reader.problems:
        raise UsageError(reader.problems)
    settings.look()
    told = (
        *overdue(settings, reader.catalogue),
        *tax_doubts(reader.catalogue, request.ask.price.included),
        *_term_words(request),
    )
    for words in told:
        settings.tell(words)
    notes = (*looking_back(settings, *catalogues_of(request)), *told)
    return request._replace(notes=notes), Surroundings(
        settings.asked,
        settings.tell,
        lambda what, rows: progress(what, rows, settings),
        emit,
        settings.warn,
    )


def _term_words(request: BatchRequest) -> Iterator[Message]:
    """Over which term plans are held against each other, where that is no year."""
    months = request.ask.same.months
    if months != MONTHS:
        yield Message(
            "which plan is the cheapest is told over {months}; costs a year are of twelve months",
            months=months_words(months),
        )


def files_of(request: BatchRequest, outcome: Outcome, table: CustomerTable) -> Files:
    """What is told as JSON of the table and of the file of refused rows, if there is one."""
    from supportcli.outputs.formats.json.batch import Files

    rejects = request.targets.rejects if outcome.rejected else None
    return Files(
        str(rejects) if rejects else None,
        request.path,
        table.column_of("plan"),
        table.column_of("reading"),
        table.amounts,
        table.carried,
        table.not_used,
    )


def catalogues_of(request: BatchRequest) -> tuple[Catalogue, ...]:
    """The rules, and the older ones where there are any."""
    ask = request.ask
    return tuple(rules.catalogue for rules in (ask.same.rules, ask.against) if rules)


def warnings_of(
    settings: Settings, request: BatchRequest, outcome: Outcome, table: CustomerTable
) -> list[Message]:
    """What money hangs on in how the rows were read and priced."""
    catalogue = request.ask.same.rules.catalogue
    today = today_words(outcome, catalogue.currency)
    return [
        *hindsight(settings, *catalogues_of(request)),
        *table.warnings,
        *accounts_words(outcome, catalogue),
        *given_words(outcome, table.given_by),
        *ending_words(outcome, catalogue),
        *([today] if today else []),
    ]


def _summary(
    settings: Settings,
    request: BatchRequest,
    outcome: Outcome,
    table: CustomerTable,
    made: MadeDocuments | None,
) -> str:
    """The summary in the form that was asked for; the results' own place is standard output."""
    ask, rejects = request.ask, request.targets.rejects
    if settings.form == "json":
        from supportcli.outputs.formats.json.batch import batch_json
        from supportcli.outputs.formats.json.values import written

        return written(
            batch_json(
                outcome,
                ask.same.rules,
                settings.as_of,
                files_of(request, outcome, table)._replace(documents=made),
                warnings_of(settings, request, outcome, table),
                settings.language,
            )
        )
    past = hindsight(settings, *catalogues_of(request))
    blocks = [
        *(Sentence(settings.language.say(words)) for words in past),
        *book_summary(
            outcome,
            ask.same.rules.catalogue,
            ComparedWith(ask.compared_with, ask.against and ask.against.catalogue),
            table.given_by,
            settings.language,
        ),
        *(Sentence(settings.language.say(words), Weight.CAUTION) for words in table.units),
    ]
    if outcome.rejected and rejects is not None:
        words = Message("the refused rows are in {path}", path=str(rejects))
        settings.tell(words)
    return drawn(blocks, settings)
