"""Other fees for one run: all of them scaled, or one number under a plan's fee; no file changes.

`fees +5%` scales every fee function. `enterprise.monthly=26250` says what stands under that key of
the plan's fee; a plan without a known price, or a free one, gets the parts that are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from supportcli.core.amount_text import parse_rate
from supportcli.core.catalogue import Catalogue
from supportcli.core.money import finite
from supportcli.core.piecewise import PiecewiseLinear, scale
from supportcli.core.plan import Fee, FeeRule, Plan
from supportcli.core.quantity import Extra
from supportcli.core.schedule import Schedule, scaled
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.catalogue.reading_rules import WHOLE_FEE
from supportcli.inputs.strict_yaml.tree import Fields, Items, Node, Scalar
from supportcli.inputs.values.amount import read_amount
from supportcli.inputs.values.names import read_name
from supportcli.inputs.values.texts import half_width, normal
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_SCALED = regex(
    r"(?:all\s+)?(?:fees?|prices?|费用|服务费|价格)\s*(?P<sign>[+-])\s*(?P<rate>[^%]+%)"
)
_RATES = ("percent", "rate", "by")
_SHAPES = ("flat", "percent", "each")
_WHOLE = ["flat", "percent"]


class FeeSetting(NamedTuple):
    """What stands under a key of a plan's fee, both as they were written."""

    plan: str
    key: str
    value: str


class WhatIf(NamedTuple):
    """What is supposed of the fees: that all are times a factor, or single numbers of them."""

    factor: Fraction | None
    settings: tuple[FeeSetting, ...]


def read_what_if(texts: Iterable[str]) -> WhatIf:
    """What the texts suppose.

    Raises:
        UsageError: one is neither of the two forms, or they contradict each other.
    """
    factors, settings = list[Fraction](), list[FeeSetting]()
    for text in texts:
        match = _SCALED.fullmatch(half_width(text).strip().casefold())
        if match is not None:
            rate = parse_rate(match["rate"].strip())
            factors.append(1 + (-rate if match["sign"] == "-" else rate))
            continue
        name, equals, value = (part.strip() for part in text.partition("="))
        plan, dot, key = (part.strip() for part in name.partition("."))
        if not (equals and dot and plan and key and value):
            message = Message(
                "{text} supposes nothing that is known; write it like {all} or {one}",
                text=quoted(text),
                all='"fees +5%"',
                one="enterprise.monthly=26250",
            )
            raise UsageError(message)
        settings.append(FeeSetting(plan, key, value))
    if len(factors) + bool(settings) > 1:
        message = Message("a share of all fees stands alone; leave out the others")
        raise UsageError(message)
    return WhatIf(next(iter(factors), None), tuple(settings))


def with_factor(catalogue: Catalogue, factor: Fraction) -> Catalogue:
    """The catalogue with every fee times a factor, older and later rules and extras too."""
    plans = (
        plan._replace(
            published=_published(plan.published, factor),
            fees=_fees(plan.fees, factor),
            history=tuple(_rule(rule, factor) for rule in plan.history),
            extras=tuple(_extra(extra, factor) for extra in plan.extras),
        )
        for plan in catalogue.plans
    )
    return catalogue._replace(plans=tuple(plans))


def _rule(rule: FeeRule, factor: Fraction) -> FeeRule:
    published, fees = _published(rule.published, factor), _fees(rule.fees, factor)
    return rule._replace(published=published, fees=fees)


def _published(
    parts: Mapping[str, Schedule] | None, factor: Fraction
) -> Mapping[str, Schedule] | None:
    return parts and {name: scaled(part, factor) for name, part in parts.items()}


def _fees(fees: Mapping[str, Fee] | None, factor: Fraction) -> Mapping[str, Fee] | None:
    return fees and {reading: _fee(fee, factor) for reading, fee in fees.items()}


def _fee(fee: Fee, factor: Fraction) -> Fee:
    prepaid: PiecewiseLinear | None = fee.prepaid and scale(fee.prepaid, factor)
    return Fee(scale(fee.total, factor), prepaid, fee.yearly * factor, fee.yearly_prepaid * factor)


def _extra(extra: Extra, factor: Fraction) -> Extra:
    return extra._replace(price=scale(extra.price, factor))


# One number under a plan's fee


def suppose(root: Node, catalogue: Catalogue, settings: Sequence[FeeSetting]) -> None:
    """Change the tree of a catalogue that is known to be right.

    Raises:
        UsageError: no such plan or key, or no amount; the keys are then named.
    """
    named: dict[str, dict[str, Scalar]] = {}
    for plan_id, key, text in settings:
        plan = catalogue.plan(read_name(plan_id, catalogue.plans))
        if plan.published:
            _set(_FeeField(root, plan.id), plan, key, text, catalogue.currency)
            continue
        parts = _parts(catalogue)
        if normal(key) not in map(normal, parts):
            raise _no_key(plan, key, parts)
        part = next(part for part in parts if normal(part) == normal(key))
        named.setdefault(plan.id, {})[part] = Scalar(None, text, plain=True)
    for name, values in named.items():
        _price(root, name, values, catalogue)


class _Number(NamedTuple):
    """A number under a plan's fee: where it stands, the innermost last, and what is there."""

    path: tuple[str, ...]
    node: Scalar

    @property
    def name(self) -> tuple[str, ...]:
        """The path; a part that is a single number is known by the part's own name."""
        *before, last = self.path
        alone = last in _SHAPES and before and not before[-1].isdecimal()
        return tuple(before) if alone else self.path

    def ends_in(self, words: Sequence[str]) -> bool:
        """Whether its path, or its name, ends in the words."""
        return any([*map(normal, path[-len(words) :])] == words for path in (self.path, self.name))

    def holds(self, words: Sequence[str]) -> bool:
        """Whether the words stand in its path or name in that order, the last one last."""
        return any(_follow(words, path) for path in (self.path, self.name))


def _follow(words: Sequence[str], path: Sequence[str]) -> bool:
    left = iter(map(normal, path))
    return words[-1] == normal(path[-1]) and all(word in left for word in words)


def _meant(key: str, known: Sequence[_Number]) -> list[_Number]:
    """The numbers that a key with dots can mean."""
    words = [normal(word) for word in key.split(".")]
    found = [number for number in known if number.ends_in(words)]
    return found if len(found) == 1 else [number for number in known if number.holds(words)]


def _numbers(node: Node, path: tuple[str, ...] = ()) -> Iterator[_Number]:
    match node:
        case Fields():
            for key, value in node.entries:
                yield from _numbers(value, (*path, key.text))
        case Items():
            for index, item in enumerate(node.items, 1):
                yield from _numbers(item, (*path, str(index)))
        case Scalar() if path:
            yield _Number(path, node)


def _set(fee: _FeeField, plan: Plan, key: str, text: str, currency: str) -> None:
    """Change the number; one that is all of what is prepaid is changed there too."""
    known = list(_numbers(fee.node))
    meant = _meant(key, known)
    if len(meant) != 1:
        raise _no_key(plan, key, [_shortest(number, known) for number in known])
    [number] = meant
    before, is_rate = number.node.text, number.path[-1] in _RATES
    number.node.text = _rate(text) if is_rate else _amount(text, currency)
    match fee.prepaid:
        case Fields(entries=[(Scalar(text="flat"), Scalar() as prepaid)]) if (
            number.path[-1] == "flat" and prepaid.text == before
        ):
            prepaid.text = number.node.text


def _shortest(number: _Number, known: Sequence[_Number]) -> str:
    """The shortest name that means this number alone."""
    name = number.name
    ways = [name[-1:], name[-2:], *((word, name[-1]) for word in name[:-1]), name]
    called = (".".join(way) for way in ways)
    return next((one for one in called if _meant(one, known) == [number]), ".".join(number.path))


def _no_key(plan: Plan, key: str, known: Sequence[str]) -> UsageError:
    return UsageError(
        Message(
            "{key} is not a number under the fee of {plan}; these are: {known}",
            key=quoted(key),
            plan=plan.id,
            known=tuple(known),
        )
    )


def _parts(catalogue: Catalogue) -> list[str]:
    """What a fee of the catalogue has: the parts that its readings join, or shapes of the whole."""
    readings = {reading.id for reading in catalogue.readings}
    found = dict.fromkeys(name for plan in catalogue.plans for name in plan.published or ())
    parts = [name for name in found if name != WHOLE_FEE and name not in readings]
    return parts or _WHOLE


def _price(root: Node, plan_id: str, values: Mapping[str, Scalar], catalogue: Catalogue) -> None:
    """A fee where there was none; parts that nobody spoke of are nothing."""
    made = {part: _shape(value.text, catalogue.currency) for part, value in values.items()}
    parts, fee = _parts(catalogue), Fields(None)
    if parts != _WHOLE:
        nothing = Scalar(None, "0", plain=True)
        for part in parts:
            shape = made.get(part) or _field("flat", nothing)
            fee.entries.append((Scalar(None, part, plain=True), shape))
    elif len(made) > 1:
        both = Items(None)
        both.items = [*made.values()]
        fee = _field("sum", both)
    else:
        [fee] = made.values()
    _FeeField(root, plan_id).replace(fee)


def _shape(text: str, currency: str) -> Fields:
    if half_width(text).endswith("%"):
        return _field("percent", Scalar(None, _rate(text), plain=True))
    return _field("flat", Scalar(None, _amount(text, currency), plain=True))


def _field(name: str, value: Node) -> Fields:
    made = Fields(None)
    made.entries.append((Scalar(None, name, plain=True), value))
    return made


def _amount(text: str, currency: str) -> str:
    """An amount as a catalogue has it; with decimals enough to be taken for no thousands."""
    return f"{finite(read_amount(text, currency).value, 4):f}"


def _rate(text: str) -> str:
    return f"{finite(parse_rate(text) * 100):f}%"


class _FeeField:
    """The field `fee` of a plan in the tree of a catalogue that is right."""

    def __init__(self, root: Node, plan_id: str) -> None:
        [plans] = [value for key, value in _entries(root) if key.text == "plans"]
        items = plans.items if isinstance(plans, Items) else []
        [self.entries] = [_entries(plan) for plan in items if _is(_entries(plan), "id", plan_id)]
        [self.index] = [n for n, (key, _) in enumerate(self.entries) if key.text == "fee"]

    @property
    def node(self) -> Node:
        """What stands there."""
        return self.entries[self.index][1]

    @property
    def prepaid(self) -> Node | None:
        """What the plan itself says is charged first."""
        return next((node for key, node in self.entries if key.text == "prepaid"), None)

    def replace(self, node: Node) -> None:
        """Put something else there."""
        self.entries[self.index] = self.entries[self.index][0], node


def _is(entries: Iterable[tuple[Scalar, Node]], name: str, text: str) -> bool:
    return any(
        key.text == name and isinstance(node, Scalar) and node.text == text for key, node in entries
    )


def _entries(node: Node) -> list[tuple[Scalar, Node]]:
    return node.entries if isinstance(node, Fields) else []
