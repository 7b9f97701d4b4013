"""Published fee rules from the YAML tree: shapes to schedules, readings to fees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from supportcli.core.money import parse_amount, parse_rate
from supportcli.core.schedule import (
    Bracket,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    Sum,
    Volume,
)
from supportcli.errors import Message, quoted
from supportcli.inputs.reader import Reader
from supportcli.inputs.yaml_tree import Fields, Items, Node, Scalar

Resolve = Callable[[Scalar], Schedule | None]

SHAPES = (
    "flat",
    "percent",
    "line",
    "excess",
    "graduated",
    "volume",
    "sum",
    "greater_of",
    "lesser_of",
)
_COMMA = Message(
    'in braces and brackets a comma ends a value; write an amount like 1000, or "1,000" in quotes'
)
_PAIRS: Mapping[str, type[Sum | GreaterOf | LesserOf]] = {
    "sum": Sum,
    "greater_of": GreaterOf,
    "lesser_of": LesserOf,
}


class FeeReader:
    """Reads fee expressions in one currency; a bare word is a reference, resolved by the caller."""

    def __init__(self, reader: Reader, currency: str) -> None:
        self.reader = reader
        self.currency = currency

    def schedule(self, node: Node, resolve: Resolve) -> Schedule | None:
        """One fee expression; None where a mistake was noted."""
        if isinstance(node, Scalar):
            return resolve(node)
        if isinstance(node, Fields) and any(key.text.isdecimal() for key, _ in node.entries):
            self.reader.note(node, _COMMA)
            return None
        shapes = self.reader.fields(node, SHAPES)
        if isinstance(node, Fields) and len(node.entries) != 1:
            self.reader.note(
                node,
                Message(
                    "a fee has one shape, here are {count}; join shapes with sum, greater_of or "
                    "lesser_of",
                    count=len(node.entries),
                ),
            )
            return None
        for shape, value in shapes.items():
            return self._shape(shape, value, resolve)
        return None

    def amount(self, node: Node | None) -> Fraction | None:
        """An exact amount >= 0 in the catalogue's currency."""
        if isinstance(node, Items):
            self.reader.note(node, _COMMA)
            return None
        if not self.currency:
            return None  # noted already: the catalogue's currency is missing or unknown
        parsed = self.reader.parsed(node, lambda text: parse_amount(text, self.currency))
        if parsed is None or node is None:
            return None
        if parsed.caution is not None and isinstance(node, Scalar):
            message = Message(
                "{text} could mean thousands or three decimals; write {thousands} or {decimals}",
                text=quoted(node.text),
                thousands=node.text.replace(".", ""),
                decimals=f"{node.text}0",
            )
            self.reader.note(node, message)
        return parsed.value

    def rate(self, node: Node | None) -> Fraction | None:
        """A share of spend."""
        return self.reader.parsed(node, parse_rate)

    def _shape(self, shape: str, value: Node, resolve: Resolve) -> Schedule | None:
        match shape:
            case "flat":
                base = self.amount(value)
                return None if base is None else Line(base)
            case "percent":
                rate = self.rate(value)
                return None if rate is None else Line(rate=rate)
            case "line":
                return self._line(value)
            case "excess":
                return self._excess(value)
            case "graduated" | "volume":
                brackets = self._brackets(value)
                kind = Graduated if shape == "graduated" else Volume
                return None if brackets is None else kind(brackets)
            case _:
                return self._joined(_PAIRS[shape], value, resolve)

    def _line(self, node: Node) -> Schedule | None:
        fields = self.reader.fields(node, ("base", "rate"), ("base", "rate"))
        base, rate = self.amount(fields.get("base")), self.rate(fields.get("rate"))
        return None if base is None or rate is None else Line(base, rate)

    def _excess(self, node: Node) -> Schedule | None:
        fields = self.reader.fields(node, ("over", "rate"), ("over", "rate"))
        over, rate = self.amount(fields.get("over")), self.rate(fields.get("rate"))
        return None if over is None or rate is None else Excess(over, rate)

    def _joined(
        self, kind: type[Sum | GreaterOf | LesserOf], node: Node, resolve: Resolve
    ) -> Schedule | None:
        items = self.reader.items(node)
        if len(items) <= 1 and isinstance(node, Items):
            self.reader.note(node, Message("two or more fees are expected here, in a list"))
        if len(items) <= 1:
            return None
        parts = [self.schedule(item, resolve) for item in items]
        joined = parts[0]
        for part in parts[1:]:
            if joined is None or part is None:
                return None
            joined = kind(joined, part)
        return joined

    def _brackets(self, node: Node) -> tuple[Bracket, ...] | None:
        before = self.reader.noted
        items = self.reader.items(node)
        if not items and isinstance(node, Items):
            self.reader.note(node, Message("brackets are missing: - {{up_to: 10000, rate: 10%}}"))
        brackets = []
        reached = Fraction(0)
        for index, item in enumerate(items):
            last = index == len(items) - 1
            fields = self.reader.fields(item, ("up_to", "rate"), ("rate",))
            rate = self.rate(fields.get("rate"))
            up_to = self.amount(fields.get("up_to"))
            self._check_bracket(item, fields.get("up_to"), up_to, reached, last)
            reached = reached if up_to is None else up_to
            brackets.append(Bracket(up_to, rate or Fraction(0)))
        noted = self.reader.noted > before or not self.currency
        return None if noted else tuple(brackets)

    def _check_bracket(
        self,
        item: Node,
        written: Node | None,
        up_to: Fraction | None,
        reached: Fraction,
        last: bool,
    ) -> None:
        if last and written is not None:
            self.reader.note(written, Message("the last bracket must be open; remove its 'up_to'"))
        elif not last and written is None:
            self.reader.note(
                item, Message("only the last bracket may be open; give this one an 'up_to'")
            )
        elif written is not None and up_to is not None and up_to <= reached:
            self.reader.note(
                written,
                Message("brackets must ascend; this one must end above {reached}", reached=reached),
            )


def no_reference(reader: Reader) -> Resolve:
    """For places where a fee must be written out: a bare word is a mistake."""

    def refuse(node: Scalar) -> None:
        reader.note(
            node,
            Message(
                "{text} is not a fee; write it like {{flat: 5000}} or {{percent: 10%}}",
                text=quoted(node.text),
            ),
        )

    return refuse
