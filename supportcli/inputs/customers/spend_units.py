"""In which unit and currency the columns of spend are: by their names, and what stands above."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from math import prod

from supportcli.errors import Message, quoted
from supportcli.inputs.customers.context import Above, AmountsSaid, Context, read_above
from supportcli.inputs.customers.doubts import AmountsKnown, Doubt, doubts_above, not_used
from supportcli.inputs.customers.money_words import PART, UNSURE, money_words
from supportcli.inputs.customers.months import unit_named
from supportcli.inputs.customers.spans import of_a_month
from supportcli.inputs.customers.statements import statements
from supportcli.inputs.customers.units import SCALES, ColumnUnit, scale_word
from supportcli.inputs.values.spend_names import times_said
from supportcli.record import NamedTuple


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
        unit: what the user said that all amounts are in; nothing else is used then.
        known: columns that the user named for a spend, or left out.
    """

    def __init__(
        self,
        header: Sequence[str],
        above: Sequence[Above],
        currency: str,
        unit: AmountsSaid | None = None,
        known: Collection[str] = (),
    ) -> None:
        self.named = [unit_named(name, currency) for name in header]
        self._header = header
        self.currency = currency
        self._unit = unit
        beside = tuple(statements(header, known, currency))
        self._texts = [(*each, beside) for each in above or ((),)]
        self._sheets = [read_above(each, currency) for each in self._texts]
        said = (each for each in self._sheets if each.factor is not None or each.currency)
        self._above = next(said, Context())

    @property
    def sheets(self) -> int:
        """How many sheets the table is of; 1 at least."""
        return max(1, len(self._sheets))

    def of(self, index: int) -> Unit:
        """That of a column, which its name says or else what stands above."""
        named, above = self.named[index], self._above
        if self._unit is not None:
            given = self.currency if named.currencies or self._unit.currency else None
            return Unit(self._unit.factor or 1, True, given)
        says = named.currencies or above.currency
        factor = named.factor if named.stated or above.factor is None else above.factor
        stated = named.stated or above.factor is not None
        return Unit(factor, stated, self.currency if says else None)

    def problems(self, spent: Sequence[int]) -> Iterator[Message]:
        """Another currency than the plans', units that contradict each other or are not understood.

        Of sheets that differ it is not known to which of them a column belongs.
        """
        yield from self._of_names(spent)
        if self._unit is not None:
            return
        for index in spent:
            yield from self._of_times(self._header[index], self.of(index).factor)
        for sheet in self._sheets:
            yield from sheet.problems
        known = self._known(spent)
        known = known._replace(factors=frozenset(self.of(index).factor for index in spent))
        yield from (doubt.message(known) for doubt in self._doubts(spent))
        yield from self._other_currency()
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
                    "leave out the one that is wrong, or give --unit {one} if the column is right",
                    name=quoted(self._header[index]),
                    text=quoted(said.text),
                    one=self._known([index])._replace(factors=frozenset({named.factor})).unit_word,
                )

    def _of_names(self, spent: Iterable[int]) -> Iterator[Message]:
        for index in spent:
            name, named = self._header[index], self.named[index]
            words = money_words(name, self.currency, of_spend=True)
            spoken = [each.upper() for each in words.currencies]
            parts = [word for word, factor in words.scales.items() if factor == PART]
            given = sorted({*named.currencies} - {self.currency}) or spoken[:1] or parts[:1]
            for each in given:
                yield Message(
                    "column {name} is in {given}, the plans are in {currency}; "
                    "give the amounts in {currency}",
                    name=quoted(name),
                    given=each,
                    currency=self.currency,
                )
            if not given:
                yield from self._of_scales(name, named, words.scales)

    def _of_scales(
        self, name: str, named: ColumnUnit, scales: Mapping[str, int]
    ) -> Iterator[Message]:
        """Units in a name that contradict what the user said, or are not understood without."""
        if self._unit is None:
            unread = (word for word, factor in scales.items() if factor != named.factor)
            yield from (self._unread_scale(name, word, scales) for word in islice(unread, 1))
            return
        sure = _sure(scales)
        stated = sure or ({named.factor} if named.stated else set())
        if stated - {self._unit.factor or 1} and prod(sure) != self._unit.factor:
            yield Message(
                "column {name} and --unit {text} do not say the same unit; leave out the one that "
                "is wrong",
                name=quoted(name),
                text=quoted(self._unit.text),
            )

    def _of_times(self, name: str, factor: int) -> Iterator[Message]:
        """What is asked about a name like spend/12, which may be divided or yet to be."""
        word = times_said(name)
        if word is not None:
            yield Message(
                "column {name} may be of a month already, or yet to be divided or multiplied "
                "({word}); if its amounts are of a month as they are, rename the column or say so "
                "with --unit {one}, else write the spend of a month",
                name=quoted(name),
                word=quoted(word),
                one=AmountsKnown(self.currency, frozenset({factor})).unit_word,
            )

    def _unread_scale(self, name: str, word: str, scales: Mapping[str, int]) -> Message:
        """What is asked about a scale in a name that is not understood."""
        sure = _sure(scales)
        factor = prod(sure)
        if not sure or factor not in SCALES:
            return Doubt(name, word, False).message(AmountsKnown(self.currency))
        return Message(
            "column {name} may say what its amounts are in ({word}) and is not understood; if they "
            "are in units of {factor}, give --unit {unit}, else rename the column",
            name=quoted(name),
            word=quoted(word),
            factor=Fraction(factor),
            unit=scale_word(factor),
        )

    def _doubts(self, spent: Sequence[int]) -> Iterator[Doubt]:
        """What stands above and is not understood.

        Amounts whose currency is said are of no other.
        """
        own = bool(spent) and all(self.named[index].currencies for index in spent)
        settled = own or self._above.currency is not None
        for each in self._texts:
            yield from doubts_above(each, self._known(spent), settled)

    def _known(self, spent: Iterable[int]) -> AmountsKnown:
        monthly = of_a_month([self._header[index] for index in spent])
        return AmountsKnown(self.currency, monthly=monthly)

    def _other_currency(self) -> Iterator[Message]:
        ours = self.currency
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
        if self._unit is not None:
            yield from self._not_used(self._unit, spent)
            return
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

    def _not_used(self, unit: AmountsSaid, spent: Sequence[int]) -> Iterator[Message]:
        """What the user said goes before what stands above."""
        yield Message(
            "amounts are in units of {factor}, as --unit {text} says",
            factor=Fraction(unit.factor or 1),
            text=quoted(unit.text),
        )
        said = [each.text for sheet in self._sheets for each in sheet.said]
        said += [self._header[index] for index in spent if times_said(self._header[index])]
        texts = dict.fromkeys([*said, *(doubt.text for doubt in self._doubts(spent))])
        if texts:
            yield not_used(texts)

    def _said(self, wanted: Callable[[AmountsSaid], bool]) -> AmountsSaid | None:
        return next((each for sheet in self._sheets for each in sheet.said if wanted(each)), None)


def _sure(scales: Mapping[str, int]) -> set[int]:
    """How many the scales are that are no single letter which may say nothing."""
    return {factor for word, factor in scales.items() if word not in UNSURE}
