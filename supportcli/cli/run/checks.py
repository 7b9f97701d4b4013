"""From the flags of `plans check` and `plans test` to what they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from supportcli.cli.run.render import drawn
from supportcli.cli.settings import Settings, checked_settings
from supportcli.errors import ExitCode, Message, Problem, UsageError
from supportcli.inputs.catalogue.bundled import SHIPPED, paths_of
from supportcli.inputs.catalogue.loader import CheckedCatalogue, check_catalogue, load_catalogue
from supportcli.language import Language

if TYPE_CHECKING:
    from supportcli.outputs.document.model import Block


def check_file(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Every mistake and every finding, a line each; exit 3 where there are mistakes."""
    settings = checked_settings(flags, language, "plans check")
    if flags["facts"]:
        return _check_facts(flags, settings)
    if flags["file"] is None:
        raise UsageError(Message("{name} is missing; see --help", name="FILE|NAME"))
    name = str(flags["file"])
    checked = check_catalogue(name)
    if settings.form == "json":
        from supportcli.outputs.formats.json.checks import check_json
        from supportcli.outputs.formats.json.values import written

        settings.deliver(
            written(check_json(name, checked.problems, checked.findings, settings.language)),
            paths_of(name),
        )
    else:
        lines = [settings.language.problem(problem) for problem in checked.problems]
        lines += _finding_lines(checked.findings, settings.language)
        summary = settings.language.say(_summary(name, checked))
        text = "".join(f"{line}\n" for line in [*lines, summary])
        settings.deliver(text, paths_of(name))
    failed = checked.problems or (flags["strict"] and checked.findings)
    return ExitCode.CATALOGUE if failed else ExitCode.DONE


def _summary(name: str, checked: CheckedCatalogue) -> Message:
    return Message(
        "{file}: {mistakes} mistakes, {findings} findings",
        file=name,
        mistakes=len(checked.problems),
        findings=len(checked.findings),
    )


def _finding_lines(findings: Sequence[Problem], language: Language) -> list[str]:
    word = language.say(Message("finding"))
    return [language.problem(Problem(f"{where}: {word}", message)) for where, message in findings]


def _check_facts(flags: Mapping[str, object], settings: Settings) -> ExitCode:
    """Who says each figure and when; of the shipped catalogues where none is named.

    What is found in each without regard to sources is told too.
    """
    from supportcli.advice.facts import facts_of

    name = None if flags["file"] is None else str(flags["file"])
    names = SHIPPED if name is None else (name,)
    found = [*map(facts_of, map(load_catalogue, names))]
    checked = {one: check_catalogue(one) for one in names}
    findings = [finding for each in checked.values() for finding in each.findings]
    if settings.form == "json":
        from supportcli.outputs.formats.json.facts import facts_json
        from supportcli.outputs.formats.json.values import written

        answer = written(facts_json(name, found, findings, settings.language))
    else:
        from supportcli.outputs.document.facts import facts_report

        blocks = [*facts_report(found, settings.language), *_findings(checked, settings.language)]
        answer = drawn(blocks, settings)
    settings.deliver(answer, paths_of(*names))
    weak = any(each.weak for each in found)
    return ExitCode.CATALOGUE if flags["strict"] and (weak or findings) else ExitCode.DONE


def _findings(checked: Mapping[str, CheckedCatalogue], language: Language) -> Iterator[Block]:
    """What was found in each catalogue in which something was."""
    from supportcli.outputs.document.model import Heading, Points

    for name, one in checked.items():
        if one.findings:
            yield Heading(language.say(_summary(name, one)))
            yield Points(tuple(_finding_lines(one.findings, language)))


def run_examples(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Every example priced; exit 3 where one does not hold."""
    from supportcli.advice.examples import check_examples

    settings = checked_settings(flags, language, "plans test")
    name = str(flags["file"])
    catalogue = load_catalogue(name)
    outcomes = check_examples(catalogue)
    if not outcomes:
        settings.tell(Message("the catalogue has no examples; add some under examples"))
    if settings.form == "json":
        from supportcli.outputs.formats.json.checks import examples_json
        from supportcli.outputs.formats.json.values import written

        settings.deliver(written(examples_json(catalogue, outcomes)), paths_of(name))
    else:
        from supportcli.outputs.document.checks import examples_report

        blocks = examples_report(catalogue, outcomes, settings.language)
        settings.deliver(drawn(blocks, settings), paths_of(name))
    holds = all(outcome.holds for outcome in outcomes)
    return ExitCode.DONE if holds else ExitCode.CATALOGUE
