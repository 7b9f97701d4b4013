"""Published fee rules from the YAML tree: shapes to schedules, readings to fees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from supportcli.core.amount_text import parse_amount, parse_rate
from supportcli.core.quantity import QuantityUnit, parse_quantity
from supportcli.core.schedule import (
    Bracket,
    Discounted,
    Excess,
    Graduated,
    GreaterOf,
    LesserOf,
    Line,
    Schedule,
    Sum,
    Tiered,
    Volume,
)
from supportcli.errors import Message, quoted
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Fields, Items, Node, Scalar

Resolve = Callable[[Scalar], Schedule | None]

SHAPES = (
    "flat",
    "percent",
    "line",
    "excess",
    "each",
    "graduated",
    "volume",
    "tiers",
    "discount",
    "sum",
    "greater_of",
    "lesser_of",
)
NOT_HELD = ("annual", "by_class")
_COMMA = Message(
    'in braces and brackets a comma ends a value; write an amount like 1000, or "1,000" in quotes'
)
_BEYOND = Message(
    "a fee on a whole year's spend, or on spend by class of product, cannot be held: a fee is a "
    "function of one month's spend; write unknown and say the rule in fee_text"
)
_BRACKETED: Mapping[str, type[Graduated | Volume | Tiered]] = {
    "graduated": Graduated,
    "volume": Volume,
    "tiers": Tiered,
}
_PAIRS: Mapping[str, type[Sum | GreaterOf | LesserOf]] = {
    "sum": Sum,
    "greater_of": GreaterOf,
    "lesser_of": LesserOf,
}


class FeeReader:
    """Reads fee expressions in one currency; a bare word is a reference, resolved by the caller.

    Of money they take a share (`percent`, `rate`), of a counted quantity a price for `each`.
    """

    def __init__(
        self, reader: Reader, currency: str, unit: QuantityUnit | None = QuantityUnit.MONEY
    ) -> None:
        self.reader = reader
        self.currency = currency
        self.unit = unit or QuantityUnit.MONEY
        self.counted = self.unit is not QuantityUnit.MONEY
        self.slope = "each" if self.counted else "rate"

    def schedule(self, node: Node, resolve: Resolve) -> Schedule | None:
        """One fee expression; None where a mistake was noted."""
        if isinstance(node, Scalar):
            return resolve(node)
        if isinstance(node, Fields) and any(key.text.isdecimal() for key, _ in node.entries):
            self.reader.note(node, _COMMA)
            return None
        unfit = [key for key in keys_of(node) if key.text in NOT_HELD]
        if unfit:
            self.reader.note(unfit[0], _BEYOND)
            return None
        if self._wrong_slope(node):
            return None
        other = "percent" if self.counted else "each"
        shapes = self.reader.fields(node, [shape for shape in SHAPES if shape != other])
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

    def _wrong_slope(self, node: Node) -> bool:
        """Whether a share stands where pieces are counted, or a price for each where money is."""
        wrong = ("percent", "rate") if self.counted else ("each",)
        found = [key for key in keys_of(node) if key.text in wrong]
        for key in found:
            message = (
                Message("pieces are counted here; write each: 9, a percentage is of money")
                if self.counted
                else Message(
                    "a price for each is of a counted quantity, under extras; write percent or rate"
                )
            )
            self.reader.note(key, message)
        return bool(found)

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
        """A share of spend, or the price of each piece."""
        return self.amount(node) if self.counted else self.reader.parsed(node, parse_rate)

    def threshold(self, node: Node | None) -> Fraction | None:
        """A point on the scale of what is charged for: an amount of spend, or a number."""
        if not self.counted:
            return self.amount(node)
        return self.reader.parsed(node, lambda text: parse_quantity(text, self.unit, self.currency))

    def _shape(self, shape: str, value: Node, resolve: Resolve) -> Schedule | None:
        match shape:
            case "flat":
                base = self.amount(value)
                return None if base is None else Line(base)
            case "percent" | "each":
                rate = self.rate(value)
                return None if rate is None else Line(rate=rate)
            case "line":
                return self._line(value)
            case "excess":
                return self._excess(value)
            case "graduated" | "volume" | "tiers":
                return self._bracketed(shape, value)
            case "discount":
                return self._discount(value, resolve)
            case _:
                return self._joined(_PAIRS[shape], value, resolve)

    def _line(self, node: Node) -> Schedule | None:
        if self._wrong_slope(node):
            return None
        fields = self.reader.fields(node, ("base", self.slope), ("base", self.slope))
        base, rate = self.amount(fields.get("base")), self.rate(fields.get(self.slope))
        return None if base is None or rate is None else Line(base, rate)

    def _excess(self, node: Node) -> Schedule | None:
        if self._wrong_slope(node):
            return None
        fields = self.reader.fields(node, ("over", self.slope), ("over", self.slope))
        over, rate = self.threshold(fields.get("over")), self.rate(fields.get(self.slope))
        return None if over is None or rate is None else Excess(over, rate)

    def _bracketed(self, shape: str, node: Node) -> Schedule | None:
        brackets = self._brackets(node, shape)
        return None if brackets is None else _BRACKETED[shape](brackets)

    def _discount(self, node: Node, resolve: Resolve) -> Schedule | None:
        fields = self.reader.fields(node, ("of", "by"), ("of", "by"))
        off = self.reader.parsed(fields.get("by"), parse_rate)
        fee = self.schedule(fields["of"], resolve) if "of" in fields else None
        return None if off is None or fee is None else Discounted(fee, off)

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
        if kind is LesserOf and any(part == Line() for part in parts):
            message = Message("a cap of 0 makes the fee 0; leave the cap out where there is none")
            self.reader.note(node, message)
        return joined

    def _brackets(self, node: Node, shape: str) -> tuple[Bracket, ...] | None:
        before = self.reader.noted
        end = "below" if shape == "volume" else "up_to"
        items = self.reader.items(node)
        if not items and isinstance(node, Items):
            message = Message("brackets are missing: - {{{end}: 10000, rate: 10%}}", end=end)
            self.reader.note(node, message)
        constant = ("base",) if shape == "tiers" else ()
        brackets = []
        reached = Fraction(0)
        for index, item in enumerate(items):
            last = index == len(items) - 1
            if self._wrong_slope(item) or (end == "below" and self._wrong_end(item)):
                continue
            known = (end, *constant, self.slope)
            fields = self.reader.fields(item, known, (*constant, self.slope))
            rate, base = self.rate(fields.get(self.slope)), self.amount(fields.get("base"))
            up_to = self.threshold(fields.get(end))
            self._check_bracket(item, fields.get(end), up_to, reached, end, last=last)
            reached = reached if up_to is None else up_to
            brackets.append(Bracket(up_to, rate or Fraction(0), base or Fraction(0)))
        noted = self.reader.noted > before or not self.currency
        return None if noted else tuple(brackets)

    def _wrong_end(self, item: Node) -> bool:
        """Whether a bracket of a whole amount says up to where, and not below what, it holds."""
        found = [key for key in keys_of(item) if key.text == "up_to"]
        for key in found:
            message = Message(
                "write below: at exactly that amount the next rate holds; where the price list "
                "still has this rate there, write the next amount that can be billed"
            )
            self.reader.note(key, message)
        return bool(found)

    def _check_bracket(
        self,
        item: Node,
        written: Node | None,
        up_to: Fraction | None,
        reached: Fraction,
        end: str,
        *,
        last: bool,
    ) -> None:
        if last and written is not None:
            message = Message("the last bracket must be open; remove its '{end}'", end=end)
            self.reader.note(written, message)
        elif not last and written is None:
            message = Message(
                "only the last bracket may be open; give this one its '{end}'", end=end
            )
            self.reader.note(item, message)
        elif written is not None and up_to is not None and up_to <= reached:
            self.reader.note(
                written,
                Message("brackets must ascend; this one must end above {reached}", reached=reached),
            )


def keys_of(node: Node) -> list[Scalar]:
    """The names of the fields, where the node has any."""
    return [key for key, _ in node.entries] if isinstance(node, Fields) else []


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
