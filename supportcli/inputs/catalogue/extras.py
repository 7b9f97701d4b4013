"""What a plan charges for beside the spend, from the YAML tree."""

from __future__ import annotations

from collections.abc import Mapping

from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.quantity import Extra, Included, Quantity, QuantityUnit
from supportcli.core.schedule import normalise
from supportcli.core.source import Cite
from supportcli.errors import Message, quoted
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.catalogue.numbers import numbers_by_id
from supportcli.inputs.catalogue.shapes import FeeReader, keys_of, no_reference
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Node

_NEEDS_QUANTITY = Message("field {name} is missing; add it", name="'quantity'")


class ExtraReader:
    """Reads extras against the quantities there are; `fees` knows the currency."""

    def __init__(
        self, entries: EntryReader, fees: FeeReader, quantities: Mapping[str, Quantity]
    ) -> None:
        self.reader: Reader = entries.reader
        self.entries = entries
        self.fees = fees
        self.quantities = quantities

    def read(self, item: Node) -> Extra:
        """A price beside the part that depends on spend."""
        known = ("id", "name", "quantity", "price", "pack", "per", "optional", "prepaid", "source")
        fields = self.reader.fields(item, known, ("id", "name", "price"))
        quantity = (
            self.entries.reference(fields.get("quantity"), self.quantities, "quantities") or None
        )
        pack = self._pack(fields.get("pack"), quantity)
        for name in ("pack", "optional"):
            if name in fields and "quantity" not in fields:
                self.reader.note(fields[name], _NEEDS_QUANTITY)
        per = self.reader.choice(fields.get("per"), ("month", "year"))
        return Extra(
            id=self.entries.identifier(fields.get("id")),
            name=self.entries.text(fields.get("name")),
            quantity=quantity,
            price=self._price(fields.get("price"), quantity),
            pack=pack,
            yearly=per == "year",
            optional=self.reader.truth(fields.get("optional")) or False,
            prepaid=self.reader.truth(fields.get("prepaid")),
            cite=self.entries.cite(fields.get("source"), item),
        )

    def included(
        self, node: Node | None, extras: tuple[Extra, ...], cite: Cite
    ) -> tuple[Included, ...]:
        """What the fee covers of quantities that the plan has no price for."""
        priced = {extra.quantity for extra in extras}
        numbers = numbers_by_id(self.entries, node, self.quantities, self.fees.currency)
        for name in numbers:
            if node is not None and name in priced:
                message = Message(
                    "{name} has a price under extras, which says what is included; remove it here",
                    name=quoted(name),
                )
                self.reader.note(node, message)
        return tuple(Included(name, number, cite) for name, number in numbers.items())

    def _pack(self, node: Node | None, quantity: str | None) -> int | None:
        pack = self.reader.whole(node)
        if node is not None and pack == 0:
            self.reader.note(node, Message("a pack holds at least 1; write it like 10"))
        known = self.quantities.get(quantity or "")
        if node is not None and known and known.unit is QuantityUnit.MONEY:
            self.reader.note(node, Message("money is not charged in packs; remove the pack"))
        return pack or None

    def _price(self, node: Node | None, quantity: str | None) -> PiecewiseLinear:
        known = self.quantities.get(quantity or "")
        if node is None or (quantity and known is None):
            return PiecewiseLinear.line()  # noted already
        if quantity is None and "each" in [key.text for key in keys_of(node)]:
            self.reader.note(node, _NEEDS_QUANTITY)
            return PiecewiseLinear.line()
        fees = FeeReader(self.reader, self.fees.currency, known.unit if known else None)
        schedule = fees.schedule(node, no_reference(self.reader))
        price = normalise(schedule) if schedule else PiecewiseLinear.line()
        if quantity is None and not price.is_constant():
            self.reader.note(node, _NEEDS_QUANTITY)
        return price
