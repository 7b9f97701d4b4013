"""From the flags of `plans check` and `plans test` to what they find."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.cli.run.render import drawn
from supportcli.cli.settings import Settings, checked_settings
from supportcli.errors import ExitCode, Message, Problem, UsageError
from supportcli.inputs.catalogue.bundled import SHIPPED, paths_of
from supportcli.inputs.catalogue.loader import check_catalogue, load_catalogue
from supportcli.language import Language


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
        finding = Message("finding")
        lines = [settings.language.problem(problem) for problem in checked.problems]
        lines += [
            settings.language.problem(
                Problem(f"{where}: {settings.language.say(finding)}", message)
            )
            for where, message in checked.findings
        ]
        summary = Message(
            "{file}: {mistakes} mistakes, {findings} findings",
            file=name,
            mistakes=len(checked.problems),
            findings=len(checked.findings),
        )
        text = "".join(f"{line}\n" for line in [*lines, settings.language.say(summary)])
        settings.deliver(text, paths_of(name))
    failed = checked.problems or (flags["strict"] and checked.findings)
    return ExitCode.CATALOGUE if failed else ExitCode.DONE


def _check_facts(flags: Mapping[str, object], settings: Settings) -> ExitCode:
    """Who says each figure and when; of the shipped catalogues where none is named."""
    from supportcli.advice.facts import figures

    name = None if flags["file"] is None else str(flags["file"])
    names = SHIPPED if name is None else (name,)
    found = [(one, figures(one)) for one in map(load_catalogue, names)]
    if settings.form == "json":
        from supportcli.outputs.formats.json.facts import facts_json
        from supportcli.outputs.formats.json.values import written

        answer = written(facts_json(name, found, settings.language))
    else:
        from supportcli.outputs.document.facts import facts_report

        answer = drawn(facts_report(found, settings.language), settings)
    settings.deliver(answer, paths_of(*names))
    weak = any(figure.weak for _, each in found for figure in each)
    return ExitCode.CATALOGUE if flags["strict"] and weak else ExitCode.DONE


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
