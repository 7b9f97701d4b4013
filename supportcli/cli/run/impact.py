"""What other rules mean for a list of customers: `plans diff --impact`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.advice.batch_summary import Outcome
from supportcli.advice.rules import Rules
from supportcli.batch.job import Job
from supportcli.batch.request import BatchRequest, Targets
from supportcli.batch.source import CustomerTable
from supportcli.cli.run.batch import catalogues_of, files_of, prepared, warnings_of
from supportcli.cli.run.batch_request import RequestReader
from supportcli.cli.run.understand import looking_back, rules
from supportcli.cli.settings import Settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import ExitCode, Message
from supportcli.outputs.document.batch import impact_summary
from supportcli.outputs.document.impact import ComparedWith
from supportcli.outputs.document.model import Block, Heading, Sentence, Weight
from supportcli.outputs.document.wording import months_words
from supportcli.outputs.files import scratch
from supportcli.record import NamedTuple

if TYPE_CHECKING:
    from supportcli.outputs.formats.json.values import Json

_OF_NONE = {
    **dict.fromkeys(("all_plans", "readings", "excel", "labels", "dry_run"), False),
    "against_reading": None,
}
"""What `batch` has for its results, which are not written here."""


class Impact(NamedTuple):
    """What was asked of the list, what came of it, and the list as it was understood."""

    request: BatchRequest
    outcome: Outcome
    table: CustomerTable

    @property
    def exit_code(self) -> ExitCode:
        """Whether every row was quoted."""
        return ExitCode.ROWS_REFUSED if self.outcome.rejected else ExitCode.DONE

    def blocks(self, settings: Settings) -> Iterator[Block]:
        """What it does to the customers, below the term that it is told for."""
        same, language = self.request.ask.same, settings.language
        title = Message("What changes for the customers of {file}", file=self.name)
        yield Heading(language.say(title))
        term = Message("{months} from {month}", months=months_words(same.months), month=same.start)
        yield Sentence(language.say(Message("Quoted for {term}.", term=term)))
        for words in looking_back(settings, *catalogues_of(self.request)):
            yield Sentence(language.say(words))
        against = ComparedWith(Message("the older rules"), self.older.catalogue)
        yield from impact_summary(
            self.outcome, same.rules.catalogue, against, self.table.given_by, language
        )
        for words in self.table.units:
            yield Sentence(language.say(words), Weight.CAUTION)

    def json(self, settings: Settings) -> Json:
        """The same as values."""
        from supportcli.outputs.formats.json.batch import impact_json

        same = self.request.ask.same
        return impact_json(
            self.outcome,
            same,
            self.older,
            settings.as_of,
            files_of(self.request, self.outcome, self.table),
            warnings_of(settings, self.request, self.outcome, self.table),
            settings.language,
        )

    @property
    def older(self) -> Rules:
        """The rules of before."""
        older = self.request.ask.against
        if older is None:
            raise TypeError("an impact is told against older rules")
        return older

    @property
    def name(self) -> str:
        """The list's own name."""
        return "-" if self.request.path == "-" else Path(self.request.path).name


def impact_of(flags: Mapping[str, object], settings: Settings, new: Catalogue) -> Impact:
    """Every customer of the list quoted by the older and by the newer rules; nothing is written.

    Raises:
        UsageError: with every mistake in the flags.
    """
    newer = rules(new, settings)
    said = {**_OF_NONE, **flags, "input_": flags["impact"], "against": flags["old"]}
    request, around = prepared(_ImpactReader(said, settings, newer), None)
    with scratch() as folder:
        job = Job(request, around, folder)
        return Impact(request, job.run(), job.table)


class _ImpactReader(RequestReader):
    """Reads what is asked of the list; of files there is only that of the refused rows."""

    older_flag = "OLD"

    def targets(self) -> Targets:
        refused = self.file("--rejects", self.text("rejects"))
        self.check_rejects(self.settings.out, refused)
        return Targets.of(None, refused, self.settings.force)

    def catalogues(self) -> tuple[str | None, ...]:
        return self.text("new"), self.text("against")
