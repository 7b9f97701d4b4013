"""What a screen or a document is made of, before any form: headings, sentences, points, tables."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


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
    """A paragraph."""

    text: str
    weight: Weight = Weight.NORMAL


class Points(NamedTuple):
    """Sentences in a list."""

    items: tuple[str, ...]
    weight: Weight = Weight.NORMAL


class Column(NamedTuple):
    """A column's heading; figures are never broken and align at the right."""

    title: str
    figures: bool = False


class Row(NamedTuple):
    """A row's cells; `marked` is the one to look at."""

    cells: tuple[str, ...]
    marked: bool = False


class Table(NamedTuple):
    """A table; the first column names the row; `apart` where empty lines belong around it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    apart: bool = True


Block = Heading | Sentence | Points | Table
