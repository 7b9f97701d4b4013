"""From a quote's file to whether its figures are right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from supportcli.advice.quotation import Quotation, quoted_again
from supportcli.advice.verification import Difference, Today, Verified, differences
from supportcli.cli.run.page_again import printed
from supportcli.cli.run.render import drawn
from supportcli.cli.settings import Settings, checked_settings
from supportcli.core.catalogue import Catalogue
from supportcli.errors import CatalogueError, ExitCode, Message, Problem, UsageError
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.excerpt import excerpt
from supportcli.inputs.catalogue.loader import catalogue_of, load_catalogue
from supportcli.inputs.quotes.carried import Carried, read_quote
from supportcli.inputs.quotes.deal import QuotedDeal, quoted_deal, quoted_until
from supportcli.language import Language
from supportcli.outputs.document.verification import verification
from supportcli.outputs.formats.json.quotation import figures_json, is_sealed
from supportcli.outputs.formats.json.values import Json
from supportcli.safe import safe

_COMPUTED = ("costs", "next_plans")
_LATER = ("renewals",)  # quotes of before do not tell them


def verified(flags: Mapping[str, object], language: Language) -> ExitCode:
    """Every figure that differs; exit 1 where one does, 2 where the file is no quote."""
    settings = checked_settings(flags, language, "verify")
    path = Path(str(flags["file"]))
    carried = read_quote(path)
    try:
        found = _verified(carried, settings)
    except UsageError as error:
        problems = [
            problem if problem.where.startswith("--") else Problem(str(path), problem.message)
            for problem in error.problems
        ]
        raise UsageError(problems) from None
    settings.deliver(_written(found, settings), [path])
    return ExitCode.DONE if found.right else ExitCode.FAILED


def _verified(carried: Carried, settings: Settings) -> Verified:
    told = carried.told
    said, rules, letter = quoted_deal(told), told.get("rules"), _part(told, "quote")
    quoted, until = _again(_carried_rules(rules), said), quoted_until(told)
    today = _today(told, said, settings)
    return Verified(
        str(letter.get("number", "")),
        str(_part(told, "catalogue").get("id", "")),
        tuple(_wrong(told, quoted, settings.language)),
        carried.whole,
        is_sealed(told),
        carried.changed,
        quoted,
        today,
        until if until is not None and until < settings.today else None,
        printed(carried, said, quoted, today),
    )


def _part(told: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = told.get(name)
    return part if isinstance(part, Mapping) else {}


def _carried_rules(rules: object) -> Catalogue:
    """The rule that the file carries, as a catalogue."""
    try:
        return catalogue_of(json.dumps(rules, ensure_ascii=False).encode(), "rules")
    except CatalogueError as error:
        raise UsageError(error.problems) from None


def _again(catalogue: Catalogue, said: QuotedDeal) -> Quotation | None:
    """The same plans by the rules of a catalogue; None where one of them is not there any more."""
    try:
        return quoted_again(catalogue, *said)
    except UsageError:
        return None


def _wrong(
    told: Mapping[str, object], quoted: Quotation | None, language: Language
) -> list[Difference]:
    """The figures that are not what the carried rule gives."""
    stated = told.get("result")
    computed = _figures(quoted, language)
    if not isinstance(stated, Mapping):
        return [Difference("result", stated, None)]
    names = (*_COMPUTED, *(name for name in _LATER if name in stated))
    named = {name: stated.get(name) for name in names}
    return list(differences(named, {name: computed.get(name) for name in names}, "result"))


def _figures(quoted: Quotation | None, language: Language) -> Json:
    return {} if quoted is None else figures_json(quoted, language)


def _today(told: Mapping[str, object], said: QuotedDeal, settings: Settings) -> Today | None:
    """What the catalogue of today makes of the same deal; None where there is no such catalogue."""
    named, rules, given = _part(told, "catalogue"), _part(told, "rules"), settings.text("plans")
    name = given or str(named.get("id"))
    if given is None and name not in SHIPPED:
        return None
    catalogue = load_catalogue(name)
    if catalogue.id != named.get("id"):
        words = Message(
            "is the catalogue {name}; the quote is of {other}",
            name=catalogue.id,
            other=safe(str(named.get("id"))),
        )
        raise UsageError([Problem("--plans", words)])
    same = catalogue.sha256 == named.get("sha256")
    plans = rules.get("plans")
    ids = [str(plan["id"]) for plan in plans] if isinstance(plans, list) else []
    altered = same and json.loads(json.dumps(excerpt(name, ids))) != rules
    return Today(catalogue, same, altered, _again(catalogue, said))


def _written(found: Verified, settings: Settings) -> str:
    if settings.form == "json":
        from supportcli.outputs.formats.json.values import written
        from supportcli.outputs.formats.json.verification import verification_json

        return written(verification_json(found, settings.language))
    return drawn(verification(found, settings.language), settings)
