"""Whether a catalogue's worked examples hold: each is priced, and the fee compared."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from supportcli.advice.quote import price
from supportcli.advice.usage import Usage
from supportcli.core.catalogue import Catalogue, Example
from supportcli.core.money import round_half_up
from supportcli.core.period import Month
from supportcli.core.plan import Plan
from supportcli.record import NamedTuple

_ANY_MONTH = Month(2000, 1)  # a fee is the same in every month that a rule is in force


class ExampleOutcome(NamedTuple):
    """An example with the fee that came out under each reading it speaks of (None: no price)."""

    example: Example
    expected: Decimal
    found: Mapping[str, Decimal | None]

    @property
    def holds(self) -> bool:
        """Whether every reading gives the expected fee, to the minor unit."""
        return all(fee == self.expected for fee in self.found.values())


def check_examples(catalogue: Catalogue) -> tuple[ExampleOutcome, ...]:
    """Every example of the catalogue, in its order, priced by the rules of its day."""
    return tuple(_check(catalogue, example) for example in catalogue.examples)


def _check(catalogue: Catalogue, example: Example) -> ExampleOutcome:
    readings = [example.reading] if example.reading else [r.id for r in catalogue.readings]
    plan = catalogue.plan(example.plan).frozen_on(example.as_of)
    expected = round_half_up(example.fee, catalogue.currency)
    return ExampleOutcome(example, expected, {name: _fee(plan, example, name) for name in readings})


def _fee(plan: Plan, example: Example, reading: str) -> Decimal | None:
    usage = Usage.level(example.spend, _ANY_MONTH, 1, example.quantities)
    quote = price(plan, usage, reading)
    return quote.monthly.total if quote else None
