"""Cell texts to values: each distinct text is read once, by the functions that `advise` uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from supportcli.advice.rules import MONTHLY, SERIES
from supportcli.batch.request import Ask
from supportcli.core.duration import Duration
from supportcli.errors import Message, quoted
from supportcli.inputs.customers.cells import (
    names_of,
    read_account,
    read_count,
    read_flag,
    read_name,
    read_paid_discount,
    read_response,
)
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.spend import read_spend
from supportcli.inputs.customers.text import CellError, blank

Value = object


class ValueKind(NamedTuple):
    """How the values of a meaning are held: the columns' SQL types, and what a blank stands for.

    `missing` is the code of a blank cell where no value was given that it could stand for.
    """

    types: tuple[str, ...]
    default: tuple[Value, ...]
    read: Callable[[str], tuple[Value, ...]]
    missing: str | None = None


class Word(NamedTuple):
    """A distinct text and its values, or the code of why it is refused."""

    text: str
    values: tuple[Value, ...]
    code: str | None


def kinds_of(ask: Ask) -> Mapping[str, ValueKind]:
    """For every meaning but the spends and the account how its texts are read."""
    catalogue = ask.rules.catalogue
    gravest = catalogue.severities[0].id
    wanted = next((n.within for n in ask.needs.response if n.severity == gravest), None)
    plans = names_of((plan.id, plan.name) for plan in catalogue.plans)
    readings = names_of((reading.id, reading.name) for reading in catalogue.readings)
    off = ask.off if ask.off is not None else Fraction(0)
    return {
        "response": ValueKind(
            ("INTEGER", "BOOLEAN"), _hours(wanted), lambda t: _hours(read_response(t))
        ),
        "tam": ValueKind(("BOOLEAN",), (bool(ask.needs.tam),), lambda t: (read_flag(t),)),
        "tickets": ValueKind(
            ("INTEGER",), (ask.needs.tickets,), lambda t: (read_count(t, "tickets"),)
        ),
        "accounts": ValueKind(
            ("INTEGER",), (ask.accounts,), lambda t: (read_count(t, "accounts"),)
        ),
        "months": ValueKind(("INTEGER",), (ask.months,), lambda t: (read_count(t, "months"),)),
        "plan": ValueKind(("VARCHAR",), (None,), lambda t: (read_name(t, plans, "plan_unknown"),)),
        "current_plan": ValueKind(
            ("VARCHAR",),
            (ask.needs.current_plan,),
            lambda t: (read_name(t, plans, "plan_unknown"),),
        ),
        "reading": ValueKind(
            ("VARCHAR",),
            (ask.rules.reading,),
            lambda t: (read_name(t, readings, "reading_unknown"),),
        ),
        "paid_discount": ValueKind(
            ("BIGINT", "BIGINT"),
            _ratio(off),
            lambda t: _ratio(read_paid_discount(t)),
            "discount_missing" if ask.paid and ask.off is None else None,
        ),
    }


def words_of(kind: ValueKind, texts: Iterable[str | None]) -> list[Word]:
    """Each text that is not blank with its values, or the code of its refusal."""
    return [_word(kind, text) for text in texts if text is not None and not blank(text)]


def _word(kind: ValueKind, text: str) -> Word:
    try:
        return Word(text, kind.read(text), None)
    except CellError as error:
        return Word(text, (None,) * len(kind.types), error.code)


def _hours(within: Duration | None) -> tuple[Value, ...]:
    return (None, False) if within is None else (within.minutes, within.business)


def _ratio(off: Fraction) -> tuple[Value, ...]:
    """What is left to pay, as a fraction in lowest terms."""
    left = 1 - off
    return left.numerator, left.denominator


def why_refused(ask: Ask, column: Column, text: str) -> Message:
    """What to write instead of a cell that is refused: its reader's own words."""
    if column.meaning == "paid_discount" and blank(text):
        return Message("the discount is missing; write it like 7折, or give --paid-discount")
    try:
        if column.meaning == "account":
            read_account(text)
        elif column.meaning in (MONTHLY, *SERIES):
            read_spend(text, ask.rules.catalogue.currency, ask.decimal, column.factor)
        else:
            kinds_of(ask)[str(column.meaning)].read(text)
    except CellError as error:
        return error.message
    return Message(
        "{text} could be 1000 times as much; say --decimal comma or point", text=quoted(text)
    )
