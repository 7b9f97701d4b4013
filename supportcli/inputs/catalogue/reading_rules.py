"""How the readings of a catalogue join the parts of a published fee."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from supportcli.core.piecewise import PiecewiseLinear
from supportcli.core.plan import Fee
from supportcli.core.schedule import Line, Schedule, normalise
from supportcli.inputs.catalogue.shapes import FeeReader
from supportcli.inputs.strict_yaml.reader import Reader
from supportcli.inputs.strict_yaml.tree import Node, Scalar
from supportcli.record import NamedTuple

WHOLE_FEE = "fee"


class Rule(NamedTuple):
    """How a reading joins the parts of a plan's published fee, before any plan is known."""

    total: Node
    prepaid: Node | None


class ReadingRules:
    """The rule of each reading; it is laid over the parts of one plan's fee after the other.

    `used` are the parts that a rule names; `only_whole` says that none does, `wrong` that a rule
    cannot be understood.
    """

    def __init__(self, fees: FeeReader, by_reading: Mapping[str, Rule]) -> None:
        self.fees = fees
        self.by_reading = by_reading
        self.only_whole = all(
            isinstance(rule.total, Scalar) and rule.total.text == WHOLE_FEE
            for rule in by_reading.values()
        )
        self.used: set[str] = set()
        before = fees.reader.noted
        for _, node in self._nodes():
            fees.schedule(node, self._use)
        self.wrong = fees.reader.noted > before

    def _use(self, name: Scalar) -> Schedule:
        """A part that a rule names; what it will be differs from plan to plan."""
        self.used.add(name.text)
        return Line(Fraction(1))

    def fee(
        self, reading: str, published: Mapping[str, Schedule], own: PiecewiseLinear | None
    ) -> Fee:
        """The fee under a reading: the parts joined; how much is charged first, where stated.

        `own` is what the plan itself says is charged first.
        """
        rule = self.by_reading[reading]
        total = self._joined(reading, rule.total, published)
        return Fee(
            total,
            own if rule.prepaid is None else self._joined(reading, rule.prepaid, published),
        )

    def missing(self, published: Mapping[str, Schedule]) -> tuple[Scalar, ...]:
        """The parts that the readings need and a fee lacks, each where it is first named."""
        missing: dict[str, Scalar] = {}
        quiet = self._quiet()
        for reading, node in self._nodes():

            def look(name: Scalar, reading: str = reading) -> None:
                if _part(published, name.text, reading) is None:
                    missing.setdefault(name.text, name)

            quiet.schedule(node, look)
        return tuple(missing.values())

    def _joined(
        self, reading: str, rule: Node, published: Mapping[str, Schedule]
    ) -> PiecewiseLinear:
        schedule = self._quiet().schedule(rule, lambda name: _part(published, name.text, reading))
        return normalise(schedule) if schedule else PiecewiseLinear.line()

    def _nodes(self) -> Iterator[tuple[str, Node]]:
        for reading, rule in self.by_reading.items():
            yield reading, rule.total
            if rule.prepaid is not None:
                yield reading, rule.prepaid

    def _quiet(self) -> FeeReader:
        """Reads a rule again, whose mistakes are noted already."""
        return FeeReader(Reader(self.fees.reader.shown), self.fees.currency)


def _part(published: Mapping[str, Schedule], name: str, reading: str) -> Schedule | None:
    """A part by its name; the whole fee may be stated for each reading."""
    found = published.get(name)
    return published.get(reading) if found is None and name == WHOLE_FEE else found
