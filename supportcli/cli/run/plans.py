"""From the flags of the `plans` commands to their answers."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from supportcli.cli.run.render import drawn
from supportcli.cli.run.understand import overdue, supposed, supposing
from supportcli.cli.settings import Settings, checked_settings
from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import Plan
from supportcli.errors import (
    ExitCode,
    Message,
    Problem,
    SupportCliError,
    UsageError,
    contradicts,
    quoted,
)
from supportcli.inputs.answers.reader import AnswerReader
from supportcli.inputs.answers.sources import from_flags
from supportcli.inputs.catalogue.bundled import DEFAULT, SHIPPED, find_shipped, paths_of
from supportcli.inputs.catalogue.loader import load_catalogue
from supportcli.inputs.values.amount import read_amount
from supportcli.inputs.values.names import names_of, nearest, read_name
from supportcli.language import Language
from supportcli.outputs.console import write_file_out

if TYPE_CHECKING:
    from supportcli.cli.run.impact import Impact

_SCHEMAS = Path(__file__).resolve().parent.parent.parent / "schemas"
_KINDS = ("catalogue", "output")
_OF_DIFF = (
    *("old", "new", "impact", "spend", "what_if", "quantity", "output", "out", "force"),
    *("quiet", "lang", "no_color", "width", "debug"),
)
"""The flags of `plans diff` that belong to no list of customers."""


def list_catalogues(flags: Mapping[str, object], language: Language) -> ExitCode:
    """The shipped catalogues or the one that is named; with a day, what is in force on it."""
    settings = checked_settings(flags, language, "plans list")
    named = settings.text("plans")
    if flags["file"] is not None:
        if named is not None and named != flags["file"]:
            raise UsageError([Problem(str(flags["file"]), contradicts("--plans"))])
        named = str(flags["file"])
    catalogues = [load_catalogue(name) for name in ([named] if named else SHIPPED)]
    day = settings.as_of if "as_of" in settings.given else None
    if day is not None:
        catalogues = [catalogue.on(day) for catalogue in catalogues]
    if settings.form == "json":
        from supportcli.outputs.formats.json.catalogues import listing_json
        from supportcli.outputs.formats.json.values import written

        settings.deliver(written(listing_json(catalogues, settings.language, day)))
    else:
        from supportcli.outputs.document.catalogues import listing

        settings.deliver(
            drawn(listing(catalogues, day, settings.today, settings.language), settings)
        )
    return ExitCode.DONE


def show_plan(flags: Mapping[str, object], language: Language) -> ExitCode:
    """One plan of the catalogue that is named, else of the first shipped one that has it."""
    settings = checked_settings(flags, language, "plans show")
    catalogue, plan = found_plan(str(flags["plan"]), settings.text("plans"))
    day = settings.as_of if "as_of" in settings.given else None
    past = overdue(settings, catalogue)
    if settings.form == "json":
        for words in past:
            settings.warn(words)
        from supportcli.outputs.formats.json.plan import sheet_json
        from supportcli.outputs.formats.json.values import written

        settings.deliver(
            written(sheet_json(catalogue, plan if day is None else plan.on(day), settings.language))
        )
    else:
        from supportcli.outputs.document.plan import sheet

        settings.deliver(drawn(sheet(catalogue, plan, day, settings.language, past), settings))
    return ExitCode.DONE


def compare(flags: Mapping[str, object], language: Language) -> ExitCode:
    """What differs between two catalogues; with a spend or a list of customers also in money."""
    from supportcli.advice.difference import differences, fee_changes

    settings = checked_settings(flags, language, "plans diff")
    names = str(flags["old"]), str(flags["new"])
    old, new = load_catalogue(names[0]), supposing(settings, names[1])
    found = _impact(flags, settings, new)
    spend = _spend(flags, new)
    changes = differences(old, new)
    quantities = quantities_of(flags, new)
    fees = fee_changes(old, new, spend, quantities) if spend is not None else ()
    read = [*paths_of(*names), *(found.request.files if found else ())]
    if settings.form == "json":
        from supportcli.outputs.formats.json.checks import difference_json
        from supportcli.outputs.formats.json.values import written

        told = found and found.json(settings)
        settings.deliver(
            written(difference_json(old, new, changes, fees, told, settings.language)), read
        )
    else:
        from supportcli.outputs.document.checks import difference_report, money_report
        from supportcli.outputs.document.model import Block, Sentence

        notes = (Sentence(settings.language.say(words)) for words in supposed(settings))
        blocks: list[Block] = [*notes, *difference_report(old, new, changes, settings.language)]
        if spend is not None:
            blocks += money_report(old, new, spend, fees, settings.language)
        if found is not None:
            blocks += found.blocks(settings)
        settings.deliver(drawn(blocks, settings), read)
    return found.exit_code if found else ExitCode.DONE


def _impact(flags: Mapping[str, object], settings: Settings, new: Catalogue) -> Impact | None:
    """What the new rules do to a list of customers, where there is one."""
    if flags["impact"] is None:
        _refuse_without_list(flags)
        return None
    from supportcli.cli.run.impact import impact_of

    return impact_of(flags, settings, new)


def _refuse_without_list(flags: Mapping[str, object]) -> None:
    """Refuse what is said of a list of customers, or of a spend, where there is none.

    Raises:
        UsageError: with each of the flags.
    """
    given = from_flags({name: value for name, value in flags.items() if name not in _OF_DIFF})
    message = Message("means nothing without {flag}; give both", flag="--impact")
    problems = [Problem(each.origin.rstrip("-"), message) for each in given.values()]
    if flags["quantity"] and flags["spend"] is None:
        either = Message(
            "means nothing without {flag} or {other}; give one of them",
            flag="--spend",
            other="--impact",
        )
        problems.append(Problem("--quantity", either))
    if problems:
        raise UsageError(problems)


def export(flags: Mapping[str, object], language: Language) -> ExitCode:
    """A shipped catalogue, byte for byte; in UTF-8 whatever standard output can hold."""
    settings = checked_settings(flags, language, "plans export")
    path, _ = find_shipped(str(flags["name"]))
    if settings.out is None:
        write_file_out(path)
    else:
        settings.save(settings.out, path.read_text(encoding="utf-8"), [path])
    return ExitCode.DONE


def print_schema(flags: Mapping[str, object], language: Language) -> ExitCode:
    """The schema of a catalogue, or of the JSON that every command writes."""
    settings = checked_settings(flags, language, "plans schema")
    kind = str(flags["kind"] or _KINDS[0])
    if kind not in _KINDS:
        message = Message("{text} is not one of: {known}", text=quoted(kind), known=_KINDS)
        raise UsageError([Problem("--kind", message)])
    settings.deliver((_SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))
    return ExitCode.DONE


def found_plan(text: str, named: str | None) -> tuple[Catalogue, Plan]:
    """The plan of that id or name in the catalogue that is named, else in the usual one.

    In the other shipped ones where that has none; what several of them have is refused.
    """
    usual = load_catalogue(named or DEFAULT)
    if named or names_of(usual.plans).has(text):
        return usual, usual.plan(read_name(text, usual.plans))
    catalogues = [usual, *(load_catalogue(name) for name in SHIPPED if name != DEFAULT)]
    plans = {plan.id: (each, plan) for each in catalogues for plan in each.plans}
    by_name = [names_of(each.plans) for each in catalogues]
    found = dict.fromkeys(each for names in by_name for each in names.all_called(text))
    if len(found) == 1:
        return plans[next(iter(found))]
    raise UsageError(_no_plan(text, tuple(found), dict(ChainMap(*map(dict, by_name)))))


def _no_plan(text: str, found: tuple[str, ...], known: Mapping[str, str]) -> Message:
    """Why a text names no plan: several have that name, or none has."""
    plan, near = quoted(text), nearest(text, known)
    if found:
        return Message("{plan} could be any of: {known}; name one of them", plan=plan, known=found)
    if near:
        return Message(
            "no shipped catalogue has a plan {plan}; did you mean {near}?", plan=plan, near=near
        )
    return Message("no shipped catalogue has a plan {plan}; see supportcli plans list", plan=plan)


def _spend(flags: Mapping[str, object], catalogue: Catalogue) -> Fraction | None:
    if flags["spend"] is None:
        return None
    try:
        return read_amount(str(flags["spend"]), catalogue.currency, "month").value
    except SupportCliError as error:
        raise UsageError([Problem("--spend", p.message) for p in error.problems]) from error


def quantities_of(flags: Mapping[str, object], catalogue: Catalogue) -> Mapping[str, Fraction]:
    """The numbers that --quantity gives.

    Raises:
        UsageError: every mistake in them.
    """
    reader = AnswerReader(catalogue)
    answers = reader.read(from_flags({"quantity": flags["quantity"]}))
    if reader.problems:
        raise UsageError(reader.problems)
    return answers.quantities
