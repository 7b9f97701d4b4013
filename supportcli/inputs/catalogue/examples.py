"""Worked examples from the YAML tree: what must come out for which plan, spend and quantities."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from supportcli.core.catalogue import Example
from supportcli.core.quantity import Quantity
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.catalogue.numbers import numbers_by_id
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
            quantities=numbers_by_id(
                self.entries, fields.get("quantities"), self.quantities, self.fees.currency
            ),
            fee=self.fees.amount(fields.get("fee")) or Fraction(0),
            reading=self.entries.reference(fields.get("reading"), self.readings, "readings")
            or None,
            as_of=self.reader.date(fields.get("as_of")),
            worked=self.entries.optional_text(fields.get("worked")),
            cite=self.entries.cite(fields.get("source"), item),
        )
