"""What was given to answers for one catalogue: needs, spend, quantities, the plan of today."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import chain
from types import MappingProxyType

from supportcli.core.catalogue import Catalogue
from supportcli.core.quantity import parse_quantity
from supportcli.errors import Message, Problem, UsageError, quoted
from supportcli.inputs.answers.sources import Given, Layers, Parsed, read_each
from supportcli.inputs.values.amount import SaidSpend, what_is_paid
from supportcli.inputs.values.names import (
    ended_words,
    leaves_open,
    no_plan,
    read_name,
    read_plan,
    wanted,
)
from supportcli.inputs.values.reader import FlagTexts
from supportcli.inputs.values.spend import read_spend_said
from supportcli.inputs.values.texts import half_width, is_unknown
from supportcli.needs.need import Need
from supportcli.needs.registry import KINDS, Needs
from supportcli.record import NamedTuple


class Answers(NamedTuple):
    """What the customer said, and what is to be told about how it was understood.

    `span` are the lowest, the middle and the highest spend where a range was given; `spend` is the
    middle then. It is `estimated` where what is paid was said instead.
    """

    needs: Needs
    spend: Fraction | None
    quantities: Mapping[str, Fraction]
    understood: tuple[Message, ...]
    cautions: tuple[Message, ...]
    span: tuple[Fraction, ...] = ()
    estimated: bool = False


def left_open(given: Layers) -> dict[str, bool]:
    """The kinds of needs of which all that was said is that nothing is required.

    True where it was said that this is not known.
    """
    said = {kind.field: given[kind.field].texts for kind in KINDS if kind.field in given}
    return {
        field: any(map(is_unknown, texts))
        for field, texts in said.items()
        if all(map(leaves_open, texts))
    }


class AnswerReader:
    """Turns what was given into answers for one catalogue, noting every mistake."""

    def __init__(self, catalogue: Catalogue, today: datetime.date | None = None) -> None:
        """A plan of today's that is in force on that day may have ended when the rules count."""
        self.catalogue = catalogue
        self.today = today
        self.problems: list[Problem] = []
        self.understood: list[Message] = []
        self.cautions: list[Message] = []

    def read(self, given: Layers) -> Answers:
        """All the answers at once; those that cannot be understood are in `problems`."""
        current = self._one(given.get("current_plan"), self.read_plan)
        needs = Needs.from_asked(self._needs(given), current)
        spend = self._one(given.get("spend"), self.read_spend) or SaidSpend(())
        self.understood += spend.understood
        self.cautions += spend.cautions
        amounts = spend.amounts
        return Answers(
            needs,
            amounts[len(amounts) // 2] if amounts else None,
            self._quantities(given.get("quantity")),
            tuple(self.understood),
            tuple(self.cautions),
            amounts if len(amounts) > 1 else (),
            "spend" in given and any(map(self.is_estimated, given["spend"].texts)),
        )

    def read_spend(self, text: str) -> SaidSpend:
        """A month's spend, or what it was before the discount on what is paid: 实付8.4万 7折."""
        return read_spend_said(text, self.catalogue.currency, self.catalogue.counts_paid)

    def is_estimated(self, text: str) -> bool:
        """Whether a spend is told from what is paid, because it counts before its discount."""
        return what_is_paid(text) is not None and not self.catalogue.counts_paid

    def read_needs(self, kind: type[Need], text: str) -> tuple[Need, ...]:
        """The needs of a kind; none where the text says that they are not known."""
        return () if is_unknown(text) else kind.read_all(text, self.catalogue, FlagTexts())

    def read_plan(self, text: str) -> str | None:
        """The id of a plan of the catalogue; None where there is none today."""
        if no_plan(text):
            return None
        ended = ended_words(text, self.catalogue, self.today)
        if ended is None:
            return read_plan(text, self.catalogue)
        self.cautions.append(ended)
        return None

    def read_quantity(self, text: str) -> tuple[str, Fraction]:
        """A quantity of the catalogue and how much of it: seats=25."""
        name, equals, number = half_width(text).partition("=")
        quantities = {quantity.id: quantity for quantity in self.catalogue.quantities}
        if not equals:
            raise UsageError(
                Message("{text} has no number; write it like seats=25", text=quoted(text))
            )
        quantity = quantities[read_name(name, quantities.values())]
        return quantity.id, parse_quantity(number, quantity.unit, self.catalogue.currency)

    def _needs(self, given: Layers) -> Iterator[Need]:
        for kind in KINDS:
            said = given.get(kind.field)
            if said is not None and kind.repeated:
                self._refuse_nothing_beside_something(said)
            found: dict[str, Need] = {}
            for need in chain.from_iterable(self._each(said, partial(self.read_needs, kind))):
                if said is not None and found.get(need.key, need) != need:
                    name = quoted(need.key.rpartition(":")[2])
                    message = Message("{name} is given twice; keep one", name=name)
                    self.problems.append(Problem(said.origin, message))
                found[need.key] = need
            yield from sorted(found.values(), key=lambda need: need.place(self.catalogue))

    def _refuse_nothing_beside_something(self, given: Given) -> None:
        try:
            wanted(given.texts)
        except UsageError as error:
            self.problems += [Problem(given.origin, each.message) for each in error.problems]

    def _quantities(self, given: Given | None) -> Mapping[str, Fraction]:
        found: dict[str, Fraction] = {}
        for name, number in self._each(given, self.read_quantity):
            if name in found and given is not None:
                message = Message("{name} is given twice; keep one", name=quoted(name))
                self.problems.append(Problem(given.origin, message))
            found[name] = number
        return MappingProxyType(found)

    def _one(self, given: Given | None, read: Callable[[str], Parsed]) -> Parsed | None:
        return next(iter(self._each(given, read)), None)

    def _each(self, given: Given | None, read: Callable[[str], Parsed]) -> list[Parsed]:
        return read_each(given, read, self.problems)
