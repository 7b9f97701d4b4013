"""In which unit and currency the columns of spend are: by their names, and what stands above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.context import Above, AmountsSaid, Context, read_above
from supportcli.inputs.customers.currency_seen import other_currency_in
from supportcli.inputs.customers.months import unit_named


class Unit(NamedTuple):
    """How many of the currency an amount is, whether that is stated, and the currency if it is."""

    factor: int = 1
    stated: bool = False
    currency: str | None = None


class SpendUnits:
    """The units of the columns of a header, read whether they are columns of spend or not.

    Args:
        header: the names.
        above: what stands above the header, of each sheet that has one.
        currency: of the plans.
    """

    def __init__(self, header: Sequence[str], above: Sequence[Above], currency: str) -> None:
        self.named = [unit_named(name, currency) for name in header]
        self._header = header
        self.currency = currency
        self._sheets = [read_above(each, currency) for each in above]
        said = (each for each in self._sheets if each.factor is not None or each.currency)
        self._above = next(said, Context())
        self._seen = other_currency_in([row for each in above for row in each], currency)

    @property
    def sheets(self) -> int:
        """How many sheets the table is of; 1 at least."""
        return max(1, len(self._sheets))

    def of(self, index: int) -> Unit:
        """That of a column, which its name says or else what stands above."""
        named, above = self.named[index], self._above
        says = named.currencies or above.currency
        factor = named.factor if named.stated or above.factor is None else above.factor
        stated = named.stated or above.factor is not None
        return Unit(factor, stated, self.currency if says else None)

    def problems(self, spent: Sequence[int]) -> Iterator[Message]:
        """Another currency than the plans', and units that contradict each other.

        Of sheets that differ it is not known to which of them a column belongs.
        """
        for sheet in self._sheets:
            yield from sheet.problems
        yield from self._other_currencies(spent)
        if len({each.factor or 1 for each in self._sheets}) > 1:
            yield Message(
                "the sheets do not say the same unit above their headers; "
                "read each of them alone: --sheet NAME"
            )
        else:
            yield from self._contradictions(spent)

    def _contradictions(self, spent: Iterable[int]) -> Iterator[Message]:
        said = self._said(lambda each: each.factor is not None)
        for index in spent:
            named = self.named[index]
            if said and named.stated and named.factor != said.factor:
                yield Message(
                    "column {name} and {text} above the header do not say the same unit; "
                    "leave out the one that is wrong",
                    name=quoted(self._header[index]),
                    text=quoted(said.text),
                )

    def _other_currencies(self, spent: Iterable[int]) -> Iterator[Message]:
        ours = self.currency
        for index in spent:
            for given in sorted({*self.named[index].currencies} - {ours}):
                yield Message(
                    "column {name} is in {given}, the plans are in {currency}; "
                    "give the amounts in {currency}",
                    name=quoted(self._header[index]),
                    given=given,
                    currency=ours,
                )
        other = self._said(lambda each: each.currency not in (None, ours))
        if other:
            yield Message(
                "{text} above the header says that amounts are in {given}, the plans are in "
                "{currency}; give the amounts in {currency}",
                text=quoted(other.text),
                given=str(other.currency),
                currency=ours,
            )

    def notes(self, spent: Sequence[int]) -> Iterator[Message]:
        """Units in which amounts are read."""
        for index in spent:
            if self.named[index].factor > 1:
                yield Message(
                    "column {name} is in units of {factor}",
                    name=quoted(self._header[index]),
                    factor=Fraction(self.named[index].factor),
                )
        above = self._said(lambda each: (each.factor or 1) > 1)
        if above and any(not self.named[index].stated for index in spent):
            yield Message(
                "amounts are in units of {factor}, as {text} above the header says",
                factor=Fraction(above.factor or 1),
                text=quoted(above.text),
            )
        named = self._above.currency or all(self.named[index].currencies for index in spent)
        if self._seen and not named:
            text, other = self._seen
            yield Message(
                "{text} above the header names {given} and does not say that amounts are in it; "
                "they are read as {currency}",
                text=quoted(text),
                given=other,
                currency=self.currency,
            )

    def _said(self, wanted: Callable[[AmountsSaid], bool]) -> AmountsSaid | None:
        return next((each for sheet in self._sheets for each in sheet.said if wanted(each)), None)
