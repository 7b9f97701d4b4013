"""A plan's fee for a spreadsheet, in words: the formula, its table, how to put them in."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from supportcli.advice.lookup import (
    LOOKUP_COLUMNS,
    LookupCells,
    LookupRow,
    lookup_formula,
    lookup_rows,
)
from supportcli.core.catalogue import Catalogue, Reading
from supportcli.core.currencies import minor_digits
from supportcli.core.money import nearest_money
from supportcli.core.plan import Fee, Plan
from supportcli.errors import Message
from supportcli.language import Language
from supportcli.outputs.document.catalogues import fee_rule, fee_span
from supportcli.record import NamedTuple

NAMED_CELLS = LookupCells("s", *LOOKUP_COLUMNS)
FIRST_ROW = 2  # below the heading


class SheetFee(NamedTuple):
    """A plan's fee of a month under one reading, by the rules of a day; `app` is where it goes.

    `notes` say what may make it another: what sources contradict, prices that are due for review.
    """

    catalogue: Catalogue
    plan: Plan
    reading: Reading
    fee: Fee
    day: datetime.date
    app: str
    notes: tuple[Message, ...] = ()

    @property
    def rows(self) -> tuple[LookupRow, ...]:
        """The table."""
        return lookup_rows(self.fee.total, self.plan.currency)

    @property
    def formula(self) -> str:
        """With the names of the cells."""
        return lookup_formula(NAMED_CELLS, minor_digits(self.plan.currency))

    @property
    def placed(self) -> LookupCells:
        """Where the cells are if the table was pasted at A1; the spend stands beside it."""
        last = FIRST_ROW + len(self.rows) - 1
        return LookupCells("E2", *(f"${c}${FIRST_ROW}:${c}${last}" for c in "ABC"))

    @property
    def placed_formula(self) -> str:
        """Without names."""
        return lookup_formula(self.placed, minor_digits(self.plan.currency))


def sheet_fee_text(found: SheetFee, language: Language, quiet: bool) -> str:
    """The formula and the table with tabs between the cells; quietly nothing else."""
    if found.plan.free:
        words = Message("{plan} is free at every spend: it needs no formula.", plan=found.plan.name)
        return f"{language.say(words)}\n"
    core = (found.formula, "", *_table(found))
    if quiet:
        return _lines(core)
    say = language.say
    return _lines((*_about(found, language), "", *core, "", *map(say, _how(found))))


def _lines(lines: tuple[str, ...]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _table(found: SheetFee) -> Iterator[str]:
    yield "\t".join(LOOKUP_COLUMNS)
    yield from ("\t".join(row.cells) for row in found.rows)


def _about(found: SheetFee, language: Language) -> Iterator[str]:
    """Which fee it is, and of which spend."""
    catalogue, plan, say = found.catalogue, found.plan, language.say
    yield say(
        Message(
            "{plan} ({catalogue}): the fee of one account and month in {currency}",
            plan=plan.name,
            catalogue=catalogue.name,
            currency=plan.currency,
        )
    )
    yield say(Message("Fee: {rule}", rule=_rule(found, language)))
    if len(catalogue.readings) > 1:
        words = Message("{name} ({brief})", name=found.reading.name, brief=found.reading.in_brief)
        yield say(Message("Reading: {reading}", reading=words))
    yield say(Message("s, the spend: {words}", words=catalogue.spend))
    yield from (say(Message("Note: {words}", words=words)) for words in found.notes)


def _rule(found: SheetFee, language: Language) -> Message:
    rule = fee_rule(found.catalogue, found.plan, language)
    ends = found.plan.validity.valid_to
    told = fee_span(found.plan, found.day) or ([Message("until {date}", date=ends)] if ends else [])
    span = (*told, Message("rules as of {date}", date=found.day))
    return Message("{rule} ({span})", rule=rule, span=span)


def _how(found: SheetFee) -> Iterator[Message]:
    """What to do with them, and what the formula leaves out."""
    yield Message("1. Paste the table, its heading too, into A1 of an empty sheet.")
    yield Message("2. {names}", names=_naming(found))
    yield Message(
        "Without names, in the same sheet, for a spend in E2 (copy it down): {formula}",
        formula=found.placed_formula,
    )
    yield Message("Where decimals have a comma, write them so and ; between the arguments.")
    yield Message(
        "Starts are rounded up to the smallest unit of {currency}; for spends in that unit the fee "
        "is exact.",
        currency=found.plan.currency,
    )
    if found.fee.yearly:
        yearly = nearest_money(found.fee.yearly, found.plan.currency)
        yield Message("Not in it: {yearly}, once a year, in its first month.", yearly=yearly)
    yield Message("It is of a whole month, before discount and tax.")


def _naming(found: SheetFee) -> Message:
    """How cells get their names in that program."""
    last = FIRST_ROW + len(found.rows) - 1
    if found.app == "excel":
        return Message(
            "Select A1:C{last}, Formulas > Create from Selection > Top row; name the cell of the "
            "spend s (Formulas > Define Name).",
            last=last,
        )
    return Message(
        "Data > Named ranges: starts is A2:A{last}, bases B2:B{last}, rates C2:C{last}, s the "
        "cell of the spend.",
        last=last,
    )
