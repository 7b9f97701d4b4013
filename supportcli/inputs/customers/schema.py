"""What the header of a list of customers means: names in any order, two languages, with units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from supportcli.advice.rules import SPENDS
from supportcli.errors import Message, Problem, UsageError
from supportcli.inputs.customers.aliases import (
    BESIDE_AMOUNTS,
    other_of,
)
from supportcli.inputs.customers.context import Above, AmountsSaid
from supportcli.inputs.customers.doubts import AmountsKnown
from supportcli.inputs.customers.meanings import ColumnBasis, Meanings
from supportcli.inputs.customers.months import (
    series_problems,
)
from supportcli.inputs.customers.periods import is_period
from supportcli.inputs.customers.spans import of_a_month
from supportcli.inputs.customers.spend_units import SpendUnits, Unit
from supportcli.inputs.customers.suggestions import (
    orders_by_name,
    same_meanings,
    same_names,
)
from supportcli.inputs.customers.told import (
    fee_discount,
    list_where_paid_counts,
    other_spans,
    other_taken,
    paid_by_name,
    spends_taken,
)
from supportcli.inputs.customers.unread import like_needs, nearly_known, need_like
from supportcli.record import NamedTuple, dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file; without a meaning it is carried through as it is.

    Amounts of a column of spend are to be multiplied by its factor, which is `stated` where the
    name says it, or what stands above the header. A column that `names` the customers stands
    beside that of the accounts; one of a `period` says which month a row is of;
    of one that is `ignored` the user said that it is not to be read; one is `like` a need whose
    texts are.
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
    like: str | None = None

    @property
    def carried(self) -> bool:
        """Whether nothing is read from it."""
        return self.meaning is None and not self.names

    @property
    def free(self) -> bool:
        """Whether it has no meaning, and its words may tell of its rows nevertheless."""
        return self.meaning is None and not self.ignored


class Understood(NamedTuple):
    """Every column of the file in its order, and what is to be told of how they were understood.

    Those of the notes on which every amount hangs, as those of units, are in `units` too.
    """

    columns: tuple[Column, ...]
    notes: tuple[Message, ...]
    units: tuple[Message, ...] = ()

    def with_units(self, told: Iterable[Message]) -> Understood:
        """With more that is told of the units of amounts."""
        more = tuple(told)
        return self._replace(notes=(*self.notes, *more), units=(*self.units, *more))


def known_amounts(
    columns: Iterable[Column], currency: str, unit: AmountsSaid | None
) -> AmountsKnown:
    """What is known of the amounts of a table, given all its columns."""
    spends = [column for column in columns if column.meaning in SPENDS]
    factors = frozenset(column.factor for column in spends)
    return AmountsKnown(currency, factors, of_a_month([column.name for column in spends]), unit)


def understand(
    header: Sequence[str],
    mapping: Mapping[str, str],
    basis: ColumnBasis | None,
    currency: str,
    ignored: Collection[str] = (),
    unread: Collection[str] = (),
    above: Sequence[Above] = (),
    unit: AmountsSaid | None = None,
    counts_paid: bool = False,
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
        unit: what the user said that all amounts are in.
        counts_paid: whether the spend that counts for the plans is what is paid for the cloud.

    Raises:
        UsageError: every problem of the header and the mapping at once.
    """
    spends = (named for meaning, named in mapping.items() if meaning not in BESIDE_AMOUNTS)
    units = SpendUnits(header, above, currency, unit, {*spends, *unread})
    reading = _Header(header, basis, units, ignored, counts_paid)
    reading.take(mapping)
    reading.leave(unread)
    reading.take_others()
    reading.take_spends()
    reading.check()
    if reading.problems:
        raise UsageError([Problem("", problem) for problem in reading.problems])
    return Understood(reading.columns(), tuple(reading.notes()), reading.unit_notes())


class _Header(Meanings):
    """The header once its meanings are found: what is wrong, and what was understood."""

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
        like = {name: need_like(name, self.meanings.values()) for name in self._left()}
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
                like.get(name),
            )
            for at, (name, unit) in enumerate(zip(self.header, units, strict=True))
        )

    def notes(self) -> Iterator[Message]:
        """What was interpreted: other names than ours, units, and names that were nearly ours."""
        spent = self._spent()
        told = [i for i in spent if self.basis == "paid" or not self._is_own(i)]
        yield from spends_taken([self.header[index] for index in told], self.paid)
        for index, name in enumerate(self.header):
            if index not in spent:
                yield from other_taken(name, self.meanings.get(index), index == self.customer)
        yield from self.unit_notes()
        yield from nearly_known(self._left(), self.meanings.values())

    def unit_notes(self) -> tuple[Message, ...]:
        """In which units amounts are read, what their names contradict, and what is off fees."""
        spent = self._spent()
        off = [self.header[index] for index, of in self.meanings.items() if of == "discount"]
        against = self._against_names([self.header[index] for index in spent])
        return (*self.units.notes(spent), *against, *map(fee_discount, off))

    def _against_names(self, names: Sequence[str]) -> Iterator[Message]:
        """What is told of amounts of another kind than the plans count."""
        if self.counts_paid:
            return list_where_paid_counts(names, self.basis == "list")
        return paid_by_name([] if self.paid else names)

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
