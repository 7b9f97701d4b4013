"""Worked examples from the YAML tree: what must come out for which plan, spend and quantities."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from types import MappingProxyType

from supportcli.core.catalogue import Example
from supportcli.core.quantity import Quantity, parse_quantity
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.catalogue.shapes import FeeReader
from supportcli.inputs.strict_yaml.tree import Node


class ExampleReader:
    """Reads examples against the plans, readings and quantities that there are."""

    def __init__(
        self,
        entries: EntryReader,
        fees: FeeReader,
        readings: Collection[str],
        quantities: Mapping[str, Quantity],
    ) -> None:
        self.reader = entries.reader
        self.entries = entries
        self.fees = fees
        self.readings = readings
        self.quantities = quantities

    def read(self, item: Node) -> Example:
        """One example; the fee is an amount of one month."""
        known = ("plan", "spend", "quantities", "fee", "reading", "as_of", "worked", "source")
        fields = self.reader.fields(item, known, ("plan", "fee"))
        return Example(
            plan=self.entries.reference(fields.get("plan"), self.entries.plans, "plans"),
            spend=self.fees.amount(fields.get("spend")) or Fraction(0),
            quantities=self._quantities(fields.get("quantities")),
            fee=self.fees.amount(fields.get("fee")) or Fraction(0),
            reading=self.entries.reference(fields.get("reading"), self.readings, "readings")
            or None,
            as_of=self.reader.date(fields.get("as_of")),
            worked=self.entries.optional_text(fields.get("worked")),
            cite=self.entries.cite(fields.get("source"), item),
        )

    def _quantities(self, node: Node | None) -> Mapping[str, Fraction]:
        found = {}
        for key, value in self.reader.named(node).values():
            quantity = self.quantities.get(
                self.entries.reference(key, self.quantities, "quantities")
            )
            if quantity is not None:
                found[quantity.id] = self._number(value, quantity) or Fraction(0)
        return MappingProxyType(found)

    def _number(self, node: Node, quantity: Quantity) -> Fraction | None:
        currency = self.fees.currency
        return self.reader.parsed(node, lambda text: parse_quantity(text, quantity.unit, currency))
