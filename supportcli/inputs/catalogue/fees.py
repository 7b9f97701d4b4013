"""A plan's price from the YAML tree: its published parts, joined under each reading; extras."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from supportcli.core.money import nearest_money
from supportcli.core.piecewise import PiecewiseLinear, crossings, lesser, minus
from supportcli.core.plan import Fee, FeeRule
from supportcli.core.quantity import Extra, Quantity, QuantityUnit
from supportcli.core.schedule import Line, Schedule, normalise
from supportcli.errors import Message, quoted
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.catalogue.shapes import NOT_HELD, SHAPES, FeeReader, keys_of, no_reference
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Fields, Node, Scalar

WHOLE_FEE = "fee"
FEE_FIELDS = ("fee", "fee_text", "prepaid", "source")
_BY_READING = "by_reading"
_NEEDS_QUANTITY = Message("field {name} is missing; add it", name="'quantity'")
_FREE, _UNKNOWN = "free", "unknown"


class Rule(NamedTuple):
    """How a reading joins the parts of a plan's published fee, before any plan is known."""

    total: Node
    prepaid: Node | None


class PlanFeeReader:
    """Reads fees under the rules of the readings; `fees` reads the shapes in the currency."""

    def __init__(
        self,
        entries: EntryReader,
        fees: FeeReader,
        rules: Mapping[str, Rule],
        quantities: Mapping[str, Quantity],
    ) -> None:
        self.reader: Reader = entries.reader
        self.entries = entries
        self.fees = fees
        self.rules = rules
        self.quantities = quantities
        self.only_whole = all(
            isinstance(rule.total, Scalar) and rule.total.text == WHOLE_FEE
            for rule in rules.values()
        )
        self.used: set[str] = set()
        before = self.reader.noted
        for _, node in self._rule_nodes():
            fees.schedule(node, self._use)
        self.rules_wrong = self.reader.noted > before

    def _use(self, name: Scalar) -> Schedule:
        """A part that a rule names; what it will be differs from plan to plan."""
        self.used.add(name.text)
        return Line(Fraction(1))

    def rule(self, item: Node, fields: Mapping[str, Node]) -> FeeRule:
        """The fee in force, from the fields of a plan or of an entry of its history."""
        node = fields.get("fee")
        before = self.reader.noted
        published = self._published(node)
        readable = self.reader.noted == before and bool(self.fees.currency)
        return FeeRule(
            published,
            self._fees(node, published, fields.get("prepaid")) if readable else None,
            self.entries.optional_text(fields.get("fee_text")),
            self.entries.cite(fields.get("source"), item),
        )

    def history(self, node: Node | None, present: FeeRule) -> tuple[FeeRule, ...]:
        """Older rules, each with its last day, and the present one; empty where none is older."""
        found: dict[object, FeeRule] = {}
        for item in self.reader.items(node):
            rule = self._past(item)
            if rule.until is not None and rule.until in found:
                message = Message("two rules are in force until {date}; keep one", date=rule.until)
                self.reader.note(item, message)
            found[rule.until] = rule
        return (*found.values(), present) if found else ()

    def _past(self, item: Node) -> FeeRule:
        fields = self.reader.fields(item, ("until", *FEE_FIELDS), ("until", "fee"))
        return self.rule(item, fields)._replace(until=self.reader.date(fields.get("until")))

    def extra(self, item: Node) -> Extra:
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

    def _published(self, node: Node | None) -> Mapping[str, Schedule] | None:
        """The named parts of the fee; none where it is free, None where the price is unknown."""
        if isinstance(node, Scalar):
            if node.text not in (_FREE, _UNKNOWN):
                self.reader.note(
                    node,
                    Message(
                        "{text} is not a fee; write free, unknown, or one like {{flat: 5000}} or "
                        "{{percent: 10%}}",
                        text=quoted(node.text),
                    ),
                )
            return None if node.text == _UNKNOWN else MappingProxyType({})
        if isinstance(node, Fields) and any(key.text == _BY_READING for key, _ in node.entries):
            return self._by_reading(node)
        if isinstance(node, Fields) and (
            any(key.text in (*SHAPES, *NOT_HELD) for key, _ in node.entries)
            or (self.only_whole and len(node.entries) == 1)
        ):
            whole = self.fees.schedule(node, no_reference(self.reader))
            return MappingProxyType({WHOLE_FEE: whole} if whole else {})
        return self._parts(node)

    def _by_reading(self, node: Fields) -> Mapping[str, Schedule]:
        """A fee that the readings state differently, each in full."""
        if len(node.entries) > 1:
            self.reader.note(node, Message("by_reading stands alone; put everything under it"))
        stated = node.entries[0][1]
        named = self.reader.named(stated)
        for key, _ in named.values():
            self.entries.reference(key, self.rules, "readings")
        for reading in self.rules:
            if isinstance(stated, Fields) and reading not in named:
                message = Message("by_reading lacks reading {name}; add it", name=quoted(reading))
                self.reader.note(stated, message)
        return self._schedules(named)

    def _parts(self, node: Node | None) -> Mapping[str, Schedule]:
        """The named parts that the readings join; one that no reading uses is a mistake."""
        named = self.reader.named(node)
        for name, (key, _) in named.items():
            if not self.only_whole and name not in self.used:
                message = Message("no reading uses part {name}; remove it", name=quoted(name))
                self.reader.note(key, message)
        return self._schedules(named)

    def _schedules(self, named: Mapping[str, tuple[Scalar, Node]]) -> Mapping[str, Schedule]:
        read = {
            name: self.fees.schedule(value, no_reference(self.reader))
            for name, (_, value) in named.items()
        }
        return MappingProxyType({name: found for name, found in read.items() if found is not None})

    def _fees(
        self, node: Node | None, published: Mapping[str, Schedule] | None, prepaid: Node | None
    ) -> Mapping[str, Fee] | None:
        if isinstance(node, Scalar) and prepaid is not None:
            message = Message("a fee that is {fee} has no prepaid part; remove it", fee=node.text)
            self.reader.note(prepaid, message)
        if published is None or node is None or self.rules_wrong:
            return None
        before = self.reader.noted
        missing = self._missing_parts(node, published)
        for name in missing:
            self._note_missing_part(node, name)
        own = self._own_prepaid(prepaid)
        if missing or self.reader.noted > before:
            return None
        fees = {
            reading: self._fee(reading, rule, node, published, own)
            for reading, rule in self.rules.items()
        }
        for reading, fee in fees.items():
            if fee.prepaid is not None and lesser(fee.prepaid, fee.total) != fee.prepaid:
                self._note_too_much(prepaid or node, reading, fee)
                return None
        return MappingProxyType(fees)

    def _own_prepaid(self, node: Node | None) -> PiecewiseLinear | None:
        """What the plan itself says is charged first; the readings must then not say it too."""
        if node is None:
            return None
        said = [rule.prepaid for rule in self.rules.values() if rule.prepaid is not None]
        if said:
            message = Message(
                "the readings say what is prepaid (line {line}); remove it here or there",
                line=said[0].line,
            )
            self.reader.note(node, message)
        schedule = self.fees.schedule(node, no_reference(self.reader))
        return normalise(schedule) if schedule else None

    def _fee(
        self,
        reading: str,
        rule: Rule,
        plan_fee: Node,
        published: Mapping[str, Schedule],
        own: PiecewiseLinear | None,
    ) -> Fee:
        """The fee under a reading: the parts joined; how much is charged first, where stated."""
        if isinstance(plan_fee, Scalar):
            return Fee(PiecewiseLinear.line(), PiecewiseLinear.line())
        total = self._joined(reading, rule.total, published)
        return Fee(
            total,
            own if rule.prepaid is None else self._joined(reading, rule.prepaid, published),
        )

    def _joined(
        self, reading: str, rule: Node, published: Mapping[str, Schedule]
    ) -> PiecewiseLinear:
        quiet = FeeReader(Reader(self.reader.shown), self.fees.currency)
        schedule = quiet.schedule(rule, lambda name: _part(published, name.text, reading))
        return normalise(schedule) if schedule else PiecewiseLinear.line()

    def _note_too_much(self, node: Node, reading: str, fee: Fee) -> None:
        prepaid = fee.prepaid or PiecewiseLinear.line()
        gap = minus(fee.total, prepaid)
        spends = sorted(
            {*(segment.start for segment in gap.segments), *crossings(fee.total, prepaid)}
        )
        spend = next((point for point in spends if gap(point) < 0), spends[-1] + 1)
        amounts = (nearest_money(a, self.fees.currency) for a in (prepaid(spend), fee.total(spend)))
        self.reader.note(
            node,
            Message(
                "under reading {reading} {prepaid} is prepaid and the whole fee at a spend of "
                "{spend} is {total}; lower the prepaid part",
                reading=quoted(reading),
                prepaid=next(amounts),
                total=next(amounts),
                spend=nearest_money(spend, self.fees.currency),
            ),
        )

    def _missing_parts(
        self, plan_fee: Node, published: Mapping[str, Schedule]
    ) -> tuple[Scalar, ...]:
        """The parts that the readings need and this fee lacks, each where it is first named."""
        missing: dict[str, Scalar] = {}
        if isinstance(plan_fee, Scalar):
            return ()
        quiet = FeeReader(Reader(self.reader.shown), self.fees.currency)
        for reading, node in self._rule_nodes():

            def look(name: Scalar, reading: str = reading) -> None:
                if _part(published, name.text, reading) is None:
                    missing.setdefault(name.text, name)

            quiet.schedule(node, look)
        return tuple(missing.values())

    def _rule_nodes(self) -> Iterator[tuple[str, Node]]:
        for reading, rule in self.rules.items():
            yield reading, rule.total
            if rule.prepaid is not None:
                yield reading, rule.prepaid

    def _note_missing_part(self, plan_fee: Node, name: Scalar) -> None:
        if name.text == WHOLE_FEE:
            message = Message(
                "a fee has one shape where the readings name no parts; write it like "
                "{{flat: 5000}} or {{sum: [{{flat: 5000}}, {{percent: 10%}}]}}"
            )
        else:
            message = Message(
                "the fee has no part {name}, which the readings need (line {line}); add it",
                name=quoted(name.text),
                line=name.line,
            )
        self.reader.note(plan_fee, message)


def _part(published: Mapping[str, Schedule], name: str, reading: str) -> Schedule | None:
    """A part by its name; the whole fee may be stated for each reading."""
    found = published.get(name)
    return published.get(reading) if found is None and name == WHOLE_FEE else found
