"""What a screen or a document is made of, before any form: headings, sentences, lists, tables."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction

from supportcli.core.piecewise import PiecewiseLinear
from supportcli.language import Language
from supportcli.outputs.document.first_screen import FirstScreen
from supportcli.record import NamedTuple


class Weight(Enum):
    """How much a sentence matters."""

    STRONG = "strong"
    NORMAL = "normal"
    CAUTION = "caution"
    QUIET = "quiet"


class Heading(NamedTuple):
    """The title of what follows; `apart` where an empty line belongs before it."""

    text: str
    apart: bool = True


class Sentence(NamedTuple):
    """A paragraph; `parts` are its sentences, where each of them can be told alone."""

    text: str
    weight: Weight = Weight.NORMAL
    parts: tuple[str, ...] = ()


def paragraph(sentences: Iterable[str], language: Language) -> Sentence:
    """Sentences one after the other."""
    parts = tuple(sentences)
    return Sentence(language.joined(parts), parts=parts)


class Points(NamedTuple):
    """Sentences in a list."""

    items: tuple[str, ...]
    weight: Weight = Weight.NORMAL


class Pair(NamedTuple):
    """A label and what is told beside it."""

    label: str
    text: str


class Pairs(NamedTuple):
    """Things told beside their labels, in a list."""

    items: tuple[Pair, ...]


class Figure(NamedTuple):
    """An amount to be seen, what it is, in a few words what makes it so, and how one gets to it."""

    label: str
    amount: str
    note: str = ""
    way: str = ""


class Figures(NamedTuple):
    """The few amounts of a first page, the one that matters most first."""

    items: tuple[Figure, ...]


class TableColumn(NamedTuple):
    """A column's heading; figures are never broken and align at the right."""

    title: str
    figures: bool = False


class Row(NamedTuple):
    """A row's cells; `marked` is the one to look at."""

    cells: tuple[str, ...]
    marked: bool = False


class Table(NamedTuple):
    """A table; the first column names the row; `apart` where empty lines belong around it.

    `titled` where the first heading says what the amounts of the rows are of.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]
    apart: bool = True
    titled: bool = False


class Curve(NamedTuple):
    """A plan's fee as a function of monthly spend."""

    name: str
    fee: PiecewiseLinear


class ChartMark(NamedTuple):
    """An amount to be found along an axis of a chart, and what stands beside it."""

    amount: Fraction
    text: str


class Chart(NamedTuple):
    """Fees against spend from 0 to `top`, below them the cheapest plan all along.

    `fees` and `spends` are ticks of the axes, ascending from 0, the last spend at the end;
    `cheapest` names the line below (empty: there is none), `several` and `others` what stands for
    more than one curve and for those that have no letter; `more` is what is not in it, `told` says
    the whole in words.
    """

    curves: tuple[Curve, ...]
    top: Fraction
    fees: tuple[ChartMark, ...]
    spends: tuple[ChartMark, ...]
    thresholds: tuple[ChartMark, ...]
    here: ChartMark | None
    cheapest: str
    several: str
    others: str
    more: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def highest(self) -> Fraction:
        """The highest fee that is drawn."""
        return max(curve.fee(self.top) for curve in self.curves)


Block = Heading | Sentence | Points | Pairs | Figures | Table | Chart | FirstScreen
