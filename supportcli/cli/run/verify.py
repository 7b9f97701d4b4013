"""From a quote's file to whether its figures are right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from supportcli.advice.verification import Verified
from supportcli.cli.run.render import drawn
from supportcli.cli.settings import Settings, checked_settings
from supportcli.errors import ExitCode, Problem, UsageError
from supportcli.inputs.quotes.carried import read_quote
from supportcli.language import Language
from supportcli.outputs.document.verification import verification
from supportcli.quotes.verify import verified as computed_again


def verified(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Every figure that differs; exit 1 where one does, 2 where the file is no quote."""
    settings = checked_settings(flags, language, "verify")
    path = Path(str(flags["file"]))
    carried = read_quote(path)
    try:
        found = computed_again(carried, settings.text("plans"), settings.today, settings.language)
    except UsageError as error:
        problems = [
            problem if problem.where.startswith("--") else Problem(str(path), problem.message)
            for problem in error.problems
        ]
        raise UsageError(problems) from None
    settings.deliver(_written(found, settings), [path])
    return ExitCode.DONE if found.right else ExitCode.FAILED


def _written(found: Verified, settings: Settings) -> str:
    if settings.form == "json":
        from supportcli.outputs.formats.json.values import written
        from supportcli.outputs.formats.json.verification import verification_json

        return written(verification_json(found, settings.language))
    return drawn(verification(found, settings.language), settings)
