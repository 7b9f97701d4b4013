"""What the JSON of every command is made of: the envelope, and one way to write each value.

A contract, to which keys are added and never renamed. Money is a decimal string with at least the
decimals of its currency's minor unit, unknown is null, times are ISO 8601, ids are the catalogue's,
keys are English in every language.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypedDict, Unpack

from supportcli.advice.quote import Charge
from supportcli.core.catalogue import Catalogue
from supportcli.core.conditions import Validity
from supportcli.core.duration import Duration
from supportcli.core.money import (
    Money,
    exact_decimal,
    finite,
    nearest_money,
    round_half_up,
    round_up,
)
from supportcli.core.source import Cite, Source
from supportcli.core.text import Text
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.safe import safe

SCHEMA_VERSION = 1

Json = Mapping[str, object]


class Around(TypedDict, total=False):
    """What may stand around a result, in this order."""

    as_of: str | None
    catalogue: Json
    inputs: Json
    assumptions: Sequence[Json]
    sources: Sequence[Json]
    warnings: Sequence[str]


def document(command: str, result: Json, **around: Unpack[Around]) -> Json:
    """One command's answer whole."""
    return {"schema_version": SCHEMA_VERSION, "command": command, **around, "result": result}


def written(answer: Json) -> str:
    """An answer as text, ending with a line break."""
    return json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def catalogue_json(catalogue: Catalogue) -> Json:
    """Which catalogue."""
    return {"id": catalogue.id, "sha256": catalogue.sha256, **_supposed(catalogue)}


def rules_json(catalogue: Catalogue, as_of: datetime.date, reading: str) -> Json:
    """Which catalogue, of which day, under which reading."""
    return {
        "id": catalogue.id,
        "as_of": day(as_of),
        "sha256": catalogue.sha256,
        "reading": reading,
        **_supposed(catalogue),
    }


def _supposed(catalogue: Catalogue) -> Json:
    """What was supposed of the fees, where anything was: they are then not those of the file."""
    return {"what_if": [safe(text) for text in catalogue.what_if]} if catalogue.what_if else {}


def confirmed(rules: Json, by: str | None) -> Json:
    """The same with who confirmed the reading (null: nobody)."""
    return {**rules, "confirmed_by": by and safe(by)}


def amount(value: Decimal | Money | None) -> str | None:
    """An amount that was rounded, or that is exact already."""
    if isinstance(value, Money):
        value = value.amount
    return None if value is None else f"{value:f}"


def charge_json(charge: Charge) -> Json:
    """What is charged, and its parts as far as they are known."""
    return {
        "total": amount(charge.total),
        "prepaid": amount(charge.prepaid),
        "postpaid": amount(charge.postpaid),
    }


def exact(value: Fraction | None, currency: str) -> str | None:
    """An amount of money unrounded; for finite decimals only."""
    return None if value is None else amount(exact_decimal(value, currency))


def nearest(value: Fraction, currency: str) -> str | None:
    """An amount of money unrounded where that can be written, else rounded half up."""
    return amount(nearest_money(value, currency))


def rounded(value: Fraction | None, currency: str) -> str | None:
    """Where a line of a fee begins or ends, rounded half up."""
    return None if value is None else amount(round_half_up(value, currency))


def reached(value: Fraction | None, currency: str) -> str | None:
    """The first amount of money from which on something holds."""
    return None if value is None else amount(round_up(value, currency))


def number(value: Fraction) -> str:
    """A quantity, with the decimals that it needs."""
    return f"{finite(value):f}"


def day(value: datetime.date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return value.isoformat() if value else None


def time(value: Duration | None) -> str | None:
    """A time until the first response; `hours` says of which kind it is."""
    return value.iso() if value else None


def hours(value: Duration | None) -> str | None:
    """Whether a time counts by the calendar or by business hours."""
    return value.hours if value else None


def told(value: object, language: Language) -> object:
    """Any value, with the times, sources and words in it written as everywhere."""
    match value:
        case Text() | Message():
            return language.text(value)
        case Duration():
            return time(value)
        case Cite():
            return cited(value)
        case dict():
            return {name: told(each, language) for name, each in value.items()}
        case list():
            return [told(each, language) for each in value]
        case _:
            return value


def said(messages: Iterable[Message], language: Language) -> list[str]:
    """Sentences in the language of the answer."""
    return [language.say(message) for message in messages]


def source_json(source: Source, language: Language) -> Json:
    """A source: what it is, how sure, when, where."""
    return {
        "id": source.id,
        "title": language.text(source.title),
        "level": source.level,
        "date": day(source.date),
        "url": source.url,
        "read": day(source.read),
    }


def cited(cite: Cite) -> str | None:
    """A place in a source, where one is named."""
    return str(cite) or None


def how_to_buy_json(catalogue: Catalogue, language: Language) -> Json | None:
    """How one gets a plan, and who says so."""
    how = catalogue.how_to_buy
    return how and {"text": language.text(how.text), "source": cited(how.cite)}


def validity_json(validity: Validity) -> Json:
    """From when to when a plan is in force, and what follows it."""
    return {
        "valid_from": day(validity.valid_from),
        "closed_to_new": day(validity.closed_to_new),
        "valid_to": day(validity.valid_to),
        "successor": validity.successor,
    }
