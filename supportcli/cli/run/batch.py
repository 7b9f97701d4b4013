"""From the flags of `batch` to its files and its summary."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.advice.batch_summary import Outcome
from supportcli.batch.job import Job, Surroundings
from supportcli.batch.request import BatchRequest
from supportcli.batch.source import CustomerTable
from supportcli.cli.run.batch_request import read_request
from supportcli.cli.run.progress import progress
from supportcli.cli.run.render import drawn
from supportcli.cli.run.understand import catalogue_of, overdue, supposed
from supportcli.cli.settings import Settings, read_settings
from supportcli.errors import ExitCode, Message
from supportcli.language import Language
from supportcli.outputs.console import write_file_out, write_out, write_words
from supportcli.outputs.document.batch import book_summary, pooled_words
from supportcli.outputs.document.model import Sentence
from supportcli.outputs.files import scratch


def answer_book(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Quote every row; exit 6 where some were refused, 1 with --strict."""
    settings = read_settings({**flags, "out": None}, language)
    catalogue = catalogue_of(settings)
    request = read_request(flags, settings, catalogue)
    for words in overdue(settings, catalogue):
        settings.tell(words)
    around = Surroundings(
        settings.asked,
        settings.tell,
        lambda what, rows: progress(what, rows, settings),
        write_file_out,
    )
    with scratch() as folder:
        job = Job(request, around, folder)
        if flags["dry_run"]:
            write_out(job.rehearse())
            return ExitCode.DONE
        outcome = job.run()
    if request.targets.out is None:
        summary = _summary(settings.aside(), request, outcome, job.table)
        if not settings.quiet:
            write_words(summary.rstrip("\n"))
    else:
        settings.deliver(_summary(settings, request, outcome, job.table))
    return ExitCode.ROWS_REFUSED if outcome.rejected else ExitCode.DONE


def _summary(
    settings: Settings, request: BatchRequest, outcome: Outcome, table: CustomerTable
) -> str:
    """The summary in the form that was asked for; the results' own place is standard output."""
    ask, rejects = request.ask, str(request.targets.rejects)
    if settings.form == "json":
        from supportcli.outputs.formats.json.batch import batch_json
        from supportcli.outputs.formats.json.values import written

        refused = rejects if outcome.rejected else None
        pooled = pooled_words(outcome, ask.same.rules.catalogue)
        warnings = [*table.warnings, *filter(None, [pooled])]
        return written(
            batch_json(
                outcome, ask.same.rules, settings.as_of, refused, warnings, settings.language
            )
        )
    blocks = [
        *(Sentence(settings.language.say(words)) for words in supposed(settings)),
        *book_summary(
            outcome,
            ask.same.rules.catalogue,
            ask.compared_with,
            table.plans_in,
            settings.language,
        ),
    ]
    if outcome.rejected:
        words = Message("the refused rows are in {path}", path=rejects)
        settings.tell(words)
    return drawn(blocks, settings)
