"""How many of each quantity, by its id, from the YAML tree."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from supportcli.core.quantity import Quantity, parse_quantity
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.strict_yaml.tree import Node


def numbers_by_id(
    entries: EntryReader, node: Node | None, quantities: Mapping[str, Quantity], currency: str
) -> Mapping[str, Fraction]:
    """Each number in the unit of its quantity; 0 where it was noted as a mistake."""
    found = {}
    for key, value in entries.reader.named(node).values():
        quantity = quantities.get(entries.reference(key, quantities, "quantities"))
        if quantity is not None:
            read = partial(parse_quantity, unit=quantity.unit, currency=currency)
            found[quantity.id] = entries.reader.parsed(value, read) or Fraction(0)
    return MappingProxyType(found)
