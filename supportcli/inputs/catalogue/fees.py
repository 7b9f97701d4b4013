"""A plan's fee from the YAML tree: its published parts, and what it is under each reading."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from supportcli.core.money import nearest_money
from supportcli.core.piecewise import PiecewiseLinear, crossings, lesser, minus
from supportcli.core.plan import Fee, FeeRule
from supportcli.core.schedule import Schedule, normalise
from supportcli.errors import Message, quoted
from supportcli.inputs.catalogue.fields import EntryReader
from supportcli.inputs.catalogue.reading_rules import WHOLE_FEE, ReadingRules
from supportcli.inputs.catalogue.shapes import NOT_HELD, SHAPES, FeeReader, no_reference
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Fields, Node, Scalar

FEE_FIELDS = ("fee", "fee_text", "prepaid", "source")
_BY_READING = "by_reading"
_FREE, _UNKNOWN = "free", "unknown"


class PlanFeeReader:
    """Reads fees under the rules of the readings; `fees` reads the shapes in the currency."""

    def __init__(self, entries: EntryReader, fees: FeeReader, rules: ReadingRules) -> None:
        self.reader: Reader = entries.reader
        self.entries = entries
        self.fees = fees
        self.rules = rules

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
            or (self.rules.only_whole and len(node.entries) == 1)
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
            self.entries.reference(key, self.rules.by_reading, "readings")
        for reading in self.rules.by_reading:
            if isinstance(stated, Fields) and reading not in named:
                message = Message("by_reading lacks reading {name}; add it", name=quoted(reading))
                self.reader.note(stated, message)
        return self._schedules(named)

    def _parts(self, node: Node | None) -> Mapping[str, Schedule]:
        """The named parts that the readings join; one that no reading uses is a mistake."""
        named = self.reader.named(node)
        for name, (key, _) in named.items():
            if not self.rules.only_whole and name not in self.rules.used:
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
        if published is None or node is None or self.rules.wrong:
            return None
        before = self.reader.noted
        missing = () if isinstance(node, Scalar) else self.rules.missing(published)
        for name in missing:
            self._note_missing_part(node, name)
        own = self._own_prepaid(prepaid)
        if missing or self.reader.noted > before:
            return None
        free = Fee(PiecewiseLinear.line(), PiecewiseLinear.line())
        fees = {
            reading: free if isinstance(node, Scalar) else self.rules.fee(reading, published, own)
            for reading in self.rules.by_reading
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
        said = [rule.prepaid for rule in self.rules.by_reading.values() if rule.prepaid is not None]
        if said:
            message = Message(
                "the readings say what is prepaid (line {line}); remove it here or there",
                line=said[0].line,
            )
            self.reader.note(node, message)
        schedule = self.fees.schedule(node, no_reference(self.reader))
        return normalise(schedule) if schedule else None

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
