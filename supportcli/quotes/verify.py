"""Whether the figures of a quote's file are right."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

from supportcli.advice.bounds import one_of
from supportcli.advice.quotation import Quotation, quoted_again
from supportcli.advice.verification import Difference, Today, Verified, differences
from supportcli.core.catalogue import Catalogue
from supportcli.errors import CatalogueError, Message, Problem, UsageError
from supportcli.inputs.catalogue.bundled import SHIPPED
from supportcli.inputs.catalogue.excerpt import excerpt
from supportcli.inputs.catalogue.loader import catalogue_of, load_catalogue
from supportcli.inputs.quotes.carried import Carried, read_quote
from supportcli.inputs.quotes.deal import QuotedDeal, quoted_deal, quoted_until
from supportcli.language import LANGUAGES, Language, load_language
from supportcli.outputs.formats.json.quotation import figures_json, is_sealed
from supportcli.outputs.formats.json.values import Json
from supportcli.quotes.page_again import printed
from supportcli.safe import safe

_COMPUTED = ("costs", "next_plans")
_LATER = ("renewals",)  # quotes of before do not tell them


def verify_quote(
    path: str | Path,
    plans: str | None = None,
    *,
    today: datetime.date,
    lang: str = "en",
) -> Verified:
    """Whether what a quote states is what its rule gives, and what the catalogue of today gives.

    Figures are computed again from the rule that the file carries and compared to the cent.

    Args:
        path: the JSON, HTML, Markdown or XLSX form of a quote.
        plans: the catalogue of today as `load_catalogue` takes it (default: the shipped one of the
            quote; where there is none, `today` of the result is None).
        today: the day on which a quote can be past its last.
        lang: en or zh, of the sentences among the figures.

    Raises:
        UsageError: the file cannot be read or is no quote, or the catalogue is another vendor's.
        CatalogueError: the catalogue cannot be read.
    """
    language = load_language(one_of(lang, LANGUAGES))
    return verified(read_quote(Path(path)), plans, today, language)


def verified(
    carried: Carried, plans: str | None, today: datetime.date, language: Language
) -> Verified:
    """The same of a quote that was read."""
    told = carried.told
    said, rules, letter = quoted_deal(told), told.get("rules"), _part(told, "quote")
    quoted, until = _again(_carried_rules(rules), said), quoted_until(told)
    now = _today(told, said, plans)
    return Verified(
        str(letter.get("number", "")),
        str(_part(told, "catalogue").get("id", "")),
        tuple(_wrong(told, quoted, language)),
        carried.whole,
        is_sealed(told),
        carried.changed,
        quoted,
        now,
        until if until is not None and until < today else None,
        printed(carried, said, quoted, now),
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


def _today(told: Mapping[str, object], said: QuotedDeal, given: str | None) -> Today | None:
    """What the catalogue of today makes of the same deal; None where there is no such catalogue."""
    named, rules = _part(told, "catalogue"), _part(told, "rules")
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
