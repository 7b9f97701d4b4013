"""Which column of a header means what: as the user said, or else by its name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal

from supportcli.advice.rules import MONTHLY, SPENDS
from supportcli.errors import Message, quoted
from supportcli.inputs.customers.aliases import (
    Says,
    is_of_either,
    names_customer,
    names_payer,
    numbers_customers,
    other_of,
    spend_of,
)
from supportcli.inputs.customers.months import (
    MonthName,
    month_columns,
    one_month,
    series_of,
    too_many_months,
)
from supportcli.inputs.customers.spend_units import SpendUnits
from supportcli.inputs.customers.suggestions import (
    KNOWN,
    WantedSpend,
    meant_by,
    no_name,
    no_spend,
    not_one,
)
from supportcli.inputs.values.spend_names import says_paid
from supportcli.inputs.values.texts import normal

ColumnBasis = Literal["list", "paid"]


class Meanings:
    """The meanings of columns by place, while they are found, and the problems so far."""

    def __init__(
        self,
        header: Sequence[str],
        basis: ColumnBasis | None,
        units: SpendUnits,
        ignored: Collection[str],
        counts_paid: bool = False,
    ) -> None:
        self.header = header
        self.ignored = ignored
        self.basis = basis
        self.counts_paid = counts_paid
        self.paid = basis == "paid" or (counts_paid and basis is None)
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
        known = [self.header[at] for at, of in self.meanings.items() if of == "account"]
        if all(map(names_customer, known)):
            self._take_account(numbers_customers)
        if "account" not in self.meanings.values():
            self._take_account(names_payer)
        self._part_names()

    def _take_account(self, is_one: Callable[[str], bool]) -> None:
        """The account by a name that is one for want of better, where one column has such."""
        found = [at for at, name in enumerate(self.header) if is_one(name)]
        free = len(found) == 1 and found[0] not in {*self.meanings, *self.unread}
        if free and "account" not in {*self.mapped, *self.ignored}:
            self.meanings[found[0]] = "account"

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
        if not any(found.values()) and self.mapped.isdisjoint(SPENDS):
            alone = one_month(self.header, self._free_months(), self.units.currency)
            found |= {self.months[at].says: {at: meaning} for at, meaning in alone.items()}
        chosen = self._chosen(found)
        self.meanings |= chosen
        if not chosen and self.mapped.isdisjoint(SPENDS):
            many = too_many_months(self.header, self.months)
            wanted = WantedSpend(self.paid, self.basis is not None)
            self.problems.append(many or no_spend(self.header, found, wanted))

    def _chosen(self, found: Mapping[Says, Mapping[int, str]]) -> dict[int, str]:
        """The columns of those found that hold what is wanted, as far as that is said."""
        unsaid = found["open"]
        if self.basis is None:
            unsaid = {i: of for i, of in unsaid.items() if self.paid and says_paid(self.header[i])}
        if self.paid:
            return {**found["own"], **unsaid}
        return {**found["own"], **found["list"]} or dict(unsaid)

    def _series(self, says: Says) -> dict[int, str]:
        """The columns that are called by months, where the user named none of spend."""
        if not self.mapped.isdisjoint(SPENDS):
            return {}
        return series_of({i: one for i, one in self._free_months().items() if one.says == says})

    def _free_months(self) -> dict[int, MonthName]:
        taken = {*self.meanings, *self.unread}
        return {i: one for i, one in self.months.items() if i not in taken}

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
