"""What the header of a list of customers means: names in any order, two languages, with units."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from supportcli.advice.rules import MONTHLY, SPENDS
from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.customers.aliases import (
    Says,
    is_of_either,
    names_customer,
    names_payer,
    other_of,
    spend_of,
)
from supportcli.inputs.customers.context import Above
from supportcli.inputs.customers.months import (
    month_columns,
    series_of,
    series_problems,
    too_many_months,
)
from supportcli.inputs.customers.periods import is_period
from supportcli.inputs.customers.spend_units import SpendUnits, Unit
from supportcli.inputs.customers.suggestions import (
    KNOWN,
    meant_by,
    no_name,
    no_spend,
    not_one,
    orders_by_name,
    same_meanings,
    same_names,
)
from supportcli.inputs.customers.told import (
    other_spans,
    other_taken,
    paid_by_name,
    spends_taken,
)
from supportcli.inputs.customers.unread import like_needs, nearly_known
from supportcli.inputs.values.texts import normal

ColumnBasis = Literal["list", "paid"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file; without a meaning it is carried through as it is.

    Amounts of a column of spend are to be multiplied by its factor, which is `stated` where the
    name says it, or what stands above the header. A column that `names` the customers stands
    beside that of the accounts; one of a `period` says which month a row is of;
    of one that is `ignored` the user said that it is not to be read.
    """

    name: str
    index: int
    meaning: str | None
    factor: int = 1
    currency: str | None = None
    stated: bool = False
    names: bool = False
    period: bool = False
    ignored: bool = False


class Understood(NamedTuple):
    """Every column of the file in its order, and what is to be told of how they were understood.

    Those of the notes on which every amount hangs, as those of units, are in `units` too.
    """

    columns: tuple[Column, ...]
    notes: tuple[Message, ...]
    units: tuple[Message, ...] = ()


def understand(
    header: Sequence[str],
    mapping: Mapping[str, str],
    basis: ColumnBasis | None,
    currency: str,
    ignored: Collection[str] = (),
    unread: Collection[str] = (),
    above: Sequence[Above] = (),
) -> Understood:
    """What each column means.

    Args:
        header: the names as the file has them.
        mapping: a name of ours to the column that is meant; it goes before every guess.
        basis: what a column of spend holds whose name does not say it.
        currency: of the plans.
        ignored: names of ours that no column is to be taken for by its name.
        unread: columns that are to be carried through as they are, whatever they are called.
        above: the rows above the header, of each sheet.

    Raises:
        UsageError: every problem of the header and the mapping at once.
    """
    reading = _Header(header, basis, SpendUnits(header, above, currency), ignored)
    reading.take(mapping)
    reading.leave(unread)
    reading.take_others()
    reading.take_spends()
    reading.check()
    if reading.problems:
        raise UsageError([Problem("", problem) for problem in reading.problems])
    return Understood(reading.columns(), tuple(reading.notes()), reading.unit_notes())


class _Header:
    """The header while it is being understood: meanings by place, and the problems so far."""

    def __init__(
        self,
        header: Sequence[str],
        basis: ColumnBasis | None,
        units: SpendUnits,
        ignored: Collection[str],
    ) -> None:
        self.header = header
        self.ignored = ignored
        self.basis = basis
        self.problems: list[Message] = []
        self.meanings: dict[int, str] = {}
        self.mapped: set[str] = set()
        self.unread: set[int] = set()
        self.units = units
        self.customer: int | None = None
        self.spends = [
            spend_of(normal(name)) or spend_of(unit.stem)
            for name, unit in zip(header, units.named, strict=True)
        ]
        self.months = month_columns(header, units.currency)

    # Which column means what

    def take(self, mapping: Mapping[str, str]) -> None:
        """What the user said each name of ours is; nothing is guessed for such a name."""
        for name, column in mapping.items():
            meaning = meant_by(name, KNOWN.values())
            found = self._places(column)
            if meaning is None:
                self.problems.append(no_name(name))
            else:
                self.mapped.add(meaning)
            if len(found) != 1:
                self.problems.append(not_one(self.header, column, found))
            elif found[0] in self.meanings:
                message = Message("column {name} is mapped twice; keep one", name=quoted(column))
                self.problems.append(message)
            elif meaning is not None:
                self.meanings[found[0]] = meaning

    def leave(self, columns: Collection[str]) -> None:
        """What the user said is not to be read."""
        for column in columns:
            found = self._places(column)
            if len(found) != 1:
                self.problems.append(not_one(self.header, column, found))
            elif found[0] in self.meanings:
                message = Message(
                    "column {name} is mapped and to be ignored; keep one", name=quoted(column)
                )
                self.problems.append(message)
            self.unread.update(found)

    def take_others(self) -> None:
        """Columns that are known by their names, but for the spend.

        Beside what is paid, a discount is the one that it is after.
        """
        for index, name in enumerate(self.header):
            meaning = other_of(name)
            if meaning == "discount" and self.basis == "paid" and is_of_either(name):
                meaning = "paid_discount"
            wanted = meaning not in (*self.mapped, *self.ignored) and index not in self.unread
            if meaning and wanted:
                self.meanings.setdefault(index, meaning)
        self._take_payer()
        self._part_names()

    def _take_payer(self) -> None:
        """Who pays is the account, where one column names that and no other the account."""
        if "account" in {*self.mapped, *self.meanings.values()}:
            return
        payers = [at for at, name in enumerate(self.header) if names_payer(name)]
        if len(payers) == 1 and payers[0] not in {*self.meanings, *self.unread}:
            self.meanings[payers[0]] = "account"

    def _part_names(self) -> None:
        """Beside the one column of accounts another is the customer's name, unless it was mapped.

        A name without a number is the account.
        """
        found = {at for at, meaning in self.meanings.items() if meaning == "account"}
        by_name = {at for at, name in enumerate(self.header) if other_of(name) == "account"}
        if "account" in self.mapped:
            by_name -= {*self.meanings, *self.unread}
        else:
            by_name &= found
        names = {at for at in by_name if names_customer(self.header[at])}
        if len(names) == 1 == len(found - names):
            [self.customer] = names
            self.meanings.pop(self.customer, None)

    def take_spends(self) -> None:
        """Columns of spend, if their names or the basis say what they hold."""
        found: dict[Says, dict[int, str]] = {"own": {}, "list": {}, "open": {}}
        for index, spend in enumerate(self.spends):
            free = index not in {*self.meanings, *self.unread}
            if spend and free and self._is_wanted(spend[0]):
                found[spend[1]][index] = spend[0]
        for says in found:
            found[says] |= self._series(says)
        if self.basis == "paid":
            chosen = found["own"] | found["open"]
        else:
            chosen = found["own"] | found["list"] or (found["open"] if self.basis else {})
        self.meanings |= chosen
        if not chosen and self.mapped.isdisjoint(SPENDS):
            many = too_many_months(self.header, self.months)
            self.problems.append(many or no_spend(self.header, found, self.basis == "paid"))

    def _series(self, says: Says) -> dict[int, str]:
        """The columns that are called by months, where the user named none of spend."""
        if not self.mapped.isdisjoint(SPENDS):
            return {}
        taken = {*self.meanings, *self.unread}
        months = {i: one for i, one in self.months.items() if one.says == says and i not in taken}
        return series_of(months)

    def _is_wanted(self, meaning: str) -> bool:
        """Whether no column was mapped to it, nor to the other kind of spend."""
        if meaning == MONTHLY:
            return self.mapped.isdisjoint(SPENDS)
        return self.mapped.isdisjoint((MONTHLY, meaning))

    def _places(self, column: str) -> list[int]:
        """Where a column is that the user named: exactly so, or else in another form."""
        exact = [index for index, name in enumerate(self.header) if name == column]
        key = normal(column)
        return exact or [i for i, name in enumerate(self.header) if key and normal(name) == key]

    # What is wrong

    def check(self) -> None:
        """Note what cannot be: names or meanings found twice, months left out, a currency."""
        self.problems += same_names(self.header)
        self.problems += same_meanings(self.header, self.meanings, self.units.sheets)
        self.problems += like_needs(self._left(), self.meanings.values())
        self.problems += orders_by_name(self._left())
        self._check_spends()

    def _check_spends(self) -> None:
        if self.problems and not self.mapped.isdisjoint(SPENDS):
            return  # a column that was named for a spend is not found: nothing follows from that
        spent = self._spent()
        self.problems += series_problems(set(self.meanings.values()))
        self.problems += other_spans([self.header[index] for index in spent])
        self.problems += self.units.problems(spent)

    # What was understood

    def columns(self) -> tuple[Column, ...]:
        """Every column with its meaning; only spend has a unit."""
        spent = self._spent()
        units = (self.units.of(at) if at in spent else Unit() for at in range(len(self.header)))
        return tuple(
            Column(
                name,
                at,
                self.meanings.get(at),
                unit.factor,
                unit.currency,
                unit.stated,
                at == self.customer,
                at not in {*self.meanings, *self.unread} and is_period(name),
                at in self.unread,
            )
            for at, (name, unit) in enumerate(zip(self.header, units, strict=True))
        )

    def notes(self) -> Iterator[Message]:
        """What was interpreted: other names than ours, units, and names that were nearly ours."""
        spent = self._spent()
        told = [i for i in spent if self.basis == "paid" or not self._is_own(i)]
        yield from spends_taken([self.header[index] for index in told], self.basis == "paid")
        for index, name in enumerate(self.header):
            if index not in spent:
                yield from other_taken(name, self.meanings.get(index), index == self.customer)
        yield from self.unit_notes()
        yield from nearly_known(self._left(), self.meanings.values())

    def unit_notes(self) -> tuple[Message, ...]:
        """In which units amounts are read, and what their names contradict."""
        spent = self._spent()
        names = [] if self.basis == "paid" else [self.header[index] for index in spent]
        return (*self.units.notes(spent), *paid_by_name(names))

    def _left(self) -> list[str]:
        """The names that stand for nothing that we know."""
        return [
            name
            for index, name in enumerate(self.header)
            if index not in {*self.meanings, *self.unread}
            and not self.spends[index]
            and index not in self.months
            and not other_of(name)
        ]

    def _spent(self) -> list[int]:
        return sorted(index for index, meaning in self.meanings.items() if meaning in SPENDS)

    def _is_own(self, index: int) -> bool:
        spend = self.spends[index]
        return spend is not None and spend[1] == "own"
