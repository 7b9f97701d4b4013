"""Cell texts to values: each distinct text is read once, by the functions that `advise` uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import get_args

from supportcli.advice.refusals import CellCode
from supportcli.advice.rules import MONTHLY, SERIES
from supportcli.batch.request import Ask, PriceDefaults
from supportcli.core.duration import Duration
from supportcli.core.money import finite
from supportcli.core.piecewise import ZERO
from supportcli.core.text import NamedThing
from supportcli.errors import Message, SupportCliError
from supportcli.inputs.customers.cells import (
    read_account,
    read_count,
    read_discount,
    read_discount_on,
    read_paid_discount,
    read_plan,
    read_reading,
    read_response,
    read_tax,
    read_tax_rate,
)
from supportcli.inputs.customers.row_units import read_currency, read_unit
from supportcli.inputs.customers.schema import Column
from supportcli.inputs.customers.spend import could_be_thousands, read_spend
from supportcli.inputs.customers.text import CellError
from supportcli.inputs.values import names
from supportcli.inputs.values.texts import blank
from supportcli.needs.need import Need
from supportcli.needs.registry import KINDS
from supportcli.record import NamedTuple

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


def kinds_of(ask: Ask, columns: Sequence[Column]) -> Mapping[str, ValueKind]:
    """For every meaning but the spends and the account how its texts are read."""
    stated = {column.factor for column in columns if column.stated}
    catalogue = ask.same.rules.catalogue
    readings = catalogue.readings
    off = ask.off if ask.off is not None else Fraction(0)
    return {
        **{kind.column: _need_kind(kind, ask) for kind in KINDS if kind.column},
        "accounts": ValueKind(
            ("INTEGER",), (ask.same.accounts,), lambda t: (read_count(t, "accounts"),)
        ),
        "months": ValueKind(("INTEGER",), (ask.same.months,), lambda t: (read_count(t, "months"),)),
        "plan": ValueKind(("VARCHAR",), (None,), lambda t: (read_plan(t, catalogue),)),
        "current_plan": ValueKind(
            ("VARCHAR",),
            (ask.same.needs.current_plan,),
            lambda t: (read_plan(t, catalogue),),
        ),
        "reading": ValueKind(
            ("VARCHAR",),
            (ask.same.rules.reading,),
            lambda t: (read_reading(t, readings),),
        ),
        "paid_discount": ValueKind(
            ("BIGINT", "BIGINT"),
            _ratio(off),
            lambda t: _ratio(read_paid_discount(t)),
            "discount_missing" if ask.paid and ask.off is None else None,
        ),
        **_price_kinds(ask.price),
        "currency": ValueKind(
            ("VARCHAR",), (catalogue.currency,), lambda t: (read_currency(t, catalogue.currency),)
        ),
        "unit": ValueKind(
            ("INTEGER",), (None,), lambda t: (read_unit(t, catalogue.currency, stated),)
        ),
    }


PRICE_COLUMNS = ("discount", "discount_on", "tax_mode", "tax_rate")
_RATE = "DECIMAL(10, 8)"


def _price_kinds(price: PriceDefaults) -> Mapping[str, ValueKind]:
    """What was agreed on price; a tax that is said in part is missing in the rest."""
    return {
        "discount": ValueKind(
            (_RATE,), (finite(price.discount or ZERO),), lambda t: (finite(read_discount(t)),)
        ),
        "discount_on": ValueKind(
            ("BOOLEAN",), (price.prepaid is not False,), lambda t: (read_discount_on(t),)
        ),
        "tax_mode": ValueKind(
            ("BOOLEAN",),
            (price.included is not False,),
            lambda t: (read_tax(t),),
            "tax_missing" if price.included is None else None,
        ),
        "tax_rate": ValueKind(
            (_RATE,),
            (finite(price.tax_rate or ZERO),),
            lambda t: (finite(read_tax_rate(t)),),
            "tax_rate_missing" if price.tax_rate is None else None,
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


class CellTexts:
    """How the texts of cells are read, by what they mean."""

    def duration(self, text: str) -> Duration | None:
        """A time; None where the cell says that none is needed."""
        return read_response(text)

    def count(self, text: str) -> int | None:
        """A whole number in a month; None where the cell says that it is not known."""
        return read_count(text, "tickets")

    def name(self, text: str, things: Iterable[NamedThing]) -> str:
        """The id of one of the catalogue's things, by any of its names."""
        return names.read_name(text, things)


def _need_kind(kind: type[Need], ask: Ask) -> ValueKind:
    catalogue = ask.same.rules.catalogue
    code: CellCode = next(known for known in get_args(CellCode) if known == kind.row[0].code)

    def read(text: str) -> tuple[Value, ...]:
        try:
            return kind.row_values(text, catalogue, CellTexts())
        except CellError:
            raise
        except SupportCliError as error:
            raise CellError(code, error.problems[0].message) from None

    return ValueKind(
        tuple(column.type for column in kind.row),
        kind.row_usual(catalogue, ask.same.needs),
        read,
    )


def _ratio(off: Fraction) -> tuple[Value, ...]:
    """What is left to pay, as a fraction in lowest terms."""
    left = 1 - off
    return left.numerator, left.denominator


_MISSING = {
    "tax_mode": Message("say whether the tax is included or added, or give --tax"),
    "tax_rate": Message("the tax rate is missing; write it like 6%, or give --tax-rate"),
}


def why_refused(ask: Ask, columns: Sequence[Column], column: Column, text: str) -> Message:
    """What to write instead of a cell of one of the columns: its reader's own words."""
    if column.meaning == "paid_discount" and blank(text):
        return Message("the discount is missing; write it like 7折, or give --paid-discount")
    if column.meaning in _MISSING and blank(text):
        return _MISSING[column.meaning]
    try:
        if column.meaning == "account":
            read_account(text)
        elif column.meaning in (MONTHLY, *SERIES):
            read_spend(text, ask.same.rules.catalogue.currency, ask.decimal, column.factor)
        else:
            kinds_of(ask, columns)[str(column.meaning)].read(text)
    except CellError as error:
        return error.message
    return could_be_thousands(text)
